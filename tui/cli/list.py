"""``cardtui list [PATH…]``: a line for each card."""

from __future__ import annotations

from collections.abc import Sequence

from tui.cards.read import CardFileError
from tui.cli.output import CommandError, ExitCode, say, write_lines
from tui.cli.sources import read_cards
from tui.judge.verdict import judge
from tui.library.outline import Outline, outline_of
from tui.render.tables import Column, table
from tui.render.text import visible


def run(paths: Sequence[str]) -> ExitCode:
    """Print name, headline metric, value and path of every card; returns the exit status."""
    rows: list[tuple[str, Outline]] = []
    for found in read_cards(paths):
        if isinstance(found, CardFileError):
            say(str(found))
        elif (card := found[1]).is_card:
            rows.append((card.path, outline_of(card, judge(card))))
    if not rows:
        raise CommandError(f"no cards in {', '.join(paths)}")
    columns = [
        Column("name", [(visible(known.name), "strong") for _, known in rows], numeric=False),
        Column("metric", [(visible(known.metric), "") for _, known in rows], numeric=False),
        Column("value", [(visible(known.value), "") for _, known in rows]),
        Column("path", [(visible(path), "dim") for path, _ in rows], numeric=False),
    ]
    write_lines(table(columns, indent=0))
    return ExitCode.FINE
