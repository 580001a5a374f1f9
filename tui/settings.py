"""What a person may set, as one frozen value: handed to whatever depends on it, and read from files by `tui.config`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

AUTO = "auto"
"""The theme that fits the terminal."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where findings begin; shares are of the better value (0.01 is 1 %)."""

    short_of_best: float = 0.01
    """``not-best-checkpoint`` is a warning from here: a share, or a difference of metrics between 0 and 1."""

    rise_told: float = 0.02
    """``overfitting`` is told from this share above the lowest validation loss."""

    rise_warned: float = 0.10
    """``overfitting`` is a warning from this share above the lowest validation loss."""

    report_differs: float = 0.01
    """``reported-nowhere`` is a warning where every row differs by more than this share (or difference, as above)."""

    explosion: float = 10.0
    """``diverged``: a loss that ends at this many times its lowest value before, and above where it began."""

    constant_rows: int = 3
    """``constant-metric``: rows from which on a metric that never changes is told."""

    uneven: float = 0.02
    """``uneven-steps``: share by which the steps per epoch must change, beyond what rounding explains."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How large files may be that are read."""

    card_bytes: int = 5_000_000
    """A larger card is listed and not read."""

    run_bytes: int = 5_000_000
    """A larger file that the Trainer left beside a card is not read."""


def _nothing() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set; `tui.config.table` says what each means."""

    theme: str = AUTO
    headline: str = ""
    """The metric that stands for every run that reports it; empty: chosen card by card."""

    columns: tuple[str, ...] = ()
    """Of the runs table and of ``list``; none: the usual ones."""

    screenshot_format: str = "svg"
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Action (see `tui.keys`) → the keys it was given, in Textual's names."""

    directions: Mapping[str, str] = field(default_factory=_nothing)
    """Metric → ``maximize``, ``minimize`` or ``unknown``; of two names of one metric the first holds."""

    limits: Limits = Limits()
    findings: Thresholds = Thresholds()


DEFAULTS = Settings()
"""The settings of a person who set nothing."""
