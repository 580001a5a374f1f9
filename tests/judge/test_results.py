"""Reported, best and last of every metric, and the one that stands for the run."""

from __future__ import annotations

import pytest

from tests.cards.making import front, read_text, trainer_card
from tests.judge.comparing import as_run
from tests.judge.making import run
from tests.shared import needs_seeds, seed
from tui.cards.model import Card
from tui.cards.read import read
from tui.judge.comparison import compare
from tui.judge.metrics import Direction
from tui.judge.results import Standing, headline
from tui.judge.verdict import judge

ROWS = ("0.9 1.0 100 0.8 0.70", "0.5 2.0 200 0.6 0.80", "0.3 3.0 300 0.7 0.75")


def of(card: Card) -> dict[str, Standing]:
    return {standing.metric: standing for standing in judge(card).standings}


def raws(standing: Standing) -> tuple[str | None, ...]:
    return tuple(value.raw if value else None for value in (standing.reported, standing.best, standing.last))


def test_each_metric_has_reported_best_and_last() -> None:
    found = of(run(["Loss: 0.7", "Accuracy: 0.75"], ROWS))
    assert list(found) == ["Loss", "Accuracy"]
    assert (raws(found["Loss"]), found["Loss"].best_row) == (("0.7", "0.6", "0.7"), 1)
    assert (raws(found["Accuracy"]), found["Accuracy"].best_row) == (("0.75", "0.80", "0.75"), 1)


def test_the_shortfall_is_how_far_the_reported_value_is_from_the_best() -> None:
    found = of(run(["Loss: 0.7", "Accuracy: 0.75"], ROWS))
    assert found["Loss"].shortfall == pytest.approx(0.1)
    assert found["Accuracy"].shortfall == pytest.approx(0.05)


def test_a_reported_value_that_is_the_best_falls_short_of_nothing() -> None:
    assert of(run(["Accuracy: 0.80"], ROWS))["Accuracy"].shortfall == 0


def test_a_reported_value_better_than_every_row_falls_short_of_nothing() -> None:
    assert of(run(["Accuracy: 0.99"], ROWS))["Accuracy"].shortfall == 0


def test_a_reported_nan_falls_short_of_the_best() -> None:
    assert of(run(["Loss: nan"], ROWS))["Loss"].shortfall != 0


def test_a_column_that_is_not_reported_comes_after_the_reported_ones() -> None:
    found = of(run(["Accuracy: 0.75"], ROWS))
    assert list(found) == ["Accuracy", "Loss"]
    assert raws(found["Loss"]) == (None, "0.6", "0.7")
    assert found["Loss"].shortfall is None


def test_a_reported_value_without_a_column_has_no_best_and_no_last() -> None:
    found = of(run(["Loss: 0.7", "Wer: 0.2"], ROWS))["Wer"]
    assert (raws(found), found.best_row, found.shortfall) == (("0.2", None, None), None, None)


def test_a_metric_of_unknown_direction_has_no_best() -> None:
    found = of(run(["Gen Len: 12"], ["0.9 1.0 100 0.8 12", "0.5 2.0 200 0.6 15"], more="Gen_Len"))["Gen Len"]
    assert found.direction is Direction.UNKNOWN
    assert (raws(found), found.best_row, found.shortfall) == (("12", None, "15"), None, None)


def test_the_training_loss_is_never_judged() -> None:
    assert "Training Loss" not in of(run(["Loss: 0.7"], ROWS))


def test_of_equal_rows_the_earliest_is_the_best() -> None:
    rows = ("0.9 1.0 100 0.6 0.80", "0.5 2.0 200 0.6 0.8", "0.3 3.0 300 0.7 0.80")
    found = of(run(["Loss: 0.7"], rows))
    assert (found["Loss"].best_row, found["Accuracy"].best_row) == (0, 0)


@pytest.mark.parametrize(
    ("cells", "best"), [("nan 0.5 0.4", 2), ("inf -inf 0.4", 2), ("nan nan nan", None), ("-5 0.5 0.4", 0)]
)
def test_nan_and_infinities_are_never_the_best(cells: str, best: int | None) -> None:
    rows = [f"0.5 {epoch}.0 {epoch} {cell} 0.1" for epoch, cell in enumerate(cells.split(), 1)]
    assert of(run(["Accuracy: 0.1"], rows))["Loss"].best_row == best


def test_lists_have_a_standing_per_element() -> None:
    rows = ("0.9 1.0 100 0.8 [0.1,0.9]", "0.5 2.0 200 0.6 [0.3,0.2]")
    found = of(run(["Loss: 0.6", "F1: [0.3, 0.2]"], rows, more="F1"))
    assert list(found) == ["Loss", "F1[0]", "F1[1]"]
    assert (found["F1[0]"].best_row, found["F1[1]"].best_row) == (1, 0)
    assert found["F1[1]"].shortfall == pytest.approx(0.7)
    assert found["F1[1]"].direction is Direction.MAXIMIZE


def test_an_element_is_better_as_its_own_name_says_where_that_of_the_whole_says_nothing() -> None:
    for label in ("Org", "Per"):  # PER is also the phoneme error rate, but only by itself
        cells = [f"{{'precision':~0.{i},'f1':~0.{8 - i},'number':~9}}" for i in (4, 5)]
        rows = [f"0.{9 - i} {i}.0 {i}00 0.6 {cell}" for i, cell in enumerate(cells, 1)]
        found = of(run(["Loss: 0.6", f"{label}: {{'precision': 0.5, 'f1': 0.3, 'number': 9}}"], rows, more=label))
        assert [(one.direction, one.best_row) for one in found.values()] == [
            (Direction.MINIMIZE, 0),
            (Direction.MAXIMIZE, 1),
            (Direction.MAXIMIZE, 0),
            (Direction.UNKNOWN, None),
        ]
        assert found[f"{label}.f1"].shortfall == pytest.approx(0.1)


def test_a_mapping_of_persons_does_not_stand_for_the_run() -> None:
    found = headline(run(["Loss: 0.6", "Per: {'f1': 0.5, 'number': 9}", "Overall F1: 0.5"], ROWS))
    assert found is not None
    assert found.metric == "Overall F1"


def test_what_coco_never_measured_is_best_nowhere() -> None:
    rows = ["0.9 1.0 100 0.8 -1.0 -1.0", "0.5 2.0 200 0.6 -1.0 0.5"]
    found = of(run(["Loss: 0.6", "Map_Large: -1.0", "Map_Small: 0.5"], rows, more="Map_Large Map_Small"))
    assert [found[name].best_row for name in ("Map_Large", "Map_Small")] == [None, 1]


def test_cells_of_a_ragged_row_are_not_judged() -> None:
    rows = ("0.9 1.0 100 0.8 0.7", "0.5 2.0 200 0.95")
    found = of(run(["Accuracy: 0.7"], rows))
    assert (found["Accuracy"].best_row, found["Loss"].best_row) == (0, 0)
    assert found["Accuracy"].last is None


def test_a_card_without_history_has_its_reported_values() -> None:
    found = of(run(["Loss: 0.7", "Accuracy: 0.75"], []))
    assert [raws(standing) for standing in found.values()] == [("0.7", None, None), ("0.75", None, None)]


INDEX = "model-index:\n- name: x\n  results:\n  - metrics:\n    - {name: F1, type: f1, value: 0.5}"
HEADLINES = {
    "of-the-index": (INDEX + "\nmetrics: [accuracy]", ["Loss: 1", "Accuracy: 0.7", "F1: 0.5"], "F1", "0.5"),
    "of-the-metadata": ("metrics:\n- f1\n- accuracy", ["Loss: 1", "Accuracy: 0.7", "F1: 0.5"], "F1", "0.5"),
    "announced-but-not-reported": ("metrics:\n- wer\n- f1", ["Loss: 1", "Accuracy: 0.7", "F1: 0.5"], "F1", "0.5"),
    "first-that-is-no-loss": ("license: mit", ["Loss: 1", "Accuracy: 0.7", "F1: 0.5"], "Accuracy", "0.7"),
    "none-announced-is-reported": ("metrics: [wer]", ["Loss: 1", "Accuracy: 0.7"], "Accuracy", "0.7"),
    "only-the-loss": ("metrics: [f1]", ["Loss: 1.5"], "Loss", "1.5"),
    "not-of-training": (
        "license: mit",
        ["Train Loss: 1", "Train Acc: 0.9", "Validation Loss: 2", "Validation Acc: 0.5", "Epoch: 3"],
        "Validation Acc",
        "0.5",
    ),
    "loss-before-epoch": ("license: mit", ["Train Loss: 1", "Validation Loss: 2", "Epoch: 3"], "Validation Loss", "2"),
    "raw-keys": ("metrics: [accuracy]", ["eval_loss: 1", "eval_accuracy: 0.7"], "eval_accuracy", "0.7"),
}


@pytest.mark.parametrize(("yaml", "reported", "metric", "raw"), HEADLINES.values(), ids=HEADLINES)
def test_the_headline_metric_stands_for_the_run(yaml: str, reported: list[str], metric: str, raw: str) -> None:
    found = headline(run(reported, ROWS, yaml=yaml))
    assert found is not None
    assert (found.metric, found.value.raw) == (metric, raw)


def test_a_card_that_reports_nothing_stands_by_its_index() -> None:
    found = headline(read_text(front(INDEX) + "# m\n"))
    assert found is not None
    assert (found.metric, found.value.number, found.direction) == ("F1", 0.5, Direction.MAXIMIZE)


@pytest.mark.parametrize(
    "value", ["9" * 399, "true", "none", "[1]", ""], ids=["digits", "true", "none", "list", "nothing"]
)
def test_a_value_of_the_index_that_cannot_be_shown_as_a_number_raises_nothing(value: str) -> None:
    text = front(f"model-index:\n- results:\n  - metrics:\n    - {{type: f1, value: {value}}}") + "# m\n"
    headline(read_text(text))


@pytest.mark.parametrize(
    ("value", "raw", "number"),
    [
        ("'23.45'", "23.45", 23.45),
        ("21.48%", "21.48%", 21.48),
        ("282.5 +/- 18.89", "282.5 +/- 18.89", 282.5),
        ('"1,234"', "1,234", 1234),
        ("0.5", "0.5", 0.5),
        ("1e-3", "0.001", 0.001),
    ],
    ids=["quoted", "percent", "spread", "thousands", "number", "exponent"],
)
def test_a_text_of_the_index_that_says_a_number_stands_for_a_card_without_results(
    value: str, raw: str, number: float
) -> None:
    metrics = f"{{type: rouge, value: many}}\n    - {{type: bool, value: true}}\n    - {{type: f1, value: {value}}}"
    found = headline(read_text(front(f"model-index:\n- results:\n  - metrics:\n    - {metrics}") + "# m\n"))
    assert found is not None
    assert (found.metric, found.value.raw, found.value.number) == ("f1", raw, number)


@pytest.mark.parametrize("value", ["'nan'", ".inf", "many", "'[0.5, 0.6]'", "'0.5 to 0.6'", "''", "yes"])
def test_a_text_of_the_index_that_says_no_number_stands_for_nothing(value: str) -> None:
    text = front(f"model-index:\n- results:\n  - metrics:\n    - {{type: f1, value: {value}}}") + "# m\n"
    assert headline(read_text(text)) is None


def test_where_rows_leave_blanks_the_last_value_is_the_last_that_was_measured() -> None:
    found = of(run(["Accuracy: 0.75"], ["0.9 1.0 100 0.8 0.7", "0.8 2.0 200 - -"]))
    assert raws(found["Accuracy"]) == ("0.75", "0.7", "0.7")


def test_what_is_measured_on_the_training_data_is_never_best() -> None:
    found = of(run(["Train Accuracy: 0.9"], ["0.9 1.0 100 0.8 0.7", "0.8 2.0 200 0.7 0.9"], more="Train_Accuracy"))
    assert raws(found["Train Accuracy"]) == ("0.9", None, "0.9")


def test_a_card_without_any_number_has_no_headline() -> None:
    assert headline(read_text(front("license: mit\nmetrics: [f1]") + "# m\n")) is None


BESTS = {
    "000": {"Loss": 1, "Accuracy": 2, "F1": 1, "Precision": 1, "Recall": 2},
    "001": {"Loss": 1, "Accuracy": 13, "Precision": 13, "Recall": 11, "F1": 13},
    "002": {"Loss": 2, "Accuracy": 3, "F1": 3},
    "003": {"Loss": 1, "Accuracy": 1, "F1[0]": 1, "F1[1]": 1, "Precision[0]": 0, "Precision[1]": 1,
            "Recall[0]": 1, "Recall[1]": 0, "Auc": 1},
    "004": {"Loss": 0, "Accuracy": 1, "F1": 1, "Precision": 0, "Recall": 2},
}  # fmt: skip


@needs_seeds
@pytest.mark.parametrize(("number", "rows"), BESTS.items(), ids=BESTS)
def test_the_best_rows_of_the_seed_cards(number: str, rows: dict[str, int]) -> None:
    assert {name: standing.best_row for name, standing in of(read(seed(number))).items()} == rows


@needs_seeds
def test_the_fourth_albert_run_reports_less_than_its_best() -> None:
    found = of(read(seed("001")))
    assert raws(found["Accuracy"]) == ("0.72", "0.76", "0.72")
    assert raws(found["Loss"]) == ("1.9565", "0.8260", "1.9565")
    assert found["Accuracy"].shortfall == pytest.approx(0.04)


AXOLOTL = ("Memory/max Active (gib): 6.45", "Memory/device Reserved (gib): 12.58")
TAKEN = ("0.9 1.0 100 0.8 6.36 10.47", "0.5 2.0 200 0.7 6.45 10.47")


def with_memory() -> Card:
    """A run that reports the memory it took, whose last cell changed its place."""
    card = run(["Loss: 0.7", *AXOLOTL], TAKEN, more="Active@ Reserved@")
    return read_text(card.text.replace("Active@", "Active (gib)").replace("Reserved@", "Reserved (gib)"))


def test_the_memory_that_axolotl_reports_stands_beside_its_column() -> None:
    found = of(with_memory())
    assert list(found) == ["Loss", "Memory/max Active (gib)", "Memory/device Reserved (gib)"]
    assert raws(found["Memory/max Active (gib)"]) == ("6.45", None, "6.45")


def test_memory_is_no_headline_and_tells_nothing_of_a_row() -> None:
    verdict = judge(with_memory())
    assert verdict.headline
    assert verdict.headline.metric == "Loss"
    assert verdict.provenance
    assert (verdict.provenance.row, verdict.provenance.differing) == (1, ())


def keras(columns: str, *rows: str) -> Card:
    """A run of Keras that reports its last row."""
    names = [name.replace("_", " ") for name in columns.split()]
    cells = [row.split() for row in rows]
    reported = [f"{name}: {cell}" for name, cell in zip(names, cells[-1], strict=True)]
    yaml = "license: mit\ntags:\n- generated_from_keras_callback"
    return read_text(trainer_card(yaml=yaml, results=reported, columns=names, rows=cells))


def test_what_a_callback_of_keras_evaluates_is_ranked_though_it_is_called_train() -> None:
    card = keras("Train_Loss Validation_Loss Train_Rouge1 Train_Lr Epoch", "0.9 0.6 32.1 0.1 0", "0.7 0.5 31.0 0.1 1")
    verdict = judge(card)
    assert verdict.headline
    assert (verdict.headline.metric, verdict.headline.value.raw) == ("Train Rouge1", "31.0")
    assert (raws(of(card)["Train Rouge1"]), of(card)["Train Rouge1"].best_row) == (("31.0", "32.1", "31.0"), 0)
    assert {"not-best-checkpoint", "loss-metric-disagree"} <= {finding.code for finding in verdict.findings}
    row = next(row for row in compare([as_run(card), as_run(card)]).rows if row.name == "Train Rouge1")
    assert not row.is_of_training


@pytest.mark.parametrize(
    "columns",
    [
        "Train_Loss Train_F1 Validation_Loss Epoch",
        "Train_Loss Validation_Loss Validation_F1 Train_F1 Epoch",
        "Train_Loss Train_F1 Epoch",
        "Training_Loss Validation_Loss Train_F1 Epoch",
    ],
    ids=["before", "beside-its-own", "without-validation", "of-the-trainer"],
)
def test_what_keras_measures_on_the_training_data_is_not_ranked(columns: str) -> None:
    count = len(columns.split())
    card = keras(columns, " ".join(["0.9"] * count), " ".join(["0.5"] * count))
    assert of(card)["Train F1"].best_row is None
    verdict = judge(card)
    assert verdict.headline
    assert verdict.headline.metric != "Train F1"


@pytest.mark.parametrize("aside", ["LR", "Learning_rate", "RUNTIME", "Samples_per_second", "Memory/max_Active_(gib)"])
def test_what_tells_how_a_training_went_is_no_metric(aside: str) -> None:
    rows = [f"{row} 0.001" for row in ROWS]
    assert list(of(run(["Loss: 0.7"], rows, more=f"Accuracy {aside}"))) == ["Loss", "Accuracy"]


def test_a_learning_rate_is_no_headline_but_stays_with_the_results() -> None:
    card = run(["Validation Lr: 0.0002", "Loss: 0.7"], ROWS)
    head = headline(card)
    assert head is not None
    assert head.metric == "Loss"
    assert list(of(card)) == ["Validation Lr", "Loss", "Accuracy"]
