"""The key table as Textual's bindings, and the keys in force."""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.binding import Binding

from tui import keys
from tui.keys import FIXED, UNCHANGED, Keys, Scope


def bindings(scope: Scope) -> list[Binding]:
    """The bindings of one scope; ``ctrl+c`` works whatever has the focus."""
    return [
        Binding(key.keys, key.action, key.help, show=False, priority=FIXED[1] in key.keys.split(","), id=key.id)
        for key in keys.of(scope)
    ]


def keys_in_force(app: App[Any]) -> Keys:
    """The keys of an app as a person set them."""
    found = getattr(app, "keys", None)
    return found if isinstance(found, Keys) else UNCHANGED
