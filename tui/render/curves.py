"""The curves of a run → the lines of the curves pane: charts with their legends beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tui.cards.model import History, Value
from tui.judge import curves as judged
from tui.judge import metrics
from tui.judge.curves import Plot, Series
from tui.judge.metrics import Direction
from tui.judge.numbers import printed
from tui.render.chart import BEST, Axis, Curve, draw, fit, power
from tui.render.line import BLANK, Line, Span, joined, line, wrap_spans
from tui.render.parts import few_elements, row_place
from tui.render.text import cut, pad, visible, width

_LEGEND = 26
"""Cells of a legend beside its chart."""

_NARROW = 76
"""A pane below this width has its legends above the charts."""

_TALL = 14
"""Lines from which on a chart has room for a whole legend above it, instead of a single line."""

_CHART_HEIGHT = 17
"""Lines from which on a pane is given another chart."""

_MARGIN = 0.04
"""Share of the y axis above and below the curves."""

_STYLES = ("series-1", "series-2", "series-3", "series-4", "series-5", "series-6")


@dataclass(frozen=True, slots=True)
class View:
    """How the curves of a run are looked at."""

    axis: str = "epoch"
    log_x: bool = False
    log_y: bool = False
    cursor: int | None = None
    """The row whose values are read, None where none is."""

    zoom: float = 1.0
    """1 shows everything, 2 half of each axis, and so on."""

    pan_x: float = 0.0
    pan_y: float = 0.0
    """Shifts of the window, as shares of the whole axis, from its middle."""

    def moved(self, dx: float, dy: float) -> View:
        """The view panned by a share of the window, but not beyond the data."""
        limit = (1 - 1 / self.zoom) / 2
        x = self.pan_x + dx / self.zoom
        y = self.pan_y + dy / self.zoom
        return replace(self, pan_x=min(max(x, -limit), limit), pan_y=min(max(y, -limit), limit))

    def zoomed(self, factor: float) -> View:
        """The view zoomed by a factor, between 1 and 256 times."""
        return replace(self, zoom=min(max(self.zoom * factor, 1.0), 256.0)).moved(0, 0)


def centred(history: History, plot: Plot, view: View) -> View:
    """The view with the values that are read in its middle; as it was where none are."""
    row = view.cursor
    xs = judged.positions(history, view.axis)
    if row is None or row >= len(xs) or (place := xs[row]) is None:
        return view
    drawn = (judged.segments(xs, series, log_x=view.log_x, log_y=view.log_y) for series in plot.series)
    points = [point for segments in drawn for segment in segments for point in segment]
    here = [number for series in plot.series if (place, number := judged.measured(series)[row]) in points]
    if not here or here[0] is None:
        return view
    x = fit([point[0] for point in points], log=view.log_x)
    y = fit([point[1] for point in points], log=view.log_y, margin=_MARGIN)
    return replace(view, pan_x=_share(x, place) - 0.5, pan_y=_share(y, here[0]) - 0.5).moved(0, 0)


def _share(axis: Axis, number: float) -> float:
    """Where a number lies along an axis, from 0 to 1."""
    low, high = axis.at(axis.low), axis.at(axis.high)
    return (axis.at(number) - low) / (high - low)


def chart_count(plots: int, height: int) -> int:
    """How many charts fit above one another."""
    return max(1, min(plots, height // _CHART_HEIGHT))


def render(history: History, plots: Sequence[Plot], view: View, cells: int, height: int) -> list[Line]:
    """The plots above one another in `cells` × `height` cells; the first gets what is left over."""
    if not history.rows or not plots:
        return _sentence(_nothing(history), cells)
    each, spare = divmod(height, len(plots))
    lines: list[Line] = []
    for index, plot in enumerate(plots):
        rows = each + (spare if index == 0 else 0)
        titled = len(plots) > 1
        block = [line((cut(visible(plot.title), cells), "heading"))] if titled else []
        block += _chart(history, plot, view, cells, rows - len(block))
        lines += [*block, *[BLANK] * (rows - len(block))]
    return lines


def _sentence(text: str, cells: int) -> list[Line]:
    return [Line(tuple(joined(spans))) for spans in wrap_spans([(text, "dim")], cells)]


def _nothing(history: History) -> str:
    if history.columns and not history.rows:
        return "The training history has no rows."
    if history.rows:
        return "The training history holds no numbers to draw."
    return "No training history in this card."


def _chart(history: History, plot: Plot, view: View, cells: int, height: int) -> list[Line]:
    xs = judged.positions(history, view.axis)
    series = few_elements(plot.series, lambda one: one.name)
    drawn = [judged.segments(xs, s, log_x=view.log_x, log_y=view.log_y) for s in series]
    points = [point for segments in drawn for segment in segments for point in segment]
    if not points:
        return _sentence(_why_empty(plot, view), cells)
    x = _window(fit([p[0] for p in points], log=view.log_x), view.zoom, view.pan_x)
    y = _window(fit([p[1] for p in points], log=view.log_y, margin=_MARGIN), view.zoom, view.pan_y)
    curves = [
        Curve(_STYLES[i % len(_STYLES)], _clipped(segments, x, y), _best(series[i], xs, x, y))
        for i, segments in enumerate(drawn)
    ]
    cursor = xs[view.cursor] if view.cursor is not None and view.cursor < len(xs) else None
    if cursor is not None and not (x.low <= cursor <= x.high):
        cursor = None
    legend = _legend(history, replace(plot, series=tuple(series)), view)
    if len(legend) > height // 2:
        hidden = len(legend) - max(height // 2 - 1, 1)
        legend = [*legend[:-hidden], line((f"+ {hidden} lines: z, or m to pick", "dim"))]
    if cells < _NARROW:
        above = [_cut(entry, cells) for entry in legend] if height >= _TALL else [_one_line(legend, cells)]
        return above + draw(curves, x, y, cells, max(height - len(above), 4), cursor=cursor)
    beside = max(_LEGEND, *(entry.width for entry in legend))
    beside = min(beside, cells // 2)
    chart = draw(curves, x, y, cells - beside - 1, height, cursor=cursor)
    legend = [entry if entry.width <= beside else _cut(entry, beside) for entry in legend]
    rows = [*legend[: height - 1], *[BLANK] * (height - 1 - len(legend)), line((view.axis, "dim"))]
    return [_beside(left, right, cells - beside - 1) for left, right in zip(chart, rows, strict=False)]


def _cut(entry: Line, cells: int) -> Line:
    spans: list[Span] = []
    left = cells
    for text, style in entry.spans:
        spans.append((cut(text, left), style))
        left -= width(spans[-1][0])
        if left <= 0:
            break
    return Line(tuple(spans))


def _beside(left: Line, right: Line, cells: int) -> Line:
    gap = (" " * (cells - left.width + 1), "")
    return Line(tuple(joined([*left.spans, gap, *right.spans])))


def _why_empty(plot: Plot, view: View) -> str:
    if view.log_x or view.log_y:
        return f"{visible(plot.title)}: no values above zero to draw on a log axis."
    return f"{visible(plot.title)}: no finite values to draw."


def _window(axis: Axis, zoom: float, pan: float) -> Axis:
    """The part of an axis that a zoomed and panned view shows."""
    if zoom <= 1:
        return axis
    low, high = axis.at(axis.low), axis.at(axis.high)
    middle = (low + high) / 2 + pan * (high - low)
    half = (high - low) / zoom / 2
    low, high = middle - half, middle + half
    return Axis(power(low), power(high), log=True) if axis.log else Axis(low, high)


def _clipped(segments: list[list[tuple[float, float]]], x: Axis, y: Axis) -> list[list[tuple[float, float]]]:
    """The segments cut at the edges of the window, so that a line leaves it where it crosses its edge."""
    whole = all(x.low <= px <= x.high and y.low <= py <= y.high for s in segments for px, py in s)
    if whole:
        return segments
    found: list[list[tuple[float, float]]] = []
    for segment in segments:
        if len(segment) == 1:
            found += [segment] if _inside(segment[0], x, y) else []
        for start, end in pairwise(segment):
            found += [piece] if (piece := _clip(start, end, x, y)) else []
    return found


def _inside(point: tuple[float, float], x: Axis, y: Axis) -> bool:
    return x.low <= point[0] <= x.high and y.low <= point[1] <= y.high


def _clip(start: tuple[float, float], end: tuple[float, float], x: Axis, y: Axis) -> list[tuple[float, float]] | None:
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

    def point(share: float) -> tuple[float, float]:
        px, py = x0 + share * (x1 - x0), y0 + share * (y1 - y0)
        return (power(px) if x.log else px, power(py) if y.log else py)

    return [point(first), point(last)]


def _best(series: Series, xs: Sequence[float | None], x: Axis, y: Axis) -> tuple[float, float] | None:
    row = series.best_row
    if row is None or (place := xs[row]) is None or (number := series.numbers[row]) is None:
        return None
    return (place, number) if judged.drawable(number) and _inside((place, number), x, y) else None


def _legend(history: History, plot: Plot, view: View) -> list[Line]:
    """A name and a value for each curve: at the cursor, else the last; then where the best is."""
    xs = judged.positions(history, view.axis)
    placed = max((r for r, x in enumerate(xs) if x is not None), default=len(xs) - 1)
    row = placed if view.cursor is None else min(view.cursor, len(xs) - 1)
    place = row_place(history, row)
    entries = [line((place if view.cursor is not None else f"last: {place}", "dim"))]
    names = [_curve_name(series) for series in plot.series]
    longest = min(max(map(width, names)), 22)
    for index, (series, name) in enumerate(zip(plot.series, names, strict=True)):
        value = series.values[row] if view.cursor is not None else _latest(series, row)
        is_short = history.rows[row].unsure or len(history.rows[row].cells) != len(history.columns)
        text = visible(printed(value)) if value else "row not readable" if is_short else "not logged"
        style = _STYLES[index % len(_STYLES)]
        entries.append(line(("━ ", style), pad(cut(name, longest), longest + 2), (text, "strong" if value else "dim")))
        best = series.best_row
        if best is not None and (cell := series.values[best]):
            word = "lowest" if metrics.direction(series.name) is Direction.MINIMIZE else "highest"
            where = row_place(history, best).partition(",")[0]
            entries.append(line((f"{BEST} ", style), (f"{word} {visible(printed(cell))}, {where}", "dim")))
    hidden = _hidden(plot, view)
    return [*entries, *([line((f"{hidden} not drawable", "warning"))] if hidden else [])]


def _latest(series: Series, row: int) -> Value | None:
    """The value in a row, or the last before it where the writer left blanks."""
    while row in series.blanks and row:
        row -= 1
    return series.values[row]


def _hidden(plot: Plot, view: View) -> int:
    """How many numbers cannot be drawn: nan, infinities, extremes, and what is not above zero on a log axis."""
    numbers = [n for series in plot.series for n in judged.measured(series) if n is not None]
    return sum(not judged.drawable(n, log=view.log_y) for n in numbers)


def _curve_name(series: Series) -> str:
    if metrics.key(series.name) == metrics.LOSS:
        return "validation loss"
    return "training loss" if metrics.key(series.name) == metrics.TRAINING_LOSS else visible(series.name)


def _one_line(legend: list[Line], cells: int) -> Line:
    """The legend of a narrow pane: names and values only, in one line."""
    spans: list[Span] = []
    left = cells
    for entry in legend[1:]:
        if entry.spans[0][0].startswith(BEST):
            continue
        text = " ".join(" ".join(text for text, _ in entry.spans[1:]).split())
        if width(text) + 4 > left:
            spans.append(("…", "dim"))
            break
        spans += [entry.spans[0], (text + "  ", "")]
        left -= width(text) + 4
    return Line(tuple(joined(spans)))
