"""Files that the app writes on a key: beside nothing that is there already."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that was written."""

    path: Path
    why_there: str = ""
    """Why it is not in the current folder; empty where it is."""

    def told(self, subject: str) -> str:
        """A sentence that says where something is: ``The screenshot is in …``."""
        if self.why_there:
            return f"{subject} in {self.path}: the current folder takes no file ({self.why_there})."
        return f"{subject} in {self.path.name}."


def new_file(what: str, ending: str, data: bytes) -> NewFile:
    """Write a new file ``cardtui-<what>-<time><ending>`` into the current folder, else into the home or temporary one.

    Never writes over a file; raises OSError, as of the current folder, where none of them takes it.
    """
    failed: OSError | None = None
    for folder in (Path(), Path(os.environ.get("HOME") or "/nonexistent"), Path(tempfile.gettempdir())):
        try:
            path = _written(folder, what, ending, data)
        except OSError as error:
            failed = failed or error
        else:
            return NewFile(path.absolute(), _reason(failed) if failed else "")
    raise failed or FileNotFoundError


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def _written(folder: Path, what: str, ending: str, data: bytes) -> Path:
    """The path of a new file of that name in a folder; nothing is left of one that could not be written whole."""
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    for number in range(1, 1000):
        path = folder / f"cardtui-{what}-{stamp}{'' if number == 1 else f'-{number}'}{ending}"
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        except FileExistsError:
            continue
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
        except OSError:
            path.unlink(missing_ok=True)
            raise
        return path
    raise FileExistsError(f"a thousand files of this second are there: {path}")
