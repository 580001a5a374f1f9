"""The columns of ``cardtui list``: what is typed for one, and what a card has in it; and the order of the rows."""

from __future__ import annotations

from collections.abc import Sequence

from tui.cards.model import Value
from tui.cards.problems import Severity
from tui.judge.facts import Facts
from tui.judge.query import Query, keys_of
from tui.judge.rules import DEFAULT, Rules
from tui.library.columns import Columns, metric_of

DEFAULT_COLUMNS = ("name", "metric", "value", "path")

OWN = frozenset({"name", "path", "metric", "value", "headline", "findings", "problems", "severity"})
"""Columns that every card has."""


def columns_with(query: Query, sort: str, chosen: Sequence[str] = ()) -> list[str]:
    """The columns that are printed unasked: the usual ones, and before the path what was asked for or sorted by.

    Columns that a person `chose` in the settings take the place of the usual ones.
    """
    asked = [*names_in(query), sort]
    added = [name for name in asked if name and name.casefold() not in OWN]
    if chosen:
        return list(dict.fromkeys([*chosen, *added, *_own_column(sort)]))
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
        return _count(len(facts.problems)) if facts.problems else None
    if folded in {"findings", "severity"} and facts.severity:
        worst = len(Severity) - list(Severity).index(Severity(facts.severity))
        return _count(worst * 1000 + len(facts.findings))
    return cell(name, facts, path)


def _count(number: int) -> Value:
    return Value(str(number), float(number))


_SORTED_BY = "sorted by"
"""The key of a row's `sort_key` among the columns that put rows in order."""


def to_be_sorted(name: str, facts: Facts, path: str) -> Facts:
    """As much of a card as its place in the order depends on."""
    key = sort_key(name, facts, path)
    return Facts(facts.name, facts.is_card, {_SORTED_BY: key} if key else {}, facts.metric if key else "")


def ordered(rows: Columns, name: str, rules: Rules = DEFAULT, *, reverse: bool) -> list[int]:
    """The numbers of the rows: best first where that is known, else largest first, texts in natural order.

    Rows without a value come last always, and equal ones keep their order. Of the headline, runs of one metric stand
    together, those of the headline that was set first, then those of the most frequent one.
    """
    every = range(len(rows))
    if name.casefold() in {"value", "headline"}:
        parts = rows.by_metric(every, rules.headline).items()
        return [row for metric, of_one in parts for row in rows.by((_SORTED_BY,), of_one, metric, rules, reverse)]
    metric = "" if name.casefold() in OWN else metric_of(keys_of(name))
    return rows.by((_SORTED_BY,), every, metric, rules, reverse)
