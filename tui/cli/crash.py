"""What follows an error that nobody foresaw: a report in a file, and a sentence that says where."""

from __future__ import annotations

import os
import platform
import shlex
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tui.cli.output import ExitCode, say
from tui.library.own_folders import own_folder
from tui.render.text import visible

_LONGEST = 300
"""Characters of a line of the report: messages of errors may hold what was read."""

_MOST = 2_000
"""Lines of it."""

_TRIES = 100
"""Names that are tried for it."""


class CrashError(Exception):
    """The app ended by an error that nobody foresaw."""

    def __init__(self, error: BaseException, keys: Sequence[str]) -> None:
        super().__init__(str(error))
        self.error = error
        self.keys = keys
        """The newest keys that were pressed before."""


def end_by(error: BaseException) -> ExitCode:
    """Tell of an error that nobody foresaw; returns the exit status."""
    keys: Sequence[str] = ()
    if isinstance(error, CrashError):
        keys = error.keys
        error = error.error
    message = _cut(f"{type(error).__name__}: {error}" if str(error) else type(error).__name__)
    say(f"an error that nobody foresaw ended it: {message}")
    path = write_report(report(error, keys))
    if path is None:
        say("no report could be written, neither into the state folder nor into the temporary one")
    else:
        say(f"a report for its developers is in {path}; it names files and keys: look at it before you share it")
    return ExitCode.CRASHED


def report(error: BaseException, keys: Sequence[str] = ()) -> str:
    """What a developer needs to know; no values of variables, which may be a card's."""
    columns, lines = shutil.get_terminal_size((0, 0))
    environment = {name: os.environ.get(name, "") for name in ("TERM", "COLORTERM", "LANG", "LC_ALL")}
    facts = {
        "cardtui": _version("cardtui"),
        "Python": sys.version.replace("\n", " "),
        "Textual": _version("textual"),
        "platform": platform.platform(),
        **{name: value for name, value in environment.items() if value},
        "inside": " ".join(name for name in ("TMUX", "STY", "SSH_CONNECTION") if os.environ.get(name)),
        "size": f"{columns}x{lines}",
        "command": shlex.join(sys.argv),
        "folder": str(Path.cwd()) if Path().exists() else "",
        "keys": " ".join(keys),
    }
    head = [f"{name}: {value}" for name, value in facts.items() if value]
    told = [line for part in traceback.format_exception(error) for line in part.splitlines()]
    if len(told) > _MOST:
        told = [*told[: _MOST // 2], "…", *told[-_MOST // 2 :]]
    return "\n".join(map(_cut, ["cardtui ended by an error that nobody foresaw.", "", *head, "", *told])) + "\n"


def write_report(text: str) -> Path | None:
    """Write a report that only this person may read, over no other file; None where that cannot be done."""
    folder = own_folder("STATE")
    name = time.strftime("crash-%Y%m%d-%H%M%S")
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for number in range(_TRIES):
            path = folder / (f"{name}-{number}.txt" if number else f"{name}.txt")
            with suppress(FileExistsError):
                return _written(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), path, text)
    with suppress(OSError):
        opened, temporary = tempfile.mkstemp(".txt", "cardtui-crash-")
        return _written(opened, Path(temporary), text)
    return None


def _written(opened: int, path: Path, text: str) -> Path:
    with open(opened, "w", encoding="utf-8", errors="backslashreplace") as file:
        file.write(text)
    return path


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"


def _cut(text: str) -> str:
    shown = visible(text)
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"
