"""Numbers of one metric in several runs → one unit: writers print shares, percentages, and which is not always said."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from decimal import Decimal

from tui.cards.model import Value
from tui.judge import metrics
from tui.judge.metrics import Direction

_MAY_EXCEED_ONE = re.compile(r"reward|cider|psnr")
"""Metrics that are better when higher and have no upper end."""

_SHARE, _SHARE_OF_ERRORS = 1.5, 2.0
"""What is greater is no share; of errors there may be more than words."""


def in_one_unit(name: str, values: Sequence[Value | None]) -> list[float | None] | None:
    """The numbers of a metric, percentages beside shares as shares; None where it cannot be told which are which.

    >>> in_one_unit("Accuracy", [Value("91.14%", 91.14), Value("0.92", 0.92)])
    [0.9114, 0.92]
    >>> in_one_unit("Wer", [Value("32.6", 32.6), Value("0.31", 0.31)]) is None
    True
    """
    known = [value for value in values if value and value.number is not None and math.isfinite(value.number)]
    bare = [abs(value.number or 0.0) for value in known if not _is_percentage(value)]
    if len(bare) == len(known):
        return None if _is_mixed(name, bare) else [value.number if value else None for value in values]
    if bare and max(bare) > 1:
        return None
    return [_number(value, as_share=bool(bare)) if value else None for value in values]


def _is_percentage(value: Value) -> bool:
    return "%" in value.raw and value.number is not None


def _number(value: Value, *, as_share: bool) -> float | None:
    if value.number is None or not (as_share and _is_percentage(value)) or not math.isfinite(value.number):
        return value.number
    return float(Decimal(repr(value.number)).scaleb(-2))


def _is_mixed(name: str, sizes: Sequence[float]) -> bool:
    """Whether some numbers can only be percentages, where others may be shares."""
    shares = [size for size in sizes if 0 < size <= 1]
    key = metrics.key(metrics.base(name))
    if metrics.is_rate(name):
        most = _SHARE_OF_ERRORS
    elif metrics.direction(name) is Direction.MAXIMIZE and not _MAY_EXCEED_ONE.search(key):
        most = _SHARE
    else:
        return False
    return bool(shares) and max(sizes) > most
