"""``cardtui list [PATH…]``: a line for each card."""

from __future__ import annotations

from collections.abc import Sequence

from tui.cards.read import CardFileError, parse, read
from tui.cli.inputs import checked, read_stdin
from tui.cli.output import CommandError, ExitCode, say, write_lines
from tui.library.outline import Outline, outline_of
from tui.library.scan import FolderFound, scan
from tui.library.tree import Entry, Tree
from tui.render.tables import Column, table
from tui.render.text import visible


def run(paths: Sequence[str]) -> ExitCode:
    """Print name, headline metric, value and path of every card; returns the exit status."""
    tree = Tree()
    for root, path in enumerate(checked(paths)):
        for found in scan(path):
            _tell_unlisted(found)
            tree.add(root, found)
    rows = [(entry, known) for entry in tree.entries if (known := _outline(entry)) and known.is_card]
    if not rows:
        raise CommandError(f"no cards in {', '.join(paths)}")
    columns = [
        Column("name", [(visible(known.name), "strong") for _, known in rows], numeric=False),
        Column("metric", [(visible(known.metric), "") for _, known in rows], numeric=False),
        Column("value", [(visible(known.value), "") for _, known in rows]),
        Column("path", [(visible(entry.shown), "dim") for entry, _ in rows], numeric=False),
    ]
    write_lines(table(columns, indent=0))
    return ExitCode.FINE


def _outline(entry: Entry) -> Outline | None:
    """What the list shows of a card; one that cannot be read is told and left out."""
    try:
        return outline_of(
            parse(read_stdin(), entry.file) if entry.file == "-" else read(entry.path, fallback_name=entry.own_name)
        )
    except CardFileError as error:
        say(str(error))
        return None


def _tell_unlisted(found: FolderFound) -> None:
    if found.error:
        say(f"{found.path}: {found.error}")
