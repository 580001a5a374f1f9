"""Headings, bullets and tables of a body, and what only looks like them."""

from __future__ import annotations

import pytest

from tui.cards.body import Body, Table, scan, split_row

TABLE = "| a | b |\n|---|---|\n| 1 | 2 |"


def body(text: str) -> Body:
    return scan(text.split("\n"), 0)


def headings(text: str) -> list[tuple[str, int]]:
    return [(part.title, part.level) for part in body(text).parts if part.level]


def tables(text: str) -> list[Table]:
    found = body(text)
    return [table for part in found.parts for table in found.tables(part.start, part.end)]


def bullets(text: str) -> list[tuple[str, str]]:
    found = body(text)
    return [(bullet.name, bullet.value) for bullet in found.bullets(0, len(found.lines))]


@pytest.mark.parametrize(
    ("text", "title", "level"),
    [
        ("# One", "One", 1),
        ("###### Six", "Six", 6),
        ("## Closed ##", "Closed", 2),
        ("##  Wide  ", "Wide", 2),
        ("   ## Indented", "Indented", 2),
        ("## C#", "C#", 2),
        ("## a # b", "a # b", 2),
        ("#\tTab", "Tab", 1),
        ("##", "", 2),
        ("Title\n=====", "Title", 1),
        ("Title\n---", "Title", 2),
        ("Words.\n\nTitle\n==", "Title", 1),
        ("<h1>Title</h1>", "Title", 1),
        ('  <H2 align="center"> <b>Title</b> </H2>  ', "Title", 2),
    ],
)
def test_headings_of_both_styles_are_found(text: str, title: str, level: int) -> None:
    assert headings(text) == [(title, level)]


@pytest.mark.parametrize(
    "text",
    [
        "#tag",
        "####### seven",
        "    # code",
        "\\# escaped",
        "```\n# code\n```",
        "~~~\n# code\n~~~",
        "````\n```\n# code\n```\n````",
        "```python\n# code\n```",
        "<!-- # no -->",
        "<!--\n# no\n-->",
        "\n---\n",
        "words\n\n---\n",
        "- item\n---",
        "> quote\n---",
        "===",
        '<h1 align="center"><img src="logo.png"></h1>',
        "<h1>Title",
        "<h1>Title</h2>",
        "<hr>",
    ],
)
def test_what_only_looks_like_a_heading_is_none(text: str) -> None:
    assert headings(text) == []


def test_a_heading_behind_a_closed_fence_or_comment_is_found() -> None:
    assert headings("```\n# a\n```\n# b\n<!-- # c\n-->\n# d") == [("b", 1), ("d", 1)]


@pytest.mark.parametrize(
    ("opening", "code"),
    [("```python", "fence-unclosed"), ("~~~~", "fence-unclosed"), ("<!-- to do", "comment-unclosed")],
)
def test_what_is_never_closed_hides_no_more_than_its_section(opening: str, code: str) -> None:
    found = body(f"# a\n\n{opening}\n# code\n\n## b\n\n- x: 1\n\n## c")
    assert [part.title for part in found.parts if part.level] == ["a", "b", "c"]
    assert [(problem.code, problem.line) for problem in found.problems] == [(code, 3)]
    assert "never closed" in found.problems[0].message
    assert [bullet.name for bullet in found.bullets(0, len(found.lines))] == ["x"]


CODE = "```\n# code\n```"
NOTE = "<!-- note -->"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"# a\n```\nx\n\n## b\n\n{CODE}\n\n## c", 2),
        (f"# a\n```\nx\n\n## b\n\n{CODE}\n\n## c\n\n{CODE}", 2),
        (f"# a\n{CODE}\n\n```\nx\n\n## b\n{CODE}\n\n## c", 6),
        (f"# a\n<!--\nx\n\n## b\n\n{NOTE}\n\n## c", 2),
        (f"# a\n{NOTE}\n<!--\nx\n\n## b\n\n{NOTE}\n\n## c\n\n{NOTE}", 3),
    ],
)
def test_what_is_never_closed_does_not_end_where_another_one_begins(text: str, line: int) -> None:
    found = body(text)
    assert [part.title for part in found.parts if part.level] == ["a", "b", "c"]
    assert [problem.line for problem in found.problems] == [line]


@pytest.mark.parametrize(
    "text", ["```markdown\n## a\n```\n```\nx", "<!--\n## a\n-->\n\n```\nx", "<!--\n## a\n-->\n<!-- b -->\n\n~~~\nx"]
)
def test_a_heading_within_a_closed_fence_or_comment_stays_hidden(text: str) -> None:
    found = body(text)
    assert [part.title for part in found.parts if part.level] == []
    assert [(problem.code, problem.line) for problem in found.problems] == [("fence-unclosed", text.count("\n"))]


def test_a_fence_on_the_last_line_hides_nothing_and_is_no_problem() -> None:
    assert body("# a\n\n```\n\n").problems == []


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("line", ["```python", "<!--", "~~~", "## x\n```a", "````````\n## x"])
def test_many_fences_that_are_never_closed_are_read_at_once(line: str) -> None:
    assert len(body(f"{line}\n" * 20_000 + "```b").problems) <= 4


def test_a_comment_mark_within_a_line_of_words_hides_nothing_below_it() -> None:
    assert headings("Write `<!--` to begin a comment.\n\n## Next") == [("Next", 2)]


def test_a_part_ends_where_the_next_one_begins() -> None:
    found = body("above\n\n# One\n\nfirst\n\nTwo\n---\nsecond")
    assert [(part.title, found.rest(part)) for part in found.parts] == [
        ("", "above"),
        ("One", "first"),
        ("Two", "second"),
    ]


@pytest.mark.parametrize("text", ["# a" + " " * 20_000 + "b", "## " + "# " * 10_000 + "b"], ids=["blanks", "hashes"])
@pytest.mark.usefixtures("at_once")
def test_a_heading_made_to_take_long_is_read_at_once(text: str) -> None:
    assert len(headings(text)) == 1


@pytest.mark.parametrize(
    "text",
    ["a|b\n---" + " " * 50_000 + "x", "a|b\n" + "-|" * 20_000 + "x", "a|b\n|" + " " * 50_000],
    ids=["blanks", "cells", "one"],
)
@pytest.mark.usefixtures("at_once")
def test_a_delimiter_row_made_to_take_long_is_read_at_once(text: str) -> None:
    assert tables(text) == []


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("| a | b |", ("a", "b")),
        ("a | b", ("a", "b")),
        ("| a | b", ("a", "b")),
        ("|a|b|", ("a", "b")),
        ("| a |  | c |", ("a", "", "c")),
        ("| | b |", ("", "b")),
        (r"| a \| b | c |", ("a | b", "c")),
        (r"| a \|", ("a |",)),
        ("| [1, 2]| c |", ("[1, 2]", "c")),
        ("  | a | b |  ", ("a", "b")),
    ],
)
def test_a_row_is_split_at_its_pipes_but_the_escaped_ones(line: str, cells: tuple[str, ...]) -> None:
    assert split_row(line) == cells


@pytest.mark.parametrize("delimiter", ["|---|---|", "|:-:|--:|", "--- | ---", "| --- | --- |", "|-|-|", "|:---|---"])
def test_every_delimiter_row_makes_a_table(delimiter: str) -> None:
    (found,) = tables(f"words\n\n| a | b |\n{delimiter}\n| 1 | 2 |\n| 3 |\n\nwords | here")
    assert found.columns == ("a", "b")
    assert [(index, cells) for index, cells in found.rows] == [(4, ("1", "2")), (5, ("3",))]


@pytest.mark.parametrize(
    "text",
    [
        f"```\n{TABLE}\n```",
        f"~~~\n{TABLE}\n~~~",
        f"<!--\n{TABLE}\n-->",
        f"<!-- x\n\n{TABLE}\n\n-->",
        "| a | b |\n| 1 | 2 |",
        "| a | b |\n|---|\n| 1 | 2 |",
        "a\n---\nb",
        "| a | b |",
    ],
)
def test_what_only_looks_like_a_table_is_none(text: str) -> None:
    assert tables(text) == []


def cells(text: str) -> list[tuple[str, ...]]:
    """The rows of the only table of a text with three columns."""
    (found,) = tables(f"| a | b | c |\n|---|---|---|\n{text}\n\nwords")
    return [row for _, row in found.rows]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("| 1 | x\ny | 3 |", [("1", "x\ny", "3")]),
        ("| 1 | x\n\n  y\n\n | 3 |\n| 4 | 5 | 6 |", [("1", "x\n\n  y", "3"), ("4", "5", "6")]),
        ("| 1 | x\n| 3 |", [("1", "x", "3")]),
        ("| 1\n2 | x\ny | 3 |\n| 4 | 5 | 6 |", [("1\n2", "x\ny", "3"), ("4", "5", "6")]),
        ("| 1 | x\ny |\nz | 3 |", [("1", "x"), ("y",), ("z", "3")]),
        (r"| 1 | x \| w" + "\ny | 3 |", [("1", "x | w\ny", "3")]),
        ("| 1 | x\ny |", [("1", "x"), ("y",)]),
        ("| 1 | x\ny | 3 | 4 |", [("1", "x"), ("y", "3", "4")]),
        ("| 1 | 2 |\ny | 3 |", [("1", "2"), ("y", "3")]),
        ("1 | x\ny | 3 |", [("1", "x"), ("y", "3")]),
        ("| 1 | x\n| 4 | 5 | 6 |", [("1", "x"), ("4", "5", "6")]),
        ("| 1 | x\n```\ny | 3 |\n```", [("1", "x")]),
        ("| 1 | x" + "\ny" * 300 + " | 3 |", [("1", "x")]),
    ],
)
def test_a_cell_of_several_lines_is_read_where_its_row_becomes_exactly_whole(
    text: str, rows: list[tuple[str, ...]]
) -> None:
    assert cells(text) == rows


def test_the_rows_behind_a_cell_of_several_lines_keep_their_lines() -> None:
    (found,) = tables("| a | b |\n|---|---|\n| x\ny | 2 |\n| 3 | 4 |\n\nwords")
    assert [index for index, _ in found.rows] == [2, 4]
    assert found.end == 5


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("line", ["| x", "| x\ny", "| x\n\ny |"])
def test_a_table_of_short_rows_is_read_at_once(line: str) -> None:
    header = "| a " * 500 + "|\n" + "|---" * 500 + "|\n"
    assert tables(header + f"{line}\n" * 20_000)


def test_a_table_without_rows_has_columns() -> None:
    (found,) = tables("| a | b |\n|---|---|\n\nwords")
    assert (found.columns, found.rows) == (("a", "b"), ())


def test_every_table_of_a_part_is_found() -> None:
    assert [table.columns for table in tables(f"{TABLE}\n\nwords\n\n| c |\n|---|\n| 3 |")] == [("a", "b"), ("c",)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- a: 1\n- b: 2", [("a", "1"), ("b", "2")]),
        ("* a: 1\n+ b: 2", [("a", "1"), ("b", "2")]),
        ("words:\n\n- a: 1\n\nend\n\n- b: 2", [("a", "1")]),
        ("- a: 1\n\n- b: 2", [("a", "1"), ("b", "2")]),
        ("- a: b: c", [("a", "b: c")]),
        ("- a", [("a", "")]),
        ("- a:", [("a", "")]),
        ("- **a**: 1\n- `b`: 2", [("a", "1"), ("b", "2")]),
        ("- a: first\n  second\n- b: 2", [("a", "first second"), ("b", "2")]),
        ("- a: first\nsecond\n\nwords", [("a", "first second")]),
        ("1. a: 1\n2. b: 2\n10) c: 3", [("a", "1"), ("b", "2"), ("c", "3")]),
        ("- a: 1\n    - b: 2\n\t* c: 3\n- d: 4", [("a", "1"), ("b", "2"), ("c", "3"), ("d", "4")]),
        ("- a:\n  - b: 2", [("a", ""), ("b", "2")]),
        ("    - a: 1", []),
        ("2022. a: 1\n3.5: x", [("a", "1 3.5: x")]),
        ("- learning_rate_: 1", [("learning_rate_", "1")]),
        ("-a: 1", []),
        ("words", []),
        ("```\n- a: 1\n```", []),
        ("<!--\n- a: 1\n-->", []),
    ],
)
def test_the_first_list_of_names_and_values_is_read(text: str, found: list[tuple[str, str]]) -> None:
    assert bullets(text) == found
