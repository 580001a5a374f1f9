"""A card as rows of a table: one for the card, or one for every row of its history."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from tui.cards.model import Card, History, Json, Value
from tui.cards.values import unbold
from tui.judge.facts import BEST, ESTIMATE, LAST, REPORTED, SETTING, VERSION, facts, metric_name, setting_name
from tui.judge.rules import DEFAULT, Rules
from tui.judge.verdict import Verdict, judge

CARD_COLUMNS = (
    "path", "name", "writer", "base_model", "dataset", "task", "license", "headline_metric", "headline", "provenance",
    "findings", "problems",
)  # fmt: skip
"""What every card has; the values that only some have follow."""

HISTORY_COLUMNS = ("path", "name", "row", "epoch", "step")
"""What every row of a history has; its other columns follow under their printed names."""

TEXTS = frozenset(CARD_COLUMNS) - {"headline"}
"""Columns that are texts, even where all that they hold looks like numbers."""

GROUPS = (REPORTED, BEST, LAST, SETTING, VERSION, ESTIMATE)
"""How the names of the values begin, in the order of their columns."""

Row = Mapping[str, Value]
"""Column → value; columns of which there is nothing are left out."""


def card_rows(card: Card, rules: Rules = DEFAULT) -> Iterator[Row]:
    """The card as one row; files that are no cards are none."""
    if not card.is_card:
        return
    verdict = judge(card, rules)
    texts = {
        "path": card.path,
        "name": card.name,
        "writer": card.writer,
        "base_model": card.base_model,
        "dataset": card.dataset,
        "task": card.metadata.task,
        "license": card.metadata.license,
        "provenance": " ".join(verdict.provenance.kinds) if verdict.provenance else "",
        "findings": " ".join(dict.fromkeys(finding.code for finding in verdict.findings)),
        "problems": " ".join(dict.fromkeys(problem.code for problem in card.problems)),
    }
    row = {column: Value(text) for column, text in texts.items() if text}
    if head := verdict.headline:
        row |= {"headline_metric": Value(head.metric), "headline": _plain(head.value)}
    yield {**row, **_values(card, verdict)}


def _values(card: Card, verdict: Verdict) -> dict[str, Value]:
    """Results, settings and versions by their keys, as long as they are printed."""
    known = facts(card, verdict).values
    whole = {
        SETTING + setting_name(entry.name): Value(unbold(entry.value.raw), entry.value.number)
        for entry in reversed(card.settings)
    }
    lists = [entry for entry in reversed(card.results) if entry.value.elements]
    whole |= {REPORTED + metric_name(entry.label): _plain(entry.value) for entry in lists}
    return {key: whole.get(key, value) for key, value in known.items() if key.startswith(GROUPS)}


def history_rows(card: Card) -> Iterator[Row]:
    """The rows of the history, with the cells that certainly belong to their columns; lists element by element, too."""
    history = card.history
    names = _column_names(history)
    for row in range(len(history.rows)):
        cells: dict[str, Value] = {}
        for name, column in names.items():
            if (cell := history.cell(row, column)) and cell.logged:
                cells |= {name: cell, **{f"{name}{suffix}": element for suffix, element in cell.elements}}
        yield {"path": Value(card.path), "name": Value(card.name), "row": Value(str(row), float(row)), **cells}


def history_objects(card: Card) -> Iterator[Json]:
    """The same as objects of JSON, their cells in ``cells``."""
    for row in history_rows(card):
        cells = {name: _json(value) for name, value in row.items() if name not in HISTORY_COLUMNS}
        step, epoch = (finite(row[axis].number) if axis in row else None for axis in ("step", "epoch"))
        place: dict[str, Json] = {"epoch": epoch, "step": int(step) if step is not None and step.is_integer() else step}
        yield {"path": card.path, "name": card.name, "row": int(row["row"].raw), **place, "cells": cells}


def _column_names(history: History) -> Mapping[str, int]:
    """The name of each column of a history, which no other has, and where it stands."""
    names: dict[str, int] = {}
    for column, printed in enumerate(history.columns):
        folded = printed.casefold()
        is_place = folded in ("epoch", "step") and folded not in names
        name = folded if is_place else printed
        count = 1
        while name in names or (name in HISTORY_COLUMNS and not is_place):
            count += 1
            name = f"{printed} ({count})"
        names[name] = column
    return MappingProxyType(names)


def _json(value: Value) -> Json:
    return {"raw": value.raw, "number": finite(value.number)}


def finite(number: float | None) -> float | None:
    """The number, None for nan and infinities, which JSON does not have."""
    return number if number is not None and math.isfinite(number) else None


def _plain(value: Value) -> Value:
    return Value(unbold(value.raw), value.number, value.elements)
