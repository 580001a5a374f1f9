"""YAML → metadata and model index, with problems for what has another shape than the Hub's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from types import MappingProxyType

from tui.cards.model import EvalResult, Metadata, Problem
from tui.cards.plain_yaml import Node, Scalar
from tui.cards.yaml_text import load, resolve, to_json, within_bounds

CARD_KEYS = frozenset(
    "annotations_creators base_model co2_eq_emissions datasets inference language library_name license"
    " license_name metrics model-index model_index model_name pipeline_tag tags thumbnail widget".split()
)
"""Top-level keys by which front matter is known as a model card's, after the Hub's model card specification."""

INDEX_KEYS = frozenset({"model-index", "model_index"})
"""The key of the model index; with an underscore before Trainer 4.7."""

_SHARED_KEYS = frozenset("datasets language license tags thumbnail".split())
"""Keys that other pages have, too."""

_PAGE_KEYS = frozenset(
    "app_file categories colorFrom dataset_info draft layout permalink sdk size_categories slug task_categories"
    " title".split()
)
"""Top-level keys of other pages: those of blogs and notes, and of the Hub's Spaces and datasets."""

_TEXT_FIELDS = frozenset("base_model datasets library_name license metrics pipeline_tag tags".split())
"""The fields that are texts or lists of texts."""

_MOST_NAMED = 5
"""Keys that a message names."""

NO_DATASET = frozenset({"unknown", "unkown", "None", ""})
"""What writers say where they do not know the dataset."""


def read(text: str, first_line: int) -> tuple[Metadata, list[Problem]]:
    """Read a front matter block whose first line is line `first_line` of the file."""
    root, problems = load(text, first_line)
    if root is None or root == "":
        return Metadata(), problems
    if not isinstance(root, dict):
        problems.append(Problem("metadata-shape", first_line, f"the metadata is {_kind(root)}, not key: value pairs"))
        return Metadata(), problems
    try:
        values = to_json(root)
    except ValueError as error:
        root, left_out = within_bounds(root)
        problems.append(Problem("yaml-aliases", left_out[0].line, f"{_unread(left_out)}: {error}"))
        values = to_json(root)
    if not isinstance(values, dict):  # which a mapping never gives
        return Metadata(), problems
    index = list(_model_index(root, problems))
    problems += _odd_fields(root)
    tags, pipeline_tag = _texts(root, "tags"), _text(root, "pipeline_tag")
    return Metadata(
        values=MappingProxyType(values),
        written=MappingProxyType({str(k): flat(v) for k, v in root.items() if k not in INDEX_KEYS}),
        name=next((name for name, _, _ in index if name), None),
        base_model=_listed(_texts(root, "base_model")),
        dataset=_listed(name for name in _texts(root, "datasets") if name not in NO_DATASET),
        task=next((task for _, task, _ in index if task), pipeline_tag),
        license=_license(root),
        tags=tuple(tags),
        metrics=tuple(_texts(root, "metrics")),
        library=_text(root, "library_name"),
        model_index=tuple(entry for _, _, entry in index if entry),
    ), problems


def is_of_card(keys: Iterable[str]) -> bool:
    """Whether front matter with these top-level keys is a model card's."""
    found = frozenset(keys)
    own = CARD_KEYS & found
    return bool(own - _SHARED_KEYS) or bool(own and not _PAGE_KEYS & found)


def _listed(names: Iterable[str]) -> str | None:
    """Names in one line, each once; None where there are none."""
    return ", ".join(dict.fromkeys(names)) or None


def _license(root: dict[Scalar, Node]) -> str | None:
    """The license, by its own name where the Hub has none for it."""
    license_ = _listed(_texts(root, "license"))
    return (_text(root, "license_name") or license_) if license_ == "other" else license_


def _unread(keys: Sequence[Scalar]) -> str:
    """That keys are not read: the first of them by name, the others by their number."""
    named, others = list(keys[:_MOST_NAMED]), len(keys) - _MOST_NAMED
    words = [*named, f"{others} more"] if others > 0 else named
    *first, last = words
    return (
        f"{', '.join(first)} and {last} of the metadata are not read"
        if first
        else f"{last} of the metadata is not read"
    )


def flat(node: Node) -> str:
    """A value in one line, as it was written: lists with commas, mappings as ``key: value``."""
    if isinstance(node, dict):
        return ", ".join(f"{key}: {flat(value)}" for key, value in node.items())
    if isinstance(node, list):
        return ", ".join(flat(item) for item in node)
    return str(node)


def _kind(node: Node) -> str:
    """What a node is, as a message says it."""
    if not isinstance(node, Scalar):
        return "a list" if isinstance(node, list) else "a mapping"
    return "a number" if isinstance(resolve(node), (int, float)) else "text"


def _odd_fields(root: dict[Scalar, Node]) -> Iterator[Problem]:
    """A problem for each field that holds more than texts: what else it holds is not used."""
    for key, value in root.items():
        if key in _TEXT_FIELDS and not isinstance(value, Scalar):
            verb, items = ("is", [value]) if isinstance(value, dict) else ("holds", value)
            if odd := next((item for item in items if item and not isinstance(item, Scalar)), None):
                yield Problem("metadata-field", key.line, f"{key} {verb} {_kind(odd)} where a text is meant; not used")


def _child(node: Node | None, key: str) -> Node | None:
    return node.get(Scalar(key)) if isinstance(node, dict) else None


def _text(node: Node | None, key: str) -> str | None:
    """A scalar under `key` as it was written; None where it is absent, null or no scalar."""
    value = _child(node, key)
    return _written(value) if isinstance(value, Scalar) else None


def _written(scalar: Scalar) -> str | None:
    return None if resolve(scalar) is None else str(scalar).strip() or None


def _texts(node: dict[Scalar, Node], key: str) -> list[str]:
    """The scalars under `key`, which people write as one or as a list; nulls are left out."""
    value = _child(node, key)
    items = value if isinstance(value, list) else [value]
    return [text for item in items if isinstance(item, Scalar) and (text := _written(item))]


def _model_index(
    root: dict[Scalar, Node], problems: list[Problem]
) -> Iterator[tuple[str | None, str | None, EvalResult | None]]:
    """(model name, task, entry) of each metric; first of each model and result what it says without a metric."""
    key = next((key for key in root if key in INDEX_KEYS), None)
    if key is None:
        return
    for model in _mappings(root[key], key, "model-index", problems):
        name = _text(model, "name")
        yield name, None, None
        for result in _mappings(_child(model, "results"), key, "results", problems):
            task = _child(result, "task")
            shown = _text(task, "name") or _text(task, "type")
            yield name, shown, None
            for entry in _entries(result, key, problems):
                yield name, shown, entry


def _entries(result: dict[Scalar, Node], key: Scalar, problems: list[Problem]) -> Iterator[EvalResult]:
    """One entry a metric; Trainers before 4.7 wrote a single ``metric``, later ones a list of ``metrics``."""
    task, dataset = _child(result, "task"), _child(result, "dataset")
    metrics = _child(result, "metrics") or _child(result, "metric")
    if isinstance(metrics, dict):
        metrics = [metrics]
    args = to_json(_child(dataset, "args"))
    for metric in _mappings(metrics, key, "metrics", problems):
        yield EvalResult(
            task_type=_text(task, "type"),
            task_name=_text(task, "name"),
            dataset_type=_text(dataset, "type"),
            dataset_name=_text(dataset, "name"),
            dataset_config=_text(dataset, "config"),
            dataset_split=_text(dataset, "split"),
            dataset_args=args,
            metric_type=_text(metric, "type"),
            metric_name=_text(metric, "name"),
            metric_value=to_json(_child(metric, "value")),
            line=next((k.line for k in metric), key.line),
            verified=to_json(_child(metric, "verified")) is True,
        )


def _mappings(node: Node | None, key: Scalar, what: str, problems: list[Problem]) -> Iterator[dict[Scalar, Node]]:
    """The mappings of a list; anything else is a problem, but null and nothing."""
    if node is None or (isinstance(node, Scalar) and resolve(node) is None):
        return
    if not isinstance(node, list):
        problems.append(Problem("model-index-shape", key.line, f"{_part(what)} is {_kind(node)}, not a list"))
        return
    for item in node:
        if isinstance(item, dict):
            yield item
        elif not (isinstance(item, Scalar) and resolve(item) is None):
            message = f"{_part(what)} holds {_kind(item)} instead of key: value pairs"
            problems.append(Problem("model-index-shape", key.line, message))


def _part(what: str) -> str:
    return "the model index" if what == "model-index" else f"{what} in the model index"
