"""The legend of a chart: beside it, above it where the pane is narrow, in one line where it is low too."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui.render.chart import BEST
from tui.render.line import BLANK, Line, Span, joined, line
from tui.render.text import cut, width

_WIDTH = 26
"""Cells of a legend beside its chart."""

NARROW = 76
"""A pane below this width has its legends above the charts."""

TALL = 14
"""Lines from which on a chart has room for a whole legend above it, instead of a single line."""


def with_legend(
    legend: Sequence[Line], axis: str, draw: Callable[[int, int], list[Line]], cells: int, height: int
) -> list[Line]:
    """A chart, drawn for the cells and lines that its legend leaves, and the legend, whose first line is a heading.

    The name of the x axis stands at the end of the chart's last line.
    """
    if cells < NARROW:
        above = [cut_line(entry, cells) for entry in legend] if height >= TALL else [_one_line(legend, cells)]
        return above + draw(cells, max(height - len(above), 4))
    beside = min(max(_WIDTH, *(entry.width for entry in legend)), cells // 2)
    chart = draw(cells - beside - 1, height)
    entries = [cut_line(entry, beside) for entry in legend]
    rows = [*entries[: height - 1], *[BLANK] * (height - 1 - len(entries)), line((axis, "dim"))]
    return [_beside(left, right, cells - beside - 1) for left, right in zip(chart, rows, strict=False)]


def room(cells: int, height: int) -> int:
    """The lines of a legend that fit: all but one beside a chart, half of them above it."""
    return height - 1 if cells >= NARROW else height // 2


def cut_line(entry: Line, cells: int) -> Line:
    """A line in at most `cells` cells."""
    if entry.width <= cells:
        return entry
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


def _one_line(legend: Sequence[Line], cells: int) -> Line:
    """The legend of a narrow pane in one line: warnings, then names and values only."""
    spans: list[Span] = []
    left = cells
    for entry in sorted(legend[1:], key=lambda entry: entry.spans[0][1] != "warning"):
        if entry.spans[0][0].startswith(BEST):
            continue
        text = " ".join(" ".join(text for text, _ in entry.spans[1:]).split())
        needed = width(entry.spans[0][0]) + width(text) + 2
        if needed > left:
            spans.append(("…", "dim"))
            break
        spans += [entry.spans[0], (text + "  ", "")]
        left -= needed
    return Line(tuple(joined(spans)))
