"""Paths → the card files below them, folder by folder, in the order of the tree.

A run whose card is not written yet is listed by the state that the Trainer left in it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tui.cards.read import CardFileError, sniff
from tui.cards.run_files import STATE, checkpoint_step

_SKIPPED = frozenset({"node_modules", "__pycache__"})
_ENVIRONMENT_MARK = "pyvenv.cfg"
_MARKDOWN = (".md", ".markdown")
_HUB_FOLDER = re.compile(r"models--(.+)")
_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class FolderFound:
    """A folder that was listed."""

    path: str
    """As the file system knows it."""

    parts: tuple[str, ...]
    """Its place in the tree: names from the given path down, as people should see them."""

    cards: tuple[str, ...]
    """The names of its card files, in natural order, ``README.md`` first; links that lead nowhere are among them.

    In the folder of a run without one, a state of the training is in its place: ``trainer_state.json``, or
    ``checkpoint-500/trainer_state.json`` of the last checkpoint that has one.
    """

    error: str = ""
    """Why it could not be listed, else empty."""


STDIN = Path("-")
"""The path that stands for standard input."""


def scan(path: Path) -> Iterator[FolderFound]:
    """List every folder below a path that the tree should know, itself first, depth first.

    Hidden folders, environments and caches are skipped; links to folders are followed, each folder once. A card
    file, and standard input, come as a folder that holds nothing else.
    """
    if path == STDIN:
        yield FolderFound("", ("standard input",), (str(STDIN),))
    elif path.is_dir():
        name = path.name or path.absolute().name or str(path.absolute())
        yield from _folders(path, _hub_name(name) or name)
    else:
        folder = path.absolute().parent
        yield FolderFound(str(folder), (folder.name or "/",), (path.name,))


def _folders(root: Path, shown: str) -> Iterator[FolderFound]:
    seen: set[tuple[int, int]] = set()
    stack: list[tuple[str, tuple[str, ...]]] = [(str(root), (shown,))]
    while stack:
        path, parts = stack.pop()
        try:
            status = os.stat(path)  # noqa: PTH116 - strings are four times as fast as Path objects
            if (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            with os.scandir(path) as entries:
                folders, files, dangling = _sorted_out(entries)
        except OSError as error:
            yield FolderFound(path, parts, (), (error.strerror or str(error)).lower())
            continue
        if _ENVIRONMENT_MARK in files and len(parts) > 1:
            continue
        has_readme = any(map(is_readme, files))
        cards = [name for name in sorted([*files, *dangling], key=order) if _is_card_file(path, name)]
        if not has_readme and (state := _state(path, folders, files, len(parts) > 1)):
            cards.insert(0, state)
        yield FolderFound(path, parts, tuple(cards))
        below = sorted(folders, key=order, reverse=True)
        stack += [(f"{path}{os.sep}{name}", _place(parts, path, name)) for name in below]


def _sorted_out(entries: Iterator[os.DirEntry[str]]) -> tuple[list[str], list[str], list[str]]:
    """(folders to be visited, files, links that lead nowhere) of a listing."""
    folders: list[str] = []
    files: list[str] = []
    dangling: list[str] = []
    for entry in entries:
        name = entry.name
        try:
            is_folder, is_file = entry.is_dir(), entry.is_file()
            if not is_folder and not is_file and entry.is_symlink():
                entry.stat()
        except OSError:
            dangling.append(name)
            continue
        if is_folder and not name.startswith(".") and name not in _SKIPPED:
            folders.append(name)
        elif is_file:  # and no pipe or device, which would be waited for
            files.append(name)
    return folders, files, dangling


def is_readme(file: str) -> bool:
    """Whether a card file is the one that its folder is about."""
    return file.lower() in {"readme.md", "readme.markdown"}


def is_state(file: str) -> bool:
    """Whether a card file of a folder is a state of its run, rather than a text."""
    return file.rpartition("/")[2] == STATE


def _state(path: str, folders: list[str], files: list[str], is_below: bool) -> str:
    """The state that stands for the run in a folder, else empty; a checkpoint below its run belongs to that."""
    if is_below and checkpoint_step(path.rpartition(os.sep)[2]) is not None:
        return ""
    if STATE in files:
        return STATE
    steps = {step: name for name in folders if (step := checkpoint_step(name)) is not None}
    states = (f"{steps[step]}/{STATE}" for step in sorted(steps, reverse=True))
    return next((state for state in states if os.path.isfile(f"{path}{os.sep}{state}")), "")  # noqa: PTH113 - as above


def _is_card_file(folder: str, name: str) -> bool:
    lower = name.lower()
    if lower.endswith(_MARKDOWN):
        return not name.startswith(".")
    if not lower.endswith(".txt"):
        return False
    try:
        return sniff(Path(folder, name))
    except CardFileError:
        return False


def _place(parts: tuple[str, ...], path: str, name: str) -> tuple[str, ...]:
    """Where a folder stands in the tree; the Hub's cache shows as ``owner/name``, without its inner folders."""
    if hub_name := _hub_name(name):
        return (*parts, hub_name)
    above, _, folder = path.rpartition(os.sep)
    if (name == "snapshots" and _hub_name(folder)) or (
        folder == "snapshots" and _hub_name(above.rpartition(os.sep)[2]) and _is_only_folder(path)
    ):
        return parts
    return (*parts, name)


def _hub_name(name: str) -> str:
    """``owner/name`` of a repository's folder in the Hub's cache, else empty."""
    match = _HUB_FOLDER.fullmatch(name)
    return match[1].replace("--", "/", 1) if match else ""


def _is_only_folder(path: str) -> bool:
    """Whether a folder of snapshots has but one."""
    with os.scandir(path) as entries:
        return sum(not entry.name.startswith(".") for entry in entries) == 1


def order(name: str) -> tuple[bool, list[tuple[int, str]]]:
    """Natural order: ``run-2`` before ``run-10``, a ``README.md`` before everything."""
    lower = name.lower()
    if not any(character.isdigit() for character in lower):
        return (lower != "readme.md", [(0, lower)])
    pieces = _DIGITS.split(lower)
    return (True, [(int(piece) if piece.isdecimal() else 0, piece) for piece in pieces])
