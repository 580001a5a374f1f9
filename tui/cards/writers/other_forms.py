"""Settings and results in forms of people's own, where a card has no list of the Trainer's.

Only what says by itself what it is: a table of names and values under a heading that calls them so, a list that a
sentence introduces, a dict printed below the announcement. Of several of a kind none is read: they may be of several
models.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.cards.announced import HINT, announcement
from tui.cards.body import Body, Bullet, Part, Table, split_row
from tui.cards.model import Metadata, NamedValue
from tui.cards.values import parse, unbold
from tui.cards.writers.layout import Reading, named_values, use, use_fold, value_of

SETTINGS = frozenset({"training hyperparameters", "hyperparameters"})
"""The titles of sections of settings."""

_RESULTS = frozenset({"results", "evaluation", "evaluation results", "metrics", "test results"})
_NAMES_OF_METRICS, _NAMES_OF_NUMBERS = {"metric", "metrics"}, {"value", "score", "result"}
_MOST_SCORE = 100
"""A whole number above counts something."""

_INTRODUCED = re.compile(
    r"\s*The following (?:training )?hyperparameters were used (?:during|for|in)"
    r" (?:(?:pre-?)?training|fine-?tuning):?\s*"
)


def read_settings(body: Body, reading: Reading) -> None:
    """Read the only table of settings, else the only list that is introduced as settings, if there are none yet."""
    if reading.hyperparameters:
        return
    tables = [found for part in body.parts if part.topic in SETTINGS and (found := _settings_table(body, part))]
    if len(tables) == 1:
        part, table = tables[0]
        reading.hyperparameters = named_cells(table)
        introductions = (i for i in range(part.start, table.start) if _INTRODUCED.fullmatch(body.lines[i]))
        body.used.update(introductions, range(table.start, table.end))
        use_fold(body, part, table.start, table.end)
        return
    lists = list(introduced(body))
    if len(lists) == 1:
        index, bullets = lists[0]
        reading.hyperparameters = named_values(bullets)
        use(body, bullets)
        body.used.add(index)


def introduced(body: Body) -> Iterator[tuple[int, list[Bullet]]]:
    """(line, bullets) of each list that a sentence like the Trainer's introduces as hyperparameters."""
    for part in body.parts:
        for index in range(part.start, part.end):
            line = body.lines[index]
            if "yperparameters" not in line or index in body.hidden or not _INTRODUCED.fullmatch(line):
                continue
            if bullets := [b for b in body.bullets(index + 1, part.end, at_once=True) if value_of(b)]:
                yield index, bullets


def _settings_table(body: Body, part: Part) -> tuple[Part, Table] | None:
    tables = [table for table in body.tables(part.start, part.end) if len(table.columns) == 2]
    if len(tables) != 1 or _plain(tables[0].columns[1]) != "value" or not named_cells(tables[0]):
        return None
    return part, tables[0]


def named_cells(table: Table) -> tuple[NamedValue, ...]:
    """The names and values of a table of two columns."""
    cells = [(row[0].strip("*`: "), unbold(row[1]), index) for index, row in table.rows if len(row) == 2]
    return tuple(NamedValue(name, parse(value), index + 1) for name, value, index in cells if name and value)


def read_results(body: Body, metadata: Metadata, reading: Reading) -> None:
    """Read what stands below the announcement, else the only table of metrics, if there are no results yet."""
    if reading.results:
        return
    _read_announced(body, reading)
    if not reading.results and not metadata.model_index:
        tables = list(_metric_tables(body))
        if len(tables) == 1 and tables[0][0].topic in _RESULTS:
            _take(body, tables[0][1], reading)


def _metric_tables(body: Body) -> Iterator[tuple[Part, Table]]:
    """The tables of metrics with their parts; no other table is looked at, whatever its size."""
    for part in body.parts:
        for index in range(part.start, part.end):
            line = body.lines[index]
            if "|" not in line or index in body.hidden or _plain(split_row(line)[0]) not in _NAMES_OF_METRICS:
                continue
            table = next(body.tables(index, part.end), None)
            if table and table.start == index and _is_of_metrics(table):
                yield part, table


def _read_announced(body: Body, reading: Reading) -> None:
    """Read the first printed dict, or table of metrics, right below an announcement."""
    for part in body.parts:
        for index in range(part.start, part.end):
            line = body.lines[index]
            if HINT not in line or index in body.hidden or not announcement(line):
                continue
            below = next((i for i in range(index + 1, part.end) if body.lines[i].strip()), part.end)
            table = next(body.tables(below, part.end), None)
            if table and table.start == below and _is_of_metrics(table):
                _take(body, table, reading)
            elif below < part.end and below not in body.hidden and body.lines[below].lstrip().startswith("{"):
                elements = parse(body.lines[below]).elements
                reading.results = tuple(NamedValue(name[1:], value, below + 1) for name, value in elements)
                body.used.update({below} if elements else ())
            if reading.results:
                return


def _take(body: Body, table: Table, reading: Reading) -> None:
    """Read a table of metrics; one that counts something besides stays as a text, too."""
    values = named_cells(table)
    reading.results = tuple(value for value in values if not _is_count(value))
    if len(reading.results) == len(values):
        body.used.update(range(table.start, table.end))


def _is_count(value: NamedValue) -> bool:
    """Whether a value is a number of samples or parameters rather than a score."""
    raw = value.value.raw
    return raw.replace(",", "").isdigit() and (value.value.number or 0) > _MOST_SCORE


def _is_of_metrics(table: Table) -> bool:
    """Whether a table has a metric and its number in each row."""
    if len(table.columns) != 2 or _plain(table.columns[0]) not in _NAMES_OF_METRICS:
        return False
    values = named_cells(table)
    is_whole = len(values) == len(table.rows) == len({value.name for value in values})
    return (
        _plain(table.columns[1]) in _NAMES_OF_NUMBERS
        and is_whole
        and bool(values)
        and all(value.value.number is not None for value in values)
    )


def _plain(header: str) -> str:
    return header.strip("*#_` ").casefold()
