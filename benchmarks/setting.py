"""What the environment says about the benchmarks."""

from __future__ import annotations

import os
from pathlib import Path

SHARED = Path(os.environ.get("CARDTUI_SHARED", Path(__file__).parents[2] / "shared")).resolve()
"""Where the terminal probe and the public cards are."""

PROBE = SHARED / "tools" / "pty_probe.py"
PUBLIC = SHARED / "corpus" / "cards"

MANY = int(os.environ.get("CARDTUI_BENCH_CARDS", "100000"))
"""How many cards the large folder has."""

PEERS = [Path(folder).absolute() for folder in os.environ.get("CARDTUI_PEERS", "").split(os.pathsep) if folder]
"""Folders of programs to be measured beside ours, which come before those of PATH."""
