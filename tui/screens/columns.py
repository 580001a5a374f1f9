"""Choosing the columns of the runs table and their order."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult

from tui.keys import Scope
from tui.messages import Picked
from tui.screens.dialog import Dialog
from tui.widgets.bindings import keys_in_force
from tui.widgets.choice import ColumnsPane, Named


class ColumnsScreen(Dialog[list[str]]):
    """Every column that there is; gives the names of those that are to be shown, None where it is left."""

    DEFAULT_CSS = """
    ColumnsScreen ColumnsPane { width: 68; max-width: 100%; height: 80%; }
    """

    def __init__(self, entries: Sequence[Named], shown: Sequence[str], first: Sequence[str]) -> None:
        super().__init__()
        self._entries = entries
        self._shown = shown
        self._first = first

    def compose(self) -> ComposeResult:
        """The list."""
        places = {name: place for place, (name, _) in enumerate(self._entries)}
        shown, first = ([places[name] for name in names if name in places] for names in (self._shown, self._first))
        pane = ColumnsPane(self._entries, shown, first, id="columns")
        keys = keys_in_force(self.app)
        actions = ("mark", "shift(1)", "shift(-1)", "reset", "take")
        mark, right, left, reset, take = (keys.shown(Scope.COLUMNS, action) for action in actions)
        pane.subtitle = f"{mark} show · {right} {left} move · {reset} reset · {take} take · Esc"
        yield pane

    def on_picked(self, message: Picked) -> None:
        """Give what was chosen."""
        self.dismiss([self._entries[index][0] for index in message.indices])
