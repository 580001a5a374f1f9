"""The threads that find and read cards behind the screen's back."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.library.making import UNTITLED, entry_at, grown, plant
from tui.library import reader as reading
from tui.library.reader import Loaded, Outlined, Reader, Scanner, load
from tui.library.scan import FolderFound
from tui.library.tree import Entry, Tree

PATIENCE = 5.0
"""Seconds after which a thread that tells nothing has failed."""


class Desk:
    """A reader with everything that it told, in order."""

    def __init__(self) -> None:
        self.reader = Reader(self.card, self.outlines)
        self.told: list[tuple[str, Entry]] = []
        self.cards: list[Loaded] = []
        self._news = threading.Condition()

    def card(self, loaded: Loaded) -> None:
        with self._news:
            self.cards.append(loaded)
            self.told.append(("card", loaded.entry))
            self._news.notify_all()

    def outlines(self, found: Sequence[Outlined]) -> None:
        with self._news:
            for one in found:
                one.entry.outline, one.entry.row = one.outline, one.row
                self.told.append(("outline", one.entry))
            self._news.notify_all()

    def wait(self, count: int) -> list[tuple[str, Entry]]:
        """What was told, once it is as much."""
        with self._news:
            assert self._news.wait_for(lambda: len(self.told) >= count, PATIENCE), self.told
            return list(self.told)

    def wait_for_outlines(self, entries: Sequence[Entry]) -> None:
        with self._news:
            assert self._news.wait_for(lambda: all(entry.outline for entry in entries), PATIENCE), self.told


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk()
    yield made
    made.reader.stop()
    if made.reader.is_alive():
        made.reader.join(PATIENCE)
    assert not made.reader.is_alive()


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return grown(plant(tmp_path / "cards", *(f"run-{n}.md" for n in range(1, 9))))


def test_a_card_is_read_and_judged(desk: Desk, tree: Tree) -> None:
    desk.reader.want_card(tree.entries[2])
    desk.reader.start()
    assert desk.wait(2) == [("card", tree.entries[2]), ("outline", tree.entries[2])]
    loaded = desk.cards[0]
    assert loaded.card is not None
    assert loaded.verdict is not None
    assert (loaded.card.path, loaded.card.name, loaded.error) == ("run-3.md", "my-model", "")


def test_the_card_that_is_looked_at_comes_before_outlines(desk: Desk, tree: Tree) -> None:
    first, second, third = tree.entries[:3]
    desk.reader.add([first])
    desk.reader.want_outlines([second])
    desk.reader.want_card(third)
    desk.reader.start()
    assert desk.wait(4) == [("card", third), ("outline", third), ("outline", second), ("outline", first)]


def test_outlines_on_display_come_before_the_rest_and_in_their_order(desk: Desk, tree: Tree) -> None:
    desk.reader.add(tree.entries)
    desk.reader.want_outlines(tree.entries[4:6])
    desk.reader.start()
    desk.wait_for_outlines(tree.entries)
    order = list(dict.fromkeys(entry.file for _, entry in desk.told))
    assert order == [f"run-{n}.md" for n in (5, 6, 1, 2, 3, 4, 7, 8)]


def test_what_is_known_is_not_outlined_again(desk: Desk, tree: Tree) -> None:
    desk.reader.add(tree.entries)
    desk.reader.start()
    desk.wait(8)
    desk.reader.want_outlines(tree.entries)
    desk.reader.add(tree.entries)
    time.sleep(0.05)
    desk.reader.want_card(tree.entries[0])
    assert desk.wait(9)[8:] == [("card", tree.entries[0])]


def test_an_earlier_wish_that_was_not_read_is_forgotten(desk: Desk, tree: Tree) -> None:
    for entry in tree.entries:
        desk.reader.want_card(entry)
    desk.reader.start()
    assert desk.wait(2) == [("card", tree.entries[-1]), ("outline", tree.entries[-1])]
    assert len(desk.cards) == 1


def test_wishes_that_come_later_are_read_too(desk: Desk, tree: Tree) -> None:
    desk.reader.start()
    for count, entry in enumerate(tree.entries, 1):
        desk.reader.want_card(entry)
        assert desk.wait(2 * count)[-1] == ("outline", entry)


def test_a_file_that_is_gone_is_told_with_its_reason_and_the_thread_lives(desk: Desk, tree: Tree) -> None:
    gone, other = tree.entries[:2]
    gone.path.unlink()
    desk.reader.want_card(gone)
    desk.reader.start()
    desk.wait(2)
    assert (desk.cards[0].card, desk.cards[0].error) == (None, "no such file or directory")
    assert gone.outline is not None
    assert gone.outline.error == "no such file or directory"
    desk.reader.want_card(other)
    assert desk.wait(4)[2] == ("card", other)


ABSURD = UNTITLED.replace(
    "license: mit", "model-index:\n- results:\n  - metrics:\n    - {type: f1, value: " + "9" * 399 + "}"
)


def test_a_card_of_absurd_numbers_does_not_end_the_reading(desk: Desk, tmp_path: Path) -> None:
    root = plant(plant(tmp_path / "cards", "a.md", text=ABSURD), "b.md")
    tree = grown(root)
    desk.reader.add(tree.entries)
    desk.reader.start()
    desk.wait_for_outlines(tree.entries)


def test_stop_ends_a_thread_that_waits(desk: Desk) -> None:
    desk.reader.start()
    time.sleep(0.05)
    desk.reader.stop()
    desk.reader.join(PATIENCE)
    assert not desk.reader.is_alive()


def test_stop_ends_a_thread_that_has_much_to_read(desk: Desk, tree: Tree) -> None:
    desk.reader.add([Entry(entry.file, entry.folder) for entry in tree.entries for _ in range(2000)])
    desk.reader.start()
    desk.wait(1)
    desk.reader.stop()
    desk.reader.join(PATIENCE)
    assert not desk.reader.is_alive()
    assert len(desk.told) < 16_000


def test_the_threads_keep_nobody_from_quitting() -> None:
    assert Reader(lambda _: None, lambda _: None).daemon
    assert Scanner([], lambda *_: None).daemon


class JumpingClock:
    """The clock of a machine so busy that the thread is held up between its first two looks."""

    def __init__(self) -> None:
        self.looks = 0
        self.ahead = 0.0

    def monotonic(self) -> float:
        self.looks += 1
        if self.looks == 4:
            self.ahead += 0.05
        return time.perf_counter() + self.ahead

    @staticmethod
    def sleep(seconds: float) -> None:
        time.sleep(seconds)


def test_a_thread_that_is_held_up_reads_on(desk: Desk, tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "time", JumpingClock())
    desk.reader.add(tree.entries)
    desk.reader.start()
    desk.wait_for_outlines(tree.entries)


def test_standard_input_is_read_from_its_bytes(desk: Desk) -> None:
    tree = Tree()
    tree.add(0, FolderFound("", ("standard input",), ("-",)))
    desk.reader.stdin = UNTITLED.encode()
    desk.reader.add(tree.entries)
    desk.reader.want_card(tree.entries[0])
    desk.reader.start()
    desk.wait(2)
    card = desk.cards[0].card
    assert card is not None
    assert (card.path, card.name, card.metadata.license) == ("-", "standard input", "mit")


def test_loading_shows_the_path_from_the_opened_folder(tmp_path: Path) -> None:
    tree = grown(plant(tmp_path / "cards", "a/b/README.md", text=UNTITLED))
    card = load(entry_at(tree, "a/b/README.md"), None).card
    assert card is not None
    assert (card.path, card.name) == ("a/b/README.md", "b")


Told = list[tuple[int, list[FolderFound], bool]]


def scanned(paths: Sequence[Path]) -> Told:
    told: Told = []
    scanner = Scanner(paths, lambda root, found, is_last: told.append((root, list(found), is_last)))
    scanner.start()
    scanner.join(PATIENCE)
    assert not scanner.is_alive()
    return told


def test_the_scanner_tells_every_folder_and_then_that_it_is_done(tmp_path: Path) -> None:
    plant(tmp_path, "one/a/1.md", "one/b/2.md", "two/3.md")
    told = scanned([tmp_path / "one", tmp_path / "two"])
    assert [is_last for _, _, is_last in told] == [False] * (len(told) - 1) + [True]
    assert {(root, folder.parts) for root, found, _ in told for folder in found} == {
        (0, ("one",)),
        (0, ("one", "a")),
        (0, ("one", "b")),
        (1, ("two",)),
    }


def test_the_scanner_tells_the_first_card_at_once(tmp_path: Path) -> None:
    told = scanned([plant(tmp_path / "x", *(f"run-{n}/README.md" for n in range(50)))])
    assert [folder.cards for folder in told[0][1]] == [(), ("README.md",)]


def test_the_scanner_tells_that_an_empty_folder_is_done(tmp_path: Path) -> None:
    told = scanned([tmp_path])
    assert [is_last for _, _, is_last in told] == [True]


def test_a_stopped_scanner_tells_no_more(tmp_path: Path) -> None:
    plant(tmp_path, *(f"run-{n}/README.md" for n in range(50)))
    told: list[int] = []
    scanner = Scanner([tmp_path], lambda *_: stop_after_one(scanner, told))
    scanner.start()
    scanner.join(PATIENCE)
    assert told == [1]


def stop_after_one(scanner: Scanner, told: list[int]) -> None:
    told.append(1)
    scanner.stopped = True


def test_cards_are_read_through_links(desk: Desk, tmp_path: Path) -> None:
    real = plant(tmp_path / "blobs", "7e57") / "7e57"
    (tmp_path / "cards").mkdir()
    (tmp_path / "cards" / "x.md").symlink_to(real)
    tree = grown(tmp_path / "cards")
    desk.reader.want_card(tree.entries[0])
    desk.reader.start()
    desk.wait(2)
    assert desk.cards[0].error == ""
