"""The real app on a terminal, to be killed, and what is left of it then."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tests.cli.running import COMMAND, Ended, environment

PATIENCE = 30.0
"""Seconds after which something that was waited for will not come."""


class App:
    """The app in a process of its own, on a terminal of its own."""

    def __init__(self, *arguments: str | Path, env: Mapping[str, str], before: Sequence[str] = ()) -> None:
        """`before` is put before the command: what starts it."""
        self.written = b""
        """All that it has written to the terminal."""

        self._terminal, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        self.process = subprocess.Popen(
            [*before, *COMMAND, *map(str, arguments)],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment(env),
            start_new_session=True,
        )
        os.close(theirs)

    def __enter__(self) -> App:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        os.close(self._terminal)

    def run(self, seconds: float) -> None:
        """Let it run for a while."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._read(left)

    def until_shown(self, words: str) -> None:
        """Let it run until it has written some words."""
        self._until(lambda: words.encode() in self.written, f"{words!r} was not written")

    def type(self, keys: str) -> None:
        """Type keys."""
        os.write(self._terminal, keys.encode())

    def ended(self) -> int:
        """Let it run to its end; its exit status."""
        self._until(lambda: self.process.poll() is not None, "it does not end")
        return self.process.wait()

    def kill(self) -> None:
        """End it at once, without giving it time for anything."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def _until(self, is_so: Callable[[], bool], complaint: str) -> None:
        end = time.monotonic() + PATIENCE
        while not is_so():
            assert time.monotonic() < end, f"{complaint}; so far: {self.written[-2000:]!r}"
            self._read(0.05)

    def _read(self, seconds: float) -> None:
        if select.select([self._terminal], [], [], seconds)[0]:
            try:
                self.written += os.read(self._terminal, 65_536)
            except OSError:  # Linux: the other side was closed
                time.sleep(min(seconds, 0.05))


def listed(
    folder: Path, *options: str, env: Mapping[str, str] | None = None, before: Sequence[str] = (), seconds: float = 60
) -> Ended:
    """The cards of a folder as JSON, one a line."""
    done = subprocess.run(
        [*before, *COMMAND, "list", str(folder), "--format", "jsonl", *options],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=environment(env),
        timeout=seconds,
        check=False,
    )
    return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())


def workers_with(words: str) -> list[int]:
    """The reading processes that run with some words in their environment."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it has ended
            command = (folder / "cmdline").read_bytes().split(b"\0")
            if b"tui.library.worker" in command and words.encode() in (folder / "environ").read_bytes():
                found.append(int(folder.name))
    return found


def until_gone(words: str) -> None:
    """Wait until no reading process is left with some words in its environment."""
    end = time.monotonic() + PATIENCE
    while left := workers_with(words):
        assert time.monotonic() < end, f"{left} are left"
        time.sleep(0.02)
