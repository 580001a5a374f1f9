"""How things are measured: in turns, each program in a home of its own, so that drift hits all alike."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Generic, TypeAlias, TypeVar

T = TypeVar("T")
Report: TypeAlias = dict[str, Any]
"""What the probe tells of one run; `steps` by their labels."""


class NotMeasuredError(Exception):
    """Why there is no figure."""


class Turns(Generic[T]):
    """What each of some programs gave in its turns, or why it gave nothing."""

    def __init__(self) -> None:
        self._given: dict[str, list[T]] = {}
        self._reasons: dict[str, str] = {}

    def take(self, todo: Mapping[str, Callable[[], T]], times: int, budget: float = 1e9) -> Turns[T]:
        """Let each take its turn, a number of times; fewer once they have taken `budget` seconds."""
        start = time.monotonic()
        for turn in range(times):
            if turn and (time.monotonic() - start) * (turn + 1) / turn > budget:
                break
            for name, take in todo.items():
                if name in self._reasons:
                    continue
                print(f"  {name}, {turn + 1} of {times}", file=sys.stderr, flush=True)
                try:
                    self._given.setdefault(name, []).append(take())
                except NotMeasuredError as error:
                    self._reasons[name] = str(error)
        return self

    def of(self, name: str) -> list[T]:
        """What a program gave, once at least."""
        if given := self._given.get(name):
            return given
        raise NotMeasuredError(self._reasons.get(name, f"{name} was not run"))

    def median(self, name: str, figure: Callable[[T], float | None]) -> float:
        """The median of a figure over the turns that have it."""
        found = [value for one in self.of(name) if (value := figure(one)) is not None]
        if not found:
            raise NotMeasuredError(f"{name} never came to it")
        return statistics.median(found)


def home(folder: Path) -> dict[str, str]:
    """An environment in which a program finds a home of its own, and no network worth a try."""
    places = {"HOME": "home", "XDG_CONFIG_HOME": "config", "XDG_DATA_HOME": "data"}
    places |= {"XDG_CACHE_HOME": "cache", "XDG_STATE_HOME": "state"}
    for inner in places.values():
        (folder / inner).mkdir(parents=True, exist_ok=True)
    quiet = {"WANDB_MODE": "offline", "WANDB_ERROR_REPORTING": "false", "WANDB_SILENT": "true", "HF_HUB_OFFLINE": "1"}
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, **quiet, **{name: str(folder / inner) for name, inner in places.items()}}


def probe(
    command: Sequence[str],
    environment: Mapping[str, str],
    markers: Sequence[str],
    steps: Mapping[str, str] | None = None,
    *options: str,
) -> Report:
    """One run of a terminal program: what the probe tells, its steps under their labels."""
    words = [word for marker in markers for word in ("--marker", marker)]
    steps = steps or {}
    words += [word for step in steps.values() for word in ("--step", step)]
    size = ["--cols", "120", "--rows", "40", "--quit", "q"]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.terminal", *size, *words, *options, "--", *command],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NotMeasuredError(f"the probe failed: {_last_line(done.stderr)}")
    report: Report = json.loads(done.stdout)["runs"][0]
    if markers and report["marker_ms"] is None:
        raise NotMeasuredError(f"{' and '.join(markers)} never stood on the screen")
    report["steps"] = dict(zip(steps, report["steps"], strict=True))
    return report


def run(command: Sequence[str], environment: Mapping[str, str]) -> tuple[float, float]:
    """(seconds on the clock, seconds of all its processes on the cores) of a command into a pipe."""
    start = time.perf_counter()
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        before = os.times()
        _, errors = process.communicate()
    wall, after = time.perf_counter() - start, os.times()
    if process.returncode:
        raise NotMeasuredError(_last_line(errors.decode(errors="replace")))
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return wall, used


def p95(values: Sequence[float | None]) -> float:
    """The value that 95 of 100 do not exceed; what never came counts as endless."""
    ordered = sorted(float("inf") if value is None else value for value in values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ["it failed without a word"])[-1]
