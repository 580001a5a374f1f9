"""``cardtui list [PATH…]``: the runs as a table, those that are asked for, in the order that is asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from tui.cards.read import CardFileError
from tui.cli.list_rows import OWN, cell, columns_with, names_in, ordered, to_be_sorted
from tui.cli.output import CommandError, ExitCode, data_output, say, terminal_width, write_lines
from tui.cli.sources import read_facts
from tui.judge.facts import Facts
from tui.judge.query import Query, QueryError, keys_of, parse, short_name
from tui.judge.query_names import FIELDS, split_prefix
from tui.judge.rules import DEFAULT, Rules, rules_of
from tui.library.columns import Columns
from tui.render import list_text
from tui.render.text import visible, width
from tui.settings import DEFAULTS, Settings

_STREAMED = {"csv": list_text.csv_lines, "jsonl": list_text.json_lines}
"""Formats of which a row can be written before the next one is known."""

_WHOLE = {"json": list_text.json_array, "markdown": list_text.markdown_lines, "latex": list_text.latex_lines}


@dataclass(frozen=True, slots=True)
class Wish:
    """What to list, and how."""

    where: str = ""
    sort: str = ""
    reverse: bool = False
    top: int | None = None
    columns: tuple[str, ...] = ()
    """Names with commas between; none: the usual ones."""

    form: str = "table"
    remembers: bool = True
    """Whether to use the index of cards."""


class _Listing:
    """The cards that are meant, and what was seen of all."""

    def __init__(
        self, paths: Sequence[str], wish: Wish, query: Query, columns: Sequence[str], rules: Rules = DEFAULT
    ) -> None:
        self.paths = paths
        self.rules = rules
        self.wish = wish
        self.query = query
        self.columns = columns
        self.cards = 0
        self.matched = 0
        self.keys: Counter[str] = Counter()

    def rows(self) -> Iterator[list_text.Row]:
        """The rows as they are to be printed."""
        wish = self.wish
        if not wish.sort and not wish.reverse:
            return islice((row for _, _, row in self._matching()), wish.top)
        keys = Columns()
        found: list[list_text.Row] = []
        for facts, path, row in self._matching():
            found.append(row)
            if wish.sort:
                keys.add(to_be_sorted(wish.sort, facts, path))
        places = (
            ordered(keys, wish.sort, self.rules, reverse=wish.reverse) if wish.sort else [*reversed(range(len(found)))]
        )
        return (found[place] for place in places[: wish.top])

    def _matching(self) -> Iterator[tuple[Facts, str, list_text.Row]]:
        """Each card that is meant with its path and its row."""
        for found in read_facts(self.paths, remembers=self.wish.remembers, rules=self.rules):
            if isinstance(found, CardFileError):
                say(str(found))
                continue
            source, facts = found
            if not facts.is_card:
                continue
            self.cards += 1
            self.keys.update(facts.values.keys())
            if self.query.matches(facts, source.shown):
                self.matched += 1
                yield facts, source.shown, [cell(name, facts, source.shown) for name in self.columns]

    def unknown(self, names: Iterable[str]) -> list[str]:
        """The names that no card has."""
        asked = (name for name in names if name.casefold() not in OWN | set(FIELDS))
        return [name for name in dict.fromkeys(asked) if not any(key in self.keys for key in keys_of(name))]


def run(paths: Sequence[str], wish: Wish | None = None, settings: Settings = DEFAULTS) -> ExitCode:
    """Print a row for every card that is meant; returns the exit status, which is 1 where there is none."""
    wish = wish or Wish()
    try:
        query = parse(wish.where)
    except QueryError as error:
        _point_at(wish.where, error)
        return ExitCode.WRONG
    named = _named(wish.columns)
    columns = named or columns_with(query, wish.sort, settings.columns)
    listing = _Listing(paths, wish, query, columns, rules_of(settings))
    _print(listing)
    if not listing.cards:
        raise CommandError(f"no cards in {', '.join(paths)}")
    stopped = wish.top is not None and listing.matched == wish.top and not (wish.sort or wish.reverse)
    if not stopped:
        for name in listing.unknown([*names_in(query), *([wish.sort] if wish.sort else []), *named]):
            say(_unknown(name, listing.keys))
    if not listing.matched:
        count = f"the {listing.cards:,} cards" if listing.cards > 1 else "one card"
        say(f"none of {count} in {', '.join(paths)} is as asked for: {wish.where}")
        return ExitCode.NO
    return ExitCode.FINE


def _unknown(name: str, keys: Counter[str]) -> str:
    """That no card has a name, and which ones were perhaps meant."""
    from difflib import get_close_matches  # noqa: PLC0415 - 5 ms for a mistake

    meant: dict[str, str] = {}
    for key, _ in keys.most_common():
        for spelling in (short_name(key), split_prefix(key)[1]):
            meant.setdefault(spelling, short_name(key))
    word = name.casefold()
    near = get_close_matches(word, meant, cutoff=0.65)
    inside = [spelling for spelling in meant if word in spelling]
    shown = list(dict.fromkeys(meant[spelling] for spelling in [*near, *inside]))[:3]
    return f"no card has {name}" + (f"; near: {', '.join(shown)}" if shown else "")


def _named(texts: Sequence[str]) -> list[str]:
    """The columns that were asked for, each once; raises CommandError where commas name none."""
    names = [name.strip() for text in texts for name in text.split(",")]
    if texts and not any(names):
        raise CommandError("--columns names no column; write some with commas between, as in name,f1,lr")
    return list(dict.fromkeys(filter(None, names)))


def _print(listing: _Listing) -> None:
    """Write the rows; nothing where there is no card at all."""
    form = listing.wish.form
    if form in _STREAMED:
        rows = listing.rows()
        first = list(islice(rows, 1))
        if first or (form == "csv" and listing.cards):
            for line in _STREAMED[form](listing.columns, chain(first, rows)):
                _write(line)
        return
    whole = list(listing.rows())
    if form == "table":
        write_lines(list_text.list_lines(listing.columns, whole, terminal_width()) if whole else [])
    elif whole or (form == "json" and listing.cards):
        for line in _WHOLE[form](listing.columns, whole):
            _write(line)


def _write(line: str) -> None:
    """Write a line at once: who reads it may need no more."""
    output = data_output()
    output.write(line.encode() + b"\n")
    output.flush()


def _point_at(text: str, error: QueryError) -> None:
    """Say what is wrong with an expression, and where."""
    say(str(error))
    say(f"  {text}")
    marked = visible(text[error.start : error.end])
    say(f"  {' ' * width(visible(text[: error.start]))}{'^' * max(width(marked), 1)}")
