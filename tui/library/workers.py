"""Processes that read cards, so that the one with the screen has its interpreter for itself."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path
from typing import Generic, TypeVar

from tui.judge.rules import DEFAULT, Rules
from tui.library.place import Place, Read
from tui.library.worker import job_line, read_answer, rules_line

_MOST = 8
_AHEAD = 2
"""Jobs that a process has at once, so that it never waits for the next."""

Job = TypeVar("Job")


class Workers(Generic[Job]):
    """Some reading processes; jobs go in and answers come out in any order. To be used by one thread."""

    def __init__(self, tell: Callable[[], object], count: int | None = None, rules: Rules = DEFAULT) -> None:
        """Start `count` of them, one a processor by default; `tell` is called, from any thread, at every answer."""
        self._tell = tell
        self._answers: deque[tuple[_Worker, Sequence[Read] | None]] = deque()
        self._idle: deque[_Worker] = deque()
        self._jobs: dict[_Worker, deque[Job]] = {}
        self._all: list[_Worker] = []
        for _ in range(min(_cores(), _MOST) if count is None else count):
            try:
                worker = _Worker(self._answered, rules)
            except OSError:  # no memory or no more processes: those that there are must do
                break
            self._all.append(worker)
            self._jobs[worker] = deque()
            self._idle.extend([worker] * _AHEAD)

    def __len__(self) -> int:
        return len(self._jobs)

    @property
    def has_room(self) -> bool:
        """Whether another job would be begun soon."""
        return bool(self._idle)

    @property
    def is_busy(self) -> bool:
        """Whether there are jobs without an answer."""
        return any(self._jobs.values())

    def submit(self, job: Job, places: Sequence[Place]) -> None:
        """Let these places be read; only where there is room."""
        worker = self._idle.popleft()
        self._jobs[worker].append(job)
        worker.submit(places)

    def answers(self) -> list[tuple[Job, Sequence[Read] | None]]:
        """Every job that was answered since, with what was read; None where its process ended instead."""
        found: list[tuple[Job, Sequence[Read] | None]] = []
        while self._answers:
            worker, read = self._answers.popleft()
            if read is None:
                found += [(job, None) for job in self._jobs.pop(worker, ())]
                self._idle = deque(other for other in self._idle if other is not worker)
            elif worker in self._jobs:
                found.append((self._jobs[worker].popleft(), read))
                self._idle.append(worker)
        return found

    def stop(self) -> None:
        """End the processes at once, whatever they are at."""
        for worker in self._all:
            worker.stop()

    def join(self) -> None:
        """Wait until they have ended."""
        for worker in self._all:
            worker.join()

    def _answered(self, worker: _Worker, read: Sequence[Read] | None) -> None:
        self._answers.append((worker, read))
        self._tell()


class _Worker:
    """One process, and the thread that listens to it."""

    def __init__(self, tell: Callable[[_Worker, Sequence[Read] | None], object], rules: Rules) -> None:
        package = str(Path(__file__).parents[2])
        paths = [package, *filter(None, [os.environ.get("PYTHONPATH")])]
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "tui.library.worker"],  # -P: a folder of cards is no place to import from
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        )
        self._tell = tell
        self._counts: deque[int] = deque()
        """Of the jobs that are not answered, how many cards each has."""

        self._write(rules_line(rules))
        self._listener = threading.Thread(target=self._listen, name="cardtui-worker", daemon=True)
        self._listener.start()

    def submit(self, places: Sequence[Place]) -> None:
        """Write a job; that the process is gone shows in its answers."""
        self._counts.append(len(places))
        self._write(job_line(places))

    def _write(self, line: bytes) -> None:
        if self._process.stdin is not None:
            with contextlib.suppress(OSError, ValueError):
                self._process.stdin.write(line)
                self._process.stdin.flush()

    def stop(self) -> None:
        """End the process."""
        self._process.kill()

    def join(self) -> None:
        """Wait until it has ended."""
        self._listener.join()

    def _listen(self) -> None:
        with contextlib.suppress(OSError), self._process:  # which waits for its end and closes the pipes
            with contextlib.suppress(OSError, ValueError):
                lines = iter(self._process.stdout or ())
                while (first := next(lines, None)) is not None:  # waits for the next answer
                    self._tell(self, read_answer(chain([first], lines), self._counts.popleft()))
            self._process.kill()
        self._tell(self, None)


def _cores() -> int:
    """The processors that this process may use."""
    usable = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable else os.cpu_count() or 1
