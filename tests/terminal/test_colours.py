"""The colours that terminals are sent: as many as they have, none where none are wanted, and all can be told apart."""

from __future__ import annotations

import pytest

from tests.terminal.person import SAMPLES, Person

SWEEP = SAMPLES / "helpdesk-sweep"
REVERSE, BOLD = 7, 1
PLACES = (
    ("?", "Keys everywhere"),
    ("\x10", "Search for commands"),
    ("/Find\r", "search:"),
    ("m", "Metrics to draw"),
    (" jd", "only what differs"),
    ("R", "Nearest recipes of"),
    ("t", "Runs ("),
    ("ff1>", "filter:"),
)
"""Keys, and what shows where they lead and nowhere else."""

COLOURLESS = (("NO_COLOR", {"NO_COLOR": "1"}), ("vt100", {"TERM": "vt100", "COLORTERM": ""}))


def walked(person: Person) -> None:
    """Look at every kind of screen."""
    person.shows("Results", "0.8424", "quit")
    for keys, words in PLACES:
        person.type(keys)
        person.shows(words)
        person.rests(0.2)
        person.type("C" if "differs" in words else "j")  # which copies, and says so
        person.rests(0.2)
        for _ in range(3):
            person.type("\x1b")
            person.run(0.3)


@pytest.mark.parametrize(("name", "env"), COLOURLESS, ids=[name for name, _ in COLOURLESS])
def test_without_colours_none_is_sent(name: str, env: dict[str, str]) -> None:
    with Person(SWEEP, env=env) as person:
        walked(person)
        assert {style[0] for style in person.screen.styles} <= {1, 2, 3, 4, 7, 22, 24, 27}
        person.type("q")
        assert person.ended() == 0


def test_without_colours_cursor_focus_hits_and_best_values_can_be_told() -> None:
    with Person(SWEEP, env={"NO_COLOR": "1"}) as person:
        person.shows("Results", "0.8424", "quit")
        person.rests()
        assert REVERSE in person.screen.style_of("r5e-5-bs16 0.8424")
        assert REVERSE not in person.screen.style_of("r1e-5-bs64 0.8335")
        assert REVERSE in person.screen.style_of("Cards")
        assert REVERSE not in person.screen.style_of("roberta-base-helpdesk-routing-lr5e-5-bs16")
        assert BOLD in person.screen.style_of("0.5417")
        assert BOLD not in person.screen.style_of("0.6344")
        person.type("/overfitting\r")
        person.shows("search: 1 of")
        person.rests()
        assert REVERSE in person.screen.style_of("overfitting")
        person.type("\x1b1")
        person.run(0.5)
        person.type("2")
        person.until(
            lambda _: REVERSE in person.screen.style_of("roberta-base-helpdesk-routing-lr5e-5-bs16"),
            "the pane with the focus is not marked",
        )


@pytest.mark.parametrize("term", ["xterm", "screen", "tmux", "linux", "rxvt"])
def test_sixteen_colours_are_the_terminals_own(term: str) -> None:
    with Person(SWEEP, env={"TERM": term, "COLORTERM": ""}) as person:
        person.shows("Results", "0.8424", "quit")
        person.rests()
        firsts = {style[0] for style in person.screen.styles}
        assert not firsts & {38, 48}
        assert not firsts & ({*range(40, 48), *range(100, 108)}), "no background but the terminal's own"
        assert firsts & set(range(31, 37))


def test_screens_of_sixteen_colours_hold_no_others() -> None:
    with Person(SWEEP, env={"TERM": "xterm", "COLORTERM": ""}) as person:
        walked(person)
        assert not {style[0] for style in person.screen.styles} & {38, 48}


def test_where_there_are_256_colours_these_are_sent() -> None:
    with Person(SWEEP, env={"COLORTERM": ""}) as person:
        person.shows("Results", "0.8424", "quit")
        person.rests()
        assert {style[1] for style in person.screen.styles if style[0] in {38, 48}} == {5}


@pytest.mark.parametrize("env", [{}, {"TERM": "xterm-kitty", "COLORTERM": ""}, {"NO_COLOR": "1", "FORCE_COLOR": "3"}])
def test_a_terminal_with_all_colours_is_sent_those_of_the_theme(env: dict[str, str]) -> None:
    with Person(SWEEP, env=env) as person:
        person.shows("Results", "0.8424", "quit")
        person.rests()
        assert (48, 2, 18, 22, 28) in person.screen.styles
        assert not {style for style in person.screen.styles if style[0] in {38, 48} and style[1] != 2}
