"""Markdown as lines: nothing of what an author wrote is lost, obeyed or run together."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.render.making import styled, text_of
from tests.render.test_text import harmless
from tui.render.markdown import render


def shown(markdown: str, cells: int | None = 76) -> list[str]:
    """The texts of the lines."""
    return [line.text for line in render(markdown, cells)]


@pytest.mark.parametrize(
    ("markdown", "lines"),
    [
        ("one\ntwo", ["one two"]),
        ("one\n\ntwo", ["one", "", "two"]),
        ("one  \ntwo", ["one", "two"]),
        ("# Title\n\ntext", ["Title", "", "text"]),
        ("- a\n- b", ["• a", "• b"]),
        ("- a\n  - b\n- c", ["• a", "  • b", "• c"]),
        ("3. a\n4. b", ["3. a", "4. b"]),
        ("> quoted", ["│ quoted"]),
        ("**bold** and *slanted* and `code`", ["bold and slanted and code"]),
        ("~~gone~~", ["gone"]),
        ("[text](http://x.org)", ["text (http://x.org)"]),
        ("<http://x.org>", ["http://x.org"]),
        ("![a cat](cat.png)", ["[image: a cat]"]),
        ("![](cat.png)", ["[image: cat.png]"]),
        ("a &amp; b &lt;unk&gt;", ["a & b <unk>"]),
        ("- [ ] todo\n- [x] done", ["• [ ] todo", "• [x] done"]),
        ("```py\nx = [1]\n\ny\n```", ["  x = [1]", "", "  y"]),
        ("    indented code", ["  indented code"]),
        ("1. a\n\n   b", ["1. a", "", "   b"]),
        ("\\[MASK\\] \\*", ["[MASK] *"]),
    ],
)
def test_markdown_is_written_as_a_person_expects(markdown: str, lines: list[str]) -> None:
    assert shown(markdown) == lines


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("[MASK]", "[MASK]"),
        ("[/] [red]x[/red]", "[/] [red]x[/red]"),
        ("<unk> and <|endoftext|>", "<unk> and <|endoftext|>"),
        ("<s>[INST] hi [/INST]", "[INST] hi [/INST]"),
        ("<mask>", "<mask>"),
        ("<unk>\n", "<unk>"),
        ("<script>alert(1)</script>", "alert(1)"),
        ("`<pad>`", "<pad>"),
        ("a < b and b > c", "a < b and b > c"),
        ("$x_1 * y_2$ and a_b_c", "$x_1 * y_2$ and a_b_c"),
        ("[text](javascript:alert)", "text"),
        ("[^1] note\n\n[^1]: the note", "the note"),
        ("[x]: http://hidden.example\n\ntext [x]", "http://hidden.example"),
    ],
)
def test_text_that_looks_like_markup_is_kept(markdown: str, text: str) -> None:
    assert text in "\n".join(shown(markdown))


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<b>bold</b>", ["bold"]),
        ("a<br>b", ["a", "b"]),
        ("a<br/>b", ["a", "b"]),
        ("<p>one</p><p>two</p>", ["one", "two"]),
        ('<img src="x.png" alt="a cat">', ["[image: a cat]"]),
        ("<div>\n<p align='center'>text</p>\n</div>", ["text"]),
        ("<!-- hidden -->\n\ntext", ["text"]),
    ],
)
def test_the_tags_of_browsers_are_taken_away(html: str, lines: list[str]) -> None:
    assert [text for text in shown(html) if text] == lines


def test_the_summary_and_the_text_of_details_are_both_shown() -> None:
    text = "\n".join(shown("<details>\n<summary>Click</summary>\n\n- a\n\n</details>"))
    assert "Click" in text
    assert "• a" in text


def test_the_cells_of_an_html_table_do_not_run_together() -> None:
    text = "\n".join(shown("<table><tr><td>0.91</td><td>0.87</td></tr></table>"))
    assert "0.91" in text
    assert "0.87" in text
    assert "0.910.87" not in text


def test_the_columns_of_a_table_are_aligned() -> None:
    assert shown("| a | long |\n|---|---|\n| 日本 | 1 |\n| x | 22 |") == ["a     long", "日本  1", "x     22"]


def test_a_break_within_a_table_cell_stays_within_its_line() -> None:
    lines = shown("| a | b |\n|---|---|\n| one<br>two | x |")
    assert [text for text in lines if "\n" in text] == []
    assert "one" in lines[1]
    assert "two" in "".join(lines)
    assert lines[0].index("b") == next(text for text in lines if "x" in text).index("x")


def test_a_wide_table_stays_in_one_line_a_row_and_names_its_header() -> None:
    row = " | ".join(["word"] * 40)
    lines = [line for line in render(f"| {row} |\n|{'---|' * 40}\n| {row} |", 54) if line.text]
    assert len(lines) == 2
    assert lines[1].head == lines[0]
    assert lines[0].table is not None
    assert lines[0].table.width == lines[0].width


def test_long_code_is_panned_and_not_broken() -> None:
    (line,) = render("```\n" + "x" * 300 + "\n```", 54)
    assert line.text.strip() == "x" * 300
    assert line.table is not None


def test_headings_bold_and_code_have_styles_of_their_own() -> None:
    lines = render("## Two\n\n### Three\n\n**bold** `code`", 76)
    assert styled(lines, "title") == ["Two"]
    assert styled(lines, "heading") == ["Three"]
    assert styled(lines, "strong") == ["bold"]
    assert styled(lines, "code") == ["code"]


def test_bold_within_slanted_text_ends_where_it_ends() -> None:
    lines = render("*a **b** c* d", 76)
    assert styled(lines, "strong") == ["b"]


@pytest.mark.parametrize("opening", ["> ", "- ", "* > "], ids=["quotes", "lists", "both"])
def test_deep_nesting_loses_no_word_and_fits_its_pane(opening: str) -> None:
    lines = render(opening * 60 + "deep words", 54)
    assert "deepwords" in "".join(text_of(lines).replace("│", "").replace("•", "").split())
    assert [line.width for line in lines if line.table is None and line.width > 54] == []


@pytest.mark.parametrize("entity", ["&#27;[31m", "&#x1b;", "&#x9b;", "&#x202e;", "&#8203;", "&#0;", "&NewLine;"])
@pytest.mark.parametrize("around", ["{}", "**{}**", "<p>{}</p>", "[a]({})", "| {} |\n|---|\n| {} |", "![{}](x)"])
def test_an_entity_smuggles_no_control_code(entity: str, around: str) -> None:
    text = "".join(shown(around.replace("{}", entity)))
    assert sorted({hex(ord(c)) for c in text if not harmless(c)}) == []


@pytest.mark.parametrize("text", ["[", "*", "`", "<", ">", "![", "_a", "<a ", "&", "|", "\\", "<!--"])
def test_ten_thousand_marks_of_a_kind_are_text(text: str) -> None:
    lines = render(f"begin {text * 5000} end", 76)
    assert lines[0].text.startswith("begin")
    assert [line.width for line in lines if line.table is None and line.width > 76] == []


@settings(max_examples=200)
@given(st.text(st.sampled_from("ab \n*_`[]()<>!|-#>~1.\\&;:\t日\x1b\u202e"), max_size=80))
def test_any_markdown_is_shown_without_control_codes_and_within_its_pane(markdown: str) -> None:
    lines = render(markdown, 40)
    assert [line.text for line in lines if line.table is None and line.width > 40] == []
    assert sorted({hex(ord(c)) for line in lines for c in line.text if not harmless(c)}) == []


@given(st.lists(st.text("abcxyz", min_size=1, max_size=12), min_size=1, max_size=60), st.integers(20, 90))
def test_every_word_of_a_paragraph_is_shown_in_order(words: list[str], cells: int) -> None:
    assert " ".join(shown(" ".join(words), cells)).split() == words


def test_a_paragraph_that_is_too_long_to_look_through_is_shown_as_it_stands() -> None:
    short, long = "**a** " * 800, "**a** [b](c\n" * 500
    assert "".join(shown(short)).count("*") == 0
    text = " ".join(shown(f"{long}\n\n*behind*"))
    assert (text.count("**a**"), text.count("[b](c"), "␊" in text) == (500, 500, False)
    assert text.endswith("behind")


@pytest.mark.parametrize(("columns", "rows"), [(5000, 10), (100, 2000), (1, 30_000)])
def test_a_table_of_too_many_cells_is_shown_as_it_stands(columns: int, rows: int) -> None:
    table = f"{'|a' * columns}|\n{'|-' * columns}|\n" + "|b|\n" * rows
    text = " ".join(shown(f"{table}\n*behind*"))
    assert text.startswith("|a|")
    assert text.replace(" ", "").count("|b|") == rows
    assert text.endswith("behind")


def test_a_table_behind_one_of_too_many_cells_is_one() -> None:
    table = f"{'|a' * 5000}|\n{'|-' * 5000}|\n" + "|b|\n" * 10
    assert shown(f"{table}\n| c | d |\n|---|---|\n| e | f |")[-2:] == ["c  d", "e  f"]
