"""Cards of adapters: those of ``peft`` in the Hub's template, and the Trainer's with a PEFT version.

The first ones have no title and a list of the quantization under "Training procedure". Up to 0.6 they stand below the
Trainer's card, with a second list of frameworks that has PEFT alone.
"""

from __future__ import annotations

from tui.cards.body import Body, Part
from tui.cards.model import Metadata
from tui.cards.writers import trainer
from tui.cards.writers.layout import Reading, Writer, named_values, read_frameworks, read_parts, use, value_of
from tui.cards.writers.sentence import stated
from tui.cards.writers.signs import Signs

_BASE_MODEL = ("finetuned from model", "base model")
"""How bullets of templates name the base model."""

_DESCRIBING = ("model configuration", "model description", "model details", "model information", "summary", "uploaded")
"""How the topics of sections begin that have such a bullet."""

_QUANTIZATION = "The following `bitsandbytes` quantization config was used during training:"
_BITSANDBYTES = {"load_in_8bit", "load_in_4bit"}


def read(body: Body, metadata: Metadata) -> Reading:
    """Read what the Trainer's layout holds, the template's base model, and the quantization as hyperparameters."""
    reading = trainer.read(body, metadata)
    if not reading.base_model and not metadata.base_model:
        _read_base_model(body, reading)
    read_parts(body, reading, _READERS)
    return reading


def _read_base_model(body: Body, reading: Reading) -> None:
    """Read the base model of a bullet such as "**Finetuned from model:** name", which stays with its section."""
    for part in body.parts:
        if not part.topic.startswith(_DESCRIBING):
            continue
        for bullet in body.bullets(part.start, part.end):
            name = bullet.name.casefold().removesuffix("[optional]").strip(" :*")
            if name in _BASE_MODEL and (value := value_of(bullet)):
                found = stated(value)
                reading.base_model, reading.from_scratch = found.base_model, found.from_scratch
                return


def _read_quantization(body: Body, part: Part, reading: Reading) -> None:
    """Read bitsandbytes' settings behind the others; those of other methods have misleading names."""
    start = next((i for i in range(part.start, part.end) if body.lines[i].strip() == _QUANTIZATION), None)
    if start is None or not _BITSANDBYTES.isdisjoint(entry.name for entry in reading.hyperparameters):
        return
    bullets = body.bullets(start + 1, part.end, at_once=True)
    if not _BITSANDBYTES.isdisjoint(bullet.name for bullet in bullets):
        reading.hyperparameters += named_values(bullets)
        use(body, bullets)
        body.used.add(start)


def _read_version(body: Body, part: Part, reading: Reading) -> None:
    """Read PEFT's version of a list that has nothing else, below the one that was read."""
    lines = (body.lines[i] for i in range(part.start, part.end) if body.lines[i].strip())
    if not any(one.name == "PEFT" for one in reading.frameworks) and all(line.startswith("- PEFT ") for line in lines):
        own = Reading()
        read_frameworks(body, part, own)
        reading.frameworks += own.frameworks


_READERS = {"training procedure": _read_quantization, "framework versions": _read_version}


def _is_adapter(metadata: Metadata, body: Body) -> bool:
    """Whether the library or a tag says so, or the PEFT version among the frameworks."""
    if metadata.library == "peft" or any(tag.startswith("base_model:adapter:") for tag in metadata.tags):
        return True
    versions = (part for part in reversed(body.parts) if part.topic == "framework versions")
    return any(body.lines[i].startswith("- PEFT") for part in versions for i in range(part.start, part.end))


WRITER = Writer("peft", Signs(also=_is_adapter), read)
