"""Bytes → text, and text → YAML block and body.

Cards come from every editor and every machine: with a byte order mark, in UTF-16, with CRLF, and with front
matter that nobody closed.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from tui.cards.model import Problem

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_FENCE = re.compile(r"---[ \t]*")
_BODY_START = re.compile(r"#{1,6}[ \t]|<!--|<[a-zA-Z]")


@dataclass(frozen=True, slots=True)
class Parts:
    """A card's text in its two parts, as lines; indices count from 0."""

    lines: list[str]
    """The whole file."""

    yaml_start: int
    """Index of the first line of the YAML block; equal to `yaml_end` where there is none."""

    yaml_end: int
    """Index behind the last line of the YAML block."""

    body_start: int
    """Index of the first line of the body."""

    problems: tuple[Problem, ...]

    @property
    def yaml(self) -> str:
        """The YAML block."""
        return "\n".join(self.lines[self.yaml_start : self.yaml_end])


def decode(data: bytes) -> tuple[str, tuple[Problem, ...]]:
    r"""The text of a file, line ends as ``\n``; bytes that are no text become U+FFFD and a problem."""
    encoding, mark_length = "utf-8", 0
    for mark, name in _BOMS:
        if data.startswith(mark):
            data, encoding, mark_length = data[len(mark) :], name, len(mark)
            break
    problems: tuple[Problem, ...] = ()
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = _one_line_end(data[: error.start].decode(encoding, "replace")).count("\n") + 1
        message = f"byte {mark_length + error.start + 1} of the file is not {encoding.upper()}; shown as U+FFFD"
        problems = (Problem("undecodable-bytes", line, message),)
        text = data.decode(encoding, "replace")
    return _one_line_end(text), problems


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def split(text: str) -> Parts:
    """Find the front matter: a block between two lines of ``---`` at the start, blank lines before it allowed."""
    lines = text.split("\n")
    first = next((i for i, line in enumerate(lines) if line.strip()), len(lines))
    if first == len(lines) or not _FENCE.fullmatch(lines[first]):
        return Parts(lines, 0, 0, 0, ())
    for end in range(first + 1, len(lines)):
        if _FENCE.fullmatch(lines[end]):
            return Parts(lines, first + 1, end, end + 1, ())
    end = _unclosed_end(lines, first + 1)
    problem = Problem("front-matter-unclosed", first + 1, "the front matter is never closed by a line of ---")
    return Parts(lines, first + 1, end, end, (problem,))


def _unclosed_end(lines: list[str], start: int) -> int:
    """Where unclosed front matter most likely ends: at the first heading, comment or tag of the body."""
    for index in range(start, len(lines)):
        if _BODY_START.match(lines[index]):
            return index
    return next((i for i in range(start, len(lines)) if not lines[i].strip()), len(lines))
