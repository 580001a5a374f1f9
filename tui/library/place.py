"""A card file's place, and what lists know of the card once it was read."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from tui.cards.read import CardFileError, read
from tui.cards.run_files import checkpoint_step
from tui.judge.facts import Facts, facts, from_json, to_json
from tui.judge.rules import DEFAULT, Rules
from tui.judge.verdict import judge
from tui.library.scan import is_state
from tui.library.stamp import stamp

FEW = 50
"""Cards that are read sooner than an index is opened."""

PAYS_FROM = 300
"""Cards to be read from which on processes read them: they take as long to start."""

CHUNK = 24
"""Cards that a process reads at a time: about 20 ms."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a card file lies."""

    folder: str
    file: str
    """The way from the folder to the file: its name, or ``checkpoint-500/trainer_state.json``."""

    own_name: str
    """The name of a card that has none of its own."""

    @property
    def path(self) -> Path:
        """Where the file is."""
        return Path(self.folder, self.file)

    @property
    def key(self) -> tuple[bytes, bytes]:
        """(folder, file) as the index has them: absolute, in the file system's own bytes."""
        return _absolute(self.folder), os.fsencode(self.file)


def place_of(path: Path, own_name: str) -> Place:
    """The place of a card file; a checkpoint's state lies in the folder of its run."""
    folder, file = path.parent, path.name
    if is_state(file) and checkpoint_step(folder.name) is not None:
        folder, file = folder.parent, f"{folder.name}/{file}"
    return Place(str(folder), file, own_name)


@lru_cache(maxsize=64)
def _absolute(folder: str) -> bytes:
    return os.fsencode(os.path.abspath(folder))  # noqa: PTH100 - links stay


@dataclass(frozen=True)
class Read:
    """What was read of a card file, in the form in which it is passed on and remembered."""

    known: bytes = b""
    """The facts as JSON; empty where the file could not be read."""

    error: str = ""
    """Why it could not, else empty."""

    stamp: str = ""
    """What it was read from; empty where it is not to be remembered."""

    @cached_property
    def facts(self) -> Facts | None:
        """The facts, None where the file could not be read. Raises ValueError or TypeError for damaged ones."""
        return from_json(json.loads(self.known)) if self.known else None


def pack(known: Facts) -> bytes:
    """Facts in the form in which they are passed on."""
    return json.dumps(to_json(known), separators=(",", ":")).encode()


def read_place(place: Place, rules: Rules = DEFAULT) -> Read:
    """Read and judge a card file as far as lists know it."""
    told = stamp(place.folder, place.file, place.own_name)  # before it is read: a change since then shows
    try:
        card = read(place.path, fallback_name=place.own_name, limits=rules.limits)
    except CardFileError as error:
        return Read(error=error.reason)
    return Read(pack(facts(card, judge(card, rules))), stamp=told)
