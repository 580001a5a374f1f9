"""The real app before a person: a terminal that shows, answers, is resized and typed at."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from codecs import getincrementaldecoder
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.cli.running import COMMAND, environment
from tests.terminal.screen import Screen

SAMPLES = Path(__file__).parents[2] / "sample_cards"
PATIENCE = 30.0
"""Seconds after which something that was waited for will not come."""

LOCALE = {"LC_ALL": "", "LC_CTYPE": "", "LANG": ""}
"""No word about the character set."""

BACKGROUND = "11;?"
"""The question for the background's colour."""


class Person:
    """A terminal with a program on it, which has it as its controlling terminal."""

    def __init__(
        self,
        *arguments: str | Path,
        env: Mapping[str, str] | None = None,
        size: tuple[int, int] = (100, 30),
        command: Sequence[str] = COMMAND,
        files: Mapping[str, str] | None = None,
    ) -> None:
        """`files` lie in the folder where the program runs, which is a person's own, by their paths there."""
        self.written = b""
        """All that it has written to the terminal."""

        self.screen = Screen(*size)
        self.answers: dict[str, str] = {}
        """What the terminal answers to a question, as soon as it is asked."""

        self._answered = 0
        self._part = ""
        """The beginning of a sequence whose end has not come."""

        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self.folder = TemporaryDirectory(prefix="cardtui-")
        """Where the program runs."""

        for path, text in (files or {}).items():
            file = Path(self.folder.name, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        words = [*command, *map(str, arguments)]
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
            os.chdir(self.folder.name)
            try:
                os.execvpe(
                    words[0],
                    words,
                    environment(
                        {"COLORTERM": "truecolor", **LOCALE, "XDG_CONFIG_HOME": self.folder.name, **(env or {})}
                    ),
                )
            finally:
                os._exit(127)
        self.modes: list[Any] = termios.tcgetattr(self.terminal)
        """The terminal's modes before the program."""

    def __enter__(self) -> Person:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process:
            os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)
        os.close(self.terminal)
        self.folder.cleanup()

    def resize(self, columns: int, lines: int) -> None:
        """Give the terminal another size."""
        self.screen.resize(columns, lines)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def type(self, keys: str) -> None:
        """Type keys."""
        os.write(self.terminal, keys.encode())

    def shows(self, *words: str) -> str:
        """Wait until all words are on the screen, and give its text."""
        return self.until(lambda text: all(word in text for word in words), f"{words} not on the screen")

    def until(self, fits: Callable[[str], bool], complaint: str) -> str:
        """Wait until the screen's text fits, and give it."""
        end = time.monotonic() + PATIENCE
        while not fits(text := self.screen.text):
            assert time.monotonic() < end, f"{complaint}:\n{text}\n{self.written[-1000:]!r}"
            self.run(0.05)
        return text

    def rests(self, seconds: float = 0.4) -> str:
        """Wait until nothing more is written for a while, and give the screen's text."""
        end = time.monotonic() + PATIENCE
        while self._read(seconds):
            assert time.monotonic() < end, "it does not rest"
        return self.screen.text

    def run(self, seconds: float) -> None:
        """Let it run for a while."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._read(left)

    def asked(self, question: str) -> None:
        """Wait until the terminal was asked something."""
        self.until(lambda _: question in self.screen.asked, f"{question!r} was not asked")

    def ended(self) -> int:
        """Wait until the program has ended; its exit status, below zero the signal that ended it."""
        end = time.monotonic() + PATIENCE
        while True:
            process, status = os.waitpid(self.process, os.WNOHANG)
            self._read(0.02)
            if process:
                self.process = 0
                while self._read(0.05):
                    pass
                return os.waitstatus_to_exitcode(status)
            assert time.monotonic() < end, f"it does not end:\n{self.screen.text}"

    def _read(self, seconds: float) -> bool:
        if not select.select([self.terminal], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self.terminal, 65_536)
        except OSError:  # Linux: nobody has the other side
            time.sleep(min(seconds, 0.05))
            return False
        if not data:
            return False
        self.written += data
        whole, self._part = _split(self._part + self._decode(data))
        self.screen.show(whole)
        for question in self.screen.asked[self._answered :]:
            if question in self.answers:
                self.type(self.answers[question])
        self._answered = len(self.screen.asked)
        return True


def _split(data: str) -> tuple[str, str]:
    """What can be obeyed, and the beginning of a sequence whose end has not come."""
    match = re.search(r"\x1b(?:\[[?<>=]?[\d;:]*[ -/]*|\][^\x07\x1b]*\x1b?)?$", data)
    return (data[: match.start()], data[match.start() :]) if match else (data, "")


def shell(env: Mapping[str, str] | None = None, size: tuple[int, int] = (100, 30)) -> Person:
    """A shell with job control, in which the app can be started by `START`."""
    more = {"PS1": "PROMPT ", "HISTFILE": "", **(env or {})}
    return Person("--norc", "--noprofile", "-i", env=more, size=size, command=["bash"])


START = f"{sys.executable} -m tui {SAMPLES}\n"
"""What is typed at a shell."""
