"""How far a long command is, on a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def waiting(words: str) -> Iterator[None]:
    """The words and a sign of life on standard error while the block runs; off a terminal nothing is written."""
    if not _is_told():
        yield
        return
    from rich.console import Console  # noqa: PLC0415 - only on a terminal

    with Console(stderr=True).status(words):
        yield


def _is_told() -> bool:
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


@contextmanager
def progress(words: str, count: Callable[[], int]) -> Iterator[Callable[[], None]]:
    """A bar on standard error while the block runs; gives what moves it on by one of as many as `count` finds.

    Off a terminal nothing is counted and nothing is written.
    """
    if not _is_told():
        yield lambda: None
        return
    from rich import progress as bars  # noqa: PLC0415 - only on a terminal
    from rich.console import Console  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    class Rate(bars.ProgressColumn):
        def render(self, task: bars.Task) -> Text:
            return Text(f"{task.speed or 0:,.0f}/s")

    columns = (words, bars.BarColumn(), bars.MofNCompleteColumn(), Rate(), bars.TimeRemainingColumn())
    with bars.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(words, total=None)
        bar.reset(task, total=count())
        yield lambda: bar.advance(task)
