"""Everything that is judged of one card, in one frozen value."""

from __future__ import annotations

from dataclasses import dataclass

from tui.cards.model import Card
from tui.judge.estimates import Estimate, estimates
from tui.judge.provenance import Provenance, provenance
from tui.judge.results import Headline, Standing, headline, standings


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the numbers of a card mean."""

    headline: Headline | None
    standings: tuple[Standing, ...]
    provenance: Provenance | None
    """None where the card has no reported results, or no history to hold them against."""

    estimates: tuple[Estimate, ...]


def judge(card: Card) -> Verdict:
    """Judge a card."""
    found = standings(card)
    return Verdict(headline(card), found, provenance(card), estimates(card))
