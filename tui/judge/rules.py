"""What a person may set about judging: directions, the headline metric, and where findings begin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from tui.judge import metrics
from tui.judge.metrics import Direction


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules by which cards are judged; shares are of the better value (0.01 is 1 %)."""

    directions: Mapping[str, Direction] = field(default_factory=lambda: MappingProxyType({}))
    """Directions that a person set, by metric name; they win over what the name says."""

    headline: str = ""
    """The metric that stands for every run that has it; empty: chosen card by card."""

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

    def direction(self, name: str) -> Direction:
        """Which way a metric is better: as set, else as its name says."""
        if self.directions:
            key = metrics.key(metrics.base(name))
            for known, direction in self.directions.items():
                if metrics.key(known) == key:
                    return direction
        return metrics.direction(name)


DEFAULT = Rules()
