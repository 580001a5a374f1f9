"""Lists changed folders again, behind the screen's back."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Sequence

from tui.library.scan import FolderFound, FolderWanted, scan_again


class Lister(threading.Thread):
    """The listing thread, a daemon, so that a file system that hangs keeps nobody from quitting."""

    def __init__(self, tell: Callable[[int, Sequence[FolderFound]], object]) -> None:
        """`tell` is told of each folder: the number of its path, and all that was found."""
        super().__init__(name="cardtui-lister", daemon=True)
        self._tell = tell
        self._wanted: queue.SimpleQueue[FolderWanted | None] = queue.SimpleQueue()
        self._waiting: set[FolderWanted] = set()
        self._stopped = False

    def list(self, wanted: Iterable[FolderWanted]) -> None:
        """List these folders again, each once even if it is wanted several times meanwhile."""
        for each in wanted:
            if each not in self._waiting:
                self._waiting.add(each)
                self._wanted.put(each)

    def stop(self) -> None:
        """End the thread after what it is at."""
        self._stopped = True
        self._wanted.put(None)

    def run(self) -> None:
        """List until it is stopped."""
        while (wanted := self._wanted.get()) is not None and not self._stopped:
            self._waiting.discard(wanted)
            self._tell(wanted.root, list(scan_again(wanted)))
