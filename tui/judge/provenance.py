"""Which row of the training history the reported results are."""

from __future__ import annotations

from dataclasses import dataclass

from tui.cards.model import Card, NamedValue, Value
from tui.cards.values import EPOCH_DECIMALS, equal, unbold
from tui.judge import metrics
from tui.judge.curves import all_series
from tui.judge.results import best_row_of


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the reported results come from."""

    row: int | None
    """Index of the row, None where none matches."""

    kinds: tuple[str, ...]
    """What the row is: ``last``, ``lowest-loss``, ``best:<metric>``, or ``other``; empty where there is no row."""

    differing: tuple[str, ...] = ()
    """Reported names whose values do not agree with the row."""


def provenance(card: Card) -> Provenance | None:
    """The row that the reported results equal, the last of equal ones; None where there is nothing to compare.

    Where no row agrees in every reported value that has a column, the row that agrees in the loss and in more
    than half of the values is taken, and the rest is named.
    """
    columns = {metrics.key(column): index for index, column in reversed([*enumerate(card.history.columns)])}
    compared = [(result, columns[key]) for result in card.results if (key := metrics.key(result.label)) in columns]
    if not compared or not card.history.rows:
        return None
    nearest: Provenance | None = None
    for row in reversed(range(len(card.history.rows))):
        differing = [r.label for r, column in compared if not _same(r, card.history.cell(row, column))]
        if not differing:
            return Provenance(row, _kinds(row, card))
        agreeing = len(compared) - len(differing)
        loss_agrees = any(metrics.key(r.name) == metrics.LOSS for r, _ in compared if r.label not in differing)
        is_nearer = nearest is None or len(differing) < len(nearest.differing)
        if loss_agrees and agreeing * 2 > len(compared) and is_nearer:
            nearest = Provenance(row, _kinds(row, card), tuple(differing))
    return nearest or Provenance(None, ())


def _same(result: NamedValue, cell: Value | None) -> bool:
    if cell is None:
        return False
    if result.value.elements and len(result.value.elements) == len(cell.elements):
        return all(
            left == right and equal(a.raw, b.raw)
            for (left, a), (right, b) in zip(result.value.elements, cell.elements, strict=True)
        )
    if metrics.key(result.name) == "epoch":
        return equal(unbold(result.value.raw), cell.raw, EPOCH_DECIMALS) or equal(unbold(result.value.raw), cell.raw)
    return equal(unbold(result.value.raw), cell.raw)


def _kinds(row: int, card: Card) -> tuple[str, ...]:
    """What the row is; it is a best row also where its value only equals the best one."""
    kinds = ["last"] if row == len(card.history.rows) - 1 else []
    for series in all_series(card.history):
        best = best_row_of(series)
        if best is not None and series.numbers[row] == series.numbers[best]:
            is_loss = metrics.key(series.name) == metrics.LOSS
            kinds.append("lowest-loss" if is_loss else f"best:{series.name}")
    return tuple(kinds) or ("other",)
