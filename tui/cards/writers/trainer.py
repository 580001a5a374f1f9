"""Cards of the Hugging Face ``Trainer`` (PyTorch): where it puts what.

The layout is that of ``transformers.modelcard.TrainingSummary.to_model_card``: a sentence about base model and
dataset, the reported results as bullets, then headed sections with bullets and one table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tui.cards.body import Body, Bullet, Part, Table
from tui.cards.model import Framework, History, Metadata, NamedValue, Problem, Row
from tui.cards.values import parse, unbold

_SENTENCE = re.compile(
    r"This model (?:is a fine-tuned version of (?P<base>.+?)|was trained from scratch)"
    r"(?: on (?:(?:the|an?) )?(?P<dataset>.+?))?\.?",
)
_LINK = re.compile(r"\[(?P<text>[^\]]*)\]\((?P<url>[^)]*)\)")
_DATASET_NOUN = re.compile(r" datasets?$")
_NO_DATASET = frozenset({"unknown", "unkown", "None", ""})
_RESULTS = "following results on the evaluation set"
_COMMENT = "according to the information the Trainer had access to"
_FRAMEWORK = re.compile(r"(?P<name>\S.*?):?\s+(?P<version>\S+)")


@dataclass(slots=True)
class Reading:
    """What a writer's reader found in the body of a card."""

    base_model: str | None = None
    dataset: str | None = None
    results: tuple[NamedValue, ...] = ()
    hyperparameters: tuple[NamedValue, ...] = ()
    history: History = field(default_factory=History)
    frameworks: tuple[Framework, ...] = ()
    problems: list[Problem] = field(default_factory=list)


def recognises(metadata: Metadata, body: Body) -> bool:
    """Whether the card is the Trainer's, or has a part that was pasted from one."""
    return (
        "generated_from_trainer" in metadata.tags
        or any(_title(part) in _READERS for part in body.parts)
        or any(_COMMENT in body.lines[index] for index in body.hidden)
    )


def read(body: Body) -> Reading:
    """Read the parts of a Trainer card and mark their lines as used."""
    reading = Reading()
    _read_introduction(body, reading)
    for part in body.parts:
        if reader := _READERS.get(_title(part)):
            reader(body, part, reading)
    return reading


def _title(part: Part) -> str:
    return part.title.casefold().strip(" :*")


def _read_introduction(body: Body, reading: Reading) -> None:
    for part in body.parts:
        for index in range(part.start, part.end):
            line = body.lines[index]
            if index in body.hidden:
                continue
            if reading.base_model is None and reading.dataset is None and line.startswith("This model "):
                _read_sentence(body, index, reading)
            elif not reading.results and _RESULTS in line:
                bullets = body.bullets(index + 1, part.end)
                reading.results = _named_values(bullets)
                _use(body, bullets, index)
                return


def _read_sentence(body: Body, index: int, reading: Reading) -> None:
    """Read base model and dataset of "This model is a fine-tuned version of … on the … dataset."."""
    match = _SENTENCE.fullmatch(body.lines[index].strip())
    if not match:
        return
    body.used.add(index)
    if base := match["base"]:
        link = _LINK.match(base)
        reading.base_model = (link["text"] if link else base).strip("` ") or None
    dataset = _DATASET_NOUN.sub("", match["dataset"] or "").strip()
    reading.dataset = None if dataset in _NO_DATASET else dataset


def _read_hyperparameters(body: Body, part: Part, reading: Reading) -> None:
    bullets = body.bullets(part.start, part.end)
    if bullets and not reading.hyperparameters:
        reading.hyperparameters = _named_values(bullets)
        _use(body, bullets, _line_above(body, part, bullets[0].index, "hyperparameters were used"))


def _read_history(body: Body, part: Part, reading: Reading) -> None:
    table = next(body.tables(part.start, part.end), None)
    if table is None or reading.history.columns:
        return
    reading.history = History(
        tuple(unbold(column) for column in table.columns),
        tuple(Row(tuple(parse(unbold(cell)) for cell in cells), index + 1) for index, cells in table.rows),
    )
    reading.problems += _ragged_rows(table)
    body.used.update(range(table.start, table.end))


def _ragged_rows(table: Table) -> list[Problem]:
    wanted = len(table.columns)
    return [
        Problem(
            "ragged-row",
            index + 1,
            f"the row has {len(cells)} cells for {wanted} columns; which one is missing or too many cannot be told",
        )
        for index, cells in table.rows
        if len(cells) != wanted
    ]


def _read_frameworks(body: Body, part: Part, reading: Reading) -> None:
    bullets = body.bullets(part.start, part.end)
    if not bullets or reading.frameworks:
        return
    frameworks = []
    for bullet in bullets:
        text = f"{bullet.name}: {bullet.value}" if bullet.value else bullet.name
        if match := _FRAMEWORK.fullmatch(text):
            frameworks.append(Framework(match["name"].strip("*` "), match["version"], bullet.index + 1))
            body.used.update(range(bullet.index, bullet.end))
    reading.frameworks = tuple(frameworks)


_READERS = {
    "training hyperparameters": _read_hyperparameters,
    "training results": _read_history,
    "framework versions": _read_frameworks,
}
"""The sections that hold data, by their titles."""


def _named_values(bullets: list[Bullet]) -> tuple[NamedValue, ...]:
    return tuple(NamedValue(b.name, parse(b.value), b.index + 1) for b in bullets if b.value)


def _line_above(body: Body, part: Part, index: int, words: str) -> int | None:
    """The index of the line that introduces a list, where it says nothing else."""
    return next((i for i in range(part.start, index) if words in body.lines[i]), None)


def _use(body: Body, bullets: list[Bullet], introduction: int | None) -> None:
    for bullet in bullets:
        if bullet.value:
            body.used.update(range(bullet.index, bullet.end))
    if introduction is not None:
        body.used.add(introduction)
