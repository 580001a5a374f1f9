"""``cardtui screenshot PATH -o FILE``: the app's screen as a picture, drawn without a terminal."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.cli.inputs import checked, index_path, is_open_pipe, read_stdin
from tui.cli.output import CommandError, ExitCode
from tui.cli.progress import waiting
from tui.cli.size import parse_size
from tui.cli.whole_file import whole_file
from tui.config.key_names import key_name
from tui.library.scan import STDIN
from tui.settings import DEFAULTS, Settings

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tui.app import CardtuiApp
    from tui.render.picture import Picture

_KINDS = {".svg": "svg", ".png": "png", ".txt": "txt", ".html": "html", ".htm": "html"}
_LEAST, _MOST = (20, 5), (400, 200)

_POLL = 0.1
"""Seconds between two looks at the screen; it is still when it looks the same twice and says that nothing is due."""

_PATIENCE = 600
"""Seconds after which a screen that is not still is given up."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the picture is to be of."""

    size: str
    theme: str
    """Empty: as the settings say."""

    keys: str
    remembers: bool = True
    """Whether to keep an index of the cards."""


def run(paths: Sequence[str], output: str, wish: Wish, settings: Settings = DEFAULTS) -> int:
    """Write the picture; returns the exit status. Raises CommandError for what cannot be drawn, and writes no file."""
    kind = _KINDS.get(Path(output).suffix.lower())
    if kind is None:
        raise CommandError(f"{output}: only .svg, .png, .txt and .html files can be written")
    size = parse_size(wish.size, _LEAST, _MOST, "columns and lines")
    keys = _keys(wish.keys)
    found = checked(paths)
    if pipe := next((path for path in found if is_open_pipe(path)), None):
        raise CommandError(f"{pipe}: a pipe can be read only once; a card is read from it with -")
    stdin = read_stdin() if STDIN in found else None
    from tui.app import CardtuiApp  # noqa: PLC0415 - Textual takes a third of a second to load
    from tui.render.screenshot import screenshot  # noqa: PLC0415

    app = CardtuiApp(found, stdin, index_path() if wish.remembers else None, settings)
    if wish.theme:
        app.theme = _theme(app, wish.theme)
    with waiting("drawing when every card is read"):
        picture = _picture(app, size, keys)
    if app.crash is not None:
        raise app.crash
    if app.return_code:
        return app.return_code
    if picture is None:
        raise CommandError("--press: these keys end the app; there is no screen left")
    with whole_file(Path(output)) as file:
        file.write(screenshot(picture, kind))
    return ExitCode.FINE


def _keys(text: str) -> list[str]:
    """Textual's names of the keys that a text names, separated by blanks; what is quoted is typed letter by letter."""
    found: list[str] = []
    for word in re.findall(r'"[^"]*"|\S+', text):
        if len(word) > 1 and word.startswith('"') and word.endswith('"'):
            found += word[1:-1]
            continue
        try:
            found.append(key_name(word))
        except ValueError as error:
            hint = "keys are letters and names such as Enter, Esc, PgDn, Ctrl+S"
            raise CommandError(f"--press: no key is called {word}; {hint}") from error
    return found


def _theme(app: CardtuiApp, name: str) -> str:
    from tui.themes import NAMES  # noqa: PLC0415 - Textual

    found = NAMES.get(name, name)
    if found not in app.available_themes:
        known = ", ".join([*NAMES, *sorted(set(app.available_themes) - set(NAMES.values()))])
        raise CommandError(f"{name}: no such theme; there are {known}")
    return found


def _picture(app: CardtuiApp, size: tuple[int, int], keys: Sequence[str]) -> Picture | None:
    """The picture after some keys; None where the app ended before."""
    taken: list[Picture] = []

    async def press(pilot: Pilot[Any]) -> None:
        picture = await _still(app)
        for key in keys:
            if app.is_running:
                await pilot.press(key)
                picture = await _still(app)
        if picture is not None and app.is_running:
            taken.append(picture)
            app.exit()

    app.run(headless=True, size=size, auto_pilot=press)
    return taken[0] if taken else None


async def _still(app: CardtuiApp) -> Picture | None:
    """The screen, once it is still; None where the app ended before."""
    from tui.widgets.picture import picture_of  # noqa: PLC0415

    before = None
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        await asyncio.sleep(_POLL)
        if not app.is_running:
            return None
        now = picture_of(app)
        if now == before and app.is_still:
            return now
        before = now
    raise CommandError(f"the screen was not still for {_PATIENCE} seconds")
