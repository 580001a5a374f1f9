"""What tells whether a card would read as before: size and time of change of every file that it was read from."""

from __future__ import annotations

import json
import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path

from tui.cards import run_files
from tui.library.scan import is_readme, is_state

_MOST_FILES = 100
"""A run with more checkpoints is read every time."""

_SETTLED = 2.0
"""Seconds after which a change shows in the time of change on every file system: FAT counts in twos."""


def stamp(folder: str, file: str, own_name: str) -> str:
    """The stamp of a card file as it is now; empty where none can be relied on.

    It names the file, and of a run its folder and what the Trainer left there. A file that was changed just now has no
    stamp: another change of the same length might bear the same time.
    """
    try:
        told = [(name, *_state(f"{folder}/{name}")) for name in (file, *_beside(folder, file))]
    except (OSError, ValueError):
        return ""
    is_settled = max(changed for _, _, changed in told) < (time.time() - _SETTLED) * 1e9
    return json.dumps([own_name, *told]) if is_settled and len(told) <= _MOST_FILES else ""


def is_current(told: str, folder: str, own_name: str) -> bool:
    """Whether a card in a folder still has the stamp."""
    name, *files = json.loads(told)
    try:
        return name == own_name and all(_state(f"{folder}/{file}") == (size, changed) for file, size, changed in files)
    except (OSError, ValueError):
        return False


def _state(path: str) -> tuple[int, int]:
    """(size, time of change in ns); of a folder only the time says anything."""
    found = os.stat(path)  # noqa: PTH116 - strings are four times as fast as Path objects
    return (0 if stat.S_ISDIR(found.st_mode) else found.st_size), found.st_mtime_ns


def _beside(folder: str, file: str) -> Iterator[str]:
    """The folder of a run's card as ``.``, and the files in it that are read with the card."""
    if not (is_readme(file) or is_state(file)):
        return
    yield "."
    found = run_files.listed(Path(folder))
    yield from sorted(found.files - {file})
    states = (f"{name}/{run_files.STATE}" for name in found.checkpoints.values())
    yield from (state for state in states if state != file and os.path.isfile(f"{folder}/{state}"))  # noqa: PTH113
