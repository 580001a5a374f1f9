"""Paths as they are typed → files and folders that are there."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Sequence
from pathlib import Path

from tui.cli.output import CommandError
from tui.library.own_folders import own_folder
from tui.library.scan import STDIN, is_readme, is_state, scan

_STDIN_NAMES = frozenset({"/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"})
"""What standard input is called beside ``-``."""

_DESCRIPTOR = re.compile(r"/(?:dev|proc/self)/fd/\d+")


def checked(paths: Sequence[str]) -> list[Path]:
    """The paths, each of which is there and can be read; raises CommandError for the first that is not."""
    return [_checked(path) for path in paths]


def _checked(text: str) -> Path:
    path = STDIN if text in _STDIN_NAMES else Path(text)
    if path == STDIN:
        return path
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            os.scandir(path).close()
        elif stat.S_ISREG(mode):
            path.open("rb").close()
        elif not is_open_pipe(path):
            raise CommandError(f"{text}: neither a file nor a folder; a card from a pipe is read with -")
    except (OSError, ValueError) as error:
        raise CommandError(f"{text}: {reason(error)}") from error
    return path


def is_open_pipe(path: Path) -> bool:
    """Whether a path is a pipe that was opened for this process, as shells do for ``<(command)``.

    It can be read without waiting for someone to write into it, but only once.
    """
    return bool(_DESCRIPTOR.fullmatch(str(path))) and path.is_fifo()


def card_file(path: Path) -> Path:
    """The file itself; of a folder the card that it is about, or the state of its run where no card is written yet.

    Raises CommandError for a folder that is about no card.
    """
    if not path.is_dir():
        return path
    readme = path / "README.md"
    if readme.is_file():
        return readme
    cards = next(scan(path)).cards
    if about := next((card for card in cards if is_readme(card) or is_state(card)), None):
        return path / about
    raise CommandError(f"{path}: a folder without a README.md or a run; name a card in it")


def reason(error: OSError | ValueError) -> str:
    """Why a path cannot be read, in words."""
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    strerror = error.strerror if isinstance(error, OSError) else None
    return (strerror or str(error)).lower()


def read_stdin() -> bytes:
    """Standard input to its end."""
    return sys.stdin.buffer.read()


def index_path() -> Path:
    """Where the index of cards lies."""
    return own_folder("CACHE") / "index.sqlite3"
