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
import math
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import programs
from benchmarks.bench import UNSCROLLED, Bench
from benchmarks.measure import NotMeasuredError, Report, Turns, p95
from benchmarks.reading import Reading
from benchmarks.setting import MANY, PROBE

_CORES = len(os.sched_getaffinity(0))
_MODEL_CARD = "huggingface_hub.ModelCard.load"


@dataclass(frozen=True, slots=True)
class Figure:
    """What a line of the table says."""

    text: str
    share: float
    """What was measured divided by the goal: the goal is met up to 1."""

    reference: str = ""


@dataclass(frozen=True, slots=True)
class Goal:
    """A line of the table, and how it is measured."""

    what: str
    goal: str
    measure: Callable[[Bench], Figure]

    def row(self, bench: Bench) -> str:
        """The line as Markdown; one that cannot be measured says why."""
        print(f"{self.what} …", file=sys.stderr, flush=True)
        try:
            figure = self.measure(bench)
        except NotMeasuredError as error:
            cells = [f"not measured: {str(error).replace('|', '/')}", "–", ""]
        else:
            cells = [figure.text, _met(figure.share), figure.reference]
        return f"| {' | '.join([self.what, self.goal, *cells])} |"


def _met(share: float) -> str:
    if share <= 1:
        return "met"
    return f"missed by {share - 1:.0%}" if math.isfinite(share) else "missed"


# Start


def _first_frame(bench: Bench) -> Figure:
    ours, bare = bench.start.median("ours", _marker), bench.start.median("bare", _marker)
    peers = _others(bench.start, ["leet", "frogmouth", "visidata", "less"], _marker, "ms")
    return Figure(f"{ours / bare:.2f} × ({ours:.0f} ms)", ours / bare / 1.3, f"bare {bare:.0f} ms; {peers}")


def _first_frame_of_many(bench: Bench) -> Figure:
    many, few = bench.start.median("many", _marker), bench.start.median("ours", _marker)
    peer = _others(bench.session, ["visidata"], _marker, "ms")
    return Figure(f"{many / few:.2f} × ({many:.0f} ms)", many / few / 1.2, f"ours on 5 cards {few:.0f} ms; {peer}")


def _first_text(bench: Bench) -> Figure:
    ours, bare = bench.start.median("names", _marker), bench.start.median("bare", _marker)
    return Figure(f"{ours / bare:.2f} × ({ours:.0f} ms)", ours / bare / 0.25, f"bare {bare:.0f} ms")


# Everything known


def _whole(bench: Bench) -> Figure:
    cost = bench.whole.median("cold", max) / MANY * 1e6
    wall = bench.whole.median("cold", _wall)
    peer = bench.whole.median("ModelCard", lambda one: one[1])
    text = f"{cost / peer:.2f} × ({cost:.0f} µs; {wall:.1f} s)"
    return Figure(text, cost / peer / 0.2, f"{_MODEL_CARD} {peer:.0f} µs")


def _read(turns: Turns[Reading]) -> Figure:
    ours, first = turns.median("ours", _micros), turns.of("ours")[0]
    text = f"{ours:.0f} µs, {first.failed} of {first.cards:,} not read"
    try:
        peer, other = turns.median("ModelCard", _micros), turns.of("ModelCard")[0]
    except NotMeasuredError as error:
        raise NotMeasuredError(f"{text}; {error}") from error
    reference = f"{_MODEL_CARD} {peer:.0f} µs, {other.failed} not read"
    return Figure(f"{ours / peer:.2f} × ({text})", ours / peer / 0.2, reference)


def _known(bench: Bench) -> Figure:
    wall = bench.session.median("ours", _known_ms) / 1e3
    cost, peer = wall / MANY * 1e6 * _CORES, bench.whole.median("ModelCard", lambda one: one[1])
    text = f"{cost / peer:.2f} × ({cost:.0f} µs; {wall:.1f} s on {_CORES} cores)"
    return Figure(text, cost / peer / 0.2, f"{_MODEL_CARD} {peer:.0f} µs")


def _again(bench: Bench) -> Figure:
    again, cold = bench.whole.median("again", _wall), bench.whole.median("cold", _wall)
    return Figure(f"{again / cold:.2f} × ({again:.2f} s)", again / cold / 0.1, f"cold {cold:.1f} s")


def _known_again(bench: Bench) -> Figure:
    again, cold = bench.session.median("again", _known_ms) / 1e3, bench.session.median("ours", _known_ms) / 1e3
    frame = bench.session.median("again", _marker)
    text = f"{again / cold:.2f} × ({again:.2f} s; first frame {frame:.0f} ms)"
    return Figure(text, again / cold / 0.1, f"cold {cold:.1f} s")


# Keys


def _moves_while_reading(bench: Bench) -> Figure:
    steps = [one["steps"]["moves while reading"] for one in bench.session.of("ours")]
    times = [ms for step in steps for ms, busy in zip(step["ms"], step["busy"], strict=True) if busy]
    if len(times) < _FEWEST:
        raise NotMeasuredError(f"all was read after {len(times)} keys; take more cards")
    return _moves(bench, times)


def _moves_after(bench: Bench) -> Figure:
    return _moves(bench, [ms for one in bench.session.of("ours") for ms in one["steps"]["moves"]["ms"]])


_FEWEST = 20
"""Keys that p95 can be told of."""


def _moves(bench: Bench, times: list[float | None]) -> Figure:
    latest = p95(times)
    usual, worst = (choose([_or_endless(ms) for ms in times]) for choose in (statistics.median, max))
    peers = [_peer("visidata", bench.session, lambda one: _step(one, "moves", "done_p95_ms"), "ms")]
    peers += [_peer("leet", bench.start, lambda one: _step(one, "down", "done_p95_ms"), "ms")]
    text = f"{latest:.1f} ms (median {usual:.1f}, worst {worst:.0f}; {len(times)} keys)"
    return Figure(text, latest / 16, "; ".join(peers))


def _or_endless(value: float | None) -> float:
    return float("inf") if value is None else value


def _sort(bench: Bench) -> Figure:
    latest = bench.session.median("ours", lambda one: max(_changed(one, "reverse"), _changed(one, "reverse again")))
    table = bench.session.median("ours", lambda one: _changed(one, "table"))
    peer = _peer("visidata", bench.session, lambda one: _changed(one, "reverse"), "ms")
    return Figure(f"{latest:.0f} ms (the table opened, sorted: {table:.0f} ms)", latest / 100, peer)


def _filter(bench: Bench) -> Figure:
    def figure(one: Report) -> float:
        _changed(one, "table")
        steps = [one["steps"][name] for name in ("words", "filter") if one["steps"][name]["changed"] >= _TABLE]
        if not steps:
            raise NotMeasuredError("the expression changed nothing")
        return max(float(step["ms"]) for step in steps)

    def peers_figure(one: Report) -> float:
        return float(one["steps"]["filter"]["ms"]) + _changed(one, "rows")

    latest = bench.session.median("ours", figure)
    return Figure(f"{latest:.0f} ms", latest / 100, _peer("visidata", bench.session, peers_figure, "ms"))


_TABLE = 5
"""Lines that look otherwise, at least, where a table shows other rows."""


def _changed(one: Report, name: str) -> float:
    step = one["steps"][name]
    if step["changed"] < _TABLE:
        raise NotMeasuredError(f"the key {step['step'].removeprefix('frame:')} changed nothing")
    return float(step["ms"])


# Bytes


def _move_bytes(bench: Bench) -> Figure:
    ours = bench.session.median("ours", lambda one: statistics.median(one["steps"]["moves"]["bytes"][:UNSCROLLED]))
    scrolled = bench.session.median("ours", lambda one: statistics.median(one["steps"]["moves"]["bytes"][-10:]))
    peers = [_peer("visidata", bench.session, lambda one: _step(one, "moves", "bytes"), "B")]
    peers += [_peer("leet", bench.start, lambda one: _step(one, "down", "bytes"), "B")]
    return Figure(f"{ours:.0f} B (where the list scrolls {scrolled:,.0f})", ours / 500, "; ".join(peers))


def _card_bytes(bench: Bench) -> Figure:
    def figure(one: Report) -> float:
        return statistics.median(float(one["steps"][f"card {turn}"]["bytes"]) for turn in range(3))

    ours = bench.start.median("ours", figure)
    return Figure(f"{ours / 1000:.1f} kB", ours / 12_000)


def _paint_bytes(bench: Bench) -> Figure:
    ours, bare = (bench.start.median(name, lambda one: float(one["paint_bytes"])) for name in ("ours", "bare"))
    peers = _others(bench.start, ["leet", "frogmouth", "visidata"], lambda one: one["paint_bytes"] / 1000, "kB")
    return Figure(f"{ours / 1000:.1f} kB", ours / 45_000, f"bare {bare / 1000:.1f} kB; {peers}")


# Memory, rest


def _memory(bench: Bench) -> Figure:
    ours, bare = bench.start.median("ours", _all_mb), bench.start.median("bare", _all_mb)
    peers = _others(bench.start, ["leet", "frogmouth", "visidata"], _all_mb, "MB")
    text = f"{ours / bare:.2f} × ({_memory_words(bench.start.of('ours'), 'memory')})"
    return Figure(text, ours / bare / 1.25, f"bare {bare:.0f} MB; {peers}")


def _memory_of_many(bench: Bench) -> Figure:
    bench.session.median("ours", _known_ms)
    reports = bench.session.of("ours")
    text = f"{_memory_words(reports, 'memory')}; while reading {_memory_words(reports, 'memory while reading')}"
    ours = bench.session.median("ours", _all_mb)
    return Figure(text, ours / 120, _others(bench.session, ["visidata"], _all_mb, "MB"))


def _memory_words(reports: list[Report], step: str) -> str:
    main, below = (
        statistics.median(one["steps"][step][name] for one in reports) for name in ("main_mb", "children_mb")
    )
    children = max(one["steps"][step]["children"] for one in reports)
    return f"{main:.0f} MB" + (f" and {below:.0f} in {children} children" if children else "")


def _idle(bench: Bench) -> Figure:
    share = bench.start.median("ours", _idle_share)
    written = bench.start.median("ours", lambda one: float(one["idle_bytes"]))
    peers = _others(bench.start, ["bare", "leet"], _idle_share, "%", 2)
    return Figure(f"{share:.2f} %, {written:.0f} B", max(share / 0.3, 9.0 * (written > 0)), peers)


# Commands


def _command(name: str) -> Callable[[Bench], Figure]:
    def figure(bench: Bench) -> Figure:
        ours, yaml = bench.commands.median(name, _wall), bench.commands.median("import yaml", _wall)
        return Figure(f"{ours / yaml:.2f} × ({ours * 1e3:.0f} ms)", ours / yaml / 2, f"{yaml * 1e3:.0f} ms")

    return figure


# Figures of reports


def _marker(one: Report) -> float | None:
    return _number(one["marker_ms"])


def _known_ms(one: Report) -> float | None:
    return _step(one, "known", "ms")


def _all_mb(one: Report) -> float:
    step = one["steps"]["memory"]
    return float(step["main_mb"] + step["children_mb"])


def _idle_share(one: Report) -> float:
    return float(one["idle_cpu_pct"])


def _step(one: Report, step: str, name: str) -> float | None:
    return _number(one["steps"][step].get(name))


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _wall(one: tuple[float, float]) -> float:
    return one[0]


def _micros(one: Reading) -> float:
    return one.micros


def _peer(name: str, turns: Turns[Report], figure: Callable[[Report], float | None], unit: str, digits: int = 0) -> str:
    """``leet 899 ms``, or that there is no figure."""
    try:
        return f"{name} {turns.median(name, figure):,.{digits}f} {unit}"
    except NotMeasuredError as error:
        return str(error) if name in str(error) else f"{name}: {error}"


def _others(
    turns: Turns[Report], names: list[str], figure: Callable[[Report], float | None], unit: str, digits: int = 0
) -> str:
    return "; ".join(_peer(name, turns, figure, unit, digits) for name in names)


GOALS = (
    Goal("first useful frame, 5 cards", "≤ 1.3 × bare app", _first_frame),
    Goal(f"first useful frame, {MANY:,} cards, cold", "≤ 1.2 × 5 cards", _first_frame_of_many),
    Goal("first readable text", "≤ 0.25 × bare app", _first_text),
    Goal(f"whole folder known, {MANY:,} cards, cold, per card and core, `list`", "≤ 0.2 × ModelCard", _whole),
    Goal("one public card read and judged", "≤ 0.2 × ModelCard", lambda bench: _read(bench.read_public())),
    Goal("one generated card read and judged", "≤ 0.2 × ModelCard", lambda bench: _read(bench.read_generated())),
    Goal("the same in the app", "≤ 0.2 × ModelCard", _known),
    Goal("the whole folder once more, `list`", "≤ 0.1 × cold", _again),
    Goal("the whole folder once more, in the app", "≤ 0.1 × cold", _known_again),
    Goal(f"cursor down, p95, while {MANY:,} are read", "≤ 16 ms", _moves_while_reading),
    Goal(f"cursor down, p95, {MANY:,} cards", "≤ 16 ms", _moves_after),
    Goal("bytes, cursor down", "≤ 500 B", _move_bytes),
    Goal("bytes, card switch", "≤ 12 kB", _card_bytes),
    Goal("bytes, first paint", "≤ 45 kB", _paint_bytes),
    Goal("memory, 5 cards", "≤ 1.25 × bare app", _memory),
    Goal(f"memory, {MANY:,} cards, all read", "≤ 120 MB", _memory_of_many),
    Goal("idle", "≤ 0.3 % of a core, 0 B", _idle),
    Goal("`show` into a pipe", "≤ 2 × `import yaml`", _command("show")),
    Goal("`list` of 5 cards into a pipe", "≤ 2 × `import yaml`", _command("list")),
    Goal(f"sort {MANY:,} rows, key to the new frame", "≤ 100 ms", _sort),
    Goal(f"filter {MANY:,} rows, key to the new frame", "≤ 100 ms", _filter),
)


def _circumstances(seconds: float) -> str:
    """On what it was measured."""
    import textual  # noqa: PLC0415 - 20 ms that --help does not need

    versions = [f"Python {platform.python_version()}", f"Textual {textual.__version__}"]
    versions += filter(None, map(programs.version, ("huggingface_hub", "visidata", "wandb", "frogmouth")))
    load = os.getloadavg()[1]
    return f"{', '.join(versions)}; {_CORES} cores, load {load:.1f}; measured in {seconds / 60:.0f} minutes."


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", metavar="WORD", help="lines in which WORD stands; may be repeated")
    wanted: list[str] = parser.parse_args().only or [""]
    if not PROBE.exists():
        sys.exit(f"benchmarks need {PROBE}; set CARDTUI_SHARED")
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
