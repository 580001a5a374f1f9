"""Whether the numbers of runs compare: they do where they were measured on the same data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias, TypeVar

from tui.cards.model import Card
from tui.judge import other_data
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
    does and the runs are alike; and where nothing else on the cards shows that the data are not the same.
    """
    datasets = [plain_dataset(run.card) for run in runs]
    if any(datasets) and "" in datasets:
        silent = names_apart(runs)[datasets.index("")]
        return f"{silent} does not name its dataset: the numbers may not compare; no winner."
    if any(datasets) and not all(same_dataset(*pair) for pair in combinations(dict.fromkeys(datasets), 2)):
        shown = _distinct(_dataset(run.card) for run in runs)
        return f"Different datasets: {' against '.join(shown)}. The numbers do not compare; no winner."
    rules = _ON_ONE_DATASET if any(datasets) else _ON_NO_NAMED_ONE
    return next(filter(None, (rule(runs) for rule in rules)), "")


_T = TypeVar("_T", bound=Hashable)


def _first_two(values: Iterable[_T], differ: Callable[[_T, _T], bool]) -> tuple[_T, _T] | None:
    """The first two of the values that differ, of which no two are the same."""
    return next((pair for pair in combinations(dict.fromkeys(values), 2) if differ(*pair)), None)


def _other_tasks(runs: Sequence[Run]) -> str:
    found = _first_two((other_data.tasks(run.card) for run in runs), other_data.none_shared)
    return f"Different tasks: {_against(found)}. The numbers do not compare; no winner." if found else ""


def _other_languages(runs: Sequence[Run]) -> str:
    found = _first_two((other_data.languages(run.card) for run in runs), other_data.other_languages)
    return f"Different languages: {_against(found)}. The numbers may not compare; no winner." if found else ""


def _other_labels(runs: Sequence[Run]) -> str:
    found = _first_two((other_data.labels(run.verdict) for run in runs), other_data.other_labels)
    if not found:
        return ""
    own = [names - others for names, others in (found, found[::-1])]
    return f"Scores of different classes: {_against(own)}. The numbers do not compare; no winner."


def _against(names: Iterable[Collection[str]]) -> str:
    return " against ".join(", ".join(_distinct(sorted(some))) for some in names)


def _other_sizes(runs: Sequence[Run]) -> str:
    sizes = [size for run in runs if (size := _size(run))]
    if len(sizes) < len(runs):
        return "No dataset is named, nor can its size be estimated: the numbers may not compare; no winner."
    if not overlap(sizes):
        return "No dataset is named, and the training sizes differ: no winner."
    if any(size.high > _VAGUE * size.low for size in sizes):
        return "No dataset is named, and its size cannot be estimated closely: the numbers may not compare; no winner."
    return ""


_VAGUE = 2
"""An estimate whose upper end is more than this many times its lower one agrees with too much to say anything.

The last batch of an epoch leaves less than that from two steps an epoch on, the rounding of epochs to two decimals from
epoch 0.02 on; most runs are within 1 %.
"""


def _size(run: Run) -> Estimate | None:
    return next((e for e in run.verdict.estimates if e.name == "training_examples"), None)


def _unlike(runs: Sequence[Run]) -> str:
    """Why runs on as many examples are not taken for runs on the same ones."""
    found = [(other_data.base(r.card), other_data.measured(r.verdict), _versions(r.card)) for r in runs]
    if _first_two((other_data.words(names) for _, names, _ in found), other_data.none_shared):
        return "No dataset is named, and the runs have no metric but the loss in common: no winner."
    if not _first_two(found, _unrelated):
        return ""
    return (
        "No dataset is named, and neither base model nor metrics nor versions are the same: the numbers may not"
        " compare; no winner."
    )


_Traits: TypeAlias = tuple[str, frozenset[str], tuple[tuple[str, str], ...]]
"""Base model, metrics and framework versions."""


def _unrelated(left: _Traits, right: _Traits) -> bool:
    """Whether two runs share nothing of what those of a sweep do: base model, metrics but for one, or versions."""
    (base, names, versions), (other_base, other_names, other_versions) = left, right
    same_base, same_versions = base and base == other_base, versions and versions == other_versions
    return not (same_base or same_versions) and len(names ^ other_names) > 1


def _versions(card: Card) -> tuple[tuple[str, str], ...]:
    return tuple((framework.name, framework.version) for framework in card.frameworks)


def _other_untold_part(runs: Sequence[Run]) -> str:
    """Why runs on a dataset of several parts are not taken for runs on one part, where no card tells which."""
    if _config(runs[0].card) is not None:
        return ""
    if reason := _other_languages(runs):
        return reason
    if not other_data.has_parts(plain_dataset(runs[0].card)):
        return ""
    sizes = [size for run in runs if (size := _size(run))]
    if not sizes or max(size.low for size in sizes) <= _OTHER_SIZE * min(size.high for size in sizes):
        return ""
    return (
        "Same dataset name, but no card says which config, and the training sizes differ: the numbers may not compare;"
        " no winner."
    )


_OTHER_SIZE = 1.1
"""Sizes that are further apart than by this factor are not those of one part, some examples of which were left out."""


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


def _other_config(runs: Sequence[Run]) -> str:
    return _other_part(runs, "config", _config)


def _other_split(runs: Sequence[Run]) -> str:
    return _other_part(runs, "split", _split)


def _distinct(names: Iterable[str]) -> list[str]:
    found = list(dict.fromkeys(names))
    return found if len(found) <= 3 else [*found[:2], f"{len(found) - 2} more"]


def plain_dataset(card: Card) -> str:
    """The dataset's name without what people write differently; empty where none is named.

    Of several, the names in alphabetical order. The loaders of local files name none.
    """
    names = {name.strip() for name in _dataset(card).casefold().replace("_", "-").split(", ")}
    return ", ".join(sorted(names - _LOADERS))


def _dataset(card: Card) -> str:
    """The dataset that a card names; where it names none and reports nothing, that of its model index, if any.

    Of several, all. What sentence-transformers calls a dataset there is the name of an evaluator.
    """
    if card.dataset or card.results or card.writer == "sentence-transformers":
        return card.dataset or ""
    named = [(entry.dataset_type, entry.dataset_name) for entry in card.metadata.model_index]
    found = (next((n for n in names if n and n.casefold() not in _NO_NAMES), "") for names in named)
    return ", ".join(dict.fromkeys(filter(None, found)))


_LOADERS = frozenset(
    "arrow audiofolder csv custom generator imagefolder json pandas parquet text videofolder webdataset".split()
)
"""What ``datasets`` calls data that were loaded from files: the Trainer prints it in the place of a dataset's name."""

_NO_NAMES = _LOADERS | {"none", "unknown"}
"""What stands where no dataset is named."""


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


_ON_ONE_DATASET = (_other_tasks, _other_config, _other_split, _other_untold_part, _other_labels)
_ON_NO_NAMED_ONE = (_other_tasks, _other_languages, _other_labels, _other_sizes, _unlike, _other_split)
"""The reasons, in the order in which they are asked for: the most telling first."""
