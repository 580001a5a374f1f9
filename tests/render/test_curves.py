"""The curves pane: charts with axes and legends, from any history and in any window."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import stated
from tests.render.making import MARKUP, chart_of, losses, table_of, text_of, trainer_card
from tests.render.test_text import harmless
from tui.cards.model import History, Row, Value
from tui.cards.read import read
from tui.judge.curves import plots
from tui.render.chart import BEST, POINT
from tui.render.curves import View, centred, chart_count, render
from tui.render.line import Line

SIZES = [(30, 10), (54, 12), (59, 10), (60, 10), (62, 20), (76, 17), (120, 38), (196, 58)]
RUN = trainer_card(
    history=table_of(
        ["Training Loss", "Epoch", "Step", "Validation Loss", "F1"],
        [
            ["No log", "1.0", "100", "0.9", "0.5"],
            ["0.7", "2.0", "200", "0.6", "0.7"],
            ["0.7", "3.0", "300", "0.8", "0.6"],
        ],
    )
).history


def braille(text: str) -> bool:
    """Whether a piece of a curve is in the text."""
    return any("⠀" < character <= "⣿" for character in text)


def dots(lines: list[Line]) -> set[tuple[int, int]]:
    """The dots of the curves, from the upper left corner."""
    bits = {(x, y): bit for bit, (x, y) in enumerate([(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3)])}
    cells = [(x, y, ord(c) - 0x2800) for y, line in enumerate(lines) for x, c in enumerate(line.text) if braille(c)]
    return {(2 * x + dx, 4 * y + dy) for x, y, dots in cells for (dx, dy), bit in bits.items() if dots >> bit & 1}


def has_axes(lines: list[Line]) -> bool:
    """Whether both axes are drawn, with a number at each."""
    text = text_of(lines)
    return "┤" in text and "┬" in text and any(c.isdigit() for c in lines[-1].text)


@pytest.mark.parametrize(("cells", "height"), SIZES)
@pytest.mark.parametrize("cursor", [None, 1])
def test_the_pane_is_filled_to_its_height_and_never_wider(cells: int, height: int, cursor: int | None) -> None:
    lines = chart_of(RUN, cells, height, View(cursor=cursor))
    assert len(lines) == height
    assert max(line.width for line in lines) <= cells
    assert has_axes(lines)


@pytest.mark.parametrize(("cells", "height"), [(76, 40), (120, 58), (54, 37)])
def test_two_charts_share_the_height_and_have_titles(cells: int, height: int) -> None:
    lines = render(RUN, plots(RUN)[:2], View(), cells, height)
    assert len(lines) == height
    assert max(line.width for line in lines) <= cells
    assert [line.text for line in lines if line.text in {"loss", "F1"}] == ["loss", "F1"]


def test_a_tall_pane_has_room_for_several_charts_and_a_low_one_for_one() -> None:
    assert chart_count(3, 12) == 1
    assert chart_count(3, 60) == 3
    assert chart_count(1, 60) == 1


@pytest.mark.parametrize("path", [p for p in stated.SAMPLE_CARDS if stated.history(p)], ids=stated.sample_id)
@pytest.mark.parametrize("view", [View(), View(axis="step", log_y=True), View(cursor=0)], ids=["plain", "log", "read"])
def test_every_plot_of_every_sample_is_drawn(path: Path, view: View) -> None:
    history = read(path).history
    for plot in plots(history):
        lines = render(history, [plot], view, 76, 14)
        assert len(lines) == 14
        assert max(line.width for line in lines) <= 76
        assert braille(text_of(lines))


# The legend


def test_the_legend_of_a_wide_pane_stands_beside_the_canvas() -> None:
    lines = chart_of(RUN, 90, 14)
    start = next(line.text.index("○ validation loss") for line in lines if "validation loss" in line.text)
    assert start > 45
    assert [line.text for line in lines if braille(line.text[start:])] == []


def test_the_legend_of_a_narrow_pane_stands_above_the_canvas() -> None:
    lines = chart_of(RUN, 54, 12)
    assert "validation loss 0.8" in lines[0].text
    assert "training loss 0.7" in lines[0].text.lower()
    assert "validation" not in text_of(lines[1:])


def test_the_legend_names_the_last_values_and_the_best() -> None:
    text = text_of(chart_of(RUN, 90, 14)).replace("Training Loss", "training loss")
    for words in (
        "last: epoch 3, step 300",
        "validation loss  0.8",
        f"{BEST} lowest 0.6, epoch 2",
        "training loss    0.7",
    ):
        assert words in text
    assert f"{BEST} highest 0.7, epoch 2" in text_of(chart_of(RUN, 90, 14, plot=1))


def test_the_legend_reads_the_values_at_the_cursor() -> None:
    text = text_of(chart_of(RUN, 90, 14, View(cursor=1)))
    assert "epoch 2, step 200" in text
    assert "validation loss  0.6" in text


@pytest.mark.parametrize("cells", [54, 90])
def test_what_was_not_logged_is_called_so(cells: int) -> None:
    assert "not logged" in text_of(chart_of(RUN, cells, 12, View(cursor=0)))


def test_a_metric_of_unknown_direction_has_no_best() -> None:
    text = text_of(chart_of(losses("1.5", "2.5", "2.0", column="Gen Len"), 90, 14))
    assert BEST not in text
    assert "highest" not in text
    assert "lowest" not in text


def test_the_best_point_is_marked_on_the_canvas() -> None:
    assert any(BEST in line.text[:60] for line in chart_of(RUN, 90, 14))


@pytest.mark.parametrize("name", MARKUP)
@pytest.mark.parametrize("cells", [54, 90])
def test_markup_in_the_name_of_a_metric_stays_readable(name: str, cells: int) -> None:
    assert name in text_of(chart_of(losses("0.5", "0.6", column=name), cells, 12))


def test_no_control_code_of_a_name_or_value_comes_through() -> None:
    history = losses("0.5", "0.6", column="\x1b[31mF1\x1b[0m\u202e\x9b2J\x07")
    for cells in (54, 90):
        text = "".join(line.text for line in chart_of(history, cells, 12))
        assert "F1" in text
        assert [c for c in text if not harmless(c)] == []


@pytest.mark.parametrize("cells", [54, 90])
@pytest.mark.parametrize("count", [1, 2])
def test_a_name_of_ten_thousand_characters_is_cut(cells: int, count: int) -> None:
    history = trainer_card(
        history=table_of(["Epoch", "x" * 10_000, "y" * 10_000], [["1", "1", "2"], ["2", "3", "4"]])
    ).history
    lines = render(history, plots(history)[:count], View(), cells, 36)
    assert max(line.width for line in lines) <= cells
    assert "xxx" in text_of(lines)
    assert "…" in text_of(lines)


# What can be drawn


def test_one_row_is_drawn_as_a_point() -> None:
    text = text_of(chart_of(losses("0.5"), 54, 12)[1:])
    assert POINT in text or BEST in text


@pytest.mark.parametrize("odd", ["nan", "inf", "-inf", "No log"])
@pytest.mark.parametrize("log", [False, True])
def test_what_is_no_finite_number_leaves_a_gap(odd: str, log: bool) -> None:
    lines = chart_of(losses("0.5", odd, "0.7", "0.6", column="F1"), 90, 12, View(log_y=log))
    assert len(lines) == 12
    assert has_axes(lines)
    assert POINT in text_of(lines)


@pytest.mark.parametrize("blank", ["", "-"])
def test_a_blank_is_stepped_over(blank: str) -> None:
    text = text_of(chart_of(losses("0.5", blank, "0.7", blank, column="F1"), 90, 12))
    assert POINT not in text
    assert "F1  0.7" in text


@pytest.mark.parametrize("odd", ["nan", "inf"])
def test_a_number_that_cannot_be_drawn_is_told(odd: str) -> None:
    assert "1 not drawable" in text_of(chart_of(losses("0.5", odd, "0.7"), 90, 12))


def test_a_number_below_zero_cannot_be_drawn_on_a_log_axis_and_is_told() -> None:
    history = losses("0.5", "-1", "0.7", column="F1")
    assert "1 not drawable" in text_of(chart_of(history, 90, 12, View(log_y=True)))
    assert "not drawable" not in text_of(chart_of(history, 90, 12))


@pytest.mark.parametrize("value", ["nan", "inf"])
def test_a_history_of_no_finite_number_says_so(value: str) -> None:
    lines = chart_of(losses(value, value), 76, 12)
    assert "no finite values" in text_of(lines)


def test_a_log_axis_without_positive_numbers_says_so() -> None:
    assert "no values above zero" in text_of(chart_of(losses("-1", "0", column="F1"), 76, 12, View(log_y=True)))


def test_a_card_without_history_says_so() -> None:
    assert "No training history" in text_of(render(History(), (), View(), 76, 12))
    assert "no rows" in text_of(render(History(("Epoch", "Loss")), (), View(), 76, 12))


def test_a_repeated_training_loss_is_no_plateau() -> None:
    rows = [["0.9", "1", "0.5"], ["0.9", "2", "0.4"], ["0.9", "3", "0.3"], ["0.5", "4", "0.3"]]
    history = trainer_card(history=table_of(["Training Loss", "Epoch", "Validation Loss"], rows)).history
    drawn = [text for line in chart_of(history, 90, 14) for text, style in line.spans if style == "series-2"]
    chart = "".join(drawn).replace("■ ", "", 1)  # in the legend
    assert chart.count("■") == 2
    assert not braille("".join(drawn))


def test_a_log_y_axis_names_powers_of_ten() -> None:
    lines = chart_of(losses("1000", "10", "0.1"), 90, 20, View(log_y=True))
    found = {float(line.text.split("┤")[0].replace("−", "-")) for line in lines if "┤" in line.text}
    assert {0.1, 1.0, 10.0, 100.0, 1000.0} <= found


@pytest.mark.parametrize("axis", ["epoch", "step"])
@pytest.mark.parametrize("log", [False, True])
def test_the_x_axis_is_that_of_the_view(axis: str, log: bool) -> None:
    last = chart_of(RUN, 90, 14, View(axis=axis, log_x=log))[-1].text
    assert axis in last
    largest = max(float(word) for word in last.split() if word.replace(".", "").isdigit())
    assert largest == {"epoch": 3, "step": 300}[axis]


@pytest.mark.parametrize("first", [1, 3, 7, 11])
@pytest.mark.parametrize("view", [View(), View(log_x=True), View(axis="step", log_x=True)], ids=["lin", "log", "step"])
def test_neighbouring_values_are_joined_on_every_axis(first: int, view: View) -> None:
    rows = [(epoch, epoch * 70, 20 + epoch % 2) for epoch in range(first, first + 40)]
    history = trainer_card(history=table_of(["Epoch", "Step", "Gen Len"], rows)).history
    left = dots(chart_of(history, 54, 13, view))
    reached = [left.pop()]
    for x, y in reached:
        near = {(x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)} & left
        left -= near
        reached += near
    assert len(reached) > 40
    assert not left


def test_the_ends_of_a_curve_are_drawn_on_a_log_axis() -> None:
    rows = [(epoch, 0.9 if epoch == 39 else 0.5) for epoch in range(3, 40)]
    history = trainer_card(history=table_of(["Epoch", "F1"], rows)).history
    assert any(BEST in line.text for line in chart_of(history, 54, 13, View(log_x=True))[1:])


# Zoom and pan


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize("zoom", [2.0, 16.0, 256.0])
@pytest.mark.parametrize(("dx", "dy"), [(0, 0), (50, 50), (-50, 50), (50, -50), (-50, -50)])
def test_a_window_without_data_still_has_axes(zoom: float, dx: float, dy: float, log: bool) -> None:
    view = View(log_y=log).zoomed(zoom).moved(dx, dy)
    for cells in (54, 90):
        lines = chart_of(RUN, cells, 14, view)
        assert len(lines) == 14
        assert max(line.width for line in lines) <= cells
        assert has_axes(lines)


def test_a_zoomed_window_shows_a_part_of_the_curve() -> None:
    view = View().zoomed(4)
    assert view.zoom == 4
    whole, part = (text_of(chart_of(losses(*range(1, 20)), 90, 14, v)) for v in (View(), view))
    assert braille(part)
    assert part != whole


@pytest.mark.parametrize("zoom", [2.0, 8.0, 256.0])
@pytest.mark.parametrize("cursor", [None, 0, 3, 6])
@pytest.mark.parametrize("log", [False, True])
def test_a_zoomed_curve_is_seen_and_so_are_the_values_that_are_read(zoom: float, cursor: int | None, log: bool) -> None:
    history = losses(0.8, 0.835, 0.84, 0.845, 0.97, 0.4, 0.841, column="Gen Len")
    view = centred(history, plots(history)[0], View(cursor=cursor, log_x=log, log_y=log).zoomed(zoom))
    lines = chart_of(history, 90, 20, view)
    assert braille(text_of(lines))
    assert "no values" not in text_of(lines)
    if cursor is not None:
        upright = Counter(x for line in lines for x, c in enumerate(line.text) if c == "│")
        (_, _), (column, _) = sorted(count for count in upright.items() if count[1] > 5)
        assert any(braille(line.text[column : column + 1]) for line in lines)


def test_a_part_without_values_says_so() -> None:
    history = losses("0.5", *["nan"] * 8, "0.7", column="F1")
    whole, part = (text_of(chart_of(history, 90, 14, View().zoomed(zoom))) for zoom in (1, 4))
    assert "no values in this part" in part
    assert "no values" not in whole


@pytest.mark.parametrize(("cells", "height"), [(54, 12), (54, 20), (90, 14)])
def test_a_row_that_is_not_on_a_log_x_axis_is_told(cells: int, height: int) -> None:
    rows = [["0.9", "0.8", "0"], ["0.7", "0.6", "1"], ["0.5", "0.4", "2"]]
    history = trainer_card(history=table_of(["Training Loss", "Validation Loss", "Epoch"], rows)).history
    for cursor in (None, 0):
        assert "2 not drawable: epoch 0" in text_of(chart_of(history, cells, height, View(log_x=True, cursor=cursor)))
    assert "not drawable" not in text_of(chart_of(history, cells, height))


# The evaluation after the training


def test_the_end_of_the_training_is_called_so_and_no_epoch() -> None:
    rows = [["0", "0", "0.3"], ["1.0", "100", "0.5"], ["-1", "-1", "0.7"]]
    history = trainer_card(history=table_of(["Epoch", "Step", "Accuracy"], rows)).history
    for cursor, heading in ((None, "last: epoch 1, step 100"), (2, "the end of the training")):
        text = text_of(chart_of(history, 90, 14, View(cursor=cursor)))
        assert heading in text
        assert "highest 0.7, end of the training" in text
        assert "the end of the training is not drawn" in text
        assert "-1" not in text


def test_what_is_measured_at_the_end_of_the_training_only_says_so() -> None:
    rows = [["1.0", "100", "0.5", "-"], ["-1", "-1", "-", "0.7"]]
    history = trainer_card(history=table_of(["Epoch", "Step", "Accuracy", "F1"], rows)).history
    assert "at the end of the training only" in text_of(chart_of(history, 90, 14, plot=1))
    assert "end of the training" not in text_of(chart_of(history, 90, 14))


# The edges of a view


def test_a_view_can_be_moved_to_the_edge_of_the_data_and_no_further() -> None:
    view = View().zoomed(4)
    assert view.moved(100, 0) == view.moved(1000, 0)
    assert View().moved(3, 3) == View()


def test_zooming_out_again_shows_everything() -> None:
    assert View().zoomed(8).moved(1, 1).zoomed(1 / 8) == View()
    assert View().zoomed(0.01).zoom == 1


# Any numbers

_NUMBER = st.one_of(
    st.none(), st.floats(), st.sampled_from([0.0, 1e-300, 5e-324, 1.7e308, -1.7e308, math.nan, math.inf])
)


def history_of(xs: list[float], *columns: list[float | None]) -> History:
    """A history of these numbers."""
    names = ("Epoch", "Training Loss", "Validation Loss", "F1")[: 1 + len(columns)]
    rows = zip(xs, *columns, strict=True)
    return History(names, tuple(Row(tuple(Value("-" if n is None else str(n), n) for n in row), 1) for row in rows))


@pytest.mark.parametrize(
    "values",
    [
        ("1e308", "-1e308"),
        ("5e-324", "1"),
        ("1e-300", "1e300"),
        ("1e16", "10000000000000002"),
        ("0", "-0.0"),
        ("1.7e308",),
    ],
    ids=["the whole range", "the smallest", "six hundred decades", "hardly different", "zeros", "the largest"],
)
@pytest.mark.parametrize("view", [View(), View(log_y=True), View(zoom=256.0)], ids=["plain", "log", "zoomed"])
def test_extreme_numbers_can_be_drawn(values: tuple[str, ...], view: View) -> None:
    lines = chart_of(losses(*values), 76, 12, view)
    assert len(lines) in {1, 12}
    assert max(line.width for line in lines) <= 76


@settings(max_examples=80)
@given(st.data())
def test_any_history_can_be_drawn_in_any_view(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 5))
    xs = data.draw(st.lists(st.floats(), min_size=size, max_size=size))
    columns = [data.draw(st.lists(_NUMBER, min_size=size, max_size=size)) for _ in range(3)]
    history = history_of(xs, *columns)
    zoom, dx, dy = data.draw(st.tuples(st.sampled_from([1.0, 4.0, 256.0]), st.floats(-9, 9), st.floats(-9, 9)))
    cursor = data.draw(st.one_of(st.none(), st.integers(0, size - 1)))
    view = View(log_x=data.draw(st.booleans()), log_y=data.draw(st.booleans()), cursor=cursor)
    for plot in plots(history):
        lines = render(history, [plot], view.zoomed(zoom).moved(dx, dy), 76, 12)
        assert len(lines) in {1, 12}
        assert max(line.width for line in lines) <= 76


@settings(max_examples=60)
@given(st.lists(st.floats(0.001, 100), min_size=1, max_size=8), st.booleans(), st.sampled_from(SIZES))
def test_any_usual_history_is_drawn_at_any_size(numbers: list[float], log: bool, size: tuple[int, int]) -> None:
    lines = chart_of(losses(*numbers), *size, View(log_y=log))
    assert len(lines) == size[1]
    assert max(line.width for line in lines) <= size[0]
    assert has_axes(lines)
