"""Body → headed sections, bullets, tables.

A scanner of lines, since cards are read by the thousand and a full Markdown parser takes ten times as long. It
knows what hides structure: fenced code and HTML comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tui.cards.bounds import MOST_CELLS, MOST_COLUMNS
from tui.cards.model import Problem

_HEADING = re.compile(r" {0,3}(#{1,6})(?=[ \t]|$)")
_CLOSING_MARKS = re.compile(r"(?:^|[ \t])#+$")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*")
_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_BULLET = re.compile(r" {0,3}(?:[-*+]|\d{1,4}[.)])[ \t]+(.*)")
_INNER_BULLET = re.compile(r"\s+(?:[-*+]|\d{1,4}[.)])[ \t]+(.*)")
_DELIMITER_CELL = re.compile(r":?-+:?")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_PIPE = re.compile(r"(?<!\\)\|")
_LEADS = frozenset("<`~#=-")
_COMMENT_END = "-->"
_MARKDOWN = ("md", "markdown")
_NEXT_HEADING = "\n"  # closes nothing by itself
_RESUMES = re.compile(r" {0,3}#{2,6}[ \t]")
_HTML_HEADING = re.compile(r"<h([1-6])(?:\s[^<>]*)?>(.*)</h\1>\s*", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_NOT_UNDERLINED = re.compile(r"\s*$|[ \t]*(?:[-*+>|#]|<|\d+[.)])| {4}|\t")


_LONGEST_HEADING = 1000
"""Characters of an HTML heading."""

_LONGEST_ROW = 200
"""Lines that one row of a table may take."""

_MOST_UNCLOSED = 3
"""Fences and comments without an end that are read around; each costs another look at the whole body."""


class Part(NamedTuple):
    """A heading and what stands under it, up to the next heading; indices into the file's lines."""

    title: str
    topic: str
    """The title without what people change about it: case, marks, emoji."""

    level: int
    heading: int
    """Index of the heading's line; of the first line where the part has none."""

    start: int
    end: int


class Bullet(NamedTuple):
    """A ``- name: value`` or ``1. name: value`` line; the value is empty where there is no colon."""

    name: str
    value: str
    start: int
    end: int
    """Index behind its last line: some writers break a value over two."""


class Table(NamedTuple):
    """A Markdown table: cells as printed, without surrounding blanks."""

    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    """(index of its first line, cells) of each row; a cell of several lines keeps its line ends."""

    start: int
    end: int


@dataclass(slots=True)
class Body:
    """The body of a card, found once and then asked for its parts."""

    lines: Sequence[str]
    """The whole file."""

    parts: list[Part]
    hidden: set[int]
    """Indices of lines inside fenced code and HTML comments: what they hold is no structure."""

    problems: list[Problem]
    """What is wrong with its structure."""

    used: set[int] = field(default_factory=set)
    """Indices of lines that a writer's reader has turned into data; what is left is prose."""

    too_large: dict[int, str] = field(default_factory=dict)
    """Index of the line from which on a table that was asked for is not read → why."""

    def bullets(self, start: int, end: int, *, at_once: bool = False) -> list[Bullet]:
        """The first run of ``- name: value`` lines from `start` on, up to a blank line behind it or `end`.

        With `at_once`, only blank lines may stand before it.
        """
        found: list[Bullet] = []
        for index in range(start, end):
            if index in self.hidden:
                continue
            line = self.lines[index]
            if (text := _bullet(line, inner=bool(found))) is not None:
                name, _, value = text.partition(":")
                found.append(Bullet(_bare(name), value.strip(), index, index + 1))
            elif found and line.strip():
                last = found.pop()
                found.append(Bullet(last.name, f"{last.value} {line.strip()}".strip(), last.start, index + 1))
            elif (found and not self._bullet_follows(index, end)) or (at_once and line.strip()):
                break
        return found

    def _bullet_follows(self, index: int, end: int) -> bool:
        """Whether a blank line at `index` only spreads a list rather than ends it."""
        following = next((i for i in range(index, end) if self.lines[i].strip()), end)
        return following < end and _bullet(self.lines[following], inner=False) is not None

    def tables(self, start: int, end: int) -> Iterator[Table]:
        """The tables between two indices, a header line and a delimiter row each."""
        index = start
        while index < end - 1:
            header = self.lines[index]
            if "|" in header and index not in self.hidden and (found := delimiters(self.lines[index + 1])):
                columns = split_row(header)
                if found > MOST_COLUMNS:
                    self.too_large[index] = f"a table of {found:,} columns is not read; {MOST_COLUMNS:,} are the most"
                elif len(columns) == found:
                    table = self._table(columns, index, end)
                    yield table
                    index = table.end
                    continue
            index += 1

    def _table(self, columns: tuple[str, ...], start: int, end: int) -> Table:
        rows: list[tuple[int, tuple[str, ...]]] = []
        index = start + 2
        most = MOST_CELLS // len(columns)
        while index < end and "|" in self.lines[index] and index not in self.hidden:
            if len(rows) == most:
                self.too_large[index] = f"a table's rows behind {MOST_CELLS:,} cells are not read"
                break
            cells, behind = split_row(self.lines[index]), index + 1
            if len(cells) < len(columns):
                cells, behind = self._joined_row(cells, index, end, len(columns))
            rows.append((index, cells))
            index = behind
        return Table(columns, tuple(rows), start, index)

    def _joined_row(self, cells: tuple[str, ...], index: int, end: int, wanted: int) -> tuple[tuple[str, ...], int]:
        """(cells, index behind it) of a short row: with the lines that follow where they make it exactly whole.

        A cell of several lines breaks its row, which then ends at a later ``|``; the next row begins with one.
        """
        first = self.lines[index].strip()
        if not first.startswith("|") or first.endswith("|"):
            return cells, index + 1
        for behind in range(index + 1, min(end, index + _LONGEST_ROW)):
            line = self.lines[behind]
            if behind in self.hidden:
                break
            if line.rstrip().endswith("|"):
                joined = split_row("\n".join(self.lines[index : behind + 1]))
                if len(joined) >= wanted:
                    return (joined, behind + 1) if len(joined) == wanted else (cells, index + 1)
            if line.startswith("|"):
                break
        return cells, index + 1

    def rest(self, part: Part) -> str:
        """The part's lines that are nobody's data, as Markdown without blank edges."""
        lines = [self.lines[i] for i in range(part.start, part.end) if i not in self.used]
        return "\n".join(lines).strip("\n").rstrip()


def _bullet(line: str, *, inner: bool) -> str | None:
    """What stands behind the mark of a bullet, None where a line is none; an `inner` one may be indented further."""
    if line.startswith("- "):  # as nearly all are
        return line[2:]
    lead = line.lstrip()[:1]
    if not lead or not (lead in "-*+" or lead.isdecimal()):
        return None
    match = _BULLET.fullmatch(line) or (_INNER_BULLET.fullmatch(line) if inner else None)
    return match[1] if match else None


def split_row(line: str) -> tuple[str, ...]:
    """The cells of a table's line; a pipe behind a backslash belongs to its cell."""
    text = line.strip()
    text = text.removeprefix("|")
    if text.endswith("|") and not text.endswith("\\|"):
        text = text[:-1]
    if "\\" not in text:
        return tuple(map(str.strip, text.split("|")))
    return tuple(cell.strip().replace("\\|", "|") for cell in _PIPE.split(text))


def delimiters(line: str) -> int:
    """How many cells a table's delimiter row has; 0 where the line is none."""
    if "-" not in line or line.strip("|:- \t"):
        return 0
    cells = split_row(line)
    return len(cells) if all(map(_DELIMITER_CELL.fullmatch, cells)) else 0


def scan(lines: Sequence[str], start: int) -> Body:
    """Find the headings of a body that begins at index `start` of its file's lines.

    A fence or comment that is never closed would hide all that follows: it is a problem, and hides no further than
    the next heading.
    """
    problems: list[Problem] = []
    unclosed: set[int] = set()
    found = _scan(lines, start, unclosed)
    while found.suspects:
        if len(unclosed) == _MOST_UNCLOSED:
            problems.append(_unclosed(lines, found.suspects[-1]))
            break
        tried = [(opening, _scan(lines, start, unclosed | {opening - 1})) for opening in found.suspects]
        # The one without which nothing else is open, and the fewest headings are hidden.
        opening, found = min(tried, key=lambda one: (bool(one[1].suspects), len(one[1].around), -one[0]))
        unclosed.add(opening - 1)
        problems.append(_unclosed(lines, opening))
    return Body(lines, found.parts, found.hidden, problems)


@dataclass(slots=True)
class _Scan:
    """What one look at a body finds."""

    parts: list[Part] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    around: list[int] = field(default_factory=list)
    """Of each heading in a fence or comment the line on which that began."""

    suspects: list[int] = field(default_factory=list)
    """The lines on which a fence or comment may have begun that has no end."""


def _scan(lines: Sequence[str], start: int, unclosed: set[int]) -> _Scan:
    """Look at a body whose fences and comments at the indices `unclosed` have no end."""
    found = _Scan()
    parts, hidden, around = found.parts, found.hidden, found.around
    title, level, heading, first = "", 0, start, start
    inside = ""  # what closes the fence or comment around a line
    opening = 0  # the line on which that began
    for index in range(start, len(lines)):
        line = lines[index]
        if inside == _NEXT_HEADING and _resumes(lines, index):
            inside = ""
        if inside:
            hidden.add(index)
            if line.startswith("##"):
                around.append(opening)
            elif around[-1:] == [opening] and len(unclosed) < _MOST_UNCLOSED and _begins_another(line, inside):
                found.suspects = [opening]
                break
            if _closes(line, inside):
                inside = ""
            continue
        lead = line.lstrip()[:1]
        if lead not in _LEADS or line.startswith("- "):
            continue
        if inside := _opened(line, lead):
            opening = index + 1
            hidden.add(index)
            if index in unclosed:
                inside = _NEXT_HEADING
            elif inside == _COMMENT_END and inside in line:
                inside = ""
        elif title_found := _heading(lines, index, first, lead):
            content_end = index - 1 if lead in {"=", "-"} else index
            parts.append(Part(title, _topic(title), level, heading, first, content_end))
            title, level = title_found
            heading, first = content_end, index + 1
    else:
        found.suspects = _suspects(lines, inside, opening, around)
    parts.append(Part(title, _topic(title), level, heading, first, len(lines)))
    return found


def _opened(line: str, lead: str) -> str:
    """What closes the comment or fence that a line opens; empty where it opens none."""
    if lead == "<":
        return _COMMENT_END if line.lstrip().startswith("<!--") else ""
    match = _FENCE.match(line) if lead in {"`", "~"} else None
    return match[1] if match else ""


def _closes(line: str, inside: str) -> bool:
    if inside == _COMMENT_END:
        return inside in line
    text = line.strip()
    return len(text) >= len(inside) and not text.strip(inside[0])


def _begins_another(line: str, inside: str) -> bool:
    """Whether a line behind a heading begins another fence or comment: none nests, so the one around has no end."""
    if inside == _COMMENT_END:
        return line.startswith("<!--")
    match = _FENCE.match(line)
    return bool(match and match[1].startswith(inside) and line.strip() != match[1])


def _suspects(lines: Sequence[str], inside: str, opening: int, around: Sequence[int]) -> list[int]:
    """Where what is open at the end began, or a fence with a heading in it: its end may have opened another one."""
    if inside in {"", _NEXT_HEADING}:
        return []
    fences = (n for n in around if n != opening and _FENCE.match(lines[n - 1]) and not lines[n - 1].endswith(_MARKDOWN))
    first = next(fences, 0) if inside != _COMMENT_END else 0
    return [first, opening] if first else [opening] if _goes_on(lines, opening) else []


def _resumes(lines: Sequence[str], index: int) -> bool:
    """Whether a line is a heading that ends what has no end: below the first level, or alone between blank lines."""
    line = lines[index]
    if line.startswith("# "):
        return not lines[index - 1].strip() and index + 1 < len(lines) and not lines[index + 1].strip()
    return bool(_RESUMES.match(line))


def _unclosed(lines: Sequence[str], opening: int) -> Problem:
    """The problem of the fence or comment that begins on a line of that number."""
    line = lines[opening - 1]
    mark = _opened(line, line.lstrip()[:1])
    how = f"is never closed by {mark}; it is read as if it ended at the next heading"
    if mark == _COMMENT_END:
        return Problem("comment-unclosed", opening, f"the HTML comment {how}")
    return Problem("fence-unclosed", opening, f"the code fence {how}")


def _goes_on(lines: Sequence[str], number: int) -> bool:
    """Whether anything stands below the line of that number."""
    return any(lines[i].strip() for i in range(number, len(lines)))


def _heading(lines: Sequence[str], index: int, first: int, lead: str) -> tuple[str, int] | None:
    """(title, level) of a heading whose last line is at `index` and begins with `lead`."""
    line = lines[index]
    if lead == "#" and (match := _HEADING.match(line)):
        title = line[match.end() :].strip()
        return _CLOSING_MARKS.sub("", title).rstrip() if title.endswith("#") else title, len(match[1])
    if lead == "<" and len(line) < _LONGEST_HEADING and (match := _HTML_HEADING.fullmatch(line.lstrip())):
        text = _TAG.sub("", match[2]).strip()
        return (text, int(match[1])) if text else None
    if lead in {"=", "-"} and index > first and _UNDERLINE.fullmatch(line):
        above = lines[index - 1]
        if not _NOT_UNDERLINED.match(above) and (index - 1 == first or not lines[index - 2].strip()):
            return above.strip(), 1 if lead == "=" else 2
    return None


def _topic(title: str) -> str:
    text = title.casefold().strip(" :*")
    return text if text[:1].isalnum() and text[-1:].isalnum() else _EDGES.sub("", text)


def _bare(name: str) -> str:
    """A bullet's name without the marks people set around it."""
    name = name.strip()
    if name[:1] in {"'", '"'} and name[-1:] == name[:1]:  # as Python prints names
        return name.strip(name[0])
    return name.strip("*_`").strip() if name[:1] in {"*", "`"} else name
