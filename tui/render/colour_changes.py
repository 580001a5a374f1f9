"""Styled text for a terminal → the same in fewer bytes: of colours and attributes only what changes is told.

Every run of one style comes with all of its colours and a reset behind it, 40 bytes and more. Most runs differ from the
one before in the letters' colour alone. The codes are those of ECMA-48, 8.3.117 (SGR).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_CHANGE = re.compile(r"\x1b\[([0-9;]*)m")
_EXTENDED = {"2": 5, "5": 3}
"""How many numbers a colour takes that is told by its parts, or by its place in the palette."""


class _Style(NamedTuple):
    """Letters, background (codes, empty: the terminal's own) and attributes, in order."""

    letters: str = ""
    behind: str = ""
    attributes: tuple[str, ...] = ()


_PLAIN = _Style()


def told_by_change(text: str) -> str:
    """The same text, after which the terminal is in the same state. It begins with the terminal's own colours."""
    pieces = _CHANGE.split(text)
    found = [pieces[0]]
    now = wanted = _PLAIN
    for codes, shown in zip(pieces[1::2], pieces[2::2], strict=True):
        wanted = _changed(wanted, codes)
        if shown and wanted != now:
            found.append(_change(now, wanted))
            now = wanted
        found.append(shown)
    if wanted != now:
        found.append(_change(now, wanted))
    return "".join(found)


@lru_cache(4096)
def _changed(style: _Style, codes: str) -> _Style:
    """A style after some codes."""
    letters, behind, attributes = style
    numbers = codes.split(";")
    while numbers:
        code = numbers[0].lstrip("0")
        size = _EXTENDED.get(numbers[1], 1) if code in {"38", "48"} and len(numbers) > 1 else 1
        whole, numbers = ";".join(numbers[:size]), numbers[size:]
        if not code:
            letters, behind, attributes = _PLAIN
        elif code in {"39", "49"}:
            letters, behind = ("", behind) if code == "39" else (letters, "")
        elif code == "38" or (len(code) == 2 and code[0] in "39"):
            letters = whole
        elif code == "48" or (code[0] == "4" and len(code) == 2) or (code[:2] == "10" and len(code) == 3):
            behind = whole
        elif whole not in attributes:
            attributes = (*attributes, whole)
    return _Style(letters, behind, attributes)


@lru_cache(4096)
def _change(now: _Style, wanted: _Style) -> str:
    """What makes one style of another."""
    codes = []
    if now.attributes != wanted.attributes[: len(now.attributes)]:
        codes, now = ["0"], _PLAIN
    codes += wanted.attributes[len(now.attributes) :]
    if wanted.letters != now.letters:
        codes.append(wanted.letters or "39")
    if wanted.behind != now.behind:
        codes.append(wanted.behind or "49")
    return f"\x1b[{'' if wanted == _PLAIN else ';'.join(codes)}m"
