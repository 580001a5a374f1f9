"""Whether the terminal's background is dark or light: asked of the terminal, else told by the environment.

The question is written before anything else is loaded, and nobody waits for the answer: it comes among the keys that
are typed, soon, late or never, and is taken out of them wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

QUESTION = "\x1b]11;?\x1b\\"
"""Asks for the background's colour, in xterm's words."""

_START = b"\x1b]11;"
_ANSWER = re.compile(rb"\x1b\]11;([^\x07\x1b]{0,64})(?:\x07|\x1b\\)")
_COLOUR = re.compile(rb"rgba?:([0-9a-f]{1,4})/([0-9a-f]{1,4})/([0-9a-f]{1,4})(?:/[0-9a-f]{1,4})?", re.IGNORECASE)
_BRIGHT = 0.5
"""The brightness from which on a background is light."""


class Answers:
    """Takes the answer out of what comes from the terminal."""

    def __init__(self) -> None:
        self.is_dark: bool | None = None
        """What the terminal has answered so far."""

        self._held = b""
        """The end of what came, where it may be the beginning of an answer."""

    def take(self, data: bytes) -> bytes:
        """What was typed, of what has come; the beginning of an answer is held back until the rest is there."""
        data = self._held + data
        for match in _ANSWER.finditer(data):
            self.is_dark = _is_dark(match[1], self.is_dark)
        data = _ANSWER.sub(b"", data)
        keep = self._beginning(data)
        self._held = data[keep:]
        return data[:keep]

    def give_up(self) -> bytes:
        """What was held back, as typed: nothing more came, so it is no answer."""
        held, self._held = self._held, b""
        return b"" if len(held) > len(_START) else held

    @property
    def is_within(self) -> bool:
        """Whether certainly an answer, and not a key, is under way."""
        return self._held.startswith(_START)

    @staticmethod
    def _beginning(data: bytes) -> int:
        """Where the beginning of an answer stands at the end of the data; the end of the data where none does."""
        place = data.rfind(_START)
        if place >= 0 and re.fullmatch(rb"[^\x07\x1b]{0,64}\x1b?", data[place + len(_START) :]):
            return place
        lengths = range(len(_START) - 1, 0, -1)
        return next((len(data) - n for n in lengths if data.endswith(_START[:n])), len(data))


def _is_dark(colour: bytes, before: bool | None) -> bool | None:
    """Whether a colour as terminals write it is dark; what was known before where it cannot be read."""
    match = _COLOUR.fullmatch(colour)
    if not match:
        return before
    red, green, blue = (int(part, 16) / (16 ** len(part) - 1) for part in match.groups())
    return bool(0.299 * red + 0.587 * green + 0.114 * blue < _BRIGHT)


def dark_by_environment(environ: Mapping[str, str]) -> bool | None:
    """What COLORFGBG tells, as rxvt, Konsole and others set it: the last number is the background's, 7 and 15 white.

    >>> dark_by_environment({"COLORFGBG": "15;0"}), dark_by_environment({"COLORFGBG": "0;default;15"})
    (True, False)
    """
    number = environ.get("COLORFGBG", "").rpartition(";")[2]
    if not number.isdecimal() or int(number) > 15:
        return None
    return int(number) not in {7, 9, 10, 11, 12, 13, 14, 15}
