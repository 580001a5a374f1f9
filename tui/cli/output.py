"""The only writer to standard output and standard error, and the exit codes.

Data goes to standard output, talk to standard error; colour only to a terminal.
"""

from __future__ import annotations

import codecs
import io
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import BinaryIO

from tui.render.line import Line
from tui.render.text import visible
from tui.terminal import Colours, Terminal, persons_locale, terminal_of, wants_colour


class ExitCode(IntEnum):
    """How a command ends."""

    FINE = 0
    NO = 1
    """The command's own "no"."""

    WRONG = 2
    """Wrong use, or nothing readable."""

    CRASHED = 70
    """An error that nobody foresaw; ``EX_SOFTWARE`` of ``sysexits.h``."""

    INTERRUPTED = 130


class CommandError(Exception):
    """Sentences for standard error, a line each, and the exit status 2."""


def prepare_output() -> None:
    """Write in ASCII, cell for cell, where the terminal or the encoding takes no Unicode."""
    terminal = seen_terminal()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and (is_unable(stream) or (terminal.is_ascii and stream.isatty())):
            from tui.render.ascii import speak_ascii  # noqa: PLC0415 - few terminals are such

            speak_ascii(stream)


def seen_terminal() -> Terminal:
    """What the terminal shows, by the environment."""
    return terminal_of(persons_locale(os.environ))


def is_unable(stream: io.TextIOWrapper) -> bool:
    """Whether a stream cannot write every character."""
    return codecs.lookup(stream.encoding).name not in {"utf-8", "utf-16", "utf-32"}


def terminal_width() -> int | None:
    """The cells of standard output; None where it is no terminal and lines are not wrapped."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def write_lines(lines: Iterable[Line]) -> None:
    """Write lines to standard output."""
    if isinstance(sys.stdout, io.TextIOWrapper) and is_unable(sys.stdout):
        from tui.render.ascii import marked  # noqa: PLC0415 - few terminals are such

        lines = map(marked, lines)
    with _unread_in_silence():
        if _in_colour():
            _write_coloured(lines)
        else:
            sys.stdout.writelines(line.text + "\n" for line in lines)
        sys.stdout.flush()


@contextmanager
def _unread_in_silence() -> Iterator[None]:
    """Write what no one reads any more to nowhere: how a command ends is not up to its reader."""
    try:
        yield
    except BrokenPipeError:
        discard_output()


def _in_colour() -> bool:
    if wants_colour(os.environ):
        return True
    return sys.stdout.isatty() and seen_terminal().colours > Colours.NONE


def _write_coloured(lines: Iterable[Line]) -> None:
    from rich.console import Console  # noqa: PLC0415 - only on a terminal
    from rich.text import Text  # noqa: PLC0415

    from tui.render.ansi import ANSI  # noqa: PLC0415

    console = Console(
        force_terminal=True, color_system="standard", no_color=False, highlight=False, soft_wrap=True, emoji=False
    )
    for line in lines:
        console.print(Text.assemble(*((text, ANSI.get(style, "")) for text, style in line.spans)))


def write_text(text: str) -> None:
    """Write a document to standard output, as UTF-8 wherever it goes: programs read it."""
    output = data_output()
    with _unread_in_silence():
        output.write(text.encode() + b"\n")
        output.flush()


def data_output() -> BinaryIO:
    """Standard output for data that has its own encoding."""
    return sys.stdout.buffer


def paint(text: str) -> None:
    """Write to the terminal as it is, control codes included: for text of our own only."""
    sys.stdout.write(text)
    sys.stdout.flush()


def say(message: str) -> None:
    """Write a sentence to standard error."""
    print(f"cardtui: {visible(message)}", file=sys.stderr)  # noqa: T201 - the one place that does


def discard_output() -> None:
    """Standard output was closed by its reader: nothing more can be written, not even by the interpreter's end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
