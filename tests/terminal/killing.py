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
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Self

from tests.cli.running import COMMAND, Ended, environment
from tests.screens.following import card

PATIENCE = 30.0
"""Seconds after which something that was waited for will not come."""


def _take_terminal() -> None:
    """Make standard input the terminal of the process: it is told of its size, and of its end."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


class Session:
    """A program in a process of its own, on a terminal of its own."""

    def __init__(
        self,
        command: Sequence[str],
        env: Mapping[str, str],
        size: tuple[int, int] = (100, 30),
        folder: Path | None = None,
    ) -> None:
        """`size` in columns and lines; `folder` is the current one of the program, None: that of the tests."""
        self.written = b""
        """All that it has written to the terminal."""

        self._terminal, theirs = pty.openpty()
        self.resize(size)
        self.process = subprocess.Popen(
            command,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment(env),
            cwd=folder,
            start_new_session=True,
            preexec_fn=_take_terminal,  # noqa: PLW1509 - one call to the system
        )
        os.close(theirs)

    def __enter__(self) -> Self:
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

    def resize(self, size: tuple[int, int]) -> None:
        """Give the terminal another size, in columns and lines."""
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))

    def modes(self) -> list[object]:
        """How the terminal treats what is typed and written."""
        return termios.tcgetattr(self._terminal)

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


class App(Session):
    """The app."""

    def __init__(self, *arguments: str | Path, env: Mapping[str, str], before: Sequence[str] = ()) -> None:
        """`before` is put before the command: what starts it."""
        super().__init__([*before, *COMMAND, *map(str, arguments)], env)


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


def processes_with(words: str) -> dict[int, list[str]]:
    """The processes that run with some words in their environment, and the words of their commands."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it has ended
            if words.encode() in (folder / "environ").read_bytes():
                found[int(folder.name)] = (folder / "cmdline").read_bytes().decode(errors="replace").split("\0")
    return found


def workers_with(words: str) -> list[int]:
    """The reading processes that run with some words in their environment."""
    return [process for process, command in processes_with(words).items() if "tui.library.worker" in command]


def until_gone(words: str, among: Callable[[str], Collection[int]] = workers_with) -> None:
    """Wait until no reading process, or none at all, is left with some words in its environment."""
    end = time.monotonic() + PATIENCE
    while left := among(words):
        assert time.monotonic() < end, f"{left} are left"
        time.sleep(0.02)


def grow(folder: Path, count: int) -> Path:
    """Cards in folders of a hundred, as old as cards usually are: what is new may change once more at any moment."""
    for number in range(count):
        path = folder / f"sweep-{number // 100:02}" / f"run-{number:04}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(card(f"card-{number:04}", f"0.{number:04}7"), encoding="utf-8")
        os.utime(path, (1_700_000_000, 1_700_000_000))
    return folder
