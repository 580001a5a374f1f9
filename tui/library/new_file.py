"""Files that the app writes on a key: beside nothing that is there already."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path


def new_file(what: str, ending: str, text: str) -> Path:
    """Write a text into a new file ``cardtui-<what>-<time><ending>`` of the current folder; gives its path.

    Never writes over a file; raises OSError where none can be written.
    """
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    for number in range(1, 1000):
        path = Path(f"cardtui-{what}-{stamp}{'' if number == 1 else f'-{number}'}{ending}")
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        except FileExistsError:
            continue
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        return path
    raise FileExistsError(f"a thousand files of this second are there: {path}")
