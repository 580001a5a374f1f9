"""Text in ASCII, cell for cell, for terminals with another character set than UTF-8.

It is the last thing that happens to a text: streams are made to encode like this, so that no room knows of it.
Only curves have to be told apart by other means than their dots, see `marked`.
"""

from __future__ import annotations

import codecs
import unicodedata
from dataclasses import replace
from functools import cache
from io import TextIOWrapper

from tui.render.line import Line, Span
from tui.render.text import width

MARKS = "ox+#%@"
"""What the curves of a chart are drawn with, in the order of their styles."""

_CELLS = {
    **dict.fromkeys("─━╌┄═", "-"),
    **dict.fromkeys("│┃┤├║▏▎▍▌▐▊▉▕", "|"),
    **dict.fromkeys("╭╮╰╯┌┐└┘┬┴┼╔╗╚╝", "+"),
    **dict.fromkeys("█▓■◼▆▇", "#"),
    **dict.fromkeys("▒░", ":"),
    **dict.fromkeys("▁▂▃▄▅▔▀", "="),
    **dict.fromkeys("●○◎◍•", "o"),
    **dict.fromkeys("“”„«»″", '"'),
    **dict.fromkeys("‘’‚′", "'"),
    **dict.fromkeys("‐‑‒–—−", "-"),
    "○": ".", "◎": "@", "•": "-", "◆": "*", "◇": "*", "★": "!", "▸": ">", "▶": ">", "▾": "v", "▼": "v", "▽": "v",
    "▲": "^", "△": "^", "◂": "<", "◀": "<", "×": "x", "✖": "x", "✕": "x", "✓": "v", "✚": "+", "÷": "/", "±": "~",
    "·": "-", "…": "~", "≈": "~", "≤": "<", "≥": ">", "←": "<", "→": ">", "↑": "^", "↓": "v", "°": "o", "µ": "u",
    "ß": "s", "æ": "a", "Æ": "A", "ø": "o", "Ø": "O", "œ": "o", "Œ": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D",
    "ı": "i", "þ": "t", "ð": "d", "€": "E", "£": "L", "¥": "Y", "¢": "c", "©": "c", "®": "R", "¶": "P", "§": "S",
    "␛": "^",
}  # fmt: skip
"""What stands for a character of one cell."""

_ERRORS = "cardtui-ascii"
"""What Python knows this way of encoding by."""

_LEADS = {"series-" + str(number): mark for number, mark in enumerate(MARKS, 1)}
_BEST = "◆"


def ascii_text(text: str) -> str:
    """The text in ASCII, in as many cells: letters without their accents, ``?`` for what has no likeness."""
    if text.isascii():
        return text
    found = "".join(character if character.isascii() else _cell(character) for character in text)
    cells = width(text)
    return found if len(found) == cells else found[:cells].ljust(cells)


@cache
def _cell(character: str) -> str:
    """What stands for a character, in its cells."""
    if character in _CELLS:
        return _CELLS[character]
    if 0x2800 < ord(character) <= 0x28FF:  # braille
        return "."
    cells = width(character)
    letters = "".join(c for c in unicodedata.normalize("NFKD", character) if c.isascii())
    return letters.ljust(cells) if 1 <= len(letters) <= cells else "?" * cells


def marked(line: Line) -> Line:
    """The line with a mark for each curve in place of its dots and of its sample in the legend."""
    spans = tuple(_marked(span) for span in line.spans)
    return line if spans == line.spans else replace(line, spans=spans)


def _marked(span: Span) -> Span:
    text, style = span
    mark = _LEADS.get(style)
    if mark is None or text.isascii():
        return span
    return "".join(" " if c == "\u2800" else c if c.isascii() or c == _BEST else mark for c in text), style


def speak_ascii(stream: TextIOWrapper) -> None:
    """Have a stream write text as `ascii_text` gives it."""
    codecs.register_error(_ERRORS, _likeness)
    stream.reconfigure(encoding="ascii", errors=_ERRORS)


def _likeness(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return ascii_text(error.object[error.start : error.end]), error.end
