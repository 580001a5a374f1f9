"""``cardtui diff A B [C …]``: runs beside each other, as text, JSON, Markdown or LaTeX."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tui.cards.model import Card
from tui.cards.read import CardFileError, parse, read
from tui.cli.inputs import card_file, checked, read_stdin
from tui.cli.output import CommandError, ExitCode, terminal_width, write_lines, write_text
from tui.judge.comparable import Run
from tui.judge.comparison import Comparison, Which, compare
from tui.judge.verdict import judge
from tui.library.scan import STDIN, is_readme, is_state
from tui.render.comparison import comparison_lines
from tui.render.comparison_json import comparison_json
from tui.render.comparison_tables import comparison_latex, comparison_markdown
from tui.render.json_text import json_text


def run(
    cards: Sequence[str], form: str = "text", *, which: str = "reported", everything: bool = False, tells: bool = False
) -> ExitCode:
    """Print the comparison of the cards as ``text``, ``json``, ``markdown`` or ``latex``.

    Of each metric the ``reported``, ``best`` or ``last`` value is compared. Returns the "no" where anything but names
    and paths differs, if it `tells` so. Raises CommandError for fewer than two cards, for standard input twice, and for
    what is no card.
    """
    if len(cards) < 2:
        raise CommandError("diff compares two cards or more; see `cardtui diff --help`")
    if cards.count(str(STDIN)) > 1:
        raise CommandError("standard input is one card only: - may stand once")
    comparison = compare(_runs(checked(cards)), Which(which))
    _write(comparison, form, everything=everything)
    return ExitCode.NO if tells and comparison.differs else ExitCode.FINE


def _write(comparison: Comparison, form: str, *, everything: bool) -> None:
    if form == "json":
        write_text(json_text(comparison_json(comparison), indent=2))
    elif form == "markdown":
        write_text(comparison_markdown(comparison, everything=everything))
    elif form == "latex":
        write_text(comparison_latex(comparison, everything=everything))
    else:
        write_lines(comparison_lines(comparison, terminal_width(), everything=everything))


def _runs(paths: Sequence[Path]) -> list[Run]:
    """The runs of the paths, their cards' names told apart by folder or file where they are equal."""
    files = [path if path == STDIN else card_file(path) for path in paths]
    cards = [_read(file) for file in files]
    count = Counter(card.name for card in cards)
    return [
        Run(f"{card.name} ({_own_name(file)})" if count[card.name] > 1 else card.name, card, judge(card))
        for file, card in zip(files, cards, strict=True)
    ]


def _own_name(file: Path) -> str:
    """What a file is called by: a ``README.md``, or a run's state, by its folder."""
    if file == STDIN:
        return "standard input"
    return file.absolute().parent.name if is_readme(file.name) or is_state(file.name) else file.name


def _read(file: Path) -> Card:
    try:
        card = parse(read_stdin(), str(STDIN), "standard input") if file == STDIN else read(file, file.as_posix())
    except CardFileError as error:
        raise CommandError(str(error)) from error
    if unread := next((problem for problem in card.problems if problem.code in {"too-large", "not-a-card"}), None):
        raise CommandError(f"{file}: {unread.message}")
    return card
