"""The cards of a command that sets runs beside each other → runs, under names that tell them apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tui.cards.model import Card
from tui.cards.read import CardFileError, parse, read
from tui.cli.inputs import card_file, checked, read_stdin
from tui.cli.output import CommandError
from tui.judge.comparable import Run
from tui.judge.rules import DEFAULT, Rules
from tui.judge.verdict import judge
from tui.library.scan import STDIN, is_readme, is_state


def read_runs(cards: Sequence[str], rules: Rules = DEFAULT) -> list[Run]:
    """The runs of the cards, judged by some rules, their names told apart by folder or file where they are equal.

    Raises CommandError for standard input twice, and for what is no card.
    """
    paths = checked(cards)
    if paths.count(STDIN) > 1:
        raise CommandError("standard input is one card only: - may stand once")
    files = [path if path == STDIN else card_file(path) for path in paths]
    found = [_read(file, rules) for file in files]
    count = Counter(card.name for card in found)
    return [
        Run(f"{card.name} ({_own_name(file)})" if count[card.name] > 1 else card.name, card, judge(card, rules))
        for file, card in zip(files, found, strict=True)
    ]


def _own_name(file: Path) -> str:
    """What a file is called by: a ``README.md``, or a run's state, by its folder."""
    if file == STDIN:
        return "standard input"
    return file.absolute().parent.name if is_readme(file.name) or is_state(file.name) else file.name


def _read(file: Path, rules: Rules) -> Card:
    try:
        if file == STDIN:
            card = parse(read_stdin(), str(STDIN), "standard input", rules.limits.card_bytes)
        else:
            card = read(file, file.as_posix(), limits=rules.limits)
    except CardFileError as error:
        raise CommandError(str(error)) from error
    if unread := next((problem for problem in card.problems if problem.code in {"too-large", "not-a-card"}), None):
        raise CommandError(f"{file}: {unread.message}")
    return card
