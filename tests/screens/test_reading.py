"""Many cards: how far the reading is, how it is stopped and goes on, and what is known at the next start."""

from __future__ import annotations

import os
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.screens.driving import Driver
from tests.screens.following import card, sees, until
from tui.app import CardtuiApp
from tui.judge.rules import Rules
from tui.library import pace, place, reader, workers
from tui.library.index import Index
from tui.library.outline import Outline
from tui.library.place import Place, Read
from tui.screens.explorer import ExplorerScreen

COUNT = 1000
STATE = re.compile(r"reading [━─]+ (\d+)% · ([\d,]+) · ([\d,]+)/s · (\d+) s left · Esc stops")
"""The header while cards are read: percent, count, rate and time left."""


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of many cards, as old as cards usually are: what is new may change once more at any moment."""
    folder = tmp_path_factory.mktemp("cards")
    for number in range(COUNT):
        path = folder / f"run-{number:04}.md"
        path.write_text(card(f"card-{number:04}", f"0.{number:04}7"), encoding="utf-8")
        os.utime(path, (1_700_000_000, 1_700_000_000))
    return folder


class SlowReader:
    """Reads as the app does, but takes its time, and notes what it read."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.files: list[str] = []

    def __call__(self, found: Place, rules: Rules) -> Read:
        """Read a card."""
        time.sleep(self.seconds)
        self.files.append(found.file)
        return place.read_place(found, rules)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> SlowReader:
    """Reading without processes, of which one can see how far it is."""
    made = SlowReader(0.001)
    monkeypatch.setattr(reader, "read_place", made)
    monkeypatch.setattr(reader, "PAYS_FROM", COUNT * 2)
    return made


@asynccontextmanager
async def opened(folder: Path, index: Path | None = None) -> AsyncIterator[Driver]:
    """The explorer on a folder, with an index; its reading has ended when it is left."""
    app = CardtuiApp((folder,), index=index)
    screen = app.get_default_screen()
    assert isinstance(screen, ExplorerScreen)
    app.get_default_screen = lambda: screen  # type: ignore[method-assign]
    async with app.run_test(size=(140, 30), notifications=True) as pilot:
        yield Driver(app, pilot)
    screen._reader.join(20)
    assert not screen._reader.is_alive()


async def read_some(driver: Driver, least: int = 200) -> int:
    """Wait until some cards were read, but not all; how many."""

    def told() -> int:
        found = STATE.search(driver.text())
        return int(found[2].replace(",", "")) if found else 0

    await until(driver, lambda: told() >= least, "no progress")
    return told()


async def test_progress_is_told_with_count_rate_and_time_left(
    cards: Path, slow: SlowReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(cards) as driver:
        explorer = driver.app.screen

        class Clock:
            """A clock by which a hundred cards are read a second."""

            @staticmethod
            def monotonic() -> float:
                return explorer._read / 100  # type: ignore[attr-defined,no-any-return]

        monkeypatch.setattr(pace, "time", Clock)
        explorer._pace = pace.Pace()  # type: ignore[attr-defined]
        await read_some(driver)
        found = STATE.search(driver.text())
        assert found is not None
        percent, count, rate, left = (int(text.replace(",", "")) for text in found.groups())
        assert (percent, rate, left) == (count * 100 // COUNT, 100, round((COUNT - count) / 100))
        assert "1,000 cards" in driver.text()
        slow.seconds = 0
        await sees(driver, "1,000 cards", without="reading")
        assert "left" not in driver.text()


async def test_escape_stops_the_reading_what_is_read_stays_and_it_goes_on(cards: Path, slow: SlowReader) -> None:
    async with opened(cards) as driver:
        await read_some(driver)
        await driver.press("escape")
        text = await sees(driver, "stopped · ", "Cards are read as they come on display. Ctrl+R reads on.")
        found = re.search(r"stopped · ([\d,]+) read", text)
        assert found is not None
        assert 200 <= int(found[1].replace(",", "")) < COUNT
        assert "card-0003" in text
        before = set(slow.files)

        await driver.press("end")
        await sees(driver, "card-0999", "0.09997", "─ card-0999 ─")
        later = set(slow.files) - before
        assert "run-0998.md" in later
        assert len(later) < 100, "cards were read that nobody looks at"

        await driver.press("home", "f", *"headline", "less_than_sign", "equals_sign", *"0.00017", "enter")
        await sees(driver, "card-0000", "card-0001", without="card-0002")
        await driver.press("escape")
        await sees(driver, "card-0002")

        await driver.press("t")
        text = await sees(driver, "sorted by Accuracy", "★0.09997")
        assert re.search(r"[\d,]+ of [\d,]+", text)
        await driver.press("escape")
        await sees(driver, "stopped · ")

        slow.seconds = 0
        await driver.press("ctrl+r")
        await sees(driver, "1,000 cards", without="stopped")
        shown_whole = 5  # at most: cards that the panes showed are read for these
        await until(driver, lambda: len(set(slow.files)) >= COUNT - shown_whole, "not all was read")
        await driver.press("t")
        await sees(driver, "1,000 of 1,000")


async def test_after_escape_words_of_cards_that_were_not_read_are_told(cards: Path, slow: SlowReader) -> None:
    async with opened(cards) as driver:
        await read_some(driver)
        await driver.press("escape")
        await sees(driver, "stopped · ")
        await driver.press("f", *"zzzz", "enter")
        await sees(driver, "No card matches “zzzz”.", "Not every card has been read yet.")


async def test_the_second_start_reads_no_card_again(
    cards: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = tmp_path / "cache" / "index.sqlite3"
    async with opened(cards, index) as driver:
        await sees(driver, "1,000 cards", "card-0005", without="reading")
        await driver.press("t")
        await sees(driver, "1,000 of 1,000")

    def fails(found: Place, rules: Rules) -> Read:
        return Read(error=f"{found.file} was read again")

    monkeypatch.setattr(reader, "read_place", fails)
    monkeypatch.setattr(workers, "_cores", lambda: 0)
    async with opened(cards, index) as driver:
        await sees(driver, "1,000 cards", "card-0005", "0.00057", without="reading")
        await driver.press("end")
        await sees(driver, "card-0998", "0.09987")
        await driver.press("t")
        await sees(driver, "1,000 of 1,000", "★0.09997")
        assert "again" not in driver.text()
        assert not any(entry.outline.error for entry in driver.app.screen_stack[0]._tree.entries)  # type: ignore[attr-defined]


async def test_a_start_that_was_stopped_is_gone_on_with(
    cards: Path, tmp_path: Path, slow: SlowReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = tmp_path / "cache" / "index.sqlite3"
    async with opened(cards, index) as driver:
        await read_some(driver)
    known = set(slow.files)
    assert 200 <= len(known) < COUNT
    slow.files, slow.seconds = [], 0
    async with opened(cards, index) as driver:
        await sees(driver, "1,000 cards", "card-0005", without="reading")
        await driver.press("t")
        await sees(driver, "1,000 of 1,000")
    assert not known.intersection(slow.files)
    assert len(known) + len(slow.files) >= COUNT - 1


async def test_what_was_remembered_goes_on_to_come_after_escape(
    cards: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = tmp_path / "cache" / "index.sqlite3"
    async with opened(cards, index) as driver:
        await sees(driver, "1,000 cards", "card-0005", without="reading")
    quick = Index.outline

    def slow_outline(found: Index, wanted: Place) -> Outline | None:
        time.sleep(0.001)
        return quick(found, wanted)

    monkeypatch.setattr(Index, "outline", slow_outline)
    async with opened(cards, index) as driver:
        await read_some(driver)
        await driver.press("escape")
        await sees(driver, "stopped · ")
        monkeypatch.setattr(Index, "outline", quick)
        await driver.press("ctrl+r")
        await sees(driver, "1,000 cards", without="stopped")
        await driver.press("t")
        await sees(driver, "1,000 of 1,000", "★0.09997")


async def test_without_an_index_nothing_is_written(cards: Path, own_folders: Path) -> None:
    before = sorted(cards.iterdir())
    async with opened(cards) as driver:
        await sees(driver, "1,000 cards", "card-0005", without="reading")
    assert not [path for path in own_folders.rglob("*") if path.is_file()]
    assert sorted(cards.iterdir()) == before


# The processes that read


def reading_processes() -> list[int]:
    """The reading processes that this one has started, and that run."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
            state = (folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:  # it has ended
            continue
        if b"tui.library.worker" in words and state[0] != "Z" and int(state[1]) == os.getpid():
            found.append(int(folder.name))
    return found


needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="there is no /proc here")


@pytest.fixture
def hired(monkeypatch: pytest.MonkeyPatch) -> SlowReader:
    """Reads slowly in this process, so that there is enough left for others, which start at once."""
    made = SlowReader(0.01)
    monkeypatch.setattr(reader, "read_place", made)
    monkeypatch.setattr(reader, "_HEAD_START", 0.0)
    return made


@needs_proc
async def test_processes_read_many_cards_and_end_with_it(cards: Path, hired: SlowReader) -> None:
    async with opened(cards) as driver:
        await until(driver, lambda: bool(reading_processes()), "no process was started")
        await sees(driver, "1,000 cards", "card-0005", "0.00057", without="reading")
        await until(driver, lambda: not reading_processes(), "processes are left though all is read")
        assert len(hired.files) < 200
        await driver.press("t")
        await sees(driver, "1,000 of 1,000", "★0.09997")


@needs_proc
async def test_no_process_is_left_of_an_app_that_was_quit(cards: Path, hired: SlowReader) -> None:
    async with opened(cards) as driver:
        await until(driver, lambda: bool(reading_processes()), "no process was started")
        await driver.press("q")
    end = time.monotonic() + 10
    while reading_processes():
        assert time.monotonic() < end
        time.sleep(0.02)


@needs_proc
async def test_few_cards_are_read_without_processes(tmp_path: Path, hired: SlowReader) -> None:
    hired.seconds = 0
    for number in range(place.PAYS_FROM - 1):
        (tmp_path / f"{number:03}.md").write_text(card(f"card-{number:03}", f"0.{number:03}7"), encoding="utf-8")
    seen: list[int] = []
    async with opened(tmp_path) as driver:

        def is_read() -> bool:
            seen.extend(reading_processes())
            return len(set(hired.files)) >= place.PAYS_FROM - 2

        await until(driver, is_read, "not all was read")
    assert not seen
