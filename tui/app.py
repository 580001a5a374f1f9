"""The application: its first screen, its colours, and what works on every screen."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.app import SystemCommand
from textual.binding import BindingType
from textual.screen import Screen

from tui import keys, themes
from tui.hosted import HostedApp
from tui.messages import BackgroundTold, CopyRequested, FileRequested
from tui.render.text import visible
from tui.screens.explorer import ExplorerScreen
from tui.session import Begun, SessionDriver
from tui.settings import AUTO, DEFAULTS, Settings
from tui.terminal import Colours
from tui.widgets.bindings import bindings
from tui.widgets.lines import AIMED_AT

_NOTES, _NOTED = 2, 10.0
"""Mistakes in the settings of a folder that are shown, and for how many seconds."""

INTERRUPTED = 130
"""The exit status after Ctrl+C, as of a command that SIGINT ended."""


class CardtuiApp(HostedApp):
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
        super().__init__(begun)
        self.keys = keys.changed(settings.keys)
        """The keys in force."""

        self._settings = settings
        self._notes = notes
        self._paths = paths
        self._stdin = stdin
        self._index = index
        self.register_theme(themes.DARK_IN_FEW if self.shows.colours is Colours.MANY else themes.DARK)
        self.register_theme(themes.LIGHT)
        self.register_theme(themes.OWN_COLOURS)
        self.set_keymap(self.keys.changes())
        self.theme = self._fitting_theme(is_dark=begun.answers.is_dark is not False)
        self._followed = self.theme if settings.theme == AUTO else ""
        """The theme that fits the terminal's background; empty where a person has chosen one."""

        self.animation_level = "none"
        self._first_frame = ExitStack()
        self._first_frame.enter_context(self.batch_update())

    @property
    def is_still(self) -> bool:
        """Whether every screen stays as it is until a key is pressed or a file changes."""
        at_work = any(not worker.is_finished for worker in self.workers)
        return not at_work and all(getattr(screen, "is_still", True) for screen in self.screen_stack)

    def _fitting_theme(self, *, is_dark: bool) -> str:
        """The name of the theme that is wished for, or that fits the terminal."""
        wish = self._settings.theme
        if self.no_color or (wish == AUTO and self.shows.own_colours):
            return themes.OWN_COLOURS.name
        return themes.NAMES.get(("dark" if is_dark else "light") if wish == AUTO else wish, wish)

    def on_background_told(self, message: BackgroundTold) -> None:
        """Fit the terminal's background, where nobody has chosen other colours."""
        if self.theme == self._followed:
            self.theme = self._followed = self._fitting_theme(is_dark=message.is_dark)

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

    def get_default_screen(self) -> Screen[None]:
        """The explorer."""
        return ExplorerScreen(self._paths, self._stdin, self._index, self._settings)

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
        from tui.render.clipboard import clipboard_sequence  # noqa: PLC0415 - not needed by the first frame

        sequence = clipboard_sequence(message.text, os.environ)
        if sequence is not None and self._driver is not None:
            self._driver.write(sequence)
            self.notify(f"Copied the {message.what} to the terminal's clipboard.", markup=False)
            return
        ending = ".md" if "\n" in message.text else ".txt"
        subject = f"The terminal takes no such text: the {message.what} is"
        wanted = FileRequested("copy", ending, message.text.encode("utf-8", "replace"), subject)
        self.on_file_requested(wanted, failed="Nothing was copied")

    def on_file_requested(self, message: FileRequested, *, failed: str = "Nothing was written") -> None:
        """Write a new file and say where it is, or why there is none."""
        from tui.library.new_file import new_file  # noqa: PLC0415 - not needed by the first frame

        try:
            written = new_file(message.what, message.ending, message.data)
        except OSError as error:
            self.notify(f"{failed}: {error.strerror or error}.", severity="error", markup=False)
            return
        self.notify(visible(written.told(message.subject)), markup=False)

    async def action_take_screenshot(self) -> None:
        """Write the screen as it is into a picture; what was notified before is not on it."""
        self.clear_notifications()
        for screen in self.screen_stack:
            await screen.query("Toast").remove()
        self.call_after_refresh(self._write_screenshot)

    def _write_screenshot(self) -> None:
        from tui.render.screenshot import file_name, screenshot  # noqa: PLC0415 - not needed by the first frame
        from tui.widgets.picture import picture_of  # noqa: PLC0415

        picture, kind = picture_of(self), self._settings.screenshot_format
        data = screenshot(picture, kind)
        wanted = FileRequested(file_name(picture.title), f".{kind}", data, "The screenshot is")
        self.on_file_requested(wanted, failed="There is no screenshot")

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
            yield SystemCommand("Light theme", "Dark on light", lambda: setattr(self, "theme", themes.LIGHT.name))
            yield SystemCommand("Dark theme", "Light on dark", lambda: setattr(self, "theme", themes.DARK.name))
        for key in (*self.keys.of(getattr(screen, "scope", keys.Scope.EXPLORER)), *self.keys.of(keys.Scope.APP)):
            if key.action not in {"app.command_palette", "app.interrupt", "back", "close"}:
                yield SystemCommand(key.help, f"Key {key.shown}", self._runner(screen, key.action))

    def _runner(self, screen: Screen[object], action: str):  # type: ignore[no-untyped-def]
        async def run() -> None:
            await self.run_action(action, screen)

        return run
