"""Whether the numbers of runs compare: they do where they were measured on the same data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from tui.cards.model import Card
from tui.judge.estimates import Estimate
from tui.judge.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Run:
    """A card with its verdict, under the name that tells it from the others."""

    name: str
    card: Card
    verdict: Verdict


def letter(index: int) -> str:
    """What a run is called beside its name: A, B, … Z, AA, AB, ….

    >>> letter(0), letter(25), letter(26)
    ('A', 'Z', 'AA')
    """
    lead = letter(index // 26 - 1) if index >= 26 else ""
    return lead + chr(ord("A") + index % 26)


def names_apart(runs: Sequence[Run]) -> list[str]:
    """The names of the runs, with the letter of the run where two have the same."""
    count = Counter(run.name for run in runs)
    return [f"{run.name} ({letter(i)})" if count[run.name] > 1 else run.name for i, run in enumerate(runs)]


def obstacle(runs: Sequence[Run]) -> str:
    """Why the numbers of the runs do not compare; empty where they do.

    They do where dataset, configuration and split agree; where no dataset is named, where the estimated training size
    does.
    """
    datasets = [plain_dataset(run.card) for run in runs]
    if not any(datasets):
        return _other_sizes(runs) or _other_part(runs, "split", _split)
    if "" in datasets:
        silent = names_apart(runs)[datasets.index("")]
        return f"{silent} does not name its dataset: the numbers may not compare; no winner."
    if not all(same_dataset(*pair) for pair in combinations(dict.fromkeys(datasets), 2)):
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
    dataset = "Same dataset name" if plain_dataset(runs[0].card) else "No dataset is named"
    if None in values:
        silent = names_apart(runs)[values.index(None)]
        return f"{dataset}, but {silent} does not say which {what}: the numbers may not compare; no winner."
    shown = " against ".join(_distinct(value or "" for value in values))
    return f"{dataset}, other {what}: {shown}. The numbers do not compare; no winner."


def _distinct(names: Iterable[str]) -> list[str]:
    found = list(dict.fromkeys(names))
    return found if len(found) <= 3 else [*found[:2], f"{len(found) - 2} more"]


def plain_dataset(card: Card) -> str:
    """The dataset's name without what people write differently; empty where none is named.

    Of several, the names in alphabetical order. The loaders of local files name none.
    """
    names = {name.strip() for name in (card.dataset or "").casefold().replace("_", "-").split(", ")}
    return ", ".join(sorted(names - _LOADERS))


_LOADERS = frozenset(
    "arrow audiofolder csv custom generator imagefolder json pandas parquet text videofolder webdataset".split()
)
"""What ``datasets`` calls data that were loaded from files: the Trainer prints it in the place of a dataset's name."""


def same_dataset(left: str, right: str) -> bool:
    """Whether two plain names are of one dataset: ``emotion`` is ``dair-ai/emotion``, which is not ``me/emotion``."""
    if left == right:
        return True
    short, long = sorted((left, right), key=len)
    return bool(short) and "/" not in short and long.endswith(f"/{short}")


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
