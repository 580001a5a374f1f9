"""Choosing one entry of a list."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult

from tui.keys import Scope
from tui.messages import Picked
from tui.screens.dialog import Dialog
from tui.widgets.bindings import keys_in_force
from tui.widgets.choice import ChoicePane, Named


class ChooseScreen(Dialog[int]):
    """A list; gives the index of what was taken, None where it is left."""

    DEFAULT_CSS = """
    ChooseScreen ChoicePane { width: 56; max-width: 100%; max-height: 80%; }
    """

    def __init__(self, title: str, entries: Sequence[Named], chosen: int = 0) -> None:
        super().__init__()
        self._title = title
        self._entries = entries
        self._chosen = chosen

    def compose(self) -> ComposeResult:
        """The list."""
        pane = ChoicePane(self._entries, id="choice", title=self._title, chosen=self._chosen)
        keys = keys_in_force(self.app)
        pane.subtitle = f"{keys.shown(Scope.CHOICE, 'take')} take · Esc leave"
        pane.styles.height = len(self._entries) + 2
        yield pane

    def on_picked(self, message: Picked) -> None:
        """Give what was taken."""
        self.dismiss(message.indices[0] if self._entries else None)
