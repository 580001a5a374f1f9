"""The colours of the styles that lines name, from the theme in force.

Component classes would say the same in CSS, and cost a sixth of the start-up: Textual resolves each of them for
each widget, three times before the first frame.
"""

from __future__ import annotations

from collections.abc import Mapping

from rich.style import Style
from textual.color import Color

_COLOURS = {
    "": "foreground",
    "accent": "accent",
    "bad": "error",
    "code": "secondary",
    "error": "error",
    "focus": "primary",
    "good": "success",
    "heading": "primary",
    "info": "primary",
    "link": "primary",
    "series-1": "primary",
    "series-2": "warning",
    "series-3": "success",
    "series-4": "error",
    "series-5": "secondary",
    "series-6": "accent",
    "strong": "foreground",
    "title": "accent",
    "warning": "warning",
}
"""Style → the theme's colour for it."""

_FADED = {"dim": 0.62, "label": 0.78, "quote": 0.62, "frame": 0.35}
"""Style → the share of the text's colour in it, the rest is background."""

_BOLD = frozenset({"error", "good", "heading", "strong", "title", "warning"})


def palette(theme: Mapping[str, str], background: str) -> dict[str, Style]:
    """Every style of lines on a background (``background`` or ``panel``) of the theme's colours."""
    behind = Color.parse(theme[background])
    text = Color.parse(theme["foreground"])
    plain = behind.rich_color
    styles = {
        name: Style(color=Color.parse(theme[colour]).rich_color, bgcolor=plain, bold=name in _BOLD or None)
        for name, colour in _COLOURS.items()
    }
    for name, share in _FADED.items():
        styles[name] = Style(color=behind.blend(text, share).rich_color, bgcolor=plain)
    styles["link"] += Style(underline=True)
    styles["hit"] = Style(color=plain, bgcolor=Color.parse(theme["warning"]).rich_color)
    styles["cursor"] = Style(bgcolor=behind.blend(Color.parse(theme["primary"]), 0.3).rich_color, bold=True)
    return styles
