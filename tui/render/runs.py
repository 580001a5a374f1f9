"""The runs table → lines: only the rows and columns on the screen are made, and their widths stay as one scrolls."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from tui.cards.model import Value
from tui.judge.metrics import Direction
from tui.library.runs import FINDINGS, HEADLINE, NAME, PATH, Group, Runs
from tui.library.selection import Selection
from tui.render.columns import short_number
from tui.render.line import Line, Span, joined, trimmed
from tui.render.markdown_text import table as markdown_table
from tui.render.tables import GAP
from tui.render.text import cut, pad, visible, width
from tui.render.tree import shorten

_GUTTER = 2
"""Cells at the left for the mark of a selected card or the baseline."""

_NUMBER, _TEXT, _NOTE = 10, 24, 16
"""Cells that a number, a text and the name of a metric behind its value may take."""

_NARROW, _SHORT_NOTE = 100, 9
"""Cells of lines in which the name of a metric behind its value takes no more than so many, for there to be columns."""

_OWNED = frozenset({"base", "dataset"})
"""Columns of what has an owner on the Hub: ``google/electra-small``."""

_LEAST_TEXT, _LEAST_NAME = 8, 20
_NAME_SHARE = 0.25
_SAMPLE = 120
"""Rows that are measured when a column comes on the screen, beside those on display."""

_PASTED = 1_000
"""Rows that are copied at most."""

MARKS = {"error": ("×", "error"), "warning": ("▲", "warning"), "info": ("·", "dim")}
"""The severity of a run's gravest finding → its mark and style, as in the tree."""

BEST = "★"


@dataclass(slots=True)
class Fit:
    """How wide the cells of a column are; it grows while the column is looked at, and never shrinks."""

    left: int = 0
    """Cells before the decimal point of its widest number."""

    right: int = 0
    """Cells from the decimal point on."""

    text: int = 0
    """Cells of its widest text."""

    note: int = 0
    """Cells of the widest note behind its numbers."""

    seen: range = range(0)
    """The rows that were measured last."""

    is_ranked: bool = False
    """Whether there is room for the mark of the best."""

    @property
    def number(self) -> int:
        """Cells of its numbers with what stands around them."""
        around = (1 if self.is_ranked else 0) + (self.note + 1 if self.note else 0)
        return self.left + self.right + around if self.left + self.right else 0

    @property
    def width(self) -> int:
        """Cells of its widest value."""
        return max(self.number, self.text)

    @property
    def is_numeric(self) -> bool:
        """Whether it shows numbers, below which texts stand at the right too."""
        return self.number > 0


@dataclass(frozen=True, slots=True)
class Cell:
    """One value as it is written."""

    text: str
    is_number: bool = False
    style: str = ""
    note: str = ""


_MISSING = Cell("–", style="dim")


class RunsLines:
    """The lines of the runs table, each made when it is looked at."""

    def __init__(self, runs: Runs, selection: Selection) -> None:
        self.runs = runs
        self.names: Sequence[str] = (NAME,)
        """The columns, of which the first stays in place."""

        self.column = 0
        """The column that the cursor is in."""

        self.first = 1
        """The column behind the name."""

        self._selection = selection
        self._fits: dict[str, Fit] = {}
        self._lines: dict[int, Line] = {}
        self._stops: list[tuple[int, int, int]] = []
        self._window: tuple[object, ...] = ()
        self._note = _NOTE
        """Cells that the name of a metric behind its value may take now."""

    def __len__(self) -> int:
        return len(self.runs)

    def forget(self, *, widths: bool = False) -> None:
        """Make the lines anew; with `widths`, measure the columns anew too."""
        self._lines = {}
        self._window = ()
        for fit in self._fits.values():
            fit.seen = range(0)
        if widths:
            self._fits = {}

    # Where things stand

    def look(self, top: int, page: int, cells: int) -> None:
        """Lay the columns out for the rows from `top` on, in lines of `cells` cells."""
        window = (top, page, cells, self.first, self.column)
        if window == self._window:
            return
        note = _SHORT_NOTE if cells < _NARROW else _NOTE
        if note != self._note:
            self._note = note
            self._fits.pop(HEADLINE, None)
        rows = range(top, min(top + page, len(self.runs.items)))
        before = self._stops
        self._pan(cells, rows)
        self._stops = self._laid(cells, rows)
        if self._stops != before or not self._window or self._window[2] != cells:
            self._lines = {}
        self._window = (top, page, cells, self.first, self.column)

    def _pan(self, cells: int, rows: range) -> None:
        """Move the columns so that the cursor's is on the screen, and no room is left at the right."""
        last = len(self.names) - 1
        self.column = min(max(self.column, 0), last)
        self.first = min(max(self.first, 1), max(last, 1))
        if 0 < self.column < self.first:
            self.first = self.column
        while self.first < self.column and self._last_whole(cells, rows) < self.column:
            self.first += 1
        while self.first > 1:
            self.first -= 1
            if self._last_whole(cells, rows) < last:
                self.first += 1
                break

    def _last_whole(self, cells: int, rows: range) -> int:
        """The last column that is on the screen with all of its cells."""
        return max((place for place, start, size in self._laid(cells, rows) if size >= self._need(place)), default=0)

    def _need(self, place: int) -> int:
        """The cells that a column is to have."""
        name = self.names[place]
        return max(self._fits[name].width, width(self._heading(place))) if name != NAME else 0

    def _laid(self, cells: int, rows: range) -> list[tuple[int, int, int]]:
        """(column, first cell, cells) of the columns on the screen."""
        found = [(0, _GUTTER, self._name_cells(cells, rows))]
        start = _GUTTER + found[0][2] + GAP
        for place in range(self.first, len(self.names)):
            fit = self._fit(self.names[place], rows)
            is_last = place == len(self.names) - 1
            need, left = self._need(place), cells - start - (0 if is_last else 2)  # for the mark of hidden columns
            is_text = not fit.is_numeric and self.names[place] != HEADLINE
            if left < (min(need, _LEAST_TEXT) if is_text else need):
                break
            size = left if is_last and is_text else min(need, left)
            found.append((place, start, size))
            start += size + GAP
        return found

    def _name_cells(self, cells: int, rows: range) -> int:
        most = max(_LEAST_NAME, round((cells - _GUTTER) * _NAME_SHARE))
        return max(min(self._fit(NAME, rows).text, most), min(_LEAST_NAME, cells - _GUTTER))

    def _fit(self, name: str, rows: range) -> Fit:
        """How wide a column is: as wide as its widest value so far."""
        fit = self._fits.get(name)
        if fit is not None and fit.seen == rows:
            return fit
        items = self.runs.items
        new = [items[row] for row in rows if fit is None or row not in fit.seen]
        if fit is None:
            fit = self._fits[name] = Fit()
            new += items[:: max(len(items) // _SAMPLE, 1)]
        fit.seen = rows
        fit.is_ranked = self.runs.is_ranked(name)
        before = (fit.width, fit.left, fit.right)
        for item in new:
            self._widen(fit, name, item)
        if before != (fit.width, fit.left, fit.right):
            self._lines = {}
        return fit

    def _widen(self, fit: Fit, name: str, item: int) -> None:
        if item < 0:
            group = self.runs.group_at(item)
            if group and name == NAME:
                fit.text = max(fit.text, width(_group_text(group)))
            return
        cell = self._cell(item, name)
        if cell.is_number:
            left, right = _around_point(cell.text)
            fit.left, fit.right = max(fit.left, left), max(fit.right, right)
            fit.note = max(fit.note, width(cell.note))
        else:
            fit.text = max(fit.text, width(cell.text))

    # Headings

    def _heading(self, place: int) -> str:
        """The heading of a column, with the mark of the sorted one."""
        name = self.names[place]
        view = self.runs.view
        text = visible(self.runs.one_metric() or name if name == HEADLINE else name)
        text = shorten(text, _TEXT) if width(text) > _TEXT else text
        return text + (self.arrow() if name == view.sort else "")

    def arrow(self) -> str:
        """Which way the sorted column runs: ▼ with the largest on top, ▲ with the smallest (or A)."""
        runs = self.runs
        name = runs.view.sort
        is_text = name in {NAME, PATH} or (name not in {HEADLINE, FINDINGS} and not self._is_numeric(name))
        goes_up = is_text or runs.direction(name) is Direction.MINIMIZE
        return "▲" if goes_up is not runs.view.reverse else "▼"

    def _is_numeric(self, name: str) -> bool:
        fit = self._fits.get(name) or self._fit(name, range(0))
        return fit.is_numeric

    def head(self, cells: int) -> tuple[Line, range]:
        """The headings of the columns on the screen, and the cells of the one that the cursor is in."""
        spans: list[Span] = []
        marked = range(0)
        for place, start, size in self._stops:
            text = cut(self._heading(place), size)
            fit = self._fits.get(self.names[place])
            lead = size - width(text) if fit and fit.is_numeric else 0
            _fill(spans, start + lead)
            if place == self.column:
                marked = range(start + lead, start + lead + width(text))
            is_sorted = self.names[place] == self.runs.view.sort
            spans.append((text, "accent" if is_sorted else "label"))
            if place == 0 and self.first > 1:
                _fill(spans, start + size)
                spans.append(("… ", "dim"))
        if self._stops and self._stops[-1][0] < len(self.names) - 1:
            _fill(spans, cells - 1)
            spans.append(("…", "dim"))
        return Line(tuple(joined(spans))), marked

    def is_group(self, index: int) -> bool:
        """Whether a row is that of a group, or none at all."""
        return index >= len(self) or self.runs.items[index] < 0

    def cells_of(self, column: int) -> range:
        """The cells on the screen that a column takes."""
        return next((range(start, start + size) for place, start, size in self._stops if place == column), range(0))

    def column_at(self, x: int) -> int | None:
        """The column at a cell of a line."""
        return next((place for place, start, size in self._stops if start - GAP < x < start + size), None)

    def shown_columns(self) -> tuple[int, int]:
        """The first and the last column behind the name that are on the screen."""
        return self.first, max((place for place, _, _ in self._stops), default=0)

    # Rows

    def line(self, index: int, cells: int) -> Line:  # noqa: ARG002 - laid out by `look`
        """The line of a row."""
        found = self._lines.get(index)
        if found is None:
            found = self._lines[index] = self._made(index)
        return found

    def _made(self, index: int) -> Line:
        item = self.runs.items[index]
        group = self.runs.group_at(item)
        if group is not None:
            return self._group_line(group)
        spans: list[Span] = [self._chosen(item)]
        for place, start, size in self._stops:
            _fill(spans, start)
            name = self.names[place]
            if place == 0:
                spans.append(self._name(index, size))
            else:
                spans += self._spans(index, name, size)
        return Line(tuple(joined(trimmed(spans))))

    def _chosen(self, item: int) -> Span:
        entry = self.runs.entries[item]
        sign = "◎" if entry is self._selection.baseline else "●" if entry in self._selection.entries else " "
        return sign, "accent"

    def _name(self, index: int, size: int) -> Span:
        item = self.runs.items[index]
        is_read = self.runs.entries[item].row >= 0
        text = self._cell(item, NAME).text
        indent = "  " if self.runs.view.group else ""
        return indent + shorten(text, size - len(indent), self._beside(index, NAME)), "" if is_read else "dim"

    def _beside(self, index: int, name: str) -> list[str]:
        """What the rows above and below have, from which a row must differ on the screen."""
        around = (self.runs.items[i] for i in (index - 1, index + 1) if 0 <= i < len(self.runs.items))
        return [self._cell(item, name).text for item in around if item >= 0]

    def _spans(self, index: int, name: str, size: int) -> list[Span]:
        """The cell of a row, `size` cells wide or less."""
        item = self.runs.items[index]
        if self.runs.entries[item].row < 0:
            return [("…", "dim")] if name == self.names[1] else []
        if name == FINDINGS:
            return self._findings(item, size)
        cell = self._cell(item, name)
        fit = self._fits[name]
        if not cell.is_number:
            lead = " " * (size - width(cell.text)) if fit.is_numeric and width(cell.text) < size else ""
            if lead and cell.text == "–":  # where the digit before the point stands
                lead = " " * max(size - fit.number + (1 if fit.is_ranked else 0) + fit.left - 1, 0)
            text = cell.text
            if width(text) > size and name in _OWNED:  # whose it is tells less than what it is called
                text = text.rpartition("/")[2] or text
            text = shorten(text, size, self._beside(index, name)) if width(text) > size else text
            return [(lead, ""), (text, cell.style)]
        is_best = fit.is_ranked and self.runs.is_best(item, name)
        left, right = _around_point(cell.text)
        lead = " " * (size - fit.number + fit.left - left + (1 if fit.is_ranked and not is_best else 0))
        spans: list[Span] = [(lead, ""), (f"{BEST if is_best else ''}{cell.text}", "good" if is_best else cell.style)]
        if cell.note:
            spans.append((" " * (fit.right - right + 1) + cell.note, "dim"))
        return spans

    def _findings(self, item: int, size: int) -> list[Span]:
        row = self.runs.entries[item].row
        codes = self.runs.columns.findings(row)
        sign, style = MARKS.get(self.runs.columns.severity(row), (" ", ""))
        if not codes and (problems := self.runs.columns.problems(row)):
            return [("? ", "warning"), (cut(", ".join(problems), size - 2), "dim")]
        return [(f"{sign} ", style), (cut(", ".join(codes), size - 2), "" if style != "dim" else "dim")]

    def _group_line(self, group: Group) -> Line:
        """``▾ bert-base  12 runs  best accuracy 0.91 of run-4``, the value below its column where that is shown."""
        spans: list[Span] = [("▾ " if group.is_open else "▸ ", "dim")]
        _, start, size = self._stops[0]
        count = f" {len(group.rows):,}"
        text = shorten(_group_text(group), max(size - width(count), 4))
        spans += [(pad(text, max(size - width(count), 4)), "heading"), (count, "dim")]
        _fill(spans, start + size + GAP)
        end = self._window_end()
        best = self.runs.best_of(group)
        value = self.runs.value(best, HEADLINE) if best is not None else None
        if best is None or value is None:
            spans.append((cut("no best: no headline, several units, or no known direction", end), "dim"))
            return Line(tuple(joined(spans)))
        number = _short(value)
        left, right = _around_point(number)
        fit = self._fits.get(HEADLINE, Fit())
        said = f"{' ' * (fit.left - left)}{BEST}{number}{' ' * (fit.right - right)}"
        metric = visible(self.runs.metric(best))
        name = visible(self.runs.label(self.runs.entries[best]))
        room = end - width(said) - max(width(metric), fit.note) - 4
        spans += [(said, "good"), (f" {pad(metric, fit.note)}  ", "dim"), (shorten(name, max(room, 1)), "")]
        return Line(tuple(joined(trimmed(spans))))

    def _window_end(self) -> int:
        """The cells behind the name."""
        _, start, size = self._stops[0]
        cells = self._window[2] if self._window else 80
        return max((cells if isinstance(cells, int) else 80) - start - size - GAP, 1)

    def _cell(self, item: int, name: str) -> Cell:
        """The value of a run in a column, cut to what a column may take."""
        if name == FINDINGS:
            codes = self.runs.columns.findings(row) if (row := self.runs.entries[item].row) >= 0 else ()
            return Cell("  " + ", ".join(codes[:2]))
        value = self.runs.value(item, name)
        if value is None:
            return _MISSING
        if name == NAME:
            return Cell(visible(value.raw))
        note = visible(self.runs.metric(item)) if name == HEADLINE and not self.runs.one_metric() else ""
        if value.number is None or not math.isfinite(value.number):
            text = visible(value.raw)
            style = "error" if value.number is not None else ""
            return Cell(text if width(text) <= _TEXT else shorten(text, _TEXT), style=style)
        return Cell(_short(value), is_number=True, note=shorten(note, self._note))


def _short(value: Value) -> str:
    text = visible(value.raw)
    return short_number(text, _NUMBER) if width(text) > _NUMBER else text


def _group_text(group: Group) -> str:
    return visible(group.text) or "–"


def _fill(spans: list[Span], start: int) -> None:
    """Add blanks up to a cell."""
    gap = start - sum(width(text) for text, _ in spans)
    if gap > 0:
        spans.append((" " * gap, ""))


_WHOLE = re.compile(r"[^.eE%…\s(±]*")


def _around_point(text: str) -> tuple[int, int]:
    """Cells before, and from the decimal point on."""
    match = _WHOLE.match(text)
    whole = match.end() if match else 0
    return whole, width(text) - whole


def runs_markdown(runs: Runs, names: Sequence[str]) -> str:
    """The runs on display as a table in Markdown, at most a thousand."""
    places = runs.places
    headings = [runs.one_metric() or name if name == HEADLINE else name for name in names]
    rows = [[_pasted(runs, place, name) for name in names] for place in places[:_PASTED]]
    lines = markdown_table(headings, rows)
    if len(places) > _PASTED:
        lines += ["", f"{_PASTED:,} of {len(places):,} runs; the others are left out."]
    return "\n".join(lines) + "\n"


def _pasted(runs: Runs, place: int, name: str) -> str:
    value = runs.value(place, name)
    text = " ".join(value.raw.split()) if value else ""
    if name == HEADLINE and value and not runs.one_metric():
        return f"{text} {runs.metric(place)}"
    return text
