"""The tree pane: folders and cards."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import BindingType

from tui.keys import Scope
from tui.messages import RowActivated
from tui.widgets.bindings import bindings
from tui.widgets.cursor import CursorPane
from tui.widgets.lines import Lines


class TreePane(CursorPane):
    """Folders and cards; tells which row was chosen, and how."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.TREE)]

    def show_rows(self, rows: Lines, cursor: int) -> None:
        """Show other rows, the cursor on the one at `cursor`, which keeps its place on the screen."""
        place = self.cursor - self.top
        self.lines = rows
        self.cursor = min(max(cursor, 0), max(len(rows) - 1, 0))
        self.scroll_to_cursor(self.cursor - place if 0 <= place < self.page else self.top)

    def action_open(self) -> None:
        """Choose the row."""
        self._activate("open")

    def action_expand(self) -> None:
        """Open the row's folder."""
        self._activate("expand")

    def action_collapse(self) -> None:
        """Close the row's folder."""
        self._activate("collapse")

    def _activate(self, what: str) -> None:
        if len(self.lines):
            self.post_message(RowActivated(self.cursor, what))

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the row that was clicked; a double click chooses it."""
        if (index := self.row_at(event)) is not None:
            self.move_to(index)
            if event.chain == 2:
                self._activate("open")
