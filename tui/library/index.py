"""What was read of cards, remembered between starts: a database in the person's cache folder.

It may be deleted at any time and is never trusted over the files. Every row has a checksum and names the program that
read it, so that what a crash, a full disk or another version left there is not believed but read anew. Errors of the
database never reach the person: what cannot be remembered is read again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
import sys
import time
import zlib
from dataclasses import astuple
from pathlib import Path

from tui.judge.rules import Rules
from tui.library.outline import Outline, outline_of
from tui.library.place import Place, Read
from tui.library.stamp import is_current

_TABLE = "cards_1"
"""The number is that of the table's columns."""

_MOST_BYTES = 4_000_000_000
"""A larger index is begun anew: files that were deleted long ago may fill it."""

_PATIENCE = 1.0
"""Seconds that another session's writing is waited for."""

_BATCH = 500
_PAUSE = 1.0
"""Cards, or seconds, after which what was read is written."""

_CREATE = f"""
CREATE TABLE IF NOT EXISTS {_TABLE} (
    folder BLOB NOT NULL, file BLOB NOT NULL, made_by TEXT NOT NULL, stamp TEXT NOT NULL, outline BLOB NOT NULL,
    outline_checksum INTEGER NOT NULL, facts BLOB NOT NULL, facts_checksum INTEGER NOT NULL, PRIMARY KEY (folder, file)
)"""  # no `WITHOUT ROWID`: rows are too long for it to pay
_OTHERS = "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'cards!_%' ESCAPE '!' AND name != ?"
_OUTLINES = f"SELECT file, stamp, outline, outline_checksum FROM {_TABLE} WHERE folder = ? AND made_by = ?"  # noqa: S608
_GET = f"SELECT stamp, facts, facts_checksum FROM {_TABLE} WHERE folder = ? AND file = ? AND made_by = ?"  # noqa: S608
_PUT = f"INSERT OR REPLACE INTO {_TABLE} VALUES (?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608

_TROUBLE = (sqlite3.Error, ValueError, MemoryError)
"""What the database may raise: of a damaged one, also that its message is no text."""


class Index:
    """The index at a path, None: one that remembers nothing. To be used by one thread."""

    def __init__(self, path: Path | None, rules: Rules) -> None:
        self._path = path
        self._made_by = _program(rules) if path else ""
        self._pending: list[tuple[bytes, bytes, str, str, bytes, int, bytes, int]] = []
        self._folder = b""
        self._outlines: dict[bytes, tuple[str, bytes, int]] = {}
        """What is known of the cards in that folder."""

        self._written = time.monotonic()
        self._is_writable = path is not None
        self._database = self._opened()

    @property
    def remembers(self) -> bool:
        """Whether there is anything to look up in it."""
        return self._database is not None

    def outline(self, place: Place) -> Outline | None:
        """What the tree shows of a card that has not changed since; quicker than `get` for folder after folder."""
        if self._database is None:
            return None
        folder, file = place.key
        if folder != self._folder:
            self._folder, self._outlines = folder, self._outlines_of(folder)
        row = self._outlines.get(file)
        try:
            if row is None or not self._holds((folder, file, row[0], row[1]), row[2], place):
                return None
            return Outline(*json.loads(row[1]))
        except (AttributeError, TypeError, ValueError):  # a damaged row
            return None

    def _outlines_of(self, folder: bytes) -> dict[bytes, tuple[str, bytes, int]]:
        if self._database is None:
            return {}
        try:
            rows = self._database.execute(_OUTLINES, (folder, self._made_by))
            return {file: (told, outline, checksum) for file, told, outline, checksum in rows}
        except _TROUBLE as error:
            self._failed(error)
        except TypeError:  # a damaged row
            pass
        return {}

    def _holds(self, row: tuple[bytes, bytes, str, bytes], checksum: int, place: Place) -> bool:
        """Whether a row (folder, file, stamp, content) is as it was written, and its card as it was read."""
        return checksum == self._checksum(*row) and is_current(row[2], place.folder, place.own_name)

    def get(self, place: Place) -> Read | None:
        """What is known of a card that has not changed since; None where that is nothing."""
        if self._database is None:
            return None
        folder, file = place.key
        try:
            row = self._database.execute(_GET, (folder, file, self._made_by)).fetchone()
            if row is None:
                return None
            told, known, checksum = row
            return Read(known) if self._holds((folder, file, told, known), checksum, place) else None
        except _TROUBLE as error:
            self._failed(error)
        except (AttributeError, TypeError):  # a damaged row
            pass
        return None

    def put(self, place: Place, read: Read) -> None:
        """Remember what was read of a card; it is written with others, later."""
        if not (self._is_writable and read.known and read.stamp):
            return
        folder, file = place.key
        known = read.known
        outline = json.dumps(astuple(outline_of(read.facts))).encode()
        checksums = [self._checksum(folder, file, read.stamp, content) for content in (outline, known)]
        self._pending.append((folder, file, self._made_by, read.stamp, outline, checksums[0], known, checksums[1]))
        if len(self._pending) >= _BATCH or time.monotonic() - self._written > _PAUSE:
            self.write()

    def write(self) -> None:
        """Write what is to be remembered."""
        self._written = time.monotonic()
        if self._database is None or not self._pending:
            return
        try:
            with self._database:
                self._database.executemany(_PUT, self._pending)
            self._pending.clear()
        except _TROUBLE as error:
            self._failed(error)
            if len(self._pending) > _BATCH * 20:  # another session writes all the time
                self._pending.clear()

    def close(self) -> None:
        """Write the rest and let go of the file."""
        self.write()
        self._disconnect()

    def _checksum(self, folder: bytes, file: bytes, told: str, content: bytes) -> int:
        head = b"\0".join((folder, file, self._made_by.encode(), told.encode()))
        return zlib.crc32(content, zlib.crc32(head))

    def _opened(self) -> sqlite3.Connection | None:
        """The database; one that is damaged or too large is begun anew. None where there can be none."""
        if self._path is None:
            return None
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            if self._path.exists() and self._path.stat().st_size > _MOST_BYTES:
                self._path.unlink()
        except OSError:
            pass
        for _ in range(2):
            try:
                return self._connected()
            except _TROUBLE as error:
                if not _is_damage(error):  # no folder, no right to read it, a disk that is full
                    return None
                self._remove()
        return None

    def _connected(self) -> sqlite3.Connection:
        with contextlib.ExitStack() as failing:
            database = sqlite3.connect(str(self._path), timeout=_PATIENCE, isolation_level="IMMEDIATE")
            failing.callback(database.close)
            database.execute("PRAGMA synchronous = OFF")  # what a power cut leaves is told by the checksums
            database.execute("PRAGMA trusted_schema = OFF")
            try:
                with database:
                    database.execute(_CREATE)
                    for (name,) in database.execute(_OTHERS, (_TABLE,)).fetchall():  # of another version
                        database.execute(f"DROP TABLE {name}")
            except sqlite3.OperationalError:  # read-only, full, or another session is writing
                self._is_writable = False
            database.execute(_GET, (b"", b"", "")).fetchone()
            failing.pop_all()
        return database

    def _failed(self, error: Exception) -> None:
        """Go on without what failed: a locked file later, a full disk without writing, a damaged file not at all."""
        if _is_busy(error):
            return
        self._pending.clear()
        self._is_writable = False
        if _is_damage(error):  # the next start begins anew
            self._disconnect()
            self._remove()

    def _disconnect(self) -> None:
        if self._database is not None:
            with contextlib.suppress(*_TROUBLE):
                self._database.close()
            self._database = None

    def _remove(self) -> None:
        for ending in ("", "-journal"):
            with contextlib.suppress(OSError):
                Path(f"{self._path}{ending}").unlink(missing_ok=True)


def _is_busy(error: Exception) -> bool:
    """Whether another session is writing."""
    return isinstance(error, sqlite3.OperationalError) and "locked" in str(error)


def _is_damage(error: Exception) -> bool:
    """Whether the file itself is to blame, rather than the disk, the rights to it or another session."""
    causes = ("unable to open", "readonly", "locked", "full", "I/O")
    return not (isinstance(error, sqlite3.OperationalError) and any(cause in str(error) for cause in causes))


def _program(rules: Rules) -> str:
    """What reads and judges: the files of this program by size and time of change, and a person's rules."""
    package = Path(__file__).parents[1]
    files = sorted(file for room in ("cards", "judge") for file in (package / room).rglob("*.py"))
    states = [(file.name, found.st_size, found.st_mtime_ns) for file in files if (found := file.stat())]
    said = [sys.version, states, repr(rules)]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]
