"""The settings in force for a command: a person's own, and those of the folder that is opened."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli.output import CommandError, say
from tui.library.own_folders import own_folder
from tui.library.scan import STDIN
from tui.settings import DEFAULTS, Settings

if TYPE_CHECKING:
    from tui.config.read import Found

_FOLDER_FILE = ".cardtui.toml"


@dataclass(frozen=True, slots=True)
class Configured:
    """The settings in force, and what is to be said of the folder's."""

    settings: Settings = DEFAULTS
    notes: tuple[str, ...] = ()
    """What is wrong in a folder's file, which stops nothing."""

    own: Found | None = None
    folder: Found | None = None
    """What was found where, None where there is no file."""


def config_file() -> Path:
    """Where a person's own settings are looked for."""
    return own_folder("CONFIG") / "config.toml"


def settings_for(paths: Sequence[str]) -> Settings:
    """The settings in force for a command on some PATHs; what is wrong in a folder's is said."""
    found = configured(paths)
    for note in found.notes:
        say(note)
    return found.settings


def configured(paths: Sequence[str]) -> Configured:
    """The settings in force for some PATHs; raises CommandError, with all of them, for mistakes in a person's own.

    A folder's file counts where that folder alone is opened: with several PATHs, one folder's would hold for the
    cards of another.
    """
    own_file = config_file()
    opened = [Path(path) for path in paths if Path(path) != STDIN and os.path.isdir(path)]  # noqa: PTH112 - never raises
    folders = [folder for folder in opened if _is_there(folder / _FOLDER_FILE)]
    own, folder = _is_there(own_file), len(paths) == 1 and bool(folders)
    left_alone = tuple(f"{path / _FOLDER_FILE} is left alone: several PATHs are opened" for path in folders)
    if not own and not folder:
        return Configured(notes=left_alone)
    from tui.config.read import NOTHING, read_folder, read_own, settings_of  # noqa: PLC0415 - most people set nothing

    of_person = read_own(own_file) if own else NOTHING
    if of_person.mistakes:
        raise CommandError(*map(str, of_person.mistakes))
    of_folder = read_folder(folders[0]) if folder else NOTHING
    notes = tuple(map(str, of_folder.mistakes)) if folder else left_alone
    return Configured(settings_of(of_person, of_folder), notes, of_person, of_folder)


def _is_there(path: Path) -> bool:
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return False
    except OSError:  # which is said when it is read
        return True
    return True
