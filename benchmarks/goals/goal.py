"""Lines of the table, and what their figures are taken from."""

from __future__ import annotations

import math
import os
import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.bench import Bench
from benchmarks.measure import NotMeasuredError, Report, Turns

CORES = len(os.sched_getaffinity(0))


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
        except Exception as error:  # noqa: BLE001 - one line must not cost the others a quarter of an hour
            reason = str(error) if isinstance(error, NotMeasuredError) else repr(error)
            cells = [f"not measured: {reason.replace('|', '/')}", "–", ""]
        else:
            cells = [figure.text, _met(figure.share), figure.reference]
        return f"| {' | '.join([self.what, self.goal, *cells])} |"


def _met(share: float) -> str:
    if share <= 1:
        return "met"
    if not math.isfinite(share):
        return "missed"
    return f"missed by {(share - 1) * 100:.{1 if share < 1.1 else 0}f} %"


def marker(one: Report) -> float | None:
    """Milliseconds to the first useful frame."""
    return _number(one["marker_ms"])


def known_ms(one: Report) -> float | None:
    """Milliseconds until everything is known."""
    return step_figure(one, "known", "ms")


def all_mb(one: Report) -> float:
    """Memory of a program and its children."""
    step = one["steps"]["memory"]
    return float(step["main_mb"] + step["children_mb"])


def idle_share(one: Report) -> float:
    """Percent of a core at rest."""
    return float(one["idle_cpu_pct"])


def step_figure(one: Report, step: str, name: str) -> float | None:
    """A figure of a step, if it has one."""
    return _number(one["steps"][step].get(name))


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def seconds(one: tuple[float, float]) -> float:
    """Seconds on the clock."""
    return one[0]


def peer_words(
    name: str, turns: Turns[Report], figure: Callable[[Report], float | None], unit: str, digits: int = 0
) -> str:
    """``leet 899 ms``, or that there is no figure."""
    try:
        return f"{name} {turns.median(name, figure):,.{digits}f} {unit}"
    except NotMeasuredError as error:
        return str(error) if name in str(error) else f"{name}: {error}"


def others(
    turns: Turns[Report], names: Sequence[str], figure: Callable[[Report], float | None], unit: str, digits: int = 0
) -> str:
    """The figures of some peers, joined."""
    return "; ".join(peer_words(name, turns, figure, unit, digits) for name in names)


def memory_words(reports: Sequence[Report], step: str) -> str:
    """``44 MB and 60 in 2 children``: the medians of the runs."""
    main, below = (
        statistics.median(one["steps"][step][name] for one in reports) for name in ("main_mb", "children_mb")
    )
    children = max(one["steps"][step]["children"] for one in reports)
    return f"{main:.0f} MB" + (f" and {below:.0f} in {children} children" if children else "")
