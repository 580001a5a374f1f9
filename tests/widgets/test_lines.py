"""A framed pane of lines."""

from __future__ import annotations

import pytest
from textual import events
from textual.geometry import Region

from tests.widgets.alone import alone
from tui.render.line import Line, line
from tui.render.tables import Column, table
from tui.widgets.detail import DetailPane
from tui.widgets.lines import Fixed, LinesPane, take


def numbered(count: int) -> Fixed:
    return Fixed([line(f"line {number}") for number in range(count)])


async def test_a_pane_has_a_frame_with_a_title_that_is_text() -> None:
    pane = LinesPane(id="pane", title="Title [MASK] [/]")
    pane.subtitle = "[red]sub[/]"
    async with alone(pane) as (app, _):
        pane.show_lines(Fixed([line("[bold]text[/] [/]")]))
        lines = app.lines()
    assert lines[0] == "╭─ Title [MASK] [/] ───────────────────╮"
    assert lines[1] == "│ [bold]text[/] [/]                    │"
    assert lines[2] == "│                                      │"
    assert lines[-1] == "╰──────────────────────── [red]sub[/] ─╯"


async def test_a_line_that_is_too_long_is_cut_with_a_mark() -> None:
    pane = LinesPane(id="pane")
    async with alone(pane, (20, 4)) as (app, _):
        pane.show_lines(Fixed([line("a line of many words that goes on")]))
        assert app.lines()[1] == "│ a line of many … │"


async def test_the_thumb_shows_where_one_is() -> None:
    pane = LinesPane(id="pane")
    async with alone(pane) as (app, _):
        pane.show_lines(numbered(80))
        assert [text[-1] for text in app.lines()[1:-1]] == ["┃", *"│││││││"]
        pane.scroll_top(1000)
        assert [text[-1] for text in app.lines()[1:-1]] == [*"│││││││", "┃"]
        assert "line 79" in app.lines()[8]


async def test_only_cells_that_changed_are_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    pane = LinesPane(id="pane")
    async with alone(pane) as (_, pilot):
        pane.show_lines(numbered(5))
        await pilot.pause()
        drawn: list[Region] = []
        monkeypatch.setattr(pane, "refresh", lambda *regions: drawn.extend(regions))
        pane.show_lines(Fixed([*numbered(4).lines, line("other")]))
    assert drawn == [Region(2, 5, 36, 1)]


async def test_the_mouse_wheel_scrolls() -> None:
    pane = DetailPane(id="pane")
    async with alone(pane) as (app, pilot):
        pane.show_lines(numbered(30))
        await pilot._post_mouse_events([events.MouseScrollDown], pane, offset=(5, 5))
        await pilot.pause()
        assert "line 3" in app.lines()[1]


async def test_a_wide_table_is_cut_between_columns_and_panned_by_them() -> None:
    columns = [Column(name, [("1.2345", "")] * 2) for name in ("first", "second", "third", "fourth", "fifth", "sixth")]
    pane = LinesPane(id="pane")
    async with alone(pane) as (app, _):
        pane.show_lines(Fixed(table(columns, fixed_columns=1)))
        assert app.lines()[1] == "│    first  second   third  fourth   … │"
        pane.pan_steps = 2
        pane.repaint()
        assert app.lines()[2] == "│   1.2345  1.2345  1.2345  1.2345     │"
        assert app.lines()[1] == "│    first  fourth   fifth   sixth     │"


async def test_hits_are_marked_wherever_styles_change() -> None:
    pane = LinesPane(id="pane")
    async with alone(pane) as (app, _):
        pane.hit_words = "wordsearch"
        pane.show_lines(Fixed([Line((("a Word", "strong"), ("Search b", "")))]))
        strip = app.screen._compositor.render_strips()[1]
        hit = pane.style_of("hit")
        assert "".join(s.text for s in strip if s.style and s.style.bgcolor == hit.bgcolor) == "WordSearch"


def test_take_cuts_wide_characters_whole() -> None:
    assert take([("日本語", "x")], 0, 5) == [("日本", "x")]
    assert take([("ab", ""), ("cd", "x")], 1, 2) == [("b", ""), ("c", "x")]
