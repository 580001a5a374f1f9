"""``cardtui [PATH …]``: the explorer, when there is a terminal to open it in."""

from __future__ import annotations

import gc
import io
import os
import signal
import sys
import termios
import threading
import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.cli.configured import configured
from tui.cli.first_text import LEAVE, LEAVE_MODES, first_text
from tui.cli.inputs import checked, index_path, is_open_pipe, read_stdin
from tui.cli.output import CommandError, ExitCode, paint, seen_terminal
from tui.cli.taken import taken_terminal
from tui.library.scan import STDIN
from tui.settings import AUTO
from tui.terminal import Terminal, can_show_screens

if TYPE_CHECKING:
    from tui.app import CardtuiApp

_SWITCH = 0.001
"""Seconds after which a reading thread hands the interpreter to a key that was pressed: 5 ms, the default, are felt."""


def run(paths: Sequence[str], *, remembers: bool = True) -> int:
    """Open the explorer and return its exit status; `remembers` says whether to keep an index of the cards."""
    found = checked(paths)
    set_up = configured(paths)
    if not sys.stdout.isatty():
        raise CommandError("standard output is no terminal; in scripts use `cardtui list` or `cardtui show`")
    if pipe := next((path for path in found if is_open_pipe(path)), None):
        raise CommandError(
            f"{pipe}: a pipe can be read only once, which is too little here; a card is read from it with -"
        )
    stdin = read_stdin() if STDIN in found else None
    terminal = seen_terminal()
    if not can_show_screens(os.environ):
        raise CommandError(
            f"a terminal of the kind {os.environ.get('TERM') or 'unknown'!r} (TERM) shows no screens;"
            " use `cardtui list` or `cardtui show`"
        )
    _take_terminal(terminal)
    columns, lines = _terminal_size()
    asks = set_up.settings.theme == AUTO and not (terminal.own_colours or terminal.is_plain)
    with taken_terminal(asks=asks) as taken:
        paint(first_text(found, columns, lines))
        gc.disable()  # the app turns it on again with the first frame
        sys.setswitchinterval(_SWITCH)
        if not sys.warnoptions:
            warnings.simplefilter("ignore")  # they would be printed into the screen
        from tui.app import CardtuiApp  # noqa: PLC0415 - Textual takes a third of a second to load
        from tui.session import Begun  # noqa: PLC0415

        begun = Begun(terminal, taken.before, taken.typed(), taken.answers)
        index = index_path() if remembers else None
        app = CardtuiApp(found, stdin, index, set_up.settings, set_up.notes, begun)
        taken.hand_over()
        return _run(app)


def _run(app: CardtuiApp) -> int:
    """Run the app and return its exit status."""
    threading.excepthook = lambda ended: app.end_by_thread(ended.exc_value) if ended.exc_value else None
    try:
        app.run()
    except Exception as error:
        raise _crash(app, error, LEAVE) from error
    if app.crash is not None:
        raise _crash(app, app.crash)
    return ExitCode.FINE if app.return_code is None else app.return_code


def _crash(app: CardtuiApp, error: BaseException, leave: str = "") -> BaseException:
    """What an error that nobody foresaw is told by, when the terminal is as it was before.

    Where the terminal is gone, that is no such error, and there is nobody to be told.
    """
    from tui.cli.crash import CrashError  # noqa: PLC0415 - rarely needed

    try:
        termios.tcgetattr(sys.stdin.fileno())
        paint(leave + LEAVE_MODES)
    except (OSError, termios.error):
        return SystemExit(128 + signal.SIGHUP)
    return CrashError(error, app.newest_keys)


def _terminal_size() -> tuple[int, int]:
    """Columns and lines; a terminal that does not know them (a serial line, a container's) is given those of the first.

    Without any, Textual takes one size from here and another from there, and goes from one to the other for ever.
    """
    output = sys.stdout.fileno()
    size = os.get_terminal_size(output)
    if size.columns and size.lines:
        return size.columns, size.lines
    termios.tcsetwinsize(output, (24, 80))
    return 80, 24


def _take_terminal(terminal: Terminal) -> None:
    """Take keys from the terminal and draw on it at its size, wherever the standard streams go."""
    for name in ("LINES", "COLUMNS"):  # a size that a shell exported long ago
        os.environ.pop(name, None)
    if not sys.stdin.isatty():
        try:
            keyboard = os.open("/dev/tty", os.O_RDWR)
        except OSError as error:
            raise CommandError("there is no terminal to take keys from") from error
        os.dup2(keyboard, sys.stdin.fileno())
        os.close(keyboard)
    if not sys.stderr.isatty():
        os.dup2(sys.stdout.fileno(), sys.stderr.fileno())  # Textual draws on standard error
    if terminal.is_ascii and isinstance(sys.stderr, io.TextIOWrapper):
        from tui.render.ascii import speak_ascii  # noqa: PLC0415 - few terminals are such

        speak_ascii(sys.stderr)
