"""What is remembered of cards: it comes back while it holds, and never gets in the way."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.library.making import CARD, outline, plant, train
from tui.judge.metrics import Direction
from tui.judge.rules import DEFAULT, Rules
from tui.library.index import Index
from tui.library.place import Place, Read, read_place


@pytest.fixture
def cards(tmp_path: Path) -> Path:
    return old(plant(tmp_path / "cards", "a/README.md", "b/README.md", "notes.md"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "index.sqlite3"


def old(folder: Path) -> Path:
    """Let everything in a folder be as old as cards usually are: what is new may change once more at any moment."""
    for found in sorted(folder.rglob("*"), reverse=True):
        os.utime(found, (1_700_000_000, 1_700_000_000))
    return folder


def place_of(file: Path) -> Place:
    return Place(str(file.parent), file.name, file.parent.name)


def remember(path: Path, *files: Path, rules: Rules = DEFAULT) -> None:
    index = Index(path, rules)
    for file in files:
        index.put(place_of(file), read_place(place_of(file), rules))
    index.close()


def recall(path: Path, file: Path, rules: Rules = DEFAULT) -> Read | None:
    index = Index(path, rules)
    try:
        return index.get(place_of(file))
    finally:
        index.close()


def test_what_was_read_comes_back(path: Path, cards: Path) -> None:
    file = cards / "a" / "README.md"
    remember(path, file)
    found = recall(path, file)
    assert found is not None
    assert found.facts == read_place(place_of(file)).facts
    assert recall(path, cards / "b" / "README.md") is None


def test_the_outline_comes_back_by_itself(path: Path, cards: Path) -> None:
    file = cards / "a" / "README.md"
    remember(path, file)
    index = Index(path, DEFAULT)
    assert index.outline(place_of(file)) == outline(file, "a")
    assert index.outline(place_of(cards / "b" / "README.md")) is None
    file.write_text("no card any more")
    assert index.outline(place_of(file)) is None
    index.close()


def test_a_relative_path_is_the_same_card(path: Path, cards: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    remember(path, cards / "a" / "README.md")
    monkeypatch.chdir(cards)
    index = Index(path, DEFAULT)
    assert index.get(Place("a", "README.md", "a")) is not None


def test_a_changed_file_is_not_recalled(path: Path, cards: Path) -> None:
    file = cards / "a" / "README.md"
    remember(path, file)
    file.write_text(CARD + "\nmore\n")
    assert recall(path, file) is None


def test_a_file_of_the_same_size_and_another_time_is_not_recalled(path: Path, cards: Path) -> None:
    file = cards / "notes.md"
    remember(path, file)
    os.utime(file, (1_700_000_001, 1_700_000_001))
    assert recall(path, file) is None


def test_a_file_that_is_gone_is_not_recalled(path: Path, cards: Path) -> None:
    file = cards / "notes.md"
    remember(path, file)
    file.unlink()
    assert recall(path, file) is None


@pytest.mark.parametrize("name", ["trainer_state.json", "checkpoint-500/trainer_state.json", "all_results.json"])
def test_a_card_whose_run_has_changed_is_not_recalled(path: Path, cards: Path, name: str) -> None:
    folder = cards / "a"
    train(cards, f"a/{name}")
    old(cards)
    remember(path, folder / "README.md")
    assert recall(path, folder / "README.md") is not None
    (folder / name).write_text("{}")
    assert recall(path, folder / "README.md") is None


def test_a_card_beside_which_a_run_appears_is_not_recalled(path: Path, cards: Path) -> None:
    remember(path, cards / "a" / "README.md")
    train(cards, "a/trainer_state.json")
    assert recall(path, cards / "a" / "README.md") is None


def test_a_file_that_was_changed_just_now_is_not_remembered(path: Path, cards: Path) -> None:
    file = cards / "notes.md"
    file.write_text(CARD)
    remember(path, file)
    assert recall(path, file) is None


def test_what_other_rules_judged_is_not_recalled(path: Path, cards: Path) -> None:
    file = cards / "notes.md"
    remember(path, file)
    assert recall(path, file, Rules(directions={"accuracy": Direction.MINIMIZE})) is None


def test_a_name_that_is_no_text_is_remembered_too(path: Path, cards: Path) -> None:
    file = cards / os.fsdecode(b"caf\xe9.md")
    file.write_text(CARD)
    old(cards)
    remember(path, file)
    assert recall(path, file) is not None


def test_without_a_path_nothing_is_written(cards: Path, tmp_path: Path) -> None:
    index = Index(None, DEFAULT)
    place = place_of(cards / "notes.md")
    index.put(place, read_place(place))
    index.close()
    assert [found.name for found in tmp_path.iterdir()] == ["cards"]


def test_two_sessions_write_and_read_at_once(path: Path, cards: Path) -> None:
    first, second = Index(path, DEFAULT), Index(path, DEFAULT)
    for index, name in ((first, "a"), (second, "b")):
        place = place_of(cards / name / "README.md")
        index.put(place, read_place(place))
        index.write()
    assert first.get(place_of(cards / "b" / "README.md")) is not None
    assert second.get(place_of(cards / "a" / "README.md")) is not None
    first.close()
    second.close()


def test_while_another_session_writes_cards_are_read_as_ever(path: Path, cards: Path) -> None:
    remember(path, cards / "notes.md")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        index = Index(path, DEFAULT)
        place = place_of(cards / "a" / "README.md")
        index.put(place, read_place(place))
        index.write()
        assert index.get(place) is None
    finally:
        other.execute("ROLLBACK")
        other.close()
    index.close()
    assert recall(path, cards / "notes.md") is not None


def test_damage_anywhere_never_shows_anything_wrong(path: Path, cards: Path) -> None:
    files = [cards / "a" / "README.md", cards / "b" / "README.md", cards / "notes.md"]
    remember(path, *files)
    whole = path.read_bytes()
    right = {file: read_place(place_of(file)).facts for file in files}
    chance = random.Random(1)
    for _ in range(300):
        broken = bytearray(whole)
        for _ in range(chance.choice([1, 1, 20])):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        path.write_bytes(bytes(broken[: chance.choice([len(broken), len(broken), chance.randrange(len(broken))])]))
        index = Index(path, DEFAULT)
        for file in files:
            found = index.get(place_of(file))
            assert found is None or found.facts == right[file]
            assert index.outline(place_of(file)) in {None, outline(file, file.parent.name)}
            index.put(place_of(file), read_place(place_of(file)))
        index.close()


@pytest.mark.parametrize("content", [b"", b"no database", b"\0" * 5000])
def test_a_file_that_is_no_database_is_begun_anew(path: Path, cards: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    remember(path, cards / "notes.md")
    assert recall(path, cards / "notes.md") is not None


def test_a_folder_in_its_place_is_left_alone(path: Path, cards: Path) -> None:
    path.mkdir(parents=True)
    remember(path, cards / "notes.md")
    assert recall(path, cards / "notes.md") is None
    assert path.is_dir()


def test_a_cache_folder_that_cannot_be_made_is_done_without(tmp_path: Path, cards: Path) -> None:
    (tmp_path / "file").write_text("")
    remember(tmp_path / "file" / "cache" / "index.sqlite3", cards / "notes.md")
    assert recall(tmp_path / "file" / "cache" / "index.sqlite3", cards / "notes.md") is None


def test_a_full_disk_is_done_without(path: Path, cards: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    remember(path, cards / "a" / "README.md")
    index = Index(path, DEFAULT)
    database = index._database
    assert database is not None
    pages = database.execute("PRAGMA page_count").fetchone()[0]
    database.execute(f"PRAGMA max_page_count = {pages}")  # "database or disk is full", from the next page on
    read = read_place(place_of(cards / "notes.md"))
    for number in range(200):
        index.put(Place(str(cards), f"{'x' * 200}{number}", "x"), read)
    index.write()
    assert index.get(place_of(cards / "a" / "README.md")) is not None
    index.close()


_WRITE_FOR_EVER = """
import itertools, sys
from pathlib import Path
from tui.judge.rules import DEFAULT
from tui.library.index import Index
from tui.library.place import Place, read_place
index, cards = Index(Path(sys.argv[1]), DEFAULT), Path(sys.argv[2])
place = Place(str(cards), "notes.md", "notes")
read = read_place(place)
print("on", flush=True)
for number in itertools.count():
    index.put(Place(str(cards), f"{number}.md", "notes"), read)
    if number % 50 == 0:
        index.put(place, read)
        index.write()
"""


def test_a_kill_at_any_moment_leaves_an_index_that_works(path: Path, cards: Path) -> None:
    right = read_place(place_of(cards / "notes.md")).facts
    chance = random.Random(2)
    for _ in range(5):
        command = [sys.executable, "-c", _WRITE_FOR_EVER, str(path), str(cards)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"on\n"
            time.sleep(chance.uniform(0.0, 0.2))
            process.send_signal(signal.SIGKILL)
        index = Index(path, DEFAULT)
        found = index.get(Place(str(cards), "notes.md", "notes"))
        assert found is None or found.facts == right
        place = place_of(cards / "a" / "README.md")
        index.put(place, read_place(place))
        index.close()
        assert recall(path, cards / "a" / "README.md") is not None
