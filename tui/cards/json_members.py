"""JSON text → the members of its object with their lines, as far as the text can be read.

The standard library reads the whole of a text or nothing. A file that is being written, or that a full disk cut,
still says something up to the break.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

_BLANKS = re.compile(r"[ \t\n\r]*")
_EXACT_DIGITS = 15
"""A float holds every whole number of so many digits."""


def _whole(digits: str) -> int | float:
    """A whole number; a huge one as a float, since thousands of digits cost time and mean nothing."""
    return int(digits) if len(digits) <= _EXACT_DIGITS else float(digits)


_DECODER = json.JSONDecoder(parse_int=_whole)


@dataclass(frozen=True, slots=True)
class Member:
    """A value of the object."""

    value: object
    """What ``json`` makes of it; whole numbers beyond 15 digits are floats. None for a list taken apart."""

    line: int
    """Where the value begins, counted from 1."""

    elements: tuple[Member, ...] | None = None
    """The elements of the list that was taken apart; None for every other value."""


@dataclass(frozen=True, slots=True)
class Members:
    """An object, or what could be read of it."""

    found: Mapping[str, Member]
    """Name → value, in the order of the text; of equal names the last."""

    broken: str = ""
    """Why the text could not be read to its end, else empty."""

    line: int = 0
    """The line of the break; 0 where there is none."""


def read(text: str, taken_apart: str = "") -> Members:
    """Read a text that should be one object; the list named `taken_apart` is read element by element.

    Never raises. Accepts what Python writes: ``NaN``, ``Infinity``, ``-Infinity``. A number or word at the very end of
    a text that breaks off is not taken for whole.
    """
    scanner = _Scanner(text, taken_apart)
    try:
        scanner.everything()
    except json.JSONDecodeError as error:
        is_cut = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string")
        reason = "the file ends in the middle" if is_cut else error.msg[:1].lower() + error.msg[1:]
        return Members(scanner.found, "the file is empty" if not text.strip() else reason, error.lineno)
    except RecursionError:
        return Members(scanner.found, "brackets are nested too deep", scanner.line())
    return Members(scanner.found)


class _Scanner:
    """Walks a text and keeps what it has read; raises JSONDecodeError or RecursionError at a break."""

    def __init__(self, text: str, taken_apart: str) -> None:
        self.text = text
        self.at = 0
        self.found: dict[str, Member] = {}
        self._taken_apart = taken_apart
        self._line = 1
        self._counted = 0

    def everything(self) -> None:
        """Read the whole text."""
        self.expect("{")
        while not self.took("}"):
            self.member()
            if not self.took(","):
                self.expect("}")
                break
        self.blanks()
        if self.at < len(self.text):
            raise json.JSONDecodeError("text follows the object", self.text, self.at)

    def member(self) -> None:
        """Read ``"name": value``."""
        self.blanks()
        start = self.at
        name = self.value()
        if not isinstance(name, str):
            raise json.JSONDecodeError("a name is no text", self.text, start)
        self.expect(":")
        self.blanks()
        line = self.line()
        if name == self._taken_apart and self.text.startswith("[", self.at):
            elements: list[Member] = []
            try:
                self.elements(elements)
            finally:
                self.found[name] = Member(None, line, tuple(elements))
        else:
            self.found[name] = Member(self.value(), line)

    def elements(self, found: list[Member]) -> None:
        """Read a list into `found`, which has what stands before a break."""
        self.expect("[")
        while not self.took("]"):
            self.blanks()
            line = self.line()
            found.append(Member(self.value(), line))
            if not self.took(","):
                self.expect("]")
                return

    def value(self) -> object:
        """Read any value; one that the end of the text may have cut is no value."""
        value: object
        value, end = _DECODER.raw_decode(self.text, self.at)
        if end == len(self.text) and not isinstance(value, str | list | dict):
            raise json.JSONDecodeError("the file ends in the middle", self.text, end)
        self.at = end
        return value

    def blanks(self) -> None:
        """Step over white space."""
        if match := _BLANKS.match(self.text, self.at):
            self.at = match.end()

    def took(self, sign: str) -> bool:
        """Whether the next character is this one; if so, steps over it."""
        self.blanks()
        if not self.text.startswith(sign, self.at):
            return False
        self.at += 1
        return True

    def expect(self, sign: str) -> None:
        """Step over a character that must be there."""
        if not self.took(sign):
            raise json.JSONDecodeError(f"expecting {sign!r}", self.text, self.at)

    def line(self) -> int:
        """The line that has been reached; each line end is counted once."""
        self._line += self.text.count("\n", self._counted, self.at)
        self._counted = self.at
        return self._line
