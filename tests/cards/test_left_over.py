"""Data that is left unread is told, with its line and reason; what is prose, a decoy or a placeholder is not."""

from __future__ import annotations

import pytest

from tests.cards.making import RESULTS, bullets, codes, front, read_text, table, trainer_card, words
from tui.cards.model import Card

TABLE = table(("Epoch", "Validation Loss"), [("1.0", "0.31")])


def results_section(text: str) -> Card:
    return read_text(f"{front('license: mit')}# m\n\n## Training results\n\n{text}\n")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("| a | b |\n| 1 | 2 |", "its header has no row of dashes below it"),
        ("| a | b |\n|---|\n| 1 | 2 |", "its header has 2 cells and the row of dashes below 1"),
        ("|---|---|\n| 1 | 2 |", "a row of dashes has no header above it"),
        ("> | a | b |\n> |---|---|\n> | 1 | 2 |", "it stands in a block quote"),
    ],
)
def test_a_table_that_is_none_is_told_with_the_reason(text: str, reason: str) -> None:
    card = results_section(text)
    assert card.history.columns == ()
    assert codes(card) == [("table-unread", 9)]
    assert reason in card.problems[0].message
    assert text in words(card)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Words and a | pipe.",
        "More information needed",
        TABLE,
        f"```\n{TABLE}\n```",
        f"<!--\n{TABLE}\n-->",
        f"{TABLE}\n\n```\n{TABLE}\n```",
        f"{TABLE}\n\n> | a |\n> | 1 |",
    ],
)
def test_what_was_read_and_what_is_no_table_is_not_told(text: str) -> None:
    assert codes(results_section(text)) == []


def test_a_second_section_of_results_is_told_and_the_first_counts() -> None:
    text = trainer_card()
    card = read_text(f"{text}\n### Training results\n\n{TABLE}\n")
    assert [row.cells[1].raw for row in card.history.rows] == ["1.0", "2.0", "3.0"]
    assert codes(card) == [("second-table", text.count("\n") + 4)]


def test_a_second_list_of_hyperparameters_is_told_and_the_first_counts() -> None:
    text = trainer_card()
    card = read_text(f"{text}\n### Training hyperparameters\n\n- learning_rate: 1\n")
    assert card.hyperparameters[0].value.raw == "5e-05"
    assert codes(card) == [("second-list", text.count("\n") + 4)]
    assert "- learning_rate: 1" in words(card)


def test_an_empty_section_before_that_of_the_hyperparameters_is_nothing() -> None:
    card = read_text("# m\n\n## Training hyperparameters\n\nTo do.\n\n## Training hyperparameters\n\n- seed: 1\n")
    assert (len(card.hyperparameters), codes(card)) == (1, [])


def test_results_that_stand_a_second_time_are_told_and_the_first_count() -> None:
    text = trainer_card()
    card = read_text(f"{text}\n{RESULTS}\n{bullets(['Loss: 0.1'])}\n")
    assert [entry.value.raw for entry in card.results] == ["0.7000", "0.7500"]
    assert codes(card) == [("second-list", text.count("\n") + 2)]


@pytest.mark.parametrize(
    "text",
    [
        f"{RESULTS} Loss: 0.3, Accuracy: 0.9",
        f"{RESULTS}\n\nLoss: 0.3\nAccuracy: 0.9",
        f"{RESULTS}\n\n**Without LM**\n- Loss: 0.3",
        f"{RESULTS}\n\n| Loss |\n|---|\n| 0.3 |",
    ],
)
def test_results_in_another_form_than_a_list_are_told(text: str) -> None:
    card = read_text(f"{front('license: mit')}# m\n\n{text}\n\n## Next\n\n- x: 1\n")
    assert card.results == ()
    assert codes(card) == [("results-unread", 7)]
    assert "0.3" in words(card)


@pytest.mark.parametrize(
    "text",
    [
        f"{RESULTS}\n",
        f"{RESULTS}\n\nMore information needed\n",
        f"{RESULTS}\n<!-- 0.3 -->\n",
        f"```\n{RESULTS} 1\n```\n",
    ],
)
def test_an_announcement_of_no_results_is_nothing(text: str) -> None:
    assert codes(read_text(f"{front('license: mit')}# m\n\n{text}\n## Next\n\n- x: 1\n")) == []


@pytest.mark.parametrize(
    "heading",
    [
        "## TRAINING RESULTS",
        "#### Training results ####",
        "## **Training results**",
        "## __Training results__:",
        "## 📈 Training results",
        "## Training results 🚀",
        "<h3>Training results</h3>",
        '<h3 align="center"><b>Training results</b></h3>',
        "Training results\n---",
    ],
)
def test_the_table_is_found_under_every_form_of_its_heading(heading: str) -> None:
    card = read_text(f"{front('license: mit')}# m\n\n{heading}\n{TABLE}\n")
    assert [row.cells[1].raw for row in card.history.rows] == ["0.31"]
    assert codes(card) == []
