"""Rows whose cells stand in another order than the header says, as after a training that was resumed.

The Trainer takes the header of its table from the first row. A run that is resumed reads its log back with sorted
keys, so that the header is alphabetical (``Accuracy``, ``Validation Loss``), while the rows that it adds have the order
of the evaluation, that of the reported results (``Loss``, ``Accuracy``). Nothing in the table says where that begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tui.cards.model import History, NamedValue, Problem, Row

_NEARER = 0.5
"""A row belongs to the other order when that brings it this much nearer to the row before."""

_SAME = 0.0001
"""Rows nearer than this are the same but for their rounding."""


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
    if columns[start : start + 1] == ("Validation Loss",):  # as in nearly every table: not the alphabet's order
        return None
    header = [metric_key(column) for column in columns[start:]]
    report = [metric_key(result.name) for result in results if metric_key(result.name) in header]
    if header[:1] == ["loss"] or header != sorted(header) or sorted(report) != header or report == header:
        return None
    return start, header, report


def metric_key(name: str) -> str:
    """The key under which the Trainer logs what it prints as `name`."""
    return name.casefold().replace(" ", "_").removeprefix("validation_").removeprefix("eval_")


def _first_reordered(
    history: History, start: int, header: list[str], report: list[str], results: Sequence[NamedValue]
) -> int | None:
    """The first row that is much nearer to the one before it in the report's order than in the header's.

    Only where the report itself speaks for it: it is no row as the header has them, and much nearer to the last one in
    its own order.
    """
    wanted = {metric_key(result.name): result.value.number for result in results}
    goal = {name: number for name in header if (number := wanted[name]) is not None}
    rows = [(_by_name(row, start, header), _by_name(row, start, report)) for row in history.rows]
    whole = [pair for pair in rows if pair[0] and pair[1]]
    if len(goal) < len(header) or not whole or any(_distance(named, goal) < _SAME for named, _ in whole if named):
        return None
    if not _is_nearer(whole[-1], goal):
        return None
    before = rows[0][0]
    for index, pair in enumerate(rows[1:], 1):
        if before and _is_nearer(pair, before):
            return index
        before = pair[0] or before
    return None


def _is_nearer(pair: tuple[dict[str, float] | None, dict[str, float] | None], goal: dict[str, float]) -> bool:
    """Whether a row is much nearer to a goal in the report's order than in the header's."""
    named, other = pair
    return bool(named and other) and _distance(other or {}, goal) < _distance(named or {}, goal) * _NEARER


def _by_name(row: Row, start: int, names: list[str]) -> dict[str, float] | None:
    """The row's numbers by metric; None where one is missing."""
    cells = row.cells[start:]
    numbers = [cell.number for cell in cells if cell.number is not None]
    return dict(zip(names, numbers, strict=True)) if len(cells) == len(names) == len(numbers) else None


def _distance(left: dict[str, float], right: dict[str, float]) -> float:
    """How far two rows are from each other: the largest difference, each as a share of both numbers."""
    return max(abs(left[name] - right[name]) / (abs(left[name]) + abs(right[name]) or 1.0) for name in left)
