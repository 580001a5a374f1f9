"""A tree that is watched, as a screen does it, without a screen."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeAlias

from tui.library.lister import Lister
from tui.library.scan import FolderFound, scan
from tui.library.tree import Entry, Tree
from tui.library.watch import FolderChanged, Watcher

_PATIENCE = 30.0
"""Seconds after which a test that waits for something has failed."""

News: TypeAlias = Sequence[FolderChanged] | tuple[int, Sequence[FolderFound]]


class Living:
    """Folders with the threads that keep their tree up to date; the files that are to be read again are noted."""

    def __init__(self, *paths: Path, polls: bool | None = None) -> None:
        self.tree = Tree()
        self.changed: list[FolderChanged] = []
        """Everything that the watcher told."""

        self.touched: list[Entry] = []
        """The cards that were to be read again."""

        self._news: queue.SimpleQueue[News] = queue.SimpleQueue()
        self.watcher = Watcher(self._news.put, polls=polls)
        self._lister = Lister(lambda root, found: self._news.put((root, found)))
        for root, path in enumerate(paths):
            self._take(root, list(scan(path)))
        self.watcher.start()
        self._lister.start()

    def __enter__(self) -> Living:
        return self

    def __exit__(self, *_: object) -> None:
        self.watcher.stop()
        self._lister.stop()
        self.watcher.join(_PATIENCE)
        self._lister.join(_PATIENCE)
        assert not self.watcher.is_alive()
        assert not self._lister.is_alive()

    def _take(self, root: int, found: Iterable[FolderFound]) -> None:
        for each in found:
            self.tree.add(root, each)
            self.watcher.know([each])

    @property
    def shown(self) -> list[str]:
        """The cards as people see them, sorted."""
        return sorted(entry.shown for entry in self.tree.entries)

    def until(self, is_so: Callable[[], bool]) -> None:
        """Take in what the threads tell until something is so."""
        end = time.monotonic() + _PATIENCE
        while not is_so():
            left = end - time.monotonic()
            assert left > 0, f"it did not come; there are {self.shown}, and these were told: {self.changed}"
            try:
                self._hear(self._news.get(timeout=left))
            except queue.Empty:
                continue

    def until_shown(self, *cards: str) -> None:
        """Take in what the threads tell until these are the cards."""
        self.until(lambda: self.shown == sorted(cards))

    def until_read_again(self, card: str) -> None:
        """Take in what the threads tell until a card is to be read again."""
        self.until(lambda: any(entry.shown == card for entry in self.touched))

    def settle(self, root: Path) -> None:
        """Wait until everything that is known is watched: a change in a new folder below `root` comes through."""
        settled = FolderFound(str(root / "no-such-folder"), ("a", "b"), (), stamp=1)
        self.watcher.know([settled])
        self.until(lambda: any(each.path == settled.path for each in self.changed))
        self.changed.clear()

    def _hear(self, news: News) -> None:
        if isinstance(news, tuple):
            root, found = news
            change = self.tree.update(root, found)
            self.watcher.know(found)
            self.touched += change.changed
            return
        for each in news:
            self.changed.append(each)
            self.touched += self.tree.touched(each.path, each.files)
            if each.is_listing:
                self._lister.list(self.tree.wanted(each.path))
