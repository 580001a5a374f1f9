"""A card and its verdict → the lines that the detail pane and ``cardtui show`` share, but for the prose.

In the order in which a reader asks: what is it, what came out, what could not be read, how was it made, how did
it go, with what.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from tui.cards.model import Card, EvalResult, Json
from tui.cards.problems import Severity
from tui.judge.verdict import Verdict
from tui.render.history import history_lines
from tui.render.line import BLANK, Line, Span, line
from tui.render.parts import Judged, pairs_lines, paragraph
from tui.render.results import results
from tui.render.run import run_lines
from tui.render.tables import Column, table
from tui.render.text import visible

_MOST_ALIKE = 4
"""Problems of one kind that a pane shows one by one."""


def facts(card: Card, verdict: Verdict, cells: int | None) -> list[Line]:
    """Everything that was read and judged, in lines for a pane of `cells` cells.

    With `cells` None, for a pipe, nothing is wrapped, cut or marked: the cells of the history stand as printed.
    """
    context = Judged(card, verdict, cells)
    lines = identity(context)
    for title, section in _SECTIONS:
        if content := section(context):
            lines += [BLANK, Line(((title, "heading"),), section=title), *content]
    return lines


def identity(context: Judged) -> list[Line]:
    """Base model → dataset · task · licence · writer and versions."""
    card = context.card
    if not card.is_card:
        sentence = "This file is no model card: it has no card metadata and no Trainer sections."
        return paragraph([(sentence, "dim")], context.cells, indent=0)
    spans: list[Span] = []
    if not card.is_written:
        spans = [("run without a card", "strong")]
    elif card.base_model or card.from_scratch or card.writer not in {"other", "autotrain"}:
        spans = [_base_model(card), (" → ", "dim"), _dataset(card)]
    elif card.dataset:
        spans = [(visible(card.dataset), "strong")]
    for text in (card.metadata.task, card.metadata.license, _writer(card)):
        if text:
            spans += [(" · ", "dim")] if spans else []
            spans += [(visible(text), "")]
    return paragraph(spans, context.cells, indent=0)


def _base_model(card: Card) -> Span:
    if card.base_model:
        return visible(card.base_model), "strong"
    return ("from scratch", "strong") if card.from_scratch else ("unknown base model", "dim")


def _dataset(card: Card) -> Span:
    if card.dataset is None:
        return ("unknown dataset", "dim")
    config = _config(card, card.dataset)
    return (visible(f"{card.dataset} ({config})" if config else card.dataset), "strong")


def _config(card: Card, dataset: str) -> str | None:
    """The configuration of the dataset in the model index, where that has one for it and it says more than the name."""
    entries = [entry for entry in card.metadata.model_index if _names(entry, dataset)]
    configs = {entry.dataset_config or _plain_args(entry.dataset_args) for entry in entries}
    config = configs.pop() if len(configs) == 1 else None
    return None if config is None or config == "default" or _plain(config) in _plain(dataset) else config


def _names(entry: EvalResult, dataset: str) -> bool:
    """Whether an entry's dataset is the one of that name, which may have its owner or configuration."""
    names = filter(None, (entry.dataset_name, entry.dataset_type))
    return any(_plain(name) in _plain(dataset) or _plain(dataset) in _plain(name) for name in names)


def _plain(name: str) -> str:
    return re.sub(r"[\W_]", "", name.rpartition("/")[2]).casefold()


def _plain_args(args: Json) -> str | None:
    """A dataset's configuration where it is given as ``args``, as older Trainers did."""
    return args if isinstance(args, str) else None


_WRITERS = {
    "trainer": "Trainer",
    "keras": "Keras",
    "peft": "PEFT",
    "trl": "TRL",
    "axolotl": "axolotl",
    "llama-factory": "LLaMA-Factory",
    "unsloth": "Unsloth",
    "sentence-transformers": "Sentence Transformers",
    "setfit": "SetFit",
    "span-marker": "SpanMarker",
    "autotrain": "AutoTrain",
}
"""The writers' names as they write them, and as their framework lines do."""


_LIBRARIES = frozenset(
    "adapter-transformers allennlp asteroid bertopic cleanrl diffusers espnet fastai fasttext flair ml-agents mlx nemo"
    " open_clip paddlenlp pyannote-audio sample-factory setfit sklearn skops spacy span-marker speechbrain"
    " stable-baselines3 stanza tensorflowtts timm ultralytics".split()
)
"""Tags by which the Hub knows the library of a model whose metadata does not name it."""


def _writer(card: Card) -> str:
    """The writer with its version, and that of Transformers where it builds on it."""
    if card.writer == "other":
        return card.metadata.library or next(filter(_LIBRARIES.__contains__, card.metadata.tags), "unknown writer")
    name = _WRITERS[card.writer]
    versions = {framework.name: framework.version for framework in card.environment}
    known = [f"{name} {versions[name]}" if name in versions else name]
    known += [f"Transformers {versions['Transformers']}"] if "Transformers" in versions else []
    return ", ".join(known)


_FINDING_MARKS: dict[Severity, Span] = {
    Severity.ERROR: ("× ", "error"),
    Severity.WARNING: ("▲ ", "warning"),
    Severity.INFO: ("· ", "info"),
}


def _findings(context: Judged) -> list[Line]:
    lines: list[Line] = []
    for finding in context.verdict.findings:
        spans = [_FINDING_MARKS[finding.severity], (visible(finding.message), ""), (f"  {finding.code}", "dim")]
        lines += paragraph(spans, context.cells, hanging=4)
    return lines


def _problems(context: Judged) -> list[Line]:
    lines: list[Line] = []
    seen: Counter[str] = Counter()
    for problem in context.card.problems:
        seen[problem.code] += 1
        if context.cells is not None and seen[problem.code] > _MOST_ALIKE:
            continue
        place = f"line {problem.line}: " if problem.line else ""
        spans = [
            ("× ", "error"),
            (place, "strong"),
            (visible(problem.message), ""),
            (f"  {problem.code}", "dim"),
        ]
        lines += paragraph(spans, context.cells, hanging=4)
    if context.cells is not None:
        more = ((code, count - _MOST_ALIKE) for code, count in seen.items() if count > _MOST_ALIKE)
        lines += [line("  ", (f"… and {count} more of {code}: r shows their lines", "dim")) for code, count in more]
    return lines


def _hyperparameters(context: Judged) -> list[Line]:
    pairs = [(visible(h.name), visible(h.value.raw)) for h in context.card.settings]
    return pairs_lines(pairs, context.cells)


_ESTIMATES: dict[str, Callable[[float], str]] = {
    "training_examples": lambda number: f"{number:,.0f}",
    "steps_per_epoch": lambda number: f"{number:,.0f}" if number >= 100 else f"{number:.4g}",
    "effective_batch": lambda number: f"{number:,.0f}",
    "epochs_to_best": lambda number: f"{number:.4g}",
}


def _estimates(context: Judged) -> list[Line]:
    pairs = []
    for estimate in context.verdict.estimates:
        write = _ESTIMATES[estimate.name]
        value, low, high = write(estimate.value), write(estimate.low), write(estimate.high)
        span = "" if low == high else f" ({low} to {high})"
        pairs.append((estimate.name.replace("_", " "), f"≈ {value}{span}"))
    return pairs_lines(pairs, context.cells)


def _environment(context: Judged) -> list[Line]:
    pairs = [(visible(f.name), visible(f.version)) for f in context.card.environment]
    return pairs_lines(pairs, context.cells)


def _model_index(context: Judged) -> list[Line]:
    lines: list[Line] = []
    groups: dict[str, list[EvalResult]] = {}
    for entry in context.card.metadata.model_index:
        groups.setdefault(_evaluated_on(entry), []).append(entry)
    for title, entries in groups.items():
        lines += paragraph([(visible(title), "")], context.cells, hanging=4)
        names = [(visible(e.metric_name or e.metric_type or "unnamed"), "label") for e in entries]
        values = [(visible(flat(e.metric_value) or "–"), "") for e in entries]
        lines += table([Column("", names, numeric=False), Column("", values)], indent=4)
    return lines


def _evaluated_on(entry: EvalResult) -> str:
    args = entry.dataset_args
    details = {
        "config": entry.dataset_config,
        "split": entry.dataset_split,
        "args": None if args is None or args == entry.dataset_config else flat(args),
    }
    task = entry.task_name or entry.task_type or "unnamed task"
    dataset = entry.dataset_name or entry.dataset_type or "unnamed dataset"
    known = ", ".join(f"{name} {value}" for name, value in details.items() if value)
    return f"{task} on {dataset}" + (f" ({known})" if known else "")


def _metadata(context: Judged) -> list[Line]:
    pairs = [(visible(name), visible(text)) for name, text in context.card.metadata.written.items()]
    return pairs_lines(pairs, context.cells)


def flat(value: Json) -> str:
    """A dataset's arguments in one line: lists with commas, mappings as ``key: value``."""
    if isinstance(value, dict):
        return ", ".join(f"{key}: {flat(item)}" for key, item in value.items())
    if isinstance(value, list):
        return ", ".join(flat(item) for item in value)
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


_SECTIONS: tuple[tuple[str, Callable[[Judged], list[Line]]], ...] = (
    ("Results", results),
    ("Problems", _problems),
    ("Findings", _findings),
    ("Hyperparameters", _hyperparameters),
    ("Training history", history_lines),
    ("Run", run_lines),
    ("Estimates", _estimates),
    ("Environment", _environment),
    ("Model index", _model_index),
    ("Metadata", _metadata),
)
