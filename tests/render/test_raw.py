"""The file as it stands, with line numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import stated
from tests.render.making import ESCAPES, MARKUP, styled, text_of
from tests.render.test_text import harmless
from tui.cards.read import parse, read
from tui.render.raw import raw_lines


@pytest.mark.parametrize("path", stated.SAMPLE_CARDS, ids=stated.sample_id)
def test_every_line_of_the_file_stands_behind_its_number(path: Path) -> None:
    source = path.read_text(encoding="utf-8").splitlines()
    shown = [line.text.lstrip().partition(" ") for line in raw_lines(read(path))]
    assert [(number, text.rstrip()) for number, _, text in shown] == [
        (str(n), text.rstrip()) for n, text in enumerate(source, 1)
    ]


def test_numbers_stand_in_one_column() -> None:
    lines = raw_lines(parse(b"---\nlicense: mit\n---\n" + b"x\n" * 97, "a.md"))
    assert lines[0].text == "  1 ---"
    assert lines[-1].text == "100 x"


def test_the_lines_with_problems_are_marked() -> None:
    path = stated.SAMPLES / "shipping-notices" / "README.md"
    marked = styled(raw_lines(read(path)), "error")
    assert str(stated.line_of(path, "0.9713")) in marked
    assert len(marked) == len({problem.line for problem in read(path).problems})


@pytest.mark.parametrize("text", MARKUP)
def test_markup_stays_readable(text: str) -> None:
    assert f"5 say {text} here" in text_of(
        raw_lines(parse(f"---\nlicense: mit\n---\n\nsay {text} here\n".encode(), "a.md"))
    )


def test_no_control_code_comes_through() -> None:
    lines = raw_lines(parse(f"---\nlicense: mit\n---\n{ESCAPES}\n".encode(), "a.md"))
    assert sorted({hex(ord(c)) for line in lines for c in line.text if not harmless(c)}) == []


def test_a_line_of_ten_thousand_characters_is_kept_whole() -> None:
    lines = raw_lines(parse(b"---\nlicense: mit\n---\n" + b"x" * 10_000, "a.md"))
    assert lines[3].text == "4 " + "x" * 10_000
    assert lines[3].table is not None
    assert lines[3].table.width == 10_002


def test_an_empty_file_has_no_lines() -> None:
    assert raw_lines(parse(b"", "a.md")) == []


def test_of_a_line_without_an_end_the_beginning_is_shown() -> None:
    (line,) = raw_lines(parse(b"x" * 1_000_000, "a.md"))
    assert (line.text[:5], line.text[-30:]) == ("1 xxx", "xx … and 990,000 more characters"[-30:])
