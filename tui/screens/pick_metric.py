"""Picking the metrics that are drawn together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import SelectionList
from textual.widgets.selection_list import Selection

from tui.render.text import visible


class PickMetricScreen(ModalScreen["list[int] | None"]):
    """A list of series; Space marks, Enter draws the marked ones (or the one under the cursor)."""

    DEFAULT_CSS = """
    PickMetricScreen { align: center middle; }
    PickMetricScreen SelectionList {
        width: 52; max-width: 100%; height: auto; max-height: 80%; border: round $primary;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "Draw", show=False, priority=True),
        Binding("escape,q,m", "dismiss(None)", "Close", show=False),
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
    ]

    def __init__(self, names: Sequence[str], chosen: Sequence[int]) -> None:
        super().__init__()
        self._names = names
        self._chosen = set(chosen)

    def compose(self) -> ComposeResult:
        """The list."""
        choices = [Selection(Content(visible(n)), i, i in self._chosen) for i, n in enumerate(self._names)]
        metrics: SelectionList[int] = SelectionList(*choices)
        metrics.border_title = Content("Metrics to draw together")
        metrics.border_subtitle = Content("Space marks · Enter draws · Esc leaves")
        yield metrics

    def action_take(self) -> None:
        """Close with the indices of the marked series, else of the one under the cursor."""
        metrics = self.query_one(SelectionList)
        chosen = sorted(metrics.selected) or ([] if metrics.highlighted is None else [metrics.highlighted])
        self.dismiss(chosen)

    def action_cursor_down(self) -> None:
        """Move down."""
        self.query_one(SelectionList).action_cursor_down()

    def action_cursor_up(self) -> None:
        """Move up."""
        self.query_one(SelectionList).action_cursor_up()
