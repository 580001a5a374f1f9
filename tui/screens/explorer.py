"""The explorer: tree, card and curves, and what passes between them."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal
from textual.screen import Screen
from textual.timer import Timer

from tui.cards.model import History
from tui.judge import metrics
from tui.judge.comparable import Run
from tui.judge.curves import drawn
from tui.keys import Scope
from tui.library.reader import Loaded, Reader, Scanner, load
from tui.library.selection import Selection
from tui.library.tree import Entry, Folder, Node, Tree
from tui.messages import (
    CardLoaded,
    FirstFrameReady,
    FoldersScanned,
    HeadlineChosen,
    OutlinesRead,
    Picked,
    PromptChanged,
    PromptEnded,
    RowActivated,
    RowHighlighted,
    RowsScrolled,
)
from tui.render.bars import Status, footer, header
from tui.render.line import line
from tui.render.text import visible
from tui.render.tree import TreeLines
from tui.widgets.bar import Bar
from tui.widgets.bindings import bindings
from tui.widgets.curves import CurvesPane
from tui.widgets.detail import DetailPane, Shown
from tui.widgets.notice import Notice
from tui.widgets.tree import TreePane

_FOLLOW = 0.09
"""Seconds after which the panes follow the cursor: a held key must not redraw them at every row."""

_FIRST_FRAME = 0.3
"""Seconds after which the first frame is drawn even without a card on it."""

_NEAR = 500
"""Cards before and behind one in the tree among which its nearest recipes are sought."""

_REBUILD = 0.25
"""Seconds between two rebuildings of the tree's rows while names are still being read."""


class ExplorerScreen(Screen[None]):
    """Tree | card | curves."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.EXPLORER)]
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-narrow"), (100, "-medium"), (170, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (14, "-low"), (30, "-high")]  # noqa: RUF012

    def __init__(self, paths: Sequence[Path], stdin: bytes | None = None) -> None:
        super().__init__()
        self._paths = paths
        self._tree = Tree()
        self._selection = Selection()
        self._lines = TreeLines(())
        self._reader = Reader(
            lambda loaded: self.post_message(CardLoaded(loaded)),
            lambda outlines: self.post_message(OutlinesRead(outlines)),
        )
        self._reader.stdin = stdin
        self._scanner = Scanner(paths, lambda *found: self.post_message(FoldersScanned(*found)))
        self._scanning = True
        self._read = 0
        self._wanted: Entry | None = None
        """The card that the panes show, or soon will; None where they have words instead."""

        self._left: tuple[Node | None, Entry | None] = (None, None)
        """The cursor's row and the card on display before rows were filtered."""

        self._baseline: Run | None = None
        """The card that others are compared with, as it was when it was pinned."""

        self._follow: Timer | None = None
        self._rebuild: Timer | None = None
        self._hits = ""
        self._is_shown = False

    def compose(self) -> ComposeResult:
        """Title, panes, keys."""
        yield Bar(id="header")
        with Horizontal(id="panes"):
            yield TreePane(id="tree", title="Cards")
            with Container(id="card"):
                yield DetailPane(id="detail")
                yield CurvesPane(id="curves", title="Curves")
        yield Bar(id="footer")
        yield Notice(id="too-small")

    def on_mount(self) -> None:
        """Start to scan and to read."""
        self.query_one("#tree").focus()
        self._show_words("Looking for cards …")
        self.set_timer(_FIRST_FRAME, self._show_first_frame)
        self._scanner.start()
        self._reader.start()
        self.update_bars()

    def _show_first_frame(self) -> None:
        """Stop to hold the first frame back; there is something to see, or it takes too long."""
        if not self._is_shown:
            self._is_shown = True
            self.post_message(FirstFrameReady())

    def on_unmount(self) -> None:
        """End the threads."""
        self._scanner.stopped = True
        self._reader.stop()

    # What the threads tell

    def on_folders_scanned(self, message: FoldersScanned) -> None:
        """Put the folders that were found into the tree."""
        before = len(self._tree.entries)
        for found in message.found:
            self._tree.add(message.root, found)
        new = self._tree.entries[before:]
        self._scanning = not message.done
        self._show_rows()
        if new and not before:
            self._load()
        self._reader.add(new)
        self._want_outlines()
        if message.done and not self._tree.entries:
            self._show_empty()
            self._show_first_frame()
        self.update_bars()

    def on_outlines_read(self, message: OutlinesRead) -> None:
        """Take in names and values; rows that are on display show them now, the order of labels soon."""
        for entry, outline in message.outlines:
            self._read += entry.outline is None
            self._tree.learn(entry, outline)
        self._pane.repaint()
        if self._rebuild is None:
            self._rebuild = self.set_timer(_REBUILD, self._rebuild_rows)
        self.update_bars()

    def _rebuild_rows(self) -> None:
        self._rebuild = None
        self._show_rows()

    def on_card_loaded(self, message: CardLoaded) -> None:
        """Show a card, if it is still the one that is wanted."""
        loaded = message.loaded
        if loaded.entry is not self._wanted:
            return
        if loaded.card is None:
            self._show_words(f"{loaded.entry.shown} cannot be read: {loaded.error}.")
            self._show_first_frame()
            return
        detail = self._detail
        detail.title = loaded.card.name
        is_baseline = loaded.entry is self._selection.baseline
        detail.shown = Shown(loaded.card, loaded.verdict, baseline=None if is_baseline else self._baseline)
        self._show_first_frame()
        self.call_after_refresh(self._show_curves, loaded)

    def _show_curves(self, loaded: Loaded) -> None:
        if loaded.card is not None and loaded.entry is self._wanted:
            self._curves.history = drawn(loaded.card)

    @property
    def _pane(self) -> TreePane:
        return self.query_one("#tree", TreePane)

    @property
    def _detail(self) -> DetailPane:
        return self.query_one("#detail", DetailPane)

    @property
    def _curves(self) -> CurvesPane:
        return self.query_one("#curves", CurvesPane)

    # The tree

    def _show_rows(self) -> None:
        """Lay the rows out anew; the cursor stays on its folder or card, if there was any."""
        self._lay_out(self._goal() if self._wanted is None else self._node())

    def _lay_out(self, node: Node | None) -> None:
        """Lay the rows out anew with the cursor on a folder or card, else on the first card that is left."""
        self._lines = TreeLines(self._tree.rows(), self._selection)
        self._pane.show_rows(self._lines, self._index_of(node))
        current = self._node()
        if self._tree.entries and not any(row.count or isinstance(row.node, Entry) for row in self._lines.rows):
            self._show_no_hit()
        elif isinstance(current, Entry):
            self._want(current)
        elif self._wanted is None and self._left[1] is not None:
            self._want(self._left[1])

    def _goal(self) -> Node | None:
        """Where the cursor goes in filtered rows: back to where it was, but with words to no folder."""
        node = self._left[0]
        return None if self._tree.words and isinstance(node, Folder) else node

    def _note_place(self) -> None:
        """Remember the cursor's row and the card on display, if there is one, before rows are filtered."""
        if self._wanted is not None:
            node = self._node()
            self._left = (node, node if isinstance(node, Entry) else self._wanted)

    def _node(self) -> Node | None:
        rows, cursor = self._lines.rows, self._pane.cursor
        return rows[cursor].node if cursor < len(rows) else None

    def _index_of(self, node: Node | None) -> int:
        """The row of a node, else of the first card on display."""
        rows = self._lines.rows
        found = (i for i, row in enumerate(rows) if row.node is node)
        return next(found, next((i for i, row in enumerate(rows) if isinstance(row.node, Entry)), 0))

    def on_row_highlighted(self, message: RowHighlighted) -> None:
        """Follow the cursor to a card, a moment later."""
        if isinstance(node := self._node(), Entry) and self._pane.cursor == message.index:
            self._want(node)

    def _want(self, entry: Entry) -> None:
        if entry is self._wanted:
            return
        self._wanted = entry
        if self._follow is not None:
            self._follow.stop()
        self._follow = self.set_timer(_FOLLOW, self._load)

    def _load(self) -> None:
        if self._follow is not None:
            self._follow.stop()
        if self._wanted is not None:
            self._reader.want_card(self._wanted)

    def on_rows_scrolled(self, _message: RowsScrolled) -> None:
        """Read the names of the rows that came on display."""
        self._want_outlines()

    def _want_outlines(self) -> None:
        pane = self._pane
        top = pane.top
        rows = self._lines.rows[top : top + max(pane.page, 40)]
        self._reader.want_outlines([row.node for row in rows if isinstance(row.node, Entry)])

    def on_row_activated(self, message: RowActivated) -> None:
        """Open or close a folder, or go to the card."""
        node = self._node()
        if node is None or self._pane.cursor != message.index:  # the rows changed since
            return
        if isinstance(node, Folder) and message.what != "collapse":
            node.is_open = message.what == "expand" or not node.is_open
        elif isinstance(node, Folder) and node.is_open and not self._tree.words:
            node.is_open = False
        elif message.what == "collapse":
            above = node.parent if isinstance(node, Folder) else node.folder
            above = above.parent if isinstance(node, Entry) and above and above.lone else above
            if above is not None:
                self._pane.move_to(self._index_of(above))
            return
        else:
            self.action_pane(1)
            return
        self._show_rows()
        self._want_outlines()

    # Words in place of a card

    def _show_words(self, *sentences: str) -> None:
        detail = self._detail
        detail.title = ""
        detail.shown = Shown(words=tuple(line(visible(sentence)) for sentence in sentences))
        self._curves.history = History()

    def _show_no_hit(self) -> None:
        """Say that nothing is left of the tree, in place of a card that is not in it."""
        self._wanted = None
        words = " ".join(self._tree.words)
        reason = f"No card matches “{words}”." if words else "There are only files that are no cards; they are hidden."
        is_known = not self._scanning and self._read >= len(self._tree.entries)
        self._show_words(reason, *([] if is_known else ["Not every card has been read yet."]))

    def _show_empty(self) -> None:
        where = ", ".join(str(path) for path in self._paths)
        self._show_words(
            f"No cards in {where}.",
            "",
            "Model cards are .md files, and .txt files with card metadata.",
            "q quits.",
        )

    # Bars

    def update_bars(self) -> None:
        """Write title and keys anew."""
        total = len(self._tree.entries)
        title = self.query_one("#header", Bar)
        names = ", ".join(folder.name for folder in self._tree.roots) or ", ".join(p.name for p in self._paths)
        others = total - self._tree.card_count
        status = Status(
            names,
            total - others,
            self._read - others,
            self._scanning,
            " ".join(self._tree.words),
            self._hits,
            self._reader.rules.headline,
        )
        title.show_line(header(status, title.room))
        bar = self.query_one("#footer", Bar)
        focused = self.focused
        scope = {"detail": Scope.DETAIL, "curves": Scope.CURVES}.get(focused.id or "" if focused else "", Scope.TREE)
        bar.show_line(footer(scope, bar.room))

    def on_descendant_focus(self) -> None:
        """Show the keys of the pane that has the focus; on narrow screens, the pane itself."""
        focused = self.focused
        if focused is not None and focused.id in {"detail", "curves"}:
            self.set_class(focused.id == "curves", "show-curves")
        self.update_bars()

    def on_resize(self) -> None:
        """Write the bars for another width."""
        size = self.app.size
        words = f"cardtui needs 60 × 14 cells; this terminal has {size.width} × {size.height}. q quits."
        self.query_one("#too-small", Notice).say(words)
        self.call_after_refresh(self.update_bars)
        self.call_after_refresh(self._want_outlines)

    # Keys

    def action_pane(self, number: int) -> None:
        """Go to the tree (0), the card (1) or the curves (2)."""
        if number != 2:
            self.remove_class("full")
        pane = ("#tree", "#detail", "#curves")[number]
        if number == 2:
            self.add_class("show-curves")
        elif number == 1:
            self.remove_class("show-curves")
        self.query_one(pane).focus()

    def action_next_pane(self, step: int) -> None:
        """Go to the next or previous pane."""
        panes = ["tree", "detail", "curves"]
        current = self.focused.id if self.focused and self.focused.id in panes else "tree"
        self.action_pane((panes.index(current) + step) % 3)

    def action_metric(self, step: int) -> None:
        """Draw the next or previous metric."""
        self._curves.step_metric(step)
        self.add_class("show-curves")

    def action_pick_metric(self) -> None:
        """Let a person pick the metrics to draw together."""
        from tui.screens.pick_metric import PickMetricScreen  # noqa: PLC0415 - not needed by the first frame

        curves = self._curves
        names = curves.series_names
        if not names:
            self.app.notify("This card has no curves to pick from.", markup=False)
            return

        def take(done: Picked | HeadlineChosen | None) -> None:
            if isinstance(done, HeadlineChosen):
                self._choose_headline(names[done.index])
            elif done is not None:
                curves.picked = tuple(names[index] for index in done.indices)
                self.add_class("show-curves")

        chosen = [index for index, name in enumerate(names) if name in curves.picked]
        self.app.push_screen(PickMetricScreen(names, chosen), take)

    def _choose_headline(self, name: str) -> None:
        """Let a metric stand for every run that has it; the same once more: let each card's own."""
        chosen = "" if metrics.key(name) == metrics.key(self._reader.rules.headline) else name
        self._reader.judge_anew(self._tree.entries, replace(self._reader.rules, headline=chosen))
        self._want_outlines()
        self._load()
        self.update_bars()
        words = (
            f"{visible(chosen)} stands for every run that reports it." if chosen else "Each run has its own headline."
        )
        self.app.notify(words, markup=False)

    def action_axis(self) -> None:
        """Draw over epochs or steps."""
        before = self._curves.axis
        if self._curves.step_axis() == before:
            self.app.notify(f"This history has {before}s only.", markup=False)

    def action_log_y(self) -> None:
        """Make the y axis logarithmic, or linear again."""
        self._curves.toggle_log(y=True)

    def action_log_x(self) -> None:
        """Make the x axis logarithmic, or linear again."""
        self._curves.toggle_log(x=True)

    def action_full_screen(self) -> None:
        """Give the curves the whole screen, or take it back."""
        self.toggle_class("full")
        self.action_pane(2 if self.has_class("full") else 0)

    def action_select(self) -> None:
        """Select the card under the cursor, or no longer, and go on to the next."""
        if isinstance(node := self._node(), Entry):
            self._selection.toggle(node)
            self._pane.move_to(self._pane.cursor + 1)
            self._pane.repaint()

    def action_unselect(self) -> None:
        """Select nothing, and have no baseline."""
        self._selection.clear()
        self._follow_baseline()

    def action_pin(self) -> None:
        """Make the card under the cursor the baseline that the detail pane compares others with, or no longer."""
        if isinstance(node := self._node(), Entry):
            self._selection.pin(node)
            self._follow_baseline()

    def _follow_baseline(self) -> None:
        """Read the baseline, and show the card against it."""
        pinned = self._selection.baseline
        loaded = self._load_entry(pinned) if pinned else None
        self._baseline = (
            Run(loaded.card.name, loaded.card, loaded.verdict) if loaded and loaded.card and loaded.verdict else None
        )
        self._pane.repaint()
        self._load()

    def action_compare(self) -> None:
        """Compare the selected cards, or the selected one or the baseline with the card under the cursor."""
        node = self._node()
        entries = self._selection.compared(node if isinstance(node, Entry) else None)
        if len(entries) < 2:
            self.app.notify("Select a card with Space, then press d on another.", markup=False)
            return
        from tui.screens.compare import CompareScreen  # noqa: PLC0415 - not needed by the first frame

        self.app.push_screen(CompareScreen(entries, self._load_entry, self._beside))

    def action_recipes(self) -> None:
        """Show the cards that differ from the one under the cursor in a few settings only."""
        node = self._node()
        if not isinstance(node, Entry):
            self.app.notify("The cursor is on a folder: nearest recipes are those of a card.", markup=False)
            return
        from tui.screens.recipes import RecipesScreen  # noqa: PLC0415 - not needed by the first frame

        def go(chosen: Entry | None) -> None:
            if chosen is not None:
                from tui.screens.compare import CompareScreen  # noqa: PLC0415

                self.app.push_screen(CompareScreen([node, chosen], self._load_entry, self._beside))

        place = self._tree.entries.index(node)
        around = self._tree.entries[max(place - _NEAR, 0) : place + _NEAR]
        self.app.push_screen(RecipesScreen(node, around, self._load_entry), go)

    def _load_entry(self, entry: Entry) -> Loaded:
        return load(entry, self._reader.stdin if entry.file == "-" else None, self._reader.rules)

    def _beside(self, entry: Entry, step: int) -> Entry | None:
        """The next (1) or previous (-1) card that is on display in the tree."""
        shown = [row.node for row in self._lines.rows if isinstance(row.node, Entry)]
        place = shown.index(entry) + step if entry in shown else -1
        return shown[place] if 0 <= place < len(shown) else None

    def action_raw(self) -> None:
        """Show the file as it stands, or the card again."""
        detail = self._detail
        detail.raw = not detail.raw
        self.remove_class("full", "show-curves")

    def action_hide_others(self) -> None:
        """Hide or show files that are no cards."""
        self._note_place()
        self._tree.hides_other_files = not self._tree.hides_other_files
        self._show_rows()
        word = "hidden" if self._tree.hides_other_files else "shown"
        self.app.notify(f"Files that are no cards are {word}.", markup=False)

    def action_edit(self) -> None:
        """Open the file in the editor; the app comes back when that ends."""
        entry = self._wanted
        command = os.environ.get("VISUAL") or os.environ.get("EDITOR")
        if entry is None:
            return
        if entry.file == "-":
            self.app.notify("A card from standard input has no file to open.", markup=False)
            return
        if not command:
            self.app.notify("Set $EDITOR to open files from here.", severity="warning", markup=False)
            return
        with self.app.suspend():
            try:
                subprocess.run([*shlex.split(command), str(entry.path)], check=False)  # noqa: S603 - a person's own
            except (OSError, ValueError) as error:
                self.app.notify(f"{command}: {error}", severity="error", markup=False)
        self._reader.want_card(entry)

    def action_help(self) -> None:
        """Show the keys."""
        from tui.screens.help import HelpScreen  # noqa: PLC0415 - not needed by the first frame

        self.app.push_screen(HelpScreen())

    def action_back(self) -> None:
        """Leave what is on top: full screen, search, raw text, filter, pane."""
        detail = self._detail
        if self.has_class("full"):
            self.action_full_screen()
        elif detail.hit_words:
            self._hits = ""
            detail.search("")
            self.update_bars()
        elif detail.at_finding:
            detail.leave_finding()
        elif detail.raw:
            self.action_raw()
        elif self._tree.words:
            self._note_place()
            self._filter("")
        else:
            self.action_pane(0)

    # Filter and search

    async def action_filter(self) -> None:
        """Ask for the words to filter by."""
        self._note_place()
        await self._ask("filter", " ".join(self._tree.words))

    async def action_search(self) -> None:
        """Ask for the words to search for."""
        await self._ask("search", self._detail.hit_words)

    async def _ask(self, what: str, text: str) -> None:
        from tui.widgets.prompt import Prompt  # noqa: PLC0415 - not needed by the first frame

        await self.query("#prompt").remove()
        await self.mount(Prompt(what, text))

    def on_prompt_changed(self, message: PromptChanged) -> None:
        """Filter or search as one types."""
        if message.what == "filter":
            self._filter(message.text)
        else:
            detail = self._detail
            detail.search(message.text)
            self._hits = detail.go_to_hit(1, from_top=True) if message.text else ""
            self.update_bars()

    async def on_prompt_ended(self, message: PromptEnded) -> None:
        """Keep or drop the filter or the search."""
        await self.query("#prompt").remove()
        if message.what == "filter":
            if not message.kept:
                self._filter("")
            self.query_one("#tree").focus()
        else:
            if not message.kept:
                self._hits = ""
                self._detail.search("")
            self.query_one("#detail").focus()
        self.update_bars()

    def _filter(self, text: str) -> None:
        """Leave the cards that match; without words, all of them, with the cursor where it was before."""
        self._tree.words = tuple(text.lower().split())
        node, card = self._left
        if not self._tree.words and card is not None:
            self._want(card)
            if isinstance(node, Entry):
                self._tree.reveal(node)
        self._lay_out(self._goal())
        self._want_outlines()
        self.update_bars()

    def action_hit(self, step: int) -> None:
        """Go to the next or previous hit."""
        detail = self._detail
        self._hits = detail.go_to_hit(step) if detail.hit_words else "nothing to search for: / asks"
        self.update_bars()
