"""Cards of axolotl: the Trainer's below a badge and a configuration, which fills in what they leave out."""

from __future__ import annotations

import pytest

from tests.cards.making import GENERATED, SETTINGS, VERSIONS, front, read_text, trainer_card, words
from tests.cards.writers.seen import line_of, pairs, versions

BADGE = '[<img src="https://x.example/badge.png" alt="Built with Axolotl" width="200"/>](https://github.com/x/axolotl)'
CONFIG = """<details><summary>See axolotl config</summary>

axolotl version: `0.9.0`
```yaml
# Training Loss of the last run: 0.3
base_model: acme/tiny
datasets:
  - path: acme/boats
    type: alpaca
  - path: acme/oars
learning_rate: 0.0002
num_epochs: 3
lora_target_modules: [q_proj, v_proj]
lora_r: 16
sequence_len: 2048
sample_packing: false
special_tokens:
  pad_token: <pad>
output_dir: ./out
wandb_project: boats
lora_model_dir:

```

</details><br>
"""
YAML = "library_name: peft\ntags:\n- generated_from_trainer"


def card_with(config: str, yaml: str = YAML, sentence: str = "") -> str:
    kept = {"sentence": sentence} if sentence else {}
    return trainer_card(yaml=yaml, **kept).replace("# my-model", f"{BADGE}\n{config}\n# my-model")


def test_the_trainers_part_counts_before_the_configuration() -> None:
    card = read_text(card_with(CONFIG))
    assert (card.name, card.writer, card.base_model, card.dataset) == ("my-model", "axolotl", "bert-base", "imdb")
    assert pairs(card.hyperparameters)[0] == ("learning_rate", "5e-05")
    assert (len(card.results), len(card.history.rows), len(card.frameworks), card.problems) == (2, 3, 2, ())
    assert "lora_target_modules: [q_proj, v_proj]" in words(card)


@pytest.mark.parametrize("dataset", ["an unknown", "the None"])
def test_the_configuration_names_a_dataset_that_the_sentence_does_not(dataset: str) -> None:
    sentence = f"This model is a fine-tuned version of [](https://huggingface.co/) on {dataset} dataset."
    card = read_text(card_with(CONFIG, sentence=sentence))
    assert (card.base_model, card.dataset) == ("acme/tiny", "acme/boats, acme/oars")


def test_datasets_of_the_metadata_count_before_the_configuration() -> None:
    sentence = "This model is a fine-tuned version of [](u) on the None dataset."
    assert read_text(card_with(CONFIG, f"{YAML}\ndatasets: [acme/lakes]", sentence)).dataset == "acme/lakes"


def test_a_card_with_the_configuration_alone_has_its_settings_with_their_lines() -> None:
    card = read_text(f"{front(YAML)}{BADGE}\n{CONFIG}\n# my-model\n\nHello.\n")
    assert pairs(card.hyperparameters) == [("learning_rate", "0.0002"), ("num_epochs", "3"), *OWN]
    assert card.hyperparameters[0].line == line_of(card, "learning_rate: 0.0002")
    assert card.config == ()


OWN = [
    ("lora_target_modules", "q_proj, v_proj"),
    ("lora_r", "16"),
    ("sequence_len", "2048"),
    ("sample_packing", "false"),
]
"""What the configuration alone sets: no paths, nothing of trackers, nothing that is empty or nested."""


def test_what_the_configuration_alone_sets_stands_behind_the_trainers_list() -> None:
    card = read_text(card_with(CONFIG))
    assert len(card.hyperparameters) == len(SETTINGS)
    assert pairs(card.settings) == [*(tuple(line.split(": ")) for line in SETTINGS), *OWN]
    assert card.config[1].line == line_of(card, "lora_r: 16")


def test_its_version_belongs_to_the_environment() -> None:
    card = read_text(card_with(CONFIG))
    assert [(one.name, one.version, one.line) for one in card.program] == [
        ("axolotl", "0.9.0", line_of(card, "axolotl version: `0.9.0`"))
    ]
    assert (versions(card), card.environment[-1]) == ([tuple(line.split()) for line in VERSIONS], card.program[0])


@pytest.mark.parametrize("broken", [CONFIG.replace("acme/tiny", "{a: [b"), CONFIG.partition("```yaml")[0]])
def test_a_configuration_that_cannot_be_read_costs_nothing_else(broken: str) -> None:
    card = read_text(card_with(broken))
    assert (card.writer, len(card.results)) == ("axolotl", 2)


@pytest.mark.parametrize(
    "text", [f"{GENERATED}\n\n{BADGE}\n\n# m\n", "---\ntags:\n- axolotl\n---\n# m\n"], ids=["badge", "tag"]
)
def test_other_signs_of_it(text: str) -> None:
    assert read_text(text).writer == "axolotl"
