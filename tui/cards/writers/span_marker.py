"""Cards of SpanMarker: named entity recognition; results by entity, a history without training loss."""

from __future__ import annotations

from tui.cards.body import Body
from tui.cards.model import Metadata
from tui.cards.writers import labelled
from tui.cards.writers.layout import Reading, Writer

_SENTENCE = "This is a [SpanMarker]"


def wrote(metadata: Metadata, body: Body) -> bool:
    """Whether SpanMarker says that it wrote the card."""
    return "generated_from_span_marker_trainer" in metadata.tags or any(
        line.startswith(_SENTENCE) for line in body.lines
    )


def read(body: Body, metadata: Metadata) -> Reading:  # noqa: ARG001 - as every writer's
    """Read the parts of the card and mark their lines as used."""
    return labelled.read(body, _SENTENCE)


WRITER = Writer("span-marker", wrote, read)
