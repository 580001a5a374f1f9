"""Runs of styled text: joined, trimmed and wrapped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.render.line import LINE_BREAK, Line, Span, joined, line, trimmed, wrap_spans
from tui.render.text import visible, width

_SPANS = st.lists(st.tuples(st.text().map(visible), st.sampled_from(["", "strong", "code"])), max_size=6)


def wrapped(spans: list[Span], cells: int | None) -> list[str]:
    """The texts of the wrapped lines."""
    return ["".join(text for text, _ in found) for found in wrap_spans(spans, cells)]


def test_a_line_knows_its_text_and_its_width() -> None:
    made = line("base → ", ("日本", "strong"))
    assert made.text == "base → 日本"
    assert made.width == 11


def test_neighbours_of_one_style_become_one_run() -> None:
    assert joined([("a", "dim"), ("b", "dim"), ("", "bad"), ("c", "bad")]) == [("ab", "dim"), ("c", "bad")]


@given(_SPANS)
def test_joining_keeps_the_text(spans: list[Span]) -> None:
    assert "".join(text for text, _ in joined(spans)) == "".join(text for text, _ in spans)


@given(_SPANS)
def test_trimming_takes_nothing_but_the_blanks_at_the_end(spans: list[Span]) -> None:
    assert "".join(text for text, _ in trimmed(spans)) == "".join(text for text, _ in spans).rstrip()


@given(_SPANS, st.integers(2, 40))
def test_a_wrapped_line_is_never_wider_than_asked(spans: list[Span], cells: int) -> None:
    assert [text for text in wrapped(spans, cells) if width(text) > cells] == []


@given(_SPANS, st.integers(2, 40))
def test_wrapping_loses_no_word(spans: list[Span], cells: int) -> None:
    before = "".join(text for text, _ in spans)
    assert "".join("".join(wrapped(spans, cells)).split()) == "".join(before.split())


@given(_SPANS)
def test_nothing_is_wrapped_for_a_pipe(spans: list[Span]) -> None:
    assert len(wrapped(spans, None)) <= 1


@pytest.mark.parametrize(
    ("text", "cells", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("one two three", 6, ["one", "two", "three"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("a bcdefgh", 4, ["a", "bcde", "fgh"]),
        ("日本語", 4, ["日本", "語"]),
        ("", 10, []),
    ],
    ids=["at blanks", "no blank at the end", "a long word", "a long word behind a short one", "wide", "nothing"],
)
def test_text_is_broken_at_blanks_and_in_long_words(text: str, cells: int, lines: list[str]) -> None:
    assert [found.rstrip() for found in wrapped([(text, "")], cells)] == lines


def test_a_line_break_breaks_even_where_there_is_room() -> None:
    assert wrapped([("a", ""), LINE_BREAK, ("b", "")], None) == ["a", "b"]


def test_styles_survive_wrapping() -> None:
    assert list(wrap_spans([("one ", ""), ("two", "strong")], 4)) == [[("one", "")], [("two", "strong")]]


def test_a_word_of_ten_thousand_characters_is_broken() -> None:
    lines = wrapped([("x" * 10_000, "")], 76)
    assert "".join(lines) == "x" * 10_000
    assert max(map(len, lines)) == 76


def test_an_empty_line_has_no_width() -> None:
    assert Line().width == 0
    assert Line().text == ""


def test_a_long_word_is_cut_into_full_lines_without_losing_a_letter() -> None:
    word = "ab" * 5000 + "表" * 5000 + ("e" + "\u0301" * 8) * 5000
    lines = wrapped([(word, "")], 21)
    assert "".join(lines) == word
    assert {width(text) for text in lines[:-1]} <= {20, 21}
