"""Reads and judges cards in a process of its own, for the one that started it: ``python -m tui.library.worker``.

The first line of its input is the rules, each other one a JSON list of [folder, file, own name]; it answers these with
as many lines, of JSON texts that hold no line ends. It ends with its input, so also when the other process is gone.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import sys
from collections.abc import Iterable, Sequence

from tui.judge.rules import Rules, from_json, to_json
from tui.library.place import Place, Read, read_place

_NICE = 10
"""The screen goes first, and so does what else the person runs."""


def rules_line(rules: Rules) -> bytes:
    """What a worker is told first: the rules by which it reads and judges."""
    return json.dumps(to_json(rules)).encode() + b"\n"


def job_line(places: Sequence[Place]) -> bytes:
    """What a worker is told to read."""
    return json.dumps([[place.folder, place.file, place.own_name] for place in places]).encode() + b"\n"


def read_answer(lines: Iterable[bytes], count: int) -> list[Read]:
    """What a worker read of as many cards; raises ValueError where its answer is broken off."""
    found: list[Read] = []
    for _, line in zip(range(count), lines, strict=False):  # in this order: no line too many is waited for
        head, _, known = line.rstrip(b"\n").partition(b"\t")
        error, told = json.loads(head)
        found.append(Read(known, error, told))
    if len(found) < count:
        raise ValueError("the process ended")
    return found


def _answer(job: bytes, rules: Rules) -> bytes:
    reads = (read_place(Place(*told), rules) for told in json.loads(job))
    return b"".join(json.dumps([one.error, one.stamp]).encode() + b"\t" + one.known + b"\n" for one in reads)


def main() -> None:
    """Answer until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the other process, which then ends this one
    os.nice(_NICE)
    if hasattr(os, "SCHED_BATCH"):  # takes the processor from nobody when it has something to do again
        with contextlib.suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
    jobs = iter(sys.stdin.buffer)
    if (first := next(jobs, b"")) == b"":  # stopped at once
        return
    rules = from_json(json.loads(first))
    gc.freeze()
    for job in jobs:
        gc.disable()  # nothing of a job outlives it
        answer = _answer(job, rules)
        gc.enable()
        try:
            sys.stdout.buffer.write(answer)
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            os._exit(0)


if __name__ == "__main__":
    main()
