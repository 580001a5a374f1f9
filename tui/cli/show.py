"""``cardtui show CARD``: one card as text, JSON or Markdown."""

from __future__ import annotations

from tui.cards.model import Card
from tui.cards.read import CardFileError, parse, read
from tui.cli.inputs import card_file, checked, read_stdin
from tui.cli.output import CommandError, ExitCode, terminal_width, write_lines, write_text
from tui.judge.rules import Rules, rules_of
from tui.judge.verdict import judge
from tui.library.scan import STDIN
from tui.render.card import facts
from tui.render.card_json import card_json
from tui.render.json_text import json_text
from tui.render.line import line
from tui.render.prose import prose
from tui.render.text import visible
from tui.settings import DEFAULTS, Settings


def run(card: str, form: str = "text", settings: Settings = DEFAULTS) -> ExitCode:
    """Print the card as ``text``, ``json`` or ``markdown``; returns the exit status.

    A file in which no card can be read is refused as text and Markdown. As JSON it is an object like any other, which
    tells its problems.
    """
    rules = rules_of(settings)
    found = _read(card, rules)
    verdict = judge(found, rules)
    if form == "json":
        write_text(json_text(card_json(found, verdict), indent=2))
        return ExitCode.FINE
    unread = next((problem for problem in found.problems if problem.code in {"too-large", "not-a-card"}), None)
    if unread:
        raise CommandError(f"{card}: {unread.message}")
    if form == "markdown":
        from tui.render.report import report  # noqa: PLC0415 - markdown-it, which no other form needs

        write_text(report(found, verdict))
        return ExitCode.FINE
    cells = terminal_width()
    title = line((visible(found.name), "title"), (f"  {visible(found.path)}", "dim"))
    write_lines([title, *facts(found, verdict, cells), *prose(found, cells)])
    return ExitCode.FINE


def _read(card: str, rules: Rules) -> Card:
    """The card, its path told from the folder that was given, as lists tell it."""
    (path,) = checked([card])
    if path == STDIN:
        return parse(read_stdin(), str(STDIN), "standard input", rules.limits.card_bytes)
    file = card_file(path)
    try:
        return read(file, file.relative_to(path).as_posix() if path.is_dir() else None, limits=rules.limits)
    except CardFileError as error:
        raise CommandError(str(error)) from error
