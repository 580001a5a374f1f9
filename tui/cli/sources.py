"""The card files below the PATHs of a command, read one after another in the order of the scan."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tui.cards.model import Card
from tui.cards.read import CardFileError, parse, read
from tui.cli.inputs import checked, index_path, read_stdin
from tui.judge.facts import Facts, facts
from tui.judge.rules import DEFAULT, Rules
from tui.judge.verdict import judge
from tui.library.in_order import read_in_order
from tui.library.place import Place, place_of
from tui.library.scan import STDIN, FolderFound, scan
from tui.library.tree import Entry, Folder
from tui.settings import DEFAULTS, Limits


@dataclass(frozen=True, slots=True)
class Source:
    """A card file that was found."""

    path: Path
    """Where it is: the PATH as typed and the way down from there."""

    shown: str
    """As a card tells its path: from the folder that was typed; of several PATHs, with that folder's name."""

    fallback_name: str
    """The name of a card that has none of its own."""

    def read(self, limits: Limits = DEFAULTS.limits) -> Card:
        """Read it; files larger than `limits` are not. Raises CardFileError where the file system does not give it."""
        if self.path == STDIN:
            return parse(read_stdin(), self.shown, self.fallback_name, limits.card_bytes)
        return read(self.path, self.shown, self.fallback_name, limits)


def sources(paths: Sequence[str]) -> Iterator[Source | CardFileError]:
    """Every card file, and why a folder could not be listed; raises CommandError for a PATH that is not there."""
    found = checked(paths)
    for path in found:
        is_folder = path.is_dir()
        for folder in scan(path):
            if folder.error:
                yield CardFileError(folder.path, folder.error)
            inner = folder.parts if is_folder and len(found) > 1 else folder.parts[1:]
            for file in folder.cards:
                place = Path(folder.path, file) if is_folder else path
                yield Source(place, "/".join([*inner, file]), _name(folder, file))


def read_cards(paths: Sequence[str], limits: Limits = DEFAULTS.limits) -> Iterator[tuple[Path, Card] | CardFileError]:
    """Every card with the path of its file, and what could not be read; one card at a time is in memory."""
    for source in sources(paths):
        if isinstance(source, CardFileError):
            yield source
            continue
        try:
            card = source.read(limits)
        except CardFileError as error:
            yield error
        else:
            yield source.path, card


def read_facts(
    paths: Sequence[str], *, remembers: bool, rules: Rules = DEFAULT
) -> Iterator[tuple[Source, Facts] | CardFileError]:
    """What tables know of every card, with where it was found, and what could not be read.

    `remembers` says whether to use the index, and to add to it.
    """
    waiting: deque[Source | CardFileError] = deque()

    def places() -> Iterator[Place]:
        for source in sources(paths):
            waiting.append(source)
            if isinstance(source, Source) and source.path != STDIN:
                yield place_of(source.path, source.fallback_name)

    for told in read_in_order(places(), index_path() if remembers else None, rules):
        yield from _without_file(waiting, rules)
        source = waiting.popleft()
        if isinstance(source, Source):
            known = told.facts
            yield (source, known) if known else CardFileError(str(source.path), told.error)
    yield from _without_file(waiting, rules)


def _without_file(
    waiting: deque[Source | CardFileError], rules: Rules
) -> Iterator[tuple[Source, Facts] | CardFileError]:
    """What comes before the next file: folders that could not be listed, and standard input."""
    while waiting and (isinstance(waiting[0], CardFileError) or waiting[0].path == STDIN):
        source = waiting.popleft()
        if isinstance(source, CardFileError):
            yield source
        else:
            card = source.read(rules.limits)
            yield source, facts(card, judge(card, rules))


def _name(folder: FolderFound, file: str) -> str:
    """The name of a card that has none of its own."""
    if file == str(STDIN):
        return folder.parts[-1]
    return Entry(file, Folder(folder.parts[-1], folder.path, None)).own_name
