"""Cards of LLaMA-Factory: the Trainer's with its tag, names of local folders, sometimes an empty history."""

from __future__ import annotations

import pytest

from tests.cards.making import front, read_text, table, trainer_card
from tests.cards.writers.seen import titles

YAML = "library_name: peft\nbase_model: models/tiny\ntags:\n- llama-factory\n- lora\n- generated_from_trainer"
LOCAL = {
    "one": ("[models/tiny](https://huggingface.co/models/tiny) on the oars dataset.", "models/tiny", "oars"),
    "windows": ("[D:\\m\\tiny](https://huggingface.co/D:\\m\\tiny) on the oars dataset.", "D:\\m\\tiny", "oars"),
    "two": ("[m](https://huggingface.co/m) on the oars and the boats datasets.", "m", "oars and the boats"),
}


@pytest.mark.parametrize(("rest", "base_model", "dataset"), LOCAL.values(), ids=LOCAL)
def test_a_card_is_read_as_the_trainers(rest: str, base_model: str, dataset: str) -> None:
    sentence = f"This model is a fine-tuned version of {rest}"
    card = read_text(trainer_card(yaml=YAML, title="# train_2024-03-01-10-11-12", sentence=sentence))
    assert (card.writer, card.name) == ("llama-factory", "train_2024-03-01-10-11-12")
    assert (card.base_model, card.dataset) == (base_model, dataset)
    assert (len(card.results), len(card.hyperparameters), len(card.history.rows)) == (2, 3, 3)


def test_a_run_without_evaluation_has_an_empty_history_and_no_problem() -> None:
    text = trainer_card(yaml=YAML, rows=())
    card = read_text(text.replace(table(("Training Loss", "Epoch", "Step", "Validation Loss", "Accuracy"), ()), ""))
    assert (card.history.columns, card.problems) == ((), ())
    assert "Training results" not in titles(card)


def test_without_its_tag_nothing_tells_it_from_peft() -> None:
    assert read_text(front("library_name: peft") + "# m\n").writer == "peft"
