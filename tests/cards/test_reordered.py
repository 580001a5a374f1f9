"""Rows in another order than their header are not judged; rows that only look odd are."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.cards.making import codes, read_text, trainer_card
from tui.cards.model import Card
from tui.judge.verdict import judge

SORTED = ("Training Loss", "Epoch", "Step", "Accuracy", "Validation Loss")
USUAL = ("Training Loss", "Epoch", "Step", "Validation Loss", "Accuracy")


def resumed(*rows: str, results: Sequence[str], columns: Sequence[str] = SORTED) -> Card:
    """A run with these rows: epoch, then the evaluated cells as printed."""
    cells = [row.split() for row in rows]
    return read_text(
        trainer_card(
            results=results, columns=columns, rows=[("0.5", e, e.replace(".0", "00"), *rest) for e, *rest in cells]
        )
    )


def test_rows_after_a_resumption_are_marked_and_told() -> None:
    card = resumed(
        "1.0 0.70 0.60", "2.0 0.71 0.59", "3.0 0.72 0.58", "4.0 0.57 0.73", results=["Loss: 0.57", "Accuracy: 0.73"]
    )
    assert [row.unsure for row in card.history.rows] == [False, False, False, True]
    assert codes(card) == [("reordered-row", card.history.rows[3].line)]
    assert "another order than the header" in card.problems[0].message
    assert [cell.raw for cell in card.history.rows[3].cells] == ["0.5", "4.0", "400", "0.57", "0.73"]


def test_what_stands_in_another_order_is_never_best_nor_a_curve() -> None:
    card = resumed("1.0 0.28 2.13", "2.0 0.29 2.10", "3.0 2.05 0.30", results=["Loss: 2.05", "Accuracy: 0.30"])
    verdict = judge(card)
    best = {standing.metric: standing.best.raw for standing in verdict.standings if standing.best}
    assert best == {}  # there may be better rows among those that are not judged
    assert next(s for s in verdict.series if s.name == "Accuracy").numbers == (0.28, 0.29, None)
    assert "reported-nowhere" not in {finding.code for finding in verdict.findings}


def test_a_row_that_is_better_than_the_report_is_told_although_there_may_be_better_ones() -> None:
    card = resumed("1.0 0.28 2.13", "2.0 0.39 2.10", "3.0 2.05 0.30", results=["Loss: 2.05", "Accuracy: 0.30"])
    verdict = judge(card)
    best = {standing.metric: standing.best.raw for standing in verdict.standings if standing.best}
    assert best == {"Accuracy": "0.39"}
    assert [finding.evidence["row"] for finding in verdict.findings if finding.code == "not-best-checkpoint"] == [1]


def test_every_row_behind_the_first_is_doubtful() -> None:
    card = resumed("1.0 0.28 2.13", "2.0 2.10 0.29", "3.0 2.05 0.31", results=["Loss: 2.05", "Accuracy: 0.31"])
    assert [row.unsure for row in card.history.rows] == [False, True, True]


@pytest.mark.parametrize(
    ("rows", "results", "columns"),
    [
        (("1.0 0.70 0.90", "2.0 0.72 0.85"), ["Loss: 0.85", "Accuracy: 0.72"], SORTED),
        (("1.0 0.70 0.90", "2.0 0.90 0.70"), ["Loss: 0.90", "Accuracy: 0.70"], USUAL),
        (("1.0 0.28 2.13", "2.0 2.10 0.29"), ["Accuracy: 2.10", "Loss: 0.29"], SORTED),
        (("1.0 0.28 2.13", "2.0 2.10 0.29"), ["Loss: 2.10"], SORTED),
        (("1.0 0.28 2.13", "2.0 2.10"), ["Loss: 2.10", "Accuracy: 0.29"], SORTED),
        (("1.0 0.28 nan", "2.0 nan 0.29"), ["Loss: nan", "Accuracy: 0.29"], SORTED),
        ((), ["Loss: 2.10", "Accuracy: 0.29"], SORTED),
    ],
    ids=["agrees", "usual-header", "report-in-the-same-order", "report-lacks-one", "short-row", "nan", "no-rows"],
)
def test_without_two_orders_and_a_leap_no_row_is_doubted(
    rows: Sequence[str], results: Sequence[str], columns: Sequence[str]
) -> None:
    card = resumed(*rows, results=results, columns=columns)
    assert not any(row.unsure for row in card.history.rows)
    assert "reordered-row" not in dict(codes(card))
