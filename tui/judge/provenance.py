"""Which row of the training history the reported results are."""

from __future__ import annotations

from dataclasses import dataclass

from tui.cards.model import Card, NamedValue, Value
from tui.cards.values import equal
from tui.judge import metrics
from tui.judge.results import Standing


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the reported results come from."""

    row: int | None
    """Index of the row, None where none matches."""

    kinds: tuple[str, ...]
    """What the row is: ``last``, ``lowest-loss``, ``best:<metric>``, or ``other``; empty where there is no row."""

    differing: tuple[str, ...] = ()
    """Reported names whose values do not agree with the row."""


def provenance(card: Card, standings: tuple[Standing, ...]) -> Provenance | None:
    """The row that the reported results equal, the last of equal ones; None where there is nothing to compare.

    Where no row agrees in every reported value that has a column, the row that agrees in the loss and in more
    than half of the values is taken, and the rest is named.
    """
    columns = {metrics.key(column): index for index, column in reversed([*enumerate(card.history.columns)])}
    compared = [(result, columns[key]) for result in card.results if (key := metrics.key(result.name)) in columns]
    if not compared or not card.history.rows:
        return None
    nearest: Provenance | None = None
    for row in reversed(range(len(card.history.rows))):
        differing = [r.name for r, column in compared if not _same(r, card.history.cell(row, column))]
        if not differing:
            return Provenance(row, _kinds(row, card, standings))
        agreeing = len(compared) - len(differing)
        loss_agrees = any(metrics.key(r.name) == metrics.LOSS for r, _ in compared if r.name not in differing)
        if (
            loss_agrees
            and agreeing * 2 > len(compared)
            and (nearest is None or len(differing) < len(nearest.differing))
        ):
            nearest = Provenance(row, _kinds(row, card, standings), tuple(differing))
    return nearest or Provenance(None, ())


def _same(result: NamedValue, cell: Value | None) -> bool:
    if cell is None:
        return False
    if result.value.elements and len(result.value.elements) == len(cell.elements):
        return all(
            left == right and equal(a.raw, b.raw)
            for (left, a), (right, b) in zip(result.value.elements, cell.elements, strict=True)
        )
    return equal(result.value.raw, cell.raw)


def _kinds(row: int, card: Card, standings: tuple[Standing, ...]) -> tuple[str, ...]:
    kinds = ["last"] if row == len(card.history.rows) - 1 else []
    for standing in standings:
        if standing.best_row == row:
            is_loss = metrics.key(standing.metric) == metrics.LOSS
            kinds.append("lowest-loss" if is_loss else f"best:{standing.metric}")
    return tuple(kinds) or ("other",)
