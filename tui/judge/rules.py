"""What a person may set about reading and judging: directions, the headline metric, where findings begin, limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from types import MappingProxyType
from typing import Any

from tui.judge import metrics
from tui.judge.metrics import Direction
from tui.settings import DEFAULTS, Limits, Settings, Thresholds


@dataclass(frozen=True, slots=True)
class Rules(Thresholds):
    """The rules by which cards are read and judged."""

    directions: Mapping[str, Direction] = field(default_factory=lambda: MappingProxyType({}))
    """Directions that a person set, by metric name; they win over what the name says. Of two names of one metric the
    first holds."""

    headline: str = ""
    """The metric that stands for every run that has it; empty: chosen card by card."""

    limits: Limits = DEFAULTS.limits

    def direction(self, name: str) -> Direction:
        """Which way a metric is better: as set, for an element also as set for its metric, else as its name says."""
        if self.directions:
            for key in (metrics.key(name), metrics.key(metrics.base(name))):
                for known, direction in self.directions.items():
                    if metrics.key(known) == key:
                        return direction
        return metrics.direction(name)


DEFAULT = Rules()


def rules_of(settings: Settings) -> Rules:
    """The rules that a person set."""
    directions = {metric: Direction(way) for metric, way in settings.directions.items()}
    return Rules(
        **asdict(settings.findings),
        directions=MappingProxyType(directions),
        headline=settings.headline,
        limits=settings.limits,
    )


def to_json(rules: Rules) -> dict[str, Any]:
    """The rules for another process."""
    told = {name: getattr(rules, name) for name in Thresholds.__dataclass_fields__}
    return told | {"directions": dict(rules.directions), "headline": rules.headline, "limits": asdict(rules.limits)}


def from_json(told: Mapping[str, Any]) -> Rules:
    """The rules that another process told."""
    directions = {metric: Direction(way) for metric, way in told["directions"].items()}
    return Rules(**{**told, "directions": MappingProxyType(directions), "limits": Limits(**told["limits"])})
