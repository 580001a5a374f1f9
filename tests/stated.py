"""What a card states, found without the readers under test: for asking whether it is all on the screen."""

from __future__ import annotations

import re
from pathlib import Path

SAMPLES = Path(__file__).parents[1] / "sample_cards"
"""The cards that come with the project."""

SAMPLE_CARDS = sorted(SAMPLES.rglob("*.md"))

_BULLET = re.compile(r"- ([^:]+): (.+)")


def results(path: Path) -> list[tuple[str, str]]:
    """The reported results, as printed."""
    return _bullets_after(path, "following results on the evaluation set")


def hyperparameters(path: Path) -> list[tuple[str, str]]:
    """The hyperparameters, as printed."""
    return _bullets_after(path, "hyperparameters were used during training")


def history(path: Path) -> list[list[str]]:
    """The cells of the training history, row by row, without its header."""
    found: list[list[str]] = []
    for text in _after(path, "### Training results"):
        if text.startswith("|"):
            found.append([cell.strip() for cell in text.strip().strip("|").split("|")])
        elif found:
            break
    return found[2:]


def line_of(path: Path, words: str) -> int:
    """The number of the first line that holds the words, counted from 1."""
    return next(n for n, text in enumerate(_lines(path), 1) if words in text)


def card_name(path: Path) -> str:
    """The first level-one heading."""
    return next(text[2:] for text in _lines(path) if text.startswith("# "))


def sample_id(path: Path) -> str:
    """A short name for a test's parameter."""
    return path.stem if path.stem != "README" else path.parent.name


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _after(path: Path, words: str) -> list[str]:
    lines = _lines(path)
    return next((lines[i + 1 :] for i, text in enumerate(lines) if words in text), [])


def _bullets_after(path: Path, words: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for text in _after(path, words):
        if match := _BULLET.fullmatch(text):
            found.append((match[1], match[2]))
        elif found:
            break
    return found
