"""Where the public cards are that tests read when they are present; they are no part of the project."""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("CARDTUI_SHARED", Path(__file__).parents[1] / ".." / "shared")).resolve()
CARDS = SHARED / "corpus" / "cards"
EXPECTED = SHARED / "corpus" / "expected.jsonl"
RUNS = SHARED / "corpus" / "writers" / "runs"
SEEDS = SHARED / "seeds"
WRITERS = SHARED / "corpus" / "writers"
"""Cards that the current writers printed, and what went into them."""

needs_corpus = pytest.mark.skipif(not EXPECTED.is_file(), reason="the public cards are not here (CARDTUI_SHARED)")
needs_runs = pytest.mark.skipif(not RUNS.is_dir(), reason="the public runs are not here (CARDTUI_SHARED)")
needs_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed cards are not here (CARDTUI_SHARED)")


def seed(number: str) -> Path:
    """The seed card whose file name begins with a number such as ``004``."""
    return next(SEEDS.glob(f"{number}_*.txt"))
