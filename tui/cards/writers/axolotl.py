"""Cards of axolotl: the Trainer's, with a badge and the configuration as YAML inside ``<details>``.

The first versions print the badge alone. The configuration has what the Trainer does not know: the adapter, the length
of the sequences, how samples are packed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.cards.body import Body
from tui.cards.metadata import flat
from tui.cards.model import Framework, Metadata, NamedValue
from tui.cards.plain_yaml import Node, Scalar
from tui.cards.values import parse
from tui.cards.writers import peft
from tui.cards.writers.layout import Reading, Writer, name_of
from tui.cards.writers.signs import Signs
from tui.cards.yaml_text import load, resolve

_SUMMARY = "See axolotl config</summary>"
_VERSION = re.compile(r"axolotl version: `(?P<version>[^`]+)`")
_IDENTITY = frozenset({"base_model", "datasets"})
"""Keys that are shown as what the run was made of."""

_ABOUT_TRACKERS = ("wandb_", "mlflow_", "comet_", "hub_")
_PATHS = ("_path", "_dir", "_config", "_checkpoint")


def read(body: Body, metadata: Metadata) -> Reading:
    """Read what the Trainer's layout holds, and what only the configuration has.

    The configuration itself stays with the prose, whole.
    """
    reading = peft.read(body, metadata)
    start = next((i for i, line in enumerate(body.lines) if _SUMMARY in line), None)
    if start is None:
        return reading
    opening = next((i for i in range(start, len(body.lines)) if body.lines[i].startswith("```")), len(body.lines))
    config = _config(body, opening)
    listed = {entry.name for entry in reading.hyperparameters}
    settings = tuple(entry for entry in _settings(config) if entry.name not in listed)
    if listed:
        reading.config = settings
    else:
        reading.hyperparameters = settings
    reading.program = _version(body, start, opening)
    reading.base_model = reading.base_model or _text(config.get(Scalar("base_model")))
    if not metadata.dataset:
        reading.dataset = reading.dataset or _datasets(config.get(Scalar("datasets")))
    return reading


def _config(body: Body, opening: int) -> dict[Scalar, Node]:
    """The configuration by its keys, in the fence that opens at an index; empty where none can be read."""
    end = next((i for i in range(opening + 1, len(body.lines)) if body.lines[i].startswith("```")), len(body.lines))
    root, _ = load("\n".join(body.lines[opening + 1 : end]), opening + 2)
    return root if isinstance(root, dict) else {}


def _settings(config: dict[Scalar, Node]) -> Iterator[NamedValue]:
    """The values, and lists of values, that were given: no paths, and nothing of trackers and of the Hub."""
    for key, node in config.items():
        items = node if isinstance(node, list) else [node]
        if key in _IDENTITY or key.startswith(_ABOUT_TRACKERS) or key.endswith(_PATHS):
            continue
        if all(isinstance(item, Scalar) and resolve(item) not in {None, ""} for item in items) and items:
            yield NamedValue(str(key), parse(flat(node)), key.line)


def _version(body: Body, start: int, opening: int) -> tuple[Framework, ...]:
    """The version that stands between the summary and the configuration."""
    found = ((i, match) for i in range(start, opening) if (match := _VERSION.fullmatch(body.lines[i].strip())))
    return tuple(Framework("axolotl", match["version"], index + 1) for index, match in found)[:1]


def _text(node: Node | None) -> str | None:
    return name_of(str(node)) if isinstance(node, Scalar) else None


def _datasets(node: Node | None) -> str | None:
    """The paths of the list of datasets."""
    items = node if isinstance(node, list) else []
    paths = [_text(item.get(Scalar("path"))) for item in items if isinstance(item, dict)]
    return ", ".join(path for path in paths if path) or None


_SIGNS = Signs(tags=frozenset({"axolotl"}), phrases=(_SUMMARY, 'alt="Built with Axolotl"'))

WRITER = Writer("axolotl", _SIGNS, read)
