"""The curves of a run → the lines of the curves pane: charts with their legends beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tui.cards.model import History, Value
from tui.judge import curves as judged
from tui.judge import metrics
from tui.judge.curves import Plot, Series
from tui.judge.metrics import Direction
from tui.judge.numbers import printed
from tui.render.chart import BEST, SAMPLE, Axis, Curve, Point, draw, fit, sign
from tui.render.legend import with_legend
from tui.render.line import BLANK, Line, joined, line, wrap_spans
from tui.render.parts import few_elements, row_place
from tui.render.text import cut, pad, visible, width
from tui.render.window import clipped, inside, points_inside, shifted, windowed

_CHART_HEIGHT = 17
"""Lines from which on a pane is given another chart."""

MARGIN = 0.04
"""Share of the y axis above and below the curves."""

STYLES = ("series-1", "series-2", "series-3", "series-4", "series-5", "series-6")
"""The styles of a chart's curves, used again where there are more of them."""


@dataclass(frozen=True, slots=True)
class View:
    """How the curves of a run are looked at."""

    axis: str = "epoch"
    log_x: bool = False
    log_y: bool = False
    cursor: int | None = None
    """The row whose values are read, None where none is."""

    zoom: float = 1.0
    """1 shows the whole x axis, 2 half of it, and so on; the y axis is that of what is shown."""

    pan_x: float = 0.0
    """The shift of the window from the middle of the x axis, as a share of this."""

    pan_y: float = 0.0
    """The shift of the window from what is shown, as a share of the window."""

    def moved(self, dx: float, dy: float) -> View:
        """The view panned by a share of the window, but not beyond the data, and up and down by half a window."""
        limit = (1 - 1 / self.zoom) / 2
        half = 0.5 if self.zoom > 1 else 0.0
        x, y = self.pan_x + dx / self.zoom, self.pan_y + dy
        return replace(self, pan_x=min(max(x, -limit), limit), pan_y=min(max(y, -half), half))

    def zoomed(self, factor: float) -> View:
        """The view zoomed by a factor, between 1 and 256 times."""
        return replace(self, zoom=min(max(self.zoom * factor, 1.0), 256.0), pan_y=0.0).moved(0, 0)


def centred(history: History, plot: Plot, view: View) -> View:
    """The view with the row that is read in its middle; as it was where none is, or one without a place."""
    row = view.cursor
    xs = judged.positions(history, view.axis)
    if row is None or row >= len(xs) or (place := xs[row]) is None or not judged.drawable(place, log=view.log_x):
        return view
    drawn = (judged.segments(xs, series, log_x=view.log_x, log_y=view.log_y) for series in plot.series)
    x = fit([point[0] for segments in drawn for segment in segments for point in segment], log=view.log_x)
    low, high = x.at(x.low), x.at(x.high)
    return replace(view, pan_x=(x.at(place) - low) / (high - low) - 0.5).moved(0, 0)


def chart_count(plots: int, height: int) -> int:
    """How many charts fit above one another."""
    return max(1, min(plots, height // _CHART_HEIGHT))


def render(history: History, plots: Sequence[Plot], view: View, cells: int, height: int) -> list[Line]:
    """The plots above one another in `cells` × `height` cells; the first gets what is left over."""
    if not history.rows or not plots:
        return sentence(_nothing(history), cells)
    each, spare = divmod(height, len(plots))
    lines: list[Line] = []
    for index, plot in enumerate(plots):
        rows = each + (spare if index == 0 else 0)
        titled = len(plots) > 1
        block = [line((cut(visible(plot.title), cells), "heading"))] if titled else []
        block += _chart(history, plot, view, cells, rows - len(block))
        lines += [*block, *[BLANK] * (rows - len(block))]
    return lines


def sentence(text: str, cells: int) -> list[Line]:
    """What stands where there is nothing to draw."""
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
    whole = [judged.segments(xs, s, log_x=view.log_x, log_y=view.log_y) for s in series]
    points = [point for segments in whole for segment in segments for point in segment]
    if not points:
        return sentence(_why_empty(history, plot, view), cells)
    x = windowed(fit([p[0] for p in points], log=view.log_x), view.zoom, view.pan_x)
    y, drawn = _seen(whole, x, view)
    curves = [
        Curve(
            STYLES[i % len(STYLES)],
            segments,
            _best(series[i], xs, x, y),
            sign=sign(i, len(series)),
            points=points_inside(whole[i], x, y),
        )
        for i, segments in enumerate(drawn)
    ]
    cursor = xs[view.cursor] if view.cursor is not None and view.cursor < len(xs) else None
    if cursor is not None and not x.span[0] <= cursor <= x.span[1]:
        cursor = None
    legend = _legend(history, replace(plot, series=tuple(series)), view)
    notes = _notes(history, xs, series, view)
    if not any(drawn):
        notes.append(line(("no values in this part", "warning")))
    if len(legend) + len(notes) > height // 2:
        hidden = len(legend) + len(notes) - max(height // 2 - 1, 1)
        legend = [*legend[:-hidden], line((f"+ {hidden} lines: z, or m to pick", "dim"))]
    legend += notes

    def chart(width: int, lines: int) -> list[Line]:
        return draw(curves, x, y, width, lines, cursor=cursor)

    return with_legend(legend, view.axis, chart, cells, height)


def _seen(
    whole: Sequence[Sequence[Sequence[Point]]], x: Axis, view: View
) -> tuple[Axis, list[Sequence[Sequence[Point]]]]:
    """The y axis of what curves have in a window of the x axis, and the parts of the curves."""
    y = fit([point[1] for curve in whole for segment in curve for point in segment], log=view.log_y, margin=MARGIN)
    parts = [clipped(curve, x, y) for curve in whole]
    if view.zoom <= 1 or not any(parts):
        return y, parts
    y = fit([point[1] for curve in parts for segment in curve for point in segment], log=view.log_y, margin=MARGIN)
    y = shifted(y, view.pan_y)
    return y, [clipped(curve, x, y) for curve in parts]


def _why_empty(history: History, plot: Plot, view: View) -> str:
    if where := judged.measured_beside(history, plot.series):
        return f"{visible(plot.title)}: measured at {where} only, which has no place on the axis."
    if view.log_x or view.log_y:
        return f"{visible(plot.title)}: no values above zero to draw on a log axis."
    return f"{visible(plot.title)}: no finite values to draw."


def _best(series: Series, xs: Sequence[float | None], x: Axis, y: Axis) -> tuple[float, float] | None:
    row = series.best_row
    if row is None or (place := xs[row]) is None or (number := series.numbers[row]) is None:
        return None
    return (place, number) if judged.drawable(number) and inside((place, number), x, y) else None


def _legend(history: History, plot: Plot, view: View) -> list[Line]:
    """A name and a value for each curve: at the cursor, else the last; then where the best is."""
    xs = judged.positions(history, view.axis)
    placed = max((r for r, x in enumerate(xs) if x is not None), default=len(xs) - 1)
    row = placed if view.cursor is None else min(view.cursor, len(xs) - 1)
    place = row_place(history, row)
    entries = [line((place if view.cursor is not None else f"last: {place}", "dim"))]
    names = [curve_name(series.name) for series in plot.series]
    longest = min(max(map(width, names)), 22)
    for index, (series, name) in enumerate(zip(plot.series, names, strict=True)):
        value = series.values[row] if view.cursor is not None else _latest(series, row)
        is_short = history.rows[row].unsure or len(history.rows[row].cells) != len(history.columns)
        text = visible(printed(value)) if value else "row not readable" if is_short else "not logged"
        style = STYLES[index % len(STYLES)]
        entries.append(
            line(
                (f"{sign(index, len(names)) or SAMPLE} ", style),
                pad(cut(name, longest), longest + 2),
                (text, "strong" if value else "dim"),
            )
        )
        best = series.best_row
        if best is not None and (cell := series.values[best]):
            word = "lowest" if series.direction is Direction.MINIMIZE else "highest"
            told = f"{word} {visible(printed(cell))}, {_where(history, best)}"
            entries.append(line((f"{BEST} ", style), (told, "dim")))
    return entries


def not_drawn(place: str) -> str:
    """That an evaluation before or after the training has no place in a chart."""
    return f"{place} is not drawn"


def _notes(history: History, xs: Sequence[float | None], series: Sequence[Series], view: View) -> list[Line]:
    """What is not in the chart."""
    where = judged.measured_beside(history, series)
    notes = [line((not_drawn(where), "warning"))] if where else []
    hidden = [row for one in series for row in judged.left_out(xs, one, log_x=view.log_x, log_y=view.log_y)]
    if not hidden:
        return notes
    rows = {row for row in hidden if (place := xs[row]) is None or not judged.drawable(place, log=view.log_x)}
    where = f": {_where(history, *rows)}" if len(rows) == 1 and rows == set(hidden) else ""
    return [*notes, line((f"{len(hidden)} not drawable{where}", "warning"))]


def _where(history: History, row: int) -> str:
    """Where a row lies, in short: ``epoch 14``."""
    return row_place(history, row).partition(",")[0].removeprefix("the ")


def _latest(series: Series, row: int) -> Value | None:
    """The value in a row, or the last before it where the writer left blanks."""
    while row in series.blanks and row:
        row -= 1
    return series.values[row]


def curve_name(metric: str) -> str:
    """What a curve is called: the two losses by what they are measured on."""
    if metrics.key(metric) == metrics.LOSS:
        return "validation loss"
    return "training loss" if metrics.key(metric) == metrics.TRAINING_LOSS else visible(metric)
