"""The runs table, key by key."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.cards.making import trainer_card
from tests.screens.driving import SAMPLES, Driver, explorer
from tests.screens.test_compare import Terminal
from tui.library.chosen_columns import read_columns
from tui.screens.explorer import ExplorerScreen
from tui.screens.runs import RunsScreen
from tui.widgets.runs import RunsPane


@pytest.fixture(autouse=True)
def state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path_factory.mktemp("state")
    monkeypatch.setenv("XDG_STATE_HOME", str(folder))
    return folder / "cardtui" / "columns.json"


def sweep(folder: Path) -> Path:
    """Four runs of which the best by accuracy, by F1 and by loss are different ones."""
    for name, loss, accuracy, f1, rate in (
        ("alpha", "0.9", "0.71", "0.60", "1e-05"),
        ("beta", "0.5", "0.93", "0.70", "2e-05"),
        ("gamma", "0.2", "0.82", "0.65", "1e-05"),
        ("delta", "0.7", "0.64", "0.88", "5e-05"),
    ):
        text = trainer_card(title=f"# {name}", results=(f"Loss: {loss}", f"Accuracy: {accuracy}", f"F1: {f1}"), rows=())
        (folder / f"{name}.md").write_text(text.replace("learning_rate: 5e-05", f"learning_rate: {rate}"))
    return folder


def order(driver: Driver) -> list[str]:
    """The names of the runs on the screen, top to bottom."""
    names = ("alpha", "beta", "gamma", "delta")
    words = [line.split() for line in driver.lines()]
    return [name for line in words for name in names if name in line[:4]]


def under_cursor(driver: Driver) -> str:
    pane = driver.app.screen.query_one(RunsPane)
    return driver.lines()[pane.region.y + 2 + pane.cursor - pane.top]


async def table(driver: Driver) -> None:
    """Wait until every card was read, then open the table."""
    await driver.lacks("reading")
    await driver.press("t")
    await driver.shows("4 of 4")


async def test_the_best_run_by_the_headline_takes_one_key(tmp_path: Path) -> None:
    async with explorer(sweep(tmp_path)) as driver:
        await driver.shows("0.93", "0.64")
        await driver.press("t")
        await driver.shows("runs", "4 of 4", "sorted by Accuracy ▼", "★0.93")
        assert order(driver) == ["beta", "gamma", "alpha", "delta"]
        assert "beta" in under_cursor(driver)


async def test_the_best_run_by_another_metric_takes_two(tmp_path: Path) -> None:
    async with explorer(sweep(tmp_path)) as driver:
        await driver.shows("0.93", "0.64")
        await driver.press("t", "left_square_bracket")
        await driver.shows("sorted by loss ▲")
        assert order(driver) == ["gamma", "beta", "delta", "alpha"]
        assert "gamma" in under_cursor(driver)
        await driver.press("m")
        await driver.shows("Metric that stands for every run", "each run's own headline")
        await driver.press("up", "enter")
        await driver.shows("sorted by f1 ▼")
        assert "delta" in under_cursor(driver)


async def test_columns_sort_both_ways_and_give_the_folders_order_back(tmp_path: Path) -> None:
    async with explorer(sweep(tmp_path)) as driver:
        await driver.shows("0.93", "0.64")
        await table(driver)
        await driver.press("right", "s")
        await driver.shows("sorted by loss ▲")
        assert order(driver)[0] == "gamma"
        await driver.press("S")
        await driver.shows("sorted by loss ▼")
        assert order(driver)[0] == "alpha"
        await driver.press("s")
        await driver.lacks("sorted by")
        assert order(driver) == ["alpha", "beta", "delta", "gamma"]


async def test_a_filter_acts_as_one_types_and_keeps_the_last_that_could_be_read(tmp_path: Path) -> None:
    async with explorer(sweep(tmp_path)) as driver:
        await driver.shows("0.93", "0.64")
        await table(driver)
        await driver.press("f", *"acc")
        await driver.shows("Tab", "accuracy 4")
        await driver.press("tab", "greater_than_sign", *"0.8")
        await driver.shows("2 of 4", "filter: accuracy>0.8")
        assert order(driver) == ["beta", "gamma"]
        await driver.press("space", *"lr", "greater_than_sign", "x")
        await driver.shows("x is no number")
        await driver.press("enter")
        await driver.shows("x is no number")
        await driver.press("backspace", *"1e-5", "enter")
        await driver.shows("1 of 4")
        assert order(driver) == ["beta"]
        await driver.press("f", "space", "z", "z")
        await driver.shows("No run matches")
        await driver.press("escape")
        await driver.shows("1 of 4")


async def test_groups_open_and_close(tmp_path: Path) -> None:
    async with explorer(sweep(tmp_path)) as driver:
        await driver.shows("0.93", "0.64")
        await table(driver)
        await driver.press("b")
        await driver.shows("Group by", "no groups", "lr")
        while "lr" not in driver.lines()[await _marked_row(driver)]:
            await driver.press("down")
        await driver.press("enter")
        await driver.shows("by lr", "▸ 2e-05", "▸ 1e-05", "▸ 5e-05", "Enter open")
        assert order(driver) == []
        await driver.press("space")
        await driver.shows("This is a group; Enter shows its runs.")
        await driver.press("down", "right")
        await driver.shows("▾ 1e-05", "alpha", "gamma", "Enter close")
        assert order(driver) == ["gamma", "alpha"]
        await driver.press("left")
        await driver.shows("▸ 1e-05")


async def _marked_row(driver: Driver) -> int:
    pane = driver.app.screen.query_one("#choice")
    return pane.region.y + 1 + pane.cursor - pane.top  # type: ignore[attr-defined,no-any-return]


async def test_runs_are_selected_for_the_tree_too_and_compared(tmp_path: Path) -> None:
    async with explorer(sweep(tmp_path)) as driver:
        await driver.shows("0.93", "0.64")
        await table(driver)
        await driver.press("space", "space")
        await driver.shows("● beta", "● gamma")
        await driver.press("d")
        await driver.shows("A beta", "B gamma", "only what differs")
        await driver.press("escape", "escape")
        text = await driver.shows("●  beta")
        assert "●  gamma" in text
        assert isinstance(driver.app.screen, ExplorerScreen)


async def test_notes_do_not_pile_up_over_the_screen(tmp_path: Path) -> None:
    async with explorer(sweep(tmp_path)) as driver:
        await driver.shows("0.93", "0.64")
        await table(driver)
        for _ in range(5):
            await driver.press("d")
        await driver.shows("Select a run with Space")
        assert len(driver.app.screen.query("Toast")) == 2


async def test_enter_goes_to_the_card_and_the_table_is_found_as_it_was_left(tmp_path: Path) -> None:
    async with explorer(sweep(tmp_path)) as driver:
        await driver.shows("0.93", "0.64")
        await table(driver)
        await driver.press("T", "down", "enter")
        await driver.shows("─ gamma ─")
        assert isinstance(driver.app.screen, ExplorerScreen)
        await driver.press("t")
        await driver.shows("best 10")
        assert "gamma" in under_cursor(driver)


async def test_columns_are_chosen_ordered_and_remembered(tmp_path: Path, state: Path) -> None:
    async with explorer(sweep(tmp_path)) as driver:
        await driver.shows("0.93", "0.64")
        await table(driver)
        headings = driver.lines()[2]
        await driver.press("o")
        await driver.shows("● headline", "● loss")
        await driver.press("down", "space", "J", "enter")
        await driver.lacks("J K move")
        changed = driver.lines()[2].split()
        assert changed != headings.split()
        assert read_columns(state)[1:3] != ["headline", "loss"]
    async with explorer(tmp_path) as driver:
        await driver.shows("0.93", "0.64")
        await table(driver)
        assert driver.lines()[2].split() == changed


async def test_a_choice_that_cannot_be_remembered_holds_for_now(tmp_path: Path, state: Path) -> None:
    state.parent.write_text("no folder")
    async with explorer(sweep(tmp_path)) as driver:
        await driver.shows("0.93", "0.64")
        await table(driver)
        await driver.press("o", "down", "space", "enter")
        await driver.shows("cannot be remembered")


async def test_cells_and_the_table_are_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("TMUX", raising=False)
    monkeypatch.delenv("STY", raising=False)
    async with explorer(sweep(tmp_path)) as driver:
        await driver.shows("0.93", "0.64")
        await table(driver)
        terminal = Terminal(driver, monkeypatch)
        await driver.press("c")
        await driver.shows("Copied the value")
        assert terminal.clipboard() == "0.93"
        await driver.press("C")
        await driver.shows("Copied the table")
        assert terminal.clipboard().splitlines()[2].startswith("| beta | 0.93 |")


async def test_best_and_last_values_and_the_first_ten(tmp_path: Path) -> None:
    async with explorer(sweep(tmp_path)) as driver:
        await driver.shows("0.93", "0.64")
        await table(driver)
        await driver.press("v")
        await driver.shows("best values")
        await driver.press("v", "T")
        await driver.shows("last values")
        await driver.press("v")
        await driver.shows("reported values", "best 10")


async def test_a_card_that_appears_is_shown_and_the_cursor_stays(tmp_path: Path) -> None:
    async with explorer(sweep(tmp_path)) as driver:
        await driver.shows("0.93", "0.64")
        await table(driver)
        await driver.press("down")
        screen = driver.app.screen
        assert isinstance(screen, RunsScreen)
        entries = list(screen._shelf.entries())
        entries.remove(next(entry for entry in entries if entry.name == "beta"))
        object.__setattr__(screen._shelf, "entries", lambda: entries)
        from tui.messages import CardsChanged  # noqa: PLC0415

        screen.post_message(CardsChanged())
        await driver.shows("3 of 3")
        assert order(driver) == ["gamma", "alpha", "delta"]
        assert "gamma" in under_cursor(driver)


async def test_a_folder_without_cards_says_so(tmp_path: Path) -> None:
    async with explorer(tmp_path) as driver:
        await driver.shows("No cards in")
        await driver.press("t")
        await driver.shows("There are no cards here.")
        await driver.press("q")
        await driver.shows("No cards in")


@pytest.mark.parametrize("size", [(59, 20), (80, 13), (20, 5), (2, 2)])
async def test_a_small_terminal_gets_a_sentence(size: tuple[int, int]) -> None:
    async with explorer(SAMPLES, size=(100, 30)) as driver:
        await driver.shows("0.8424")
        await driver.press("t")
        await driver.shows("sorted by")
        await driver.pilot.resize_terminal(*size)
        await asyncio.sleep(0.05)
        await driver.pilot.pause()
        assert "sorted by" not in driver.text()
        if size[0] > 30:
            assert "needs 60" in driver.text()
        await driver.pilot.resize_terminal(100, 30)
        await driver.shows("sorted by")


@pytest.mark.parametrize("size", [(60, 14), (80, 24), (120, 40), (200, 60)])
async def test_the_table_uses_what_room_there_is(size: tuple[int, int]) -> None:
    async with explorer(SAMPLES, size=size) as driver:
        await driver.lacks("reading")
        await driver.press("t")
        text = await driver.shows("headline▼", "★0.9313")
        assert ("findings" in text) == (size[0] == 200)
        await driver.press(*["right"] * 12)
        await driver.shows("findings")


async def test_the_help_has_the_keys_of_the_table(tmp_path: Path) -> None:
    async with explorer(sweep(tmp_path)) as driver:
        await driver.shows("0.93", "0.64")
        await table(driver)
        await driver.press("question_mark")
        await driver.shows("Keys in the runs table", "Group the runs by a column")


async def test_the_runs_on_display_are_written_as_csv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cards").mkdir()
    monkeypatch.chdir(tmp_path)
    async with explorer(sweep(tmp_path / "cards")) as driver:
        await table(driver)
        await driver.press("f", *"f1>0.68", "enter")
        await driver.press("ctrl+s")
        await driver.shows("2 runs are in")
    (written,) = tmp_path.glob("cardtui-runs-*.csv")
    head, *rows = [line.split(",") for line in written.read_text().splitlines()]
    assert head[:2] == ["name", "headline"]
    assert [row[0] for row in rows] == ["beta", "delta"]


async def test_the_palette_has_the_keys_of_the_table(tmp_path: Path) -> None:
    async with explorer(sweep(tmp_path)) as driver:
        await table(driver)
        await driver.press("ctrl+p", *"group the")
        await driver.shows("Group the runs by a column")


async def test_a_name_that_no_run_has_is_told_with_what_was_perhaps_meant(tmp_path: Path) -> None:
    async with explorer(sweep(tmp_path)) as driver:
        await table(driver)
        await driver.press("f", *"acuracy>0.5")
        await driver.shows("no card has acuracy; near: accuracy")


async def test_values_behind_an_order_are_offered_with_how_many_runs_they_leave(tmp_path: Path) -> None:
    async with explorer(sweep(tmp_path)) as driver:
        await table(driver)
        await driver.press("f", *"f1>=0.7")
        await driver.shows("f1>=0.70 2")
