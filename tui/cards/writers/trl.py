"""Cards of ``trl``: the Trainer's sentence, then how the method is called and the versions."""

from __future__ import annotations

from tui.cards.body import Body
from tui.cards.model import Metadata
from tui.cards.writers import peft
from tui.cards.writers.layout import Writer

_SENTENCE = "It has been trained using [TRL]("


def wrote(metadata: Metadata, body: Body) -> bool:
    """Whether trl says that it wrote the card."""
    return "trl" in metadata.tags or any(line.startswith(_SENTENCE) for line in body.lines)


WRITER = Writer("trl", wrote, peft.read)
