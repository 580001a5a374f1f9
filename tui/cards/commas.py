"""Decimal commas: people whose language has them rewrite results and tables with ``0,0649`` for 0.0649.

Only a result or a cell of the history is read so, where the comma cannot be a thousands separator and the column's
other numbers agree. A setting such as ``0,1`` may be a list.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tui.cards.model import History, NamedValue, Value
from tui.cards.values import has_decimal_comma, to_number, unbold

_EITHER = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")
"""A number that has thousands or three decimals: its neighbours tell which."""


def read_commas(history: History, results: Sequence[NamedValue]) -> tuple[History, tuple[NamedValue, ...]]:
    """The history and the results with the numbers whose decimals stand behind a comma."""
    texts = [result.value.raw for result in results]
    if any(map(has_decimal_comma, texts)):
        among_commas = _agree(texts)
        results = [replace(one, value=_read(one.value, among_commas=among_commas)) for one in results]
    if not any(has_decimal_comma(cell.raw) for row in history.rows for cell in row.cells if "," in cell.raw):
        return history, tuple(results)
    whole = [row.cells for row in history.rows if len(row.cells) == len(history.columns)]
    written_so = [_agree(cell.raw for cell in cells) for cells in zip(*whole, strict=True)]
    rows = []
    for row in history.rows:
        if len(row.cells) == len(history.columns):
            pairs = zip(row.cells, written_so, strict=True)
            cells = tuple([_read(cell, among_commas=True) if so else cell for cell, so in pairs])
            rows.append(replace(row, cells=cells))
        else:
            rows.append(row)
    return History(history.columns, tuple(rows)), tuple(results)


def _agree(texts: Iterable[str]) -> bool:
    """Whether most numbers have a comma, one of them certainly before decimals, and none a point or several commas."""
    numbers = [text for text in map(unbold, texts) if (n := to_number(text)) is not None and math.isfinite(n)]
    if not any(map(has_decimal_comma, numbers)) or any("." in text or text.count(",") > 1 for text in numbers):
        return False
    return sum("," in text for text in numbers) * 2 > len(numbers)


def _read(value: Value, *, among_commas: bool) -> Value:
    """A value with the number that its text has where the comma is one of decimals."""
    if has_decimal_comma(value.raw):
        return Value(value.raw, to_number(unbold(value.raw)))
    if among_commas and _EITHER.fullmatch(value.raw):
        return Value(value.raw, float(value.raw.replace(",", ".")))
    return value
