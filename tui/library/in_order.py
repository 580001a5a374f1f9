"""Card files → what lists know of the cards, in the order of the files: for commands, which keep no screen waiting."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from tui.judge.rules import DEFAULT, Rules
from tui.library.place import CHUNK, FEW, PAYS_FROM, Place, Read, read_place

if TYPE_CHECKING:
    from tui.library.index import Index
    from tui.library.workers import Workers

_WINDOW = 4_000
"""Cards that may be known before those in front of them: what is read is held until then."""


def read_in_order(places: Iterable[Place], index_path: Path | None, rules: Rules = DEFAULT) -> Iterator[Read]:
    """Read the cards at some places, a large number of them in several processes; None for no index."""
    rest = iter(places)
    for place in islice(rest, FEW):
        yield read_place(place, rules)
    if (first := next(rest, None)) is None:
        return
    from tui.library.index import Index  # noqa: PLC0415 - 15 ms that a few cards do not need

    index = Index(index_path, rules)
    try:
        yield from _with_index(chain([first], rest), index, rules)
    finally:
        index.close()


def _with_index(places: Iterator[Place], index: Index, rules: Rules) -> Iterator[Read]:
    """Look every card up; read the first ones that are not known here, those behind them in processes."""
    unknown = 0
    for place in places:
        read = index.get(place)
        if read is None:
            read = read_place(place, rules)
            index.put(place, read)
            unknown += 1
        yield read
        if unknown == PAYS_FROM:
            yield from _Office(places, index, rules).reads()


class _Slot:
    """A card that is to be told in its turn."""

    __slots__ = ("place", "read")

    def __init__(self, place: Place, read: Read | None) -> None:
        self.place = place
        self.read = read


class _Office:
    """Hands cards to processes and puts what they read in order."""

    def __init__(self, places: Iterator[Place], index: Index, rules: Rules) -> None:
        from tui.library.workers import Workers  # noqa: PLC0415 - few folders are so large

        self._places = places
        self._index = index
        self._rules = rules
        self._news = threading.Event()
        self._workers: Workers[list[_Slot]] = Workers(self._news.set, rules=rules)
        self._slots: deque[_Slot] = deque()
        self._unknown: deque[_Slot] = deque()

    def reads(self) -> Iterator[Read]:
        """What was read of each place, in their order."""
        try:
            while self._look_ahead():
                self._news.clear()
                self._hand_out()
                self._take_answers()
                while self._slots and self._slots[0].read is not None:
                    yield self._slots.popleft().read or Read()
                if self._slots and not self._workers.has_room:
                    self._news.wait()
        finally:
            self._workers.stop()

    def _look_ahead(self) -> bool:
        """Take as many places as there is room for; whether there is anything left to be told."""
        while len(self._slots) < _WINDOW and len(self._unknown) < CHUNK * 8:
            place = next(self._places, None)
            if place is None:
                break
            slot = _Slot(place, self._index.get(place))
            self._slots.append(slot)
            if slot.read is None:
                self._unknown.append(slot)
        return bool(self._slots)

    def _hand_out(self) -> None:
        while self._unknown and self._workers.has_room:
            job = [self._unknown.popleft() for _ in range(min(CHUNK, len(self._unknown)))]
            self._workers.submit(job, [slot.place for slot in job])
        while self._unknown and not len(self._workers):  # none could be started, or all are gone
            slot = self._unknown.popleft()
            self._learn(slot, read_place(slot.place, self._rules))

    def _take_answers(self) -> None:
        for job, answer in self._workers.answers():
            if answer is None:
                self._unknown.extend(job)
                continue
            for slot, read in zip(job, answer, strict=True):
                self._learn(slot, read)

    def _learn(self, slot: _Slot, read: Read) -> None:
        self._index.put(slot.place, read)
        slot.read = read
