"""Runs whose facts are made up, for the tests of the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tui.cards.values import parse
from tui.judge.facts import REPORTED, Facts, metric_name
from tui.library.columns import Columns
from tui.library.outline import outline_of
from tui.library.tree import Entry, Folder


def known(
    name: str, values: Mapping[str, str], metric: str = "", findings: Sequence[str] = (), severity: str = ""
) -> Facts:
    """Facts with these printed values; the headline is that of the metric."""
    cells = {key: parse(raw) for key, raw in values.items()}
    if metric and (headline := cells.get(REPORTED + metric_name(metric))):
        cells["headline"] = headline
    return Facts(name, True, cells, metric, tuple(findings), severity)


def run(name: str, metric: str = "", findings: Sequence[str] = (), severity: str = "", **values: str) -> Facts:
    """Facts of a run; plain names are reported metrics, ``lr`` and ``base`` what they say, ``__`` stands for a dot."""
    keys = {"lr": "setting.learning_rate", "base": "base", "dataset": "dataset"}
    cells = {
        keys.get(key, key.replace("__", ".") if "__" in key else REPORTED + key): raw for key, raw in values.items()
    }
    return known(name, cells, metric, findings, severity)


class Shelved:
    """Entries with rows among columns, each in a folder of its own."""

    def __init__(self, *facts: Facts) -> None:
        self.columns = Columns()
        self.root = Folder("sweep", "/sweep", None)
        self.entries: list[Entry] = []
        for one in facts:
            self.add(one)

    def add(self, facts: Facts | None, folder: str = "") -> Entry:
        """One more entry; without facts, one that was not read yet."""
        inner = folder or f"run-{len(self.entries)}"
        entry = Entry("README.md", Folder(inner, f"/sweep/{inner}", self.root))
        if facts is not None:
            entry.row = self.columns.add(facts)
            entry.outline = outline_of(facts)
        self.entries.append(entry)
        return entry
