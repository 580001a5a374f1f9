"""The detail pane: everything about one card, or its raw text."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.reactive import reactive

from tui.cards.model import Card
from tui.judge.comparable import Run
from tui.judge.finding import Finding
from tui.judge.verdict import Verdict
from tui.keys import Scope
from tui.render.card import facts
from tui.render.line import BLANK, Line, joined, wrap_spans
from tui.render.prose import prose
from tui.render.raw import raw_lines
from tui.render.text import visible, width
from tui.widgets.bindings import bindings, keys_in_force
from tui.widgets.lines import Fixed, LinesPane


@dataclass(frozen=True, slots=True)
class Shown:
    """What the detail pane shows: a card with its verdict, or words where there is none."""

    card: Card | None = None
    verdict: Verdict | None = None
    words: tuple[Line, ...] = ()
    """Shown where there is no card."""

    baseline: Run | None = None
    """What the card is compared with, where a baseline is pinned."""


class DetailPane(LinesPane):
    """A card in full; scrolls, pans wide tables, and marks what is searched for."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.DETAIL)]

    shown: reactive[Shown] = reactive(Shown, layout=False, init=False)
    """The card on display."""

    raw: reactive[bool] = reactive(default=False, init=False)
    """Whether the file is shown as it stands."""

    def __init__(self, *, id: str, title: str = "") -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, title=title)
        self._made_for: tuple[Shown, bool, int] | None = None
        self._document: list[Line] = []
        self._finding = -1
        """Index of the finding whose line is marked, among those that have one; -1 where none is."""

        self._marked = -1
        """Index of the marked line."""

        self._left_at = 0
        """The line that was on top of the other view, raw or not, when it was left."""

    def has_cursor(self, index: int) -> bool:
        """Whether a line is the one that a finding speaks of."""
        return index == self._marked

    def show(self, shown: Shown, *, stays: bool) -> None:
        """Show a card; with `stays`, the same one as it is now, in the same place."""
        place = (self.pan_steps, self.top) if stays else (0, 0)
        self.shown = shown
        self.pan_steps, self._kept_top = place
        self.scroll_top(self._kept_top)

    def watch_shown(self) -> None:
        """Show another card from its beginning."""
        self.pan_steps = self.top = self._left_at = 0
        self._finding = self._marked = -1
        self.subtitle = ""
        self._make()

    def watch_raw(self) -> None:
        """Show the other view where it was left."""
        place, self._left_at = self._left_at, self.top
        self.pan_steps = self.top = 0
        self._marked = -1
        self.subtitle = "raw text" if self.raw else ""
        self._make()
        self._kept_top = place
        self.scroll_top(place)

    def on_resize(self, _event: events.Resize) -> None:
        """Make the lines anew for another width; the place in the text stays."""
        before = max(len(self._document), 1)
        self._make()
        self.scroll_top(round(self.top / before * len(self._document)))
        if self._marked >= 0:
            self._mark()

    def _make(self) -> None:
        wanted = (self.shown, self.raw, self.room)
        if wanted == self._made_for or not self.size:
            return
        self._made_for = wanted
        shown = self.shown
        if shown.card is None or shown.verdict is None:
            self._document = [wrapped for words in shown.words for wrapped in self._wrapped(words)]
        elif self.raw:
            self._document = raw_lines(shown.card)
        else:
            self._document = [*self._against_baseline(), *facts(shown.card, shown.verdict, self.room)]
            self.run_worker(self._add_prose(wanted), group="prose", exclusive=True)
        self.show_lines(Fixed(self._document))

    def _against_baseline(self) -> list[Line]:
        """What differs between the baseline (A) and the card (B)."""
        shown = self.shown
        if shown.baseline is None or shown.card is None or shown.verdict is None:
            return []
        from tui.judge.comparison import compare  # noqa: PLC0415 - not needed by the first frame
        from tui.render.comparison import comparison_lines  # noqa: PLC0415

        found = compare([shown.baseline, Run(shown.card.name, shown.card, shown.verdict)])
        title = f"Against the baseline {visible(shown.baseline.name)}"
        lines = [replace(one, source=0) for one in comparison_lines(found, self.room, second_first=True)]
        return [Line(((title, "heading"),), section=title), *lines, BLANK]

    def _wrapped(self, words: Line) -> list[Line]:
        if words.width <= self.room:
            return [words]
        spans = list(words.spans)
        lead = spans[:2] if len(spans) > 2 and spans[0][0].isspace() else []  # an entry with its name in front
        hang = sum(width(text) for text, _ in lead)
        body = [*wrap_spans(spans[len(lead) :], self.room - hang)]
        blank = [(" " * hang, "")] if lead else []
        return [Line(tuple(joined([*(blank if place else lead), *part]))) for place, part in enumerate(body)]

    async def _add_prose(self, made_for: tuple[Shown, bool, int]) -> None:
        """Put the author's words below the facts, once they are rendered: of a large card, that takes a while."""
        shown, _, room = made_for
        if shown.card is None:
            return
        lines = await asyncio.to_thread(prose, shown.card, room)
        if made_for == self._made_for:
            self._document = [*self._document, *lines]
            self.show_lines(Fixed(self._document))
            if self._kept_top > self.top:
                self.scroll_top(self._kept_top)
            self._kept_top = 0

    @property
    def at_finding(self) -> bool:
        """Whether the line of a finding is marked."""
        return self._finding >= 0

    def action_finding(self) -> None:
        """Go to the row or line that the next finding speaks of; the file as it stands, where no row shows it."""
        if not self._placed():
            self.notify("No finding of this card speaks of a line.", markup=False)
            return
        self._finding = (self._finding + 1) % len(self._placed())
        self._mark()

    def _placed(self) -> list[Finding]:
        """The findings that speak of a line."""
        return [finding for finding in self.shown.verdict.findings if finding.line] if self.shown.verdict else []

    def _mark(self) -> None:
        findings = self._placed()
        finding = findings[self._finding]
        self.raw = False
        place = self._place_of(finding.line)
        if place < 0:
            self.raw = True
            place = self._place_of(finding.line)
        self._marked = place
        key = keys_in_force(self.app).shown(Scope.DETAIL, "finding")
        self.subtitle = f"{finding.code} ({self._finding + 1} of {len(findings)}): {key} next, Esc back"
        self.scroll_top(place - self.page // 2)

    def _place_of(self, source: int) -> int:
        return next((i for i, line in enumerate(self._document) if line.source == source), -1)

    def leave_finding(self) -> None:
        """Show the card from its beginning again."""
        self._finding = self._marked = -1
        self.raw = False
        self.subtitle = ""
        self.scroll_top(0)

    def search(self, words: str) -> int:
        """Mark every place of the words; returns in how many lines they stand."""
        self.hit_words = words.casefold()
        self.repaint()
        return len(self._hits())

    def _hits(self) -> list[int]:
        """The lines that are at the top where hits are seen first: one more where a table's header covers that."""
        if not self.hit_words:
            return []
        lines = enumerate(self._document)
        return [i - (line.head is not None) for i, line in lines if self.hit_words in line.text.casefold()]

    def go_to_hit(self, step: int, *, from_top: bool = False) -> str:
        """Scroll to the next or previous hit, around the ends; returns ``3 of 12``, or that there is none."""
        hits = self._hits()
        if not hits:
            return "no hit"
        top = -1 if from_top else self.top
        reach = max(len(self._document) - self.page, 0)
        if step > 0:
            index = next((i for i, hit in enumerate(hits) if min(hit, reach) > top), 0)
        else:
            index = next((i for i in reversed(range(len(hits))) if hits[i] < top), len(hits) - 1)
        self.scroll_top(hits[index])
        return f"{index + 1} of {len(hits)}"

    def action_move(self, lines: int) -> None:
        """Scroll by lines."""
        self.scroll_top(self.top + lines)

    def action_page(self, pages: int) -> None:
        """Scroll by pages."""
        self.action_move(pages * max(self.page - 1, 1))

    def action_top(self) -> None:
        """Scroll to the beginning."""
        self.scroll_top(0)

    def action_bottom(self) -> None:
        """Scroll to the end."""
        self.scroll_top(len(self._document))

    def action_pan(self, steps: int) -> None:
        """Move wide tables sideways."""
        shapes = {line.table for line in self._document if line.table and line.table.width > self.room}
        limit = max((len(shape.stops) or shape.width // 12 for shape in shapes), default=0)
        self.pan_steps = min(max(self.pan_steps + steps, 0), limit)
        self.repaint()

    def action_section(self, step: int) -> None:
        """Scroll to the next or previous section."""
        starts = [0, *(i for i, line in enumerate(self._document) if line.section)]
        top = self.top
        after = [i for i in starts if i > top]
        before = [i for i in starts if i < top]
        if step > 0 and after:
            self.scroll_top(after[0])
        elif step < 0 and before:
            self.scroll_top(before[-1])
