"""What the tree shows of a card: enough for a row, small enough to keep for 100,000."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.cards.problems import Severity

if TYPE_CHECKING:
    from tui.judge.facts import Facts


@dataclass(frozen=True, slots=True)
class Outline:
    """One card, as the tree shows it."""

    name: str
    value: str
    """The headline metric as printed, empty where the card reports none."""

    is_card: bool
    has_problems: bool
    severity: str = ""
    """Of the gravest finding, where that is an error or a warning."""

    error: str = ""
    """Why the file could not be read, else empty."""


def outline_of(known: Facts | None, error: str = "") -> Outline:
    """The outline of a card, or of a file that could not be read."""
    if known is None:
        return Outline("", "", is_card=False, has_problems=False, error=error)
    return Outline(known.name, _value(known), known.is_card, bool(known.problems), _gravest(known.severity))


def _gravest(severity: str) -> str:
    return "" if severity == Severity.INFO else severity


def _value(known: Facts) -> str:
    value = known.values.get("headline")
    return sys.intern(value.raw) if value else ""  # many cards have the same
