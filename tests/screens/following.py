"""Folders that change while the app shows them, and what a person sees of it."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable
from pathlib import Path

from tests.cards.making import trainer_card
from tests.screens.driving import Driver
from tui.screens.explorer import ExplorerScreen
from tui.widgets.cursor import CursorPane
from tui.widgets.detail import DetailPane

PATIENCE = 30.0
"""Seconds after which something that was waited for will not come."""


def card(name: str, accuracy: str, *, epochs: int = 3, rate: str = "5e-05") -> str:
    """A card of that name and accuracy, with a history of as many epochs."""
    rows = [(f"0.{9 - n % 9}", f"{n}.0", str(n * 100), f"0.{8 - n % 8}", f"0.{5 + n % 5}") for n in range(1, epochs)]
    rows.append(("0.1", f"{epochs}.0", str(epochs * 100), "0.4321", accuracy))
    text = trainer_card(title=f"# {name}", results=("Loss: 0.4321", f"Accuracy: {accuracy}"), rows=rows)
    return text.replace("learning_rate: 5e-05", f"learning_rate: {rate}")


def write(folder: Path, file: str, text: str) -> Path:
    """Write a file below a folder."""
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def replace(path: Path, text: str) -> None:
    """Put another file in the place of one, as editors do."""
    other = path.with_name(f".{path.name}.new")
    other.write_text(text, encoding="utf-8")
    other.rename(path)


async def until(driver: Driver, is_so: Callable[[], bool], complaint: str) -> None:
    """Wait until something is so."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, f"{complaint}:\n{driver.text()}"
        await asyncio.sleep(0.02)
        await driver.pilot.pause()


async def sees(driver: Driver, *words: str, without: str = "") -> str:
    """Wait until all words are on the screen, and others are not; gives its text."""

    def is_so() -> bool:
        text = driver.text()
        return all(word in text for word in words) and not (without and without in text)

    await until(driver, is_so, f"not on the screen: {words}" + (f"; to be gone: {without}" if without else ""))
    return driver.text()


async def followed(driver: Driver, *folders: Path) -> None:
    """Wait until changes in these folders will be told."""
    explorer = driver.app.screen_stack[0]
    assert isinstance(explorer, ExplorerScreen)

    def is_so() -> bool:
        watcher = explorer._watcher
        if watcher is None:
            return False
        known = {*(watcher._inotify.folders if watcher._inotify else ()), *watcher._polled}
        return not watcher._found and all(os.fspath(folder) in known for folder in folders)

    await until(driver, is_so, "its folders are not watched")


def place(driver: Driver, pane: str = "#tree") -> tuple[str, int]:
    """The words of the row that the cursor is on, and its line on the screen."""
    found = driver.app.screen.query_one(pane, CursorPane)
    heading = 2 if pane == "#runs" else 1
    line = found.region.y + heading + found.cursor - found.top
    return driver.lines()[line][found.region.x : found.region.right].strip("│┃ "), line


_MARKS = set("●○◆▸▾▲×·?")


def _name(line: str) -> str:
    """The name in a row, behind its marks."""
    return next((word for word in line.strip("│┃ ").split() if not _MARKS.issuperset(word)), "")


def named(driver: Driver, pane: str = "#tree") -> str:
    """The name in the row that the cursor is on."""
    return _name(place(driver, pane)[0])


def selected(driver: Driver) -> list[str]:
    """The names of the selected cards on the screen, top to bottom."""
    return [_name(line) for line in driver.lines() if "●" in line]


def detail(driver: Driver) -> list[str]:
    """What is on display of the card."""
    pane = driver.app.screen_stack[0].query_one("#detail", DetailPane)
    return [line[pane.region.x : pane.region.right] for line in driver.lines()[pane.region.y : pane.region.bottom]]
