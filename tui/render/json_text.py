"""Values → JSON text that is safe to print and that every JSON reader takes.

JSON escapes C0 controls by itself. What else a terminal would obey is escaped here too, so that a reader still gets
every character back; and so are the line ends of Unicode, since some readers of JSON Lines break a line at them.
"""

from __future__ import annotations

import json
import re

from tui.cards.model import Json
from tui.render.text import CONTROL

_KEPT = "\n\u200c\u200d\ufe0e\ufe0f"
"""Line ends of the document itself, and what joins letters and chooses their form: words are written with them."""

_SURROGATE = re.compile("[\ud800-\udfff]")
"""What stands in a file name for a byte that is no text; many readers refuse a whole file for the sake of one."""


def json_text(value: Json, indent: int | None = None) -> str:
    r"""The value as JSON: other letters than ASCII as they are, controls as ``\u009b``, half characters as U+FFFD.

    With `indent` None it is one line. Raises ValueError for nan and infinities, which JSON does not have.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    if text.isascii() and "\x7f" not in text:
        return text
    return CONTROL.sub(_escape, _SURROGATE.sub("\ufffd", text))


def _escape(match: re.Match[str]) -> str:
    if match[0] in _KEPT:
        return match[0]
    return json.dumps(match[0]).strip('"') if match[0] != "\x7f" else "\\u007f"
