"""What lies on disk of a run, in lines: how far it came, its log, its checkpoints, its result files."""

from __future__ import annotations

from tui.cards.model import Run
from tui.render.line import Line
from tui.render.parts import Judged, pairs_lines
from tui.render.text import visible


def run_lines(context: Judged) -> list[Line]:
    """Names and values; nothing for a card that lies in no run's folder."""
    return pairs_lines([(visible(name), visible(value)) for name, value in run_pairs(context.card.run)], context.cells)


def run_pairs(run: Run) -> list[tuple[str, str]]:
    """Names and values, as they stand in the files; none of a card that lies in no run's folder."""
    files = [(entry.name, entry.value.raw) for entry in run.results]
    return [*_progress(run), *_log(run), *_checkpoints(run), *files]


def _progress(run: Run) -> list[tuple[str, str]]:
    if run.global_step is None:
        return []
    return [("trained", f"step {run.global_step:,}" + (f" of {run.max_steps:,}" if run.max_steps else ""))]


def _log(run: Run) -> list[tuple[str, str]]:
    if not run.log:
        return []
    first, last = run.log[0].step, run.log[-1].step
    entries = f"{len(run.log):,} entr{'y' if len(run.log) == 1 else 'ies'}"
    return [("log", f"{entries}, step {first:,} to {last:,}")]


def _checkpoints(run: Run) -> list[tuple[str, str]]:
    found = [("checkpoints on disk", ", ".join(map(str, run.checkpoints)))] if run.checkpoints else []
    if run.best_step is not None:
        by = f" ({run.best_metric:.6g})" if run.best_metric is not None else ""
        found.append(("best checkpoint", f"step {run.best_step:,}{by}"))
    return found
