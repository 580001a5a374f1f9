"""What a person sees in the explorer, key by key."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from tests.cards.making import trainer_card
from tests.screens.driving import SAMPLES, Driver, explorer
from tests.screens.test_compare import Terminal
from tui.messages import PromptChanged, PromptEnded
from tui.widgets.curves import CurvesPane
from tui.widgets.tree import TreePane

RISING = trainer_card(
    title="# run",
    results=("Loss: 0.7", "Accuracy: 0.85"),
    rows=(
        ("0.9", "1.0", "100", "0.8", "0.7"),
        ("0.5", "2.0", "200", "0.6", "0.9"),
        ("0.3", "3.0", "300", "0.7", "0.85"),
    ),
)
"""A run whose second row was its best."""

SIZES = [(80, 24), (120, 40), (200, 60)]


async def test_the_first_card_is_on_the_screen_without_a_key() -> None:
    async with explorer(SAMPLES) as driver:
        text = await driver.shows("roberta-base-helpdesk-routing-lr5e-5-bs16", "lowest 0.5417, epoch 2")
        assert "FacebookAI/roberta-base → helpdesk_tickets (routing)" in text
        assert "Accuracy     0.8424  0.8448     3 / 4  ▼ 0.0024  0.8424" in text
        assert "▲ Validation loss is lowest at epoch 2 (0.5417) and ends at 0.6344, 17 %" in text


async def test_every_card_of_the_folder_has_its_headline_in_the_tree() -> None:
    async with explorer(SAMPLES) as driver:
        text = await driver.shows(
            "0.8424", "0.8335", "0.8993", "0.8692", "0.7845", "36.2395", "0.9257", "0.9313", "0.896"
        )
        assert "sample_cards                13" in text
        assert "▸ product-stars              2" in text


async def test_the_panes_follow_the_cursor() -> None:
    async with explorer(SAMPLES) as driver:
        await driver.shows("lr5e-5-bs16 ─")
        await driver.press("down", "j")
        await driver.shows("lr2e-5-bs32 ─", "lowest 0.3874", "0.8993")
        await driver.press("k")
        await driver.shows("lr1e-5-bs64 ─")


async def test_enter_opens_a_folder_and_left_closes_it() -> None:
    async with explorer(SAMPLES / "product-stars", SAMPLES / "helpdesk-sweep") as driver:
        await driver.shows("distilbert-stars-en", "helpdesk-sweep")
        await driver.press("left", "left")
        await driver.shows("▸ product-stars")
        await driver.lacks("xlm-robert")
        await driver.press("enter")
        await driver.shows("▾ product-stars", "xlm-robert")


async def test_the_filter_narrows_the_tree_as_one_types_and_escape_brings_all_back() -> None:
    async with explorer(SAMPLES) as driver:
        await driver.shows("Kitchen BERT")
        await driver.press("f", *"stars xlm")
        await driver.lacks("Kitchen BERT")
        text = await driver.shows("filter: stars xlm", "0.6170", "xlm-roberta-stars-all-languages ─")
        assert "0.6128" not in text
        await driver.press("escape")
        await driver.shows("Kitchen BERT", "▸ product-stars", "roberta-base-helpdesk-routing-lr5e-5-bs16 ─")


async def test_a_filter_without_a_match_leaves_the_folder_and_says_the_words() -> None:
    async with explorer(SAMPLES) as driver:
        await driver.shows("Kitchen BERT")
        await driver.press("f", *"zzz", "enter")
        text = await driver.lacks("Kitchen BERT")
        assert "filter: zzz" in text
        assert "sample_cards                 0" in text


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A folder of many cards and two folders with more of them; each card's name is its file's."""
    for name in [*(f"run-{number:02}" for number in range(30)), "setfit-001", "old/bert", "old/roberta", "new/xlm"]:
        path = tmp_path / f"{name}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(trainer_card(title=f"# {path.stem}", results=(f"Loss: 0.{len(name)}",)), encoding="utf-8")
    return tmp_path


def cursor_row(driver: Driver) -> str:
    """The text of the tree's row that the cursor is on."""
    pane = driver.app.screen.query_one("#tree", TreePane)
    return pane.lines.line(pane.cursor, 40).text


async def test_the_first_hit_of_a_filter_is_shown_whatever_was_filtered_before(many: Path) -> None:
    async with explorer(many) as driver:
        await driver.shows("run-00 ─")
        await driver.press("f", *"zzzz", "escape", "f", *"setfit-001", "enter")
        await driver.shows("─ setfit-001 ─")
        assert "setfit-001" in cursor_row(driver)


async def test_the_panes_say_that_no_card_matches_and_escape_brings_the_card_back(many: Path) -> None:
    async with explorer(many) as driver:
        await driver.shows("run-00 ─")
        await driver.press("down", "down")
        await driver.shows("run-02 ─")
        await driver.press("f", *"zzzz")
        await driver.shows("No card matches “zzzz”.")
        await driver.lacks("Results")
        await driver.press("escape")
        await driver.shows("run-02 ─", "Results")
        assert "run-02" in cursor_row(driver)


async def test_words_that_match_again_bring_the_first_hit(many: Path) -> None:
    async with explorer(many) as driver:
        await driver.shows("run-00 ─")
        await driver.press("f", *"bertx")
        await driver.shows("No card matches “bertx”.")
        await driver.press("backspace")
        await driver.shows("─ bert ─")
        await driver.press("enter", "escape")
        await driver.lacks("filter:")
        assert "bert" in cursor_row(driver)


async def test_a_filter_that_nothing_matches_can_be_kept_and_dropped(many: Path) -> None:
    async with explorer(many) as driver:
        await driver.shows("run-00 ─")
        await driver.press("down")
        await driver.shows("run-01 ─")
        await driver.press("f", *"zzzz", "enter")
        await driver.shows("No card matches “zzzz”.")
        await driver.press("f", "z", "enter")
        await driver.shows("No card matches “zzzzz”.")
        await driver.press("escape")
        await driver.shows("run-01 ─")
        assert "run-01" in cursor_row(driver)


async def test_a_filter_leaves_a_folder_for_the_first_hit_and_escape_goes_back_to_it(many: Path) -> None:
    async with explorer(many) as driver:
        await driver.shows("run-00 ─")
        await driver.press("end")
        await driver.shows("▸ old")
        folder = cursor_row(driver)
        await driver.press("f", *"xlm")
        await driver.shows("─ xlm ─")
        await driver.press("escape")
        await driver.shows("run-00 ─")
        assert cursor_row(driver) == folder


async def test_the_card_of_a_filter_that_leaves_it_stays(many: Path) -> None:
    async with explorer(many) as driver:
        await driver.shows("run-00 ─")
        await driver.press("down", "down", "f", *"run-0", "enter")
        await driver.shows("filter: run-0", "run-02 ─")
        assert "run-02" in cursor_row(driver)


async def test_a_link_that_leads_nowhere_is_in_the_tree_with_its_reason(many: Path) -> None:
    (many / "a.md").symlink_to("nowhere")
    async with explorer(many) as driver:
        await driver.shows("a.md cannot be read: no such file or directory.")
        assert cursor_row(driver).split()[0] == "×"


async def test_a_folder_of_files_that_are_no_cards_says_so_when_they_are_hidden(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("# Notes\n\nBuy milk.\n", encoding="utf-8")
    async with explorer(tmp_path) as driver:
        await driver.shows("Buy milk")
        await driver.press("H")
        await driver.shows("There are only files that are no cards; they are hidden.")
        await driver.press("H")
        await driver.shows("Buy milk")


async def test_a_search_goes_from_hit_to_hit_and_counts_them() -> None:
    async with explorer(SAMPLES) as driver:
        await driver.shows("Findings")
        await driver.press("slash", *"batch", "enter")
        await driver.shows("search: 1 of ")
        await driver.press("n")
        await driver.shows("search: 2 of ")
        await driver.press("N")
        await driver.shows("search: 1 of ")
        await driver.press("escape")
        await driver.lacks("search:")


async def test_a_search_for_words_that_are_not_there_says_so() -> None:
    async with explorer(SAMPLES) as driver:
        await driver.shows("Findings")
        await driver.press("slash", *"zzz", "enter")
        await driver.shows("search: no hit")


async def test_the_raw_text_has_line_numbers_and_r_brings_the_card_back() -> None:
    async with explorer(SAMPLES) as driver:
        await driver.shows("Findings")
        await driver.press("r")
        await driver.shows(" 1 ---", " 4 base_model: FacebookAI/roberta-base", "raw text")
        await driver.press("r")
        await driver.shows("Findings")


async def test_r_keeps_the_place_in_either_view_and_counts_hits_anew() -> None:
    async with explorer(SAMPLES, size=(120, 40)) as driver:
        await driver.shows("Findings")
        await driver.press("2", "pagedown", "pagedown")
        place = driver.lines()[2]
        assert "Results" not in driver.text()
        await driver.press("r")
        await driver.shows(" 1 ---")
        await driver.press("j", "j", "r")
        await driver.lacks("raw text")
        assert driver.lines()[2] == place
        await driver.press("r")
        await driver.shows(" 3 ", "raw text")
        await driver.lacks(" 1 ---")
        await driver.press("r", "g", "slash", *"epoch", "enter")
        shown = (await driver.shows("search: 1 of ")).split("search: ")[1].split()[2]
        await driver.press("r")
        text = await driver.shows("raw text", "search: ")
        assert text.split("search: ")[1].split()[2] != shown


async def test_a_card_is_copied_and_written_as_markdown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("TMUX", raising=False)
    monkeypatch.delenv("STY", raising=False)
    monkeypatch.chdir(tmp_path)
    async with explorer(SAMPLES / "lease-clauses") as driver:
        await driver.shows("Findings")
        terminal = Terminal(driver, monkeypatch)
        await driver.press("C")
        await driver.shows("Copied the card to the terminal's clipboard.")
        copied = terminal.clipboard()
        assert copied.startswith("# ")
        assert "| Accuracy |" in copied
        await driver.press("c")
        await driver.shows("Copied the path to the terminal's clipboard.")
        assert Path(terminal.clipboard()) == SAMPLES / "lease-clauses" / "README.md"
        await driver.press("ctrl+s")
        await driver.shows("The card is in cardtui-card-")
    (written,) = tmp_path.glob("cardtui-card-*.md")
    assert written.read_text() == copied


async def test_brackets_walk_over_the_metrics_and_the_choice_outlives_the_card() -> None:
    async with explorer(SAMPLES) as driver:
        await driver.shows("loss · x epoch · y linear", "1 of 5")
        await driver.press("right_square_bracket", "right_square_bracket")
        await driver.shows("F1 · x epoch", "highest 0.8284, epoch 3", "3 of 5")
        await driver.press("down")
        await driver.shows("lr1e-5-bs64 ─", "F1 · x epoch", "highest 0.8226, epoch 6")
        await driver.press("left_square_bracket")
        await driver.shows("Accuracy · x epoch")


async def test_several_metrics_are_picked_and_drawn_together() -> None:
    async with explorer(SAMPLES) as driver:
        await driver.shows("1 of 5")
        await driver.press("m")
        await driver.shows("Metrics to draw together", "○ Training Loss", "○ Recall")
        await driver.press("down", "down", "space", "space", "enter")
        await driver.shows("Accuracy, F1 · x epoch", "highest 0.8448", "highest 0.8284")


async def test_axes_change_on_their_keys() -> None:
    async with explorer(SAMPLES) as driver:
        await driver.shows("x epoch · y linear")
        await driver.press("X")
        await driver.shows("x step · y linear", "2000")
        await driver.press("y")
        await driver.shows("x step · y log")
        await driver.press("x")
        await driver.shows("x step log · y log")


async def test_points_are_read_along_the_curve() -> None:
    async with explorer(SAMPLES) as driver:
        await driver.shows("last: epoch 4, step 2464")
        await driver.press("3", "right")
        await driver.shows("epoch 1, step 616", "0.6")
        await driver.press("right")
        await driver.shows("epoch 2, step 1232", "validation loss  0.5417", "training loss    0.5617")
        await driver.press("end")
        await driver.shows("epoch 4, step 2464", "0.6344")
        await driver.press("0")
        await driver.shows("last: epoch 4, step 2464")


async def test_curves_zoom_pan_and_reset() -> None:
    async with explorer(SAMPLES) as driver:
        await driver.shows("1 of 5")
        await driver.press("3", "plus")
        zoomed = await driver.shows("y linear · 2×")
        await driver.press("l")
        assert await driver.shows("2×") != zoomed
        await driver.press("0")
        await driver.lacks("2×")


async def test_the_frame_of_the_curves_says_whose_they_are() -> None:
    async with explorer(SAMPLES) as driver:
        await driver.shows("╭─ roberta-base-helpdesk-routing-lr5e-5-bs16 · loss · x epoch · y linear ─")
        await driver.press("p", "down", "z")
        await driver.shows("╭─ roberta-base-helpdesk-routing-lr1e-5-bs64 · Curves · x epoch · y linear ─")


async def test_a_name_that_is_read_after_the_curves_were_drawn_is_in_their_frame() -> None:
    async with explorer(SAMPLES) as driver:
        await driver.shows("lr5e-5-bs16 · loss · x epoch")
        await driver.rests()
        driver.app.screen.query_one("#curves", CurvesPane).name_card("another-run", [])
        await driver.shows("╭─ another-run · loss · x epoch · y linear ─")


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_near_equal_names_stay_apart_in_a_narrow_frame(size: tuple[int, int]) -> None:
    async with explorer(SAMPLES, size=size) as driver:
        await driver.press("3")
        await driver.shows("validation loss  0.6344")
        first = (await driver.rests()).split("╭─ ")[2].split(" · ")[0]
        assert "5e-5" in first
        await driver.press("1", "down", "3")
        await driver.shows("validation loss  0.5402")
        second = (await driver.rests()).split("╭─ ")[2].split(" · ")[0]
        assert "1e-5" in second


async def test_reading_takes_a_zoomed_chart_along() -> None:
    async with explorer(SAMPLES) as driver:
        await driver.shows("1 of 5")
        await driver.press("3", "plus", "plus", "plus", "home", "end")
        text = await driver.shows("epoch 4, step 2464", "8×")
        assert text.split("8×")[1].count("┤") >= 2
        assert "4.0" in text.split("8×")[1]


async def test_zoom_goes_to_the_values_that_are_read() -> None:
    async with explorer(SAMPLES) as driver:
        await driver.shows("1 of 5")
        await driver.press("3", "end", "plus", "plus", "plus")
        text = await driver.shows("y linear · 8×")
        chart = [line.split("validation loss")[0] for line in text.split("y linear")[1].split("\n")]
        assert any("\u2801" <= character <= "\u28ff" for line in chart for character in line)


async def test_full_screen_gives_the_curves_everything_and_escape_takes_it_back() -> None:
    async with explorer(SAMPLES) as driver:
        await driver.shows("1 of 5")
        await driver.press("z")
        text = await driver.lacks("Findings")
        assert "Cards" not in text
        assert "highest 0.8448" in text
        await driver.press("escape")
        await driver.shows("Findings", "Cards")


@pytest.mark.parametrize(
    ("keys", "footer"),
    [
        (["2"], "wide tables"),
        (["3"], "read values"),
        (["tab"], "wide tables"),
        (["shift+tab"], "read values"),
        (["3", "1"], "move"),
    ],
)
async def test_keys_go_to_panes_and_the_footer_says_their_keys(keys: list[str], footer: str) -> None:
    async with explorer(SAMPLES) as driver:
        await driver.shows("1 of 5", "move")
        await driver.press(*keys)
        await driver.shows(footer)


async def test_the_detail_scrolls_and_jumps_by_sections() -> None:
    async with explorer(SAMPLES / "voicemail-urgency") as driver:
        await driver.shows("Results", "0.896")
        await driver.press("2", "enter", "enter", "enter")
        await driver.shows("Training history", "No log")
        await driver.press("G")
        await driver.lacks("Results")
        await driver.press("g")
        await driver.shows("Results")


async def test_a_wide_table_is_panned_by_whole_columns_with_its_first_ones_in_place() -> None:
    async with explorer(SAMPLES / "lease-clauses", size=(80, 40)) as driver:
        await driver.shows("Results")
        await driver.press("2", "enter", "enter", "enter")
        text = await driver.shows("Training Loss  Epoch  Step  Validation Loss")
        assert "Accuracy" not in text.split("Training history")[1]
        await driver.press(*["right"] * 9)
        text = await driver.shows("Training Loss  Epoch", "F1")
        assert "Accuracy" in text.split("Training history")[1]
        assert "Validation Loss" not in text
        await driver.press(*["left"] * 9)
        await driver.shows("Training Loss  Epoch  Step  Validation Loss")


async def test_the_header_of_the_history_stays_while_its_rows_scroll() -> None:
    async with explorer(SAMPLES / "lease-clauses", size=(120, 30)) as driver:
        await driver.shows("Results")
        await driver.press("2", "enter", "enter", "enter", *["down"] * 6)
        text = await driver.shows("Validation Loss", "8.0")
        assert "Training history" not in text


async def test_files_that_are_no_cards_are_hidden_on_a_key(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("Just some notes.\n")
    (tmp_path / "card.md").write_text("---\nlicense: mit\n---\n# A card\n")
    async with explorer(tmp_path) as driver:
        await driver.shows("A card", "notes")
        await driver.press("H")
        await driver.lacks("notes")
        await driver.press("H")
        await driver.shows("notes")


async def test_the_help_tells_every_key() -> None:
    async with explorer(SAMPLES, size=(120, 80)) as driver:
        await driver.shows("1 of 5")
        await driver.press("question_mark")
        text = await driver.shows("Keys everywhere", "Keys in the curves pane")
        assert "Ctrl+C" in text
        assert "Quit with exit status 130" in text
        await driver.press("escape")
        await driver.lacks("Keys everywhere")


async def test_the_palette_runs_what_a_key_does() -> None:
    async with explorer(SAMPLES) as driver:
        await driver.shows("y linear")
        await driver.press("ctrl+p", *"Logarithmic y")
        await driver.shows("Logarithmic y axis")
        await driver.press("enter", "enter")
        await driver.shows("y log")


async def test_a_small_terminal_shows_how_far_the_report_falls_short() -> None:
    async with explorer(SAMPLES, size=(80, 24)) as driver:
        text = await driver.shows("short by", "▼ 0.0024")
        assert "▲ 17 %" in text


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_every_size_shows_tree_and_card_and_fills_the_screen(size: tuple[int, int]) -> None:
    async with explorer(SAMPLES, size=size) as driver:
        text = await driver.shows("Results", "0.8424", "quit")
        assert len(text.split("\n")) == size[1]
        assert "Cards" in text
        await driver.press("3")
        await driver.shows("lowest 0.5417" if size[0] > 80 else "validation loss")


async def test_a_wide_terminal_shows_several_charts() -> None:
    async with explorer(SAMPLES, size=(200, 60)) as driver:
        await driver.shows("lowest 0.5417", "highest 0.8448", "highest 0.8284")


async def test_resizing_loses_nothing_and_a_tiny_terminal_says_what_it_needs() -> None:
    async with explorer(SAMPLES) as driver:
        await driver.shows("1 of 5")
        await driver.press("down", "down", "right_square_bracket")
        await driver.shows("lr2e-5-bs32 ─", "Accuracy · x epoch")
        await driver.pilot.resize_terminal(40, 12)
        await driver.shows("cardtui needs 60 × 14 cells")
        await driver.pilot.resize_terminal(80, 24)
        await driver.shows("lr2e-5-bs32 ─" if "Results" in driver.text() else "Accuracy · x epoch")
        await driver.pilot.resize_terminal(120, 40)
        await driver.shows("lr2e-5-bs32 ─", "Accuracy · x epoch")


async def test_a_folder_without_cards_says_so(tmp_path: Path) -> None:
    async with explorer(tmp_path) as driver:
        await driver.shows("No cards in", "q quits", "0 cards")


async def test_a_file_that_cannot_be_read_is_marked_and_says_why(tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text("---\nlicense: mit\n---\n# Good one\n")
    (tmp_path / "huge.md").write_bytes(b"---\nlicense: mit\n---\n" + b"x" * 5_000_001)
    async with explorer(tmp_path) as driver:
        await driver.shows("Good one", "? huge")
        await driver.press("down")
        await driver.shows("the file is larger than 5 MB and is not read")


async def test_a_card_from_standard_input_is_shown() -> None:
    data = (SAMPLES / "lease-clauses" / "README.md").read_bytes()
    async with explorer(Path("-"), stdin=data) as driver:
        await driver.shows("deberta-v3-small-lease-clauses ─", "0.7845")


async def test_a_problem_is_shown_with_its_line_and_marked_in_the_tree() -> None:
    async with explorer(SAMPLES / "shipping-notices") as driver:
        text = await driver.shows("Problems", "line 31:", "line 86:", "ragged-row")
        await driver.press("2", "G", "pageup")
        await driver.shows("×        0.2916    3.0   624")
        assert "?" in text


def backgrounds(driver: Driver, row: int = 5) -> set[str]:
    """The background colours in a row of the screen."""
    strip = driver.app.screen._compositor.render_strips()[row]
    colours = {segment.style.bgcolor for segment in strip if segment.style}
    return {colour.triplet.hex for colour in colours if colour and colour.triplet}


async def test_the_light_theme_paints_another_background() -> None:
    async with explorer(SAMPLES, theme="cardtui-light") as driver:
        await driver.shows("Results")
        assert backgrounds(driver) == {"#fbfbf9"}


async def test_the_theme_is_chosen_in_the_palette_and_repaints_every_pane() -> None:
    async with explorer(SAMPLES) as driver:
        await driver.shows("Results", "1 of 5")
        await driver.press("ctrl+p", *"Theme")
        await driver.shows("Change the colours")
        await driver.press("enter")
        await driver.shows("cardtui-light")
        await driver.press(*"cardtui-light")
        await driver.lacks("cardtui-dark")
        await driver.press("enter")
        await driver.shows("Results", "1 of 5")
        await driver.pilot.pause()
        assert [backgrounds(driver, row) for row in (5, 30)] == [{"#fbfbf9"}] * 2


async def test_every_theme_of_the_palette_can_be_used() -> None:
    async with explorer(SAMPLES) as driver:
        await driver.shows("Results")
        for name in driver.app.available_themes:
            driver.app.theme = name
            await driver.pilot.pause()
            assert "Results" in driver.text(), name


async def test_findings_are_told_and_enter_goes_to_the_rows_they_speak_of(tmp_path: Path) -> None:
    (tmp_path / "run.md").write_text(RISING)
    async with explorer(tmp_path) as driver:
        await driver.shows("▲ run", "Findings", "Accuracy is 0.85 as reported, 0.05 below the 0.9 of epoch 2.")
        await driver.press("2", "enter")
        await driver.shows("not-best-checkpoint (1 of 3): Enter next, Esc back")
        marked = [line for line in range(40) if driver.is_marked(line)]
        assert [driver.lines()[line].count("0.9") for line in marked] == [1]
        await driver.press("enter")
        await driver.shows("overfitting (2 of 3)")
        await driver.press("escape")
        await driver.lacks("Esc back")
        await driver.shows("Findings")


async def test_a_finding_about_no_row_is_shown_in_the_file(tmp_path: Path) -> None:
    (tmp_path / "run.md").write_text(RISING.replace("- learning_rate: 5e-05", "- total_train_batch_size: 64"))
    async with explorer(tmp_path) as driver:
        await driver.shows("× run", "total_train_batch_size is 64, but train_batch_size 16 is the only factor")
        await driver.press("2", "enter")
        await driver.shows("batch-arithmetic (1 of", "- total_train_batch_size: 64")
        await driver.press("escape")
        await driver.lacks("- total_train_batch_size: 64")


async def test_a_card_without_findings_says_so_on_enter(tmp_path: Path) -> None:
    (tmp_path / "run.md").write_text("---\nlicense: mit\ndatasets: imdb\n---\n# run\n\nWords.\n")
    async with explorer(tmp_path) as driver:
        await driver.shows("Words.")
        await driver.press("2", "enter")
        await driver.shows("No finding of this card speaks of a line.")


async def test_a_metric_is_made_the_headline_of_every_run_and_taken_back(tmp_path: Path) -> None:
    for name, loss in (("a", "0.7111"), ("b", "0.7222")):
        (tmp_path / f"{name}.md").write_text(
            RISING.replace("# run", f"# {name}").replace("- Loss: 0.7", f"- Loss: {loss}")
        )
    async with explorer(tmp_path) as driver:
        await driver.shows("0.85", "lowest 0.6")
        await driver.press("m", "h")
        text = await driver.shows("Loss stands for every run that reports it.", "0.7222", "headline: Loss")
        assert "0.7111" in text.split("╮")[0] + text
        await driver.press("m", "h")
        await driver.shows("Each run has its own headline.")
        await driver.lacks("0.7222")


async def test_what_is_typed_ahead_goes_where_it_is_meant_to() -> None:
    async with explorer(SAMPLES) as driver:
        await driver.shows("Kitchen BERT")
        for key in "fstars xlm":
            driver.app.post_message(events.Key("space" if key == " " else key, key))
        driver.app.post_message(events.Key("enter", "\r"))
        await driver.shows("filter: stars xlm", "0.6170")
        await driver.lacks("Kitchen BERT")


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ("t]", "sorted by"),
        ("tmj", "Metric that stands"),
        ("t  d", "only what differs"),
        ("tfa", "filter: a"),
        ("tob", "Columns"),
    ],
)
async def test_keys_reach_the_screen_that_those_before_them_open(keys: str, words: str) -> None:
    async with explorer(SAMPLES) as driver:
        await driver.shows("Kitchen BERT")
        for key in keys:
            driver.app.post_message(events.Key({" ": "space", "]": "right_square_bracket"}.get(key, key), key))
        await driver.shows(words)


@pytest.mark.parametrize("before", [[], ["t"]], ids=["explorer", "table"])
async def test_what_a_prompt_told_before_it_was_left_changes_nothing_more(before: list[str]) -> None:
    async with explorer(SAMPLES) as driver:
        await driver.shows("13 cards")
        await driver.press(*before, "f", *"bert", "escape")
        await driver.lacks("filter:")
        for message in (PromptChanged("filter", "whisper"), PromptEnded("filter", kept=True)):
            driver.app.screen.post_message(message)
        await driver.pilot.pause()
        text = await driver.shows("13 cards" if not before else "13 of 13")
        assert "filter:" not in text


@pytest.mark.parametrize("opens", ["m", "question_mark", "R", "ctrl+p", "t", "d"])
@pytest.mark.parametrize("closes", ["escape", "enter"])
async def test_keys_that_leave_a_screen_leave_no_more_than_that(opens: str, closes: str) -> None:
    async with explorer(SAMPLES) as driver:
        await driver.shows("13 cards", "validation loss")
        await driver.press("space", opens)
        screen = driver.app.screen
        for _ in range(4):
            screen.dismiss()
        driver.app.post_message(events.Key(closes, None))
        await driver.pilot.pause()
        await driver.shows("13 cards")
        assert driver.app.is_running


async def test_the_palette_takes_keys_before_its_list_is_there() -> None:
    async with explorer(SAMPLES) as driver:
        await driver.shows("13 cards")
        for key in ("ctrl+p", "pagedown", "pageup", "end", "pagedown"):
            driver.app.post_message(events.Key(key, None))
        await driver.shows("Light theme")
        await driver.press("escape")
        await driver.lacks("Light theme")
