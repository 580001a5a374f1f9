"""Cards of Keras models: of transformers' ``PushToHubCallback``, and of the Hub's ``push_to_hub_keras``.

The callback prints the Trainer's layout with names of its own: ``Train Loss``, epochs from 0 as the last column and
as a result, no steps, the optimizer as a dict. The Hub's mixin prints the hyperparameters as bullets or as a table.
"""

from __future__ import annotations

from tui.cards.body import Body, Part
from tui.cards.model import Metadata, NamedValue
from tui.cards.values import parse
from tui.cards.writers import trainer
from tui.cards.writers.layout import Reading, Writer, title_of

_COMMENT = "according to the information Keras had access to"


def wrote(metadata: Metadata, body: Body) -> bool:
    """Whether Keras says that it wrote the card."""
    return (
        "generated_from_keras_callback" in metadata.tags
        or trainer.has_comment(body, _COMMENT)
        or (metadata.library == "keras" and trainer.has_layout(body))
    )


def read(body: Body, metadata: Metadata) -> Reading:
    """Read the Trainer's layout, and hyperparameters that stand in a table."""
    reading = trainer.read(body, metadata)
    if not reading.hyperparameters:
        for part in body.parts:
            if title_of(part) == "training hyperparameters":
                _read_table(body, part, reading)
    return reading


def _read_table(body: Body, part: Part, reading: Reading) -> None:
    table = next(body.tables(part.start, part.end), None)
    if table and len(table.columns) == 2:
        reading.hyperparameters = tuple(
            NamedValue(cells[0].strip("*` "), parse(cells[1]), index + 1)
            for index, cells in table.rows
            if len(cells) == 2 and cells[1]
        )
        body.used.update(range(table.start, table.end))


WRITER = Writer("keras", wrote, read)
