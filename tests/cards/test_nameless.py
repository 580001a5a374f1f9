"""A column whose name the writer lost has that of the one reported metric without a column."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.cards.making import read_text, trainer_card

KTO = ("Training Loss", "Epoch", "Step", "Validation Loss", "Rewards/margins", "")
ROWS = (("0.5", "1.0", "100", "0.60", "0.2", "0.15"), ("0.4", "2.0", "200", "0.58", "0.3", "0.77"))
REPORTED = ("Loss: 0.58", "Rewards/margins: 0.3", "Kl: 0.77")


def columns(results: Sequence[str], columns: Sequence[str] = KTO) -> tuple[str, ...]:
    return read_text(trainer_card(results=results, columns=columns, rows=ROWS)).history.columns


def test_the_nameless_column_is_the_metric_that_has_none() -> None:
    assert columns(REPORTED) == (*KTO[:5], "Kl")


@pytest.mark.parametrize(
    ("results", "header"),
    [
        ((*REPORTED, "Eval/kl: 0.77"), KTO),
        (REPORTED[:2], KTO),
        ((*REPORTED[:2], "Kl: 0.99"), KTO),
        (REPORTED, (*KTO[:4], "", "")),
    ],
    ids=["two-metrics", "none", "another-value", "two-columns"],
)
def test_it_stays_nameless_where_that_is_not_sure(results: Sequence[str], header: Sequence[str]) -> None:
    assert columns(results, header) == header
