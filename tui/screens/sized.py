"""Screens that fit the terminal, and say so where it is too small for them."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.screen import Screen

from tui.widgets.notice import Notice

Given = TypeVar("Given")

_LEAST = (60, 14)
"""Cells across and down from which on there is something to see."""


class Sized(Screen[Given]):
    """Needs a `Notice` with the id ``too-small``, which app.tcss shows instead of the panes."""

    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (_LEAST[0], "-narrow"), (100, "-medium"), (170, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (_LEAST[1], "-low"), (30, "-high")]  # noqa: RUF012
    home: ClassVar[str]
    """The pane that has the focus where none has."""

    @property
    def way_out(self) -> str:
        """The sentence on the way out of a screen that is too small."""
        raise NotImplementedError

    def fit(self) -> None:
        """Write what depends on the width."""
        raise NotImplementedError

    def on_screen_resume(self) -> None:
        """Fit the size that the terminal was given while another screen lay on this one."""
        self.call_after_refresh(self.fit)

    def on_resize(self) -> None:
        """Say how much is missing; give the focus back that was lost while it was."""
        size, (wide, high) = self.app.size, _LEAST
        words = f"cardtui needs {wide} × {high} cells; this terminal has {size.width} × {size.height}. {self.way_out}"
        self.query_one("#too-small", Notice).say(words)
        self.call_after_refresh(self.fit)
        self.call_after_refresh(self._keep_focus)

    def _keep_focus(self) -> None:
        if self.focused is None:
            self.query_one(self.home).focus()
