"""A file of settings → what it sets, line by line, and everything that is wrong in it."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tui import keys as bound
from tui.config.lines import lines_of
from tui.config.table import TABLE, Setting, WrongValueError
from tui.settings import Settings

FOLDER_FILE = ".cardtui.toml"
"""What a folder's own settings are called."""

OWN_BYTES = 1_000_000
FOLDER_BYTES = 64_000
"""Bytes that a file of settings may have: a person's own, and that of a folder."""

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_LONGEST = 60
"""Characters of a key that errors name."""

Name = tuple[str, ...]
"""``("theme",)``, ``("limits", "card_bytes")``, ``("directions", "my score")``."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong in a file of settings."""

    path: str
    line: int
    """From 1; 0 where it is about the file as a whole."""

    reason: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.reason}" if self.line else f"{self.path}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Found:
    """What a file sets."""

    path: str = ""
    values: Mapping[Name, object] = field(default_factory=lambda: MappingProxyType({}))
    """In the order of the file."""

    lines: Mapping[Name, int] = field(default_factory=lambda: MappingProxyType({}))
    """Where each stands."""

    mistakes: tuple[Mistake, ...] = ()


NOTHING = Found()
"""What a file sets that is not there."""


def read_own(path: Path) -> Found:
    """A person's own settings; where there is no such file, none."""
    return _read(path, OWN_BYTES, is_folder=False)


def read_folder(folder: Path) -> Found:
    """What the opened folder sets, which is not trusted: only what concerns its metrics and columns."""
    return _read(folder / FOLDER_FILE, FOLDER_BYTES, is_folder=True)


def settings_of(own: Found, folder: Found = NOTHING) -> Settings:
    """The settings in force: what a folder says of its metrics and columns goes before what a person says of all."""
    values = {**own.values, **folder.values}
    found = Settings()
    directions: dict[str, str] = {}
    for source in (folder, own):  # of two names of one metric the first holds
        for name, value in source.values.items():
            if name[0] == "directions":
                directions.setdefault(name[1], str(value))
    keys = {name[1]: value for name, value in values.items() if name[0] == "keys"}
    for setting in TABLE:
        name = tuple(setting.name.split("."))
        if name in values:
            found = _with(found, (setting.field or setting.name).split("."), values[name])
    return replace(found, directions=MappingProxyType(directions), keys=MappingProxyType(keys))  # type: ignore[arg-type]


def _with(settings: Any, way: Sequence[str], value: object) -> Any:
    """A value with a field of it, or of one of its fields, set."""
    first, *rest = way
    return replace(settings, **{first: _with(getattr(settings, first), rest, value) if rest else value})


# Reading


def _read(path: Path, most: int, *, is_folder: bool) -> Found:
    try:
        data = _bytes(path, most)
    except (FileNotFoundError, NotADirectoryError):
        return NOTHING
    except (OSError, ValueError) as error:
        reason = (error.strerror or str(error)).lower() if isinstance(error, OSError) else str(error)
        return Found(str(path), mistakes=(Mistake(str(path), 0, reason),))
    return _Reading(str(path), is_folder=is_folder).of(data)


def _bytes(path: Path, most: int) -> bytes:
    """What a regular file holds; no pipe is waited for and no device read. Raises OSError or ValueError."""
    opened = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
    with open(opened, "rb") as file:  # noqa: PTH123 - a descriptor
        if not stat.S_ISREG(os.fstat(opened).st_mode):
            raise ValueError("is no regular file")
        data = file.read(most + 1)
    if len(data) > most:
        raise ValueError(f"is larger than {most // 1000:,} kB")
    return data


class _Reading:
    """The reading of one file."""

    def __init__(self, path: str, *, is_folder: bool) -> None:
        self._path = path
        self._is_folder = is_folder
        self._mistakes: list[Mistake] = []
        self._has_wrong_keys = False
        self._values: dict[Name, object] = {}
        self._places: Mapping[tuple[str | int, ...], int] = {}
        self._settings = {setting.name: setting for setting in TABLE}
        self._tables = {name.partition(".")[0] for name in self._settings if "." in name}
        self._tables |= {setting.name for setting in TABLE if setting.is_open}

    def of(self, data: bytes) -> Found:
        """What these bytes set."""
        try:
            written = self._parsed(data)
        except RecursionError:
            self._wrong(0, "is nested too deeply")
            written = {}
        for name, value in written.items():
            self._take(name, value)
        if not self._has_wrong_keys:
            self._check_together()
        lines = {name: self._places.get(name, 0) for name in self._values}
        mistakes = sorted(self._mistakes, key=lambda mistake: mistake.line)
        return Found(self._path, MappingProxyType(self._values), MappingProxyType(lines), tuple(mistakes))

    def _parsed(self, data: bytes) -> dict[str, Any]:
        """The document, empty where it is none."""
        import tomllib  # noqa: PLC0415 - only where there is a file

        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self._wrong(data.count(b"\n", 0, error.start) + 1, "is no UTF-8 text")
            return {}
        try:
            document = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            said = str(error)
            place = _PLACE.search(said)
            line = int(place[1]) if place and place[1] else text.rstrip().count("\n") + 1
            column = f" (column {place[2]})" if place and place[2] else ""
            self._wrong(line, f"is no TOML: {_PLACE.sub('', said)}{column}")
            return {}
        self._places = lines_of(text)
        return document

    def _take(self, name: str, value: object) -> None:
        """A key of the document, and where it is a table, those in it."""
        if name in self._tables:
            if not isinstance(value, dict):
                self._wrong(self._line(name), f"{name} is a table: write [{name}] above its keys")
                return
            setting = self._settings.get(name)
            for inner, one in value.items():
                known = setting or self._settings.get(f"{name}.{inner}")
                if known is None:
                    others = [other.partition(".")[2] for other in self._settings if other.startswith(f"{name}.")]
                    self._unknown((name, inner), inner, others)
                else:
                    self._check(known, (name, inner), one)
            if not value and self._is_folder and setting is None:
                self._refuse((name,))
        elif name in self._settings:
            self._check(self._settings[name], (name,), value)
        else:
            self._unknown((name,), name, [*self._tops()])

    def _tops(self) -> Iterator[str]:
        return iter(dict.fromkeys(setting.name.partition(".")[0] for setting in TABLE))

    def _check(self, setting: Setting, name: Name, value: object) -> None:
        if self._is_folder and not setting.in_folder:
            self._refuse(name)
            return
        if setting.name == "keys" and name[1] not in (actions := sorted({key.name for key in bound.KEYS})):
            self._has_wrong_keys = True
            self._unknown(name, name[1], actions)
            return
        if setting.name == "directions" and not name[1].strip():
            self._wrong(self._line(*name), "directions: a metric without a name")
            return
        try:
            self._values[name] = setting.check(value)
        except WrongValueError as error:
            self._has_wrong_keys |= setting.name == "keys"
            line = self._line(*name) if error.place is None else self._line(*name, error.place)
            near = _near(*error.near) if error.near else ""
            self._wrong(line, f"{_dotted(name)}: {error}{f'; did you mean {near}?' if near else ''}")

    def _check_together(self) -> None:
        """What is only wrong beside something else: a key with two meanings, thresholds in the wrong order."""
        given = {name[1]: value for name, value in self._values.items() if name[0] == "keys"}
        for action, names in given.items():
            mine = {name for key in bound.KEYS if key.name == action for name in key.keys.split(",")}
            for fixed in bound.FIXED:
                if fixed in names and fixed not in mine:  # type: ignore[operator]
                    way = "goes back" if fixed == "escape" else "quits"
                    self._has_wrong_keys = True
                    self._wrong(self._line("keys", action), f"keys.{action}: {bound.shown(fixed)} always {way}")
        if self._has_wrong_keys:
            return
        told: set[tuple[str, str, str]] = set()
        for key, left, right in bound.clashes(bound.changed(given)):  # type: ignore[arg-type]
            first, second = sorted((left, right), key=lambda one: one.name not in given)
            if (key, first.name, second.name) in told:
                continue
            told.add((key, first.name, second.name))
            self._wrong(
                self._line("keys", first.name),
                f"keys.{first.name}: {bound.shown(key)} is also the key of {second.name} ({second.help}, "
                f"{second.scope}); give that another one",
            )

    def _refuse(self, name: Name) -> None:
        self._wrong(
            self._line(*name), f"{_dotted(name)} can be set in your own file only; a folder's sets {_folder_names()}"
        )

    def _unknown(self, name: Name, word: str, known: Sequence[str]) -> None:
        near = _near(word, known)
        hint = f"did you mean {near}?" if near else f"there are {', '.join(known)}" if len(known) < 12 else ""
        self._wrong(self._line(*name), f"no setting is called {_dotted(name)}{f'; {hint}' if hint else ''}")

    def _line(self, *way: str | int) -> int:
        """The line of a value, or of what holds it."""
        while way and way not in self._places:
            way = way[:-1]
        return self._places.get(way, 0)

    def _wrong(self, line: int, reason: str) -> None:
        self._mistakes.append(Mistake(self._path, line, reason))


def _near(word: str, known: Sequence[str]) -> str:
    folded = {name.casefold(): name for name in known}
    found = get_close_matches(word.casefold()[:_LONGEST], folded, 1)
    return folded[found[0]] if found else ""


def _dotted(name: Name) -> str:
    text = ".".join(name)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _folder_names() -> str:
    *most, last = (setting.name for setting in TABLE if setting.in_folder)
    return f"{', '.join(most)} and {last}"
