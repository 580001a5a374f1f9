"""Linux's inotify: which names changed in which folders, without a look at the folders themselves.

It is called by itself rather than through `watchfiles`: that holds Python's lock until every folder below is watched
(2 s for 100,000, for ever where a file system hangs), watches what a scan leaves out too, wakes up many times a second,
and keeps silent when the kernel lost changes.
"""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntFlag

_EVENT = struct.Struct("iIII")
_READ = 65_536


class Mask(IntFlag):
    """What happened, as the kernel says it."""

    ATTRIB = 0x4
    CLOSE_WRITE = 0x8
    MOVED_FROM = 0x40
    MOVED_TO = 0x80
    CREATE = 0x100
    DELETE = 0x200
    DELETE_SELF = 0x400
    MOVE_SELF = 0x800
    UNMOUNT = 0x2000
    OVERFLOW = 0x4000
    IGNORED = 0x8000
    ONLYDIR = 0x1000000
    ISDIR = 0x40000000


LISTING = Mask.CREATE | Mask.DELETE | Mask.MOVED_FROM | Mask.MOVED_TO
"""After these a folder is listed differently."""

_WANTED = LISTING | Mask.ATTRIB | Mask.CLOSE_WRITE | Mask.DELETE_SELF | Mask.MOVE_SELF | Mask.ONLYDIR
"""Not every write: a training that writes gigabytes beside a card causes one event a file."""


@dataclass(frozen=True, slots=True)
class Event:
    """A change in a folder that is watched."""

    folder: str
    """Its path, as it was given; empty after an overflow."""

    mask: Mask
    name: str = ""
    """Of the file or folder in it; empty where the folder itself is meant."""


class NoInotifyError(Exception):
    """There is no inotify on the system, or no more of it for us."""


class Inotify:
    """The folders that are watched; `fileno` can be waited for."""

    def __init__(self) -> None:
        try:
            self._library = ctypes.CDLL(None, use_errno=True)
            self._fd: int = self._library.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        except (AttributeError, OSError, TypeError) as error:
            raise NoInotifyError from error
        if self._fd < 0:
            raise NoInotifyError(os.strerror(ctypes.get_errno()))
        self._folders: list[str] = []
        """By the number of the watch, from 1; empty where it ended. A list, since numbers are given in turn."""

    def fileno(self) -> int:
        """What can be waited for with `select`."""
        return self._fd

    def watch(self, folder: str) -> bool:
        """Watch a folder, once more at will: one that was renamed is known by its new path then.

        False where it cannot be: it is gone, or the system's limit is reached.
        """
        number: int = self._library.inotify_add_watch(self._fd, os.fsencode(folder), _WANTED.value)
        if number < 0:
            return False
        while len(self._folders) <= number:
            self._folders.append("")
        self._folders[number] = folder
        return True

    @property
    def folders(self) -> list[str]:
        """The folders that are watched."""
        return [folder for folder in self._folders if folder]

    def read(self) -> Iterator[Event]:
        """What happened since the last reading; it does not wait."""
        try:
            data = os.read(self._fd, _READ)
        except BlockingIOError:
            return
        at = 0
        while at < len(data):
            number, bits, _, length = _EVENT.unpack_from(data, at)
            name = os.fsdecode(data[at + _EVENT.size : at + _EVENT.size + length].rstrip(b"\0"))
            at += _EVENT.size + length
            mask = Mask(bits)
            if mask & Mask.OVERFLOW:
                yield Event("", mask)
                continue
            folder = self._folders[number] if 0 < number < len(self._folders) else ""
            if mask & Mask.IGNORED and folder:
                self._folders[number] = ""
            elif folder:
                yield Event(folder, mask, name)

    def close(self) -> None:
        """Watch nothing any more."""
        os.close(self._fd)
