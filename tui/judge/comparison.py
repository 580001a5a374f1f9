"""Two or more runs beside each other: what differs, which is better where they compare, and why they may not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tui.cards.model import Card
from tui.cards.values import parse, unbold
from tui.judge import metrics
from tui.judge.comparable import Run, obstacle, overlap
from tui.judge.estimates import effective_batch
from tui.judge.metrics import Direction
from tui.judge.numbers import figure, same
from tui.judge.optimizer import optimizer_parts
from tui.judge.results import Standing


class Section(StrEnum):
    """What a row of a comparison belongs to, in the order in which they are shown."""

    RESULTS = "Results"
    SETTINGS = "Settings"
    ESTIMATES = "Estimates"
    ENVIRONMENT = "Environment"
    METADATA = "Metadata"
    NAMES = "Names and paths"
    """What differs between any two runs and says nothing."""


class Which(StrEnum):
    """Which value of a metric is compared."""

    REPORTED = "reported"
    BEST = "best"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one run has in a row."""

    text: str
    """As printed."""

    number: float | None = None
    note: str = ""
    """What is to be known of it: ``implied``, ``epoch 14``."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that the runs have in common, or some of them."""

    section: Section
    name: str
    cells: tuple[Cell | None, ...]
    """One a run, None where it has none."""

    differs: bool
    direction: Direction = Direction.UNKNOWN
    best: frozenset[int] = frozenset()
    """The runs with the best value; empty where all are equal, the direction is unknown, or the runs do not compare."""

    @property
    def delta(self) -> float | None:
        """The second run's number less the first's, None where one is missing."""
        first, second = self.cells[0], self.cells[1]
        if first is None or second is None or first.number is None or second.number is None:
            return None
        return second.number - first.number


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
        return self.obstacle or _verdict(self)


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


# Results


def _results(runs: Sequence[Run], which: Which, *, ranked: bool) -> list[Row]:
    standings = [{metrics.key(s.metric): s for s in run.verdict.standings} for run in runs]
    names = _in_order([[(key, standing.metric) for key, standing in found.items()] for found in standings])
    rows = [
        row
        for key, name in names.items()
        if (row := _result(name, [found.get(key) for found in standings], runs, which, ranked=ranked))
    ]
    source = [_source(run) for run in runs]
    if any(source):
        cells = tuple(Cell(text) if text else None for text in source)
        rows.append(Row(Section.RESULTS, "reported row", cells, len({cell and cell.text for cell in cells}) > 1))
    return rows


def _result(
    name: str, standings: Sequence[Standing | None], runs: Sequence[Run], which: Which, *, ranked: bool
) -> Row | None:
    cells = tuple(_standing_cell(one, run, which) for one, run in zip(standings, runs, strict=True))
    if not any(cells):
        return None
    direction = next(one.direction for one in standings if one)
    differs = not _all_same(cells, lambda a, b: same(a.text, b.text))
    ranks = ranked and differs and not metrics.is_of_training(name)
    return Row(Section.RESULTS, name, cells, differs, direction, _best(cells, direction) if ranks else frozenset())


def _standing_cell(standing: Standing | None, run: Run, which: Which) -> Cell | None:
    if standing is None:
        return None
    value = {Which.REPORTED: standing.reported, Which.BEST: standing.best, Which.LAST: standing.last}[which]
    if value is None:
        return None
    note = _epoch(run.card, standing.best_row) if which is Which.BEST and standing.best_row is not None else ""
    return Cell(unbold(value.raw), value.number, note)


def _epoch(card: Card, row: int) -> str:
    for axis in ("epoch", "step"):
        column = card.history.column(axis)
        cell = None if column is None else card.history.cell(row, column)
        if cell and cell.number is not None:
            return f"{axis} {cell.raw.removesuffix('.0')}"
    return f"row {row + 1}"


def _source(run: Run) -> str:
    """What the reported row is: ``last (epoch 3)``, ``best Accuracy (epoch 2.13)``, ``none``."""
    found = run.verdict.provenance
    if found is None:
        return ""
    if found.row is None:
        return "none"
    kinds = [kind for kind in found.kinds if not kind.startswith("best:")] or [
        kind.replace(":", " ") for kind in found.kinds[:1]
    ]
    return f"{', '.join(kinds)} ({_epoch(run.card, found.row)})"


def _best(cells: Sequence[Cell | None], direction: Direction) -> frozenset[int]:
    """The runs whose number is best, equal ones included."""
    known = {i: cell for i, cell in enumerate(cells) if cell and cell.number is not None and cell.number == cell.number}
    if direction is Direction.UNKNOWN or len(known) < 2:
        return frozenset()
    choose = max if direction is Direction.MAXIMIZE else min
    top = choose(known.values(), key=lambda cell: cell.number or 0.0)
    best = frozenset(i for i, cell in known.items() if same(cell.text, top.text))
    return frozenset() if len(best) == len(cells) else best


# Settings


def compare_settings(runs: Sequence[Run]) -> list[Row]:
    """A row for everything that was set, equal ones included."""
    described = [_settings_of(run.card) for run in runs]
    rows = _rows(Section.SETTINGS, described, _same_setting)
    noise = {row.name for row in rows if row.name in _NAMES}
    return [row if row.name not in noise else _renamed(row) for row in rows]


def _renamed(row: Row) -> Row:
    return Row(Section.NAMES, row.name, row.cells, row.differs)


_NAMES = frozenset("hub_model_id model_name name output_dir push_to_hub_model_id run_name logging_dir".split())
"""Settings that name a run or its folders."""


def _settings_of(card: Card) -> dict[str, Cell]:
    found = {"base model": Cell(card.base_model or "from scratch")} if card.base_model or card.from_scratch else {}
    found |= {"dataset": Cell(card.dataset)} if card.dataset else {}
    for entry in card.hyperparameters:
        if entry.name == "optimizer":
            found |= {name: _cell(text) for name, text in optimizer_parts(entry.value.raw).items()}
        else:
            found[entry.name] = Cell(entry.value.raw, entry.value.number)
    batch = effective_batch(card)
    if batch and "total_train_batch_size" not in found:
        found["total_train_batch_size"] = Cell(str(batch), float(batch), "implied")
    return found


def _cell(text: str) -> Cell:
    return Cell(text, parse(text).number)


def _same_setting(left: Cell, right: Cell) -> bool:
    """Whether two settings are the same, however they are written: ``5e-05`` is ``0.00005``."""
    if left.number is not None and right.number is not None:
        return left.number == right.number
    return left.text.casefold() == right.text.casefold()


# Estimates, environment, metadata


def _estimates(runs: Sequence[Run]) -> list[Row]:
    found = [{estimate.name: estimate for estimate in run.verdict.estimates} for run in runs]
    names = _in_order([[(name, name.replace("_", " ")) for name in one if name != "effective_batch"] for one in found])
    rows = []
    for key, name in names.items():
        estimates = [one.get(key) for one in found]
        cells = tuple(Cell(f"≈ {figure(e.value)}", e.value) if e else None for e in estimates)
        rows.append(Row(Section.ESTIMATES, name, cells, not overlap(estimates)))
    return rows


def _environment(runs: Sequence[Run]) -> list[Row]:
    versions = [{f.name: Cell(f.version) for f in run.card.frameworks} for run in runs]
    writers = [{"written by": Cell(run.card.writer)} | found for run, found in zip(runs, versions, strict=True)]
    return _rows(Section.ENVIRONMENT, writers, lambda a, b: a.text == b.text)


def _metadata(runs: Sequence[Run]) -> list[Row]:
    told = [
        {key: Cell(text) for key, text in run.card.metadata.written.items() if key not in _TOLD_ELSEWHERE}
        for run in runs
    ]
    rows = _rows(Section.METADATA, told, lambda a, b: a.text == b.text)
    paths = [{"name": Cell(run.card.name), "file": Cell(run.card.path)} for run in runs]
    names = [row for row in rows if row.name in _NAMES]
    kept = [row for row in rows if row not in names]
    return [*kept, *map(_renamed, names), *_rows(Section.NAMES, paths, lambda a, b: a.text == b.text)]


_TOLD_ELSEWHERE = frozenset({"base_model", "datasets", "widget"})


# What all sections have in common


def _rows(
    section: Section, described: Sequence[Mapping[str, Cell]], are_same: Callable[[Cell, Cell], bool]
) -> list[Row]:
    names = _in_order([[(name.casefold(), name) for name in one] for one in described])
    lowered = [{name.casefold(): cell for name, cell in one.items()} for one in described]
    rows = []
    for key, name in names.items():
        cells = tuple(one.get(key) for one in lowered)
        rows.append(Row(section, name, cells, not _all_same(cells, are_same)))
    return rows


def _in_order(keys: Iterable[Iterable[tuple[str, str]]]) -> dict[str, str]:
    """Key → name of all runs, in the order of the first, each further one behind the one that it follows."""
    order: list[str] = []
    names: dict[str, str] = {}
    for one in keys:
        place = 0
        for key, name in one:
            if key in names:
                place = order.index(key) + 1
            else:
                order.insert(place, key)
                names[key] = name
                place += 1
    return {key: names[key] for key in order}


def _all_same(cells: Sequence[Cell | None], are_same: Callable[[Cell, Cell], bool]) -> bool:
    first = cells[0]
    return all(cell is first or (cell is not None and first is not None and are_same(first, cell)) for cell in cells)


# The verdict


def _verdict(comparison: Comparison) -> str:
    """Who is best on how many metrics; metrics that are one number in every run count once."""
    ranked = _counted([row for row in comparison.rows if row.section is Section.RESULTS and _is_ranked(row)])
    if not ranked:
        return "The runs have no metric in common that could be ranked."
    wins: dict[int, list[str]] = {}
    ties = [row.name for row in ranked if not row.best]
    for row in ranked:
        if len(row.best) == 1:
            wins.setdefault(next(iter(row.best)), []).append(row.name)
    parts = [
        f"{comparison.runs[run].name} is better on {_and(names)}"
        if len(comparison.runs) == 2
        else f"{comparison.runs[run].name} is best on {_and(names)}"
        for run, names in sorted(wins.items(), key=lambda win: (-len(win[1]), win[0]))
    ]
    if ties:
        parts.append(f"equal on {_and(ties)}")
    shared = [row.name for row in ranked if len(row.best) > 1]
    parts += [f"several share the best {_and(shared)}"] if shared else []
    return "; ".join(parts) + f" ({comparison.which} values)."


def _is_ranked(row: Row) -> bool:
    """Whether two runs at least have the metric, and its direction is known."""
    return (
        row.direction is not Direction.UNKNOWN
        and not metrics.is_of_training(row.name)
        and sum(cell is not None and cell.number is not None for cell in row.cells) > 1
    )


def _counted(rows: Sequence[Row]) -> list[Row]:
    """The rows without those that repeat another's numbers under another name, and without elements of lists."""
    found: dict[tuple[str, ...], Row] = {}
    for row in rows:
        if metrics.base(row.name) == row.name:
            found.setdefault(tuple(cell.text if cell else "" for cell in row.cells), row)
    return list(found.values()) or list(rows)


def _and(names: Sequence[str]) -> str:
    if len(names) > 4:
        names = [*names[:3], f"{len(names) - 3} more"]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
