"""The terminal probe with steps of our own: ``python -m benchmarks.terminal [OPTION…] -- COMMAND``; see its --help.

``move:KEY*N``
    presses a cursor key N times, 30–200 ms apart as fingers do. ``ms`` and ``bytes`` have for each the time to the
    last byte of the cursor's own move, and what was written until then: two rows at least of the list at the left are
    written anew, which progress, the delayed panes and other news do not do. Null where none came in two seconds.
    ``busy`` says for each whether the top line told progress before it.
``known:TEXT``
    waits until the top line has TEXT and told no progress for half a second; ``ms`` is the time from the program's
    start to the moment when progress was last seen to go, also where that was before this step.
``frame:KEY``, ``frame:text:STRING``
    presses a key; ``ms`` is the time to the last change between top and bottom line that was followed by 0.6 s
    without one, and ``changed`` how many lines look otherwise then.
``memory``
    ``main_mb``, ``children_mb`` (resident, millions of bytes) and ``children``.
"""

from __future__ import annotations

import importlib.util
import random
import signal
import sys
import time
from typing import Any

from benchmarks.setting import PROBE

_LIST = 30
"""Cells at the left that belong to the list."""

_LATEST = 2.0
"""Seconds after which a key counts as not answered."""

_BURST = 0.004
"""Seconds of silence that end what a key has written."""

_STILL, _NO_PROGRESS = 0.6, 0.5
_PROGRESS = ("scanning", "reading", "…")


def _load() -> Any:
    """The probe as a module."""
    spec = importlib.util.spec_from_file_location("pty_probe", PROBE)
    if spec is None or spec.loader is None:
        raise ImportError(str(PROBE))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


pty_probe = _load()


class Screen(pty_probe.Screen):  # type: ignore[name-defined, misc]
    """A screen that notes in which lines its left part was written."""

    written: set[int] = set()  # noqa: RUF012 - one screen a process

    def _put(self, text: str) -> None:
        if self.x < _LIST and 0 < self.y < self.rows - 1:
            self.written.add(self.y)
        super()._put(text)


class Probe(pty_probe.Probe):  # type: ignore[name-defined, misc]
    """A probe that knows more steps."""

    settled_at: float | None = None
    """Since when the top line counts cards and tells no progress."""

    def pump(self, timeout: float) -> int:
        """Take what is written, and note when progress goes."""
        size: int = super().pump(timeout)
        if size > 0:
            is_settled = " card" in self.top() and not self.busy()
            self.settled_at = (self.settled_at or self.last) if is_settled else None
        return size

    def step(self, spec: str) -> Any:
        """One of the steps above, else one of the probe's."""
        kind, _, rest = spec.partition(":")
        own = {"move": self.move, "known": self.known, "frame": self.frame, "memory": self.memory}.get(kind)
        return {"step": spec, **own(rest)} if own else super().step(spec)

    def press(self, key: str) -> None:
        """Press a key, or type the text behind ``text:``."""
        literal = key.removeprefix("text:")
        data = literal.encode() if literal != key else pty_probe.key_bytes(key)
        self.send(data.replace(b"[", b"O") if self.screen.app_cursor and data[:2] == b"\x1b[" else data)

    def move(self, keys: str) -> dict[str, Any]:
        """See above."""
        key, _, times = keys.partition("*")
        chance = random.Random(1)
        moves = []
        busy = []
        for _ in range(int(times or 1)):
            busy.append(self.busy())
            moves.append(self.one_move(key))
            self.wait(chance.uniform(0.03, 0.2))
        return {"ms": [ms for ms, _ in moves], "bytes": [size for _, size in moves], "busy": busy}

    def one_move(self, key: str) -> tuple[float | None, int]:
        """(milliseconds, bytes) of one key."""
        self.screen.written.clear()
        before, start = self.total, time.perf_counter()
        self.press(key)
        last, size = None, 0
        while (left := start + _LATEST - time.perf_counter()) > 0:
            known = len(self.screen.written)
            if self.pump(left if last is None else _BURST) <= 0 and last is not None:
                break
            if len(self.screen.written) > max(known, 1):
                last, size = self.last, self.total - before
        return (None if last is None else (last - start) * 1e3), size

    def wait(self, seconds: float) -> None:
        """Take what is written for a while."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0 and self.pump(left) >= 0:
            pass

    def busy(self) -> bool:
        """Whether the top line tells progress."""
        top = self.top()
        return any(word in top for word in _PROGRESS)

    def top(self) -> str:
        """The top line."""
        return "".join(self.screen.cells[0]).rstrip()

    def known(self, words: str) -> dict[str, Any]:
        """See above."""
        end = time.perf_counter() + self.a.timeout
        while time.perf_counter() < end and self.alive():
            since = self.settled_at
            if since and words in self.top() and time.perf_counter() - since >= _NO_PROGRESS:
                return {"ms": self.ms(since)}
            self.pump(0.02)
        return {"ms": None}

    def frame(self, key: str) -> dict[str, Any]:
        """See above."""
        before = self.body()
        latest, start = before, time.perf_counter()
        changed_at = start
        self.press(key)
        while time.perf_counter() - changed_at < (_STILL if latest != before else _LATEST):
            if self.pump(0.05) > 0 and (body := self.body()) != latest:
                latest, changed_at = body, self.last
        changed = sum(old != new for old, new in zip(before, latest, strict=True))
        return {"ms": (changed_at - start) * 1e3, "changed": changed, "top": self.top()}

    def body(self) -> list[str]:
        """The lines between the top and the bottom line."""
        return ["".join(cells) for cells in self.screen.cells[1:-1]]

    def memory(self, _: str) -> dict[str, Any]:
        """See above."""
        pids = pty_probe.tree(self.pid)
        main, children = (pty_probe.memory(some)[0] * 1.048576 for some in (pids[:1], pids[1:]))
        return {"main_mb": main, "children_mb": children, "children": len(pids) - 1}


if __name__ == "__main__":
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # also under nohup: what is measured ends with its terminal
    pty_probe.Screen, pty_probe.Probe = Screen, Probe
    sys.exit(pty_probe.main())
