"""Which row of the training history the reported results are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.cards.making import read_text, trainer_card
from tests.judge.making import run
from tests.shared import needs_seeds, seed
from tui.cards.model import Card
from tui.cards.read import read
from tui.judge.provenance import Provenance, telling_kinds
from tui.judge.verdict import judge

ROWS = ("0.9 1.0 100 0.8000 0.85", "0.5 2.0 200 0.6000 0.80", "0.3 3.0 300 0.7000 0.75", "0.2 4.0 400 0.7500 0.70")


def of(card: Card) -> Provenance | None:
    return judge(card).provenance


@pytest.mark.parametrize(
    ("reported", "row", "kinds"),
    [
        (["Loss: 0.7500", "Accuracy: 0.7"], 3, ("last",)),
        (["Loss: 0.6", "Accuracy: 0.8"], 1, ("lowest-loss",)),
        (["Loss: 0.8", "Accuracy: 0.85"], 0, ("best:Accuracy",)),
        (["Loss: 0.7", "Accuracy: 0.75"], 2, ("other",)),
        (["Loss: 0.70000001", "Accuracy: 0.75"], 2, ("other",)),
        (["eval_loss: 0.75", "eval_accuracy: 0.7", "eval_runtime: 3"], 3, ("last",)),
        (["Loss: 0.6", "Accuracy: 0.8", "Wer: 0.1"], 1, ("lowest-loss",)),
    ],
    ids=["last", "lowest-loss", "best-metric", "other", "rounded", "raw-keys", "without-column"],
)
def test_the_row_that_equals_every_reported_value_is_the_one(
    reported: list[str], row: int, kinds: tuple[str, ...]
) -> None:
    assert of(run(reported, ROWS)) == Provenance(row, kinds)


def test_of_a_metric_with_two_values_the_first_counts() -> None:
    found = of(run(["Loss: 0.6", "Accuracy: 0.8", "Accuracy: 0.9"], ROWS))
    assert (found and found.row, found and found.differing) == (1, ())


def test_results_on_another_set_are_held_against_the_rows_too() -> None:
    card = read_text(trainer_card(results=["Loss: 0.7000"]).replace("on the evaluation set", "on the test set"))
    assert of(card) == Provenance(2, ("last",))


def test_several_kinds_can_hold_at_once() -> None:
    found = of(run(["Loss: 0.5", "Accuracy: 0.9"], [*ROWS, "0.1 5.0 500 0.5 0.9"]))
    assert found is not None
    assert (found.row, set(found.kinds)) == (4, {"last", "lowest-loss", "best:Accuracy"})


def test_the_only_row_is_last_and_best() -> None:
    found = of(run(["Loss: 0.5", "Accuracy: 0.9"], ["0.1 1.0 100 0.5 0.9"]))
    assert found is not None
    assert set(found.kinds) == {"last", "lowest-loss", "best:Accuracy"}


def test_of_several_equal_rows_the_last_is_taken() -> None:
    found = of(run(["Loss: 0.8", "Accuracy: 0.1"], ["0.9 1.0 1 0.8 0.1", "0.9 2.0 2 0.8 0.1", "0.9 3.0 3 0.9 0.0"]))
    assert found is not None
    assert found.row == 1


def test_a_row_that_ties_with_the_best_is_a_best_row() -> None:
    found = of(run(["Loss: 0.6", "Accuracy: 0.9"], ["0.9 1.0 1 0.7 0.9", "0.9 2.0 2 0.6 0.9", "0.9 3.0 3 0.8 0.8"]))
    assert found is not None
    assert set(found.kinds) == {"lowest-loss", "best:Accuracy"}


def test_a_metric_that_is_the_same_in_all_rows_tells_nothing_of_the_row() -> None:
    rows = ["0.9 1.0 1 0.7 0.9 0.5", "0.9 2.0 2 0.6 0.9 0.5", "0.9 3.0 3 0.8 0.8 0.5"]
    found = judge(run(["Loss: 0.6", "Accuracy: 0.9", "Bleu: 0.5"], rows, more="Accuracy Bleu"))
    assert found.provenance is not None
    assert found.provenance.kinds == ("lowest-loss", "best:Accuracy", "best:Bleu")
    assert telling_kinds(found.provenance, found.series) == ("lowest-loss", "best:Accuracy")


def test_a_row_of_which_nothing_tells_anything_is_another() -> None:
    rows = ["0.9 1.0 1 0.7 0.9", "0.8 2.0 2 0.7 0.9"]
    found = judge(run(["Loss: 0.7", "Accuracy: 0.9", "Step: 1"], rows))
    assert found.provenance is not None
    assert telling_kinds(replace(found.provenance, kinds=("lowest-loss",)), found.series) == ("other",)


@pytest.mark.parametrize(
    ("reported", "row", "times"),
    [
        (["Loss: 5.44", "Wer: 19.78"], 1, 100),
        (["Loss: 5.45", "Wer: 19.78"], 1, 100),
        (["Loss: 5.446", "Wer: 19.78"], 1, 100),
        (["Loss: 5.46", "Wer: 19.78"], None, 1),
        (["Loss: 5.44", "Wer: 20.21"], None, 1),
        (["Loss: 0.054462", "Wer: 19.78"], 1, 1),
        (["Loss: 5.44"], None, 1),
        (["Loss: nan", "Wer: 19.78"], None, 1),
    ],
    ids=["cut", "rounded", "longer", "other-loss", "other-row", "loss-as-it-is", "too-little", "nan"],
)
def test_results_that_are_all_a_hundredfold_of_a_row_are_that_row(
    reported: list[str], row: int | None, times: int
) -> None:
    rows = ["0.76 1.0 400 0.133428 0.251288", "0.11 2.0 800 0.054462 0.197826", "0.10 3.0 900 0.055015 0.202086"]
    card = run(reported, rows, more="Wer")
    found = of(card)
    assert found is not None
    assert (found.row, found.times) == (row, times)
    assert times == 1 or all(standing.shortfall is None for standing in judge(card).standings)


def test_the_row_that_agrees_in_the_loss_and_most_values_is_taken_and_the_rest_is_named() -> None:
    rows = ("0.9 1.0 1 0.8 0.1 0.2", "0.5 2.0 2 0.6 0.3 0.4")
    found = of(run(["Loss: 0.6", "Accuracy: 0.3", "F1: 0.9"], rows, more="Accuracy F1"))
    assert found is not None
    assert (found.row, found.differing) == (1, ("F1",))


@pytest.mark.parametrize(
    "reported",
    [
        ["Loss: 0.6", "Accuracy: 0.1"],
        ["Loss: 0.61", "Accuracy: 0.8"],
        ["Loss: 0.61", "Accuracy: 0.81"],
        ["Accuracy: 0.81"],
        ["Loss: 0.6001"],
    ],
    ids=["half", "not-the-loss", "nothing", "without-loss", "only-loss"],
)
def test_results_that_no_row_carries_come_from_elsewhere(reported: list[str]) -> None:
    assert of(run(reported, ROWS)) == Provenance(None, ())


@pytest.mark.parametrize("value", ["nan", "inf", "-inf"])
def test_nan_and_infinities_match_themselves(value: str) -> None:
    found = of(run([f"Loss: {value}", "Accuracy: 0.1"], ["0.9 1.0 1 0.8 0.1", f"0.9 2.0 2 {value} 0.1"]))
    assert found is not None
    assert (found.row, found.differing) == (1, ())


def test_lists_match_element_by_element_with_rounding() -> None:
    rows = ("0.9 1.0 1 0.8 [0.11,0.2]", "0.9 2.0 2 0.8 [0.123456789,0.2]")
    found = of(run(["Loss: 0.8", "F1: [0.1235, 0.2]"], rows, more="F1"))
    assert found is not None
    assert (found.row, found.differing) == (1, ())


def test_a_ragged_row_is_never_taken_for_equal() -> None:
    found = of(run(["Loss: 0.8", "Accuracy: 0.1"], ["0.9 1.0 1 0.8 0.1", "0.9 2.0 2 0.8"]))
    assert found is not None
    assert found.row == 0


def test_a_reported_epoch_equals_the_rounded_epoch_of_its_row() -> None:
    found = of(run(["Loss: 0.6", "Epoch: 1.9985"], ROWS))
    assert found == Provenance(1, ("lowest-loss",))


@pytest.mark.parametrize(
    ("reported", "rows"),
    [([], ROWS), (["Loss: 0.6"], []), (["Wer: 0.6"], ROWS)],
    ids=["nothing-reported", "no-rows", "no-shared-metric"],
)
def test_where_there_is_nothing_to_compare_there_is_no_provenance(reported: list[str], rows: list[str]) -> None:
    assert of(run(reported, rows)) is None


def test_a_card_without_a_table_has_no_provenance() -> None:
    assert of(read_text(trainer_card().partition("### Training results")[0])) is None


SEEDS = {
    "000": (2, {"last", "best:Accuracy"}, {"lowest-loss", "best:F1", "other"}),
    "001": (19, {"last"}, {"lowest-loss", "best:Accuracy", "other"}),
    "002": (3, {"best:Accuracy", "best:F1"}, {"last", "lowest-loss", "other"}),
    "003": (1, {"lowest-loss", "best:Accuracy"}, {"last", "other"}),
    "004": (None, set[str](), {"last", "lowest-loss", "best:Accuracy", "other"}),
}
"""Row, kinds that it is, kinds that it is not."""


@needs_seeds
@pytest.mark.parametrize(("number", "row", "kinds", "others"), [(n, *found) for n, found in SEEDS.items()], ids=SEEDS)
def test_the_provenance_of_the_seed_cards(number: str, row: int | None, kinds: set[str], others: set[str]) -> None:
    found = of(read(seed(number)))
    assert found is not None
    assert (found.row, found.differing) == (row, ())
    assert kinds <= set(found.kinds)
    assert others.isdisjoint(found.kinds)


LONG = ("0.9 1.0 100 0.4078 0.9168 0.9102", "0.5 2.0 200 0.3981 0.9117 0.9113", "0.3 3.0 300 0.4033 0.9137 0.9135")


def by_hand(*reported: str) -> Card:
    """A card that no known writer wrote."""
    return replace(run(list(reported), LONG, more="Accuracy F1"), writer="other")


def test_a_report_that_a_person_rounded_is_the_last_row_that_fits() -> None:
    card = by_hand("Accuracy: 0.91", "F1: 0.91")
    verdict = judge(card)
    assert verdict.provenance == Provenance(2, ("last", "best:F1"))
    assert {"reported-nowhere", "identical-metrics"}.isdisjoint(finding.code for finding in verdict.findings)
    assert verdict.standings[1].shortfall == 0.0


def test_a_report_with_the_decimals_of_the_table_is_exact_whoever_wrote_it() -> None:
    assert of(by_hand("Accuracy: 0.91", "F1: 0.9113")) == Provenance(None, ())
    assert of(replace(by_hand("Accuracy: 0.91", "F1: 0.91"), writer="trainer")) == Provenance(None, ())


def test_a_row_that_a_rounded_report_does_not_fit_is_still_better() -> None:
    assert judge(by_hand("Accuracy: 0.91")).standings[0].shortfall == pytest.approx(0.0068)
