"""Folders and cards as a tree that grows and changes while it is looked at, and the rows of it that are on display."""

from __future__ import annotations

import os
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from tui.cards.run_files import checkpoint_step
from tui.library.outline import Outline
from tui.library.scan import RUN_FILES, FolderFound, FolderWanted, hub_name, is_hub_folder, is_readme, is_state

if TYPE_CHECKING:
    from tui.judge.query import Query, Term
    from tui.library.columns import Columns


class Entry:
    """A card file in its folder."""

    __slots__ = ("file", "folder", "is_gone", "outline", "row")

    def __init__(self, file: str, folder: Folder) -> None:
        self.file = file
        self.folder = folder
        self.outline: Outline | None = None
        """None until the file has been read."""

        self.is_gone = False
        """Whether the file was taken out of the tree."""

        self.row = -1
        """Its row among the columns of the runs table, -1 until it has been read."""

    @property
    def is_waiting(self) -> bool:
        """Whether the card is yet to become a row of the columns."""
        return self.row < 0 and (self.outline is None or self.outline.is_card)

    @property
    def path(self) -> Path:
        """Where the file is."""
        return Path(self.folder.path, self.file)

    @property
    def shown(self) -> str:
        """The path as people should see it, from the folder that was opened."""
        inner = self.folder.inner
        return f"{inner}/{self.file}" if inner else self.file

    @property
    def name(self) -> str:
        """The card's name; before it is read, its folder's or file's."""
        return self.outline.name if self.outline and self.outline.name else self.own_name

    def label(self, *, is_shared: bool) -> str:
        """The card's name; where others share it, with that of its folder or file."""
        return f"{self.name} ({self.own_name})" if is_shared and self.own_name != self.name else self.name

    @property
    def own_name(self) -> str:
        """The folder's name for a ``README.md`` and for a state of its run, else the file's without its ending."""
        if is_state(self.file):
            return self.folder.name
        stem = self.file.rpartition(".")[0] or self.file
        return self.folder.name if stem.lower() == "readme" else stem


class Folder:
    """A folder with its cards and folders, in the order of the scan."""

    __slots__ = ("count", "entries", "error", "folders", "is_open", "name", "others", "parent", "path")

    def __init__(self, name: str, path: str, parent: Folder | None) -> None:
        self.name = name
        self.path = path
        self.parent = parent
        self.folders: dict[str, Folder] = {}
        self.entries: list[Entry] = []
        self.count = 0
        """Card files here and below."""

        self.others = 0
        """Files here and below that turned out to be no cards."""

        self.is_open = False
        self.error = ""

    @property
    def parts(self) -> tuple[str, ...]:
        """Its place in the tree: the names from the opened folder's down."""
        return (*(self.parent.parts if self.parent else ()), self.name)

    @property
    def inner(self) -> str:
        """The path from the opened folder down, empty for that folder itself."""
        if self.parent is None:
            return ""
        above = self.parent.inner
        return f"{above}/{self.name}" if above else self.name

    @property
    def lone(self) -> Entry | None:
        """The only card of a folder that holds nothing else: both are shown as one row."""
        if self.parent is not None and len(self.entries) == 1 and self.count == 1:
            return self.entries[0]
        return None


Node: TypeAlias = Folder | Entry


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the tree."""

    depth: int
    node: Node
    count: int = 0
    """Cards that a folder's row stands for, as far as they pass the filter."""


@dataclass(frozen=True, slots=True)
class _Opened:
    """A path that was opened."""

    folder: Folder
    path: str
    """Of the folder when it was first listed."""

    is_listed: bool
    """Whether it is the folder that was opened, not one file of it."""


@dataclass(frozen=True, slots=True)
class Change:
    """What became of the cards of folders that were listed again."""

    added: list[Entry] = field(default_factory=list)
    removed: list[Entry] = field(default_factory=list)
    changed: list[Entry] = field(default_factory=list)
    """Runs that another file stands for now, a newer state or their card, which was written; and those that have other
    checkpoints. They are to be read again."""


class Tree:
    """The folders that were opened; the rows on display follow from what is open and from the filter."""

    def __init__(self, columns: Columns | None = None) -> None:
        """`columns` hold what was read of the cards: the filter asks them."""
        self.roots: list[Folder] = []
        self.entries: list[Entry] = []
        """Every card, in the order in which it was found: the order of the tree, but that those which came later are
        at the end."""

        self._columns = columns
        self.query: Query | None = None
        """Which cards are on display; None: all."""

        self.hides_other_files = False
        """Whether files that are no cards are left out."""

        self._opened: dict[int, _Opened] = {}
        """By the number of the path."""

    def add(self, root: int, found: FolderFound) -> None:
        """Take in a listed folder of the path number `root`; its parents come before it."""
        is_first = not self.entries
        folder = self._at(root, found.parts) or self._new(root, found)
        if folder is None:
            return
        if found.cards and folder.path != found.path:
            folder.path = found.path  # a Hub cache folder: its cards lie in an inner one
        folder.error = found.error
        new = [Entry(name, folder) for name in found.cards]
        folder.entries += new
        self.entries += new
        above: Folder | None = folder
        while above is not None:
            above.count += len(new)
            if is_first and new:
                above.is_open = True
            above = above.parent

    def _at(self, root: int, parts: Sequence[str]) -> Folder | None:
        """The folder at a place of the tree, if there is one."""
        opened = self._opened.get(root)
        folder = opened.folder if opened else None
        for name in parts[1:]:
            if folder is None:
                break
            folder = folder.folders.get(name)
        return folder

    def _new(self, root: int, found: FolderFound) -> Folder | None:
        """A new folder in its place; None where the folder above it is no longer there."""
        *above, name = found.parts
        if not above:
            folder = Folder(name, found.path, None)
            folder.is_open = True
            self.roots.append(folder)
            self._opened[root] = _Opened(folder, found.path, is_listed=bool(found.stamp or found.error))
            return folder
        parent = self._at(root, above)
        if parent is None:
            return None
        folder = parent.folders[name] = Folder(name, found.path, parent)
        return folder

    def learn(self, entry: Entry, outline: Outline) -> None:
        """Take in what was read of a card file."""
        difference = _is_other(outline) - _is_other(entry.outline)
        entry.outline = outline
        if difference:
            _count(entry.folder, 0, difference)

    # What changed

    def wanted(self, path: str) -> list[FolderWanted]:
        """What is to be listed again when the listing of the folder at `path` has changed.

        Nothing where it is not in the tree, and several folders where it was opened several times.
        """
        return [
            self._wanted(root, folder, path, hub)
            for root, folder, hub in self._places(path)
            if self._opened[root].is_listed
        ]

    def touched(self, path: str, files: Collection[str]) -> list[Entry]:
        """The cards to be read again when these files of the folder at `path` have changed."""
        is_run = any(is_state(file) or file in RUN_FILES for file in files)
        return [
            entry
            for _, folder, _ in self._places(path)
            if folder.path == path
            for entry in folder.entries
            if entry.file in files or (is_run and (is_readme(entry.file) or is_state(entry.file)))
        ]

    def _wanted(self, root: int, folder: Folder, path: str, hub: str) -> FolderWanted:
        top = self._opened[root].path
        if not hub:
            return FolderWanted(root, path, folder.parts, frozenset(folder.folders), top)
        ((_, whole, _),) = (place for place in self._places(hub) if place[0] == root)
        return FolderWanted(root, hub, whole.parts, top=top)

    def _places(self, path: str) -> Iterator[tuple[int, Folder, str]]:
        """(root, folder, repository in the Hub's cache that it belongs to, else empty) of the folder at a path.

        The folders of such a repository share a place, so that they are listed together.
        """
        for root, opened in self._opened.items():
            if path != opened.path and not path.startswith(f"{opened.path}{os.sep}"):
                continue
            at, folder = opened.path, opened.folder
            hub = at if is_hub_folder(at) else ""
            for name in filter(None, path[len(at) :].split("/")):
                at = f"{at}{os.sep}{name}"
                below = folder.folders.get(hub_name(name) or name)
                if below is None and not hub:
                    break
                folder = below or folder
                hub = hub or (at if is_hub_folder(at) else "")
            else:
                yield root, folder, hub

    def update(self, root: int, found: Sequence[FolderFound]) -> Change:
        """Take in all that `scan_again` gave for one folder; cards that are still there keep their entries."""
        change = Change()
        was_empty = not self.entries
        renewed: list[tuple[Folder, FolderFound]] = []
        places = _by_place(found)
        for parts, each in places.items():
            folder = self._at(root, parts)
            if folder is not None and each.stamp:
                change.changed.extend(_renamed(folder, each, places))
            if folder is None:
                before = len(self.entries)
                if not each.is_gone:
                    self.add(root, each)
                change.added.extend(self.entries[before:])
            elif each.is_gone:
                change.removed.extend(_emptied(folder))
                folder.error = each.error
            elif each.error:
                folder.error = each.error  # and what was known of it stays
            elif each.stamp:
                self._renew(folder, each, change)
                renewed.append((folder, each))
        for folder, each in renewed:
            folder.folders = {name: folder.folders[name] for name in each.folders if name in folder.folders}
        if change.removed:
            removed = set(change.removed)
            for entry in removed:
                entry.is_gone = True
            self.entries = [entry for entry in self.entries if entry not in removed]  # who has the old list keeps it
        if was_empty and change.added:
            self.reveal(change.added[0])
        return change

    def _renew(self, folder: Folder, found: FolderFound, change: Change) -> None:
        """Make a folder hold the cards that were found in it, and no folder that was not."""
        is_elsewhere = bool(found.cards) and folder.path != found.path  # another revision of the Hub's cache
        folder.path = found.path if found.cards else folder.path
        folder.error = ""
        come_or_gone = folder.folders.keys() ^ set(found.folders)
        is_trained_on = any(checkpoint_step(name) is not None for name in come_or_gone)
        for name in folder.folders.keys() - set(found.folders):
            change.removed.extend(_emptied(folder.folders[name]))
        known = {entry.file: entry for entry in folder.entries}
        vanished = [file for file in known if _stands_for_run(file) and file not in found.cards]
        folder.entries = []
        for file in found.cards:
            entry = known.pop(file, None)
            if entry is None and vanished and _stands_for_run(file):
                entry = known.pop(vanished.pop())
                entry.file = file
                change.changed.append(entry)
            elif entry is None:
                entry = Entry(file, folder)
                change.added.append(entry)
                self.entries.append(entry)
                _count(folder, 1, 0)
            elif is_elsewhere or (is_trained_on and _stands_for_run(file)):
                change.changed.append(entry)
            folder.entries.append(entry)
        removed = list(known.values())
        change.removed.extend(removed)
        _count(folder, -len(removed), -sum(_is_other(entry.outline) for entry in removed))

    @property
    def card_count(self) -> int:
        """How many card files there are, as far as they are known to be cards."""
        return len(self.entries) - sum(root.others for root in self.roots)

    @property
    def filter_text(self) -> str:
        """The filter as it was typed."""
        return self.query.text.strip() if self.query else ""

    @property
    def terms(self) -> tuple[Term, ...]:
        """What the cards on display must be; nothing where all are."""
        return self.query.terms if self.query else ()

    def rows(self) -> list[Row]:
        """The rows on display, top to bottom."""
        found: list[Row] = []
        if not (self.terms or self.hides_other_files):
            for root in self.roots:
                found += self._open(root, 0)
            return found
        passing = self._passing()
        for root in self.roots:
            found += self._filtered(root, 0, passing)
        return found

    def _open(self, folder: Folder, depth: int) -> Iterator[Row]:
        if lone := folder.lone:
            yield Row(depth, lone)
            return
        yield Row(depth, folder, folder.count - folder.others)
        if not folder.is_open:
            return
        for entry in folder.entries:
            yield Row(depth + 1, entry)
        for below in folder.folders.values():
            if below.count or below.error:
                yield from self._open(below, depth + 1)

    def _filtered(self, folder: Folder, depth: int, passing: Container[Entry]) -> list[Row]:
        """The rows that pass the filter; a folder is shown open while something is sought in it."""
        if lone := folder.lone:
            return [Row(depth, lone)] if lone in passing else []
        rows = [Row(depth + 1, entry) for entry in folder.entries if entry in passing]
        count = len(rows)
        for below in folder.folders.values():
            deeper = self._filtered(below, depth + 1, passing) if below.count else []
            if deeper:
                rows += deeper
                count += deeper[0].count or 1
        if not rows and folder.parent is not None:
            return []
        head = Row(depth, folder, count)
        return [head, *rows] if folder.is_open or self.terms else [head]

    def _has_words(self, text: str) -> bool:
        return all(term.test_words(text) is not term.negated for term in self.terms)

    def _passing(self) -> Container[Entry]:
        """The cards that pass the filter; of those that were not read yet, only where it asks for nothing but words."""
        shown = [e for e in self.entries if not (self.hides_other_files and _is_other(e.outline))]
        inner: dict[Folder, str] = {}
        found: set[Entry] = set()
        if self.query and self._columns is not None:
            known = {entry.row: entry for entry in shown if entry.row >= 0}
            rows = self._columns.passing(self.query, [*known], lambda row: text_of(known[row], inner))
            found = {known[row] for row in rows}
        if all(term.kind == "words" for term in self.terms):
            others = (entry for entry in shown if entry.row < 0 or self._columns is None or not self.terms)
            found.update(entry for entry in others if self._has_words(text_of(entry, inner)))
        return found

    def reveal(self, entry: Entry) -> None:
        """Open the folders above a card."""
        folder: Folder | None = entry.folder
        while folder is not None:
            folder.is_open = True
            folder = folder.parent


def text_of(entry: Entry, inner: dict[Folder, str]) -> str:
    """What words are sought in: a card's path and name, lower-cased; `inner` keeps the paths of folders."""
    folder = entry.folder
    if folder not in inner:
        inner[folder] = folder.inner
    return f"{inner[folder]}/{entry.file}\n{entry.name}".lower()


def _is_other(known: Outline | None) -> bool:
    """Whether a file is known to be no card."""
    return known is not None and not known.is_card and not known.error


def _stands_for_run(file: str) -> bool:
    return is_readme(file) or is_state(file)


def _count(folder: Folder | None, cards: int, others: int) -> None:
    """Count more cards, or fewer, in a folder and those above it."""
    while folder is not None:
        folder.count += cards
        folder.others += others
        folder = folder.parent


def _emptied(folder: Folder) -> list[Entry]:
    """What a folder held, with those below; it is taken out of the one above, and stays only where it was opened."""
    entries: list[Entry] = []
    folders = [folder]
    while folders:
        each = folders.pop()
        entries += each.entries
        folders += each.folders.values()
    _count(folder, -folder.count, -folder.others)
    folder.entries, folder.folders = [], {}
    if folder.parent is not None:
        del folder.parent.folders[folder.name]
    return entries


def _renamed(folder: Folder, found: FolderFound, places: Mapping[tuple[str, ...], FolderFound]) -> list[Entry]:
    """Where one folder below another is gone and one with the same cards came, take it for the same one renamed.

    Gives its cards that are called as their folder is, and so are to be read again.
    """
    gone = folder.folders.keys() - set(found.folders)
    come = set(found.folders) - folder.folders.keys()
    if len(gone) != 1 or len(come) != 1:
        return []
    (old,), (new,) = gone, come
    renamed, now = folder.folders[old], places.get((*found.parts, new))
    same = now is not None and now.path and tuple(entry.file for entry in renamed.entries) == now.cards
    if now is None or not same or checkpoint_step(old) is not None or checkpoint_step(new) is not None:
        return []
    folder.folders[new] = folder.folders.pop(old)
    renamed.name = new
    _move(renamed, renamed.path, now.path)
    return [entry for entry in renamed.entries if _stands_for_run(entry.file)]


def _move(folder: Folder, before: str, after: str) -> None:
    """Let a folder and those below it lie elsewhere."""
    if folder.path == before or folder.path.startswith(f"{before}{os.sep}"):
        folder.path = after + folder.path[len(before) :]
    for below in folder.folders.values():
        _move(below, before, after)


def _by_place(found: Sequence[FolderFound]) -> dict[tuple[str, ...], FolderFound]:
    """What was found by its place in the tree; the folders of a repository in the Hub's cache share one."""
    places: dict[tuple[str, ...], FolderFound] = {}
    for each in found:
        before = places.get(each.parts, each)
        if before is each:
            places[each.parts] = each
            continue
        cards, path = (each.cards, each.path) if each.cards else (before.cards, before.path)
        places[each.parts] = replace(each, path=path, cards=cards, folders=(*before.folders, *each.folders))
    return places
