"""A file that is written whole or not at all."""

from __future__ import annotations

import os
import secrets
import signal
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import BinaryIO

from tui.cli.inputs import reason
from tui.cli.output import CommandError

_ENDS = (signal.SIGTERM, signal.SIGHUP)
"""Signals that end a process where nobody takes them: by kill, and when the connection to the terminal is lost."""


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Open a file to be written that appears at `path` at once, when the block ends well.

    Until then it lies beside it under a hidden name, and is removed when the block is left by an exception, an
    interrupt or a signal to end. A file that was there keeps its permissions, and a link leads to the new file. What is
    no regular file (a device, a pipe) is written directly. Raises CommandError where that cannot be done.
    """
    try:
        with _ended_by_signals(), _opened(Path(os.path.realpath(path))) as file:
            yield file
    except BrokenPipeError:
        raise
    except OSError as error:
        raise CommandError(f"{path}: {reason(error)}") from error


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    before = path.stat() if path.exists() else None
    if before and not stat.S_ISREG(before.st_mode):
        with path.open("wb") as file:
            yield file
        return
    if before:
        path.open("ab").close()  # raises where the file may not be written
    hidden = path.parent / f".cardtui-{secrets.token_hex(8)}"
    try:
        with hidden.open("xb") as file:
            yield file
            file.flush()
            if before:
                os.fchmod(file.fileno(), stat.S_IMODE(before.st_mode))
            os.fsync(file.fileno())
        hidden.replace(path)
    finally:
        with suppress(FileNotFoundError):
            hidden.unlink()


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Leave the block by SystemExit, so that it is tidied up, where a signal would end the process."""
    before = {number: signal.getsignal(number) for number in _ENDS}
    for number, handler in before.items():
        if handler == signal.SIG_DFL:  # nohup has one ignored
            signal.signal(number, _exit)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _exit(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)
