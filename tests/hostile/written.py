"""What may stand in the bytes that cardtui writes: text, line ends, and the sequences of its own."""

from __future__ import annotations

import re
from collections import Counter

UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U0001d173-\U0001d17a\U000e0000-\U000e01ef]"
)
"""Controls, directions, tags, and what has no width."""

_LOOK = r"(?:[0-9]|2[1-9]|[34]9|[34]8;2;\d{1,3};\d{1,3};\d{1,3})"
_OWN = re.compile(
    rf"\x1b\[(?:{_LOOK}(?:;{_LOOK})*)?m"  # marks and colours of the theme; those of cards are of the terminal's sixteen
    r"|\x1b\[(?:[1-9]|[1-3]\d|40);\d{1,3}H"  # on the screen of these tests
    r"|\x1b\[\?(?:25|100[0346]|101[56]|1049|200[46]|2026|2031|2048)[hl]|\x1b\[\?(?:2026|2048)\$p"
    r"|\x1b\[\?7[hl]|\x1b\[6n|\x1b\[2J|\x1b\[>\d{1,2}u|\x1b\[<u|\x1b\]22;default\x07|\x1b\]11;\?\x1b\\|\x1b\]52;c;[A-Za-z0-9+/=]*\x07"
)
"""What Textual and the first text write on a terminal, and a copy to the clipboard."""

_SELDOM = {"\x1b[2J": 1, "\x1b[?1049h": 2, "\x1b[?1049l": 1}
"""Sequences that cards hold, too, and how often the app writes them: the first text enters the screen before it."""

_SGR = re.compile(r"\x1b\[(?:[0-9]|[34][0-7])(?:;(?:[0-9]|[34][0-7]))*m")
"""What a command colours its lines with."""


def unseen_in_pipe(data: bytes) -> list[str]:
    """What a command has written that is no text; fails for what is no UTF-8."""
    return _named(data.decode())


def unseen_in_colours(data: bytes) -> list[str]:
    """The same of a command that writes colours."""
    return _named(_SGR.sub("", data.decode()))


def unseen_on_terminal(data: bytes) -> list[str]:
    """What the app has written to a terminal that is neither text nor its own, from its start to its end."""
    text = data.decode()
    own = Counter(_OWN.findall(text))
    often = [f"{sequence!r} {own[sequence]} times" for sequence, most in _SELDOM.items() if own[sequence] > most]
    return often + _named(_OWN.sub("", text.replace("\r\n", "\n")))


def _named(text: str) -> list[str]:
    """Each kind of what is unseen with the text around the first."""
    found: dict[str, str] = {}
    for match in UNSEEN.finditer(text):
        found.setdefault(match[0], repr(text[max(match.start() - 40, 0) : match.end() + 40]))
    return [f"U+{ord(sign):04X} in {around}" for sign, around in found.items()]
