"""Untrusted text → text that is safe to print, and its width in terminal cells.

Whatever a card holds, no byte of it may reach the terminal as a control code. Everything that is written on a
screen or to a pipe goes through `visible`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"
)
"""Controls, bidirectional and other invisible formatting, and lone surrogates."""

_JOINERS = re.compile("[\u200d\ufe0e\ufe0f]")
"""What only chooses or joins emoji: left out, since terminals disagree about the width that results."""

_MOST_MARKS = 8
"""Marks on one letter, more than any script sets; a terminal draws thousands of them over the lines around."""

_STACKED = re.compile(rf"[^\w\s\x00-\u02ff\u2000-\u20cf\u2100-\u2bff\u3000-\u3029]{{{_MOST_MARKS + 1},}}")
"""Where so many marks may stand in a row; other signs are among them."""

_LONGEST = 10_000
"""Characters of a line that is shown as it stands."""

_NARROW = re.compile(
    "[ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u2010-\u2027\u2190-\u2193≈≤≥−\u2500-\u25fc●\u2800-\u28ff�]*"
)
"""Letters and marks of which each certainly takes one cell."""

_NUMBER = re.compile(r"[+\-−]?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+|(?=\.\d))")
"""What stands left of a decimal point; nothing may."""

_TAB = 4


def visible(text: str) -> str:
    r"""The text with everything that a terminal would obey made visible: ``\x1b`` becomes ``␛``.

    Line ends become ``␊`` too: whoever prints several lines splits them first.
    """
    if text.isprintable() and text.isascii():
        return text
    if "\t" in text:
        text = text.expandtabs(_TAB)
    if not text.isascii():
        text = _STACKED.sub(_fewer_marks, _JOINERS.sub("", text))
    return CONTROL.sub(_picture, text)


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"<U+{code:04X}>"


def _fewer_marks(match: re.Match[str]) -> str:
    """The signs with only the first of many marks on one letter, and how many more there are."""
    from unicodedata import category  # noqa: PLC0415 - hardly any text has so many

    found: list[str] = []
    for is_mark, signs in groupby(match[0], lambda sign: category(sign)[0] == "M"):
        text = "".join(signs)
        more = len(text) - _MOST_MARKS
        found.append(f"{text[:_MOST_MARKS]}<+{more} marks>" if is_mark and more > 0 else text)
    return "".join(found)


def source(text: str) -> str:
    """A line of a file as it stands, visible; of a very long one the beginning."""
    if len(text) <= _LONGEST:
        return visible(text)
    return f"{visible(text[:_LONGEST])} … and {len(text) - _LONGEST:,} more characters"


def width(text: str) -> int:
    """The number of terminal cells that a visible text takes."""
    if text.isascii() or _NARROW.fullmatch(text):
        return len(text)
    from rich.cells import cell_len  # noqa: PLC0415 - headless commands rarely need it

    return cell_len(text)


def cut(text: str, cells: int) -> str:
    """The text in at most `cells` cells; what is left out at its end shows as ``…``."""
    if width(text) <= cells:
        return text
    return head(text, cells - 1) + "…" if cells > 0 else ""


def head(text: str, cells: int) -> str:
    """The longest start of a text that fits in `cells` cells."""
    if width(text) == len(text):
        return text[: max(cells, 0)]
    used = 0
    for index, character in enumerate(text):
        used += width(character)
        if used > cells:
            return text[:index]
    return text


def pad(text: str, cells: int) -> str:
    """The text followed by blanks up to `cells` cells."""
    return text + " " * (cells - width(text))


def align(numbers: Sequence[str]) -> list[str]:
    """The texts padded on both sides so that their decimal points stand in one column.

    >>> align(["12.5", "0.375", "3"])
    ['12.5  ', ' 0.375', ' 3    ']
    """
    splits = [_split_at_point(number) for number in numbers]
    left = max((width(whole) for whole, _ in splits), default=0)
    right = max((width(rest) for _, rest in splits), default=0)
    return [" " * (left - width(whole)) + pad(whole + rest, width(whole) + right) for whole, rest in splits]


def _split_at_point(number: str) -> tuple[str, str]:
    match = _NUMBER.match(number)
    return (number[: match.end()], number[match.end() :]) if match else (number, "")
