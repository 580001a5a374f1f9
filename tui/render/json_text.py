"""Values → JSON text that is safe to print and that every JSON reader takes.

JSON escapes C0 controls by itself. What else a terminal would obey is escaped here too, so that a reader still gets
every character back; and so are the line ends of Unicode, since some readers of JSON Lines break a line at them.
"""

from __future__ import annotations

import json
import re

from tui.cards.model import Json

_ESCAPED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]")
"""C1 controls, DEL, line and paragraph separators, bidirectional and tag characters."""

_SURROGATE = re.compile("[\ud800-\udfff]")
"""What stands in a file name for a byte that is no text; many readers refuse a whole file for the sake of one."""


def json_text(value: Json, indent: int | None = None) -> str:
    r"""The value as JSON: other letters than ASCII as they are, controls as ``\u009b``, half characters as U+FFFD.

    With `indent` None it is one line. Raises ValueError for nan and infinities, which JSON does not have.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    if text.isascii() and "\x7f" not in text:
        return text
    return _ESCAPED.sub(_escape, _SURROGATE.sub("\ufffd", text))


def _escape(match: re.Match[str]) -> str:
    return json.dumps(match[0]).strip('"') if match[0] != "\x7f" else "\\u007f"
