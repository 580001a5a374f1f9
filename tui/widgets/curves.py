"""The curves pane: charts of a training history, with keys to read, zoom and pan."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.reactive import reactive

from tui.cards.model import History
from tui.judge import curves as judged
from tui.judge.curves import Plot
from tui.keys import Scope
from tui.messages import MetricStepRequested
from tui.render.curves import View, chart_count, render
from tui.widgets.bindings import bindings
from tui.widgets.lines import Fixed, LinesPane

_PAN = 0.25
"""Share of the window by which a zoomed chart moves at a key."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the curves pane draws."""

    history: History = field(default_factory=History)
    plots: tuple[Plot, ...] = ()
    """Every plot of the history."""

    current: int = 0
    """Index of the plot that is on top."""

    picked: Plot | None = None
    """Several metrics in one plot, picked by a person; shown instead of the current plot."""


class CurvesPane(LinesPane):
    """Draws the plots that fit, the chosen one on top."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.CURVES)]

    drawn: reactive[Drawn] = reactive(Drawn, init=False)
    """The history and which of its plots are wanted."""

    view: reactive[View] = reactive(View, init=False)
    """Axes, zoom and the row that is read."""

    def watch_drawn(self, before: Drawn) -> None:
        """Draw another history, as a whole and without a reading cursor."""
        if before.history is not self.drawn.history:
            self.set_reactive(CurvesPane.view, replace(self.view, cursor=None, zoom=1.0, pan_x=0.0, pan_y=0.0))
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
        available = judged.axes(self.drawn.history)
        return self.view.axis if self.view.axis in available else available[0]

    def _draw(self) -> None:
        if not self.size or self.room < 8 or self.page < 4:
            return
        drawn = self.drawn
        wanted = self._wanted(self.page)
        view = replace(self.view, axis=self.axis)
        title = wanted[0].title if len(wanted) == 1 else "Curves"
        scales = f"x {view.axis}{' log' if view.log_x else ''} · y {'log' if view.log_y else 'linear'}"
        zoomed = f" · {view.zoom:g}×" if view.zoom > 1 else ""
        self.title = f"{title} · {scales}{zoomed}" if wanted else "Curves"
        place = f"{drawn.current % len(drawn.plots) + 1} of {len(drawn.plots)}  [ ] metric" if drawn.plots else ""
        self.subtitle = "" if drawn.picked else place
        self.show_lines(Fixed(render(drawn.history, wanted, view, self.room, self.page)))

    def _wanted(self, height: int) -> list[Plot]:
        drawn = self.drawn
        if not drawn.plots:
            return []
        if drawn.picked:
            return [drawn.picked]
        count = chart_count(len(drawn.plots), height)
        return [drawn.plots[(drawn.current + i) % len(drawn.plots)] for i in range(count)]

    def action_read(self, step: int) -> None:
        """Read the values of the next or previous row."""
        rows = len(self.drawn.history.rows)
        if not rows:
            return
        cursor = self.view.cursor
        start = (0 if step > 0 else rows - 1) if cursor is None else min(max(cursor + step, 0), rows - 1)
        self._read_row(start)

    def action_read_end(self, row: int) -> None:
        """Read the values of the first (0) or last (-1) row."""
        if self.drawn.history.rows:
            self._read_row(row % len(self.drawn.history.rows))

    def _read_row(self, row: int) -> None:
        self.view = replace(self.view, cursor=row)

    def action_step_metric(self, step: int) -> None:
        """Ask for the next or previous metric."""
        self.post_message(MetricStepRequested(step))

    def action_zoom(self, factor: float) -> None:
        """Zoom in or out."""
        self.view = self.view.zoomed(factor)

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
