"""Cards of transformers' Keras callback and of the Hub's Keras mixin, in each of its layouts."""

from __future__ import annotations

import pytest

from tests.cards.making import RESULTS, USED, bullets, front, read_text, table, words
from tests.cards.writers.seen import cells, line_of, pairs, titles, versions

COMMENT = (
    "<!-- This model card has been generated automatically according to the information Keras had access to. You should"
    "\nprobably proofread and complete it, then remove this comment. -->"
)
OPTIMIZER = "{'name': 'AdamWeightDecay', 'learning_rate': {'class_name': 'PolynomialDecay', 'config': {'power': 1.0}}}"
CALLBACK = f"""{COMMENT}

# river-names

This model is a fine-tuned version of [acme/tiny](https://huggingface.co/acme/tiny) on an unknown dataset.
{RESULTS}
{bullets(("Train Loss: 0.41", "Validation Loss: 0.52", "Epoch: 1"))}

## Training procedure

### Training hyperparameters

{USED}
{bullets((f"optimizer: {OPTIMIZER}", "training_precision: float32"))}

### Training results

{table(("Train Loss", "Validation Loss", "Epoch"), [("0.73", "0.61", "0"), ("0.41", "0.52", "1")])}


### Framework versions

{bullets(("Transformers 4.30.1", "TensorFlow 2.12.0"))}
"""


@pytest.mark.parametrize("text", [CALLBACK, front("tags:\n- generated_from_keras_callback") + CALLBACK])
def test_the_callbacks_card_is_read_in_its_own_names(text: str) -> None:
    card = read_text(text)
    assert (card.name, card.writer, card.base_model, card.dataset) == ("river-names", "keras", "acme/tiny", None)
    assert pairs(card.results) == [("Train Loss", "0.41"), ("Validation Loss", "0.52"), ("Epoch", "1")]
    assert pairs(card.hyperparameters) == [("optimizer", OPTIMIZER), ("training_precision", "float32")]
    assert card.history.columns == ("Train Loss", "Validation Loss", "Epoch")
    assert cells(card) == [["0.73", "0.61", "0"], ["0.41", "0.52", "1"]]
    assert versions(card) == [("Transformers", "4.30.1"), ("TensorFlow", "2.12.0")]
    assert (titles(card), card.problems) == ([], ())


MIXIN = """---
library_name: keras
---

## Model description

More information needed

## Training procedure

### Training hyperparameters

The following hyperparameters were used during training:
{settings}

 ## Training Metrics
{metrics}
 ## Model Plot

<details>
<summary>View Model Plot</summary>

![Model Image](./model.png)

</details>"""
SETTINGS = {
    "bullets": "- name: SGD\n- learning_rate: 0.05\n- training_precision: float32",
    "rows": "\n| Hyperparameters | Value |\n| :-- | :-- |\n| name | SGD |\n| learning_rate | 0.05 |"
    "\n| training_precision | float32 |",
    "one-row": "\n|name|learning_rate|training_precision|\n|----|-------------|------------------|\n|SGD|0.05|float32|",
}
METRICS = "| Epochs | Train Loss | Validation Loss |\n |--- |--- |--- |\n| 1| 0.9|  0.8| \n| 2| 0.7|  0.75| "


@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
def test_hyperparameters_of_the_mixin_are_read_in_each_of_its_forms(settings: str) -> None:
    card = read_text(MIXIN.format(settings=settings, metrics="\nModel history needed\n"), "lake.md")
    assert (card.writer, card.name) == ("keras", "lake")
    assert pairs(card.hyperparameters) == [
        ("name", "SGD"),
        ("learning_rate", "0.05"),
        ("training_precision", "float32"),
    ]
    assert card.history.columns == ()
    assert titles(card) == ["Model description", "Training Metrics", "Model Plot"]
    assert "Model history needed" in words(card)


def test_the_history_of_the_mixins_first_versions_is_read() -> None:
    card = read_text(MIXIN.format(settings=SETTINGS["bullets"], metrics=METRICS))
    assert card.history.columns == ("Epochs", "Train Loss", "Validation Loss")
    assert cells(card) == [["1", "0.9", "0.8"], ["2", "0.7", "0.75"]]
    assert card.history.rows[1].line == line_of(card, "| 2| 0.7|  0.75| ")
    assert titles(card) == ["Model description", "Model Plot"]


def test_a_table_of_several_trials_is_no_setting() -> None:
    trials = "\n| lr | batch |\n|--|--|\n| 0.1 | 8 |\n"
    wide = "\n| lr | batch | seed |\n|--|--|--|\n| 0.1 | 8 | 1 |\n| 0.2 | 8 | 2 |\n"
    card = read_text(MIXIN.format(settings=wide, metrics=trials))
    assert card.hyperparameters == ()
    assert "| 0.2 | 8 | 2 |" in words(card)


@pytest.mark.parametrize("layout", ["## Use\n\nx", "## Model Plot\n\nx"])
def test_a_keras_model_with_words_of_its_own_is_anothers(layout: str) -> None:
    assert read_text(f"---\nlibrary_name: keras\n---\n# m\n\n{layout}").writer == "other"
