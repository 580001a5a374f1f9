"""Cards of SetFit: few-shot classifiers on a sentence transformer; settings are pairs (embedding, classifier)."""

from __future__ import annotations

from tui.cards.body import Body
from tui.cards.model import Metadata
from tui.cards.writers import labelled
from tui.cards.writers.layout import Reading, Writer

_SENTENCE = "This is a [SetFit"


def wrote(metadata: Metadata, body: Body) -> bool:
    """Whether SetFit says that it wrote the card."""
    return "generated_from_setfit_trainer" in metadata.tags or any(line.startswith(_SENTENCE) for line in body.lines)


def read(body: Body, metadata: Metadata) -> Reading:  # noqa: ARG001 - as every writer's
    """Read the parts of the card and mark their lines as used."""
    return labelled.read(body, _SENTENCE)


WRITER = Writer("setfit", wrote, read)
