"""Where the character set is not UTF-8 every cell is ASCII: frames, marks, curves, and the text of cards."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import SGR, cardtui, on_terminal
from tests.terminal.person import LOCALE, SAMPLES, Person
from tests.terminal.test_colours import walked

SWEEP = SAMPLES / "helpdesk-sweep"
FOREIGN = "# Größe · 大きさ ➜ Ωmega é\n\nIntro: naïve – “quoted” 😀 end.\n"


@pytest.mark.parametrize("env", [{"LANG": "C"}, {"TERM": "linux"}], ids=str)
def test_every_byte_of_every_screen_is_ascii(env: dict[str, str]) -> None:
    with Person(SWEEP, env=env) as person:
        walked(person)
        assert person.written.isascii()


@pytest.mark.parametrize("env", [{"LC_ALL": "C"}, {"LANG": "de_DE.ISO-8859-1"}, {"TERM": "vt100"}], ids=str)
def test_the_explorer_is_ascii_wherever_it_has_to_be(env: dict[str, str]) -> None:
    with Person(SWEEP, env=env) as person:
        person.shows("Results", "0.8424", "quit", "+- Cards --", "validation loss")
        text = person.screen.text
        assert "o validation loss" in text
        assert "x training loss" in text
        person.type("q")
        assert person.ended() == 0
        assert person.written.isascii()


def test_where_nothing_names_a_character_set_it_is_unicode() -> None:
    with Person(SWEEP) as person:
        person.shows("╭─ Cards", "Results", "q quit")


def test_curves_are_drawn_with_a_mark_each() -> None:
    with Person(SWEEP, env={"LC_ALL": "C"}) as person:
        person.shows("Results", "q quit")
        person.type("z")
        person.until(lambda text: "Results" not in text, "no full screen")
        chart = person.rests()
        assert chart.count("o") > 30
        assert chart.count("x") > 30
        assert "*" in chart


def test_the_text_of_a_card_keeps_its_width() -> None:
    with Person(".", env={"LANG": "C"}, files={"a.md": FOREIGN}) as person:
        text = person.shows("Intro", "q quit")
        assert "Grose - ?????? ? ?mega e" in text
        assert 'naive - "quoted" ?? end.' in text
        lines = text.split("\n")[1:29]
        assert {len(line) for line in lines} == {100}
        assert {line[-1] for line in lines} <= {"|", "+"}


@pytest.mark.parametrize(
    "arguments",
    [("show", SAMPLES / "lifeboat-radio"), ("list", SAMPLES), ("diff", SWEEP / "run-1", SWEEP / "run-2"),
     ("plot", SWEEP / "run-1", SWEEP / "run-2"), ("check", SAMPLES), ("--help",), ("plot", "--help")],
    ids=lambda arguments: " ".join(map(str, arguments[:1])),
)  # fmt: skip
def test_what_commands_print_for_people_is_ascii(arguments: tuple[str | Path, ...]) -> None:
    env = {**LOCALE, "LANG": "C"}
    shown = on_terminal(*arguments, env=env).out
    assert shown.isascii()
    assert "\\u" not in shown
    piped = cardtui(*arguments, env={**LOCALE, "PYTHONIOENCODING": "ascii"})
    assert piped.out.isascii()
    assert "\\u" not in piped.out


def test_lines_are_as_wide_in_ascii() -> None:
    arguments = ("show", SAMPLES / "lifeboat-radio")
    unicode, plain = (
        SGR.sub("", on_terminal(*arguments, env={**LOCALE, "LANG": lang}).out).splitlines() for lang in ("C.UTF-8", "C")
    )
    assert [len(line) for line in unicode] == [len(line) for line in plain]


@pytest.mark.parametrize("form", ["json", "csv", "markdown"])
def test_data_is_utf_8_everywhere(tmp_path: Path, form: str) -> None:
    (tmp_path / "a.md").write_text("# Größe\n\n## Training results\n", encoding="utf-8")
    assert "Größe" in cardtui("list", tmp_path, "--format", form, env={**LOCALE, "LC_ALL": "C"}).out
