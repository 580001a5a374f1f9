"""The results of a card: each metric reported, best and last, and which row the report is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal

from tui.cards.model import Value
from tui.judge import curves
from tui.judge.finding import UNREAD_ROWS, is_share
from tui.judge.metrics import Direction
from tui.judge.provenance import saved_row, telling_kinds
from tui.judge.results import Standing, reported
from tui.render.line import Line, Span
from tui.render.parts import (
    NOTHING,
    Judged,
    few_elements,
    more_elements,
    pairs_lines,
    paragraph,
    row_place,
    value_span,
    value_text,
)
from tui.render.tables import Column, table
from tui.render.text import visible


def results(context: Judged) -> list[Line]:
    """Lists as printed, a line for each metric, and the sentence about the reported row."""
    if not context.verdict.standings:
        return []
    known = [one for one in context.verdict.standings if not (one.reported and one.reported.elements)]
    standings = few_elements(known, lambda standing: standing.metric)
    columns = _result_columns(context, standings) if context.card.history.rows else _plain_columns(context)
    lines = [*_result_lists(context), *(table(columns) if known else [])]
    if hidden := len(known) - len(standings):
        lines.append(more_elements(hidden))
    origin = _provenance(context)
    return [*lines, *paragraph([(origin, "")], context.cells)] if origin else lines


def _result_columns(context: Judged, standings: Sequence[Standing]) -> list[Column]:
    """Each metric's reported value beside its best and last."""
    return [
        Column("", [(visible(s.metric), "") for s in standings], numeric=False),
        Column("reported", [_reported_cell(s, context.cells) for s in standings]),
        Column("best", [_best_cell(s, context.cells) for s in standings]),
        *_when(context, standings),
        Column("short by", [_shortfall(s) for s in standings], numeric=False),
        Column("last", [_last_cell(s, context.cells) for s in standings]),
    ]


def _plain_columns(context: Judged) -> list[Column]:
    """The reported values of a card without a history."""
    known = [(name, value) for name, value in reported(context.card) if not value.elements]
    rows = few_elements(known, lambda row: row[0])
    return [
        Column("", [(visible(name), "") for name, _ in rows], numeric=False),
        Column("reported", [value_span(value, context.cells) for _, value in rows]),
    ]


def _result_lists(context: Judged) -> list[Line]:
    """The reported lists and mappings as they are printed; the table has their elements."""
    lists = [(visible(r.label), visible(r.value.raw)) for r in context.card.results if r.value.elements]
    return pairs_lines(lists, context.cells)


def _reported_cell(standing: Standing, cells: int | None) -> Span:
    text, style = value_span(standing.reported, cells)
    if standing.reported and standing.best and standing.shortfall is not None:
        style = "bad" if standing.shortfall else "good"
    return text, style


def _best_cell(standing: Standing, cells: int | None) -> Span:
    return value_span(None) if standing.best is None else (visible(value_text(standing.best, cells)), "good")


def _last_cell(standing: Standing, cells: int | None) -> Span:
    return (value_span(standing.last, cells)[0], "dim")


def _when(context: Judged, standings: Sequence[Standing]) -> list[Column]:
    """The epoch (or step, or row) of each best value, and how many there were."""
    card = context.card
    axis = curves.axes(card.history)[0]
    places = curves.positions(card.history, axis)
    column = card.history.column(axis)

    def place(row: int) -> str:
        if outside := curves.beside(card.history, row):
            return "end" if outside == curves.END else "start"
        cell = None if column is None else card.history.cell(row, column)
        return visible(value_text(cell, context.cells).removesuffix(".0")) if cell else str(row + 1)

    last = place(max((row for row, where in enumerate(places) if where is not None), default=len(places) - 1))
    cells = [NOTHING if s.best_row is None else f"{place(s.best_row)} / {last}" for s in standings]
    return [Column(f"at {axis}", [(cell, "dim" if cell == NOTHING else "") for cell in cells])]


def _shortfall(standing: Standing) -> Span:
    short = standing.shortfall
    shown = standing.reported
    if not short or not standing.best or not shown:
        return "", ""
    best = standing.best.number or 0.0
    arrow = "▼" if standing.direction is Direction.MAXIMIZE else "▲"
    if not math.isfinite(short):
        return f"{arrow} {visible(shown.raw)}", "bad"
    if is_share(standing.direction, standing.metric, (best, shown.number)):
        return f"{arrow} {significant(_difference(standing.best, shown))}", "bad"
    return (f"{arrow} {_percent(short / abs(best))}" if best else f"{arrow} {significant(short)}"), "bad"


def _difference(left: Value, right: Value) -> float:
    """The difference of two printed numbers, exact in their decimals."""
    try:
        return float(abs(Decimal(left.raw) - Decimal(right.raw)))
    except ArithmeticError:  # printed with signs that Decimal does not take
        return abs((left.number or 0.0) - (right.number or 0.0))


def _percent(share: float) -> str:
    if share < 0.0005:
        return f"{share * 100:.2g} %"
    return f"{share:.0%}".replace("%", " %") if share >= 0.1 else f"{share:.1%}".replace("%", " %")


def significant(number: float) -> str:
    """A derived figure in four significant digits."""
    return f"{number:.4g}"


def _provenance(context: Judged) -> str:
    """Which row the reported results are, and which one was saved where that is another."""
    found, saved = context.verdict.provenance, saved_row(context.card)
    reported_row = _reported_row(context)
    if saved is None or (found and found.row == saved):
        return reported_row
    history = context.card.history
    kept = f"The saved checkpoint is row {saved + 1} of {len(history.rows)} ({row_place(history, saved)})."
    return f"{reported_row} {kept}".lstrip()


def _reported_row(context: Judged) -> str:
    found, card = context.verdict.provenance, context.card
    if found is None:
        return ""
    if found.row is None:
        if any(problem.code in UNREAD_ROWS for problem in card.problems):
            return "No row that could be read matches the reported results; some could not be."
        return "The reported results match no row: evaluated separately, or another checkpoint."
    names = {
        "last": "the last row",
        "lowest-loss": "the lowest loss",
        "other": "neither the last row nor a best one",
    }
    kinds = telling_kinds(found, context.verdict.series)
    phrases = [names[kind] for kind in kinds if kind in names]
    bests = [visible(kind.partition(":")[2]) for kind in kinds if kind.startswith("best:")]
    phrases += [f"best {', '.join(bests)}"] if bests else []
    row = f"row {found.row + 1} of {len(card.history.rows)} ({row_place(card.history, found.row)})"
    differing = ", ".join(visible(name) for name in found.differing)
    rest = f" Not in agreement with it: {differing}." if differing else ""
    rest += f" All are given × {found.times}." if found.times > 1 else ""
    return f"The reported results are {row}: {'; '.join(phrases)}.{rest}"
