"""What a table knows of a card."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tui.cards.read import parse
from tui.judge.facts import Facts, facts, from_json, to_json
from tui.judge.verdict import judge

_CARD = """---
license: mit
base_model: bert-base-uncased
---
# run-1

This model is a fine-tuned version of [bert-base-uncased](x) on the emotion dataset.
It achieves the following results on the evaluation set:
- Loss: 0.9000
- F1: 0.7200

### Training hyperparameters
The following hyperparameters were used during training:
- learning_rate: 5e-05
- train_batch_size: 8
- gradient_accumulation_steps: 4
- num_epochs: 3

### Training results

| Training Loss | Epoch | Step | Validation Loss | F1     |
|:-------------:|:-----:|:----:|:---------------:|:------:|
| 0.5           | 1.0   | 100  | 0.4000          | 0.7500 |
| 0.3           | 2.0   | 200  | 0.6000          | 0.7400 |
| 0.1           | 3.0   | 300  | 0.9000          | 0.7200 |

### Framework versions
- Transformers 4.46.3
"""


def _facts(text: str = _CARD) -> Facts:
    card = parse(text.encode(), "run-1/README.md")
    return facts(card, judge(card))


def test_a_metric_is_known_as_reported_best_and_last_as_printed() -> None:
    values = _facts().values
    assert [values[f"{lead}.f1"].raw for lead in ("reported", "best", "last")] == ["0.7200", "0.7500", "0.7200"]
    assert values["best.loss"].number == 0.4


def test_settings_versions_and_fields_have_their_keys() -> None:
    values = _facts().values
    assert values["setting.learning_rate"].number == 5e-05
    assert values["setting.total_train_batch_size"].raw == "32"  # implied: 8 × 4
    assert values["version.transformers"].raw == "4.46.3"
    assert (values["base"].raw, values["dataset"].raw, values["license"].raw) == ("bert-base-uncased", "emotion", "mit")


@pytest.mark.parametrize(
    "rate", ["2e-05", "{'class_name': 'Decay', 'config': {'initial_learning_rate': 2e-05, 'x': 1}}"]
)
def test_the_learning_rate_of_keras_is_that_of_its_optimizer(rate: str) -> None:
    optimizer = f"- optimizer: {{'name': 'Adam', 'learning_rate': {rate}, 'epsilon': 1e-07}}"
    values = _facts(_CARD.replace("- learning_rate: 5e-05", optimizer)).values
    assert values["setting.learning_rate"].number == 2e-05


def test_findings_are_codes_with_the_gravest_first() -> None:
    known = _facts()
    assert "overfitting" in known.findings
    assert known.severity == "warning"


def test_a_list_is_told_by_its_length_and_element_by_element() -> None:
    values = _facts(_CARD.replace("- F1: 0.7200", "- F1: [0.5, 0.7]")).values
    assert values["reported.f1"].raw == "[2]"
    assert values["reported.f1"].number is None
    assert values["reported.f1[1]"].number == 0.7


def test_json_gives_the_same_facts_back() -> None:
    known = _facts(_CARD.replace("- F1: 0.7200", "- F1: nan"))
    assert repr(from_json(json.loads(json.dumps(to_json(known))))) == repr(known)


def test_a_text_that_is_no_card_has_no_values() -> None:
    card = parse(b"just words\n", Path("notes.md").name)
    assert not facts(card, judge(card)).is_card
