"""Every finding, once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tui.cards.problems import Severity
from tui.judge.finding import Case, Finding
from tui.judge.findings.columns import constant_metric, identical_metrics
from tui.judge.findings.curves import diverged, loss_metric_disagree, overfitting
from tui.judge.findings.omissions import no_base_model, no_license, placeholder_sections, unknown_dataset
from tui.judge.findings.report import index_mismatch, not_best_checkpoint, reported_nowhere
from tui.judge.findings.schedule import (
    batch_arithmetic,
    ended_before,
    several_trainings,
    training_loss_stale,
    uneven_steps,
)

FINDINGS: dict[str, Callable[[Case], Iterator[Finding]]] = {
    "diverged": diverged,
    "batch-arithmetic": batch_arithmetic,
    "not-best-checkpoint": not_best_checkpoint,
    "overfitting": overfitting,
    "index-mismatch": index_mismatch,
    "constant-metric": constant_metric,
    "identical-metrics": identical_metrics,
    "reported-nowhere": reported_nowhere,
    "loss-metric-disagree": loss_metric_disagree,
    "stopped-early": ended_before,
    "training-loss-stale": training_loss_stale,
    "several-trainings": several_trainings,
    "uneven-steps": uneven_steps,
    "unknown-dataset": unknown_dataset,
    "no-license": no_license,
    "no-base-model": no_base_model,
    "placeholder-sections": placeholder_sections,
}
"""What finds each code; ``stopped-early`` may also come as ``unfinished``."""

OMISSIONS = frozenset({"unknown-dataset", "no-license", "no-base-model", "placeholder-sections"})
"""What a card leaves out; a run without a card leaves out nothing."""

CODES = frozenset({*FINDINGS, "unfinished"})
"""Every code that a finding can have."""

_GRAVITY = list(Severity)


def findings(case: Case) -> tuple[Finding, ...]:
    """All that the numbers of a card say, the gravest first."""
    if not case.card.is_card:
        return ()
    finders = FINDINGS.items() if case.card.is_written else [f for f in FINDINGS.items() if f[0] not in OMISSIONS]
    found = [finding for _, find in finders for finding in find(case)]
    return tuple(sorted(found, key=lambda finding: _GRAVITY.index(finding.severity)))
