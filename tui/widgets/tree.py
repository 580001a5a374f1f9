"""The tree pane: rows with a cursor."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import BindingType

from tui.keys import Scope
from tui.messages import RowActivated, RowHighlighted, RowsScrolled
from tui.widgets.bindings import bindings
from tui.widgets.lines import Lines, LinesPane


class TreePane(LinesPane):
    """Folders and cards; tells which row the cursor is on and which one was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.TREE)]

    def __init__(self, *, id: str, title: str = "") -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, title=title)
        self.cursor = 0
        """Index of the row that keys act on."""

    def has_cursor(self, index: int) -> bool:
        """Whether the row at an index is the one that keys act on."""
        return index == self.cursor

    def show_rows(self, rows: Lines, cursor: int) -> None:
        """Show other rows, the cursor on the one at `cursor`, which keeps its place on the screen."""
        place = self.cursor - self.top
        self.lines = rows
        self.cursor = min(max(cursor, 0), max(len(rows) - 1, 0))
        self._scroll_to_cursor(self.cursor - place if 0 <= place < self.page else self.top)

    def move_to(self, index: int) -> None:
        """Move the cursor, and the rows where it would leave the pane."""
        index = min(max(index, 0), len(self.lines) - 1)
        if index >= 0 and index != self.cursor:
            self.cursor = index
            self._scroll_to_cursor(self.top)
            self.post_message(RowHighlighted(index))

    def _scroll_to_cursor(self, top: int) -> None:
        self.scroll_top(min(max(top, self.cursor - self.page + 1), self.cursor))

    def scroll_top(self, index: int) -> None:
        """Put another row at the top, and tell."""
        before = self.top
        super().scroll_top(index)
        if self.top != before:
            self.post_message(RowsScrolled())

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._scroll_to_cursor(self.top)

    def action_move(self, rows: int) -> None:
        """Move the cursor by rows."""
        self.move_to(self.cursor + rows)

    def action_page(self, pages: int) -> None:
        """Move the cursor by pages."""
        self.move_to(self.cursor + pages * max(self.page - 1, 1))

    def action_top(self) -> None:
        """Move the cursor to the first row."""
        self.move_to(0)

    def action_bottom(self) -> None:
        """Move the cursor to the last row."""
        self.move_to(len(self.lines) - 1)

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
        index = event.y - 1 + self.top
        if 1 <= event.y <= self.page and index < len(self.lines):
            self.move_to(index)
            if event.chain == 2:
                self._activate("open")
