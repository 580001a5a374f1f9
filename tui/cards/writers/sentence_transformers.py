"""Cards of sentence-transformers 2.x to 6.x: bi-encoders, cross encoders and sparse encoders.

Since 3.0 the results stand in a table an evaluator (metrics as rows, datasets as columns), the settings as two lists
of which the non-default ones count, and the history under "Training Logs", its best row in bold, ``-`` for blanks,
rows at step 0 and at -1 (after the training). Before, the arguments of ``fit`` stand as JSON.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from tui.cards.body import Body, Part, Table
from tui.cards.model import Metadata, NamedValue
from tui.cards.values import parse, unbold
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
_LOADERS = frozenset({"json", "csv", "parquet", "arrow", "text", "pandas", "generator"})
"""The loaders of local files, whose names ``datasets`` gives as the dataset's."""


def read(body: Body, metadata: Metadata) -> Reading:  # noqa: ARG001 - as every writer's
    """Read the parts of the card and mark their lines as used."""
    reading = Reading()
    _read_sentence(body, reading)
    _read_results(body, reading)
    for titles in (_NON_DEFAULT, _READERS):
        read_parts(body, reading, titles)
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


def _read_results(body: Body, reading: Reading) -> None:
    """Read the evaluators' tables, each in a section of its own below "Metrics"."""
    below = False
    values: list[tuple[str, NamedValue]] = []
    for part in body.parts:
        if part.level <= 3:
            below = part.topic == "metrics"
        if below:
            values += [(part.title, value) for value in _evaluator(body, part)]
    labels = Counter(value.label for _, value in values)
    reading.results = tuple(
        replace(value, qualified=f"{title}: {value.label}") if labels[value.label] > 1 else value
        for title, value in values
    )


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


def _has_its_tags(metadata: Metadata, _body: Body) -> bool:
    """Whether a card without the sentence has the tags that the training sets since 3.0."""
    return "sentence-transformers" in metadata.tags and any(tag.startswith("loss:") for tag in metadata.tags)


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
    also=_has_its_tags,
)

WRITER = Writer("sentence-transformers", _SIGNS, read)
