"""Measure cardtui against a bare Textual app in one run and print a Markdown table: ``make bench``.

The terminal is emulated by ``pty_probe.py`` of the folder that ``CARDTUI_SHARED`` names (default ``../shared``).
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.make_cards import make

SHARED = Path(os.environ.get("CARDTUI_SHARED", Path(__file__).parents[2] / "shared"))
PROBE = SHARED / "tools" / "pty_probe.py"
BIG = int(os.environ.get("CARDTUI_BENCH_CARDS", "100000"))
RUNS = 5
_BARE = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    BINDINGS = [("q", "quit", "Quit")]
    def compose(self):
        yield Static("READY")
Bare().run()
"""


def probe(markers: list[str], command: list[str], *options: str) -> dict[str, Any]:
    """The probe's medians of some runs of a terminal program, its steps among them."""
    marks = [word for marker in markers for word in ("--marker", marker)]
    size = ["--cols", "120", "--rows", "40", "--runs", str(RUNS), "--quit", "q"]
    done = subprocess.run(
        [sys.executable, str(PROBE), *size, *marks, *options, "--", *command],
        capture_output=True,
        text=True,
        check=True,
    )
    report: dict[str, Any] = json.loads(done.stdout)
    return {**report["median"], "steps": [run["steps"] for run in report["runs"]]}


def seconds(*command: str) -> float:
    """The median wall time of a command into a pipe."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run(command, capture_output=True, check=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def step_numbers(found: dict[str, Any], index: int, name: str) -> float:
    """The median over the runs of a number of the step at an index."""
    return statistics.median(float(run[index][name]) for run in found["steps"])


def rows(folder: Path) -> list[tuple[str, str, str, str]]:
    """(what, goal, measured, reference) of every line of the table."""
    few, many = folder / "few", folder / "many"
    make(few, 5, 1)
    make(many, BIG, max(BIG // 100, 1))
    app = [sys.executable, "-m", "tui"]
    words = ["sweep-0000-run-001", "Hyperparameters", "lowest"]
    bare = probe(["READY"], [sys.executable, "-c", _BARE])
    small = probe(words, [*app, str(few)], "--settle", "2", "--idle", "3", "--step", "down", "--step", "wait:1")
    large = probe(words, [*app, str(many)], "--step", "down*40")
    yaml = seconds(sys.executable, "-c", "import yaml")
    show = seconds(*app, "show", str(next(few.rglob("*.md"))))
    key_ms = step_numbers(large, 0, "first_p95_ms")
    return [
        ("first frame, 5 cards", "≤ 1.3 ×", f"{small['marker_ms'] / bare['marker_ms']:.2f} ×", "a bare Textual app"),
        (
            f"first frame, {BIG:,} cards",
            "≤ 1.2 ×",
            f"{large['marker_ms'] / small['marker_ms']:.2f} ×",
            "ours on 5 cards",
        ),
        (
            "bytes of the first paint",
            "≤ 45 kB",
            f"{small['paint_bytes'] / 1000:.1f} kB",
            f"bare {bare['paint_bytes'] / 1000:.1f} kB",
        ),
        ("bytes of a cursor move and the card it shows", "≤ 12.5 kB", f"{_moved(small) / 1000:.1f} kB", ""),
        (f"key to its first byte, p95, scanning {BIG:,}", "≤ 16 ms", f"{key_ms:.1f} ms", ""),
        (
            "memory on 5 cards",
            "≤ 1.25 ×",
            f"{small['rss_mib'] / bare['rss_mib']:.2f} ×",
            f"bare {bare['rss_mib']:.0f} MiB",
        ),
        (f"memory on {BIG:,} cards, at rest after the first paint", "≤ 120 MiB", f"{large['rss_mib']:.0f} MiB", ""),
        ("idle", "≤ 0.3 %, 0 B", f"{small['idle_cpu_pct']:.2f} %, {small['idle_bytes']:.0f} B", ""),
        ("`show` into a pipe", "≤ 2 ×", f"{show / yaml:.2f} ×", f"import yaml {yaml * 1000:.0f} ms"),
    ]


def _moved(found: dict[str, Any]) -> float:
    return step_numbers(found, 0, "bytes") + step_numbers(found, 1, "bytes")


def main() -> None:
    """Print the table."""
    if not PROBE.exists():
        sys.exit(f"benchmarks need {PROBE}; set CARDTUI_SHARED")
    with tempfile.TemporaryDirectory() as folder:
        print("| what | goal | measured | reference |\n|---|---|---|---|")
        for row in rows(Path(folder)):
            print("| " + " | ".join(row) + " |")


if __name__ == "__main__":
    main()
