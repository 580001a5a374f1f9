"""Text → the control sequence that puts it on the clipboard of the terminal, through SSH, tmux and screen alike.

OSC 52 (xterm's control sequences, "Manipulate Selection Data"). tmux passes it on where ``set-clipboard`` is on, and
wrapped in its own sequence where ``allow-passthrough`` is; it is given both. screen takes it in pieces.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping

_MOST = 100_000
"""Bytes of base64 that terminals take: xterm's own limit, and tmux's."""

_SCREEN_PIECE = 240
"""Bytes of a string that screen passes on at once, its buffer being of 256."""

_WITHOUT = ("dumb", "linux", "vt100", "vt220", "unknown")
"""Terminals (beginnings of TERM) that have no clipboard."""


def clipboard_sequence(text: str, environ: Mapping[str, str]) -> str | None:
    """The bytes to write to the terminal; None where it takes none, or not so much."""
    term = environ.get("TERM", "")
    payload = base64.b64encode(text.encode("utf-8", "replace")).decode("ascii")
    if not term or term.startswith(_WITHOUT) or len(payload) > _MOST:
        return None
    sequence = f"\x1b]52;c;{payload}\x07"
    if environ.get("TMUX"):
        return sequence + "\x1bPtmux;" + sequence.replace("\x1b", "\x1b\x1b") + "\x1b\\"
    if environ.get("STY"):
        return "".join(f"\x1bP{piece}\x1b\\" for piece in _pieces(sequence))
    return sequence


def _pieces(sequence: str) -> Iterator[str]:
    for start in range(0, len(sequence), _SCREEN_PIECE):
        yield sequence[start : start + _SCREEN_PIECE]
