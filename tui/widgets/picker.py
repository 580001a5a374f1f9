"""A list in which several entries can be marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import BindingType

from tui.keys import Scope
from tui.messages import HeadlineChosen, Picked
from tui.render.line import line
from tui.render.text import visible
from tui.widgets.bindings import bindings
from tui.widgets.cursor import CursorPane
from tui.widgets.lines import Fixed


class PickPane(CursorPane):
    """Names with marks; tells which were picked."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.PICK)]

    def __init__(self, names: Sequence[str], marked: Sequence[int], *, id: str, title: str) -> None:  # noqa: A002
        super().__init__(id=id, title=title)
        self._names = names
        self._marked = set(marked)

    def on_mount(self) -> None:
        """Show the names."""
        self._show()

    def _show(self) -> None:
        marks = (("● ", "accent"), ("○ ", "dim"))
        self.show_lines(Fixed([line(marks[i not in self._marked], visible(n)) for i, n in enumerate(self._names)]))

    def action_mark(self) -> None:
        """Mark the entry under the cursor, or take its mark away, and go on to the next."""
        self._marked ^= {self.cursor}
        self._show()
        self.move_to(self.cursor + 1)

    def action_take(self) -> None:
        """Tell the marked entries, or where none is, the one under the cursor."""
        self.post_message(Picked(sorted(self._marked) or [self.cursor]))

    def action_headline(self) -> None:
        """Tell that the entry under the cursor is to stand for every run."""
        self.post_message(HeadlineChosen(self.cursor))

    def on_click(self, event: events.Click) -> None:
        """Mark the entry that was clicked."""
        if (index := self.row_at(event)) is not None:
            self.cursor = index
            self.action_mark()
