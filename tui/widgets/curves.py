"""The curves pane: charts of a training history, with keys to read, zoom and pan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.reactive import reactive

from tui.cards.model import History
from tui.judge import curves as judged
from tui.judge.curves import Plot
from tui.judge.rules import DEFAULT, Rules
from tui.keys import Scope
from tui.render.curves import View, centred, chart_count, render
from tui.render.text import cut, visible, width
from tui.render.tree import shorten
from tui.widgets.bindings import bindings, keys_in_force
from tui.widgets.lines import Fixed, LinesPane

_LEAST_NAME = 16
"""Cells of a card's name in the frame, for the sake of which axes as usual are not named there."""

_PAN = 0.25
"""Share of the window by which a zoomed chart moves at a key."""


class CurvesPane(LinesPane):
    """Draws the plots that fit, the chosen one on top."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.CURVES)]

    history: reactive[History] = reactive(History, init=False)
    """The training history that is drawn."""

    metric: reactive[str] = reactive("", init=False)
    """The title of the plot that is on top, kept from card to card; where a history has none of it, its first."""

    picked: reactive[tuple[str, ...]] = reactive((), init=False)
    """The names of the series that a person picked to be drawn together, shown instead of a plot."""

    view: reactive[View] = reactive(View, init=False)
    """Axes, zoom and the row that is read."""

    def __init__(self, *, id: str, title: str = "") -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, title=title)
        self.plots: tuple[Plot, ...] = ()
        """Every plot of the history."""

        self._rules = DEFAULT
        """By which its best points are."""

        self._card = ""
        """The card's, visible; empty where none is on display."""

        self._others: Sequence[str] = []
        """The names of cards that it may be taken for."""

    def name_card(self, name: str, others: Sequence[str]) -> None:
        """Have the frame tell the card's name, cut so that it differs from those of others."""
        if (name, others) != (self._card, self._others):
            self._card, self._others = name, others
            self._put_title(self._wanted(self.page))
            self.repaint()

    def show(self, history: History, *, stays: bool, rules: Rules = DEFAULT) -> None:
        """Draw a history; with `stays`, that of the same run as it is now, in the same part and on the same row."""
        self._rules = rules
        before = self.view
        self.history = history
        if stays:
            is_there = before.cursor is not None and before.cursor < len(history.rows)
            self.view = replace(before, cursor=before.cursor if is_there else None)

    def watch_history(self, history: History) -> None:
        """Draw another history, as a whole and without a reading cursor."""
        self.plots = judged.plots(history, self._rules)
        self.set_reactive(CurvesPane.view, replace(self.view, cursor=None, zoom=1.0, pan_x=0.0, pan_y=0.0))
        self._draw()

    def watch_metric(self) -> None:
        """Draw another metric."""
        self._draw()

    def watch_picked(self) -> None:
        """Draw other series together."""
        self._draw()

    def watch_view(self) -> None:
        """Draw the same history in another way."""
        self._draw()

    def on_resize(self, _event: events.Resize) -> None:
        """Draw for another size."""
        self._draw()

    @property
    def axis(self) -> str:
        """The x axis in force: the one wanted, where the history has it."""
        available = judged.axes(self.history)
        return self.view.axis if self.view.axis in available else available[0]

    @property
    def series_names(self) -> list[str]:
        """Every series that can be picked."""
        return [series.name for plot in self.plots for series in plot.series]

    @property
    def _current(self) -> int:
        return next((i for i, plot in enumerate(self.plots) if plot.title == self.metric), 0)

    def _draw(self) -> None:
        if not self.size or self.room < 8 or self.page < 4:
            return
        wanted = self._wanted(self.page)
        view = replace(self.view, axis=self.axis)
        self._put_title(wanted)
        is_plot = wanted and wanted[0] in self.plots
        keys = keys_in_force(self.app)
        steps = " ".join(keys.shown(Scope.EXPLORER, action) for action in ("metric(-1)", "metric(1)"))
        self.subtitle = f"{self._current + 1} of {len(self.plots)}  {steps} metric" if is_plot else ""
        self.show_lines(Fixed(render(self.history, wanted, view, self.room, self.page)))

    def _put_title(self, wanted: Sequence[Plot]) -> None:
        view = replace(self.view, axis=self.axis)
        self.title = self._titled(wanted[0].title if len(wanted) == 1 else "Curves", view) if wanted else "Curves"

    def _titled(self, title: str, view: View) -> str:
        """Whose curves these are, of what, and on which axes; where there is little room, only unusual ones."""
        room = self.size.width - 6
        title = cut(visible(title), max(room // 2, 8))
        axes = [f"x {view.axis}{' log' if view.log_x else ''}", f"y {'log' if view.log_y else 'linear'}"]
        is_usual = (view.axis == judged.axes(self.history)[0] and not view.log_x, not view.log_y)
        unusual = [axis for axis, usual in zip(axes, is_usual, strict=True) if not usual]
        zoomed = [f"{view.zoom:g}×"] if view.zoom > 1 else []
        ways = [([title, *axes], _LEAST_NAME), ([title, *unusual], 8), (unusual or [title], 8)]
        told = [(" · ".join([*parts, *zoomed]), least) for parts, least in ways]
        fitting = (words for words, least in told if width(words) + 3 + min(width(self._card), least) <= room)
        words = next(fitting, told[-1][0])
        name = shorten(self._card, max(room - width(words) - 3, 8), self._others)
        return f"{name} · {words}" if name else words

    def _wanted(self, height: int) -> list[Plot]:
        """The plots to draw above one another: the picked series in one, else as many as fit."""
        series = tuple(s for plot in self.plots for s in plot.series if s.name in self.picked)
        if series:
            return [Plot(", ".join(s.name for s in series), series)]
        count = chart_count(len(self.plots), height)
        return [self.plots[(self._current + i) % len(self.plots)] for i in range(count)] if self.plots else []

    def step_metric(self, step: int) -> None:
        """Draw the next (1) or previous (-1) metric; picked series give way to the metric before them."""
        if self.plots:
            current = self._current if self.picked else (self._current + step) % len(self.plots)
            self.metric, self.picked = self.plots[current].title, ()

    def step_axis(self) -> str:
        """Draw over the next x axis that the history has; gives its name."""
        available = judged.axes(self.history)
        following = available[(available.index(self.axis) + 1) % len(available)]
        self.view = replace(self.view, axis=following)
        return following

    def toggle_log(self, *, x: bool = False, y: bool = False) -> None:
        """Make an axis logarithmic, or linear again."""
        self.view = replace(self.view, log_x=self.view.log_x ^ x, log_y=self.view.log_y ^ y)

    def action_read(self, step: int) -> None:
        """Read the values of the next or previous row."""
        rows = len(self.history.rows)
        if not rows:
            return
        cursor = self.view.cursor
        start = (0 if step > 0 else rows - 1) if cursor is None else min(max(cursor + step, 0), rows - 1)
        self._read_row(start)

    def action_read_end(self, row: int) -> None:
        """Read the values of the first (0) or last (-1) row."""
        if self.history.rows:
            self._read_row(row % len(self.history.rows))

    def _read_row(self, row: int) -> None:
        view = replace(self.view, cursor=row)
        self.view = self._centred(view) if view.zoom > 1 else view

    def _centred(self, view: View) -> View:
        """A view around the values that are read."""
        wanted = self._wanted(self.page)
        if not wanted:
            return view
        return replace(centred(self.history, wanted[0], replace(view, axis=self.axis)), axis=view.axis)

    def action_step_metric(self, step: int) -> None:
        """Draw the next or previous metric."""
        self.step_metric(step)

    def action_zoom(self, factor: float) -> None:
        """Zoom in or out, around the values that are read."""
        self.view = self._centred(self.view.zoomed(factor))

    def action_pan(self, x: int, y: int) -> None:
        """Move the window of a zoomed chart."""
        if self.view.zoom > 1:
            self.view = self.view.moved(x * _PAN, y * _PAN)
        elif x:
            self.action_read(x)
        else:
            self.action_step_metric(-y)

    def action_reset(self) -> None:
        """Show everything again, without a reading cursor."""
        self.view = replace(self.view, cursor=None, zoom=1.0, pan_x=0.0, pan_y=0.0)
