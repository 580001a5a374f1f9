"""The export of the public cards agrees with the independent readings of them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import cardtui
from tests.schemas import strict, validator
from tests.shared import CARDS, EXPECTED, SHARED, WRITERS, needs_corpus

pytestmark = needs_corpus

COMPARE = SHARED / "corpus" / "compare.py"
COMPARE_RUNS = SHARED / "corpus" / "compare_runs.py"


def export(folder: Path, target: Path) -> Path:
    """The cards of a folder, each as the schema says."""
    ended = cardtui("export", folder, "-o", target)
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    for line in target.read_text(encoding="utf-8").splitlines():
        validator("card").validate(strict(line))
    return target


def compared(*arguments: Path) -> str:
    """What a comparison prints."""
    return subprocess.run(
        [sys.executable, *map(str, arguments)], capture_output=True, text=True, timeout=60, check=False
    ).stdout


def test_the_cards_agree_but_for_two_datasets_that_only_the_metadata_names(tmp_path: Path) -> None:
    told = compared(COMPARE, export(CARDS, tmp_path / "x.jsonl"), EXPECTED)
    files = [line.strip() for line in told.splitlines() if line.strip().endswith(".md")]
    assert files == [
        "NbAiLab__wav2vec2-large-voxrex-npsc-bokmaal.md",  # of which the sentence says None
        "salmonhumorous__ukeiyo-style-diffusion.md",  # whose front matter stands behind an empty one
    ]
    assert "400 cards, 0 cards missing" in told


def test_the_cards_of_the_writers_agree(tmp_path: Path) -> None:
    told = compared(COMPARE, export(WRITERS / "cards", tmp_path / "x.jsonl"), WRITERS / "expected.jsonl")
    assert "agreement 1.0000" in told
    assert "82 cards, 0 cards missing" in told


@pytest.mark.skipif(not COMPARE_RUNS.is_file(), reason="the runs are not here (CARDTUI_SHARED)")
def test_every_logged_value_of_the_runs_is_exported(tmp_path: Path) -> None:
    told = compared(COMPARE_RUNS, export(WRITERS / "runs", tmp_path / "x.jsonl"), WRITERS / "runs")
    assert told == "147 of 147 logged values found\n"
