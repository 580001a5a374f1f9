"""Folders of small cards."""

from __future__ import annotations

from pathlib import Path

from tests.cards.making import front, trainer_card
from tests.cards.runs import state
from tui.library.outline import Outline, outline_of
from tui.library.place import Place, read_place
from tui.library.scan import scan
from tui.library.tree import Entry, Tree

CARD = trainer_card()
NO_CARD = "# Notes\n\nBuy milk.\n"
UNTITLED = front("license: mit") + "words\n"


def plant(root: Path, *files: str, text: str = CARD) -> Path:
    """Write a card at each of the paths below `root`."""
    for file in files:
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def grown(*paths: Path) -> Tree:
    """The tree of everything below the paths."""
    tree = Tree()
    for number, path in enumerate(paths):
        for found in scan(path):
            tree.add(number, found)
    return tree


def entry_at(tree: Tree, shown: str) -> Entry:
    """The card that people see at a path."""
    return next(entry for entry in tree.entries if entry.shown == shown)


def train(root: Path, *files: str) -> Path:
    """Write a state of a training at each of the paths below `root`."""
    return plant(root, *files, text=state())


def outline(path: Path, own_name: str = "") -> Outline:
    """What the tree shows of the file at a path."""
    read = read_place(Place(str(path.parent), path.name, own_name or path.stem))
    return outline_of(read.facts, read.error)
