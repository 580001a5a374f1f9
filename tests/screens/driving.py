"""Drive the app without a terminal and read its screen as text."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot

from tui.app import CardtuiApp
from tui.session import Begun
from tui.settings import DEFAULTS, Settings
from tui.terminal import Terminal
from tui.widgets.detail import DetailPane

SAMPLES = Path(__file__).parents[2] / "sample_cards"
_PATIENCE = 30.0
"""Seconds after which something that was waited for will not come."""


class Driver:
    """The app on a screen of a size, its keys and its text."""

    def __init__(self, app: CardtuiApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    def lines(self) -> list[str]:
        """The lines of the screen."""
        return [strip.text for strip in self.app.screen._compositor.render_strips()]

    def text(self) -> str:
        """The screen as text."""
        return "\n".join(self.lines())

    def is_marked(self, line: int) -> bool:
        """Whether a line of the screen has the cursor's colours in the detail pane."""
        pane = self.app.screen.query_one("#detail", DetailPane)
        y = line - pane.region.y - 1
        return 0 <= y < pane.page and pane.has_cursor(pane.top + y)

    async def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        await self.pilot.press(*keys)

    async def shows(self, *words: str) -> str:
        """Wait until all words are on the screen, and give its text."""
        end = time.monotonic() + _PATIENCE
        while not all(word in self.text() for word in words):
            missing = [word for word in words if word not in self.text()]
            assert time.monotonic() < end, f"{missing} not on the screen:\n{self.text()}"
            await asyncio.sleep(0.01)
            await self.pilot.pause()
        return self.text()

    async def lacks(self, word: str) -> str:
        """Wait until a word is off the screen, and give its text."""
        end = time.monotonic() + _PATIENCE
        while word in self.text():
            assert time.monotonic() < end, f"{word!r} still on the screen:\n{self.text()}"
            await asyncio.sleep(0.01)
            await self.pilot.pause()
        return self.text()

    async def rests(self) -> str:
        """Wait until the app says that the screen stays as it is, and give its text."""
        end = time.monotonic() + _PATIENCE
        while not self.app.is_still:
            assert time.monotonic() < end, f"the screen does not rest:\n{self.text()}"
            await asyncio.sleep(0.01)
            await self.pilot.pause()
        await self.pilot.pause()
        return self.text()


@asynccontextmanager
async def explorer(
    *paths: Path,
    size: tuple[int, int] = (120, 40),
    stdin: bytes | None = None,
    theme: str = "cardtui-dark",
    settings: Settings = DEFAULTS,
    notes: Sequence[str] = (),
    shows: Terminal | None = None,
) -> AsyncIterator[Driver]:
    """The explorer on some paths, on a terminal that shows everything, or what is said."""
    begun = Begun(shows) if shows else None
    app = CardtuiApp(paths, stdin, settings=settings, notes=notes, begun=begun)
    if settings.theme == DEFAULTS.theme and begun is None:
        app.theme = theme
    async with app.run_test(size=size, notifications=True) as pilot:
        yield Driver(app, pilot)
