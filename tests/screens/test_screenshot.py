"""``P``: the screen into a file, wherever the app is."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.screens.driving import SAMPLES, explorer
from tui.terminal import Colours, Terminal

SWEEP = SAMPLES / "helpdesk-sweep"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def pictures(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("cardtui-*"))


async def test_p_writes_the_screen_and_says_where(here: Path) -> None:
    async with explorer(SWEEP) as driver:
        await driver.shows("validation loss")
        await driver.press("P")
        await driver.shows("The screenshot is in")
        (name,) = pictures(here)
        assert re.fullmatch(r"cardtui-roberta-base-helpdesk-routing-lr5e-5-bs16-\d{8}-\d{6}\.svg", name)
        data = (here / name).read_text()
        assert "validation loss" in data
        assert "The screenshot is in" not in data


async def test_a_second_one_is_another_file_without_what_was_said_of_the_first(here: Path) -> None:
    async with explorer(SWEEP) as driver:
        await driver.shows("validation loss")
        await driver.press("P", "P", "P")
        await driver.shows("The screenshot is in")
        assert len(pictures(here)) == 3
        assert [name for name in pictures(here) if "The screenshot" in (here / name).read_text()] == []


@pytest.mark.parametrize(
    ("keys", "word", "name"),
    [
        (["t"], "sorted by", "cardtui-runs-of-helpdesk-sweep-"),
        (["space", "d"], "only what differs", "cardtui-roberta-base-helpdesk-routing-lr5e-5-bs16-and-roberta"),
        (["question_mark"], "Keys everywhere", "cardtui-roberta-base-helpdesk-routing-lr5e-5-bs16-"),
        (["m"], "Enter draw", "cardtui-roberta-base-helpdesk-routing-lr5e-5-bs16-"),
        (["t", "o"], "Enter take", "cardtui-runs-of-helpdesk-sweep-"),
    ],
)
async def test_it_works_on_every_screen(keys: list[str], word: str, name: str, here: Path) -> None:
    async with explorer(SWEEP) as driver:
        await driver.shows("validation loss")
        await driver.press(*keys)
        await driver.shows(word)
        await driver.press("P")
        await driver.shows("The screenshot is in")
        (found,) = pictures(here)
        assert found.startswith(name)
        assert word.partition(" ")[0] in (here / found).read_text()


async def test_in_a_prompt_it_is_a_letter(here: Path) -> None:
    async with explorer(SWEEP) as driver:
        await driver.shows("validation loss")
        await driver.press("f", "P")
        await driver.shows("filter: P")
        assert pictures(here) == []


async def test_where_the_current_folder_takes_none_it_goes_home_and_says_so(
    here: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    gone = here / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    async with explorer(SWEEP, size=(160, 40)) as driver:
        await driver.shows("validation loss")
        await driver.press("P")
        await driver.shows("The screenshot is in")
        (told,) = (notification.message for notification in driver.app._notifications)
        assert told.endswith(": the current folder takes no file (no such file or directory).")
        assert len(pictures(home)) == 1
    os.chdir(here)


async def test_text_of_a_card_stays_text(here: Path) -> None:
    (here / "x.md").write_text("# <script>alert(1)</script> [red]&amp; \x1b]0;x\x07\n\n## Training procedure\n\nx\n")
    async with explorer(here) as driver:
        await driver.shows("<script>alert(1)")
        await driver.press("P")
        await driver.shows("The screenshot is in")
        (name,) = pictures(here)
        data = (here / name).read_text()
        assert "<script" not in data
        assert "\x1b" not in data
        assert "&lt;script&gt;alert(1)" in data


@pytest.mark.parametrize("shows", [Terminal(Colours.SIXTEEN), Terminal(Colours.NONE)], ids=["sixteen", "none"])
async def test_a_terminals_own_colours_can_be_read_on_a_picture(shows: Terminal, here: Path) -> None:
    async with explorer(SWEEP, shows=shows) as driver:
        await driver.shows("validation loss")
        await driver.press("P")
        await driver.shows("The screenshot is in")
        (name,) = pictures(here)
        data = (here / name).read_text()
    assert 'fill="#12161c"' in data
    (style,) = re.findall(r'<text class="(c\d+)"[^>]*>Results</text>', data)
    (ink,) = re.findall(rf"\.{style}{{fill:(#......)", data)
    assert min(int(ink[place : place + 2], 16) for place in (1, 3, 5)) > 0x60


async def test_what_was_ascii_is_ascii_on_the_picture(here: Path) -> None:
    async with explorer(SWEEP, shows=Terminal(is_ascii=True)) as driver:
        await driver.shows("validation loss")
        await driver.press("P")
        await driver.shows("The screenshot is in")
        (name,) = pictures(here)
        assert (here / name).read_text().isascii()


async def test_no_message_of_any_screen_is_on_a_picture(here: Path) -> None:
    async with explorer(SWEEP) as driver:
        await driver.shows("validation loss")
        await driver.press("P")
        await driver.shows("The screenshot is in")
        await driver.press("m")
        await driver.shows("Enter draw")
        await driver.press("P")
        await driver.shows("The screenshot is in")
        assert [name for name in pictures(here) if "The screenshot" in (here / name).read_text()] == []
        assert len(pictures(here)) == 2
