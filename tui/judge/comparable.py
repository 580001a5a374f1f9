"""Whether the numbers of runs compare: they do where they were measured on the same data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tui.cards.model import Card
from tui.judge.estimates import Estimate
from tui.judge.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Run:
    """A card with its verdict, under the name that tells it from the others."""

    name: str
    card: Card
    verdict: Verdict


def obstacle(runs: Sequence[Run]) -> str:
    """Why the numbers of the runs do not compare; empty where they do.

    They do where dataset, configuration and split agree; where no dataset is named, where the estimated training size
    does.
    """
    datasets = [plain_dataset(run.card) for run in runs]
    if not any(datasets):
        return _other_sizes(runs)
    if "" in datasets:
        return f"{runs[datasets.index('')].name} does not name its dataset: the numbers may not compare; no winner."
    if not all(same_dataset(datasets[0], dataset) for dataset in datasets):
        shown = _distinct(run.card.dataset or "" for run in runs)
        return f"Different datasets: {' against '.join(shown)}. The numbers do not compare; no winner."
    return _other_part(runs, "config", _config) or _other_part(runs, "split", _split)


def _other_sizes(runs: Sequence[Run]) -> str:
    sizes = [next((e for e in run.verdict.estimates if e.name == "training_examples"), None) for run in runs]
    if not all(sizes):
        return "No dataset is named, nor can its size be estimated: the numbers may not compare; no winner."
    return "" if overlap(sizes) else "No dataset is named, and the training sizes differ: no winner."


def _other_part(runs: Sequence[Run], what: str, of: Callable[[Card], str | None]) -> str:
    """Why configuration or split keep runs on one dataset from being compared."""
    values = [of(run.card) for run in runs]
    if len(set(values)) == 1:
        return ""
    if None in values:
        silent = runs[values.index(None)].name
        return f"Same dataset name, but {silent} does not say which {what}: the numbers may not compare; no winner."
    shown = " against ".join(_distinct(value or "" for value in values))
    return f"Same dataset name, other {what}: {shown}. The numbers do not compare; no winner."


def _distinct(names: Iterable[str]) -> list[str]:
    found = list(dict.fromkeys(names))
    return found if len(found) <= 3 else [*found[:2], f"{len(found) - 2} more"]


def plain_dataset(card: Card) -> str:
    """The dataset's name without what people write differently; empty where none is named."""
    return (card.dataset or "").casefold().replace("_", "-").strip()


def same_dataset(left: str, right: str) -> bool:
    """Whether two names are of one dataset: ``emotion`` is ``dair-ai/emotion``, which is not ``me/emotion``."""
    if left == right:
        return True
    short, long = sorted((left, right), key=len)
    return "/" not in short and long.endswith(f"/{short}")


def _config(card: Card) -> str | None:
    entry = next(iter(card.metadata.model_index), None)
    if entry is None:
        return None
    return entry.dataset_config or (entry.dataset_args if isinstance(entry.dataset_args, str) else None)


def _split(card: Card) -> str | None:
    entry = next(iter(card.metadata.model_index), None)
    return entry.dataset_split if entry else None


def overlap(estimates: Sequence[Estimate | None]) -> bool:
    """Whether one number may be what all of them estimate."""
    known = [estimate for estimate in estimates if estimate]
    if len(known) < len(estimates):
        return False
    return max(estimate.low for estimate in known) <= min(estimate.high for estimate in known)
