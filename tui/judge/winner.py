"""Rows of results → one sentence that says who is better on what."""

from __future__ import annotations

import math
from collections.abc import Sequence

from tui.judge import metrics
from tui.judge.metrics import Direction
from tui.judge.rows import Cell, Row, Section, same_number

_MOST_NAMED = 4
"""Metrics that are named, before their number stands for them."""


def best_of(cells: Sequence[Cell | None], direction: Direction) -> frozenset[int]:
    """The runs whose number is best, equal ones included; empty where nothing is better than anything else."""
    known = {i: cell for i, cell in enumerate(cells) if cell and _is_ranked(cell)}
    if direction is Direction.UNKNOWN or len(known) < 2:
        return frozenset()
    choose = max if direction is Direction.MAXIMIZE else min
    top = choose(known.values(), key=lambda cell: cell.number or 0.0)
    best = frozenset(i for i, cell in known.items() if same_number(cell, top))
    return frozenset() if len(best) == len(known) else best


def verdict(rows: Sequence[Row], names: Sequence[str], which: str) -> str:
    """Who is best on how many metrics, of runs that compare; metrics that are one number in every run count once."""
    results = _counted([row for row in rows if row.section is Section.RESULTS and _has_direction(row)])
    ranked = [row for row in results if row.one_unit and sum(map(_is_ranked, row.cells)) > 1]
    if not ranked:
        if which in {"best", "last"}:
            return f"No metric that could be ranked has a {which} value in the histories of two runs."
        return "The runs have no metric in common that could be ranked."
    wins, rest = _wins(ranked, names), [*_ties(ranked), *_unranked(results, names)]
    if any(metrics.base(row.name) != row.name for row in rows) and any(metrics.base(r.name) == r.name for r in ranked):
        rest.append("elements of lists are not counted")
    parts = [*wins, *rest] if wins else [rest[0][0].upper() + rest[0][1:], *rest[1:]]
    return f"{'; '.join(parts)} ({which} values)."


def _wins(ranked: Sequence[Row], names: Sequence[str]) -> list[str]:
    wins: dict[int, list[str]] = {}
    for row in ranked:
        if len(row.best) == 1:
            wins.setdefault(next(iter(row.best)), []).append(row.name)
    how = "better" if len(names) == 2 else "best"
    most_first = sorted(wins.items(), key=lambda win: (-len(win[1]), win[0]))
    return [f"{names[run]} is {how} on {_and(metrics_won)}" for run, metrics_won in most_first]


def _ties(ranked: Sequence[Row]) -> list[str]:
    equal = [row.name for row in ranked if not row.best]
    shared = [row.name for row in ranked if len(row.best) > 1]
    return [
        *([f"equal on {_and(equal)}"] if equal else []),
        *([f"several share the best {_and(shared)}"] if shared else []),
    ]


def _unranked(results: Sequence[Row], names: Sequence[str]) -> list[str]:
    """Which metrics are left out, and why."""
    mixed = [row.name for row in results if not row.one_unit]
    diverged = dict.fromkeys(
        names[run] for row in results for run, cell in enumerate(row.cells) if cell and _is_nan(cell.number)
    )
    return [
        *([f"{_and(mixed)} may be in different units"] if mixed else []),
        *([f"nan is not ranked ({_and(list(diverged))})"] if diverged else []),
    ]


def _has_direction(row: Row) -> bool:
    return row.direction is not Direction.UNKNOWN and not row.is_of_training


def _is_ranked(cell: Cell | None) -> bool:
    return cell is not None and cell.number is not None and not math.isnan(cell.number)


def _is_nan(number: float | None) -> bool:
    return number is not None and math.isnan(number)


def _counted(rows: Sequence[Row]) -> list[Row]:
    """The rows without those that repeat another's numbers under another name, and without elements of lists."""
    found: dict[tuple[str, ...], Row] = {}
    for row in rows:
        if metrics.base(row.name) == row.name:
            found.setdefault((row.direction, *(repr(cell.number) if cell else "" for cell in row.cells)), row)
    return list(found.values()) or list(rows)


def _and(names: Sequence[str]) -> str:
    if len(names) > _MOST_NAMED:
        names = [*names[: _MOST_NAMED - 1], f"{len(names) - _MOST_NAMED + 1} more"]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
