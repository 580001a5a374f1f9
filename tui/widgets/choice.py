"""Lists on top of a table: one entry to choose, or columns to show and order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import BindingType

from tui.keys import Scope
from tui.messages import Picked
from tui.render.line import Line, line
from tui.render.text import cut, pad, visible, width
from tui.widgets.bindings import bindings
from tui.widgets.cursor import CursorPane
from tui.widgets.lines import Fixed

Named = tuple[str, int]
"""What can be chosen, and how many cards have it."""


class ChoicePane(CursorPane):
    """Names with counts; tells which was taken."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.CHOICE)]

    def __init__(self, entries: Sequence[Named], *, id: str, title: str, chosen: int = 0) -> None:  # noqa: A002
        super().__init__(id=id, title=title)
        self._entries = entries
        self._chosen = chosen

    def on_mount(self) -> None:
        """Show the names, the cursor on the chosen one."""
        self.cursor = self._chosen

    def on_resize(self) -> None:
        """Make the lines for another width."""
        marks = [("● ", "accent") if i == self._chosen else ("  ", "") for i in range(len(self._entries))]
        self.show_lines(
            Fixed([_counted(mark, entry, self.room) for mark, entry in zip(marks, self._entries, strict=True)])
        )
        self.scroll_to_cursor(self.top)

    def action_take(self) -> None:
        """Tell the entry under the cursor."""
        self.post_message(Picked([self.cursor]))

    def on_click(self, event: events.Click) -> None:
        """Take the entry that was clicked."""
        if (index := self.row_at(event)) is not None:
            self.cursor = index
            self.action_take()


class ColumnsPane(CursorPane):
    """Columns, the shown ones first in their order; tells those that are wanted, as indices of what it was given."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.COLUMNS)]

    def __init__(self, entries: Sequence[Named], shown: Sequence[int], first: Sequence[int], *, id: str) -> None:  # noqa: A002
        super().__init__(id=id, title="Columns")
        self._entries = entries
        self._first = first
        """The columns that are shown until others are chosen."""

        self._order: list[int] = []
        self._shown: set[int] = set()
        self._set(shown)

    def _set(self, shown: Sequence[int]) -> None:
        self._shown = set(shown)
        self._order = [*shown, *(i for i in range(len(self._entries)) if i not in self._shown)]

    def on_resize(self) -> None:
        """Make the lines for another width."""
        self._show()

    def _show(self) -> None:
        marks = (("● ", "accent"), ("○ ", "dim"))
        lines = [_counted(marks[i not in self._shown], self._entries[i], self.room) for i in self._order]
        self.show_lines(Fixed(lines))
        self.scroll_to_cursor(self.top)

    def action_mark(self) -> None:
        """Show the column under the cursor or hide it, and go on to the next."""
        self._shown ^= {self._order[self.cursor]}
        self._show()
        self.move_to(self.cursor + 1)

    def action_shift(self, step: int) -> None:
        """Move the column under the cursor left (up) or right (down); one that is moved is shown."""
        place, goal = self.cursor, self.cursor + step
        if 0 <= goal < len(self._order):
            self._order[place], self._order[goal] = self._order[goal], self._order[place]
            self._shown.add(self._order[goal])
            self.cursor = goal
            self._show()

    def action_reset(self) -> None:
        """Show the columns that are there until others are chosen."""
        self._set(self._first)
        self.cursor = 0
        self._show()

    def action_take(self) -> None:
        """Tell the columns that are wanted."""
        self.post_message(Picked([i for i in self._order if i in self._shown]))

    def on_click(self, event: events.Click) -> None:
        """Show the column that was clicked, or hide it."""
        if (index := self.row_at(event)) is not None:
            self.cursor = index
            self.action_mark()


def _counted(mark: tuple[str, str], entry: Named, cells: int) -> Line:
    name, count = entry
    number = f" {count:,}" if count else ""
    room = max(cells - 2 - width(number), 1)
    return line(mark, pad(cut(visible(name), room), room), (number, "dim"))
