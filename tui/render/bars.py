"""The lines at the top and bottom of the explorer: where we are, and which keys help."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from tui.keys import UNCHANGED, Keys, Scope
from tui.render.line import Line, Span, joined, trimmed
from tui.render.text import cut, head, visible, width
from tui.render.tree import shorten

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

    headline: str = ""
    """The metric that a person chose to stand for every run."""

    rate: float = 0.0
    """Cards read a second, 0 where it is not known."""

    is_stopped: bool = False
    """Whether a person stopped the reading."""


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
    ways = _progress(status)
    short = ways[-1]
    words = cut(visible(status.words), cells // 3)
    filtered: list[Span] = [("filter: ", "label"), (words + " ", "accent")] if words else []
    searched: list[Span] = [("search: ", "label"), (status.hits + " ", "accent")] if status.hits else []
    chosen: list[Span] = []
    if status.headline:
        chosen = [("headline: ", "label"), (cut(visible(status.headline), cells // 4) + " ", "accent")]
    rest = [*filtered, *searched, *chosen]
    return [*([*way, *rest] for way in ways), [*short, *filtered, *chosen], [*short, *filtered], *ways]


def _progress(status: Status) -> list[list[Span]]:
    """How far scanning and reading are, from everything to a word; nothing once they are done."""
    if status.scanning:
        return [[("scanning … ", "accent")], [("… ", "accent")]]
    if status.read >= status.total:
        return [[]]
    if status.is_stopped:
        text = f"{status.read:,} read "
        return [[(f"stopped · {text} ", "warning")], [(f"{text} ", "warning")]]
    full = round(status.read / status.total * _BAR)
    share = f"{status.read * 100 // status.total}% "
    bar: list[Span] = [("reading ", ""), ("━" * full, "accent"), ("─" * (_BAR - full), "dim"), (f" {share}", "")]
    if status.rate < 1:
        return [bar, [(share, "")]]
    left = f"{_duration((status.total - status.read) / status.rate)} left "
    pace = f"· {status.rate:,.0f}/s · {left}"
    most = [*bar, (f"· {status.read:,} {pace}· Esc stops ", "dim")]
    return [
        most,
        [*bar, (pace, "dim")],
        [(share, ""), (pace, "dim")],
        [(share, ""), (f"· {left}", "dim")],
        [(share, "")],
    ]


def _duration(seconds: float) -> str:
    """A time as one says it: ``8 s``, ``3 min``."""
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"


def _start(spans: Sequence[Span], cells: int) -> list[Span]:
    """The spans that fit in `cells` cells, the last one cut."""
    found: list[Span] = []
    for text, style in spans:
        found.append((head(text, cells), style))
        cells -= width(found[-1][0])
    return found


def _cells(spans: list[Span]) -> int:
    return sum(width(text) for text, _ in spans)


def compare_header(names: Sequence[str], which: str, cells: int) -> Line:
    """``compare  A run-1  B run-2`` with which values are shown."""
    tail = f"{which} values "
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    shown = names if len(names) <= len(letters) else ()
    room = cells - width("compare ") - width(tail)
    each = max(room // max(len(shown), 1) - 5, 1)  # its letter, and the blanks around both
    spans: list[Span] = [("compare ", "title")]
    if each >= _LEAST_NAME:
        for letter, name in zip(letters, shown, strict=False):
            name = shorten(visible(name), each, [visible(other) for other in shown])  # noqa: PLW2901
            spans += [(f" {letter} ", "accent"), (f"{name} ", "strong")]
    else:
        spans.append((f" {len(names)} runs", "strong"))
    gap = max(cells - sum(width(text) for text, _ in spans) - width(tail), 1)
    return Line(tuple(joined([*spans, (" " * gap, ""), (tail, "label")])))


@dataclass(frozen=True, slots=True)
class CompareView:
    """What of the comparison is on the screen."""

    is_pair: bool
    curves_only: bool = False
    table_only: bool = False
    is_files: bool = False
    """Whether the difference of the files is shown in the place of the table."""


def compare_footer(cells: int, view: CompareView, known: Keys = UNCHANGED) -> Line:
    """The keys that help now, as many as fit, those first that lead to what is not on the screen; help and back."""
    of = partial(_entry, known, Scope.COMPARE)
    moves = _moves(known, Scope.COMPARISON, "move", "move(-1)", "move(1)", "column(-1)", "column(1)")
    metric, axis, full = of("metric", "metric(-1)", "metric(1)"), of("x axis", "axis"), "full_screen"
    table = [of("all", "everything"), of("best, last", "which")]
    difference = [of("difference", "difference")] if view.is_pair else []
    pair = [of("swap", "swap"), *([of("pair", "pair(-1)", "pair(1)")] if view.is_pair else [])]
    files = [of("files", "raw")] if view.is_pair else []
    copy = of("copy", "copy_view")
    if view.curves_only:
        logs = of("log y", "log_y"), of("log x", "log_x")
        others = [of("table", full), metric, *difference, axis, *logs, *pair, *files, copy]
    elif view.is_files:
        others = [moves, of("table", "raw"), *pair, of("curves" if view.table_only else "full", full)]
        others += [] if view.table_only else [metric, *difference, axis]
    elif view.table_only:
        others = [moves, of("curves", full), *table, *difference, *pair, *files, copy, of("copy value", "copy_cell")]
    else:
        others = [moves, *table, metric, *difference, *pair, *files, axis, of("full", full), copy]
        others.append(of("copy value", "copy_cell"))
    return _keys_line(others, [of("help", "help"), ("Esc", "back")], cells)


@dataclass(frozen=True, slots=True)
class RunsStatus:
    """What the title line of the runs table tells."""

    names: str
    """Of the opened folders."""

    shown: int
    """Runs that pass the filter."""

    total: int
    read: int
    """Card files that have been read; with `files`, how far reading is."""

    files: int
    scanning: bool = False
    order: str = ""
    """By what the runs are sorted, with the mark of its direction."""

    filter: str = ""
    others: tuple[str, ...] = ()
    """What else was chosen: best values, groups, how many at most."""

    rate: float = 0.0
    """Cards read a second, 0 where it is not known."""

    is_stopped: bool = False
    """Whether a person stopped the reading."""


def runs_header(status: RunsStatus, cells: int) -> Line:
    """``runs  seeds · 5 of 5 · sorted by accuracy ▼ · filter: f1>0.9`` with progress behind it."""
    ways = _progress(
        Status(
            status.names,
            status.files,
            status.read,
            status.scanning,
            "",
            "",
            rate=status.rate,
            is_stopped=status.is_stopped,
        )
    )
    count = f"{status.shown:,} of {status.total:,}"
    chosen: list[Span] = []
    if status.order:
        chosen += [(" · ", ""), ("sorted by ", "label"), (cut(visible(status.order), cells // 3), "accent")]
    for other in status.others:
        chosen += [(" · ", ""), (cut(visible(other), cells // 4), "accent")]
    if status.filter:
        chosen += [(" · ", ""), ("filter: ", "label"), (cut(visible(status.filter), cells // 2), "accent")]
    for right in ways:
        room = cells - width(count) - _cells(chosen) - _cells(right) - width("runs  ·  ") - 1
        if room >= _LEAST_NAME:
            break
    names = [(cut(visible(status.names), room), "strong"), (" · ", "")] if room >= _LEAST_NAME else []
    left: list[Span] = [("runs ", "title"), *names, (count, ""), *chosen]
    room = cells - _cells(right) - 1
    if _cells(left) > room:
        left = [*_start(left, room - 1), ("…", "dim")]
    gap = max(cells - _cells(left) - _cells(right), 1)
    return Line(tuple(joined([*left, (" " * gap, ""), *right])))


_RUNS_FIRST = "sort pick_metric filter columns group compare select which most reverse copy_view".split()
"""The keys of the runs table in the order in which the footer can do without them, the last first."""


def runs_footer(cells: int, known: Keys = UNCHANGED, *, opens: str = "card") -> Line:
    """The keys of the runs table, as many as fit; help and back always. `opens` says what the cursor's row opens."""
    of = {key.action: (known.shown(Scope.RUNS, key.action), key.label) for key in known.of(Scope.RUNS)}
    moves = _moves(known, Scope.RUN_ROWS, "move", "move(-1)", "move(1)", "column(-1)", "column(1)")
    others = [moves, _entry(known, Scope.RUN_ROWS, opens, "open"), *(of[action] for action in _RUNS_FIRST)]
    return _keys_line(others, [of["help"], ("Esc", "back")], cells)


def footer(scope: Scope, cells: int, known: Keys = UNCHANGED) -> Line:
    """The keys that help now, as many as fit; help and quit always."""
    everywhere = [(known.shown(Scope.EXPLORER, key.action), key.label) for key in known.of(Scope.EXPLORER) if key.label]
    metric = _entry(known, Scope.EXPLORER, "metric", "metric(-1)", "metric(1)")
    return _keys_line([*_first(scope, known), metric, *everywhere[:-2]], everywhere[-2:], cells)


def _keys_line(others: Sequence[tuple[str, str]], always: Sequence[tuple[str, str]], cells: int) -> Line:
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


def _first(scope: Scope, known: Keys) -> list[tuple[str, str]]:
    """What the keys of a pane do, in short."""
    of = partial(_entry, known, scope)
    if scope is Scope.DETAIL:
        scroll = _moves(known, scope, "scroll", "move(-1)", "move(1)")
        wide = _moves(known, scope, "wide tables", "pan(-1)", "pan(1)")
        return [scroll, wide, of("finding", "finding"), of("section", "section(1)")]
    if scope is Scope.CURVES:
        read = _moves(known, scope, "read values", "read(-1)", "read(1)")
        pans = _moves(known, scope, "pan", "pan(-1, 0)", "pan(0, -1)", "pan(0, 1)", "pan(1, 0)")
        return [read, of("zoom", "zoom(2.0)", "zoom(0.5)"), pans]
    everywhere = partial(_entry, known, Scope.EXPLORER)
    moves = _moves(known, scope, "move", "move(-1)", "move(1)")
    return [moves, of("open", "open"), everywhere("select", "select"), everywhere("compare", "compare")]


def _entry(known: Keys, scope: Scope, label: str, *actions: str) -> tuple[str, str]:
    """The keys of some actions, and what they do."""
    return " ".join(known.shown(scope, action) for action in actions), label


def _moves(known: Keys, scope: Scope, label: str, *actions: str) -> tuple[str, str]:
    """The same, keys of one sign close together: ``↑↓``."""
    names, label = _entry(known, scope, label, *actions)
    return (names if any(len(name) > 1 for name in names.split()) else names.replace(" ", "")), label
