"""The columns that many cards have: which can be shown, and which are at first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from difflib import get_close_matches

from tui.judge import metrics
from tui.judge.facts import BEST, REPORTED, SETTING, metric_name, metrics_in
from tui.judge.metrics import Direction
from tui.judge.query import Query, keys_of, short_name
from tui.judge.rules import Rules
from tui.library.columns import LEADS, Columns
from tui.library.runs import FINDINGS, HEADLINE, NAME, PATH

_OTHER_METRICS = 2
"""How many of the most frequent metrics are shown at first, beside the headline and the loss."""

_MANY = 0.9
"""Share of different values among the cards from which on a setting is not worth grouping by."""

_MOST_TEXTS = 2_000
"""Values of a name that are known, the most frequent ones."""

_SETTINGS = ("lr", "bs", "epochs")


class Catalogue:
    """What there is in many cards; speaks of names as they are typed."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._texts: dict[str, tuple[int, dict[str, int]]] = {}
        """What `texts` gave, and how many rows there were."""

    def names(self) -> Mapping[str, int]:
        """Typed name → how many cards have it."""
        found: dict[str, int] = {}
        for key, count in self._columns.keys().items():
            name = short_name(key)
            found[name] = max(found.get(name, 0), count)
        return found

    def texts(self, name: str) -> Mapping[str, int]:
        """Printed values of a typed name → how many cards have each."""
        known, texts = self._texts.get(name, (0, {}))
        now = len(self._columns)
        if known != now:
            texts = self._columns.texts(keys_of(name), _MOST_TEXTS)
            self._texts[name] = (now, texts)
        return texts

    def codes(self) -> Mapping[str, int]:
        """Codes of findings and problems → how many cards have each."""
        return self._columns.codes()

    def listed(self) -> list[tuple[str, int]]:
        """Every column that can be shown with how many cards have it, the most frequent first."""
        total = self._columns.live
        always = dict.fromkeys((NAME, HEADLINE, FINDINGS, PATH), total)
        counts = {**self.names(), **always, HEADLINE: self.names().get(HEADLINE, 0)}
        order = list(always)
        return sorted(
            counts.items(),
            key=lambda entry: (order.index(entry[0]) if entry[0] in order else len(order), -entry[1], entry[0]),
        )

    def has(self, name: str) -> bool:
        """Whether any card has something in a column."""
        if name in {NAME, PATH, FINDINGS}:
            return True
        known = self._columns.keys()
        return any(key in known for key in keys_of(name))

    def unknown(self, query: Query) -> str:
        """A sentence about the first name in an expression that no card has; empty where there is none."""
        known = self._columns.keys()
        terms = (term for term in query.terms if term.keys and not any(key in known for key in term.keys))
        term = next(terms, None)
        if term is None or not known:
            return ""
        near = get_close_matches(term.name.casefold(), self.names(), cutoff=0.65)
        return f"no card has {term.name}" + (f"; near: {', '.join(near)}" if near else "")

    def settings(self) -> list[tuple[str, int]]:
        """The settings that tell runs apart and gather some of them, the most frequent first."""
        known = self._columns.keys()
        found = [
            (short_name(key), count, len(self._columns.texts((key,))))
            for key, count in known.items()
            if key.startswith(SETTING)
        ]
        return sorted(
            ((name, count) for name, count, different in found if different < max(_MANY * count, 2)),
            key=lambda entry: (-entry[1], entry[0]),
        )

    def metrics(self, rules: Rules) -> list[tuple[str, int]]:
        """The metrics that can stand for all runs and how many have each: the most frequent first, odd ones last."""
        known = self._columns.keys()
        counts = {name: max(known.get(lead + name, 0) for lead in LEADS) for name in metrics_in(known)}
        return sorted(counts.items(), key=lambda entry: (is_aside(entry[0], rules), -entry[1], entry[0]))

    def first_columns(self, rules: Rules, metric: str = "") -> list[str]:
        """The columns that are shown until a person chooses others; the name is always the first.

        `metric` is the one that stands for every run, if a person chose one: it is in the headline's column.
        """
        known = self._columns.keys()
        headlines = Counter({metric: 1}) if metric else self._columns.metrics(range(len(self._columns)))
        del headlines[""]
        names = {metric_name(name) for name in headlines}
        found = [NAME, HEADLINE]
        if headlines:
            most, count = headlines.most_common(1)[0]
            if 2 * count > headlines.total():
                found.append(BEST + metric_name(most))
        found += self._first_metrics(rules, names if len(names) == 1 else frozenset())
        found += [name for name in (*_SETTINGS, "base", "dataset") if self.has(name)]
        found.append(FINDINGS)
        return [name for name in found if name in {NAME, FINDINGS} or any(key in known for key in keys_of(name))]

    def _first_metrics(self, rules: Rules, told: Set[str]) -> list[str]:
        """The loss and the most frequent other metrics, without those that are told elsewhere."""
        known = self._columns.keys()
        counts = {
            name: known.get(REPORTED + name, 0)
            for name in metrics_in(known)
            if not is_aside(name, rules) and name not in {metrics.LOSS, *told}
        }
        most = sorted(counts, key=lambda name: (-counts[name], name))[:_OTHER_METRICS]
        return [*({metrics.LOSS} - told), *(name for name in most if counts[name])]


def is_aside(metric: str, rules: Rules) -> bool:
    """Whether a metric hardly ever stands for a run: elements, timings, and what has no direction."""
    is_odd = metrics.base(metric) != metric or metrics.is_aside(metric) or metrics.is_of_training(metric)
    return is_odd or rules.direction(metric) is Direction.UNKNOWN


def shown_columns(chosen: Sequence[str], catalogue: Catalogue, rules: Rules, metric: str = "") -> list[str]:
    """The columns that a person chose as far as any card has them, else the first ones; the name leads."""
    names = [name for name in chosen if name != NAME and catalogue.has(name)]
    if HEADLINE in names and metric in names:  # which stands in the headline's column
        names.remove(metric)
    return [NAME, *names] if names else catalogue.first_columns(rules, metric)
