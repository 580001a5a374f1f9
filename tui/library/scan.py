"""Paths → the card files below them, folder by folder, in the order of the tree.

A run whose card is not written yet is listed by the state that the Trainer left in it. What was scanned can be
listed again by folder when something in it has changed.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tui.cards.run_files import ALL_RESULTS, EVAL_RESULTS, STATE, TRAIN_RESULTS, checkpoint_step

RUN_FILES = frozenset({STATE, ALL_RESULTS, TRAIN_RESULTS, EVAL_RESULTS})
"""What the Trainer writes beside a card, which is read with it."""

ENVIRONMENT_MARK = "pyvenv.cfg"
"""The file by which a folder is known as a virtual environment."""

_SKIPPED = frozenset({"node_modules", "__pycache__"})
_MARKDOWN = (".md", ".markdown")
_HUB_FOLDER = re.compile(r"models--(.+)")
_DIGITS = re.compile(r"\d+")


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

    folders: tuple[str, ...] = ()
    """The folders that stand below it, as their `parts` end, in natural order; more than those that are found are
    named: environments are among them."""

    run_files: tuple[str, ...] = ()
    """The files of a run that lie beside its cards, sorted."""

    stamp: int = 0
    """Its `stamp_of` before it was listed; `DOUBTFUL` where it had changed right before; 0 where it was not listed: it
    could not be, it stands in the tree already, or one file of it was named outright."""

    is_gone: bool = False
    """Whether it was there once and is no more."""


@dataclass(frozen=True, slots=True)
class FolderWanted:
    """A folder of the tree that is to be listed again."""

    root: int
    """The number of the path that it was found below."""

    path: str
    """As the file system knows it."""

    parts: tuple[str, ...]
    """Its place in the tree."""

    known: frozenset[str] = frozenset()
    """The names of the folders below it that need not be listed again."""

    top: str = ""
    """The path that was opened, as the file system knows it: links that lead below it are not followed."""


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
        yield from _Scan().folders(str(path), (hub_name(name) or name,))
    else:
        folder = path.absolute().parent
        yield FolderFound(str(folder), (folder.name or "/",), (path.name,))


def scan_again(wanted: FolderWanted) -> Iterator[FolderFound]:
    """List a folder as it is now, first itself, then what stands below it and is not `known`.

    The rules are those of `scan`, but that a new link to a folder is followed only where that lies outside of what was
    opened: within, it has its place already.
    """
    yield from _Scan(wanted).folders(wanted.path, wanted.parts)


def stamp_of(status: os.stat_result) -> int:
    """A number, never 0, that is another one when a file or the listing of a folder has changed."""
    return hash((status.st_mtime_ns, status.st_ctime_ns, status.st_size)) or 1


DOUBTFUL = 1
"""The stamp of a folder whose next change may bear the same time as its last."""

_TICKS = 50_000_000
"""Nanoseconds in which the clock that file systems use has certainly gone on: kernels let it tick in up to 10 ms."""


def _settled_stamp(status: os.stat_result) -> int:
    return stamp_of(status) if time.time_ns() - status.st_mtime_ns > _TICKS else DOUBTFUL


class _Scan:
    """One walk through folders; each is listed once."""

    def __init__(self, again: FolderWanted | None = None) -> None:
        self._seen: set[tuple[int, int]] = set()
        self._again = again
        self._top = os.path.realpath(again.top) if again else ""

    def folders(self, start: str, start_parts: tuple[str, ...]) -> Iterator[FolderFound]:
        """The folder `start` and those below it, depth first."""
        stack: list[tuple[str, tuple[str, ...]]] = [(start, start_parts)]
        while stack:
            path, parts = stack.pop()
            is_start = path == start
            try:
                status = os.stat(path)  # noqa: PTH116 - strings are four times as fast as Path objects
                inode = (status.st_dev, status.st_ino)
                if inode in self._seen or (self._again and not is_start and self._leads_back(path)):
                    yield FolderFound(path, parts, ())
                    continue
                self._seen.add(inode)
                with os.scandir(path) as entries:
                    folders, files, dangling = _sorted_out(entries)
            except OSError as error:
                is_gone = bool(self._again) and isinstance(error, FileNotFoundError | NotADirectoryError)
                if is_start or not is_gone:
                    reason = (error.strerror or str(error)).lower()
                    yield FolderFound(path, parts, (), reason, is_gone=is_gone)
                continue
            if ENVIRONMENT_MARK in files and len(parts) > 1:
                if self._again and is_start:
                    yield FolderFound(path, parts, (), is_gone=True)
                continue
            cards = tuple(_cards(path, folders, files, dangling, is_below=len(parts) > 1))
            below = [(name, _place(parts, path, name)) for name in sorted(folders, key=order)]
            places = tuple([place[-1] for _, place in below if len(place) > len(parts)])
            run_files = tuple(sorted(RUN_FILES.intersection(files)))
            yield FolderFound(path, parts, cards, "", places, run_files, _settled_stamp(status))
            if is_start and self._again:
                below = [(name, place) for name, place in below if place[-1] not in self._again.known]
            stack += [(f"{path}{os.sep}{name}", place) for name, place in reversed(below)]

    def _leads_back(self, path: str) -> bool:
        """Whether a folder that was not there before is a link into what was opened, or to a folder above that."""
        if not os.path.islink(path):  # noqa: PTH114 - as above
            return False
        target = os.path.realpath(path)
        if Path(self._top).is_relative_to(target):
            return True
        below = Path(target)
        return below.is_relative_to(self._top) and not any(map(is_skipped, below.relative_to(self._top).parts))


def _cards(path: str, folders: list[str], files: list[str], dangling: Sequence[str], *, is_below: bool) -> list[str]:
    """The card files of a folder, and first a state of its run where there is no ``README.md``."""
    cards = [name for name in sorted([*files, *dangling], key=order) if _is_card_file(path, name)]
    if not any(map(is_readme, files)) and (state := _state(path, folders, files, is_below)):
        cards.insert(0, state)
    return cards


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


def is_skipped(folder: str) -> bool:
    """Whether a folder of this name is left out: hidden, or of a tool."""
    return folder.startswith(".") or folder in _SKIPPED


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
    from tui.cards.read import CardFileError, sniff  # noqa: PLC0415 - the first names are there before it is loaded

    try:
        return sniff(Path(folder, name))
    except CardFileError:
        return False


def _place(parts: tuple[str, ...], path: str, name: str) -> tuple[str, ...]:
    """Where a folder stands in the tree; the Hub's cache shows as ``owner/name``, without its inner folders."""
    if shown := hub_name(name):
        return (*parts, shown)
    above, _, folder = path.rpartition(os.sep)
    if (name == "snapshots" and hub_name(folder)) or (
        folder == "snapshots" and hub_name(above.rpartition(os.sep)[2]) and _is_only_folder(path)
    ):
        return parts
    return (*parts, name)


def hub_name(name: str) -> str:
    """``owner/name`` of a repository's folder in the Hub's cache, else empty."""
    match = _HUB_FOLDER.fullmatch(name)
    return match[1].replace("--", "/", 1) if match else ""


def is_hub_folder(path: str) -> bool:
    """Whether a folder is a repository's in the Hub's cache, or the one of its snapshots."""
    above, _, name = path.rpartition(os.sep)
    return bool(hub_name(name) or (name == "snapshots" and hub_name(above.rpartition(os.sep)[2])))


def _is_only_folder(path: str) -> bool:
    """Whether a folder of snapshots has but one."""
    with os.scandir(path) as entries:
        return sum(not entry.name.startswith(".") for entry in entries) == 1


def order(name: str) -> tuple[bool, str, str]:
    """Natural order: ``run-2`` before ``run-10``, a ``README.md`` before everything."""
    lower = name.lower()
    return (lower != "readme.md", natural(lower), lower)


def natural(text: str) -> str:
    """What to sort by so that texts stand in natural order, regardless of case.

    >>> sorted(["Run-10", "run-2", "run-a"], key=natural)
    ['run-2', 'Run-10', 'run-a']
    """
    return _DIGITS.sub(_by_length, text.casefold())


def _by_length(digits: re.Match[str]) -> str:
    """A number behind the count of its digits: of those with more, the larger one comes later."""
    number = str(int(digits[0]))
    return f"{chr(len(number))}{number}"
