"""The manual page says what the program does, and roff has nothing to complain of."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tui.cli.main import main
from tui.keys import KEYS

DOCS = Path(__file__).parents[1] / "docs"
PAGE = DOCS / "cardtui.1"


def test_it_is_as_new_as_the_commands_and_keys() -> None:
    made = subprocess.run([sys.executable, DOCS / "make_man.py"], capture_output=True, check=True)
    assert made.stdout == PAGE.read_bytes(), "run `make docs`"


@pytest.fixture(scope="module")
def shown() -> str:
    """The page as ``man`` shows it, on one line."""
    if not shutil.which("groff"):
        pytest.skip("groff is not installed")
    done = subprocess.run(
        ["groff", "-man", "-ww", "-Tutf8", "-P-c", "-k", "-rLL=500n", PAGE], capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    return " ".join(re.sub(r".\x08", "", done.stdout).split())


def test_every_command_and_option_is_shown(shown: str) -> None:
    for name, command in main.commands.items():
        if not command.hidden:
            assert f"cardtui {name}" in shown
            for option in command.params:
                assert all(flag in shown for flag in option.opts if flag.startswith("-"))


def test_every_key_is_shown(shown: str) -> None:
    assert [key.help for key in KEYS if " ".join(key.help.split()) not in shown] == []


def test_examples_show_as_they_are_typed(shown: str) -> None:
    assert """--press 't f "f1>0.9" Enter'""" in shown
    assert "cardtui list runs --where 'f1>0.9 base:bert' --sort f1 --top 10" in shown
