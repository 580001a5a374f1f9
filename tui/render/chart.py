"""Curves → lines of braille, by plotext: the only module that knows it.

plotext is handed clean data only: the characters of the curves, logarithms already taken, ticks already chosen. Of two
lines in one cell it would draw only the later. Its own log scale is wrong from the second drawing on, and its shared
figure does not bear two threads, so each chart has a figure of its own.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tui.judge.curves import LARGEST, SMALLEST
from tui.render.line import Line, Span, joined

Point = tuple[float, float]

Place = tuple[int, int]
"""A dot or a cell of the canvas, from its lower left corner."""

POINT = "●"
"""A measurement without neighbours."""

BEST = "◆"
"""The mark of a best value, in tables and on curves."""

SAMPLE = "━"
"""What stands before the name of the only curve."""

SIGNS = "○■▲□△▼"
"""What stands at the points of the curves of a chart, in the order of their styles: not only colours differ."""

_APART = 8
"""Cells between two signs of a curve, on average at least."""

_DOTS_X, _DOTS_Y = 2, 4
"""Dots of a braille character, across and up."""

_BRAILLE = 0x2800
"""The braille character without dots."""

_BITS = ((0x40, 0x04, 0x02, 0x01), (0x80, 0x20, 0x10, 0x08))
"""What each dot adds to it, by its column and then from below."""

_LONGEST_LABEL = 12
"""Cells of a tick's label."""

_SGR = re.compile(r"\x1b\[([0-9;]*)m")
_COLOURS = {
    "dim": 7,
    "series-1": 1,
    "series-2": 2,
    "series-3": 3,
    "series-4": 4,
    "series-5": 5,
    "series-6": 6,
    "strong": 8,
}
_STYLES = {f"38;5;{number}": style for style, number in _COLOURS.items()}


@dataclass(frozen=True, slots=True)
class Curve:
    """One line of a chart."""

    style: str
    segments: Sequence[Sequence[Point]]
    best: Point | None = None
    """Where the best value lies, drawn as ``◆``."""

    letter: str = ""
    """What stands behind the curve's end, so that curves are told apart without colours."""

    sign: str = ""
    """What stands at its points; empty for a curve that is alone."""

    points: Sequence[Point] = ()
    """The points that may have the sign: what was measured, not where the chart's edge cuts the curve."""


@dataclass(frozen=True, slots=True)
class Axis:
    """The range of an axis, in the numbers of the data."""

    low: float
    high: float
    log: bool = False

    def at(self, number: float) -> float:
        """Where a number lies along the axis; what is too large or too small to be drawn lies at its end."""
        return math.log10(max(min(number, LARGEST), SMALLEST)) if self.log else max(min(number, LARGEST), -LARGEST)

    @property
    def span(self) -> tuple[float, float]:
        """Its ends, a little further apart: those of a logarithmic axis and of a part of one are rounded."""
        low, high = self.at(self.low), self.at(self.high)
        slack = (high - low) * 1e-9
        return (power(low - slack), power(high + slack)) if self.log else (low - slack, high + slack)


def power(exponent: float) -> float:
    """The power of ten, at most a little outside of what can be drawn."""
    return math.pow(10.0, max(min(exponent, 305.0), -305.0))


def fit(numbers: Sequence[float], *, log: bool = False, margin: float = 0.0) -> Axis:
    """An axis that holds the numbers, widened by a share of its length and never of length zero."""
    if not numbers:
        return Axis(1.0, 10.0, log) if log else Axis(0.0, 1.0, log)
    axis = Axis(min(numbers), max(numbers), log)
    low, high = axis.at(axis.low), axis.at(axis.high)
    if math.isclose(low, high, rel_tol=1e-12, abs_tol=1e-12 if log else SMALLEST):
        spread = 0.5 if log else abs(low) * 0.1 if abs(low) > SMALLEST else 1.0
    else:
        spread = (high - low) * margin
    low, high = low - spread, high + spread
    return Axis(power(low), power(high), log) if log else Axis(low, high, log)


def draw(
    curves: Sequence[Curve], x: Axis, y: Axis, width: int, height: int, *, cursor: float | None = None
) -> list[Line]:
    """A chart of `width` × `height` cells with labelled axes; `cursor` draws an upright line at that x."""
    from plotext._figure import _figure_class  # noqa: PLC0415 - 80 ms; its module-level figure is shared

    y_ticks = ticks(y, max(2, height // 3))
    y_labels = labels(y_ticks)
    left, rows = max(map(len, y_labels), default=0) + 1, height - 2
    letters, behind = _letters(curves, x, y, width - left, rows)
    columns = width - left - behind
    figure = _figure_class()
    figure._limit_size(False, False)
    figure.plot_size(width - behind, height)
    figure.theme("clear")
    figure.xaxes(True, False)
    figure.yaxes(True, False)
    figure.xlim(x.at(x.low), x.at(x.high))
    figure.ylim(y.at(y.low), y.at(y.high))
    x_ticks = ticks(x, max(2, width // 12))
    figure.xticks([_cell(x, tick, columns, _DOTS_X) for tick in x_ticks], labels(x_ticks))
    figure.yticks([_cell(y, tick, rows, _DOTS_Y) for tick in y_ticks], y_labels)
    if cursor is not None:
        figure.vline(_cell(x, cursor, columns, _DOTS_X), color=_COLOURS["dim"])
    # plotext leaves out the ticks of a chart without data, which a zoomed one may be.
    figure.scatter([x.at(x.low), x.at(x.high)], [y.at(y.low), y.at(y.high)], marker=" ")
    strokes = [_stroke(curve, x, y, columns, rows) for curve in curves]
    for curve, cells in zip(curves, _taking_turns(strokes), strict=True):
        places = [(_centre(x, across, columns), _centre(y, up, rows)) for across, up in cells]
        if places:
            figure.scatter(*zip(*places, strict=True), marker=list(cells.values()), color=_COLOURS[curve.style])
    for curve, point, marker in _markers(curves, x, y, columns, rows):
        place = _cell(x, point[0], columns, _DOTS_X), _cell(y, point[1], rows, _DOTS_Y)
        figure.scatter([place[0]], [place[1]], marker=marker, color=_COLOURS[curve.style])
    lines = [_line(text) for text in figure.build().rstrip("\n").split("\n")[:height]]
    if not letters:
        return lines
    return [_with_letters(line, left, width, letters.get(row, [])) for row, line in enumerate(lines)]


def _markers(curves: Sequence[Curve], x: Axis, y: Axis, columns: int, rows: int) -> list[tuple[Curve, Point, str]]:
    """What stands at points: signs, measurements without neighbours, and, over both, the best values."""
    markers = [(curve, point, curve.sign) for curve in curves for point in _signs(curve, columns)]
    for curve in curves:
        crowded = _crowded(curve, x, y, columns, rows)
        singles = [s[0] for i, s in enumerate(curve.segments) if len(s) == 1 and i not in crowded]
        markers += [(curve, point, curve.sign or POINT) for point in singles]
    return markers + [(curve, curve.best, BEST) for curve in curves if curve.best]


def _crowded(curve: Curve, x: Axis, y: Axis, columns: int, rows: int) -> set[int]:
    """Which of a curve's segments are measurements without neighbours whose signs would merge with each other.

    Many signs beside each other would look like a bar, at heights that are a cell's and not theirs.
    """
    singles = {
        index: (_index(x, segment[0][0], columns, _DOTS_X), _index(y, segment[0][1], rows, _DOTS_Y))
        for index, segment in enumerate(curve.segments)
        if len(segment) == 1
    }
    taken = Counter(singles.values())
    around = [(across, up) for across in (-1, 0, 1) for up in (-1, 0, 1)]
    return {index for index, (left, up) in singles.items() if sum(taken[left + dx, up + dy] for dx, dy in around) > 1}


def _stroke(curve: Curve, x: Axis, y: Axis, columns: int, rows: int) -> dict[Place, int]:
    """Cell → the dots that a curve's lines and crowded points have in it, as the bits of its character."""
    crowded = _crowded(curve, x, y, columns, rows)
    cells: defaultdict[Place, int] = defaultdict(int)
    for index, segment in enumerate(curve.segments):
        if len(segment) == 1 and index not in crowded:
            continue
        dots = [(_dot(x, across, columns * _DOTS_X), _dot(y, up, rows * _DOTS_Y)) for across, up in segment]
        for (x0, y0), (x1, y1) in pairwise([dots[0], *dots]):
            steps = max(abs(x1 - x0), abs(y1 - y0)) or 1
            for i in range(steps + 1):
                across, up = x0 + (x1 - x0) * i // steps, y0 + (y1 - y0) * i // steps
                cells[across // _DOTS_X, up // _DOTS_Y] |= _BITS[across % _DOTS_X][up % _DOTS_Y]
    return cells


def _taking_turns(strokes: Sequence[dict[Place, int]]) -> list[dict[Place, str]]:
    """The characters that each curve draws: a cell of several has all their dots, and column by column they take turns.

    A character has one colour, and a curve that always gave way would vanish behind the other.
    """
    owners: defaultdict[Place, list[int]] = defaultdict(list)
    for index, cells in enumerate(strokes):
        for cell in cells:
            owners[cell].append(index)
    found: list[dict[Place, str]] = [{} for _ in strokes]
    for cell, several in owners.items():
        dots = 0
        for index in several:
            dots |= strokes[index][cell]
        found[several[cell[0] % len(several)]][cell] = chr(_BRAILLE + dots)
    return found


def _signs(curve: Curve, columns: int) -> Sequence[Point]:
    """The points of a curve that have its sign: not so many that the curve would not be seen."""
    if not curve.sign:
        return ()
    return curve.points[:: -(-len(curve.points) // max(columns // _APART, 1)) or 1]


def sign(index: int, count: int) -> str:
    """The sign of a curve among so many, none where it is alone."""
    return SIGNS[index % len(SIGNS)] if count > 1 else ""


def _cell(axis: Axis, number: float, cells: int, dots: int) -> float:
    """The position, along an axis of `cells` cells, of the cell that holds a number's dot.

    plotext rounds ticks and markers to whole cells, which may be the next one.
    """
    return _centre(axis, _index(axis, number, cells, dots), cells) if cells > 1 else axis.at(number)


def _centre(axis: Axis, cell: int, cells: int) -> float:
    """The position of a cell along an axis."""
    low, high = axis.at(axis.low), axis.at(axis.high)
    return low + cell / max(cells - 1, 1) * (high - low)


def _index(axis: Axis, number: float, cells: int, dots: int) -> int:
    """Which of the cells along an axis holds a number's dot."""
    return _dot(axis, number, cells * dots) // dots


def _dot(axis: Axis, number: float, dots: int) -> int:
    """Which of the dots along an axis a number is."""
    low, high = axis.at(axis.low), axis.at(axis.high)
    return math.floor(0.5 + (dots - 1) * (axis.at(number) - low) / (high - low) + 1e-9)


_Letter = tuple[int, Curve]
"""The column of a curve's letter, and the curve."""


def _letters(
    curves: Sequence[Curve], x: Axis, y: Axis, columns: int, rows: int
) -> tuple[dict[int, list[_Letter]], int]:
    """The letters of each row of a chart, from the top, and the columns that they take behind its right end."""
    named = [curve for curve in curves if curve.letter and curve.segments]
    if not named:
        return {}, 0
    behind = 0
    while True:
        found = _placed(named, curves, x, y, columns - behind, rows)
        needed = max(column + len(curve.letter) for row in found.values() for column, curve in row) - columns + behind
        if needed <= behind or behind >= columns // 2:
            return found, behind
        behind = min(needed, columns // 2)


def _placed(
    named: Sequence[Curve], curves: Sequence[Curve], x: Axis, y: Axis, columns: int, rows: int
) -> dict[int, list[_Letter]]:
    """The letters in the rows of their curves' ends, right behind these, on no mark and on no other end.

    Of those that would stand in one place, the letter of the higher curve is the first.
    """

    def cell(point: Point) -> tuple[int, int]:
        return rows - 1 - _index(y, point[1], rows, _DOTS_Y), _index(x, point[0], columns, _DOTS_X)

    ends = [curve.segments[-1][-1] for curve in named]
    taken = {cell(point) for point in [*ends, *(point for _, point, _ in _markers(curves, x, y, columns, rows))]}
    apart = max(len(curve.letter) for curve in named) > 1
    found: dict[int, list[_Letter]] = {}
    for end, curve in sorted(zip(ends, named, strict=True), key=lambda one: -one[0][1]):
        row, column = cell(end)
        column += 1
        while taken & (cells := {(row, column + place) for place in range(len(curve.letter))}):
            column += 1
        taken |= cells | ({(row, column + len(curve.letter))} if apart else set())
        found.setdefault(row, []).append((column, curve))
    return found


def _with_letters(line: Line, left: int, width: int, letters: Sequence[_Letter]) -> Line:
    """A line of a chart whose axis ends at a cell, in `width` cells, with letters written over it."""
    cells = [(character, style) for text, style in line.spans for character in text]
    cells += [(" ", "")] * (width - len(cells))
    for column, curve in letters:
        start = left + column
        cells[start : start + len(curve.letter)] = [(character, curve.style) for character in curve.letter]
    return Line(tuple(joined(cells[:width])))


def _line(text: str) -> Line:
    """One line of plotext's output; its colours are the numbers that stand for our styles."""
    spans: list[Span] = []
    style, position = "", 0
    for match in _SGR.finditer(text):
        spans.append((text[position : match.start()], style))
        style, position = _STYLES.get(match[1], ""), match.end()
    spans.append((text[position:], style))
    return Line(tuple(joined(spans)))


def ticks(axis: Axis, count: int) -> list[float]:
    """About `count` round numbers along an axis: multiples of 1, 2 or 5 × 10ⁿ."""
    if axis.log:
        low, high = math.log10(axis.low), math.log10(axis.high)
        for steps in ((1, 2, 3, 5, 7), (1, 2, 5), (1, 3), (1,)):
            powers = range(math.floor(low), math.ceil(high) + 1)
            found = [
                step * 10.0**power for power in powers for step in steps if low <= math.log10(step) + power <= high
            ]
            if len(found) <= max(count, 2):
                break
        else:
            found = found[:: -(-len(found) // count)]
        if len(found) >= 2:
            return found
        axis = Axis(axis.low, axis.high)
    step = _step((axis.high - axis.low) / max(count, 1))
    first, last = math.ceil(axis.low / step - 1e-9), math.floor(axis.high / step + 1e-9)
    found = list(dict.fromkeys(index * step for index in range(first, last + 1)))
    return found if len(found) >= 2 or count > 8 else ticks(axis, 2 * count)


def _step(rough: float) -> float:
    decade = 10.0 ** math.floor(math.log10(rough))
    return next(unit * decade for unit in (1, 2, 5, 10) if unit * decade >= rough * 0.999)


def labels(numbers: Sequence[float]) -> list[str]:
    """Tick labels with just the decimals that tell them apart.

    Large numbers and small steps are written in whichever way is shorter; what is too long in either stands as
    what it adds to the first: ``1e+08``, ``+2e-05``, ``+4e-05``.
    """
    if not numbers:
        return []
    largest = max(abs(number) for number in numbers)
    gap = min((b - a for a, b in pairwise(numbers)), default=largest) or 1.0
    decimals = f".{max(0, -math.floor(math.log10(gap) + 1e-9))}f"
    ways = [decimals] if largest < 1e6 and gap >= 1e-4 else [".6g", decimals]
    written = [texts for way in ways if (texts := _written(numbers, way, gap))]
    if written:
        return min(written, key=lambda texts: max(map(len, texts)))
    first, *others = numbers
    return [_signed(f"{first:.5g}"), *(f"{number - first:+.3g}" for number in others)]


def _written(numbers: Sequence[float], way: str, gap: float) -> list[str]:
    """The numbers as formatted; nothing where that blurs them or is too long for an axis."""
    texts = [format(number, way) for number in numbers]
    if max(map(len, texts)) > _LONGEST_LABEL or len(set(texts)) < len(texts):
        return []
    exact = all(
        math.isclose(float(t), n, rel_tol=1e-15, abs_tol=gap / 100) for t, n in zip(texts, numbers, strict=True)
    )
    return [_signed(text) for text in texts] if exact else []


def _signed(text: str) -> str:
    """A formatted number with the sign that print uses, zero without one."""
    if not float(text):
        return text.lstrip("-")
    return text.replace("-", "−", 1) if text.startswith("-") else text
