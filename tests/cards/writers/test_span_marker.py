"""Cards of SpanMarker: its first template, and the layout with results by entity."""

from __future__ import annotations

import pytest

from tests.cards.making import front, read_text, table, words
from tests.cards.writers.seen import cells, labels, pairs, titles, versions

FIRST = """# SpanMarker for Named Entity Recognition

This is a [SpanMarker](https://github.com/tomaarsen/SpanMarkerNER) model that can be used for Named Entity Recognition.\
 In particular, this SpanMarker model uses [acme/tiny](https://huggingface.co/acme/tiny) as the underlying encoder.

## Usage

x
"""
HISTORY = ("Epoch", "Step", "Validation Loss", "Validation Precision", "Validation F1")
LATER = f"""# SpanMarker with acme/tiny on boats

This is a [SpanMarker](https://github.com/tomaarsen/SpanMarkerNER) model trained on the \
[boats](https://huggingface.co/datasets/d/boats) dataset that can be used for Named Entity Recognition. \
This SpanMarker model uses [acme/tiny](https://huggingface.co/models/acme/tiny) as the underlying encoder.

### Model Labels
| Label | Examples |
|:------|:---------|
| LAKE  | "Como"   |

## Evaluation

### Metrics
{table(("Label", "Precision", "F1"), [("**all**", "0.91", "0.92"), ("LAKE", "0.8", "0.81"), ("SEA", "0.7", "0.71")])}

## Training Details

### Training Set Metrics
| Training set    | Min | Median | Max |
|:----------------|:----|:-------|:----|
| Sentence length | 1   | 10.9   | 113 |

### Training Hyperparameters
- learning_rate: 5e-05
- optimizer: Adam with betas=(0.9,0.999) and epsilon=1e-08

### Training Results
{table(HISTORY, [("0.5", "100", "0.02", "0.9", "0.91")])}

### Framework Versions

- SpanMarker: 1.5.0
- Transformers : 4.35.0
"""


@pytest.mark.parametrize("text", [FIRST, front("tags:\n- span-marker\n- ner") + FIRST])
def test_the_first_template_names_its_encoder(text: str) -> None:
    card = read_text(text)
    assert (card.writer, card.base_model, card.dataset) == ("span-marker", "acme/tiny", None)
    assert (card.results, card.problems) == ((), ())
    assert titles(card) == ["SpanMarker for Named Entity Recognition", "Usage"]


@pytest.mark.parametrize("text", [LATER, front("tags:\n- generated_from_span_marker_trainer") + LATER])
def test_a_later_card_is_read_whole(text: str) -> None:
    card = read_text(text)
    assert (card.name, card.writer, card.problems) == ("SpanMarker with acme/tiny on boats", "span-marker", ())
    assert (card.base_model, card.dataset) == ("acme/tiny", "boats")
    assert labels(card.results) == [
        ("Precision", "0.91"), ("F1", "0.92"), ("LAKE Precision", "0.8"), ("LAKE F1", "0.81"),
        ("SEA Precision", "0.7"), ("SEA F1", "0.71"),
    ]  # fmt: skip
    assert pairs(card.hyperparameters)[0] == ("learning_rate", "5e-05")
    assert card.history.columns == HISTORY
    assert cells(card) == [["0.5", "100", "0.02", "0.9", "0.91"]]
    assert versions(card) == [("SpanMarker", "1.5.0"), ("Transformers", "4.35.0")]
    assert titles(card)[1:] == ["Model Labels", "Training Details", "Training Set Metrics"]
    assert "Sentence length" in words(card)


def test_an_entity_called_all_in_capitals_is_an_entity() -> None:
    card = read_text(LATER.replace("| LAKE | 0.8", "| ALL | 0.8"))
    assert labels(card.results)[2] == ("ALL Precision", "0.8")
