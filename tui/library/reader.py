"""Reads cards behind the screen's back: the one that is looked at first, then the rows on display, then the rest.

One daemon thread, so that a file system that hangs keeps nobody from quitting; where there is much to be read it has
processes read it. What was read before, and has not changed since, comes from the index.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from tui.cards.model import Card
from tui.cards.read import CardFileError, parse, read
from tui.judge.facts import Facts, facts
from tui.judge.rules import DEFAULT, Rules
from tui.judge.verdict import Verdict, judge
from tui.library.columns import Columns
from tui.library.outline import Outline, outline_of
from tui.library.place import CHUNK, FEW, PAYS_FROM, Place, Read, read_place
from tui.library.scan import FolderFound, scan
from tui.library.tree import Entry

if TYPE_CHECKING:
    from tui.library.index import Index
    from tui.library.workers import Workers

_WORK = 0.008
"""Seconds of reading ahead between two rests, in which the screen can have the interpreter."""

_REST = 0.004
_BATCH = 0.1
"""Seconds for which found folders and read outlines are gathered before they are told."""

_ON_THE_WAY = 1000
"""Entries that may have been told and not yet been taken in."""

_HEAD_START = 1.0
"""Seconds after the start for which the processors belong to the screen."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A card that was read and judged, or why it could not be."""

    entry: Entry
    card: Card | None = None
    verdict: Verdict | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Outlined:
    """A card file of which lists know now what they show."""

    entry: Entry
    outline: Outline
    row: int
    """The card's row of the columns, -1 where it has none."""


def load(entry: Entry, stdin: bytes | None, rules: Rules = DEFAULT) -> Loaded:
    """Read and judge a card; its bytes are `stdin` where it came from there."""
    try:
        card = (
            parse(stdin, "-", "standard input", rules.limits.card_bytes)
            if stdin is not None
            else read(entry.path, entry.shown, entry.own_name, rules.limits)
        )
    except CardFileError as error:
        return Loaded(entry, error=error.reason)
    return Loaded(entry, card, judge(card, rules))


class Reader(threading.Thread):
    """The reading thread; it is told wishes and tells what it read, both from any thread."""

    def __init__(
        self,
        tell_card: Callable[[Loaded], object],
        tell_outlines: Callable[[Sequence[Outlined]], object],
        index_path: Path | None = None,
        rules: Rules = DEFAULT,
    ) -> None:
        """`index_path` is where the index lies; None: nothing is remembered."""
        super().__init__(name="cardtui-reader", daemon=True)
        self.stdin: bytes | None = None
        """The bytes of the card ``-``."""

        self.usual = rules
        """The rules that all cards are judged by, as a person set them."""

        self.rules = rules
        """The rules that the card which is looked at is judged by: these with a headline chosen for the session."""

        self.columns = Columns()
        """What was read of all cards; rows are added by this thread alone."""

        self._tell_card = tell_card
        self._tell_outlines = tell_outlines
        self._index_path = index_path
        self._index: Index | None = None
        self._workers: Workers[list[Entry]] | None = None
        self._card: Entry | None = None
        self._wishes: list[Entry] = []
        self._changed: deque[Entry] = deque()
        self._added = 0

        self._rest: deque[Entry] = deque()
        """Entries that are yet to be looked up in the index."""

        self._unknown: deque[Entry] = deque()
        """Entries that are yet to be read."""

        self._rowless: deque[Entry] = deque()
        """Entries with an outline that are yet to become rows of the columns."""

        self._told: set[Entry] = set()
        """Entries that were told lately: the screen may wish for them before it knows."""

        self._news = threading.Event()
        self._stopped = False
        self._since = time.monotonic()

    @property
    def headline(self) -> str:
        """The metric that a person chose for the session to stand for every run, empty where none."""
        return "" if self.rules is self.usual else self.rules.headline

    def want_card(self, entry: Entry) -> None:
        """Read this card next; an earlier wish that was not yet read is forgotten."""
        self._card = entry
        self._news.set()

    def want_outlines(self, entries: Sequence[Entry]) -> None:
        """Read these outlines before others: their rows are on display."""
        self._wishes = [entry for entry in reversed(entries) if entry.outline is None]
        self._news.set()

    def add(self, entries: Sequence[Entry]) -> None:
        """Read these outlines too, when there is nothing better to do."""
        self._added += len(entries)
        self._rest.extend(entries)
        self._news.set()

    def read_anew(self, entries: Sequence[Entry]) -> None:
        """Read these outlines soon, though they are known: their files changed."""
        self._told.difference_update(entries)
        (self._changed if len(entries) < PAYS_FROM else self._unknown).extend(entries)
        self._news.set()

    def drop_rest(self) -> None:
        """Read only what is looked at from now on."""
        for queue in (self._rest, self._unknown, self._rowless):
            queue.clear()

    def stop(self) -> None:
        """End the thread after what it is at."""
        self._stopped = True
        self._news.set()
        if self._workers is not None:
            self._workers.stop()

    def run(self) -> None:
        """Read until it is stopped."""
        while not self._stopped:
            self._news.clear()
            if self._card is not None:
                self._read_card()
            elif not self._read_outlines():
                self._settle()
                self._news.wait()
        if self._workers is not None:
            self._workers.stop()
        if self._index is not None:
            self._index.close()

    def _settle(self) -> None:
        """Put away what is not needed where there is nothing more to be read."""
        if self._workers is not None and self._workers.is_busy:
            return
        if self._workers is not None:
            self._workers.stop()
            self._workers = None
        if self._index is not None:
            self._index.write()

    def _read_card(self) -> None:
        entry, self._card = self._card, None
        if entry is None:
            return
        loaded = load(entry, self.stdin if entry.file == "-" else None, self.rules)
        self._tell_card(loaded)
        if entry.outline is None:
            self._tell_outlines([self._outlined(entry, self._facts(loaded), loaded.error)])

    def _facts(self, loaded: Loaded) -> Facts | None:
        if loaded.card is None or loaded.verdict is None:
            return None
        return facts(
            loaded.card, loaded.verdict if loaded.verdict.rules is self.usual else judge(loaded.card, self.usual)
        )

    def _outlined(self, entry: Entry, known: Facts | None, error: str = "") -> Outlined:
        row = self.columns.add(known) if known and known.is_card else -1
        if len(self._told) > _ON_THE_WAY:
            self._told.clear()
        self._told.add(entry)
        return Outlined(entry, outline_of(known, error), row)

    def _read_outlines(self) -> bool:
        """Read outlines for a while; whether there was anything to do."""
        found: list[Outlined] = []
        end = time.monotonic() + _BATCH
        is_more = True
        while is_more and self._card is None and not self._stopped and time.monotonic() < end:
            is_more = self._step(found)
            if is_more:
                time.sleep(_REST)
        if found:
            self._tell_outlines(found)
        return is_more or bool(found)

    def _step(self, found: list[Outlined]) -> bool:
        """Do what comes first, for as long as the screen can do without the interpreter; whether there was anything."""
        until = time.monotonic() + _WORK
        self._take_answers(found)
        for wished in iter(self._looked_at, None):
            self._read_here(wished, found)
            if time.monotonic() >= until:
                return True
        while time.monotonic() < until and (entry := self._next(self._rest)):
            self._look_up(entry, found)
        self._hire()
        if self._workers is not None:
            self._hand_out(self._workers)  # of answers this thread is told
        while self._workers is None and time.monotonic() < until and (entry := self._next(self._unknown)):
            self._read_here(entry, found)
        while time.monotonic() < until and (entry := self._next(self._rowless)):
            self._read_here(entry, found)
        return bool(self._rest or self._rowless or (self._unknown and self._workers is None))

    def _next(self, queue: deque[Entry]) -> Entry | None:
        """Take the first entry of a queue that was not read meanwhile; another thread may empty the queue."""
        while True:
            try:
                entry = queue.popleft()
            except IndexError:
                return None
            if entry not in self._told:
                return entry

    def _looked_at(self) -> Entry | None:
        """The next entry that cannot wait, None where there is none."""
        if self._changed:
            return self._changed.popleft()
        wishes = self._wishes  # which another thread may replace
        while wishes:
            entry = wishes.pop()
            if entry.outline is None and entry.file != "-" and entry not in self._told:
                return entry
        return None

    def _look_up(self, entry: Entry, found: list[Outlined]) -> None:
        """Take an entry's outline from the index, else have it read."""
        if entry.outline is not None and entry.is_waiting:
            self._rowless.append(entry)
        if entry.outline is not None or entry.file == "-":
            return
        outline = self._opened_index.outline(_place(entry)) if self._added > FEW else None
        if outline is None:
            self._unknown.append(entry)
        else:
            found.append(Outlined(entry, outline, -1))
            if outline.is_card:
                self._rowless.append(entry)

    def _read_here(self, entry: Entry, found: list[Outlined]) -> None:
        """Take an entry from the index, else read it in this process."""
        read = self._known(entry)
        if read is not None:
            found.append(self._outlined(entry, read.facts))
        else:
            self._learn(entry, read_place(_place(entry), self.usual), found)

    def _learn(self, entry: Entry, read: Read, found: list[Outlined]) -> None:
        if self._added > FEW:
            self._opened_index.put(_place(entry), read)
        found.append(self._outlined(entry, read.facts, read.error))

    @property
    def _opened_index(self) -> Index:
        if self._index is None:
            from tui.library.index import Index  # noqa: PLC0415 - not needed by the first frame

            self._index = Index(self._index_path, self.usual)
        return self._index

    def _known(self, entry: Entry) -> Read | None:
        """What the index has of an entry; it is not opened for a few cards."""
        return self._opened_index.get(_place(entry)) if self._added > FEW else None

    # The processes

    def _hire(self) -> None:
        """Start processes where there is enough for them to read."""
        has_begun = time.monotonic() - self._since > _HEAD_START
        if self._workers is None and len(self._unknown) >= PAYS_FROM and has_begun:
            from tui.library.workers import Workers  # noqa: PLC0415 - few folders are so large

            self._workers = Workers(self._news.set, rules=self.usual)

    def _hand_out(self, workers: Workers[list[Entry]]) -> None:
        while self._unknown and workers.has_room:
            chunk = list(islice(iter(lambda: self._next(self._unknown), None), CHUNK))
            if chunk:
                workers.submit(chunk, [_place(entry) for entry in chunk])
        if not len(workers):  # none could be started, or all are gone
            self._workers = None

    def _take_answers(self, found: list[Outlined]) -> None:
        if self._workers is None:
            return
        for entries, answer in self._workers.answers():
            if answer is None:  # what ends one process may end the next: one card after the other, here
                self._changed.extend(entries)
                continue
            for entry, one in zip(entries, answer, strict=True):
                self._learn(entry, one, found)


def _place(entry: Entry) -> Place:
    return Place(entry.folder.path, entry.file, entry.own_name)


class Scanner(threading.Thread):
    """The scanning thread: tells the folders below the paths in batches, the first card at once."""

    def __init__(self, paths: Sequence[Path], tell: Callable[[int, Sequence[FolderFound], bool], object]) -> None:
        super().__init__(name="cardtui-scanner", daemon=True)
        self._paths = paths
        self._tell = tell
        self.stopped = False

    def run(self) -> None:
        """Scan every path in turn."""
        found_any = False
        for root, path in enumerate(self._paths):
            batch: list[FolderFound] = []
            since = time.monotonic()
            for found in scan(path):
                if self.stopped:
                    return
                batch.append(found)
                if (found.cards and not found_any) or time.monotonic() - since > _BATCH:
                    found_any = found_any or bool(found.cards)
                    self._tell(root, batch, False)
                    batch, since = [], time.monotonic()
            self._tell(root, batch, root == len(self._paths) - 1)
