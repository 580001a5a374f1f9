"""What a card says, and what was judged of it, in lines for a pane or for a pipe."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import stated
from tests.render.making import ESCAPES, MARKUP, facts_of, styled, table_of, text_of, trainer_card
from tests.render.test_text import harmless
from tui.cards.model import Card
from tui.cards.read import parse, read
from tui.judge.metrics import Direction
from tui.judge.rules import Rules
from tui.judge.verdict import judge
from tui.render.card import facts, flat
from tui.render.chart import BEST
from tui.render.line import Line
from tui.render.parts import row_place
from tui.render.prose import prose

PANES = [54, 76, 90]
TRAINER_CARDS = [path for path in stated.SAMPLE_CARDS if stated.history(path)]
EVERY_TRAINER_CARD = pytest.mark.parametrize("path", TRAINER_CARDS, ids=stated.sample_id)
EVERY_WIDTH = pytest.mark.parametrize("cells", [*PANES, None], ids=["54 cells", "76 cells", "90 cells", "a pipe"])

COLUMNS = ["Training Loss", "Epoch", "Step", "Validation Loss", "Accuracy", "Gen Len"]
ROWS = [
    ["No log", "1.0", "100", "0.50", "0.8", "12.5"],
    ["0.4", "2.0", "200", "0.30", "0.7", "19.0"],
    ["0.2", "3.0", "300", "0.40", "0.9", "15.0"],
]


def a_card(loss: str = "0.40", accuracy: str = "0.9", gen_len: str = "15.0") -> Card:
    """A run of three epochs; as given, its last row is reported."""
    results = f"- Loss: {loss}\n- Accuracy: {accuracy}\n- Gen Len: {gen_len}"
    settings = "- train_batch_size: 8\n- num_epochs: 3"
    return trainer_card(results, table_of(COLUMNS, ROWS), settings)


def section(lines: list[Line], name: str) -> list[Line]:
    """The lines of one section, without its heading."""
    start = next(i for i, line in enumerate(lines) if line.section == name) + 1
    end = next((i for i in range(start, len(lines)) if lines[i].section), len(lines))
    return lines[start:end]


def row_of(lines: list[Line], name: str) -> str:
    """The first line that begins with a name."""
    return next(line.text for line in lines if line.text.strip().split("  ")[0] == name)


# Everything is there


@EVERY_TRAINER_CARD
@EVERY_WIDTH
def test_every_reported_value_is_shown_beside_its_name(path: Path, cells: int | None) -> None:
    lines = section(facts_of(read(path), cells), "Results")
    for name, value in stated.results(path):
        assert value in row_of(lines, name)


@EVERY_TRAINER_CARD
@EVERY_WIDTH
def test_every_hyperparameter_is_shown(path: Path, cells: int | None) -> None:
    text = "".join(text_of(section(facts_of(read(path), cells), "Hyperparameters")).split())
    for name, value in stated.hyperparameters(path):
        assert name in text
        assert "".join(value.split()) in text


@EVERY_TRAINER_CARD
@EVERY_WIDTH
def test_every_history_cell_is_shown_in_its_row(path: Path, cells: int | None) -> None:
    lines = section(facts_of(read(path), cells), "Training history")[1:]
    shown = [line.text.translate(dict.fromkeys(map(ord, f"{BEST}▸×"))).split() for line in lines if line.text]
    wanted = [" ".join(row).split() for row in stated.history(path)]
    assert [words[: len(row)] for words, row in zip(shown, wanted, strict=True)] == wanted


def test_a_pipe_has_whole_cells_and_the_elements_of_lists_in_addition() -> None:
    values = ", ".join(f"0.{i:016d}" for i in range(1, 12))
    card = trainer_card(f"- F1: [{values}]", table_of(["Epoch", "F1"], [["1.0", f"[{values}]"]]))
    lines = section(facts_of(card, None), "Training history")
    assert f"[{values}]" in text_of(lines)
    assert "F1[10]" in text_of(lines)
    assert f"[{values}]" in text_of(section(facts_of(card, None), "Results"))


def test_a_pane_cuts_a_long_cell_with_a_mark_and_gives_a_long_number_six_digits() -> None:
    card = trainer_card("", table_of(["Epoch", "Note", "F1"], [["1.0", "x" * 200, "0.1234567890123456789"]]))
    text = text_of(section(facts_of(card, 76), "Training history"))
    assert "xxx…" in text
    assert "x" * 100 not in text
    assert "0.1234567" not in text
    assert "0.123457" in text


LONG = [
    ["0.33297", "1e-05", "100", "0.6625709533691406", "0.8424045491470349", "[0.12345678901234, 0.5]"],
    ["0.33297", "2.1234567890123", "200", "1.2345678901234e-05", "91.24045491470349%", "[0.22345678901234, 0.5]"],
]


def card_of_long_numbers() -> Card:
    """A card of all the digits that programs print."""
    columns = ["Training Loss", "Epoch", "Step", "Validation Loss", "Accuracy", "F1"]
    results = "- Loss: 1.2345678901234e-05\n- Accuracy: 91.24045491470349%\n- F1: [0.22345678901234, 0.5]"
    return trainer_card(f"{results}\n- Wer: 0.123456789012", table_of(columns, LONG))


@pytest.mark.parametrize("cells", PANES)
def test_tables_of_a_pane_have_six_digits_of_long_numbers(cells: int) -> None:
    lines = facts_of(card_of_long_numbers(), cells)
    table = section(lines, "Results")
    assert row_of(table, "Loss").split()[:6] == ["Loss", "1.23457e-05", "1.23457e-05", "2.12346", "/", "2.12346"]
    assert row_of(table, "Accuracy").split()[:3] == ["Accuracy", "91.2405%", "91.2405%"]
    assert row_of(table, "F1[0]").split()[1:3] == ["0.223457", "0.223457"]
    assert row_of(table, "Wer").split()[:2] == ["Wer", "0.123457"]
    rows = [line.text for line in section(lines, "Training history")]
    for number in ("0.662571", "0.842405", "2.12346", "1.23457e-05", "91.2405%", "0.223457"):
        assert any(number in row.split() for row in rows), number
    assert all("0.8424045" not in row for row in rows)


def test_a_pipe_has_all_digits_of_long_numbers() -> None:
    lines = facts_of(card_of_long_numbers(), None)
    for part in ("Results", "Training history"):
        text = text_of(section(lines, part))
        for number in ("1.2345678901234e-05", "91.24045491470349%", "0.22345678901234", "2.1234567890123"):
            assert number in text, (part, number)


def test_the_long_numbers_of_a_card_without_a_history_are_shortened_too() -> None:
    card = trainer_card("- Loss: 0.6625709533691406\n- F1: 0.123456789012 ± 0.5")
    assert row_of(section(facts_of(card, 76), "Results"), "Loss").split() == ["Loss", "0.662571"]
    assert "0.123457 ± 0.5" in text_of(section(facts_of(card, 76), "Results"))
    assert "0.6625709533691406" in text_of(section(facts_of(card, None), "Results"))


def test_cells_behind_the_last_column_are_shown() -> None:
    card = trainer_card("", table_of(["Epoch", "F1"], [["1.0", "0.5", "0.77"]]))
    assert "0.77" in text_of(section(facts_of(card, None), "Training history"))


def test_a_short_row_is_not_filled_up() -> None:
    card = trainer_card(
        "", table_of(["Epoch", "Step", "Loss", "F1"], [["1.0", "10", "0.3"], ["2.0", "20", "0.2", "0.8"]])
    )
    row = section(facts_of(card, None), "Training history")[1]
    assert row.text.split() == ["1.0", "10", "0.3"]


def test_a_table_without_rows_says_so() -> None:
    card = trainer_card("- Loss: 1.0", table_of(COLUMNS, []))
    assert "no rows" in text_of(section(facts_of(card, 76), "Training history"))


# Identity


def test_a_card_is_introduced_by_base_model_dataset_licence_and_writer() -> None:
    card = trainer_card(front="license: mit\npipeline_tag: fill-mask\ntags:\n- generated_from_trainer")
    assert facts_of(card, 90)[0].text == "base → reviews · fill-mask · mit · Trainer, Transformers 4.46.3"


def test_a_card_without_dataset_says_unknown_dataset() -> None:
    lines = facts_of(read(stated.SAMPLES / "lease-clauses" / "README.md"), 90)
    assert lines[0].text.startswith("microsoft/deberta-v3-small → unknown dataset")


# Best, last, provenance


def test_best_last_and_reported_stand_side_by_side() -> None:
    lines = section(facts_of(a_card(), 76), "Results")
    assert lines[0].text.split() == ["reported", "best", "at", "epoch", "short", "by", "last"]
    assert row_of(lines, "Loss").split() == ["Loss", "0.40", "0.30", "2", "/", "3", "▲", "33", "%", "0.40"]
    assert row_of(lines, "Accuracy").split() == ["Accuracy", "0.9", "0.9", "3", "/", "3", "0.9"]


def test_the_gap_to_the_best_is_printed_in_the_metrics_own_unit() -> None:
    lines = section(facts_of(a_card(loss="0.30", accuracy="0.7", gen_len="19.0"), 76), "Results")
    assert row_of(lines, "Accuracy").split()[-3:-1] == ["▼", "0.2"]
    assert "▲" not in row_of(lines, "Loss")


def test_a_metric_of_unknown_direction_is_neither_ranked_nor_coloured() -> None:
    lines = facts_of(a_card(gen_len="12.5"), 76)
    row = next(line for line in section(lines, "Results") if "Gen Len" in line.text)
    assert styled([row], "good", "bad") == []
    assert not any(mark in row.text for mark in "▲▼◆")
    cells = styled(section(lines, "Training history"), "good", "bad")
    assert cells == [f"0.30 {BEST}", f"0.9 {BEST}"]


def test_a_reported_value_is_good_where_it_is_the_best_and_bad_where_it_is_not() -> None:
    lines = section(facts_of(a_card(), 76), "Results")
    loss, accuracy = (next(line for line in lines if name in line.text) for name in ("Loss", "Accuracy"))
    assert "0.40" in styled([loss], "bad")
    assert "0.9" in " ".join(styled([accuracy], "good"))
    assert styled([accuracy], "bad") == []


@pytest.mark.parametrize("loss", ["nan", "inf"])
def test_a_reported_loss_that_is_no_number_is_not_called_good(loss: str) -> None:
    row = next(line for line in section(facts_of(a_card(loss=loss), 76), "Results") if "Loss" in line.text)
    assert loss not in " ".join(styled([row], "good"))


def test_the_best_cells_are_marked_in_a_pane() -> None:
    history = section(facts_of(a_card(), 76), "Training history")
    marked = [
        word
        for line in history
        for word, mark in zip(line.text.split(), line.text.split()[1:], strict=False)
        if mark == BEST
    ]
    assert marked == ["0.30", "0.9"]


def test_nothing_is_marked_in_the_history_of_a_pipe() -> None:
    text = text_of(section(facts_of(a_card(), None), "Training history"))
    assert BEST not in text
    assert "▸" not in text


def test_the_training_loss_has_no_best_value() -> None:
    history = section(facts_of(a_card(), 76), "Training history")
    assert f"0.2 {BEST}" not in text_of(history)


def test_the_reported_row_is_pointed_at() -> None:
    history = section(facts_of(a_card(loss="0.30", accuracy="0.7", gen_len="19.0"), 76), "Training history")
    assert [line.text.startswith("▸") for line in history if line.text] == [False, False, True, False]


@pytest.mark.parametrize(
    ("reported", "sentence"),
    [
        (("0.40", "0.9", "15.0"), "row 3 of 3 (epoch 3, step 300): the last row; best Accuracy."),
        (("0.30", "0.7", "19.0"), "row 2 of 3 (epoch 2, step 200): the lowest loss."),
        (("0.50", "0.8", "12.5"), "row 1 of 3 (epoch 1, step 100): neither the last row nor a best one."),
        (
            ("0.30", "0.7", "19.5"),
            "row 2 of 3 (epoch 2, step 200): the lowest loss. Not in agreement with it: Gen Len.",
        ),
        (("30", "70", "1900"), "row 2 of 3 (epoch 2, step 200): the lowest loss. All are given × 100."),
        (("0.99", "0.1", "1.0"), "no row: evaluated separately, or another checkpoint."),
    ],
    ids=["last and best", "lowest loss", "another", "nearly", "hundredfold", "none"],
)
@EVERY_WIDTH
def test_one_sentence_says_which_row_is_reported(
    reported: tuple[str, str, str], sentence: str, cells: int | None
) -> None:
    text = " ".join(text_of(section(facts_of(a_card(*reported), cells), "Results")).split())
    assert sentence in text


def test_a_card_without_history_shows_what_it_reports() -> None:
    lines = section(facts_of(trainer_card("- Loss: 0.25\n- F1: nan"), 76), "Results")
    assert row_of(lines, "Loss").split() == ["Loss", "0.25"]
    assert row_of(lines, "F1").split() == ["F1", "nan"]


def test_every_element_of_a_reported_list_has_a_row_and_the_list_is_shown_once() -> None:
    card = trainer_card("- F1: [0.9, 0.8]", table_of(["Epoch", "F1"], [["1.0", "[0.9, 0.7]"], ["2.0", "[0.9, 0.8]"]]))
    lines = section(facts_of(card, 76), "Results")
    assert text_of(lines).count("[0.9, 0.8]") == 1
    assert row_of(lines, "F1[1]").split()[:3] == ["F1[1]", "0.8", "0.8"]


def test_a_list_of_a_card_without_history_is_shown_once() -> None:
    text = text_of(section(facts_of(trainer_card("- F1: [0.9, 0.8]"), None), "Results"))
    assert text.count("[0.9, 0.8]") == 1


# The rest


def test_an_estimate_is_marked_as_one() -> None:
    lines = [line.text for line in section(facts_of(a_card(), 76), "Estimates") if line.text]
    assert lines
    assert [text for text in lines if "≈" not in text] == []


def test_training_examples_and_steps_are_estimated() -> None:
    text = " ".join(text_of(section(facts_of(a_card(), None), "Estimates")).split())
    assert "training examples ≈ 800" in text
    assert "steps per epoch ≈ 100" in text


@EVERY_WIDTH
def test_a_problem_is_shown_with_its_line(cells: int | None) -> None:
    path = stated.SAMPLES / "shipping-notices" / "README.md"
    text = " ".join(text_of(section(facts_of(read(path), cells), "Problems")).split())
    assert f"line {stated.line_of(path, '0.9713')}: " in text
    assert "7 cells for 8 columns" in text
    assert "ragged-row" in text


def test_the_frameworks_are_shown() -> None:
    assert row_of(section(facts_of(a_card(), 76), "Environment"), "Transformers").split() == ["Transformers", "4.46.3"]


def test_the_model_index_is_shown_as_it_is_written() -> None:
    path = stated.SAMPLES / "lifeboat-radio" / "README.md"
    text = text_of(section(facts_of(read(path), None), "Model index"))
    assert "Automatic Speech Recognition on Lifeboat Radio" in text
    assert "36.23945072235732" in text


def test_metadata_is_shown_as_people_wrote_it() -> None:
    card = trainer_card(front="license: no\nlanguage:\n- no\n- en\nversion: 1.10\ntags:\n- generated_from_trainer")
    words = " ".join(text_of(section(facts_of(card, None), "Metadata")).split())
    assert words == "license no language no, en version 1.10 tags generated_from_trainer"


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (True, "true"), (["a", 1], "a, 1"), ({"a": [1, 2], "b": None}, "a: 1, 2, b: "), (0, "0")],
    ids=["nothing", "truth", "list", "mapping", "zero"],
)
def test_metadata_stands_in_one_line(value: object, text: str) -> None:
    assert flat(value) == text  # type: ignore[arg-type]


def test_a_row_is_placed_by_epoch_and_step() -> None:
    assert row_place(a_card().history, 1) == "epoch 2, step 200"


def test_a_row_without_epoch_and_step_is_counted() -> None:
    assert row_place(trainer_card(history=table_of(["F1"], [["0.1"], ["0.2"]])).history, 1) == "row 2"


# Panes


def wide_card() -> Card:
    """A card in which everything is long."""
    words, word = "many words " * 30, "w" * 10_000
    numbers = ", ".join(f"0.{i:012d}" for i in range(1, 40))
    front = f"tags:\n- generated_from_trainer\nlicense: {word}\nnote: {words}\n{'k' * 100}: value"
    index = (
        f"\nmodel-index:\n- name: x\n  results:\n  - task: {{name: {words}}}\n    dataset: {{name: {word}, type: d}}\n"
    )
    metrics = "    metrics:\n    - {name: F1, type: f1, value: 0.5}"
    return trainer_card(
        f"- Loss: 0.3\n- F1: [{numbers}]\n- Report: {words}",
        table_of(["Epoch", "Loss", "Report"], [["1.0", "0.3", word]]),
        f"- optimizer: {words}\n- path: {word}\n- {'n' * 100}: 1",
        front + index + metrics,
        f"## {words}\n\n{word} {words}",
    )


@pytest.mark.parametrize("cells", PANES)
def test_no_line_but_of_a_table_is_wider_than_its_pane(cells: int) -> None:
    card = wide_card()
    lines = [*facts_of(card, cells), *prose(card, cells)]
    assert [(line.width, line.text[:40]) for line in lines if line.table is None and line.width > cells] == []


@EVERY_TRAINER_CARD
@pytest.mark.parametrize("cells", PANES)
def test_no_line_of_a_sample_is_wider_than_its_pane_but_of_a_table(path: Path, cells: int) -> None:
    lines = facts_of(read(path), cells)
    assert [line.text for line in lines if line.table is None and line.width > cells] == []


def test_no_word_is_lost_to_a_narrow_pane() -> None:
    card = wide_card()
    wide, narrow = ("".join(text_of(section(facts_of(card, c), "Hyperparameters")).split()) for c in (None, 54))
    assert "w" * 10_000 in wide
    assert sorted(narrow) == sorted(wide)


@EVERY_TRAINER_CARD
def test_the_header_that_stays_in_view_is_a_line_that_says_something(path: Path) -> None:
    heads = {id(line.head): line.head for line in facts_of(read(path), 76) if line.head is not None}
    assert heads
    assert [head for head in heads.values() if not head.text.strip()] == []


# Untrusted text


def hostile(text: str) -> Card:
    """A card with a text in every place that takes one."""
    inner = text.replace("\x00", "").replace("\x85", "").replace("\u2028", "").replace("|", "")
    quoted = '"' + "".join(f"\\U{ord(c):08x}" for c in inner) + '"'
    front = f"tags:\n- generated_from_trainer\nlicense: {quoted}\nlibrary_name: {quoted}\n{quoted}: {quoted}"
    return trainer_card(
        f"- Loss: 0.3\n- F1{inner}: {inner}",
        table_of(["Epoch", "Loss", f"Col{inner}"], [["1.0", "0.3", inner], ["2.0", inner, "0.5"]]),
        f"- seed{inner}: {inner}",
        front,
        f"## Title {inner}\n\nText {inner}",
    )


@EVERY_WIDTH
def test_no_control_code_of_a_card_comes_through(cells: int | None) -> None:
    card = hostile(ESCAPES)
    text = "".join(line.text for line in [*facts_of(card, cells), *prose(card, cells)])
    assert "red" in text
    assert sorted({hex(ord(c)) for c in text if not harmless(c)}) == []


@EVERY_WIDTH
@pytest.mark.parametrize("text", MARKUP)
def test_markup_stays_readable_in_facts(text: str, cells: int | None) -> None:
    shown = text_of(facts_of(hostile(text), cells))
    for before in ("F1", "Col", "seed", ""):
        assert before + text in shown


def test_a_file_that_is_no_card_says_so() -> None:
    from tui.cards.read import parse  # noqa: PLC0415

    assert "no model card" in facts_of(parse(b"# Shopping\n\n- eggs\n", "list.md"), 76)[0].text


def test_the_best_cells_are_by_the_directions_that_are_set() -> None:
    card = read(stated.SAMPLES / "helpdesk-sweep" / "run-1" / "README.md")
    usual, turned = (
        "\n".join(line.text for line in facts(card, judge(card, rules), 120))
        for rules in (Rules(), Rules(directions={"accuracy": Direction.MINIMIZE}))
    )
    assert (f"0.8448 {BEST}" in usual, f"0.8075 {BEST}" in usual) == (True, False)
    assert (f"0.8448 {BEST}" in turned, f"0.8075 {BEST}" in turned) == (False, True)


@pytest.mark.parametrize("end", ["-1", "**-1**"])
def test_the_evaluation_after_the_training_is_no_epoch(end: str) -> None:
    rows = [["1.0", "100", "0.5"], ["2.0", "200", "0.6"], [end, end, "0.7"]]
    card = trainer_card("- Accuracy: 0.7", table_of(["Epoch", "Step", "Accuracy"], rows))
    results = text_of(facts_of(card, 90)).split("Training history")[0]
    assert "end / 2" in results
    assert "row 3 of 3 (the end of the training)" in results
    assert "-1" not in results


def test_an_evaluation_before_the_training_is_not_called_its_end() -> None:
    rows = [["-1", "-1", "0.8"], ["1.0", "100", "0.75"], ["2.0", "200", "0.7"]]
    card = trainer_card("- Accuracy: 0.7", table_of(["Epoch", "Step", "Accuracy"], rows))
    text = text_of(facts_of(card, 90)).split("Training history")[0]
    assert "start / 2" in text
    assert "below the 0.8 of the start of the training" in " ".join(text.split())


def test_error_rates_fall_short_by_what_the_finding_says() -> None:
    rows = [["0.9", "1.0", "100", "0.5", "0.24"], ["0.8", "2.0", "200", "0.4", "0.25"]]
    columns = ["Training Loss", "Epoch", "Step", "Validation Loss", "Wer"]
    lines = facts_of(trainer_card("- Loss: 0.4\n- Wer: 0.25", table_of(columns, rows)), 90)
    assert row_of(lines, "Wer").split()[-3:-1] == ["▲", "0.01"]


def test_a_card_without_a_history_ends_its_results_without_a_blank_line() -> None:
    lines = [line.text.strip() for line in facts_of(trainer_card("- Loss: 0.4"), 90)]
    assert lines[lines.index("Findings") - 2] != ""


@pytest.mark.parametrize(
    ("dataset", "entries", "shown"),
    [
        ("glue", ["glue cola"], "glue (cola)"),
        ("GLUE COLA", ["glue cola"], "GLUE COLA"),
        ("imdb", ["imdb default"], "imdb"),
        ("common_voice", ["common_voice kmr", "common_voice gl"], "common_voice"),
        ("a/common_voice", ["common_voice gl", "other kmr"], "a/common_voice (gl)"),
        ("invoices", ["receipts en"], "invoices"),
    ],
)
def test_a_dataset_has_its_configuration_where_that_says_more(dataset: str, entries: list[str], shown: str) -> None:
    results = "".join(
        f"  - dataset:\n      name: {name}\n      type: {name}\n      args: {args}\n"
        "    metrics: [{type: f1, value: 0.5}]\n"
        for name, args in (entry.split() for entry in entries)
    )
    yaml = f"model-index:\n- name: m\n  results:\n{results}"
    sentence = f"This model is a fine-tuned version of [b](u) on the {dataset} dataset."
    card = parse(f"---\n{yaml}---\n# m\n\n{sentence}\n".encode(), "m.md")
    assert f"b → {shown} · " in facts(card, judge(card), None)[0].text


@pytest.mark.parametrize(
    ("front", "writer"),
    [
        ("license: mit\ntags:\n- token-classification\n- spacy", "spacy"),
        ("library_name: keras\ntags:\n- spacy", "keras"),
        ("license: mit\ntags:\n- token-classification", "unknown writer"),
    ],
)
def test_a_card_that_no_known_program_wrote_is_said_to_be_of_its_library(front: str, writer: str) -> None:
    card = parse(f"---\n{front}\n---\n\n# boats\n\nA model.\n".encode(), "README.md")
    assert writer in text_of(facts_of(card, 80)[:4])


BOLD_SAYS = "* The bold row denotes the saved checkpoint."


@pytest.mark.parametrize(
    ("below", "loss", "shown"),
    [
        (BOLD_SAYS, "0.40", "The saved checkpoint is row 2 of 3 (epoch 2, step 200)."),
        (BOLD_SAYS, "0.30", None),
        ("", "0.40", None),
    ],
    ids=["another", "the-reported-one", "not-said"],
)
def test_the_saved_checkpoint_is_named_where_it_is_not_the_reported_row(
    below: str, loss: str, shown: str | None
) -> None:
    rows = [ROWS[0], [f"**{cell}**" for cell in ROWS[1]], ROWS[2]]
    text = text_of(facts_of(trainer_card(f"- Loss: {loss}", f"{table_of(COLUMNS, rows)}\n{below}"), None))
    assert ("The saved checkpoint" in text) == bool(shown)
    assert (shown or "The reported results are row") in text


@pytest.mark.parametrize("history", ["", table_of(COLUMNS, ROWS)], ids=["no-history", "history"])
def test_a_list_of_lists_is_one_line_as_it_is_printed(history: str) -> None:
    text = text_of(facts_of(trainer_card("- Confusion Matrix: [[5, 1], [0, 7]]\n- Accuracy: 0.9", history), None))
    assert [line.split(maxsplit=2)[2] for line in text.splitlines() if "Matrix" in line] == ["[[5, 1], [0, 7]]"]


@pytest.mark.parametrize(
    ("count", "shown"), [(25, "… and 1 more element of a long list"), (26, "… and 2 more elements of")]
)
def test_elements_that_are_not_shown_are_counted(count: int, shown: str) -> None:
    values = ", ".join(["0.5"] * count)
    assert shown in text_of(facts_of(trainer_card(f"- F1: [{values}]"), None))
