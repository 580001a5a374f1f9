"""An app that holds one widget, and its screen as text."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.app import App, ComposeResult
from textual.message import Message
from textual.pilot import Pilot
from textual.widget import Widget

from tui.themes import DARK


class Alone(App[None]):
    """One widget, and the messages that it sends."""

    def __init__(self, widget: Widget) -> None:
        super().__init__()
        self.widget = widget
        self.register_theme(DARK)
        self.theme = DARK.name
        self.heard: list[Message] = []

    def compose(self) -> ComposeResult:
        """The widget."""
        yield self.widget

    def hear(self, message: Message) -> None:
        """Keep a message."""
        self.heard.append(message)

    on_row_highlighted = on_row_activated = on_rows_scrolled = on_picked = hear

    def lines(self) -> list[str]:
        """The lines of the screen."""
        return [strip.text for strip in self.screen._compositor.render_strips()]


@asynccontextmanager
async def alone(widget: Widget, size: tuple[int, int] = (40, 10)) -> AsyncIterator[tuple[Alone, Pilot[None]]]:
    """The widget alone on a screen, with the focus."""
    app = Alone(widget)
    async with app.run_test(size=size) as pilot:
        widget.focus()
        await pilot.pause()
        yield app, pilot
