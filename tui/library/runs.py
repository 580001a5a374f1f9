"""The runs table without its looks: which runs in which order, in which groups, and what each column says of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from tui.cards.model import Value
from tui.judge.comparison import Which
from tui.judge.facts import REPORTED, metric_name
from tui.judge.metrics import Direction
from tui.judge.query import EVERYTHING, Query, keys_of
from tui.judge.rules import DEFAULT, Rules
from tui.library.columns import Columns, metric_of
from tui.library.tree import Entry, Folder, text_of

NAME, PATH, HEADLINE, FINDINGS = "name", "path", "headline", "findings"
"""Columns that are no values of facts."""

_AT_ONCE = 10_000
"""Runs among which the best values are found at once; of more, when there is time: see `Runs.find_best`."""


@dataclass(frozen=True, slots=True)
class View:
    """How a person wants the runs."""

    sort: str = HEADLINE
    """The column they are sorted by; empty for the order of the folders."""

    reverse: bool = False
    """Whether the worst (the smallest, Z–A) come first."""

    which: Which = Which.REPORTED
    """The values of metrics whose columns do not say which."""

    metric: str = ""
    """The metric that stands for every run, empty where each has its own."""

    query: Query = EVERYTHING
    group: str = ""
    """The column by whose values the runs are grouped, else empty."""

    opened: frozenset[str] = frozenset()
    """The values of the groups whose runs are shown."""

    most: int = 0
    """How many runs are shown at most, the first in their order; 0: all."""


@dataclass(frozen=True, slots=True)
class Group:
    """Runs with one value in a column."""

    text: str
    """The value, empty where they have none."""

    rows: Sequence[int] = field(repr=False)
    """The rows of its runs among the columns, in their order."""

    is_open: bool


class Runs:
    """The runs on display as a sequence of items: the place of an entry, or, below 0, a group (see `group_at`)."""

    def __init__(self, columns: Columns, rules: Rules = DEFAULT) -> None:
        self.columns = columns
        self.rules = rules
        self.entries: Sequence[Entry] = ()
        self.view = View()
        self.items: Sequence[int] = ()
        """What is on display, top to bottom."""

        self.total = 0
        """How many runs there are."""

        self.unread = 0
        """How many files have not been read yet."""

        self.passing = 0
        """How many runs pass the filter."""

        self._groups: list[Group] = []
        self._cards: list[int] = []
        self._waiting: list[int] = []
        self._places: list[int] = []
        """The place of each row's entry, -1 of a row that is nobody's any more."""

        self._words: dict[int, str] = {}
        self._left: list[int] = []
        self._filtered: Query | None = None
        self._one = ""
        self._parts: dict[str, list[int]] = {}
        self._best: dict[tuple[str, str], frozenset[str]] = {}
        self._best_for = (Which.REPORTED, "")
        """The values and the metric of the view that `_best` is about."""

        self._wanted: dict[tuple[str, str], int] = {}
        self._best_runs: dict[str, int | None] = {}
        self._shared: dict[str, list[int]] = {}
        """Names that several runs have → their rows."""

        self._alike: dict[str, set[str]] = {}
        """Such names → what several of their folders or files are called; as far as it was asked for."""

    def __len__(self) -> int:
        return len(self.items)

    # What is on display

    def take(self, entries: Sequence[Entry]) -> None:
        """Show these entries; those that are no cards or could not be read are left out."""
        self.entries = entries
        rows = [entry.row for entry in entries]
        self._places = [-1] * len(self.columns)
        for place, row in enumerate(rows):
            if row >= 0:
                self._places[row] = place
        self._cards = [row for row in rows if row >= 0 and self.columns.is_card(row)]
        self._waiting = [place for place, row in enumerate(rows) if row < 0 and entries[place].is_waiting]
        self.total, self.unread = len(self._cards), len(self._waiting)
        named: defaultdict[str, list[int]] = defaultdict(list)
        for row in self._cards:
            named[self.columns.name(row)].append(row)
        self._shared, self._alike = {name: found for name, found in named.items() if len(found) > 1}, {}
        self._words, self._filtered = {}, None
        self.show(self.view)

    def show(self, view: View) -> None:
        """Show the runs in another way."""
        changed = self._filtered is None or view.query.terms != self._filtered.terms
        if changed:
            self._left = self.columns.passing(view.query, self._cards, self._words_of)
            self._filtered = view.query
            self._parts = self.columns.by_metric(self._left, self.rules.headline)
            names = {metric_name(name): name for name in self._parts if name}
            self._one = next(iter(names.values())) if len(names) == 1 else ""
        if changed or self._best_for != (view.which, view.metric):
            self._best, self._wanted, self._best_for = {}, {}, (view.which, view.metric)
        self.view = view
        self.passing = len(self._left)
        rows = self._ordered(self._left)
        if view.most:
            rows = rows[: view.most]
        places = [self._places[row] for row in rows]
        self._groups, self._best_runs = self._grouped(rows) if view.group else [], {}
        if view.group:
            self.items = [item for number in range(len(self._groups)) for item in self._shown(number)]
        elif not view.query.terms and not view.most:
            self.items = [*places, *self._waiting]
        else:
            self.items = places

    @property
    def places(self) -> list[int]:
        """The places of the runs in their order, those of closed groups included."""
        if self.view.group:
            return [self._places[row] for group in self._groups for row in group.rows]
        return [item for item in self.items if item >= 0]

    def group_at(self, item: int) -> Group | None:
        """The group that an item is; None for a run."""
        return self._groups[-1 - item] if item < 0 else None

    def entry_at(self, item: int) -> Entry | None:
        """The card that an item is; None for a group."""
        return self.entries[item] if item >= 0 else None

    def index_of(self, entry: Entry | None) -> int | None:
        """Where a card is on display."""
        return next((i for i, item in enumerate(self.items) if self.entry_at(item) is entry), None) if entry else None

    def index_of_group(self, text: str) -> int | None:
        """Where a group is on display."""
        found = (i for i, item in enumerate(self.items) if item < 0 and self._groups[-1 - item].text == text)
        return next(found, None)

    def best_of(self, group: Group) -> int | None:
        """The run of a group with the best headline, where that can be said; else None.

        Of several metrics it is the best in the most frequent one.
        """
        if group.text not in self._best_runs:
            self._best_runs[group.text] = self._best_run(group.rows)
        return self._best_runs[group.text]

    # What columns say

    def keys(self, name: str) -> tuple[str, ...]:
        """The keys of facts that a column shows the first of."""
        keys = keys_of(name)
        which = self.view.which
        if which is not Which.REPORTED and keys and keys[0].startswith(REPORTED):
            metric = metric_of(keys)
            if self.columns.has_metric(metric):
                return (f"{which}.{metric}",)
        return keys

    def value(self, place: int, name: str) -> Value | None:
        """What a run has in a column; of one that was not read yet its name at least."""
        entry = self.entries[place]
        if name == NAME:
            return Value(self.label(entry))
        if name == PATH:
            return Value(entry.shown)
        if entry.row < 0:
            return None
        if name == FINDINGS:
            return Value(" ".join(self.columns.findings(entry.row)))
        return self.columns.first(entry.row, self._keys_in(name, entry.row))

    def label(self, entry: Entry) -> str:
        """The card's name, with its folder or file where another run has the same; with its path where that is too."""
        name = entry.name
        if name not in self._shared:
            return name
        if name not in self._alike:
            counts = Counter(self.entries[self._places[row]].own_name for row in self._shared[name])
            self._alike[name] = {own for own, count in counts.items() if count > 1}
        if entry.own_name in self._alike[name]:
            return f"{name} ({entry.shown.removesuffix('/README.md')})"
        return entry.label(is_shared=True)

    def metric(self, place: int) -> str:
        """The metric that stands for a run, empty where there is none."""
        row = self.entries[place].row
        return self.view.metric or (self.columns.metric(row) if row >= 0 else "")

    def one_metric(self) -> str:
        """The metric that stands for all runs that have one; empty where they have several."""
        return self.view.metric or self._one

    def frequent_metric(self) -> str:
        """The metric that stands for the most runs."""
        return next(iter(self._parts), "")

    def direction(self, name: str) -> Direction:
        """Which way a column is better; unknown for all that is no metric."""
        metric = self.one_metric() if name == HEADLINE else metric_of(self.keys(name))
        return self.rules.direction(metric) if metric and self.is_metric(name) else Direction.UNKNOWN

    def is_metric(self, name: str) -> bool:
        """Whether a column shows values of a metric."""
        return name == HEADLINE or self.columns.has_metric(metric_of(self.keys(name)))

    def is_ranked(self, name: str) -> bool:
        """Whether some value of a column can be the best."""
        if name in {NAME, PATH, FINDINGS} or not self.is_metric(name):
            return False
        return self.direction(name) is not Direction.UNKNOWN or (name == HEADLINE and not self.one_metric())

    def is_best(self, place: int, name: str) -> bool:
        """Whether a run has the best value of a column among all that pass the filter."""
        row = self.entries[place].row
        if row < 0 or not self.is_ranked(name):
            return False
        own = self.metric(place) if name == HEADLINE and not self.view.metric else ""
        if (name, own) not in self._best:
            if len(self._left) > _AT_ONCE:
                self._wanted[name, own] = place
                return False
            self._find_best(name, own, place)
        best = self._best[name, own]
        value = self.columns.first(row, self._keys_in(name, row)) if best else None
        return value is not None and value.raw in best

    def find_best(self) -> bool:
        """Find the best values that `is_best` was asked for and left for later; whether there were any."""
        for (name, own), place in self._wanted.items():
            self._find_best(name, own, place)
        found, self._wanted = bool(self._wanted), {}
        return found

    def _find_best(self, name: str, own: str, place: int) -> None:
        """Find the best values of a column, or of the headline among those whose own it is; `place` is one of them."""
        rows = self._parts.get(own, []) if own else self._left
        keys = self._keys_in(name, self.entries[place].row)
        metric = self.metric(place) if name == HEADLINE else metric_of(keys)
        self._best[name, own] = self.columns.best(keys, rows, metric, self.rules)

    # Order, groups and filter

    def _best_run(self, rows: Sequence[int]) -> int | None:
        parts = {self.view.metric: rows} if self.view.metric else self.columns.by_metric(rows, self.rules.headline)
        metric, of_one = next(iter(parts.items()))
        keys = self._headline_keys(metric)
        if len(of_one) == 1 and metric and self.columns.first(of_one[0], keys):
            return self._places[of_one[0]]
        best = self.columns.best(keys, of_one, metric, self.rules)
        known = ((row, self.columns.first(row, keys)) for row in of_one) if best else ()
        return next((self._places[row] for row, value in known if value and value.raw in best), None)

    def _keys_in(self, name: str, row: int) -> tuple[str, ...]:
        """The keys of a column in a row: of the headline they are those of its metric."""
        if name != HEADLINE:
            return self.keys(name)
        return self._headline_keys(self.view.metric or self.columns.metric(row))

    def _headline_keys(self, metric: str) -> tuple[str, ...]:
        if not self.view.metric and self.view.which is Which.REPORTED:
            return (HEADLINE,)
        return (f"{self.view.which}.{metric_name(metric)}",)

    def _ordered(self, rows: Sequence[int]) -> Sequence[int]:
        view, columns = self.view, self.columns
        if not view.sort:
            return rows[::-1] if view.reverse else rows
        if view.sort == PATH:
            return sorted(rows, key=lambda row: self.entries[self._places[row]].shown, reverse=view.reverse)
        if view.sort == HEADLINE:
            parts = {view.metric: rows} if view.metric else self._parts
            found: list[int] = []
            for metric, of_one in parts.items():
                found += columns.by(self._headline_keys(metric), of_one, metric, self.rules, view.reverse)
            return found
        if view.sort in {NAME, FINDINGS}:
            return columns.ordered(view.sort, rows, self.rules, reverse=view.reverse)
        keys = self.keys(view.sort)
        return columns.by(keys, rows, metric_of(keys), self.rules, view.reverse)

    def _grouped(self, rows: Sequence[int]) -> list[Group]:
        """The groups of rows, in the order of their first ones."""
        found = self.columns.by_text(self.keys(self.view.group), rows)
        last = {text: found.pop(text) for text in [""] if text in found}
        return [Group(text, of_one, text in self.view.opened) for text, of_one in (found | last).items()]

    def _words_of(self, row: int) -> str:
        """A run's path and name, lower-cased."""
        if not self._words:
            inner: dict[Folder, str] = {}
            self._words = {known: text_of(self.entries[self._places[known]], inner) for known in self._cards}
        return self._words[row]

    def _shown(self, number: int) -> list[int]:
        """A group, and its runs where it is open."""
        group = self._groups[number]
        return [-1 - number, *((self._places[row] for row in group.rows) if group.is_open else ())]

    def know_words(self) -> None:
        """Gather what words are sought in, before they are."""
        if self._cards:
            self._words_of(self._cards[0])
