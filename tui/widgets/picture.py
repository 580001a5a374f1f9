"""What is on the screen of the app → a picture."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.segment import Segment
from rich.terminal_theme import TerminalTheme
from textual._context import visible_screen_stack
from textual.app import App
from textual.color import Color

from tui.render.ascii import ascii_text
from tui.render.picture import Picture, picture

_NAMED = "#1d232c #f2777a #7ed491 #e8c35a #6cb6ff #b8a6f5 #6fd0d6 #d6dbe2".split()
"""The colours that a terminal has names for, black to white, whose shades no program is told; the bright ones too."""

_INK, _GROUND = "#d6dbe2", "#12161c"
"""Of a terminal's own colours."""


def picture_of(app: App[Any]) -> Picture:
    """The screen as it is drawn, with those behind it that can be seen; its title is what a screen says is pictured.

    Textual keeps no public way to ask for the cells of a screen.
    """
    visible_screen_stack.set(app._background_screens)
    strips: list[Iterable[Segment]] = list(app.screen._compositor.render_strips())
    if app.has_class("-ascii"):
        strips = [[Segment(ascii_text(text), style) for text, style, _ in strip] for strip in strips]
    titles = (getattr(screen, "pictured", "") for screen in reversed(app.screen_stack))
    colours = app.theme_variables
    ground, ink = (_GROUND, _INK) if app.current_theme.ansi else (colours["background"], colours["foreground"])
    theme = TerminalTheme(Color.parse(ground).rgb, Color.parse(ink).rgb, [Color.parse(name).rgb for name in _NAMED])
    return picture(next(filter(None, titles), app.title), strips, app.size.width, theme)
