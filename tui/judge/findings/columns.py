"""What the metrics say beside each other: those that never change, and those that are one number under two names."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tui.cards.model import NOT_LOGGED, Json, Value
from tui.cards.problems import Severity
from tui.cards.values import unbold
from tui.judge import metrics
from tui.judge.curves import Series, reported_name
from tui.judge.finding import Case, Finding, listed
from tui.judge.metrics import Direction
from tui.judge.numbers import printed

_OVERALL = re.compile(
    r"(?:(?:overall|macro|micro|weighted|average|avg|mean) )*(?:accuracy|precision|recall|f1|f1 score)"
    r"(?: (?:macro|micro|weighted))?"
)
"""Keys of the scores of a whole evaluation, of which some are the same number by definition."""

_TELLING = 0.01
"""A number from here up has at least three digits in four decimals, so that its repetition is no rounding."""


def constant_metric(case: Case) -> Iterator[Finding]:
    """Metrics that are the same in every row, or 0 throughout; where there are no rows, scores reported as 0."""
    if not case.history.rows:
        yield from _reported_as_zero(case)
        return
    constant = [series for series in _judged(case) if _never_changes(series, case.rules.constant_rows)]
    if not constant:
        return
    values = [f"{series.name} ({_first(series)})" for series in constant]
    rows = len(case.history.rows)
    if len(constant) == 1:
        message = f"{constant[0].name} is {_first(constant[0])} in each of {rows} rows."
    else:
        message = f"{len(constant)} metrics are the same in each of {rows} rows: {listed(values)}."
    evidence: dict[str, Json] = {"metrics": [series.name for series in constant], "rows": rows}
    yield Finding("constant-metric", Severity.WARNING, message, case.line(0), evidence)


def _reported_as_zero(case: Case) -> Iterator[Finding]:
    """Scores of the whole evaluation that are 0 as reported."""
    zero = [
        result
        for result in case.card.results
        if result.value.number == 0 and not result.qualified and _OVERALL.fullmatch(metrics.key(result.name))
    ]
    if zero:
        names = [result.name for result in zero]
        message = f"{listed(names)} {'is' if len(names) == 1 else 'are'} 0 as reported."
        yield Finding("constant-metric", Severity.WARNING, message, zero[0].line, {"metrics": names, "rows": 0})


def _never_changes(series: Series, least_rows: int) -> bool:
    numbers = [number for number in series.numbers if number is not None]
    if len(numbers) < 2 or numbers[0] != numbers[-1] or len(set(numbers)) > 1 or not math.isfinite(numbers[0]):
        return False
    if numbers[0] in {1, 100} and series.direction is Direction.MAXIMIZE:  # perfect, which is no defect
        return False
    if numbers[0] == 0:  # an error of 0.0000 may be a small one, and one of 0.0 may be perfect
        return series.direction is Direction.MAXIMIZE
    # A loss of 0.0002 may fall behind its fourth decimal; a score that stays there is next to nothing.
    return len(numbers) >= least_rows and (abs(numbers[0]) >= _TELLING or series.direction is Direction.MAXIMIZE)


@dataclass(frozen=True, slots=True)
class _Metric:
    """A column of the history as a whole, lists as they are."""

    name: str
    cells: tuple[Value | None, ...]
    texts: tuple[str, ...]
    """Its cells as printed, empty where there is none."""


def identical_metrics(case: Case) -> Iterator[Finding]:
    """Metrics that are one number under several names."""
    judged = [metric for metric in _metrics(case) if _tells(metric.cells)]
    if len(judged) < 2:
        return
    groups = _groups(judged, lambda a, b: a.texts == b.texts)
    for group in groups:
        first, *others = [metric.name for metric in group]
        verb = "equals" if len(others) == 1 else "equal"
        message = f"{listed(others)} {verb} {first} in every row: they count once."
        yield Finding("identical-metrics", Severity.INFO, message, case.line(0), {"metrics": [first, *others]})
    told = [{metric.name for metric in group} for group in groups]
    yield from _equal_in_report(case, judged, told)


def _equal_in_report(case: Case, judged: list[_Metric], told: list[set[str]]) -> Iterator[Finding]:
    """Scores that are equal as reported although other rows tell them apart, and not for want of decimals."""
    if case.decimals is None:
        return
    results = {metrics.key(result.label): result for result in reversed(case.card.results)}
    scores = [m for m in judged if _OVERALL.fullmatch(metrics.key(m.name)) and metrics.key(m.name) in results]

    def same(a: _Metric, b: _Metric) -> bool:
        left, right = results[metrics.key(a.name)].value, results[metrics.key(b.name)].value
        return _is_telling(left) and unbold(left.raw) == unbold(right.raw)

    matched = case.provenance.row if case.provenance else None
    for group in _groups(scores, same):
        names = [metric.name for metric in group]
        if any(set(names) <= known for known in told) or len(case.history.rows) < 2:
            continue
        apart = matched is not None and len({metric.texts[matched] for metric in group}) > 1
        first = min((results[metrics.key(name)] for name in names), key=lambda result: result.line)
        number = f" ({printed(first.value)})" if first.value.number is not None else ""
        message = f"{listed(names)} are equal as reported{number}, though "
        message += "the row it is from tells them apart." if apart else "other rows tell them apart."
        severity = Severity.WARNING if apart else Severity.INFO
        yield Finding("identical-metrics", severity, message, first.line, {"metrics": [*names], "row": matched})


def _metrics(case: Case) -> Iterator[_Metric]:
    """The columns of known direction by name, without what is measured on the training data."""
    judged = {one.column for one in case.series if not one.is_of_training}
    columns = {index: reported_name(case.history.columns[index]) for index in judged}
    for index, name in sorted(columns.items(), key=lambda column: (metrics.key(column[1]), column[0])):
        if case.rules.direction(name) is not Direction.UNKNOWN:
            cells = case.history.cells_of(index)
            yield _Metric(name, cells, tuple(cell.raw if cell else "" for cell in cells))


def _tells(cells: Iterable[Value | None]) -> bool:
    """Whether cells say enough for their equality to mean something: two or more numbers, not all 0 or 1."""
    known = [cell for cell in cells if cell and cell.raw not in NOT_LOGGED]
    return len(known) > 1 and any(map(_is_telling, known))


_TRIVIAL = frozenset({-1.0, 0.0, 1.0, None})
"""Numbers that metrics share by chance."""


def _is_telling(value: Value) -> bool:
    if not value.elements:
        return value.number not in _TRIVIAL
    return any(element.number not in _TRIVIAL for _, element in value.elements)


def _groups(found_in: list[_Metric], same: Callable[[_Metric, _Metric], bool]) -> list[list[_Metric]]:
    """The metrics that are the same as another, together."""
    found: list[list[_Metric]] = []
    for one in found_in:
        home = next((group for group in found if same(group[0], one)), None)
        if home is None:
            found.append([one])
        else:
            home.append(one)
    return [group for group in found if len(group) > 1]


def _judged(case: Case) -> list[Series]:
    """The metrics of known direction by name, without training losses and elements of lists."""
    found = [
        series
        for series in case.series
        if series.direction is not Direction.UNKNOWN
        and not series.is_of_training
        and metrics.base(series.name) == series.name
        and not set(series.numbers) <= {-1.0, None}  # of COCO: there is nothing of the kind to be found
    ]
    return sorted(found, key=lambda series: metrics.key(series.name))


def _first(series: Series) -> str:
    return next(printed(value) for value in series.values if value)
