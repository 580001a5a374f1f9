"""Cards of sentence-transformers 2.x to 6.x: bi-encoders, cross encoders and sparse encoders.

Since 3.0 the results stand in a table an evaluator (metrics as rows, datasets as columns), the settings as two lists
of which the non-default ones count, and the history under "Training Logs", its best row in bold, ``-`` for blanks,
rows at step 0 and at -1 (after the training). Before, the arguments of ``fit`` stand as JSON.
"""

from __future__ import annotations

import json
import re

from tui.cards.body import Body, Part, Table
from tui.cards.metadata import NO_DATASET
from tui.cards.model import Metadata, NamedValue
from tui.cards.values import parse, unbold
from tui.cards.writers.layout import (
    Reading,
    Writer,
    read_frameworks,
    read_history,
    read_hyperparameters,
    read_parts,
    unlinked,
)

_SENTENCE = re.compile(r"This is an? \[[^\]]*\]\([^)]*sbert\.net[^)]*\) model", re.IGNORECASE)
_BASE_MODEL = re.compile(r"finetuned from (\[[^\]]*\]\([^)]*\)|\S+)")
_DATASET = re.compile(r" on the (?P<names>.+?) datasets?[.,]? ")
_DATASETS_LINE = re.compile(r"\* Datasets?: (?P<names>.+)")
_QUOTED = re.compile(r"`([^`]*)`")
_NO_NAME = "``"
_NO_DATASET = NO_DATASET | {"json", "csv", "parquet", "arrow", "text", "pandas", "generator"}
"""Beside the usual, the loaders of local files, whose names ``datasets`` gives as the dataset's."""

_FIT = "Parameters of the fit()-Method"


def wrote(metadata: Metadata, body: Body) -> bool:  # noqa: ARG001 - as every writer's
    """Whether sentence-transformers says that it wrote the card."""
    return any(_SENTENCE.match(line) for line in body.lines)


def read(body: Body, metadata: Metadata) -> Reading:  # noqa: ARG001 - as every writer's
    """Read the parts of the card and mark their lines as used."""
    reading = Reading()
    _read_sentence(body, reading)
    for part in body.parts:
        _read_results(body, part, reading)
    for titles in (_NON_DEFAULT, _READERS):
        read_parts(body, reading, titles)
    if not reading.hyperparameters:
        _read_fit(body, reading)
    return reading


def _read_sentence(body: Body, reading: Reading) -> None:
    """Read base model and dataset; the sentence tells more and stays."""
    line = next(line for line in body.lines if _SENTENCE.match(line))
    if base := _BASE_MODEL.search(line):
        reading.base_model = unlinked(base[1])
    if (dataset := _DATASET.search(f"{line} ")) and (names := unlinked(dataset["names"])) not in _NO_DATASET:
        reading.dataset = names


def _read_results(body: Body, part: Part, reading: Reading) -> None:
    """Read an evaluator's table, dataset by dataset: its columns but the first are datasets, or one is "Value"."""
    table = next(body.tables(part.start, part.end), None)
    if table is None or table.columns[0] != "Metric":
        return
    stated = next((m for i in range(part.start, table.start) if (m := _DATASETS_LINE.match(body.lines[i]))), None)
    names = _QUOTED.findall(stated["names"].replace(_NO_NAME, "` `")) if stated else []
    for column in range(1, len(table.columns)):
        header = unbold(table.columns[column])
        dataset = names[0].strip() if header == "Value" and len(names) == 1 else "" if header == "Value" else header
        reading.results += _column(table, column, dataset)
    body.used.update(range(table.start, table.end))


def _column(table: Table, column: int, dataset: str) -> tuple[NamedValue, ...]:
    """The metrics of one dataset, qualified as the columns of the history are."""
    return tuple(
        NamedValue(
            name := unbold(cells[0]),
            parse(unbold(cells[column])),
            index + 1,
            qualified=f"{dataset}_{name}" if dataset else "",
            primary=name != cells[0],
        )
        for index, cells in table.rows
        if column < len(cells) and cells[0]
    )


def _read_fit(body: Body, reading: Reading) -> None:
    """Read the arguments of ``fit``, JSON in a fence, which stays with its section."""
    start = next((i for i, line in enumerate(body.lines) if line.startswith(_FIT)), None)
    opening = next((i for i in sorted(body.hidden) if start is not None and i > start), None)
    if opening is None:
        return
    end = next((i for i in range(opening + 1, len(body.lines)) if i not in body.hidden), len(body.lines))
    try:
        arguments = json.loads("\n".join(body.lines[opening + 1 : end - 1]), parse_float=str, parse_int=str)
    except (ValueError, RecursionError):
        return
    if isinstance(arguments, dict):
        reading.hyperparameters = tuple(
            NamedValue(name, parse(_printed(value)), opening + 2) for name, value in arguments.items()
        )


def _printed(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"'{name}': {_printed(item)}" for name, item in value.items()) + "}"
    return str(value)


_NON_DEFAULT = {"non-default hyperparameters": read_hyperparameters}
_READERS = {
    "all hyperparameters": read_hyperparameters,
    "training hyperparameters": read_hyperparameters,
    "training logs": read_history,
    "framework versions": read_frameworks,
}

WRITER = Writer("sentence-transformers", wrote, read)
