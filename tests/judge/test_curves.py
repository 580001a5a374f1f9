"""The training history as series, with gaps where nothing was measured."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from tests.judge.making import LOSSES, history, run
from tui.cards.model import LogEntry, Run, Value
from tui.judge.curves import Series, all_series, axes, drawn, measured, plots, positions, segments


def series(columns: str, *rows: str) -> dict[str, Series]:
    """The series of a table by their names; `|` between cells."""
    return {s.name: s for s in all_series(history(columns.split("|"), [row.split("|") for row in rows]))}


def one(*numbers: float | None) -> Series:
    """A series of these numbers."""
    return Series("acc", 0, tuple(None if number is None else Value(str(number), number) for number in numbers))


HEAD = "|".join(LOSSES)


def test_every_column_of_numbers_but_the_axes_is_a_series_under_its_reported_name() -> None:
    found = series(f"{HEAD}|F1", "0.9|1.0|10|0.8|0.5", "0.7|2.0|20|0.6|0.6")
    assert {name: s.numbers for name, s in found.items()} == {
        "Training Loss": (0.9, 0.7),
        "Loss": (0.8, 0.6),
        "F1": (0.5, 0.6),
    }


def test_lists_become_one_series_per_element() -> None:
    found = series(f"{HEAD}|F1", "0.9|1.0|10|0.8|[0.1, 0.2]", "0.7|2.0|20|0.6|[0.3, nan]")
    assert found["F1[0]"].numbers == (0.1, 0.3)
    assert found["F1[1]"].numbers[0] == 0.2
    assert math.isnan(found["F1[1]"].numbers[1] or 0.0)
    assert "F1" not in found


def test_mappings_become_one_series_per_key_with_gaps_where_it_is_missing() -> None:
    found = series(f"{HEAD}|Report", "0.9|1.0|10|0.8|{'f1': 0.1, 'p': 0.2}", "0.7|2.0|20|0.6|{'f1': 0.3}")
    assert found["Report.f1"].numbers == (0.1, 0.3)
    assert found["Report.p"].numbers == (0.2, None)


@pytest.mark.parametrize("cell", ["No log", "-", "", "text"])
def test_what_was_not_logged_is_a_gap(cell: str) -> None:
    assert series(HEAD, f"{cell}|1.0|10|0.8", "0.7|2.0|20|0.6")["Training Loss"].numbers == (None, 0.7)


def test_a_column_without_any_number_is_no_series() -> None:
    assert list(series(f"{HEAD}|Note", "No log|1.0|10|0.8|good")) == ["Loss"]


def test_a_ragged_row_gives_only_its_leading_cells() -> None:
    found = series(f"{HEAD}|A|B", "0.9|1.0|10|0.8|1|2", "0.7|2.0|20|0.6|3")
    assert found["Training Loss"].numbers == (0.9, 0.7)
    assert found["Loss"].numbers == (0.8, None)
    assert (found["A"].numbers, found["B"].numbers) == ((1.0, None), (2.0, None))


def test_the_losses_are_drawn_together_and_every_other_column_by_itself() -> None:
    found = plots(history((*LOSSES, "Acc", "F1"), [("0.9", "1.0", "10", "0.8", "0.5", "[0.1, 0.2]")]))
    assert [[s.name for s in plot.series] for plot in found] == [["Loss", "Training Loss"], ["Acc"], ["F1[0]", "F1[1]"]]
    assert [plot.title for plot in found] == ["loss", "Acc", "F1"]


def test_a_history_without_rows_draws_nothing() -> None:
    assert plots(history(LOSSES, [])) == ()


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        (LOSSES, ("epoch", "step")),
        (("Step", "Loss"), ("step",)),
        (("Epoch", "Loss"), ("epoch",)),
        (("Loss",), ("row",)),
    ],
)
def test_the_axes_are_those_that_the_history_has(columns: tuple[str, ...], found: tuple[str, ...]) -> None:
    assert axes(history(columns, [])) == found


def test_rows_lie_where_their_epoch_or_step_says() -> None:
    table = history(
        LOSSES, [("0.9", "0.53", "5000", "0.8"), ("0.7", "nan", "1,0000", "0.6"), ("0.5", "2.0", "20000", "0.5")]
    )
    assert positions(table, "epoch") == (0.53, None, 2.0)
    assert positions(table, "step") == (5000.0, None, 20000.0)
    assert positions(table, "row") == (1.0, 2.0, 3.0)


def test_a_repeated_training_loss_is_no_measurement() -> None:
    found = series(HEAD, "No log|1|1|0.5", "0.9|2|2|0.5", "0.9|3|3|0.5", "0.9|4|4|0.5", "0.4|5|5|0.5", "0.9|6|6|0.5")
    assert measured(found["Training Loss"]) == (None, 0.9, None, None, 0.4, 0.9)
    assert measured(found["Loss"]) == (0.5,) * 6


def test_a_training_loss_of_zero_that_repeats_is_no_measurement_either() -> None:
    assert measured(series(HEAD, "0.0|1|1|0.5", "0.0|2|2|0.5")["Training Loss"]) == (0.0, None)


@pytest.mark.parametrize(
    ("ys", "found"),
    [
        ((1.0, 2.0, 3.0), [[(1.0, 1.0), (2.0, 2.0), (3.0, 3.0)]]),
        ((1.0, None, 3.0), [[(1.0, 1.0)], [(3.0, 3.0)]]),
        ((math.nan, 2.0, math.inf), [[(2.0, 2.0)]]),
        ((None, None, None), []),
        ((-math.inf, None, 0.0), [[(3.0, 0.0)]]),
    ],
    ids=["whole", "gap", "nan-inf", "nothing", "minus-inf"],
)
def test_lines_are_broken_where_nothing_can_be_drawn(
    ys: tuple[float | None, ...], found: list[list[tuple[float, float]]]
) -> None:
    assert segments((1.0, 2.0, 3.0), one(*ys)) == found


def test_a_log_axis_draws_only_what_lies_above_zero() -> None:
    assert segments((0.0, 1.0, 2.0), one(1.0, 1.0, 1.0), log_x=True) == [[(1.0, 1.0), (2.0, 1.0)]]
    assert segments((0.0, 1.0, 2.0), one(1.0, -1.0, 0.0), log_y=True) == [[(0.0, 1.0)]]


def test_a_row_that_lies_nowhere_breaks_the_line() -> None:
    assert segments((1.0, None, 3.0), one(1.0, 2.0, 3.0)) == [[(1.0, 1.0)], [(3.0, 3.0)]]


def test_rows_that_tell_of_something_else_do_not_break_a_line() -> None:
    found = series("Epoch|Step|Training Loss|acc", "1|100|0.9|-", "2|200|-|0.5", "3|300|0.7|-", "4|400|0.6|0.6")
    xs = (1.0, 2.0, 3.0, 4.0)
    assert segments(xs, found["Training Loss"]) == [[(1.0, 0.9), (3.0, 0.7), (4.0, 0.6)]]
    assert segments(xs, found["acc"]) == [[(2.0, 0.5), (4.0, 0.6)]]


def test_what_the_trainer_has_not_logged_yet_does_break_it() -> None:
    found = series(HEAD, "0.9|1|1|0.5", "No log|2|2|0.5", "0.8|3|3|0.5")["Training Loss"]
    assert segments((1.0, 2.0, 3.0), found) == [[(1.0, 0.9)], [(3.0, 0.8)]]


def test_the_evaluation_after_the_training_has_no_place_on_an_axis() -> None:
    table = history(("Epoch", "Step", "acc"), [("0", "0", "0.1"), ("1.0", "100", "0.5"), ("-1", "-1", "0.6")])
    assert positions(table, "epoch") == (0.0, 1.0, None)
    assert positions(table, "step") == (0.0, 100.0, None)


def test_a_metric_is_drawn_with_its_measurement_on_the_training_data() -> None:
    columns = ("Train Loss", "Train Accuracy", "Validation Loss", "Validation Accuracy", "Epoch")
    found = plots(history(columns, [("0.9", "0.4", "0.8", "0.5", "0")]))
    assert [(plot.title, [s.name for s in plot.series]) for plot in found] == [
        ("loss", ["Loss", "Train Loss"]),
        ("Validation Accuracy", ["Validation Accuracy", "Train Accuracy"]),
    ]


def test_the_losses_of_several_datasets_are_drawn_together() -> None:
    found = plots(history(("Epoch", "Training Loss", "nli loss", "sts loss", "acc"), [("1", "0.9", "0.8", "0.7", "1")]))
    assert [[s.name for s in plot.series] for plot in found] == [["nli loss", "sts loss", "Training Loss"], ["acc"]]


def test_in_a_short_row_only_what_the_trainer_always_fills_first_is_sure() -> None:
    keras = history(("Train Loss", "Validation Loss", "Epoch"), [("0.9", "0")])
    assert [keras.cell(0, column) for column in range(3)] == [None, None, None]


def state(*entries: tuple[int, dict[str, float]]) -> Run:
    """A run with these log entries, an epoch every hundred steps."""
    return Run(log=tuple(LogEntry(step, step / 100, values) for step, values in entries))


LOG = state(
    (50, {"loss": 0.9, "learning_rate": 1e-05, "grad_norm": 2.5}),
    (100, {"loss": 0.7, "learning_rate": 5e-06}),
    (100, {"eval_loss": 0.8, "eval_f1": 0.5, "eval_runtime": 3.0}),
    (100, {"train_runtime": 9.0, "train_loss": 0.8}),
)


def test_the_log_of_a_run_is_drawn_step_by_step() -> None:
    table = drawn(replace(run(["Loss: 0.8"], ["0.7 1.0 100 0.8 0.5"]), run=LOG))
    assert table.columns == ("Epoch", "Step", "Training Loss", "Validation Loss", "F1", "Learning Rate", "Grad Norm")
    assert [[cell.raw for cell in row.cells] for row in table.rows] == [
        ["0.5", "50", "0.9", "", "", "1e-05", "2.5"],
        ["1.0", "100", "0.7", "0.8", "0.5", "5e-06", ""],
    ]
    assert [plot.title for plot in plots(table)] == ["loss", "F1", "Learning Rate", "Grad Norm"]


def test_a_log_that_ends_before_the_table_is_not_drawn() -> None:
    card = replace(run(["Loss: 0.8"], ["0.7 1.0 100 0.8 0.5", "0.6 2.0 200 0.7 0.6"]), run=LOG)
    assert drawn(card) is card.history
    assert drawn(replace(card, run=Run())) is card.history
