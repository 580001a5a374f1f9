"""The terminal is asked for its background: nobody waits for it, no answer is typed into the app, no key lost."""

from __future__ import annotations

import os
import signal
import termios
from typing import Any

import pytest

from tests.terminal.person import BACKGROUND, SAMPLES, Person

LIGHT = (48, 2, 251, 251, 249)
DARK = (48, 2, 18, 22, 28)
WHITE = "\x1b]11;rgb:ffff/ffff/dddd\x1b\\"
BLACK = "\x1b]11;rgb:0000/0000/0000\x07"
LFLAG, CC = 3, 6


def is_light(person: Person) -> bool:
    """Whether the card is drawn on a light ground."""
    style = person.screen.style_of("Results")
    assert {LIGHT, DARK} & {style[place : place + 5] for place in range(len(style))}
    return LIGHT in {style[place : place + 5] for place in range(len(style))}


def stands(person: Person) -> str:
    """Wait until the app stands and rests."""
    person.shows("Results", "0.8424", "q quit")
    return person.rests()


@pytest.mark.parametrize("answer", [WHITE, "\x1b]11;rgb:ff/ff/ff\x07", "\x1b]11;rgba:ffff/ffff/ffff/ffff\x07"])
def test_a_light_terminal_gets_light_colours_from_the_first_frame_on(answer: str) -> None:
    with Person(SAMPLES) as person:
        person.answers[BACKGROUND] = answer
        stands(person)
        assert is_light(person)
        assert DARK not in person.screen.styles


def test_a_dark_terminal_gets_dark_colours() -> None:
    with Person(SAMPLES) as person:
        person.answers[BACKGROUND] = BLACK
        stands(person)
        assert not is_light(person)
        assert LIGHT not in person.screen.styles


@pytest.mark.parametrize(("colours", "light"), [("0;15", True), ("15;0", False), ("", False)])
def test_without_an_answer_the_environment_decides(colours: str, light: bool) -> None:
    with Person(SAMPLES, env={"COLORFGBG": colours}) as person:
        stands(person)
        assert is_light(person) == light


@pytest.mark.parametrize(
    "pieces", [[WHITE], list(WHITE), [WHITE[:1], WHITE[1:]], [WHITE[:9], WHITE[9:-1], "\\"]], ids=len
)
def test_a_late_answer_is_taken_and_types_nothing(pieces: list[str]) -> None:
    with Person(SAMPLES) as person:
        before = stands(person)
        assert not is_light(person)
        for piece in pieces:
            person.type(piece)
            person.run(0.03)
        person.until(lambda _: is_light(person), "it is dark")
        assert person.rests() == before


def test_an_answer_among_keys_leaves_the_keys() -> None:
    with Person(SAMPLES) as person:
        stands(person)
        person.type("j" + WHITE + "j")
        person.shows("lr2e-5-bs32 ─")
        assert is_light(person)


def test_keys_typed_while_it_loads_are_acted_on_and_show_nowhere() -> None:
    with Person(SAMPLES) as person:
        person.asked(BACKGROUND)
        person.type("j")
        person.type(WHITE)
        person.type("j")
        person.shows("lr2e-5-bs32 ─", "Results", "q quit")
        person.rests()
        assert is_light(person)
        assert b"rgb:" not in person.written
        assert b"^[" not in person.written


def test_a_prompt_typed_ahead_gets_its_words() -> None:
    with Person(SAMPLES) as person:
        person.asked(BACKGROUND)
        person.type("f" + WHITE + "voicemail\r")
        person.shows("voicemail-urgency-classifier ─", "Results")


@pytest.mark.parametrize("words", ["\x1b]11;nonsense\x07", "\x1b]11;\x1b\\", "\x1b]11;rgb:zz/0/0\x07"])
def test_an_answer_that_says_nothing_changes_nothing(words: str) -> None:
    with Person(SAMPLES) as person:
        before = stands(person)
        person.type(words)
        assert person.rests() == before
        assert not is_light(person)


def test_escape_is_a_key_all_the_same() -> None:
    with Person(SAMPLES) as person:
        stands(person)
        person.type("?")
        person.shows("Keys everywhere")
        person.type("\x1b")
        person.until(lambda text: "Keys everywhere" not in text, "the help stays")


def test_a_theme_that_was_chosen_meanwhile_stays() -> None:
    with Person(SAMPLES) as person:
        stands(person)
        person.type("\x10Dark theme")
        person.shows("Light on dark")
        person.type("\r")
        person.run(0.5)
        person.type("\x10Light theme")
        person.shows("Dark on light")
        person.type("\r")
        person.until(lambda text: "Dark on light" not in text and is_light(person), "no light theme")
        person.type(BLACK)
        person.rests()
        assert is_light(person)


@pytest.mark.parametrize(
    "env", [{"TERM": "linux"}, {"TERM": "vt100"}, {"TERM": "xterm", "COLORTERM": ""}, {"NO_COLOR": "1"}], ids=str
)
def test_a_terminal_in_its_own_colours_is_not_asked(env: dict[str, str]) -> None:
    with Person(SAMPLES, env=env) as person:
        stands(person)
        assert BACKGROUND not in person.screen.asked


@pytest.mark.parametrize("term", ["linux", "vt100"])
def test_a_simple_terminal_is_asked_nothing_that_it_would_print(term: str) -> None:
    with Person(SAMPLES, env={"TERM": term}) as person:
        stands(person)
        assert not [question for question in person.screen.asked if "$" in question]


# How start-up ends


def modes(person: Person) -> list[Any]:
    """The terminal's modes, without what the system sets by itself."""
    return termios.tcgetattr(person.terminal)


def is_as_before(person: Person) -> bool:
    """Whether the terminal is as it was before the app, cursor and screen included."""
    return modes(person) == person.modes and "1049" not in person.screen.modes and "25" in person.screen.modes


def test_control_c_while_it_loads_leaves_a_clean_terminal() -> None:
    with Person(SAMPLES) as person:
        person.asked(BACKGROUND)
        assert not modes(person)[LFLAG] & termios.ECHO
        person.type("\x03")
        assert person.ended() == 130
        assert is_as_before(person)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_while_it_loads_leaves_a_clean_terminal(number: signal.Signals) -> None:
    with Person(SAMPLES) as person:
        person.asked(BACKGROUND)
        os.kill(person.process, number)
        assert person.ended() == 128 + number
        assert is_as_before(person)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("after", [0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5])
def test_a_signal_leaves_a_clean_terminal_whenever_it_comes(number: signal.Signals, after: float) -> None:
    """Amid an import, before the app listens, or while its first screen is made."""
    with Person(SAMPLES) as person:
        person.asked(BACKGROUND)
        person.run(after)
        os.kill(person.process, number)
        assert person.ended() == 128 + number
        assert is_as_before(person)
        assert b"nobody foresaw" not in person.written


def test_the_end_leaves_a_clean_terminal() -> None:
    with Person(SAMPLES) as person:
        stands(person)
        person.type("q")
        assert person.ended() == 0
        assert is_as_before(person)


def test_quit_typed_while_it_loads_leaves_a_clean_terminal() -> None:
    with Person(SAMPLES) as person:
        person.asked(BACKGROUND)
        person.type("q")
        assert person.ended() == 0
        assert is_as_before(person)


def test_a_theme_of_the_settings_is_not_asked_about() -> None:
    with Person(SAMPLES, env={"COLORFGBG": "15;0"}, files={"cardtui/config.toml": "theme = 'light'\n"}) as person:
        stands(person)
        assert is_light(person)
        assert BACKGROUND not in person.screen.asked
        person.type(BLACK)
        person.rests()
        assert is_light(person)
