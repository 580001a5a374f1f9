"""Cards that commands read: in the order of their files, whoever reads them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.library.making import CARD, plant
from tests.library.test_index import old
from tui.judge.rules import DEFAULT
from tui.library import in_order
from tui.library.in_order import read_in_order
from tui.library.index import Index
from tui.library.place import Place, place_of, read_place


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Place]:
    """Cards enough for every way of reading: without the index, with it here, and by processes."""
    monkeypatch.setattr(in_order, "FEW", 5)
    monkeypatch.setattr(in_order, "PAYS_FROM", 10)
    names = [f"{number}.md" for number in range(120)]
    folder = plant(tmp_path / "cards", *names)
    for number, name in enumerate(names):
        (folder / name).write_text(CARD.replace("my-model", f"model-{number}"))
    old(folder)
    return [Place(str(folder), name, "x") for name in names]


def names_of(places: list[Place], index: Path | None) -> list[str]:
    return [read.facts.name if read.facts else read.error for read in read_in_order(places, index)]


@pytest.mark.parametrize("remembers", [True, False])
def test_cards_come_in_the_order_of_their_places(places: list[Place], tmp_path: Path, remembers: bool) -> None:
    index = tmp_path / "cache" / "index.sqlite3" if remembers else None
    assert names_of(places, index) == [f"model-{number}" for number in range(120)]
    assert (tmp_path / "cache").exists() is remembers


def test_what_was_read_is_remembered_and_used(places: list[Place], tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite3"
    first = list(read_in_order(places, path))
    index = Index(path, DEFAULT)
    assert all(index.get(place) is not None for place in places[5:])
    index.close()
    assert [read.facts for read in read_in_order(places, path)] == [read.facts for read in first]


def test_a_file_that_is_gone_is_told_in_its_turn(places: list[Place], tmp_path: Path) -> None:
    places[60].path.unlink()
    found = names_of(places, tmp_path / "index.sqlite3")
    assert found[60] == "no such file or directory"
    assert found[61] == "model-61"


def test_without_processes_cards_are_read_all_the_same(places: list[Place], monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object, **__: object) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr("subprocess.Popen", none)
    assert names_of(places, None) == [f"model-{number}" for number in range(120)]


def test_who_needs_no_more_leaves_no_process_behind(places: list[Place]) -> None:
    reads = read_in_order(places, None)
    for _ in range(40):
        next(reads)
    reads.close()  # type: ignore[attr-defined]


def test_a_checkpoint_s_state_lies_in_the_folder_of_its_run() -> None:
    assert place_of(Path("run/checkpoint-500/trainer_state.json"), "run") == Place(
        "run", "checkpoint-500/trainer_state.json", "run"
    )
    assert read_place(place_of(Path("no/such/README.md"), "x")).error == "no such file or directory"
