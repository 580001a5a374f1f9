"""Curves → lines of braille, by plotext: the only module that knows it.

plotext is handed clean data only: finite segments with gaps already split, logarithms already taken, ticks already
chosen. Its own log scale is wrong from the second drawing on, and its shared figure does not bear two threads, so
each chart has a figure of its own.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from tui.render.line import Line, Span, joined

Point = tuple[float, float]

POINT = "●"
"""A measurement without neighbours."""

BEST = "◆"
"""The mark of a best value, in tables and on curves."""

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


@dataclass(frozen=True, slots=True)
class Axis:
    """The range of an axis, in the numbers of the data."""

    low: float
    high: float
    log: bool = False

    def at(self, number: float) -> float:
        """Where a number lies along the axis."""
        return math.log10(number) if self.log else number


def fit(numbers: Sequence[float], *, log: bool = False, margin: float = 0.0) -> Axis:
    """An axis that holds the numbers, widened by a share of its length and never of length zero."""
    if not numbers:
        return Axis(1.0, 10.0, log) if log else Axis(0.0, 1.0, log)
    low, high = min(numbers), max(numbers)
    if log:
        low, high = math.log10(low), math.log10(high)
    if math.isclose(low, high, rel_tol=1e-12, abs_tol=1e-300):
        spread = 0.5 if log else abs(low) * 0.1 or 1.0
        low, high = low - spread, high + spread
    else:
        spread = (high - low) * margin
        low, high = low - spread, high + spread
    return Axis(10**low, 10**high, log) if log else Axis(low, high, log)


def draw(
    curves: Sequence[Curve], x: Axis, y: Axis, width: int, height: int, *, cursor: float | None = None
) -> list[Line]:
    """A chart of `width` × `height` cells with labelled axes; `cursor` draws an upright line at that x."""
    from plotext._figure import _figure_class  # noqa: PLC0415 - 80 ms; its module-level figure is shared

    figure = _figure_class()
    figure._limit_size(False, False)
    figure.plot_size(width, height)
    figure.theme("clear")
    figure.xaxes(True, False)
    figure.yaxes(True, False)
    figure.xlim(x.at(x.low), x.at(x.high))
    figure.ylim(y.at(y.low), y.at(y.high))
    x_ticks = ticks(x, max(2, width // 12))
    y_ticks = ticks(y, max(2, height // 3))
    figure.xticks([x.at(tick) for tick in x_ticks], labels(x_ticks))
    figure.yticks([y.at(tick) for tick in y_ticks], labels(y_ticks))
    if cursor is not None:
        figure.vline(x.at(cursor), color=_COLOURS["dim"])
    # plotext leaves out the ticks of a chart without data, which a zoomed one may be.
    figure.scatter([x.at(x.low), x.at(x.high)], [y.at(y.low), y.at(y.high)], marker=" ")
    for curve in curves:
        for segment in curve.segments:
            _draw(figure, curve, segment, x, y)
    for curve in curves:
        if curve.best:
            _draw(figure, curve, [curve.best], x, y, BEST)
    return [_line(text) for text in figure.build().rstrip("\n").split("\n")[:height]]


def _draw(figure: Any, curve: Curve, points: Sequence[Point], x: Axis, y: Axis, marker: str = POINT) -> None:
    """Draw points as a line, a single one as a marker."""
    xs, ys = [x.at(point[0]) for point in points], [y.at(point[1]) for point in points]
    if len(points) == 1:
        figure.scatter(xs, ys, marker=marker, color=_COLOURS[curve.style])
    else:
        figure.plot(xs, ys, marker="braille", color=_COLOURS[curve.style])


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
    return [index * step for index in range(first, last + 1)]


def _step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next(unit * power for unit in (1, 2, 5, 10) if unit * power >= rough * 0.999)


def labels(numbers: Sequence[float]) -> list[str]:
    """Tick labels with just the decimals that tell them apart, of one width."""
    if not numbers:
        return []
    largest = max(abs(number) for number in numbers)
    gap = min((b - a for a, b in pairwise(numbers)), default=largest)
    if largest >= 1e6 or 0 < gap < 1e-4:
        return [f"{number:.3g}" for number in numbers]
    decimals = max(0, -math.floor(math.log10(gap) + 1e-9)) if gap > 0 else 2
    texts = [f"{number:.{decimals}f}" for number in numbers]
    return [text.replace("-", "−") if float(text) else text.lstrip("-") for text in texts]
