"""Every finding: what makes it, what does not, and the sentence that people read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cards.making import front, read_text, trainer_card
from tests.judge.making import LOSSES, run
from tests.shared import CARDS, needs_corpus, needs_seeds, seed
from tui.cards.model import Card
from tui.cards.read import read
from tui.judge.finding import Finding
from tui.judge.findings.table import CODES, FINDINGS, OMISSIONS
from tui.judge.metrics import Direction
from tui.judge.rules import DEFAULT, Rules
from tui.judge.verdict import judge

CURVES = {
    "not-best-checkpoint",
    "overfitting",
    "loss-metric-disagree",
    "diverged",
    "constant-metric",
    "reported-nowhere",
}
"""The findings that speak of the curves and of the report."""


def of(card: Card, rules: Rules = DEFAULT) -> dict[str, Finding]:
    """The findings of a card by their codes."""
    return {finding.code: finding for finding in judge(card, rules).findings}


def told(card: Card, code: str, rules: Rules = DEFAULT) -> tuple[str, str] | None:
    """(severity, sentence) of a finding, None where it is not made."""
    finding = of(card, rules).get(code)
    return (str(finding.severity), finding.message) if finding else None


def line_of(card: Card, text: str) -> int:
    return next(number for number, line in enumerate(card.text.split("\n"), 1) if text in line)


# Not the best checkpoint

RISING = ("0.9 1.0 100 0.8 0.7", "0.5 2.0 200 0.6 0.9", "0.3 3.0 300 0.7 0.85")


def test_a_report_below_the_best_row_is_told_with_row_and_distance() -> None:
    card = run(["Loss: 0.7", "Accuracy: 0.85"], RISING)
    finding = of(card)["not-best-checkpoint"]
    assert finding.message == "Accuracy is 0.85 as reported, 0.05 below the 0.9 of epoch 2."
    assert finding.severity == "warning"
    assert finding.line == line_of(card, "| 0.6 |")
    assert (finding.evidence["row"], finding.evidence["best"], finding.evidence["reported"]) == (1, 0.9, 0.85)


@pytest.mark.parametrize(
    ("best", "last", "severity"),
    [
        ("0.9", "0.89", "warning"),
        ("0.57", "0.56", "warning"),
        ("0.9", "0.8901", "info"),
        ("0.9", "0.8999", "info"),
        ("0.9", "0.9", None),
        ("0.9", "0.91", None),
        ("50.0", "49.5", "warning"),
        ("50.0", "49.51", "info"),
    ],
)
def test_it_is_a_warning_from_one_percent_or_a_hundredth_between_0_and_1(
    best: str, last: str, severity: str | None
) -> None:
    card = run(["Loss: 0.7", f"Accuracy: {last}"], ["0.9 1.0 100 0.6 " + best, "0.3 2.0 200 0.7 " + last])
    assert (told(card, "not-best-checkpoint") or (None,))[0] == severity


def test_of_an_error_rate_the_lowest_row_is_best() -> None:
    card = run(["Loss: 0.7", "Wer: 0.35"], ["0.9 1.0 100 0.6 0.31", "0.3 2.0 200 0.7 0.35"], more="Wer")
    assert told(card, "not-best-checkpoint") == (
        "warning",
        "Wer is 0.35 as reported, 0.04 above the 0.31 of epoch 1.",
    )


def test_a_loss_that_stands_for_the_run_is_measured_in_percent() -> None:
    card = run(["Loss: 0.7"], ["0.9 1.0 100 0.6", "0.3 2.0 200 0.7"], more="")
    assert told(card, "not-best-checkpoint") == (
        "warning",
        "Loss is 0.7 as reported, 17 % above the 0.6 of epoch 1.",
    )


def test_a_report_that_matches_no_row_is_not_accused() -> None:
    found = told(run(["Loss: 0.65", "Accuracy: 0.8"], RISING), "not-best-checkpoint")
    assert found == (
        "info",
        (
            "Accuracy is 0.8 as reported, 0.1 below the 0.9 of epoch 2; the report matches no row: evaluated"
            " separately, or of another checkpoint."
        ),
    )


def test_a_row_chosen_for_its_loss_is_said_to_be() -> None:
    rows = ("0.9 1.0 100 0.6 0.7", "0.5 2.0 200 0.8 0.9")
    found = told(run(["Loss: 0.6", "Accuracy: 0.7"], rows), "not-best-checkpoint")
    assert found
    assert found[1].endswith("the reported row is that of the lowest loss.")


def test_a_metric_of_unknown_direction_is_never_ranked() -> None:
    rows = ["0.9 1.0 100 0.6 9", "0.5 2.0 200 0.5 5", "0.4 3.0 300 0.4 5", "0.3 4.0 400 0.3 5"]
    card = run(["Foo: 5"], rows, more="Foo")
    verdict = judge(card)
    assert not {f.code for f in verdict.findings} & {"not-best-checkpoint", "constant-metric", "loss-metric-disagree"}
    assert [(s.best_row, s.best) for s in verdict.standings if s.metric == "Foo"] == [(None, None)]


def test_a_report_in_percent_beside_shares_is_not_said_to_be_far_from_them() -> None:
    card = run(["Loss: 51.7", "Wer: 31.4"], ["0.9 1.0 100 0.6 0.41", "0.5 2.0 200 0.5 0.312"], more="Wer")
    assert not {"reported-nowhere", "not-best-checkpoint"} & set(of(card))
    card = run(["Loss: 0.517", "Wer: 0.45"], ["0.9 1.0 100 0.6 0.41", "0.5 2.0 200 0.5 0.312"], more="Wer")
    assert {"reported-nowhere", "not-best-checkpoint"} <= set(of(card))


def test_rows_are_judged_by_the_metric_in_bold_where_the_first_has_no_column() -> None:
    card = read_text(
        front("tags:\n- sentence-transformers\n- loss:X\nmetrics:\n- map")
        + "# m\n\n## Evaluation\n\n### Metrics\n\n#### Ranking\n\n* Dataset: `dev`\n\n| Metric | Value |\n|:--|:--|\n"
        "| map | 0.5 |\n| mrr | 0.4 |\n| **ndcg@10** | **0.7** |\n\n### Training Logs\n\n"
        "| Epoch | Step | dev_mrr | dev_ndcg@10 |\n|:--|:--|:--|:--|\n"
        "| 1.0 | 10 | 0.6 | 0.8 |\n| 2.0 | 20 | 0.4 | 0.7 |\n"
    )
    headline = judge(card).headline
    assert headline is not None
    assert headline.metric == "dev_map"
    assert told(card, "not-best-checkpoint") == (
        "warning",
        "dev_ndcg@10 is 0.7 as reported, 0.1 below the 0.8 of epoch 1.",
    )


def test_a_direction_that_a_person_set_counts() -> None:
    card = run(["Loss: 0.5", "Foo: 5"], ["0.9 1.0 100 0.6 9", "0.5 2.0 200 0.5 5"], more="Foo")
    up, down = (Rules(directions={"foo": way}) for way in (Direction.MAXIMIZE, Direction.MINIMIZE))
    assert told(card, "not-best-checkpoint", up) == (
        "warning",
        "Foo is 5 as reported, 44 % below the 9 of epoch 1; the reported row is that of the lowest loss.",
    )
    assert told(card, "not-best-checkpoint", down) is None


def test_a_headline_that_a_person_chose_is_shown_and_silences_no_finding() -> None:
    rows = ["0.9 1.0 100 0.6 0.5 0.9", "0.5 2.0 200 0.5 0.6 0.8"]
    card = run(["Loss: 0.5", "Accuracy: 0.6", "F1: 0.8"], rows, more="Accuracy F1")
    chosen = judge(card, Rules(headline="f1"))
    assert chosen.headline is not None
    assert (chosen.headline.metric, chosen.headline.value.raw) == ("F1", "0.8")
    assert chosen.findings == judge(card).findings


def test_of_a_list_a_row_counts_that_is_better_in_all_elements() -> None:
    rows = ["0.9 1.0 100 0.7 [0.95,0.90]", "0.5 2.0 200 0.6 [0.99,0.40]", "0.3 3.0 300 0.5 [0.60,0.50]"]
    found = told(run(["Loss: 0.5", "F1: [0.60,0.50]"], rows, more="F1"), "not-best-checkpoint")
    message = "F1[0] is 0.60 as reported, 0.35 below the 0.95 of epoch 1; the others of F1 are better there, too"
    assert found == ("warning", f"{message}; the reported row is that of the lowest loss.")
    assert told(run(["Loss: 0.5", "F1: [0.60,0.50]"], rows[1:], more="F1"), "not-best-checkpoint") is None


def test_numbers_too_small_for_their_digits_are_not_told_apart() -> None:
    rows = ["0.9 1.0 100 0.3 0.0001", "0.5 2.0 200 0.2 0.0002"]
    assert told(run(["Loss: 0.2", "Mse: 0.0002"], rows, more="Mse"), "not-best-checkpoint") is None
    assert told(run(["Loss: 0.2", "Mse: 0.0004"], [rows[0], rows[1][:-1] + "4"], more="Mse"), "not-best-checkpoint")


# Overfitting


def losses(*pairs: tuple[str, str], report: str = "") -> Card:
    """A run with these (training, validation) losses that reports the last row, or another one's loss."""
    rows = [f"{training} {i}.0 {i}00 {validation}" for i, (training, validation) in enumerate(pairs, 1)]
    return run([f"Loss: {report or pairs[-1][1]}"], rows, more="")


def test_a_rising_validation_loss_beside_a_falling_training_loss_is_told() -> None:
    card = losses(("0.9", "0.8260"), ("0.5", "1.2"), ("0.0016", "1.9565"))
    assert told(card, "overfitting") == (
        "warning",
        (
            "Validation loss is lowest at epoch 1 (0.8260) and ends at 1.9565, 137 % higher, while training loss fell"
            " to 0.0016."
        ),
    )
    assert of(card)["overfitting"].line == line_of(card, "1.9565 |")


@pytest.mark.parametrize(
    ("epochs", "is_told"),
    [(("0.25", "0.5", "0.75"), False), (("0.5", "0.99", "1.49"), True), (("0.5", "1.5", "0.5"), True)],
    ids=["inside", "behind", "second-run"],
)
def test_a_rise_inside_the_first_epoch_is_no_overfitting(epochs: Sequence[str], *, is_told: bool) -> None:
    pairs = zip(epochs, ("0.9 {} 500 2.4", "0.8 {} 1000 1.7", "0.7 {} 1500 2.9"), strict=True)
    found = of(run(["Loss: 2.9"], [row.format(epoch) for epoch, row in pairs], more=""))
    assert ("overfitting" in found) is is_told


@pytest.mark.parametrize(
    ("end", "severity"),
    [("1.01", None), ("1.02", "info"), ("1.09", "info"), ("1.1", "warning"), ("1.0999", "info"), ("0.9", None)],
)
def test_overfitting_is_told_from_two_percent_and_is_a_warning_from_ten(end: str, severity: str | None) -> None:
    card = losses(("0.9", "1.0"), ("0.5", end))
    assert (told(card, "overfitting") or (None,))[0] == severity


def test_a_rise_that_rounding_may_explain_is_none() -> None:
    assert told(losses(("0.9", "0.0010"), ("0.5", "0.0011")), "overfitting") is None
    assert told(losses(("0.9", "0.001"), ("0.5", "0.002")), "overfitting") is not None


@pytest.mark.parametrize("training", [("0.5", "0.9"), ("No log", "0.5"), ("No log", "No log"), ("0.5", "0.5")])
def test_without_a_training_loss_that_falls_nothing_is_said(training: tuple[str, str]) -> None:
    assert told(losses((training[0], "1.0"), (training[1], "2.0")), "overfitting") is None


def test_a_training_loss_that_is_logged_behind_the_lowest_row_falls_from_there() -> None:
    card = losses(("No log", "0.4"), ("0.5", "0.6"), ("0.01", "1.2"))
    assert told(card, "overfitting") == (
        "warning",
        "Validation loss is lowest at epoch 1 (0.4) and ends at 1.2, 200 % higher, while training loss fell to 0.01.",
    )
    assert told(losses(("No log", "0.4"), ("0.5", "0.6"), ("0.7", "1.2")), "overfitting") is None
    assert told(losses(("0.6", "0.5"), ("No log", "0.4"), ("0.5", "0.6"), ("0.1", "1.2")), "overfitting") is None


def test_a_rise_behind_the_reported_row_is_info() -> None:
    card = losses(("0.9", "1.0"), ("0.5", "2.0"), report="1.0")
    found = told(card, "overfitting")
    assert found
    assert found[0] == "info"
    assert found[1].endswith("; the report is of an earlier row.")


def test_the_rise_is_measured_at_the_reported_row() -> None:
    card = losses(("0.9", "1.0"), ("0.5", "1.5"), ("0.4", "1.4"), report="1.5")
    assert told(card, "overfitting") == (
        "warning",
        (
            "Validation loss is lowest at epoch 1 (1.0) and is 1.5 at the reported row (epoch 2), 50 % higher, while"
            " training loss fell to 0.5."
        ),
    )


def test_a_report_that_has_the_lowest_loss_is_not_of_the_last_row() -> None:
    rows = ["0.9 1.0 100 1.0 0.5", "0.5 2.0 200 2.0 0.6"]
    card = run(["Loss: 1.0", "Accuracy: 0.9"], rows)
    assert judge(card).provenance is not None
    assert (told(card, "overfitting") or ("", ""))[0] == "info"


def test_thresholds_can_be_set() -> None:
    card = losses(("0.9", "1.0"), ("0.5", "1.05"))
    assert (told(card, "overfitting", Rules(rise_warned=0.03)) or ("",))[0] == "warning"
    assert told(card, "overfitting", Rules(rise_told=0.06)) is None


# Diverged


@pytest.mark.parametrize(
    ("pairs", "message"),
    [
        ((("0.9", "0.8"), ("nan", "nan")), "Validation loss is nan at epoch 2."),
        ((("0.9", "0.8"), ("5.0", "inf"), ("6.0", "inf")), "Validation loss is inf in 2 of 3 rows, first at epoch 2."),
        ((("0.9", "0.8"), ("9.0", "0.9")), "Training loss ends at 9.0, 10 times its 0.9 at epoch 1."),
        ((("0.9", "0.8"), ("2.0", "80.0")), "Validation loss ends at 80.0, 100 times its 0.8 at epoch 1."),
    ],
)
def test_a_loss_that_is_no_number_or_explodes_is_an_error(pairs: Sequence[tuple[str, str]], message: str) -> None:
    findings = [f for f in judge(losses(*pairs, report="0.8")).findings if f.code == "diverged"]
    assert ("error", message) in [(f.severity, f.message) for f in findings]


def test_a_reported_nan_without_history_is_an_error() -> None:
    card = run(["Loss: nan"], [])
    assert told(card, "diverged") == ("error", "The reported loss is nan.")
    assert of(card)["diverged"].line == line_of(card, "Loss: nan")


def test_a_loss_that_never_is_a_number_while_training_goes_well_is_a_fault_of_measurement() -> None:
    found = told(losses(("0.9", "inf"), ("0.5", "inf"), ("0.4", "inf")), "diverged")
    assert found
    assert (found[0], "the measurement is at fault" in found[1]) == ("warning", True)


CHANGING, CONSTANT = ("0.5", "0.6", "0.7", "0.8"), ("0.5", "0.5", "0.5", "0.5")


@pytest.mark.parametrize(
    ("training", "accuracies", "severity"),
    [
        (("0.9", "0.7", "0.5", "0.4"), CHANGING, "warning"),
        (("0.9", "0.7", "0.0004", "0.0"), CHANGING, "warning"),
        (("0.9", "0.02", "0.1", "0.05"), CHANGING, "warning"),
        (("163.2", "0.0", "155.6", "0.1"), CHANGING, "error"),
        (("163.2", "1.1", "155.6", "0.1"), CHANGING, "error"),
        (("0.9", "0.7", "0.0", "0.0"), CHANGING, "error"),
        (("0.9", "0.7", "0.5", "0.4"), CONSTANT, "error"),
    ],
    ids=["steady", "tiny", "far-below", "leaps-and-0", "leaps", "to-0", "no-answer-changes"],
)
def test_only_a_steady_training_beside_nan_is_a_fault_of_measurement(
    training: Sequence[str], accuracies: Sequence[str], severity: str
) -> None:
    pairs = enumerate(zip(training, accuracies, strict=True), 1)
    rows = [f"{loss} {i}.0 {i}00 nan {accuracy}" for i, (loss, accuracy) in pairs]
    found = told(run(["Loss: nan"], rows), "diverged")
    assert found
    assert (found[0], "the measurement is at fault" in found[1]) == (severity, severity == "warning")


def test_a_training_loss_of_0_beside_nan_is_how_the_trainer_logs_nan() -> None:
    rows = [("1.2", "0.9"), ("0.8", "0.8"), ("0.0", "nan"), ("0.0", "nan")]
    assert told(losses(*rows), "diverged") == (
        "error",
        (
            "Validation loss is nan in 2 of 4 rows, first at epoch 3; the training loss is 0 there, as the Trainer logs"
            " nan and infinities."
        ),
    )


HIGH = (("9.3", "25.3"), ("9.4", "25.4"), ("9.5", "25.5"), ("9.6", "25.6"))


@pytest.mark.parametrize(
    ("rows", "times"),
    [
        ((("0.9", "0.7"), ("0.8", "0.5"), *HIGH), "51 times its 0.5 at epoch 2"),
        ((("0.9", "0.7"), ("0.8", "0.5"), ("0.7", "0.4"), HIGH[0]), "63 times its 0.4 at epoch 3"),
        ((("0.9", "0.7"), ("0.8", "0.5"), ("0.7", "0.4"), ("0.6", "25.0")), None),  # one of the two alone
        ((("0.9", "20.0"), ("0.8", "0.5"), *HIGH), None),  # the low one is the odd one
    ],
)
def test_a_loss_that_rises_early_or_at_the_very_end_explodes(
    rows: Sequence[tuple[str, str]], times: str | None
) -> None:
    messages = [f.message for f in judge(losses(*rows)).findings if f.code == "diverged" and "Validation" in f.message]
    assert [str(times) in message for message in messages] == ([True] if times else [])


NEVER = ("0.9 1.0 100 0.8 nan nan", "0.5 2.0 200 0.6 nan 0.5")


def test_a_headline_metric_that_never_is_a_number_is_an_error() -> None:
    card = run(["Loss: 0.6", "Spearman: nan", "Pearson: nan"], NEVER, more="Spearman F1")
    message = "Spearman and Pearson are nan as reported and in every row that has them."
    assert told(card, "diverged") == ("error", message)
    assert of(card)["diverged"].line == line_of(card, "- Spearman")
    assert told(run(["Loss: 0.6", "F1: nan"], []), "diverged") == ("error", "F1 is nan as reported.")


def test_a_metric_that_is_nan_beside_a_headline_that_is_none_is_not_told() -> None:
    assert told(run(["Loss: 0.6", "F1: 0.5", "Iou Sky: nan"], NEVER, more="Iou~Sky F1"), "diverged") is None
    assert told(run(["Loss: 0.6", "F1: nan"], NEVER, more="Spearman F1"), "diverged") is None


def test_overfitting_is_no_divergence() -> None:
    assert told(losses(("0.9", "0.1"), ("0.1", "2.0")), "diverged") is None


# Constant and identical metrics


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (("0.5", "0.5", "0.5"), "Accuracy is 0.5 in each of 3 rows."),
        (("0.0", "0.0"), "Accuracy is 0.0 in each of 2 rows."),
        (("100.0", "100.0", "100.0"), None),
        (("0.5", "0.5"), None),
        (("0.5", "0.5", "0.6"), None),
        (("0.0001", "0.0001", "0.0001"), "Accuracy is 0.0001 in each of 3 rows."),
        (("-1.0", "-1.0", "-1.0"), None),
        (("0.0",), None),
    ],
)
def test_a_metric_that_never_changes_is_told(values: Sequence[str], message: str | None) -> None:
    rows = [f"0.{9 - i} {i}.0 {i}00 0.{8 - i} {value}" for i, value in enumerate(values, 1)]
    found = told(run(["Loss: 0.1"], rows), "constant-metric")
    assert found == (("warning", message) if message else None)


def test_a_loss_too_small_for_its_decimals_is_not_called_constant() -> None:
    rows = [f"0.{9 - i} {i}.0 {i}00 0.0001 0.{i}" for i in range(1, 4)]
    assert told(run(["Loss: 0.0001"], rows), "constant-metric") is None


def test_several_are_told_at_once() -> None:
    rows = [f"0.9 {i}.0 {i}00 0.{i} 0.5 0.0 0.{i}" for i in (1, 2, 3)]
    found = told(run(["Loss: 0.3"], rows, more="Accuracy F1 Recall"), "constant-metric")
    assert found == ("warning", "2 metrics are the same in each of 3 rows: Accuracy (0.5) and F1 (0.0).")


def test_metrics_that_are_one_number_count_once() -> None:
    rows = ["0.9 1.0 100 0.8 0.7 0.6 0.7", "0.8 2.0 200 0.7 0.8 0.7 0.8"]
    card = run(["Accuracy: 0.8", "F1: 0.7", "Recall: 0.8"], rows, more="Accuracy F1 Recall")
    assert told(card, "identical-metrics") == ("info", "Recall equals Accuracy in every row: they count once.")


@pytest.mark.parametrize("value", ["1.0", "0.0"])
def test_that_all_are_perfect_or_nothing_makes_them_not_one(value: str) -> None:
    rows = [f"0.9 1.0 100 0.8 {value} {value}", f"0.8 2.0 200 0.7 {value} {value}"]
    assert told(run([f"Accuracy: {value}", f"F1: {value}"], rows, more="Accuracy F1"), "identical-metrics") is None


def test_metrics_that_are_equal_in_the_report_only_are_told() -> None:
    rows = ["0.9 1.0 100 0.8 0.7 0.6", "0.8 2.0 200 0.7 0.8 0.8"]
    card = run(["Loss: 0.7", "Precision: 0.8", "Recall: 0.8"], rows, more="Precision Recall")
    message = "Precision and Recall are equal as reported (0.8), though other rows tell them apart."
    assert told(card, "identical-metrics") == ("info", message)


def test_a_report_that_makes_two_metrics_of_one_is_a_warning() -> None:
    rows = ["0.9 1.0 100 0.8 0.7 0.6 0.5", "0.8 2.0 200 0.7 0.8 0.75 0.6"]
    card = run(["Loss: 0.7", "Precision: 0.8", "Recall: 0.8", "F1: 0.6"], rows, more="Precision Recall F1")
    message = "Precision and Recall are equal as reported (0.8), though the row it is from tells them apart."
    assert told(card, "identical-metrics") == ("warning", message)


# The report beside the history and the index


def test_a_report_that_is_no_row_is_told_with_the_nearest() -> None:
    card = run(["Loss: 0.7012", "Accuracy: 0.8521"], RISING)
    assert told(card, "reported-nowhere") == (
        "info",
        (
            "The reported results match no row: the nearest, epoch 3, differs in Loss (0.7012, there 0.7) and Accuracy"
            " (0.8521, there 0.85); evaluated separately, or of another checkpoint."
        ),
    )


def test_the_nearest_row_is_so_in_all_values_and_all_that_differ_are_named() -> None:
    rows = ["0.9 1.0 100 0.62 -9.0", "0.5 2.0 200 0.61 -2.1", "0.3 3.0 300 0.6 -1.2"]
    card = run(["Loss: 0.61", "Logps/chosen: -1.3"], rows, more="Logps/chosen")
    assert "the nearest, epoch 2, differs in Logps/chosen (-1.3, there -2.1)" in of(card)["reported-nowhere"].message
    card = run(["Loss: 0.615", "Logps/chosen: -1.3"], rows, more="Logps/chosen")
    near = "the nearest, epoch 3, differs in Loss (0.615, there 0.6) and Logps/chosen (-1.3, there -1.2)"
    assert near in of(card)["reported-nowhere"].message
    rows = ["0.9 1.0 100 1.01 1.2 1.0", "0.5 2.0 200 1.1 1.1 1.1"]
    card = run(["Loss: 1.0", "Logps: 1.0", "Logits: 1.0"], rows, more="Logps Logits")
    assert "the nearest, epoch 1," in of(card)["reported-nowhere"].message


def test_it_is_a_warning_where_the_nearest_row_is_more_than_a_percent_away() -> None:
    assert (told(run(["Loss: 0.75", "Accuracy: 0.95"], RISING), "reported-nowhere") or ("",))[0] == "warning"


BY_WER = ("0.5 1.0 1000 0.4201 21.64", "0.4 2.0 2000 0.4607 21.03", "0.3 3.0 3000 0.4853 21.1")


@pytest.mark.parametrize(
    ("reported", "rows", "message"),
    [
        (
            ["Loss: 0.1443", "Wer: 21.03"],
            BY_WER,
            "differs in Loss (0.1443, there 0.4607); Wer is that of epoch 2, the loss was measured otherwise.",
        ),
        (["Loss: 0.4201", "Wer: 21.03"], BY_WER, "each value stands in some row, but no row has them all."),
        (["Loss: 0.1443", "Wer: 21.1"], BY_WER, "evaluated separately, or of another checkpoint."),
        (["Loss: 0.1443", "Wer: 21.03"], (*BY_WER, "0.2 4.0 4000 0.5 21.03"), "or of another checkpoint."),
        (
            ["Loss: 0.1443", "Wer: 21.03"],
            ("0.5 1.0 1000 0.4201 21.64", "0.4 2.0 2000 low 21.03"),
            "Wer is that of epoch 2, the loss was measured otherwise.",
        ),
    ],
    ids=["one-row", "other-loss", "few-digits", "two-rows", "no-loss"],
)
def test_metrics_of_one_row_beside_a_loss_of_none_are_said_to_be_of_that_row(
    reported: list[str], rows: Sequence[str], message: str
) -> None:
    found = told(run(reported, rows, more="Wer"), "reported-nowhere")
    assert found
    assert found[1].endswith(message)


def test_a_percentage_is_its_share() -> None:
    card = run(["Loss: 0.7", "Accuracy: 85%"], RISING)
    assert told(card, "reported-nowhere") is None
    assert judge(card).provenance is not None
    assert judge(card).provenance.row == 2  # type: ignore[union-attr]


@pytest.mark.parametrize(("metric", "shown"), [("Accuracy", "85.0"), ("Wer", "85.00")])
def test_a_percentage_without_its_sign_is_its_share_too(metric: str, shown: str) -> None:
    card = run(["Loss: 0.7", f"{metric}: {shown}"], RISING, more=metric)
    found = judge(card)
    assert (found.provenance.row, found.provenance.differing) == (2, ())  # type: ignore[union-attr]
    assert not {"reported-nowhere", "not-best-checkpoint"} & set(of(card))
    assert found.standings[1].shortfall is None


def test_a_loss_is_no_percentage() -> None:
    assert judge(run(["Loss: 70.0", "Accuracy: 0.85"], RISING)).provenance.row is None  # type: ignore[union-attr]


def test_rows_that_could_not_be_read_might_be_the_one() -> None:
    card = run(["Loss: 0.95", "Accuracy: 0.99"], [*RISING, "0.2 4.0 400 0.95"])
    assert told(card, "reported-nowhere") is None


def index(*values: str) -> str:
    entries = "".join(f"\n  - metrics:\n    - {{type: accuracy, name: Accuracy, value: {value}}}" for value in values)
    return f"license: mit\nmodel-index:\n- name: x\n  results:{entries}"


@pytest.mark.parametrize(
    ("values", "reported", "message"),
    [
        (["0.8123"], "0.8523", "The model index says Accuracy 0.8123, the reported results 0.8523."),
        (["0.85234567"], "0.8523", None),
        (["85.23"], "0.8523", None),
        (["0.8523"], "85.23", None),
        (["0.81", "0.9"], "0.8523", None),
        (["high"], "0.8523", None),
        (["0.8"], "0.8523", None),
        (["0.86"], "0.8523", "The model index says Accuracy 0.86, the reported results 0.8523."),
        (["0.9"], "0.8123", "The model index says Accuracy 0.9, the reported results 0.8123."),
        (["0"], "0.8523", "The model index says Accuracy 0, the reported results 0.8523."),
        (["1"], "93.4", "The model index says Accuracy 1, the reported results 93.4."),
        (["1"], "1.0", None),
    ],
    ids="differs rounded percent share two-datasets text cut off above 0 1 same".split(),
)
def test_an_index_that_says_something_else_is_told(values: list[str], reported: str, message: str | None) -> None:
    card = run([f"Accuracy: {reported}"], [], yaml=index(*values))
    assert told(card, "index-mismatch") == (("warning", message) if message else None)


def items(*given: tuple[str, str]) -> str:
    """A model index with an item for each split, of these metrics; one in brackets is the Hub's own measurement."""
    lines = ["license: mit", "model-index:", "- name: x", "  results:"]
    for split, told_of in given:
        lines += [f"  - dataset: {{name: imdb, type: imdb, split: {split}}}", "    metrics:"]
        for metric in told_of.split():
            kind, _, value = metric.strip("()").partition("=")
            verified = ", verified: true" if metric.startswith("(") else ""
            lines.append(f"    - {{type: {kind}, name: {kind}, value: {value}{verified}}}")
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("given", "is_told"),
    [
        ([("train", "accuracy=0.85 f1=0.84"), ("validation", "accuracy=0.85 loss=0.51")], False),
        ([("test", "accuracy=0.85"), ("test", "(loss=0.51)")], False),
        ([("test", "(accuracy=0.85) (loss=0.51)")], False),
        ([("test", "accuracy=0.85 loss=0.51"), ("validation", "f1=0.7")], True),
        ([("test", "accuracy=0.25 loss=0.51"), ("validation", "f1=0.7")], False),
    ],
    ids="another-split verified only-verified the-one-that-agrees none-agrees".split(),
)
def test_of_several_items_of_the_index_only_the_one_of_the_report_is_held_against_it(
    given: list[tuple[str, str]], is_told: bool
) -> None:
    card = run(["Loss: 0.3", "Accuracy: 0.85"], [], yaml=items(*given))
    message = "The model index says Loss 0.51, the reported results 0.3."
    assert told(card, "index-mismatch") == (("warning", message) if is_told else None)


# Steps, epochs, batches


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (
            ["train_batch_size: 8", "gradient_accumulation_steps: 4", "total_train_batch_size: 16"],
            "total_train_batch_size is 16, but train_batch_size 8 × gradient_accumulation_steps 4 is 32.",
        ),
        (
            ["train_batch_size: 8", "num_devices: 2", "gradient_accumulation_steps: 4", "total_train_batch_size: 32"],
            (
                "total_train_batch_size is 32, but train_batch_size 8 × num_devices 2 × gradient_accumulation_steps 4"
                " is 64."
            ),
        ),
        (
            ["eval_batch_size: 8", "total_eval_batch_size: 64"],
            (
                "total_eval_batch_size is 64, but eval_batch_size 8 is the only factor given, and a factor of 8"
                " is missing."
            ),
        ),
        (["train_batch_size: 8", "num_devices: 2", "total_train_batch_size: 16"], None),
        (["train_batch_size: 1", "distributed_type: IPU", "total_train_batch_size: 64"], None),
        (["total_train_batch_size: 64"], None),
        (["train_batch_size: auto", "total_train_batch_size: 64"], None),
    ],
)
def test_batches_must_add_up(lines: list[str], message: str | None) -> None:
    card = run(["Loss: 1"], [], settings=lines)
    assert told(card, "batch-arithmetic") == (("error", message) if message else None)


@pytest.mark.parametrize(
    ("lines", "code", "message"),
    [
        (
            ["num_epochs: 10"],
            "stopped-early",
            "at epoch 3 of 10: Loss was best at epoch 2, as with early stopping.",
        ),
        (
            ["training_steps: 1000"],
            "stopped-early",
            "at step 300 of 1000: Loss was best at epoch 2, as with early stopping.",
        ),
        (["num_epochs: 3"], "", ""),
        (["num_epochs: 3.5"], "", ""),
        (["num_epochs: 10", "training_steps: 300"], "", ""),
        (["num_epochs: many"], "", ""),
    ],
)
def test_a_history_that_ends_before_its_time_is_told(lines: list[str], code: str, message: str) -> None:
    found = of(run(["Loss: 0.7"], RISING, settings=lines))
    assert [c for c in ("stopped-early", "unfinished") if c in found] == ([code] if code else [])
    assert not code or found[code].message == f"The history ends {message}"


@pytest.mark.parametrize(
    ("epoch", "settings", "is_told"),
    [
        ("87.0", ["num_epochs: 500"], True),
        ("499.0", ["num_epochs: 500"], False),
        ("87.0", ["num_epochs: 500", "training_steps: 10005"], False),
        ("87.0", ["train_batch_size: 8"], False),
        ("nan", ["num_epochs: 500"], False),
    ],
    ids=["before", "end", "steps", "not-asked", "nan"],
)
def test_a_report_of_an_epoch_before_the_last_is_told_where_there_is_no_history(
    epoch: str, settings: Sequence[str], *, is_told: bool
) -> None:
    card = run(["eval_loss: 0.2362", f"epoch: {epoch}", "step: 10005"], [], settings=settings)
    message = "The results are of epoch 87 of 500; what came of the rest is not told."
    assert told(card, "unfinished") == (("info", message) if is_told else None)
    assert not is_told or of(card)["unfinished"].line == line_of(card, "epoch: 87.0")


def test_a_metric_that_never_changes_is_not_said_to_be_best_in_the_last_row() -> None:
    rows = ["0.9 1.0 100 0.8 0.5", "0.8 2.0 200 0.7 0.5"]
    card = run(["Loss: 0.7", "Accuracy: 0.5"], rows, settings=["num_epochs: 10"])
    assert told(card, "unfinished") == ("info", "The history ends at epoch 2 of 10.")


def test_a_run_that_still_gets_better_is_unfinished() -> None:
    card = run(["Loss: 0.6"], RISING[:2], settings=["num_epochs: 10"])
    assert told(card, "unfinished") == ("info", "The history ends at epoch 2 of 10: Loss is best in its last row.")


def test_one_value_alone_is_not_called_the_best() -> None:
    card = run(["Loss: 0.6"], ["0.9 1.0 100 - -", "0.5 2.0 200 0.6 -"], settings=["num_epochs: 10"])
    assert told(card, "unfinished") == ("info", "The history ends at epoch 2 of 10.")


def test_a_headline_that_tells_only_half_is_judged_by_the_score_of_the_whole() -> None:
    rows = ["0.9 1.0 100 0.6 0.9 0.5", "0.5 2.0 200 0.5 0.8 0.7"]
    card = run(["Loss: 0.5", "Precision: 0.8", "F1: 0.7"], rows, more="Precision F1")
    assert judge(card).headline is not None
    assert judge(card).headline.metric == "Precision"  # type: ignore[union-attr]
    assert told(card, "not-best-checkpoint") is None
    worse = run(["Loss: 0.6", "Precision: 0.9", "F1: 0.5"], rows, more="Precision F1")
    assert told(worse, "not-best-checkpoint") == ("warning", "F1 is 0.5 as reported, 0.2 below the 0.7 of epoch 2.")


def test_a_report_behind_the_last_row_is_no_other_checkpoint() -> None:
    card = run(["Loss: 0.65", "Accuracy: 0.95"], RISING, settings=["num_epochs: 4"])
    found = told(card, "reported-nowhere")
    assert found
    assert (found[0], "probably measured at the end of training" in found[1]) == ("info", True)


@pytest.mark.parametrize(("accuracy", "severity"), [("0.62", "info"), ("0.99", "warning")])
def test_a_report_that_is_out_of_reach_of_the_last_row_is_not_of_the_end(accuracy: str, severity: str) -> None:
    rows = [f"0.{9 - i} {i}.0 {i}00 0.{7 - i} 0.{50 + 2 * i}" for i in (1, 2, 3, 4, 5)]
    card = run(["Loss: 0.15", f"Accuracy: {accuracy}"], rows, settings=("num_epochs: 5.5",))
    found = told(card, "reported-nowhere")
    assert found
    assert (found[0], "probably measured at the end" in found[1]) == (severity, severity == "info")


def test_a_report_put_together_from_rows_is_said_to_be() -> None:
    found = told(run(["Loss: 0.6", "Accuracy: 0.7"], RISING), "reported-nowhere")
    assert found
    assert "each value stands in some row, but no row has them all" in found[1]


def test_a_report_with_the_loss_of_a_row_was_measured_otherwise() -> None:
    card = run(["Loss: 0.6", "Accuracy: 0.5"], RISING)
    found = told(card, "reported-nowhere")
    assert found
    assert found[1].endswith("the loss is that of epoch 2, the metrics were measured otherwise.")
    assert told(card, "not-best-checkpoint") is None


def test_nan_tells_no_distance() -> None:
    rows = ["0.9 1.0 100 nan 0.5", "0.5 2.0 200 nan 0.8"]
    found = told(run(["Loss: nan", "Accuracy: 0.81"], rows), "reported-nowhere")
    assert found
    assert "the nearest, epoch 2, differs in Accuracy (0.81, there 0.8);" in found[1]


def test_a_loss_that_jumps_as_far_as_it_rises_is_no_overfitting() -> None:
    noisy = [("0.9", "1.0"), ("0.8", "1.3"), ("0.7", "1.02"), ("0.6", "1.35"), ("0.5", "1.04"), ("0.4", "1.2")]
    assert told(losses(*noisy), "overfitting") is None
    rising = [("0.9", "1.0"), ("0.8", "1.05"), ("0.7", "1.1"), ("0.6", "1.15"), ("0.5", "1.2"), ("0.4", "1.25")]
    assert told(losses(*rising), "overfitting") is not None


def test_a_last_row_that_ties_with_the_best_has_not_stopped_early() -> None:
    rows = ["0.9 1.0 100 0.8 0.8", "0.5 2.0 200 0.7 0.9", "0.4 3.0 300 0.7 0.9"]
    found = of(run(["Accuracy: 0.9"], rows, settings=["num_epochs: 10"]))
    assert "stopped-early" not in found
    assert found["unfinished"].message == "The history ends at epoch 3 of 10: Accuracy is best in its last row."
    assert not {"stopped-early", "unfinished"} & set(of(run(["Accuracy: 0.95"], rows, settings=["num_epochs: 10"])))


def test_an_error_rate_of_one_is_no_better_row() -> None:
    card = run(["Loss: 0.5", "Wer: 2.06"], ["0.9 1.0 100 6.0 1.0", "0.3 2.0 200 0.5 2.06"], more="Wer")
    assert told(card, "not-best-checkpoint") is None


def test_a_row_after_the_training_says_that_it_ended() -> None:
    rows = [("0.9", "0.5", "50", "0.8", "-"), ("-", "-1", "-1", "-", "0.7")]
    card = read_text(trainer_card(results=["Loss: 0.8"], rows=rows, hyperparameters=["num_epochs: 9"]))
    assert not {"stopped-early", "unfinished"} & set(of(card))


@pytest.mark.parametrize(
    ("training", "message"),
    [
        (("No log",) * 3, "The training loss was never logged (No log in each row), so nothing is known of it."),
        (("0.9", "0.9", "0.5"), "The training loss was logged for 2 of 3 rows; the others repeat it or have none."),
        (("No log", "0.9", "0.9"), "The training loss was logged for 1 of 3 rows; the others repeat it or have none."),
        (("No log", "0.9", "0.5"), None),
        (("0.9", "0.5", "0.4"), None),
        (("0.0001", "0.0001", "0.0001"), None),
    ],
)
def test_a_training_loss_that_repeats_is_told(training: Sequence[str], message: str | None) -> None:
    rows = [[loss, f"{i}.0", f"{i}00", f"0.{9 - i}"] for i, loss in enumerate(training, 1)]
    card = read_text(trainer_card(columns=LOSSES, rows=rows, results=["Loss: 0.6"]))
    assert told(card, "training-loss-stale") == (("info", message) if message else None)


@pytest.mark.parametrize(
    ("rows", "is_told"),
    [
        (["0.9 1.0 100 0.8 0.7", "0.8 2.0 200 0.7 0.8"], False),
        (["0.9 1.0 100 0.8 0.7", "0.8 2.0 201 0.7 0.8"], False),
        (["0.9 1.0 1075 0.8 0.7", "0.8 2.0 1082 0.7 0.8"], True),
        (["0.9 0.94 8 0.8 0.7", "0.8 2.0 18 0.7 0.8"], False),
    ],
    ids=["even", "rounding", "halved", "few"],
)
def test_epochs_of_uneven_length_are_told(rows: list[str], *, is_told: bool) -> None:
    assert ("uneven-steps" in of(run(["Loss: 0.7"], rows))) is is_told


# What is left out


def test_what_a_card_leaves_out_is_told() -> None:
    bare = read_text(
        front("tags:\n- generated_from_trainer") + "# m\n\n## Model description\n\nMore information needed\n"
    )
    found = of(bare)
    assert {"unknown-dataset", "no-license", "no-base-model", "placeholder-sections"} <= set(found)
    assert found["placeholder-sections"].message == "1 section still to be written: Model description."
    assert found["placeholder-sections"].line == line_of(bare, "## Model description")
    whole = of(read_text(trainer_card().replace("More information needed", "Words.")))
    assert not {"unknown-dataset", "no-license", "no-base-model", "placeholder-sections"} & set(whole)


def test_a_run_without_a_card_leaves_nothing_out() -> None:
    card = replace(run(["Loss: 0.7"], RISING), is_written=False, base_model=None, dataset=None)
    assert "overfitting" in of(card)
    assert not OMISSIONS & set(of(card))


def test_a_file_that_is_no_card_has_no_findings() -> None:
    assert judge(read_text("just words")).findings == ()


# All of them


def test_every_finding_comes_with_a_known_code_and_the_gravest_first() -> None:
    card = losses(("0.9", "0.8"), ("0.5", "1.2"), ("nan", "nan"))
    findings = judge(card).findings
    assert {finding.code for finding in findings} <= CODES
    assert [f.severity for f in findings] == sorted(
        [f.severity for f in findings], key=["error", "warning", "info"].index
    )
    assert len(FINDINGS) + 1 == len(CODES)


NUMBERS = st.integers(1, 9999).map(lambda n: f"{n / 10000:.4f}")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), min_size=1, max_size=12, unique_by=lambda r: r[1:]), st.data())
def test_provenance_is_the_row_a_card_was_made_from(numbers: list[tuple[str, str, str]], data: st.DataObject) -> None:
    chosen = data.draw(st.integers(0, len(numbers) - 1))
    rows = [f"0.5 {i}.0 {i}00 {a} {b} {c}" for i, (a, b, c) in enumerate(numbers, 1)]
    _, loss, accuracy = "", numbers[chosen][0], numbers[chosen][1]
    card = run([f"Loss: {loss}", f"Accuracy: {accuracy}", f"F1: {numbers[chosen][2]}"], rows, more="Accuracy F1")
    found = judge(card).provenance
    assert found is not None
    assert found.row is not None
    assert numbers[found.row] == numbers[chosen]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), min_size=2, max_size=8), st.permutations(range(4)))
def test_the_order_of_the_columns_changes_no_finding(numbers: list[tuple[str, str, str]], order: list[int]) -> None:
    columns = ("Validation Loss", "Accuracy", "F1", "Recall")
    cells = [(*row, row[1]) for row in numbers]
    last = dict(zip(columns, cells[-1], strict=True))

    def findings(places: Sequence[int]) -> set[tuple[str, str, int]]:
        card = read_text(
            trainer_card(
                results=[f"{name.removeprefix('Validation ')}: {value}" for name, value in last.items()],
                columns=("Training Loss", "Epoch", "Step", *(columns[i] for i in places)),
                rows=[("0.5", f"{n}.0", f"{n}00", *(row[i] for i in places)) for n, row in enumerate(cells, 1)],
            )
        )
        return {(f.code, f.message, f.line) for f in judge(card).findings}

    assert findings(range(4)) == findings(order)


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 20), st.integers(1, 50))
def test_a_run_that_only_gets_better_has_no_finding_about_its_curve(count: int, step: int) -> None:
    rows = [
        f"{1.5 - i * step / 1000:.4f} {i}.0 {i}00 {1.4 - i * step / 1000:.4f} {0.1 + i * step / 2000:.4f}"
        for i in range(1, count + 1)
    ]
    *_, loss, accuracy = rows[-1].split()
    assert not set(of(run([f"Loss: {loss}", f"Accuracy: {accuracy}"], rows))) & CURVES


# The seed cards, worked out by hand


@needs_seeds
def test_the_findings_of_the_seed_cards() -> None:
    found = {number: of(read(seed(number))) for number in ("000", "001", "002", "003", "004")}
    severities = {
        number: {code: str(f.severity) for code, f in of_card.items() if code in CURVES | {"identical-metrics"}}
        for number, of_card in found.items()
    }
    assert severities == {
        "000": {"loss-metric-disagree": "info", "identical-metrics": "info"},
        "001": {"not-best-checkpoint": "warning", "overfitting": "warning", "loss-metric-disagree": "info"},
        "002": {"overfitting": "info", "loss-metric-disagree": "info", "identical-metrics": "info"},
        "003": {"identical-metrics": "info"},
        "004": {
            "overfitting": "warning",
            "not-best-checkpoint": "info",
            "reported-nowhere": "info",
            "loss-metric-disagree": "info",
        },
    }
    assert found["001"]["not-best-checkpoint"].message == (
        "Accuracy is 0.72 as reported, 0.04 below the 0.76 of epoch 14."
    )
    assert found["001"]["overfitting"].evidence["rise"] == pytest.approx(1.37, abs=0.005)
    assert found["003"]["training-loss-stale"].evidence["logged"] == 0
    assert found["003"]["identical-metrics"].evidence["metrics"] == ["F1", "Precision", "Recall"]
    assert found["000"]["identical-metrics"].evidence["metrics"] == ["Accuracy", "Recall"]
    assert found["004"]["overfitting"].evidence["rise"] == pytest.approx(0.11, abs=0.005)


@needs_corpus
def test_every_public_card_is_judged_without_an_unknown_code() -> None:
    for path in sorted(CARDS.iterdir()):
        for finding in judge(read(path)).findings:
            assert finding.code in CODES
            assert 0 <= finding.line <= len(read(path).text.split("\n"))
            assert finding.message.endswith(".")


AGAIN = ("0.9 1.0 100 0.8", "0.8 2.0 200 0.7", "0.7 1.0 100 0.6", "0.6 2.0 200 0.5")


def test_epochs_and_steps_that_fall_back_are_of_several_trainings() -> None:
    card = run(["Loss: 0.5"], AGAIN, more="")
    assert told(card, "several-trainings") == (
        "info",
        (
            "The history falls back from epoch 2 to epoch 1: its rows are of 2 trainings, or of one that was resumed,"
            " and the best need not be of the one reported."
        ),
    )
    assert of(card)["several-trainings"].line == line_of(card, "| 0.7 | 1.0 |")


@pytest.mark.parametrize(
    "rows",
    [AGAIN[:2], AGAIN[::-1], AGAIN[:3], (*AGAIN[:2], "0.7 1.0 300 0.6", "0.6 2.0 400 0.5")],
    ids=["rising", "short-blocks", "last-row", "steps-go-on"],
)
def test_rows_out_of_order_are_no_other_training(rows: Sequence[str]) -> None:
    assert told(run(["Loss: 0.5"], rows, more=""), "several-trainings") is None


@pytest.mark.parametrize(("asked", "is_told"), [("(10, 1)", True), ("(2, 10)", False), ("10", True)])
def test_setfit_asks_for_the_epochs_of_the_body_first(asked: str, is_told: bool) -> None:
    card = replace(run([], AGAIN[:2], more="", settings=[f"num_epochs: {asked}"]), writer="setfit")
    assert bool({"stopped-early", "unfinished"} & set(of(card))) == is_told


def test_scores_that_are_0_as_reported_are_told_without_a_history() -> None:
    card = run(["Loss: 0.01", "Accuracy: 0.996", "Precision: 0.000", "F1: 0.0"], [])
    assert told(card, "constant-metric") == ("warning", "Precision and F1 are 0 as reported.")
    assert of(card)["constant-metric"].line == line_of(card, "- Precision")


def test_a_class_without_a_hit_is_no_metric_that_is_0() -> None:
    assert told(run(["Accuracy: 0.9", "LOC F1: 0.0", "Rouge2: 0.0"], []), "constant-metric") is None
