"""The columns of the runs table that a person chose, remembered from session to session."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from tui.library.own_folders import own_folder

_MOST = 1_000
"""Columns that are remembered; a longer list was not written here."""

_LARGEST = 200_000
"""Bytes of the file that are read."""


def columns_file(environment: Mapping[str, str] = os.environ) -> Path:
    """Where the choice is kept."""
    return own_folder("STATE", environment) / "columns.json"


def read_columns(path: Path) -> list[str]:
    """The names of the columns that were chosen, in their order; none where none are or the file is damaged."""
    try:
        with path.open("rb") as file:
            found = json.loads(file.read(_LARGEST))
    except (OSError, ValueError, RecursionError):
        return []
    if not isinstance(found, list) or len(found) > _MOST or not all(isinstance(name, str) for name in found):
        return []
    return list(dict.fromkeys(found))


def write_columns(path: Path, names: Sequence[str]) -> bool:
    """Remember the names; whether that could be done. The file appears whole or not at all."""
    hidden = path.parent / f".columns-{secrets.token_hex(8)}"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            hidden.write_text(json.dumps(list(names)), encoding="utf-8")
            hidden.replace(path)
        finally:
            with suppress(OSError):
                hidden.unlink()
    except (OSError, ValueError):
        return False
    return True
