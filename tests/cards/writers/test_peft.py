"""Cards of adapters: the list of the first versions, the Hub's template, and the Trainer's with a PEFT version."""

from __future__ import annotations

import pytest

from tests.cards.making import VERSIONS, front, read_text, trainer_card, words
from tests.cards.writers.seen import line_of, pairs, titles, versions

FIRST = """---
library_name: peft
---
## Training procedure


The following `bitsandbytes` quantization config was used during training:
- load_in_8bit: False
- load_in_4bit: True
- bnb_4bit_compute_dtype: float16
{more}### Framework versions


- PEFT 0.4.0
"""
TEMPLATE = """---
library_name: peft
base_model: {base}
---

# Model Card for Model ID

<!-- Provide a quick summary of what the model is/does. -->



## Model Details

### Model Description

- **Developed by:** [More Information Needed]
- **Finetuned from model [optional]:** {bullet}

## Training Details

### Training Procedure

#### Training Hyperparameters

- **Training regime:** {regime} <!--fp32, fp16 mixed precision, bf16 mixed precision -->

## Evaluation

### Results

[More Information Needed]

### Framework versions

- PEFT 0.11.2.dev0
"""


def test_the_quantization_of_the_first_versions_is_read_as_hyperparameters() -> None:
    card = read_text(FIRST.format(more=""), "adapters.md")
    assert (card.name, card.writer, card.base_model, card.problems) == ("adapters", "peft", None, ())
    assert pairs(card.hyperparameters) == [
        ("load_in_8bit", "False"),
        ("load_in_4bit", "True"),
        ("bnb_4bit_compute_dtype", "float16"),
    ]
    assert card.hyperparameters[1].line == line_of(card, "- load_in_4bit: True")
    assert versions(card) == [("PEFT", "0.4.0")]
    assert card.sections == ()


def test_a_list_that_was_appended_again_stays() -> None:
    again = "\nThe following `bitsandbytes` quantization config was used during training:\n- load_in_8bit: True\n"
    card = read_text(FIRST.format(more=again))
    assert len(card.hyperparameters) == 3
    assert "load_in_8bit: True" in words(card)


def test_settings_of_another_quantization_are_no_hyperparameters() -> None:
    gptq = FIRST.format(more="").replace("load_in_8bit", "batch_size").replace("load_in_4bit", "bits")
    card = read_text(gptq)
    assert card.hyperparameters == ()
    assert "batch_size: False" in words(card)


def test_the_quantization_stands_behind_the_trainers_list() -> None:
    quantization = FIRST.partition("---\n## ")[2].partition("{more}")[0]
    card = read_text(trainer_card(yaml="library_name: peft").replace("## Training procedure", f"## {quantization}"))
    assert pairs(card.hyperparameters)[0] == ("learning_rate", "5e-05")
    assert pairs(card.hyperparameters)[-2:] == [("load_in_4bit", "True"), ("bnb_4bit_compute_dtype", "float16")]


def test_what_was_appended_to_the_trainers_card_is_read() -> None:
    appended = FIRST.format(more="").partition("library_name: peft\n---\n")[2]
    card = read_text(trainer_card(yaml="library_name: peft") + appended)
    assert pairs(card.hyperparameters)[-3:] == [
        ("load_in_8bit", "False"),
        ("load_in_4bit", "True"),
        ("bnb_4bit_compute_dtype", "float16"),
    ]
    assert versions(card) == [*(tuple(line.split()) for line in VERSIONS), ("PEFT", "0.4.0")]
    assert (card.problems, titles(card)[-1]) == ((), "Model description")


def test_a_version_that_was_appended_again_counts_once() -> None:
    again = FIRST.format(more="").replace("- PEFT 0.4.0", "- PEFT 0.4.0\n\n- PEFT 0.4.0\n\n- PEFT 0.5.0")
    assert versions(read_text(again)) == [("PEFT", "0.4.0"), ("PEFT", "0.5.0")]


def test_frameworks_of_a_second_list_of_other_programs_stay() -> None:
    card = read_text(trainer_card(yaml="library_name: peft") + "\n### Framework versions\n\n- PEFT 0.4.0\n- Jax 0.1\n")
    assert versions(card) == [tuple(line.split()) for line in VERSIONS]
    assert "PEFT 0.4.0" in words(card)


def test_placeholders_of_the_template_are_no_values() -> None:
    asked = "[More Information Needed]"
    card = read_text(TEMPLATE.format(base="null", bullet=asked, regime=asked))
    assert (card.writer, card.base_model, card.hyperparameters) == ("peft", None, ())
    assert {"Model Description", "Training Hyperparameters", "Results"} <= set(titles(card))
    assert versions(card) == [("PEFT", "0.11.2.dev0")]


@pytest.mark.parametrize(
    ("bullet", "base_model"),
    [
        ("acme/tiny", "acme/tiny"),
        ("[acme/tiny](https://huggingface.co/acme/tiny)", "acme/tiny"),
        ("`acme/tiny` <!-- or its fork -->", "acme/tiny"),
        ("https://huggingface.co/acme/tiny", "acme/tiny"),
        ("acme/tiny (a fork of acme/small)", "acme/tiny"),
        ("the acme/tiny model, with LoRA", "acme/tiny"),
        ("https://huggingface.co/bert-base", "bert-base"),
        ("[acme-tiny]", "acme-tiny"),
        ("No-Robots-7B", "No-Robots-7B"),
        ("unknown", None),
        ("NA", None),
        ("-", None),
        ("Not applicable. It is new.", None),
        ('This model was fine-tuned from the "bert" model', None),
        ("None", None),
        ("N/A", None),
        ("[More Information Needed]", None),
    ],
)
def test_what_the_template_says_is_read(bullet: str, base_model: str | None) -> None:
    card = read_text(TEMPLATE.format(base="null", bullet=bullet, regime="bf16 mixed precision"))
    assert card.base_model == base_model
    assert pairs(card.hyperparameters) == [("Training regime", "bf16 mixed precision")]


def test_the_metadata_counts_before_what_the_template_says() -> None:
    card = read_text(TEMPLATE.format(base="acme/metadata", bullet="acme/tiny", regime="fp32"))
    assert card.base_model == "acme/metadata"


@pytest.mark.parametrize("place", ["Summary", "Model Configuration"])
def test_a_bullet_of_a_section_about_the_model_names_the_base_model(place: str) -> None:
    card = read_text(front("license: mit") + f"# boats\n\n## {place}\n\n- Base model: [acme/tiny](https://u.example)\n")
    assert card.base_model == "acme/tiny"


@pytest.mark.parametrize("says", ["This model was trained from scratch", "Not applicable: trained from scratch"])
def test_a_model_that_was_not_fine_tuned_has_no_base_model(says: str) -> None:
    text = f"# boats\n\n## Uploaded model\n\n- **Finetuned from model:** {says}\n"
    card = read_text(front("license: mit") + text)
    assert (card.base_model, card.from_scratch) == (None, True)


@pytest.mark.parametrize(
    "yaml",
    ["library_name: peft", "tags:\n- base_model:adapter:acme/tiny", "license: mit"],
    ids=["library", "tag", "version"],
)
def test_an_adapter_of_the_trainer_is_pefts(yaml: str) -> None:
    frameworks = ("PEFT 0.15.1", *VERSIONS) if "license" in yaml else VERSIONS
    card = read_text(trainer_card(yaml=f"{yaml}\nlicense_name: x", frameworks=frameworks))
    assert (card.writer, card.base_model, card.dataset) == ("peft", "bert-base", "imdb")
    assert (len(card.results), len(card.hyperparameters), len(card.history.rows)) == (2, 3, 3)
