"""What the reported results say beside the training history and the model index."""

from __future__ import annotations

import math
from collections.abc import Iterator

from tui.cards.model import EvalResult, Json, Value
from tui.cards.problems import Severity
from tui.cards.values import to_number, unbold
from tui.judge import metrics
from tui.judge.finding import Case, Finding, is_share, listed
from tui.judge.numbers import figure, percent, printed, same, same_in_percent
from tui.judge.results import Standing, reported

_EPSILON = 1e-9
"""Of a difference of two decimal fractions: what binary floats may lack."""

_EVALUATED_APART = frozenset({"setfit", "span-marker"})
"""Writers that report results on a test set beside a history on a validation set."""


def not_best_checkpoint(case: Case) -> Iterator[Finding]:
    """A better row exists for the headline metric than the one that is reported."""
    standing = case.standing_of(case.headline.metric) if case.headline else None
    if standing is None or case.provenance is None or not _falls_short(standing):
        return
    best, shown, row = standing.best, standing.reported, standing.best_row
    if best is None or shown is None or row is None:
        return
    difference = standing.shortfall or 0.0
    amount, how = _amount(case, standing, difference)
    matched = case.provenance.row is not None
    grave = matched and amount >= case.rules.short_of_best - _EPSILON
    message = (
        f"{standing.metric} is {printed(shown)} as reported and was {printed(best)} at {case.place(row)}, {how} better"
    )
    checkpoint = case.step(row) if case.step(row) in case.card.run.checkpoints else None
    if checkpoint is not None:
        message += f"; checkpoint-{checkpoint} is still on disk"
    if not matched:
        message += "; the report matches no row and may have been measured on other data"
    elif "lowest-loss" in case.provenance.kinds:
        message += "; the reported row is that of the lowest loss"
    evidence: dict[str, Json] = {
        "metric": standing.metric,
        "row": row,
        "best": best.number,
        "reported": shown.number,
        "difference": difference,
        "checkpoint": checkpoint,
    }
    yield Finding(
        "not-best-checkpoint",
        Severity.WARNING if grave else Severity.INFO,
        f"{message}.",
        case.line(row),
        evidence,
    )


def _falls_short(standing: Standing) -> bool:
    """Whether the reported number is finite, worse than the best, and not only by rounding."""
    short, shown, best = standing.shortfall, standing.reported, standing.best
    if not short or not math.isfinite(short) or shown is None or best is None:
        return False
    return not same(shown.raw, best.raw)


def _amount(case: Case, standing: Standing, difference: float) -> tuple[float, str]:
    """The difference as thresholds take it, and in words: as it is between 0 and 1, else as a share of the best."""
    series = case.series_of(metrics.key(standing.metric))
    numbers = [*(series.numbers if series else ()), standing.reported.number if standing.reported else None]
    best = abs(standing.best.number or 0.0) if standing.best else 0.0
    if is_share(standing.direction, standing.metric, numbers) or not best:
        return difference, figure(difference)
    return difference / best, percent(difference / best)


def reported_nowhere(case: Case) -> Iterator[Finding]:
    """The reported results are no row of the history."""
    unmatched = case.provenance is not None and case.provenance.row is None
    if not unmatched or case.has_unread_rows or case.card.writer in _EVALUATED_APART:
        return
    compared = _compared(case)
    if not compared:
        return
    nearest, far = min(
        ((row, _differences(case, compared, row)) for row in range(len(case.history.rows))),
        key=lambda found: max(found[1].values(), default=math.inf),
    )
    worst = max(far.values(), default=math.inf)
    if not worst or not math.isfinite(worst):
        return
    values = [
        f"{name} ({printed(compared[name])}, there {printed(cell)})"
        for name in far
        if far[name] and (cell := _cell(case, name, nearest))
    ]
    message = (
        f"The reported results match no row: the nearest, {case.place(nearest)}, differs in {listed(values)}; they were"
        " evaluated separately, or are of another checkpoint."
    )
    grave = worst > case.rules.report_differs + _EPSILON
    evidence: dict[str, Json] = {"row": nearest, "differing": [name for name in far if far[name]], "most": worst}
    line = min(result.line for result in case.card.results)
    yield Finding("reported-nowhere", Severity.WARNING if grave else Severity.INFO, message, line, evidence)


def _compared(case: Case) -> dict[str, Value]:
    """The reported numbers that the history has a column for, whose direction is known."""
    names = {metrics.key(s.name) for s in case.series if not metrics.is_of_training(s.name)}
    return {
        name: value
        for name, value in reported(case.card)
        if value.number is not None
        and metrics.key(name) in names
        and case.rules.direction(name) is not metrics.Direction.UNKNOWN
    }


def _cell(case: Case, name: str, row: int) -> Value | None:
    series = case.series_of(metrics.key(name))
    return series.values[row] if series else None


def _differences(case: Case, compared: dict[str, Value], row: int) -> dict[str, float]:
    """Name → how far the report is from a row; nothing where the row does not have them all."""
    found: dict[str, float] = {}
    for name, value in compared.items():
        cell = _cell(case, name, row)
        if cell is None or cell.number is None or value.number is None:
            return {}
        difference = abs(cell.number - value.number)
        if same(value.raw, cell.raw):
            difference = 0.0
        elif not math.isfinite(difference):
            return {}
        larger = max(abs(cell.number), abs(value.number))
        share = is_share(case.rules.direction(name), name, (cell.number, value.number))
        found[name] = difference if share or not larger else difference / larger
    return found


def index_mismatch(case: Case) -> Iterator[Finding]:
    """The model index gives another number for a metric than the reported results do."""
    entries: dict[str, list[EvalResult]] = {}
    for entry in case.card.metadata.model_index:
        entries.setdefault(metrics.key(entry.metric_name or entry.metric_type or ""), []).append(entry)
    for result in case.card.results:
        same = entries.get(metrics.key(result.name), [])
        if result.qualified or len(same) != 1 or result.value.number is None:
            continue  # a metric on several datasets: which of them is reported cannot be told
        value = str(same[0].metric_value)
        if to_number(value) is None or same_in_percent(unbold(result.value.raw), value):
            continue
        message = f"The model index says {result.name} {value}, the reported results {printed(result.value)}."
        evidence: dict[str, Json] = {"metric": result.name, "index": to_number(value), "reported": result.value.number}
        yield Finding("index-mismatch", Severity.WARNING, message, same[0].line, evidence)
