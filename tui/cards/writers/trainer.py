"""Cards of the Hugging Face ``Trainer`` (PyTorch): where it puts what.

The layout is that of ``transformers.modelcard.TrainingSummary.to_model_card``: a sentence about base model and
dataset, the reported results as bullets, then headed sections with bullets and one table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tui.cards.body import Body, Bullet, Part, Table
from tui.cards.metadata import NO_DATASET
from tui.cards.model import Framework, History, Metadata, NamedValue, Problem, Row
from tui.cards.values import parse, unbold

_FINE_TUNED = "This model is a fine-tuned version of "
_FROM_SCRATCH = "This model was trained from scratch"
_SENTENCE_END = re.compile(r"\.\s+(?=[A-Z])|\.$")
_DATASET_END = re.compile(r" datasets?(?:\.\s+(?=[A-Z])|\.?$)")
_ON = re.compile(r" on ")
_ARTICLE = re.compile(r"^(?:the|an?) ")
_LINK = re.compile(r"\[(?P<text>[^\]]*)\]\((?P<url>[^)]*)\)")
_RESULTS = "following results on the evaluation set"
_PLAIN_INTRODUCTION = re.compile(
    r"\s*(?:It achieves the following results on the evaluation set"
    r"|The following hyperparameters were used during training)[:.]?\s*"
)
_COMMENT = "according to the information the Trainer had access to"
_FRAMEWORK = re.compile(r"(?P<name>\S.*?):?\s+(?P<version>\S+)")


@dataclass(slots=True)
class Reading:
    """What a writer's reader found in the body of a card."""

    base_model: str | None = None
    from_scratch: bool = False
    dataset: str | None = None
    results: tuple[NamedValue, ...] = ()
    hyperparameters: tuple[NamedValue, ...] = ()
    history: History = field(default_factory=History)
    frameworks: tuple[Framework, ...] = ()
    problems: list[Problem] = field(default_factory=list)


def wrote(metadata: Metadata, body: Body) -> bool:
    """Whether the Trainer says that it wrote the card."""
    return "generated_from_trainer" in metadata.tags or any(_COMMENT in body.lines[index] for index in body.hidden)


def recognises(metadata: Metadata, body: Body) -> bool:
    """Whether the card is the Trainer's, or has a part in its layout."""
    return wrote(metadata, body) or any(_title(part) in _READERS for part in body.parts)


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
    """Read the sentence and the reported results; what else their lines say stays."""
    has_sentence = False
    for part in body.parts:
        for index in range(part.start, part.end):
            line = body.lines[index]
            if index in body.hidden:
                continue
            rest: str | None = line
            if not has_sentence and line.lstrip().startswith("This model "):
                rest = _read_sentence(line, reading)
                has_sentence = rest is not None
                if rest is not None and not rest.strip():
                    body.used.add(index)
            if _RESULTS in line:
                _read_results(body, index, part, reading, introduction=line if rest is None else rest)
                return


def _read_sentence(line: str, reading: Reading) -> str | None:
    """Read "This model is a fine-tuned version of … on the … dataset."; gives what follows, else None.

    By searching, not by one pattern: a line may be of any length.
    """
    text = line.strip()
    if text.startswith(_FINE_TUNED):
        base, text = _base_model(text.removeprefix(_FINE_TUNED))
        reading.base_model = base.strip("` ") or None
    elif text.startswith(_FROM_SCRATCH):
        text = text.removeprefix(_FROM_SCRATCH)
        reading.from_scratch = True
    else:
        return None
    if text.startswith(" on "):
        dataset, text = _dataset(text.removeprefix(" on "))
        reading.dataset = None if dataset in NO_DATASET else dataset
    return text.removeprefix(".")


def _base_model(text: str) -> tuple[str, str]:
    """(base model, rest) of the sentence from the model on: the words of a link, or those up to "on" or the end."""
    if link := _LINK.match(text):
        return link["text"], text[link.end() :]
    ends = [found.start() for found in (_SENTENCE_END.search(text), _ON.search(text)) if found]
    end = min(ends, default=len(text))
    return text[:end], text[end:]


def _dataset(text: str) -> tuple[str, str]:
    """(dataset, rest) of the sentence from the dataset on."""
    ends = [found for found in (_DATASET_END.search(text), _SENTENCE_END.search(text)) if found]
    end = min(ends, key=lambda found: found.start(), default=None)
    phrase, rest = (text[: end.start()], text[end.end() :]) if end else (text, "")
    return _ARTICLE.sub("", phrase).strip(), rest


def _read_results(body: Body, index: int, part: Part, reading: Reading, *, introduction: str) -> None:
    bullets = body.bullets(index + 1, part.end, at_once=True)
    reading.results = _named_values(bullets)
    _use(body, bullets)
    if bullets and _PLAIN_INTRODUCTION.fullmatch(introduction):
        body.used.add(index)


def _read_hyperparameters(body: Body, part: Part, reading: Reading) -> None:
    bullets = body.bullets(part.start, part.end)
    if bullets and not reading.hyperparameters:
        reading.hyperparameters = _named_values(bullets)
        _use(body, bullets)
        above = range(part.start, bullets[0].index)
        body.used.update(i for i in above if _PLAIN_INTRODUCTION.fullmatch(body.lines[i]))


def _read_history(body: Body, part: Part, reading: Reading) -> None:
    table = next(body.tables(part.start, part.end), None)
    if table is None or reading.history.columns:
        return
    reading.history = History(
        tuple(unbold(column) for column in table.columns),
        tuple(Row(tuple(parse(unbold(cell)) for cell in cells), index + 1) for index, cells in table.rows),
    )
    reading.problems += _ragged_rows(table)
    reading.problems += _rows_behind(body, table, part)
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


def _rows_behind(body: Body, table: Table, part: Part) -> list[Problem]:
    """Rows that a cell of several lines has cut off from their table."""
    first = next((i for i in range(table.end, part.end) if body.lines[i].lstrip().startswith("|")), None)
    if first is None:
        return []
    if second := next(body.tables(first, part.end), None):
        message = "a second table of results begins here; it is shown as text and not judged"
        return [Problem("second-table", second.start + 1, message)]
    message = "the table ends above this row; a cell of several lines may have cut it off, and it is not read"
    return [Problem("table-broken", first + 1, message)]


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


def _use(body: Body, bullets: list[Bullet]) -> None:
    for bullet in bullets:
        if bullet.value:
            body.used.update(range(bullet.index, bullet.end))
