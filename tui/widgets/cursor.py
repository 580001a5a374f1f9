"""A pane of rows with a cursor: the base of the tree and of lists to pick from."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.strip import Strip

from tui.messages import RowHighlighted, RowsScrolled
from tui.widgets.lines import LinesPane

CELL = Style(underline=True)
"""How the cell in the cursor's column stands out from the cursor's row."""


class CursorPane(LinesPane):
    """Rows, one of which keys act on; tells when that is another one, and when other rows came on display."""

    def __init__(self, *, id: str, title: str = "") -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, title=title)
        self.cursor = 0
        """Index of the row that keys act on."""

    def has_cursor(self, index: int) -> bool:
        """Whether the row at an index is the one that keys act on."""
        return index == self.cursor

    def move_to(self, index: int) -> None:
        """Move the cursor, and the rows where it would leave the pane."""
        index = min(max(index, 0), len(self.lines) - 1)
        if index >= 0 and index != self.cursor:
            self.cursor = index
            self.scroll_to_cursor(self.top)
            self.post_message(RowHighlighted(index))

    def scroll_to_cursor(self, top: int) -> None:
        """Put row `top` at the top, or the nearest that keeps the cursor in sight."""
        self.scroll_top(min(max(top, self.cursor - self.page + 1), self.cursor))

    def scroll_top(self, index: int) -> None:
        """Put another row at the top, and tell."""
        before = self.top
        super().scroll_top(index)
        if self.top != before:
            self.post_message(RowsScrolled())

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self.scroll_to_cursor(self.top)

    def row_at(self, event: events.Click) -> int | None:
        """The index of the row that was clicked."""
        index = event.y - 1 + self.top
        return index if 1 <= event.y <= self.page and index < len(self.lines) else None

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


def over(strip: Strip, cells: range, style: Style) -> Strip:
    """The strip with a style over some of its cells."""
    if not cells or cells.stop > strip.cell_length:
        return strip
    before, marked, after = strip.divide([cells.start, cells.stop, strip.cell_length])
    return Strip.join([before, Strip([Segment(text, (own or Style()) + style) for text, own, _ in marked]), after])
