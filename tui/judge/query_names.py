"""The names that people type for the values of a card: ``lr``, ``f1``, ``best.f1``, and the keys that they mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType

from tui.judge.facts import BEST, ESTIMATE, LAST, REPORTED, SETTING, VERSION, metric_name, setting_name
from tui.judge.metrics import LOSS, Direction
from tui.judge.metrics import direction as direction_by_name
from tui.judge.rules import Rules

TEXT_FIELDS = ("base", "dataset", "task", "license", "writer", "name", "path")
"""Fields that are texts, and have no order."""

FIELDS = (*TEXT_FIELDS, "headline")
"""What every card may have, under a name that nothing else has."""

SHORT: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "lr": (f"{SETTING}learning_rate",),
        "bs": (f"{SETTING}total_train_batch_size",),
        "epochs": (f"{SETTING}num_epochs", f"{SETTING}num_train_epochs", f"{SETTING}epochs"),
        "warmup": (
            f"{SETTING}lr_scheduler_warmup_steps",
            f"{SETTING}lr_scheduler_warmup_ratio",
            f"{SETTING}warmup_ratio",
            f"{SETTING}warmup_steps",
        ),
        "scheduler": (f"{SETTING}lr_scheduler_type",),
        "examples": (f"{ESTIMATE}training_examples",),
    }
)
"""Short name → the keys it means; the first that a card has counts."""

_ESTIMATES = frozenset({"training_examples", "steps_per_epoch", "effective_batch", "epochs_to_best"})

PREFIXES: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        BEST: metric_name,
        LAST: metric_name,
        REPORTED: metric_name,
        SETTING: setting_name,
        VERSION: setting_name,
        ESTIMATE: setting_name,
    }
)
"""What may stand before a name, and how the name behind it is read."""

METRIC_PREFIXES = (BEST, LAST, REPORTED)


@lru_cache(maxsize=4096)
def keys_of(name: str) -> tuple[str, ...]:
    """The keys that a typed name may mean, of which the first that a card has counts.

    The loss is that of the evaluation alone: SetFit calls a setting so, too, which is `setting.loss`.

    >>> keys_of("lr"), keys_of("best.F1"), keys_of("base"), keys_of("loss")
    (('setting.learning_rate',), ('best.f1',), ('base',), ('reported.loss',))
    >>> keys_of("eval_f1")
    ('reported.f1', 'setting.eval_f1', 'version.eval_f1')
    """
    typed = "_".join(name.casefold().split())
    if typed in FIELDS:
        return (typed,)
    if typed in SHORT:
        return SHORT[typed]
    prefix, rest = split_prefix(typed)
    if prefix:
        key = prefix + PREFIXES[prefix](rest)
        return (key, *SHORT.get(rest, ())) if prefix == SETTING else (key,)
    if typed == LOSS:
        return (REPORTED + LOSS,)
    keys = (REPORTED + metric_name(typed), SETTING + setting_name(typed), VERSION + setting_name(typed))
    return (*keys, ESTIMATE + typed) if typed in _ESTIMATES else keys


def split_prefix(name: str) -> tuple[str, str]:
    """(prefix with its dot, the name behind it); an empty prefix where the name has none.

    >>> split_prefix("best.f1"), split_prefix("f1.macro")
    (('best.', 'f1'), ('', 'f1.macro'))
    """
    prefix = next((prefix for prefix in PREFIXES if name.startswith(prefix)), "")
    return prefix, name[len(prefix) :]


@lru_cache(maxsize=4096)
def short_name(key: str) -> str:
    """The shortest typed name that means a key and no metric in its stead.

    >>> short_name("setting.learning_rate"), short_name("reported.f1"), short_name("best.f1"), short_name("base")
    ('lr', 'f1', 'best.f1', 'base')
    """
    for name, keys in SHORT.items():
        if key == keys[0]:
            return name
    prefix, rest = split_prefix(key)
    if prefix in (BEST, LAST) or key not in keys_of(rest):
        return key
    is_metric = direction_by_name(rest) is not Direction.UNKNOWN
    return key if is_metric and prefix not in ("", REPORTED) else rest


def direction_of(name: str, rules: Rules) -> Direction:
    """Which way is better of what a typed name means: of metrics as the rules say, of all else unknown."""
    key = keys_of(name)[0]
    prefix, rest = split_prefix(key)
    return rules.direction(rest) if prefix in METRIC_PREFIXES else Direction.UNKNOWN
