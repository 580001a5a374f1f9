"""The text of an expression → its tokens, whatever the text: completion reads what is not finished, too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_OPERATOR = re.compile(r">=|<=|!=|==|[<>=:]")

QUOTE = '"'


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of an expression as it is meant, without its quotes."""

    start: int
    end: int
    """The range in the expression, quotes included."""

    text: str


@dataclass(frozen=True, slots=True)
class Token:
    """What stands between blanks: a name, an operator and its values, or a word."""

    start: int
    end: int
    negated: bool
    name: Part
    """What stands before the operator; the whole word where there is none."""

    operator: Part
    """Empty where there is none."""

    values: tuple[Part, ...]
    """What stands behind the operator, at its commas; one empty part where nothing does."""

    unclosed: int | None
    """Where a quotation mark stands that is not closed."""


def tokens(text: str) -> Iterator[Token]:
    """The tokens of an expression, in their order."""
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        token = _token(text, at)
        yield token
        at = token.end


def _token(text: str, start: int) -> Token:
    """The token that begins here."""
    negated = text[start] == "-"
    first = start + negated
    operator: Part | None = None
    cuts: list[int] = []  # where values begin
    quote: int | None = None
    at = first
    while at < len(text) and (quote is not None or not text[at].isspace()):
        step = 1
        if text[at] == QUOTE:
            quote = at if quote is None else None
        elif quote is None and operator is None and (match := _OPERATOR.match(text, at)):
            operator = Part(at, match.end(), match[0].replace("==", "="))
            step = len(match[0])
            cuts.append(match.end())
        elif quote is None and operator is not None and text[at] == ",":
            cuts.append(at + 1)
        at += step
    name = part(text, first, operator.start if operator else at)
    ends = [*(cut - 1 for cut in cuts[1:]), at]
    values = tuple(part(text, begin, end) for begin, end in zip(cuts, ends, strict=False))
    return Token(start, at, negated, name, operator or Part(at, at, ""), values, quote)


def part(text: str, start: int, end: int) -> Part:
    """A piece of the expression."""
    return Part(start, end, text[start:end].replace(QUOTE, ""))
