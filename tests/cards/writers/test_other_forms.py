"""Settings and results in forms of people's own: read where they say what they are, told where they do not."""

from __future__ import annotations

import pytest

from tests.cards.making import RESULTS, codes, front, read_text, table, trainer_card, words
from tests.cards.writers.seen import line_of, pairs
from tui.cards.model import Card

SETTINGS = table(("Parameter", "Value"), [("**Batch size**", "8"), ("`optimizer`", "AdamW")])
NUMBERS = SETTINGS.replace("AdamW", "3")
METRICS = table(("Metric", "# Value"), [("**EM**", "**60.5**"), ("F1", "64.2 %")])

INDEX = """model-index:
- name: m
  results:
  - task: {type: x}
    dataset: {type: d}
    metrics: [{type: f1, value: 0.7}]"""


def by_hand(text: str, yaml: str = "license: mit") -> Card:
    return read_text(f"{front(yaml)}# boats\n\n{text}\n")


@pytest.mark.parametrize("heading", ["## Hyperparameters", "#### Training Hyperparameters"])
def test_a_table_of_names_and_values_is_the_settings(heading: str) -> None:
    card = by_hand(f"{heading}\n\nOurs.\n\n<details><summary>Click to expand</summary>\n\n{SETTINGS}\n\n</details>")
    assert pairs(card.hyperparameters) == [("Batch size", "8"), ("optimizer", "AdamW")]
    assert card.hyperparameters[0].line == line_of(card, "| **Batch size** | 8 |")
    assert card.problems == ()
    assert "Ours." in words(card)
    assert "<details>" not in words(card)


@pytest.mark.parametrize("training", ["pre-training", "fine-tuning", "training"])
def test_a_list_that_is_introduced_is_the_settings(training: str) -> None:
    introduction = f"The following hyperparameters were used during {training}:"
    card = by_hand(
        f"## Training procedure\n\nWe row.\n\n{introduction}\n\n- learning_rate : 1e-4\n- steps: 260,000\n\nDone."
    )
    assert pairs(card.hyperparameters) == [("learning_rate", "1e-4"), ("steps", "260,000")]
    assert introduction not in words(card)
    assert {"We row.", "Done."} <= set(words(card).split("\n"))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("## Hyperparameters\n\n```\nLearning rate: 1e-05\nBatch size: 32\n```", 10),
        ("## Hyperparameters\n\n```python\n{'batch_size': 1024,\n 'clip_coef': 0.1}\n```", 10),
        ("### Training Hyperparameters\n\n**Precision:** FP16\n**Epochs:** 10\n**Learning rate:** 2e-4", 10),
        (f"## Hyperparameters\n\n{SETTINGS}\n\n{SETTINGS}", 11),
        (f"## Hyperparameters\n\n{NUMBERS}\n\n## Hyperparameters\n\n{NUMBERS}", 11),
        ("## Hyperparameters\n\n| Parameter | Range |\n|---|---|\n| lr | 0.1 |\n| epochs | 3 |", 11),
    ],
    ids=["fence", "dict", "bold", "two-tables", "two-sections", "ranges"],
)
def test_settings_in_another_form_are_told(text: str, line: int) -> None:
    card = by_hand(text)
    assert card.hyperparameters == ()
    assert {code for code, _ in codes(card)} == {"hyperparameters-unread"}
    assert codes(card)[0][1] in {line, line - 1}


def test_two_lists_that_are_introduced_are_told() -> None:
    introduction = "The following hyperparameters were used during {}:\n\n- learning_rate: {}\n\n"
    card = by_hand(introduction.format("pre-training", "1e-4") + introduction.format("fine-tuning", "1e-5"))
    assert (card.hyperparameters, [code for code, _ in codes(card)]) == ((), ["hyperparameters-unread"] * 2)


@pytest.mark.parametrize(
    "text",
    [
        "## Hyperparameters\n\nWe trained for 3 epochs, with a rate of 0.1.",
        "## Hyperparameters\n\n- **Training regime:** [More Information Needed] <!--fp32, fp16 mixed precision-->",
        "## Usage\n\n```\nbatch_size: 8\nseed: 1\n```",
    ],
)
def test_what_is_no_setting_is_not_told(text: str) -> None:
    assert by_hand(text).problems == ()


@pytest.mark.parametrize("heading", ["## Results:", "## Evaluation Results", "## Metrics"])
def test_a_table_of_metrics_is_the_results(heading: str) -> None:
    card = by_hand(f"{heading}\n\n{METRICS}")
    assert [(result.name, result.value.raw, result.value.number) for result in card.results] == [
        ("EM", "60.5", 60.5),
        ("F1", "64.2 %", 64.2),
    ]
    assert "EM" not in words(card)


@pytest.mark.parametrize(
    ("text", "yaml"),
    [
        (f"## Results\n\n{METRICS}\n\n## Evaluation\n\n{METRICS}", "license: mit"),
        ("## Results\n\n" + table(("Metric", "Value"), [("F1", "64.2"), ("BLEU", "WIP")]), "license: mit"),
        ("## Results\n\n" + table(("Model", "Value"), [("ours", "64.2"), ("theirs", "60.1")]), "license: mit"),
        ("## Results\n\n" + table(("Metric", "Ours", "Theirs"), [("F1", "64.2", "60.1")]), "license: mit"),
        ("## Results\n\n" + table(("Metric", "Value"), [("F1", "64.2"), ("F1", "60.1")]), "license: mit"),
        (f"## Related work\n\n{METRICS}", "license: mit"),
        (f"## Results\n\n{METRICS}", INDEX),
    ],
    ids=["two", "no-number", "models", "two-models", "name-twice", "heading", "model-index"],
)
def test_a_table_that_may_be_of_something_else_stays_text(text: str, yaml: str) -> None:
    card = by_hand(text, yaml)
    assert card.results == ()
    assert "| F1 |" in words(card) or "| ours |" in words(card)


def test_counts_among_metrics_are_no_results_and_stay() -> None:
    rows = [("Test samples", "5000"), ("Parameters", "110,000,000"), ("Accuracy", "0.91")]
    card = by_hand("## Evaluation\n\n" + table(("Metric", "Value"), rows))
    assert pairs(card.results) == [("Accuracy", "0.91")]
    assert "| Test samples | 5000 |" in words(card)


def test_a_table_of_metrics_makes_no_card_of_a_page() -> None:
    page = "# queue\n\n## Results\n\n" + table(("Metric", "Value"), [("Latency p99", "4.2")])
    assert not read_text(page).is_card


def test_a_table_of_metrics_beside_the_reported_results_stays_text() -> None:
    card = read_text(trainer_card() + f"\n## Results\n\n{METRICS}\n")
    assert len(card.results) == 2
    assert "**EM**" in words(card)


def test_a_table_of_metrics_below_the_announcement_is_the_results() -> None:
    card = by_hand(f"It achieves the following results on the test set:\n\n{METRICS}")
    assert (pairs(card.results), card.problems) == ([("EM", "60.5"), ("F1", "64.2 %")], ())


def test_a_printed_dict_below_the_announcement_is_the_results() -> None:
    card = by_hand(f"{RESULTS}\n{{'exact_match': 62.0, 'f1': 79.4}}")
    assert (pairs(card.results), card.problems) == ([("exact_match", "62.0"), ("f1", "79.4")], ())
    assert card.results[0].line == line_of(card, "{'exact_match': 62.0, 'f1': 79.4}")


def test_quotes_are_no_part_of_a_name() -> None:
    assert pairs(by_hand(f"{RESULTS}\n- 'eval_loss': 0.3\n- \"f1\": 0.9").results) == [
        ("eval_loss", "0.3"),
        ("f1", "0.9"),
    ]


def test_a_list_whose_values_were_left_out_is_told() -> None:
    card = by_hand("It achieves the following results on the validation set:\n- Loss: xx\n- BLEU: xxx")
    assert (card.results, codes(card)) == ((), [("results-unread", 7)])
    assert "no numbers" in card.problems[0].message


def test_a_list_of_words_is_not_told() -> None:
    told = by_hand("It achieves the following results on the validation set:\n- Speed: as fast as before\n- Bugs: none")
    assert told.problems == ()
