"""Cards of axolotl: the Trainer's, with a badge and the configuration as YAML inside ``<details>``.

The first versions print the badge alone.
"""

from __future__ import annotations

from tui.cards.body import Body
from tui.cards.metadata import flat
from tui.cards.model import Metadata, NamedValue
from tui.cards.plain_yaml import Node, Scalar
from tui.cards.values import parse
from tui.cards.writers import peft
from tui.cards.writers.layout import Reading, Writer, name_of
from tui.cards.writers.signs import Signs
from tui.cards.yaml_text import load

_SUMMARY = "See axolotl config</summary>"


def read(body: Body, metadata: Metadata) -> Reading:
    """Read what the Trainer's layout holds; where it leaves something out, the configuration has it.

    The configuration itself stays with the prose, whole.
    """
    reading = peft.read(body, metadata)
    if reading.hyperparameters and (reading.dataset or metadata.dataset) and reading.base_model:
        return reading
    config = _config(body)
    if not reading.hyperparameters:
        reading.hyperparameters = tuple(
            NamedValue(str(key), parse(flat(value)), key.line) for key, value in config.items()
        )
    reading.base_model = reading.base_model or _text(config.get(Scalar("base_model")))
    if not metadata.dataset:
        reading.dataset = reading.dataset or _datasets(config.get(Scalar("datasets")))
    return reading


def _config(body: Body) -> dict[Scalar, Node]:
    """The configuration by its keys; empty where there is none that can be read."""
    start = next((i for i, line in enumerate(body.lines) if _SUMMARY in line), None)
    if start is None:
        return {}
    opening = next((i for i in range(start, len(body.lines)) if body.lines[i].startswith("```")), None)
    if opening is None:
        return {}
    end = next((i for i in range(opening + 1, len(body.lines)) if body.lines[i].startswith("```")), len(body.lines))
    root, _ = load("\n".join(body.lines[opening + 1 : end]), opening + 2)
    return root if isinstance(root, dict) else {}


def _text(node: Node | None) -> str | None:
    return name_of(str(node)) if isinstance(node, Scalar) else None


def _datasets(node: Node | None) -> str | None:
    """The paths of the list of datasets."""
    items = node if isinstance(node, list) else []
    paths = [_text(item.get(Scalar("path"))) for item in items if isinstance(item, dict)]
    return ", ".join(path for path in paths if path) or None


_SIGNS = Signs(tags=frozenset({"axolotl"}), phrases=(_SUMMARY, 'alt="Built with Axolotl"'))

WRITER = Writer("axolotl", _SIGNS, read)
