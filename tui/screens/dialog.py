"""A list or text on top of a screen, which is left by Esc."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.binding import BindingType
from textual.screen import ModalScreen

from tui.keys import Scope
from tui.screens.once import Once
from tui.widgets.bindings import bindings

Given = TypeVar("Given")


class Dialog(ModalScreen[Given | None], Once[Given | None]):
    """Gives what was chosen, None where it is left; the keys of every screen work on it, too."""

    DEFAULT_CSS = "Dialog { align: center middle; }"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.APP)]
    scope = Scope.APP

    def action_close(self) -> None:
        """Leave it."""
        self.dismiss(None)
