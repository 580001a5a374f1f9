"""Values of several spans in columns that fit a pane: cut where they must be, their decimal points in one column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from tui.render.line import Line, Shape, Span, joined, trimmed
from tui.render.tables import GAP
from tui.render.text import align, cut, head, width
from tui.render.tree import shorten

_LEAST = 14
"""Cells that a column keeps, however narrow the pane is: a number, its sign and its exponent."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One value, all visible text."""

    text: str
    style: str = ""
    is_number: bool = False
    """Whether its decimal point stands below those of the others."""

    lead: str = ""
    """What stands before it, in its style."""

    mark: str = ""
    """What stands right behind it, in its style."""

    note: str = ""
    """What stands behind that in brackets, dim."""

    neighbours: tuple[str, ...] = ()
    """Texts from which it is still to differ when it is cut."""

    @property
    def around(self) -> int:
        """Cells of all but the value."""
        return width(self.lead) + width(self.mark) + (width(self.note) + 3 if self.note else 0)

    def spans(self, text: str) -> list[Span]:
        """The entry with its value written so."""
        return [(f"{self.lead}{text}{self.mark}", self.style), *([(f" ({self.note})", "dim")] if self.note else [])]


@dataclass(frozen=True, slots=True)
class Column:
    """One column as it is written."""

    heading: str
    cells: Sequence[Sequence[Span]]

    @property
    def width(self) -> int:
        """The cells of its widest row."""
        return max([width(self.heading), *(sum(width(text) for text, _ in spans) for spans in self.cells)])


def shape(columns: Sequence[Column], indent: int) -> Shape:
    """The shape of a table of these columns, the first of which stays in place."""
    edges = list(accumulate((column.width + GAP for column in columns), initial=indent))
    return Shape(edges[-1] - GAP, edges[1], tuple(edges[:-1]))


def row_line(columns: Sequence[Column], row: int | None, table: Shape, head: Line | None = None) -> Line:
    """A row of the columns, or, for None, their headings."""
    spans: list[Span] = [(" " * table.stops[0], "")]
    for column, (start, end) in zip(columns, pairwise([*table.stops, table.width + GAP]), strict=True):
        cell = [(column.heading, "label")] if row is None else column.cells[row]
        spans += [*cell, (" " * (end - start - sum(width(text) for text, _ in cell)), "")]
    return Line(tuple(joined(trimmed(spans))), table=table, head=head)


def lay_out(entries: Sequence[Entry], cells: int | None) -> list[list[Span]]:
    """The entries in at most `cells` cells each (None: any), numbers aligned with each other."""
    entries = [_without_note(entry, cells) for entry in entries]
    texts = [_short(entry, cells) for entry in entries]
    numbers = [index for index, entry in enumerate(entries) if entry.is_number]
    for index, text in zip(numbers, align([texts[index] for index in numbers]), strict=True):
        if cells is None or width(text) + entries[index].around <= cells:
            texts[index] = text
    return [entry.spans(text) for entry, text in zip(entries, texts, strict=True)]


def _without_note(entry: Entry, cells: int | None) -> Entry:
    """The entry; without its note, where that would leave no room for the value."""
    if cells is None or not entry.note or width(entry.text) + entry.around <= cells:
        return entry
    return replace(entry, note="")


def _short(entry: Entry, cells: int | None) -> str:
    """The value of an entry, cut to what the rest of it leaves."""
    room = None if cells is None else max(cells - entry.around, 1)
    if room is None or width(entry.text) <= room:
        return entry.text
    return short_number(entry.text, room) if entry.is_number else shorten(entry.text, room, entry.neighbours)


def short_number(text: str, cells: int) -> str:
    """A number in at most `cells` cells, its exponent kept: without it, it would be another number.

    >>> short_number("1.2090707659718472e-05", 10), short_number("0.946236559139785", 8)
    ('1.209…e-05', '0.94623…')
    """
    mantissa, sign, exponent = text.partition("e")
    rest = f"{sign}{exponent}"
    if not rest or width(rest) + 2 > cells:
        return cut(text, cells)
    return f"{head(mantissa, cells - 1 - width(rest))}…{rest}"


def fit(widths: Sequence[int], room: int, least: int = _LEAST) -> int:
    """The cells that the widest of several columns may have, so that together they take `room` where they can.

    None is made narrower than `least`.
    """
    cap = max(widths, default=0)
    while cap > least and sum(min(size, cap) + GAP for size in widths) > room:
        cap -= 1
    return cap
