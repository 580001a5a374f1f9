"""Untrusted texts → a record of CSV that spreadsheets read as what it is: no text of it is a formula."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tui.cards.model import NOT_LOGGED
from tui.render.text import visible

_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?(?:[\d,]*\.?\d+|\d+\.)(?:e[+-]?\d+)?\s*%?|[+-](?:nan|inf(?:inity)?)", re.IGNORECASE)
_QUOTED = re.compile(r'[",]|^\s|\s$')


def record(cells: Iterable[str]) -> str:
    """A line of CSV, quoted as RFC 4180 says, without its line end.

    A text that a spreadsheet would run as a formula begins with an apostrophe.

    >>> print(record(["run 1", "-0.5", "=1+1", "a, b"]))
    run 1,-0.5,'=1+1,"a, b"
    """
    return ",".join(map(_cell, cells))


def _cell(text: str) -> str:
    if not text:
        return text
    if _FORMULA.match(text) and text not in NOT_LOGGED and not _NUMBER.fullmatch(text):
        text = f"'{text}"
    text = visible(text)
    if not _QUOTED.search(text):
        return text
    return '"{}"'.format(text.replace('"', '""'))
