"""From the start to rest: five cards, and the first frame of many."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable

from benchmarks.bench import Bench
from benchmarks.goals.goal import Figure, Goal, all_mb, idle_share, marker, memory_words, others, seconds
from benchmarks.measure import Report
from benchmarks.setting import MANY


def _first_frame(bench: Bench) -> Figure:
    ours, bare = bench.start.median("ours", marker), bench.start.median("bare", marker)
    peers = others(bench.start, ["leet", "frogmouth", "visidata", "less"], marker, "ms")
    return Figure(f"{ours / bare:.2f} × ({ours:.0f} ms)", ours / bare / 1.3, f"bare {bare:.0f} ms; {peers}")


def _first_frame_of_many(bench: Bench) -> Figure:
    many, few = bench.start.median("many", marker), bench.start.median("ours", marker)
    return Figure(f"{many / few:.2f} × ({many:.0f} ms)", many / few / 1.2, f"ours on 5 cards {few:.0f} ms")


def _first_text(bench: Bench) -> Figure:
    ours, bare = bench.start.median("names", marker), bench.start.median("bare", marker)
    return Figure(f"{ours / bare:.2f} × ({ours:.0f} ms)", ours / bare / 0.25, f"bare {bare:.0f} ms")


def _card_bytes(bench: Bench) -> Figure:
    def figure(one: Report) -> float:
        return statistics.median(float(one["steps"][f"card {turn}"]["bytes"]) for turn in range(3))

    ours = bench.start.median("ours", figure)
    return Figure(f"{ours / 1000:.1f} kB", ours / 12_000)


def _paint_bytes(bench: Bench) -> Figure:
    ours, bare = (bench.start.median(name, lambda one: float(one["paint_bytes"])) for name in ("ours", "bare"))
    peers = others(bench.start, ["leet", "frogmouth", "visidata"], lambda one: one["paint_bytes"] / 1000, "kB")
    return Figure(f"{ours / 1000:.1f} kB", ours / 45_000, f"bare {bare / 1000:.1f} kB; {peers}")


def _memory(bench: Bench) -> Figure:
    ours, bare = bench.start.median("ours", all_mb), bench.start.median("bare", all_mb)
    peers = others(bench.start, ["leet", "frogmouth", "visidata"], all_mb, "MB")
    text = f"{ours / bare:.2f} × ({memory_words(bench.start.of('ours'), 'memory')})"
    return Figure(text, ours / bare / 1.25, f"bare {bare:.0f} MB; {peers}")


def _idle(bench: Bench) -> Figure:
    share = bench.start.median("ours", idle_share)
    written = bench.start.median("ours", lambda one: float(one["idle_bytes"]))
    peers = others(bench.start, ["bare", "leet"], idle_share, "%", 2)
    return Figure(f"{share:.2f} %, {written:.0f} B", math.inf if written else share / 0.3, peers)


def _command(name: str) -> Callable[[Bench], Figure]:
    def figure(bench: Bench) -> Figure:
        ours, yaml = bench.commands.median(name, seconds), bench.commands.median("import yaml", seconds)
        return Figure(f"{ours / yaml:.2f} × ({ours * 1e3:.0f} ms)", ours / yaml / 2, f"{yaml * 1e3:.0f} ms")

    return figure


FRAMES = (
    Goal("first useful frame, 5 cards", "≤ 1.3 × bare app", _first_frame),
    Goal(f"first useful frame, {MANY:,} cards, cold", "≤ 1.2 × 5 cards", _first_frame_of_many),
    Goal("first readable text", "≤ 0.25 × bare app", _first_text),
)
WEIGHTS = (
    Goal("bytes, card switch", "≤ 12 kB", _card_bytes),
    Goal("bytes, first paint", "≤ 45 kB", _paint_bytes),
    Goal("memory, 5 cards", "≤ 1.25 × bare app", _memory),
    Goal("idle", "≤ 0.3 % of a core, 0 B", _idle),
)
COMMANDS = (
    Goal("`show` into a pipe", "≤ 2 × `import yaml`", _command("show")),
    Goal("`list` of 5 cards into a pipe", "≤ 2 × `import yaml`", _command("list")),
)
