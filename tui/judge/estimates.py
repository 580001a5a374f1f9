"""What the numbers of a run imply: training examples, steps per epoch, effective batch. Always estimates."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from tui.cards.model import Card, History
from tui.judge import curves, metrics
from tui.judge.curves import Series
from tui.judge.results import Headline


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure that the card does not state, with the range that its rounding leaves."""

    name: str
    low: float
    high: float
    value: float


_ABSURD = 1e12
"""Steps of an epoch that no training has."""


def estimates(card: Card, head: Headline | None, series: Sequence[Series]) -> tuple[Estimate, ...]:
    """The estimates that can be had from the hyperparameters, the history and the run's own figures."""
    found: list[Estimate] = []
    batch = effective_batch(card)
    per_epoch = _steps_per_epoch(card)
    examples = _counted_examples(card) or (_training_examples(per_epoch, batch) if per_epoch and batch else None)
    found += [examples] if examples else []
    if per_epoch:
        found.append(per_epoch)
    if batch:
        found.append(Estimate("effective_batch", batch, batch, batch))
    if to_best := _epochs_to_best(card, head, series):
        found.append(to_best)
    return tuple(found)


def _counted_examples(card: Card) -> Estimate | None:
    """The training examples that the Trainer's example scripts write to ``train_results.json``."""
    counted = next((entry.value.number for entry in card.run.results if entry.name == "train_samples"), None)
    if counted is None or not 0 < counted < _ABSURD:
        return None
    return Estimate("training_examples", counted, counted, counted)


def _epochs_to_best(card: Card, head: Headline | None, series: Sequence[Series]) -> Estimate | None:
    """The epoch of the best headline metric, else of the lowest validation loss."""
    keys = [*([metrics.key(head.metric)] if head else []), metrics.LOSS]
    rows = (one.best_row for key in keys for one in series if metrics.key(one.name) == key)
    row = next((row for row in rows if row is not None), None)
    epoch = (
        None if row is None or card.history.column("Epoch") is None else curves.positions(card.history, "epoch")[row]
    )
    if epoch is None or epoch < 0:
        return None
    half = epoch_rounding(card.history)
    return Estimate("epochs_to_best", max(epoch - half, 0.0), epoch + half, epoch)


def _training_examples(per_epoch: Estimate, batch: int) -> Estimate:
    """Steps per epoch × batch: an upper figure, since the last batch of an epoch may hold a single example."""
    fewest, most = math.ceil(per_epoch.low - 1e-9), math.floor(per_epoch.high + 1e-9)
    if fewest > most:  # no whole number of steps: the epoch does not end with one
        fewest, most = math.floor(per_epoch.low), math.ceil(per_epoch.high)
    steps = min(max(round(per_epoch.value), fewest), most)
    return Estimate("training_examples", max(fewest - 1, 0) * batch + 1, most * batch, steps * batch)


def effective_batch(card: Card) -> int | None:
    """Examples per optimizer step: the total as printed, else batch × devices × accumulation.

    The Trainer prints ``num_devices`` only above 1, so without it the world size is 1.
    """
    numbers = {entry.name: entry.value.number for entry in card.hyperparameters}
    total = numbers.get("total_train_batch_size")
    if total is None and (batch := numbers.get("train_batch_size") or numbers.get("per_device_train_batch_size")):
        total = batch * (numbers.get("num_devices") or 1) * (numbers.get("gradient_accumulation_steps") or 1)
    return int(total) if total and 0 < total < 1e12 else None


def _steps_per_epoch(card: Card) -> Estimate | None:
    """Step ÷ epoch, within the range that the rounding of every row's epoch leaves."""
    if card.history.column("Epoch") is None or card.history.column("Step") is None:
        return None
    steps = curves.positions(card.history, "step")
    epochs = curves.positions(card.history, "epoch")
    half = epoch_rounding(card.history)
    low, high, value = 0.0, math.inf, 0.0
    for step, epoch in zip(steps, epochs, strict=True):
        if step is None or epoch is None or step <= 0 or epoch <= half:
            continue
        low, high, value = max(low, step / (epoch + half)), min(high, step / (epoch - half)), step / epoch
    if not 0 < value < _ABSURD or low > high or high > _ABSURD:
        return None
    return Estimate("steps_per_epoch", low, high, min(max(value, low), high))


def epoch_rounding(history: History) -> float:
    """Half of the last place that epochs are rounded to: 2 decimals, or 4 in current versions."""
    column = history.column("Epoch")
    cells = history.cells_of(column) if column is not None else ()
    longest = max((len(cell.raw.partition(".")[2]) for cell in cells if cell), default=0)
    return 0.00005 if longest > 2 else 0.005
