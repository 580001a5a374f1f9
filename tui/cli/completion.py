"""``cardtui completion SHELL``: what a shell reads so that Tab completes, and the answers when it asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import click
from click.shell_completion import CompletionItem, get_completion_class, shell_complete

from tui.cli.output import ExitCode, write_text

VARIABLE = "_CARDTUI_COMPLETE"
"""The variable of the environment by which a shell asks."""


def run(main: click.Command, shell: str) -> ExitCode:
    """Print the script of a shell."""
    kind = get_completion_class(shell)
    if kind is None:
        raise ValueError(shell)
    # In fish, click takes what stands behind a comma for the beginning of something else: name,lr is one value.
    script = kind(main, {}, "cardtui", VARIABLE).source()
    write_text(script.replace('string split ","', 'string split --max 1 ","').rstrip("\n"))
    return ExitCode.FINE


def answer(main: click.Command, question: str) -> int:
    """Answer what may come next; returns the exit status."""
    return shell_complete(main, {}, "cardtui", VARIABLE, question)


def codes(_context: click.Context, _option: click.Parameter, start: str) -> list[CompletionItem]:
    """Codes of findings and problems that begin so."""
    from tui.cards.problems import KINDS  # noqa: PLC0415 - only where it is asked for
    from tui.judge.findings.table import CODES  # noqa: PLC0415

    return _beginning(sorted({*KINDS, *CODES}), start)


def names(_context: click.Context, _option: click.Parameter, start: str) -> list[CompletionItem]:
    """Names of what every list may show that begin so; behind a comma, the next one."""
    from tui.judge.query_names import FIELDS, SHORT  # noqa: PLC0415

    before, comma, last = start.rpartition(",")
    known = [*FIELDS, *SHORT, "loss", "accuracy", "f1", "metric", "value", "findings", "problems", "severity"]
    return _beginning(known, last, lambda name: f"{before}{comma}{name}")


def _beginning(known: Iterable[str], start: str, whole: Callable[[str], str] = str) -> list[CompletionItem]:
    return [CompletionItem(whole(word)) for word in known if word.startswith(start)]
