"""What SetFit's and SpanMarker's cards have in common: metrics by label in one table, and a sentence with links."""

from __future__ import annotations

import re

from tui.cards.body import Body
from tui.cards.model import NamedValue
from tui.cards.values import parse, unbold
from tui.cards.writers.layout import (
    Reading,
    name_of,
    read_frameworks,
    read_history,
    read_hyperparameters,
    read_parts,
)
from tui.cards.writers.signs import introduction_of

_DATASET_END = re.compile(r" datasets? that can be used")
_BASE_MODEL_END = re.compile(r" as the ")
_OVERALL = {"all", "overall"}


def read(body: Body, opening: str) -> Reading:
    """Read a card whose describing sentence begins with `opening`."""
    reading = Reading()
    sentence = introduction_of(body).text.partition(f"\n{opening}")[2].partition("\n")[0]
    reading.dataset = _name_between(sentence, " model trained on the ", _DATASET_END)
    reading.base_model = _name_between(sentence, " model uses ", _BASE_MODEL_END)
    _read_results(body, reading)
    read_parts(body, reading, _READERS)
    return reading


def _name_between(sentence: str, opening: str, closing: re.Pattern[str]) -> str | None:
    _, opened, rest = sentence.partition(opening)
    end = closing.search(rest) if opened else None
    return name_of(rest[: end.start()]) if end else None


def _read_results(body: Body, reading: Reading) -> None:
    """Read the table of metrics: a row for all labels, then one a label."""
    part = next((part for part in body.parts if part.topic == "metrics"), None)
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
