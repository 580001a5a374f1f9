"""A line of text at an edge of the screen: title above, keys below."""

from __future__ import annotations

from textual.reactive import reactive
from textual.strip import Strip

from tui.render.line import BLANK, Line
from tui.widgets.lines import LinesPane


class Bar(LinesPane, can_focus=False):
    """One line, cut where the screen ends."""

    DEFAULT_CSS = """
    Bar { height: 1; border: none; padding: 0 1; overflow: hidden; }
    """

    content: reactive[Line] = reactive(BLANK, init=False)
    """The line."""

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 - there is only one
        """The strip of the line."""
        return self.strip_of(self.content)
