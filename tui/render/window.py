"""The part of a chart's axes that is looked at, and the parts of curves that lie in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
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


def shifted(axis: Axis, share: float) -> Axis:
    """The axis moved by a share of its length."""
    if not share:
        return axis
    low, high = axis.at(axis.low), axis.at(axis.high)
    low, high = low + share * (high - low), high + share * (high - low)
    return Axis(power(low), power(high), log=True) if axis.log else Axis(low, high)


def clipped(segments: Sequence[Sequence[Point]], x: Axis, y: Axis) -> Sequence[Sequence[Point]]:
    """The segments cut at the edges of the window, so that a line leaves it where it crosses its edge."""
    is_inside = _window(x, y)
    if all(is_inside(point) for segment in segments for point in segment):
        return segments
    found: list[list[Point]] = []
    for segment in segments:
        if len(segment) == 1 and is_inside(segment[0]):
            found.append([*segment])
        goes_on = False
        for start, end in pairwise(segment):
            piece = _clip(start, end, x, y)
            if piece and goes_on:
                found[-1].append(piece[1])
            elif piece:
                found.append(piece)
            goes_on = piece is not None and is_inside(end)
    return found


def points_inside(segments: Iterable[Sequence[Point]], x: Axis, y: Axis) -> list[Point]:
    """The points of segments that lie in the window."""
    is_inside = _window(x, y)
    return [point for segment in segments for point in segment if is_inside(point)]


def inside(point: Point, x: Axis, y: Axis) -> bool:
    """Whether a point lies in the window."""
    return _window(x, y)(point)


def _window(x: Axis, y: Axis) -> Callable[[Point], bool]:
    """What tells whether a point lies in the window."""
    (left, right), (bottom, top) = x.span, y.span
    return lambda point: left <= point[0] <= right and bottom <= point[1] <= top


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
