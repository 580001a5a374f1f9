"""The palette of commands and of themes."""

from __future__ import annotations

from textual.command import CommandList, CommandPalette

from tui.screens.once import Once


class Palette(CommandPalette, Once[None]):
    """Textual's, which takes keys before its list was laid out, too."""

    def _action_command_list(self, action: str) -> None:
        """Move in the list, once there is one (Textual 8.2.8 looks for a page in a list without lines)."""
        if self.query_one(CommandList).size.height:
            super()._action_command_list(action)
