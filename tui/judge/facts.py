"""What lists, tables and filters know of a card: flat values under keys, small enough to be kept for every card."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from tui.cards.model import Card, Value
from tui.cards.values import parse, unbold
from tui.judge import metrics
from tui.judge.estimates import effective_batch
from tui.judge.optimizer import learning_rate
from tui.judge.verdict import Verdict

REPORTED, BEST, LAST, SETTING, VERSION, ESTIMATE = "reported.", "best.", "last.", "setting.", "version.", "estimate."
"""How keys of results, settings, framework versions and estimates begin; fields have no such beginning."""


@dataclass(frozen=True, slots=True)
class Facts:
    """One card as a row of a table."""

    name: str
    is_card: bool
    values: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    """Key → value as printed, without keys of which the card says nothing.

    Fields: ``base``, ``dataset``, ``task``, ``license``, ``writer``, ``headline``. Of a metric ``reported.f1``,
    ``best.f1`` and ``last.f1``, the name as ``metric_name`` gives it; of a setting ``setting.learning_rate``, of a
    framework ``version.transformers``, of an estimate ``estimate.training_examples``.
    """

    metric: str = ""
    """The headline metric's name, empty where there is none."""

    findings: tuple[str, ...] = ()
    """The codes of the findings, the gravest first, each once."""

    severity: str = ""
    """Of the gravest finding; empty where there is none."""

    problems: tuple[str, ...] = ()
    """The code of each problem, in the order of their lines."""


def metric_name(name: str) -> str:
    """The name of a metric as keys have it: the same for all spellings, and without blanks.

    >>> metric_name("Validation Loss"), metric_name("eval_f1-macro"), metric_name("F1[0]")
    ('loss', 'f1_macro', 'f1[0]')
    """
    return metrics.key(name).replace(" ", "_")


def setting_name(name: str) -> str:
    """The name of a setting or framework as keys have it.

    >>> setting_name("Learning rate"), setting_name("sentence-transformers")
    ('learning_rate', 'sentence_transformers')
    """
    return "_".join(name.casefold().replace("-", " ").split())


def facts(card: Card, verdict: Verdict) -> Facts:
    """The row of a card that was judged by its own headline."""
    values: dict[str, Value] = {}
    for key, value in _all_values(card, verdict):
        values.setdefault(key, value)
    head = verdict.headline
    return Facts(
        card.name,
        card.is_card,
        values,
        head.metric if head else "",
        tuple(dict.fromkeys(finding.code for finding in verdict.findings)),
        str(verdict.findings[0].severity) if verdict.findings else "",
        tuple(problem.code for problem in card.problems),
    )


def _all_values(card: Card, verdict: Verdict) -> Iterator[tuple[str, Value]]:
    """Every key with its value; of a key that comes twice the first counts."""
    base = card.base_model or ("from scratch" if card.from_scratch else None)
    fields = {"base": base, "dataset": card.dataset, "task": card.metadata.task, "license": card.metadata.license}
    for key, text in {**fields, "writer": card.writer}.items():
        if text:
            yield key, Value(text)
    if head := verdict.headline:
        value = Value(f"[{len(head.value.elements)}]") if head.value.elements else _plain(head.value)
        yield "headline", value
        if card.results or card.is_written:  # else it is the latest evaluation of a run in progress
            yield REPORTED + metric_name(head.metric), value
    for standing in verdict.standings:
        name = metric_name(standing.metric)
        for lead, cell in ((REPORTED, standing.reported), (BEST, standing.best), (LAST, standing.last)):
            if cell is not None and not cell.elements:
                yield lead + name, _plain(cell)
    for entry in card.results:
        if entry.value.elements:
            yield REPORTED + metric_name(entry.label), Value(f"[{len(entry.value.elements)}]")
    for name, value in _settings(card):
        yield SETTING + name, value
    for framework in card.environment:
        yield VERSION + setting_name(framework.name), Value(framework.version)
    for estimate in verdict.estimates:
        yield ESTIMATE + estimate.name, Value(f"{estimate.value:.6g}", float(estimate.value))


def _settings(card: Card) -> Iterator[tuple[str, Value]]:
    """What was set, and what follows from it."""
    for entry in card.settings:
        yield setting_name(entry.name), _plain(entry.value)
        if entry.name == "optimizer" and (rate := learning_rate(entry.value.raw)):
            yield "learning_rate", _plain(parse(rate))
    if batch := effective_batch(card):
        yield "total_train_batch_size", Value(str(batch), float(batch))


def _plain(value: Value) -> Value:
    """The value without bold marks and elements, cut to what a row can use."""
    return Value(unbold(value.raw)[:_LONGEST], value.number)


_LONGEST = 200
"""Characters of a value that a row keeps."""


def to_json(known: Facts) -> list[Any]:
    """The facts as JSON can say them.

    A value is its text where that is its number as Python reads it, else a list of the text and, if it has one, the
    number (nan and infinities as Python's json writes them): most values are numbers, and read so they cost a third.
    """
    values = {key: _packed(value) for key, value in known.values.items()}
    return [known.name, known.is_card, values, known.metric, known.findings, known.severity, known.problems]


def from_json(data: list[Any]) -> Facts:
    """What `to_json` gave; raises ValueError or TypeError for what it did not."""
    name, is_card, raw, metric, findings, severity, problems = data
    values = {key: Value(told, float(told)) if type(told) is str else Value(*told) for key, told in raw.items()}
    return Facts(name, is_card, values, metric, tuple(findings), severity, tuple(problems))


def _packed(value: Value) -> str | list[Any]:
    if value.number is None:
        return [value.raw]
    try:
        return value.raw if float(value.raw) == value.number else [value.raw, value.number]
    except ValueError:
        return [value.raw, value.number]


def metrics_in(keys: Iterable[str]) -> list[str]:
    """The names of the metrics among keys, each once, in their order."""
    leads = (REPORTED, BEST, LAST)
    return list(dict.fromkeys(key[len(lead) :] for key in keys for lead in leads if key.startswith(lead)))
