"""Folders that change while they are looked at: what is shown follows, and what a person is at stays."""

from __future__ import annotations

import shutil
import threading
from functools import partial
from pathlib import Path

import pytest

from tests.cards.runs import LOG, evaluated, logged, state
from tests.screens import following
from tests.screens.driving import Driver, explorer
from tests.screens.following import card, detail, followed, named, place, replace, sees, selected, until, write
from tests.screens.test_runs import order
from tui.judge.rules import Rules
from tui.library import reader, watch
from tui.library.place import Place, Read, read_place
from tui.library.watch import Watcher
from tui.screens import browsing, runs
from tui.widgets.detail import DetailPane
from tui.widgets.tree import TreePane

GROWN = (*LOG, logged(250, 0.35), evaluated(300, 0.4567, eval_accuracy=0.7654, eval_rouge_l=0.35))
"""The same training one evaluation later."""


@pytest.fixture(autouse=True)
def haste(monkeypatch: pytest.MonkeyPatch) -> None:
    """Changes are told and shown sooner than to people: less to wait for."""
    monkeypatch.setattr(watch, "_QUIET", 0.05)
    for screen in (browsing, runs):
        monkeypatch.setattr(screen, "_REBUILD" if screen is browsing else "_NEWS", 0.05)


@pytest.fixture
def sweep(tmp_path: Path) -> Path:
    """Four runs, told apart by their accuracy."""
    folder = tmp_path / "sweep"
    for name, accuracy in (("alpha", "0.7111"), ("beta", "0.9333"), ("delta", "0.6444"), ("gamma", "0.8222")):
        write(folder, f"{name}.md", card(name, accuracy))
    return folder


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """More cards than there are lines on the screen."""
    folder = tmp_path / "many"
    for number in range(60):
        write(folder, f"run-{number:02}.md", card(f"run-{number:02}", f"0.5{number:02}7"))
    return folder


async def opened(driver: Driver, folder: Path, *words: str) -> None:
    """Wait until the cards of a folder were read, and changes of them will be told."""
    await sees(driver, *words, without="reading")
    await followed(driver, folder)


SWEEP = ("0.7111", "0.9333", "0.6444", "0.8222", "─ alpha ─")


# In the explorer


@pytest.mark.parametrize("polls", [None, True], ids=["told by the kernel", "polled"])
async def test_cards_come_change_and_go(sweep: Path, monkeypatch: pytest.MonkeyPatch, polls: bool | None) -> None:
    monkeypatch.setattr(watch, "Watcher", partial(Watcher, polls=polls))
    async with explorer(sweep) as driver:
        await opened(driver, sweep, *SWEEP)
        await driver.press("down", "space", "home", "down")
        await sees(driver, "─ alpha ─")
        before = place(driver)
        shutil.copy(sweep / "gamma.md", sweep / "zeta.md")
        await sees(driver, "5 cards")
        write(sweep, "zeta.md", card("zeta", "0.4321"))
        await sees(driver, "zeta", "0.4321")
        (sweep / "delta.md").unlink()
        await sees(driver, "4 cards", without="delta")
        assert place(driver) == before
        assert selected(driver) == ["beta"]
        assert "─ alpha ─" in driver.text()


async def test_rows_that_come_above_leave_the_cursor_and_what_is_around_it_in_place(many: Path) -> None:
    async with explorer(many) as driver:
        await opened(driver, many, "run-00", "0.5007", "60 cards")
        await driver.press("end", *["up"] * 5, "space", *["up"] * 4)
        await sees(driver, "─ run-51 ─")
        before, (words, line) = driver.lines(), place(driver)
        assert "run-51" in words
        write(many, "a-new-one.md", card("a-new-one", "0.1234"))
        await sees(driver, "61 cards")
        (many / "run-03.md").unlink()
        (many / "run-04.md").unlink()
        await sees(driver, "59 cards")
        tree = driver.app.screen.query_one("#tree", TreePane).region
        assert place(driver) == (words, line)
        assert selected(driver) == ["run-54"]
        rows = range(tree.y + 1, tree.bottom - 1)
        assert [driver.lines()[y][2:30] for y in rows] == [before[y][2:30] for y in rows]
        await driver.press("home")
        await sees(driver, "a-new-one", "0.1234")


async def test_the_card_on_display_changes_where_it_stands(tmp_path: Path) -> None:
    write(tmp_path, "long.md", card("long", "0.7111", epochs=60))
    async with explorer(tmp_path, size=(120, 30)) as driver:
        await opened(driver, tmp_path, "─ long ─", "0.7111")
        await driver.press("2", *["down"] * 30)
        pane = driver.app.screen.query_one("#detail", DetailPane)
        before, top = detail(driver), pane.top
        assert top > 10
        write(tmp_path, "long.md", card("longer", "0.8765", epochs=61))
        await sees(driver, "─ longer ─", "0.8765")
        assert pane.top == top
        assert detail(driver)[3:6] == before[3:6]
        await driver.press("home")
        await until(driver, lambda: any("Accuracy  " in line and "0.8765" in line for line in detail(driver)), "old")


async def test_a_card_that_an_editor_replaced_has_its_new_title_and_value(sweep: Path) -> None:
    async with explorer(sweep) as driver:
        await opened(driver, sweep, *SWEEP)
        await driver.press("down")
        await sees(driver, "─ beta ─")
        replace(sweep / "gamma.md", card("omega", "0.2468"))
        text = await sees(driver, "omega", "0.2468", without="gamma")
        assert "0.8222" not in text
        replace(sweep / "beta.md", card("better", "0.9876"))
        await sees(driver, "─ better ─", "0.9876", without="0.9333")
        assert named(driver) == "better"


async def test_the_cursor_of_a_card_that_is_deleted_goes_to_the_next(sweep: Path) -> None:
    async with explorer(sweep) as driver:
        await opened(driver, sweep, *SWEEP)
        await driver.press("down", "space", "space", "up")
        await sees(driver, "─ delta ─", "●▲ delta")
        assert selected(driver) == ["beta", "delta"]
        (sweep / "delta.md").unlink()
        await sees(driver, "─ gamma ─", without="delta")
        assert named(driver) == "gamma"
        assert selected(driver) == ["beta"]
        (sweep / "gamma.md").unlink()
        await sees(driver, "─ beta ─", without="gamma")
        assert named(driver) == "beta"


async def test_the_last_card_can_go_and_come_again(tmp_path: Path) -> None:
    path = write(tmp_path, "only.md", card("only", "0.7111"))
    async with explorer(tmp_path) as driver:
        await opened(driver, tmp_path, "─ only ─", "0.7111")
        path.unlink()
        await sees(driver, "No cards in", "0 cards", without="0.7111")
        write(tmp_path, "only.md", card("only", "0.7222"))
        await sees(driver, "─ only ─", "0.7222")


async def test_a_card_that_is_half_written_is_whole_when_the_rest_is_there(sweep: Path) -> None:
    text = card("omega", "0.1357")
    half = text.index("| 0.7")
    async with explorer(sweep) as driver:
        await opened(driver, sweep, *SWEEP)
        with (sweep / "omega.md").open("w", encoding="utf-8") as file:
            file.write(text[:half])
            file.flush()
            await sees(driver, "5 cards", "omega")
            await driver.press("end")
            await sees(driver, "─ omega ─", "Training history", without="Transformers")
            file.write(text[half:])
        await sees(driver, "Transformers 4.46.3", "last: epoch 3, step 300", "0.1357")
        assert named(driver) == "omega"


async def test_a_card_whose_metadata_is_half_written_is_whole_when_the_rest_is_there(sweep: Path) -> None:
    text = card("omega", "0.1357")
    async with explorer(sweep) as driver:
        await opened(driver, sweep, *SWEEP)
        write(sweep, "omega.md", text[:12])
        await sees(driver, "omega")
        write(sweep, "omega.md", text)
        await sees(driver, "omega", "0.1357", "5 cards")


async def test_a_training_is_followed_while_its_run_is_on_display(tmp_path: Path) -> None:
    write(tmp_path, "live/trainer_state.json", state())
    write(tmp_path, "other.md", card("other", "0.7111"))
    async with explorer(tmp_path) as driver:
        await opened(driver, tmp_path / "live", "0.7111", "live")
        await driver.press("end")
        await sees(driver, "─ live ─", "trained  step 200 of 300", "last: epoch 2, step 200")
        before = place(driver)
        await driver.press("3", "home")
        await sees(driver, "epoch 0.5, step 50")
        write(tmp_path, "live/trainer_state.json", state(GROWN))
        text = await sees(driver, "trained  step 300 of 300", "0.4567", "0.7654")
        assert "epoch 0.5, step 50" in text
        assert place(driver)[1] == before[1]
        assert "0.7654" in place(driver)[0]
        await driver.press("0")
        await sees(driver, "last: epoch 3, step 300")


async def test_a_run_whose_card_is_written_at_the_end_stays_under_the_cursor(tmp_path: Path) -> None:
    write(tmp_path, "live/trainer_state.json", state())
    write(tmp_path, "other.md", card("other", "0.7111"))
    async with explorer(tmp_path) as driver:
        await opened(driver, tmp_path / "live", "0.7111", "live")
        await driver.press("end", "space")
        await sees(driver, "─ live ─", "run without a card")
        before = place(driver)[1]
        write(tmp_path, "live/README.md", card("finished", "0.9753"))
        await sees(driver, "─ finished ─", "0.9753", without="run without a card")
        assert (named(driver), place(driver)[1]) == ("finished", before)
        assert selected(driver) == ["finished"]


async def test_a_new_checkpoint_is_followed(tmp_path: Path) -> None:
    write(tmp_path, "live/checkpoint-200/trainer_state.json", state())
    async with explorer(tmp_path) as driver:
        await opened(driver, tmp_path / "live", "─ live ─", "step 200 of 300")
        write(tmp_path, "live/checkpoint-300/trainer_state.json", state(GROWN))
        await sees(driver, "─ live ─", "step 300 of 300", "0.7654")


async def test_folders_come_with_their_cards_and_go(sweep: Path) -> None:
    async with explorer(sweep) as driver:
        await opened(driver, sweep, *SWEEP)
        await driver.press("down")
        before = place(driver)
        write(sweep, "new/a/one.md", card("one", "0.1111"))
        write(sweep, "new/b/two.md", card("two", "0.2222"))
        await sees(driver, "6 cards", "▸ new")
        await driver.press("end", "right")
        await sees(driver, "one", "0.1111", "two", "0.2222")
        await driver.press("home", "down", "down")
        await sees(driver, "─ beta ─")
        shutil.rmtree(sweep / "new")
        await sees(driver, "4 cards", without="new")
        assert place(driver) == before


async def test_the_folder_that_was_opened_can_go_and_come_again(sweep: Path) -> None:
    async with explorer(sweep) as driver:
        await opened(driver, sweep, *SWEEP)
        shutil.move(sweep, sweep.with_name("away"))
        await sees(driver, "0 cards", "No cards in", without="0.9333")
        shutil.move(sweep.with_name("away"), sweep)
        await sees(driver, "4 cards", *SWEEP)


async def test_a_filter_goes_on_to_hold_for_cards_that_come_and_change(sweep: Path) -> None:
    async with explorer(sweep) as driver:
        await opened(driver, sweep, *SWEEP)
        await driver.press("f", *"accuracy", "greater_than_sign", *"0.8", "enter")
        await sees(driver, "─ beta ─", "gamma", without="delta")
        before = place(driver)
        write(sweep, "good.md", card("good", "0.8555"))
        write(sweep, "bad.md", card("bad", "0.1555"))
        await sees(driver, "6 cards", "good", "0.8555", without="0.1555")
        write(sweep, "gamma.md", card("gamma", "0.3333"))
        await sees(driver, "good", without="gamma")
        write(sweep, "delta.md", card("delta", "0.9999"))
        await sees(driver, "delta", "0.9999")
        assert place(driver) == before
        await driver.press("escape")
        await sees(driver, "bad", "0.3333")


async def test_what_is_typed_outlives_changes(sweep: Path) -> None:
    async with explorer(sweep) as driver:
        await opened(driver, sweep, *SWEEP)
        await driver.press("f", *"gam")
        await sees(driver, "─ gamma ─")
        write(sweep, "gamma-2.md", card("gamma-2", "0.4444"))
        await sees(driver, "gamma-2", "0.4444")
        await driver.press(*"ma-2", "enter")
        await sees(driver, "filter: gamma-2", "─ gamma-2 ─", without="0.8222")


async def test_the_pinned_card_is_followed(sweep: Path) -> None:
    async with explorer(sweep) as driver:
        await opened(driver, sweep, *SWEEP)
        await driver.press("p", "down")
        await sees(driver, "─ beta ─", "0.2222")
        write(sweep, "alpha.md", card("alpha", "0.9111"))
        await sees(driver, "─ beta ─", "0.0222")
        assert named(driver) == "beta"


async def test_a_card_that_goes_while_it_is_read_is_counted_nowhere(
    sweep: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()
    held = {"zeta.md": threading.Event(), "omega.md": threading.Event()}

    def read(found: Place, rules: Rules) -> Read:
        known = read_place(found, rules)
        if found.file in held:
            begun.set()
            held[found.file].wait(following.PATIENCE)
        return known

    monkeypatch.setattr(reader, "read_place", read)
    async with explorer(sweep) as driver:
        await opened(driver, sweep, *SWEEP)
        path = write(sweep, "zeta.md", card("zeta", "0.9999"))
        await until(driver, begun.is_set, "it is not read")
        path.unlink()
        await sees(driver, "4 cards", without="zeta")
        held["zeta.md"].set()
        write(sweep, "gamma.md", card("gamma", "0.8333"))
        await sees(driver, "4 cards", "0.8333", without="reading")
        write(sweep, "omega.md", card("omega", "0.2468"))
        await sees(driver, "5 cards", "reading", "80%")
        held["omega.md"].set()
        await sees(driver, "5 cards", "0.2468", without="reading")


# With something else on top of it


async def test_changes_below_the_help_are_there_when_it_is_closed(sweep: Path) -> None:
    async with explorer(sweep) as driver:
        await opened(driver, sweep, *SWEEP)
        await driver.press("down", "space", "home", "down")
        before = place(driver)
        await driver.press("question_mark")
        await sees(driver, "Keys everywhere")
        write(sweep, "gamma.md", card("gamma", "0.1234"))
        write(sweep, "zeta.md", card("zeta", "0.4321"))
        (sweep / "delta.md").unlink()
        write(sweep, "alpha.md", card("alpha", "0.7000"))
        await sees(driver, "Keys everywhere")
        await driver.press("escape")
        await sees(driver, "0.1234", "zeta", "0.4321", "0.7000", without="delta")
        assert (named(driver), place(driver)[1]) == ("alpha", before[1])
        assert selected(driver) == ["beta"]


async def test_changes_below_the_nearest_recipes_leave_them_to_be_compared(sweep: Path) -> None:
    write(sweep, "near.md", card("near", "0.6999", rate="1e-05"))
    async with explorer(sweep) as driver:
        await opened(driver, sweep, *SWEEP, "0.6999")
        await driver.press("R")
        await sees(driver, "Nearest recipes of alpha", "learning_rate 5e-05 → 1e-05")
        write(sweep, "zeta.md", card("zeta", "0.4321"))
        (sweep / "delta.md").unlink()
        await driver.press("end", "enter")
        await sees(driver, "A alpha", "B near", "only what differs")
        await driver.press("escape", "escape")
        await sees(driver, "zeta", "0.4321", without="delta")


async def test_a_recipe_whose_card_is_gone_meanwhile_says_so(sweep: Path) -> None:
    for file in ("beta.md", "delta.md", "gamma.md"):
        (sweep / file).unlink()
    near = write(sweep, "near.md", card("near", "0.6999", rate="1e-05"))
    async with explorer(sweep) as driver:
        await opened(driver, sweep, "0.6999", "─ alpha ─")
        await driver.press("R")
        await sees(driver, "learning_rate 5e-05 → 1e-05")
        near.unlink()
        await driver.press("enter")
        await sees(driver, "near.md cannot be read: no such file or directory.")
        await driver.press("escape")
        await sees(driver, "1 card ", "─ alpha ─", without="0.6999")


# In the runs table


async def table(driver: Driver, count: int) -> None:
    await driver.press("t")
    await sees(driver, f"{count} of {count}")


async def test_runs_come_change_their_place_and_go(sweep: Path) -> None:
    async with explorer(sweep) as driver:
        await opened(driver, sweep, *SWEEP)
        await table(driver, 4)
        assert order(driver) == ["beta", "gamma", "alpha", "delta"]
        await driver.press("space")
        assert named(driver, "#runs") == "gamma"
        shutil.copy(sweep / "alpha.md", sweep / "zeta.md")
        await sees(driver, "5 of 5")
        write(sweep, "zeta.md", card("zeta", "0.9999"))
        await sees(driver, "★0.9999")
        assert named(driver, "#runs") == "gamma"
        write(sweep, "delta.md", card("delta", "0.8999"))
        await sees(driver, "0.8999", without="0.6444")
        assert order(driver) == ["beta", "delta", "gamma", "alpha"]
        (sweep / "zeta.md").unlink()
        await sees(driver, "4 of 4", "★0.9333")
        assert named(driver, "#runs") == "gamma"
        assert selected(driver) == ["beta"]
        await driver.press("escape")
        await sees(driver, "●  beta", "0.8999", without="zeta")


async def test_the_run_under_the_cursor_keeps_its_line(many: Path) -> None:
    async with explorer(many) as driver:
        await opened(driver, many, "run-00", "60 cards")
        await table(driver, 60)
        await driver.press("end", *["up"] * 5, "space", *["up"] * 3)
        before = place(driver, "#runs")
        name = named(driver, "#runs")
        write(many, "new.md", card("new", "0.9990"))
        await sees(driver, "61 of 61")
        (many / "run-59.md").unlink()
        (many / "run-58.md").unlink()
        await sees(driver, "59 of 59")
        assert (named(driver, "#runs"), place(driver, "#runs")[1]) == (name, before[1])
        assert len(selected(driver)) == 1


async def test_a_new_best_run_is_marked_and_on_top_while_no_key_was_pressed(sweep: Path) -> None:
    async with explorer(sweep) as driver:
        await opened(driver, sweep, *SWEEP)
        await table(driver, 4)
        write(sweep, "zeta.md", card("zeta", "0.9999"))
        await sees(driver, "★0.9999", without="★0.9333")
        assert named(driver, "#runs") == "zeta"


async def test_a_filtered_table_follows(sweep: Path) -> None:
    async with explorer(sweep) as driver:
        await opened(driver, sweep, *SWEEP)
        await table(driver, 4)
        await driver.press("f", *"accuracy", "greater_than_sign", *"0.8", "enter")
        await sees(driver, "2 of 4")
        write(sweep, "delta.md", card("delta", "0.8999"))
        await sees(driver, "3 of 4", "0.8999")
        write(sweep, "beta.md", card("beta", "0.1000"))
        await sees(driver, "2 of 4", without="beta")
        assert order(driver) == ["delta", "gamma"]


async def test_a_training_moves_up_the_table_as_it_gets_better(sweep: Path) -> None:
    write(sweep, "live/trainer_state.json", state())
    async with explorer(sweep) as driver:
        await opened(driver, sweep / "live", *SWEEP, "live")
        await table(driver, 5)
        assert driver.text().index("alpha") < driver.text().index("live")
        await driver.press("down", "down", "down")
        assert named(driver, "#runs") == "live"
        write(sweep, "live/trainer_state.json", state(GROWN))
        text = await sees(driver, "0.7654")
        assert text.index("live") < text.index("alpha")
        assert named(driver, "#runs") == "live"


async def test_a_half_written_card_of_the_table_is_whole_later(sweep: Path) -> None:
    text = card("omega", "0.9876")
    async with explorer(sweep) as driver:
        await opened(driver, sweep, *SWEEP)
        await table(driver, 4)
        await driver.press("down")
        write(sweep, "omega.md", text[: text.index("It achieves")])
        await sees(driver, "5 of 5", "omega")
        write(sweep, "omega.md", text)
        await sees(driver, "★0.9876", "omega")
        assert named(driver, "#runs") == "gamma"


# In the comparison


async def compared(driver: Driver) -> None:
    """Compare the first two cards."""
    await driver.press("home", "down", "space", "d")
    await sees(driver, "A alpha", "B beta", "0.7111", "0.9333")


async def test_a_comparison_follows_its_cards(sweep: Path) -> None:
    async with explorer(sweep) as driver:
        await opened(driver, sweep, *SWEEP)
        await compared(driver)
        await driver.press("right")
        await sees(driver, "Accuracy of beta: 0.9333")
        write(sweep, "beta.md", card("beta", "0.9876"))
        await sees(driver, "Accuracy of beta: 0.9876", without="0.9333")
        replace(sweep / "alpha.md", card("alpha", "0.9911"))
        await sees(driver, "0.9911 ◂", without="0.7111")
        assert "Accuracy of beta: 0.9876" in driver.text()
        write(sweep, "gamma.md", card("gamma", "0.1234"))
        await driver.press("escape")
        await sees(driver, "0.9876", "0.9911", "0.1234")


async def test_a_card_that_is_deleted_while_it_is_compared_is_named(sweep: Path) -> None:
    async with explorer(sweep) as driver:
        await opened(driver, sweep, *SWEEP)
        await compared(driver)
        (sweep / "beta.md").unlink()
        await sees(driver, "beta.md cannot be read: no such file or directory.")
        await driver.press("escape")
        await sees(driver, "3 cards", without="beta")


async def test_a_comparison_follows_a_training(tmp_path: Path) -> None:
    write(tmp_path, "alpha.md", card("alpha", "0.7111"))
    write(tmp_path, "live/trainer_state.json", state())
    async with explorer(tmp_path) as driver:
        await opened(driver, tmp_path / "live", "0.7111", "live")
        await driver.press("home", "down", "space", "d", "v")
        await sees(driver, "A alpha", "B live", "best values")
        write(tmp_path, "live/trainer_state.json", state(GROWN))
        await sees(driver, "A alpha", "B live", "0.7654")


async def test_changes_below_the_help_of_the_comparison_are_there_when_it_is_closed(sweep: Path) -> None:
    async with explorer(sweep) as driver:
        await opened(driver, sweep, *SWEEP)
        await compared(driver)
        await driver.press("question_mark")
        await sees(driver, "Keys in the comparison")
        write(sweep, "beta.md", card("beta", "0.9876"))
        await driver.press("escape")
        await sees(driver, "0.9876", without="0.9333")


# Renamed folders


@pytest.fixture
def folders(tmp_path: Path) -> Path:
    """Three runs in folders of their own."""
    folder = tmp_path / "sweep"
    for name, accuracy in (("alpha", "0.7111"), ("beta", "0.9333"), ("delta", "0.6444")):
        write(folder, f"{name}/README.md", card(name, accuracy))
    return folder


FOLDERS = ("0.7111", "0.9333", "0.6444", "─ alpha ─")


async def test_a_folder_that_is_renamed_keeps_cursor_and_selection(folders: Path) -> None:
    async with explorer(folders) as driver:
        await opened(driver, folders / "beta", *FOLDERS)
        await driver.press("down", "space", "up")
        await sees(driver, "─ beta ─")
        (folders / "beta").rename(folders / "a-better-name")
        write(folders, "a-better-name/README.md", card("beta", "0.9444"))
        await sees(driver, "0.9444", "─ beta ─", without="0.9333")
        assert named(driver) == "beta"
        assert selected(driver) == ["beta"]
        write(folders, "a-better-name/README.md", card("beta", "0.9555"))
        await sees(driver, "0.9555", "─ beta ─", without="0.9444")


async def test_a_folder_that_is_renamed_keeps_its_run_in_the_table(folders: Path) -> None:
    async with explorer(folders) as driver:
        await opened(driver, folders / "beta", *FOLDERS)
        await table(driver, 3)
        await driver.press("space", "up")
        (folders / "beta").rename(folders / "renamed")
        write(folders, "renamed/README.md", card("beta", "0.9444"))
        await sees(driver, "★0.9444", "3 of 3")
        assert named(driver, "#runs") == "beta"
        assert selected(driver) == ["beta"]


async def test_a_comparison_outlives_that_a_folder_is_renamed(folders: Path) -> None:
    async with explorer(folders) as driver:
        await opened(driver, folders / "beta", *FOLDERS)
        await compared(driver)
        (folders / "beta").rename(folders / "renamed")
        await sees(driver, "renamed/README.md", "0.9333")
        write(folders, "renamed/README.md", card("beta", "0.9444"))
        await sees(driver, "0.9444", "A alpha", "B beta", without="0.9333")


async def test_the_cursor_of_a_run_that_is_deleted_goes_to_the_next(sweep: Path) -> None:
    async with explorer(sweep) as driver:
        await opened(driver, sweep, *SWEEP)
        await table(driver, 4)
        await driver.press("down")
        (sweep / "gamma.md").unlink()
        await sees(driver, "3 of 3", without="gamma")


async def test_the_cursor_of_the_table_stays_when_a_card_before_is_deleted(sweep: Path) -> None:
    async with explorer(sweep) as driver:
        await opened(driver, sweep, *SWEEP)
        await table(driver, 4)
        await driver.press("down", "down")
        assert named(driver, "#runs") == "alpha"
        write(sweep, "zeta.md", card("zeta", "0.1000"))
        await sees(driver, "5 of 5")
        await driver.press("up")
        (sweep / "alpha.md").unlink()
        await sees(driver, "4 of 4", without="alpha")
        assert named(driver, "#runs") == "gamma"


async def test_a_comparison_with_a_deleted_card_shows_no_curves_of_it(sweep: Path) -> None:
    async with explorer(sweep) as driver:
        await opened(driver, sweep, *SWEEP)
        await compared(driver)
        (sweep / "beta.md").unlink()
        await sees(driver, "beta.md cannot be read: no such file or directory.", without="0.9333")


async def test_a_comparison_with_a_card_that_goes_comes_again_with_it(sweep: Path) -> None:
    async with explorer(sweep) as driver:
        await opened(driver, sweep, *SWEEP)
        await compared(driver)
        (sweep / "beta.md").unlink()
        await sees(driver, "beta.md cannot be read: no such file or directory.")
        write(sweep, "beta.md", card("beta", "0.9777"))
        await sees(driver, "0.9777", "A alpha", "B beta")
