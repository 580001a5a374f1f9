"""Keys on many cards, and what they take."""

from __future__ import annotations

import statistics
from collections.abc import Callable

from benchmarks.bench import UNSCROLLED, Bench
from benchmarks.goals.goal import Figure, Goal, all_mb, known_ms, memory_words, others, peer_words
from benchmarks.measure import NotMeasuredError, Report, Turns, p95
from benchmarks.setting import MANY


def _moves_while_reading(bench: Bench) -> Figure:
    steps = [one["steps"]["moves"] for one in bench.session.of("keys")]
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
    peers = [_latest(bench.session, "visidata", "moves"), _latest(bench.start, "leet", "down", "up")]
    text = f"{latest:.1f} ms (median {usual:.1f}, worst {worst:.0f}; {len(times)} keys)"
    return Figure(text, latest / 16, "; ".join(peers))


def _latest(turns: Turns[Report], name: str, *steps: str) -> str:
    try:
        times = [ms for one in turns.of(name) for step in steps for ms in one["steps"][step]["ms"]]
    except NotMeasuredError as error:
        return str(error)
    return f"{name} {p95(times):.0f} ms (median {statistics.median(map(_or_endless, times)):.0f})"


def _or_endless(value: float | None) -> float:
    return float("inf") if value is None else value


def _move_bytes(bench: Bench) -> Figure:
    def figure(step: str, first: int, last: int | None) -> Callable[[Report], float]:
        return lambda one: statistics.median(one["steps"][step]["bytes"][first:last])

    ours = bench.session.median("ours", figure("moves", 0, UNSCROLLED))
    scrolled = bench.session.median("ours", figure("moves", -10, None))
    peers = [peer_words("visidata", bench.session, figure("moves", 0, UNSCROLLED), "B")]
    peers += [peer_words("leet", bench.start, figure("down", 0, None), "B")]
    return Figure(f"{ours:.0f} B (where the list scrolls {scrolled:,.0f})", ours / 500, "; ".join(peers))


def _sort(bench: Bench) -> Figure:
    latest = bench.session.median("ours", lambda one: max(_changed(one, "reverse"), _changed(one, "reverse again")))
    table = bench.session.median("ours", lambda one: _changed(one, "table"))
    peer = peer_words("visidata", bench.session, lambda one: _changed(one, "reverse"), "ms")
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
    return Figure(f"{latest:.0f} ms", latest / 100, peer_words("visidata", bench.session, peers_figure, "ms"))


_TABLE = 5
"""Lines that look otherwise, at least, where a table shows other rows."""


def _changed(one: Report, name: str) -> float:
    step = one["steps"][name]
    if step["changed"] < _TABLE:
        raise NotMeasuredError(f"the key {step['step'].removeprefix('frame:')} changed nothing")
    return float(step["ms"])


def _memory_of_many(bench: Bench) -> Figure:
    bench.session.median("ours", known_ms)
    reports = bench.session.of("ours")
    text = memory_words(reports, "memory")
    if reading := [one for one in bench.session.of("keys") if one["steps"]["moves"]["busy"][-1]]:
        text += f"; while reading {memory_words(reading, 'memory')}"
    ours = bench.session.median("ours", all_mb)
    return Figure(text, ours / 120, others(bench.session, ["visidata"], all_mb, "MB"))


KEYS = (
    Goal(f"cursor down, p95, while {MANY:,} are read", "≤ 16 ms", _moves_while_reading),
    Goal(f"cursor down, p95, {MANY:,} cards", "≤ 16 ms", _moves_after),
    Goal("bytes, cursor down", "≤ 500 B", _move_bytes),
)
MEMORY = (Goal(f"memory, {MANY:,} cards, all read", "≤ 120 MB", _memory_of_many),)
TABLE = (
    Goal(f"sort {MANY:,} rows, key to the new frame", "≤ 100 ms", _sort),
    Goal(f"filter {MANY:,} rows, key to the new frame", "≤ 100 ms", _filter),
)
