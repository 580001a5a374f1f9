"""Screens that are left once, however often the keys say so before that is done."""

from __future__ import annotations

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import Screen

Given = TypeVar("Given")


class Once(Screen[Given]):
    """Leaving it, once it is no longer the uppermost screen, is nothing: it would take the one below."""

    def dismiss(self, result: Given | None = None) -> AwaitComplete:
        """Leave it and give a result."""
        return super().dismiss(result) if self.app.screen is self else AwaitComplete()
