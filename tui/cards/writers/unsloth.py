"""Cards of unsloth: a few bullets and a badge, or trl's and the Trainer's with a tag of its own."""

from __future__ import annotations

from tui.cards.body import Body
from tui.cards.model import Metadata
from tui.cards.writers import peft
from tui.cards.writers.layout import Writer

_BADGE = "https://github.com/unslothai/unsloth"


def wrote(metadata: Metadata, body: Body) -> bool:
    """Whether the card has unsloth's tag or badge."""
    return "unsloth" in metadata.tags or any(_BADGE in line for line in body.lines)


WRITER = Writer("unsloth", wrote, peft.read)
