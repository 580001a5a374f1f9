"""Cards of the Hugging Face ``Trainer`` (PyTorch), 4.x to 5.x: where it puts what.

The layout is that of ``transformers.modelcard.TrainingSummary.to_model_card``: a sentence about base model and
dataset, the reported results as bullets, then headed sections with bullets and one table.
"""

from __future__ import annotations

import re

from tui.cards.announced import HINT, Announcement, announcement
from tui.cards.body import Body, Bullet
from tui.cards.model import Metadata
from tui.cards.values import parse
from tui.cards.writers.layout import (
    Reading,
    Writer,
    name_of,
    named_values,
    read_frameworks,
    read_history,
    read_hyperparameters,
    read_parts,
    use,
    value_of,
)
from tui.cards.writers.signs import Signs

_FINE_TUNED = re.compile(r"This (?:[a-z-]{1,20} )?model is a fine-tuned version of ")
_FROM_SCRATCH = "This model was trained from scratch"
_SENTENCE_END = re.compile(r"\.\s+(?=[A-Z])|\.$")
_DATASET_END = re.compile(r" datasets?(?:\.\s+(?=[A-Z])|\.?$)")
_ON = re.compile(r" on ")
_ARTICLE = re.compile(r"^(?:the|an?) ")
_LINK = re.compile(r"\[(?P<text>[^\]]*)\]\((?P<url>[^)]*)\)")
_LINKED_LIST = re.compile(r"\[\[(?P<items>[^\]]*)\]\]\([^)]*\)")
_PLAIN_INTRODUCTION = re.compile(r"\s*It achieves the following results on the evaluation set[:.]?\s*")


def has_layout(body: Body) -> bool:
    """Whether a card has a section in the Trainer's layout."""
    return any(part.topic in _READERS for part in body.parts)


def read(body: Body, metadata: Metadata) -> Reading:  # noqa: ARG001 - as every writer's
    """Read the parts of a Trainer card and mark their lines as used."""
    reading = Reading()
    read_introduction(body, reading)
    read_parts(body, reading, _READERS)
    return reading


def read_introduction(body: Body, reading: Reading) -> None:
    """Read the sentence and the reported results; what else their lines say stays.

    Where the Trainer's own words announce results, what people announce elsewhere is beside them.
    """
    has_sentence = False
    reworded: list[Bullet] = []
    for part in body.parts:
        for index in range(part.start, part.end):
            line = body.lines[index]
            if index in body.hidden:
                continue
            rest: str | None = line
            if not has_sentence and line.lstrip().startswith("This "):
                rest = _read_sentence(line, reading)
                has_sentence = rest is not None
                if rest is not None and not rest.strip():
                    body.used.add(index)
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


def _read_sentence(line: str, reading: Reading) -> str | None:
    """Read "This model is a fine-tuned version of … on the … dataset."; gives what follows, else None.

    By searching, not by one pattern: a line may be of any length.
    """
    text = line.strip()
    if opening := _FINE_TUNED.match(text):
        base, text = _base_model(text[opening.end() :])
        reading.base_model = name_of(base)
    elif text.startswith(_FROM_SCRATCH):
        text = text.removeprefix(_FROM_SCRATCH)
        reading.from_scratch = True
    else:
        return None
    if text.startswith(" on "):
        dataset, text = _dataset(text.removeprefix(" on "))
        reading.dataset = name_of(dataset)
    return text.removeprefix(".")


def _base_model(text: str) -> tuple[str, str]:
    """(base model, rest) of the sentence from the model on: the words of a link, or those up to "on" or the end."""
    if link := _LINK.match(text):
        rest = text[link.end() :]
        if rest.startswith(" and ["):  # an encoder and a decoder
            second, rest = _base_model(rest.removeprefix(" and "))
            return f"{link['text']} and {second}", rest
        return link["text"], rest
    ends = [found.start() for found in (_SENTENCE_END.search(text), _ON.search(text)) if found]
    end = min(ends, default=len(text))
    return text[:end], text[end:]


def _dataset(text: str) -> tuple[str, str]:
    """(dataset, rest) of the sentence from the dataset on."""
    ends = [found for found in (_DATASET_END.search(text), _SENTENCE_END.search(text)) if found]
    end = min(ends, key=lambda found: found.start(), default=None)
    phrase, rest = (text[: end.start()], text[end.end() :]) if end else (text, "")
    phrase = _ARTICLE.sub("", phrase).strip()
    if link := _LINKED_LIST.fullmatch(phrase):  # trl prints several as a Python list
        return ", ".join(item.strip(" '\"") for item in link["items"].split(",")), rest
    if link := _LINK.fullmatch(phrase):
        return link["text"], rest
    return phrase, rest


def _take_results(body: Body, bullets: list[Bullet], reading: Reading) -> None:
    reading.results = named_values(bullets)
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
