"""What lists show of a card: enough for a row, small enough to keep for 100,000."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tui.cards.model import Card
from tui.cards.problems import Severity
from tui.cards.read import CardFileError, read
from tui.cards.values import unbold
from tui.judge import metrics
from tui.judge.rules import DEFAULT, Rules
from tui.judge.verdict import Verdict, judge


@dataclass(frozen=True, slots=True)
class Outline:
    """One card, as a list shows it."""

    name: str
    metric: str
    """The headline metric's name, empty where the card reports none."""

    value: str
    """The headline metric as printed, empty where the card reports none."""

    is_card: bool
    problems: int
    severity: str = ""
    """Of the gravest finding, where that is an error or a warning."""

    error: str = ""
    """Why the file could not be read, else empty."""


def outline(path: Path, fallback_name: str | None = None, rules: Rules = DEFAULT) -> Outline:
    """Read a card and keep what lists show; a file that cannot be read is an outline with its error."""
    try:
        card = read(path, fallback_name=fallback_name)
        return outline_of(card, judge(card, rules), rules)
    except CardFileError as error:
        return Outline("", "", "", is_card=False, problems=0, error=error.reason)


def outline_of(card: Card, verdict: Verdict, rules: Rules = DEFAULT) -> Outline:
    """What lists show of a card that was read and judged; no value of another metric than the chosen one."""
    head = verdict.headline
    if head and rules.headline and metrics.key(head.metric) != metrics.key(rules.headline):
        head = None
    value = ""
    if head:
        value = f"[{len(head.value.elements)}]" if head.value.elements else unbold(head.value.raw)
    gravest = verdict.findings[0].severity if verdict.findings else Severity.INFO
    return Outline(
        card.name,
        head.metric if head else "",
        value,
        card.is_card,
        len(card.problems),
        "" if gravest is Severity.INFO else str(gravest),
    )
