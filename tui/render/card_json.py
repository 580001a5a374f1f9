"""A card and its verdict → the object of ``docs/card.schema.json``, of plain values that JSON has."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from tui.cards.model import Card, EvalResult, Json, LogEntry, NamedValue, Value
from tui.judge.finding import Finding
from tui.judge.provenance import Provenance
from tui.judge.results import Headline, Standing
from tui.judge.verdict import Verdict

SCHEMA = 1
"""The number of the schema: a field that changes its meaning makes another one."""

_Object = dict[str, Json]


def card_json(card: Card, verdict: Verdict) -> _Object:
    """The card as an object whose keys are all there, in the schema's order; what is absent is null or empty.

    Numbers are null where the text is none, and for nan and infinities, which JSON does not have.
    """
    return {
        "schema": SCHEMA,
        "path": card.path,
        "name": card.name,
        "writer": card.writer,
        "base_model": card.base_model,
        "dataset": card.dataset,
        "task": card.metadata.task,
        "license": card.metadata.license,
        "metadata": dict(card.metadata.values),
        "results": [{"name": _printed_name(result), **_value(result.value)} for result in card.results],
        "model_index": [_index_entry(entry) for entry in card.metadata.model_index],
        "hyperparameters": [{"name": entry.name, **_value(entry.value)} for entry in card.hyperparameters],
        "history": {
            "columns": list(card.history.columns),
            "rows": [[cell.raw for cell in row.cells] for row in card.history.rows],
        },
        "log": [_log_entry(entry) for entry in card.run.log],
        "frameworks": [{"name": framework.name, "version": framework.version} for framework in card.frameworks],
        "sections": [
            {"title": section.title, "level": section.level, "line": section.line, "markdown": section.markdown}
            for section in card.sections
        ],
        **_judged(verdict),
        "problems": [
            {"code": problem.code, "line": problem.line, "message": problem.message} for problem in card.problems
        ],
    }


def _judged(verdict: Verdict) -> _Object:
    """What was made of the card's numbers."""
    return {
        "headline": _headline(verdict.headline) if verdict.headline else None,
        "provenance": _provenance(verdict.provenance) if verdict.provenance else None,
        "best": [_best(standing) for standing in verdict.standings],
        "estimates": [
            {"name": found.name, "low": found.low, "high": found.high, "value": found.value}
            for found in verdict.estimates
        ],
        "findings": [_finding(finding) for finding in verdict.findings],
    }


def _value(value: Value) -> _Object:
    return {"raw": value.raw, "number": _finite(value.number)}


def _finite(number: float | None) -> float | None:
    return number if number is not None and math.isfinite(number) else None


def _number(value: Value | None) -> float | None:
    return _finite(value.number) if value else None


def _printed_name(result: NamedValue) -> str:
    return f"**{result.name}**" if result.primary else result.name


def _index_entry(entry: EvalResult) -> _Object:
    return {
        "task_type": entry.task_type,
        "task_name": entry.task_name,
        "dataset_type": entry.dataset_type,
        "dataset_name": entry.dataset_name,
        "dataset_config": entry.dataset_config,
        "dataset_split": entry.dataset_split,
        "dataset_args": entry.dataset_args,
        "metric_type": entry.metric_type,
        "metric_name": entry.metric_name,
        "metric_value": entry.metric_value,
    }


def _log_entry(entry: LogEntry) -> _Object:
    values = {name: _finite(number) for name, number in entry.values.items()}
    return {"step": entry.step, "epoch": _finite(entry.epoch), "values": values}


def _headline(headline: Headline) -> _Object:
    return {"metric": headline.metric, **_value(headline.value), "direction": headline.direction.value}


def _provenance(found: Provenance) -> _Object:
    return {
        "row": found.row,
        "kinds": list(found.kinds),
        "differing": list(found.differing),
        "times": found.times,
    }


def _finding(finding: Finding) -> _Object:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "line": finding.line,
        "evidence": {name: _without_nan(value) for name, value in finding.evidence.items()},
    }


def _without_nan(value: Json) -> Json:
    """The value with null for nan and infinities."""
    if isinstance(value, float):
        return _finite(value)
    if isinstance(value, Mapping):
        return {name: _without_nan(item) for name, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_without_nan(item) for item in value]
    return value


def _best(standing: Standing) -> _Object:
    return {
        "metric": standing.metric,
        "direction": standing.direction.value,
        "row": standing.best_row,
        "value": _number(standing.best),
        "reported": _number(standing.reported),
        "last": _number(standing.last),
    }
