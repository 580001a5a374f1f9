"""What a metric's name says: which names mean the same metric, and which way is better.

A direction is only given to names whose meaning is settled; for all else it is unknown, and an unknown metric is
never ranked, coloured or called better.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache


class Direction(StrEnum):
    """Which way a metric is better."""

    MAXIMIZE = "maximize"
    MINIMIZE = "minimize"
    UNKNOWN = "unknown"


LOSS = "loss"
"""The key of the evaluation loss, printed as ``Loss`` in results and ``Validation Loss`` in tables."""

TRAINING_LOSS = "training loss"

_MEMORY = re.compile(r"^memory (?:max|device) (?=.*\(gib\)$)")
"""What axolotl prints in the report alone: ``Memory/max Active (gib)`` is the column ``Active (gib)``."""

_PREFIX = re.compile(r"^(?:eval|validation|val|num) ")
_SEPARATORS = re.compile(r"[\s_\-/]+")
_ELEMENT = re.compile(r"(?:\[\d+\]|\.[^.\s]+)+$")
_ALIASES = {"train loss": TRAINING_LOSS}

_COUNTS = re.compile(
    r"\b(?:len|length|runtime|second|samples|steps?|epoch|number|support|tokens|count|time|rate lr|bp|ratio"
    r"|std|stddev|deviation|variance|gap|drop|threshold|reduction|weight|delta)\b"
)
_SCORE = re.compile(r"(?:precision|recall|f1|f1 score|f \d|accuracy|explained variance)$")
"""How names of scores by label end, whatever the label is called: ``Account Number F1``."""

_TIMING = re.compile(r"\b(?:runtime|time|per second)(?: \(\w+\))?$|\((?:gib|mib|gb|mb)\)$")
_RATE_OF_LEARNING = re.compile(r"\b(?:lr|learning rate)$")
_AVERAGES = r"(?:(?:overall|macro|micro|weighted|average|avg|mean|samples) )*"
_PARTIAL = re.compile(r"(?:precision|recall)(?: (?:macro|micro|weighted))?$")
_LABELLED = re.compile(r"\b(?:f1|f1 score|accuracy)$")
_WHOLE = re.compile(
    _AVERAGES + r"(?:accuracy|f1|f1 score|f1score|fscore|f score|f measure)(?: (?:macro|micro|weighted|score))?"
)

_LOWER = re.compile(
    r"\b(?:loss|wer|cer|ter|mer|wil|eer|perplexity|ppl|n?mse|n?rmse|mae|w?mape|smape|rmsle|msle|fid|lpips|brier|nll"
    r"|mean (?:squared|absolute) error|error rate|bp[bc]|bits per (?:byte|char(?:acter)?)|false alarm|missed detection"
    r"|edit distance|hamming(?! score| accuracy))\b"
)
_RATES = re.compile(r"\b(?:wer|cer|ter|mer|wil|eer|error rate|hamming(?! score| accuracy))\b")
"""Error rates among those."""

RATES_ALONE = frozenset({"per", "der"})
"""Error rates, of phonemes and of diarization, that are words or labels wherever they do not stand alone."""

_COCO = re.compile(r"\b(?:m?ap|m?ar)(?: ?\d+)?\b")

_NEGATED = re.compile(r"\bneg(?:ative)?\b")
_NEGATED_ERROR = re.compile(r"\bneg(?:ative)? (?:\w+ )*?(?:r?mse|mae|s?mape|r?msle|error)\b")
"""Errors with their sign turned round, so that all scores are better when higher, as scikit-learn and
sentence-transformers have them; of other names with that word it is not settled what it means."""

_HIGHER = re.compile(
    r"\b(?:accuracy|accuracies|acc|acc ?\d+|f\d|fscore|f1score|precision|recall|auc|auroc|aucroc|auprc|roc auc|pr auc"
    r"|r2|r2score|r squared|map|map ?\d+|mar|mar ?\d+|ap|ap ?\d+|bleu|bleu\d|sacrebleu|bleurt|gleu|chrf|meteor"
    r"|bert ?score\w*|sari|comet|wip|spice|cider"
    r"|exact match|exact|em|mcc|matthews correlation|matthews|pearson\w*|spearman\w*|kendall\w*|kappa|qwk|iou"
    r"|miou|dice|jaccard|ndcg|mrr|specificity|sensitivity|rouge\w*|psnr|ssim|rewards margins|pass ?@ ?\d+"
    r"|reward mean|mean reward|hamming (?:score|accuracy)|hits? ?@ ?\d+)\b|rouge|bleu$"
)
# Sources: the definitions of these metrics in scikit-learn's model evaluation guide (scores are better when higher,
# ``*_error`` and ``*_loss`` when lower), the metric cards of Hugging Face's evaluate (wer, cer, ter, bleu, rouge,
# perplexity) and of COCO (AP, AR).


@lru_cache(maxsize=4096)
def key(name: str) -> str:
    """The name under which a metric is the same in results, tables and metadata.

    >>> key("Validation Loss"), key("eval_f1"), key("F1")
    ('loss', 'f1', 'f1')
    """
    text = _SEPARATORS.sub(" ", name.casefold()).strip()
    text = _PREFIX.sub("", text) or text
    if text.endswith("(gib)"):
        return _MEMORY.sub("", text)
    return _ALIASES.get(text, text)


def is_of_training(name: str) -> bool:
    """Whether a metric is measured on the training data: ``Training Loss``, Keras' ``Train Accuracy``."""
    return key(name).startswith(("train ", "training "))


@lru_cache(maxsize=4096)
def is_rate(name: str) -> bool:
    """Whether a metric is an error rate, of which 0 is perfect and 1 is all wrong."""
    return key(name) in RATES_ALONE or bool(_RATES.search(key(base(name))))


def base(name: str) -> str:
    """The metric that an element belongs to: ``F1`` for ``F1[0]`` and for ``F1.macro``; else the name itself."""
    return _ELEMENT.sub("", name) or name


@lru_cache(maxsize=4096)
def direction(name: str) -> Direction:
    """Which way the metric is better; of an element (``F1[0]``), that of its metric."""
    if key(name) in RATES_ALONE:
        return Direction.MINIMIZE
    whole = _direction_of(key(base(name)))
    _, dot, leaf = name.rpartition(".")
    if whole is Direction.UNKNOWN and dot and base(name) != name:  # ``Organisation.f1``
        return _direction_of(key(leaf))
    return whole


def _direction_of(text: str) -> Direction:
    if _SCORE.search(text):
        return Direction.MAXIMIZE
    if _COUNTS.search(text):
        return Direction.UNKNOWN
    if _NEGATED.search(text):
        return Direction.MAXIMIZE if _NEGATED_ERROR.search(text) else Direction.UNKNOWN
    lower, higher = bool(_LOWER.search(text)), bool(_HIGHER.search(text))
    if text.endswith((" loss", " error")):  # whatever it is the loss of
        lower, higher = True, False
    if lower == higher:  # neither, or both: not settled
        return Direction.UNKNOWN
    return Direction.MINIMIZE if lower else Direction.MAXIMIZE


def is_unmeasured(name: str, numbers: Iterable[float]) -> bool:
    """Whether numbers of a metric of COCO (AP, AR) are -1 throughout: there was nothing of the kind to be found."""
    return all(number == -1 for number in numbers) and bool(_COCO.search(key(base(name))))


def is_timing(name: str) -> bool:
    """Whether a name tells how long something took, how fast it was or what memory it took."""
    return bool(_TIMING.search(key(name)))


def is_memory(name: str) -> bool:
    """Whether a name tells what memory was taken, as axolotl's do."""
    return key(name).endswith(("(gib)", "(mib)", "(gb)", "(mb)"))


@lru_cache(maxsize=4096)
def is_aside(name: str) -> bool:
    """Whether a name is no metric, but tells how a training went: a learning rate, a time or speed, memory."""
    return is_timing(name) or is_memory(name) or bool(_RATE_OF_LEARNING.search(key(name)))


@lru_cache(maxsize=4096)
def is_partial(name: str) -> bool:
    """Whether a score tells only half of how good a model is, or of a single label: precision, recall, ``LOC F1``."""
    text = key(name)
    return bool(_PARTIAL.search(text)) or (bool(_LABELLED.search(text)) and not _WHOLE.fullmatch(text))


def is_whole(name: str) -> bool:
    """Whether a score sums up a classification: F1 or accuracy over all labels."""
    return bool(_WHOLE.fullmatch(key(name)))


def better(left: float, right: float, way: Direction) -> bool:
    """Whether `left` is better than `right`; never for an unknown direction or nan."""
    if way is Direction.MAXIMIZE:
        return left > right
    return way is Direction.MINIMIZE and left < right
