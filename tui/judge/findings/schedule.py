"""What steps, epochs and batches say: whether they add up, and whether the training came to its end."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

from tui.cards.model import Json
from tui.cards.problems import Severity
from tui.judge import metrics
from tui.judge.finding import ASKED, Case, Finding
from tui.judge.numbers import figure

_OFTEN = 4
"""One row in so many repeats the training loss where it is logged more rarely than evaluated; fewer agree by chance."""

_TINY = 0.001
"""Below it a training loss of four decimals may repeat by rounding."""


def batch_arithmetic(case: Case) -> Iterator[Finding]:
    """The total batch is not batch × devices × accumulation, as the Trainer computes it."""
    numbers = {entry.name: entry for entry in case.card.hyperparameters if entry.value.number is not None}
    kinds = [entry for entry in case.card.hyperparameters if entry.name == "distributed_type"]
    if kinds and "num_devices" not in numbers:
        return  # replicated over devices (IPUs) of which the number is not printed
    for total, batch, factors in (
        ("total_train_batch_size", "train_batch_size", ("num_devices", "gradient_accumulation_steps")),
        ("total_eval_batch_size", "eval_batch_size", ("num_devices",)),
    ):
        if total not in numbers or batch not in numbers:
            continue
        used = [batch, *(name for name in factors if name in numbers)]
        product = math.prod(numbers[name].value.number or 0.0 for name in used)
        stated = numbers[total].value.number or 0.0
        if product == stated or not math.isfinite(product):
            continue
        terms = " × ".join(f"{name} {numbers[name].value.raw}" for name in used)
        terms = f"{terms} is {figure(product)}" if len(used) > 1 else f"{terms} is the only factor given"
        if product and stated % product == 0 and len(used) <= len(factors):
            terms += f", and a factor of {figure(stated / product)} is missing"
        message = f"{total} is {numbers[total].value.raw}, but {terms}."
        evidence: dict[str, Json] = {"stated": stated, "product": product}
        yield Finding("batch-arithmetic", Severity.ERROR, message, numbers[total].line, evidence)


def ended_before(case: Case) -> Iterator[Finding]:
    """The history ends before the epochs or steps that were asked for.

    By more than the distance of two evaluations, since the last one need not lie at the end. Where the last row is
    not the best one, early stopping is the likely cause; else the training was not finished.
    """
    if not case.history.rows:
        yield from _reported_before(case)
    if not case.is_read_to_its_end or _has_end_row(case) or _reports_better(case):
        return
    for axis, names in ASKED.items():
        entry = next((e for e in case.card.hyperparameters if e.name in names and case.asked(e.value) > 0), None)
        if entry is None:
            continue
        places = case.places(axis)
        asked = case.asked(entry.value)
        if axis not in case.axes or len(places) < _LEAST_ROWS:
            return
        between = max(b - a for a, b in zip([0.0, *places], places, strict=False))
        if places[-1] + between * 1.01 + _lost(case, axis, asked) < asked:
            yield _ended(case, axis, asked, places[-1])
        return  # steps, where they are given, override epochs


def _reported_before(case: Case) -> Iterator[Finding]:
    """The report of a card without history is of an epoch more than one before those that were asked for."""
    place = case.reported_place("epoch")
    entries = {axis: [e for e in case.card.hyperparameters if e.name in names] for axis, names in ASKED.items()}
    if place is None or not entries["epoch"] or any(case.asked(entry.value) > 0 for entry in entries["step"]):
        return
    last, asked = place.value.number or 0.0, case.asked(entries["epoch"][0].value)
    if last > 0 and last + 1 < asked:
        message = f"The results are of epoch {figure(last)} of {figure(asked)}; what came of the rest is not told."
        yield Finding("unfinished", Severity.INFO, message, place.line, {"axis": "epoch", "last": last, "asked": asked})


_LEAST_ROWS = 2
"""Rows that have a distance between them."""


def _has_end_row(case: Case) -> bool:
    """Whether a row says that the training ended (step -1 of sentence-transformers)."""
    column = case.history.column("step")
    cells = case.history.cells_of(column) if column is not None else ()
    return any(cell.raw in {"-1", "-1.0"} for cell in cells if cell)


def _lost(case: Case, axis: str, asked: float) -> float:
    """Epochs that a finished training may lack: accumulation drops the rest of each, less than a step."""
    last = next(((e, s) for e, s in zip(reversed(case.epochs), reversed(case.steps), strict=True) if e and s), None)
    accumulates = any(e.name == "gradient_accumulation_steps" for e in case.card.hyperparameters)
    return asked * last[0] / last[1] if axis == "epoch" and accumulates and last else 0.0


def _ended(case: Case, axis: str, asked: float, last: float) -> Finding:
    row = len(case.history.rows) - 1
    judged = case.series_of(metrics.key(case.judged.metric)) if case.judged else case.series_of(metrics.LOSS)
    best = judged.best_row if judged else None
    reported = case.provenance.row if case.provenance else None
    code, why = "unfinished", ""
    if judged and best is not None and judged.numbers[row] != judged.numbers[best]:
        code, why = "stopped-early", f": {judged.name} was best at {case.place(best)}, as with early stopping"
    elif reported not in {None, row}:
        code, why = "stopped-early", f": the report is of {case.place(reported or 0)}, as with early stopping"
    elif judged and best is not None and judged.varies:
        why = f": {judged.name} is best in its last row"
    message = f"The history ends at {axis} {figure(last)} of {figure(asked)}{why}."
    return Finding(code, Severity.INFO, message, case.line(row), {"axis": axis, "last": last, "asked": asked})


def _reports_better(case: Case) -> bool:
    """Whether the report is better than every row, and so of a training that went on."""
    one = case.judged
    if one is None or not one.best or not one.reported or one.best.number is None or one.reported.number is None:
        return False
    return metrics.better(one.reported.number, one.best.number, one.direction)


def training_loss_stale(case: Case) -> Iterator[Finding]:
    """The training loss was not logged, or is repeated between its log points."""
    column = case.history.column("Training Loss")
    if column is None or not case.history.rows:
        return
    cells = case.history.cells_of(column)
    known = [cell for cell in cells if cell and cell.raw not in {"-", ""}]
    missing = [cell for cell in known if cell.number is None]
    if known and len(missing) == len(known):
        message = f"The training loss was never logged ({known[0].raw} in each row), so nothing is known of it."
        yield Finding("training-loss-stale", Severity.INFO, message, case.line(0), {"rows": len(known), "logged": 0})
        return
    repeated = [
        row
        for row in range(1, len(cells))
        if (cell := cells[row])
        and (before := cells[row - 1])
        and cell.raw == before.raw
        and (cell.number or 0) >= _TINY
    ]
    begins_late = known[0].number is None if known else False
    if repeated and (begins_late or len(repeated) * _OFTEN >= len(cells)):
        logged = len(known) - len(missing) - len(repeated)
        message = f"The training loss was logged for {logged} of {len(cells)} rows; the others repeat it or have none."
        evidence: dict[str, Json] = {"rows": len(cells), "logged": logged}
        yield Finding("training-loss-stale", Severity.INFO, message, case.line(repeated[0]), evidence)


def uneven_steps(case: Case) -> Iterator[Finding]:
    """Steps per epoch change along the history, by more than rounding explains."""
    if len(case.axes) < 2:  # epoch and step
        return
    half = case.epoch_rounding
    pairs = zip(case.epochs, case.steps, strict=True)
    placed = [(e, s, row) for row, (e, s) in enumerate(pairs) if e is not None and s]
    if any(b[0] <= a[0] or b[1] <= a[1] for a, b in pairwise(placed)):
        return  # no course of one training
    rates = [(s / (e + half), s / (e - half), row) for e, s, row in placed if s > 0 and e > half * 2]
    if len(rates) < _LEAST_ROWS:
        return
    most, fewest = max(rates, key=lambda rate: rate[0]), min(rates, key=lambda rate: rate[1])
    if most[0] <= fewest[1] * (1 + case.rules.uneven) + 1:  # a last, smaller step may belong to either epoch
        return
    message = (
        f"An epoch has about {_rate(case, fewest[2])} steps at {case.place(fewest[2])} and {_rate(case, most[2])} at"
        f" {case.place(most[2])}: batch or data changed on the way."
    )
    evidence: dict[str, Json] = {"fewest": fewest[1], "fewest_row": fewest[2], "most": most[0], "most_row": most[2]}
    yield Finding("uneven-steps", Severity.INFO, message, case.line(max(fewest[2], most[2])), evidence)


def several_trainings(case: Case) -> Iterator[Finding]:
    """Epochs and steps fall back, so that the rows of several trainings stand in one table.

    A single row out of order is none, nor is a table in a descending order.
    """
    places = {axis: case.steps if axis == "step" else case.epochs for axis in case.axes if axis in ASKED}
    rows = [row for row in range(len(case.history.rows)) if places and all(p[row] is not None for p in places.values())]
    starts = [
        row for before, row in pairwise(rows) if all((p[row] or 0.0) < (p[before] or 0.0) for p in places.values())
    ]
    bounds = [0, *map(rows.index, starts), len(rows)]
    if not starts or min(after - before for before, after in pairwise(bounds)) < _LEAST_ROWS:
        return
    before = rows[rows.index(starts[0]) - 1]
    message = (
        f"The history falls back from {case.place(before)} to {case.place(starts[0])}: its rows are of"
        f" {len(starts) + 1} trainings, or of one that was resumed, and the best need not be of the one reported."
    )
    yield Finding("several-trainings", Severity.INFO, message, case.line(starts[0]), {"rows": [*starts]})


def _rate(case: Case, row: int) -> str:
    """Step ÷ epoch of a row."""
    return figure((case.steps[row] or 0.0) / (case.epochs[row] or 1.0))
