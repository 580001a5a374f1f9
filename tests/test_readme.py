"""The README names what a user can meet: files, pages, commands and keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.cards.run_files import ALL_RESULTS, EVAL_RESULTS, STATE, TRAIN_RESULTS
from tui.cli.main import main

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [path.name for path in sorted((ROOT / "docs").glob("*.md"))]
COMMANDS = [name for name, command in main.commands.items() if not command.hidden]


@pytest.mark.parametrize("file", [STATE, "checkpoint-*", ALL_RESULTS, TRAIN_RESULTS, EVAL_RESULTS])
def test_the_files_of_a_run_are_named(file: str) -> None:
    assert f"`{file}`" in TEXT


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_named(page: str) -> None:
    assert f"docs/{page}" in TEXT


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_line(name: str) -> None:
    assert f"| `cardtui {name} " in TEXT


def test_runs_without_a_card_and_the_choice_of_a_headline_are_told() -> None:
    assert "run without a card" in TEXT
    (line,) = (line for line in TEXT.splitlines() if line.startswith("| `[` `]`, `m` |"))
    assert "with `h` the headline metric" in line
