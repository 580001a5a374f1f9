"""Charts: of the size that was asked for, with labelled axes, whatever the numbers."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.render.making import text_of
from tests.render.test_text import harmless
from tui.render.chart import BEST, POINT, Axis, Curve, draw, fit, labels, ticks
from tui.render.line import Line

SIZES = [(20, 6), (40, 10), (54, 12), (76, 20), (120, 30), (200, 60)]
SLOPE = Curve("series-1", [[(1.0, 0.9), (2.0, 0.5), (3.0, 0.3)]])
ROUND = (1, 2, 3, 5, 7)

_FINITE = st.floats(allow_nan=False, allow_infinity=False)


def chart(curves: list[Curve], cells: int = 76, height: int = 12, *, log: bool = False) -> list[Line]:
    """A chart of the curves on axes that hold them."""
    points = [point for curve in curves for segment in curve.segments for point in segment]
    x, y = fit([p[0] for p in points]), fit([p[1] for p in points], log=log)
    return draw(curves, x, y, cells, height)


@pytest.mark.parametrize(("cells", "height"), SIZES)
def test_a_chart_is_as_large_as_asked(cells: int, height: int) -> None:
    lines = chart([SLOPE], cells, height)
    assert len(lines) == height
    assert {line.width for line in lines} == {cells}


@pytest.mark.parametrize(("cells", "height"), SIZES)
def test_an_empty_chart_is_as_large_as_asked_and_has_axes(cells: int, height: int) -> None:
    lines = draw([], Axis(0.0, 1.0), Axis(0.0, 1.0), cells, height)
    assert [line.width for line in lines] == [cells] * height
    assert "0.0" in text_of(lines)
    assert "1" in text_of(lines)


def test_a_curve_is_drawn_in_its_style() -> None:
    drawn = {style for line in chart([SLOPE]) for text, style in line.spans if any("⠀" < c <= "⣿" for c in text)}
    assert drawn == {"series-1"}


def test_two_curves_are_told_apart() -> None:
    other = Curve("series-2", [[(1.0, 0.1), (3.0, 0.8)]])
    styles = {style for line in chart([SLOPE, other]) for _, style in line.spans}
    assert {"series-1", "series-2"} <= styles


def test_a_falling_curve_falls() -> None:
    rows: dict[int, int] = {}
    for y, line in enumerate(chart([SLOPE], 60, 16)):
        for x, character in enumerate(line.text):
            if "⠀" < character <= "⣿":
                rows.setdefault(x, y)
    assert rows[min(rows)] < rows[max(rows)]


def test_a_single_point_is_drawn() -> None:
    assert text_of(chart([Curve("series-1", [[(1.0, 0.5)]])])).count(POINT) == 1


def test_the_best_point_is_marked() -> None:
    assert text_of(chart([Curve("series-1", SLOPE.segments, best=(3.0, 0.3))])).count(BEST) == 1


def test_a_gap_stays_a_gap() -> None:
    gap = Curve("series-1", [[(1.0, 0.5), (2.0, 0.5)], [(9.0, 0.5), (10.0, 0.5)]])
    row = next(line.text for line in chart([gap], 76, 9) if any("⠀" < c <= "⣿" for c in line.text))
    drawn = [i for i, c in enumerate(row) if "⠀" < c <= "⣿"]
    assert max(b - a for a, b in pairwise(drawn)) > 30


def singles(numbers: list[float], sign: str = "■") -> Curve:
    """A curve of measurements without neighbours, one a step."""
    points = [(float(step), number) for step, number in enumerate(numbers)]
    return Curve("series-1", [[point] for point in points], sign=sign, points=points)


def test_single_points_with_room_have_a_sign_each() -> None:
    text = text_of(chart([singles([0.9, 0.1, 0.8, 0.2])], 60, 14))
    assert text.count("■") == 4
    assert not any("⠀" < c <= "⣿" for c in text)


def test_single_points_whose_signs_would_merge_are_dots_at_their_own_height() -> None:
    falling = [1 - step / 300 for step in range(300)]
    text = text_of(chart([singles(falling)], 76, 22))
    assert "■■" not in text
    assert text.count("■") <= 10
    assert chart([singles(falling, sign="")], 76, 22) == chart(
        [Curve("series-1", [list(enumerate(falling))])], 76, 22
    )  # as the line through them


def test_curves_in_the_same_cells_are_all_seen() -> None:
    upper = Curve("series-1", [[(0.0, 0.54), (9.0, 0.54)]])
    lower = Curve("series-2", [[(0.0, 0.5), (9.0, 0.5)]])
    both = draw([upper, lower], Axis(0, 9), Axis(0, 1), 60, 14)
    (row,) = [line for line in both if any("⠀" < c <= "⣿" for c in line.text)]
    cells = {style: sum("⠀" < c <= "⣿" for text, s in row.spans if s == style for c in text) for _, style in row.spans}
    assert abs(cells["series-1"] - cells["series-2"]) <= 1
    (alone,) = [c for c in text_of(draw([upper], Axis(0, 9), Axis(0, 1), 60, 14)) if "⠀" < c <= "⣿"][:1]
    assert alone not in row.text


def test_the_cursor_is_an_upright_line() -> None:
    x, y = Axis(1.0, 3.0), Axis(0.0, 1.0)
    plain, read = (draw([SLOPE], x, y, 60, 12, cursor=cursor) for cursor in (None, 2.0))
    changed = [a.text != b.text or a.spans != b.spans for a, b in zip(plain, read, strict=True)]
    assert sum(changed) >= 8


def test_the_axis_of_a_chart_names_round_numbers_at_its_edge() -> None:
    text = text_of(draw([SLOPE], Axis(1.0, 3.0), Axis(0.0, 1.0), 60, 12))
    assert "0.5┤" in text
    assert "┬" in text
    assert text.split("\n")[-1].split()[0].startswith("1")


def test_a_log_axis_names_powers_of_ten() -> None:
    curve = Curve("series-1", [[(1.0, 1000.0), (2.0, 10.0), (3.0, 0.1)]])
    found = [float(line.text.split("┤")[0]) for line in chart([curve], 60, 20, log=True) if "┤" in line.text]
    assert {0.1, 1.0, 10.0, 100.0, 1000.0} <= set(found)
    assert found == sorted(found, reverse=True)


def test_nothing_but_text_is_in_the_lines() -> None:
    assert [c for line in chart([SLOPE]) for c in line.text if not harmless(c)] == []


# Ticks


@pytest.mark.parametrize(
    ("axis", "count", "numbers"),
    [
        (Axis(0.0, 1.0), 5, [0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        (Axis(1.0, 20.0), 4, [5, 10, 15, 20]),
        (Axis(-1.0, 1.0), 4, [-1, -0.5, 0, 0.5, 1]),
        (Axis(1e-5, 5e-5), 4, [1e-5, 2e-5, 3e-5, 4e-5, 5e-5]),
        (Axis(0.001, 1000.0, log=True), 7, [0.001, 0.01, 0.1, 1, 10, 100, 1000]),
    ],
    ids=["unit", "epochs", "signed", "learning rates", "log"],
)
def test_ticks_are_the_numbers_people_expect(axis: Axis, count: int, numbers: list[float]) -> None:
    assert ticks(axis, count) == pytest.approx(numbers)


@given(st.floats(-1e9, 1e9), st.floats(1e-3, 1e9), st.integers(2, 20))
def test_ticks_are_round_increasing_and_within_the_axis(low: float, length: float, count: int) -> None:
    found = ticks(Axis(low, low + length), count)
    assert len(found) >= 1
    assert all(a < b for a, b in pairwise(found))
    slack = length * 1e-6
    assert low - slack <= found[0]
    assert found[-1] <= low + length + slack
    for gap in (b - a for a, b in pairwise(found)):
        leading = gap / 10 ** math.floor(math.log10(gap) + 1e-3)
        assert min(abs(leading - unit) for unit in (1, 2, 5)) < 0.01


@given(st.floats(-12, 12), st.floats(0.01, 20), st.integers(2, 20))
def test_ticks_of_a_log_axis_are_increasing_and_within_it(low: float, length: float, count: int) -> None:
    axis = Axis(10**low, 10 ** (low + length), log=True)
    found = ticks(axis, count)
    assert len(found) >= 1
    assert all(a < b for a, b in pairwise(found))
    assert axis.low * 0.999 <= found[0]
    assert found[-1] <= axis.high * 1.001


@pytest.mark.parametrize("powers", [1, 3, 6, 12, 30])
def test_ticks_of_a_log_axis_over_decades_are_round_and_few(powers: int) -> None:
    found = ticks(Axis(1e-6, 10.0 ** (powers - 6), log=True), 8)
    assert 2 <= len(found) <= 16
    for number in found:
        leading = number / 10 ** math.floor(math.log10(number) + 1e-9)
        assert min(abs(leading - unit) for unit in ROUND) < 1e-6


@pytest.mark.parametrize(
    ("numbers", "texts"),
    [
        ([0.0, 0.5, 1.0], ["0.0", "0.5", "1.0"]),
        ([5.0, 10.0], ["5", "10"]),
        ([-0.5, 0.0, 0.5], ["−0.5", "0.0", "0.5"]),
        ([0.25, 0.3], ["0.25", "0.30"]),
        ([1e-5, 2e-5], ["1e-05", "2e-05"]),
        ([], []),
    ],
    ids=["tenths", "whole", "negative", "hundredths", "tiny", "none"],
)
def test_labels_have_just_the_decimals_they_need(numbers: list[float], texts: list[str]) -> None:
    assert labels(numbers) == texts


@pytest.mark.parametrize(
    "axis",
    [Axis(0.99991, 0.99999), Axis(1_000_000.0, 1_004_000.0), Axis(1.0, 1.00001), Axis(2_500_000.0, 2_500_300.0)],
    ids=["a nearly perfect accuracy", "late steps", "a constant loss", "late steps, zoomed"],
)
def test_labels_of_an_axis_far_from_zero_differ(axis: Axis) -> None:
    found = labels(ticks(axis, 5))
    assert len(found) >= 2
    assert len(set(found)) == len(found)


@given(st.floats(-1e7, 1e7), st.floats(1e-4, 1e7), st.integers(2, 12))
def test_no_two_ticks_have_one_label(low: float, length: float, count: int) -> None:
    found = labels(ticks(Axis(low, low + length), count))
    assert len(set(found)) == len(found)


@given(st.floats(-12, 12), st.floats(0.01, 20), st.integers(2, 12))
def test_no_two_ticks_of_a_log_axis_have_one_label(low: float, length: float, count: int) -> None:
    found = labels(ticks(Axis(10**low, 10 ** (low + length), log=True), count))
    assert len(set(found)) == len(found)


# Any numbers


@given(st.lists(st.floats(-1e300, 1e300), min_size=1, max_size=6), st.floats(0, 0.1))
def test_an_axis_holds_its_numbers_and_has_a_length(numbers: list[float], margin: float) -> None:
    axis = fit(numbers, margin=margin)
    assert axis.low < axis.high
    assert axis.low <= min(numbers)
    assert max(numbers) <= axis.high


@given(st.lists(st.floats(1e-300, 1e300), min_size=1, max_size=6), st.floats(0, 0.1))
def test_a_log_axis_holds_its_numbers_and_has_a_length(numbers: list[float], margin: float) -> None:
    axis = fit(numbers, log=True, margin=margin)
    assert 0 < axis.low < axis.high
    assert axis.low <= min(numbers) * (1 + 1e-9)
    assert max(numbers) <= axis.high * (1 + 1e-9)


@settings(max_examples=60)
@given(st.lists(_FINITE, min_size=1, max_size=5), st.integers(20, 90), st.integers(5, 20))
def test_any_finite_numbers_can_be_drawn(numbers: list[float], cells: int, height: int) -> None:
    curve = Curve("series-1", [list(zip(map(float, range(len(numbers))), numbers, strict=True))])
    lines = chart([curve], cells, height)
    assert [line.width for line in lines] == [cells] * height


@settings(max_examples=60)
@given(st.lists(st.floats(min_value=0, exclude_min=True, allow_infinity=False), min_size=1, max_size=5))
def test_any_numbers_above_zero_can_be_drawn_on_a_log_axis(numbers: list[float]) -> None:
    curve = Curve("series-1", [list(zip(map(float, range(len(numbers))), numbers, strict=True))])
    lines = chart([curve], 60, 12, log=True)
    assert [line.width for line in lines] == [60] * 12


@pytest.mark.parametrize("height", range(6, 30))
@pytest.mark.parametrize("level", [0.0, 0.1, 0.25, 0.5, 0.7, 1.0])
def test_a_best_value_and_its_tick_stand_in_the_row_of_their_curve(height: int, level: float) -> None:
    flat = [(float(step), level) for step in range(5)]
    lines = draw([Curve("series-1", [flat], best=flat[2])], Axis(0, 4), Axis(-0.04, 1.04), 60, height)
    (row,) = (text for text in (line.text for line in lines) if "◆" in text)
    assert row.count("◆") == 1
    assert any("\u2801" <= character <= "\u28ff" for character in row)
    if level in (0.0, 1.0):
        assert float(row.partition("┤")[0] or "nan") == level


def _rows_of_letters(lines: list[Line]) -> list[str]:
    """The letters of each row that has some, from the top."""
    found = ["".join(c for c in line.text if c.isalpha()) for line in lines]
    return [letters for letters in found if letters]


def test_letters_stand_from_top_to_bottom_and_side_by_side_in_the_order_of_the_ends() -> None:
    ends = {"A": 0.924, "B": 0.9215, "C": 0.9242, "D": 0.9344, "E": 0.9, "F": 0.9339}
    curves = [
        Curve(f"series-{i}", [[(1.0, 0.9), (2.0, end)]], (2.0, end), name, "○", [(1.0, 0.9), (2.0, end)])
        for i, (name, end) in enumerate(ends.items(), 1)
    ]
    rows = _rows_of_letters(chart(curves, 76, 12))
    assert "".join(rows) == "DFCABE"
    assert len(rows) < len(ends)


def test_a_letter_stands_behind_the_best_value_at_a_curve_s_end() -> None:
    curves = [
        Curve("series-1", [[(1.0, 0.4), (2.0, 0.9)]], (2.0, 0.9), "A"),
        Curve("series-2", [[(1.0, 0.5), (2.0, 0.5), (4.0, 0.2)]], (1.0, 0.5), "B"),
    ]
    text = text_of(chart(curves))
    assert f"{BEST}A" in text
    assert text.count(BEST) == 2
    assert {line.width for line in chart(curves)} == {76}


def test_a_letter_covers_no_point_of_another_curve() -> None:
    crowd = [(2.0 + 0.03 * step, 0.5) for step in range(4)]
    curves = [
        Curve("series-1", [[(1.0, 0.5), (2.0, 0.5)]], None, "A"),
        Curve("series-2", [[(1.0, 0.9), *crowd, (4.0, 0.1)]], (2.03, 0.5), "B", "■", [crowd[2]]),
    ]
    text = text_of(chart(curves, 120, 20))
    assert BEST in text
    assert "■" in text
    assert "A" in text


def test_letters_of_several_characters_stay_whole_and_apart() -> None:
    curves = [Curve("series-1", [[(1.0, 0.4), (2.0, 0.9)]], None, name) for name in ("9", "10", "11")]
    assert "9 10 11" in text_of(chart(curves))
