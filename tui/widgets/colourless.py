"""What is drawn where a terminal has no colours, or a person wants none: bold, underlined, reversed."""

from __future__ import annotations

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter


class Colourless(LineFilter):
    """Takes every colour out of what the widgets have drawn, Textual's own among them."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - Textual's interface
        """The segments without colours."""
        return [Segment(text, style and _without(style), control) for text, style, control in segments]


@lru_cache(1024)
def _without(style: Style) -> Style:
    return style.without_color
