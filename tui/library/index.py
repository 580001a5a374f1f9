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
from pathlib import Path

from tui.judge.rules import Rules
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
    folder BLOB NOT NULL, file BLOB NOT NULL, made_by TEXT NOT NULL, stamp TEXT NOT NULL, facts BLOB NOT NULL,
    checksum INTEGER NOT NULL, PRIMARY KEY (folder, file)
)"""  # no `WITHOUT ROWID`: rows are too long for it to pay
_GET = f"SELECT stamp, facts, checksum FROM {_TABLE} WHERE folder = ? AND file = ? AND made_by = ?"  # noqa: S608
_PUT = f"INSERT OR REPLACE INTO {_TABLE} VALUES (?, ?, ?, ?, ?, ?)"  # noqa: S608


_TROUBLE = (sqlite3.Error, ValueError, MemoryError)
"""What the database may raise: of a damaged one, also that its message is no text."""


class Index:
    """The index at a path, None: one that remembers nothing. To be used by one thread."""

    def __init__(self, path: Path | None, rules: Rules) -> None:
        self._path = path
        self._made_by = _program(rules) if path else ""
        self._pending: list[tuple[bytes, bytes, str, str, bytes, int]] = []
        self._written = time.monotonic()
        self._is_writable = path is not None
        self._database = self._opened()

    @property
    def remembers(self) -> bool:
        """Whether there is anything to look up in it."""
        return self._database is not None

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
            if checksum != _checksum(folder, file, self._made_by, told, known):
                return None
            return Read(known) if is_current(told, place.folder, place.own_name) else None
        except _TROUBLE as error:
            self._failed(error)
        except TypeError:  # a damaged row
            pass
        return None

    def put(self, place: Place, read: Read) -> None:
        """Remember what was read of a card; it is written with others, later."""
        if not (self._is_writable and read.known and read.stamp):
            return
        folder, file = place.key
        checksum = _checksum(folder, file, self._made_by, read.stamp, read.known)
        self._pending.append((folder, file, self._made_by, read.stamp, read.known, checksum))
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
        database = sqlite3.connect(str(self._path), timeout=_PATIENCE, isolation_level="IMMEDIATE")
        try:
            database.execute("PRAGMA synchronous = OFF")  # what a power cut leaves is told by the checksums
            database.execute("PRAGMA trusted_schema = OFF")
            try:
                with database:
                    database.execute(_CREATE)
            except sqlite3.OperationalError:  # read-only, full, or another session is writing
                self._is_writable = False
            database.execute(_GET, (b"", b"", "")).fetchone()
        except BaseException:
            database.close()
            raise
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


def _checksum(folder: bytes, file: bytes, made_by: str, told: str, known: bytes) -> int:
    return zlib.crc32(known, zlib.crc32(b"\0".join((folder, file, made_by.encode(), told.encode()))))


def _program(rules: Rules) -> str:
    """What reads and judges: the files of this program by size and time of change, and a person's rules."""
    package = Path(__file__).parents[1]
    files = sorted(file for room in ("cards", "judge") for file in (package / room).rglob("*.py"))
    states = [(file.name, found.st_size, found.st_mtime_ns) for file in files if (found := file.stat())]
    said = [sys.version, states, repr(rules)]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]
