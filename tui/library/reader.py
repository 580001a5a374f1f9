"""Reads cards behind the screen's back: the one that is looked at first, then the rows on display, then the rest.

One daemon thread, so that a file system that hangs keeps nobody from quitting.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tui.cards.model import Card
from tui.cards.read import CardFileError, parse, read
from tui.judge.rules import DEFAULT, Rules
from tui.judge.verdict import Verdict, judge
from tui.library.outline import Outline, outline, outline_of
from tui.library.scan import FolderFound, scan
from tui.library.tree import Entry

_WORK = 0.008
"""Seconds of reading ahead between two rests, in which the screen can have the interpreter."""

_REST = 0.008
_BATCH = 0.1
"""Seconds for which found folders and read outlines are gathered before they are told."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A card that was read and judged, or why it could not be."""

    entry: Entry
    card: Card | None = None
    verdict: Verdict | None = None
    error: str = ""


def load(entry: Entry, stdin: bytes | None, rules: Rules = DEFAULT) -> Loaded:
    """Read and judge a card; its bytes are `stdin` where it came from there."""
    try:
        card = (
            parse(stdin, "-", "standard input") if stdin is not None else read(entry.path, entry.shown, entry.own_name)
        )
    except CardFileError as error:
        return Loaded(entry, error=error.reason)
    return Loaded(entry, card, judge(card, rules))


class Reader(threading.Thread):
    """The reading thread; it is told wishes and tells what it read, both from any thread."""

    def __init__(
        self,
        tell_card: Callable[[Loaded], object],
        tell_outlines: Callable[[Sequence[tuple[Entry, Outline]]], object],
    ) -> None:
        super().__init__(name="cardtui-reader", daemon=True)
        self.stdin: bytes | None = None
        """The bytes of the card ``-``."""

        self.rules = DEFAULT
        """The rules that cards are judged by."""

        self._tell_card = tell_card
        self._tell_outlines = tell_outlines
        self._card: Entry | None = None
        self._wishes: list[Entry] = []
        self._rest: list[Entry] = []
        self._outdated: set[Entry] = set()
        """Entries whose outlines were judged by other rules."""

        self._next = 0
        self._news = threading.Event()
        self._stopped = False

    def want_card(self, entry: Entry) -> None:
        """Read this card next; an earlier wish that was not yet read is forgotten."""
        self._card = entry
        self._news.set()

    def want_outlines(self, entries: Sequence[Entry]) -> None:
        """Read these outlines before others: their rows are on display."""
        self._wishes = [entry for entry in reversed(entries) if self._is_wanted(entry)]
        self._news.set()

    def add(self, entries: Sequence[Entry]) -> None:
        """Read these outlines too, when there is nothing better to do."""
        self._rest += entries
        self._news.set()

    def judge_anew(self, entries: Sequence[Entry], rules: Rules) -> None:
        """Read all these entries again, to be judged by other rules; those on display are to be wished for first."""
        self.rules = rules
        self._outdated = set(entries)
        self._rest, self._next = list(entries), 0
        self._news.set()

    def stop(self) -> None:
        """End the thread after what it is at."""
        self._stopped = True
        self._news.set()

    def run(self) -> None:
        """Read until it is stopped."""
        while not self._stopped:
            self._news.clear()
            if self._card is not None:
                self._read_card()
            elif not self._read_outlines():
                self._news.wait()

    def _read_card(self) -> None:
        entry, self._card = self._card, None
        if entry is None:
            return
        loaded = load(entry, self.stdin if entry.file == "-" else None, self.rules)
        self._tell_card(loaded)
        if self._is_wanted(entry):
            self._outdated.discard(entry)
            known = Outline("", "", "", False, 0, error=loaded.error)
            if loaded.card and loaded.verdict:
                known = outline_of(loaded.card, loaded.verdict, self.rules)
            self._tell_outlines([(entry, known)])

    def _read_outlines(self) -> bool:
        """Read outlines for a while; whether there were any left to read."""
        found: list[tuple[Entry, Outline]] = []
        start = time.monotonic()
        while self._card is None and not self._stopped and time.monotonic() - start < _BATCH:
            until = time.monotonic() + _WORK
            entry = self._unread()
            while entry is not None:
                found.append((entry, outline(entry.path, entry.own_name, self.rules)))
                if time.monotonic() >= until:
                    break
                entry = self._unread()
            if entry is None:
                break
            time.sleep(_REST)
        if found:
            self._tell_outlines(found)
        return bool(found)

    def _unread(self) -> Entry | None:
        while self._wishes:
            entry = self._wishes.pop()
            if self._takes(entry):
                return entry
        while self._next < len(self._rest):
            entry = self._rest[self._next]
            self._next += 1
            if self._takes(entry):
                return entry
        return None

    def _is_wanted(self, entry: Entry) -> bool:
        return entry.outline is None or entry in self._outdated

    def _takes(self, entry: Entry) -> bool:
        """Whether an entry is to be read, which it then is."""
        wanted = entry.file != "-" and self._is_wanted(entry)
        self._outdated.discard(entry)
        return wanted


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
