"""Characters that fill their cells → lines and areas: frames, blocks and the braille of charts.

Fonts draw them with gaps, and most have no braille; drawn as shapes they meet wherever a picture is looked at. What
each looks like is told by its name and place in the Unicode character database (code charts U+2500, U+2580, U+2800).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

from tui.render.svg import Place, number

WIDE, HIGH = 9, 18
"""The size of a cell in pixels."""

SHAPES = "\u2500-\u2570\u2574-\u259f\u2800-\u28ff"
"""The characters that are drawn as shapes, as a set of a regular expression."""

RUN_ON = "─━═█▀▄▁-▇"
"""Those of which several beside each other are one long one, as such a set, too."""

_MIDDLE = (4.5, 8.5)
"""Where the lines of frames cross, so that a line of one pixel covers whole ones."""

_APART = 2.0
"""Pixels between the middles of a double line."""

_BEND = 4.0
"""The radius of a round corner."""


class Shape(NamedTuple):
    """Path data of a cell: what is drawn as lines of one pixel, of two, as dots, and filled."""

    thin: str = ""
    thick: str = ""
    dots: str = ""
    area: str = ""
    share: float = 1.0
    """How much of the area's colour shows."""


def shape(character: str, x: float, y: float, cells: int = 1) -> Shape:
    """The shape of a character in the cell at a place; of a character that runs on, over several cells."""
    code = ord(character)
    if code >= 0x2800:
        return Shape(dots=_braille(code - 0x2800, x, y))
    if code >= 0x2580:
        rectangles, share = _block(code)
        return Shape(area="".join(_rectangle(r, x, y, cells) for r in rectangles), share=share)
    return _frame(character, x, y, cells)


_DOTS = ((0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3))
"""Column and row of each dot, in the order of their bits."""


def _braille(bits: int, x: float, y: float) -> str:
    step_x, step_y = WIDE / 2, HIGH / 4
    return "".join(
        f"M{number(x + step_x * (column + 0.5))} {number(y + step_y * (row + 0.5))}h0"
        for bit, (column, row) in enumerate(_DOTS)
        if bits >> bit & 1
    )


Rectangle = tuple[float, float, float, float]
"""Left, top, right and bottom as shares of a cell."""

_QUADRANTS: dict[str, Rectangle] = {
    "UPPER LEFT": (0, 0, 0.5, 0.5),
    "UPPER RIGHT": (0.5, 0, 1, 0.5),
    "LOWER LEFT": (0, 0.5, 0.5, 1),
    "LOWER RIGHT": (0.5, 0.5, 1, 1),
}
_EIGHTHS = {
    "ONE EIGHTH": 1, "ONE QUARTER": 2, "THREE EIGHTHS": 3, "HALF": 4,
    "FIVE EIGHTHS": 5, "THREE QUARTERS": 6, "SEVEN EIGHTHS": 7,
}  # fmt: skip
_SHADES = {"LIGHT SHADE": 0.25, "MEDIUM SHADE": 0.5, "DARK SHADE": 0.75}


@lru_cache(maxsize=64)
def _block(code: int) -> tuple[tuple[Rectangle, ...], float]:
    """The rectangles of a block element, and how much of its colour shows."""
    name = unicodedata.name(chr(code))
    if name in _SHADES or name == "FULL BLOCK":
        return ((0, 0, 1, 1),), _SHADES.get(name, 1.0)
    if name.startswith("QUADRANT"):
        return tuple(_QUADRANTS[part] for part in name.removeprefix("QUADRANT ").split(" AND ")), 1.0
    side, _, rest = name.removesuffix(" BLOCK").partition(" ")
    share = _EIGHTHS[rest] / 8
    sides = {
        "LOWER": (0, 1 - share, 1, 1),
        "UPPER": (0, 0, 1, share),
        "LEFT": (0, 0, share, 1),
        "RIGHT": (1 - share, 0, 1, 1),
    }
    return (sides[side],), 1.0


def _rectangle(sides: Rectangle, x: float, y: float, cells: int) -> str:
    left, top, right, bottom = sides
    wide, high = (right - left) * WIDE * cells, (bottom - top) * HIGH
    return f"M{number(x + left * WIDE)} {number(y + top * HIGH)}h{number(wide)}v{number(high)}h{number(-wide)}z"


_SIDES = {"HORIZONTAL": ("LEFT", "RIGHT"), "VERTICAL": ("UP", "DOWN")}
_WEIGHTS = ("LIGHT", "SINGLE", "HEAVY", "DOUBLE")
_DASHES = {"DOUBLE DASH ": 2, "TRIPLE DASH ": 3, "QUADRUPLE DASH ": 4}
_TURNS = {"LEFT": (-1, 0), "RIGHT": (1, 0), "UP": (0, -1), "DOWN": (0, 1)}


@lru_cache(maxsize=160)
def _arms(character: str) -> tuple[dict[str, str], int, bool]:
    """Side → weight of the line from the middle to it; in how many dashes; and whether it is a round corner."""
    name = unicodedata.name(character).removeprefix("BOX DRAWINGS ")
    dashes = next((count for words, count in _DASHES.items() if words in name), 1)
    for words in _DASHES:
        name = name.replace(words, "")
    parts = [part.split() for part in name.split(" AND ")]
    weight = ""
    found: dict[str, str] = {}
    for part in parts:
        weight = next((word for word in part if word in _WEIGHTS), weight)
        sides = [side for word in part if word not in {*_WEIGHTS, "ARC"} for side in _SIDES.get(word, (word,))]
        found |= dict.fromkeys(sides, weight)
    return found, dashes, "ARC" in parts[0]


def _frame(character: str, x: float, y: float, cells: int) -> Shape:
    arms, dashes, is_round = _arms(character)
    middle = (x + _MIDDLE[0], y + _MIDDLE[1])
    if is_round:
        return Shape(thin=_corner(arms, middle, x, y))
    thin, thick = "", ""
    for side, weight in arms.items():
        end = _end(side, middle, x, y, cells)
        if weight == "HEAVY":
            thick += _line(middle, end, dashes)
        elif weight == "DOUBLE":
            across, down = (_APART / 2 * turn for turn in reversed(_TURNS[side]))
            for sign in (-1, 1):
                thin += _line(
                    (middle[0] + sign * across, middle[1] + sign * down), (end[0] + sign * across, end[1] + sign * down)
                )
        else:
            thin += _line(middle, end, dashes)
    return Shape(thin=thin, thick=thick)


def _end(side: str, middle: Place, x: float, y: float, cells: int) -> Place:
    """Where a line to a side ends: at the edge of the cell, or of the last one."""
    return {
        "LEFT": (x, middle[1]),
        "RIGHT": (x + WIDE * cells, middle[1]),
        "UP": (middle[0], y),
        "DOWN": (middle[0], y + HIGH),
    }[side]


def _line(start: Place, end: Place, dashes: int = 1) -> str:
    """A line, of whose dashes each arm has half."""
    (x, y), (to_x, to_y) = start, end
    step_x, step_y = (to_x - x) / dashes, (to_y - y) / dashes
    share = 1 if dashes == 1 else 0.6
    return "".join(
        f"M{number(x + step_x * index)} {number(y + step_y * index)}l{number(step_x * share)} {number(step_y * share)}"
        for index in range(dashes)
    )


def _corner(arms: dict[str, str], middle: Place, x: float, y: float) -> str:
    """A quarter of a circle with straight ends."""
    across, down = (next(side for side in pair if side in arms) for pair in (("LEFT", "RIGHT"), ("UP", "DOWN")))
    (center_x, center_y), turn_x, turn_y = middle, _TURNS[across][0], _TURNS[down][1]
    side, end = _end(across, middle, x, y, 1), _end(down, middle, x, y, 1)
    return (
        f"M{number(side[0])} {number(side[1])}H{number(center_x + turn_x * _BEND)}"
        f"Q{number(center_x)} {number(center_y)} {number(center_x)} {number(center_y + turn_y * _BEND)}"
        f"V{number(end[1])}"
    )
