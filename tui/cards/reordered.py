"""Rows whose cells stand in another order than the header says, as after a training that was resumed.

The Trainer takes the header of its table from the first row. A run that is resumed reads its log back with sorted
keys, so that the header is alphabetical (``Accuracy``, ``Validation Loss``), while the rows that it adds have the order
of the evaluation, that of the reported results (``Loss``, ``Accuracy``). Nothing in the table says where that begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tui.cards.model import History, NamedValue, Problem, Row
from tui.cards.values import equal

_NEARER = 0.5
"""A row belongs to the other order when that brings it this much nearer to the row before."""

_FAR = 0.2
"""The distance from the row before that shows it without a reported row as a witness; 1 is as far as 1 is from 0."""


def with_doubts(history: History, results: Sequence[NamedValue]) -> tuple[History, list[Problem]]:
    """The history with its reordered rows marked as unsure, and the problem that says so."""
    order = _orders(history.columns, results)
    first = _first_reordered(history, *order, results) if order else None
    if first is None:
        return history, []
    rows = (*history.rows[:first], *(replace(row, unsure=True) for row in history.rows[first:]))
    message = (
        "from this row on the cells stand in another order than the header, as after a resumed training; they are shown"
        " and not judged"
    )
    return replace(history, rows=rows), [Problem("reordered-row", history.rows[first].line, message)]


def _orders(columns: Sequence[str], results: Sequence[NamedValue]) -> tuple[int, list[str], list[str]] | None:
    """(first evaluated column, the header's metrics, the report's), where those are two orders of the same."""
    if "Step" not in columns or "Validation Loss" not in columns:
        return None
    start = columns.index("Step") + 1
    header = [_metric(column) for column in columns[start:]]
    report = [_metric(result.name) for result in results if _metric(result.name) in header]
    if header[0] == "loss" or header != sorted(header) or sorted(report) != header or report == header:
        return None
    return start, header, report


def _metric(name: str) -> str:
    """The key under which the Trainer logs what it prints as `name`."""
    return name.casefold().replace(" ", "_").removeprefix("validation_").removeprefix("eval_")


def _first_reordered(
    history: History, start: int, header: list[str], report: list[str], results: Sequence[NamedValue]
) -> int | None:
    """The first row that is much nearer to the one before it in the report's order than in the header's."""
    wanted = {_metric(result.name): result.value.raw for result in results}
    before = _by_name(history.rows[0], start, header) if history.rows else None
    for index, row in enumerate(history.rows[1:], 1):
        named, other = _by_name(row, start, header), _by_name(row, start, report)
        if before and named and other:
            far, near = _distance(named, before), _distance(other, before)
            if near < far * _NEARER and (far > _FAR or _has_witness(history.rows[index:], start, report, wanted)):
                return index
        before = named or before
    return None


def _by_name(row: Row, start: int, names: list[str]) -> dict[str, float] | None:
    """The row's numbers by metric; None where one is missing."""
    cells = row.cells[start:]
    numbers = [cell.number for cell in cells if cell.number is not None]
    return dict(zip(names, numbers, strict=True)) if len(cells) == len(names) == len(numbers) else None


def _distance(left: dict[str, float], right: dict[str, float]) -> float:
    """How far two rows are from each other: the largest difference, each as a share of both numbers."""
    return max(abs(left[name] - right[name]) / (abs(left[name]) + abs(right[name]) or 1.0) for name in left)


def _has_witness(rows: Sequence[Row], start: int, report: list[str], wanted: dict[str, str]) -> bool:
    """Whether one of the rows is the reported one, read in the report's order."""
    return any(
        all(equal(cell.raw, wanted[name]) for name, cell in zip(report, row.cells[start:], strict=False))
        for row in rows
        if len(row.cells) == start + len(report)
    )
