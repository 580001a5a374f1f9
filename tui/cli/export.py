"""``cardtui export PATH… -o FILE``: every card, whole, one a line; or cards or rows of histories as one table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from typing import BinaryIO

from tui.cards.model import Card, Json
from tui.cards.read import CardFileError
from tui.cli.export_rows import CARD_COLUMNS, HISTORY_COLUMNS, Row, card_rows, history_objects, history_rows
from tui.cli.export_table import Table, parquet_writer, table_of, write_csv
from tui.cli.output import CommandError, ExitCode, data_output, say
from tui.cli.progress import progress
from tui.cli.sources import read_cards, sources
from tui.cli.whole_file import whole_file
from tui.judge.rules import Rules, rules_of
from tui.judge.verdict import judge
from tui.render.card_json import card_json
from tui.render.json_text import json_text
from tui.settings import DEFAULTS, Settings

_LINES = ".jsonl"
_TABLES = (".csv", ".parquet")
_STDOUT = "-"

_Write = Callable[[Iterable[Card], BinaryIO], int]
"""Writes cards to a file and gives the number of its lines or rows."""


def run(paths: Sequence[str], output: str, rows: str = "cards", settings: Settings = DEFAULTS) -> ExitCode:
    """Write the cards, or the rows of their histories, in the order of the scan; returns the exit status.

    As JSON Lines every file that can be opened is a line; one that is no readable card has its problems there. In
    tables only cards are rows. A file or folder that the file system does not give is told on standard error and left
    out. Raises CommandError where there is nothing to be written, and then writes no file.
    """
    _check_target(paths, output)
    rules = rules_of(settings)
    ending = Path(output).suffix.lower()
    of_history = rows == "history"
    if ending not in _TABLES or not _is_named(output):
        write = _writer_of_lines(history_objects if of_history else partial(_card_line, rules=rules))
    else:
        columns, rows_of = (
            (HISTORY_COLUMNS, history_rows) if of_history else (CARD_COLUMNS, partial(card_rows, rules=rules))
        )
        write = _writer_of_table(columns, rows_of, write_csv if ending == ".csv" else parquet_writer(output))
    with _opened(output) as file, _bar(paths, output) as advance:
        if not write(_cards(paths, advance, rules), file):
            raise CommandError(f"no {'rows of a history' if of_history else 'cards'} in {', '.join(paths)}")
        file.flush()
    return ExitCode.FINE


def _cards(paths: Sequence[str], advance: Callable[[], None], rules: Rules) -> Iterator[Card]:
    """The cards that can be read; what cannot is told."""
    for found in read_cards(paths, rules.limits):
        advance()
        if isinstance(found, CardFileError):
            say(str(found))
        else:
            yield found[1]


def _writer_of_lines(lines_of: Callable[[Card], Iterable[Json]]) -> _Write:
    """What writes JSON Lines, card by card."""

    def write(cards: Iterable[Card], file: BinaryIO) -> int:
        written = 0
        for card in cards:
            for line in lines_of(card):
                file.write(json_text(line).encode() + b"\n")
                written += 1
        return written

    return write


def _card_line(card: Card, rules: Rules) -> Iterator[Json]:
    yield card_json(card, judge(card, rules))


def _writer_of_table(
    columns: Sequence[str], rows_of: Callable[[Card], Iterable[Row]], write_all: Callable[[Table, BinaryIO], None]
) -> _Write:
    """What writes a table when all its rows are known."""

    def write(cards: Iterable[Card], file: BinaryIO) -> int:
        with table_of(columns) as table:
            for card in cards:
                for row in rows_of(card):
                    table.add(row)
            if table.count:
                write_all(table, file)
            return table.count

    return write


def _bar(paths: Sequence[str], output: str) -> AbstractContextManager[Callable[[], None]]:
    """A bar, but where the cards go to the terminal themselves."""
    if output == _STDOUT:
        return nullcontext(lambda: None)
    return progress("reading cards", lambda: sum(1 for _ in sources(paths)))


def _opened(output: str) -> AbstractContextManager[BinaryIO]:
    return nullcontext(data_output()) if output == _STDOUT else whole_file(Path(output))


def _is_named(output: str) -> bool:
    """Whether it is a file whose name says what it is, rather than standard output, a device or a pipe."""
    target = Path(output)
    return output != _STDOUT and (not target.exists() or target.is_file())


def _check_target(paths: Sequence[str], output: str) -> None:
    """Refuse a file of a kind that is not written, and one that is about to be read."""
    if not _is_named(output):
        return
    target = Path(output)
    if target.suffix.lower() not in (_LINES, *_TABLES):
        raise CommandError(
            f"{output}: only {_LINES}, {' and '.join(_TABLES)} files can be written; name one, or - for standard output"
        )
    if target.exists() and any(Path(path).exists() and target.samefile(path) for path in paths):
        raise CommandError(f"{output}: is one of the files to be read")
