"""What the environment says of a terminal."""

from __future__ import annotations

import pytest

from tests.cli.running import python
from tui.terminal import Colours, can_show_screens, is_utf_8, terminal_of


@pytest.mark.parametrize(
    ("environ", "colours"),
    [
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, Colours.TRUE),
        ({"TERM": "xterm-256color", "COLORTERM": "24bit"}, Colours.TRUE),
        ({"TERM": "xterm-kitty"}, Colours.TRUE),
        ({"TERM": "xterm-direct"}, Colours.TRUE),
        ({"TERM": "xterm-256color"}, Colours.MANY),
        ({"TERM": "screen-256color"}, Colours.MANY),
        ({"TERM": "tmux-256color", "COLORTERM": "truecolor"}, Colours.TRUE),
        ({"TERM": "xterm"}, Colours.SIXTEEN),
        ({"TERM": "screen"}, Colours.SIXTEEN),
        ({"TERM": "screen", "COLORTERM": "truecolor", "STY": "1.tty"}, Colours.SIXTEEN),
        ({"TERM": "screen.xterm-256color", "COLORTERM": "truecolor", "STY": "1.tty"}, Colours.MANY),
        ({"TERM": "tmux"}, Colours.SIXTEEN),
        ({"TERM": "linux"}, Colours.SIXTEEN),
        ({"TERM": "vt100"}, Colours.NONE),
        ({"TERM": "vt220"}, Colours.NONE),
        ({"TERM": "vt220-nam"}, Colours.NONE),
        ({"TERM": "vt340"}, Colours.SIXTEEN),
        ({"TERM": "xterm-mono"}, Colours.NONE),
        ({"TERM": "dumb"}, Colours.NONE),
        ({}, Colours.NONE),
        ({"TERM": "xterm", "NO_COLOR": "1"}, Colours.NONE),
        ({"TERM": "xterm", "NO_COLOR": ""}, Colours.SIXTEEN),
        ({"TERM": "xterm", "NO_COLOR": "1", "FORCE_COLOR": "1"}, Colours.SIXTEEN),
        ({"TERM": "vt100", "FORCE_COLOR": "1"}, Colours.SIXTEEN),
        ({"TERM": "xterm", "FORCE_COLOR": "3"}, Colours.TRUE),
        ({"TERM": "xterm-256color", "FORCE_COLOR": "1"}, Colours.MANY),
    ],
    ids=str,
)
def test_the_colours_of_a_terminal(environ: dict[str, str], colours: Colours) -> None:
    assert terminal_of(environ).colours is colours


@pytest.mark.parametrize(
    ("environ", "utf_8"),
    [
        ({}, True),
        ({"LANG": ""}, True),
        ({"LANG": "C"}, False),
        ({"LANG": "POSIX"}, False),
        ({"LANG": "C.UTF-8"}, True),
        ({"LANG": "C.utf8"}, True),
        ({"LANG": "de_DE"}, True),
        ({"LANG": "de_DE.ISO-8859-1"}, False),
        ({"LANG": "de_DE.ISO-8859-15@euro"}, False),
        ({"LANG": "de_DE.UTF-8@euro"}, True),
        ({"LANG": "ja_JP.eucJP"}, False),
        ({"LANG": "C", "LC_CTYPE": "de_DE.UTF-8"}, True),
        ({"LANG": "de_DE.UTF-8", "LC_CTYPE": "C"}, False),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "C"}, False),
        ({"LC_CTYPE": "C", "LC_ALL": "en_US.UTF-8"}, True),
        ({"LC_CTYPE": "UTF-8"}, True),
    ],
    ids=str,
)
def test_the_character_set_is_that_of_the_locale(environ: dict[str, str], utf_8: bool) -> None:
    assert is_utf_8(environ) is utf_8


@pytest.mark.parametrize(
    ("env", "utf_8"),
    [
        ({"LANG": "C"}, False),
        ({"LANG": "POSIX"}, False),
        ({"LC_CTYPE": "C"}, False),
        ({"LC_ALL": "C"}, False),
        ({"LANG": "xx_XX.ISO-8859-1"}, False),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, True),
        ({}, True),
    ],
    ids=str,
)
def test_what_python_makes_of_the_locale_is_not_taken_for_a_persons_wish(env: dict[str, str], utf_8: bool) -> None:
    """Where the locale is C it puts a character set of its own into the environment."""
    code = "import os; from tui.terminal import is_utf_8, persons_locale; print(is_utf_8(persons_locale(os.environ)))"
    assert python(code, env={"LC_ALL": "", "LC_CTYPE": "", "LANG": "", **env}).out == f"{utf_8}\n"


@pytest.mark.parametrize("name", ["linux", "vt100", "vt220"])
def test_consoles_without_braille_are_given_ascii(name: str) -> None:
    assert terminal_of({"TERM": name, "LANG": "C.UTF-8"}).is_ascii
    assert not terminal_of({"TERM": "xterm", "LANG": "C.UTF-8"}).is_ascii


@pytest.mark.parametrize(("name", "can"), [("dumb", False), ("", False), ("unknown", False), ("vt100", True)])
def test_screens_need_a_terminal_that_can_place_text(name: str, can: bool) -> None:
    assert can_show_screens({"TERM": name}) is can
    assert not can_show_screens({})
