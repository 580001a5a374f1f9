"""A terminal over a session: what was typed before the app stood, stops and goes on, and answers that come late.

- What was typed while the app was loading comes first, and the answer to what was asked then is taken out of the keys.
- Ctrl+Z stops the whole job, as of any program, and not where nobody is there to continue it.
- A process that was stopped from outside and goes on takes the terminal anew.
- The size is what the system says. A terminal that offers to report it itself (mode 2048) is not asked to: what lies
  between it and the app may change the size too.
"""

from __future__ import annotations

import os
import selectors
import signal
from codecs import getincrementaldecoder
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from textual import events
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.message import Message
from textual.messages import InBandWindowResize

from tui.background import Answers
from tui.driver import TerminalDriver
from tui.messages import BackgroundTold
from tui.terminal import Terminal

_TICK = 0.1
"""Seconds without input after which the beginning of a sequence is taken for a key."""

_PATIENCE = 20
"""Such ticks after which the rest of an answer will not come."""


@dataclass(slots=True)
class Begun:
    """How start-up left the terminal."""

    shows: Terminal = field(default_factory=Terminal)
    """What the terminal shows."""

    attributes: list[Any] | None = None
    """The terminal's modes before it."""

    typed: bytes = b""
    """What was typed meanwhile."""

    answers: Answers = field(default_factory=Answers)
    """Takes the answer to the question for the background out of the input."""


class SessionDriver(TerminalDriver):
    """Takes the terminal and gives it back, and reads what is typed."""

    def __init__(self, app: App[Any], *, begun: Begun, **settings: Any) -> None:
        super().__init__(app, **settings)
        self._begun = begun
        self._early: list[Message] | None = []
        """The keys that came before the app stood; None once it does."""

        self._lock = Lock()
        self._is_stopped = False
        """Whether the terminal was given back for the time that the process is stopped."""

    # The terminal's modes

    def start_application_mode(self) -> None:
        """Take the terminal; in the end it is given back as it was before start-up touched it."""
        super().start_application_mode()
        if self._begun.attributes is not None and self.attrs_before is not None:
            self.attrs_before = self._begun.attributes
            self._begun.attributes = None

    def _query_in_band_window_resize(self) -> None:
        """Leave the terminal's own reports of its size alone."""

    def _request_terminal_sync_mode_support(self) -> None:
        """Ask whether frames can be shown at once, but no terminal that might print the question."""
        if not self._begun.shows.is_plain:
            super()._request_terminal_sync_mode_support()

    def process_message(self, message: Message) -> None:
        """Pass on what came from the terminal, but not an offer to report its size; keys once the app stands."""
        with self._lock:
            if self._early is not None and isinstance(message, (events.InputEvent, events.Paste)):
                self._early.append(message)
            elif not isinstance(message, InBandWindowResize):
                super().process_message(message)

    def stand(self) -> None:
        """Pass on the keys that came before there was anything to have them."""
        with self._lock:
            early, self._early = self._early, None
            for message in early or ():
                super().process_message(message)

    # Job control

    def _sigtstp_application(self, *_: object) -> None:
        """Stop, with the terminal as it was; not where no shell could continue the job: the system knows that."""
        is_ours = self._auto_restart
        if is_ours:
            self._is_stopped = True
            self.suspend_application_mode()
        handlers = {number: signal.signal(number, signal.SIG_DFL) for number in (signal.SIGTSTP, signal.SIGCONT)}
        (os.killpg if is_ours else os.kill)(os.getpgrp() if is_ours else os.getpid(), signal.SIGTSTP)
        for number, handler in handlers.items():
            signal.signal(number, handler)
        if is_ours:
            self._sigcont_application()

    def _sigcont_application(self, *_: object) -> None:
        """Take the terminal again and draw everything, also after a stop that was not foreseen."""
        if not self._auto_restart or self._writer_thread is None:
            return
        if not self._is_stopped:
            self._is_stopped = True
            self.suspend_application_mode()
        self._must_signal_resume = True
        self.start_application_mode()
        self._is_stopped = self._must_signal_resume  # which it still is in the background: the process stops again

    # Input

    def run_input_thread(self) -> None:
        """Read what comes from the terminal until the app ends."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        self._feed(parser, decode(self._begun.typed))
        self._begun.typed = b""
        idle = 0
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(_TICK):
                    if not (data := self._read()):
                        break  # the terminal is gone
                    idle = 0
                    self._feed(parser, self._typed(data, decode))
                else:
                    idle += 1
                    if not self._begun.answers.is_within or idle > _PATIENCE:
                        self._feed(parser, decode(self._begun.answers.give_up()))
                for message in parser.tick():
                    self.process_message(message)

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, 4096)
        except OSError:
            return b""

    def _typed(self, data: bytes, decode: Callable[[bytes], str]) -> str:
        """What of the data was typed; an answer among it is told."""
        answers = self._begun.answers
        before = answers.is_dark
        typed = decode(answers.take(data))
        if answers.is_dark is not None and answers.is_dark != before:
            self.process_message(BackgroundTold(answers.is_dark))
        return typed

    def _feed(self, parser: XTermParser, text: str) -> None:
        if text:  # nothing would end the parser
            for message in parser.feed(text):
                self.process_message(message)
