"""What is on the screen of the app → a picture."""

from __future__ import annotations

from typing import Any

from rich.terminal_theme import DEFAULT_TERMINAL_THEME, TerminalTheme
from textual._context import visible_screen_stack
from textual.app import App
from textual.color import Color

from tui.render.picture import Picture, picture


def picture_of(app: App[Any]) -> Picture:
    """The screen as it is drawn, with those behind it that can be seen; its title is what a screen says is pictured.

    Textual keeps no public way to ask for the cells of a screen.
    """
    visible_screen_stack.set(app._background_screens)
    strips = app.screen._compositor.render_strips()
    titles = (getattr(screen, "pictured", "") for screen in reversed(app.screen_stack))
    ground, ink = (Color.parse(app.theme_variables[name]).rgb for name in ("background", "foreground"))
    named = [DEFAULT_TERMINAL_THEME.ansi_colors[index] for index in range(16)]
    theme = TerminalTheme(ground, ink, [(red, green, blue) for red, green, blue in named])
    return picture(next(filter(None, titles), app.title), strips, app.size.width, theme)
