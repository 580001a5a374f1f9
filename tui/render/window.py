"""The part of a chart's axes that is looked at, and the parts of curves that lie in it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tui.render.chart import Axis, Point, power


def windowed(axis: Axis, zoom: float, pan: float) -> Axis:
    """The part of an axis that a zoomed and panned view shows."""
    if zoom <= 1:
        return axis
    low, high = axis.at(axis.low), axis.at(axis.high)
    middle = (low + high) / 2 + pan * (high - low)
    half = (high - low) / zoom / 2
    low, high = middle - half, middle + half
    return Axis(power(low), power(high), log=True) if axis.log else Axis(low, high)


def clipped(segments: Sequence[Sequence[Point]], x: Axis, y: Axis) -> Sequence[Sequence[Point]]:
    """The segments cut at the edges of the window, so that a line leaves it where it crosses its edge."""
    whole = all(x.low <= px <= x.high and y.low <= py <= y.high for s in segments for px, py in s)
    if whole:
        return segments
    found: list[Sequence[Point]] = []
    for segment in segments:
        if len(segment) == 1:
            found += [segment] if inside(segment[0], x, y) else []
        for start, end in pairwise(segment):
            found += [piece] if (piece := _clip(start, end, x, y)) else []
    return found


def inside(point: Point, x: Axis, y: Axis) -> bool:
    """Whether a point lies in the window."""
    return x.low <= point[0] <= x.high and y.low <= point[1] <= y.high


def _clip(start: Point, end: Point, x: Axis, y: Axis) -> list[Point] | None:
    """The part of a line within the window (Liang and Barsky's algorithm), in the axes' own scales."""
    first, last = 0.0, 1.0
    (x0, y0), (x1, y1) = ((x.at(p[0]), y.at(p[1])) for p in (start, end))
    for delta, below, above in (
        (x1 - x0, x0 - x.at(x.low), x.at(x.high) - x0),
        (y1 - y0, y0 - y.at(y.low), y.at(y.high) - y0),
    ):
        if delta == 0:
            if below < 0 or above < 0:
                return None
            continue
        enter, leave = sorted((-below / delta, above / delta))
        first, last = max(first, enter), min(last, leave)
    if first > last:
        return None

    def point(share: float) -> Point:
        px, py = x0 + share * (x1 - x0), y0 + share * (y1 - y0)
        return (power(px) if x.log else px, power(py) if y.log else py)

    return [point(first), point(last)]
