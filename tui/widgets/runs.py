"""The pane of the runs table: a row a run below headings that stay, a cursor in a row and a column."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.strip import Strip

from tui.keys import Scope
from tui.messages import ColumnHighlighted, RowActivated, SortRequested
from tui.render.runs import RunsLines
from tui.widgets.bindings import bindings
from tui.widgets.cursor import CELL, CursorPane, over


class RunsPane(CursorPane):
    """Shows `RunsLines`; tells which run was chosen, and where the cursor is."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.RUN_ROWS)]

    table: RunsLines | None = None
    """What is shown; None until there is something."""

    @property
    def page(self) -> int:
        """The rows that are on display at once, below the headings."""
        return max(self.size.height - 3, 1)

    def show_table(self, table: RunsLines, cursor: int, *, keep_place: bool = True) -> None:
        """Show runs, the cursor on the one at `cursor`; it keeps its place on the screen, or the top is shown."""
        place = self.cursor - self.top if keep_place else 0
        self.table = self.lines = table
        self.cursor = min(max(cursor, 0), max(len(table) - 1, 0))
        self.scroll_to_cursor(self.cursor - place if 0 <= place < self.page else self.top)
        self.repaint()

    # Drawing

    def _made(self) -> list[Strip]:
        if self.table is None:
            return self._in_frame([Strip.blank(self.room, self.style_of(""))] * (self.page + 1))
        self.table.look(self.top, self.page, self.room)
        return self._in_frame([self._headings(self.table), *(self._row(self.top + y, False) for y in range(self.page))])

    def _headings(self, table: RunsLines) -> Strip:
        """The headings, that of the cursor's column in the cursor's colours."""
        line, marked = table.head(self.room)
        return over(self.strip_of(line), marked, self.style_of("cursor"))

    def _row(self, index: int, is_top: bool) -> Strip:
        strip = super()._row(index, is_top)
        if self.table is None or not self.has_cursor(index) or self.table.is_group(index):
            return strip
        return over(strip, self.table.cells_of(self.table.column), CELL)

    def _thumb(self) -> tuple[int, int]:
        """The rows of the scroll thumb; the headings do not scroll."""
        first, last = super()._thumb()
        return (first + 1, last + 1) if last else (0, 0)

    # Keys

    def action_column(self, step: int) -> None:
        """Go to the next or previous column; on a group, open or close it."""
        table = self.table
        if table is None:
            return
        if self.cursor < len(table) and table.runs.items[self.cursor] < 0:
            self.post_message(RowActivated(self.cursor, "expand" if step > 0 else "collapse"))
            return
        self.go_to_column(table.column + step)

    def action_turn(self, step: int) -> None:
        """Go to the columns that follow those on the screen, or to those before them."""
        if self.table is None:
            return
        first, last = self.table.shown_columns()
        wanted = last + 1 if step > 0 else max(2 * first - last - 1, 1 if first > 1 else 0)
        if step > 0:
            self.table.first = wanted
        self.go_to_column(wanted)

    def go_to_column(self, column: int) -> None:
        """Move the cursor to a column."""
        if self.table is not None:
            self.table.column = min(max(column, 0), len(self.table.names) - 1)
            self.repaint()
            self.post_message(ColumnHighlighted(self.table.column))

    def action_open(self) -> None:
        """Choose the run or the group."""
        if len(self.lines):
            self.post_message(RowActivated(self.cursor, "open"))

    # The mouse

    def row_at(self, event: events.Click) -> int | None:
        """The index of the row that was clicked."""
        index = event.y - 2 + self.top
        return index if 2 <= event.y <= self.page + 1 and index < len(self.lines) else None

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to what was clicked; a double click chooses it, one on a heading sorts by its column."""
        if self.table is None:
            return
        column = self.table.column_at(event.x - 2)
        index = self.row_at(event)
        if column is not None and (index is not None or event.y == 1):
            self.go_to_column(column)
        if index is not None:
            self.move_to(index)
            if event.chain == 2:
                self.action_open()
        elif event.y == 1 and column is not None:
            self.post_message(SortRequested())
