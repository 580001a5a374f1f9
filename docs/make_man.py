"""Prints the manual page ``cardtui.1``, from the commands, their options and the table of keys.

``python docs/make_man.py > docs/cardtui.1``; a test says when that is due.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).parents[1]))

from tui import keys
from tui.cli.main import main

_FILES = {
    "$XDG_CONFIG_HOME/cardtui/config.toml": "Settings; see cardtui config.",
    ".cardtui.toml": "In an opened folder: metric directions, the headline metric and columns for its cards.",
    "$XDG_CACHE_HOME/cardtui/index.sqlite3": "What was read of cards. It may be deleted at any time.",
    "$XDG_STATE_HOME/cardtui/": "The columns chosen for the runs table, and reports of crashes.",
}
_ENVIRONMENT = {
    "NO_COLOR": "Where it is set and not empty, nothing is coloured.",
    "FORCE_COLOR": "Where it is set and not empty, commands colour what they write into pipes, too.",
    "TERM, COLORTERM": "What the terminal can show.",
    "LC_ALL, LC_CTYPE, LANG": "The character set; where it is not UTF-8, all is shown in ASCII.",
    "VISUAL, EDITOR": "The program by which a file is opened on a key.",
    "XDG_CONFIG_HOME, XDG_CACHE_HOME, XDG_STATE_HOME": (
        "Where the files above lie; else in ~/.config, ~/.cache and ~/.local/state."
    ),
}
_STATUS = {
    "0": "Fine: for show, list and export where at least one card was written, whatever its problems.",
    "1": (
        "The command's own no: check with something to say, list without a match, diff --exit-code with differences."
    ),
    "2": "Wrong use, or nothing that could be read.",
    "70": "An error of cardtui itself; a report says which.",
    "130": "Ended by an interrupt.",
}


def _page() -> Iterator[str]:
    yield '.TH CARDTUI 1 "" "cardtui" "User Commands"'
    yield from _section("Name", [r"cardtui \- explore and judge Hugging Face model cards in the terminal"])
    ways = [_bold("cardtui"), "[PATH ...]", ".br", _bold("cardtui"), "COMMAND [ARG ...]"]
    yield from _section("Synopsis", ways)
    yield from _section("Description", _paragraphs(main.help or ""))
    yield ".SH COMMANDS"
    for name, command in main.commands.items():
        if not command.hidden:
            yield from _command(name, command)
    yield ".SH KEYS"
    for scope in keys.Scope:
        yield f".SS {_text(f'Keys {scope}')}"
        for key in keys.of(scope):
            yield from _entry(key.shown, key.help)
    for title, entries in (("Files", _FILES), ("Environment", _ENVIRONMENT), ("Exit status", _STATUS)):
        yield from _section(title, [line for term, told in entries.items() for line in _entry(term, told)])


def _command(name: str, command: click.Command) -> Iterator[str]:
    context = click.Context(command, info_name=f"cardtui {name}")
    yield f".SS {_text(' '.join(['cardtui', name, *command.collect_usage_pieces(context)]))}"
    yield from _paragraphs(command.help or "")
    for option in command.params:
        record = option.get_help_record(context)
        if isinstance(option, click.Option) and record:
            yield from _entry(*record)


def _section(title: str, lines: list[str]) -> Iterator[str]:
    yield f".SH {title.upper()}"
    yield from lines


def _paragraphs(help_text: str) -> list[str]:
    """The paragraphs of a docstring, examples in bold."""
    found: list[str] = []
    for paragraph in re.split(r"\n\s*\n", help_text.strip()):
        words = " ".join(paragraph.split())
        lead, _, example = words.partition("Example: ")
        found += [".PP", _text(words)] if lead or not example else [".PP", "Example:", _bold(example)]
    return found


def _entry(term: str, told: str) -> Iterator[str]:
    yield ".TP"
    yield _bold(term)
    yield _text(told)


def _bold(words: str) -> str:
    quoted = _text(words).replace('"', '""')
    return f'.B "{quoted}"'


def _text(words: str) -> str:
    """Words that mean themselves in roff."""
    safe = words.replace("\\", r"\e").replace("-", r"\-").replace("…", "...").replace("'", r"\(aq")
    return re.sub(r"^([.'])", r"\\&\1", safe)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write("\n".join([*_page(), ""]))
