"""A line to type in: filter or search. Mounted when a key asks for it, so that it never takes the focus unasked."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Label

from tui.messages import PromptChanged, PromptEnded


class Prompt(Horizontal):
    """A word and an input beside it; tells every change, and how it ended."""

    DEFAULT_CSS = """
    Prompt { height: 1; dock: bottom; background: $panel; }
    Prompt Label { width: auto; padding: 0 1; color: $accent; text-style: bold; background: $panel; }
    Prompt Input { border: none; height: 1; padding: 0; background: $panel; }
    Prompt Input:focus { border: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "Leave it", show=False)]

    def __init__(self, what: str, text: str) -> None:
        super().__init__(id="prompt")
        self.what = what
        self._text = text

    def compose(self) -> ComposeResult:
        """The word and the input."""
        yield Label(f"{self.what}:", markup=False)
        yield Input(self._text, select_on_focus=False)

    def on_mount(self) -> None:
        """Take the focus: a key asked for it."""
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell the new text."""
        event.stop()
        self.post_message(PromptChanged(self.what, event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Leave it with Enter."""
        event.stop()
        self.post_message(PromptEnded(self.what, kept=True))

    def action_cancel(self) -> None:
        """Leave it with Escape."""
        self.post_message(PromptEnded(self.what, kept=False))
