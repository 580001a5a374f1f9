"""Folders and cards as a tree that grows while it is looked at, and the rows of it that are on display."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from tui.library.outline import Outline
from tui.library.scan import FolderFound, is_state


class Entry:
    """A card file in its folder."""

    __slots__ = ("file", "folder", "outline")

    def __init__(self, file: str, folder: Folder) -> None:
        self.file = file
        self.folder = folder
        self.outline: Outline | None = None
        """None until the file has been read."""

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


class Tree:
    """The folders that were opened; the rows on display follow from what is open and from the filter."""

    def __init__(self) -> None:
        self.roots: list[Folder] = []
        self.entries: list[Entry] = []
        """Every card, in the order in which it was found."""

        self.words: tuple[str, ...] = ()
        """What a card's path or name must contain, all of it, regardless of case."""

        self.hides_other_files = False
        """Whether files that are no cards are left out."""

        self._by_parts: dict[tuple[int, tuple[str, ...]], Folder] = {}

    def add(self, root: int, found: FolderFound) -> None:
        """Take in a listed folder of the path number `root`; its parents come before it."""
        folder = self._by_parts.get((root, found.parts))
        if folder is None:
            parent = self._by_parts.get((root, found.parts[:-1]))
            folder = Folder(found.parts[-1], found.path, parent)
            self._by_parts[root, found.parts] = folder
            if parent is None:
                self.roots.append(folder)
                folder.is_open = True
            else:
                parent.folders[folder.name] = folder
        elif found.cards:
            folder.path = found.path  # a Hub cache folder: its cards lie in an inner one
        folder.error = found.error
        is_first = not self.entries
        new = [Entry(name, folder) for name in found.cards]
        folder.entries += new
        self.entries += new
        above: Folder | None = folder
        while above is not None:
            above.count += len(new)
            if is_first and new:
                above.is_open = True
            above = above.parent

    def learn(self, entry: Entry, outline: Outline) -> None:
        """Take in what was read of a card file."""
        is_news = entry.outline is None
        entry.outline = outline
        above: Folder | None = entry.folder if is_news and not outline.is_card and not outline.error else None
        while above is not None:
            above.others += 1
            above = above.parent

    @property
    def card_count(self) -> int:
        """How many card files there are, as far as they are known to be cards."""
        return len(self.entries) - sum(root.others for root in self.roots)

    def rows(self) -> list[Row]:
        """The rows on display, top to bottom."""
        filtered = bool(self.words) or self.hides_other_files
        found: list[Row] = []
        for root in self.roots:
            found += self._filtered(root, 0) if filtered else self._open(root, 0)
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

    def _filtered(self, folder: Folder, depth: int) -> list[Row]:
        """The rows that pass the filter; a folder is shown open while words are sought in it."""
        if lone := folder.lone:
            return [Row(depth, lone)] if self._passes(lone, folder.inner.lower()) else []
        inner = folder.inner.lower()
        rows = [Row(depth + 1, entry) for entry in folder.entries if self._passes(entry, inner)]
        count = len(rows)
        for below in folder.folders.values():
            deeper = self._filtered(below, depth + 1) if below.count else []
            if deeper:
                rows += deeper
                count += deeper[0].count or 1
        if not rows and folder.parent is not None:
            return []
        head = Row(depth, folder, count)
        return [head, *rows] if folder.is_open or self.words else [head]

    def _passes(self, entry: Entry, inner: str) -> bool:
        known = entry.outline
        if self.hides_other_files and known and not known.is_card and not known.error:
            return False
        if not self.words:
            return True
        text = f"{inner}/{entry.file.lower()}\n{known.name.lower() if known else ''}"
        return all(word in text for word in self.words)

    def reveal(self, entry: Entry) -> None:
        """Open the folders above a card."""
        folder: Folder | None = entry.folder
        while folder is not None:
            folder.is_open = True
            folder = folder.parent
