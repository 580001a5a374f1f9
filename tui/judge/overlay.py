"""Curves of several runs on one pair of axes: their points, the metrics they share, and how two of them differ.

The difference of two curves is D(x) = B(x) − A(x). Between two neighbouring points (x₀, y₀) and (x₁, y₁) a curve is
the straight line y₀ + (y₁ − y₀) · (x − x₀) ÷ (x₁ − x₀); across a gap, and before its first and after its last point, it
has no value. So D is known where both curves are, and it is worked out at every x of either run there: between
these it is straight too. Where D changes its sign between (x₀, d₀) and (x₁, d₁), the curves cross at
x₀ + (x₁ − x₀) · d₀ ÷ (d₀ − d₁).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tui.cards.model import History
from tui.judge import curves, metrics
from tui.judge.comparable import Run, obstacle
from tui.judge.curves import Series, all_series, drawable, drawn, segments
from tui.judge.metrics import Direction

Point = tuple[float, float]
Segment = tuple[Point, ...]
"""Points that one line joins, in the order of x where it is of a difference."""

PROGRESS = "progress"
"""The axis on which every run ends at 1: x ÷ the run's last x."""


@dataclass(frozen=True, slots=True)
class Trace:
    """The curve of one metric of one run."""

    history: History
    """What the run logged, else its card's table; the series' rows are its rows."""

    series: Series
    segments: tuple[Segment, ...]
    """In the order of the rows; a gap lies between two of them."""

    best: Point | None
    """The best value, where its direction is known and it has a place on the axes."""

    last_row: int | None
    """The last row with a value that was printed."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """Where two curves cross."""

    x: float
    rises: bool
    """Whether B lies above A from here on."""


@dataclass(frozen=True, slots=True)
class Difference:
    """B − A, where both curves have a value."""

    segments: tuple[Segment, ...] = ()
    crossings: tuple[Crossing, ...] = ()


def trace(run: Run, metric: str, axis: str, *, log_x: bool = False, log_y: bool = False) -> Trace | None:
    """A run's curve of a metric, by whatever name; None where the run has no such metric.

    A run without the axis has a trace without points.
    """
    history = drawn(run.card)
    wanted = metrics.key(metric)
    series = next((one for one in _series(run, history) if metrics.key(one.name) == wanted), None)
    if series is None:
        return None
    xs = places(history, axis)
    found = segments(xs, series, log_x=log_x, log_y=log_y)
    last = next((row for row in range(len(xs) - 1, -1, -1) if series.values[row]), None)
    return Trace(history, series, tuple(map(tuple, found)), _best(series, xs, log_x=log_x, log_y=log_y), last)


def _series(run: Run, history: History) -> tuple[Series, ...]:
    return run.verdict.series if history is run.card.history else all_series(history, run.verdict.rules)


def _best(series: Series, xs: Sequence[float | None], *, log_x: bool, log_y: bool) -> Point | None:
    row = series.best_row
    if row is None or (x := xs[row]) is None or (y := series.numbers[row]) is None:
        return None
    return (x, y) if drawable(x, log=log_x) and drawable(y, log=log_y) else None


def places(history: History, axis: str) -> tuple[float | None, ...]:
    """Where each row lies on an axis; None where the row, or the whole history, does not say."""
    present = curves.axes(history)
    if axis == PROGRESS:
        return _relative(curves.positions(history, "step" if "step" in present else present[0]))
    return curves.positions(history, axis) if axis in present else (None,) * len(history.rows)


def _relative(xs: Sequence[float | None]) -> tuple[float | None, ...]:
    last = max((x for x in xs if x is not None), default=0.0)
    return tuple(x / last if x is not None and last > 0 else None for x in xs)


def axes(runs: Sequence[Run]) -> tuple[str, ...]:
    """The axes on which all of the runs have a place, the usual one first and `PROGRESS` last."""
    present = [curves.axes(drawn(run.card)) for run in runs]
    return (*(axis for axis in present[0] if all(axis in others for others in present)), PROGRESS)


def axis_in_force(runs: Sequence[Run], wanted: str) -> str:
    """The axis wanted, where one of the runs has it, else the first on which all have a place."""
    if wanted == PROGRESS or any(wanted in curves.axes(drawn(run.card)) for run in runs):
        return wanted
    return axes(runs)[0]


def metrics_of(runs: Sequence[Run]) -> tuple[str, ...]:
    """The metrics that at least one of the runs has: the losses, the others, then what the optimizer logs.

    Each is named as the first run that has it calls it.
    """
    return tuple(name for name, _ in _metrics(runs))


def common_metrics(runs: Sequence[Run]) -> tuple[str, ...]:
    """The metrics that all of the runs have, named and ordered in the same way."""
    return tuple(name for name, count in _metrics(runs) if count == len(runs))


def _metrics(runs: Sequence[Run]) -> list[tuple[str, int]]:
    """Each metric with the number of runs that have it."""
    names: dict[str, str] = {}
    count: Counter[str] = Counter()
    for run in runs:
        own: dict[str, str] = {}
        for one in _series(run, drawn(run.card)):
            own.setdefault(metrics.key(one.name), one.name)
        count.update(own.keys())
        names |= {key: name for key, name in own.items() if key not in names}
    return [(names[key], count[key]) for key in sorted(names, key=_rank)]


def _rank(key: str) -> int:
    first = (metrics.LOSS, metrics.TRAINING_LOSS)
    if key in first:
        return first.index(key)
    return 2 if key.endswith(" loss") else 4 if key in _OF_THE_OPTIMIZER else 3


_OF_THE_OPTIMIZER = frozenset(map(metrics.key, curves.OF_THE_OPTIMIZER))


def ranked(runs: Sequence[Run], series: Series) -> bool:
    """Whether one run may be called better than another by a metric: its direction is known and the runs compare."""
    known = series.direction is not Direction.UNKNOWN and not series.is_of_training
    return known and not obstacle(runs)


# The difference


def difference(a: Sequence[Segment], b: Sequence[Segment]) -> Difference:
    """B − A of two curves, as this module's head defines it.

    Where x goes back in a curve, its points are put in order; of several at one x the last counts.
    """
    found = tuple(piece for one, other in _overlapping(_ascending(a), _ascending(b)) for piece in _less(one, other))
    return Difference(found, tuple(crossing for piece in found for crossing in _crossings(piece)))


def _ascending(curve: Sequence[Segment]) -> list[Segment]:
    """The segments with every x greater than the one before it; a gap stays behind the point that it followed."""
    marked = [(point, i == len(segment)) for segment in curve for i, point in enumerate(segment, 1)]
    if all(left[0][0] < right[0][0] for left, right in pairwise(marked)):
        return list(curve)
    at: dict[float, tuple[Point, bool]] = {}
    for point, ends in marked:
        at[point[0]] = (point, ends)
    found: list[list[Point]] = [[]]
    for x in sorted(at):
        point, ends = at[x]
        found[-1].append(point)
        if ends:
            found.append([])
    return [tuple(segment) for segment in found if segment]


def _overlapping(a: Sequence[Segment], b: Sequence[Segment]) -> Iterator[tuple[Segment, Segment]]:
    """The pairs of segments that share an x."""
    i = j = 0
    while i < len(a) and j < len(b):
        if max(a[i][0][0], b[j][0][0]) <= min(a[i][-1][0], b[j][-1][0]):
            yield a[i], b[j]
        if a[i][-1][0] <= b[j][-1][0]:
            i += 1
        else:
            j += 1


def _less(a: Segment, b: Segment) -> Iterator[Segment]:
    """B − A where both segments are; what is too large to be drawn is a gap."""
    low, high = max(a[0][0], b[0][0]), min(a[-1][0], b[-1][0])
    xs = sorted({x for segment in (a, b) for x, _ in segment if low <= x <= high})
    piece: list[Point] = []
    for point in ((x, y_b - y_a) for x, y_a, y_b in zip(xs, _at(a, xs), _at(b, xs), strict=True)):
        if drawable(point[1]):
            piece.append(point)
        elif piece:
            yield tuple(piece)
            piece = []
    if piece:
        yield tuple(piece)


def _at(segment: Segment, xs: Sequence[float]) -> list[float]:
    """A segment's values at places that it spans."""
    own = [x for x, _ in segment]
    found = []
    for x in xs:
        right = bisect_left(own, x)
        x1, y1 = segment[right]
        if x1 == x:
            found.append(y1)
            continue
        x0, y0 = segment[right - 1]
        found.append(y0 + (y1 - y0) * ((x - x0) / (x1 - x0)))
    return found


def _crossings(piece: Segment) -> Iterator[Crossing]:
    """Where the sign changes; at the end of a stretch of zeros between the signs, not where zero is only touched."""
    before = 0.0
    """The last difference that is not zero."""
    for (x0, d0), (x1, d1) in pairwise(piece):
        before = d0 or before
        if d1 and before and (d1 > 0) != (before > 0):
            x = x0 + (x1 - x0) * (d0 / (d0 - d1)) if d0 else x0
            yield Crossing(x, d1 > 0)
