"""Path → whether the kernel tells changes below it, by the kind of file system that it lies on."""

from __future__ import annotations

import os
import re
from pathlib import Path

_MOUNTS = Path("/proc/self/mountinfo")

_TELLING = frozenset({
    "apfs", "bcachefs", "btrfs", "erofs", "exfat", "ext2", "ext3", "ext4", "f2fs", "hfs", "hfsplus", "iso9660", "jfs",
    "msdos", "nilfs2", "ntfs3", "ramfs", "reiserfs", "squashfs", "tmpfs", "udf", "ufs", "vfat", "xfs", "zfs",
})  # fmt: skip
"""Kinds on which every change is made by this machine's own kernel. All others are polled, unknown ones too: on network
file systems and FUSE others write, and on overlays a file that is copied up is another one from then on."""

_ESCAPED = re.compile(r"\\([0-7]{3})")


def mount_points(mountinfo: str) -> dict[str, str]:
    r"""Mount point → kind of file system, from the text of ``/proc/self/mountinfo``; of several the last is on top.

    >>> mount_points("27 1 254:0 / / rw - ext4 /dev/vda rw\n30 27 0:9 / /my\\040runs rw shared:1 - nfs4 host:/ rw")
    {'/': 'ext4', '/my runs': 'nfs4'}
    """
    found: dict[str, str] = {}
    for line in mountinfo.splitlines():
        before, separator, after = line.partition(" - ")
        fields, kind = before.split(" "), after.split(" ")[0]
        if separator and len(fields) > 5:
            point = _ESCAPED.sub(lambda match: chr(int(match[1], 8)), fields[4])
            found[point] = kind
    return found


def kind_of(path: str, mounts: dict[str, str]) -> str:
    """The kind of file system that an absolute path without links lies on, empty where that is not known.

    >>> kind_of("/my runs/a", {"/": "ext4", "/my runs": "nfs4", "/my": "xfs"})
    'nfs4'
    """
    while path not in mounts and path != os.path.dirname(path):  # noqa: PTH120 - text of a mount point
        path = os.path.dirname(path)  # noqa: PTH120
    return mounts.get(path, "")


class FileSystems:
    """The file systems of this machine, as they are mounted now."""

    def __init__(self, mountinfo: Path = _MOUNTS) -> None:
        try:
            text = os.fsdecode(mountinfo.read_bytes())
        except OSError:
            text = ""  # another system than Linux: it tells changes, or says that it does not
        self._mounts = mount_points(text)
        self._known: dict[int, bool] = {}

    def tells(self, path: str, device: int) -> bool:
        """Whether changes in a folder are told; `device` is the number of its file system."""
        if device not in self._known:
            kind = kind_of(os.path.realpath(path), self._mounts)
            self._known[device] = not self._mounts or kind in _TELLING
        return self._known[device]
