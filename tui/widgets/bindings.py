"""The key table as Textual's bindings."""

from __future__ import annotations

from textual.binding import Binding

from tui import keys
from tui.keys import Scope


def bindings(scope: Scope) -> list[Binding]:
    """The bindings of one scope; ``ctrl+c`` works whatever has the focus."""
    return [
        Binding(key.keys, key.action, key.help, show=False, priority=key.keys == "ctrl+c") for key in keys.of(scope)
    ]
