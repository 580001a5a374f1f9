"""The comparison pane: runs in columns, a cursor on one value."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.reactive import reactive

from tui.judge.comparison import Comparison, Row
from tui.keys import Scope
from tui.render.comparison import comparison_lines
from tui.render.line import Line
from tui.widgets.bindings import bindings
from tui.widgets.cursor import CursorPane
from tui.widgets.lines import Fixed


class ComparisonPane(CursorPane):
    """Shows a comparison, or other lines in its place; its lower edge says which value the cursor is on."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.COMPARISON)]

    comparison: reactive[Comparison | None] = reactive(None, init=False)
    """What is shown; None where other lines are."""

    everything: reactive[bool] = reactive(default=False, init=False)
    """Whether rows in which the runs are equal are shown too."""

    def __init__(self, *, id: str, title: str = "") -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, title=title)
        self.column = 0
        """The run whose value the cursor is on."""

    @property
    def row(self) -> Row | None:
        """The row of the comparison that the cursor is on, None on a heading."""
        if self.comparison is None or self.cursor >= len(self.lines):
            return None
        source = self.lines.line(self.cursor, self.room).source
        return self.comparison.rows[source - 1] if source else None

    def watch_comparison(self) -> None:
        """Show other runs, or other values of them."""
        self._make()

    def watch_everything(self) -> None:
        """Show all rows, or only those that differ."""
        self._make()

    def on_resize(self, _event: events.Resize | None = None) -> None:
        """Make the lines for another width."""
        self._make()

    def show_others(self, lines: list[Line]) -> None:
        """Show lines in place of the comparison."""
        self.set_reactive(ComparisonPane.comparison, None)
        self.cursor = self.top = self.pan_steps = 0
        self.subtitle = ""
        self.show_lines(Fixed(lines))

    def _make(self) -> None:
        if self.comparison is None or not self.size:
            return
        self.column = min(self.column, len(self.comparison.runs) - 1)
        lines = comparison_lines(self.comparison, self.room, everything=self.everything)
        self.show_lines(Fixed(lines))
        first = next((index for index, line in enumerate(lines) if line.source), 0)
        self.cursor = min(max(self.cursor, first), max(len(lines) - 1, 0))
        self.scroll_to_cursor(0 if self.cursor == first else self.top)
        self._tell()

    def move_to(self, index: int) -> None:
        """Move the cursor to another line."""
        super().move_to(index)
        self._tell()

    def action_column(self, step: int) -> None:
        """Go to the value of the next or previous run; a table that is too wide moves with the cursor."""
        last = len(self.comparison.runs) - 1 if self.comparison else 1_000
        self.column = min(max(self.column + step, 0), last)
        self.pan_steps = self.column
        self._tell()

    def _tell(self) -> None:
        """Say in the lower edge which value the cursor is on."""
        row = self.row
        if self.comparison is not None and row is not None:
            cell = row.cells[self.column]
            self.subtitle = f"{row.name} of {self.comparison.runs[self.column].name}: {cell.text if cell else '–'}"
        elif self.comparison is not None:
            self.subtitle = ""
        self.repaint()
