"""What shows that runs were not measured on the same data, where no name of a dataset tells them apart.

Each sign is taken only where both cards give it: silence is none.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from tui.cards.model import Card
from tui.judge import metrics
from tui.judge.verdict import Verdict

_ANY_TASK = frozenset("feature-extraction other text-generation text2text-generation".split())
"""Tasks that writers give to models of all kinds: a summarization is a text2text-generation to the Trainer."""


def tasks(card: Card) -> frozenset[str]:
    """The tasks that the metadata gives, as the Hub calls them, without those that may be anything."""
    pipeline = card.metadata.values.get("pipeline_tag")
    index = (entry.task_type or entry.task_name for entry in card.metadata.model_index)
    named = (name for name in (pipeline, *index) if isinstance(name, str) and name)
    return frozenset("-".join(name.casefold().split()) for name in named) - _ANY_TASK


def languages(card: Card) -> frozenset[str]:
    """The codes of the languages that the metadata gives, without their regions; none where it has more than codes."""
    given = card.metadata.values.get("language")
    codes = [re.split("[-_]", str(text).casefold())[0] for text in (given if isinstance(given, list) else [given])]
    return frozenset(codes) if given and all(_CODE.fullmatch(code) for code in codes) else frozenset()


_CODE = re.compile("(?!mul)[a-z]{2,3}")
"""A code of ISO 639 that stands for one language."""


def other_languages(left: Collection[str], right: Collection[str]) -> bool:
    """Whether two cards have no language in common: of codes of two letters and of three that cannot be told."""
    return none_shared(left, right) and len({len(code) for code in (*left, *right)}) == 1


def none_shared(left: Collection[str], right: Collection[str]) -> bool:
    """Whether both have something, and nothing in common."""
    return bool(left) and bool(right) and set(left).isdisjoint(right)


def measured(verdict: Verdict) -> frozenset[str]:
    """The metrics that a run reports or logs, but for the loss and what is measured in every training."""
    keys = {metrics.key(metrics.base(one.metric)) for one in verdict.standings}
    return frozenset(k for k in keys - _OF_ALL if not metrics.is_aside(k) and not metrics.is_of_training(k))


_OF_ALL = frozenset({metrics.LOSS, "epoch", "step"})


def words(names: Collection[str]) -> frozenset[str]:
    """The words of metrics: ``macro f1`` and ``f1 score`` are one of another, ``rouge1`` and ``rouge2`` too."""
    return frozenset(word for name in names for word in re.findall("[a-z]+", name))


def labels(verdict: Verdict) -> frozenset[str]:
    """The classes whose scores a run reports, ``loc`` of ``LOC Precision`` and ``LOC F1``; none of a single one.

    A name before one measure may be anything, before two it is a class or an average.
    """
    found: dict[str, set[str]] = {}
    for standing in verdict.standings:
        label, measure = _label_and_measure(metrics.key(standing.metric))
        if label:
            found.setdefault(label, set()).add(measure)
    named = frozenset(label for label, scores in found.items() if len(scores) > 1)
    return named if len(named) > 1 else frozenset()


@lru_cache(maxsize=4096)
def _label_and_measure(key: str) -> tuple[str, str]:
    match = _OF_LABEL.fullmatch(key)
    label = (match["before"] or match["behind"]) if match else ""
    is_metric = metrics.direction(label) is not metrics.Direction.UNKNOWN and label not in metrics.RATES_ALONE
    if not match or _NO_LABEL.fullmatch(label) or is_metric:
        return "", ""
    return label, match["measure"] or match["first"]


_MEASURES = r"precision|recall|f1(?:[ -]score)?|number|support|accuracy|iou|dice|ap|map|mar \d+"
_OF_LABEL = re.compile(rf"(?P<before>.+)[ .](?P<measure>{_MEASURES})|(?P<first>{_MEASURES}) (?P<behind>.+)")
_NO_LABEL = re.compile(
    r"(?:\d|all|average|avg|best|dev|eval|large|macro|mean|median|medium|micro|overall|samples|small|std|test|total"
    r"|train|valid|validation|weighted|[ _-])+"
)
"""Averages, parts of the data, the sizes of objects in COCO, and numbers, which are other classes in all data."""


def other_labels(left: Collection[str], right: Collection[str]) -> bool:
    """Whether two runs score other classes: at most half of the fewer are in common, as ``background`` is in many."""
    shared = set(left).intersection(right)
    return bool(left) and bool(right) and 2 * len(shared) <= min(len(left), len(right))


def base(card: Card) -> str:
    """The model that the training began with, without its owner or folder; empty where it is not told."""
    if card.from_scratch:
        return "from scratch"
    return (card.base_model or "").rstrip("/").rpartition("/")[2].casefold()


def has_parts(dataset: str) -> bool:
    """Whether a dataset, by its plain name, is known to be several: tasks or languages, each a configuration."""
    return any(_OF_PARTS.fullmatch(name.rpartition("/")[2]) for name in dataset.split(", "))


_OF_PARTS = re.compile(
    r"(?:glue|super-glue|superb|xtreme(?:-[sr])?|xglue|xnli|paws-x|wikiann|tweet-eval|amazon-reviews-multi|mlsum|xlsum"
    r"|wiki-lingua|common[- ]voice.*|fleurs|voxpopuli|multilingual-librispeech|minds14|wmt\d+.*|opus.*|kde4|tydiqa"
    r"|xquad|mlqa|stsb-multi-mt)"
)
# Source: the datasets' own pages, which list their configurations.
