"""The examples of the README and the pages do what is printed below them."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import ROOT, environment

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
_BLOCK = re.compile(r"^```\n(\$ (?:.*\n)*?)```$", re.MULTILINE)
BLOCKS = [
    pytest.param(block, id=f"{page.stem}-{number}")
    for page in PAGES
    for number, block in enumerate(_BLOCK.findall(page.read_text(encoding="utf-8")))
    if "sample_cards" in block
]


def _steps(block: str) -> list[tuple[str, str]]:
    """Each command with what is printed below it."""
    parts = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    return [(command, printed.rstrip("\n")) for command, _, printed in (part.partition("\n") for part in parts)]


@pytest.mark.parametrize("block", BLOCKS)
def test_an_example_prints_what_stands_below_it(block: str, tmp_path: Path) -> None:
    if "| jq" in block or "$ jq" in block:
        shutil.which("jq") or pytest.skip("jq is not installed")
    (tmp_path / "sample_cards").symlink_to(ROOT / "sample_cards")
    bin_ = tmp_path / "bin"
    bin_.mkdir()
    (bin_ / "cardtui").write_text(f'#!/bin/sh\nexec {sys.executable} -m tui "$@"\n')
    (bin_ / "cardtui").chmod(0o755)
    around = environment({"LC_ALL": "C.UTF-8"})
    around["PATH"] = f"{bin_}:{around['PATH']}"
    for command, printed in _steps(block):
        done = subprocess.run(
            ["bash", "-c", command], cwd=tmp_path, env=around, capture_output=True, text=True, check=False
        )
        assert (done.stdout + done.stderr).rstrip("\n") == printed, command


def test_there_are_examples_of_every_command_that_reads_cards() -> None:
    text = "".join(str(block.values[0]) for block in BLOCKS)
    assert set(re.findall(r"cardtui (\w+) sample_cards", text)) >= {
        "show", "list", "check", "diff", "plot", "export", "screenshot", "config"
    }  # fmt: skip
