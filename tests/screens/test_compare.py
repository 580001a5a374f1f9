"""Runs beside each other, key by key."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest

from tests.cards.making import trainer_card
from tests.screens.driving import SAMPLES, Driver, explorer
from tests.shared import SEEDS, needs_seeds
from tui.widgets.comparison import ComparisonPane

SWEEP = SAMPLES / "helpdesk-sweep"


class Terminal:
    """What the app writes to the terminal beside its frames."""

    def __init__(self, driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
        self.written: list[str] = []
        monkeypatch.setattr(driver.app._driver, "write", self.written.append)

    def clipboard(self) -> str:
        """The text of the last OSC 52."""
        sequence = next(text for text in reversed(self.written) if "\x1b]52;c;" in text)
        return base64.b64decode(sequence.split("\x1b]52;c;")[1].split("\x07")[0]).decode()


def runs(folder: Path, **accuracies: str) -> Path:
    """A folder with a card for each name, which report these accuracies."""
    for name, accuracy in accuracies.items():
        rows = (("0.9", "1.0", "100", "0.8", "0.7"), ("0.5", "2.0", "200", "0.6", accuracy))
        text = trainer_card(title=f"# {name}", results=("Loss: 0.6", f"Accuracy: {accuracy}"), rows=rows)
        (folder / f"{name}.md").write_text(text)
    return folder


async def test_two_neighbours_are_compared_in_two_keys_and_on_the_clipboard_in_three(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("TMUX", raising=False)
    monkeypatch.delenv("STY", raising=False)
    async with explorer(SWEEP) as driver:
        await driver.shows("lr5e-5-bs16 ─", "0.8335")
        terminal = Terminal(driver, monkeypatch)
        await driver.press("space", "d")
        text = await driver.shows("only what differs", "B − A", "Accuracy · x epoch")
        assert "0.8424 ◂" in text
        assert "▸ 0.5402" in text
        assert "÷ 5" in text
        assert "roberta-base-helpdesk-routing-lr5e-5-bs16 is better on Accuracy" in text
        await driver.press("C")
        await driver.shows("Copied the comparison to the terminal's clipboard.")
        assert "| Accuracy |" in terminal.clipboard()
        assert "0.8424" in terminal.clipboard()


async def test_what_the_cursor_is_on_is_told_and_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    async with explorer(SWEEP) as driver:
        await driver.shows("lr5e-5-bs16 ─")
        terminal = Terminal(driver, monkeypatch)
        await driver.press("space", "d")
        await driver.shows("Loss of roberta-base-helpdesk-routing-lr5e-5-bs16: 0.6344")
        await driver.press("down", "right")
        await driver.shows("Accuracy of roberta-base-helpdesk-routing-lr1e-5-bs64: 0.8335")
        await driver.press("c")
        await driver.shows("Copied the value")
        assert terminal.clipboard() == "0.8335"


async def test_a_terminal_without_clipboard_gets_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.chdir(tmp_path)
    async with explorer(SWEEP) as driver:
        await driver.shows("lr5e-5-bs16 ─")
        await driver.press("space", "d")
        await driver.shows("only what differs")
        await driver.press("C")
        await driver.shows("The terminal takes no such text", "cardtui-copy-")
    (written,) = tmp_path.iterdir()
    assert "| Accuracy |" in written.read_text()


async def test_everything_swap_and_which_values(tmp_path: Path) -> None:
    async with explorer(runs(tmp_path, first="0.75", second="0.65")) as driver:
        await driver.shows("0.75", "0.65")
        await driver.press("space", "d")
        text = await driver.shows("first is better on Accuracy; equal on Loss (reported values).", "−0.10")
        assert "learning_rate" not in text
        await driver.press("a")
        await driver.shows("everything (a: what differs)", "learning_rate")
        await driver.press("a")
        await driver.lacks("learning_rate")
        await driver.press("w")
        await driver.shows("A second", "B first", "+0.10")
        await driver.press("v")
        await driver.shows("best values", "epoch 1")
        await driver.press("v")
        await driver.shows("last values")


async def test_pairs_are_walked_through_the_tree(tmp_path: Path) -> None:
    async with explorer(runs(tmp_path, a="0.71", b="0.72", c="0.73")) as driver:
        await driver.shows("0.73")
        await driver.press("space", "d")
        await driver.shows("A a", "B b")
        await driver.press("greater_than_sign")
        await driver.shows("B c", "0.73")
        await driver.press("greater_than_sign")
        await driver.shows("There is no further card")
        await driver.press("less_than_sign")
        await driver.shows("B b")


async def test_the_files_are_compared_line_by_line_and_escape_leads_back(tmp_path: Path) -> None:
    async with explorer(runs(tmp_path, a="0.71", b="0.72")) as driver:
        await driver.shows("0.72")
        await driver.press("space", "d")
        await driver.shows("only what differs")
        await driver.press("r")
        await driver.shows("Files: − A, + B", "-- Accuracy: 0.71", "+- Accuracy: 0.72")
        await driver.press("escape")
        await driver.shows("only what differs")
        await driver.press("escape")
        await driver.shows("Cards", "Findings")


async def test_curves_difference_axis_and_metric(tmp_path: Path) -> None:
    async with explorer(runs(tmp_path, a="0.71", b="0.72")) as driver:
        await driver.shows("0.72")
        await driver.press("space", "d")
        await driver.shows("Accuracy · x epoch")
        await driver.press("D")
        await driver.shows("Accuracy · B − A · x epoch")
        await driver.press("X")
        await driver.shows("· x step")
        await driver.press("X")
        await driver.shows("· x progress")
        await driver.press("D", "left_square_bracket")
        await driver.lacks("B − A ·")
        await driver.press("z")
        await driver.lacks("only what differs")
        await driver.press("escape")
        await driver.shows("only what differs")


@pytest.mark.parametrize(
    ("size", "key", "back"),
    [
        ((60, 20), "right_square_bracket", "z"),
        ((60, 20), "X", "escape"),
        ((80, 24), "left_square_bracket", "escape"),
        ((80, 24), "D", "z"),
        ((120, 25), "y", "escape"),
        ((200, 24), "x", "z"),
        ((200, 24), "z", "escape"),
    ],
    ids=str,
)
async def test_on_low_screens_the_curves_take_the_place_of_the_table_and_give_it_back(
    size: tuple[int, int], key: str, back: str
) -> None:
    async with explorer(SWEEP, size=size) as driver:
        await driver.shows("▲")
        await driver.press("space", "d")
        assert "z curves" in await driver.shows("only what differs", "Loss of")
        await driver.press(key)
        text = await driver.shows("· x ", "z table")
        assert "only what differs" not in text
        await driver.press(back)
        await driver.shows("only what differs", "z curves")
        await driver.press("down")
        await driver.shows("Accuracy of")


async def test_the_full_screen_is_full_and_its_footer_names_the_way_back() -> None:
    async with explorer(SWEEP, size=(200, 60)) as driver:
        await driver.shows("▲")
        await driver.press("space", "d")
        await driver.shows("only what differs", "z full")
        await driver.press("z")
        text = await driver.shows("z table")
        assert "move" not in text.split("\n")[-1]
        assert text.split("\n")[-2].startswith("╰")
        assert "┬" in text.split("\n")[-4]
        await driver.press("c")
        await driver.shows("The cursor is in the table, which z shows again.")


@pytest.mark.parametrize(("key", "words"), [("a", "everything (a: what differs)"), ("r", "Files: − A, + B")])
async def test_keys_of_the_table_bring_it_back(key: str, words: str) -> None:
    async with explorer(SWEEP, size=(80, 24)) as driver:
        await driver.shows("▲")
        await driver.press("space", "d")
        await driver.shows("only what differs")
        await driver.press("z")
        await driver.lacks("only what differs")
        await driver.press(key)
        await driver.shows(words)


async def test_the_footer_of_the_files_names_the_way_back_and_they_pan() -> None:
    async with explorer(SWEEP, size=(60, 20)) as driver:
        await driver.shows("▲")
        await driver.press("space", "d", "r")
        await driver.shows("r table", "│ --- run-1/")
        await driver.press("right")
        await driver.lacks("--- run-1/")
        await driver.press("left")
        await driver.shows("│ --- run-1/")
        await driver.press("r")
        await driver.shows("only what differs", "Loss of")


def marked(driver: Driver) -> tuple[str, str]:
    """The heading and the value that stand out on the screen."""
    strips = driver.app.screen._compositor.render_strips()
    ground = driver.app.screen.query_one(ComparisonPane).style_of("cursor").bgcolor
    value = "".join(text for strip in strips for text, style, _ in strip if style and style.underline)
    headed = next(strip for strip in strips if "B − A" in strip.text)
    heading = "".join(text for text, style, _ in headed if style and style.bgcolor == ground)
    return heading.strip(), value.strip()


async def test_the_value_that_would_be_copied_stands_out_and_so_does_its_heading(tmp_path: Path) -> None:
    async with explorer(runs(tmp_path, first="0.75", second="0.65")) as driver:
        await driver.shows("0.75", "0.65")
        await driver.press("space", "d")
        await driver.shows("Accuracy of first")
        assert marked(driver) == ("A first", "0.75 ◂")
        await driver.press("right")
        await driver.shows("Accuracy of second")
        assert marked(driver) == ("B second", "0.65")


async def test_the_cursor_stays_on_its_row_when_others_are_shown() -> None:
    async with explorer(SWEEP) as driver:
        await driver.shows("lr5e-5-bs16 ─")
        await driver.press("space", "d")
        await driver.shows("Loss of")
        await driver.press(*["j"] * 8)
        for key in ("a", "v", "a", "w"):
            await driver.shows("gradient_accumulation_steps of")
            await driver.press(key)
        await driver.press("r")
        await driver.shows("Files: − A, + B")
        await driver.press("r")
        await driver.shows("gradient_accumulation_steps of")


async def test_the_cursor_is_never_below_the_headings_that_stay() -> None:
    async with explorer(SWEEP, size=(80, 24)) as driver:
        await driver.shows("▲")
        await driver.press("space", "d", "a", "G")
        await driver.shows("file of")
        for _ in range(25):
            await driver.press("k")
            text = await driver.shows("B − A")
            name = re.search(r"─ (.+) of (?:A|roberta\S+): ", text)
            assert name is None or f"│   {name[1]}  " in text or "_" in name[1]
        assert name


async def test_the_value_is_told_in_full_where_the_name_of_its_run_has_no_room() -> None:
    async with explorer(SWEEP, size=(60, 20)) as driver:
        await driver.shows("▲")
        await driver.press("space", "d")
        await driver.shows("─ Loss of A: 0.6344 ─")


async def test_three_runs_are_columns_with_the_best_marked(tmp_path: Path) -> None:
    async with explorer(runs(tmp_path, a="0.71", b="0.73", c="0.72")) as driver:
        await driver.shows("0.72")
        await driver.press("space", "space", "space", "d")
        text = await driver.shows("A a", "B b", "C c", "◆ 0.73", "b is best on Accuracy")
        assert "B − A" not in text
        await driver.press("w")
        await driver.shows("A b", "B a", "C c")


async def test_selected_cards_and_the_baseline_are_marked_and_cleared(tmp_path: Path) -> None:
    async with explorer(runs(tmp_path, a="0.71", b="0.72", c="0.73")) as driver:
        await driver.shows("0.73")
        await driver.press("space", "p")
        text = await driver.shows("●", "◎")
        assert text.count("●") == 1
        await driver.press("u")
        await driver.lacks("●")
        await driver.lacks("◎")


async def test_the_card_under_the_cursor_is_shown_against_the_baseline(tmp_path: Path) -> None:
    async with explorer(runs(tmp_path, a="0.71", b="0.74", c="0.73")) as driver:
        await driver.shows("0.73")
        await driver.press("p", "down")
        await driver.shows("Against the baseline a", "b is better on Accuracy", "+0.03")
        await driver.press("down")
        await driver.shows("c is better on Accuracy", "+0.02")
        await driver.press("d")
        await driver.shows("compare", "A a", "B c")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (100, 40)], ids=str)
async def test_a_narrow_pane_shows_the_card_s_own_values_and_what_they_have_more_than_the_baseline(
    size: tuple[int, int],
) -> None:
    async with explorer(SWEEP, size=size) as driver:
        await driver.shows("0.8424", "0.8335")
        await driver.press("p", "down")
        await driver.shows("▸ 0.5402", "−0.0942")


async def test_comparing_nothing_says_what_to_do() -> None:
    async with explorer(SWEEP) as driver:
        await driver.shows("lr5e-5-bs16 ─")
        await driver.press("d")
        await driver.shows("Select a card with Space, then press d on another.")


async def test_nearest_recipes_say_what_was_changed_and_what_became_of_it() -> None:
    async with explorer(SWEEP) as driver:
        await driver.shows("lr5e-5-bs16 ─", "0.8692")
        await driver.press("down", "down", "R")
        await driver.shows(
            "Nearest recipes of roberta-base-helpdesk-routing-lr2e-5-bs32", "learning_rate 2e-05 → 3e-05"
        )
        await driver.press("enter", "enter")
        await driver.shows("only what differs", "3e-05")
        await driver.press("escape")
        await driver.shows("Nearest recipes of roberta-base-helpdesk-routing-lr2e-5-bs32")
        await driver.press("escape")
        await driver.lacks("Nearest recipes")


async def test_nearest_recipes_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for name in ("mine", "hers", "his"):
        (tmp_path / f"{name}.md").write_text(trainer_card(title="# a-run"))
    async with explorer(tmp_path) as driver:
        await driver.shows("hers", "mine")
        await driver.press("R")
        await driver.shows("Nearest recipes of a-run", "a-run (his)", "a-run (mine)")


async def test_a_card_that_goes_away_is_no_error(tmp_path: Path) -> None:
    async with explorer(runs(tmp_path, a="0.71", b="0.72")) as driver:
        await driver.shows("0.72")
        (tmp_path / "b.md").unlink()
        await driver.press("space", "d")
        await driver.shows("b.md cannot be read")


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)], ids=str)
async def test_every_size_shows_the_comparison_without_a_cut_value(size: tuple[int, int]) -> None:
    async with explorer(SWEEP, size=size) as driver:
        await driver.shows("▲", "0.8335")
        await driver.press("space", "d")
        text = await driver.shows("0.8424 ◂", "▸ 0.5402", "−0.0942", "Esc back")
        assert all(len(line) == size[0] for line in text.split("\n"))


@needs_seeds
async def test_runs_that_do_not_compare_have_a_warning_and_no_winner() -> None:
    async with explorer(SEEDS) as driver:
        await driver.shows("0.5504", "0.7648")
        await driver.press("space", "down", "d")
        text = await driver.shows("other config: en against all_languages", "no winner")
        assert not {"◂", "▸", "◆"} & set(text.split("╰")[0])
