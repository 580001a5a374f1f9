"""Fewer bytes, the same cells."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from rich.color import Color
from rich.console import Console
from rich.segment import Segment
from rich.style import Style

from tui.render.colour_changes import told_by_change

COLOURS = st.sampled_from(["#6cb6ff", "#12161c", "red", "bright_white", "color(240)", "default", None])
STYLES = st.builds(
    Style,
    color=COLOURS,
    bgcolor=COLOURS,
    bold=st.booleans(),
    dim=st.booleans(),
    underline=st.booleans(),
    reverse=st.booleans(),
)
RUNS = st.lists(st.tuples(st.sampled_from(["a", "b c", "│ ", "", "\x1b[3;4H", "\r\n"]), STYLES), max_size=12)


def written(runs: list[tuple[str, Style]]) -> str:
    """As Rich writes runs of text to a terminal."""
    console = Console(color_system="truecolor", force_terminal=True, legacy_windows=False, no_color=False)
    return console._render_buffer(Segment(text, style) for text, style in runs)


def cells(text: str) -> list[tuple[str, frozenset[tuple[str, str]]]]:
    """What a terminal makes of it: each character with its colours and attributes; the state at the end stands last."""
    state: dict[str, str] = {}
    found = []
    for codes, character in re.findall(r"\x1b\[([0-9;]*)m|((?s:.))", text + "\x00"):
        if character:
            found.append((character, frozenset(state.items())))
            continue
        numbers = iter(codes.split(";"))
        for number in numbers:
            if number in {"", "0"}:
                state = {}
            elif number in {"38", "48"}:
                kind = next(numbers)
                state[number[0]] = kind + ";" + ";".join(next(numbers) for _ in range(3 if kind == "2" else 1))
            elif number in {"39", "49"}:
                state.pop(number[0], None)
            elif len(number) > 1:
                key = {"3": "3", "9": "3", "4": "4", "1": "4"}[number[0]]
                state[key] = number
            else:
                state["attribute " + number] = number
    return found


@given(RUNS)
def test_every_cell_looks_the_same(runs: list[tuple[str, Style]]) -> None:
    text = written(runs)
    assert cells(told_by_change(text)) == cells(text)
    assert len(told_by_change(text)) <= len(text)


def test_only_what_changes_is_told() -> None:
    dark = Color.parse("#12161c")
    runs = [(word, Style(color=name, bgcolor=dark.name)) for word, name in [("a", "#ff0000"), ("b", "#00ff00")]]
    assert told_by_change(written(runs)) == "\x1b[38;2;255;0;0;48;2;18;22;28ma\x1b[38;2;0;255;0mb\x1b[m"


def test_the_same_style_once_more_is_not_told_again() -> None:
    style = Style(color="red", bold=True)
    assert told_by_change(written([("a", style), ("\x1b[2;1H", Style()), ("b", style)])).count("31") == 2
    assert told_by_change(written([("a", style), ("b", style)])) == "\x1b[1;31mab\x1b[m"
