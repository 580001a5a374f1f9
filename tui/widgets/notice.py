"""A sentence on a screen of its own."""

from __future__ import annotations

from tui.render.line import Line, joined, wrap_spans
from tui.render.text import visible
from tui.widgets.lines import Fixed, LinesPane


class Notice(LinesPane, can_focus=False):
    """Wraps its sentence to whatever room there is."""

    words = ""
    """The sentence."""

    def say(self, words: str) -> None:
        """Show another sentence."""
        self.words = words
        self.on_resize()

    def on_resize(self) -> None:
        """Wrap the sentence anew."""
        wrapped = wrap_spans([(visible(self.words), "")], self.room)
        self.show_lines(Fixed([Line(tuple(joined(spans))) for spans in wrapped]))
