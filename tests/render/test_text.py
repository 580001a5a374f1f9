"""Untrusted text comes through harmless, and is measured as terminals measure it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.render.making import MARKUP
from tui.render.text import align, cut, head, pad, source, visible, width

_TURNING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI", "BN"}
_ANY_TEXT = st.text(st.characters(exclude_categories=()))
"""Lone surrogates, too."""


def harmless(character: str) -> bool:
    """Whether a terminal prints the character, rather than obeying it or turning its neighbours round."""
    return (
        unicodedata.category(character) not in {"Cc", "Cs", "Zl", "Zp"}
        and unicodedata.bidirectional(character) not in _TURNING
        and character not in "\u200e\u200f\u061c\u200b\u200c\u200d\u2060\ufeff"
    )


@given(_ANY_TEXT)
def test_any_text_is_harmless_once_visible(text: str) -> None:
    assert [hex(ord(c)) for c in visible(text) if not harmless(c)] == []


@given(_ANY_TEXT)
def test_visible_text_stays_as_it_is(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@pytest.mark.parametrize("code", [*range(0x20), *range(0x7F, 0xA0)], ids=hex)
def test_every_control_code_leaves_a_mark(code: int) -> None:
    shown = visible(f"a{chr(code)}b")
    assert shown.startswith("a")
    assert shown.endswith("b")
    assert len(shown) > 2
    assert all(harmless(c) for c in shown)


@pytest.mark.parametrize(
    "code",
    [0x061C, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x2028, 0x2029, 0xFEFF, 0xE0041],
    ids=hex,
)
def test_an_invisible_mark_is_named(code: int) -> None:
    assert visible(f"a{chr(code)}b") == f"a<U+{code:04X}>b"


@pytest.mark.parametrize("code", [0xD800, 0xDBFF, 0xDC80, 0xDFFF], ids=hex)
def test_a_lone_surrogate_can_be_encoded_once_visible(code: int) -> None:
    assert visible(f"a{chr(code)}b").encode("utf-8") == f"a<U+{code:04X}>b".encode()


@pytest.mark.parametrize("text", [*MARKUP, "naïve café", "日本語", "Прывітанне", "a → b · c", "{'f1': 0.9}", "100 %"])
def test_readable_text_stays_as_it_is(text: str) -> None:
    assert visible(text) == text


def test_an_escape_sequence_is_shown_and_not_obeyed() -> None:
    assert visible("\x1b[31mred") == "␛[31mred"


def test_a_tab_becomes_blanks() -> None:
    assert visible("a\tb") == "a   b"


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("plain", 5),
        ("日本語", 6),
        ("e\u0301te\u0301", 3),
        ("हिन्दी", 3),
        ("ภาษาไทยที่", 8),
        ("กิน", 2),
        ("कुल", 2),
        ("\u1112\u1161\u11ab", 2),
        ("→ ◆ ≈ …", 7),
        ("🤗", 2),
        ("ﾊﾝｶｸ", 4),
        ("Ａ", 2),
        ("", 0),
    ],
    ids=[
        "ascii",
        "wide",
        "accents",
        "hindi",
        "thai",
        "thai vowel",
        "hindi vowel",
        "hangul parts",
        "own marks",
        "emoji",
        "narrow",
        "full",
        "none",
    ],
)
def test_text_is_as_wide_as_terminals_draw_it(text: str, cells: int) -> None:
    assert width(text) == cells


@given(_ANY_TEXT, st.integers(0, 40))
def test_a_cut_text_is_never_wider_than_asked(text: str, cells: int) -> None:
    shown = visible(text)
    assert width(cut(shown, cells)) <= cells
    assert width(head(shown, cells)) <= cells
    assert shown.startswith(head(shown, cells))


@given(_ANY_TEXT, st.integers(1, 40))
def test_a_cut_text_tells_that_it_was_cut(text: str, cells: int) -> None:
    shown = visible(text)
    result = cut(shown, cells)
    if width(shown) <= cells:
        assert result == shown
    else:
        assert result.endswith("…")
        assert shown.startswith(result[:-1])


@given(_ANY_TEXT, st.integers(0, 60))
def test_padded_text_fills_its_cells(text: str, more: int) -> None:
    shown = visible(text)
    assert width(pad(shown, width(shown) + more)) == width(shown) + more


def test_a_wide_character_is_not_cut_in_half() -> None:
    assert head("日本語", 3) == "日"
    assert cut("日本語", 4) == "日…"


def test_a_line_of_ten_thousand_characters_is_cut() -> None:
    assert cut("x" * 10_000, 10) == "x" * 9 + "…"
    assert width(cut("語" * 10_000, 10)) <= 10


@pytest.mark.parametrize(
    "numbers",
    [
        ["12.5", "0.375", "3"],
        ["-1.25", "10.5", "+0.125"],
        ["1.5e-05", "12.25"],
        ["1,234.5", "0.375"],
        [".5", "10.25"],
        ["93.4%", "100.0%"],
        ["0.95 ◆", "10.125"],
    ],
    ids=["plain", "signs", "exponents", "thousands", "bare point", "percent", "marked"],
)
def test_decimal_points_stand_in_one_column(numbers: list[str]) -> None:
    aligned = align(numbers)
    assert [text.strip() for text in aligned] == numbers
    assert len({text.index(".") for text in aligned if "." in text}) == 1
    assert len({width(text) for text in aligned}) == 1


def test_whole_numbers_end_where_the_points_stand() -> None:
    assert align(["12.5", "0.375", "3"]) == ["12.5  ", " 0.375", " 3    "]


@given(
    st.lists(st.one_of(st.floats().map(str), st.sampled_from(["No log", "", "–", "[0.9, 0.8]", "日本"])), max_size=8)
)
def test_aligned_texts_are_of_one_width_and_keep_what_they_say(texts: list[str]) -> None:
    aligned = align(texts)
    assert [text.strip() for text in aligned] == texts
    assert len({width(text) for text in aligned}) <= 1


@pytest.mark.parametrize("mark", ["\u0301", "\u20dd", "\u0e34", "\u0489"])
def test_of_many_marks_on_one_letter_the_first_stay_and_the_others_are_counted(mark: str) -> None:
    assert visible("e" + mark * 8 + "x") == "e" + mark * 8 + "x"
    assert visible("e" + mark * 10_000 + "x") == "e" + mark * 8 + "<+9992 marks>x"


def test_joiners_among_marks_hide_none_of_them() -> None:
    assert visible("e" + "\u0301\u200d" * 20) == "e" + "\u0301" * 8 + "<+12 marks>"


@pytest.mark.parametrize("text", ["🚀" * 20, "한글" * 20, "हिन्दी में शब्द", "བརྒྱུད་", "☃" * 20, "─" * 40, "표" * 30])
def test_letters_and_signs_without_many_marks_stay(text: str) -> None:
    assert visible(text) == text


def test_of_a_very_long_line_of_a_file_the_beginning_is_shown_and_the_rest_counted() -> None:
    assert source("x" * 10_000) == "x" * 10_000
    assert source("\x1b" * 10_002) == "␛" * 10_000 + " … and 2 more characters"
