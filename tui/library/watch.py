"""Tells which folders and card files have changed since they were scanned.

Where the kernel tells changes it is listened to, at no cost while nothing happens; elsewhere, and where it watches no
more folders, they are polled: the cards on display every second, all others in a steady round within a minute. The
round takes longer where that would cost more than 1 % of a core (on one of today's: from about 100,000 cards on).
What polling cannot see is a text that becomes a card without a change of its folder's listing.
"""

from __future__ import annotations

import os
import select
import threading
import time
from array import array
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from tui.cards.run_files import STATE, checkpoint_step
from tui.library.file_system import FileSystems
from tui.library.inotify import LISTING, Event, Inotify, Mask, NoInotifyError
from tui.library.scan import ENVIRONMENT_MARK, RUN_FILES, FolderFound, is_skipped, stamp_of

_QUIET = 0.2
"""Seconds without a change after which changes are told."""

_LATEST = 1.0
"""Seconds after the first change after which they are told, even if more go on to come."""

_TICK = 1.0
"""Seconds between two looks at the cards on display."""

_ROUND = 50.0
"""Seconds in which everything else is looked at once."""

_SHARE = 0.008
"""Of a core, for polling."""

_WORK = _REST = 0.008
"""Seconds for which folders are taken in, and between two such turns: the screen needs the interpreter too."""

_COARSE = 2_000_000_000
"""Nanoseconds that times of files may be off: some file systems count in twos of seconds."""

_TEXTS = (".md", ".markdown", ".txt")


@dataclass(frozen=True, slots=True)
class FolderChanged:
    """What has changed in a folder."""

    path: str
    """As the file system knows it, and as it was found by the scan."""

    files: frozenset[str]
    """Card files and files of its run, as ways from the folder, that changed, came or went."""

    is_listing: bool
    """Whether it is to be listed again: cards or folders may have come or gone."""


class _Polled:
    """A folder that is polled."""

    __slots__ = ("files", "stamps")

    def __init__(self, files: tuple[str, ...], stamps: Iterable[int]) -> None:
        self.files = files
        self.stamps = array("q", stamps)
        """Of the folder, then of each file; 0 for what is not there."""


class Watcher(threading.Thread):
    """The watching thread; it is told what was found, and tells what changed, both from any thread."""

    def __init__(self, tell: Callable[[Sequence[FolderChanged]], object], *, polls: bool | None = None) -> None:
        """`polls` says whether to poll; None: the file system of each folder decides."""
        super().__init__(name="cardtui-watcher", daemon=True)
        self._tell = tell
        self._polls = polls
        self._systems = FileSystems()
        self._inotify: Inotify | None = None
        self._found: deque[tuple[int, FolderFound]] = deque()
        """(time in ns, folder) of what is yet to be watched."""

        self._doubted: deque[tuple[str, int]] = deque()
        """(folder, time in ns) where changes since that time may have been lost."""

        self._heard = time.time_ns()
        """The time up to which no change was lost."""

        self._polled: dict[str, _Polled] = {}
        self._checkpoints: dict[str, str] = {}
        """Folder of a run → that of its newest checkpoint."""

        self._links: set[str] = set()
        """Folders that are links, which the kernel tells like files."""

        self._on_display: Sequence[tuple[str, str]] = ()
        self._round: list[str] = []
        """The folders that are yet to be looked at in this round."""

        self._ticked = 0.0
        self._changed: dict[str, set[str]] = {}
        """Folder → the files in it that changed; among them the empty name where its listing did."""

        self._come: set[str] = set()
        """Folders that came, or went, where they are."""

        self._lost: set[str] = set()
        """Watched folders that are no longer in their place."""

        self._first = self._last = 0.0
        """Times of the first and the last change that are not told yet."""

        self._lock = threading.Lock()
        self._alarm: int | None = None
        """The pipe to write into to wake the thread; None while it does not run."""

        self._stopped = False

    def know(self, found: Iterable[FolderFound]) -> None:
        """Watch these folders from now on, or forget those that are gone."""
        now = time.time_ns()
        self._found.extend((now, each) for each in found)
        self._wake()

    def look_at(self, cards: Iterable[tuple[str, str]]) -> None:
        """Look often at these cards, each as (path of its folder, file): they are on display."""
        self._on_display = tuple(cards)

    def stop(self) -> None:
        """End the thread after what it is at."""
        self._stopped = True
        self._wake()

    def _wake(self) -> None:
        with self._lock:
            if self._alarm is not None:
                with suppress(BlockingIOError):  # it is ringing already
                    os.write(self._alarm, b"!")

    def run(self) -> None:
        """Watch until it is stopped."""
        try:
            self._inotify = None if self._polls else Inotify()
        except NoInotifyError:
            self._inotify = None
        bell, alarm = os.pipe()
        os.set_blocking(bell, False)
        os.set_blocking(alarm, False)
        self._alarm = alarm
        try:
            while not self._stopped:
                self._wait(bell)
                self._listen()
                self._take_in()
                self._poll()
                self._tell_changes()
        finally:
            with self._lock:
                self._alarm = None
                os.close(alarm)
            os.close(bell)
            if self._inotify:
                self._inotify.close()

    def _wait(self, bell: int) -> None:
        """Sleep until there is something to do; while changes come in, they are let gather."""
        poll = select.poll()
        poll.register(bell, select.POLLIN)
        if self._inotify and not self._is_pending:
            poll.register(self._inotify.fileno(), select.POLLIN)
        waits: list[float] = []
        now = time.monotonic()
        if self._found or self._doubted:
            waits.append(_REST)
        if self._is_pending:
            waits.append(self._due - now)
        if self._polled:
            waits.append(self._ticked + _TICK - now)
        poll.poll(max(min(waits), 0) * 1000 + 1 if waits else None)
        with suppress(BlockingIOError):
            os.read(bell, 4096)

    # What the kernel tells

    def _listen(self) -> None:
        while self._inotify and (events := list(self._inotify.read())):
            for event in events:
                self._hear(event)
        if not self._doubted:
            self._heard = time.time_ns()

    def _hear(self, event: Event) -> None:
        folder, mask, name = event.folder, event.mask, event.name
        if mask & Mask.OVERFLOW and self._inotify:
            self._doubted = deque((each, self._heard - _COARSE) for each in self._inotify.folders)
        elif mask & (Mask.DELETE_SELF | Mask.MOVE_SELF | Mask.UNMOUNT):
            self._lost.add(folder)
            self._note_time()
        elif mask & Mask.ISDIR:
            if mask & LISTING and not is_skipped(name):
                self._note(folder)
                self._come.add(f"{folder}/{name}")
        elif _matters(name):
            self._note(folder, name)
            if mask & LISTING or name.lower().endswith(".txt"):  # which may be a card from now on
                self._note(folder)
        elif mask & LISTING and not name.startswith("."):
            path = f"{folder}/{name}"
            if path in self._links or os.path.islink(path):  # noqa: PTH114 - strings are faster than Path objects
                self._note(folder)
                self._come.add(path)

    def _look_for_replaced(self) -> None:
        """Doubt folders in whose place another one came: it may hold the same names."""
        if self._come and self._inotify:
            folders = self._inotify.folders
            replaced = tuple(self._come.intersection(folders))
            below = tuple(f"{folder}/" for folder in replaced)
            self._doubted.extend((each, 0) for each in folders if below and f"{each}/".startswith(below))
        self._come.clear()

    def _look_for_lost(self, folder: str, since: int) -> None:
        """Note what has changed in a folder since a time, and go on to watch it."""
        try:
            if self._inotify:
                self._inotify.watch(folder)
            if os.stat(folder).st_mtime_ns > since:  # noqa: PTH116 - as above
                self._note(folder)
            with os.scandir(folder) as entries:
                for entry in entries:
                    if _matters(entry.name) and entry.stat().st_mtime_ns > since:
                        self._note(folder, entry.name)
        except OSError:
            self._note(folder)

    # What was found

    def _take_in(self) -> None:
        until = time.monotonic() + _WORK
        while time.monotonic() < until:
            if self._found:
                self._watch(*self._found.popleft())
            elif self._doubted:
                self._look_for_lost(*self._doubted.popleft())
            else:
                break

    def _watch(self, since: int, found: FolderFound) -> None:
        """Watch a folder that was found at a time, or poll it; note what has changed in it since."""
        path, is_root = found.path, len(found.parts) == 1
        before = self._polled.pop(path, None)
        if found.is_gone or found.error:
            if not found.is_gone:
                self._polled[path] = before or _Polled((), [_stamp(path)])
            elif is_root:  # it may come again
                self._polled[path] = _Polled((), [0])
            return
        if not path or not (found.stamp or found.cards):  # standard input, or a folder that stands elsewhere
            return
        files = tuple(dict.fromkeys((*found.cards, *found.run_files)))
        try:
            is_told = self._is_told(path, os.stat(path))  # noqa: PTH116 - as above
            status = os.stat(path)  # noqa: PTH116 - as above; what changed before the kernel was asked to tell it shows
            if os.path.islink(path):  # noqa: PTH114 - as above
                self._links.add(path)
        except OSError:
            self._note(path)
            return
        if found.stamp not in {0, stamp_of(status)}:
            self._note(path)
        if is_told:  # but what links lead to is not
            files = tuple(file for file in files if os.path.islink(f"{path}/{file}"))  # noqa: PTH114 - as above
        if files or not is_told:
            self._note_checkpoint(path)
            self._polled[path] = _Polled(files, [stamp_of(status), *self._stamps(path, files, before, since)])
        if before is not None:
            for file in RUN_FILES.intersection(before.files).symmetric_difference(RUN_FILES.intersection(files)):
                self._note(path, file)

    def _note_checkpoint(self, path: str) -> None:
        run, _, name = path.rpartition("/")
        step = checkpoint_step(name)
        newest = checkpoint_step(self._checkpoints.get(run, "").rpartition("/")[2])
        if step is not None and (newest is None or newest <= step):
            self._checkpoints[run] = path

    def _is_told(self, path: str, status: os.stat_result) -> bool:
        """Whether the kernel tells changes in a folder; it is asked to."""
        is_telling = self._polls is False or (self._polls is None and self._systems.tells(path, status.st_dev))
        return bool(is_telling and self._inotify and self._inotify.watch(path))

    def _stamps(self, path: str, files: Sequence[str], before: _Polled | None, since: int) -> list[int]:
        """The stamps by which changes of files are known: those of the last look, if any, else those of now."""
        known = dict(zip(before.files, before.stamps[1:], strict=True)) if before else {}
        stamps = []
        for file in files:
            if file in known:
                stamps.append(known[file])
                continue
            try:
                status = os.stat(f"{path}/{file}")  # noqa: PTH116 - as above
            except OSError:
                stamps.append(0)
                continue
            stamps.append(stamp_of(status))
            if status.st_mtime_ns > since:
                self._note(path, file)
        return stamps

    # Polling

    def _poll(self) -> None:
        """Look at the cards on display and at a part of the rest, when it is time."""
        now = time.monotonic()
        passed = min(now - self._ticked, 2 * _TICK)
        if not self._polled or passed < _TICK:
            return
        began = time.thread_time()
        for folder, file in self._on_display:
            if polled := self._polled.get(folder):
                self._look(folder, polled, file)
            newest = self._checkpoints.get(folder, "")
            if polled := self._polled.get(newest):
                self._look(newest, polled, STATE)
        self._ticked = now
        left = int(len(self._polled) * passed / _ROUND) + 1
        while left > 0 and time.thread_time() - began < _SHARE * passed and time.monotonic() < now + _TICK:
            for _ in range(min(left, 8)):
                left -= 1
                if not self._round:
                    self._round = list(self._polled)
                folder = self._round.pop()
                if polled := self._polled.get(folder):
                    self._look(folder, polled)

    def _look(self, folder: str, polled: _Polled, shown: str = "") -> None:
        """Note what has changed in a folder; of a card on display, only that and its run."""
        stamp = _stamp_anew if shown else _stamp
        for index, file in enumerate(("", *polled.files)):
            if shown and file and file != shown and file not in RUN_FILES:
                continue
            now = stamp(f"{folder}/{file}" if file else folder)
            if now != polled.stamps[index]:
                polled.stamps[index] = now
                self._note(folder, file)

    # Telling

    def _note(self, folder: str, file: str = "") -> None:
        """Note a change of a file, or of the folder's listing."""
        self._changed.setdefault(folder, set()).add(file)
        self._note_time()
        run, _, name = folder.rpartition("/")
        if file in {"", STATE} and checkpoint_step(name) is not None:
            self._changed.setdefault(run, set()).update(("", f"{name}/{STATE}"))

    def _note_time(self) -> None:
        self._last = time.monotonic()
        self._first = self._first or self._last

    @property
    def _is_pending(self) -> bool:
        return self._first > 0

    @property
    def _due(self) -> float:
        """When to tell what has changed."""
        return min(self._last + _QUIET, self._first + _LATEST)

    def _tell_changes(self) -> None:
        if not self._is_pending or time.monotonic() < self._due:
            return
        self._look_for_replaced()
        for folder in self._lost:  # those above tell of most
            above = folder.rpartition("/")[0]
            if above not in self._lost and "" not in self._changed.get(above, ()):
                self._changed.setdefault(folder, set()).add("")
        changed, self._changed, self._lost = self._changed, {}, set()
        self._first = 0.0
        self._tell(
            [FolderChanged(path, frozenset(files - {""}), "" in files) for path, files in sorted(changed.items())]
        )


def _matters(name: str) -> bool:
    """Whether a file of this name may be a card, or changes what is known of one."""
    is_text = name.lower().endswith(_TEXTS) and not name.startswith(".")
    return is_text or name in RUN_FILES or name == ENVIRONMENT_MARK


def _stamp(path: str) -> int:
    """A file's or folder's stamp, 0 where there is none."""
    try:
        return stamp_of(os.stat(path))  # noqa: PTH116 - as above
    except (OSError, ValueError):
        return 0


def _stamp_anew(path: str) -> int:
    """The same, but from the server: network file systems remember for up to a minute what was not opened since."""
    try:
        opened = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError):
        return _stamp(path)
    try:
        return stamp_of(os.fstat(opened))
    finally:
        os.close(opened)
