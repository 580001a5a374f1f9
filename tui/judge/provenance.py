"""Which row of the training history the reported results are."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from tui.cards.model import Card, NamedValue, Value
from tui.cards.values import EPOCH_DECIMALS, TRAINER_DECIMALS
from tui.judge import metrics
from tui.judge.curves import BLANK, Series
from tui.judge.metrics import Direction
from tui.judge.numbers import places, same, same_hundredfold, same_in_percent

_OTHER = "other"
"""The kind of a row that is neither the last nor a best one."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the reported results come from."""

    row: int | None
    """Index of the row, None where none matches."""

    kinds: tuple[str, ...]
    """What the row is: ``last``, ``lowest-loss``, ``best:<metric>``, or ``other``; empty where there is no row."""

    differing: tuple[str, ...] = ()
    """Reported names whose values do not agree with the row."""

    times: int = 1
    """What the row's values are reported times: 100 where people gave all of them in percent, the loss included."""


_Compared: TypeAlias = "dict[str, tuple[NamedValue, tuple[Value | None, ...]]]"
"""Label → what is reported, and the cells to be held against it."""


@dataclass(frozen=True, slots=True)
class _Match:
    """How far a row agrees with the report."""

    row: int
    agreeing: frozenset[str]
    differing: tuple[str, ...]


def provenance(card: Card, series: Sequence[Series]) -> Provenance | None:
    """The row that the reported results equal, the last of equal ones; None where there is nothing to compare.

    Where no row agrees in every reported value that has a column, the row that agrees in the loss and in more
    than half of the values is taken, and the rest is named; else the row of which every value is the hundredfold.
    Cells that a row leaves blank say nothing: of rows that agree in what they have, the one that has the most is
    taken. The machine's memory tells nothing of a row, and its cells change places.
    """
    compared = _compared(card)
    if not compared or not card.history.rows:
        return None
    decimals = _decimals(card, compared)
    matches: list[_Match] = []
    for row in reversed(range(len(card.history.rows))):
        matches.append(match := _match(row, compared, decimals))
        if len(match.agreeing) == len(compared):  # no earlier row can agree in more
            break
    whole = [match for match in matches if match.agreeing and not match.differing]
    near = [match for match in matches if _is_near(match, len(compared))]
    times = 1
    if whole:
        found = max(whole, key=lambda match: len(match.agreeing))
    elif near:
        found = min(near, key=lambda match: len(match.differing))
    elif (held := _hundredfold(compared, len(card.history.rows))) is not None:
        found, times = _Match(held, frozenset(compared), ()), 100
    else:
        return Provenance(None, ())
    later = [match for match in matches if match.row > found.row]
    used = [cells for label, (_, cells) in compared.items() if label in found.agreeing]
    is_last = not any(_says(cells[match.row]) for match in later for cells in used)
    return Provenance(found.row, _kinds(found.row, series, is_last=is_last), found.differing, times)


def _hundredfold(compared: _Compared, rows: int) -> int | None:
    """The last row whose values the report gives times 100, all of two or more."""
    pairs = [*compared.values()] if len(compared) > 1 else []
    found = (
        row for row in reversed(range(rows)) if all(_is_hundredfold(one.value, cells[row]) for one, cells in pairs)
    )
    return next(found, None) if pairs else None


def _is_hundredfold(shown: Value, cell: Value | None) -> bool:
    if cell is None or not cell.number or not shown.number or not math.isfinite(cell.number + shown.number):
        return False
    return same_hundredfold(shown.raw, cell.raw)


def _compared(card: Card) -> _Compared:
    """What is reported of the history's columns; of a name that comes twice the first counts."""
    columns = {metrics.key(column): index for index, column in reversed([*enumerate(card.history.columns)])}
    found: _Compared = {}
    for result in card.results:
        if (key := _key(result)) in columns and not metrics.is_memory(key):
            found.setdefault(result.label, (result, card.history.cells_of(columns[key])))
    return found


def decimals_of_report(card: Card) -> int | None:
    """How many decimals the report is rounded to, None where a person did it and the fewer printed ones decide.

    That is a card of no known writer, each of whose results has fewer decimals than its column.
    """
    return _decimals(card, _compared(card)) if card.writer == "other" else TRAINER_DECIMALS


def _decimals(card: Card, compared: _Compared) -> int | None:
    if card.writer != "other":
        return TRAINER_DECIMALS
    numbers = [(result.value.raw, cells) for result, cells in compared.values() if result.value.number is not None]
    is_rounded = all(places(raw) < max((places(c.raw) for c in cells if c), default=0) for raw, cells in numbers)
    return None if numbers and is_rounded else TRAINER_DECIMALS


_SAYS_SAVED = "The bold row denotes the saved checkpoint"
"""What stands below a table whose bold row is the checkpoint that was kept; elsewhere people set rows in bold."""


def saved_row(card: Card) -> int | None:
    """The row of the checkpoint that was kept, where the card says which; None of several."""
    rows = [index for index, row in enumerate(card.history.rows) if row.saved]
    return rows[0] if len(rows) == 1 and _SAYS_SAVED in card.text else None


def _key(result: NamedValue) -> str:
    return metrics.key(result.label)


def _match(row: int, compared: _Compared, decimals: int | None) -> _Match:
    agreeing: list[str] = []
    differing: list[str] = []
    for label, (result, cells) in compared.items():
        if _says(cells[row]):
            (agreeing if _same(result, cells[row], decimals) else differing).append(label)
    return _Match(row, frozenset(agreeing), tuple(differing))


def _is_near(match: _Match, compared: int) -> bool:
    """Whether a row agrees in the loss and in more than half of the values."""
    return len(match.agreeing) * 2 > compared and any(metrics.key(label) == metrics.LOSS for label in match.agreeing)


def _says(cell: Value | None) -> bool:
    """Whether a cell is not left blank; one of which it is not known what it says is not."""
    return cell is None or cell.raw not in BLANK


def _same(result: NamedValue, cell: Value | None, decimals: int | None) -> bool:
    if cell is None:
        return False
    if result.value.elements and len(result.value.elements) == len(cell.elements):
        return all(
            left == right and same(a.raw, b.raw, decimals)
            for (left, a), (right, b) in zip(result.value.elements, cell.elements, strict=True)
        )
    if metrics.key(result.name) == "epoch":
        return same(result.value.raw, cell.raw, EPOCH_DECIMALS) or same(result.value.raw, cell.raw)
    return same(result.value.raw, cell.raw, decimals) or (_may_be_percent(result) and _is_percent(result.value, cell))


def _may_be_percent(result: NamedValue) -> bool:
    """Whether people write a metric now as a share, now in percent without its sign: scores and error rates."""
    return metrics.is_rate(result.name) or metrics.direction(result.name) is Direction.MAXIMIZE


def _is_percent(shown: Value, cell: Value) -> bool:
    """Whether a number above 1 is that of a row, which is a share, in percent."""
    number, share = shown.number, cell.number
    if number is None or share is None or not 0 < abs(share) <= 1 < abs(number):
        return False
    return same_in_percent(shown.raw, cell.raw)


def _kinds(row: int, series: Sequence[Series], *, is_last: bool) -> tuple[str, ...]:
    """What the row is; it is a best row also where its value only equals the best one."""
    kinds = ["last"] if is_last else []
    for one in series:
        best = one.best_row
        if best is not None and one.numbers[row] == one.numbers[best]:
            kinds.append(_kind(one))
    return tuple(kinds) or (_OTHER,)


def _kind(series: Series) -> str:
    return "lowest-loss" if metrics.key(series.name) == metrics.LOSS else f"best:{series.name}"


def telling_kinds(found: Provenance, series: Sequence[Series]) -> tuple[str, ...]:
    """What the row is besides the best one of metrics that are the same in every row."""
    constant = {_kind(one) for one in series if one.is_constant}
    return tuple(kind for kind in found.kinds if kind not in constant) or (_OTHER,)
