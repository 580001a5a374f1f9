"""Nearest recipes: runs with the same base model and dataset that differ in a few settings only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tui.judge import metrics
from tui.judge.comparable import Run, obstacle, plain_dataset, same_dataset
from tui.judge.comparison import Cell, Row, Section, compare, compare_settings
from tui.judge.difference import signed


@dataclass(frozen=True, slots=True)
class Recipe:
    """Another run that differs in a few settings only."""

    run: Run
    changes: tuple[str, ...]
    """Each as ``learning_rate 2e-05 → 5e-05``; none where the settings are the same."""

    effect: str
    """What became of the headline metric: ``F1 +0.012``; empty where it is the same or the two do not compare."""


def nearest_recipes(run: Run, others: Iterable[Run], most: int = 3) -> list[Recipe]:
    """The runs with the same base model and dataset that differ in at most `most` settings, fewest first.

    A card that tells no settings is near to none.
    """
    if not run.card.hyperparameters:
        return []
    found: list[tuple[int, Recipe]] = []
    for other in others:
        if other.card is run.card or not other.card.hyperparameters or not _same_ground(run, other):
            continue
        rows = [row for row in compare_settings([run, other]) if row.section is Section.SETTINGS and row.differs]
        rows = [row for row in rows if row.name != "total_train_batch_size" or not _is_implied(row)]
        if len(rows) <= most:
            changes = tuple(f"{row.name} {_text(row.cells[0])} → {_text(row.cells[1])}" for row in rows)
            found.append((len(rows), Recipe(other, changes, _effect(run, other))))
    return [recipe for _, recipe in sorted(found, key=lambda pair: pair[0])]


def _is_implied(row: Row) -> bool:
    return any(cell is not None and cell.note for cell in row.cells)


def _text(cell: Cell | None) -> str:
    return cell.text if cell else "–"


def _same_ground(run: Run, other: Run) -> bool:
    """Whether both start from one model, on one dataset; where none is named, on as many examples."""
    left, right = run.card, other.card
    if (left.base_model, left.from_scratch) != (right.base_model, right.from_scratch):
        return False
    if not (left.base_model or left.from_scratch):
        return False
    datasets = plain_dataset(left), plain_dataset(right)
    return same_dataset(*datasets) and (any(datasets) or not obstacle([run, other]))


def _effect(run: Run, other: Run) -> str:
    head = run.verdict.headline
    comparison = compare([run, other])
    if head is None or comparison.obstacle:
        return ""
    results = (row for row in comparison.rows if row.section is Section.RESULTS)
    row = next((row for row in results if metrics.key(row.name) == metrics.key(head.metric)), None)
    return f"{head.metric} {signed(row.difference)}" if row and row.differs and row.difference else ""
