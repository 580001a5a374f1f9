"""Which file systems tell changes, from what Linux says of its mounts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.library.file_system import FileSystems, kind_of, mount_points

MOUNTS = """\
22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw,discard
30 27 0:44 / /home rw,nosuid shared:20 master:3 - nfs4 filer:/home rw,vers=4.2,hard
31 30 0:50 / /home/me/local rw - xfs /dev/nvme0n1 rw
32 27 0:51 / /scratch rw - autofs systemd-1 rw
33 32 0:52 / /scratch rw - lustre 10.0.0.1@tcp:/scratch rw
34 27 0:53 / /my\\040runs rw - fuse.sshfs host:/runs rw
35 27 0:54 / /tab\\011and\\134slash rw - cifs //host/share rw
36 27 0:55 /sub /bound rw - btrfs /dev/sda rw
37 27 0:56 / /mnt/ends - with rw - tmpfs tmpfs rw
38 27 0:57 / /new rw - newfs host rw
nonsense
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "ext4"),
        ("/tmp/cards", "ext4"),
        ("/home/me/cards", "nfs4"),
        ("/home/me/local/cards", "xfs"),
        ("/home/me/localised", "nfs4"),
        ("/homework", "ext4"),
        ("/scratch/cards", "lustre"),
        ("/my runs/a", "fuse.sshfs"),
        ("/tab\tand\\slash", "cifs"),
        ("/bound/a", "btrfs"),
    ],
)
def test_a_path_lies_on_the_file_system_of_the_longest_mount_point(path: str, kind: str) -> None:
    assert kind_of(path, mount_points(MOUNTS)) == kind


def test_without_mounts_no_kind_is_known() -> None:
    assert kind_of("/home/me", {}) == ""


def told(tmp_path: Path, mounts: str, path: str, device: int = 1) -> bool:
    (tmp_path / "mountinfo").write_text(mounts)
    return FileSystems(tmp_path / "mountinfo").tells(path, device)


OVERLAY = "27 1 0:30 / / rw,relatime - overlay overlay rw,lowerdir=/a:/b,upperdir=/c,workdir=/d\n"


@pytest.mark.parametrize(
    ("path", "tells"),
    [("/tmp", True), ("/bound", True), ("/home/me", False), ("/scratch", False), ("/my runs", False), ("/new", False)],
)
def test_only_file_systems_that_no_other_machine_writes_tell_changes(path: str, tells: bool, tmp_path: Path) -> None:
    assert told(tmp_path, MOUNTS, path) is tells


def test_an_overlay_tells_none_but_a_volume_in_it_does(tmp_path: Path) -> None:
    assert not told(tmp_path, OVERLAY, "/data/cards")
    assert told(tmp_path, OVERLAY + "28 27 254:1 / /data rw - ext4 /dev/vdb rw\n", "/data/cards")


def test_links_are_followed_to_where_a_folder_lies(tmp_path: Path) -> None:
    remote = tmp_path / "remote"
    remote.mkdir()
    (tmp_path / "link").symlink_to(remote)
    mounts = MOUNTS + f"40 27 0:60 / {remote} rw - nfs host:/ rw\n"
    assert not told(tmp_path, mounts, str(tmp_path / "link"))
    assert told(tmp_path, mounts, str(tmp_path))


def test_each_file_system_is_asked_for_by_its_device(tmp_path: Path) -> None:
    (tmp_path / "mountinfo").write_text(MOUNTS)
    systems = FileSystems(tmp_path / "mountinfo")
    assert [systems.tells("/home", 44), systems.tells("/tmp", 7), systems.tells("/home/me", 44)] == [False, True, False]


def test_a_system_without_such_a_file_is_asked_to_tell(tmp_path: Path) -> None:
    assert FileSystems(tmp_path / "nowhere").tells("/Users/me", 1)
