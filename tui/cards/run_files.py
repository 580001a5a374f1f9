"""Which files of a folder the Trainer left for a run: their names, and a listing that opens none.

Every card's folder is listed, few are runs: what reads the files (run.py) is loaded when there are any.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

STATE = "trainer_state.json"
"""The file by which a folder is known as a run."""

ALL_RESULTS, TRAIN_RESULTS, EVAL_RESULTS = "all_results.json", "train_results.json", "eval_results.json"
_FILES = frozenset({STATE, ALL_RESULTS, TRAIN_RESULTS, EVAL_RESULTS})
_CHECKPOINT = re.compile(r"checkpoint-([0-9]{1,15})")


def checkpoint_step(folder: str) -> int | None:
    """The step of a checkpoint by its folder's name, None for any other folder.

    >>> checkpoint_step("checkpoint-500"), checkpoint_step("checkpoint-best")
    (500, None)
    """
    match = _CHECKPOINT.fullmatch(folder)
    return int(match[1]) if match else None


class RunFiles:
    """What lies in a folder of a run."""

    __slots__ = ("checkpoints", "error", "files", "path")

    def __init__(self, path: Path) -> None:
        self.path = path
        self.files: set[str] = set()
        """The names of its own state and files of results."""

        self.checkpoints: dict[int, str] = {}
        """Step → name of each checkpoint's folder."""

        self.error = ""
        """Why the folder could not be listed, else empty."""

    def __bool__(self) -> bool:
        return bool(self.files or self.checkpoints or self.error)


def listed(folder: Path) -> RunFiles:
    """List a folder; it is false where nothing of a run lies there."""
    found = RunFiles(folder)
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                name = entry.name
                if name in _FILES:
                    found.files.add(name)
                elif (
                    name.startswith("checkpoint-") and (step := checkpoint_step(name)) is not None and _leads_on(entry)
                ):
                    found.checkpoints[step] = name
    except OSError as error:
        found.error = (error.strerror or str(error)).lower()
    return found


def _leads_on(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is a folder or a link to one."""
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False
