"""The comparison pane: runs in columns, a cursor on one value."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.reactive import reactive
from textual.strip import Strip

from tui.judge.comparable import letter
from tui.judge.comparison import Comparison, Row, Section
from tui.keys import Scope
from tui.render.comparison import comparison_lines
from tui.render.line import Line
from tui.render.text import visible, width
from tui.widgets.bindings import bindings
from tui.widgets.cursor import CELL, CursorPane, over
from tui.widgets.lines import CODE_STEP, Fixed


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

        self._row_name: tuple[Section, str] | None = None
        """What the row that the cursor is on is called, so that it is found among others."""

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
        self.column = self.pan_steps = min(self.column, len(self.comparison.runs) - 1)
        lines = comparison_lines(self.comparison, self.room, everything=self.everything)
        place = self.cursor - self.top
        self.show_lines(Fixed(lines))
        first = next((index for index, line in enumerate(lines) if line.source), 0)
        self.cursor = min(max(self._found(lines), first), max(len(lines) - 1, 0))
        self.scroll_to_cursor(0 if self.cursor == first else self.cursor - place)
        self._tell()

    def _found(self, lines: list[Line]) -> int:
        """The line of the row that the cursor was on, or of the next one that is shown."""
        rows = self.comparison.rows if self.comparison else ()
        number = next((number for number, row in enumerate(rows, 1) if (row.section, row.name) == self._row_name), 0)
        if not number:
            return self.cursor
        return next((index for index, line in enumerate(lines) if line.source >= number), len(lines) - 1)

    # Drawing

    def _row(self, index: int, is_top: bool) -> Strip:
        """A line, in that of the cursor the value that it is on, and above them the heading of its column."""
        strip = super()._row(index, is_top)
        if self.comparison is None or index >= len(self.lines):
            return strip
        line = self.lines.line(index, self.room)
        if line.table is None:
            return strip
        is_heading = not line.source or (is_top and line.head is not None)
        if not is_heading and not self.has_cursor(index):
            return strip
        return over(
            strip, self.column_cells(line.table, self.column + 1), self.style_of("cursor") if is_heading else CELL
        )

    # Keys

    def scroll_to_cursor(self, top: int) -> None:
        """Put row `top` at the top, or the nearest that keeps the cursor in sight, below the headings."""
        self.scroll_top(min(max(top, self.cursor - self.page + 1), max(self.cursor - 1, 0)))

    def move_to(self, index: int) -> None:
        """Move the cursor to another line."""
        super().move_to(index)
        self._tell()

    def action_column(self, step: int) -> None:
        """Go to the value of the next or previous run; what is too wide moves, a table with the cursor."""
        if self.comparison is None:
            shapes = (self.lines.line(index, self.room).table for index in range(len(self.lines)))
            limit = max((shape.width // CODE_STEP for shape in shapes if shape), default=0)
            self.pan_steps = min(max(self.pan_steps + step, 0), limit)
        else:
            self.column = self.pan_steps = min(max(self.column + step, 0), len(self.comparison.runs) - 1)
        self._tell()

    def _tell(self) -> None:
        """Say in the lower edge which value the cursor is on."""
        row = self.row
        if row is not None:
            self._row_name = row.section, row.name
        if self.comparison is not None and row is not None:
            cell = row.cells[self.column]
            owners = self.comparison.runs[self.column].name, letter(self.column)
            ways = [visible(f"{row.name} of {owner}: {cell.text if cell else '–'}") for owner in owners]
            self.subtitle = next((way for way in ways if width(way) <= self.room - 2), ways[-1])
        elif self.comparison is not None:
            self.subtitle = ""
        self.repaint()
