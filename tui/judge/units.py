"""Numbers of one metric in several runs → one unit: writers print shares, percentages, and which is not always said."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from decimal import Decimal

from tui.cards.model import Value
from tui.judge import metrics
from tui.judge.metrics import Direction

_ENDLESS = re.compile(r"reward|cider|psnr")
"""Metrics that are better when higher and have no upper end."""

_MOST = 1.5
"""What is greater is no share, but a percentage."""

_MOST_ERRORS = 2.0
"""The same of error rates: there may be more errors than words."""


def in_one_unit(name: str, values: Sequence[Value | None]) -> list[float | None] | None:
    """The numbers of a metric, percentages beside shares as shares; None where it cannot be told which are which.

    >>> in_one_unit("Accuracy", [Value("91.14%", 91.14), Value("0.92", 0.92)])
    [0.9114, 0.92]
    >>> in_one_unit("Wer", [Value("32.6", 32.6), Value("0.31", 0.31)]) is None
    True
    """
    known = [value for value in values if value and value.number is not None and math.isfinite(value.number)]
    bare = [value.number or 0.0 for value in known if not _is_percentage(value)]
    shares = [number for number in bare if 0 < abs(number) <= 1]
    has_percentages = len(bare) < len(known)
    if shares and max(bare) > (1.0 if has_percentages else _most(name)):
        return None
    return [_number(value, as_share=has_percentages and bool(shares)) if value else None for value in values]


def _is_percentage(value: Value) -> bool:
    return "%" in value.raw and value.number is not None


def _number(value: Value, *, as_share: bool) -> float | None:
    if value.number is None or not (as_share and _is_percentage(value)) or not math.isfinite(value.number):
        return value.number
    return float(Decimal(repr(value.number)).scaleb(-2))


def _most(name: str) -> float:
    """The greatest number that may be a share, beside others that certainly are."""
    if metrics.is_rate(name):
        return _MOST_ERRORS
    has_end = metrics.direction(name) is Direction.MAXIMIZE and not _ENDLESS.search(metrics.key(name))
    return _MOST if has_end else math.inf
