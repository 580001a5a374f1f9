"""The palette of commands and of themes."""

from __future__ import annotations

from textual.command import CommandList, CommandPalette, SearchIcon

from tui.screens.once import Once


class Palette(CommandPalette, Once[None]):
    """Textual's, which takes keys before there is a list, too."""

    def on_mount(self) -> None:
        """Ask without a picture that many terminals have no letter for."""
        self.query_one(SearchIcon).icon = ":"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a key can act: Textual 8.2.8 moves in a list that is not there yet, or has no lines yet."""
        lists = self.query(CommandList)
        is_ready = bool(lists) and (action != "command_list" or lists.first().size.height > 0)
        return is_ready and super().check_action(action, parameters)
