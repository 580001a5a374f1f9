"""Many cards' facts, column by column: what sorts, filters and shows 100,000 runs at once."""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from threading import RLock
from typing import TypeVar

from tui.cards.model import Value
from tui.judge.facts import BEST, LAST, REPORTED, Facts, metric_name
from tui.judge.metrics import Direction
from tui.judge.query import Query, Term, keys_of
from tui.judge.rules import Rules
from tui.judge.units import in_one_unit
from tui.library.cells import NOTHING, Cells, Texts
from tui.library.scan import natural

Judged = tuple[tuple[str, ...], str, tuple[str, ...]]
"""The codes of a row's findings, the severity of the gravest, the codes of its problems."""

_T = TypeVar("_T")

LEADS = (REPORTED, BEST, LAST)


class Columns:
    """The facts of many cards: one that changed is added anew, and its owner has the old row forgotten.

    One thread may add rows while others ask about those that they know of.
    """

    def __init__(self) -> None:
        self._lock = RLock()
        """Held while cells are added, and while they are looked at."""

        self._count = 0
        self._forgotten = 0
        self._names: list[str] = []
        self._cells: dict[str, Cells] = {}
        self._texts = Texts()
        self._has_percent = False
        self._is_card = bytearray()
        self._metrics = array("I")
        self._metric_ids: dict[str, int] = {}
        self._metric_names: list[str] = []
        self._judged = array("I")
        self._judged_ids: dict[Judged, int] = {}
        self._judgements: list[Judged] = []

    def __len__(self) -> int:
        return self._count

    @property
    def live(self) -> int:
        """How many rows were not forgotten."""
        return self._count - self._forgotten

    def add(self, facts: Facts) -> int:
        """Take in the facts of a card; gives the number of its row."""
        with self._lock:
            row = self._count
            self._names.append(facts.name)
            self._is_card.append(facts.is_card)
            self._metrics.append(_numbered(facts.metric, self._metric_ids, self._metric_names))
            judged = (facts.findings, facts.severity, facts.problems)
            self._judged.append(_numbered(judged, self._judged_ids, self._judgements))
            for key, value in facts.values.items():
                cells = self._cells.get(key)
                if cells is None:
                    cells = self._cells[key] = Cells()
                cells.append(row, self._texts.id(value))
                self._has_percent = self._has_percent or "%" in value.raw
            self._count += 1
        return row

    def forget(self, row: int) -> None:
        """Leave a row empty: its card changed, or is gone."""
        with self._lock:
            for cells in self._cells.values():
                cells.clear(row)
            self._metrics[row] = _numbered("", self._metric_ids, self._metric_names)
            self._judged[row] = _numbered(((), "", ()), self._judged_ids, self._judgements)
            self._forgotten += 1

    # One row

    def value(self, row: int, key: str) -> Value | None:
        """What a row has under a key, as printed."""
        with self._lock:
            cells = self._cells.get(key)
            found = cells.at(row) if cells else NOTHING
        return self._texts.value(found) if found else None

    def first(self, row: int, keys: Sequence[str]) -> Value | None:
        """What a row has under the first of some keys that it has."""
        return next((value for key in keys if (value := self.value(row, key)) is not None), None)

    def name(self, row: int) -> str:
        """The card's name."""
        return self._names[row]

    def is_card(self, row: int) -> bool:
        """Whether anything of a card was found in the file."""
        return bool(self._is_card[row])

    def metric(self, row: int) -> str:
        """The headline metric's name, empty where there is none."""
        return self._metric_names[self._metrics[row]]

    def findings(self, row: int) -> tuple[str, ...]:
        """The codes of the findings, the gravest first."""
        return self._judgements[self._judged[row]][0]

    def severity(self, row: int) -> str:
        """Of the gravest finding; empty where there is none."""
        return self._judgements[self._judged[row]][1]

    def problems(self, row: int) -> tuple[str, ...]:
        """The codes of the problems."""
        return self._judgements[self._judged[row]][2]

    # All rows

    def keys(self) -> Mapping[str, int]:
        """Each key → in how many rows it is."""
        with self._lock:
            return {key: cells.count for key, cells in self._cells.items() if cells.count}

    def has_metric(self, name: str) -> bool:
        """Whether a name stands for a metric of some row."""
        return any(lead + name in self._cells for lead in LEADS)

    def metrics(self, rows: Iterable[int]) -> Counter[str]:
        """The names of the headline metrics, with how many of some rows each stands for."""
        counts = Counter(map(self._metrics.__getitem__, rows))
        return Counter({self._metric_names[place]: count for place, count in counts.items()})

    def codes(self) -> Counter[str]:
        """The codes of findings and problems, with how many rows have each."""
        counts: Counter[str] = Counter()
        for judged, count in Counter(self._judged).items():
            findings, _, problems = self._judgements[judged]
            counts.update(dict.fromkeys({*findings, *problems}, count))
        return counts

    def texts(self, keys: Sequence[str], most: int | None = None) -> dict[str, int]:
        """The texts under the first of some keys, with how many rows have each, the most frequent `most` of them."""
        counts = Counter(self._ids(keys, range(len(self))))
        del counts[NOTHING]
        return {self._texts.text(found): count for found, count in counts.most_common(most)}

    def by_text(self, keys: Sequence[str], rows: Sequence[int]) -> dict[str, list[int]]:
        """The rows by what they have under the first of some keys; those without it under the empty text."""
        found: dict[str, list[int]] = {}
        text = self._texts.text
        for row, place in zip(rows, self._ids(keys, rows), strict=True):
            found.setdefault(text(place), []).append(row)
        return found

    def by_metric(self, rows: Sequence[int], first: str = "") -> dict[str, list[int]]:
        """The rows by their headline metric: the one called `first`, then the most frequent.

        Those without one come last, under the empty name.
        """
        found: dict[int, list[int]] = {}
        for row in rows:
            found.setdefault(self._metrics[row], []).append(row)
        named = [(self._metric_names[place], of_one) for place, of_one in found.items()]
        leads = metric_name(first) if first else None
        named.sort(key=lambda entry: (not entry[0], metric_name(entry[0]) != leads, -len(entry[1])))
        return dict(named)

    def _ids(self, keys: Sequence[str], rows: Sequence[int]) -> list[int]:
        """The numbers of the texts that rows have under the first of some keys."""
        with self._lock:
            known = [self._cells[key] for key in keys if key in self._cells]
            if not known:
                return [NOTHING] * len(rows)
            found = known[0].of(rows, self._count)
            for cells in known[1:]:
                if NOTHING in found:
                    others = cells.of(rows, self._count)
                    found = [first or other for first, other in zip(found, others, strict=True)]
        return found

    # Filter

    def passing(self, query: Query, rows: Sequence[int], words: Callable[[int], str]) -> list[int]:
        """The rows for which all terms hold; `words` gives a row's path and name, lower-cased."""
        left = list(rows)
        for term in query.terms:
            if term.kind == "words":
                left = [row for row in left if term.test_words(words(row)) is not term.negated]
            elif term.kind == "has":
                left = self._having(term, left)
            else:
                left = self._with_value(term, left)
        return left

    def _with_value(self, term: Term, rows: list[int]) -> list[int]:
        """The rows whose value passes; each text is tested once."""
        ids = self._ids(term.keys, rows)
        passes = {found for found in set(ids) if term.test_value(self._texts.value(found) if found else None)}
        if term.negated:
            return [row for row, found in zip(rows, ids, strict=True) if found not in passes]
        return [row for row, found in zip(rows, ids, strict=True) if found in passes]

    def _having(self, term: Term, rows: list[int]) -> list[int]:
        """The rows with a finding, a problem or a value; tested once for all rows that agree in what is asked."""
        asked: dict[str, None] = {}

        def note(key: str) -> bool:
            asked[key] = None
            return False

        for judged in set(self._judged):
            self._test(term, judged, note)
        cells = [self._ids((key,), rows) for key in asked]
        judged_of = map(self._judged.__getitem__, rows)
        signs = zip(judged_of, *(map(bool, ids) for ids in cells), strict=True)
        known: dict[tuple[int | bool, ...], bool] = {}
        left = []
        for row, sign in zip(rows, signs, strict=True):
            if sign not in known:
                present = {key for key, is_there in zip(asked, sign[1:], strict=True) if is_there}
                known[sign] = self._test(term, int(sign[0]), present.__contains__) is not term.negated
            if known[sign]:
                left.append(row)
        return left

    def _test(self, term: Term, judged: int, has: Callable[[str], bool]) -> bool:
        findings, severity, problems = self._judgements[judged]
        return term.test_findings(findings, problems, has, severity)

    # Sort

    def ordered(self, name: str, rows: Sequence[int], rules: Rules, *, reverse: bool = False) -> list[int]:
        """The rows by what a typed name means: best first where that is known, else largest first.

        Texts stand in natural order. Rows without a value come last always, and equal ones keep their order. Of the
        headline, runs of one metric stand together, those of the most frequent one first.
        """
        if name == "name":
            return sorted(rows, key=lambda row: natural(self._names[row]), reverse=reverse)
        if name == "headline":
            parts = self.by_metric(rows, rules.headline).items()
            return [row for metric, of_one in parts for row in self.by((name,), of_one, metric, rules, reverse)]
        if name == "findings":
            grave = {judged: _gravity(self._judgements[judged]) for judged in set(self._judged)}
            return sorted(rows, key=lambda row: grave[self._judged[row]], reverse=reverse)
        keys = keys_of(name)
        return self.by(keys, rows, metric_of(keys), rules, reverse)

    def by(self, keys: Sequence[str], rows: Sequence[int], metric: str, rules: Rules, reverse: bool) -> list[int]:
        """The rows by the values under the first of some keys, of the metric of this name, if it is one.

        Finite numbers come first, then nan and infinities, then texts, then rows without a value.
        """
        ids = self._ids(keys, rows)
        numbers = list(map(self._comparable(metric, set(ids)).get, ids))
        found = [at for at, number in enumerate(numbers) if number is not None]
        rest = [at for at, number in enumerate(numbers) if number is None] if len(found) < len(ids) else []
        is_largest_first = (rules.direction(metric) is not Direction.MINIMIZE) is not reverse
        found.sort(key=numbers.__getitem__, reverse=is_largest_first)  # type: ignore[arg-type]
        return [rows[at] for at in (*found, *self._by_text(rest, ids, reverse=reverse))]

    def _by_text(self, places: list[int], ids: Sequence[int], *, reverse: bool) -> list[int]:
        """Places of `ids` that are no numbers to sort by: nan and infinities, then texts, then nothing."""
        texts = self._texts
        kinds = {ids[at] for at in places}
        words = [(natural(texts.text(found)), found) for found in kinds if found and not texts.is_number(found)]
        ranks = dict.fromkeys(kinds, -1)
        ranks |= {found: rank for rank, (_, found) in enumerate(sorted(words, reverse=reverse))}
        ranks[NOTHING] = len(words)
        keys = [ranks[ids[at]] for at in places]
        order = sorted(range(len(places)), key=keys.__getitem__)
        return [places[at] for at in order]

    def _comparable(self, metric: str, ids: Iterable[int]) -> dict[int, float]:
        """The finite numbers among some texts; percentages beside shares as shares."""
        texts = self._texts
        found = texts.numbers(ids)
        percent = [place for place in found if "%" in texts.text(place)] if metric and self._has_percent else []
        if percent:
            others = _extremes(found[place] for place in found.keys() - set(percent))
            values = [*map(texts.value, percent), *(Value(repr(other), other) for other in others)]
            for place, share in zip(percent, in_one_unit(metric, values) or (), strict=False):
                found[place] = found[place] if share is None else share
        return found

    def best(self, keys: Sequence[str], rows: Sequence[int], metric: str, rules: Rules) -> frozenset[str]:
        """The texts that are the best value of a metric in some rows; none where that cannot be said.

        It cannot where the direction is unknown, where it is not certain that all are in one unit, or of one row.
        """
        way = rules.direction(metric)
        if way is Direction.UNKNOWN:
            return frozenset()
        ids = self._ids(keys, rows)
        numbers = self._comparable(metric, set(ids))
        if len(ids) - ids.count(NOTHING) < 2 or not numbers or not self._is_in_one_unit(metric, list(numbers)):
            return frozenset()
        top = (max if way is Direction.MAXIMIZE else min)(numbers.values())
        return frozenset(self._texts.text(place) for place, number in numbers.items() if number == top)

    def _is_in_one_unit(self, metric: str, ids: Sequence[int]) -> bool:
        """Whether the numbers of some texts are certainly comparable; asks about those that can make a difference."""
        texts = self._texts
        percent = [place for place in ids if "%" in texts.text(place)] if self._has_percent else []
        plain = set(ids).difference(percent)
        values = [Value(repr(number), number) for number in _extremes(map(texts.number, plain))]
        return in_one_unit(metric, [*values, *map(texts.value, percent[:1])]) is not None


def _extremes(numbers: Iterable[float]) -> list[float]:
    """The greatest of some numbers, and one that may be a share: they say of which unit all may be."""
    finite = [number for number in numbers if math.isfinite(number)]
    share = next((number for number in finite if 0 < abs(number) <= 1), None)
    return [max(finite), *([] if share is None else [share])] if finite else []


def metric_of(keys: Sequence[str]) -> str:
    """The name of the metric that keys of values stand for, empty where they stand for none."""
    for lead in LEADS:
        if keys and keys[0].startswith(lead):
            return keys[0][len(lead) :]
    return ""


def _gravity(judged: Judged) -> tuple[int, int]:
    """The less the worse; findings without a known severity count least."""
    findings, severity, _ = judged
    order = ("error", "warning", "info")
    return order.index(severity) if severity in order else len(order), -len(findings)


def _numbered(value: _T, ids: dict[_T, int], values: list[_T]) -> int:
    """The number of a value, a new one where it is not there yet."""
    found = ids.get(value)
    if found is None:
        found = ids[value] = len(values)
        values.append(value)
    return found
