"""Bytes → text, and text → YAML block and body.

Cards come from every editor and every machine: with a byte order mark, in UTF-16, with CRLF, and with front
matter that nobody closed.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from tui.cards.model import Problem

_MARKS = (
    (codecs.BOM_UTF8, "utf-8", 3),
    (codecs.BOM_UTF32_LE, "utf-32-le", 4),
    (codecs.BOM_UTF32_BE, "utf-32-be", 4),
    (codecs.BOM_UTF16_LE, "utf-16-le", 2),
    (codecs.BOM_UTF16_BE, "utf-16-be", 2),
    (b"-\0-\0-\0", "utf-16-le", 0),
    (b"\0-\0-\0-", "utf-16-be", 0),
)
"""What a file begins with, the encoding that this tells, and how many bytes of it are no text."""

_FENCE = re.compile(r"-{3,}[ \t]*")
_KEY = re.compile(r"[A-Za-z_][\w.-]*:(?:\s|$)")
_MAPPED = re.compile(rf"[\s#\]}}-]|{_KEY.pattern}")
"""How the lines of a mapping begin."""

_BODY_START = re.compile(r"#{1,6}[ \t]|<!--|<[a-zA-Z]")
_SOME_KEY = re.compile(r":(?:\s|$)")
_NO_YAML = re.compile(r"<(?!<)|[|*>A-Za-z]")
"""How a line begins that is no part of a mapping, where it is no key."""

_CONFLICT = "<<<<<<< "
_SIDES = re.compile(r"={7}|(?:\|{7}|>{7})(?: .*)?")
"""The other lines that git leaves in a file with a conflict."""


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
    for mark, name, length in _MARKS:
        if data.startswith(mark):
            data, encoding, mark_length = data[length:], name, length
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
    problems = _conflicts(lines) if _CONFLICT in text else []
    first = next((i for i, line in enumerate(lines) if line.strip()), len(lines))
    if first == len(lines) or not _FENCE.fullmatch(lines[first]):
        return Parts(lines, 0, 0, 0, tuple(problems))
    start = first + 1
    fences = (i for i in range(start, len(lines)) if lines[i].startswith("---") and _FENCE.fullmatch(lines[i]))
    close = next(fences, None)
    if lines[first].rstrip() != "---" and (close is None or not _begins_with_key(lines, start)):
        return Parts(lines, 0, 0, 0, tuple(problems))  # a rule above the text
    if close is not None and (behind := _behind_empty(lines, start, close)):
        if any(line.strip() for line in lines[start:close]):
            message = "the front matter stands behind an empty one, where the Hub does not look for it"
            problems.append(Problem("front-matter-fence", start, message))
        start, close = close + 1, behind
    body = _body_within(lines, start, len(lines) if close is None else close)
    if close is None or body is not None:
        problems.append(Problem("front-matter-unclosed", start, "the front matter is never closed by a line of ---"))
        end = _unclosed_end(lines, start) if body is None else body
        return Parts(lines, start, end, end, tuple(problems))
    odd = [i for i in (first, close) if lines[i].rstrip() != "---"]
    if odd:
        message = f"the line at the front matter's edge has {len(lines[odd[0]].rstrip())} dashes instead of three"
        problems.append(Problem("front-matter-fence", odd[0] + 1, message))
    return Parts(lines, start, close, close + 1, tuple(problems))


def _conflicts(lines: list[str]) -> list[Problem]:
    """The conflicts that git has left, a problem each; their marks become blank lines."""
    problems: list[Problem] = []
    inside = False
    for index, line in enumerate(lines):
        if line.startswith(_CONFLICT):
            message = "git has left a conflict here; the lines of both sides are read, one after the other"
            problems.append(Problem("merge-conflict", index + 1, message))
            inside = True
        elif inside and _SIDES.fullmatch(line):
            inside = line[0] != ">"
        else:
            continue
        lines[index] = ""
    return problems


def _behind_empty(lines: list[str], start: int, close: int) -> int | None:
    """Where front matter ends that stands right behind an empty one; None where there is none."""
    if any(line.strip() not in {"", "{}"} for line in lines[start:close]) or not _begins_with_key(lines, close + 1):
        return None
    end = next((i for i in range(close + 1, len(lines)) if _FENCE.fullmatch(lines[i])), None)
    return end if end is not None and all(map(_MAPPED.match, filter(str.strip, lines[close + 1 : end]))) else None


def _begins_with_key(lines: list[str], start: int) -> bool:
    return bool(_KEY.match(next((line for line in lines[start:] if line.strip()), "")))


def _body_within(lines: list[str], start: int, end: int) -> int | None:
    """Where the body certainly begins before `end`: at a heading, comment or tag behind which no YAML follows.

    A heading may also be a comment of the YAML, and a closing line a rule of the body.
    """
    begin: int | None = None
    for index in range(start, end):
        line = lines[index]
        if begin is None and line.startswith(("#", "<")) and _BODY_START.match(line):
            begin = index
        if begin is None or not line.strip() or line.startswith(("#", "<!--", "- ")):
            continue
        if _NO_YAML.match(line) and not _SOME_KEY.search(line):
            return begin
        begin = None
    return None


def _unclosed_end(lines: list[str], start: int) -> int:
    """Where unclosed front matter most likely ends: at the first heading, comment or tag, or at a blank line."""
    key = next((i for i in range(start, len(lines)) if _KEY.match(lines[i])), start)
    end = next((i for i in range(key, len(lines)) if _BODY_START.match(lines[i])), None)
    return next((i for i in range(key, len(lines)) if not lines[i].strip()), len(lines)) if end is None else end
