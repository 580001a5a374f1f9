"""Panes of rows with a cursor: the tree and the list to pick from."""

from __future__ import annotations

import pytest

from tests.widgets.alone import Alone, alone
from tui.messages import Picked, RowActivated, RowHighlighted
from tui.render.line import line
from tui.widgets.lines import Fixed
from tui.widgets.picker import PickPane
from tui.widgets.tree import TreePane


def highlighted(app: Alone) -> list[int]:
    return [message.index for message in app.heard if isinstance(message, RowHighlighted)]


@pytest.mark.parametrize(
    ("keys", "row"),
    [
        (["down", "j"], 2),
        (["down", "k"], 0),
        (["end"], 99),
        (["G", "g"], 0),
        (["pagedown"], 7),
        (["pagedown", "pageup"], 0),
        (["up"], 0),
        (["G", "down"], 99),
    ],
    ids=str,
)
async def test_keys_move_the_cursor_and_it_stays_in_sight(keys: list[str], row: int) -> None:
    pane = TreePane(id="tree")
    async with alone(pane) as (app, pilot):
        pane.show_rows(Fixed([line(f"row {number}") for number in range(100)]), 0)
        await pilot.press(*keys)
        assert pane.cursor == row
        assert any(text[2:].startswith(f"row {row} ") for text in app.lines())
        assert (highlighted(app) or [0])[-1] == row


@pytest.mark.parametrize(
    ("key", "what"), [("enter", "open"), ("right", "expand"), ("l", "expand"), ("left", "collapse"), ("h", "collapse")]
)
async def test_a_row_is_chosen_on_its_keys(key: str, what: str) -> None:
    pane = TreePane(id="tree")
    async with alone(pane) as (app, pilot):
        pane.show_rows(Fixed([line("a"), line("b")]), 1)
        await pilot.press(key)
        assert [(m.index, m.what) for m in app.heard if isinstance(m, RowActivated)] == [(1, what)]


async def test_a_click_moves_the_cursor_and_a_double_click_chooses() -> None:
    pane = TreePane(id="tree")
    async with alone(pane) as (app, pilot):
        pane.show_rows(Fixed([line(f"row {number}") for number in range(5)]), 0)
        await pilot.click(pane, offset=(5, 3))
        assert pane.cursor == 2
        await pilot.double_click(pane, offset=(5, 4))
        assert [m.index for m in app.heard if isinstance(m, RowActivated)] == [3]


async def test_other_rows_keep_the_cursor_at_its_place_on_the_screen() -> None:
    pane = TreePane(id="tree")
    async with alone(pane) as (app, _):
        pane.show_rows(Fixed([line(f"row {number}") for number in range(100)]), 50)
        place = next(y for y, text in enumerate(app.lines()) if "row 50" in text)
        pane.show_rows(Fixed([line(f"row {number}") for number in range(20, 200)]), 30)
        assert "row 50" in app.lines()[place]


async def test_marked_entries_are_picked_else_the_one_under_the_cursor() -> None:
    pane = PickPane(["Loss", "[F1]", "Recall"], [], id="pick", title="Pick")
    async with alone(pane) as (app, pilot):
        await pilot.press("down", "enter")
        await pilot.press("up", "space", "down", "space")
        assert [text[2:12] for text in app.lines()[1:4]] == ["● Loss    ", "○ [F1]    ", "● Recall  "]
        await pilot.press("enter")
        assert [list(m.indices) for m in app.heard if isinstance(m, Picked)] == [[1], [0, 2]]
