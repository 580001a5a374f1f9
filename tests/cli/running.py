"""Commands as people and scripts run them: each in a process of its own, in a pipe or on a terminal."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "tui"]
SGR = re.compile(r"\x1b\[[0-9;]*m")
"""A sequence that changes nothing but colours."""

_LEFT_OUT = {"NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "TERM", "COLORTERM", "PYTHONIOENCODING", "TTY_COMPATIBLE"}


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment without what chooses colours and sizes, but for `extra`."""
    kept = {name: value for name, value in os.environ.items() if name not in _LEFT_OUT}
    return {**kept, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", **(extra or {})}


def cardtui(
    *arguments: str | Path, stdin: bytes = b"", env: Mapping[str, str] | None = None, cwd: Path | None = None
) -> Ended:
    """Run a command with its output in pipes."""
    done = subprocess.run(
        [*COMMAND, *map(str, arguments)],
        input=stdin,
        capture_output=True,
        env=environment(env),
        cwd=cwd,
        timeout=30,
        check=False,
    )
    return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())


def python(code: str, *arguments: str | Path, env: Mapping[str, str] | None = None) -> Ended:
    """Run Python code in a clean interpreter, its output in pipes."""
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True,
        env=environment(env),
        timeout=60,
        check=False,
    )
    return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())


def on_terminal(
    *arguments: str | Path,
    keys: Sequence[tuple[str, str]] = (),
    size: tuple[int, int] = (100, 30),
    env: Mapping[str, str] | None = None,
    stdin: bytes | None = None,
) -> Ended:
    """Run a command on a terminal of columns × lines; all that it writes there is `out`.

    Each of `keys` is typed once the text before it is on the screen. With `stdin`, standard input is a pipe.
    """
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
    process = subprocess.Popen(
        [*COMMAND, *map(str, arguments)],
        stdin=theirs if stdin is None else subprocess.PIPE,
        stdout=theirs,
        stderr=theirs,
        env=environment(env),
        start_new_session=True,
    )
    os.close(theirs)
    if process.stdin is not None:
        process.stdin.write(stdin or b"")
        process.stdin.close()
    try:
        out = _talk(ours, process, list(keys))
        return Ended(process.wait(10), out.replace("\r\n", "\n"), "")
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def _talk(terminal: int, process: subprocess.Popen[bytes], keys: list[tuple[str, str]]) -> str:
    """Read what the process writes until it ends, typing the keys when their words have come."""
    data = b""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        ended = process.poll() is not None
        if select.select([terminal], [], [], 0.05)[0]:
            with contextlib.suppress(OSError):  # Linux: the other side was closed
                if chunk := os.read(terminal, 65_536):
                    data += chunk
                    continue
        if ended:
            return data.decode(errors="replace")
        if keys and keys[0][0] in data.decode(errors="replace"):
            os.write(terminal, keys.pop(0)[1].encode())
    raise AssertionError(f"still running after 20 seconds; so far: {data[-2000:]!r}")
