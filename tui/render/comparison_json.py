"""A comparison → the object of ``docs/diff.schema.json``, of plain values that JSON has."""

from __future__ import annotations

import math

from tui.cards.model import Json
from tui.judge.comparison import Cell, Comparison, Row

SCHEMA = 1
"""The number of the schema: a field that changes its meaning makes another one."""


def comparison_json(comparison: Comparison) -> dict[str, Json]:
    """The comparison as an object whose keys are all there: every row, those that do not differ included.

    Numbers are null where the text is none, and for nan and infinities, which JSON does not have.
    """
    return {
        "schema": SCHEMA,
        "runs": [{"path": run.card.path, "name": run.name} for run in comparison.runs],
        "comparable": not comparison.obstacle,
        "reason": comparison.obstacle or None,
        "verdict": comparison.verdict,
        "which": comparison.which.value,
        "differs": comparison.differs,
        "rows": [_row(row) for row in comparison.rows],
    }


def _row(row: Row) -> dict[str, Json]:
    delta = _finite(row.delta) if len(row.cells) == 2 else None
    before = row.cells[0].number if row.cells[0] else None
    return {
        "section": row.section.name.casefold(),
        "name": row.name,
        "values": [_value(cell) for cell in row.cells],
        "differs": row.differs,
        "delta": delta,
        "relative": _finite(delta / abs(before)) if delta is not None and before else None,
        "direction": row.direction.value,
        "best": [*sorted(row.best)],
    }


def _value(cell: Cell | None) -> Json:
    return {"raw": cell.text, "number": _finite(cell.number), "note": cell.note or None} if cell else None


def _finite(number: float | None) -> float | None:
    return number if number is not None and math.isfinite(number) else None
