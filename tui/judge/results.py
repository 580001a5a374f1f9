"""Reported, best and last, metric by metric."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tui.cards.model import Card, EvalResult, NamedValue, Value
from tui.cards.values import TRAINER_DECIMALS, parse
from tui.judge import metrics
from tui.judge.curves import Series, all_series, best_row, elements_of, evaluated
from tui.judge.metrics import Direction
from tui.judge.numbers import same
from tui.judge.provenance import decimals_of_report
from tui.judge.rules import DEFAULT, Rules
from tui.judge.units import in_one_unit


@dataclass(frozen=True, slots=True)
class Standing:
    """One metric of a run: what is reported, what was best, what came last."""

    metric: str
    """As reported; of a list-valued metric one standing an element (``F1[0]``)."""

    direction: Direction
    reported: Value | None
    best_row: int | None
    """Index of the best row, the earliest of equals; None where the direction is unknown or nothing was logged."""

    best: Value | None
    last: Value | None
    """The value in the last row, or, where writers leave blanks, in the last that has one."""

    is_in_one_unit: bool = True
    """Whether what is reported and what the rows have certainly are both shares, or both in percent."""

    is_of_training: bool = False
    """Whether it is measured on the training data."""

    decimals: int | None = TRAINER_DECIMALS
    """What the report is rounded to; None where a person did it, and the fewer printed decimals decide."""

    @property
    def shortfall(self) -> float | None:
        """How far the reported value falls short of the best, from 0 up.

        Infinitely far where it is nan or an infinity; None where there is nothing to compare, or where the one is in
        percent and the other a share, as far as one can tell.
        """
        shown = self.reported
        if not (self.best and shown) or self.best.number is None or shown.number is None:
            return None
        if not math.isfinite(shown.number):
            return math.inf
        if not self.is_in_one_unit:
            return None
        if self.decimals is None and same(shown.raw, self.best.raw, None):
            return 0.0
        short = abs(shown.number - self.best.number)
        return short if metrics.better(self.best.number, shown.number, self.direction) else 0.0


@dataclass(frozen=True, slots=True)
class Headline:
    """The one metric that stands for the run in lists."""

    metric: str
    value: Value
    direction: Direction


def standings(card: Card, all_of_history: Sequence[Series], rules: Rules = DEFAULT) -> tuple[Standing, ...]:
    """A standing for each reported metric, in the card's order, then for the columns that are not reported."""
    series = {metrics.key(s.name): s for s in all_of_history}
    found: list[Standing] = []
    decimals = decimals_of_report(card)
    for name, value in reported(card):
        one = _standing(name, value, series.pop(metrics.key(name), None), rules)
        found.append(one if decimals is not None else replace(one, decimals=decimals))
    found += [_standing(s.name, None, s, rules) for s in series.values() if not (s.is_of_training or _is_no_metric(s))]
    return tuple(found)


def _is_no_metric(series: Series) -> bool:
    """Whether a column is none of an evaluation, unless a person gave it a direction."""
    return series.direction is Direction.UNKNOWN and metrics.is_aside(series.name)


def reported(card: Card) -> tuple[tuple[str, Value], ...]:
    """The reported results as (name, value), lists and mappings element by element, lists of lists as they are."""
    found: list[tuple[str, Value]] = []
    for result in card.results:
        if elements := elements_of(result.value):
            found += [(result.label + suffix, value) for suffix, value in elements]
        else:
            found.append((result.label, result.value))
    return tuple(found)


def _standing(name: str, value: Value | None, series: Series | None, rules: Rules) -> Standing:
    direction = rules.direction(name)
    if series is None:
        return Standing(name, direction, value, None, None, None, is_of_training=metrics.is_of_training(name))
    row = _better_row(series, value) if series.is_part and not series.is_of_training else series.best_row
    best = None if row is None else series.values[row]
    last = next((v for v in reversed(series.values) if v), None) if series.blanks else series.values[-1]
    is_in_one_unit = _is_in_one_unit(name, value, best, series)
    return Standing(name, direction, value, row, best, last, is_in_one_unit, series.is_of_training)


def _is_in_one_unit(name: str, value: Value | None, best: Value | None, series: Series) -> bool:
    if not value or not best or abs(value.number or 0.0) <= 1 or abs(best.number or 0.0) > 1:
        return True
    return in_one_unit(name, (value, *series.values)) is not None or in_one_unit(name, series.values) is None


def _better_row(part: Series, shown: Value | None) -> int | None:
    """The best of some of the rows, where it is better than what is reported: else the best may be another."""
    row = best_row(part.name, part.numbers, part.direction)
    best, number = None if row is None else part.numbers[row], shown.number if shown else None
    is_better = best is not None and number is not None and metrics.better(best, number, part.direction)
    return row if is_better else None


_NO_HEADLINE = frozenset({metrics.LOSS, "epoch", "step"})
"""Reported names that stand for a run only where there is nothing else."""


def _is_aside(result: NamedValue, rules: Rules) -> bool:
    """Whether a result is a timing or the like, or a mapping of which nothing is known: never what a run is about."""
    is_label = bool(result.value.elements) and metrics.key(result.label) in metrics.RATES_ALONE  # persons, of NER
    if rules.direction(result.label) is not Direction.UNKNOWN and not is_label:
        return False
    return metrics.is_aside(result.name) or bool(result.value.elements)


def headline(card: Card, rules: Rules = DEFAULT) -> Headline | None:
    """The metric that stands for a run in lists.

    The one that a person chose, if the card reports it, else the first of the model index's or the metadata's metrics
    that it reports, else the first reported one that is not the loss, else the loss. Of a card without reported
    results, the model index's first metric, else what the last evaluation of a run in progress says.
    """
    results = {metrics.key(result.name): result for result in reversed(card.results)}
    for name in (rules.headline, *_announced(card)):
        if result := results.get(metrics.key(name)):
            return _headline(result, rules)
    if card.results:
        others = [r for r in card.results if metrics.key(r.name) not in _NO_HEADLINE]
        behind = evaluated(card.history)
        of_evaluation = [r for r in others if not metrics.is_of_training(r.name) or r.name in behind]
        measured = (r for r in of_evaluation if not _is_aside(r, rules))
        return _headline(next(measured, results.get(metrics.LOSS, card.results[0])), rules)
    for entry in card.metadata.model_index:
        label, value = entry.metric_name or entry.metric_type, _of_index(entry)
        if label and value:
            return Headline(label, value, rules.direction(entry.metric_type or label))
    return _latest(card, rules) if card.run.log else None


def indexed(card: Card, rules: Rules = DEFAULT) -> tuple[Standing, ...]:
    """A standing for each metric of the model index: what a card without reported results says of its own.

    Metrics that it has of several datasets are told apart by these.
    """
    known = [(entry, name) for entry in card.metadata.model_index if (name := entry.metric_name or entry.metric_type)]
    measured: dict[str, set[str]] = {}
    for entry, name in known:
        measured.setdefault(metrics.key(name), set()).add(_measured_on(entry))
    found: dict[str, Standing] = {}
    for entry, name in known:  # of a name that comes twice the first counts
        if value := _of_index(entry):
            label = f"{name} on {_measured_on(entry)}" if len(measured[metrics.key(name)]) > 1 else name
            direction = rules.direction(entry.metric_type or name)
            found.setdefault(metrics.key(label), Standing(label, direction, value, None, None, None))
    return tuple(found.values())


def _measured_on(entry: EvalResult) -> str:
    """The data of an entry of the model index in a few words."""
    name = entry.dataset_name or entry.dataset_type or "an unnamed dataset"
    args = entry.dataset_args if isinstance(entry.dataset_args, str) else None
    return " ".join(
        [name, *dict.fromkeys(part for part in (entry.dataset_config or args, entry.dataset_split) if part)]
    )


def _of_index(entry: EvalResult) -> Value | None:
    """The value of an entry of the model index, as a number or as a text that says one; None where it says none."""
    written = entry.metric_value
    if isinstance(written, bool) or not isinstance(written, (int, float, str)):
        return None
    value = parse(str(written))
    is_known = value.number is not None and (math.isfinite(value.number) or not isinstance(written, str))
    return value if is_known else None


def _latest(card: Card, rules: Rules) -> Headline | None:
    """The last evaluation of a run, its first metric that is not the loss before the loss."""
    series = [s for s in all_series(card.history, rules) if not (s.is_of_training or _is_no_metric(s))]
    chosen = metrics.key(rules.headline)
    series.sort(key=lambda s: (metrics.key(s.name) != chosen, metrics.key(s.name) == metrics.LOSS))
    found = ((s.name, value) for s in series for value in reversed(s.values) if value)
    name, value = next(found, ("", None))
    return Headline(name, value, rules.direction(name)) if value else None


def _announced(card: Card) -> list[str]:
    index = [name for e in card.metadata.model_index for name in (e.metric_name, e.metric_type) if name]
    return [*index, *card.metadata.metrics]


def _headline(result: NamedValue, rules: Rules) -> Headline:
    return Headline(result.label, result.value, rules.direction(result.label))
