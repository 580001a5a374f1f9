"""The terminal, as far away as it may be: what was written to it, and how much of that it has taken.

The system takes hundreds of kilobytes that a slow line has yet to carry. To know what has arrived, the terminal is
asked now and then, behind what was written, where its cursor is: it answers when it has come to the question.
"""

from __future__ import annotations

import sys
import time
from collections import deque
from typing import IO, Any

from textual import events
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from tui.render.colour_changes import told_by_change

_WHERE = "\x1b[6n"
"""Asks for the cursor's position, as every terminal since the VT100 understands it."""

_STEP = 2_000
"""So much is written between two questions."""

_MOST = 8_000
"""So much may be on its way before a frame has to wait: two frames of a scrolling pane, 0.4 s on a line of 20 kB/s."""

_PATIENCE = 10.0
"""Seconds without an answer after which none is waited for: another terminal may have taken the place of this one."""

_LAST_WORD = 3.0
"""Seconds that the end waits for answers that are due: they would be typed into the shell."""


class _Counted:
    """A file that counts what the system has taken."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._given = 0
        self.passed = 0
        """How much was written and flushed."""

    def write(self, text: str) -> int:
        """Write, which may wait for the system."""
        self._given += len(text)
        return self._file.write(text)

    def flush(self) -> None:
        """Have the system take what was written, which may wait for it."""
        given = self._given
        self._file.flush()
        self.passed = given

    def fileno(self) -> int:
        """The number of the file."""
        return self._file.fileno()


class TerminalDriver(LinuxDriver):
    """Writes to the terminal, and knows whether it is behind."""

    class CaughtUp(Message):
        """The terminal has taken what had to be waited for, or some of it."""

    def __init__(self, app: App[Any], **settings: Any) -> None:
        super().__init__(app, **settings)
        self._counted = _Counted(sys.__stderr__ or sys.stderr)
        self._file: Any = self._counted
        self._written = 0
        self._taken = 0
        self._asked = 0
        self._questions: deque[int] = deque()
        """What had been written when each of the questions was asked that are still without an answer."""

        self._is_asking = False
        self._answers = False
        self._heard_at = 0.0

    @property
    def is_behind(self) -> bool:
        """Whether what is drawn now would come late: what was drawn before has yet to arrive."""
        if self._written - self._counted.passed > _MOST:
            return True
        if not self._answers or self._written - self._taken <= _MOST:
            return False
        self._answers = time.monotonic() - self._heard_at < _PATIENCE
        return self._answers

    def start_application_mode(self) -> None:
        """Take the terminal, and find out whether it answers."""
        self._questions.clear()
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self._writer_thread is not None:
            self._writer_thread._queue.maxsize = 0  # full it would block the event loop; frames are held back instead
            self._taken, self._is_asking = self._written, True
            self._ask()

    def _run_input_thread(self) -> None:
        """Read keys; an error of that ends the app as any other does."""
        try:
            self.run_input_thread()
        except Exception as error:  # noqa: BLE001 - it is told when the app has ended
            self._app.call_later(self._app._handle_exception, error)

    def write(self, data: str) -> None:
        """Write, without waiting for the terminal, and no colour twice."""
        data = told_by_change(data)
        self._written += len(data)
        super().write(data)
        if self._may_ask and self._written - self._asked > _MOST:  # no frame follows as long as it is behind
            self._ask()

    def flush(self) -> None:
        """Follow a frame with a question, where enough was written since the last one; who is mute is asked once."""
        if self._may_ask and self._written - self._asked >= _STEP:
            self._ask()

    @property
    def _may_ask(self) -> bool:
        return self._is_asking and (self._answers or not self._questions)

    def _ask(self) -> None:
        if not self._questions:
            self._heard_at = time.monotonic()
        self._asked = self._written + len(_WHERE)
        self._questions.append(self._asked)
        self.write(_WHERE)

    def process_message(self, message: Message) -> None:
        """Take an answer, in the thread that reads keys; all else goes on to the app."""
        if not isinstance(message, events.CursorPosition):
            super().process_message(message)
        elif self._questions:
            self._taken = self._questions.popleft()
            self._answers, self._heard_at = True, time.monotonic()
            self.send_message(self.CaughtUp())

    def forget(self) -> None:
        """Wait for nothing more: the terminal is gone."""
        self._answers = False

    def disable_input(self) -> None:
        """Ask no more, and read no more keys once what is due was answered."""
        self._is_asking = False
        end = time.monotonic() + _LAST_WORD
        while self._questions and self._answers and time.monotonic() < end:
            time.sleep(0.002)
        super().disable_input()
