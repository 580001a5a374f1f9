"""Screens of every size: what is too small says so, and nothing that is told is cut at the smallest."""

from __future__ import annotations

import pytest

from tests.screens.driving import SAMPLES, explorer

SWEEP = SAMPLES / "helpdesk-sweep"


@pytest.mark.parametrize("keys", [[], ["t"], ["space", "d"], ["space", "d", "z"], ["z"]], ids="".join)
@pytest.mark.parametrize("size", [(40, 12), (59, 40), (100, 13)])
async def test_a_screen_that_is_too_small_says_so_and_comes_back(keys: list[str], size: tuple[int, int]) -> None:
    async with explorer(SWEEP) as driver:
        await driver.shows("validation loss")
        await driver.press(*keys)
        before = await driver.shows("bs16" if keys != ["z"] else "loss")
        await driver.pilot.resize_terminal(*size)
        text = await driver.shows("cardtui needs", f"{size[0]} × {size[1]}.")
        assert "0.6344" not in text
        await driver.pilot.resize_terminal(120, 40)
        await driver.lacks("cardtui needs")
        assert driver.lines()[0].split()[0] == before.split()[0]
        await driver.press("question_mark")
        await driver.shows("╭─ Keys ─")


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        (["m"], "Space mark · Enter draw · h headline · Esc leave ─╯"),
        (["t", "m"], "Enter take · Esc leave ─╯"),
        (["t", "b"], "Enter take · Esc leave ─╯"),
        (["t", "o"], "Space show · J K move · 0 reset · Enter take · Esc ─╯"),
        (["R"], "Enter compare · Esc leave ─╯"),
        (["question_mark"], "Keys everywhere"),
    ],
    ids=lambda value: "".join(value) if isinstance(value, list) else "",
)
async def test_what_a_list_says_of_its_keys_is_whole_on_the_smallest_screen(keys: list[str], told: str) -> None:
    async with explorer(SWEEP, size=(60, 14)) as driver:
        await driver.shows("4 cards", "0.8424")
        await driver.press(*keys)
        await driver.shows(told)


async def test_a_hit_in_a_table_is_not_hidden_by_its_header() -> None:
    async with explorer(SWEEP, size=(100, 16)) as driver:
        await driver.shows("at epoch")
        await driver.press("slash", *"recall", "enter")
        await driver.shows("search: 1 of")
        top = next(line for line in driver.lines() if "at epoch" in line)
        below = driver.lines()[driver.lines().index(top) + 1]
        assert "Recall" in below


async def test_there_being_no_recipe_is_told_in_full() -> None:
    async with explorer(SAMPLES, size=(60, 14)) as driver:
        await driver.shows("13 cards", "0.8424")
        await driver.press("R")
        await driver.shows("No card with the same base", "three settings or fewer.")


@pytest.mark.parametrize(
    "keys", [["question_mark"], ["t", "question_mark"], ["m"], ["R"], ["ctrl+p"], ["t", "o"]], ids="".join
)
@pytest.mark.parametrize("size", [(19, 30), (10, 30), (5, 3), (3, 3)])
async def test_a_list_on_a_terminal_that_becomes_tiny_is_there_when_it_grows(
    keys: list[str], size: tuple[int, int]
) -> None:
    async with explorer(SWEEP) as driver:
        await driver.shows("validation loss")
        await driver.press(*keys)
        await driver.pilot.resize_terminal(*size)
        await driver.pilot.pause(0.1)
        await driver.pilot.resize_terminal(120, 40)
        await driver.press("escape")
        await driver.shows("4 cards" if "t" not in keys else "4 of 4")
