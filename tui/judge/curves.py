"""Training history → series of numbers, with gaps where nothing was measured."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tui.cards.model import Card, History, LogEntry, Row, Value
from tui.judge import metrics
from tui.judge.metrics import Direction
from tui.judge.rules import DEFAULT, Rules

_AXES = ("epoch", "step")
SMALLEST, LARGEST = 1e-300, 1e300
"""The magnitudes that are drawn, zero beside them: further out the sums of an axis overflow."""

BLANK = frozenset({"", "-"})
"""What writers print in rows that a metric was not measured in, where training and evaluation share a table."""

ROW = "row"
"""The axis of a history that has neither epochs nor steps: its rows, from 1."""


@dataclass(frozen=True, slots=True)
class Series:
    """One number over the rows of a history: a column, or one element of a column of lists."""

    name: str
    """As reported: ``Loss`` for the column ``Validation Loss``, ``F1[0]`` for an element."""

    column: int
    values: tuple[Value | None, ...]
    """One a row; None where the row has no such number."""

    direction: Direction = Direction.UNKNOWN
    """Which way it is better."""

    blanks: frozenset[int] = frozenset()
    """Rows that leave the cell blank, since they tell of something else: nothing is missing there."""

    is_part: bool = False
    """Whether there are more rows of which it is not known what they say: the best may be among them."""

    is_of_training: bool = False
    """Whether it is measured on the training data."""

    numbers: tuple[float | None, ...] = field(init=False)
    """The values' numbers, nan and infinities included."""

    best_row: int | None = field(init=False)
    """The row of the best finite number, the earliest of equals.

    None for an unknown direction, where it is a part, for what was never measured, and for what is measured on the
    training data: it is best at the end of every training.
    """

    def __post_init__(self) -> None:
        """Work out what every view and judgement asks for."""
        numbers = tuple([value.number if value else None for value in self.values])
        object.__setattr__(self, "numbers", numbers)
        is_judged = not (self.is_part or self.is_of_training)
        best = best_row(self.name, numbers, self.direction) if is_judged else None
        object.__setattr__(self, "best_row", best)

    @property
    def is_constant(self) -> bool:
        """Whether two or more rows have one number: such a metric is best nowhere in particular."""
        known = [number for number in self.numbers if number is not None]
        return len(known) > 1 and len(set(known)) == 1

    @property
    def varies(self) -> bool:
        """Whether there are two numbers at least that are not the same."""
        return len({number for number in self.numbers if number is not None}) > 1


def best_row(name: str, numbers: Sequence[float | None], direction: Direction) -> int | None:
    """The row of the best finite number, the earliest of equals; None where there is none, see `Series`."""
    if direction is Direction.UNKNOWN:
        return None
    finite = [number for number in numbers if number is not None and math.isfinite(number)]
    if not finite or metrics.is_unmeasured(name, finite):
        return None
    return numbers.index(max(finite) if direction is Direction.MAXIMIZE else min(finite))


@dataclass(frozen=True, slots=True)
class Plot:
    """What is drawn on one pair of axes."""

    title: str
    series: tuple[Series, ...]


def reported_name(column: str) -> str:
    """A history column's name as it stands in the reported results."""
    return "Loss" if metrics.key(column) == metrics.LOSS else column


def evaluated(history: History) -> frozenset[str]:
    """The metrics that Keras calls ``Train``, but that were measured on the evaluation data.

    What a training logs by itself ends with the columns on the validation data; a metric behind them, which has none
    there, comes from a callback that evaluates.
    """
    columns = history.columns
    if columns[:1] != ("Train Loss",):
        return frozenset()
    start = next((i for i, name in enumerate(columns) if name.startswith("Validation ")), len(columns))
    behind = {name for name in columns[start:] if name.startswith("Train ") and metrics.direction(name) in _KNOWN}
    return frozenset(name for name in behind if name.replace("Train", "Validation", 1) not in columns)


_KNOWN = (Direction.MAXIMIZE, Direction.MINIMIZE)


def elements_of(value: Value) -> tuple[tuple[str, Value], ...]:
    """The elements of a list or mapping that are metrics: what lists in lists have, as confusion matrices, are none."""
    return tuple([element for element in value.elements if "][" not in element[0]])


def all_series(history: History, rules: Rules = DEFAULT) -> tuple[Series, ...]:
    """A series for every column of numbers and every element of a column of lists, but the axes."""
    found: list[Series] = []
    is_part = any(row.unsure for row in history.rows)
    behind = evaluated(history)
    for index, column in enumerate(history.columns):
        if metrics.key(column) in _AXES:
            continue
        cells = history.cells_of(index)
        name = reported_name(column) or f"column {index + 1}"
        of_training = metrics.is_of_training(name) and column not in behind
        if cells and all(cell and cell.number is not None for cell in cells):  # as most columns are
            found.append(Series(name, index, cells, rules.direction(name), is_of_training=of_training))
            continue
        blanks = frozenset([row for row, cell in enumerate(cells) if cell and cell.raw in BLANK])
        values = tuple([cell if cell and cell.number is not None else None for cell in cells])
        if any(values):
            found.append(Series(name, index, values, rules.direction(name), blanks, is_part, of_training))
        if not any(cell.elements for cell in cells if cell):
            continue
        elements = [dict(elements_of(cell)) if cell else {} for cell in cells]
        suffixes = dict.fromkeys(suffix for element in elements for suffix in element)
        for suffix in suffixes:
            values, whole = tuple(e.get(suffix) for e in elements), name + suffix
            found.append(Series(whole, index, values, rules.direction(whole), blanks, is_part, of_training))
    return tuple(found)


def drawn(card: Card) -> History:
    """What is drawn of a card: its run's log, where that reaches as far as the table, else the table.

    The log has every logging step, with all digits; each of its steps is a row, blank where nothing was logged.
    """
    log = [entry for entry in card.run.log if "train_runtime" not in entry.values]
    steps = [step for step in positions(card.history, "step") if step is not None] if card.history.rows else []
    if not log or ("step" in axes(card.history) and steps and max(steps) > max(entry.step for entry in log)):
        return card.history
    from tui.cards.trainer_state import is_timing, printed_name  # noqa: PLC0415 - most cards have no log

    rows: list[tuple[LogEntry, dict[str, float]]] = []
    for entry in log:
        values = {_LOGGED.get(name) or printed_name(name): n for name, n in entry.values.items() if not is_timing(name)}
        if rows and rows[-1][0].step == entry.step and rows[-1][1].keys().isdisjoint(values):
            rows[-1][1].update(values)
        else:
            rows.append((entry, values))
    names = list(dict.fromkeys([*_LOGGED.values(), *(name for _, values in rows for name in values)]))
    names = [name for name in names if any(name in values for _, values in rows)]
    names.sort(key=lambda name: name in OF_THE_OPTIMIZER)
    return History(("Epoch", "Step", *names), tuple(_log_row(entry, values, names) for entry, values in rows))


OF_THE_OPTIMIZER = ("Learning Rate", "Grad Norm")
"""What is looked at after the metrics."""

_LOGGED = {"loss": "Training Loss", "eval_loss": "Validation Loss"}
"""How the losses of the log are called in tables."""


def _log_row(entry: LogEntry, values: Mapping[str, float], names: Sequence[str]) -> Row:
    cells = [entry.epoch, entry.step, *(values.get(name) for name in names)]
    return Row(tuple(Value("") if n is None else Value(repr(n), float(n)) for n in cells), 0)


def plots(history: History, rules: Rules = DEFAULT) -> tuple[Plot, ...]:
    """The losses together, then every other metric by itself, with its measurement on the training data.

    Elements of lists are in one plot. Where no column is the validation loss, those of several datasets are.
    """
    series = all_series(history, rules)
    losses = {metrics.LOSS, metrics.TRAINING_LOSS}
    if not any(metrics.key(s.name) == metrics.LOSS for s in series):
        losses |= {key for s in series if (key := metrics.key(s.name)).endswith(" loss")}
    groups: dict[str, list[Series]] = {}
    for one in series:
        key = metrics.key(one.name)
        groups.setdefault("" if key in losses else _subject(history.columns[one.column]), []).append(one)
    found = [Plot("loss", _validation_first(groups.pop("")))] if "" in groups else []
    for members in groups.values():
        ordered = _validation_first(members)
        found.append(Plot(reported_name(history.columns[ordered[0].column]) or ordered[0].name, ordered))
    return tuple(found)


def _subject(column: str) -> str:
    """What a column measures, on whatever data."""
    key = metrics.key(column)
    return key.removeprefix("train ").removeprefix("training ") if metrics.is_of_training(column) else key or column


def _validation_first(series: list[Series]) -> tuple[Series, ...]:
    return tuple(sorted(series, key=lambda s: s.is_of_training))


def axes(history: History) -> tuple[str, ...]:
    """The x axes that the history has, the usual one first: ``epoch``, ``step``, or else ``row``."""
    present = {metrics.key(column) for column in history.columns}
    return tuple(axis for axis in _AXES if axis in present) or (ROW,)


def positions(history: History, axis: str) -> tuple[float | None, ...]:
    """Where each row lies on an axis; None where the row does not say.

    An evaluation before or after the training (`beside`) has no place: which epoch or step it was is not printed.
    """
    column = next((i for i, name in enumerate(history.columns) if metrics.key(name) == axis), None)
    if column is None:
        return tuple(float(row + 1) for row in range(len(history.rows)))
    cells = history.cells_of(column)
    numbers = [cell.number if cell and cell.number != _NOWHERE else None for cell in cells]
    return tuple([number if number is not None and math.isfinite(number) else None for number in numbers])


END = "the end of the training"
START = "the start of the training"
"""Where a row lies that has neither epoch nor step, behind all others or before them."""

_NOWHERE = -1
"""What sentence-transformers prints as epoch and step of an evaluation before or after the training."""


def beside(history: History, row: int) -> str:
    """Where a row lies that is the evaluation before or after the training; empty for the rows of the training."""
    if not _is_nowhere(history, row):
        return ""
    return END if all(_is_nowhere(history, below) for below in range(row + 1, len(history.rows))) else START


def measured_beside(history: History, series: Iterable[Series]) -> str:
    """The evaluation before or after the training, the latter first, in which one of the series has a number."""
    columns = [history.cells_of(column) for column in _axis_columns(history)]
    nowhere = {row for cells in columns for row, cell in enumerate(cells) if cell and cell.number == _NOWHERE}
    last = max((row for one in series for row in nowhere if one.numbers[row] is not None), default=None)
    return "" if last is None else beside(history, last)


def _is_nowhere(history: History, row: int) -> bool:
    """Whether a row says of itself that it is of no epoch or step."""
    cells = (history.cell(row, column) for column in _axis_columns(history))
    return any(cell is not None and cell.number == _NOWHERE for cell in cells)


def _axis_columns(history: History) -> list[int]:
    return [index for index, name in enumerate(history.columns) if metrics.key(name) in _AXES]


def epoch_rounding(history: History) -> float:
    """Half of the last place that epochs are rounded to: 2 decimals, or 4 in current versions."""
    column = history.column("Epoch")
    cells = history.cells_of(column) if column is not None else ()
    longest = max([len(cell.raw.partition(".")[2]) for cell in cells if cell], default=0)
    return 0.00005 if longest > 2 else 0.005


def measured(series: Series) -> tuple[float | None, ...]:
    """The numbers that were measured in their row.

    The Trainer prints the last logged training loss again until it logs the next, so a repeat is no measurement.
    """
    numbers = series.numbers
    if metrics.key(series.name) != metrics.TRAINING_LOSS:
        return numbers
    before = (None, *numbers)
    return tuple([None if number == last else number for number, last in zip(numbers, before, strict=False)])


def segments(
    xs: Sequence[float | None], series: Series, *, log_x: bool = False, log_y: bool = False
) -> list[list[tuple[float, float]]]:
    """Runs of measurements that can be drawn as one line; blanks between them are stepped over."""
    found: list[list[tuple[float, float]]] = [[]]
    for row, (x, y) in enumerate(zip(xs, measured(series), strict=True)):
        if row in series.blanks:
            continue
        if x is None or y is None or not drawable(x, log=log_x) or not drawable(y, log=log_y):
            if found[-1]:
                found.append([])
        else:
            found[-1].append((x, y))
    return [segment for segment in found if segment]


def left_out(xs: Sequence[float | None], series: Series, *, log_x: bool = False, log_y: bool = False) -> list[int]:
    """The rows whose measurements have no place on the axes.

    These are nan, infinities, extremes, and on a log axis what is not above zero.
    """
    return [
        row
        for row, (x, y) in enumerate(zip(xs, measured(series), strict=True))
        if y is not None and not (drawable(y, log=log_y) and (x is None or drawable(x, log=log_x)))
    ]


def drawable(number: float, *, log: bool = False) -> bool:
    """Whether a number has a place on an axis: neither nan nor extreme, and above zero on a log axis."""
    return SMALLEST <= (number if log else abs(number)) <= LARGEST or (number == 0 and not log)
