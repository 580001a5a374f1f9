"""A terminal that takes what is drawn slowly, as over a slow line, is shown the latest, and keys are obeyed at once."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.terminal.killing import PATIENCE, App, grow

QUESTION = b"\x1b[6n"
ANSWER = "\x1b[1;1R"
KEYS = 90
REACHED = "card-0090"
"""Where they lead."""

HELD = 40_000
"""Bytes that may be on their way to a slow terminal: less than one whole screen, and what the keys' bytes exceed."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """More cards than rows on the screen: each further one scrolls the tree."""
    return grow(tmp_path_factory.mktemp("scrolled"), 100)


def answer(app: App, seconds: float) -> None:
    """Be a terminal that answers, for a while."""
    end = time.monotonic() + seconds
    answered = 0
    while time.monotonic() < end:
        app.run(0.02)
        asked = app.written.count(QUESTION)
        app.type(ANSWER * (asked - answered))
        answered = asked


def opened(app: App) -> None:
    """Wait until the app stands, its questions answered, and forget what was drawn."""
    app.until_shown("card-0001")
    answer(app, 1.5)
    app.written = b""


def hold_down(app: App, key: str, times: int) -> None:
    """Press a key again and again, as one that is held does; without reading what comes."""
    for _ in range(times):
        app.type(key)
        time.sleep(0.01)


def test_a_terminal_that_has_yet_to_answer_is_sent_no_more_and_the_latest_once_it_does(folder: Path) -> None:
    with App(folder, env={}) as app:
        opened(app)
        for _ in range(KEYS):
            app.type("j")
            app.run(0.01)
        app.run(0.5)
        assert QUESTION in app.written
        assert len(app.written) < HELD
        assert REACHED not in app.written.decode()
        app.written = app.written.replace(QUESTION, b"", app.written.count(QUESTION) - 1)
        answer(app, 1.0)
        app.until_shown(REACHED)
        answer(app, 0.2)
        app.type("q")
        answer(app, 0.5)
        assert app.ended() == 0


def test_a_terminal_that_answers_nothing_is_sent_everything_that_it_takes(folder: Path) -> None:
    with App(folder, env={}) as app:
        app.until_shown("card-0001")
        app.run(1.5)
        app.written = b""
        for _ in range(KEYS):
            app.type("j")
            app.run(0.01)
        app.until_shown(REACHED)
        assert app.written.count(QUESTION) == 0
        app.type("q")
        assert app.ended() == 0


def test_keys_are_obeyed_while_the_terminal_takes_nothing(folder: Path) -> None:
    """Nobody reads what is drawn; what the keys wanted was done all the same, and only its outcome is drawn."""
    with App(folder, env={}) as app:
        app.until_shown("card-0001")
        app.run(1.5)
        app.written = b""
        hold_down(app, "j", KEYS)
        time.sleep(0.5)
        app.until_shown(REACHED)
        app.run(0.5)
        assert len(app.written) < HELD + 2 * 20_000
        app.type("q")
        assert app.ended() == 0


def test_an_answer_that_is_due_is_waited_for_at_the_end(folder: Path) -> None:
    """It would be typed into the shell."""
    with App(folder, env={}) as app:
        opened(app)
        app.type("t")
        app.until_shown(QUESTION.decode())
        app.type("\x03")
        app.run(0.5)
        assert app.process.poll() is None
        assert b"\x1b[?1049l" not in app.written
        end = time.monotonic() + PATIENCE
        answered = 0
        while app.process.poll() is None and time.monotonic() < end:
            answered += 1
            app.type(ANSWER)
            app.run(0.05)
        assert app.ended() == 130
        assert b"\x1b[?1049l" in app.written


def test_nothing_is_sent_while_nothing_is_typed(folder: Path) -> None:
    with App(folder, env={}) as app:
        app.until_shown("card-0001")
        app.type("f")
        app.until_shown("filter")
        app.run(1.5)
        app.written = b""
        app.run(2.0)
        assert app.written == b""


def test_what_is_drawn_behind_a_large_copy_is_not_held_back_for_longer_than_the_terminal_takes_it(folder: Path) -> None:
    with App(folder, env={}) as app:
        opened(app)
        app.type("t")
        answer(app, 1.0)
        app.written = b""
        app.type("C")
        answer(app, 2.0)
        copy, _, behind = app.written.partition(b"\x07")
        assert len(copy) > HELD / 4
        assert b"Copied the table" in behind
