"""Whatever happens to the app or to its index, the cards are listed as they are, and nothing is left behind."""

from __future__ import annotations

import os
import random
import subprocess
import threading
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.cli.running import COMMAND, Ended, environment
from tests.screens.following import card
from tests.terminal.killing import App, grow, listed, until_gone, workers_with

KILLS = 5
DAMAGES = 6
pytestmark = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="there is no /proc here")


class Shelf:
    """A folder of cards, and how they are listed without an index."""

    def __init__(self, folder: Path, count: int) -> None:
        self.folder = grow(folder, count)
        self.right = listed(folder, "--no-cache")
        assert (self.right.code, self.right.err, self.right.out.count("\n")) == (0, "", count)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """So many cards that processes read them."""
    return Shelf(tmp_path_factory.mktemp("many"), 2000)


@pytest.fixture(scope="module")
def some(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """As many cards as are looked up in the index."""
    return Shelf(tmp_path_factory.mktemp("some"), 150)


def environment_with(cache: Path) -> dict[str, str]:
    """The environment in which the index lies below a folder."""
    return {"XDG_CACHE_HOME": str(cache)}


def index_of(cache: Path) -> Path:
    """Where the index is then."""
    return cache / "cardtui" / "index.sqlite3"


def kill_and_list(shelf: Shelf, cache: Path, seconds: float) -> Ended:
    """Kill the app some time after it shows cards; what is listed then."""
    env = environment_with(cache)
    with App(shelf.folder, env=env) as app:
        app.until_shown("0.00007")
        app.run(seconds)
        app.kill()
    until_gone(str(cache))
    return listed(shelf.folder, env=env)


def test_a_kill_at_any_moment_changes_no_list_and_leaves_no_process(many: Shelf, tmp_path: Path) -> None:
    chance = random.Random(7)
    for number in range(KILLS):
        cache = tmp_path / f"cache-{number}"
        assert kill_and_list(many, cache, chance.uniform(0.0, 1.5)) == many.right
        assert index_of(cache).exists()
    assert listed(many.folder, env=environment_with(cache)) == many.right
    until_gone(str(tmp_path))


def test_a_list_that_is_killed_leaves_no_process_and_an_index_that_works(many: Shelf, tmp_path: Path) -> None:
    env = environment_with(tmp_path)
    command = [*COMMAND, "list", str(many.folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment(env), start_new_session=True) as process:
        while not workers_with(str(tmp_path)):  # it goes no further than the pipe has room
            assert process.poll() is None
            time.sleep(0.01)
        process.kill()
    until_gone(str(tmp_path))
    assert listed(many.folder, env=env) == many.right


def test_two_processes_list_and_a_third_shows_the_same_folder_at_once(many: Shelf, tmp_path: Path) -> None:
    env = environment_with(tmp_path)
    found: list[Ended] = []
    threads = [threading.Thread(target=lambda: found.append(listed(many.folder, env=env))) for _ in range(2)]
    with App(many.folder, env=env) as app:
        for thread in threads:
            thread.start()
        app.until_shown("card-0001")
        for thread in threads:
            thread.join()
        app.type("q")
        assert app.ended() == 0
    assert found == [many.right, many.right]
    assert listed(many.folder, env=env) == many.right
    until_gone(str(tmp_path))


def test_a_file_in_the_place_of_the_cache_folder_is_left_alone(some: Shelf, tmp_path: Path) -> None:
    (tmp_path / "cardtui").write_text("no folder")
    assert listed(some.folder, env=environment_with(tmp_path)) == some.right
    shows_and_quits(some, environment_with(tmp_path))
    assert listed(some.folder, env=environment_with(tmp_path / "cardtui")) == some.right
    assert (tmp_path / "cardtui").read_text() == "no folder"


@pytest.mark.skipif(os.geteuid() == 0, reason="to root nothing is read-only")
def test_a_cache_folder_that_is_read_only_is_done_without(some: Shelf, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        assert listed(some.folder, env=environment_with(tmp_path)) == some.right
        shows_and_quits(some, environment_with(tmp_path))
    finally:
        tmp_path.chmod(0o700)


def shows_and_quits(shelf: Shelf, env: Mapping[str, str], before: tuple[str, ...] = ()) -> None:
    """The app shows the cards and ends in order."""
    with App(shelf.folder, env=env, before=before) as app:
        app.until_shown("0.00017")
        app.type("q")
        assert app.ended() == 0


@pytest.mark.parametrize("blocks", [0, 16, 200])
def test_a_disk_that_is_full_is_done_without(some: Shelf, tmp_path: Path, blocks: int) -> None:
    """Files may not become larger than some blocks of 512 bytes: writing fails as on a full disk."""
    full = ("/bin/sh", "-c", f'ulimit -f {blocks}; exec "$@"', "sh")
    env = environment_with(tmp_path)
    assert listed(some.folder, env=env, before=full) == some.right
    index = index_of(tmp_path)
    assert not index.exists() or index.stat().st_size <= blocks * 512
    shows_and_quits(some, env, full)
    assert listed(some.folder, env=env, before=full) == some.right
    assert listed(some.folder, env=env) == some.right


def test_a_disk_that_fills_up_is_done_without_by_many_cards(many: Shelf, tmp_path: Path) -> None:
    full = ("/bin/sh", "-c", 'ulimit -f 1000; exec "$@"', "sh")
    env = environment_with(tmp_path)
    assert listed(many.folder, env=env, before=full) == many.right
    assert listed(many.folder, env=env) == many.right
    until_gone(str(tmp_path))


def damaged(whole: bytes, chance: random.Random) -> bytes:
    """The bytes of an index of which some are others, or the end is missing."""
    broken = bytearray(whole)
    for _ in range(chance.choice([1, 1, 30, 1000])):
        broken[chance.randrange(len(broken))] = chance.randrange(256)
    return bytes(broken[: chance.choice([len(broken), len(broken), chance.randrange(len(broken))])])


def list_damaged(shelf: Shelf, cache: Path, rounds: int, seed: int) -> None:
    """Damage the index again and again: the list stays as it is."""
    env, index = environment_with(cache), index_of(cache)
    assert listed(shelf.folder, env=env) == shelf.right
    whole = index.read_bytes()
    chance = random.Random(seed)
    for number in range(rounds):
        index.write_bytes(damaged(whole, chance))
        assert listed(shelf.folder, env=env) == shelf.right, f"in round {number}"


def test_a_damaged_index_changes_no_list(some: Shelf, tmp_path: Path) -> None:
    list_damaged(some, tmp_path, DAMAGES, 3)


def test_the_app_shows_the_same_of_a_damaged_index(some: Shelf, tmp_path: Path) -> None:
    env, index = environment_with(tmp_path), index_of(tmp_path)
    assert listed(some.folder, env=env) == some.right
    index.write_bytes(damaged(index.read_bytes(), random.Random(5)))
    shows_and_quits(some, env)


def test_what_has_changed_since_it_was_remembered_is_listed_anew(tmp_path: Path) -> None:
    (tmp_path / "cards").mkdir()
    folder = grow(tmp_path / "cards", 100)
    env = environment_with(tmp_path / "cache")
    listed(folder, env=env)
    (folder / "sweep-00" / "run-0090.md").write_text(card("changed", "0.5555"), encoding="utf-8")
    (folder / "sweep-00" / "run-0091.md").unlink()
    found = listed(folder, env=env)
    assert '"changed"' in found.out
    assert "card-0091" not in found.out
    assert found == listed(folder, "--no-cache", env=env)


def test_with_no_cache_nothing_is_written(some: Shelf, tmp_path: Path) -> None:
    env = environment_with(tmp_path)
    assert listed(some.folder, "--no-cache", env=env) == some.right
    with App("--no-cache", some.folder, env=env) as app:
        app.until_shown("0.00017")
        app.type("q")
        assert app.ended() == 0
    assert list(tmp_path.iterdir()) == []
