"""Cells in aligned columns."""

from __future__ import annotations

import pytest

from tui.render.line import Line
from tui.render.tables import Column, grid, table


def columns() -> list[Column]:
    """A column of names and two of numbers."""
    return [
        Column("", [("Loss", ""), ("Accuracy", "")], numeric=False),
        Column("reported", [("1.0560", ""), ("0.55", "bad")]),
        Column("at epoch", [("14 / 20", ""), ("2 / 20", "dim")]),
    ]


def texts(lines: list[Line]) -> list[str]:
    """What a person reads."""
    return [line.text for line in lines]


def test_a_table_is_written_with_aligned_columns() -> None:
    assert texts(table(columns())) == [
        "            reported  at epoch",
        "  Loss        1.0560   14 / 20",
        "  Accuracy    0.55      2 / 20",
    ]


def test_numbers_stand_under_the_end_of_a_longer_heading_and_texts_under_its_start() -> None:
    made = table(
        [Column("number", [("1.5", ""), ("10", "")]), Column("text", [("a", ""), ("bcdefg", "")], numeric=False)]
    )
    assert texts(made) == ["  number  text", "     1.5  a", "    10    bcdefg"]


def test_the_lines_of_a_table_share_one_shape_which_is_as_wide_as_the_widest() -> None:
    lines = table(columns())
    assert len({line.table for line in lines}) == 1
    shape = lines[0].table
    assert shape is not None
    assert shape.width == max(line.width for line in lines)


def test_no_line_ends_in_blanks() -> None:
    lines = table([Column("name", [("a", ""), ("b", "")], numeric=False), Column("note", [("", ""), ("x", "")])])
    assert [text for text in texts(lines) if text != text.rstrip()] == []


def test_columns_begin_where_the_table_may_be_cut() -> None:
    lines = table(columns(), fixed_columns=1)
    shape = lines[0].table
    assert shape is not None
    assert shape.fixed == len("  Accuracy  ")
    assert shape.stops[-2:] == (shape.fixed, shape.fixed + len("reported  "))


def test_every_row_names_its_header_and_the_header_none() -> None:
    header, *rows = table(columns())
    assert header.head is None
    assert [row.head for row in rows] == [header, header]


def test_a_table_without_rows_is_its_header() -> None:
    assert texts(table([Column("Epoch", []), Column("Step", [])])) == ["  Epoch  Step"]


def test_wide_characters_keep_their_column() -> None:
    lines = table([Column("", [("日本", ""), ("ab", "")], numeric=False), Column("x", [("1", ""), ("2", "")])])
    assert texts(lines)[1:] == ["  日本  1", "  ab    2"]


@pytest.mark.parametrize("count", [1, 60], ids=["one column", "sixty columns"])
def test_any_number_of_columns_fits_into_one_line_each(count: int) -> None:
    lines = table([Column(f"c{i}", [(f"{i}.5", "")]) for i in range(count)])
    assert len(lines) == 2
    assert lines[1].text.split() == [f"{i}.5" for i in range(count)]


PAIRS = [("learning_rate", "3e-05"), ("seed", "42"), ("num_epochs", "5"), ("train_batch_size", "32")]


@pytest.mark.parametrize("cells", [30, 54, 76, 90, 200])
def test_a_grid_holds_every_pair_and_fits(cells: int) -> None:
    lines = grid(PAIRS, cells)
    assert [line.text for line in lines if line.width > cells] == []
    words = " ".join(texts(lines)).split()
    assert sorted(words) == sorted(word for pair in PAIRS for word in pair)


def test_a_grid_for_a_pipe_is_one_pair_a_line() -> None:
    assert [line.text.split() for line in grid(PAIRS, None)] == [list(pair) for pair in PAIRS]


def test_a_wide_pane_shows_pairs_side_by_side() -> None:
    assert len(grid(PAIRS, 76)) == 2
    assert len(grid(PAIRS, 30)) == 4
