"""Pieces that the sections of a card on the screen are made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from tui.cards.model import Card, History, Value
from tui.cards.values import unbold
from tui.judge import curves, metrics
from tui.judge.numbers import shortened
from tui.judge.verdict import Verdict
from tui.render.line import Line, Span, joined, line, wrap_spans
from tui.render.tables import grid
from tui.render.text import pad, visible, width

NOTHING = "–"


MOST_ELEMENTS = 24
"""Elements of one list that are shown one by one."""


_LEAST_ROOM = 32
"""Cells beside the names that are worth wrapping a long value in."""


_SHORT_VALUE = 16
"""Cells of a value that may share its line with another."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A card, what was judged of it, and the cells of the pane that shows it (None: a pipe)."""

    card: Card
    verdict: Verdict
    cells: int | None


_T = TypeVar("_T")


def few_elements(items: Sequence[_T], name_of: Callable[[_T], str]) -> list[_T]:
    """The items without the elements of lists beyond the first few: long lists are predictions, not metrics."""
    seen: Counter[str] = Counter()
    found = []
    for item in items:
        base = metrics.base(name_of(item))
        seen[base] += 1
        if seen[base] <= MOST_ELEMENTS:
            found.append(item)
    return found


def more_elements(count: int) -> Line:
    """That elements of lists are not shown."""
    what = "element of a long list" if count == 1 else "elements of long lists"
    return line((f"  … and {count} more {what}", "dim"))


def row_place(history: History, row: int) -> str:
    """Where a row of the history lies: ``epoch 14, step 2800``, or ``the end of the training``."""
    if place := curves.beside(history, row):
        return place
    places = []
    for axis in ("epoch", "step"):
        column = history.column(axis)
        cell = None if column is None else history.cell(row, column)
        if cell and cell.number is not None:
            places.append(f"{axis} {visible(cell.raw.removesuffix('.0'))}")
    return ", ".join(places) or f"row {row + 1}"


def value_span(value: Value | None, cells: int | None = None) -> Span:
    """A value as printed, without bold marks, in a pane with six of many digits; a dash where there is none."""
    return (NOTHING, "dim") if value is None else (visible(unbold(value_text(value, cells))), "")


def value_text(value: Value, cells: int | None) -> str:
    """A value as printed; in a pane of so many cells a number with all its digits has six of them."""
    return value.raw if cells is None else shortened(value)


def paragraph(spans: list[Span], cells: int | None, *, indent: int = 2, hanging: int | None = None) -> list[Line]:
    """One paragraph, indented by `indent` cells, its second and further lines by `hanging`."""
    hanging = indent if hanging is None else hanging
    lines: list[Line] = []
    for found in wrap_spans(spans, None if cells is None else max(cells - max(indent, hanging), 16)):
        blank = (" " * (hanging if lines else indent), "")
        lines.append(Line(tuple(joined([blank, *found]))))
    return lines


def pairs_lines(pairs: list[tuple[str, str]], cells: int | None) -> list[Line]:
    """Names and values: short ones in columns where two fit, long ones below, wrapped beside their names."""
    if not pairs or cells is None:
        return grid(pairs, None) if pairs else []
    beside = [pair for pair in pairs if width(pair[0]) <= cells // 2]
    names = max((width(name) for name, _ in beside), default=0)
    short = [pair for pair in beside if width(pair[1]) <= _SHORT_VALUE]
    if 2 * (names + _SHORT_VALUE + 5) > cells:
        short = []
    lines = grid(short, cells, names=names) if short else []
    are_short = set(short)
    for pair in pairs:
        if pair not in are_short:
            lines += _long_pair(*pair, names, cells)
    return lines


def _long_pair(name: str, value: str, names: int, cells: int) -> list[Line]:
    """A wrapped value beside its name, or below a name that is wider than the column of names."""
    room = cells - names - 4
    if width(name) > names or (width(value) > room and room < _LEAST_ROOM):
        return [*paragraph([(name, "label")], cells), *paragraph([(value, "")], cells, indent=4)]
    values = [spans[0][0] for spans in map(joined, wrap_spans([(value, "")], max(room, 1)))] or [""]
    first = line("  ", (pad(name, names + 2), "label"), values[0])
    return [first, *(line(" " * (names + 4) + text) for text in values[1:])]
