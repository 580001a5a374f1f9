"""``cardtui plot``: curves as text, SVG and PNG, and every way in which it refuses."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.cli.making import HOSTILE, hostile_card, plain_card
from tests.cli.running import ROOT, SGR, Ended, cardtui, on_terminal, python
from tests.render.test_text import harmless

SWEEP = ROOT / "sample_cards" / "helpdesk-sweep"
ONE = ROOT / "sample_cards" / "lifeboat-radio"
TWO = (SWEEP / "run-1", SWEEP / "run-2")
WITHOUT = ROOT / "sample_cards" / "kitchen-bert"


def refused(ended: Ended) -> str:
    """The one sentence of a command that was refused."""
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("cardtui: ")
    assert ended.err.count("\n") == 1
    return ended.err


def test_the_losses_of_a_single_card_are_drawn() -> None:
    ended = cardtui("plot", ONE)
    lines = ended.out.splitlines()
    assert (ended.code, ended.err, len(lines)) == (0, "", 24)
    assert max(map(len, lines)) <= 100
    assert lines[0] == "loss · x epoch"
    assert "○ 1 validation loss" in ended.out
    assert "■ 2 training loss" in ended.out
    assert "\x1b" not in ended.out


def test_the_headline_metric_of_several_cards_is_drawn() -> None:
    out = cardtui("plot", *TWO).out
    assert out.startswith("Accuracy · x epoch\n")
    assert "○ A roberta" in out
    assert "■ B roberta" in out


def test_each_metric_is_a_chart_below_the_other() -> None:
    ended = cardtui(
        "plot", *TWO, "--metric", "f1", "--metric", "eval_loss", "--size", "80x12", "--x", "step", "--log-y"
    )
    lines = ended.out.splitlines()
    assert [line for line in lines if " · x " in line] == [
        "F1 · x step · y log",
        "validation loss · x step · y log",
    ]
    assert len(lines) == 12 + 1 + 12


def test_the_difference_says_who_is_better_from_where() -> None:
    out = cardtui("plot", *TWO, "--difference", "--metric", "loss").out
    assert "validation loss, B − A" in out
    assert "B better from epoch 3.51" in out


def test_runs_that_do_not_compare_are_drawn_and_the_reason_is_told(tmp_path: Path) -> None:
    for name, dataset in (("a", "reviews"), ("b", "emotion")):
        (tmp_path / f"{name}.md").write_text(plain_card().replace("the reviews dataset", f"the {dataset} dataset"))
    ended = cardtui("plot", tmp_path / "a.md", tmp_path / "b.md", "--difference")
    assert ended.code == 0
    assert "Different datasets" in ended.err
    assert "better" not in ended.out


def test_a_card_without_the_metric_is_named() -> None:
    assert "no F1" in cardtui("plot", *TWO, ONE, "--metric", "F1").out


def test_lists_are_drawn_element_by_element(tmp_path: Path) -> None:
    card = tmp_path / "a.md"
    card.write_text(plain_card().replace("| 0.8000 |", "| [0.7, 0.8] |").replace("| 0.9123 |", "| [0.8, 0.9] |"))
    out = cardtui("plot", card, "--metric", "f1").out
    assert "○ 1 F1[0]" in out
    assert "■ 2 F1[1]" in out


def test_a_card_may_come_by_standard_input() -> None:
    assert "validation loss" in cardtui("plot", "-", stdin=plain_card().encode()).out


# On a terminal


def test_a_terminal_gives_the_size_and_gets_colours() -> None:
    ended = on_terminal("plot", *TWO, size=(120, 30))
    lines = SGR.sub("", ended.out).splitlines()
    assert (ended.code, len(lines)) == (0, 29)
    assert 100 < max(map(len, lines)) <= 120
    assert "\x1b[35m" in ended.out


def test_a_narrow_terminal_is_kept_to() -> None:
    out = SGR.sub("", on_terminal("plot", *TWO, size=(40, 12)).out)
    assert max(map(len, out.splitlines())) <= 40


# Files


def test_an_svg_is_written(tmp_path: Path) -> None:
    file = tmp_path / "x.svg"
    ended = cardtui("plot", *TWO, "-o", file, "--metric", "F1", "--metric", "loss")
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    root = ElementTree.fromstring(file.read_bytes())
    assert (root.get("width"), root.get("height")) == ("860", "800")
    first = file.read_bytes()
    cardtui("plot", *TWO, "-o", file, "--metric", "F1", "--metric", "loss")
    assert file.read_bytes() == first


def test_a_png_is_written_in_the_size_that_was_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "x.PNG"
    assert cardtui("plot", *TWO, "-o", file, "--size", "500x300").code == 0
    data = file.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) == (1000, 600)


def test_a_file_that_cannot_be_written_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    assert "no such file or folder" in refused(cardtui("plot", ONE, "-o", tmp_path / "none" / "x.svg"))
    assert list(tmp_path.iterdir()) == []


def test_a_hostile_card_reaches_neither_terminal_nor_figure(tmp_path: Path) -> None:
    card = tmp_path / "a.md"
    card.write_bytes(hostile_card() + plain_card(f"a {HOSTILE}").encode())
    file = tmp_path / "x.svg"
    plain = tmp_path / "b.md"
    plain.write_text(plain_card(f"b {HOSTILE}"))
    ended = cardtui("plot", card, plain, "--metric", "loss")
    assert ended.code == 0
    assert [c for c in ended.out if not harmless(c) and c != "\n"] == []
    assert cardtui("plot", card, plain, "--metric", "loss", "-o", file).code == 0
    assert [c for c in file.read_text() if not harmless(c) and c != "\n"] == []
    ElementTree.fromstring(file.read_bytes())


# Refusals


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((*TWO, "--metric", "bogus"), "no metric bogus; there are Loss, Training Loss, Accuracy, F1"),
        ((WITHOUT,), "no training history in"),
        ((WITHOUT, WITHOUT), "no training history in these cards"),
        ((ONE, "--size", "big"), "a size is columns and lines"),
        ((ONE, "--size", "100"), "a size is columns and lines"),
        ((ONE, "--size", "5x5"), "between 30x8 and 1000x500 columns and lines can be drawn"),
        ((ONE, "--size", "99999x99999"), "can be drawn"),
        ((ONE, "--size", "100x24", "-o", "x.svg"), "between 240x140 and 4000x4000 pixels can be drawn"),
        ((*TWO, ONE, "--difference"), "--difference needs two cards, not 3"),
        ((ONE, "--difference"), "--difference needs two cards, not 1"),
        ((*TWO, "--difference", "--log-y"), "exclude each other"),
        ((ONE, "-o", "x.pdf"), "only .svg and .png files can be written"),
        (("-", "-"), "standard input is one card only"),
        (("nowhere",), "nowhere: no such file or folder"),
        ((ONE, "--x", "time"), "'time' is not one of 'epoch', 'step', 'progress'"),
        ((), "Missing argument"),
    ],
)
def test_what_cannot_be_drawn_is_one_sentence(arguments: tuple[str | Path, ...], words: str) -> None:
    assert words in refused(cardtui("plot", *arguments))


def test_an_axis_that_no_card_has_is_refused(tmp_path: Path) -> None:
    card = tmp_path / "a.md"
    card.write_text(plain_card().replace("| Step |", "| Other |"))
    assert "no steps in this card" in refused(cardtui("plot", card, "--x", "step"))


def test_curves_without_overlap_have_no_difference(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(plain_card())
    (tmp_path / "b.md").write_text(plain_card().replace("| 1.0 |", "| 7.0 |").replace("| 2.0 |", "| 8.0 |"))
    words = refused(cardtui("plot", tmp_path / "a.md", tmp_path / "b.md", "--difference"))
    assert "the curves have no epoch in common" in words


def test_the_figure_is_never_a_file_that_is_read(tmp_path: Path) -> None:
    card = tmp_path / "a.svg"
    card.write_text(plain_card())
    assert "is one of the files to be read" in refused(cardtui("plot", card, "-o", card))
    assert card.read_text() == plain_card()


def test_help_has_an_example() -> None:
    assert "Example: cardtui plot" in cardtui("plot", "--help").out


@pytest.mark.parametrize(("options", "module"), [((), "resvg_py"), (("-o", "x.svg"), "plotext"), ((), "textual")])
def test_only_what_is_needed_is_loaded(tmp_path: Path, options: tuple[str, ...], module: str) -> None:
    code = (
        "import os, sys; from tui.cli.main import run; os.chdir(sys.argv.pop(1)); sys.argv[0] = 'cardtui'\n"
        "try: run()\nexcept SystemExit: pass\n"
        f"sys.stderr.write(str({module!r} in sys.modules))"
    )
    assert python(code, tmp_path, "plot", ONE, *options).err == "False"
