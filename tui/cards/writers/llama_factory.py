"""Cards of LLaMA-Factory: the Trainer's, with a tag of its own."""

from __future__ import annotations

from tui.cards.body import Body
from tui.cards.model import Metadata
from tui.cards.writers import peft
from tui.cards.writers.layout import Writer


def wrote(metadata: Metadata, body: Body) -> bool:  # noqa: ARG001 - as every writer's
    """Whether the card has LLaMA-Factory's tag."""
    return "llama-factory" in metadata.tags


WRITER = Writer("llama-factory", wrote, peft.read)
