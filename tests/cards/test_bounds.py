"""Cards that are larger in some way than any: what is read of them, and that the rest is told."""

from __future__ import annotations

import pytest

from tests.cards.making import codes, front, read_text, trainer_card
from tui.cards.bounds import MOST_ALIKE, MOST_CELLS, MOST_COLUMNS, MOST_LINES, MOST_PROSE
from tui.cards.model import Card


def history(card: Card) -> tuple[int, int]:
    """Columns and rows."""
    return len(card.history.columns), len(card.history.rows)


def with_lines(count: int) -> str:
    head = trainer_card()
    return head + "x\n" * (count - head.count("\n"))


def test_as_many_lines_are_read_as_a_card_may_have() -> None:
    card = read_text(with_lines(MOST_LINES))
    assert "too-many-lines" not in dict(codes(card))
    assert card.text.count("\n") == MOST_LINES


def test_of_more_lines_the_first_are_read_and_the_others_told() -> None:
    card = read_text(with_lines(MOST_LINES + 3))
    assert ("too-many-lines", MOST_LINES + 1) in codes(card)
    assert (history(card), card.text.count("\n") + 1) == ((5, 3), MOST_LINES)


@pytest.mark.parametrize(("columns", "wanted"), [(MOST_COLUMNS, []), (MOST_COLUMNS + 1, ["table-too-large"])])
def test_a_table_has_so_many_columns(columns: int, wanted: list[str]) -> None:
    names = [f"m{i}" for i in range(columns)]
    card = read_text(trainer_card(columns=names, rows=[["1"] * columns]))
    assert [code for code, _ in codes(card) if code == "table-too-large"] == wanted
    assert history(card) == ((columns, 1) if not wanted else (0, 0))


def test_a_table_has_so_many_cells_and_the_line_of_the_first_row_that_is_not_read_is_told() -> None:
    most = MOST_CELLS // 4
    columns = ("Training Loss", "Epoch", "Step", "Validation Loss")
    text = trainer_card(columns=columns, rows=[["0.5", "1.0", str(i), "0.5"] for i in range(most + 2)])
    card = read_text(text)
    assert history(card) == (4, most)
    (line,) = (line for code, line in codes(card) if code == "table-too-large")
    assert text.split("\n")[line - 1].startswith(f"| 0.5 | 1.0 | {most} |")


def test_prose_beyond_the_bound_is_marked_as_source_and_told_at_its_section() -> None:
    text = trainer_card().replace("More information needed", "word " * (MOST_PROSE // 5) + "\n\n## Second\n\n*more*")
    card = read_text(text)
    assert [(section.title, section.as_source) for section in card.sections][:2] == [
        ("Model description", False), ("Second", True)
    ]  # fmt: skip
    (line,) = (line for code, line in codes(card) if code == "prose-too-large")
    assert text.split("\n")[line - 1] == "## Second"


def test_problems_of_one_code_are_told_up_to_a_number_and_the_last_says_how_many_more_there_are() -> None:
    rows = [["0.5"]] * (MOST_ALIKE + 1234)
    card = read_text(trainer_card(rows=rows, results=()))
    ragged = [problem for problem in card.problems if problem.code == "ragged-row"]
    assert len(ragged) == MOST_ALIKE
    assert ragged[-1].message.endswith("; and 1,234 more like it")
    assert "more like it" not in ragged[-2].message


def test_keys_of_broken_metadata_are_read_alone_up_to_a_number() -> None:
    keys = "\n".join(f"k{i}: v" for i in range(2000))
    card = read_text(front(f"license: mit\nbad: x: y\n{keys}") + "# m\n")
    assert card.metadata.license == "mit"
    assert ("yaml-error", 1002) in codes(card)
    assert "k990" in card.metadata.values
    assert "k1100" not in card.metadata.values


def test_a_list_without_an_end_is_not_looked_at_to_its_end() -> None:
    card = read_text(front("license: mit\na: [" + "x," * 300_000 + "]\nb: c") + "# m\n")
    assert [code for code, _ in codes(card)] == ["yaml-error"]
    assert (card.metadata.license, card.metadata.values.get("b")) == ("mit", "c")


def test_aliases_within_aliases_are_as_deep_as_brackets() -> None:
    chain = "\n".join(f"a{i}: &a{i} [{f'*a{i - 1}' if i else 'x'}]" for i in range(3000))
    card = read_text(front(f"license: mit\n{chain}") + "# m\n")
    assert card.metadata.license == "mit"
    assert {code for code, _ in codes(card)} == {"yaml-error"}
