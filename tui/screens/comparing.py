"""What the explorer does about several cards: select them, pin one, compare them, find the nearest to one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.judge.comparable import Run
from tui.keys import Scope
from tui.library.reader import Loaded, load
from tui.library.tree import Entry
from tui.screens.living import LivingScreen
from tui.widgets.bindings import keys_in_force

if TYPE_CHECKING:
    from tui.library.runs import View

_NEAR = 500
"""Cards before and behind one in the tree among which its nearest recipes are sought."""


class ComparingScreen(LivingScreen):
    """A tree of cards of which some can be chosen."""

    _view: View | None = None
    """How the runs table was left."""

    _columns: Sequence[str] = ()
    """The columns that it had then, where the settings say which it has at first."""

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
            keys = keys_in_force(self.app)
            select, compare = (keys.shown(Scope.EXPLORER, action) for action in ("select", "compare"))
            self.app.notify(f"Select a card with {select}, then press {compare} on another.", markup=False)
            return
        self._compare(entries)

    def _compare(self, entries: Sequence[Entry]) -> None:
        from tui.screens.compare import CompareScreen  # noqa: PLC0415 - not needed by the first frame

        self.app.push_screen(CompareScreen(entries, self._load_entry, self._beside))

    def action_recipes(self) -> None:
        """Show the cards that differ from the one under the cursor in a few settings only."""
        node = self._node()
        if not isinstance(node, Entry):
            self.app.notify("The cursor is on a folder: nearest recipes are those of a card.", markup=False)
            return
        from tui.screens.recipes import RecipesScreen  # noqa: PLC0415 - not needed by the first frame

        place = self._tree.entries.index(node)
        around = self._tree.entries[max(place - _NEAR, 0) : place + _NEAR]
        self.app.push_screen(RecipesScreen(node, around, self._load_entry, self._compare))

    def action_runs(self) -> None:
        """Show every run in a table, as it was left last; a run that is chosen there is shown here."""
        from tui.screens.runs import RunsScreen, Shelf  # noqa: PLC0415 - not needed by the first frame

        shelf = Shelf(
            lambda: self._tree.entries,
            self._reader.columns,
            lambda: self._reader.rules,
            lambda: self._reader.headline,
            self._settings.columns,
            self._columns,
            lambda: ", ".join(folder.name for folder in self._tree.roots),
            lambda: self._scanning,
            lambda: self._pace.rate,
            lambda: not self._reads_on,
            self._look_at,
        )
        table = RunsScreen(shelf, self._selection, self._load_entry, self._view, self._wanted)
        pinned = self._selection.baseline

        def go(chosen: Entry | None) -> None:
            self._view = table.view
            self._columns = table.chosen if self._settings.columns else ()
            if self._selection.baseline is not pinned:
                self._follow_baseline()
            self._pane.repaint()
            if chosen is not None:
                self._go_to(chosen)

        self.app.push_screen(table, go)

    def _go_to(self, entry: Entry) -> None:
        """Put the cursor on a card, whatever is closed or filtered."""
        self._tree.reveal(entry)
        self._lay_out(entry)
        if self._node() is not entry:
            self._tree.query = None
            self._tree.hides_other_files = False
            self._lay_out(entry)
        self._want_outlines()
        self.update_bars()

    def _load_entry(self, entry: Entry) -> Loaded:
        return load(entry, self._reader.stdin if entry.file == "-" else None, self._reader.rules)

    def _beside(self, entry: Entry, step: int) -> Entry | None:
        """The next (1) or previous (-1) card that is on display in the tree."""
        shown = [row.node for row in self._lines.rows if isinstance(row.node, Entry)]
        place = shown.index(entry) + step if entry in shown else -1
        return shown[place] if 0 <= place < len(shown) else None
