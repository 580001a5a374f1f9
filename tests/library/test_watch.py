"""What happens to files while they are looked at shows in the tree, told by the kernel or found by polling."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.library.living import Living
from tests.library.making import CARD, entry_at, plant, train
from tui.library import watch
from tui.library.inotify import Event, Inotify, Mask, NoInotifyError
from tui.library.scan import FolderFound, scan

STATE = "trainer_state.json"


def _has_inotify() -> bool:
    try:
        Inotify().close()
    except NoInotifyError:
        return False
    return True


WAYS = ["told", "polled"] if _has_inotify() else ["polled"]
told = pytest.mark.skipif("told" not in WAYS, reason="the kernel tells no changes")


@pytest.fixture(autouse=True)
def _haste(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shorter rounds and rests than people need."""
    monkeypatch.setattr(watch, "_TICK", 0.02)
    monkeypatch.setattr(watch, "_ROUND", 0.1)
    monkeypatch.setattr(watch, "_QUIET", 0.05)


@pytest.fixture(params=WAYS)
def polls(request: pytest.FixtureRequest) -> bool:
    """Whether changes are found by polling; both ways must show the same."""
    return bool(request.param == "polled")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return aged(plant(tmp_path / "cards", "run-1/README.md", "run-2/README.md", "notes/a.md", "notes/b.md"))


def aged(root: Path) -> Path:
    """Let nothing below a folder look as if it had just changed: such folders are listed a second time."""
    for folder in (root, *(path for path in root.rglob("*") if path.is_dir())):
        os.utime(folder, (1_700_000_000, 1_700_000_000))
    return root


ALL = ["notes/a.md", "notes/b.md", "run-1/README.md", "run-2/README.md"]


@pytest.fixture
def living(root: Path, polls: bool) -> Iterator[Living]:
    with Living(root, polls=polls) as living:
        living.settle(root)
        yield living


def test_a_card_that_is_copied_in_appears(living: Living, root: Path) -> None:
    shutil.copy(root / "notes" / "a.md", root / "notes" / "c.md")
    living.until_shown(*ALL, "notes/c.md")
    assert [entry.file for entry in entry_at(living.tree, "notes/a.md").folder.entries] == ["a.md", "b.md", "c.md"]


def test_a_card_that_changes_in_place_is_read_again_and_no_other(living: Living, root: Path) -> None:
    with (root / "notes" / "a.md").open("a") as file:
        file.write("\nMore.\n")
    living.until_read_again("notes/a.md")
    assert {entry.shown for entry in living.touched} == {"notes/a.md"}
    assert living.shown == ALL


def test_a_card_that_is_replaced_is_read_again_and_keeps_its_entry(living: Living, root: Path) -> None:
    before = entry_at(living.tree, "notes/a.md")
    (root / "notes" / "a.md.part").write_text(CARD + "\nMore.\n")
    (root / "notes" / "a.md.part").replace(root / "notes" / "a.md")
    living.until_read_again("notes/a.md")
    assert entry_at(living.tree, "notes/a.md") is before
    assert living.shown == ALL


def test_a_replacement_of_the_same_size_and_age_is_seen(living: Living, root: Path) -> None:
    card = root / "notes" / "a.md"
    status = card.stat()
    other = plant(root.parent, "other.md", text=CARD.replace("e", "o")) / "other.md"
    os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert other.stat().st_size == status.st_size
    other.replace(card)
    living.until_read_again("notes/a.md")


def test_a_card_that_is_deleted_vanishes(living: Living, root: Path) -> None:
    (root / "notes" / "a.md").unlink()
    living.until_shown("notes/b.md", "run-1/README.md", "run-2/README.md")


def test_a_folder_that_is_deleted_vanishes_with_its_cards(living: Living, root: Path) -> None:
    shutil.rmtree(root / "notes")
    living.until_shown("run-1/README.md", "run-2/README.md")


def test_a_folder_that_is_renamed_is_found_by_its_new_name_and_watched_there(living: Living, root: Path) -> None:
    (root / "notes").rename(root / "words")
    living.until_shown("run-1/README.md", "run-2/README.md", "words/a.md", "words/b.md")
    living.settle(root)
    plant(root, "words/c.md")
    living.until_shown("run-1/README.md", "run-2/README.md", "words/a.md", "words/b.md", "words/c.md")


def test_a_folder_can_be_moved_away_and_another_take_its_place(living: Living, root: Path) -> None:
    (root / "notes").rename(root.parent / "notes")
    plant(root, "notes/new.md")
    living.until_shown("notes/new.md", "run-1/README.md", "run-2/README.md")


def test_a_folder_in_the_place_of_another_is_looked_at_to_its_ground(root: Path, polls: bool) -> None:
    plant(root, "a/x/1.md")
    plant(root.parent, "b/x/1.md", "b/x/2.md", text=CARD * 2)
    aged(root.parent)
    with Living(root / "a", polls=polls) as living:
        living.settle(root)
        (root / "a" / "x").rename(root.parent / "x")
        (root.parent / "b" / "x").rename(root / "a" / "x")
        living.until_shown("x/1.md", "x/2.md")
        living.until_read_again("x/1.md")


def test_folders_that_are_made_one_in_another_are_found_with_their_cards(living: Living, root: Path) -> None:
    plant(root, "x/y/z/README.md", "x/y/b.md")
    living.until_shown(*ALL, "x/y/b.md", "x/y/z/README.md")
    living.settle(root)
    plant(root, "x/y/z/more.md")
    living.until_shown(*ALL, "x/y/b.md", "x/y/z/README.md", "x/y/z/more.md")


def test_a_state_that_grows_lets_its_run_be_read_again(root: Path, polls: bool) -> None:
    train(root, f"run-1/{STATE}", f"run-3/{STATE}")
    with Living(root, polls=polls) as living:
        living.settle(root)
        for run in ("run-1", "run-3"):
            with (root / run / STATE).open("a") as file:
                file.write("\n\n")
        living.until_read_again("run-1/README.md")
        living.until_read_again(f"run-3/{STATE}")


def test_a_new_state_or_results_let_the_run_be_read_again(living: Living, root: Path) -> None:
    train(root, f"run-1/{STATE}")
    living.until_read_again("run-1/README.md")
    plant(root, "run-2/all_results.json", text="{}")
    living.until_read_again("run-2/README.md")


def test_a_new_checkpoint_is_read_in_place_of_the_last(root: Path, polls: bool) -> None:
    train(root, f"run-3/checkpoint-500/{STATE}")
    with Living(root, polls=polls) as living:
        living.settle(root)
        entry = entry_at(living.tree, f"run-3/checkpoint-500/{STATE}")
        (root / "run-3" / "checkpoint-1000").mkdir()
        (root / "run-3" / "checkpoint-1000" / "optimizer.pt").write_bytes(b"0" * 1000)
        living.until(lambda: len(living.changed) > 0)
        train(root, f"run-3/checkpoint-1000/{STATE}")
        living.until_shown(*ALL, f"run-3/checkpoint-1000/{STATE}")
        assert entry in living.touched
        assert entry_at(living.tree, f"run-3/checkpoint-1000/{STATE}") is entry


def test_a_checkpoint_of_a_run_with_a_card_lets_that_be_read_again(living: Living, root: Path) -> None:
    train(root, f"run-1/checkpoint-500/{STATE}")
    living.until_read_again("run-1/README.md")
    living.touched.clear()
    living.settle(root)
    train(root, f"run-1/checkpoint-500/{STATE}")
    living.until_read_again("run-1/README.md")


def test_the_card_that_is_written_at_the_end_takes_the_place_of_the_state(root: Path, polls: bool) -> None:
    train(root, f"run-3/{STATE}")
    with Living(root, polls=polls) as living:
        living.settle(root)
        entry = entry_at(living.tree, f"run-3/{STATE}")
        plant(root, "run-3/README.md")
        living.until_shown(*ALL, "run-3/README.md")
        assert entry_at(living.tree, "run-3/README.md") is entry
        assert entry in living.touched


def test_a_card_that_is_half_written_is_read_again_when_it_is_whole(living: Living, root: Path) -> None:
    with (root / "notes" / "c.md").open("w") as file:
        file.write(CARD[: len(CARD) // 2])
        file.flush()
        living.until_shown(*ALL, "notes/c.md")
        living.settle(root)
        living.touched.clear()
        file.write(CARD[len(CARD) // 2 :])
    living.until_read_again("notes/c.md")


def test_weights_hidden_files_and_environments_tell_nothing(living: Living, root: Path) -> None:
    for file in ("run-1/model.safetensors", "run-1/optimizer.pt", "run-1/.README.md.swp", ".cache/README.md"):
        path = plant(root, file) / file
        path.write_bytes(b"0" * 100_000)
        path.unlink()
    plant(root, "env/lib/README.md", ".git/README.md", "node_modules/README.md")
    plant(root, "env/pyvenv.cfg", "end.md", text="")
    living.until_shown(*ALL, "end.md")
    living.settle(root)
    assert living.shown == sorted([*ALL, "end.md"])
    assert living.touched == []


@told
def test_what_the_kernel_tells_of_weights_is_not_passed_on(root: Path) -> None:
    with Living(root, polls=False) as living:
        living.settle(root)
        (root / "run-1" / "model.safetensors").write_bytes(b"0" * 1_000_000)
        (root / "run-1" / "optimizer.pt").write_bytes(b"0")
        plant(root, "run-2/b.md")
        living.until_shown(*ALL, "run-2/b.md")
        assert {each.path for each in living.changed} == {str(root / "run-2")}


def test_a_text_that_is_a_card_appears(living: Living, root: Path) -> None:
    plant(root, "notes/c.txt", "notes/d.txt")
    plant(root, "notes/e.txt", text="words\n")
    living.until_shown(*ALL, "notes/c.txt", "notes/d.txt")


@told
@pytest.mark.parametrize("polls", [False], ids=["told"])
def test_a_text_becomes_a_card(living: Living, root: Path) -> None:
    plant(root, "notes/c.txt", text="words\n")
    plant(root, "notes/d.md")
    living.until_shown(*ALL, "notes/d.md")
    plant(root, "notes/c.txt")
    living.until_shown(*ALL, "notes/c.txt", "notes/d.md")


def test_the_folder_that_was_opened_can_go_and_come_again(living: Living, root: Path) -> None:
    root.rename(root.parent / "elsewhere")
    living.until_shown()
    assert living.tree.roots[0].error == "no such file or directory"
    (root.parent / "elsewhere").rename(root)
    living.until_shown(*ALL)
    living.until(lambda: not living.tree.roots[0].error)
    living.settle(root)
    plant(root, "new.md")
    living.until_shown(*ALL, "new.md")


def test_cards_appear_in_a_folder_that_held_none(tmp_path: Path, polls: bool) -> None:
    with Living(tmp_path, polls=polls) as living:
        living.settle(tmp_path)
        plant(tmp_path, "a/README.md")
        living.until_shown("a/README.md")


def test_a_card_that_was_named_outright_is_read_again_and_no_other_joins_it(root: Path, polls: bool) -> None:
    with Living(root / "notes" / "a.md", polls=polls) as living:
        living.settle(root)
        plant(root, "notes/c.md")
        plant(root, "notes/a.md", text=CARD + "\nMore.\n")
        living.until_read_again("a.md")
        living.settle(root)
        assert living.shown == ["a.md"]


def test_what_a_linked_card_leads_to_is_watched(root: Path, polls: bool) -> None:
    card = plant(root.parent, "elsewhere/x.md") / "elsewhere" / "x.md"
    (root / "link.md").symlink_to(card)
    with Living(root, polls=polls) as living:
        living.settle(root)
        card.write_text(CARD + "\nMore.\n")
        living.until_read_again("link.md")


def test_folders_behind_links_are_watched_and_links_may_come_and_go(root: Path, polls: bool) -> None:
    elsewhere = plant(root.parent / "elsewhere", "x.md")
    (root / "one").symlink_to(elsewhere)
    with Living(root, polls=polls) as living:
        living.settle(root)
        plant(elsewhere, "y.md")
        living.until_shown(*ALL, "one/x.md", "one/y.md")
        (root / "one").unlink()
        living.until_shown(*ALL)
        (root / "two").symlink_to(elsewhere)
        living.until_shown(*ALL, "two/x.md", "two/y.md")


def test_a_change_between_scan_and_watch_is_seen(root: Path, polls: bool) -> None:
    living = Living(polls=polls)
    with living:
        living._take(0, list(_changed_meanwhile(root)))
        living.until_shown(*ALL, "notes/c.md", "new/README.md")


def _changed_meanwhile(root: Path) -> Iterator[FolderFound]:
    yield from scan(root)
    plant(root, "notes/c.md", "new/README.md")


def test_the_folders_of_two_paths_are_told_apart(root: Path, polls: bool) -> None:
    with Living(root, root / "notes", polls=polls) as living:
        living.settle(root)
        plant(root, "notes/c.md")
        living.until(lambda: len(living.tree.entries) == 8)
        assert [folder.count for folder in living.tree.roots] == [5, 3]


def test_a_run_that_is_downloaded_into_the_hubs_cache_appears(tmp_path: Path, polls: bool) -> None:
    hub = plant(tmp_path / "hub", "models--google--bert/snapshots/0a1b/README.md")
    with Living(hub, polls=polls) as living:
        living.settle(hub)
        plant(hub, "models--google--bert/blobs/0f", "models--google--electra/snapshots/0a1b/README.md")
        living.until_shown("google/bert/README.md", "google/electra/README.md")
        living.settle(hub)
        plant(hub, "models--google--bert/snapshots/9f8e/README.md")
        living.until_shown("google/bert/0a1b/README.md", "google/bert/9f8e/README.md", "google/electra/README.md")
        assert all(entry.path.is_file() for entry in living.tree.entries)


def test_cards_on_display_are_polled_long_before_the_round_comes_to_them(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "_ROUND", 1e9)
    plant(root, *(f"many/{number}/README.md" for number in range(300)))
    train(root, f"run-1/checkpoint-5/{STATE}")
    with Living(root, polls=True) as living:
        living.settle(root)
        living.watcher.look_at([(str(root / "run-1"), "README.md"), (str(root / "notes"), "a.md")])
        plant(root, "notes/a.md", text=CARD + "\nMore.\n")
        living.until_read_again("notes/a.md")
        train(root, f"run-1/checkpoint-6/{STATE}")
        living.until_read_again("run-1/README.md")


@told
def test_a_folder_that_the_kernel_does_not_watch_is_polled(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    watches = Inotify.watch
    monkeypatch.setattr(Inotify, "watch", lambda self, folder: "notes" not in folder and watches(self, folder))
    with Living(root, polls=False) as living:
        living.settle(root)
        plant(root, "notes/c.md", "run-1/b.md")
        living.until_shown(*ALL, "notes/c.md", "run-1/b.md")


def test_without_any_notification_everything_is_polled(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: Inotify) -> None:
        raise NoInotifyError

    monkeypatch.setattr(Inotify, "__init__", fails)
    with Living(root) as living:
        living.settle(root)
        plant(root, "notes/c.md")
        living.until_shown(*ALL, "notes/c.md")


def test_a_change_during_an_outage_of_the_file_system_is_seen_after_it(living: Living, root: Path) -> None:
    notes = FolderFound(str(root / "notes"), ("cards", "notes"), (), "stale file handle")
    living.watcher.know([notes])
    living.settle(root)
    plant(root, "notes/a.md", text=CARD + "\nMore.\n")
    living.until_read_again("notes/a.md")


@told
def test_changes_that_the_kernel_lost_are_looked_for(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = time.time() - 3600
    for card in root.rglob("*"):
        os.utime(card, (old, old))
    with Living(root, polls=False) as living:
        living.settle(root)
        read = Inotify.read

        def loses(self: Inotify) -> Iterator[Event]:
            if list(read(self)):
                yield Event("", Mask.OVERFLOW)

        monkeypatch.setattr(Inotify, "read", loses)
        plant(root, "notes/a.md", text=CARD + "\nMore.\n")
        plant(root, "notes/c.md", "new/README.md")
        living.until_shown(*ALL, "notes/c.md", "new/README.md")
        living.until_read_again("notes/a.md")
        assert {entry.shown for entry in living.touched} <= {"notes/a.md", "notes/c.md", "new/README.md"}


def test_many_cards_that_come_and_go_are_told_together(living: Living, root: Path) -> None:
    plant(root, *(f"many/{number}/README.md" for number in range(500)))
    living.until(lambda: len(living.tree.entries) == 504)
    living.settle(root)
    shutil.rmtree(root / "many")
    living.until_shown(*ALL)
    assert [folder.count for folder in living.tree.roots] == [4]


def test_a_file_system_that_hangs_keeps_nobody_from_quitting(root: Path) -> None:
    program = f"""
import os, sys, threading, time
from pathlib import Path
from tui.library.scan import scan
from tui.library.watch import Watcher
watcher = Watcher(print, polls=True)
watcher.know(list(scan(Path({str(root)!r}))))
hung = threading.Event()
def hang(path):
    hung.set()
    threading.Event().wait()
os.stat = hang
watcher.start()
hung.wait()
watcher.look_at([])
watcher.know([])
watcher.stop()
"""
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)


def test_it_can_be_stopped_before_it_runs_and_told_of_folders_after(root: Path) -> None:
    watcher = watch.Watcher(print)
    watcher.know(list(scan(root)))
    watcher.stop()
    watcher.start()
    watcher.join(30)
    assert not watcher.is_alive()
    watcher.know(list(scan(root)))
