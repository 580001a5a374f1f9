"""A card and its verdict → the lines that the detail pane and ``cardtui show`` share, but for the prose.

In the order in which a reader asks: what is it, what came out, what could not be read, how was it made, how did
it go, with what.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from tui.cards.model import Card, EvalResult, History, Json, Row, Value
from tui.judge import curves, metrics
from tui.judge.metrics import Direction
from tui.judge.results import Standing, best_row_of, reported
from tui.judge.verdict import Verdict
from tui.render.chart import BEST
from tui.render.line import BLANK, Line, Span, joined, line, wrap_spans
from tui.render.tables import Column, grid, table
from tui.render.text import cut, pad, visible, width

WIDEST_CELL = 44
"""Cells of a history cell that is no number, in a pane; the elements of lists have columns of their own."""

_SHORT_VALUE = 16
"""Cells of a value that may share its line with another."""

NOTHING = "–"

MOST_ELEMENTS = 24
"""Elements of one list that are shown one by one."""


@dataclass(frozen=True, slots=True)
class _Context:
    card: Card
    verdict: Verdict
    cells: int | None


def facts(card: Card, verdict: Verdict, cells: int | None) -> list[Line]:
    """Everything that was read and judged, in lines for a pane of `cells` cells.

    With `cells` None, for a pipe, nothing is wrapped, cut or marked: the cells of the history stand as printed.
    """
    context = _Context(card, verdict, cells)
    lines = identity(context)
    for title, section in _SECTIONS:
        if content := section(context):
            lines += [BLANK, Line(((title, "heading"),), section=title), *content]
    return lines


def identity(context: _Context) -> list[Line]:
    """Base model → dataset · task · licence · writer and versions."""
    card = context.card
    if not card.is_card:
        return [line(("This file is no model card: it has no card metadata and no Trainer sections.", "dim"))]
    spans: list[Span] = []
    if card.base_model or card.writer == "trainer":
        base = visible(card.base_model) if card.base_model else "from scratch"
        spans = [(base, "strong"), (" → ", "dim"), _dataset(card)]
    elif card.dataset:
        spans = [(visible(card.dataset), "strong")]
    for text in (card.metadata.task, card.metadata.license, _writer(card)):
        if text:
            spans += [(" · ", "dim")] if spans else []
            spans += [(visible(text), "")]
    return _wrapped(spans, context.cells, indent=0)


def _dataset(card: Card) -> Span:
    if card.dataset is None:
        return ("unknown dataset", "dim")
    entry = next(iter(card.metadata.model_index), None)
    config = entry.dataset_config or _plain_args(entry.dataset_args) if entry else None
    return (visible(f"{card.dataset} ({config})" if config else card.dataset), "strong")


def _plain_args(args: Json) -> str | None:
    """A dataset's configuration where it is given as ``args``, as older Trainers did."""
    return args if isinstance(args, str) else None


def _writer(card: Card) -> str:
    if card.writer == "other":
        return card.metadata.library or "written by hand"
    version = next((f.version for f in card.frameworks if f.name == "Transformers"), None)
    return f"Trainer, Transformers {version}" if version else "Trainer"


def _results(context: _Context) -> list[Line]:
    standings = few_elements(context.verdict.standings, lambda standing: standing.metric)
    if not standings:
        return []
    columns = _result_columns(context.card, standings) if context.card.history.rows else _plain_columns(context.card)
    lines = [*_result_lists(context), *table(columns)]
    if hidden := len(context.verdict.standings) - len(standings):
        lines.append(line((f"  … and {hidden} more elements of long lists", "dim")))
    return [*lines, *_wrapped([(_provenance(context), "")], context.cells)]


_T = TypeVar("_T")


def few_elements(items: Sequence[_T], name_of: Callable[[_T], str]) -> list[_T]:
    """The items without the elements of lists beyond the first few: long lists are predictions, not metrics."""
    seen: Counter[str] = Counter()
    found = []
    for item in items:
        base = metrics.base(name_of(item))
        seen[base] += 1
        if seen[base] <= MOST_ELEMENTS:
            found.append(item)
    return found


def _result_columns(card: Card, standings: Sequence[Standing]) -> list[Column]:
    """Each metric's reported value beside its best and last."""
    return [
        Column("", [(visible(s.metric), "") for s in standings], numeric=False),
        Column("reported", [_reported_cell(s) for s in standings]),
        Column("best", [_best_cell(s) for s in standings]),
        *_when(card, standings),
        Column("last", [_last_cell(s) for s in standings]),
        Column("short of best", [_shortfall(s) for s in standings], numeric=False),
    ]


def _plain_columns(card: Card) -> list[Column]:
    """The reported values of a card without a history."""
    rows = few_elements(reported(card), lambda row: row[0])
    return [
        Column("", [(visible(name), "") for name, _ in rows], numeric=False),
        Column("reported", [_value(value) for _, value in rows]),
    ]


def _result_lists(context: _Context) -> list[Line]:
    """The reported lists and mappings as they are printed; the table has their elements."""
    lists = [(visible(r.name), visible(r.value.raw)) for r in context.card.results if r.value.elements]
    return _pairs(lists, context.cells)


def _value(value: Value | None) -> Span:
    return (NOTHING, "dim") if value is None else (visible(value.raw), "")


def _reported_cell(standing: Standing) -> Span:
    text, style = _value(standing.reported)
    if standing.reported and standing.best and standing.shortfall is not None:
        style = "bad" if standing.shortfall else "good"
    return text, style


def _best_cell(standing: Standing) -> Span:
    return _value(None) if standing.best is None else (visible(standing.best.raw), "good")


def _last_cell(standing: Standing) -> Span:
    return (_value(standing.last)[0], "dim")


def _when(card: Card, standings: Sequence[Standing]) -> list[Column]:
    """The epoch (or step, or row) of each best value, and how many there were."""
    axis = curves.axes(card.history)[0]
    places = curves.positions(card.history, axis)
    column = card.history.column(axis)

    def place(row: int) -> str:
        cell = None if column is None else card.history.cell(row, column)
        return visible(cell.raw.removesuffix(".0")) if cell else str(row + 1)

    last = place(len(places) - 1)
    cells = [NOTHING if s.best_row is None else f"{place(s.best_row)} / {last}" for s in standings]
    return [Column(f"at {axis}", [(cell, "dim" if cell == NOTHING else "") for cell in cells])]


def _shortfall(standing: Standing) -> Span:
    short = standing.shortfall
    shown = standing.reported or standing.last
    if not short or not standing.best or not shown:
        return "", ""
    best = standing.best.number or 0.0
    arrow = "▼" if standing.direction is Direction.MAXIMIZE else "▲"
    if not math.isfinite(short):
        return f"{arrow} {visible(shown.raw)}", "bad"
    if standing.direction is Direction.MAXIMIZE and 0 <= best <= 1:
        return f"{arrow} {significant(_difference(standing.best, shown))}", "bad"
    return (f"{arrow} {_percent(short / abs(best))}" if best else f"{arrow} {significant(short)}"), "bad"


def _difference(left: Value, right: Value) -> float:
    """The difference of two printed numbers, exact in their decimals."""
    try:
        return float(abs(Decimal(left.raw) - Decimal(right.raw)))
    except ArithmeticError:  # printed with signs that Decimal does not take
        return abs((left.number or 0.0) - (right.number or 0.0))


def _percent(share: float) -> str:
    return f"{share:.0%}".replace("%", " %") if share >= 0.1 else f"{share:.1%}".replace("%", " %")


def significant(number: float) -> str:
    """A derived figure in four significant digits."""
    return f"{number:.4g}"


def _provenance(context: _Context) -> str:
    """One sentence: which row the reported results are."""
    found, card = context.verdict.provenance, context.card
    if found is None:
        return ""
    if found.row is None:
        return "The reported results match no row: evaluated separately, or another checkpoint."
    names = {
        "last": "the last row",
        "lowest-loss": "the lowest loss",
        "other": "neither the last row nor a best one",
    }
    phrases = [names[kind] for kind in found.kinds if kind in names]
    bests = [visible(kind.partition(":")[2]) for kind in found.kinds if kind.startswith("best:")]
    phrases += [f"best {', '.join(bests)}"] if bests else []
    row = f"row {found.row + 1} of {len(card.history.rows)} ({row_place(card.history, found.row)})"
    differing = ", ".join(visible(name) for name in found.differing)
    rest = f" Not in agreement with it: {differing}." if differing else ""
    return f"The reported results are {row}: {'; '.join(phrases)}.{rest}"


def row_place(history: History, row: int) -> str:
    """Where a row of the history lies: ``epoch 14, step 2800``."""
    places = []
    for axis in ("epoch", "step"):
        column = history.column(axis)
        cell = None if column is None else history.cell(row, column)
        if cell and cell.number is not None:
            places.append(f"{axis} {visible(cell.raw.removesuffix('.0'))}")
    return ", ".join(places) or f"row {row + 1}"


def _problems(context: _Context) -> list[Line]:
    lines: list[Line] = []
    for problem in context.card.problems:
        place = f"line {problem.line}: " if problem.line else ""
        spans = [
            ("× ", "error"),
            (place, "strong"),
            (visible(problem.message), ""),
            (f"  {problem.code}", "dim"),
        ]
        lines += _wrapped(spans, context.cells, hanging=4)
    return lines


def _hyperparameters(context: _Context) -> list[Line]:
    pairs = [(visible(h.name), visible(h.value.raw)) for h in context.card.hyperparameters]
    return _pairs(pairs, context.cells)


def _pairs(pairs: list[tuple[str, str]], cells: int | None) -> list[Line]:
    """Names and values: short ones in columns where two fit, long ones below, wrapped beside their names."""
    if not pairs or cells is None:
        return grid(pairs, None) if pairs else []
    beside = [pair for pair in pairs if width(pair[0]) <= cells // 2]
    names = max((width(name) for name, _ in beside), default=0)
    short = [pair for pair in beside if width(pair[1]) <= _SHORT_VALUE]
    if 2 * (names + _SHORT_VALUE + 5) > cells:
        short = []
    lines = grid(short, cells, names=names) if short else []
    for pair in pairs:
        if pair not in short:
            lines += _long_pair(*pair, names, cells)
    return lines


def _long_pair(name: str, value: str, names: int, cells: int) -> list[Line]:
    """A wrapped value beside its name, or below a name that is wider than the column of names."""
    if width(name) > names:
        return [*_wrapped([(name, "label")], cells), *_wrapped([(value, "")], cells, indent=4)]
    values = [spans[0][0] for spans in map(joined, wrap_spans([(value, "")], max(cells - names - 4, 1)))] or [""]
    first = line("  ", (pad(name, names + 2), "label"), values[0])
    return [first, *(line(" " * (names + 4) + text) for text in values[1:])]


def _history(context: _Context) -> list[Line]:
    card, cells = context.card, context.cells
    history = card.history
    if not history.columns:
        return []
    if not history.rows:
        return [line(("  The table has a header and no rows.", "dim"))]
    best = {} if cells is None else _best_cells(context)
    columns = [
        Column(visible(name), [_history_cell(row, i, best, r, cells) for r, row in enumerate(history.rows)])
        for i, name in enumerate(history.columns)
    ]
    longest = max(len(row.cells) for row in history.rows)
    for i in range(len(columns), longest):  # cells behind the last column
        cells_behind = [_history_cell(row, i, best, r, cells) for r, row in enumerate(history.rows)]
        columns.append(Column("", cells_behind))
    for series in few_elements(curves.all_series(history), lambda series: series.name):
        if series.name != (curves.reported_name(history.columns[series.column]) or series.name):
            row = best_row_of(series) if best else None
            columns.append(Column(visible(series.name), [_element(v, r == row) for r, v in enumerate(series.values)]))
    fixed = next((i + 1 for i, name in enumerate(history.columns[:3]) if name == "Step"), 0)
    mark = context.verdict.provenance.row if context.verdict.provenance and cells is not None else None
    lines = table(columns, fixed_columns=fixed)
    if mark is not None:
        place = mark - len(history.rows)  # from the end: there may be no header line
        lines[place] = _with_mark(lines[place])
    return lines


def _best_cells(context: _Context) -> dict[int, set[int]]:
    """Column → rows that hold the best number of the column or of one of its elements."""
    found: dict[int, set[int]] = {}
    for series in curves.all_series(context.card.history):
        if (row := best_row_of(series)) is not None:
            found.setdefault(series.column, set()).add(row)
    return found


def _history_cell(row: Row, column: int, best: dict[int, set[int]], index: int, cells: int | None) -> Span:
    if column >= len(row.cells):
        return "", ""
    value = row.cells[column]
    text = visible(value.raw)
    if cells is not None and value.number is None:
        text = cut(text, WIDEST_CELL)
    if index in best.get(column, ()):
        return f"{text} {BEST}", "good"
    return text, "" if value.logged else "dim"


def _element(value: Value | None, is_best: bool) -> Span:
    text, style = _value(value)
    return (f"{text} {BEST}", "good") if is_best else (text, style)


def _with_mark(row: Line) -> Line:
    """The reported row with a mark before it."""
    spans = [("▸ ", "accent"), (row.spans[0][0][2:], row.spans[0][1]), *row.spans[1:]]
    return replace(row, spans=tuple(joined(spans)))


_ESTIMATES: dict[str, Callable[[float], str]] = {
    "training_examples": lambda number: f"{number:,.0f}",
    "steps_per_epoch": lambda number: f"{number:,.0f}" if number >= 100 else f"{number:.4g}",
    "effective_batch": lambda number: f"{number:,.0f}",
}


def _estimates(context: _Context) -> list[Line]:
    pairs = []
    for estimate in context.verdict.estimates:
        write = _ESTIMATES[estimate.name]
        value, low, high = write(estimate.value), write(estimate.low), write(estimate.high)
        span = "" if low == high else f" ({low} to {high})"
        pairs.append((estimate.name.replace("_", " "), f"≈ {value}{span}"))
    return _pairs(pairs, context.cells)


def _environment(context: _Context) -> list[Line]:
    pairs = [(visible(f.name), visible(f.version)) for f in context.card.frameworks]
    return _pairs(pairs, context.cells)


def _model_index(context: _Context) -> list[Line]:
    lines: list[Line] = []
    groups: dict[str, list[EvalResult]] = {}
    for entry in context.card.metadata.model_index:
        groups.setdefault(_evaluated_on(entry), []).append(entry)
    for title, entries in groups.items():
        lines += _wrapped([(visible(title), "")], context.cells, hanging=4)
        names = [(visible(e.metric_name or e.metric_type or "unnamed"), "label") for e in entries]
        values = [(visible(str(e.metric_value)), "") for e in entries]
        lines += table([Column("", names, numeric=False), Column("", values)], indent=4)
    return lines


def _evaluated_on(entry: EvalResult) -> str:
    args = entry.dataset_args
    details = {
        "config": entry.dataset_config,
        "split": entry.dataset_split,
        "args": None if args is None or args == entry.dataset_config else flat(args),
    }
    task = entry.task_name or entry.task_type or "unnamed task"
    dataset = entry.dataset_name or entry.dataset_type or "unnamed dataset"
    known = ", ".join(f"{name} {value}" for name, value in details.items() if value)
    return f"{task} on {dataset}" + (f" ({known})" if known else "")


def _metadata(context: _Context) -> list[Line]:
    pairs = [(visible(name), visible(text)) for name, text in context.card.metadata.written.items()]
    return _pairs(pairs, context.cells)


def flat(value: Json) -> str:
    """A dataset's arguments in one line: lists with commas, mappings as ``key: value``."""
    if isinstance(value, dict):
        return ", ".join(f"{key}: {flat(item)}" for key, item in value.items())
    if isinstance(value, list):
        return ", ".join(flat(item) for item in value)
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


_SECTIONS: tuple[tuple[str, Callable[[_Context], list[Line]]], ...] = (
    ("Results", _results),
    ("Problems", _problems),
    ("Hyperparameters", _hyperparameters),
    ("Training history", _history),
    ("Estimates", _estimates),
    ("Environment", _environment),
    ("Model index", _model_index),
    ("Metadata", _metadata),
)


def _wrapped(spans: list[Span], cells: int | None, *, indent: int = 2, hanging: int | None = None) -> list[Line]:
    """One paragraph, indented by `indent` cells, its second and further lines by `hanging`."""
    hanging = indent if hanging is None else hanging
    lines: list[Line] = []
    for found in wrap_spans(spans, None if cells is None else max(cells - max(indent, hanging), 16)):
        blank = (" " * (hanging if lines else indent), "")
        lines.append(Line(tuple(joined([blank, *found]))))
    return lines
