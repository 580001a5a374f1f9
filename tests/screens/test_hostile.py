"""Cards full of markup, escape sequences and invisible characters."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.screens.driving import explorer

HOSTILE = """---
license: "[red]mit[/]"
tags:
- generated_from_trainer
---

# Name [MASK] [/] \x1b]0;owned\x07 \u202eevil

This model is a fine-tuned version of [base [/] x](https://x) on the [red]data[/] dataset.
It achieves the following results on the evaluation set:
- Loss: [/]
- [bold]F1: 0.5

### Training hyperparameters

The following hyperparameters were used during training:
- note: [MASK] and [/] and [link=x]y[/link] \x1b[31mred\x1b[0m \x9b31m

### Training results

| Training Loss | Epoch | Step | Validation Loss | [F1] |
|:-------------:|:-----:|:----:|:---------------:|:----:|
| 0.5           | 1.0   | 10   | 0.4             | 0.5  |
| 0.4           | 2.0   | 20   | 0.3             | 0.6  |

## Words

Fill [MASK] and <unk> in [red]x[/] \x1b[2J{long}

| [a] | b |
|---|---|
| [/] | [MASK] |
"""
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    (tmp_path / "card [MASK].md").write_text(HOSTILE.replace("{long}", "x" * 10_000), encoding="utf-8")
    return tmp_path


async def test_markup_and_escapes_are_text_in_every_pane(hostile: Path) -> None:
    async with explorer(hostile, size=(160, 60)) as driver:
        text = await driver.shows(
            "Name [MASK] [/] ␛]0;owned", "[red]mit[/]", "[red]data[/]", "[bold]F1", "<U+202E>evil"
        )
        assert "[MASK] and [/] and [link=x]y[/link] ␛[31mred␛[0m <U+009B>31m" in text
        await driver.press("right_square_bracket")
        await driver.shows("[F1] · x epoch", "[F1]  0.6")
        await driver.press("2", "G")
        await driver.shows("│ [a]")


@pytest.mark.parametrize("keys", [[], ["r"], ["z"], ["m"], ["2", "G"], ["2", "G", "pageup"]], ids=str)
async def test_no_control_character_is_ever_in_what_is_drawn(hostile: Path, keys: list[str]) -> None:
    async with explorer(hostile) as driver:
        await driver.shows("Name [MASK]")
        await driver.press(*keys)
        await driver.pilot.pause()
        for strip in driver.app.screen._compositor.render_strips():
            assert not CONTROL.search(strip.text)


async def test_the_prose_stands_as_it_is_written(hostile: Path) -> None:
    async with explorer(hostile) as driver:
        await driver.shows("Name [MASK]")
        await driver.press("slash", *"unk", "enter")
        await driver.shows("Fill [MASK] and <unk> in [red]x[/]", "␛[2Jxxx")
