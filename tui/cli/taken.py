"""The terminal while the app is loading: what is typed waits, the background is asked for, and all is put back."""

from __future__ import annotations

import os
import select
import signal
import termios
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from tui.background import QUESTION, Answers, dark_by_environment
from tui.cli.first_text import LEAVE
from tui.cli.output import paint
from tui.terminal import ENDING


class Taken:
    """The terminal while the app is loading: what is typed shows nowhere and waits."""

    is_handed_over = False
    """Whether the app has it now."""

    def __init__(self) -> None:
        self.before = termios.tcgetattr(0)
        """The terminal's modes before."""

        self.answers = Answers()
        modes = termios.tcgetattr(0)
        modes[0] &= ~(termios.ICRNL | termios.INLCR | termios.IGNCR | termios.IXON)
        modes[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
        modes[6][termios.VSUSP] = b"\0"  # Ctrl+Z is a key that the app will find; Ctrl+C ends it at once
        modes[6][termios.VMIN] = 1
        termios.tcsetattr(0, termios.TCSANOW, modes)

    def typed(self) -> bytes:
        """What was typed up to now; an answer among it is taken out."""
        found = b""
        while select.select([0], [], [], 0)[0] and (data := os.read(0, 4096)):
            found += self.answers.take(data)
        return found

    def hand_over(self) -> None:
        """Leave the terminal to the app; a signal that would end it waits until the app can end in order."""
        signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
        self.is_handed_over = True

    def give_back(self) -> None:
        """Put the terminal back as it was before."""
        with suppress(OSError, termios.error):  # the terminal is gone
            if not self.is_handed_over:
                os.write(1, LEAVE.encode())
            termios.tcsetattr(0, termios.TCSANOW, self.before)

    def end(self, number: int, _frame: FrameType | None) -> None:
        """End at once: an error raised amid an import would reach whoever catches errors there, and there is no app."""
        self.give_back()
        os._exit(128 + number)


@contextmanager
def taken_terminal(*, asks: bool) -> Iterator[Taken]:
    """Take the terminal, and perhaps ask for its background; however that ends, the terminal is as it was before."""
    taken = Taken()
    try:
        for number in ENDING:
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, taken.end)
        if asks:
            paint(QUESTION)
        taken.answers.is_dark = dark_by_environment(os.environ)
        yield taken
    finally:
        taken.give_back()
