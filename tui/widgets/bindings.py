"""The key table as Textual's bindings, and the keys in force."""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.binding import Binding

from tui import keys
from tui.keys import UNCHANGED, Keys, Scope

_FIRST = {"app.interrupt", "app.suspend_process"}
"""The actions whose keys are looked for before what has the focus may have them."""


def bindings(scope: Scope) -> list[Binding]:
    """The bindings of one scope; those that end or stop the app work whatever has the focus."""
    return [
        Binding(key.keys, key.action, key.help, show=False, priority=key.action in _FIRST, id=key.id)
        for key in keys.of(scope)
    ]


def keys_in_force(app: App[Any]) -> Keys:
    """The keys of an app as a person set them."""
    found = getattr(app, "keys", None)
    return found if isinstance(found, Keys) else UNCHANGED
