"""Where cardtui keeps what it remembers and finds settings: in the folders of the XDG base directory specification."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

_DEFAULTS = {"CACHE": ".cache", "CONFIG": ".config", "STATE": ".local/state"}


def own_folder(kind: Literal["CACHE", "CONFIG", "STATE"], environment: Mapping[str, str] = os.environ) -> Path:
    """The folder ``cardtui`` in ``$XDG_CACHE_HOME`` and the like, or where these are by default.

    As the specification has it, a relative folder there does not count.
    """
    told = environment.get(f"XDG_{kind}_HOME", "")
    base = Path(told) if told.startswith("/") else Path(environment.get("HOME") or "/nonexistent", _DEFAULTS[kind])
    return base / "cardtui"
