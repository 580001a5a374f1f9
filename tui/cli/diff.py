"""``cardtui diff A B [C …]``: runs beside each other, as text, JSON, Markdown or LaTeX."""

from __future__ import annotations

from collections.abc import Sequence

from tui.cli.output import CommandError, ExitCode, terminal_width, write_lines, write_text
from tui.cli.runs import read_runs
from tui.judge.comparison import Comparison, Which, compare
from tui.judge.rules import rules_of
from tui.render.comparison import comparison_lines
from tui.render.comparison_json import comparison_json
from tui.render.comparison_tables import comparison_latex, comparison_markdown
from tui.render.json_text import json_text
from tui.settings import DEFAULTS, Settings


def run(
    cards: Sequence[str],
    form: str = "text",
    *,
    which: str = "reported",
    everything: bool = False,
    tells: bool = False,
    settings: Settings = DEFAULTS,
) -> ExitCode:
    """Print the comparison of the cards as ``text``, ``json``, ``markdown`` or ``latex``.

    Of each metric the ``reported``, ``best`` or ``last`` value is compared. Returns the "no" where anything but names
    and paths differs, if it `tells` so. Raises CommandError for fewer than two cards, for standard input twice, and for
    what is no card.
    """
    if len(cards) < 2:
        raise CommandError("diff compares two cards or more; see `cardtui diff --help`")
    comparison = compare(read_runs(cards, rules_of(settings)), Which(which))
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
