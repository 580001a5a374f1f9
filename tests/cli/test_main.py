"""The command line as a whole."""

from __future__ import annotations

import shlex
from importlib.metadata import version

import pytest

from tests.cli.running import cardtui, on_terminal
from tui.cli.main import main

COMMANDS = [name for name, command in main.commands.items() if not command.hidden]


def test_the_version_is_printed() -> None:
    ended = cardtui("--version")
    assert (ended.code, ended.out, ended.err) == (0, f"cardtui {version('cardtui')}\n", "")


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_the_help_names_every_command_and_both_ways_to_call_it(option: str) -> None:
    ended = cardtui(option)
    assert (ended.code, ended.err) == (0, "")
    assert "cardtui [PATH]..." in ended.out
    assert [name for name in COMMANDS if f"  {name} " not in ended.out] == []


def test_the_help_tells_nothing_of_how_the_explorer_is_called_inside() -> None:
    assert "explore PATHS" not in cardtui("--help").out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str) -> None:
    ended = cardtui(name, "--help")
    assert (ended.code, ended.err) == (0, "")
    assert f" {name} [OPTIONS]" in ended.out


@pytest.mark.parametrize(
    "arguments",
    [("--nosuch",), ("show", "--nosuch"), ("list", "--nosuch"), ("export", "--nosuch"), ("-x",)],
    ids=" ".join,
)
def test_an_unknown_option_ends_with_2_and_is_named(arguments: tuple[str, ...]) -> None:
    ended = cardtui(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert arguments[-1] in ended.err
    assert "explore PATHS" not in ended.err
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("name", ["explore", "explore PATHS", "sho", "--"])
def test_a_word_that_is_no_command_is_a_path(name: str) -> None:
    ended = cardtui(name, "nosuchfolder")
    assert ended.code == 2
    assert "no such file or folder" in ended.err


def test_help_on_a_terminal_is_plain_text() -> None:
    ended = on_terminal("--help")
    assert ended.code == 0
    assert "\x1b" not in ended.out


@pytest.mark.parametrize("words", [(), *((name,) for name in COMMANDS)], ids="".join)
def test_help_has_an_example_in_one_line_of_80_columns(words: tuple[str, ...]) -> None:
    done = cardtui(*words, "--help", env={"COLUMNS": "80"})
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert max(map(len, lines)) <= 80
    assert not [line for line in lines if line.endswith("...") and not line.startswith("Usage")]
    (example,) = (line for line in lines if line.startswith("  Example: "))
    typed = shlex.split(example.removeprefix("  Example: cardtui ").partition(" >")[0])
    assert typed[: len(words)] == list(words)
    name = words[0] if words else "explore PATHS"
    assert main.commands[name].make_context(name, typed[len(words) :])  # an error where it does not take the example
