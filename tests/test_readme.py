"""The README names what a user can meet: files, pages, commands and keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.cli.main import main

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [path.name for path in sorted((ROOT / "docs").glob("*.md"))]
COMMANDS = [name for name, command in main.commands.items() if not command.hidden]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_named(page: str) -> None:
    assert f"docs/{page}" in TEXT


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_line(name: str) -> None:
    assert f"| `cardtui {name} " in TEXT


def test_it_can_be_read_in_one_go() -> None:
    assert len(TEXT.splitlines()) <= 200
