"""One metric of several runs on one pair of axes, or the difference of two → lines, with the legend beside them."""

from __future__ import annotations

from collections.abc import Sequence

from tui.judge.comparable import Run
from tui.render import chart
from tui.render.chart import BEST, Curve, fit
from tui.render.curves import MARGIN, STYLES, View, sentence
from tui.render.legend import NARROW, TALL, room, with_legend
from tui.render.line import Line, Span, line
from tui.render.panel import Entry, Panel, difference_panel, is_empty, runs_panel, why_empty
from tui.render.text import pad, width
from tui.render.tree import shorten
from tui.render.window import clipped, inside, points_inside, windowed

_WIDEST = 44
"""Cells of a legend beside its chart."""

_LEAST_NAME = 6
"""Cells below which a name in a legend of one line is left to its letter."""


def overlay_lines(
    runs: Sequence[Run], metric: str, view: View, cells: int, height: int, *, difference: bool
) -> list[Line]:
    """A curve a run, or what the second has more than the first; the row that a view reads is no matter here.

    Raises ValueError for the difference of other than two runs.
    """
    if not metric:
        return sentence("No training history in these runs.", cells)
    panel = difference_panel(runs, metric, view) if difference else runs_panel(runs, metric, view)
    return panel_lines(panel, view, cells, height)


def panel_lines(panel: Panel, view: View, cells: int, height: int) -> list[Line]:
    """A panel as a chart of `cells` × `height` cells, at the zoom of the view; a sentence where it has no curve."""
    if is_empty(panel):
        return sentence(why_empty(panel), cells)
    points = panel.points
    ys = [point[1] for point in points] + ([0.0] if panel.has_zero else [])
    x = windowed(fit([point[0] for point in points], log=panel.log_x), view.zoom, view.pan_x)
    y = fit(ys, log=panel.log_y, margin=MARGIN)
    curves = []
    if panel.has_zero and y.low <= 0 <= y.high:
        curves.append(Curve("dim", [[(x.low, 0.0), (x.high, 0.0)]]))
    for style, sign, entry in zip(_styles(panel), _signs(panel), panel.entries, strict=True):
        best = entry.best_point if entry.best_point and inside(entry.best_point, x, y) else None
        points = points_inside(entry.segments, x, y)
        curves.append(Curve(style, clipped(entry.segments, x, y), best, entry.letter, sign, points))
    # Beside a legend, a letter must not be read as part of it.
    apart = int(cells >= NARROW and any(curve.letter and curve.segments for curve in curves))

    def drawn(width: int, lines: int) -> list[Line]:
        return chart.draw(curves, x, y, width - apart, lines)

    return with_legend(_legend(panel, cells, height), panel.axis, drawn, cells, height)


def _styles(panel: Panel) -> list[str]:
    return [STYLES[index % len(STYLES)] for index in range(len(panel.entries))]


def _signs(panel: Panel) -> list[str]:
    count = sum(bool(entry.segments) for entry in panel.entries)
    return [chart.sign(index, count) for index in range(len(panel.entries))]


def _legend(panel: Panel, cells: int, height: int) -> list[Line]:
    """A heading, each curve with its last and its best value, then the notes; the best values give way first."""
    told = [entry for entry in panel.entries if entry.value]
    ends = list(dict.fromkeys(entry.place for entry in told))
    heading = line((f"last: {ends[0]}" if len(ends) == 1 else "last values", "dim"))
    names = _names(panel, cells, height, with_place=len(ends) > 1)
    longest = max(width(name) for name, entry in zip(names, panel.entries, strict=True) if entry.value or entry.missing)
    lines, best = [heading], []
    for style, sign, entry, name in zip(_styles(panel), _signs(panel), panel.entries, names, strict=True):
        if _low(cells, height) and not entry.value and not entry.missing:
            continue
        lines.append(
            _entry_line(
                entry,
                pad(name, longest),
                (f"{sign or chart.SAMPLE} ", style),
                with_place=len(ends) > 1 and not _low(cells, height),
            )
        )
        if entry.best:
            best.append(line((f"{BEST} ", style), (entry.best, "dim")))
            lines.append(best[-1])
    lines += [line(("· ", "dim"), (note, "")) for note in panel.notes]
    most = room(cells, height)
    if len(lines) > most and not _low(cells, height):
        lines = [entry for entry in lines if entry not in best]
    if len(lines) > most and not _low(cells, height):
        hidden = len(lines) - max(most - 1, 1)
        lines = [*lines[:-hidden], line((f"+ {hidden} lines", "dim"))]
    return lines


def _entry_line(entry: Entry, name: str, sample: Span, *, with_place: bool) -> Line:
    lead: Span = sample if entry.segments else ("  ", "dim")
    if entry.missing:
        return line(("× ", "dim"), f"{name}  ", (entry.missing, "dim"))
    place: Span = (f", {entry.place}" if with_place else "", "dim")
    return line(lead, f"{name}  ", (entry.value, "strong"), place) if entry.value else line(lead, name.rstrip())


def _names(panel: Panel, cells: int, height: int, *, with_place: bool) -> list[str]:
    """The letters and names of the curves in the cells that their values leave."""
    tails = [
        width(entry.missing or entry.value) + (width(entry.place) + 2 if with_place and entry.value else 0)
        for entry in panel.entries
    ]
    if _low(cells, height):
        share = cells // len(panel.entries) - 6
        tails = [width(entry.missing or entry.value) for entry in panel.entries]
    else:
        share = (min(cells // 2, _WIDEST) if cells >= NARROW else cells) - 4
    free = share - max(tails, default=0)
    names = [entry.name for entry in panel.entries]
    shown = []
    for index, entry in enumerate(panel.entries):
        lead = f"{entry.letter} " if entry.letter else ""
        left = free - len(lead)
        if lead and left < _LEAST_NAME:
            shown.append(entry.letter)
        else:
            shown.append(lead + shorten(entry.name, max(left, _LEAST_NAME), [*names[:index], *names[index + 1 :]]))
    return shown


def _low(cells: int, height: int) -> bool:
    """Whether the legend is one line."""
    return cells < NARROW and height < TALL
