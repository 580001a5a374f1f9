"""Measure every goal of speed and size in one run and print them as one Markdown table: ``make bench``.

``python -m benchmarks.run [--only WORD]…`` measures the lines in which one of the words stands. Progress goes to
standard error. Programs take turns, so that drift hits all alike; figures are medians. Every program has a home of
its own, and all that was made is removed. "Cold" is with nothing remembered by cardtui, files in the system's cache.

``CARDTUI_SHARED``: the folder with ``tools/pty_probe.py``, which plays the terminal (default: ``../shared``).
``CARDTUI_BENCH_CARDS``: how many cards the large folder has (default: 100,000).
``CARDTUI_PEERS``: ``bin`` folders of virtual environments, joined as PATH is, with peers to be measured beside ours
(visidata, wandb, frogmouth, huggingface_hub); else those on PATH, and no peer is needed.
"""

from __future__ import annotations

import argparse
import os
import platform
import signal
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import programs
from benchmarks.bench import Bench
from benchmarks.goals.goal import CORES
from benchmarks.goals.known import KNOWN
from benchmarks.goals.many import KEYS, MEMORY, TABLE
from benchmarks.goals.start import COMMANDS, FRAMES, WEIGHTS
from benchmarks.setting import PROBE

GOALS = (*FRAMES, *KNOWN, *KEYS, *WEIGHTS, *MEMORY, *COMMANDS, *TABLE)


def _circumstances(seconds: float) -> str:
    """On what it was measured."""
    import textual  # noqa: PLC0415 - 20 ms that --help does not need

    versions = [f"Python {platform.python_version()}", f"Textual {textual.__version__}"]
    versions += filter(None, map(programs.version, ("huggingface_hub", "visidata", "wandb", "frogmouth")))
    load = os.getloadavg()[1]
    return f"{', '.join(versions)}; {CORES} cores, load {load:.1f}; measured in {seconds / 60:.0f} minutes."


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", metavar="WORD", help="lines in which WORD stands; may be repeated")
    wanted: list[str] = parser.parse_args().only or [""]
    if not PROBE.exists():
        sys.exit(f"benchmarks need {PROBE}; set CARDTUI_SHARED")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # not without removing what was made
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="cardtui-bench-") as folder:
        bench = Bench(Path(folder))
        goals = [goal for goal in GOALS if any(word in goal.what for word in wanted)]
        rows = [goal.row(bench) for goal in goals]
    print("| what | goal | measured | goal met | reference |\n|:--|:--|:--|:--|:--|")
    print("\n".join(rows))
    print(f"\n{_circumstances(time.monotonic() - start)}")


if __name__ == "__main__":
    main()
