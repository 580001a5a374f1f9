"""What a metric's name says: which names mean the same metric, and which way is better.

A direction is only given to names whose meaning is settled; for all else it is unknown, and an unknown metric is
never ranked, coloured or called better.
"""

from __future__ import annotations

import re
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

_PREFIX = re.compile(r"^(?:eval|validation|val|num) ")
_SEPARATORS = re.compile(r"[\s_\-/]+")
_ELEMENT = re.compile(r"(?:\[\d+\]|\.[^.\s]+)+$")
_ALIASES = {"train loss": TRAINING_LOSS}

_COUNTS = re.compile(r"\b(?:len|length|runtime|second|samples|steps?|epoch|number|support|tokens|count|time|rate lr)\b")
_LOWER = re.compile(
    r"\b(?:loss|wer|cer|ter|mer|wil|eer|perplexity|ppl|mse|rmse|mae|mape|smape|rmsle|msle|fid|brier"
    r"|mean (?:squared|absolute) error|error rate|bpc|hamming)\b"
)
_HIGHER = re.compile(
    r"\b(?:accuracy|accuracies|acc|f1|f1score|precision|recall|auc|auroc|auprc|roc auc|pr auc|r2|r squared"
    r"|map|map ?\d+|mar|mar ?\d+|ap|bleu|bleu\d|sacrebleu|chrf|meteor|bertscore|exact match|exact|em|mcc"
    r"|matthews correlation|matthews|pearson\w*|spearman\w*|kappa|iou|miou|dice|jaccard|ndcg|mrr"
    r"|specificity|sensitivity|rouge\w*|psnr|ssim|rewards margins)\b|rouge|bleu$"
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
    return _ALIASES.get(text, text)


def is_of_training(name: str) -> bool:
    """Whether a metric is measured on the training data: ``Training Loss``, Keras' ``Train Accuracy``."""
    return key(name).startswith(("train ", "training "))


def base(name: str) -> str:
    """The metric that an element belongs to: ``F1`` for ``F1[0]`` and for ``F1.macro``; else the name itself."""
    return _ELEMENT.sub("", name) or name


@lru_cache(maxsize=4096)
def direction(name: str) -> Direction:
    """Which way the metric is better; of an element (``F1[0]``), that of its metric."""
    text = key(base(name))
    if _COUNTS.search(text):
        return Direction.UNKNOWN
    lower, higher = bool(_LOWER.search(text)), bool(_HIGHER.search(text))
    if text.endswith((" loss", " error")):  # whatever it is the loss of
        lower, higher = True, False
    if lower == higher:  # neither, or both: not settled
        return Direction.UNKNOWN
    return Direction.MINIMIZE if lower else Direction.MAXIMIZE


def better(left: float, right: float, way: Direction) -> bool:
    """Whether `left` is better than `right`; never for an unknown direction or nan."""
    if way is Direction.MAXIMIZE:
        return left > right
    return way is Direction.MINIMIZE and left < right
