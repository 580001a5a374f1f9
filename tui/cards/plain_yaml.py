"""The plain YAML that writers print, read without PyYAML.

Nearly every card has front matter of block lists and mappings with simple scalars. Reading those here takes a
quarter of the time, and a card that is looked at need not wait for PyYAML to load. Whatever is not certainly plain
is left to PyYAML: `read` returns None and decides nothing, least of all an error.
"""

from __future__ import annotations

import re
from typing import TypeAlias

_LINE = re.compile(r"( *)((?:- +)*)(?:([A-Za-z_][\w.\-]*):(?: +|$))?(.*)")
_DASH = re.compile(r"- +")
_PLAIN = re.compile(r"[A-Za-z0-9_./][^:#]*(?:(?::(?=\S)|(?<=\S)#)[^:#]*)*")
_QUOTED = re.compile(r""""[^"\\]*"|'[^'\\]*'""")
MAX_VALUES = 100_000
"""Values that a block may expand to, aliases and merge keys followed: a bound against bombs."""

_MAX_DEPTH = 12
_LONGEST = 1000
"""Characters of a line; YAML bounds the length of keys, and long lines are rarely plain."""


class Scalar(str):
    """A scalar as written, which knows its line (from 1) and whether it was quoted."""

    __slots__ = ("line", "quoted")

    line: int
    quoted: bool


Node: TypeAlias = "Scalar | list[Node] | dict[Scalar, Node]"

_Token: TypeAlias = "tuple[int, str, str, int]"
"""(indentation, ``-`` or the key or ``""``, value, line): what one line, or one ``-`` in it, says."""


class _NotPlainError(Exception):
    """The text is more than plain YAML."""


def read(text: str, first_line: int) -> Node | None:
    """The block mapping that a text certainly is, else None."""
    try:
        tokens = _tokens(text, first_line)
        if not tokens or tokens[0][0] or tokens[0][1] in {"-", ""}:
            return None
        node, end = _block(tokens, 0, 0)
    except _NotPlainError:
        return None
    return node if end == len(tokens) else None


def _tokens(text: str, first_line: int) -> list[_Token]:
    found: list[_Token] = []
    for number, line in enumerate(text.split("\n"), first_line):
        content = line.rstrip(" ")
        if not content:
            continue
        if not content.isprintable():
            raise _NotPlainError
        match = _LINE.fullmatch(content)
        if not match:
            raise _NotPlainError
        indent, dashes, key, value = match.groups()
        column = len(indent)
        for dash in _DASH.findall(dashes) if dashes else ():
            found.append((column, "-", "", number))
            column += len(dash)
        if (key is None and value == "-") or len(content) > _LONGEST:
            raise _NotPlainError
        found.append((column, key or "", value, number))
    return found


def _block(tokens: list[_Token], at: int, depth: int) -> tuple[Node, int]:
    """The list, mapping or scalar that begins at a token, and the index behind it."""
    if depth > _MAX_DEPTH:
        raise _NotPlainError
    kind = tokens[at][1]
    if kind == "-":
        return _list(tokens, at, depth)
    if kind:
        return _mapping(tokens, at, depth)
    return _scalar(tokens[at][2], tokens[at][3]), at + 1


def _list(tokens: list[_Token], at: int, depth: int) -> tuple[Node, int]:
    indent = tokens[at][0]
    items: list[Node] = []
    while at < len(tokens) and tokens[at][0] == indent and tokens[at][1] == "-":
        inner = at + 1
        if inner == len(tokens) or tokens[inner][0] <= indent:
            raise _NotPlainError
        item, at = _block(tokens, inner, depth + 1)
        items.append(item)
    if at < len(tokens) and tokens[at][0] > indent:
        raise _NotPlainError
    return items, at


def _mapping(tokens: list[_Token], at: int, depth: int) -> tuple[Node, int]:
    indent = tokens[at][0]
    found: dict[Scalar, Node] = {}
    while at < len(tokens) and tokens[at][0] == indent and tokens[at][1] not in {"-", ""}:
        _, name, text, line = tokens[at]
        key = _made(name, line, quoted=False)
        if key in found or name == "<<":
            raise _NotPlainError
        at += 1
        below = at < len(tokens) and (tokens[at][0] > indent or (tokens[at][0] == indent and tokens[at][1] == "-"))
        if text and below and tokens[at][3] != line:
            raise _NotPlainError  # a scalar over several lines
        if text:
            found[key] = _scalar(text, line)
        elif below:
            found[key], at = _block(tokens, at, depth + 1)
            if isinstance(found[key], Scalar):
                raise _NotPlainError
        else:
            found[key] = _made("", line, quoted=False)
    if at < len(tokens) and tokens[at][0] > indent:
        raise _NotPlainError
    return found, at


def _scalar(text: str, line: int) -> Node:
    if text == "[]":
        return []
    if _PLAIN.fullmatch(text):
        return _made(text, line, quoted=False)
    if _QUOTED.fullmatch(text):
        return _made(text[1:-1], line, quoted=True)
    raise _NotPlainError


def _made(text: str, line: int, *, quoted: bool) -> Scalar:
    scalar = Scalar(text)
    scalar.line = line
    scalar.quoted = quoted
    return scalar
