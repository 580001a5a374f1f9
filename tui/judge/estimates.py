"""What the numbers of a run imply: training examples, steps per epoch, effective batch. Always estimates."""

from __future__ import annotations

import math
from dataclasses import dataclass

from tui.cards.model import Card, Value
from tui.judge import curves


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure that the card does not state, with the range that its rounding leaves."""

    name: str
    low: float
    high: float
    value: float


_ABSURD = 1e12
"""Steps of an epoch that no training has."""


def estimates(card: Card) -> tuple[Estimate, ...]:
    """The estimates that can be had from the hyperparameters and the history."""
    found: list[Estimate] = []
    batch = effective_batch(card)
    per_epoch = _steps_per_epoch(card)
    if per_epoch and batch:
        found.append(_training_examples(per_epoch, batch))
    if per_epoch:
        found.append(per_epoch)
    if batch:
        found.append(Estimate("effective_batch", batch, batch, batch))
    return tuple(found)


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
    if total is None and (batch := numbers.get("train_batch_size")):
        total = batch * (numbers.get("num_devices") or 1) * (numbers.get("gradient_accumulation_steps") or 1)
    return int(total) if total and 0 < total < 1e12 else None


def _steps_per_epoch(card: Card) -> Estimate | None:
    """Step ÷ epoch, within the range that the rounding of every row's epoch leaves."""
    epoch_column = card.history.column("Epoch")
    if epoch_column is None or card.history.column("Step") is None:
        return None
    steps = curves.positions(card.history, "step")
    epochs = curves.positions(card.history, "epoch")
    cells = (card.history.cell(row, epoch_column) for row in range(len(steps)))
    half = _epoch_rounding([cell for cell in cells if cell])
    low, high, value = 0.0, math.inf, 0.0
    for step, epoch in zip(steps, epochs, strict=True):
        if step is None or epoch is None or step <= 0 or epoch <= half:
            continue
        low, high, value = max(low, step / (epoch + half)), min(high, step / (epoch - half)), step / epoch
    if not 0 < value < _ABSURD or low > high or high > _ABSURD:
        return None
    return Estimate("steps_per_epoch", low, high, min(max(value, low), high))


def _epoch_rounding(cells: list[Value]) -> float:
    """Half of the last place that epochs are rounded to: 2 decimals, or 4 in current versions."""
    longest = max((len(cell.raw.partition(".")[2]) for cell in cells), default=0)
    return 0.00005 if longest > 2 else 0.005
