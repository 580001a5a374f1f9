"""The columns of ``cardtui list``: what is typed for one, and what a card has in it; and the order of the rows."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from tui.cards.model import Value
from tui.cards.problems import Severity
from tui.judge.facts import Facts
from tui.judge.metrics import Direction
from tui.judge.query import Query, direction_of, keys_of
from tui.judge.query_names import METRIC_PREFIXES, split_prefix
from tui.judge.rules import DEFAULT
from tui.judge.units import in_one_unit
from tui.library.scan import order

DEFAULT_COLUMNS = ("name", "metric", "value", "path")

OWN = frozenset({"name", "path", "metric", "value", "headline", "findings", "problems", "severity"})
"""Columns that every card has."""


def columns_with(query: Query, sort: str) -> list[str]:
    """The columns that are printed unasked: the usual ones, and before the path what was asked for or sorted by."""
    asked = [*names_in(query), sort]
    added = [name for name in asked if name and name.casefold() not in OWN]
    *first, last = DEFAULT_COLUMNS
    return list(dict.fromkeys([*first, *added, *_own_column(sort), last]))


def names_in(query: Query) -> list[str]:
    """The names of values in an expression, as typed."""
    names = [[term.name] if term.name else [one.text for one in term.wanted if one.keys] for term in query.terms]
    return [name for some in names for name in some]


def _own_column(sort: str) -> list[str]:
    name = sort.casefold()
    return [name] if name in {"findings", "problems", "severity"} else []


def cell(name: str, facts: Facts, path: str) -> Value | None:
    """What a card has under a typed name."""
    name = name.casefold()
    if name in OWN:
        return _own_cell(name, facts, path)
    return next((facts.values[key] for key in keys_of(name) if key in facts.values), None)


def _own_cell(name: str, facts: Facts, path: str) -> Value | None:
    if name in {"value", "headline"}:
        return facts.values.get("headline")
    text = {
        "name": facts.name,
        "path": path,
        "metric": facts.metric,
        "severity": facts.severity,
        "findings": " ".join(facts.findings),
        "problems": " ".join(dict.fromkeys(facts.problems)),
    }[name]
    return Value(text) if text else None


def sort_key(name: str, facts: Facts, path: str) -> Value | None:
    """What a card is sorted by under a typed name: by findings the worst first, by problems the most."""
    folded = name.casefold()
    if folded == "problems":
        return Value("", float(len(facts.problems))) if facts.problems else None
    if folded in {"findings", "severity"} and facts.severity:
        worst = len(Severity) - list(Severity).index(Severity(facts.severity))
        return Value("", worst * 1000.0 + len(facts.findings))
    return cell(name, facts, path)


def ordered(keys: Sequence[Value | None], metrics: Sequence[str], name: str, *, reverse: bool) -> list[int]:
    """The numbers of the rows: best first where that is known, else largest first, texts A–Z.

    Rows without a value come last always, and equal ones keep their order. Of the headline, runs of one metric stand
    together, those of the most frequent one first.
    """
    if name.casefold() not in {"value", "headline"}:
        prefix, metric = split_prefix(keys_of(name)[0])
        is_metric = prefix in METRIC_PREFIXES and name.casefold() not in OWN
        return _in_order(range(len(keys)), keys, metric if is_metric else "", direction_of(name, DEFAULT), reverse)
    groups: dict[str, list[int]] = defaultdict(list)
    for row, metric in enumerate(metrics):
        groups[metric if keys[row] else ""].append(row)
    parts = sorted(groups.items(), key=lambda part: (not part[0], -len(part[1])))
    found = (_in_order(rows, keys, metric, DEFAULT.direction(metric), reverse) for metric, rows in parts)
    return [row for part in found for row in part]


def _in_order(
    rows: Sequence[int],
    keys: Sequence[Value | None],
    metric: str,
    way: Direction,
    reverse: bool,
) -> list[int]:
    """Numbers, then nan, then texts, then the rows that have none."""
    known = [(row, value) for row in rows if (value := keys[row]) is not None]
    shares = in_one_unit(metric, [value for _, value in known]) if metric else None
    numbers: dict[int, float] = {}
    for at, (row, value) in enumerate(known):
        number = shares[at] if shares else value.number
        if number is not None:
            numbers[row] = number
    ranked = [row for row, number in numbers.items() if not math.isnan(number)]
    ranked.sort(key=numbers.__getitem__, reverse=(way is not Direction.MINIMIZE) is not reverse)
    nans = [row for row, number in numbers.items() if math.isnan(number)]
    texts = {row: order(value.raw)[1] for row, value in known if row not in numbers}
    words = sorted(texts, key=texts.__getitem__, reverse=reverse)
    return [*ranked, *nans, *words, *(row for row in rows if keys[row] is None)]
