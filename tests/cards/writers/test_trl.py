"""Cards of trl: its template since 0.12, the Trainer's before, and PPO's template."""

from __future__ import annotations

import pytest

from tests.cards.making import front, read_text, trainer_card, words
from tests.cards.writers.seen import titles, versions

LINK = "[acme/tiny](https://huggingface.co/acme/tiny)"
TEMPLATE = """---
library_name: transformers
model_name: rowing
tags:
- generated_from_trainer
{tags}licence: license
---

# Model Card for rowing

This model is a fine-tuned version of {base}{data}.
It has been trained using [TRL](https://github.com/huggingface/trl).

## Quick start

```python
question = "Who rows?"
```

## Training procedure




This model was trained with SFT.

### Framework versions

- TRL: 0.21.0
- Transformers: 4.55.0
- Pytorch: 2.7.1+cu118

## Citations

Cite TRL as:

```bibtex
@misc{{x}}
```
"""
DATA = {
    "none": ("", None),
    "one": (" on the [acme/boats](https://huggingface.co/datasets/acme/boats) dataset", "acme/boats"),
    "several": (
        " on the [['acme/boats', 'acme/oars']](https://huggingface.co/datasets/x) dataset",
        "acme/boats, acme/oars",
    ),
}


@pytest.mark.parametrize(("data", "dataset"), DATA.values(), ids=DATA)
@pytest.mark.parametrize("tags", ["- trl\n- sft\n", ""], ids=["tag", "sentence"])
def test_the_template_is_read(tags: str, data: str, dataset: str | None) -> None:
    card = read_text(TEMPLATE.format(tags=tags, base=LINK, data=data))
    assert (card.name, card.writer) == ("Model Card for rowing", "trl")
    assert (card.base_model, card.dataset, card.problems) == ("acme/tiny", dataset, ())
    assert versions(card) == [("TRL", "0.21.0"), ("Transformers", "4.55.0"), ("Pytorch", "2.7.1+cu118")]
    assert titles(card) == ["Model Card for rowing", "Quick start", "Training procedure", "Citations"]
    assert "fine-tuned version" not in words(card)


def test_a_base_model_that_was_not_known_is_none() -> None:
    card = read_text(TEMPLATE.format(tags="", base="[None](https://huggingface.co/None)", data=""))
    assert card.base_model is None


def test_the_trainers_card_with_its_tag_is_trls() -> None:
    card = read_text(trainer_card(yaml="tags:\n- trl\n- dpo\n- generated_from_trainer"))
    assert (card.writer, len(card.results), len(card.history.rows)) == ("trl", 2, 3)


@pytest.mark.parametrize("yaml", ["tags:\n- trl\n- ppo", "library_name: peft\nbase_model: acme/tiny"])
def test_the_template_of_ppo_has_words_alone(yaml: str) -> None:
    sentence = "This is a [TRL language model](https://github.com/huggingface/trl) that has been fine-tuned.\n"
    card = read_text(f"{front(yaml)}# TRL Model\n\n{sentence}\n## Usage\n\n```bash\npip install trl\n```\n")
    assert (card.writer, card.name) == ("trl", "TRL Model")
    assert (card.results, card.hyperparameters, card.frameworks) == ((), (), ())
    assert titles(card) == ["TRL Model", "Usage"]
