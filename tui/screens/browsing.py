"""What the explorer does by itself: listens to the threads, keeps the tree, lets the panes follow the cursor."""

from __future__ import annotations

import time
from collections.abc import Sequence
from copy import copy
from pathlib import Path

from textual.screen import Screen
from textual.timer import Timer

from tui.cards.model import History
from tui.judge.comparable import Run
from tui.judge.curves import drawn
from tui.judge.facts import REPORTED, metric_name
from tui.judge.rules import rules_of
from tui.keys import Scope
from tui.library.pace import Pace
from tui.library.reader import Loaded, Outlined, Reader, Scanner
from tui.library.selection import Selection
from tui.library.tree import Entry, Folder, Node, Tree
from tui.messages import (
    CardLoaded,
    CardsChanged,
    FirstFrameReady,
    FoldersScanned,
    OutlinesRead,
    RowActivated,
    RowHighlighted,
    RowsScrolled,
)
from tui.render.line import line
from tui.render.text import visible
from tui.render.tree import TreeLines
from tui.settings import DEFAULTS, Settings
from tui.widgets.bindings import keys_in_force
from tui.widgets.curves import CurvesPane
from tui.widgets.detail import DetailPane, Shown
from tui.widgets.tree import TreePane

_FOLLOW = 0.09
"""Seconds after which the panes follow the cursor: a held key must not redraw them at every row."""

_REBUILD = 0.25
"""Seconds between two rebuildings of the tree's rows while names are still being read."""

_IDLE = 10
"""How many times longer than such a rebuilding takes it is waited for the next."""


class BrowsingScreen(Screen[None]):
    """A tree of cards with panes that follow its cursor; the panes and the bars are given by the screen itself."""

    def __init__(
        self,
        paths: Sequence[Path],
        stdin: bytes | None = None,
        index: Path | None = None,
        settings: Settings = DEFAULTS,
    ) -> None:
        super().__init__()
        self._settings = settings
        self._paths = paths
        self._selection = Selection()
        self._lines = TreeLines(())
        self._reader = Reader(
            lambda loaded: self.post_message(CardLoaded(loaded)),
            lambda outlines: self.post_message(OutlinesRead(outlines)),
            index,
            rules_of(settings),
        )
        self._reader.stdin = stdin
        self._tree = Tree(self._reader.columns)
        self._scanner = Scanner(paths, lambda *found: self.post_message(FoldersScanned(*found)))
        self._scanning = True
        self._read = 0
        """How many card files were read, as far as the tree shows them."""

        self._rowless = 0
        """How many are yet to become rows of the runs table, which filters ask, too."""

        self._reads_on = True
        """Whether cards are read that nobody looks at."""

        self._pace = Pace()
        self._wanted: Entry | None = None
        """The card that the panes show, or soon will; None where they have words instead."""

        self._displayed: Entry | None = None
        """The card that the panes show."""

        self._is_following = False
        """Whether the panes are still to show the card that is wanted."""

        self._left: tuple[Node | None, Entry | None] = (None, None)
        """The cursor's row and the card on display before rows were filtered."""

        self._baseline: Run | None = None
        """The card that others are compared with, as it was when it was pinned."""

        self._follow: Timer | None = None
        self._rebuild: Timer | None = None
        self._rest = _REBUILD
        self._hits = ""
        self._is_shown = False

    def update_bars(self) -> None:
        """Write title and keys anew."""
        raise NotImplementedError

    @property
    def pictured(self) -> str:
        """What is on display, as pictures of the screen are named: the card, else the opened folders."""
        return self._displayed.name if self._displayed else ", ".join(folder.name for folder in self._tree.roots)

    @property
    def is_still(self) -> bool:
        """Whether the screen stays as it is until a key is pressed or a file changes."""
        is_reading = self._is_reading if self._reads_on else self._scanning
        return not is_reading and self._rebuild is None and not self._is_following

    def action_pane(self, number: int) -> None:
        """Go to the tree (0), the card (1) or the curves (2)."""
        raise NotImplementedError

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
        self._rowless += len(new)
        self._scanning = not message.done
        self._show_rows()
        if new and not before:
            self._load()
        if self._reads_on:
            self._reader.add(new)
        self._want_outlines()
        if message.done and not self._tree.entries:
            self._show_empty()
            self._show_first_frame()
        self.update_bars()

    def on_outlines_read(self, message: OutlinesRead) -> None:
        """Take in names and values; rows that are on display show them now, the order of labels soon."""
        for one in message.outlines:
            self._learn(one)
        self._pace.note(self._read)
        self._pane.repaint()
        if self._rebuild is None:
            self._rebuild = self.set_timer(self._rest, self._rebuild_rows)
        self.update_bars()
        self._tell_others(CardsChanged())

    def _learn(self, one: Outlined) -> None:
        """Take in what was read of a card; of one that is gone by now, nothing."""
        entry = one.entry
        old = one.row if entry.is_gone else entry.row
        if old >= 0:
            self._reader.columns.forget(old)
        if entry.is_gone:
            return
        was_waiting = entry.is_waiting
        self._read += entry.outline is None
        self._tree.learn(entry, one.outline)
        entry.row = one.row
        self._rowless += entry.is_waiting - was_waiting

    def _tell_others(self, message: CardsChanged) -> None:
        """Tell the screens that lie on this one."""
        for screen in self.app.screen_stack:
            if screen is not self:
                screen.post_message(copy(message))

    def _rebuild_rows(self) -> None:
        """Lay the rows out anew; of very many not as often, since keys need that time more."""
        self._rebuild = None
        start = time.monotonic()
        self._show_rows()
        self._rest = max(_REBUILD, _IDLE * (time.monotonic() - start))

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
        stays, self._displayed = self._displayed is loaded.entry, loaded.entry
        shown = Shown(loaded.card, loaded.verdict, baseline=None if is_baseline else self._baseline)
        detail.show(shown, stays=stays)
        self._show_first_frame()
        self.call_after_refresh(self._show_curves, loaded, stays=stays)

    def _show_curves(self, loaded: Loaded, *, stays: bool) -> None:
        if loaded.card is not None and loaded.entry is self._wanted:
            self._is_following = False
            rules = loaded.verdict.rules if loaded.verdict else self._reader.usual
            self._name_curves()
            self._curves.show(drawn(loaded.card), stays=stays, rules=rules)

    def _name_curves(self) -> None:
        """Tell the curves whose they are, as the tree has it now."""
        card = self._detail.shown.card
        name, others = (visible(card.name), list[str]()) if card else ("", [])
        if card and self._node() is self._displayed:
            name, others = self._lines.name_at(self._pane.cursor)
        if self._baseline is not None and self._displayed is not self._selection.baseline:
            others = [*others, visible(self._baseline.name)]
        self._curves.name_card(name, others)

    @property
    def _is_naming(self) -> bool:
        """Whether there is anything left to be found or read for the tree."""
        return self._scanning or self._read < len(self._tree.entries)

    @property
    def _is_reading(self) -> bool:
        """Whether there is anything left to be found or read for filters and the runs table."""
        return self._scanning or self._rowless > 0

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
        value_of = self._chosen_value if self._reader.headline else None
        self._lines = TreeLines(self._tree.rows(), self._selection, value_of)
        self._pane.show_rows(self._lines, self._index_of(node))
        current = self._node()
        if self._tree.entries and not any(row.count or isinstance(row.node, Entry) for row in self._lines.rows):
            self._show_no_hit()
        elif isinstance(current, Entry):
            self._want(current)
        elif self._wanted is None and self._left[1] is not None:
            self._want(self._left[1])
        self._name_curves()

    def _chosen_value(self, entry: Entry) -> str:
        """The metric that a person chose to stand for every run, empty where the card does not report it."""
        key = REPORTED + metric_name(self._reader.headline)
        value = self._reader.columns.value(entry.row, key) if entry.row >= 0 else None
        return value.raw if value else ""

    def _goal(self) -> Node | None:
        """Where the cursor goes in filtered rows: back to where it was, but with words to no folder."""
        node = self._left[0]
        return None if self._tree.terms and isinstance(node, Folder) else node

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
        self._is_following = True
        if self._follow is not None:
            self._follow.stop()
        self._follow = self.set_timer(_FOLLOW, self._load)

    def _load(self) -> None:
        if self._follow is not None:
            self._follow.stop()
        self._is_following = self._wanted is not None
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
        elif isinstance(node, Folder) and node.is_open and not self._tree.terms:
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
        self._displayed = None
        self._is_following = False
        detail = self._detail
        detail.title = ""
        detail.shown = Shown(words=tuple(line(visible(sentence)) for sentence in sentences))
        self._curves.show(History(), stays=False)

    def _show_no_hit(self) -> None:
        """Say that nothing is left of the tree, in place of a card that is not in it."""
        self._wanted = None
        words = self._tree.filter_text
        reason = f"No card matches “{words}”." if words else "There are only files that are no cards; they are hidden."
        is_known = not self._is_reading
        self._show_words(reason, *([] if is_known else ["Not every card has been read yet."]))

    def _show_empty(self) -> None:
        where = ", ".join(str(path) for path in self._paths)
        self._show_words(
            f"No cards in {where}.",
            "",
            "Model cards are .md files, and .txt files with card metadata.",
            f"{keys_in_force(self.app).shown(Scope.EXPLORER, 'app.quit')} quits.",
        )
