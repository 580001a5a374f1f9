"""A line of text at an edge of the screen: title above, keys below."""

from __future__ import annotations

from tui.render.line import Line
from tui.widgets.lines import Fixed, LinesPane


class Bar(LinesPane, can_focus=False):
    """One line, cut where the screen ends."""

    DEFAULT_CSS = "Bar { height: 1; }"
    framed = False
    background = "panel"

    def show_line(self, line: Line) -> None:
        """Show another line."""
        self.show_lines(Fixed([line]))
