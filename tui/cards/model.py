"""What is read from a card, as frozen values.

Every number stands beside the text it was read from, and everything that a message may point at knows its
line in the file (counted from 1), so that no view and no judgement has to open the file again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"
"""What JSON can say."""


class Value(NamedTuple):
    """One printed value: its text and what the text says.

    No dataclass, of which a frozen one takes twice as long to make: cards have more of these than of all else.
    """

    raw: str
    """The text as printed, without surrounding blanks (in cells of the history, without bold marks too)."""

    number: float | None = None
    """The number that the text is, nan and infinities included; None where it is none."""

    elements: tuple[tuple[str, Value], ...] = ()
    """Of a list or mapping: (suffix, value) of each numeric element; suffixes such as ``[0]`` or ``.f1``."""

    @property
    def logged(self) -> bool:
        """Whether the writer had a value at all, rather than ``No log``, ``-`` or nothing."""
        return self.raw not in NOT_LOGGED


NOT_LOGGED = frozenset({"", "-", "No log"})
"""The texts that writers print where nothing was logged."""


@dataclass(frozen=True, slots=True)
class NamedValue:
    """A line of the evaluation results or of the hyperparameters."""

    name: str
    value: Value
    line: int
    qualified: str = ""
    """The name with the label or dataset it was measured on, where one card reports several of the name."""

    primary: bool = False
    """Whether the writer set the metric in bold: it is the one that its evaluator goes by."""

    @property
    def label(self) -> str:
        """The name by which it is told apart from the others: ``LOC Precision``, ``sts-dev_spearman_cosine``."""
        return self.qualified or self.name


@dataclass(frozen=True, slots=True)
class Row:
    """One evaluation of the training history."""

    cells: tuple[Value, ...]
    """The cells as printed: fewer (or more) than the columns where the writer left some out."""

    line: int
    saved: bool = False
    """Whether the writer set the row in bold: it is the checkpoint that was kept."""

    unsure: bool = False
    """Whether its cells certainly stand in another order than the columns."""


@dataclass(frozen=True)
class History:
    """The training history: the table under "Training results".

    Its columns are asked for by every judgement, so they are made once.
    """

    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()

    def cell(self, row: int, column: int) -> Value | None:
        """The cell that certainly belongs to a column, else None.

        A row without a metric is printed short and its remaining cells move left, so in a row of another
        length (or order) only the columns that the writer always fills are sure.
        """
        cells = self.rows[row].cells
        doubtful = self.rows[row].unsure or len(cells) != len(self.columns)
        if doubtful and not set(self.columns[: column + 1]) <= ALWAYS_FILLED:
            return None
        return cells[column] if column < len(cells) else None

    def cells_of(self, column: int) -> tuple[Value | None, ...]:
        """The cells that certainly belong to a column, one a row; None where that is not sure."""
        return self._cells[column]

    @cached_property
    def _cells(self) -> Sequence[tuple[Value | None, ...]]:
        whole = len(self.columns)
        if self.rows and all(len(row.cells) == whole and not row.unsure for row in self.rows):
            return list(zip(*[row.cells for row in self.rows], strict=True))
        return [tuple([self.cell(row, column) for row in range(len(self.rows))]) for column in range(whole)]

    def column(self, name: str) -> int | None:
        """The index of a column by its name, regardless of case; None where there is none."""
        return self._indices.get(name.casefold())

    @cached_property
    def _indices(self) -> Mapping[str, int]:
        return {column.casefold(): index for index, column in reversed([*enumerate(self.columns)])}


ALWAYS_FILLED = frozenset({"Training Loss", "Epoch", "Step"})
"""The columns that the Trainer prints first in every row, whatever was evaluated."""


@dataclass(frozen=True, slots=True)
class EvalResult:
    """One metric of the model index, with the field names of ``huggingface_hub.EvalResult``."""

    task_type: str | None
    task_name: str | None
    dataset_type: str | None
    dataset_name: str | None
    dataset_config: str | None
    dataset_split: str | None
    dataset_args: Json
    metric_type: str | None
    metric_name: str | None
    metric_value: Json
    """As the YAML gives it: a number, or the text where it is none."""

    line: int = 0
    verified: bool = False
    """Whether the Hub measured it."""


@dataclass(frozen=True, slots=True)
class Framework:
    """One line of the framework versions."""

    name: str
    version: str
    line: int


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of the card that is shown as prose, without what was read from it as data."""

    title: str
    level: int
    """1 to 6, as the number of ``#``; 0 for text above the first heading."""

    line: int
    """The line of the heading."""

    markdown: str
    as_source: bool = False
    """Whether it is shown as it stands: all prose above it together is as much as is rendered."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the file that could not be read as it stands."""

    code: str
    line: int
    """Counted from 1; 0 where it concerns the whole file."""

    message: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the YAML front matter says; texts are kept as people wrote them (``1.10`` and ``no`` included)."""

    values: Mapping[str, Json] = field(default_factory=lambda: MappingProxyType({}))
    """The whole front matter, JSON-safe."""

    written: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Each key but the model index with its value in one line, as people wrote it."""

    name: str | None = None
    """The model index's name."""

    base_model: str | None = None
    dataset: str | None = None
    """The datasets, joined by ``", "``."""

    task: str | None = None
    license: str | None = None
    tags: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()
    library: str | None = None
    model_index: tuple[EvalResult, ...] = ()


@dataclass(frozen=True, slots=True)
class LogEntry:
    """What was logged at one step: of the training, or of an evaluation (names with ``eval_``)."""

    step: int
    epoch: float | None
    values: Mapping[str, float]
    """Name → number, nan and infinities included; lists and mappings element by element (``eval_f1[0]``)."""


@dataclass(frozen=True, slots=True)
class Run:
    """What the Trainer left in the folder of a run: its state, its checkpoints, its result files."""

    log: tuple[LogEntry, ...] = ()
    """The log of ``trainer_state.json``, in the order in which it was written."""

    global_step: int | None = None
    """The step at which the state was written."""

    max_steps: int | None = None
    """The step at which the training is to end."""

    num_train_epochs: float | None = None
    best_step: int | None = None
    """The step of the best checkpoint by the Trainer's own metric."""

    best_metric: float | None = None
    checkpoints: tuple[int, ...] = ()
    """The steps of the ``checkpoint-*`` folders that are on disk, in order."""

    results: tuple[NamedValue, ...] = ()
    """The entries of ``all_results.json``, ``train_results.json`` and ``eval_results.json``."""


@dataclass(frozen=True, slots=True)
class Card:
    """One model card file and what was read from it."""

    path: str
    """As people should see it: relative to the folder given, ``/`` as separator."""

    name: str
    """The first level-one heading, else the model index's name, else the folder's or file's."""

    writer: str
    """The program that wrote the card, the most specific that shows: a name in ``writers.known``, else ``other``."""

    is_card: bool
    """False for a text file in which nothing of a model card was found."""

    is_written: bool = True
    """False for a run whose card is not written yet: all that is known is what the Trainer left on disk."""

    base_model: str | None = None
    from_scratch: bool = False
    """Whether the card says that the model was trained from scratch."""

    dataset: str | None = None
    metadata: Metadata = field(default_factory=Metadata)
    results: tuple[NamedValue, ...] = ()
    """The evaluation results that the card reports."""

    hyperparameters: tuple[NamedValue, ...] = ()
    config: tuple[NamedValue, ...] = ()
    """What a configuration in the card sets beyond the list of hyperparameters."""

    history: History = field(default_factory=History)
    """The card's table of evaluations; where it has none, those of the run's log."""

    run: Run = field(default_factory=Run)
    frameworks: tuple[Framework, ...] = ()
    program: tuple[Framework, ...] = ()
    """The version of the program, where a card states that apart from the list of frameworks."""

    sections: tuple[Section, ...] = ()
    """What remains, in the order of the file."""

    problems: tuple[Problem, ...] = ()
    """In the order of their lines."""

    text: str = ""
    """The whole file as decoded, line ends as ``\\n``; untrusted, like every other text here."""

    @property
    def settings(self) -> tuple[NamedValue, ...]:
        """Everything that was set: the list of hyperparameters, then what a configuration adds."""
        return self.hyperparameters + self.config

    @property
    def environment(self) -> tuple[Framework, ...]:
        """All versions: of the frameworks, then of the program."""
        return self.frameworks + self.program
