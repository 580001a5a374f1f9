"""Expressions that choose cards: ``f1>0.9 lr<=5e-5 base:bert -has:diverged "free words"``.

``docs/expressions.md`` describes them.
"""

from __future__ import annotations

import fnmatch
import math
import operator
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Literal

from tui.cards.model import Value
from tui.cards.problems import KINDS, Severity
from tui.cards.values import to_number
from tui.judge import query_completion
from tui.judge.facts import Facts
from tui.judge.findings.table import CODES
from tui.judge.query_completion import Completion, Known
from tui.judge.query_names import SHORT, TEXT_FIELDS, direction_of, keys_of, short_name, split_prefix
from tui.judge.query_tokens import Part, Token, part, tokens

__all__ = [
    "Completion",
    "Known",
    "Query",
    "QueryError",
    "Term",
    "completions",
    "direction_of",
    "keys_of",
    "number_of",
    "parse",
    "short_name",
]

_NO_OPERATORS = frozenset({"OR", "AND", "NOT", "|", "||", "&", "&&"})
"""What other languages have; as words they would be found in many a name."""

_ORDERINGS: dict[str, Callable[[Any, Any], bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}

_INSTEAD = {
    "settings": "setting",
    "hyperparameter": "setting",
    "hyperparameters": "setting",
    "param": "setting",
    "params": "setting",
    "versions": "version",
    "framework": "version",
    "frameworks": "version",
    "report": "reported",
    "final": "last",
    "estimates": "estimate",
}
"""Prefixes that are none, and what to write in their stead."""

_ASKED_BY_HAS = frozenset({"code", "finding", "findings", "problem", "problems", "severity"})

_PROBLEMS, _FINDINGS = "problems", "findings"


class QueryError(ValueError):
    """An expression that cannot be read: a sentence, and the range of the text that it is about."""

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.start = start
        self.end = end


@dataclass(frozen=True, slots=True)
class Wanted:
    """A value that a term asks for."""

    text: str
    """Regardless of case."""

    number: float | None = None
    """The number that it is; of a percentage the share."""

    is_percentage: bool = False
    pattern: re.Pattern[str] | None = None
    """Where it has ``*`` or ``?``: what the whole of a text must be."""

    version: tuple[int, ...] = ()
    keys: tuple[str, ...] = ()
    """Behind ``has:``, where it is no code: the values of a card that it may mean."""


@dataclass(frozen=True, slots=True)
class Term:
    """One condition. Its tests are those before negation: who asks turns the answer round where it is negated."""

    start: int
    end: int
    """The range in the text."""

    negated: bool
    keys: tuple[str, ...]
    """Keys of the card's values, of which the first that it has counts; none for words and ``has:``."""

    kind: Literal["value", "words", "has"]
    operator: str = ":"
    wanted: tuple[Wanted, ...] = ()
    part: Literal["", "name", "path"] = ""
    """Of words: where they stand; empty: anywhere."""

    name: str = ""
    """Of values: the name as typed."""

    def test_value(self, value: Value | None) -> bool:
        """Whether a value is as asked for; never where the card has none."""
        if value is None:
            return False
        if compare := _ORDERINGS.get(self.operator):
            return _in_order(value, self.wanted[0], compare)
        if self.operator == "!=":
            return all(_differs(value, wanted) for wanted in self.wanted)
        return any(_is_meant(value, wanted, self.operator) for wanted in self.wanted)

    def test_words(self, text: str) -> bool:
        """Whether a card's path and name, lower-cased with a line end between, have the words."""
        if self.part:
            path, _, name = text.rpartition("\n")
            return self.test_value(Value(name if self.part == "name" else path))
        return any(_occurs(wanted, text) for wanted in self.wanted)

    def test_findings(
        self,
        codes: Collection[str],
        problems: Collection[str],
        has: Callable[[str], bool],
        severity: str = "",
    ) -> bool:
        """Whether a card has one of what is asked for.

        `codes` are those of its findings, the gravest of which has the `severity`; `problems` are the codes of its
        problems, and `has` tells whether it has a value under a key.
        """
        return any(_has(wanted, codes, problems, has, severity) for wanted in self.wanted)


@dataclass(frozen=True, slots=True)
class Query:
    """An expression that was read."""

    text: str
    terms: tuple[Term, ...]
    """All must hold; without any, every card is meant."""

    def matches(self, facts: Facts, path: str) -> bool:
        """Whether a card is meant."""
        return all(_holds(term, facts, path) != term.negated for term in self.terms)


EVERYTHING = Query("", ())
"""The expression that means every card."""


def parse(text: str) -> Query:
    """Read an expression; raises QueryError at the first token that cannot be read."""
    return Query(text, tuple(_term(text, token) for token in tokens(text)))


def completions(text: str, cursor: int, known: Known, most: int = 8) -> list[Completion]:
    """Ways to go on at the cursor: names, or behind an operator the values, with how many cards each means."""
    values: dict[str, list[tuple[Value, int]]] = {}

    def values_of(name: str) -> list[tuple[Value, int]]:
        if name not in values:
            values[name] = [(Value(told, to_number(told)), count) for told, count in known.texts(name).items()]
        return values[name]

    found = query_completion.completions(text, cursor, known, most)
    return [whole for offer in found if (whole := _completed(offer, values_of))]


def _completed(offer: Completion, values_of: Callable[[str], list[tuple[Value, int]]]) -> Completion | None:
    """A way to go on, of an order with how many cards it leaves; None where it cannot be read."""
    try:
        (term,) = parse(offer.text).terms
    except QueryError:
        return offer if offer.text.endswith(":") else None
    if term.operator not in _ORDERINGS:
        return offer
    return replace(offer, count=sum(count for value, count in values_of(term.name) if term.test_value(value)))


def _holds(term: Term, facts: Facts, path: str) -> bool:
    if term.kind == "words":
        return term.test_words(f"{path}\n{facts.name}".lower())
    if term.kind == "has":
        return term.test_findings(facts.findings, facts.problems, facts.values.__contains__, facts.severity)
    return term.test_value(next((facts.values[key] for key in term.keys if key in facts.values), None))


# Reading


def _term(text: str, token: Token) -> Term:
    """The condition that a token states."""
    if token.unclosed is not None:
        raise QueryError('a quotation mark is not closed: write one more " at the end', token.unclosed, token.end)
    if not token.operator.text:
        if text[token.start : token.end] in _NO_OPERATORS:
            raise QueryError(
                "all terms must hold, and commas say “or”, as in base:bert,roberta; in quotation marks it is a word",
                token.start,
                token.end,
            )
        if not token.name.text:
            what = "the minus sign stands" if token.negated else "the quotation marks stand"
            raise QueryError(f'{what} without words, as in -has:diverged or "two words"', token.start, token.end)
        return Term(token.start, token.end, token.negated, (), "words", wanted=(_wanted(token.name.text, "*{}*"),))
    name = token.name.text.strip().casefold()
    _check_values(text, token)
    if name == "has":
        return _has_term(token)
    _check_name(name, token)
    if token.operator.text in _ORDERINGS:
        whole = part(text, token.values[0].start, token.end)
        wanted: tuple[Wanted, ...] = (_ordered(whole, name, token),)
    else:
        wanted = tuple(_wanted(value.text) for value in token.values)
    place: Literal["", "name", "path"] = "name" if name == "name" else "path" if name == "path" else ""
    keys = () if place else keys_of(name)
    kind: Literal["words", "value"] = "words" if place else "value"
    return Term(token.start, token.end, token.negated, keys, kind, token.operator.text, wanted, place, token.name.text)


def _check_values(text: str, token: Token) -> None:
    """Refuse an operator that has nothing before or behind it, or another operator."""
    sign = token.operator
    name, first = token.name.text.strip(), token.values[0]
    if not name:
        shown = (
            f"f1{sign.text}{first.text or '0.9'}"
            if sign.text in _ORDERINGS
            else f"base{sign.text}{first.text or 'bert'}"
        )
        raise QueryError(
            f"{sign.text} has no name before it: write both without a blank between, as in {shown}",
            sign.start,
            sign.end,
        )
    if text[first.start : first.start + 1] in ("<", ">", "=", ":"):
        raise QueryError(
            f"{sign.text}{text[first.start]} is no operator: write one of > >= < <= = != :", sign.start, first.start + 1
        )
    for value in token.values:
        if not value.text.strip():
            example = {"has": "overfitting", **dict.fromkeys(TEXT_FIELDS, "bert")}.get(name.casefold(), "0.9")
            raise QueryError(
                f"{name}{sign.text} has no value behind it: write one without a blank between, as in "
                f"{name}{sign.text}{example}",
                token.name.start,
                max(value.end, sign.end),
            )


def _check_name(name: str, token: Token) -> None:
    """Refuse a name that means something else, and an order of what has none."""
    start, end = token.name.start, token.name.end
    if name in _ASKED_BY_HAS:
        raise QueryError("findings and problems are asked for with has:, as in has:overfitting", start, end)
    prefix, rest = split_prefix(name)
    if prefix and not rest:
        raise QueryError(f"{name} has no name behind it: write one, as in {prefix}{_NAMES[prefix]}", start, end)
    lead, dot, rest = name.partition(".")
    if dot and lead in _INSTEAD:
        instead = f"{_INSTEAD[lead]}.{rest}"
        raise QueryError(f"{lead}. is not known before a name: write {instead}", start, start + len(lead) + 1)
    if name in TEXT_FIELDS and token.operator.text in _ORDERINGS:
        raise QueryError(
            f"{name} is a text and has no order: ask with : for a part of it or = for the whole", start, end
        )


_NAMES = {
    "best.": "f1",
    "last.": "f1",
    "reported.": "f1",
    "setting.": next(iter(SHORT)),
    "version.": "transformers",
    "estimate.": "training_examples",
}
"""An example of what may stand behind each prefix."""


def _ordered(value: Part, name: str, token: Token) -> Wanted:
    """The number (or version) that an order is about."""
    wanted = _wanted(value.text)
    if (wanted.number is None and not wanted.version) or (wanted.number is not None and math.isnan(wanted.number)):
        raise QueryError(
            f"{value.text} is no number, and {token.operator.text} compares numbers: "
            f"write {name}{token.operator.text}0.9, or {name}:{_quoted(value.text)} for a text",
            value.start,
            value.end,
        )
    return wanted


def _quoted(text: str) -> str:
    return f'"{text}"' if any(map(str.isspace, text)) else text


def _has_term(token: Token) -> Term:
    sign = token.operator
    if sign.text not in (":", "="):
        instead = f"-has:{token.values[0].text}" if sign.text == "!=" else "has:overfitting"
        raise QueryError(f"has is followed by a colon: write {instead}", sign.start, sign.end)
    wanted = tuple(_wanted_of_has(value.text.strip().casefold()) for value in token.values)
    return Term(token.start, token.end, token.negated, (), "has", wanted=wanted)


_KNOWN_TO_HAS = frozenset({*CODES, *KINDS, *map(str, Severity), _PROBLEMS, _FINDINGS})


def _wanted_of_has(word: str) -> Wanted:
    return Wanted(word) if word in _KNOWN_TO_HAS else Wanted(word, keys=keys_of(word))


_GLOB = re.compile(r"[*?]")
_VERSION = re.compile(r"\d{1,9}(?:\.\d{1,9})*")


def _wanted(text: str, place: str = "{}") -> Wanted:
    """What is asked for; a pattern must be the whole of a text, or what `place` makes of it."""
    number, is_percentage = to_number(text.strip()), text.rstrip().endswith("%")
    glob = place.format(text.casefold().replace("[", "[[]"))
    pattern = fnmatch.translate(glob) if _GLOB.search(text) else None
    version = _version(text) if _VERSION.fullmatch(text) else ()
    return Wanted(
        text.casefold(),
        _share(number) if number is not None and is_percentage else number,
        is_percentage,
        re.compile(pattern) if pattern else None,
        version,
    )


# Testing


def number_of(value: Value) -> float | None:
    """The number that a value is; of a percentage the share.

    >>> number_of(Value("93.4%", 93.4)), number_of(Value("0.9", 0.9))
    (0.934, 0.9)
    """
    return _share(value.number) if value.number is not None and "%" in value.raw else value.number


def _amount(value: Value, wanted: Wanted) -> float | None:
    """The number of a value in the unit that is asked in: of ``93%`` the share, but beside 90 the 93."""
    if wanted.number is None or wanted.is_percentage or abs(wanted.number) <= 1:
        return number_of(value)
    return value.number


def _share(number: float) -> float:
    """What a percentage is as a share, to the last digit."""
    return float(Decimal(repr(number)).scaleb(-2)) if math.isfinite(number) else number


def _in_order(value: Value, wanted: Wanted, compare: Callable[[Any, Any], bool]) -> bool:
    amount = _amount(value, wanted)
    if amount is not None:
        return wanted.number is not None and compare(amount, wanted.number)  # never of nan
    version = _version(value.raw)
    return bool(version and wanted.version) and compare(version, wanted.version)


def _version(text: str) -> tuple[int, ...]:
    """The numbers of a version, without the zeros at its end; none where the text does not begin like one.

    >>> _version("4.46.0.dev0"), _version("2.1.0+cu118"), _version("main")
    ((4, 46), (2, 1), ())
    """
    match = _VERSION.match(text)
    numbers = list(map(int, match[0].split("."))) if match else []
    while len(numbers) > 1 and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)


def _is_meant(value: Value, wanted: Wanted, sign: str) -> bool:
    """Whether a value is the one asked for; with a colon, whether it has it in it."""
    amount = _amount(value, wanted)
    if amount is not None and wanted.number is not None:
        return amount == wanted.number or (math.isnan(amount) and math.isnan(wanted.number))
    text = value.raw.casefold()
    if sign == ":":
        return bool(wanted.pattern.match(text)) if wanted.pattern else wanted.text in text
    return text == wanted.text


def _differs(value: Value, wanted: Wanted) -> bool:
    """Whether a value is certainly another one: nan is none beside a number."""
    if wanted.number is not None and value.number is not None and math.isnan(value.number):
        return False
    return not _is_meant(value, wanted, "=")


def _occurs(wanted: Wanted, text: str) -> bool:
    """Whether words stand somewhere in a text; ``*`` and ``?`` stand for anything within its lines."""
    if wanted.pattern is None:
        return wanted.text in text.casefold()
    return any(wanted.pattern.match(line) for line in text.casefold().split("\n"))


def _has(
    wanted: Wanted, codes: Collection[str], problems: Collection[str], has: Callable[[str], bool], severity: str
) -> bool:
    if wanted.keys:
        return any(map(has, wanted.keys))
    if wanted.text in (_PROBLEMS, _FINDINGS):
        return bool(problems if wanted.text == _PROBLEMS else codes)
    if wanted.text in tuple(Severity):
        least = Severity(wanted.text)
        known = [Severity(severity)] if severity else []
        return any(
            one.reaches(least) for one in [*known, *(KINDS[code].severity for code in problems if code in KINDS)]
        )
    return wanted.text in codes or wanted.text in problems
