"""The application: its screens, its themes, and how it ends."""

from __future__ import annotations

import gc
import os
import select
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, ClassVar, cast

from rich.color import ColorSystem
from rich.console import RenderableType
from textual import events
from textual._compositor import ChopsUpdate
from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.driver import Driver
from textual.filter import LineFilter, Monochrome, NoColor
from textual.geometry import Region
from textual.screen import Screen
from textual.theme import Theme
from textual.timer import Timer
from textual.worker import WorkerFailed

from tui import keys
from tui.driver import TerminalDriver
from tui.messages import BackgroundTold, CopyRequested
from tui.render.text import visible
from tui.screens.explorer import ExplorerScreen
from tui.session import Begun, SessionDriver
from tui.settings import AUTO, DEFAULTS, Settings
from tui.terminal import Colours
from tui.widgets.bindings import bindings
from tui.widgets.colourless import Colourless
from tui.widgets.lines import AIMED_AT

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

_NOTES, _NOTED = 2, 10.0
"""Mistakes in the settings of a folder that are shown, and for how many seconds."""

_KEYS = 30
"""Keys that a report of an error names."""

CRASHED = 70
"""The exit status after an error that nobody foresaw."""

INTERRUPTED = 130
"""The exit status after Ctrl+C, as of a command that SIGINT ended."""

HANG_UP_LIMIT = 2
"""Seconds that an orderly end may take once the terminal hung up. Where it is gone for good, writing to it blocks for
ever, so the kernel's alarm ends the process: not even a blocked event loop can keep it."""

DARK = Theme(
    name="cardtui-dark",
    dark=True,
    primary="#6cb6ff",
    secondary="#b8a6f5",
    accent="#f0b866",
    foreground="#d6dbe2",
    background="#12161c",
    surface="#12161c",
    panel="#1d232c",
    success="#7ed491",
    warning="#e8c35a",
    error="#f2777a",
)
LIGHT = Theme(
    name="cardtui-light",
    dark=False,
    primary="#0b5cad",
    secondary="#6b4fbb",
    accent="#9a5b00",
    foreground="#1f2530",
    background="#fbfbf9",
    surface="#fbfbf9",
    panel="#e9e9e4",
    success="#1a7f37",
    warning="#8a6500",
    error="#c4262e",
)
OWN_COLOURS = Theme(
    name="cardtui-terminal",
    ansi=True,
    primary="ansi_cyan",
    secondary="ansi_magenta",
    accent="ansi_cyan",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    success="ansi_green",
    warning="ansi_magenta",
    error="ansi_red",
    variables={
        "ansi-background": "ansi_default",
        "ansi-foreground": "ansi_default",
        "block-cursor-foreground": "ansi_default",
        "block-cursor-background": "ansi_default",
        "block-cursor-text-style": "reverse",
        "block-cursor-blurred-text-style": "reverse",
        "border": "ansi_cyan",
        "border-blurred": "ansi_default",
        "input-selection-background": "ansi_default",
        "input-selection-foreground": "ansi_default",
        "scrollbar-background": "ansi_default",
        "scrollbar-background-hover": "ansi_default",
        "scrollbar-background-active": "ansi_default",
    },
)
"""The terminal's own colours and background, for terminals that have no more than sixteen."""

_THEMES = {"dark": DARK.name, "light": LIGHT.name}
"""What settings call the themes of this app."""


class CardtuiApp(App[None]):
    """Opens the explorer on some paths."""

    CSS_PATH = "app.tcss"
    TITLE = "cardtui"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(keys.Scope.APP)]

    def __init__(
        self,
        paths: Sequence[Path],
        stdin: bytes | None = None,
        index: Path | None = None,
        settings: Settings = DEFAULTS,
        notes: Sequence[str] = (),
        begun: Begun | None = None,
    ) -> None:
        """`index` is where the index of cards lies; None: nothing is remembered. `notes` are said when it stands.

        `begun` is what the terminal shows and how start-up left it; None: it shows everything, and is as it was.
        """
        begun = begun or Begun()
        super().__init__(driver_class=cast("type[Driver]", partial(SessionDriver, begun=begun)))
        self.keys = keys.changed(settings.keys)
        """The keys in force."""

        self.newest_keys: deque[str] = deque(maxlen=_KEYS)
        """The keys that were pressed last."""

        self._settings = settings
        self._notes = notes
        self._shows = begun.shows
        self.no_color = begun.shows.colours is Colours.NONE
        self.console._color_system = _SYSTEMS[begun.shows.colours]
        self.set_class(begun.shows.is_ascii, "-ascii")
        self._paths = paths
        self._stdin = stdin
        self._index = index
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.register_theme(OWN_COLOURS)
        self.set_keymap(self.keys.changes())
        self.theme = self._fitting_theme(is_dark=begun.answers.is_dark is not False)
        self._followed = self.theme if settings.theme == AUTO else ""
        """The theme that fits the terminal's background; empty where a person has chosen one."""

        self.animation_level = "none"
        self._held: set[Region] = set()
        """What was to be drawn while the terminal had yet to take what was drawn before."""

        self._catch_up: Timer | None = None
        self._first_frame = ExitStack()
        self._first_frame.enter_context(self.batch_update())

    @property
    def is_still(self) -> bool:
        """Whether every screen stays as it is until a key is pressed or a file changes."""
        at_work = any(not worker.is_finished for worker in self.workers)
        return not at_work and all(getattr(screen, "is_still", True) for screen in self.screen_stack)

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
        """End in order; who started the app tells of the error when the terminal is as it was."""
        self._return_code = CRASHED
        if self._exception is None:
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

    def _fitting_theme(self, *, is_dark: bool) -> str:
        """The name of the theme that is wished for, or that fits the terminal."""
        wish = self._settings.theme
        if self.no_color or (wish == AUTO and self._shows.own_colours):
            return OWN_COLOURS.name
        return _THEMES.get(("dark" if is_dark else "light") if wish == AUTO else wish, wish)

    def on_background_told(self, message: BackgroundTold) -> None:
        """Fit the terminal's background, where nobody has chosen other colours."""
        if self.theme == self._followed:
            self.theme = self._followed = self._fitting_theme(is_dark=message.is_dark)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What is done to all that is drawn: without colours nothing is left of them, not even shades of grey."""
        kept = [one for one in super().get_line_filters() if not isinstance(one, (Monochrome, NoColor))]
        return [*kept, _COLOURLESS] if self.no_color else kept

    def on_driver_signal_resume(self) -> None:
        """Draw everything when the process goes on after a stop."""
        self.refresh(layout=True)

    def on_first_frame_ready(self) -> None:
        """Draw what was held back: start-up would paint the screen four times before there is a card on it."""
        self._first_frame.close()
        self.screen.refresh(layout=True)
        if isinstance(self._driver, SessionDriver):
            self._driver.stand()
        gc.freeze()  # what was loaded for the start stays: the collector need not look at it
        gc.enable()
        self._say_notes()

    def _say_notes(self) -> None:
        """Say what is wrong in the settings of a folder, or the beginning of it."""
        if not self._notes:
            return
        shown = [*self._notes[:_NOTES]]
        if len(self._notes) > _NOTES:
            shown.append(f"… and {len(self._notes) - _NOTES} more, which `cardtui config` tells for this folder.")
        self.notify("\n".join(map(visible, shown)), severity="warning", timeout=_NOTED, markup=False)

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

    def get_default_screen(self) -> Screen[None]:
        """The explorer."""
        return ExplorerScreen(self._paths, self._stdin, self._index, self._settings)

    def on_mount(self) -> None:
        """End in order when the terminal goes away or somebody asks for it."""
        import asyncio  # noqa: PLC0415

        loop = asyncio.get_running_loop()
        if not self.is_headless:
            loop.set_exception_handler(self._handle_loop)
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._ended_by, number)

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

    def _handle_loop(self, _loop: AbstractEventLoop, context: dict[str, Any]) -> None:
        """End by an error that nobody waits for, which asyncio would print on the screen."""
        error = context.get("exception")
        if isinstance(error, Exception) and not self._exit:
            self._handle_exception(error)

    def _ended_by(self, number: int) -> None:
        self.exit(return_code=128 + number)

    def action_interrupt(self) -> None:
        """Quit as a command that was interrupted."""
        self.exit(return_code=INTERRUPTED)

    def on_key(self, event: events.Key) -> None:
        """Give a key that was typed ahead to what has the focus now.

        A key goes to the pane that has the focus when it arrives, and is looked up among the bindings only after those
        before it have acted: what is typed right behind the key that opens a prompt is meant for the prompt.
        """
        aimed_at = getattr(event, AIMED_AT, None)
        focused = self.focused
        if aimed_at is not None and focused is not None and focused is not aimed_at:
            event.prevent_default()
            focused._forward_event(events.Key(event.key, event.character))

    def on_copy_requested(self, message: CopyRequested) -> None:
        """Put a text on the clipboard; where the terminal takes none, into a file."""
        from tui.library.new_file import new_file  # noqa: PLC0415 - not needed by the first frame
        from tui.render.clipboard import clipboard_sequence  # noqa: PLC0415

        sequence = clipboard_sequence(message.text, os.environ)
        if sequence is not None and self._driver is not None:
            self._driver.write(sequence)
            self.notify(f"Copied the {message.what} to the terminal's clipboard.", markup=False)
            return
        try:
            text = message.text.encode("utf-8", "replace")
            written = new_file("copy", ".md" if "\n" in message.text else ".txt", text)
        except OSError as error:
            self.notify(f"Nothing was copied: {error.strerror or error}.", severity="error", markup=False)
            return
        told = written.told(f"The terminal takes no such text: the {message.what} is")
        self.notify(visible(told), markup=False)

    def action_take_screenshot(self) -> None:
        """Write the screen as it is into a picture; what was notified before is not on it."""
        self.clear_notifications()
        self.call_after_refresh(self._write_screenshot)

    def _write_screenshot(self) -> None:
        from tui.library.new_file import new_file  # noqa: PLC0415 - not needed by the first frame
        from tui.render.screenshot import file_name, screenshot  # noqa: PLC0415
        from tui.widgets.picture import picture_of  # noqa: PLC0415

        picture = picture_of(self)
        try:
            kind = self._settings.screenshot_format
            written = new_file(file_name(picture.title), f".{kind}", screenshot(picture, kind))
        except OSError as error:
            self.notify(f"There is no screenshot: {error.strerror or error}.", severity="error", markup=False)
            return
        self.notify(visible(written.told("The screenshot is")), markup=False)

    def action_command_palette(self) -> None:
        """Show all commands."""
        from tui.screens.palette import Palette  # noqa: PLC0415 - not needed by the first frame

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette())

    def search_themes(self) -> None:
        """Show all themes."""
        from textual.theme import ThemeProvider  # noqa: PLC0415

        from tui.screens.palette import Palette  # noqa: PLC0415

        self.push_screen(Palette(providers=[ThemeProvider], placeholder="Search for themes…"))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: every key of the screen, and the themes."""
        if not self.no_color:
            yield SystemCommand("Theme", "Change the colours", self.action_change_theme)
            yield SystemCommand("Light theme", "Dark on light", lambda: setattr(self, "theme", LIGHT.name))
            yield SystemCommand("Dark theme", "Light on dark", lambda: setattr(self, "theme", DARK.name))
        for key in (*self.keys.of(getattr(screen, "scope", keys.Scope.EXPLORER)), *self.keys.of(keys.Scope.APP)):
            if key.action not in {"app.command_palette", "app.interrupt", "back", "close"}:
                yield SystemCommand(key.help, f"Key {key.shown}", self._runner(screen, key.action))

    def _runner(self, screen: Screen[object], action: str):  # type: ignore[no-untyped-def]
        async def run() -> None:
            await self.run_action(action, screen)

        return run
