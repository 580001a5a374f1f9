"""The tree pane: rows with a cursor."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Region

from tui.keys import Scope
from tui.messages import RowActivated, RowHighlighted, RowsScrolled
from tui.widgets.bindings import bindings
from tui.widgets.lines import Lines, LinesPane


class TreePane(LinesPane):
    """Folders and cards; tells which row the cursor is on and which one was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.TREE)]

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.cursor = 0
        """Index of the row that keys act on."""

    def has_cursor(self, index: int) -> bool:
        """Whether the row at an index is the one that keys act on."""
        return index == self.cursor

    def show_rows(self, rows: Lines, cursor: int) -> None:
        """Show other rows, the cursor on the one at `cursor`, which keeps its place on the screen."""
        before = self.cursor - self.scroll_offset.y
        self.cursor = min(max(cursor, 0), max(len(rows) - 1, 0))
        self.show_lines(rows)
        top = self.scroll_offset.y
        if 0 <= before < self.size.height and self.cursor - top != before:
            self.scroll_to(y=max(self.cursor - before, 0), animate=False)
        self._keep_cursor_in_view()

    def move_to(self, index: int) -> None:
        """Move the cursor; only the two rows that change are drawn again."""
        index = min(max(index, 0), len(self.lines) - 1)
        if index < 0 or index == self.cursor:
            return
        before, self.cursor = self.cursor, index
        self.refresh_line(before)
        self.refresh_line(index)
        self._keep_cursor_in_view()
        self.post_message(RowHighlighted(index))

    def refresh_line(self, y: int) -> None:
        """Draw one row again, without the pane's border being drawn too."""
        top = y - self.scroll_offset.y
        if 0 <= top < self.scrollable_content_region.height:
            gutter = self.gutter
            self.refresh(Region(gutter.left, gutter.top + top, self.room, 1))

    def _keep_cursor_in_view(self) -> None:
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False)
        elif height and self.cursor >= top + height:
            self.scroll_to(y=self.cursor - height + 1, animate=False)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Tell that other rows came on display."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self.post_message(RowsScrolled())

    def action_move(self, rows: int) -> None:
        """Move the cursor by rows."""
        self.move_to(self.cursor + rows)

    def action_page(self, pages: int) -> None:
        """Move the cursor by pages."""
        self.move_to(self.cursor + pages * max(self.scrollable_content_region.height - 1, 1))

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
        """Move the cursor to the row that was clicked; a click on a folder opens or closes it."""
        index = event.get_content_offset_capture(self).y + self.scroll_offset.y
        if index < len(self.lines):
            self.move_to(index)
            if event.chain == 2:
                self._activate("open")
