"""Printed numbers beside each other: when they are the same, how far rounding reaches, how differences are said."""

from __future__ import annotations

import re
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Decimal

from tui.cards.model import Value
from tui.cards.values import TRAINER_DECIMALS, equal, to_number, unbold, with_point

_DIGITS = 12
"""Characters of a number that a sentence can bear."""

_NUMBER = re.compile(r"(?<![\w.,+-])[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\w.,])")
"""A number as programs print it, among other things."""


def same(left: str, right: str, decimals: int | None = TRAINER_DECIMALS) -> bool:
    """Whether two printed numbers are the same number, a percentage and its share included.

    >>> same("91.14%", "0.9114"), same("0.95", "0.9543")
    (True, False)
    """
    if left == right:
        return True
    left, right = unbold(left), unbold(right)
    if equal(left, right, decimals):
        return True
    if left.endswith("%") != right.endswith("%"):
        return equal(_share(left), _share(right), decimals)
    return False


_ABSURD = 400
"""Digits that no number has which a computer could hold."""


def _share(raw: str) -> str:
    """A percentage as a share, any other number as it is."""
    if not raw.endswith("%"):
        return raw
    try:
        share = Decimal(raw.rstrip("%").strip()).scaleb(-2)
        return f"{share:f}" if abs(share.adjusted()) < _ABSURD else raw
    except ArithmeticError:
        return raw


def same_in_percent(left: str, right: str) -> bool:
    """Whether two numbers are the same if one is a share and the other may be its percentage, without the sign."""
    first, second = to_number(left), to_number(right)
    if first is None or second is None:
        return False
    if abs(first) <= 1 < abs(second):
        right = f"{right.rstrip('%')}%"
    elif abs(second) <= 1 < abs(first):
        left = f"{left.rstrip('%')}%"
    return same(left, right) or same(left, right, None)


def places(raw: str) -> int:
    """How many decimals of a number are printed, of a percentage those of its share.

    >>> places("0.91"), places("91.4%"), places("1e-5"), places("3")
    (2, 3, 5, 0)
    """
    try:
        exponent = Decimal(_share(unbold(raw))).as_tuple().exponent
    except ArithmeticError:
        return 0
    return max(0, -exponent) if isinstance(exponent, int) else 0


def same_hundredfold(shown: str, share: str) -> bool:
    """Whether a number is a hundred times another in the fewer printed decimals of the two, rounded or cut.

    >>> same_hundredfold("5.44", "0.054462"), same_hundredfold("5.45", "0.054462"), same_hundredfold("5.46", "0.054462")
    (True, True, False)
    """
    try:
        left, right = Decimal(unbold(shown)), Decimal(unbold(share)).scaleb(2)
        fewer = max(Decimal((0, (1,), int(number.as_tuple().exponent))) for number in (left, right))
        return any(left.quantize(fewer, way) == right.quantize(fewer, way) for way in (ROUND_HALF_EVEN, ROUND_DOWN))
    except ArithmeticError:  # no plain decimal, or more digits than one has
        return False


def spread(value: Value) -> float:
    """Half of the last printed place: how far the true number may lie from the printed one.

    The Trainer rounds to four decimals only what has more, so that a number with fewer is exact.
    """
    mantissa, _, exponent = (with_point(value.raw) or unbold(value.raw)).lower().partition("e")
    places = len(mantissa.rstrip("%").partition(".")[2])
    if exponent or places < TRAINER_DECIMALS:
        return 0.0
    return 0.5 * 10.0**-places


def printed(value: Value) -> str:
    """A value as a sentence has it: as it is printed, but one with all its digits in six of them."""
    raw = unbold(value.raw)
    return raw if value.number is None or len(raw) <= _DIGITS else f"{value.number:.6g}"


def shortened(value: Value) -> str:
    """A value as a table has it: with all that is printed, but of numbers with all their digits six.

    >>> from tui.cards.values import parse
    >>> shortened(parse("91.36246786632390%")), shortened(parse("0.9136")), shortened(parse("v1.23456789012345"))
    ('91.3625%', '0.9136', 'v1.23456789012345')
    """
    if value.number is None or len(value.raw) <= _DIGITS:
        return value.raw
    return _NUMBER.sub(lambda found: found[0] if len(found[0]) <= _DIGITS else f"{float(found[0]):.6g}", value.raw)


def percent(share: float) -> str:
    """A share as people say it.

    >>> percent(1.368), percent(0.025), percent(0.00021)
    ('137 %', '2.5 %', '0.021 %')
    >>> percent(float("inf"))
    'over 9,999 %'
    """
    number = share * 100
    if number > 9_999:
        return "over 9,999 %"
    if number >= 10:
        return f"{number:,.0f} %"
    return f"{number:.1f} %" if number >= 1 else f"{number:.2g} %"


def figure(number: float) -> str:
    """A derived number in four significant digits.

    >>> figure(0.04000000000000004), figure(2772000)
    ('0.04', '2,772,000')
    """
    return f"{number:,.0f}" if abs(number) >= 10_000 else f"{number:.4g}"
