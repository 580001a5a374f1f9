"""Rows of cells → aligned lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from tui.render.line import Line, Shape, Span, joined, trimmed
from tui.render.text import align, pad, width

GAP = 2
"""Cells between two columns."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its heading and its cells, all visible text."""

    heading: str
    cells: Sequence[Span]
    numeric: bool = True
    """Whether the cells stand with their decimal points in one column, rather than left."""


def table(columns: Sequence[Column], *, indent: int = 2, fixed_columns: int = 1) -> list[Line]:
    """A header line and one line a row; the first `fixed_columns` stay in place when it is panned.

    Where no column has a heading there is no header line.
    """
    laid = [_lay_out(column) for column in columns]
    edges = list(accumulate((size + GAP for size, _, _ in laid), initial=indent))
    shape = Shape(edges[-1] - GAP, edges[fixed_columns], tuple(edges[:-1]))
    lines: list[Line] = []
    head: Line | None = None
    first = -1 if any(column.heading for column in columns) else 0
    for row in range(first, len(columns[0].cells) if columns else 0):
        spans: list[Span] = [(" " * indent, "")]
        for size, heading, cells in laid:
            text, style = (heading, "label") if row < 0 else cells[row]
            spans.append((pad(text, size + GAP), style))
        lines.append(Line(tuple(joined(trimmed(spans))), table=shape, head=head))
        head = lines[0] if first < 0 else None
    return lines


def _lay_out(column: Column) -> tuple[int, str, list[Span]]:
    """(width, heading, cells) of a column, numbers aligned under a heading that is set to their right."""
    texts = [text for text, _ in column.cells]
    if column.numeric:
        texts = align(texts)
    size = max([width(column.heading), *map(width, texts)])
    if column.numeric:
        slack = size - max(map(width, texts), default=0)
        texts = [" " * slack + text for text in texts]
        heading = " " * (size - width(column.heading)) + column.heading
    else:
        heading = column.heading
    cells = [(text, style) for text, (_, style) in zip(texts, column.cells, strict=True)]
    return size, heading, cells


def grid(
    pairs: Sequence[tuple[str, str]], cells: int | None, *, indent: int = 2, names: int | None = None
) -> list[Line]:
    """Names and values side by side in as many columns as fit in `cells` cells (None: one).

    The names take `names` cells where that is given.
    """
    names = names or max(width(name) for name, _ in pairs)
    values = max(width(value) for _, value in pairs)
    count = 1 if cells is None else max(1, (cells - indent + 3) // (names + values + 5))
    height = -(-len(pairs) // count)
    lines = []
    for row in range(height):
        spans: list[Span] = [(" " * indent, "")]
        for name, value in pairs[row::height]:
            spans += [(pad(name, names + 2), "label"), (pad(value, values + 3), "")]
        lines.append(Line(tuple(joined(trimmed(spans)))))
    return lines
