"""What a finding is, and what the functions that make them are given."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from tui.cards.model import Card, History, Json, NamedValue, Value
from tui.cards.problems import Severity
from tui.judge import curves, metrics
from tui.judge.curves import Series
from tui.judge.metrics import Direction
from tui.judge.provenance import Provenance, decimals_of_report
from tui.judge.results import Headline, Standing
from tui.judge.rules import Rules


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that the numbers of a card say."""

    code: str
    severity: Severity
    message: str
    """One sentence that a person understands at once."""

    line: int = 0
    """The line of the file that it speaks of; 0 where that is none."""

    evidence: Mapping[str, Json] = field(default_factory=lambda: MappingProxyType({}))
    """The numbers it rests on; rows count from 0."""


@dataclass(frozen=True)
class Case:
    """A card with what was judged of it so far: all that a finding may rest on.

    What several findings ask for is worked out once.
    """

    card: Card
    rules: Rules
    series: tuple[Series, ...]
    standings: tuple[Standing, ...]
    headline: Headline | None
    provenance: Provenance | None

    @property
    def history(self) -> History:
        """The card's training history."""
        return self.card.history

    def series_of(self, key: str) -> Series | None:
        """The series of a metric by its key, None where the history has no such column."""
        return self._series.get(key)

    @cached_property
    def _series(self) -> Mapping[str, Series]:
        return {metrics.key(one.name): one for one in reversed(self.series)}

    @cached_property
    def axes(self) -> tuple[str, ...]:
        """The x axes that the history has."""
        return curves.axes(self.history)

    @cached_property
    def epochs(self) -> tuple[float | None, ...]:
        """Where each row lies in epochs."""
        return curves.positions(self.history, "epoch")

    @cached_property
    def steps(self) -> tuple[float | None, ...]:
        """Where each row lies in steps."""
        return curves.positions(self.history, "step")

    def places(self, axis: str) -> list[float]:
        """Where the rows lie on an axis, those that say so."""
        return [place for place in (self.steps if axis == "step" else self.epochs) if place is not None]

    @cached_property
    def decimals(self) -> int | None:
        """What the report is rounded to; None where a person did it, and the fewer printed decimals decide."""
        return decimals_of_report(self.card)

    @cached_property
    def epoch_rounding(self) -> float:
        """How far a printed epoch may lie from the true one."""
        return curves.epoch_rounding(self.history)

    def standing_of(self, name: str) -> Standing | None:
        """The standing of a metric by its name."""
        key = metrics.key(name)
        return next((one for one in self.standings if metrics.key(one.metric) == key), None)

    def place(self, row: int) -> str:
        """Where a row lies, in words: ``epoch 14``, else ``step 2800``, else ``row 3``."""
        if place := curves.beside(self.history, row):
            return place
        for axis in self.axes:
            if axis != curves.ROW and (text := self.cell_text(row, axis)):
                return f"{axis} {text}"
        return f"row {row + 1}"

    def cell_text(self, row: int, axis: str) -> str:
        """The epoch or step of a row as printed, without ``.0``; empty where the row does not say."""
        column = self.history.column(axis)
        cell = None if column is None else self.history.cell(row, column)
        return cell.raw.removesuffix(".0") if cell and cell.number is not None else ""

    def step(self, row: int) -> int | None:
        """The step of a row, None where it does not say."""
        text = self.cell_text(row, "step")
        return int(text) if text.isdecimal() and len(text) < 16 else None

    def line(self, row: int) -> int:
        """The line of a row of the history."""
        return self.history.rows[row].line

    @cached_property
    def judged(self) -> Standing | None:
        """The standing by which rows are called better: the headline's.

        Where that is a precision, a recall, the score of one label or a part of the loss, that of the first reported
        score of the whole: a row with a better precision and a worse F1 is no better row. Where the history has no
        column of it, that of the metric by which the evaluator goes.
        """
        if self.headline is None:
            return None
        if metrics.is_partial(self.headline.metric) or metrics.key(self.headline.metric).endswith(" loss"):
            whole = (s for s in self.standings if s.reported and s.best and metrics.is_whole(s.metric))
            if found := next(whole, None):
                return found
        standing = self.standing_of(self.headline.metric)
        if standing is None or standing.best:
            return standing
        primary = {result.label for result in self.card.results if result.primary}
        return next((s for s in self.standings if s.metric in primary and s.best), standing)

    @cached_property
    def may_report_the_end(self) -> bool:
        """Whether the training went on a little behind the last row, so that the report may be of its end."""
        for axis, names in ASKED.items():
            asked = next((n for e in self.card.hyperparameters if e.name in names and (n := self.asked(e.value))), 0)
            if asked > 0:
                places = self.places(axis)
                between = max((b - a for a, b in zip([0.0, *places], places, strict=False)), default=0.0)
                return axis in self.axes and bool(places) and places[-1] < asked * 0.9999 <= places[-1] + 2 * between
        return False

    def asked(self, setting: Value) -> float:
        """The number that a setting of how long to train is, 0 for none.

        SetFit prints two, ``(10, 1)``: for the training of the body, which is what its history tells of, and the head.
        """
        if self.card.writer == "setfit" and setting.elements:
            setting = setting.elements[0][1]
        return setting.number or 0.0

    def reported_place(self, axis: str) -> NamedValue | None:
        """The epoch or step that stands among the results, as ``trainer.evaluate`` gives it; None without a number."""
        found = (one for one in self.card.results if metrics.key(one.name) == axis and one.value.number is not None)
        return next(found, None)

    @cached_property
    def is_read_to_its_end(self) -> bool:
        """Whether the last row of the history is known, cell by cell."""
        last = self.history.rows[-1] if self.history.rows else None
        behind = any(problem.code in {"second-table", "table-broken"} for problem in self.card.problems)
        return last is not None and not last.unsure and len(last.cells) == len(self.history.columns) and not behind

    @cached_property
    def has_unread_rows(self) -> bool:
        """Whether the file has rows of which it is not known which cell belongs to which column."""
        return any(problem.code in UNREAD_ROWS for problem in self.card.problems)


ASKED = {"step": ("training_steps", "max_steps"), "epoch": ("num_epochs", "num_train_epochs")}
"""The settings that say where a training is to end; steps, where they are given, override epochs."""

UNREAD_ROWS = frozenset({"ragged-row", "reordered-row", "table-broken", "second-table"})
"""Problems for the sake of which a row of the history may be missing."""


def is_share(direction: Direction, name: str, numbers: Iterable[float | None]) -> bool:
    """Whether a metric runs from 0 to 1, as scores and error rates do and losses need not."""
    if direction is not Direction.MAXIMIZE and not metrics.is_rate(name):
        return False
    known = [number for number in numbers if number is not None and math.isfinite(number)]
    return bool(known) and all(0 <= number <= 1 for number in known)


_SHOWN = 4
"""Names that a message lists."""


def listed(names: Sequence[str]) -> str:
    """Names as a sentence has them, of many only the first.

    >>> listed(["a", "b", "c"]), listed(["a", "b", "c", "d", "e", "f"])
    ('a, b and c', 'a, b, c, d and 2 more')
    """
    if len(names) > _SHOWN + 1:
        names = [*names[:_SHOWN], f"{len(names) - _SHOWN} more"]
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
