"""Rows of a list of cards → what is printed: lines for people, tables to paste, and data for programs."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from tui.cards.model import Json, Value
from tui.judge.facts import ESTIMATE
from tui.judge.query import keys_of, number_of
from tui.render import latex_text, markdown_text
from tui.render.csv_text import record
from tui.render.json_text import json_text
from tui.render.line import Line, Span
from tui.render.tables import GAP, Column, table
from tui.render.text import align, cut, visible, width
from tui.render.tree import shorten

Row = Sequence[Value | None]
"""A cell for each heading; None where the card has none."""

CODES = frozenset({"findings", "problems"})
"""Columns whose cells are codes with blanks between."""

_STYLES = {"name": "strong", "path": "dim"}

_READABLE = 16
"""Cells that a column of texts keeps, however narrow the terminal is."""

_ALWAYS_NUMERIC = frozenset({"value", "headline"})


def list_lines(headings: Sequence[str], rows: Sequence[Row], cells: int | None = None) -> list[Line]:
    """An aligned table for people; its texts are shortened as far as `cells` cells demand and leave them readable."""
    columns = [_column(heading, [row[at] for row in rows]) for at, heading in enumerate(headings)]
    if cells is not None:
        most = _widest(columns, cells)
        columns = [column if column.numeric else _shortened(column, most) for column in columns]
    return table(columns, indent=0)


def _column(heading: str, cells: Sequence[Value | None]) -> Column:
    style = _STYLES.get(heading.casefold(), "")
    spans = [(visible(_shown(heading, cell)), style) for cell in cells]
    return Column(visible(heading), spans, numeric=heading.casefold() in _ALWAYS_NUMERIC or _is_numeric(cells))


def _widest(columns: Sequence[Column], cells: int) -> int:
    """The cells that a column of texts may take so that all of them fit, but never fewer than are of use."""
    sizes = [max([width(column.heading), *map(width, _laid_out(column))]) for column in columns]
    texts = [size for size, column in zip(sizes, columns, strict=True) if not column.numeric]
    room = cells - GAP * (len(columns) - 1) - (sum(sizes) - sum(texts))
    most = max(texts, default=0)
    while most > _READABLE and sum(min(size, most) for size in texts) > room:
        most -= 1
    return most


def _laid_out(column: Column) -> list[str]:
    texts = [text for text, _ in column.cells]
    return align(texts) if column.numeric else texts


def _shortened(column: Column, most: int) -> Column:
    """The column with texts of at most so many cells, cut so that neighbours can be told apart."""
    texts = [text for text, _ in column.cells]
    spans: list[Span] = []
    for row, (text, style) in enumerate(column.cells):
        if column.heading.casefold() in CODES:
            spans.append((cut(text, most), style))
        else:
            spans.append((shorten(text, most, [*texts[max(row - 1, 0) : row], *texts[row + 1 : row + 2]]), style))
    return Column(column.heading, spans, numeric=False)


def _is_numeric(cells: Iterable[Value | None]) -> bool:
    """Whether there is a number, and nothing but numbers."""
    numbers = [cell.number is not None for cell in cells if cell and cell.logged]
    return bool(numbers) and all(numbers)


def csv_lines(headings: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """CSV, the values as printed on the cards."""
    return map(record, chain([headings], (_texts(row) for row in rows)))


def markdown_lines(headings: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """A table of Markdown."""
    return iter(markdown_text.table(headings, [_shown_row(headings, row) for row in rows]))


def latex_lines(headings: Sequence[str], rows: Sequence[Row]) -> Iterator[str]:
    r"""A table environment of LaTeX; the document that it is put into needs ``\usepackage{booktabs}``, and no more."""
    sides = ["r" if _is_numeric(row[at] for row in rows) else "l" for at in range(len(headings))]
    yield from (
        r"\begin{table}[htbp]",
        r"\centering",
        rf"\begin{{tabular}}{{{''.join(sides)}}}",
        r"\toprule",
        _latex_row(headings),
        r"\midrule",
        *(_latex_row(_shown_row(headings, row)) for row in rows),
        r"\bottomrule",
        r"\end{tabular}",
        r"\end{table}",
    )


def _latex_row(cells: Iterable[str]) -> str:
    return rf"{' & '.join(map(latex_text.escaped, cells))} \\"


def json_lines(headings: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """An object a line, its keys the headings; numbers as numbers, of a percentage the share."""
    for row in rows:
        yield json_text({heading: _json(heading, cell) for heading, cell in zip(headings, row, strict=True)})


def json_array(headings: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """The objects in one array."""
    objects = list(json_lines(headings, rows))
    yield "[" if objects else "[]"
    yield from (f"  {one}," for one in objects[:-1])
    yield from (f"  {one}\n]" for one in objects[-1:])


def _json(heading: str, cell: Value | None) -> Json:
    if heading.casefold() in CODES:
        return cell.raw.split() if cell else []
    if cell is None:
        return None
    number = number_of(cell)
    if number is None:
        return cell.raw
    return number if math.isfinite(number) else None


def _shown_row(headings: Sequence[str], row: Row) -> list[str]:
    return [_shown(heading, cell) for heading, cell in zip(headings, row, strict=True)]


def _shown(heading: str, cell: Value | None) -> str:
    """A cell as people read it: estimates are marked."""
    if cell is None:
        return ""
    return f"≈ {cell.raw}" if keys_of(heading)[-1].startswith(ESTIMATE) else cell.raw


def _texts(row: Row) -> list[str]:
    return [cell.raw if cell else "" for cell in row]
