"""Every writer whose cards are known, the most specific first: a card is its that says so first."""

from __future__ import annotations

from tui.cards.body import Body
from tui.cards.model import Metadata
from tui.cards.writers import (
    autotrain,
    axolotl,
    keras,
    llama_factory,
    peft,
    sentence_transformers,
    setfit,
    span_marker,
    trainer,
    trl,
    unsloth,
)
from tui.cards.writers.layout import Writer
from tui.cards.writers.signs import Signs, introduction_of

WRITERS = (
    setfit.WRITER,
    span_marker.WRITER,
    sentence_transformers.WRITER,
    autotrain.WRITER,
    axolotl.WRITER,
    llama_factory.WRITER,
    unsloth.WRITER,
    trl.WRITER,
    peft.WRITER,
    keras.WRITER,
    trainer.WRITER,
)

OTHER = Writer("other", Signs(also=lambda _metadata, body: trainer.has_layout(body)), peft.read)
"""Cards that people wrote, or wrote over: what has the Trainer's layout is read in it."""


def writer_of(metadata: Metadata, body: Body) -> Writer:
    """The writer of a card; OTHER where none says so."""
    introduction = introduction_of(body)
    return next((writer for writer in WRITERS if writer.signs.shown(metadata, body, introduction)), OTHER)
