"""Two or more runs beside each other: what differs, which is better where they compare, and why they may not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from tui.cards.model import Card
from tui.cards.values import unbold
from tui.judge import curves, metrics
from tui.judge.comparable import Run, names_apart, obstacle, overlap
from tui.judge.numbers import figure
from tui.judge.results import Standing, indexed
from tui.judge.rows import Cell, Row, Section, all_same, common_rows, in_order, same_number, same_text
from tui.judge.settings import apart, compare_settings
from tui.judge.units import in_one_unit
from tui.judge.winner import best_of, verdict

__all__ = ["Cell", "Comparison", "Row", "Section", "Which", "compare", "compare_settings"]


class Which(StrEnum):
    """Which value of a metric is compared."""

    REPORTED = "reported"
    BEST = "best"
    LAST = "last"


_MODEL_INDEX = "model index"
"""Where the values of cards without reported results come from."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Runs beside each other."""

    runs: tuple[Run, ...]
    rows: tuple[Row, ...]
    which: Which
    obstacle: str
    """Why the numbers do not compare, in a sentence; empty where they do."""

    @property
    def verdict(self) -> str:
        """Who is better on what, in a sentence; where the runs do not compare, why."""
        of_index = self.which is Which.REPORTED and not any(run.card.results for run in self.runs)
        return self.obstacle or verdict(self.rows, names_apart(self.runs), _MODEL_INDEX if of_index else self.which)

    @property
    def differs(self) -> bool:
        """Whether anything but names and paths differs."""
        return any(row.differs for row in self.rows if row.section is not Section.NAMES)


def compare(runs: Sequence[Run], which: Which = Which.REPORTED) -> Comparison:
    """Compare two or more runs, the first of which is what the others are measured against.

    Raises ValueError for fewer.
    """
    if len(runs) < 2:
        raise ValueError("two runs at least")
    found = obstacle(runs)
    rows = [
        *_results(runs, which, ranked=not found),
        *compare_settings(runs),
        *_estimates(runs),
        *_environment(runs),
        *_metadata(runs),
    ]
    return Comparison(tuple(runs), tuple(rows), which, found)


def _results(runs: Sequence[Run], which: Which, *, ranked: bool) -> list[Row]:
    standings = [_standings(run) for run in runs]
    names = in_order([[(key, standing.metric) for key, standing in found.items()] for found in standings])
    rows = [
        row
        for key, name in names.items()
        if (row := _result(name, [found.get(key) for found in standings], runs, which, ranked=ranked))
    ]
    return [*rows, *common_rows(Section.RESULTS, [_source(run) for run in runs], same_text)]


def _standings(run: Run) -> dict[str, Standing]:
    """The standings by their keys; where a card reports no results, with what its model index says in their place."""
    found = {metrics.key(one.metric): one for one in run.verdict.standings}
    for one in () if run.card.results else indexed(run.card, run.verdict.rules):
        key = metrics.key(one.metric)
        found[key] = replace(found.get(key, one), reported=one.reported)
    return found


def _result(
    name: str, standings: Sequence[Standing | None], runs: Sequence[Run], which: Which, *, ranked: bool
) -> Row | None:
    values = [getattr(standing, which) if standing else None for standing in standings]
    if not any(values):
        return None
    is_mixed = which is Which.REPORTED and len(set(map(_times, runs))) > 1
    numbers = None if is_mixed else in_one_unit(name, values)
    cells = tuple(
        Cell(unbold(value.raw), value.number if numbers is None else numbers[run], _note(runs[run], standing, which))
        if value
        else None
        for run, (value, standing) in enumerate(zip(values, standings, strict=True))
    )
    direction = next(one.direction for one in standings if one)
    differs = not all_same(cells, same_number)
    of_training = any(one.is_of_training for one in standings if one)
    ranks = ranked and differs and numbers is not None and not of_training
    best = best_of(cells, direction) if ranks else frozenset()
    return Row(Section.RESULTS, name, cells, differs, direction, best, numbers is not None, of_training)


def _times(run: Run) -> int:
    """What a run's results are given times, as far as its history tells."""
    return run.verdict.provenance.times if run.verdict.provenance else 1


def _note(run: Run, standing: Standing | None, which: Which) -> str:
    """Where a best value lies, and that a value is no reported one."""
    if which is Which.REPORTED and not run.card.results:
        return _MODEL_INDEX
    if which is not Which.BEST or standing is None or standing.best_row is None:
        return ""
    return _place(run.card, standing.best_row)


def _place(card: Card, row: int) -> str:
    if place := curves.beside(card.history, row):
        return place
    for axis in ("epoch", "step"):
        column = card.history.column(axis)
        cell = None if column is None else card.history.cell(row, column)
        if cell and cell.number is not None:
            return f"{axis} {cell.raw.removesuffix('.0')}"
    return f"row {row + 1}"


def _source(run: Run) -> dict[str, Cell]:
    """What the reported row is: ``last (epoch 3)``, ``best Accuracy (epoch 2.13)``, ``none``."""
    found = run.verdict.provenance
    if found is None:
        return {}
    if found.row is None:
        return {"reported row": Cell("none")}
    kinds = [kind for kind in found.kinds if not kind.startswith("best:")]
    kinds = kinds or [kind.replace(":", " ", 1) for kind in found.kinds[:1]]
    return {"reported row": Cell(f"{', '.join(kinds)} ({_place(run.card, found.row)})")}


def _estimates(runs: Sequence[Run]) -> list[Row]:
    found = [{estimate.name: estimate for estimate in run.verdict.estimates} for run in runs]
    names = in_order([[(name, name.replace("_", " ")) for name in one if name != "effective_batch"] for one in found])
    rows = []
    for key, name in names.items():
        estimates = [one.get(key) for one in found]
        cells = tuple(Cell(f"≈ {figure(e.value)}", e.value) if e else None for e in estimates)
        rows.append(Row(Section.ESTIMATES, name, cells, not overlap(estimates)))
    return rows


def _environment(runs: Sequence[Run]) -> list[Row]:
    versions = [{f.name: Cell(f.version) for f in run.card.environment} for run in runs]
    writers = [{"written by": Cell(run.card.writer)} | found for run, found in zip(runs, versions, strict=True)]
    return common_rows(Section.ENVIRONMENT, writers, same_text)


_TOLD_ELSEWHERE = frozenset({"base_model", "datasets", "widget"})
"""Keys of the metadata that other rows are made of, and examples to try the model with."""


def _metadata(runs: Sequence[Run]) -> list[Row]:
    told = [
        {key: Cell(text) for key, text in run.card.metadata.written.items() if key not in _TOLD_ELSEWHERE}
        for run in runs
    ]
    rows = [apart(row) for row in common_rows(Section.METADATA, told, same_text)]
    paths = [{"name": Cell(run.card.name), "file": Cell(run.card.path)} for run in runs]
    return [*rows, *common_rows(Section.NAMES, paths, same_text)]
