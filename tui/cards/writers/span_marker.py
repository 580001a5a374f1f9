"""Cards of SpanMarker: named entity recognition; results by entity, a history without training loss.

Before 1.4 without results and labels.
"""

from __future__ import annotations

from tui.cards.body import Body
from tui.cards.model import Metadata
from tui.cards.writers import labelled
from tui.cards.writers.layout import Reading, Writer
from tui.cards.writers.signs import Signs

_SENTENCE = "This is a [SpanMarker]("


def read(body: Body, metadata: Metadata) -> Reading:  # noqa: ARG001 - as every writer's
    """Read the parts of the card and mark their lines as used."""
    return labelled.read(body, _SENTENCE)


_SIGNS = Signs(tags=frozenset({"generated_from_span_marker_trainer"}), phrases=(f"\n{_SENTENCE}",))

WRITER = Writer("span-marker", _SIGNS, read)
