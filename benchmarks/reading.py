"""How long a card takes to be read and judged, beside ``huggingface_hub.ModelCard.load``, which parses its YAML only.

One process on one core, nothing remembered, files in the system's cache; the time to import is not counted.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import NotMeasuredError
from benchmarks.programs import python_with

_MEASURE = """
import sys, time
from pathlib import Path
{setup}
paths = sorted(Path(sys.argv[1]).rglob("*.md"))
failed = 0
start = time.perf_counter()
for path in paths:
    try:
        {read}
    except Exception:
        failed += 1
print(len(paths), failed, time.perf_counter() - start)
"""

_OURS = """
import gc
import tui.cards.full_yaml
from tui.cards.read import read
from tui.judge.verdict import judge
gc.disable()
"""
_PEER = "from huggingface_hub import ModelCard"


@dataclass(frozen=True, slots=True)
class Reading:
    """What one process did."""

    cards: int
    failed: int
    micros: float
    """For each card."""


def ours(folder: Path) -> Reading:
    """The cards of a folder read and judged."""
    return _measure(sys.executable, _OURS, "judge(read(path))", folder)


def peers(folder: Path) -> Reading:
    """The same cards by ``ModelCard.load``."""
    read = "ModelCard.load(path, ignore_metadata_errors=True)"
    return _measure(python_with("huggingface_hub"), _PEER, read, folder)


def _measure(python: str, setup: str, read: str, folder: Path) -> Reading:
    code = _MEASURE.format(setup=setup, read=read)
    done = subprocess.run([python, "-c", code, str(folder)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotMeasuredError(done.stderr.strip().rpartition("\n")[2])
    cards, failed, seconds = done.stdout.split()
    return Reading(int(cards), int(failed), float(seconds) / max(int(cards), 1) * 1e6)
