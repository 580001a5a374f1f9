"""The lines at the top and bottom of the explorer: where we are, and which keys help."""

from __future__ import annotations

from dataclasses import dataclass

from tui import keys
from tui.keys import Scope
from tui.render.line import Line, Span, joined, trimmed
from tui.render.text import cut, visible, width

_BAR = 12
"""Cells of the progress bar."""


@dataclass(frozen=True, slots=True)
class Status:
    """What the title line tells."""

    names: str
    """Of the opened folders."""

    total: int
    """Card files found so far."""

    read: int
    """Card files whose names are known."""

    scanning: bool
    words: str
    """The filter's words."""

    hits: str
    """Where the search stands."""


def header(status: Status, cells: int) -> Line:
    """``cardtui  seeds · 5 cards`` with progress, filter and search behind it."""
    count = f"{status.total:,} card{'' if status.total == 1 else 's'}"
    left: list[Span] = [("cardtui ", "title"), (visible(status.names), "strong"), (f" · {count}", "")]
    right: list[Span] = []
    if status.scanning:
        right.append(("scanning … ", "accent"))
    elif status.read < status.total:
        share = status.read / status.total
        full = round(share * _BAR)
        right += [
            ("reading ", ""),
            ("━" * full, "accent"),
            ("─" * (_BAR - full), "dim"),
            (f" {share:.0%} ", ""),
        ]
    if status.words:
        right += [("filter: ", "label"), (visible(status.words) + " ", "accent")]
    if status.hits:
        right += [("search: ", "label"), (status.hits + " ", "accent")]
    taken = sum(width(text) for text, _ in right)
    room = max(cells - taken - 2 - width(left[0][0]) - width(left[2][0]), 4)
    left[1] = (cut(left[1][0], room), "strong")
    used = sum(width(text) for text, _ in left)
    return Line(tuple(joined([*left, (" " * max(cells - used - taken, 1), ""), *right])))


def footer(scope: Scope, cells: int) -> Line:
    """The keys that help now, as many as fit; help and quit always."""
    everywhere = [(key.shown, key.label) for key in keys.of(Scope.EXPLORER) if key.label]
    others, always = [*_FIRST[scope], ("[ ]", "metric"), *everywhere[:-2]], everywhere[-2:]
    left = cells - sum(map(_size, always)) + _KEY_GAP
    shown: list[tuple[str, str]] = []
    for entry in others:
        if _size(entry) <= left:
            shown.append(entry)
            left -= _size(entry)
    spans: list[Span] = []
    for name, label in [*shown, *always]:
        spans += [(name, "accent"), (f" {label}  ", "")]
    return Line(tuple(joined(trimmed(spans))))


_KEY_GAP = 2


def _size(key: tuple[str, str]) -> int:
    return width(key[0]) + 1 + width(key[1]) + _KEY_GAP


_FIRST: dict[Scope, tuple[tuple[str, str], ...]] = {
    Scope.TREE: (("↑↓", "move"), ("Enter", "open")),
    Scope.DETAIL: (("↑↓", "scroll"), ("←→", "wide tables"), ("Enter", "next section")),
    Scope.CURVES: (("←→", "read values"), ("+ -", "zoom"), ("hjkl", "pan")),
}
"""What the keys of each pane do, in short."""
