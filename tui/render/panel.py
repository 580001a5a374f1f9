"""One chart of several curves, in words and points: what its legend says, and what is drawn.

A terminal's chart (`tui.render.overlay`) and a figure in a file (`tui.render.figure`) are made of the same panel.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tui.cards.model import History
from tui.judge import curves as judged
from tui.judge.comparable import Run, letter
from tui.judge.metrics import Direction
from tui.judge.numbers import printed
from tui.judge.overlay import (
    Crossing,
    Difference,
    Point,
    Segment,
    Trace,
    axis_in_force,
    difference,
    places,
    ranked,
    trace,
)
from tui.render.curves import View, curve_name, not_drawn
from tui.render.parts import row_place
from tui.render.text import visible

DIFFERENCE = "B − A"

_FAR = 1000
"""From here on a place on an axis is told without decimals."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One curve of a panel, or why there is none."""

    letter: str
    """The run's letter; of several metrics of one run, the metric's number; empty for the only curve."""

    name: str
    """Of the run, or of the metric where there is only one run; visible."""

    segments: tuple[Segment, ...] = ()
    best_point: Point | None = None
    value: str = ""
    """The last value, as printed."""

    place: str = ""
    """Where the last value stands: ``epoch 10``."""

    best: str = ""
    """``lowest 0.6, epoch 2``; empty where the direction is unknown."""

    missing: str = ""
    """Why there is no curve: ``no F1``."""


@dataclass(frozen=True, slots=True)
class Panel:
    """Curves on one pair of axes."""

    title: str
    axis: str
    entries: tuple[Entry, ...]
    notes: tuple[str, ...] = ()
    """What is to be known of all of them."""

    log_x: bool = False
    log_y: bool = False
    has_zero: bool = False
    """Whether zero is on the y axis, as a line."""

    crossings: tuple[float, ...] = ()
    """Where a difference is zero."""

    @property
    def points(self) -> list[Point]:
        """Every point that can be drawn."""
        return [point for entry in self.entries for segment in entry.segments for point in segment]


def runs_panel(runs: Sequence[Run], metric: str, view: View) -> Panel:
    """One metric, a curve a run."""
    view = replace(view, axis=axis_in_force(runs, view.axis))
    traces = [trace(run, metric, view.axis, log_x=view.log_x, log_y=view.log_y) for run in runs]
    entries = [
        _entry(one, letter(i), visible(run.name), metric, view)
        for i, (run, one) in enumerate(zip(runs, traces, strict=True))
    ]
    return Panel(curve_name(metric), view.axis, tuple(entries), _hidden(traces, view), view.log_x, view.log_y)


def run_panel(run: Run, title: str, names: Sequence[str], view: View) -> Panel:
    """Several metrics of one run, a curve each."""
    view = replace(view, axis=axis_in_force([run], view.axis))
    traces = [trace(run, name, view.axis, log_x=view.log_x, log_y=view.log_y) for name in names]
    entries = [
        _entry(one, str(i) if len(names) > 1 else "", curve_name(name), name, view)
        for i, (name, one) in enumerate(zip(names, traces, strict=True), 1)
    ]
    return Panel(visible(title), view.axis, tuple(entries), _hidden(traces, view), view.log_x, view.log_y)


def difference_panel(runs: Sequence[Run], metric: str, view: View) -> Panel:
    """The second run's curve less the first's; its y axis is never logarithmic. Raises ValueError but for two runs."""
    a, b = runs
    view = replace(view, axis=axis_in_force(runs, view.axis), log_y=False)
    both = runs_panel(runs, metric, view)
    traces = [trace(run, metric, view.axis, log_x=view.log_x) for run in (a, b)]
    found = difference(*(one.segments if one else () for one in traces))
    named = [replace(entry, segments=(), best_point=None, value="", place="", best="") for entry in both.entries]
    entry = Entry("", DIFFERENCE, found.segments, missing="" if found.segments else "no overlap")
    if found.segments:
        x, y = found.segments[-1][-1]
        entry = replace(entry, value=signed(y), place=f"{view.axis} {place_text(x)}")
    notes = _difference_notes(found, next((one for one in traces if one), None), runs, view.axis)
    crossings = tuple(crossing.x for crossing in found.crossings)
    title = f"{both.title}, {DIFFERENCE}"
    return Panel(title, view.axis, (entry, *named), notes, view.log_x, has_zero=True, crossings=crossings)


def _entry(one: Trace | None, run_letter: str, name: str, metric: str, view: View) -> Entry:
    if one is None:
        return Entry(run_letter, name, missing=f"no {curve_name(metric)}")
    row, best = one.last_row, one.series.best_row
    value = one.series.values[row] if row is not None else None
    best_value = one.series.values[best] if best is not None else None
    word = "lowest" if one.series.direction is Direction.MINIMIZE else "highest"
    told = f"{word} {visible(printed(best_value))}, {_place(one.history, best, view.axis)}" if best_value else ""
    return Entry(
        run_letter,
        name,
        one.segments,
        one.best,
        visible(printed(value)) if value else "",
        _place(one.history, row, view.axis),
        told,
        "" if one.segments else _nothing(one, view),
    )


def _place(history: History, row: int | None, axis: str) -> str:
    """Where a row lies, on the axis or, where that does not tell, by its epoch."""
    if row is None:
        return ""
    parts = row_place(history, row).split(", ")
    return next((part for part in parts if part.startswith(axis)), parts[0].removeprefix("the "))


def _nothing(one: Trace, view: View) -> str:
    """Why a metric of a run cannot be drawn."""
    if where := judged.measured_beside(one.history, [one.series]):
        return f"only at {where}"
    if not any(place is not None for place in places(one.history, view.axis)):
        return f"no {view.axis}{'' if view.axis.endswith('s') else 's'}"
    return "no values above zero" if view.log_x or view.log_y else "no finite values"


def _hidden(traces: Sequence[Trace | None], view: View) -> tuple[str, ...]:
    count = sum(
        len(judged.left_out(places(one.history, view.axis), one.series, log_x=view.log_x, log_y=view.log_y))
        for one in traces
        if one
    )
    beside = {judged.measured_beside(one.history, [one.series]) for one in traces if one} - {""}
    return (*map(not_drawn, sorted(beside)), *([f"{count} not drawable"] if count else []))


# The words of a difference


def _difference_notes(found: Difference, one: Trace | None, runs: Sequence[Run], axis: str) -> tuple[str, ...]:
    """Who is better from where, or only where the curves cross."""
    signs = {y > 0 for segment in found.segments for _, y in segment if y}
    touches = any(y == 0 for segment in found.segments for _, y in segment)
    is_ranked = one is not None and ranked(runs, one.series)
    maximize = one is not None and one.series.direction is Direction.MAXIMIZE
    if not found.segments:
        return ()
    if found.crossings:
        told = [_crossing(crossing, axis, is_ranked, maximize) for crossing in found.crossings]
        return tuple(told if len(told) <= 3 else [told[0], f"{len(told) - 2} more crossings", told[-1]])
    if not signs:
        return ("no difference",)
    if len(signs) > 1:
        return ("changes sides in a gap",)
    if not is_ranked:
        return ("never crosses",)
    return (f"{'B' if signs == {maximize} else 'A'} better {'where they differ' if touches else 'throughout'}",)


def _crossing(crossing: Crossing, axis: str, is_ranked: bool, maximize: bool) -> str:
    place = f"{axis} {place_text(crossing.x)}"
    if not is_ranked:
        return f"crosses at {place}"
    return f"{'B' if crossing.rises == maximize else 'A'} better from {place}"


def place_text(x: float) -> str:
    """A place on an axis that was worked out.

    >>> place_text(2.3871), place_text(12345.6)
    ('2.39', '12346')
    """
    return f"{x:.0f}" if _FAR <= abs(x) < 1e12 else f"{x:.3g}"


def signed(number: float) -> str:
    """A difference in four digits, with its sign.

    >>> signed(-0.03125), signed(0.0)
    ('−0.03125', '0')
    """
    return f"{number:+.4g}".replace("-", "−") if number else "0"


def is_empty(panel: Panel) -> bool:
    """Whether there is nothing to draw."""
    return not panel.points


def why_empty(panel: Panel) -> str:
    """What is missing from a panel without curves, in a sentence."""
    reasons = {entry.missing for entry in panel.entries if entry.missing and entry.name != DIFFERENCE}
    if panel.has_zero and len(panel.entries) == 3 and not reasons:
        return f"{panel.title}: the curves have no {panel.axis} in common."
    told = [f"{entry.letter} {entry.name}: {entry.missing}".strip() for entry in panel.entries if entry.missing]
    if len(reasons) == 1:
        return f"{panel.title}: {reasons.pop()} in {'these runs' if len(panel.entries) > 1 else 'this run'}."
    return f"{panel.title}: nothing to draw ({'; '.join(told)})."
