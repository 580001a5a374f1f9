"""Cards of SetFit: the words alone of 0.x, and the layout since 1.0."""

from __future__ import annotations

import pytest

from tests.cards.making import front, read_text, table, words
from tests.cards.writers.seen import cells, labels, line_of, pairs, saved, titles, versions

FIRST = """# ada/oars

This is a [SetFit model](https://github.com/huggingface/setfit) that can be used for text classification.

## Usage

```python
from setfit import SetFitModel
```
"""
BODY = (
    " This SetFit model uses [acme/tiny](https://huggingface.co/acme/tiny) as the Sentence Transformer embedding model."
)
DATA = " trained on the [boats](https://huggingface.co/datasets/d/boats) dataset"
RESULTS = (("**0.002**", "**1**", "**0.37**", "**-**"), ("0.5", "250", "-", "0.21"), ("1.0", "500", "0.01", "0.19"))


def since_1(data: str = DATA, base: str = BODY, labels_of: tuple[tuple[str, str, str], ...] = ()) -> str:
    """A card since 1.0; `labels_of` are (label, accuracy, F1) beside those of all."""
    metrics = table(("Label", "Accuracy", "F1"), [("**all**", "0.91", "0.9"), *labels_of])
    return f"""# SetFit with acme/tiny

This is a [SetFit](https://github.com/huggingface/setfit) model{data} that can be used for Text Classification.{base}

## Model Details

### Model Labels
| Label | Examples |
|:------|:---------|
| row   | <ul><li>'Loss: 3'</li></ul> |

## Evaluation

### Metrics
{metrics}

## Training Details

### Training Set Metrics
| Training set | Min | Median | Max |
|:-------------|:----|:-------|:----|
| Word count   | 2   | 10.5   | 44  |

### Training Hyperparameters
- batch_size: (16, 2)
- num_epochs: (1, 16)
- distance_metric: cosine_distance

### Training Results
{table(("Epoch", "Step", "Training Loss", "Validation Loss"), RESULTS)}

* The bold row denotes the saved checkpoint.
### Framework Versions
- Python: 3.10.1
- SetFit: 1.1.0
"""


@pytest.mark.parametrize("yaml", ["tags:\n- setfit\n- sentence-transformers", "license: mit"])
def test_the_words_of_the_first_versions_are_known_and_kept(yaml: str) -> None:
    card = read_text(front(yaml) + FIRST)
    assert (card.writer, card.name, card.base_model, card.dataset) == ("setfit", "ada/oars", None, None)
    assert (card.results, card.hyperparameters, card.problems) == ((), (), ())
    assert titles(card) == ["ada/oars", "Usage"]


def test_a_title_of_ones_own_above_hides_no_writer() -> None:
    assert read_text(f"# Mine\n\nOf StatsLake.\n\n{FIRST}").writer == "setfit"


def test_a_card_since_1_is_read_whole() -> None:
    card = read_text(front("tags:\n- generated_from_setfit_trainer") + since_1())
    assert (card.name, card.writer, card.problems) == ("SetFit with acme/tiny", "setfit", ())
    assert (card.base_model, card.dataset) == ("acme/tiny", "boats")
    assert labels(card.results) == [("Accuracy", "0.91"), ("F1", "0.9")]
    assert card.results[0].line == line_of(card, "| **all** | 0.91 | 0.9 |")
    assert pairs(card.hyperparameters)[0] == ("batch_size", "(16, 2)")
    assert [suffix for suffix, _ in card.hyperparameters[0].value.elements] == ["[0]", "[1]"]
    assert card.history.columns == ("Epoch", "Step", "Training Loss", "Validation Loss")
    assert cells(card)[:2] == [["0.002", "1", "0.37", "-"], ["0.5", "250", "-", "0.21"]]
    assert saved(card) == [0]
    assert versions(card) == [("Python", "3.10.1"), ("SetFit", "1.1.0")]
    assert titles(card) == [
        "SetFit with acme/tiny", "Model Details", "Model Labels", "Training Details", "Training Set Metrics",
    ]  # fmt: skip
    assert "Word count" in words(card)


def test_results_of_labels_are_told_apart() -> None:
    card = read_text(since_1(labels_of=(("row", "0.8", "0.7"),)))
    assert labels(card.results)[2:] == [("row Accuracy", "0.8"), ("row F1", "0.7")]
    assert [result.name for result in card.results] == ["Accuracy", "F1", "Accuracy", "F1"]


@pytest.mark.parametrize(
    ("data", "base", "expected"),
    [
        ("", BODY, ("acme/tiny", None)),
        (DATA, "", (None, "boats")),
        (" trained on the [Unknown](u) dataset", BODY.replace("acme/tiny", "unknown"), (None, None)),
    ],
)
def test_what_the_sentence_leaves_out_is_none(data: str, base: str, expected: tuple[str | None, str | None]) -> None:
    card = read_text(since_1(data, base))
    assert (card.base_model, card.dataset) == expected


def test_a_table_of_metrics_without_labels_is_no_result() -> None:
    card = read_text(since_1().replace("| Label | Accuracy | F1 |", "| Model | Accuracy | F1 |"))
    assert card.results == ()
    assert "| Model | Accuracy | F1 |" in words(card)


@pytest.mark.usefixtures("at_once")
def test_a_sentence_made_to_take_long_is_read_at_once() -> None:
    assert read_text(since_1(data=" trained on the a" * 20_000)).writer == "setfit"
