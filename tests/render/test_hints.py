"""What stands above a prompt: how to go on, or what is wrong."""

from __future__ import annotations

import pytest

from tui.judge.query import Completion, QueryError, parse
from tui.render.hints import completion_line, error_line

OFFERS = [Completion("f1", 1200, 0, 1), Completion("fn [red]", 3, 0, 1), Completion("frozen", 1, 0, 1)]


def test_the_ways_to_go_on_say_how_many_cards_have_them() -> None:
    assert completion_line(OFFERS, None, 80).text.split() == ["Tab", "f1", "1,200", "fn", "[red]", "3", "frozen", "1"]
    assert completion_line([], None, 80).text == ""


def test_the_one_that_was_taken_stands_out_and_is_on_the_screen() -> None:
    many = [Completion(f"name-{i}", i, 0, 1) for i in range(8)]
    spans = completion_line(many, 6, 30).spans
    assert [text.strip() for text, style in spans if style == "title"] == ["name-6"]


@pytest.mark.parametrize("cells", [1, 5, 20, 58, 200])
def test_no_line_is_wider_than_the_screen(cells: int) -> None:
    assert completion_line(OFFERS, 1, cells).width <= max(cells, 4)
    with pytest.raises(QueryError) as caught:
        parse("accuracy>0.9 lr<=words")
    assert error_line("accuracy>0.9 lr<=words", caught.value, cells).width <= max(cells, 2)


def test_an_error_is_told_with_the_part_that_it_is_about() -> None:
    text = "accuracy>0.9 lr<=words"
    with pytest.raises(QueryError) as caught:
        parse(text)
    shown = error_line(text, caught.value, 160)
    assert shown.text.startswith(f"× {caught.value}")
    assert [part for part, style in shown.spans if style == "warning"] == ["words"]
