"""Cards of unsloth: its bullets and badge, and cards of trl and the Trainer with its tag."""

from __future__ import annotations

import pytest

from tests.cards.making import front, read_text, trainer_card, words

BADGE = (
    '[<img src="https://raw.githubusercontent.com/unslothai/unsloth/main/images/unsloth%20made%20with%20love.png"'
    ' width="200"/>](https://github.com/unslothai/unsloth)'
)
UPLOADED = f"""
# Uploaded  model

- **Developed by:** ada
- **License:** mit
- **Finetuned from model :** acme/tiny-bnb-4bit

This qwen2 model was trained 2x faster with [Unsloth](https://github.com/unslothai/unsloth) and Huggingface's TRL.

{BADGE}
"""
GGUF = "# boats : GGUF\n\nThis model was finetuned and converted to GGUF format using [Unsloth](https://u.example).\n"


@pytest.mark.parametrize("text", [UPLOADED.replace(BADGE, ""), UPLOADED.replace("faster with", "by")])
def test_the_sentence_and_the_badge_are_signs_each(text: str) -> None:
    assert read_text(text).writer == "unsloth"


@pytest.mark.parametrize("yaml", ["tags:\n- trl\n- unsloth", "license: mit"], ids=["tag", "badge"])
def test_an_uploaded_model_has_its_base_model_and_keeps_its_words(yaml: str) -> None:
    card = read_text(front(yaml) + UPLOADED)
    assert (card.name, card.writer, card.base_model) == ("Uploaded  model", "unsloth", "acme/tiny-bnb-4bit")
    assert (card.results, card.hyperparameters, card.problems) == ((), (), ())
    assert "**Developed by:** ada" in words(card)
    assert BADGE in words(card)


def test_a_converted_model_is_unsloths() -> None:
    assert read_text(GGUF).writer == "unsloth"


@pytest.mark.parametrize("tags", ["unsloth\n- generated_from_trainer", "trl\n- unsloth"])
def test_a_trainers_card_with_its_tag_is_read_whole(tags: str) -> None:
    card = read_text(trainer_card(yaml=f"tags:\n- {tags}"))
    assert (card.writer, card.base_model, len(card.results), len(card.history.rows)) == ("unsloth", "bert-base", 2, 3)


def test_a_link_further_below_makes_no_card_unsloths() -> None:
    text = "# m\n\nHello.\n\n## Thanks\n\n" + UPLOADED.partition("tiny-bnb-4bit\n")[2]
    assert read_text(front("license: mit") + text).writer == "other"
