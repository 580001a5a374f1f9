"""Histories and cards of known numbers."""

from __future__ import annotations

from collections.abc import Sequence

from tests.cards.making import read_text, trainer_card
from tui.cards.model import Card, History

LOSSES = ("Training Loss", "Epoch", "Step", "Validation Loss")


def run(
    reported: Sequence[str],
    rows: Sequence[str],
    more: str = "Accuracy",
    yaml: str = "tags:\n- generated_from_trainer",
    settings: Sequence[str] = ("train_batch_size: 16",),
) -> Card:
    """A card with these results; a row is its cells with blanks between, training loss, epoch and step first."""
    return read_text(
        trainer_card(
            yaml=yaml,
            results=reported,
            columns=(*LOSSES, *more.split()),
            rows=[[cell.replace("~", " ") for cell in row.replace("No log", "No~log").split()] for row in rows],
            hyperparameters=settings,
        )
    )


def history(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> History:
    """The history of a card with this table."""
    return read_text(trainer_card(columns=columns, rows=rows)).history
