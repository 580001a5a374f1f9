"""Frames, blocks and braille as shapes: they fill their cells and meet those beside them."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from tui.render.shapes import HIGH, RUN_ON, SHAPES, WIDE, shape

EVERY = [chr(code) for code in range(0x2500, 0x2900) if re.fullmatch(f"[{SHAPES}]", chr(code))]
DRAWN = [character for character in EVERY if character != "\u2800"]
_SIDES = "─=LR │=UD ╭=RD ╮=LD ╰=RU ╯=LU ┌=RD ┤=LUD ├=RUD ┬=LRD ┴=LRU ┼=LRUD ━=LR ┃=UD ╋=LRUD ╸=L ┡=RUD ╼=LR"
_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?")


def ends(character: str) -> set[tuple[float, float]]:
    """Where the lines of a character of a frame begin and end, in a cell at 0, 0."""
    one = shape(character, 0, 0)
    found = set()
    for move, x, y, kind, *rest in re.findall(
        r"(M)([\d.]+) ([\d.]+)([lHhV])(-?[\d.]+)(?: (-?[\d.]+))?", one.thin + one.thick
    ):
        assert move == "M"
        found.add((float(x), float(y)))
        if kind == "l":
            found.add((float(x) + float(rest[0]), float(y) + float(rest[1])))
    if match := re.search(r"V([\d.]+)$", one.thin):
        found.add((4.5, float(match[1])))
    return found


@pytest.mark.parametrize("character", DRAWN)
def test_every_character_is_drawn_within_its_cell(character: str) -> None:
    one = shape(character, 90, 180)
    data = one.thin + one.thick + one.dots + one.area
    x, y = (float(number) for number in re.match(r"M([\d.]+) ([\d.]+)", data).groups())  # type: ignore[union-attr]
    assert 90 <= x <= 90 + WIDE
    assert 180 <= y <= 180 + HIGH


def test_what_fonts_leave_out_of_braille_is_empty() -> None:
    assert shape("\u2800", 0, 0).dots == ""


@pytest.mark.parametrize(("character", "dots"), [("⠁", 1), ("⠃", 2), ("⡇", 4), ("⣿", 8)])
def test_braille_has_its_dots(character: str, dots: int) -> None:
    assert shape(character, 0, 0).dots.count("M") == dots


def test_the_dots_of_braille_stand_in_one_grid_over_neighbours() -> None:
    numbers = [float(n) for n in _NUMBERS.findall(shape("⠉", 0, 0).dots + shape("⠉", WIDE, 0).dots)]
    across = numbers[0::3]
    assert [round(b - a, 2) for a, b in pairwise(across)] == [4.5, 4.5, 4.5]


@pytest.mark.parametrize(
    ("character", "sides"),
    [tuple(pair.split("=")) for pair in _SIDES.split()],
)
def test_frames_reach_the_sides_where_neighbours_meet_them(character: str, sides: str) -> None:
    places = {"L": (0.0, 8.5), "R": (float(WIDE), 8.5), "U": (4.5, 0.0), "D": (4.5, float(HIGH))}
    assert {side for side, place in places.items() if place in ends(character)} == set(sides)


@pytest.mark.parametrize(
    ("character", "thin", "thick"), [("─", 2, 0), ("━", 0, 2), ("┡", 1, 2), ("╼", 1, 1), ("╪", 6, 0)]
)
def test_lines_have_their_weight(character: str, thin: int, thick: int) -> None:
    one = shape(character, 0, 0)
    assert (one.thin.count("M"), one.thick.count("M")) == (thin, thick)


@pytest.mark.parametrize(
    ("character", "area"),
    [
        ("█", 162),
        ("▀", 81),
        ("▄", 81),
        ("▌", 81),
        ("▐", 81),
        ("▁", 20.25),
        ("▔", 20.25),
        ("▏", 20.25),
        ("▚", 81),
        ("▙", 121.5),
    ],
)
def test_blocks_cover_their_share_of_the_cell(character: str, area: float) -> None:
    boxes = re.findall(r"h([\d.]+)v([\d.]+)", shape(character, 0, 0).area)
    assert sum(float(wide) * float(high) for wide, high in boxes) == pytest.approx(area, abs=0.1)


def test_shades_let_their_share_of_the_colour_through() -> None:
    assert [shape(character, 0, 0).share for character in "░▒▓█"] == [0.25, 0.5, 0.75, 1.0]


@pytest.mark.parametrize("character", re.sub("▁-▇", "▁▂▃▄▅▆▇", RUN_ON))
def test_what_runs_on_is_as_long_as_its_cells(character: str) -> None:
    data = shape(character, 0, 0, 5)
    text = data.thin + data.thick + data.area
    reach = max(float(x) + float(step) for x, step in re.findall(r"M([\d.]+) [\d.]+[lh]([\d.]+)", text))
    assert reach == 5 * WIDE
