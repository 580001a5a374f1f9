"""Processes that read cards."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.library.making import plant
from tui.library.place import Place, Read, read_place
from tui.library.workers import Workers

PATIENCE = 20.0


class Office:
    """Some processes, and what they answered."""

    def __init__(self, count: int) -> None:
        self.news = threading.Event()
        self.workers: Workers[str] = Workers(self.news.set, count)

    def wait(self) -> list[tuple[str, list[Read] | None]]:
        """What was answered next."""
        found: list[tuple[str, list[Read] | None]] = []
        while not found:
            assert self.news.wait(PATIENCE)
            self.news.clear()
            found = [(job, None if reads is None else list(reads)) for job, reads in self.workers.answers()]
        return found


@pytest.fixture
def office() -> Iterator[Office]:
    made = Office(1)
    yield made
    made.workers.stop()
    made.workers.join()


def places(folder: Path, *names: str) -> list[Place]:
    return [Place(str(folder), name, name) for name in names]


def test_cards_are_read_as_in_this_process(office: Office, tmp_path: Path) -> None:
    wanted = places(plant(tmp_path, "a.md", "sub/b.md"), "a.md", "sub/b.md", "gone.md")
    office.workers.submit("job", wanted)
    [(job, reads)] = office.wait()
    assert job == "job"
    assert reads is not None
    assert [read.facts for read in reads] == [read_place(place).facts for place in wanted]
    assert "no such file" in reads[2].error


def test_names_that_are_no_text_and_hold_line_ends_are_read(office: Office, tmp_path: Path) -> None:
    names = [os.fsdecode(b"caf\xe9.md"), "two\nlines.md", "tab\t.md"]
    office.workers.submit("job", places(plant(tmp_path, *names), *names))
    [(_, reads)] = office.wait()
    assert reads is not None
    assert all(read.facts and read.facts.is_card for read in reads)


def test_several_jobs_are_answered_one_by_one(office: Office, tmp_path: Path) -> None:
    folder = plant(tmp_path, "a.md", "b.md")
    office.workers.submit("first", places(folder, "a.md", "b.md"))
    office.workers.submit("second", places(folder, "b.md"))
    rooms = [office.workers.has_room]
    told = office.wait()
    while len(told) < 2:
        told += office.wait()
    assert [(job, len(reads or ())) for job, reads in told] == [("first", 2), ("second", 1)]
    rooms.append(office.workers.has_room)
    assert rooms == [False, True]
    assert not office.workers.is_busy


def test_a_process_that_ends_gives_its_jobs_back(office: Office, tmp_path: Path) -> None:
    fifo = tmp_path / "never.md"
    os.mkfifo(fifo)  # keeps the process at it
    office.workers.submit("stuck", places(tmp_path, "never.md"))
    [worker] = office.workers._jobs
    os.kill(worker._process.pid, signal.SIGKILL)
    assert office.wait() == [("stuck", None)]
    assert len(office.workers) == 0
    assert not office.workers.has_room


def test_a_folder_of_cards_is_no_place_to_import_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = plant(tmp_path, "a.md")
    (folder / "json.py").write_text("raise SystemExit")
    (folder / "tui").mkdir()
    monkeypatch.chdir(folder)
    office = Office(1)
    office.workers.submit("job", places(Path(), "a.md"))
    [(_, reads)] = office.wait()
    office.workers.stop()
    office.workers.join()
    assert reads is not None
    assert reads[0].facts is not None
