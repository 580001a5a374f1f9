"""What cards of all writers have in common: headed sections with bullets and tables, and how they become data.

The layout is that of ``transformers.modelcard.TrainingSummary.to_model_card``, which the other writers follow in
their own words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from tui.cards.body import Body, Bullet, Part, Table
from tui.cards.metadata import NO_DATASET
from tui.cards.model import Framework, History, Metadata, NamedValue, Problem, Row
from tui.cards.values import parse, unbold
from tui.cards.writers.signs import Signs, introduction_of

_USED = "The following hyperparameters were used during training"
_SAVED = "* The bold row denotes the saved checkpoint."
_LINK = re.compile(r"\[(?P<text>[^\[\]]*)\]\([^()]*\)")
_PLACEHOLDER = re.compile(r"\[?more information needed\]?\.?", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->")
_FOLD_OPENS = re.compile(r"\s*<details>\s*<summary>[^<]*</summary>\s*")
_FOLD_CLOSES = re.compile(r"\s*</details>\s*")
_NO_NAME = frozenset(name.casefold() for name in NO_DATASET)


@dataclass(slots=True)
class Reading:
    """What a writer's reader found in the body of a card."""

    base_model: str | None = None
    from_scratch: bool = False
    dataset: str | None = None
    task: str | None = None
    is_about_model: bool = False
    """Whether it says that it is about a model, in the sentence with which cards begin or by announcing results."""

    results: tuple[NamedValue, ...] = ()
    hyperparameters: tuple[NamedValue, ...] = ()
    config: tuple[NamedValue, ...] = ()
    history: History = field(default_factory=History)
    frameworks: tuple[Framework, ...] = ()
    program: tuple[Framework, ...] = ()
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Writer:
    """A program that writes cards."""

    name: str
    """As in the JSON of a card."""

    signs: Signs

    read: Callable[[Body, Metadata], Reading]
    """Reads the parts of its cards and marks their lines as used."""

    def wrote(self, metadata: Metadata, body: Body) -> bool:
        """Whether a card shows that this program wrote it."""
        return self.signs.shown(metadata, body, introduction_of(body))


PartReader: TypeAlias = Callable[[Body, Part, Reading], None]
"""Turns one section into data and marks its lines as used."""


def read_parts(body: Body, reading: Reading, readers: Mapping[str, PartReader]) -> None:
    """Read each section that has a reader for its title."""
    for part in body.parts:
        if reader := readers.get(part.topic):
            reader(body, part, reading)


def read_hyperparameters(body: Body, part: Part, reading: Reading) -> None:
    """Read the list that is introduced, else the section's first, as the hyperparameters, if there are none yet."""
    if reading.hyperparameters:
        return
    introduced = (i for i in range(part.start, part.end) if body.lines[i].lstrip().startswith(_USED))
    start = next(introduced, part.start)
    if bullets := list_of_values(body, start, part.end) or list_of_values(body, part.start, start):
        reading.hyperparameters = named_values(bullets)
        use(body, bullets)
        use_introduction(body, range(part.start, bullets[0].start), _USED)
        use_fold(body, part, bullets[0].start, bullets[-1].end)


def read_history(body: Body, part: Part, reading: Reading) -> None:
    """Read the section's first table as the training history, if there is none yet."""
    table = next(body.tables(part.start, part.end), None)
    if table is None or reading.history.columns:
        return
    reading.history = History(
        tuple(map(unbold, table.columns)),
        tuple([_row(cells, index + 1) for index, cells in table.rows]),
    )
    reading.problems += _ragged_rows(table)
    reading.problems += _rows_behind(body, table, part)
    body.used.update(range(table.start, table.end))
    if any(row.saved for row in reading.history.rows):
        use_introduction(body, range(table.end, part.end), _SAVED)
    use_fold(body, part, table.start, table.end)


def _row(cells: tuple[str, ...], line: int) -> Row:
    plain = tuple(map(unbold, cells)) if "**" in "".join(cells) else cells
    return Row(tuple(map(parse, plain)), line, saved=plain != cells and _is_bold(cells))


def read_frameworks(body: Body, part: Part, reading: Reading) -> None:
    """Read the section's list as the framework versions, if there are none yet; what stands there again counts once."""
    if reading.frameworks:
        return
    frameworks: dict[tuple[str, str], Framework] = {}
    for bullet in body.bullets(part.start, part.end):
        name, _, version = f"{bullet.name} {value_of(bullet)}".strip().rpartition(" ")
        if name and (version[:1].isdigit() or any(map(str.isdigit, version))):
            framework = Framework(name.strip("*`: "), version, bullet.start + 1)
            frameworks.setdefault((framework.name, version), framework)
            body.used.update(range(bullet.start, bullet.end))
    reading.frameworks = tuple(frameworks.values())


def list_of_values(body: Body, start: int, end: int) -> list[Bullet]:
    """The bullets with a value of the first list between two indices that has any."""
    while bullets := body.bullets(start, end):
        if found := [bullet for bullet in bullets if value_of(bullet)]:
            return found
        start = bullets[-1].end
    return []


def named_values(bullets: Iterable[Bullet]) -> tuple[NamedValue, ...]:
    """The bullets that have a value."""
    return tuple(NamedValue(b.name, parse(value), b.start + 1) for b in bullets if (value := value_of(b)))


def use(body: Body, bullets: Iterable[Bullet]) -> None:
    """Mark the lines of the bullets that have a value as used."""
    for bullet in bullets:
        if value_of(bullet):
            body.used.update(range(bullet.start, bullet.end))


def value_of(bullet: Bullet) -> str:
    """A bullet's value without comments and its name's bold marks; empty where a template only asks for one."""
    text = bullet.value
    if text.startswith("** ") or text == "**":
        text = text[2:].strip()
    if "<!--" in text:
        text = _COMMENT.sub("", text).strip()
    return "" if text[:1] in {"[", "M", "m"} and _PLACEHOLDER.fullmatch(text) else text


def use_introduction(body: Body, lines: Iterable[int], sentence: str) -> None:
    """Mark the lines that say nothing but the sentence that goes with a list or table as used."""
    body.used.update(i for i in lines if body.lines[i].strip().rstrip(":.") == sentence.rstrip("."))


def use_fold(body: Body, part: Part, start: int, end: int) -> None:
    """Mark a ``<details>`` fold around the lines from `start` to `end` as used where it holds nothing else."""
    above = next((i for i in range(start - 1, part.start - 1, -1) if _remains(body, i)), None)
    if above is None or not _FOLD_OPENS.fullmatch(body.lines[above]):
        return
    below = next((i for i in range(end, part.end) if _remains(body, i)), None)
    if below is not None and _FOLD_CLOSES.fullmatch(body.lines[below]):
        body.used.update((above, below))


def _remains(body: Body, index: int) -> bool:
    return index not in body.used and bool(body.lines[index].strip())


def name_of(text: str) -> str | None:
    """The name of a base model or dataset, links unlinked; None where the writer did not know it."""
    name = unlinked(text).replace("**", "").strip("*`\"'“” ")
    return None if name.casefold() in _NO_NAME else name


def unlinked(text: str) -> str:
    """The text with the words of its links in their place.

    >>> unlinked("[a](https://a), b and [c](https://c)")
    'a, b and c'
    """
    return _LINK.sub(lambda link: link["text"], text) if "](" in text else text


def _is_bold(cells: tuple[str, ...]) -> bool:
    """Whether every cell that says something stands in bold marks."""
    said = [cell for cell in cells if cell]
    return bool(said) and all(unbold(cell) != cell for cell in said)


def _ragged_rows(table: Table) -> list[Problem]:
    wanted = len(table.columns)
    return [
        Problem(
            "ragged-row",
            index + 1,
            f"the row has {len(cells)} cell{'' if len(cells) == 1 else 's'} for {wanted} columns;"
            " which one is missing or too many cannot be told",
        )
        for index, cells in table.rows
        if len(cells) != wanted
    ]


def _rows_behind(body: Body, table: Table, part: Part) -> list[Problem]:
    """Rows that a cell of several lines has cut off from their table, and further tables."""
    rows = (i for i in range(table.end, part.end) if body.lines[i].lstrip().startswith("|") and i not in body.hidden)
    first = next(rows, None)
    if first is None:
        return []
    if second := next(body.tables(first, part.end), None):
        message = "a second table of results begins here; it is shown as text and not judged"
        return [Problem("second-table", second.start + 1, message)]
    message = "the table ends above this row, which is not read: a blank line or a cell of several lines cut it off"
    return [Problem("table-broken", first + 1, message)]
