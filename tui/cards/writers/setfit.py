"""Cards of SetFit: few-shot classifiers on a sentence transformer; settings are pairs (embedding, classifier).

Before 1.0 a sentence and the usage, without any data.
"""

from __future__ import annotations

from tui.cards.body import Body
from tui.cards.model import Metadata
from tui.cards.writers import labelled
from tui.cards.writers.layout import Reading, Writer
from tui.cards.writers.signs import Signs

_SENTENCE = "This is a [SetFit"


def read(body: Body, metadata: Metadata) -> Reading:  # noqa: ARG001 - as every writer's
    """Read the parts of the card and mark their lines as used."""
    return labelled.read(body, _SENTENCE)


_SIGNS = Signs(tags=frozenset({"generated_from_setfit_trainer"}), phrases=(f"\n{_SENTENCE}",))

WRITER = Writer("setfit", _SIGNS, read)
