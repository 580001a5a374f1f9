"""What an expression that is being typed may go on with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from tui.judge.query_names import SHORT, split_prefix
from tui.judge.query_tokens import QUOTE, Part, Token, tokens


class Known(Protocol):
    """The cards that completion speaks of."""

    def names(self) -> Mapping[str, int]:
        """Typed name → how many cards have it."""

    def texts(self, name: str) -> Mapping[str, int]:
        """Printed values of a typed name → how many cards have each."""

    def codes(self) -> Mapping[str, int]:
        """Codes of findings → how many cards have each."""


@dataclass(frozen=True, slots=True)
class Completion:
    """One way to go on."""

    text: str
    """What the token becomes, whole."""

    count: int
    """How many cards have it."""

    start: int
    end: int
    """The range of the expression that `text` replaces."""


_HAS = "has"


def completions(text: str, cursor: int, known: Known, most: int = 8) -> list[Completion]:
    """Ways to go on at the cursor: names, or behind an operator the values, the most frequent first.

    What begins with what was typed comes before what has it in it.
    """
    token = _at(text, cursor)
    sign = token.operator
    if sign.text and cursor >= sign.end:
        value = next((value for value in reversed(token.values) if value.start <= cursor), token.values[0])
        choices = _values(text, token, value, cursor, known)
    else:
        choices = _names(text, token, cursor, known)
    old = text[token.start : token.end]
    offers = (Completion(new, count, token.start, token.end) for new, count in choices if new != old)
    return [offer for offer, _ in zip(offers, range(most), strict=False)]


def _at(text: str, cursor: int) -> Token:
    """The token that the cursor stands in or behind; an empty one between blanks."""
    for token in tokens(text):
        if token.start <= cursor <= token.end:
            return token
    nothing = Part(cursor, cursor, "")
    return Token(cursor, cursor, negated=False, name=nothing, operator=nothing, values=(), unclosed=None)


def _names(text: str, token: Token, cursor: int, known: Known) -> Iterator[tuple[str, int]]:
    """Whole tokens with another name, and how many cards have it."""
    lead = text[token.start : token.name.start]
    rest = text[token.name.end : token.end]
    typed = text[token.name.start : max(cursor, token.name.start)].replace(QUOTE, "").casefold()
    names = dict(known.names())
    if not rest and (typed and f"{_HAS}:".startswith(typed)):
        yield f"{lead}{_HAS}:", max(known.codes().values(), default=0)
    for name in _ranked(names, typed, _spellings):
        yield f"{lead}{_in_quotes(name, _NEEDS_QUOTES)}{rest}", names[name]


def _values(text: str, token: Token, value: Part, cursor: int, known: Known) -> Iterator[tuple[str, int]]:
    """Whole tokens with another value, and how many cards have it."""
    lead, rest = text[token.start : value.start], text[value.end : token.end]
    typed = text[value.start : cursor].replace(QUOTE, "").casefold()
    name = token.name.text.strip().casefold()
    texts = dict(known.codes() if name == _HAS else known.texts(name))
    for found in _ranked(texts, typed, lambda one: (one.casefold(),)):
        if QUOTE in found and token.operator.text != ":":
            continue  # cannot be written
        yield f"{lead}{_in_quotes(found.replace(QUOTE, '?'), _VALUE_NEEDS_QUOTES)}{rest}", texts[found]


_NEEDS_QUOTES = re.compile(r"[\s<>=:]|^-|!=")
_VALUE_NEEDS_QUOTES = re.compile(r"[\s,]|^[<>=:]")


def _in_quotes(text: str, needs: re.Pattern[str]) -> str:
    return f"{QUOTE}{text}{QUOTE}" if needs.search(text) else text


def _spellings(name: str) -> tuple[str, ...]:
    """A name and what it is short for."""
    return (name, *(split_prefix(key)[1] for key in SHORT.get(name, ())))


def _ranked(counts: Mapping[str, int], typed: str, spellings: Callable[[str], Iterable[str]]) -> Iterator[str]:
    """Those that begin with what was typed, then those that have it in them; the most frequent first."""
    ordered = sorted(counts, key=lambda one: (-counts[one], one))
    first = [one for one in ordered if any(spelling.startswith(typed) for spelling in spellings(one))]
    yield from first
    taken = set(first)
    for one in ordered:
        if one not in taken and any(typed in spelling for spelling in spellings(one)):
            yield one
