"""What the explorer does about folders that change while they are looked at."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import TYPE_CHECKING

from tui.library.tree import Entry
from tui.messages import CardsChanged, FoldersChanged, FoldersListed, FoldersScanned
from tui.screens.browsing import BrowsingScreen

if TYPE_CHECKING:
    from tui.library.lister import Lister
    from tui.library.scan import FolderFound
    from tui.library.watch import Watcher


class LivingScreen(BrowsingScreen):
    """A tree that follows what happens in its folders; cursor, selection and scroll stay where they are."""

    _found: list[FolderFound]
    """What is to be watched, until it is."""

    _watcher: Watcher | None = None
    _lister: Lister | None = None

    def on_mount(self) -> None:
        """Begin with nothing to be watched."""
        self._found = []

    def on_unmount(self) -> None:
        """End the threads."""
        if self._watcher and self._lister:
            self._watcher.stop()
            self._lister.stop()

    def on_folders_scanned(self, message: FoldersScanned) -> None:
        """Watch what was found; the start of the app comes first."""
        self._found += message.found
        if message.done:
            self._watch()

    def _watch(self) -> None:
        """Start to watch."""
        from tui.library.lister import Lister  # noqa: PLC0415 - not needed by the first frame
        from tui.library.watch import Watcher  # noqa: PLC0415

        self._watcher = Watcher(lambda changed: self.post_message(FoldersChanged(changed)))
        self._lister = Lister(lambda root, found: self.post_message(FoldersListed(root, found)))
        self._watcher.know(self._found)
        self._found = []
        self._watcher.start()
        self._lister.start()
        self._look_at_display()

    def _want_outlines(self) -> None:
        super()._want_outlines()
        self._look_at_display()

    def _look_at_display(self) -> None:
        """Let the cards on display be looked at more often where changes have to be looked for."""
        rows = self._lines.rows[self._pane.top : self._pane.top + self._pane.page]
        shown = [row.node for row in rows if isinstance(row.node, Entry)]
        also = [*self._selection.entries, *filter(None, (self._wanted, self._selection.baseline))]
        self._look_at([*shown, *also])

    def _look_at(self, entries: Sequence[Entry]) -> None:
        if self._watcher:
            self._watcher.look_at([(entry.folder.path, entry.file) for entry in entries if entry.file != "-"])

    def on_folders_changed(self, message: FoldersChanged) -> None:
        """Read changed cards again, and list folders again in which there may be others now."""
        touched: list[Entry] = []
        for changed in message.changed:
            touched += self._tree.touched(changed.path, changed.files)
            if changed.is_listing and self._lister:
                self._lister.list(self._tree.wanted(changed.path))
        self._read_again(touched)

    def _read_again(self, entries: Sequence[Entry]) -> None:
        """Read cards whose files changed, and show those that are on display."""
        if not entries:
            return
        self._reader.read_anew(entries)
        if self._wanted in entries:
            self._load()
        if self._selection.baseline in entries:
            self._follow_baseline()
        self._tell_others(CardsChanged(entries))

    def _follow_baseline(self) -> None:
        """Read the baseline, and show the card against it."""
        raise NotImplementedError

    def on_folders_listed(self, message: FoldersListed) -> None:
        """Take in what came and what is gone; the cursor of a card that is gone goes to the next one."""
        node, beside = self._node(), self._beside_cursor()
        change = self._tree.update(message.root, message.found)
        if self._watcher:
            self._watcher.know(message.found)
        self._rowless += len(change.added)
        if self._reads_on:
            self._reader.add(change.added)
        self._read_again(change.changed)
        removed = set(change.removed)
        if removed:
            self._forget(removed)
        left = next((entry for entry in beside if entry not in removed), None)
        self._lay_out(left if node in removed else node or self._goal())
        if self._wanted is None and left is not None:
            self._want(left)
        if not self._tree.entries:
            self._show_empty()
        self._want_outlines()
        self.update_bars()
        if removed or change.added:
            self._tell_others(CardsChanged(removed.union(change.added)))

    def _forget(self, gone: Set[Entry]) -> None:
        """Leave out cards that are no longer there."""
        self._read -= sum(entry.outline is not None for entry in gone)
        self._rowless -= sum(entry.is_waiting for entry in gone)
        for entry in gone:
            if entry.row >= 0:
                self._reader.columns.forget(entry.row)
                entry.row = -1
        self._selection.forget(gone)
        if self._wanted in gone:
            self._wanted = None
        if self._left[1] in gone:
            self._left = (None, None)

    def _beside_cursor(self) -> list[Entry]:
        """The cards from the cursor down, then those above it, the nearest first."""
        rows, cursor = self._lines.rows, self._pane.cursor
        around = [*rows[cursor:], *reversed(rows[:cursor])]
        return [row.node for row in around if isinstance(row.node, Entry)]
