"""The training history of a card as a table."""

from __future__ import annotations

from dataclasses import replace

from tui.cards.model import Row, Value
from tui.judge import curves
from tui.render.chart import BEST
from tui.render.line import Line, Span, joined, line
from tui.render.parts import Judged, few_elements, value_span, value_text
from tui.render.tables import Column, table
from tui.render.text import cut, visible

WIDEST_CELL = 44
"""Cells of a history cell that is no number, in a pane; the elements of lists have columns of their own."""


def history_lines(context: Judged) -> list[Line]:
    """The cells as printed, then the elements of lists as columns of their own.

    In a pane they have their marks, and numbers with all their digits six of them.
    """
    card, cells = context.card, context.cells
    history = card.history
    if not history.columns:
        return []
    if not history.rows:
        return [line(("  The table has a header and no rows.", "dim"))]
    best = {} if cells is None else _best_cells(context)
    columns = [
        Column(visible(name), [_history_cell(row, i, best, r, cells) for r, row in enumerate(history.rows)])
        for i, name in enumerate(history.columns)
    ]
    longest = max(len(row.cells) for row in history.rows)
    for i in range(len(columns), longest):  # cells behind the last column
        cells_behind = [_history_cell(row, i, best, r, cells) for r, row in enumerate(history.rows)]
        columns.append(Column("", cells_behind))
    for series in few_elements(curves.all_series(history, context.verdict.rules), lambda series: series.name):
        if series.name != (curves.reported_name(history.columns[series.column]) or series.name):
            row = series.best_row if best else None
            elements = [_element(v, r == row, cells) for r, v in enumerate(series.values)]
            columns.append(Column(visible(series.name), elements))
    fixed = next((i + 1 for i, name in enumerate(history.columns[:3]) if name == "Step"), 0)
    lines = table(columns, fixed_columns=fixed)
    for index, found in enumerate(history.rows, len(lines) - len(history.rows)):
        lines[index] = replace(lines[index], source=found.line)
    for row, mark in _row_marks(context).items():
        place = row - len(history.rows)  # from the end: there may be no header line
        lines[place] = _with_mark(lines[place], mark)
    return lines


def _row_marks(context: Judged) -> dict[int, Span]:
    """Row → the mark before it in a pane: ``×`` where its cells are not sure, ``▸`` for the reported one."""
    if context.cells is None:
        return {}
    history, provenance = context.card.history, context.verdict.provenance
    width_of_header = len(history.columns)
    doubtful = (row for row, found in enumerate(history.rows) if found.unsure or len(found.cells) != width_of_header)
    marks = dict.fromkeys(doubtful, ("× ", "error"))
    if provenance and provenance.row is not None:
        marks[provenance.row] = ("▸ ", "accent")
    return marks


def _best_cells(context: Judged) -> dict[int, set[int]]:
    """Column → rows that hold the best number of the column or of one of its elements."""
    found: dict[int, set[int]] = {}
    for series in curves.all_series(context.card.history, context.verdict.rules):
        if (row := series.best_row) is not None:
            found.setdefault(series.column, set()).add(row)
    return found


def _history_cell(row: Row, column: int, best: dict[int, set[int]], index: int, cells: int | None) -> Span:
    if column >= len(row.cells):
        return "", ""
    value = row.cells[column]
    text = visible(value_text(value, cells))
    if cells is not None and value.number is None:
        text = cut(text, WIDEST_CELL)
    if index in best.get(column, ()):
        return f"{text} {BEST}", "good"
    return text, "" if value.logged else "dim"


def _element(value: Value | None, is_best: bool, cells: int | None) -> Span:
    text, style = value_span(value, cells)
    return (f"{text} {BEST}", "good") if is_best else (text, style)


def _with_mark(row: Line, mark: Span) -> Line:
    """A row with a mark before it."""
    (text, style), *rest = row.spans or (("", ""),)  # none where all cells are empty
    return replace(row, spans=tuple(joined([mark, (text[2:], style), *rest])))
