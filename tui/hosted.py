"""An app on a terminal: one that may show few colours, be slow to take what is drawn, stop, or be gone."""

from __future__ import annotations

import select
import signal
import sys
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from types import FrameType
from typing import TYPE_CHECKING, Any, cast

from rich.color import ColorSystem
from rich.console import RenderableType
from textual import events
from textual._compositor import ChopsUpdate
from textual.app import App
from textual.driver import Driver
from textual.filter import LineFilter, Monochrome, NoColor
from textual.geometry import Region
from textual.screen import Screen
from textual.timer import Timer
from textual.worker import WorkerFailed

from tui.driver import TerminalDriver
from tui.session import Begun, SessionDriver
from tui.terminal import ENDING, Colours
from tui.widgets.colourless import Colourless

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

_LOOK = 2.0
"""Seconds between two looks at whether the terminal is still there."""

_CATCH_UP = 0.05
"""Seconds between two looks at whether a terminal that answers no question has taken what was drawn."""

_SYSTEMS = {
    Colours.NONE: ColorSystem.STANDARD,
    Colours.SIXTEEN: ColorSystem.STANDARD,
    Colours.MANY: ColorSystem.EIGHT_BIT,
    Colours.TRUE: ColorSystem.TRUECOLOR,
}
"""What Rich calls them."""

_COLOURLESS = Colourless()

_NOTES = 2
"""Notes that are on the screen at a time."""

_KEYS = 30
"""Keys that a report of an error names."""

CRASHED = 70
"""The exit status after an error that nobody foresaw."""

HANG_UP_LIMIT = 2
"""Seconds that an orderly end may take once the terminal hung up. Where it is gone for good, writing to it blocks for
ever, so the kernel's alarm ends the process: not even a blocked event loop can keep it."""


class HostedApp(App[None]):
    """Draws what its terminal can show and take, and ends in order when it is gone or an error ends it."""

    def __init__(self, begun: Begun) -> None:
        """`begun` is what the terminal shows, and how start-up left it."""
        super().__init__(driver_class=cast("type[Driver]", partial(SessionDriver, begun=begun)))
        self.shows = begun.shows
        """What the terminal shows."""

        self.newest_keys: deque[str] = deque(maxlen=_KEYS)
        """The keys that were pressed last."""

        self.no_color = begun.shows.colours is Colours.NONE
        self.console._color_system = _SYSTEMS[begun.shows.colours]
        self.set_class(begun.shows.is_ascii, "-ascii")
        self._held: set[Region] = set()
        """What was to be drawn while the terminal had yet to take what was drawn before."""

        self._catch_up: Timer | None = None

    # What is drawn

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What is done to all that is drawn: without colours nothing is left of them, not even shades of grey."""
        kept = [one for one in super().get_line_filters() if not isinstance(one, (Monochrome, NoColor))]
        return [*kept, _COLOURLESS] if self.no_color else kept

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Draw a frame; on a slow line hold it back while those before are on their way, to draw the latest of many."""
        driver = self._driver
        if renderable is None or self._batch_count or not isinstance(driver, TerminalDriver) or not driver.is_behind:
            super()._display(screen, renderable)
            return
        if isinstance(renderable, ChopsUpdate):
            self._held.update(Region(start, y, end - start, 1) for y, start, end in renderable.spans)
        else:
            self._held.add(self.screen.region)
        if self._catch_up is None:
            self._catch_up = self.set_interval(_CATCH_UP, self._draw_held)

    def on_terminal_driver_caught_up(self) -> None:
        """Draw what was held back, unless there is more to be waited for than was asked about."""
        if self._driver is not None:
            self._driver.flush()
        self._draw_held()

    def _draw_held(self) -> None:
        driver = self._driver
        if isinstance(driver, TerminalDriver) and driver.is_behind:
            return
        if self._catch_up is not None:
            self._catch_up.stop()
            self._catch_up = None
        regions, self._held = self._held, set()
        if regions:
            self.screen.refresh(*regions)

    def notify(self, message: str, **looks: Any) -> None:
        """Say something beside what was said last; more would pile up over the screen."""
        for earlier in list(self._notifications)[: 1 - _NOTES]:
            self._unnotify(earlier, refresh=False)
        super().notify(message, **looks)

    # How it ends

    def on_mount(self) -> None:
        """End in order when the terminal goes away or somebody asks for it."""
        import asyncio  # noqa: PLC0415

        loop = asyncio.get_running_loop()
        if not self.is_headless:
            loop.set_exception_handler(self._handle_loop)
        for number in ENDING:
            loop.add_signal_handler(number, self._ended_by, number)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)  # start-up held them back

        def hung_up(number: int, _frame: FrameType | None = None) -> None:
            signal.alarm(HANG_UP_LIMIT)
            if isinstance(self._driver, TerminalDriver):
                self._driver.forget()
            loop.call_soon_threadsafe(self._ended_by, number)

        signal.signal(signal.SIGHUP, hung_up)
        self._terminal = select.poll()
        if self.is_headless:
            return
        with suppress(OSError, ValueError):
            self._terminal.register(sys.__stdin__.fileno() if sys.__stdin__ else 0, 0)  # errors are told unasked
            self.set_interval(_LOOK, lambda: self._look_for_terminal(hung_up))

    def _look_for_terminal(self, hung_up: Callable[[int, None], None]) -> None:
        """End where the terminal is gone and no signal said so: under another session leader none does."""
        if any(state & (select.POLLHUP | select.POLLNVAL) for _, state in self._terminal.poll(0)):
            hung_up(signal.SIGHUP, None)

    def _ended_by(self, number: int) -> None:
        self.exit(return_code=128 + number)

    def on_driver_signal_resume(self) -> None:
        """Draw everything when the process goes on after a stop."""
        self.refresh(layout=True)

    # Errors that nobody foresaw

    async def on_event(self, event: events.Event) -> None:
        """Note keys, for a report of what went wrong behind them; of typed text only that there was some.

        Those behind a key that ends the app have nothing left to act on.
        """
        if isinstance(event, events.Key) and self._exit:
            return
        if isinstance(event, events.Key) and not event.is_forwarded:
            is_typed = self.focused is not None and self.focused.check_consume_key(event.key, event.character)
            self.newest_keys.append("(text)" if is_typed else event.key)
        await super().on_event(event)

    def _handle_exception(self, error: Exception) -> None:
        """End in order; who started the app tells of the error when the terminal is as it was.

        What fails while the app ends is of no more interest: a screen may not even have what it looks for.
        """
        if self._exception is None and not self._exit:
            self._return_code = CRASHED
            inner = error.error if isinstance(error, WorkerFailed) else None
            self._exception = inner if isinstance(inner, Exception) else error
            self._exception_event.set()
        self._close_messages_no_wait()

    @property
    def crash(self) -> BaseException | None:
        """The error that ended the app, if one did."""
        return self._exception

    def end_by_thread(self, error: BaseException) -> None:
        """End by an error of another thread; what fails while the app ends is of no more interest."""
        if self._loop is not None and isinstance(error, Exception) and not self._exit:
            with suppress(RuntimeError):  # the loop was closed meanwhile
                self._loop.call_soon_threadsafe(self._handle_exception, error)

    def _handle_loop(self, _loop: AbstractEventLoop, context: dict[str, Any]) -> None:
        """End by an error that nobody waits for, which asyncio would print on the screen."""
        error = context.get("exception")
        if isinstance(error, Exception) and not self._exit:
            self._handle_exception(error)
