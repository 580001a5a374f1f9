"""Terminals of every size and kind: what fits is shown, and after a storm of sizes the last one holds."""

from __future__ import annotations

import os
import random
import signal
from pathlib import Path

import pytest

from tests.cli.running import on_terminal
from tests.screens.following import card
from tests.terminal.killing import until_gone, workers_with
from tests.terminal.person import SAMPLES, Person

IN_BAND = {"?2048$p": "\x1b[?2048;2$y"}
"""A terminal that offers to report its size itself."""


def is_whole(text: str, columns: int, lines: int) -> bool:
    """Whether the explorer fills a screen of a size, with every frame closed."""
    rows = text.split("\n")
    return (
        len(rows) == lines
        and rows[1].startswith("╭─ Cards ")
        and {len(row) for row in rows[1:-1]} == {columns}
        and {row[0] for row in rows[2:-2]} == {"│"}
        and {row[-1] for row in rows[2:-2]} <= set("│┃╮╯")
        and rows[-1].endswith("q quit")
    )


@pytest.mark.parametrize("answers", [{}, IN_BAND], ids=["usual", "in-band"])
def test_after_a_storm_of_sizes_while_it_reads_the_last_one_holds(tmp_path: Path, answers: dict[str, str]) -> None:
    for number in range(600):
        path = tmp_path / "cards" / f"run-{number:04}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(card(f"card-{number:04}", "0.5"), encoding="utf-8")
    chance = random.Random(5)
    with Person(tmp_path / "cards", env={"XDG_CACHE_HOME": str(tmp_path)}) as person:
        person.answers.update(answers)
        person.shows("card-0001")
        if answers:
            person.type("\x1b[?2048;2$y")  # also unasked
        for _ in range(200):
            person.resize(chance.randint(40, 300), chance.randint(12, 100))
            person.run(0.01)
        person.resize(132, 43)
        person.until(lambda text: is_whole(text, 132, 43), "the last size does not hold")
        person.type("j")
        person.shows("card-0001 ─")
        person.type("q")
        assert person.ended() == 0


@pytest.mark.parametrize("size", [(60, 14), (80, 24), (100, 100), (132, 43), (200, 60), (300, 100)], ids=str)
def test_the_explorer_fills_the_terminal(size: tuple[int, int]) -> None:
    with Person(SAMPLES, size=size) as person:
        person.shows("Results", "q quit")
        person.until(lambda text: is_whole(text, *size), "a frame has a gap")


@pytest.mark.parametrize("size", [(40, 12), (59, 30), (60, 13)], ids=str)
def test_a_terminal_that_is_too_small_is_told_so_and_may_grow(size: tuple[int, int]) -> None:
    with Person(SAMPLES, size=size) as person:
        text = " ".join(person.shows("q quits").replace("│", " ").split())
        assert f"cardtui needs 60 × 14 cells; this terminal has {size[0]} × {size[1]}." in text
        person.resize(80, 24)
        person.until(lambda text: is_whole(text, 80, 24), "it does not grow")


@pytest.mark.parametrize("term", ["dumb", "", "unknown"])
def test_a_terminal_that_shows_no_screens_is_told_what_it_can_have(term: str) -> None:
    ended = on_terminal(SAMPLES, env={"TERM": term})
    assert ended.code == 2
    assert "\x1b" not in ended.out
    assert "`cardtui list` or `cardtui show`" in ended.out
    assert ended.out.count("\n") == 1


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="there is no /proc here")
@pytest.mark.parametrize("closed", [False, True], ids=["hang-up signal", "terminal closed"])
def test_a_lost_connection_leaves_no_process_that_reads(tmp_path: Path, closed: bool) -> None:
    folder = tmp_path / "cards"
    for number in range(3000):
        path = folder / f"run-{number:04}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(card(f"card-{number:04}", "0.5"), encoding="utf-8")
    person = Person(folder, env={"XDG_CACHE_HOME": str(tmp_path)})
    try:
        person.shows("card-0001")
        person.until(lambda _: bool(workers_with(str(tmp_path))), "no process reads")
        if closed:
            os.close(person.terminal)
            person.terminal = os.open(os.devnull, os.O_RDWR)
        else:
            os.kill(person.process, signal.SIGHUP)
        until_gone(str(tmp_path))
        person.ended()
    finally:
        person.__exit__()
