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
    "strong": "foreground",
    "title": "accent",
    "warning": "warning",
}
"""Style → the theme's colour for it."""

_ON_DARK = ("#6b8dff", "#b47505", "#6bffc5", "#d54360", "#edc1ff", "#bffd45")
_ON_LIGHT = ("#462ad9", "#ea6810", "#0aa57d", "#6a0503", "#b973d5", "#44015c")
"""The colours of a chart's curves on dark and on light backgrounds, which the colour-blind tell apart too."""

_FADED = {"dim": 0.62, "label": 0.78, "quote": 0.62, "frame": 0.35}
"""Style → the share of the text's colour in it, the rest is background."""

_BOLD = frozenset({"error", "good", "heading", "strong", "title", "warning"})


def palette(theme: Mapping[str, str], background: str) -> dict[str, Style]:
    """Every style of lines on a background (``background`` or ``panel``) of the theme's colours."""
    if theme["foreground"].startswith("ansi_"):
        return _own_colours()
    behind = Color.parse(theme[background])
    text = Color.parse(theme["foreground"])
    plain = behind.rich_color
    styles = {
        name: Style(color=Color.parse(theme[colour]).rich_color, bgcolor=plain, bold=name in _BOLD or None)
        for name, colour in _COLOURS.items()
    }
    for name, share in _FADED.items():
        styles[name] = Style(color=behind.blend(text, share).rich_color, bgcolor=plain)
    for number, colour in enumerate(_ON_DARK if behind.brightness < 0.5 else _ON_LIGHT, 1):
        styles[f"series-{number}"] = Style(color=colour, bgcolor=plain)
    styles["link"] += Style(underline=True)
    styles["focused"] = styles["strong"]
    styles["hit"] = Style(color=plain, bgcolor=Color.parse(theme["warning"]).rich_color)
    styles["cursor"] = Style(bgcolor=behind.blend(Color.parse(theme["primary"]), 0.3).rich_color, bold=True)
    return styles


def _own_colours() -> dict[str, Style]:
    """Every style of lines in the terminal's own colours; without these too each can be told from plain text."""
    from tui.render.ansi import ANSI  # noqa: PLC0415 - few terminals have no more

    styles = {name: Style.parse(words) for name, words in ANSI.items()}
    styles[""] = Style.null()
    styles["frame"] = Style(dim=True)
    styles["focus"] = Style(bold=True)
    styles["focused"] = Style(bold=True, reverse=True)
    styles["hit"] = Style(bold=True, underline=True, reverse=True)
    styles["cursor"] = Style(color="default", bold=True, dim=False, reverse=True)
    return styles
