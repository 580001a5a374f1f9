"""Makes the pictures of the README and the pages: ``python docs/make_pictures.py [FOLDER [NAME …]]``.

Each is what ``cardtui screenshot sample_cards`` writes, whatever settings and terminal a person has; a test says when
they are out of date.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: its size, theme, and the keys that are pressed before."""

    size: str
    keys: str = ""
    theme: str = "dark"


SHOTS = {
    "explorer": Shot("120x40"),
    "filter": Shot("120x26", 'f "f1>0.8 -has:warning "'),
    "recipes": Shot("120x26", "j j R"),
    "curves": Shot("120x30", "m j j Space Space Space Enter z ← ←"),
    "compare": Shot("120x40", "j j Space d"),
    "difference": Shot("120x40", "Space d [ [ D"),
    "several": Shot("120x30", "Space Space Space Space d"),
    "runs": Shot("120x20", "t"),
    "groups": Shot("120x17", "t b j Enter"),
    "light": Shot("120x15", 't f "f1>0.8" Enter', "light"),
}
"""The file's name, without its ending → what it shows."""


def make(folder: Path, names: list[str]) -> None:
    """Write pictures of these names into a folder."""
    with tempfile.TemporaryDirectory() as nothing, ThreadPoolExecutor(4) as threads:
        own = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"), nothing)
        environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", **own}

        def write(name: str) -> None:
            shot = SHOTS[name]
            command = [sys.executable, "-m", "tui", "screenshot", "sample_cards", "--no-cache"]
            command += ["--size", shot.size, "--theme", shot.theme, "--press", shot.keys]
            command += ["-o", str(folder.absolute() / f"{name}.svg")]
            subprocess.run(command, cwd=ROOT, env=environment, check=True)  # noqa: S603 - words of this file

        list(threads.map(write, names))


if __name__ == "__main__":
    make(Path(sys.argv[1] if sys.argv[1:] else ROOT / "docs" / "pictures"), sys.argv[2:] or list(SHOTS))
