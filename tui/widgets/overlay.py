"""The overlay pane: one metric of several runs on one pair of axes, or the difference of two."""

from __future__ import annotations

from dataclasses import replace

from textual import events
from textual.reactive import reactive

from tui.judge.comparable import Run
from tui.judge.overlay import metrics_of
from tui.keys import Scope
from tui.render.curves import View
from tui.render.overlay import overlay_lines
from tui.widgets.bindings import keys_in_force
from tui.widgets.lines import Fixed, LinesPane

AXES = ("epoch", "step", "progress")


class OverlayPane(LinesPane, can_focus=False):
    """Draws the chosen metric of all runs."""

    runs: reactive[tuple[Run, ...]] = reactive((), init=False)
    """What is drawn."""

    metric: reactive[str] = reactive("", init=False)
    """The metric that is drawn; where no run has it, the first that there is."""

    view: reactive[View] = reactive(View, init=False)
    """The axes."""

    difference: reactive[bool] = reactive(default=False, init=False)
    """Whether the second run less the first is drawn, instead of both."""

    def watch_runs(self) -> None:
        """Draw other runs."""
        self._draw()

    def watch_metric(self) -> None:
        """Draw another metric."""
        self._draw()

    def watch_view(self) -> None:
        """Draw over other axes."""
        self._draw()

    def watch_difference(self) -> None:
        """Draw the difference, or the runs."""
        self._draw()

    def on_resize(self, _event: events.Resize) -> None:
        """Draw for another size."""
        self._draw()

    def _draw(self) -> None:
        if not self.runs:
            self.title = self.subtitle = ""
            self.show_lines(Fixed())
            return
        if not self.size or self.room < 8 or self.page < 4:
            return
        names = metrics_of(self.runs)
        if not names:
            self.title, self.subtitle = "Curves", ""
            self.show_lines(Fixed(overlay_lines(self.runs, "", self.view, self.room, self.page, difference=False)))
            return
        current = names.index(self.metric) if self.metric in names else 0
        shown = self.difference and len(self.runs) == 2
        log = f"{' · x log' if self.view.log_x else ''}{' · y log' if self.view.log_y else ''}"
        self.title = f"{names[current]}{' · B − A' if shown else ''} · x {self.view.axis}{log}"
        keys = keys_in_force(self.app)
        steps = " ".join(keys.shown(Scope.COMPARE, action) for action in ("metric(-1)", "metric(1)"))
        self.subtitle = f"{current + 1} of {len(names)}  {steps} metric"
        lines = overlay_lines(self.runs, names[current], self.view, self.room, self.page, difference=shown)
        self.show_lines(Fixed(lines))

    def step_metric(self, step: int) -> None:
        """Draw the next (1) or previous (-1) metric."""
        names = metrics_of(self.runs)
        if names:
            current = names.index(self.metric) if self.metric in names else 0
            self.metric = names[(current + step) % len(names)]

    def step_axis(self) -> None:
        """Draw over epochs, steps, or the share of each training."""
        self.view = replace(self.view, axis=AXES[(AXES.index(self.view.axis) + 1) % len(AXES)])
