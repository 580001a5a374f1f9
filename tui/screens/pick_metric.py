"""Picking the metrics that are drawn together."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult

from tui.keys import Scope
from tui.messages import HeadlineChosen, Picked
from tui.screens.dialog import Dialog
from tui.widgets.bindings import keys_in_force
from tui.widgets.picker import PickPane


class PickMetricScreen(Dialog["Picked | HeadlineChosen"]):
    """A list of series; gives what was done with them, None where it is left."""

    DEFAULT_CSS = """
    PickMetricScreen PickPane { width: 56; max-width: 100%; max-height: 80%; }
    """

    def __init__(self, names: Sequence[str], chosen: Sequence[int]) -> None:
        super().__init__()
        self._names = names
        self._chosen = chosen

    def compose(self) -> ComposeResult:
        """The list."""
        pane = PickPane(self._names, self._chosen, id="metrics", title="Metrics to draw together")
        keys = keys_in_force(self.app)
        mark, take, headline = (keys.shown(Scope.PICK, action) for action in ("mark", "take", "headline"))
        pane.subtitle = f"{mark} mark · {take} draw · {headline} headline · Esc leave"
        pane.styles.height = len(self._names) + 2
        yield pane

    def on_picked(self, message: Picked) -> None:
        """Give what was picked."""
        self.dismiss(message)

    def on_headline_chosen(self, message: HeadlineChosen) -> None:
        """Give what was chosen."""
        self.dismiss(message)
