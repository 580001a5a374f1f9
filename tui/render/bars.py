"""The lines at the top and bottom of the explorer: where we are, and which keys help."""

from __future__ import annotations

from dataclasses import dataclass

from tui import keys
from tui.keys import Scope
from tui.render.line import Line, Span, joined, trimmed
from tui.render.text import cut, visible, width

_BAR = 12
"""Cells of the progress bar."""

_LEAST_NAME = 8
"""Cells of the folders' names (and of the sign behind them) that are worth more than filter and search."""


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
    """``cardtui  seeds · 5 cards`` with progress, filter and search behind it; the count and progress always."""
    count = f"{status.total:,} card{'' if status.total == 1 else 's'}"
    space = cells - width(count) - 1
    *fuller, least = _states(status, cells)
    right = next((state for state in fuller if _cells(state) + _LEAST_NAME <= space), least)
    left = [*_where(visible(status.names), space - _cells(right)), (count, "")]
    gap = max(cells - _cells(left) - _cells(right), 1)
    return Line(tuple(joined([*left, (" " * gap, ""), *right])))


def _where(names: str, cells: int) -> list[Span]:
    """The program and the opened folders, or what fits of them."""
    title, sign = "cardtui ", " · "
    room = cells - width(sign)
    if room >= width(title) + min(width(names), _LEAST_NAME):
        return [(title, "title"), (cut(names, room - width(title)), "strong"), (sign, "")]
    return [(cut(names, room), "strong"), (sign, "")] if room > 0 else []


def _states(status: Status, cells: int) -> list[list[Span]]:
    """What the right side may tell, from everything to progress in short."""
    full, short = _progress(status)
    words = cut(visible(status.words), cells // 3)
    filtered: list[Span] = [("filter: ", "label"), (words + " ", "accent")] if words else []
    searched: list[Span] = [("search: ", "label"), (status.hits + " ", "accent")] if status.hits else []
    return [[*full, *filtered, *searched], [*short, *filtered, *searched], [*short, *filtered], full, short]


def _progress(status: Status) -> tuple[list[Span], list[Span]]:
    """How far scanning and reading are, at length and in short; nothing once they are done."""
    if status.scanning:
        return [("scanning … ", "accent")], [("… ", "accent")]
    if status.read >= status.total:
        return [], []
    full = round(status.read / status.total * _BAR)
    share = f" {status.read * 100 // status.total}% "
    bar = [("reading ", ""), ("━" * full, "accent"), ("─" * (_BAR - full), "dim"), (share, "")]
    return bar, [(share.lstrip(), "")]


def _cells(spans: list[Span]) -> int:
    return sum(width(text) for text, _ in spans)


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
    Scope.DETAIL: (("↑↓", "scroll"), ("←→", "wide tables"), ("Enter", "finding"), ("}", "section")),
    Scope.CURVES: (("←→", "read values"), ("+ -", "zoom"), ("hjkl", "pan")),
}
"""What the keys of each pane do, in short."""
