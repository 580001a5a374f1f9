"""The help: every key, from the key table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from tui import keys
from tui.render.line import BLANK, Line, line
from tui.render.text import pad, width
from tui.screens.dialog import Dialog
from tui.widgets.bindings import bindings, keys_in_force
from tui.widgets.detail import DetailPane, Shown


def help_lines(scopes: Iterable[keys.Scope] = tuple(keys.Scope), known: keys.Keys = keys.UNCHANGED) -> tuple[Line, ...]:
    """The keys by where they work."""
    longest = max(width(key.shown) for key in known.table)
    lines: list[Line] = []
    for scope in scopes:
        lines += [line((f"Keys {scope}", "heading"))]
        lines += [line("  ", (pad(key.shown, longest + 2), "strong"), key.help) for key in known.of(scope)]
        lines.append(BLANK)
    return tuple(lines)


class HelpScreen(Dialog[None]):
    """All keys in one scrolling pane; any of its closing keys goes back."""

    DEFAULT_CSS = """
    HelpScreen DetailPane { width: 100; max-width: 100%; height: 90%; max-height: 76; background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(keys.Scope.HELP)]

    def __init__(self, scopes: Sequence[keys.Scope] = tuple(keys.Scope)) -> None:
        super().__init__()
        self._scopes = dict.fromkeys((*scopes, keys.Scope.APP))

    def compose(self) -> ComposeResult:
        """One pane of lines."""
        pane = DetailPane(id="help", title="Keys")
        pane.subtitle = "Esc closes"
        yield pane

    def on_mount(self) -> None:
        """Fill the pane."""
        self.query_one(DetailPane).shown = Shown(words=help_lines(self._scopes, keys_in_force(self.app)))
