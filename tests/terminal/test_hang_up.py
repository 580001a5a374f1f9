"""A terminal that hung up takes no more text: the command still ends."""

from __future__ import annotations

import os
import pty
import select
import signal
import sys
import time
from pathlib import Path

SAMPLES = Path(__file__).parents[2] / "sample_cards"


def test_a_terminal_that_takes_nothing_more_keeps_no_process() -> None:
    process, terminal = pty.fork()
    if process == 0:
        os.environ["TERM"] = "xterm-256color"
        os.execv(sys.executable, [sys.executable, "-m", "tui", str(SAMPLES)])
    try:
        os.read(terminal, 1)
        time.sleep(2)  # nobody reads on: what it draws fills the terminal's buffer, and its next write blocks
        os.kill(process, signal.SIGHUP)
        assert _ended(process, within=10)
    finally:
        os.close(terminal)


def test_a_terminal_that_is_gone_without_a_signal_keeps_no_process() -> None:
    """Under a session leader that ignores its end, as make does, nobody tells the app."""
    process, terminal = pty.fork()
    if process == 0:
        os.environ["TERM"] = "xterm-256color"
        command = f"trap '' HUP; '{sys.executable}' -m tui '{SAMPLES}'; exit 0"
        os.execv("/bin/sh", ["/bin/sh", "-c", command])
    end = time.monotonic() + 3
    while time.monotonic() < end:  # until the app stands
        if select.select([terminal], [], [], 0.1)[0]:
            os.read(terminal, 65536)
    os.close(terminal)
    assert _ended(process, within=10)


def _ended(process: int, within: float) -> bool:
    end = time.monotonic() + within
    while time.monotonic() < end:
        if os.waitpid(process, os.WNOHANG)[0]:
            return True
        time.sleep(0.05)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    return False
