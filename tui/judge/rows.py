"""What a comparison is made of: rows of cells, one a run, and which rows several descriptions have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tui.cards.values import equal
from tui.judge.difference import exact
from tui.judge.metrics import Direction
from tui.judge.numbers import same


class Section(StrEnum):
    """What a row of a comparison belongs to, in the order in which they are shown."""

    RESULTS = "Results"
    SETTINGS = "Settings"
    ESTIMATES = "Estimates"
    ENVIRONMENT = "Environment"
    METADATA = "Metadata"
    NAMES = "Names and paths"
    """What differs between any two runs and says nothing."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one run has in a row."""

    text: str
    """As printed."""

    number: float | None = None
    """The number that the text is, in the unit of the row: a percentage beside shares is a share."""

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

    one_unit: bool = True
    """False where some numbers may be percentages of what the others are shares of: they have no difference."""

    is_of_training: bool = False
    """Whether it is a metric that one of the runs measured on the training data."""

    @property
    def difference(self) -> Decimal | None:
        """The second run's number less the first's, exact in the printed decimals; None where one is missing."""
        first, second = (exact(cell.text, cell.number) if cell else None for cell in self.cells[:2])
        return second - first if first is not None and second is not None and self.one_unit else None

    @property
    def delta(self) -> float | None:
        """The difference as a float."""
        return None if self.difference is None else float(self.difference)


Same = Callable[[Cell, Cell], bool]
"""Whether two cells say the same."""


def common_rows(section: Section, described: Sequence[Mapping[str, Cell]], same: Same) -> list[Row]:
    """A row for each name that a run is described by, whatever its case; equal ones included."""
    names = in_order([[(name.casefold(), name) for name in one] for one in described])
    lowered = [{name.casefold(): cell for name, cell in one.items()} for one in described]
    rows = []
    for key, name in names.items():
        cells = tuple(one.get(key) for one in lowered)
        rows.append(Row(section, name, cells, not all_same(cells, same)))
    return rows


def same_text(left: Cell, right: Cell) -> bool:
    """Whether two cells are written alike."""
    return left.text == right.text


def same_number(left: Cell, right: Cell) -> bool:
    """Whether two cells have the same number, however many decimals of it are printed, as a share or a percentage."""
    if left.number is None or right.number is None or ("%" in left.text) == ("%" in right.text):
        return same(left.text, right.text)
    return equal(repr(left.number), repr(right.number))


def all_same(cells: Sequence[Cell | None], same: Same) -> bool:
    """Whether all runs have the same, or all have nothing."""
    first = cells[0]
    return all(cell is first or (cell is not None and first is not None and same(first, cell)) for cell in cells)


def in_order(keys: Iterable[Iterable[tuple[str, str]]]) -> dict[str, str]:
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
