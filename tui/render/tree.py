"""Rows of the tree → lines: names told apart by where they differ, values at the right edge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from tui.library.selection import Selection
from tui.library.tree import Entry, Folder, Row
from tui.render.line import Line, Span, joined
from tui.render.text import cut, head, pad, visible, width

_WIDEST_VALUE = 10
_INDENT = 2
_NARROW = 30
"""A tree below this many cells is indented by one instead."""


class TreeLines:
    """The lines of a tree's rows, each made when it is looked at."""

    def __init__(
        self,
        rows: Sequence[Row],
        selection: Selection | None = None,
        value_of: Callable[[Entry], str] | None = None,
    ) -> None:
        """`value_of` gives what stands behind a card that was read; None: its own headline."""
        self.rows = rows
        self._selection = selection or Selection()
        self._value_of = value_of
        self._names = Counter(row.node.name for row in rows if isinstance(row.node, Entry))

    def __len__(self) -> int:
        return len(self.rows)

    def line(self, index: int, cells: int) -> Line:
        """The line of a row in `cells` cells."""
        row = self.rows[index]
        lead = " " * (row.depth * (_INDENT if cells >= _NARROW else 1))
        if isinstance(row.node, Folder):
            return _folder_line(row, row.node, lead, cells)
        entry = row.node
        value, style = self._value(entry)
        room = cells - width(lead) - 2 - (width(value) + 1 if value else 0)
        name = shorten(self._label(entry), room, self._neighbours(index))
        known = entry.outline
        dimmed = known is not None and not known.is_card
        spans: list[Span] = [*self._chosen(entry, lead), _mark(entry), (pad(name, room), "dim" if dimmed else "")]
        return Line(tuple(joined([*spans, (" " + value, style)] if value else spans)))

    def name_at(self, index: int) -> tuple[str, list[str]]:
        """The name of the card in a row and those around it, for `shorten`; none where there is no card."""
        row = self.rows[index] if index < len(self.rows) else None
        return (self._label(row.node), self._neighbours(index)) if row and isinstance(row.node, Entry) else ("", [])

    def _chosen(self, entry: Entry, lead: str) -> list[Span]:
        """The indentation, at its end the mark of a card that is selected or the baseline."""
        sign = "◎" if entry is self._selection.baseline else "●" if entry in self._selection.entries else ""
        return [(lead[: len(lead) - len(sign)], ""), (sign, "accent")] if lead else [(lead, "")]

    def _value(self, entry: Entry) -> Span:
        known = entry.outline
        if known is None:
            return "", ""
        if known.error:
            return cut(visible(known.error), _WIDEST_VALUE * 2), "error"
        value = known.value if self._value_of is None else self._value_of(entry)
        return cut(visible(value), _WIDEST_VALUE), "accent"

    def _label(self, entry: Entry) -> str:
        """The card's name, with its folder or file where another row has the same."""
        return visible(entry.label(is_shared=self._names[entry.name] > 1))

    def _neighbours(self, index: int) -> list[str]:
        """The labels of the cards above and below, from which this one must differ on the screen."""
        around = (self.rows[i] for i in (index - 1, index + 1) if 0 <= i < len(self.rows))
        return [self._label(row.node) for row in around if isinstance(row.node, Entry)]


def _folder_line(row: Row, folder: Folder, lead: str, cells: int) -> Line:
    sign = "▾ " if folder.is_open else "▸ "
    count = f" {row.count:,}"
    room = max(cells - width(lead) - 2 - len(count), 1)
    name = visible(folder.name) + (f" – {folder.error}" if folder.error else "")
    style = "error" if folder.error else "heading"
    shown = shorten(name, room)
    blanks = " " * (room - width(shown))
    return Line(tuple(joined([(lead + sign, "dim"), (shown, style), (blanks + count, "dim")])))


def _mark(entry: Entry) -> Span:
    known = entry.outline
    if known and (known.error or known.severity == "error"):
        return "× ", "error"
    if known and known.is_card and known.has_problems:
        return "? ", "warning"
    if known and known.severity:
        return "▲ ", "warning"
    return "  ", ""


def shorten(name: str, cells: int, neighbours: Sequence[str] = ()) -> str:
    """The name in at most `cells` cells, cut so that what tells it from its neighbours stays.

    >>> shorten("bert-base-uncased-finetuned-run-14", 20)
    'bert-base-…ed-run-14'
    """
    if width(name) <= cells:
        return name
    if cells < 8:
        return cut(name, max(cells, 1))
    places = [_shared_start(name, other) for other in neighbours if other != name]
    low, high = min(places, default=0), max(places, default=0)
    third, half = (cells - 2) // 3, cells // 2
    ways = [
        (half, len(name) - len(_tail(name, cells - 1 - half))),  # the start and the end
        (third, low - 2),  # the start, then the name from just before the first difference
        (cells - 4 - (high - low), low),  # less of the start, so that both differences fit
        (third, high - 2),
    ]
    for start, rest in ways:
        short, first, second = _spliced(name, cells, max(start, 0), rest)
        if all(place in first or place in second for place in places):
            break
    return short


def _spliced(name: str, cells: int, start: int, rest: int) -> tuple[str, range, range]:
    """The name's first `start` cells, then the name from character `rest` on, and which characters both are."""
    begin = head(name, start)
    if rest <= len(begin) + 1:
        begin = head(name, cells - 1)
        return begin + "…", range(len(begin)), range(0)
    room = cells - 1 - width(begin)
    end = name[rest:]
    if width(end) <= room:
        return f"{begin}…{end}", range(len(begin)), range(rest, len(name) + 1)
    end = head(end, room - 1)
    return f"{begin}…{end}…", range(len(begin)), range(rest, rest + len(end))


def _tail(name: str, cells: int) -> str:
    return head(name[::-1], cells)[::-1]


def _shared_start(left: str, right: str) -> int:
    """How many characters two names have in common at their start."""
    pairs = zip(left, right, strict=False)
    return next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(left), len(right)))
