"""Cards of sentence-transformers 2.x to 6.x: bi-encoders, cross encoders and sparse encoders.

Since 3.0 the results stand in a table an evaluator (metrics as rows, datasets as columns), the settings as two lists
of which the non-default ones count, and the history under "Training Logs", its best row in bold, ``-`` for blanks,
rows at step 0 and at -1 (after the training). Before, the arguments of ``fit`` stand as JSON.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from tui.cards.body import Body, Part, Table
from tui.cards.model import History, Metadata, NamedValue, Problem, Value
from tui.cards.values import TRAINER_DECIMALS, parse, unbold
from tui.cards.writers import fit_method
from tui.cards.writers.layout import (
    Reading,
    Writer,
    name_of,
    read_frameworks,
    read_history,
    read_hyperparameters,
    read_parts,
)
from tui.cards.writers.signs import Signs, introduction_of

_SENTENCE = re.compile(r"^This is an? \[[^\]\n]*\]\([^)\n]*\) model(?P<rest>.*)$", re.MULTILINE)
_BASE_MODEL = re.compile(r"\[[^\]]*\]\([^)]*\)|\S+")
_DATASET_END = re.compile(r" datasets?(?=[., ]|$)")
_DATASETS_LINE = re.compile(r"\* Datasets?: (?P<names>.+)")
_QUOTED = re.compile(r"`([^`]*)`")
_NAME = "sentence-transformers"
_TAGS = ("loss:", "dataset_size:")
"""How tags begin that the training sets."""

_BUILT_ON_IT = {"- SetFit", "- SpanMarker"}
_LOADERS = frozenset({"json", "csv", "parquet", "arrow", "text", "pandas", "generator"})
"""The loaders of local files, whose names ``datasets`` gives as the dataset's."""


_Key: TypeAlias = "tuple[str, str]"
"""The title of an evaluator's section, and the label of one of its values."""


@dataclass(frozen=True, slots=True)
class _Evaluator:
    """The table of one evaluator."""

    title: str
    """Of its section: what kind of evaluator it is."""

    values: list[NamedValue]


def read(body: Body, metadata: Metadata) -> Reading:  # noqa: ARG001 - as every writer's
    """Read the parts of the card and mark their lines as used."""
    reading = Reading()
    _read_sentence(body, reading)
    evaluators = _evaluators(body)
    for titles in (_NON_DEFAULT, _READERS):
        read_parts(body, reading, titles)
    _take_results(evaluators, reading)
    if not reading.hyperparameters:
        fit_method.read(body, reading)
    return reading


def _read_sentence(body: Body, reading: Reading) -> None:
    """Read base model and dataset; the sentence tells more and stays."""
    sentence = _SENTENCE.search(introduction_of(body).text)
    if sentence is None:
        return
    _, _, text = sentence["rest"].partition(" finetuned from ")
    if base := _BASE_MODEL.match(text):
        reading.base_model = name_of(base[0])
    _, _, text = sentence["rest"].partition(" on the ")
    end = _DATASET_END.search(text)
    dataset = name_of(text[: end.start()]) if end else None
    reading.dataset = None if dataset in _LOADERS else dataset


def _evaluators(body: Body) -> list[_Evaluator]:
    """The evaluators' tables, each in a section of its own below "Metrics"; one that stands there again is left out."""
    below = False
    found: dict[tuple[str, ...], _Evaluator] = {}
    for part in body.parts:
        if part.level <= 3:
            below = part.topic == "metrics"
        if below and (values := _evaluator(body, part)):
            said = (part.title, *(text for value in values for text in (value.label, value.value.raw)))
            found.setdefault(said, _Evaluator(part.title, values))
    return list(found.values())


def _take_results(evaluators: Sequence[_Evaluator], reading: Reading) -> None:
    """The values of all evaluators; with the title where several kinds of them measured one metric of one dataset.

    A script that makes an evaluator anew, under its old name, leaves a table of each and one column of the history.
    The values count that stand furthest down in it; the others are numbered and stand behind them.
    """
    tables = Counter((evaluator.title, value.label) for evaluator in evaluators for value in evaluator.values)
    kinds = Counter(label for _, label in tables)
    counting = _counting(evaluators, {key for key, count in tables.items() if count > 1}, reading.history)
    counted: list[NamedValue] = []
    beside: list[NamedValue] = []
    met: Counter[_Key] = Counter()
    for evaluator in evaluators:
        less: list[tuple[NamedValue, NamedValue]] = []
        for value in evaluator.values:
            key = (evaluator.title, value.label)
            counts = counting.get(key, value)
            if not met[key]:
                title = f"{evaluator.title}: " if kinds[value.label] > 1 else ""
                counted.append(replace(counts, qualified=f"{title}{value.label}") if title else counts)
            met[key] += 1
            if counts is not value:
                beside.append(replace(value, qualified=f"{evaluator.title} {met[key]}: {value.label}"))
                less.append((value, counts))
        if less:
            reading.problems.append(_beside(*less[0], len(less)))
    reading.results = (*counted, *beside)


def _counting(evaluators: Sequence[_Evaluator], repeated: set[_Key], history: History) -> dict[_Key, NamedValue]:
    """The value that counts of each label that several evaluators of a title have.

    It is of the one whose values the history has, of those the one that has them furthest down, else of the first.
    """
    rows = {label: _rows_by_number(label, history) for _, label in repeated}
    counting: dict[_Key, NamedValue] = {}
    furthest: dict[_Key, int] = {}
    for evaluator in evaluators if repeated else ():
        again = [value for value in evaluator.values if (evaluator.title, value.label) in repeated]
        row = max((rows[value.label].get(_rounded(value.value), -1) for value in again), default=-1)
        for value in again:
            key = (evaluator.title, value.label)
            if row > furthest.get(key, -2):
                counting[key], furthest[key] = value, row
    return counting


def _rows_by_number(label: str, history: History) -> dict[float | None, int]:
    """Number → the last row that has it, of the history's column of that name."""
    column = history.column(label)
    if column is None:
        return {}
    cells = enumerate(history.cells_of(column))
    return {_rounded(cell): row for row, cell in cells if cell and cell.number is not None}


def _rounded(value: Value) -> float | None:
    return None if value.number is None else round(value.number, TRAINER_DECIMALS)


def _beside(value: NamedValue, counts: NamedValue, count: int) -> Problem:
    """The problem of a table beside another one that counts, by the first of its values that do not."""
    more = f" and {count - 1:,} more" if count > 1 else ""
    message = (
        f"{value.label}{more} stand{'' if more else 's'} here with {'other values' if more else 'another value'}"
        f" than in line {counts.line}, which counts: two evaluators have one name"
    )
    return Problem("second-list", value.line, message)


def _evaluator(body: Body, part: Part) -> list[NamedValue]:
    """An evaluator's values, dataset by dataset: its columns but the first are datasets, or one is "Value"."""
    table = next(body.tables(part.start, part.end), None)
    if table is None or table.columns[0] != "Metric":
        return []
    stated = next((m for i in range(part.start, table.start) if (m := _DATASETS_LINE.match(body.lines[i]))), None)
    names = _QUOTED.findall(stated["names"]) if stated else []
    values: list[NamedValue] = []
    for column in range(1, len(table.columns)):
        header = unbold(table.columns[column])
        dataset = names[0] if header == "Value" and len(names) == 1 else "" if header == "Value" else header
        values += _column(table, column, dataset)
    body.used.update(range(table.start, table.end))
    return values


def _column(table: Table, column: int, dataset: str) -> list[NamedValue]:
    """The metrics of one dataset, qualified as the columns of the history are."""
    return [
        NamedValue(
            name := unbold(cells[0]),
            parse(unbold(cells[column])),
            index + 1,
            qualified=f"{dataset}_{name}" if dataset else "",
            primary=name != cells[0],
        )
        for index, cells in table.rows
        if column < len(cells) and cells[0]
    ]


def _is_without_sentence(metadata: Metadata, body: Body) -> bool:
    """Whether a card whose introduction people rewrote has the tags, the logs or the version of 3.0 and later."""
    has_logs = any(part.topic == "training logs" for part in body.parts)
    is_named = _NAME in metadata.tags or metadata.library == _NAME
    if is_named and (has_logs or any(tag.startswith(_TAGS) for tag in metadata.tags)):
        return True
    versions = (part for part in body.parts if part.topic == "framework versions")
    return any(_has_version(body.lines[part.start : part.end]) for part in versions)


def _has_version(lines: Sequence[str]) -> bool:
    """Whether frameworks are listed as this program does, which SetFit and SpanMarker do too, with their own name."""
    names = [line.partition(":")[0] for line in lines]
    return "- Sentence Transformers" in names and not _BUILT_ON_IT & set(names)


_NON_DEFAULT = {"non-default hyperparameters": read_hyperparameters}
_READERS = {
    "all hyperparameters": read_hyperparameters,
    "training hyperparameters": read_hyperparameters,
    "training logs": read_history,
    "framework versions": read_frameworks,
}

_SIGNS = Signs(
    phrases=(
        "\nThis is a [sentence-transformers](",
        "\nThis is a [Cross Encoder](https://www.sbert.net/",
        " Sparse Encoder](https://www.sbert.net/",
    ),
    also=_is_without_sentence,
)

WRITER = Writer(_NAME, _SIGNS, read)
