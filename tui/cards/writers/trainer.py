"""Cards of the Hugging Face ``Trainer`` (PyTorch), 4.x to 5.x: where it puts what.

The layout is that of ``transformers.modelcard.TrainingSummary.to_model_card``: a sentence about base model and
dataset, the reported results as bullets, then headed sections with bullets and one table.
"""

from __future__ import annotations

import re

from tui.cards.announced import HINT, Announcement, announcement
from tui.cards.body import Body, Bullet, Part
from tui.cards.model import Metadata
from tui.cards.values import parse
from tui.cards.writers import other_forms
from tui.cards.writers.layout import (
    Reading,
    Writer,
    named_values,
    read_frameworks,
    read_history,
    read_hyperparameters,
    read_parts,
    use,
    value_of,
)
from tui.cards.writers.sentence import SCRATCH_HINT, TUNED_HINT, Sentence, sentence
from tui.cards.writers.signs import Signs

_MOST_LINES = 4
"""Lines that the sentence may take where it is wrapped."""

_CONTINUES = re.compile(r"[a-z\[(`\"'*]")
_ENDS = re.compile(r"[.:!?]\s*$")
_PLAIN_INTRODUCTION = re.compile(r"\s*It achieves the following results on the evaluation set[:.]?\s*")


def has_layout(body: Body) -> bool:
    """Whether a card has a section in the Trainer's layout."""
    return any(part.topic in _READERS for part in body.parts)


def read(body: Body, metadata: Metadata) -> Reading:
    """Read the parts of a Trainer card and mark their lines as used."""
    reading = Reading()
    read_introduction(body, metadata, reading)
    read_parts(body, reading, _READERS)
    other_forms.read_settings(body, reading)
    other_forms.read_results(body, metadata, reading)
    return reading


def read_introduction(body: Body, metadata: Metadata, reading: Reading) -> None:
    """Read the sentence and the reported results; what else their lines say stays.

    Where the Trainer's own words announce results, what people announce elsewhere is beside them.
    """
    reworded: list[Bullet] = []
    for part in body.parts:
        for index in range(part.start, part.end):
            line = body.lines[index]
            if index in body.hidden:
                continue
            rest: str | None = line
            if (TUNED_HINT in line or SCRATCH_HINT in line) and not reading.is_about_model:
                rest = _read_sentence(body, part, index, metadata, reading)
            if HINT not in line or not (found := announcement(line)):
                continue
            bullets = body.bullets(index + 1, part.end, at_once=True)
            if found[0] is Announcement.REWORDED:
                reworded = reworded or _only_numbers(bullets)
                continue
            _take_results(body, bullets or reworded, reading)
            if bullets and _PLAIN_INTRODUCTION.fullmatch(line if rest is None else rest):
                body.used.add(index)
            return
    _take_results(body, reworded, reading)


def _only_numbers(bullets: list[Bullet]) -> list[Bullet]:
    """The bullets of a list in which each has a number, or a list of them; else none."""
    values = [parse(value_of(bullet)) for bullet in bullets]
    return bullets if all(value.number is not None or value.elements for value in values) else []


def _read_sentence(body: Body, part: Part, index: int, metadata: Metadata, reading: Reading) -> str | None:
    """Read the sentence about base model and dataset; gives what its last line says behind it, None without one."""
    text, end = body.lines[index], index + 1
    while end < min(part.end, index + _MOST_LINES) and _CONTINUES.match(body.lines[end]) and not _ENDS.search(text):
        text = f"{text.rstrip()} {body.lines[end].strip()}"
        end += 1
    found = sentence(text, _own_names(body, metadata))
    if found is None:
        return None
    reading.is_about_model = found.is_certain
    if found.is_certain or not (reading.base_model or reading.dataset):
        reading.base_model = _better_known(found, metadata.base_model)
        reading.dataset, reading.from_scratch = found.dataset, found.from_scratch
    if not found.rest.strip():
        body.used.update(range(index, end))
    return found.rest


def _own_names(body: Body, metadata: Metadata) -> set[str]:
    """The names by which a card may speak of its model, casefolded."""
    names = {part.title for part in body.parts if part.level == 1} | {metadata.name or ""}
    return {known.casefold() for name in names for known in (name, name.rpartition("/")[2]) if known}


def _better_known(found: Sentence, stated: str | None) -> str | None:
    """The base model: the metadata's where the sentence leaves out its owner, or only describes it."""
    name = found.base_model
    is_part = name is not None and stated is not None and stated.casefold().endswith(f"/{name}".casefold())
    return stated if stated and (is_part or not found.is_certain) else name


def _take_results(body: Body, bullets: list[Bullet], reading: Reading) -> None:
    reading.results = named_values(bullets)
    reading.is_about_model = reading.is_about_model or bool(bullets)
    use(body, bullets)


_READERS = {
    "training hyperparameters": read_hyperparameters,
    "training results": read_history,
    "framework versions": read_frameworks,
}
"""The sections that hold data, by their titles."""

_SIGNS = Signs(
    tags=frozenset({"generated_from_trainer"}),
    comment="according to the information the Trainer had access to",
)

WRITER = Writer("trainer", _SIGNS, read)
