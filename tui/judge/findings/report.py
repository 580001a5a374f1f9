"""What the reported results say beside the training history and the model index."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_DOWN, Decimal
from itertools import pairwise
from typing import TypeAlias

from tui.cards.model import EvalResult, Json, Value
from tui.cards.problems import Severity
from tui.cards.values import TRAINER_DECIMALS, to_number, unbold
from tui.judge import metrics
from tui.judge.curves import Series
from tui.judge.finding import Case, Finding, is_share, listed
from tui.judge.metrics import Direction
from tui.judge.numbers import figure, percent, printed, same, same_in_percent, spread
from tui.judge.provenance import telling_kinds
from tui.judge.results import Standing, reported
from tui.judge.units import in_one_unit

_EPSILON = 1e-9
"""Of a difference of two decimal fractions: what binary floats may lack."""

_EVALUATED_APART = frozenset({"setfit", "span-marker"})
"""Writers that report results on a test set beside a history on a validation set."""


def not_best_checkpoint(case: Case) -> Iterator[Finding]:
    """A better row exists for the headline metric than the one that is reported."""
    standing = case.judged or _least_of_elements(case)
    if standing is None or case.provenance is None or case.card.writer in _EVALUATED_APART:
        return
    best, shown, row = standing.best, standing.reported, standing.best_row
    if best is None or shown is None or row is None or not _falls_short(standing):
        return
    if case.provenance.row is None and _loss_row(case) is not None:
        return  # a row of the history, whose metrics were measured otherwise
    amount, how = _amount(case, standing, standing.shortfall or 0.0)
    matched = case.provenance.row is not None
    grave = matched and amount >= case.rules.short_of_best - _EPSILON
    side = "below" if standing.direction is Direction.MAXIMIZE else "above"
    message = (
        f"{standing.metric} is {printed(shown)} as reported, {how} {side} the {printed(best)} of {case.place(row)}"
    )
    checkpoint = case.step(row) if case.step(row) in case.card.run.checkpoints else None
    if case.judged is None and len(_elements(case)) > 1:
        message += f"; the others of {metrics.base(standing.metric)} are better there, too"
    message += f"; checkpoint-{checkpoint} is still on disk" if checkpoint is not None else ""
    if not matched and not case.has_unread_rows:
        message += f"; the report matches no row: {_origin(case)}"
    elif "lowest-loss" in telling_kinds(case.provenance, case.series):
        message += "; the reported row is that of the lowest loss"
    evidence: dict[str, Json] = {
        "metric": standing.metric,
        "row": row,
        "best": best.number,
        "reported": shown.number,
        "difference": standing.shortfall,
        "checkpoint": checkpoint,
    }
    severity = Severity.WARNING if grave else Severity.INFO
    yield Finding("not-best-checkpoint", severity, f"{message}.", case.line(row), evidence)


def _elements(case: Case) -> list[Standing]:
    """The elements of a headline that is a list or a mapping."""
    name = case.headline.metric if case.headline else ""
    return [s for s in case.standings if s.reported and s.metric != name == metrics.base(s.metric)]


def _least_of_elements(case: Case) -> Standing | None:
    """The element of the headline that gains the least in the row that is better in all of them; None without one."""
    elements = _elements(case)
    rows = range(len(case.history.rows)) if elements else ()
    better = [(row, gains) for row in rows if min(gains := [_gain(case, element, row) for element in elements]) > 0]
    if not better:
        return None
    row, gains = max(better, key=lambda found: sum(found[1]))
    element = elements[gains.index(min(gains))]
    series = case.series_of(metrics.key(element.metric))
    return replace(element, best_row=row, best=series.values[row] if series else None)


def _gain(case: Case, element: Standing, row: int) -> float:
    """How much better an element is in a row than reported; below 0 where it is worse, or where that is not known."""
    series = case.series_of(metrics.key(element.metric))
    number, shown = series.numbers[row] if series else None, element.reported.number if element.reported else None
    if number is None or shown is None or not metrics.better(number, shown, element.direction):
        return -math.inf
    return abs(number - shown)


def _loss_row(case: Case) -> int | None:
    """The last row that has the reported loss to all its digits, where those are enough to know it by."""
    loss = case.series_of(metrics.LOSS)
    shown = next((value for name, value in reported(case.card) if metrics.key(name) == metrics.LOSS), None)
    if loss is None or shown is None or shown.number is None or not _KNOWN_BY <= abs(shown.number) < math.inf:
        return None
    return next((row for row in reversed(range(len(loss.values))) if loss.numbers[row] == shown.number), None)


def _metrics_row(case: Case) -> int | None:
    """The one row that has every reported metric but the loss, which no row has, to digits that few rows share."""
    compared = {metrics.key(name): found for name, found in _compared(case).items()}
    loss = compared.pop(metrics.LOSS, None)
    value, _ = compared.get(metrics.key(case.headline.metric), (None, None)) if case.headline else (None, None)
    if loss is None or value is None or not _has_digits(value) or _rows_of([loss]):
        return None
    rows = _rows_of([*compared.values()])
    return rows[0] if len(rows) == 1 else None


def _rows_of(compared: Sequence[tuple[Value, Series]]) -> list[int]:
    """The rows that have all of some reported values."""
    cells = [[cell is not None and same(value.raw, cell.raw) for cell in series.values] for value, series in compared]
    return [row for row, agree in enumerate(zip(*cells, strict=True)) if all(agree)]


def _has_digits(value: Value) -> bool:
    """Whether a number has four decimals, or two where it is a percentage."""
    decimals = len(unbold(value.raw).rstrip("%").partition(".")[2])
    return decimals >= (_DECIMALS_OF_PERCENT if abs(value.number or 0.0) > 1 else TRAINER_DECIMALS)


_DECIMALS_OF_PERCENT = 2

_KNOWN_BY = 0.01
"""A loss from here up has three digits at least in four decimals: few rows share them."""


_LEAP = 3
"""Times as far as between any two rows of the second half no value goes behind the last."""


def _may_be_of_the_end(case: Case) -> bool:
    """Whether the report may be of the end of the training, behind the last row: no value is far from it."""
    return case.may_report_the_end and all(
        _is_in_reach(value.number or 0.0, series) for value, series in _compared(case).values()
    )


def _is_in_reach(number: float, series: Series) -> bool:
    """Whether a metric may have gone from its last row to a number, as it goes from row to row."""
    known = [n for n in series.numbers if n is not None and math.isfinite(n)]
    late = known[len(known) // 2 - 1 :] if len(known) > _LEAP else known
    steps = [abs(b - a) for a, b in pairwise(late)]
    return not steps or not math.isfinite(number) or abs(number - known[-1]) <= _LEAP * max(steps) + _EPSILON


def _origin(case: Case) -> str:
    """Where results come from that are no row."""
    if (row := _loss_row(case)) is not None:
        return f"the loss is that of {case.place(row)}, the metrics were measured otherwise"
    if _may_be_of_the_end(case):
        return "probably measured at the end of training, after the last row"
    if (row := _metrics_row(case)) is not None:
        names = [name for name in _compared(case) if metrics.key(name) != metrics.LOSS]
        are = "is that" if len(names) == 1 else "are those"
        return f"{listed(names)} {are} of {case.place(row)}, the loss was measured otherwise"
    return "evaluated separately, or of another checkpoint"


def _falls_short(standing: Standing) -> bool:
    """Whether the reported number is finite, worse than the best, and not only by rounding.

    An error rate of exactly 1 is what an empty output has, and no better row.
    """
    short, shown, best = standing.shortfall, standing.reported, standing.best
    if not short or not math.isfinite(short) or shown is None or best is None:
        return False
    is_empty = metrics.is_rate(standing.metric) and best.number in {1.0, 100.0}
    if abs(best.number or 0.0) < _KNOWN_BY and short <= spread(shown) + spread(best) + _EPSILON:
        return False  # too few digits to tell them apart
    return not is_empty and not same(shown.raw, best.raw)


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
    rows = [(row, far) for row in range(len(case.history.rows)) if (far := _differences(case, compared, row))]
    if not rows:
        return
    is_of_the_end = _may_be_of_the_end(case)
    known = None if is_of_the_end else _metrics_row(case)
    nearest, far = min([found for found in rows if found[0] == known] or rows, key=_farness)
    worst = max(far.values())
    one_unit = all(in_one_unit(name, (value, series.values[nearest])) for name, (value, series) in compared.items())
    if not worst or not one_unit:  # how far a percentage is from what may be a share cannot be told
        return
    values = [
        f"{name} ({printed(value)}, there {printed(cell)})"
        for name, (value, series) in compared.items()
        if far.get(name) and (cell := series.values[nearest])
    ]
    apart = not is_of_the_end and all(any(not other.get(name, 1) for _, other in rows) for name in compared)
    origin = "each value stands in some row, but no row has them all" if apart else _origin(case)
    message = (
        f"The reported results match no row: the nearest, {case.place(nearest)}, differs in {listed(values)}; {origin}."
    )
    is_excused = is_of_the_end and _loss_row(case) is None
    grave = worst > case.rules.report_differs + _EPSILON and not is_excused
    evidence: dict[str, Json] = {"row": nearest, "differing": [name for name in far if far[name]], "most": worst}
    line = min(result.line for result in case.card.results)
    yield Finding("reported-nowhere", Severity.WARNING if grave else Severity.INFO, message, line, evidence)


def _farness(found: tuple[int, dict[str, float]]) -> tuple[bool, int, float, int]:
    """How far a row is: where the loss agrees, by the values that do not; else by all differences together."""
    row, far = found
    other_loss = any(far[name] for name in far if metrics.key(name) == metrics.LOSS)
    return other_loss, 0 if other_loss else sum(map(bool, far.values())), sum(far.values()), -row


_Compared: TypeAlias = "dict[str, tuple[Value, Series]]"
"""Name → what is reported, and the series to be held against it."""


def _compared(case: Case) -> _Compared:
    """The reported numbers that the history has a column for."""
    return {
        name: (value, series)
        for name, value in reported(case.card)
        if value.number is not None
        and (series := case.series_of(metrics.key(name)))
        and not series.is_of_training
        and not metrics.is_aside(name)
    }


def _differences(case: Case, compared: _Compared, row: int) -> dict[str, float]:
    """Name → how far the report is from a row; nothing where the row does not have them all."""
    found: dict[str, float] = {}
    for name, (value, series) in compared.items():
        cell = series.values[row]
        if cell is None or cell.number is None or value.number is None:
            return {}
        difference = abs(cell.number - value.number)
        if same(value.raw, cell.raw, case.decimals):
            found[name] = 0.0
            continue
        if not math.isfinite(difference):
            continue  # nan tells no distance
        larger = max(abs(cell.number), abs(value.number))
        share = is_share(case.rules.direction(name), name, (cell.number, value.number))
        found[name] = difference if share or not larger else difference / larger
    return found


def index_mismatch(case: Case) -> Iterator[Finding]:
    """The model index gives another number for a metric than the reported results do.

    Only of a metric that the index has once, under its plain name: which of several is reported cannot be told. Of
    several items only in one that has another metric as it is reported, and of the first one's split.
    """
    kinds = Counter(_kind(entry) for entry in case.card.metadata.model_index)
    plain = {_kind(entry): entry for entry in _of_the_report(case) if _is_plain(entry)}
    for result in case.card.results:
        entry = plain.get(metrics.key(result.name))
        if entry is None or kinds[_kind(entry)] > 1 or result.qualified or result.value.number is None:
            continue
        value = str(entry.metric_value)
        number = to_number(value)
        if number is None or _is_as_indexed(value, result.value):
            continue
        message = f"The model index says {result.name} {value}, the reported results {printed(result.value)}."
        evidence: dict[str, Json] = {"metric": result.name, "index": number, "reported": result.value.number}
        yield Finding("index-mismatch", Severity.WARNING, message, entry.line, evidence)


def _of_the_report(case: Case) -> list[EvalResult]:
    """The entries of the model index that may be of the evaluation that is reported.

    The Hub adds what it measured itself, often on another split, as items of their own.
    """
    index = case.card.metadata.model_index
    items = dict.fromkeys(map(_item, index))
    if len(items) < 2:
        return [entry for entry in index if not entry.verified]
    shown = {metrics.key(result.name): result.value for result in reversed(case.card.results)}
    own = [entry for entry in index if not entry.verified and entry.dataset_split == index[0].dataset_split]
    agreeing = {
        _item(entry)
        for entry in own
        if (value := shown.get(_kind(entry))) and _is_as_indexed(str(entry.metric_value), value)
    }
    return [entry for entry in own if _item(entry) in agreeing]


def _item(entry: EvalResult) -> tuple[str, ...]:
    """What an entry was measured on."""
    args = entry.dataset_args
    return tuple(map(str, (entry.dataset_type, entry.dataset_name, entry.dataset_config, entry.dataset_split, args)))


def _kind(entry: EvalResult) -> str:
    return metrics.key(entry.metric_type or entry.metric_name or "")


def _is_plain(entry: EvalResult) -> bool:
    """Whether the name says nothing beside the metric, such as a split or a language model."""
    return (
        entry.metric_name is None
        or (entry.metric_name.casefold() == (entry.metric_type or "").casefold())
        or (metrics.key(entry.metric_name) == _kind(entry) and "valid" not in entry.metric_name.casefold())
    )


def _is_as_indexed(index: str, shown: Value) -> bool:
    """Whether the index says what is reported: as it is, in percent or as a share, or with fewer digits.

    A mere 0 or 1 is no share with fewer digits.
    """
    if index in {"0", "1"}:
        return shown.number in {float(index), 100 * float(index)}
    return same_in_percent(shown.raw, index) or _is_cut(index, shown)


def _is_cut(index: str, shown: Value) -> bool:
    """Whether the index only gives fewer digits, cut rather than rounded."""
    try:
        short, whole = Decimal(index), Decimal(unbold(shown.raw))
        return short == whole.quantize(short, ROUND_DOWN)
    except ArithmeticError:  # no plain decimal, or more digits than one has
        return False
