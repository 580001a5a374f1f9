"""The bytes that put a text on the clipboard, bare and through tmux and screen."""

from __future__ import annotations

import base64
import re

import pytest

from tui.render.clipboard import clipboard_sequence

TEXT = "Accuracy ▲ 0.76\n" * 40


def payload(sequence: str) -> str:
    """The text in the first OSC 52 of a sequence."""
    match = re.search(r"\x1b\]52;c;([A-Za-z0-9+/=]+)\x07", sequence)
    assert match
    return base64.b64decode(match[1]).decode()


def test_a_terminal_is_given_the_text() -> None:
    sequence = clipboard_sequence(TEXT, {"TERM": "xterm-256color"})
    assert sequence is not None
    assert payload(sequence) == TEXT
    assert sequence.count("\x1b") == 1


def test_tmux_is_given_it_bare_and_to_be_passed_on() -> None:
    sequence = clipboard_sequence(TEXT, {"TERM": "tmux-256color", "TMUX": "/tmp/x,1,0"})
    assert sequence is not None
    bare, wrapped = sequence.split("\x1bPtmux;")
    assert payload(bare) == TEXT
    assert wrapped.endswith("\x1b\\")
    assert payload(wrapped.removesuffix("\x1b\\").replace("\x1b\x1b", "\x1b")) == TEXT


def test_screen_is_given_it_in_pieces_that_it_can_pass_on() -> None:
    sequence = clipboard_sequence(TEXT, {"TERM": "screen", "STY": "1.pts"})
    assert sequence is not None
    pieces = re.findall(r"\x1bP(.*?)\x1b\\", sequence, re.DOTALL)
    assert max(map(len, pieces)) <= 250
    assert payload("".join(pieces)) == TEXT


@pytest.mark.parametrize("term", ["dumb", "linux", "vt100", ""])
def test_a_terminal_without_a_clipboard_is_given_nothing(term: str) -> None:
    assert clipboard_sequence(TEXT, {"TERM": term}) is None


def test_what_is_too_long_for_terminals_is_given_to_none() -> None:
    assert clipboard_sequence("x" * 80_000, {"TERM": "xterm"}) is None
