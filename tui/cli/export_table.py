"""Rows whose columns are known only when all have been seen → one table: CSV or Parquet.

The rows lie in a file without a name until then, so that as many can be written as the disk takes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from tempfile import TemporaryFile
from typing import Any, BinaryIO, TextIO

from tui.cards.model import Value
from tui.cli.export_rows import GROUPS, TEXTS, Row
from tui.cli.output import CommandError
from tui.judge.query import number_of
from tui.render.csv_text import record

_SURROGATE = re.compile("[\ud800-\udfff]")
"""What stands in a file name for a byte that is no text."""

_CELLS = 1_000_000
"""Cells of a table that are held at once."""


@contextmanager
def table_of(fixed: Sequence[str]) -> Iterator[Table]:
    """A table without rows, which always has the `fixed` columns."""
    with TemporaryFile("w+", encoding="utf-8") as rows:
        yield Table(fixed, rows)


class Table:
    """Rows that wait for their columns in a file."""

    def __init__(self, fixed: Sequence[str], rows: TextIO) -> None:
        self._rows = rows
        self._fixed = fixed
        self._numeric: dict[str, bool] = {}
        self.count = 0

    def add(self, row: Row) -> None:
        """Take in a row."""
        cells: dict[str, Any] = {}
        for column, value in row.items():
            is_number = value.number is not None or bool(value.elements)
            self._numeric[column] = self._numeric.get(column, True) and is_number
            cells[column] = [value.raw, value.number] if is_number else value.raw
        self._rows.write(json.dumps(cells) + "\n")
        self.count += 1

    def columns(self) -> list[str]:
        """The columns of all rows: those that are always there, then the others as they came, group by group."""
        found = [column for column in self._numeric if column not in self._fixed]
        return [*self._fixed, *sorted(found, key=_group)]

    def is_numeric(self, column: str) -> bool:
        """Whether all texts of a column are numbers, but for lists, whose elements are columns of their own."""
        return column not in TEXTS and self._numeric.get(column, True)

    def rows(self) -> Iterator[Row]:
        """The rows, in the order in which they came."""
        self._rows.seek(0)
        for line in self._rows:
            cells = json.loads(line)
            yield {name: Value(cell) if isinstance(cell, str) else Value(*cell) for name, cell in cells.items()}


def _group(column: str) -> int:
    """Where the columns of a kind of values stand."""
    return next((place for place, lead in enumerate(GROUPS) if column.startswith(lead)), len(GROUPS))


def write_csv(table: Table, file: BinaryIO) -> None:
    """Write a table as CSV, its values as printed."""
    columns = table.columns()
    file.write(f"{record(columns)}\n".encode())
    texts = ((row[column].raw if column in row else "" for column in columns) for row in table.rows())
    file.writelines(f"{record(cells)}\n".encode() for cells in texts)


def parquet_writer(output: str) -> Callable[[Table, BinaryIO], None]:
    """What writes a table as Parquet; raises CommandError where the library for it is not installed."""
    try:
        import pyarrow  # noqa: PLC0415 - an extra, and 0.3 s
        import pyarrow.parquet  # noqa: PLC0415
    except ImportError as error:
        raise CommandError(f"{output}: needs pyarrow; install it with: pip install pyarrow") from error

    def write(table: Table, file: BinaryIO) -> None:
        """Numbers as such (of a percentage the share) in columns of nothing but numbers, all else as texts."""
        columns = table.columns()
        types = {name: pyarrow.float64() if table.is_numeric(name) else pyarrow.string() for name in columns}
        if "row" in types and table.is_numeric("row"):
            types["row"] = pyarrow.int64()
        schema = pyarrow.schema([*types.items()])
        rows = table.rows()
        with pyarrow.parquet.ParquetWriter(file, schema) as writer:
            while some := list(islice(rows, max(_CELLS // len(columns), 1))):
                cells = {name: _cells(some, name, is_number=table.is_numeric(name)) for name in columns}
                writer.write_table(pyarrow.table(cells, schema=schema))

    return write


def _cells(rows: Sequence[Mapping[str, Value]], name: str, *, is_number: bool) -> list[Any]:
    """The values of a column, None where a row has none."""
    values = [row.get(name) for row in rows]
    if is_number:
        return [None if value is None else number_of(value) for value in values]
    return [None if value is None else _SURROGATE.sub("\ufffd", value.raw) for value in values]
