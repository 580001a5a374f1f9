"""Cards of Keras models: of transformers' ``PushToHubCallback``, and of the Hub's ``push_to_hub_keras``.

The callback prints the Trainer's layout with names of its own: ``Train Loss``, epochs from 0 as the last column and
as a result, no steps, the optimizer as a dict. The Hub's mixin has neither title nor sentence; it prints the
hyperparameters as bullets, as a table of one row, or as a table of names and values, and its first versions the
history under "Training Metrics".
"""

from __future__ import annotations

from tui.cards.body import Body, Part, Table
from tui.cards.model import Metadata, NamedValue
from tui.cards.values import parse
from tui.cards.writers import trainer
from tui.cards.writers.layout import Reading, Writer, read_history, read_parts, use_introduction
from tui.cards.writers.other_forms import named_cells
from tui.cards.writers.signs import Signs

_USED = "The following hyperparameters were used during training"


def read(body: Body, metadata: Metadata) -> Reading:
    """Read the Trainer's layout, and what the Hub's mixin prints in tables."""
    reading = trainer.read(body, metadata)
    read_parts(body, reading, _READERS)
    return reading


def _read_hyperparameters(body: Body, part: Part, reading: Reading) -> None:
    """Read a table of hyperparameters where there is no list of them."""
    table = None if reading.hyperparameters else next(body.tables(part.start, part.end), None)
    values = _named_cells(table) if table else ()
    if table and values:
        reading.hyperparameters = values
        body.used.update(range(table.start, table.end))
        use_introduction(body, range(part.start, table.start), _USED)


def _named_cells(table: Table) -> tuple[NamedValue, ...]:
    """The settings of a table of (name, value) rows, or of one row below its names."""
    if len(table.columns) == 2:
        return named_cells(table)
    if len(table.rows) != 1 or len(table.rows[0][1]) != len(table.columns):
        return ()
    index, values = table.rows[0]
    cells = zip(table.columns, values, strict=True)
    return tuple(NamedValue(name.strip("*` "), parse(value), index + 1) for name, value in cells if name and value)


def _from_mixin(metadata: Metadata, body: Body) -> bool:
    return metadata.library == "keras" and trainer.has_layout(body)


_READERS = {"training hyperparameters": _read_hyperparameters, "training metrics": read_history}

_SIGNS = Signs(
    tags=frozenset({"generated_from_keras_callback"}),
    comment="according to the information Keras had access to",
    also=_from_mixin,
)

WRITER = Writer("keras", _SIGNS, read)
