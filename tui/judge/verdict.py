"""Everything that is judged of one card, in one frozen value."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tui.cards.model import Card
from tui.judge.curves import Series, all_series
from tui.judge.estimates import Estimate, estimates
from tui.judge.finding import Case, Finding
from tui.judge.findings.table import findings
from tui.judge.provenance import Provenance, provenance
from tui.judge.results import Headline, Standing, headline, standings
from tui.judge.rules import DEFAULT, Rules


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the numbers of a card mean."""

    headline: Headline | None
    series: tuple[Series, ...]
    """The columns of the history as numbers, element by element."""

    standings: tuple[Standing, ...]
    provenance: Provenance | None
    """None where the card has no reported results, or no history to hold them against."""

    estimates: tuple[Estimate, ...]
    findings: tuple[Finding, ...]
    """The gravest first."""

    rules: Rules = DEFAULT
    """By which it was judged."""


def judge(card: Card, rules: Rules = DEFAULT) -> Verdict:
    """Judge a card: its findings by its own headline, whichever a person has chosen to see."""
    series = all_series(card.history, rules)
    own = headline(card, replace(rules, headline="") if rules.headline else rules)
    origin, held = provenance(card, series), standings(card, series, rules)
    if origin and origin.times > 1:
        held = tuple(replace(standing, is_in_one_unit=False) for standing in held)
    case = Case(card, rules, series, held, own, origin)
    shown = headline(card, rules) if rules.headline else own
    return Verdict(shown, series, case.standings, case.provenance, estimates(case), findings(case), rules)
