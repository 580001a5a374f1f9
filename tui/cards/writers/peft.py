"""Cards of adapters: those of ``peft`` in the Hub's template, and the Trainer's with a PEFT version."""

from __future__ import annotations

from tui.cards.body import Body
from tui.cards.metadata import NO_DATASET
from tui.cards.model import Metadata
from tui.cards.writers import trainer
from tui.cards.writers.layout import Reading, Writer, is_placeholder, title_of, unlinked

_BASE_MODEL = ("finetuned from model", "base model")
"""How bullets of templates name the base model."""


def wrote(metadata: Metadata, body: Body) -> bool:
    """Whether the card is an adapter's: by its library, or by the PEFT version among the frameworks."""
    if metadata.library == "peft" or any(tag.startswith("base_model:adapter:") for tag in metadata.tags):
        return True
    versions = (part for part in body.parts if title_of(part) == "framework versions")
    return any(body.lines[i].startswith("- PEFT") for part in versions for i in range(part.start, part.end))


def read(body: Body, metadata: Metadata) -> Reading:
    """Read what the Trainer's layout holds, and the template's base model."""
    reading = trainer.read(body, metadata)
    reading.base_model = reading.base_model or base_model_of_template(body)
    return reading


def base_model_of_template(body: Body) -> str | None:
    """The base model of a bullet such as "**Finetuned from model:** name", which stays with its section."""
    for part in body.parts:
        if not title_of(part).startswith(("model description", "uploaded", "model details")):
            continue
        for bullet in body.bullets(part.start, part.end):
            name = bullet.name.casefold().removesuffix("[optional]").strip(" :*")
            value = unlinked(bullet.value.strip("* ")).partition("<!--")[0].strip(" `")
            if name in _BASE_MODEL and not is_placeholder(value):
                return None if value in NO_DATASET else value
    return None


WRITER = Writer("peft", wrote, read)
