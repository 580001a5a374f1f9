"""The title line and the line of keys."""

from __future__ import annotations

import pytest

from tests.render.making import ESCAPES, MARKUP
from tests.render.test_text import harmless
from tui import keys
from tui.keys import Scope
from tui.render.bars import Status, footer, header

WIDTHS = [20, 26, 40, 60, 80, 120, 200]
PANES = [Scope.TREE, Scope.DETAIL, Scope.CURVES]


def status(  # one keyword a field, so that a test names only what it is about
    names: str = "seeds",
    *,
    total: int = 5,
    read: int = 5,
    scanning: bool = False,
    words: str = "",
    hits: str = "",
) -> Status:
    """What the title line tells of a folder that was read."""
    return Status(names, total, read, scanning, words, hits)


STATES = {
    "read": status(),
    "scanning": status(scanning=True, total=12_345, read=0),
    "reading": status(total=100_000, read=4_000),
    "filtered": status(words="bert helpdesk"),
    "searched": status(hits="3 of 12"),
    "everything": status(
        "a-folder-with-a-long-name, another-one", total=100_000, read=1, words="bert " * 9, hits="3 of 12"
    ),
    "a long name": status("x" * 10_000),
    "wide letters": status("日本語" * 20, words="日本"),
}


@pytest.mark.parametrize("cells", WIDTHS)
@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_the_title_line_is_never_wider_than_asked(state: Status, cells: int) -> None:
    assert header(state, cells).width <= cells


def test_the_title_line_names_the_folder_and_counts_its_cards() -> None:
    assert header(status(), 80).text.startswith("cardtui seeds · 5 cards")
    assert "1 card " in header(status(total=1, read=1), 80).text + " "
    assert "100,000 cards" in header(status(total=100_000, read=100_000), 80).text


def test_the_title_line_shows_that_folders_are_being_scanned() -> None:
    assert "scanning" in header(STATES["scanning"], 80).text
    assert "scanning" not in header(STATES["read"], 80).text


@pytest.mark.parametrize(("read", "share"), [(0, "0%"), (25, "25%"), (99, "99%")])
def test_the_title_line_shows_how_far_reading_is(read: int, share: str) -> None:
    text = header(status(total=100, read=read), 80).text
    assert share in text
    assert text.count("━") == round(12 * read / 100)
    assert text.count("━") + text.count("─") == 12


def test_reading_that_has_not_ended_is_never_called_complete() -> None:
    assert "100%" not in header(status(total=100_000, read=99_999), 80).text.replace(" ", "")


def test_the_title_line_shows_filter_and_search() -> None:
    text = header(status(words="bert", hits="3 of 12"), 120).text
    assert "filter: bert" in text
    assert "search: 3 of 12" in text


def test_state_stands_at_the_right_edge() -> None:
    assert header(status(words="bert"), 80).text.rstrip().endswith("filter: bert")
    assert header(status(words="bert"), 80).width == 80


@pytest.mark.parametrize("text", MARKUP)
def test_markup_in_names_and_words_stays_readable(text: str) -> None:
    shown = header(status(text, words=text), 120).text
    assert shown.count(text) == 2


def test_no_control_code_of_a_name_comes_through() -> None:
    shown = header(status(ESCAPES, words=ESCAPES, hits="1 of 2"), 300).text
    assert sorted({hex(ord(c)) for c in shown if not harmless(c)}) == []


@pytest.mark.parametrize("cells", WIDTHS)
@pytest.mark.parametrize("scope", PANES)
def test_the_line_of_keys_is_never_wider_than_asked(scope: Scope, cells: int) -> None:
    assert footer(scope, cells).width <= cells


@pytest.mark.parametrize("cells", range(40, 201, 8))
@pytest.mark.parametrize("scope", PANES)
def test_help_and_quit_are_always_in_the_line_of_keys(scope: Scope, cells: int) -> None:
    assert footer(scope, cells).text.endswith("? help  q quit")


@pytest.mark.parametrize(
    ("scope", "words"),
    [(Scope.TREE, "Enter open"), (Scope.DETAIL, "Enter finding"), (Scope.CURVES, "←→ read values")],
)
def test_the_line_of_keys_begins_with_those_of_the_pane(scope: Scope, words: str) -> None:
    shown = footer(scope, 120).text
    assert words in shown
    assert shown.index(words) < shown.index("f filter")


def test_a_wide_line_of_keys_has_every_labelled_key() -> None:
    shown = footer(Scope.TREE, 300).text
    labelled = [f"{key.shown} {key.label}" for key in keys.of(Scope.EXPLORER) if key.label]
    assert [words for words in labelled if words not in shown] == []


def test_no_key_of_the_line_is_cut_in_half() -> None:
    whole = footer(Scope.TREE, 300).text.split("  ")
    for cells in range(20, 120):
        assert set(footer(Scope.TREE, cells).text.split("  ")) <= set(whole)
