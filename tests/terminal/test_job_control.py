"""The app under a shell: Ctrl+Z gives the shell back, fg the app, at whatever size the terminal has then."""

from __future__ import annotations

import os
import shutil
import signal
import time
from pathlib import Path

import pytest

from tests.terminal.person import PATIENCE, SAMPLES, START, Person, shell

pytestmark = [
    pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed"),
    pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="there is no /proc here"),
]
SUSPEND = "\x1a"


def begun(person: Person) -> int:
    """Start the app under the shell, and give its process."""
    person.shows("PROMPT")
    person.type(START)
    stands(person)
    return app_of(person)


def stands(person: Person) -> None:
    """Wait until the app is on the screen."""
    person.shows("cardtui sample_cards", "Results", "q quit")
    person.rests()


def app_of(person: Person) -> int:
    """The process that the shell started last."""
    children = Path(f"/proc/{person.process}/task/{person.process}/children").read_text(encoding="ascii").split()
    return int(children[-1])


def suspended(person: Person) -> str:
    """Wait until the shell is back; what it shows."""
    text = person.shows("Stopped", "PROMPT")
    person.rests()
    assert "1049" not in person.screen.modes
    assert "25" in person.screen.modes
    assert not person.screen.modes & {"1000", "1003", "1006", "2004", "1004"} - {"2004"}  # bash pastes in brackets too
    return text


def test_control_z_gives_the_shell_back_and_fg_the_app() -> None:
    with shell() as person:
        begun(person)
        person.type("j")
        person.shows("lr1e-5-bs64 ─")
        person.type(SUSPEND)
        assert "Results" not in suspended(person)
        person.type("stty -a | grep -o ' [-]*icanon' | tr -d ' '; stty -a | grep -o ' [-]*echo ' | tr -d ' '\n")
        text = person.until(lambda text: text.rstrip().endswith("echo\nPROMPT"), "the shell does not answer")
        assert "\nicanon\necho" in text
        person.type("fg\n")
        stands(person)
        assert "lr1e-5-bs64 ─" in person.screen.text
        person.type("j")
        person.shows("lr2e-5-bs32 ─")
        person.type("q")
        person.until(lambda text: "Results" not in text and text.rstrip().endswith("PROMPT"), "it does not quit")
        person.type("echo STATUS $?\n")
        person.shows("STATUS 0")


def test_the_app_comes_back_at_the_size_that_the_terminal_has_then() -> None:
    with shell() as person:
        begun(person)
        person.type(SUSPEND)
        suspended(person)
        person.resize(80, 24)
        person.type("fg\n")
        stands(person)
        lines = person.screen.text.split("\n")
        assert len(lines[1]) == 80
        assert lines[23].endswith("q quit")


@pytest.mark.parametrize(("keys", "words"), [("?", "Keys everywhere"), ("f", "filter:"), (" jd", "only what differs")])
def test_every_screen_can_be_suspended(keys: str, words: str) -> None:
    with shell() as person:
        begun(person)
        person.type(keys)
        person.shows(words)
        person.rests(0.2)
        person.type(SUSPEND)
        assert words not in suspended(person)
        person.type("fg\n")
        person.shows(words)


def test_control_z_again_and_again() -> None:
    with shell() as person:
        begun(person)
        for _ in range(3):
            person.type(SUSPEND)
            suspended(person)
            person.type("fg\n")
            stands(person)
        person.type("q")
        person.until(lambda text: "Results" not in text, "it does not quit")


def test_in_the_background_it_stops_again_until_it_is_wanted() -> None:
    with shell() as person:
        process = begun(person)
        person.type(SUSPEND)
        suspended(person)
        person.type("bg\n")
        person.run(1.0)
        assert "Results" not in person.screen.text
        until_state(process, "T")
        person.type("clear; fg\n")
        stands(person)
        person.type("j")
        person.shows("lr1e-5-bs64 ─")


def test_a_stop_that_nobody_foresaw_is_recovered_from() -> None:
    with shell() as person:
        process = begun(person)
        os.kill(process, signal.SIGSTOP)
        person.shows("Stopped")
        person.type("clear\n")
        person.rests()
        person.type("fg\n")
        stands(person)
        person.type("j")
        person.shows("lr1e-5-bs64 ─")
        person.type("q")
        person.until(lambda text: "Results" not in text, "it does not quit")
        assert "1049" not in person.screen.modes


def test_without_a_shell_that_could_continue_it_goes_on_at_once() -> None:
    with Person(SAMPLES) as person:
        person.shows("Results", "q quit")
        person.rests()
        person.type(SUSPEND)
        person.run(1.0)
        stands(person)
        person.type("j")
        person.shows("lr1e-5-bs64 ─")


def test_control_z_while_it_loads_suspends_once_it_stands() -> None:
    with shell() as person:
        person.shows("PROMPT")
        person.type(START)
        person.until(lambda _: "1049" in person.screen.modes, "it does not start")
        person.type(SUSPEND)
        suspended(person)
        person.type("fg\n")
        stands(person)


def test_in_the_editor_control_z_stops_both(tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\necho EDITING\nread answer\necho READ $answer\n")
    editor.chmod(0o700)
    with shell({"EDITOR": str(editor), "VISUAL": ""}) as person:
        begun(person)
        person.type("e")
        person.shows("EDITING")
        person.type(SUSPEND)
        suspended(person)
        person.type("clear; fg\n")
        person.run(0.5)
        person.type("done\n")
        stands(person)
        person.type("q")
        person.until(lambda text: "Results" not in text, "it does not quit")


def until_state(process: int, state: str) -> None:
    """Wait until a process is in a state."""
    end = time.monotonic() + PATIENCE
    while (found := Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2][0]) != state:
        assert time.monotonic() < end, f"it is in state {found}"
        time.sleep(0.02)
