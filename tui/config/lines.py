"""Where each key and element of a TOML text stands, which tomllib does not say.

The text is one that tomllib has read, so nothing is checked here: this only steps over what is certainly right.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

Path = tuple[str | int, ...]
"""The way to a value: names of keys, and the places of elements of arrays."""

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_PLAIN = re.compile(r"[^\s,\]}#]+(?:[ ](?=\d)[^\s,\]}#]+)?")
"""A number, a boolean or a time, which may have one blank inside."""

_STRINGS = (
    re.compile(r'"""(?:\\.|[^\\])*?"{3,5}(?!")', re.DOTALL),
    re.compile(r"'''.*?'{3,5}(?!')", re.DOTALL),
    re.compile(r'"(?:\\.|[^"\\])*"'),
    re.compile(r"'[^']*'"),
)


def lines_of(text: str) -> Mapping[Path, int]:
    """The line, from 1, of every key and every element of an array; of a table, of where it is first spoken of."""
    return _Scan(text.replace("\r\n", "\n")).lines()


class _Scan:
    """One walk through a text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._counted = (0, 1)
        """A place whose line is known."""

        self._found: dict[Path, int] = {}
        self._tables: dict[Path, int] = {}
        """How many elements each array of tables has by now."""

    def lines(self) -> Mapping[Path, int]:
        table: Path = ()
        while self._is_more():
            if self._text.startswith("[", self._at):
                table = self._header()
            else:
                self._pair(table)
        return self._found

    def _header(self) -> Path:
        """``[a.b]`` or ``[[a.b]]``: the way to the table that follows."""
        is_element = self._text.startswith("[[", self._at)
        line = self._line()
        self._at += 2 if is_element else 1
        names = self._names()
        self._at += 2 if is_element else 1
        found: Path = ()
        for number, name in enumerate(names, 1):
            found = (*found, name)
            self._note(found, line)
            is_last = number == len(names)
            if is_last and is_element:
                self._tables[found] = self._tables.get(found, -1) + 1
            if found in self._tables:  # what follows belongs to its last element
                found = (*found, self._tables[found])
                self._note(found, line)
        return found

    def _pair(self, table: Path) -> None:
        line = self._line()
        for name in self._names():
            table = (*table, name)
            self._note(table, line)
        self._at += 1  # =
        self._skip(_SPACE)
        self._value(table)

    def _names(self) -> list[str]:
        """The parts of a dotted key, and the blanks behind it."""
        names: list[str] = []
        while True:
            self._skip(_SPACE)
            if self._text[self._at] in "\"'":
                names.append(_unquoted(self._string()))
            else:
                names.append(self._skip(_BARE))
            self._skip(_SPACE)
            if not self._text.startswith(".", self._at):
                return names
            self._at += 1

    def _value(self, path: Path) -> None:
        first = self._text[self._at]
        if first == "[":
            self._array(path)
        elif first == "{":
            self._inline_table(path)
        elif first in "\"'":
            self._string()
        else:
            self._skip(_PLAIN)

    def _array(self, path: Path) -> None:
        self._at += 1
        place = 0
        while self._is_more("]"):
            self._note((*path, place), self._line())
            self._value((*path, place))
            place += 1
            self._skip_to_next()
        self._at += 1

    def _inline_table(self, path: Path) -> None:
        self._at += 1
        while self._is_more("}"):
            self._pair(path)
            self._skip_to_next()
        self._at += 1

    def _is_more(self, end: str = "") -> bool:
        """Whether anything follows behind blanks and comments, before the text or what has this end is over."""
        self._skip(_BLANK)
        return self._at < len(self._text) and not (end and self._text.startswith(end, self._at))

    def _skip_to_next(self) -> None:
        self._skip(_BLANK)
        if self._text.startswith(",", self._at):
            self._at += 1

    def _string(self) -> str:
        return next(found for kind in _STRINGS if (found := self._skip(kind)))

    def _skip(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self._text, self._at)
        if match is None:
            return ""
        self._at = match.end()
        return match[0]

    def _line(self) -> int:
        place, line = self._counted
        self._counted = (self._at, line + self._text.count("\n", place, self._at))
        return self._counted[1]

    def _note(self, path: Path, line: int) -> None:
        self._found.setdefault(path, line)


def _unquoted(key: str) -> str:
    if key[0] == "'":
        return key[1:-1]
    import tomllib  # noqa: PLC0415 - only where there is a file

    return str(tomllib.loads(f"key = {key}")["key"])
