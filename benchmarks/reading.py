"""Measure how fast cards are read and judged, beside ``huggingface_hub.ModelCard.load`` where that is installed.

``python -m benchmarks.reading [FOLDER]`` prints cards per second and microseconds per card, the fastest of five runs
that take turns: one process on one core, nothing remembered, files in the system's cache, the time to import the reader
and PyYAML not counted. ModelCard only parses the YAML. Without FOLDER the public cards of ``CARDTUI_SHARED`` are read,
which are large and full of defects, and then generated ones.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from benchmarks.make_cards import make

SHARED = Path(os.environ.get("CARDTUI_SHARED", Path(__file__).parents[2] / "shared"))
RUNS = 5

_MEASURE = """
import sys, time
from pathlib import Path
{setup}
paths = [path for path in sorted(Path(sys.argv[1]).rglob("*.md"))]
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

READERS = {
    "cardtui, read and judged": (_OURS, "judge(read(path))"),
    "cardtui, read": (_OURS, "read(path)"),
    "huggingface_hub.ModelCard.load": (
        "from huggingface_hub import ModelCard",
        "ModelCard.load(path, ignore_metadata_errors=True)",
    ),
    "plain read": ("", "path.read_text(encoding='utf-8', errors='replace')"),
}
"""What is measured: set-up and statement, the reference third."""


def measure(setup: str, read: str, folder: Path) -> tuple[int, int, float]:
    """(cards, failures, seconds) of one process that reads a folder."""
    code = _MEASURE.format(setup=setup, read=read)
    done = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True)
    cards, failed, seconds = done.stdout.split()
    return int(cards), int(failed), float(seconds)


def table(folder: Path) -> str:
    """The measurements of a folder as a Markdown table; the readers take turns."""
    readers = {name: code for name, code in READERS.items() if "ModelCard" not in name or find_spec("huggingface_hub")}
    found: dict[str, list[tuple[int, int, float]]] = {name: [] for name in readers}
    for _ in range(RUNS):
        for name, code in readers.items():
            found[name].append(measure(*code, folder))
    micros = {name: min(seconds for *_, seconds in runs) / runs[0][0] * 1e6 for name, runs in found.items()}
    reference = micros.get("huggingface_hub.ModelCard.load")
    lines = ["| reader | cards | not read | cards/s | µs/card | of ModelCard |", "|:--|--:|--:|--:|--:|--:|"]
    for name, runs in found.items():
        ratio = f"{micros[name] / reference:.2f} ×" if reference else "not installed"
        cards, failed, _ = runs[0]
        lines.append(f"| {name} | {cards:,} | {failed} | {1e6 / micros[name]:,.0f} | {micros[name]:,.0f} | {ratio} |")
    return "\n".join(lines)


def main() -> None:
    """Measure the folder that is named, else the public cards and generated ones."""
    public = SHARED / "corpus" / "cards"
    if len(sys.argv) > 1:
        print(table(Path(sys.argv[1])))
        return
    if public.is_dir():
        print(f"Public cards\n\n{table(public)}\n")
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder), 2000, 20)
        print(f"Generated cards\n\n{table(Path(folder))}")


if __name__ == "__main__":
    main()
