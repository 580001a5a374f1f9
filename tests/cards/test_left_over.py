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


REWORDED = [
    "It achieves the following results on evaluation set:",
    "It achieves the following results on the test set:",
    "It achieves following results on our own held-out data (a tenth of it):",
    "It achieved the following result on the dev split.",
    "The model obtains the following scores:",
    "**The following evaluation results on boats**",
    "- The following results were obtained without a language model:",
    "We sailed. Other models drift. It reaches these folowing results on the **validation** set:",
]


@pytest.mark.parametrize("sentence", REWORDED)
@pytest.mark.parametrize("between", ["", "\n"])
def test_results_that_are_announced_in_other_words_are_read_and_the_words_stay(sentence: str, between: str) -> None:
    card = read_text(f"{front('license: mit')}# m\n\n{sentence}\n{between}- Loss: 0.3\n- F1: [0.4, 0.5]\n\nMore: 0.7\n")
    assert [(result.name, result.value.raw) for result in card.results] == [("Loss", "0.3"), ("F1", "[0.4, 0.5]")]
    assert codes(card) == []
    assert sentence in words(card)
    assert "0.3" not in words(card)


@pytest.mark.parametrize(
    "text",
    [
        "We compare it with the following results on the test set:\n- boat-base: 0.8\n- ship-base: 0.9",
        "These models achieve the following results on the test set:\n- boat-base: 0.8",
        "The base model achieves the following results on the test set:\n- Loss: 0.8",
        "The following results are achieved by:\n- Seeds: 3.5",
        "The following metrics are used:\n- Recall: 0.5",
        "It is trained on the following datasets:\n- boats: 12000",
        "Results:\n\n- Loss: 0.8",
        "It achieves the following results on the test set, see the plot.\n\n![2.5](plot.png)",
        "```\nIt achieves the following results on the test set:\n- Loss: 0.8\n```",
    ],
)
def test_lists_of_something_else_are_no_results_and_not_told(text: str) -> None:
    card = read_text(f"{front('license: mit')}# m\n\n{text}\n")
    assert (card.results, codes(card)) == ((), [])
    assert text in words(card)


@pytest.mark.parametrize(
    "text",
    [
        "loss 0.3, accuracy 0.9",
        "\n\n| Loss |\n|---|\n| 0.3 |",
        "\n\nWithout sails:\n\n- Loss: 0.3",
        "\n- Boats ([data](https://boats)):\n    - Loss: 0.3",
        "\n- Loss: 0.3\n- Boat: red",
    ],
)
def test_results_announced_in_other_words_in_another_form_are_told(text: str) -> None:
    card = read_text(f"{front('license: mit')}# m\n\nIt obtains the following results on the test set: {text}\n")
    assert card.results == ()
    assert codes(card) == [("results-unread", 7)]
    assert "0.3" in words(card)


@pytest.mark.parametrize("first", [True, False])
def test_results_on_the_evaluation_set_count_before_others(first: bool) -> None:
    test = "It achieves the following results on the test set:\n- Loss: 0.8"
    ours = f"{RESULTS}\n- Loss: 0.3"
    text = "\n\n".join([ours, test] if first else [test, ours])
    card = read_text(f"{front('license: mit')}# m\n\n{text}\n")
    assert [result.value.raw for result in card.results] == ["0.3"]
    assert codes(card) == [("second-list", 10 if first else 7)]
    assert ("the first ones" if first else "those further down") in card.problems[0].message
    assert "- Loss: 0.8" in words(card)


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize(
    "again", ["following ", "achieves the following ", "following a following results ", "flllll", "hyperparameters "]
)
def test_a_line_made_to_take_long_announces_nothing(again: str) -> None:
    line = again * (1_000_000 // len(again))
    assert (
        read_text(f"{front('license: mit')}## Training hyperparameters\n\n- a: 1\n\n{line} following\n- x: 1\n").results
        == ()
    )


@pytest.mark.usefixtures("at_once")
def test_many_announcements_cost_little() -> None:
    lines = "It achieves the following results on the test set: see\n" * 4_000
    assert read_text(f"{front('license: mit')}# m\n\n{lines}\n").results == ()


def test_further_hyperparameters_of_a_section_are_told_and_other_lists_are_not() -> None:
    more = "The model was made with these hyperparameters:\n- dropout: 0.1\n\nAbout hyperparameters.\n\n- hours: 3"
    text = trainer_card().replace("### Training results", f"{more}\n\n### Training results")
    card = read_text(text)
    assert codes(card) == [("second-list", text[: text.index("- dropout")].count("\n") + 1)]
    assert len(card.hyperparameters) == 3
    assert "- dropout: 0.1" in words(card)


def test_a_metric_with_two_values_is_told_and_the_first_counts() -> None:
    card = read_text(trainer_card(results=("Loss: 0.7000", "Accuracy: 0.7500", "Loss: 0.7000", "Accuracy: 0.1000")))
    line = card.results[3].line
    assert codes(card) == [("second-list", line)]
    assert f"Accuracy stands here a second time, with another value than in line {line - 2}" in card.problems[0].message


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


@pytest.mark.parametrize(
    ("below", "reason"),
    [
        ("English:\n- Loss: 0.1\n- F1: 0.9\n\nSpanish:\n- Loss: 0.2", "2 lists with labels follow, and which of them"),
        ("**English:**\n\n- **Loss**: 0.1", "their list has a label above it"),
        ("Loss is 0.1 on the whole.", "no list of - name: value follows directly"),
    ],
    ids=["two", "one", "none"],
)
def test_why_announced_results_are_not_read_is_told(below: str, reason: str) -> None:
    card = read_text(f"{front('license: mit')}# m\n\n{RESULTS}\n\n{below}\n")
    assert card.results == ()
    assert codes(card) == [("results-unread", 7)]
    assert reason in card.problems[0].message
