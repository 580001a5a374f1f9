"""Which cards a person has chosen to compare."""

from __future__ import annotations

from collections.abc import Collection

from tui.library.tree import Entry


class Selection:
    """The selected cards in the order of their selection, and the baseline."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.baseline: Entry | None = None
        """The card that others are compared with, until another is pinned."""

    def toggle(self, entry: Entry) -> None:
        """Select a card, or no longer."""
        if entry in self.entries:
            self.entries.remove(entry)
        else:
            self.entries.append(entry)

    def clear(self) -> None:
        """Select nothing and have no baseline."""
        self.entries.clear()
        self.baseline = None

    def forget(self, gone: Collection[Entry]) -> None:
        """Leave out cards that are no longer there."""
        self.entries = [entry for entry in self.entries if entry not in gone]
        if self.baseline in gone:
            self.baseline = None

    def pin(self, entry: Entry) -> None:
        """Make a card the baseline, or no longer."""
        self.baseline = None if self.baseline is entry else entry

    def compared(self, cursor: Entry | None) -> list[Entry]:
        """The cards that are to be compared with the cursor on a card; fewer than two where nothing is.

        Two selected cards or more; else the baseline or the one that is selected, and the one under the cursor.
        """
        if len(self.entries) > 1:
            return list(self.entries)
        first = self.baseline or next(iter(self.entries), None)
        return [entry for entry in dict.fromkeys((first, cursor)) if entry is not None]
