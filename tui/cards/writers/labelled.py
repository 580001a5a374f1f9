"""What SetFit's and SpanMarker's cards have in common: metrics by label in one table, and a sentence with links."""

from __future__ import annotations

import re

from tui.cards.body import Body
from tui.cards.metadata import NO_DATASET
from tui.cards.model import NamedValue
from tui.cards.values import parse, unbold
from tui.cards.writers.layout import (
    Reading,
    read_frameworks,
    read_history,
    read_hyperparameters,
    read_parts,
    title_of,
    unlinked,
)

_DATASET = re.compile(r"model trained on the (?P<names>.+?) datasets? that can be used")
_BASE_MODEL = re.compile(r"model uses (?P<name>\[[^\]]*\]\([^)]*\)|\S+) as the ")
_OVERALL = {"all", "overall"}


def read(body: Body, opening: str) -> Reading:
    """Read a card whose describing sentence begins with `opening`."""
    reading = Reading()
    sentence = next((line for line in body.lines if line.startswith(opening)), "")
    if (dataset := _DATASET.search(sentence)) and (name := unlinked(dataset["names"])) not in NO_DATASET:
        reading.dataset = name
    if base := _BASE_MODEL.search(sentence):
        reading.base_model = unlinked(base["name"])
    _read_results(body, reading)
    read_parts(body, reading, _READERS)
    return reading


def _read_results(body: Body, reading: Reading) -> None:
    """Read the table of metrics: a row for all labels, then one a label."""
    part = next((part for part in body.parts if title_of(part) == "metrics"), None)
    table = next(body.tables(part.start, part.end), None) if part else None
    if table is None or table.columns[0] != "Label":
        return
    for index, cells in table.rows:
        label = unbold(cells[0])
        reading.results += tuple(
            NamedValue(name, parse(unbold(cell)), index + 1, "" if label in _OVERALL else f"{label} {name}")
            for name, cell in zip(table.columns[1:], cells[1:], strict=False)
        )
    body.used.update(range(table.start, table.end))


_READERS = {
    "training hyperparameters": read_hyperparameters,
    "training results": read_history,
    "framework versions": read_frameworks,
}
