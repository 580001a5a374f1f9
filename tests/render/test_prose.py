"""The author's own words in a card."""

from __future__ import annotations

import pytest

from tests import stated
from tests.render.making import ESCAPES, MARKUP, text_of, trainer_card
from tests.render.test_text import harmless
from tui.cards.read import parse, read
from tui.render.prose import prose

KITCHEN = stated.SAMPLES / "kitchen-bert" / "README.md"


def test_a_pane_shows_headings_text_code_and_tables() -> None:
    lines = prose(read(KITCHEN), 76)
    titles = [line.text for line in lines if line.section]
    assert titles[:2] == ["Kitchen BERT", "How to use it"]
    text = text_of(lines)
    for words in (
        "in `[MASK]`".replace("`", ""),
        'fill = pipeline("fill-mask", model="larder/kitchen-bert")',
        "• completing an ingredient list",
        "1. take the encoder,",
        "│ On 500 held-out sentences",
    ):
        assert words in text


def test_the_columns_of_a_table_are_aligned() -> None:
    lines = [line for line in prose(read(KITCHEN), 76) if line.table and "|" not in line.text]
    rows = {line.text.split("  ")[0].strip(): line.text for line in lines}
    places = {
        rows["Parish cookbooks"].index("English"),
        rows["Our own kitchen"].index("both"),
        rows["Source"].index("Language"),
    }
    assert len(places) == 1


def test_a_pipe_has_the_source_as_it_stands() -> None:
    source = KITCHEN.read_text(encoding="utf-8")
    shown = text_of(prose(read(KITCHEN), None))
    for text in source.partition("# Kitchen BERT")[2].splitlines():
        if not text.startswith("#"):
            assert text in shown


def test_every_section_begins_with_its_heading_and_names_it() -> None:
    lines = prose(read(KITCHEN), 76)
    assert [line.section for line in lines if line.section] == [
        text.lstrip("# ") for text in KITCHEN.read_text(encoding="utf-8").splitlines() if text.startswith("#")
    ]


def test_text_above_the_first_heading_is_shown() -> None:
    card = parse(b"---\nlicense: mit\n---\nHello there.\n\n# Title\n\nMore.\n", "README.md")
    text = text_of(prose(card, 76))
    assert text.index("Hello there.") < text.index("More.")


def test_what_was_read_as_data_is_not_shown_again() -> None:
    card = trainer_card("- Loss: 0.123", hyperparameters="- seed: 42", prose="## Notes\n\nMine.")
    text = text_of(prose(card, 76))
    assert "Mine." in text
    assert "0.123" not in text
    assert "seed" not in text


@pytest.mark.parametrize("cells", [54, 76, 90, None])
@pytest.mark.parametrize("text", MARKUP)
def test_markup_stays_readable(text: str, cells: int | None) -> None:
    card = trainer_card(prose=f"## About {text}\n\nPut {text} in.\n\n- item {text}\n\n```\ncode {text}\n```")
    shown = text_of(prose(card, cells))
    for before in ("About", "Put", "item", "code"):
        assert f"{before} {text}" in shown


@pytest.mark.parametrize("cells", [54, None])
def test_no_control_code_comes_through(cells: int | None) -> None:
    hostile = ESCAPES.replace("\x85", "").replace("\u2028", "")
    card = trainer_card(
        prose=f"## T {hostile}\n\nP {hostile} **B {hostile}**\n\n```\n{hostile}\n```\n\n<b>{hostile}</b>"
    )
    shown = "".join(line.text for line in prose(card, cells))
    assert sorted({hex(ord(c)) for c in shown if not harmless(c)}) == []


@pytest.mark.parametrize("cells", [54, 76, 90])
def test_a_paragraph_fits_its_pane(cells: int) -> None:
    lines = prose(read(KITCHEN), cells)
    assert [line.text for line in lines if line.table is None and line.width > cells] == []


@pytest.mark.parametrize("cells", [54, 76, 90])
def test_a_heading_of_ten_thousand_characters_fits_its_pane(cells: int) -> None:
    lines = prose(trainer_card(prose=f"## {'x' * 10_000}\n\nText."), cells)
    assert [line.width for line in lines if line.table is None and line.width > cells] == []
    assert "".join(text_of(lines).split()).count("x") >= 10_000


def test_sections_beyond_what_is_rendered_are_shown_as_they_stand() -> None:
    card = trainer_card(prose=f"## First\n\n*one*\n\n## Large\n\n{'*word* ' * 50_000}\n\n## Last\n\n*more* {'x' * 90}")
    lines = text_of(prose(card, 60)).split("\n")
    assert lines[lines.index("First") + 1] == "one"
    assert lines[lines.index("Last") + 1 :][:3] == ["*more*", "x" * 60, "x" * 30]
    assert "… and 339,999 more characters" in " ".join(lines)
