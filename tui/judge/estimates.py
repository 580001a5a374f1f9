"""What the numbers of a run imply: training examples, steps per epoch, effective batch. Always estimates."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tui.cards.model import Card
from tui.judge import metrics
from tui.judge.finding import Case


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure that the card does not state, with the range that its rounding leaves."""

    name: str
    low: float
    high: float
    value: float


_ABSURD = 1e12
"""Steps of an epoch that no training has."""

_WHOLE = re.compile(r"\d+(?:\.0)?")
"""An epoch that is printed as a whole number.

Where all of a history are, it was evaluated at the ends of epochs, and counting these leaves no range. Where it was
evaluated between them, a whole number may be a rounded one.
"""


def estimates(case: Case) -> tuple[Estimate, ...]:
    """The estimates that can be had from the hyperparameters, the history and the run's own figures."""
    found: list[Estimate] = []
    batch = effective_batch(case.card)
    per_epoch = _steps_per_epoch(case)
    examples = _training_examples(per_epoch, batch) if per_epoch and batch else None
    if per_epoch is None and batch:
        per_epoch, examples = _with_short_updates(case, batch)
    examples = _counted_examples(case.card) or examples
    found += [examples] if examples else []
    if per_epoch:
        found.append(per_epoch)
    if batch:
        found.append(Estimate("effective_batch", batch, batch, batch))
    if to_best := _epochs_to_best(case):
        found.append(to_best)
    return tuple(found)


def _counted_examples(card: Card) -> Estimate | None:
    """The training examples that the Trainer's example scripts write to ``train_results.json``."""
    counted = next((entry.value.number for entry in card.run.results if entry.name == "train_samples"), None)
    if counted is None or not 0 < counted < _ABSURD:
        return None
    return Estimate("training_examples", counted, counted, counted)


def _epochs_to_best(case: Case) -> Estimate | None:
    """How many epochs led to the best row by the metric that rows are judged by, else to the lowest validation loss."""
    keys = [*([metrics.key(case.judged.metric)] if case.judged else []), metrics.LOSS]
    rows = (one.best_row for key in keys for one in case.series if metrics.key(one.name) == key)
    row = next((row for row in rows if row is not None), None)
    column = case.history.column("Epoch")
    epoch = None if row is None or column is None else case.epochs[row]
    if column is None or epoch is None or epoch < 0:
        return None
    printed = [cell.raw for cell in case.history.cells_of(column) if cell]
    epoch += _counts_from_zero(case.card, printed)
    half = 0.0 if all(map(_WHOLE.fullmatch, printed)) else case.epoch_rounding
    return Estimate("epochs_to_best", max(epoch - half, 0.0), epoch + half, epoch)


def _counts_from_zero(card: Card, epochs: Sequence[str]) -> bool:
    """Whether the first epoch of a history is called 0, as Keras calls it."""
    return card.writer == "keras" and epochs[0] == "0" and all(map(str.isdecimal, epochs))


def _training_examples(per_epoch: Estimate, batch: int) -> Estimate:
    """Steps per epoch × batch: an upper figure, since the last batch of an epoch may hold a single example."""
    fewest, most = math.ceil(per_epoch.low - 1e-9), math.floor(per_epoch.high + 1e-9)
    if fewest > most:  # no whole number of steps: the epoch does not end with one
        fewest, most = math.floor(per_epoch.low), math.ceil(per_epoch.high)
    steps = min(max(round(per_epoch.value), fewest), most)
    return Estimate("training_examples", max(fewest - 1, 0) * batch + 1, most * batch, steps * batch)


_MOST_TRIED = 1000
"""Numbers of micro-batches that are tried; where rounding leaves more, too little is known."""

_MOST_COMPARED = 200_000
"""Rows that all of them together are held against."""


def _with_short_updates(case: Case, batch: int) -> tuple[Estimate | None, Estimate | None]:
    """Steps per epoch and training examples where each epoch ends on an update of fewer micro-batches.

    So it does with gradient accumulation from Transformers 4.46 on. Steps ÷ epoch is then another number behind the
    first epoch than in it; the micro-batches of an epoch that the first one leaves possible must fit all rows.
    """
    named = (e.value.number for e in case.card.hyperparameters if e.name == "gradient_accumulation_steps")
    accumulation = int(number) if 1 < (number := next(named, None) or 0) <= batch else 0
    if not accumulation or batch % accumulation or case.history.column("Step") is None:
        return None, None
    half = case.epoch_rounding
    places = [(s, e) for s, e in zip(case.steps, case.epochs, strict=True) if s and e and s > 0 and e > half]
    first = [(step * accumulation, epoch) for step, epoch in places if epoch < 1]
    fewest = max((math.ceil(done / (epoch + half)) for done, epoch in first), default=0)
    most = min((math.floor(done / (epoch - half)) for done, epoch in first), default=-1)
    if not 0 < fewest <= most < fewest + _MOST_TRIED or (most - fewest) * len(places) > _MOST_COMPARED:
        return None, None
    fitting = [count for count in range(fewest, most + 1) if _fits(count, accumulation, places, half)]
    if not fitting:
        return None, None
    low, high, value = fitting[0], fitting[-1], fitting[len(fitting) // 2]
    steps, together = [math.ceil(count / accumulation) for count in (low, high, value)], batch // accumulation
    return (
        Estimate("steps_per_epoch", *steps),
        Estimate("training_examples", (low - 1) * together + 1, high * together, value * together),
    )


def _fits(count: int, accumulation: int, places: Sequence[tuple[float, float]], half: float) -> bool:
    """Whether every row lies where its step does in epochs of so many micro-batches."""
    steps = math.ceil(count / accumulation)
    return all(
        abs(step // steps + step % steps * accumulation / count - epoch) <= half + 1e-9 for step, epoch in places
    )


def effective_batch(card: Card) -> int | None:
    """Examples per optimizer step: the total as printed, else batch × devices × accumulation.

    The Trainer prints ``num_devices`` only above 1, so without it the world size is 1.
    """
    numbers = {entry.name: entry.value.number for entry in card.hyperparameters}
    total = numbers.get("total_train_batch_size")
    if total is None and (batch := numbers.get("train_batch_size") or numbers.get("per_device_train_batch_size")):
        total = batch * (numbers.get("num_devices") or 1) * (numbers.get("gradient_accumulation_steps") or 1)
    return int(total) if total and 0 < total < 1e12 else None


def _steps_per_epoch(case: Case) -> Estimate | None:
    """Step ÷ epoch, within the range that the rounding of every row's epoch leaves."""
    half = case.epoch_rounding
    low, high, value = 0.0, math.inf, 0.0
    for step, epoch in _places(case):
        if step is None or epoch is None or step <= 0 or epoch <= half:
            continue
        low, high, value = max(low, step / (epoch + half)), min(high, step / (epoch - half)), step / epoch
    if not 0 < value < _ABSURD or low > high or high > _ABSURD:
        return None
    return Estimate("steps_per_epoch", low, high, min(max(value, low), high))


def _places(case: Case) -> Iterable[tuple[float | None, float | None]]:
    """The step and epoch of each row; without rows, those that stand among the results."""
    if case.history.rows:
        has_both = case.history.column("Epoch") is not None and case.history.column("Step") is not None
        return zip(case.steps, case.epochs, strict=True) if has_both else ()
    step, epoch = case.reported_place("step"), case.reported_place("epoch")
    return [(step.value.number, epoch.value.number)] if step and epoch else ()
