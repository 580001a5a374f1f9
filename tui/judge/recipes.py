"""Nearest recipes: runs with the same base model and dataset that differ in a few settings only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tui.cards.model import Card, Value
from tui.cards.values import unbold
from tui.judge import metrics
from tui.judge.comparable import Run, obstacle, plain_dataset, same_dataset
from tui.judge.comparison import Cell, Row, Section, compare_settings


@dataclass(frozen=True, slots=True)
class Recipe:
    """Another run that differs in a few settings only."""

    run: Run
    changes: tuple[str, ...]
    """Each as ``learning_rate 2e-05 → 5e-05``."""

    effect: str
    """What became of the headline metric: ``F1 +0.012``; empty where the two do not compare."""


def nearest_recipes(run: Run, others: Iterable[Run], most: int = 3) -> list[Recipe]:
    """The runs with the same base model and dataset that differ in one to `most` settings, fewest first."""
    found: list[tuple[int, Recipe]] = []
    for other in others:
        if other.card is run.card or not _same_ground(run.card, other.card):
            continue
        rows = [row for row in compare_settings([run, other]) if row.section is Section.SETTINGS and row.differs]
        rows = [row for row in rows if row.name != "total_train_batch_size" or not _is_implied(row)]
        if 0 < len(rows) <= most:
            changes = tuple(f"{row.name} {_text(row.cells[0])} → {_text(row.cells[1])}" for row in rows)
            found.append((len(rows), Recipe(other, changes, _effect(run, other))))
    return [recipe for _, recipe in sorted(found, key=lambda pair: pair[0])]


def _is_implied(row: Row) -> bool:
    return any(cell is not None and cell.note for cell in row.cells)


def _text(cell: Cell | None) -> str:
    return cell.text if cell else "–"


def _same_ground(left: Card, right: Card) -> bool:
    same_base = (left.base_model, left.from_scratch) == (right.base_model, right.from_scratch)
    return same_base and same_dataset(plain_dataset(left), plain_dataset(right))


def _effect(run: Run, other: Run) -> str:
    head = run.verdict.headline
    if head is None or obstacle([run, other]):
        return ""
    reported = [
        next((s.reported for s in r.verdict.standings if metrics.key(s.metric) == metrics.key(head.metric)), None)
        for r in (run, other)
    ]
    before, after = reported
    if before is None or after is None or before.number is None or after.number is None:
        return ""
    return f"{head.metric} {signed(before, after)}"


def signed(before: Value, after: Value) -> str:
    """The difference of two printed numbers with its sign, exact in their decimals.

    >>> signed(parse("0.55"), parse("0.7648")), signed(parse("0.7648"), parse("0.55"))
    ('+0.2148', '-0.2148')
    """
    places = max(
        len(unbold(v.raw).partition(".")[2]) if v.raw.replace(".", "").isdigit() else 4 for v in (before, after)
    )
    return f"{(after.number or 0.0) - (before.number or 0.0):+.{min(places, 6)}f}"
