"""Body → headed sections, bullets, tables.

A scanner of lines, since cards are read by the thousand and a full Markdown parser takes ten times as long. It
knows what hides structure: fenced code and HTML comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

_HEADING = re.compile(r" {0,3}(#{1,6})(?=[ \t]|$)")
_CLOSING_MARKS = re.compile(r"(?:^|[ \t])#+$")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*")
_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_BULLET = re.compile(r" {0,3}[-*+][ \t]+(.*)")
_DELIMITER_CELL = re.compile(r":?-+:?")
_PIPE = re.compile(r"(?<!\\)\|")
_NOT_UNDERLINED = re.compile(r"\s*$|[ \t]*(?:[-*+>|#]|<|\d+[.)])| {4}|\t")


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and what stands under it, up to the next heading; indices into the file's lines."""

    title: str
    level: int
    heading: int
    """Index of the heading's line; of the first line where the part has none."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Bullet:
    """A ``- name: value`` line; the value is empty where there is no colon."""

    name: str
    value: str
    index: int
    end: int
    """Index behind its last line: some writers break a value over two."""


@dataclass(frozen=True, slots=True)
class Table:
    """A Markdown table: cells as printed, without surrounding blanks."""

    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    """(index of its line, cells) of each row."""

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

    unclosed_comment: int = 0
    """The line of an HTML comment that is never closed, 0 where there is none: it hides all that follows."""

    used: set[int] = field(default_factory=set)
    """Indices of lines that a writer's reader has turned into data; what is left is prose."""

    def bullets(self, start: int, end: int, *, at_once: bool = False) -> list[Bullet]:
        """The first run of ``- name: value`` lines from `start` on, up to a blank line behind it or `end`.

        With `at_once`, only blank lines may stand before it.
        """
        found: list[Bullet] = []
        for index in range(start, end):
            if index in self.hidden:
                continue
            line = self.lines[index]
            if match := _BULLET.fullmatch(line):
                name, _, value = match[1].partition(":")
                found.append(Bullet(_bare(name), value.strip(), index, index + 1))
            elif found and line.strip():
                last = found.pop()
                found.append(Bullet(last.name, f"{last.value} {line.strip()}".strip(), last.index, index + 1))
            elif (found and not self._bullet_follows(index, end)) or (at_once and line.strip()):
                break
        return found

    def _bullet_follows(self, index: int, end: int) -> bool:
        """Whether a blank line at `index` only spreads a list rather than ends it."""
        following = next((i for i in range(index, end) if self.lines[i].strip()), end)
        return following < end and bool(_BULLET.fullmatch(self.lines[following]))

    def tables(self, start: int, end: int) -> Iterator[Table]:
        """The tables between two indices, a header line and a delimiter row each."""
        index = start
        while index < end - 1:
            header = self.lines[index]
            if "|" in header and index not in self.hidden and (delimiters := _delimiters(self.lines[index + 1])):
                columns = split_row(header)
                if len(columns) == delimiters:
                    last = self._table_end(index + 2, end)
                    rows = tuple((i, split_row(self.lines[i])) for i in range(index + 2, last))
                    yield Table(columns, rows, index, last)
                    index = last
                    continue
            index += 1

    def _table_end(self, index: int, end: int) -> int:
        while index < end and "|" in self.lines[index] and index not in self.hidden:
            index += 1
        return index

    def rest(self, part: Part) -> str:
        """The part's lines that are nobody's data, as Markdown without blank edges."""
        lines = [self.lines[i] for i in range(part.start, part.end) if i not in self.used]
        return "\n".join(lines).strip("\n").rstrip()


def split_row(line: str) -> tuple[str, ...]:
    """The cells of a table's line; a pipe behind a backslash belongs to its cell."""
    text = line.strip()
    text = text.removeprefix("|")
    if text.endswith("|") and not text.endswith("\\|"):
        text = text[:-1]
    if "\\" not in text:
        return tuple(cell.strip() for cell in text.split("|"))
    return tuple(cell.strip().replace("\\|", "|") for cell in _PIPE.split(text))


def _delimiters(line: str) -> int:
    """How many cells a table's delimiter row has; 0 where the line is none."""
    if "-" not in line or not set(line) <= set("|:- \t"):
        return 0
    cells = split_row(line)
    return len(cells) if all(_DELIMITER_CELL.fullmatch(cell) for cell in cells) else 0


def scan(lines: Sequence[str], start: int) -> Body:
    """Find the headings of a body that begins at index `start` of its file's lines."""
    parts: list[Part] = []
    hidden: set[int] = set()
    title, level, heading, first = "", 0, start, start
    fence = ""
    comment = 0  # the line on which the HTML comment around this one began
    for index in range(start, len(lines)):
        line = lines[index]
        if fence:
            hidden.add(index)
            if _closes(line, fence):
                fence = ""
            continue
        if comment or line.lstrip().startswith("<!--"):
            comment = comment or index + 1
            hidden.add(index)
            if "-->" in line:
                comment = 0
            continue
        if match := _FENCE.match(line):
            fence = match[1]
            hidden.add(index)
            continue
        if found := _heading(lines, index, first):
            content_end = index if line.lstrip().startswith("#") else index - 1
            parts.append(Part(title, level, heading, first, content_end))
            title, level = found
            heading, first = content_end, index + 1
    parts.append(Part(title, level, heading, first, len(lines)))
    return Body(lines, parts, hidden, comment)


def _heading(lines: Sequence[str], index: int, first: int) -> tuple[str, int] | None:
    """(title, level) of a heading whose last line is at `index`."""
    line = lines[index]
    lead = line.lstrip()[:1]
    if lead == "#" and (match := _HEADING.match(line)):
        title = line[match.end() :].strip()
        return _CLOSING_MARKS.sub("", title).rstrip(), len(match[1])
    if lead in {"=", "-"} and index > first and _UNDERLINE.fullmatch(line):
        above = lines[index - 1]
        if not _NOT_UNDERLINED.match(above) and (index - 1 == first or not lines[index - 2].strip()):
            return above.strip(), 1 if lead == "=" else 2
    return None


def _closes(line: str, fence: str) -> bool:
    text = line.strip()
    return len(text) >= len(fence) and not text.strip(fence[0])


def _bare(name: str) -> str:
    """A bullet's name without the marks people set around it."""
    return name.strip().strip("*_`").strip() if name.strip()[:1] in {"*", "`"} else name.strip()
