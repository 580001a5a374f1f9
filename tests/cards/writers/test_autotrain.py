"""Cards of AutoNLP and AutoTrain: metrics as bullets, as bare lines, and cards without any."""

from __future__ import annotations

import pytest

from tests.cards.making import front, read_text, trainer_card, words
from tests.cards.writers.seen import line_of, pairs, titles

YAML = "tags: {tag}\ndatasets:\n- ada/autotrain-data-boats\nco2_eq_emissions: 0.57"
BULLETS = """# Model Trained Using {program}

- Problem type: Binary Classification
- Model ID: 1234
- CO2 Emissions (in grams): 0.57

## Validation Metrics

- Loss: 0.42
- Macro F1: 0.9

## Usage

```
$ curl -X POST
```
"""
BARE = """
---
tags:
- autotrain
- text-classification
datasets:
- ada/boats
---

# Model Trained Using AutoTrain

- Problem type: Text Classification

## Validation Metrics
loss: 0.42

f1_macro: 0.9

runtime: nan
{more}"""


@pytest.mark.parametrize(("tag", "program"), [("autonlp", "AutoNLP"), ("[autotrain, text]", "AutoTrain")])
def test_metrics_as_bullets_are_results(tag: str, program: str) -> None:
    card = read_text(front(YAML.format(tag=tag)) + BULLETS.format(program=program))
    assert (card.name, card.writer) == (f"Model Trained Using {program}", "autotrain")
    assert (card.base_model, card.dataset, card.problems) == (None, "ada/autotrain-data-boats", ())
    assert pairs(card.results) == [("Loss", "0.42"), ("Macro F1", "0.9")]
    assert card.results[1].line == line_of(card, "- Macro F1: 0.9")
    assert (card.hyperparameters, card.history.columns) == ((), ())
    assert titles(card) == [f"Model Trained Using {program}", "Usage"]
    assert "Problem type: Binary Classification" in words(card)
    assert card.metadata.task == "Binary Classification"


def test_a_task_of_the_metadata_counts_before_the_problem_type() -> None:
    yaml = YAML.format(tag="autotrain") + "\npipeline_tag: text-classification"
    assert read_text(front(yaml) + BULLETS.format(program="AutoTrain")).metadata.task == "text-classification"


def test_metrics_as_bare_lines_are_results() -> None:
    card = read_text(BARE.format(more="").lstrip())
    assert pairs(card.results) == [("loss", "0.42"), ("f1_macro", "0.9"), ("runtime", "nan")]
    assert card.results[1].line == line_of(card, "f1_macro: 0.9")
    assert titles(card) == ["Model Trained Using AutoTrain"]


@pytest.mark.parametrize("more", ["\nNote: measured on one GPU\n", "No validation metrics available\n"])
def test_sentences_among_the_metrics_are_none(more: str) -> None:
    card = read_text(BARE.format(more=more).lstrip())
    assert len(card.results) == 3
    assert more.strip() in words(card)


def test_best_parameters_of_a_table_are_hyperparameters() -> None:
    params = "\n## Best Params\n\n- learning_rate: 0.07\n- max_depth: 4\n"
    card = read_text(BARE.format(more=params).lstrip())
    assert pairs(card.hyperparameters) == [("learning_rate", "0.07"), ("max_depth", "4")]
    assert "Best Params" not in titles(card)


@pytest.mark.parametrize("yaml", ["tags:\n- autotrain", "license: other"], ids=["tag", "title"])
def test_a_language_model_has_no_metrics(yaml: str) -> None:
    text = (
        "# Model Trained Using AutoTrain\n\nThis model was trained using AutoTrain.\n\n# Usage\n\n```python\nx\n```\n"
    )
    card = read_text(front(yaml) + text)
    assert (card.writer, card.results, card.problems) == ("autotrain", (), ())
    assert titles(card) == ["Model Trained Using AutoTrain", "Usage"]


def test_a_sentence_transformer_of_autotrain_is_autotrains() -> None:
    text = BARE.format(more="").lstrip().replace("- text-classification", "- sentence-transformers")
    assert (read_text(text).writer, len(read_text(text).results)) == ("autotrain", 3)


def test_a_trainers_card_with_its_tag_is_read_whole() -> None:
    card = read_text(trainer_card(yaml="tags:\n- autotrain\n- generated_from_trainer"))
    assert (card.writer, len(card.results), len(card.history.rows)) == ("autotrain", 2, 3)
