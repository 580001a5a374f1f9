"""A column without a name → the reported metric that it is.

The Trainer takes what stands before the first underscore of a metric for a prefix, so that it prints nothing for the
``kl`` that trl's KTO logs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tui.cards.model import History, NamedValue
from tui.cards.reordered import metric_key
from tui.cards.values import equal


def with_name(history: History, results: Sequence[NamedValue]) -> History:
    """The history with its only nameless column called as the only reported metric that has none, if it holds it."""
    if history.columns.count("") != 1:
        return history
    named = set(map(metric_key, history.columns))
    without = [result for result in results if metric_key(result.name) not in named]
    index = history.columns.index("")
    if len(without) != 1 or not any(cell and equal(cell.raw, without[0].value.raw) for cell in history.cells_of(index)):
        return history
    columns = (*history.columns[:index], without[0].name, *history.columns[index + 1 :])
    return replace(history, columns=columns)
