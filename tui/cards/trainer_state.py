"""The bytes of a ``trainer_state.json`` → the log of its training, and the history that the Trainer would print of it.

The Trainer writes the file into every checkpoint, with everything logged until then, and into the run's own folder
where it is asked to. A run has it before it has a card; its numbers have all their digits.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from tui.cards import json_members
from tui.cards.front_matter import decode
from tui.cards.json_members import Member, Members
from tui.cards.model import History, LogEntry, Problem, Row, Run, Value
from tui.cards.values import parse

_MAX_CELLS = 1_000_000
"""Cells of the history that are made; of a file with a new metric in every entry the rest stays in the log alone."""

_LEADING = ("Training Loss", "Epoch", "Step")
_TRAIN_SUMMARY = "train_runtime"
"""The entry with this name closes the training; the Trainer's table ends before it."""

_AXES = ("step", "epoch")
_TOKENS = "num_input_tokens_seen"
_TIMINGS = ("_runtime", "_samples_per_second", "_steps_per_second", "_jit_compilation_time")
_CHECKPOINT = re.compile(r"(?:^|[\\/])checkpoint-([0-9]{1,15})[\\/]*$")
_NOT_LOGGED = Value("")


@dataclass(frozen=True, slots=True)
class State:
    """What a ``trainer_state.json`` says."""

    file: str
    """Its name in messages, from the run's folder down."""

    run: Run = field(default_factory=Run)
    history: History = field(default_factory=History)
    """The evaluations of the log; the rows' lines are those of this file."""

    problems: tuple[Problem, ...] = ()
    """With the file and its line in the message; their own line is 0, since it would be taken for the card's."""

    is_whole: bool = True
    """Whether the file could be read to its end and is a state."""

    text: str = ""

    @property
    def reached(self) -> int:
        """The step up to which it tells of the training; -1 where it tells of none."""
        logged = self.run.log[-1].step if self.run.log else -1
        return self.run.global_step if self.is_whole and self.run.global_step is not None else logged


@dataclass(frozen=True, slots=True)
class _Point:
    """An entry of the log, with everything that the file says in it."""

    entry: LogEntry
    values: Mapping[str, object]
    line: int


def read(data: bytes, file: str) -> State:
    """Read a state, which messages call `file`. Never raises for what the bytes are.

    Of a file that breaks off the entries before the break are kept.
    """
    text, undecodable = decode(data)
    members = json_members.read(text, "log_history")
    notes = _Notes(file)
    for problem in undecodable:
        notes.add(problem.line, problem.message)
    if members.broken:
        notes.add(members.line, members.broken)
    log = members.found.get("log_history")
    if log is None and not members.broken:
        notes.add(1, "there is no log_history in it")
    elif log is not None and log.elements is None:
        notes.add(log.line, "log_history is no list")
    points = _points((log.elements if log else None) or (), notes)
    history = _history(points, notes)
    is_whole = not members.broken and log is not None and log.elements is not None
    return State(file, _run(members, points, notes), history, notes.problems(), is_whole, text)


class _Notes:
    """Gathers what is wrong with a file: of many entries with one fault the first, and how many."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._found: dict[str, tuple[int, int]] = {}

    def add(self, line: int, reason: str) -> None:
        """Note a fault."""
        first, count = self._found.get(reason, (line, 0))
        self._found[reason] = (first, count + 1)

    def problems(self) -> tuple[Problem, ...]:
        """One problem for every kind of fault."""
        return tuple(
            Problem("log-broken", 0, f"{self._file}, line {line}: {reason}" + f" (and {count - 1} more)" * (count > 1))
            for reason, (line, count) in self._found.items()
        )


def _run(members: Members, points: Sequence[_Point], notes: _Notes) -> Run:
    step = _whole_member(members, "best_global_step", notes)
    return Run(
        log=tuple(point.entry for point in points),
        global_step=_whole_member(members, "global_step", notes),
        max_steps=_whole_member(members, "max_steps", notes),
        num_train_epochs=_number_member(members, "num_train_epochs", notes),
        best_step=_best_step(members) if step is None else step,
        best_metric=_number_member(members, "best_metric", notes),
    )


def _best_step(members: Members) -> int | None:
    """The step in the best checkpoint's path: older versions write no ``best_global_step``."""
    member = members.found.get("best_model_checkpoint")
    match = _CHECKPOINT.search(member.value) if member and isinstance(member.value, str) else None
    return int(match[1]) if match else None


def _number_member(members: Members, name: str, notes: _Notes) -> float | None:
    member = members.found.get(name)
    if member is None or member.value is None:
        return None
    found = _number(member.value)
    if found is None:
        notes.add(member.line, f"{name} is no number")
    return found


def _whole_member(members: Members, name: str, notes: _Notes) -> int | None:
    member = members.found.get(name)
    if member is None or member.value is None:
        return None
    found = _whole(member.value)
    if found is None:
        notes.add(member.line, f"{name} is no whole number")
    return found


def _number(value: object) -> float | None:
    """The number that a JSON value is; true and false are none."""
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _whole(value: object) -> int | None:
    number = _number(value)
    is_whole = number is not None and math.isfinite(number) and abs(number) < 1e15 and number == int(number)
    return int(number) if is_whole and number is not None else None


def _points(entries: Iterable[Member], notes: _Notes) -> list[_Point]:
    """The entries that are ones, in their order."""
    found: list[_Point] = []
    for member in entries:
        values = member.value
        if not isinstance(values, dict):
            notes.add(member.line, "a log entry that is no mapping is left out")
        elif (step := _whole(values.get("step"))) is None:
            notes.add(member.line, "a log entry without a step is left out")
        else:
            found.append(_point(values, step, member.line, notes))
    return found


def _point(values: Mapping[str, object], step: int, line: int, notes: _Notes) -> _Point:
    epoch = _number(values.get("epoch"))
    if epoch is None and values.get("epoch") is not None:
        notes.add(line, "an epoch is no number")
    numbers: dict[str, float] = {}
    for name, value in values.items():
        if name in _AXES:
            continue
        number = _number(value)
        if number is None:
            numbers.update(_numbers(name, cell(value)))
        else:
            numbers[name] = number
    return _Point(LogEntry(step, epoch, MappingProxyType(numbers)), values, line)


def _numbers(name: str, shown: Value) -> Iterator[tuple[str, float]]:
    """The numbers of a text, list or mapping, each with its name."""
    if shown.number is not None:
        yield name, shown.number
    for suffix, element in shown.elements:
        if element.number is not None:
            yield name + suffix, element.number


def cell(value: object) -> Value:
    """A JSON value as the Trainer's table would print it, but with all its digits; lists with their elements."""
    number = _number(value)
    if number is not None:
        return Value(repr(number), float(number))
    if value is None:
        return _NOT_LOGGED
    try:
        return parse(" ".join(str(value).split()))
    except RecursionError:
        return Value("[…]")


def printed_name(name: str) -> str:
    """A logged metric's name as the Trainer prints it.

    >>> printed_name("eval_rouge_l"), printed_name("perplexity")
    ('Rouge L', 'Perplexity')
    """
    return " ".join(part.capitalize() for part in name.removeprefix("eval_").split("_"))


def is_timing(name: str) -> bool:
    """Whether a logged value tells how fast an evaluation was, rather than how good the model is."""
    return name.endswith(_TIMINGS)


@dataclass(slots=True)
class _Evaluation:
    """A row of the history in the making."""

    point: _Point
    training_loss: Value
    metrics: dict[str, Value]


def _history(points: Sequence[_Point], notes: _Notes) -> History:
    evaluations = _evaluations(points)
    columns = _columns(evaluations)
    most = max(10, _MAX_CELLS // max(1, len(evaluations)))
    if len(columns) > most:
        notes.add(1, f"the history has the first {most} of {len(columns)} metrics, the log has all")
        columns = dict(list(columns.items())[:most])
    if not evaluations:
        return History()
    return History((*_LEADING, *columns.values()), tuple(_row(one, columns) for one in evaluations))


def _evaluations(points: Sequence[_Point]) -> list[_Evaluation]:
    """The evaluations up to the end of the training; those of several datasets at one step are one."""
    found: list[_Evaluation] = []
    training_loss: object = "No log"
    for point in points:
        if _TRAIN_SUMMARY in point.values:
            break
        if "loss" in point.values:
            training_loss = point.values["loss"]
        metrics = {n: cell(v) for n, v in point.values.items() if n.startswith("eval_") and not is_timing(n)}
        if not metrics:
            continue
        if found and found[-1].point.entry.step == point.entry.step and found[-1].metrics.keys().isdisjoint(metrics):
            found[-1].metrics.update(metrics)
        else:
            found.append(_Evaluation(point, cell(training_loss), metrics))
    return found


def _columns(evaluations: Sequence[_Evaluation]) -> dict[str, str]:
    """Logged name → column, in the Trainer's order; names that would be printed alike keep their own."""
    names = dict.fromkeys(name for one in evaluations for name in one.metrics)
    columns: dict[str, str] = {"eval_loss": "Validation Loss"} if "eval_loss" in names else {}
    taken = {*_LEADING, "Validation Loss"}
    for name in names:
        if name not in columns:
            printed = printed_name(name)
            columns[name] = printed if printed and printed not in taken else name
            taken.add(columns[name])
    if any(_TOKENS in one.point.values for one in evaluations):
        columns[_TOKENS] = "Input Tokens Seen"
    return columns


def _row(one: _Evaluation, columns: Iterable[str]) -> Row:
    entry = one.point.entry
    tokens = cell(one.point.values.get(_TOKENS))
    metrics = (one.metrics.get(name, tokens if name == _TOKENS else _NOT_LOGGED) for name in columns)
    return Row((one.training_loss, cell(entry.epoch), cell(entry.step), *metrics), one.point.line)
