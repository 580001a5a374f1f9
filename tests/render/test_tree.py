"""The rows of the tree: names that differ on the screen, values at the right edge."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.render.making import ESCAPES, MARKUP, styled
from tests.render.test_text import harmless
from tui.library.outline import Outline
from tui.library.scan import FolderFound
from tui.library.tree import Entry, Folder, Row
from tui.render.line import Line
from tui.render.text import visible, width
from tui.render.tree import TreeLines, shorten

SWEEP = [f"albert-base-v2-finetuned-ours-run-{i}" for i in range(1, 21)]
RATES = [
    f"bert-base-uncased-lr{rate}-finetuned-on-helpdesk-tickets-english" for rate in ("1e-5", "2e-5", "3e-5", "1e-4")
]
GRID = [f"roberta-base-helpdesk-routing-lr{rate}-bs{batch}-seed7" for rate in ("1e-5", "3e-5") for batch in (16, 32)]
ENDS = [f"{start}-model-that-was-finetuned-for-a-long-time" for start in ("albert", "bert", "roberta")]
VERSIONS = ["xlm-roberta-base-product-stars-en-v2", "xlm-roberta-base-product-stars-en-v2-long"]


def lines_of(
    names: Sequence[str], *, value: str = "0.9668", folders: Sequence[str] | None = None, depth: int = 1
) -> TreeLines:
    """Rows of read cards with these names, each in a folder of its own."""
    rows = []
    for index, name in enumerate(names):
        folder = Folder(folders[index] if folders else f"folder-{index}", "/x", None)
        entry = Entry("README.md", folder)
        entry.outline = Outline(name, value, is_card=True, has_problems=False)
        rows.append(Row(depth, entry))
    return TreeLines(rows)


def drawn(lines: TreeLines, cells: int) -> list[Line]:
    """Every line of the rows."""
    return [lines.line(i, cells) for i in range(len(lines))]


@pytest.mark.parametrize(
    "names",
    [SWEEP, RATES, GRID, ENDS, VERSIONS],
    ids=["run-4 and run-14", "the middle", "two places", "starts", "prefix"],
)
@pytest.mark.parametrize("cells", [22, 26, 32, 42, 60])
def test_names_that_nearly_agree_differ_on_the_screen(names: list[str], cells: int) -> None:
    texts = [line.text for line in drawn(lines_of(names), cells)]
    assert len(set(texts)) == len(names)


@pytest.mark.parametrize("cells", [20, 22, 26, 30, 32, 42, 80])
@pytest.mark.parametrize("depth", [0, 1, 3])
@pytest.mark.parametrize("value", ["", "0.9668", "36.239450722357", "[2]"])
def test_a_line_is_exactly_as_wide_as_asked_with_its_value_at_the_right_edge(
    cells: int, depth: int, value: str
) -> None:
    for line in drawn(lines_of([*SWEEP[:3], "a", "日本語" * 9], value=value, depth=depth), cells):
        assert line.width == cells
        if value and len(value) <= 10:
            assert line.text.endswith(f" {value}")


@pytest.mark.parametrize("depth", range(0, 11, 2))
@pytest.mark.parametrize("cells", [26, 32, 36, 42])
def test_a_deep_row_is_no_wider_than_others(depth: int, cells: int) -> None:
    for line in drawn(lines_of(SWEEP[:2], depth=depth), cells):
        assert line.width == cells


def test_a_long_value_is_cut_with_a_mark() -> None:
    (line,) = drawn(lines_of(["a"], value="36.239450722357"), 40)
    assert line.text.endswith("…")
    assert "36.239" in line.text


def test_deeper_rows_are_indented_further() -> None:
    (flat,), (deep,) = drawn(lines_of(["a"], depth=0), 40), drawn(lines_of(["a"], depth=2), 40)
    assert deep.text.index("a") > flat.text.index("a")


def test_a_short_name_is_shown_whole() -> None:
    assert "run-4 " in drawn(lines_of(["run-4"]), 32)[0].text


def test_cards_of_one_name_are_told_apart_by_their_folders() -> None:
    texts = [line.text for line in drawn(lines_of(["same", "same"], folders=["first", "second"]), 40)]
    assert "same (first)" in texts[0]
    assert "same (second)" in texts[1]


def test_a_name_of_its_own_has_no_folder_behind_it() -> None:
    assert "(" not in drawn(lines_of(["one", "two"]), 40)[0].text


def test_a_long_name_that_two_cards_share_still_shows_its_folder() -> None:
    texts = [line.text for line in drawn(lines_of([SWEEP[0]] * 2, folders=["seed-1", "seed-2"]), 32)]
    assert len(set(texts)) == 2


@pytest.mark.parametrize(
    ("outline", "mark", "style"),
    [
        (Outline("a", "0.5", is_card=True, has_problems=True), "?", "warning"),
        (Outline("a", "0.5", is_card=True, has_problems=False, severity="warning"), "▲", "warning"),
        (Outline("a", "0.5", is_card=True, has_problems=True, severity="error"), "×", "error"),
        (Outline("", "", is_card=False, has_problems=False, error="permission denied"), "×", "error"),
    ],
    ids=["problems", "warning", "error", "unreadable"],
)
def test_a_card_with_trouble_is_marked(outline: Outline, mark: str, style: str) -> None:
    entry = Entry("a.md", Folder("f", "/f", None))
    entry.outline = outline
    line = TreeLines([Row(1, entry)]).line(0, 40)
    assert mark in styled([line], style)
    if outline.error:
        assert "permission denied" in line.text


def test_a_file_that_is_no_card_is_dimmed() -> None:
    entry = Entry("notes.md", Folder("f", "/f", None))
    entry.outline = Outline("notes", "", is_card=False, has_problems=True)
    assert "notes" in styled([TreeLines([Row(1, entry)]).line(0, 40)], "dim")


def test_a_card_is_listed_before_it_was_read() -> None:
    line = TreeLines([Row(1, Entry("run-7.md", Folder("f", "/f", None)))]).line(0, 30)
    assert "run-7" in line.text
    assert line.width == 30


@pytest.mark.parametrize("cells", [16, 26, 40])
def test_a_folder_shows_how_many_cards_it_holds_at_the_right_edge(cells: int) -> None:
    folder = Folder("a-folder-with-a-rather-long-name", "/f", None)
    line = TreeLines([Row(0, folder, 1234)]).line(0, cells)
    assert line.text.startswith("▸ a-f")
    assert line.text.endswith(" 1,234")
    assert line.width == cells
    folder.is_open = True
    assert TreeLines([Row(0, folder, 1)]).line(0, cells).text.startswith("▾ ")


def test_a_folder_that_cannot_be_listed_says_why() -> None:
    folder = Folder("secret", "/f", None)
    folder.error = FolderFound("/f", ("secret",), (), "permission denied").error
    assert "secret – permission denied" in TreeLines([Row(0, folder)]).line(0, 60).text


@pytest.mark.parametrize("text", MARKUP)
def test_markup_stays_readable(text: str) -> None:
    assert text in drawn(lines_of([text], value=text[:10]), 40)[0].text
    assert text in TreeLines([Row(0, Folder(text, "/f", None))]).line(0, 40).text


def test_no_control_code_of_a_name_or_value_comes_through() -> None:
    lines = [
        *drawn(lines_of([ESCAPES], value="\x1b[2J"), 200),
        TreeLines([Row(0, Folder(ESCAPES, "/", None))]).line(0, 200),
    ]
    assert sorted({hex(ord(c)) for line in lines for c in line.text if not harmless(c)}) == []


@given(st.text(max_size=60), st.lists(st.text(max_size=60), max_size=2), st.integers(1, 40))
def test_a_shortened_name_fits(name: str, neighbours: list[str], cells: int) -> None:
    assert width(shorten(visible(name), cells, [visible(other) for other in neighbours])) <= cells


@given(st.text("abc-", min_size=9, max_size=40), st.integers(9, 60))
def test_a_shortened_name_is_a_name_or_tells_that_it_is_cut(name: str, cells: int) -> None:
    short = shorten(name, cells)
    start, mark, end = short.partition("…")
    if len(name) <= cells:
        assert short == name
    else:
        assert mark
        assert name.startswith(start)
        assert name.endswith(end)


@given(
    st.text("abcdef-", min_size=14, max_size=30),
    st.lists(st.integers(1, 99), min_size=2, max_size=2, unique=True),
    st.text("abcdef-", max_size=30),
    st.integers(20, 50),
)
def test_two_neighbours_that_differ_in_a_number_never_look_alike(
    start: str, numbers: list[int], end: str, cells: int
) -> None:
    one, other = (f"{start}{number}{end}" for number in numbers)
    assert shorten(one, cells, [other]) != shorten(other, cells, [one])
