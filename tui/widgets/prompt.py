"""A line to type in: filter or search. Mounted when a key asks for it, so that it never takes the focus unasked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.highlighter import Highlighter
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widgets import Input, Label

from tui.judge.query import Completion, QueryError, parse
from tui.messages import PromptChanged, PromptEnded
from tui.render.hints import completion_line, error_line
from tui.render.line import line
from tui.render.text import visible
from tui.widgets.bar import Bar

_TYPING = 0.03
"""Seconds for which changes of the text are gathered: of a word that comes at once, only the whole is acted on."""


class BadPart(Highlighter):
    """Marks the part of a typed text that cannot be read."""

    start = end = 0

    def highlight(self, text: Text) -> None:
        """Underline the part."""
        if self.start < self.end:
            text.stylize("bold underline red", self.start, min(self.end, len(text)))


class Prompt(Vertical):
    """A word and an input beside it; tells every change, and how it ended.

    Above it stands, where the screen gives it with `offer` or `refuse`, how to go on or what is wrong. Tab takes the
    first way to go on, once more the next.
    """

    DEFAULT_CSS = """
    Prompt { height: auto; dock: bottom; background: $panel; }
    Prompt Horizontal { height: 1; }
    Prompt Label { width: auto; padding: 0 1; color: $accent; text-style: bold; background: $panel; }
    Prompt Input { border: none; height: 1; padding: 0; background: $panel; }
    Prompt Input:focus { border: none; }
    Prompt Bar { display: none; }
    Prompt.hints Bar { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Leave it", show=False),
        Binding("tab", "complete(1)", "Go on so", show=False),
        Binding("shift+tab", "complete(-1)", "Go on as before", show=False),
    ]

    def __init__(self, what: str, text: str) -> None:
        super().__init__(id="prompt")
        self.what = what
        self._text = text
        self._bad = BadPart()
        self._offers: Sequence[Completion] = ()
        self._taken: int | None = None
        """Which of the ways to go on stands in the text, while Tab steps through them."""

        self._typed = ""
        """The text before the first of them was taken."""

        self._error: QueryError | None = None
        self._note = ""
        self._untold: Timer | None = None
        """Until when a change of the text is not told."""

    def compose(self) -> ComposeResult:
        """The line above, the word and the input."""
        yield Bar(id="hints")
        with Horizontal():
            yield Label(f"{self.what}:", markup=False)
            line_to_type = Input(self._text, select_on_focus=False, highlighter=self._bad)
            line_to_type.cursor_blink = False  # over a line at rest nothing is sent
            yield line_to_type

    def on_mount(self) -> None:
        """Take the focus at once, since a key asked for it: what was typed behind that key is meant for this."""
        self.screen.set_focus(self._input)

    def on_resize(self, _event: events.Resize) -> None:
        """Write the line above for another width."""
        if self.has_class("hints"):
            self._show_hints()

    @property
    def _input(self) -> Input:
        return self.query_one(Input)

    @property
    def cursor(self) -> int:
        """Where the cursor stands in the text."""
        return self._input.cursor_position

    def offer(self, offers: Sequence[Completion], note: str = "") -> None:
        """Show ways to go on, not while Tab steps through those of before; and a note instead, where there is one."""
        self._error, self._note = None, note
        if self._taken is None:
            self._offers = offers
        self._show_hints()

    def refuse(self, error: QueryError, offers: Sequence[Completion] = ()) -> None:
        """Say what is wrong with the text; of what is still being typed, rather how to go on."""
        is_being_typed = bool(offers) and error.end >= self.cursor
        self._error, self._note = None if is_being_typed else error, ""
        if self._taken is None:
            self._offers = offers
        self._show_hints()

    def is_expression(self) -> bool:
        """Whether what is typed is an expression; else it is said what is wrong with it."""
        try:
            parse(self._input.value)
        except QueryError as error:
            self.refuse(error)
            return False
        return True

    def _show_hints(self) -> None:
        error = self._error
        self._bad.start, self._bad.end = (error.start, error.end) if error else (0, 0)
        self.add_class("hints")
        bar = self.query_one(Bar)
        if error:
            bar.show_line(error_line(self._input.value, error, bar.room))
        elif self._note:
            bar.show_line(line((f"? {visible(self._note)}", "warning")))
        else:
            bar.show_line(completion_line(self._offers, self._taken, bar.room))
        self._input.refresh()

    def action_complete(self, step: int) -> None:
        """Take the first way to go on, or instead of one that was taken, the next."""
        if not self._offers:
            return
        if self._taken is None:
            self._typed = self._input.value
            self._taken = 0 if step > 0 else len(self._offers) - 1
        else:
            self._taken = (self._taken + step) % len(self._offers)
        offer = self._offers[self._taken]
        before = self._typed[: offer.start] + offer.text
        self._input.value = before + self._typed[offer.end :]
        self._input.cursor_position = len(before)
        self._show_hints()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell the new text."""
        event.stop()
        if self._taken is not None:
            offer = self._offers[self._taken]
            if event.value != self._typed[: offer.start] + offer.text + self._typed[offer.end :]:
                self._taken = None
        if self._untold is None:
            self._untold = self.set_timer(_TYPING, self._tell)

    def _tell(self) -> None:
        """Tell the text as it is now."""
        if self._untold is not None:
            self._untold.stop()
            self._untold = None
            self.post_message(PromptChanged(self.what, self._input.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Leave it with Enter."""
        event.stop()
        self._tell()
        self.post_message(PromptEnded(self.what, kept=True))

    def action_cancel(self) -> None:
        """Leave it with Escape."""
        self.post_message(PromptEnded(self.what, kept=False))
