"""What many rows have under one key, in a few bytes a cell: every text is kept once, cells are its number."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from tui.cards.model import Value

NOTHING = 0
"""The number of no text: the row says nothing."""

_FEW = 64
"""Cells below which it does not matter how they are kept."""


class Texts:
    """Values as printed, each once, by number; short decimals are their own number, so that none is kept for them."""

    def __init__(self) -> None:
        self._raw: list[str] = [""]
        self._numbers = array("d", [math.nan])
        """What each is as a number; nan where it is none, see `_is_number`."""

        self._is_number = bytearray(1)
        self._ids: dict[str, int] = {}
        self._namesakes: dict[tuple[str, str], int] = {}
        """Texts that are there already with another number: a version ``2.0`` is none, an estimate is rounded."""

    def id(self, value: Value) -> int:
        """The number of a value, a new one where it is not there yet."""
        raw, number = value.raw, value.number
        found = self._ids.get(raw)
        if found is None:
            if number is not None and len(raw) <= _LONGEST_DECIMAL and (packed := _packed(raw, number)):
                return packed
            found = self._ids[raw] = self._new(raw, number)
        elif not self._is(found, number):
            key = (raw, repr(number))
            known = self._namesakes.get(key)
            found = self._namesakes[key] = self._new(raw, number) if known is None else known
        return found

    def _is(self, found: int, number: float | None) -> bool:
        if number is None or not self._is_number[found]:
            return number is None and not self._is_number[found]
        return self._numbers[found] == number or (math.isnan(number) and math.isnan(self._numbers[found]))

    def _new(self, raw: str, number: float | None) -> int:
        self._raw.append(raw)
        self._numbers.append(math.nan if number is None else number)
        self._is_number.append(number is not None)
        return len(self._raw) - 1

    def value(self, found: int) -> Value:
        """The value of a number."""
        return Value(self.text(found), self.number(found) if self.is_number(found) else None)

    def text(self, found: int) -> str:
        """The text of a number."""
        if found < _PACKED:
            return self._raw[found]
        places = found >> _PLACES_AT & 7
        return f"{(found & _DIGITS) / _POWERS[places]:.{places}f}"

    def is_number(self, found: int) -> bool:
        """Whether the text is one of a number (nan is)."""
        return found >= _PACKED or bool(self._is_number[found])

    def number(self, found: int) -> float:
        """What the text is as a number; nan where it is none."""
        return (found & _DIGITS) / _POWERS[found >> _PLACES_AT & 7] if found >= _PACKED else self._numbers[found]

    def numbers(self, ids: Iterable[int]) -> dict[int, float]:
        """Those of some that are finite numbers."""
        pooled = self._numbers
        found = {
            place: (place & _DIGITS) / _POWERS[place >> _PLACES_AT & 7] if place >= _PACKED else pooled[place]
            for place in ids
        }
        odd = [place for place, number in found.items() if not math.isfinite(number)]
        for place in odd:
            del found[place]
        return found


_PACKED = 1 << 31
"""Numbers from here on are decimals: three bits for the places behind the point, the rest for the digits."""

_PLACES_AT = 28
_DIGITS = (1 << _PLACES_AT) - 1
_POWERS = tuple(10.0**places for places in range(8))
_LONGEST_DECIMAL = 10


def _packed(raw: str, number: float) -> int:
    """The number of a decimal as writers print it (``0.9540``, ``16``), 0 where a text is none."""
    whole, point, rest = raw.partition(".")
    digits = whole + rest
    if not (digits.isdecimal() and raw.isascii() and whole and len(rest) < len(_POWERS)):
        return 0
    if (whole[0] == "0" and len(whole) > 1) or (point and not rest):
        return 0
    known = int(digits)
    return _PACKED | len(rest) << _PLACES_AT | known if known <= _DIGITS and number == known / _POWERS[len(rest)] else 0


class Cells:
    """The cells of one key: a number a row where most rows have it, else the rows that do beside their numbers."""

    __slots__ = ("_rows", "count", "ids")

    def __init__(self) -> None:
        self.ids = array("I")
        """The cells' numbers: of every row from 0 on, or of those in `_rows`."""

        self.count = 0
        """In how many rows there is one."""

        self._rows: array[int] | None = array("I")
        """The rows of the cells, ascending; None where each row has a cell."""

    def append(self, row: int, found: int) -> None:
        """Add the cell of a row behind all others."""
        if self._rows is None and row > 4 * self.count + _FEW:
            rows = [place for place, known in enumerate(self.ids) if known]
            self.ids = array("I", [self.ids[place] for place in rows])
            self._rows = array("I", rows)
        elif self._rows is not None and self.count >= _FEW and 2 * self.count > row:
            dense = array("I", bytes(4 * (self._rows[-1] + 1)))
            for place, known in zip(self._rows, self.ids, strict=True):
                dense[place] = known
            self.ids, self._rows = dense, None
        if self._rows is None:
            self._fill(row)
        else:
            self._rows.append(row)
        self.ids.append(found)
        self.count += 1

    def _fill(self, total: int) -> None:
        """Give every row below `total` a cell."""
        if len(self.ids) < total:
            self.ids.frombytes(bytes(4 * (total - len(self.ids))))

    def clear(self, row: int) -> None:
        """Take the cell of a row away, if there is one."""
        place = row if self._rows is None else bisect_left(self._rows, row)
        is_there = place < len(self.ids) and (self._rows is None or self._rows[place] == row)
        if is_there and self.ids[place]:
            self.ids[place] = NOTHING
            self.count -= 1

    def at(self, row: int) -> int:
        """The number in a row."""
        if self._rows is None:
            return self.ids[row] if row < len(self.ids) else NOTHING
        place = bisect_left(self._rows, row)
        return self.ids[place] if place < len(self._rows) and self._rows[place] == row else NOTHING

    def of(self, rows: Sequence[int], total: int) -> list[int]:
        """The numbers of some of `total` rows."""
        if self._rows is None:
            self._fill(total)
            return list(map(self.ids.__getitem__, rows))
        known = dict(zip(self._rows, self.ids, strict=True))
        return [known.get(row, NOTHING) for row in rows]
