"""The difference of two printed numbers, exact in the decimals that were printed."""

from __future__ import annotations

import math
from decimal import Decimal, InvalidOperation

_TRUSTED_DIGITS = 3
"""Digits of a ratio that people read as one: × 2.5, but not × 1.667."""


_MOST_DIGITS = 10
"""Digits of a difference that are worth reading one by one."""


def exact(text: str, number: float | None) -> Decimal | None:
    """A printed number with the decimals that it was printed with; None for nan, infinities and what is no number.

    `number` is what was read from the text, and holds where the two are not the same (a percentage as its share).

    >>> exact("0.8920", 0.892), exact("1,234.5", 1234.5), exact("5e-05 (tuned)", 5e-05), exact("nan", math.nan)
    (Decimal('0.8920'), Decimal('1234.5'), Decimal('0.00005'), None)
    """
    if number is None or not math.isfinite(number):
        return None
    try:
        printed = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return Decimal(repr(number))
    return printed if printed.is_finite() and float(printed) == number else Decimal(repr(number))


def signed(difference: Decimal) -> str:
    """A difference with its sign, as a tiny or huge one with an exponent; empty where there is none.

    >>> signed(Decimal("0.7648") - Decimal("0.5504")), signed(Decimal("2e-05") - Decimal("5e-05"))
    ('+0.2144', '−3e-05')
    """
    if not difference:
        return ""
    size = abs(difference)
    if len(size.normalize().as_tuple().digits) > _MOST_DIGITS:
        size = Decimal(f"{size:.4g}")
    if -5 < size.adjusted() < 16:
        written = f"{size:f}"
    else:
        mantissa, _, exponent = f"{size.normalize():e}".partition("e")
        written = f"{mantissa}e{int(exponent):+03d}"
    return f"{'−' if difference < 0 else '+'}{written}"


def times(before: Decimal, after: Decimal) -> str:
    """How many times as much it became, where that is a plain number from 2 up, or its part; else empty.

    >>> times(Decimal(16), Decimal(128)), times(Decimal("5e-05"), Decimal("2e-05")), times(Decimal(3), Decimal(10))
    ('× 8', '÷ 2.5', '')
    """
    if min(before, after) <= 0:
        return ""
    small, large = sorted((before, after))
    ratio = Decimal(f"{large / small:.{_TRUSTED_DIGITS}g}")
    if ratio < 2 or ratio * small != large:
        return ""
    return f"{'×' if after > before else '÷'} {ratio.normalize():f}"
