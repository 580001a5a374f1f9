"""The prompt: completion while typing, and errors that point at what is wrong."""

from __future__ import annotations

from textual.widgets import Input

from tests.widgets.alone import alone
from tui.judge.query import Completion, QueryError
from tui.widgets.prompt import Prompt

OFFERS = [Completion("f1", 12, 6, 7), Completion("fn", 3, 6, 7)]


def typed(prompt: Prompt) -> tuple[str, int]:
    field = prompt.query_one(Input)
    return field.value, field.cursor_position


async def test_tab_takes_the_first_way_to_go_on_and_then_the_next() -> None:
    prompt = Prompt("filter", "lr>1 -f z")
    async with alone(prompt, (60, 6)) as (app, pilot):
        prompt.offer(OFFERS)
        await pilot.pause()
        assert "f1 12" in "\n".join(app.lines())
        await pilot.press("tab")
        assert typed(prompt) == ("lr>1 -f1 z", 8)
        prompt.offer([])  # what the screen offers for the new text
        await pilot.press("tab")
        assert typed(prompt) == ("lr>1 -fn z", 8)
        await pilot.press("tab", "shift+tab")
        assert typed(prompt) == ("lr>1 -fn z", 8)


async def test_typing_goes_on_from_what_was_taken() -> None:
    prompt = Prompt("filter", "lr>1 -f")
    async with alone(prompt, (60, 6)) as (_app, pilot):
        prompt.offer(OFFERS)
        await pilot.press("tab", "greater_than_sign", "1")
        assert typed(prompt) == ("lr>1 -f1>1", 10)
        prompt.offer([Completion("f1>1.0", 1, 6, 10)])
        await pilot.press("tab")
        assert typed(prompt) == ("lr>1 -f1>1.0", 12)


async def test_an_error_stands_above_what_is_typed() -> None:
    prompt = Prompt("filter", "lr>[red]")
    async with alone(prompt, (90, 6)) as (app, pilot):
        prompt.refuse(QueryError("[red] is no number", 3, 8))
        await pilot.pause()
        assert [line.strip().split("    ")[0] for line in app.lines() if "no number" in line] == [
            "× [red] is no number"
        ]
        prompt.offer(OFFERS)
        await pilot.pause()
        assert not any("no number" in line for line in app.lines())


async def test_without_hints_it_is_one_line() -> None:
    prompt = Prompt("search", "words")
    async with alone(prompt, (60, 6)) as (_app, pilot):
        await pilot.pause()
        assert prompt.size.height == 1
        await pilot.press("tab")
        assert typed(prompt)[0] == "words"
