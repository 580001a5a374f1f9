"""What the curves of a run say: where the loss was lowest, and what became of it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import pairwise, takewhile

from tui.cards.model import Json, Value
from tui.cards.problems import Severity
from tui.judge import curves, metrics
from tui.judge.curves import Series
from tui.judge.finding import Case, Finding, listed
from tui.judge.numbers import percent, printed, same, spread
from tui.judge.results import Standing, reported


def overfitting(case: Case) -> Iterator[Finding]:
    """After its lowest row the validation loss rises while the training loss falls.

    The generalisation loss of L. Prechelt, "Early Stopping - But When?" (Neural Networks: Tricks of the Trade, 1998):
    the validation error over its lowest so far, less one. Up to the reported row, or to the last where none matches.
    """
    loss = case.series_of(metrics.LOSS)
    low = loss.best_row if loss else None
    if loss is None or low is None or not case.is_read_to_its_end:
        return
    last = max(row for row, value in enumerate(loss.values) if value)
    matched = _reported_row(case, loss)
    end = last if matched is None else matched
    found = _rise(case, low, end, after_report=False)
    if found is None or found.severity is not Severity.WARNING:  # the larger rise may lie behind the reported row
        after = _rise(case, low, last, after_report=True) if end != last else None
        found = after if after and (loss.numbers[last] or 0.0) > (loss.numbers[end] or 0.0) else found
    if found:
        yield found


def _reported_row(case: Case, loss: Series) -> int | None:
    """The row that is reported; where none matches, the last whose loss at least does."""
    if case.provenance and case.provenance.row is not None:
        return case.provenance.row
    shown = next((value for name, value in reported(case.card) if metrics.key(name) == metrics.LOSS), None)
    rows = (row for row, cell in enumerate(loss.values) if shown and cell and same(shown.raw, cell.raw, case.decimals))
    return max(rows, default=None)


def _rise(case: Case, low: int, end: int, *, after_report: bool) -> Finding | None:
    """The finding that the validation loss rises from its lowest row to another, if it certainly does."""
    (start, stop), after = _cells(case, metrics.LOSS, low, end), _cells(case, metrics.TRAINING_LOSS, end)[0]
    before = _first_logged(case, low, end)
    if end <= low or not (start and stop and before and after) or not _number(after) < _number(before):
        return None
    lowest, number = _number(start), _number(stop)
    if lowest <= 0 or not math.isfinite(number):
        return None
    apart = [spread(value) for value in (start, stop)]
    sure = (number - apart[1]) / (lowest + apart[0]) - 1
    if sure < case.rules.rise_told:
        return None
    is_last = end == max(row for row in range(len(case.history.rows)) if _cells(case, metrics.LOSS, row)[0])
    is_matched = case.provenance is not None and case.provenance.row is not None
    reported_row = f"the {'reported row' if is_matched else 'row of the reported loss'} ({case.place(end)})"
    ends = f"ends at {printed(stop)}" if is_last else f"is {printed(stop)} at {reported_row}"
    rise = number / lowest - 1
    if _is_noise(case, low, end, number - lowest) or _is_first_pass(case, end):
        return None
    message = (
        f"Validation loss is lowest at {case.place(low)} ({printed(start)}) and {ends}, {percent(rise)} higher, while"
        f" training loss fell to {printed(after)}{'; the report is of an earlier row' if after_report else ''}."
    )
    severity = Severity.WARNING if sure >= case.rules.rise_warned and not after_report else Severity.INFO
    evidence: dict[str, Json] = {
        "lowest_row": low,
        "lowest": lowest,
        "row": end,
        "loss": number,
        "rise": rise,
        "training_loss": _number(after),
    }
    return Finding("overfitting", severity, message, case.line(end), evidence)


def _first_logged(case: Case, low: int, end: int) -> Value | None:
    """The training loss of a row; where none was logged up to it, the first one behind."""
    cells = _cells(case, metrics.TRAINING_LOSS, *range(end + 1))
    later = cells[low:] if not any(cells[:low]) else cells[low : low + 1]
    return next((cell for cell in later if cell), None)


def _median(numbers: Iterable[float]) -> float:
    """The middle one of some numbers, of two the larger; the library's takes longer to load than a card to judge."""
    ordered = sorted(numbers)
    return ordered[len(ordered) // 2]


def _is_noise(case: Case, low: int, end: int, rise: float) -> bool:
    """Whether the loss jumps between its rows about as far as it rises over several."""
    loss = case.series_of(metrics.LOSS)
    numbers = [n for n in loss.numbers[low : end + 1] if n is not None and math.isfinite(n)] if loss else []
    if len(numbers) < _ENOUGH_TO_SEE_NOISE:
        return False
    return rise <= 2 * _median(abs(b - a) for a, b in pairwise(numbers))


_ENOUGH_TO_SEE_NOISE = 5
"""Rows, the lowest and the last among them, whose usual step says how much a loss jumps."""


def _is_first_pass(case: Case, end: int) -> bool:
    """Whether a row and all before it lie within the first epoch, in which no example is seen twice."""
    epochs = [epoch for epoch in case.epochs[: end + 1] if epoch is not None] if "epoch" in case.axes else []
    return bool(epochs) and max(epochs) + case.epoch_rounding < 1


def _cells(case: Case, key: str, *rows: int) -> list[Value | None]:
    series = case.series_of(key)
    return [series.values[row] if series else None for row in rows]


def _number(value: Value) -> float:
    return math.nan if value.number is None else value.number


def loss_metric_disagree(case: Case) -> Iterator[Finding]:
    """The rows of the lowest validation loss and of the best headline metric differ."""
    loss = case.series_of(metrics.LOSS)
    head = case.series_of(metrics.key(case.judged.metric)) if case.judged else None
    if loss is None or head is None or head is loss or case.has_unread_rows:
        return
    low, best = loss.best_row, head.best_row
    if low is None or best is None or head.numbers[low] is None or loss.numbers[best] is None:
        return
    lowest, highest = loss.numbers[low], head.numbers[best]
    if abs(lowest or 0.0) < _TINY or (metrics.is_rate(head.name) and highest in {1.0, 100.0}):
        return  # too few digits to tell rows apart; an empty output
    if any(a == lowest and b == highest for a, b in zip(loss.numbers, head.numbers, strict=True)):
        return
    message = (
        f"Validation loss is lowest at {case.place(low)} ({_raw(loss, low)}), {head.name} best at {case.place(best)}"
        f" ({_raw(head, best)})."
    )
    evidence: dict[str, Json] = {"lowest_row": low, "metric": head.name, "row": best}
    yield Finding("loss-metric-disagree", Severity.INFO, message, case.line(low), evidence)


_WELL_ABOVE = 3.0
"""Times the median of its values before it rose that a loss must end at to have exploded."""

_TINY = 0.001
"""Below it a loss has too few digits in four decimals."""

_FEW = 2
"""Measurements of which the last alone shows where a loss goes."""


def diverged(case: Case) -> Iterator[Finding]:
    """A loss that is nan or infinite, or that explodes; or a headline metric that never was a number."""
    losses = [s for s in case.series if metrics.key(s.name) in {metrics.LOSS, metrics.TRAINING_LOSS}]
    for series in losses:
        yield from _not_finite(case, series)
        yield from _explodes(case, series)
    if all(map(_is_finite, (n for one in losses for n in one.numbers))):  # else the metric follows from the loss
        yield from _never_a_number(case)
    if not any(metrics.key(s.name) == metrics.LOSS for s in losses):
        for name, value in reported(case.card):
            if metrics.key(name) == metrics.LOSS and value.number is not None and not math.isfinite(value.number):
                line = next((r.line for r in case.card.results if r.label == name), 0)
                message = f"The reported loss is {printed(value)}."
                yield Finding("diverged", Severity.ERROR, message, line, {"metric": name, "rows": []})


def _never_a_number(case: Case) -> Iterator[Finding]:
    """Metrics that are nan or infinite in the report and in every row, the headline among them.

    Others alone are not told: the score of a class that the data have not is nan, too.
    """
    never = [s for s in case.standings if s.reported and not _is_finite(s.reported.number) and _never_finite(case, s)]
    own = next((s for s in never if case.headline and s.metric == case.headline.metric), None)
    if own is None or own.reported is None or metrics.key(own.metric) == metrics.LOSS:
        return
    names = [own.metric, *(s.metric for s in never if s is not own)]
    has_rows = any(case.series_of(metrics.key(name)) for name in names)
    verb, them = ("is", "it") if len(names) == 1 else ("are", "them")
    where = f" and in every row that has {them}" if has_rows else ""
    message = f"{listed(names)} {verb} {printed(own.reported)} as reported{where}."
    line = next((result.line for result in case.card.results if result.label == own.metric), 0)
    yield Finding("diverged", Severity.ERROR, message, line, {"metric": own.metric, "rows": []})


def _never_finite(case: Case, standing: Standing) -> bool:
    series = case.series_of(metrics.key(standing.metric))
    return series is None or not any(n is not None and math.isfinite(n) for n in series.numbers)


def _is_finite(number: float | None) -> bool:
    return number is None or math.isfinite(number)


def _not_finite(case: Case, series: Series) -> Iterator[Finding]:
    """Rows in which a loss is no finite number.

    Where the training loss falls steadily all the same, and the metrics change, it is the measurement that fails: a
    warning. A training loss of 0 beside it says nothing: the Trainer logs 0 for nan and infinities
    (`logging_nan_inf_filter`).
    """
    known = [(row, number) for row, number in enumerate(series.numbers) if number is not None]
    odd = [row for row, number in known if not math.isfinite(number)]
    if not odd:
        return
    where = (
        f"at {case.place(odd[0])}"
        if len(odd) == 1
        else f"in {len(odd)} of {len(known)} rows, first at {case.place(odd[0])}"
    )
    message = f"{_name(series)} is {_raw(series, odd[0])} {where}"
    is_hidden = metrics.key(series.name) == metrics.LOSS and all(n == 0 for n in _training_at(case, odd))
    healthy = metrics.key(series.name) == metrics.LOSS and _falls_steadily(case) and _has_metrics_that_change(case)
    recovered = odd[-1] != known[-1][0] or _ends_finite(case, series)
    message += "; the training loss falls all the same, so the measurement is at fault" if healthy else ""
    message += "; the training loss is 0 there, as the Trainer logs nan and infinities" if is_hidden else ""
    message += "; what follows is finite" if odd[-1] != known[-1][0] and not healthy else ""
    message += "."
    severity = Severity.WARNING if healthy or recovered else Severity.ERROR
    yield Finding("diverged", severity, message, case.line(odd[0]), {"metric": series.name, "rows": [*odd]})


def _training_at(case: Case, rows: Iterable[int]) -> list[float | None]:
    """The training loss in some rows, of a run that has one; of another, nothing that is a number."""
    training = case.series_of(metrics.TRAINING_LOSS)
    return [training.numbers[row] if training else None for row in rows]


def _ends_finite(case: Case, training: Series) -> bool:
    """Whether the validation loss is a number in the end although the training loss is none."""
    loss = case.series_of(metrics.LOSS)
    last = (
        next((n for n in reversed(loss.numbers) if n is not None), math.nan)
        if loss and loss is not training
        else math.nan
    )
    return math.isfinite(last)


def _explodes(case: Case, series: Series) -> Iterator[Finding]:
    """A loss that ends far above both its lowest value and its first one."""
    points = [(row, n) for row, n in enumerate(curves.measured(series)) if n is not None and math.isfinite(n)]
    if len(points) < 2 or (metrics.key(series.name) == metrics.LOSS and _falls(case)):
        return
    row, last = points[-1]
    lowest_row, lowest = min(points[:-1], key=lambda point: point[1])
    if lowest <= 0 or last < lowest * case.rules.explosion or last <= points[0][1]:
        return
    high = list(takewhile(lambda number: number >= lowest * case.rules.explosion / 2, (n for _, n in reversed(points))))
    if len(high) == 1 and len(points) > _FEW and not _both_leap(case, row):  # one high value may be noise
        return
    if last < _WELL_ABOVE * _median(number for _, number in points[: -len(high)]):  # and so may be one low value
        return
    message = (
        f"{_name(series)} ends at {_raw(series, row)}, {last / lowest:,.0f} times its {_raw(series, lowest_row)} at"
        f" {case.place(lowest_row)}."
    )
    evidence: dict[str, Json] = {"metric": series.name, "rows": [row], "lowest_row": lowest_row, "times": last / lowest}
    yield Finding("diverged", Severity.ERROR, message, case.line(row), evidence)


def _both_leap(case: Case, row: int) -> bool:
    """Whether training and validation loss are both far higher in a row than in any before."""
    pairs = [(s.numbers[:row], s.numbers[row]) for key in _LOSSES if (s := case.series_of(key))]
    known = [([n for n in before if n is not None], last) for before, last in pairs]
    return len(known) == len(_LOSSES) and all(
        before and last is not None and last >= _WELL_ABOVE * max(before) for before, last in known
    )


_LOSSES = (metrics.LOSS, metrics.TRAINING_LOSS)


def _falls(case: Case) -> bool:
    """Whether the training loss ends below where it began."""
    training = case.series_of(metrics.TRAINING_LOSS)
    numbers = [n for n in curves.measured(training) if n is not None] if training else []
    return len(numbers) > 1 and all(map(math.isfinite, numbers)) and numbers[-1] < numbers[0]


def _falls_steadily(case: Case) -> bool:
    """Whether the training loss falls and never leaps back up, nor to 0 from far above, as where weights are spoilt."""
    training = case.series_of(metrics.TRAINING_LOSS)
    numbers = [n for n in curves.measured(training) if n is not None] if training else []
    leaps = any(b >= _WELL_ABOVE * a and _WELL_ABOVE * b >= numbers[0] for a, b in pairwise(numbers))
    return _falls(case) and not leaps and all(b or a < _TINY for a, b in pairwise(numbers))


def _has_metrics_that_change(case: Case) -> bool:
    """Whether what the model answers changes from row to row, as far as the history has metrics that tell."""
    others = [s for s in case.series if metrics.key(s.name) not in _LOSSES]
    return not others or any(len({n for n in s.numbers if n is not None}) > 1 for s in others)


def _name(series: Series) -> str:
    return "Validation loss" if metrics.key(series.name) == metrics.LOSS else "Training loss"


def _raw(series: Series, row: int) -> str:
    value = series.values[row]
    return printed(value) if value else "not logged"
