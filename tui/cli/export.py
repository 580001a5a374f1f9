"""``cardtui export PATH… -o FILE``: every card, whole, one a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO

from tui.cards.model import Card
from tui.cards.read import CardFileError
from tui.cli.output import CommandError, ExitCode, data_output, say
from tui.cli.progress import progress
from tui.cli.sources import read_cards, sources
from tui.cli.whole_file import whole_file
from tui.judge.verdict import judge
from tui.render.card_json import card_json
from tui.render.json_text import json_text

_ENDING = ".jsonl"
_STDOUT = "-"


def run(paths: Sequence[str], output: str) -> ExitCode:
    """Write the cards as JSON Lines, in the order of the scan; returns the exit status.

    Every file that can be opened is a line; one that is no readable card has its problems there. A file or folder that
    the file system does not give is told on standard error and left out. Raises CommandError where there is no line to
    be written, and then writes no file.
    """
    _check_target(paths, output)
    with _opened(output) as file, _bar(paths, output) as advance:
        written = 0
        for found in read_cards(paths):
            advance()
            if isinstance(found, CardFileError):
                say(str(found))
                continue
            file.write(_line(found[1]))
            written += 1
        if not written:
            raise CommandError(f"no cards in {', '.join(paths)}")
        file.flush()
    return ExitCode.FINE


def _line(card: Card) -> bytes:
    return json_text(card_json(card, judge(card))).encode() + b"\n"


def _bar(paths: Sequence[str], output: str) -> AbstractContextManager[Callable[[], None]]:
    """A bar, but where the cards go to the terminal themselves."""
    if output == _STDOUT:
        return nullcontext(lambda: None)
    return progress("reading cards", lambda: sum(1 for _ in sources(paths)))


def _opened(output: str) -> AbstractContextManager[BinaryIO]:
    return nullcontext(data_output()) if output == _STDOUT else whole_file(Path(output))


def _check_target(paths: Sequence[str], output: str) -> None:
    """Refuse a file of a kind that is not written, and one that is about to be read."""
    target = Path(output)
    if output == _STDOUT or (target.exists() and not target.is_file()):
        return
    if target.suffix.lower() != _ENDING:
        raise CommandError(f"{output}: only {_ENDING} files can be written; name one, or - for standard output")
    if target.exists() and any(Path(path).exists() and target.samefile(path) for path in paths):
        raise CommandError(f"{output}: is one of the files to be read")
