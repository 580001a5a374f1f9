"""The sentence that announces the reported results: the Trainer's own, and what people make of it.

They name another set, leave out the article, or say "obtained" and "scores". What is told of other models is none.
"""

from __future__ import annotations

import re
from enum import Enum

HINT = "lowing"
"""What is in every announcement: other lines need no closer look."""

_WRITTEN = "following results on the evaluation set"
_VERB = (
    r"(?:(?:achiev|attain|display|obtain|produc|reach|record|report|scor|show|yield)(?:e|es|ed|s|ing)?"
    r"|gets?|got|gives?|gave)"
)
_WORDS = r"(?:[\w@-]{1,30} ){0,3}"
_ANNOUNCED = re.compile(
    rf"\b{_VERB} (?:the |these |its )?fo?l+owing {_WORDS}(?:results?|scores?)\b"
    rf"|\bfo?l+owing {_WORDS}results? (?:on|in|for|over)\b"
    rf"|\bfo?l+owing {_WORDS}results? (?:are|were|is|was|have been|has been) (?:achieved|obtained|reached)\b(?! by\b)",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"\b(?:compar\w{1,9}|models|baselines?|papers?|(?:base|baseline|original|other|parent|previous|teacher) model)\b",
    re.IGNORECASE,
)


_LOOKED_AT = 2_000
"""Characters at the end of a line, which introduces what stands below it."""


class Announcement(Enum):
    """In whose words results are announced."""

    WRITTEN = "written"
    """In the Trainer's: what follows are the reported results, in whatever form."""

    REWORDED = "reworded"
    """In a person's: what follows are the reported results where it is a list of numbers."""


def announcement(line: str) -> tuple[Announcement, str] | None:
    """How a line announces results, and what it says behind that; None where it announces none."""
    if HINT not in line:
        return None
    _, written, behind = line.partition(_WRITTEN)
    if written:
        return Announcement.WRITTEN, behind
    text = line[-_LOOKED_AT:]
    found = _ANNOUNCED.search(text)
    if found is None or _OF_OTHERS.search(text, text.rfind(". ", 0, found.start()) + 1):
        return None
    return Announcement.REWORDED, text[found.end() :]
