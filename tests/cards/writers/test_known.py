"""Which writer a card is said to be of."""

from __future__ import annotations

import pytest

from tests.cards.making import GENERATED, front, read_text
from tui.cards.writers.known import WRITERS

SETFIT = "This is a [SetFit](https://github.com/huggingface/setfit) model that can be used for rowing."
VECTORS = "This is a [sentence-transformers](https://www.SBERT.net) model finetuned from [a](b)."
TRL = "It has been trained using [TRL](https://github.com/huggingface/trl)."
UNSLOTH = "This model was trained 2x faster with [Unsloth](https://github.com/unslothai/unsloth)"

MOST_SPECIFIC = {
    "setfit-in-vectors": (
        ["setfit", "sentence-transformers", "generated_from_setfit_trainer", "loss:X"],
        SETFIT,
        "setfit",
    ),
    "vectors-of-the-trainer": (["sentence-transformers", "generated_from_trainer"], VECTORS, "sentence-transformers"),
    "autotrain-of-the-trainer": (["autotrain", "generated_from_trainer"], "", "autotrain"),
    "axolotl-with-trl": (["axolotl", "trl", "generated_from_trainer"], TRL, "axolotl"),
    "llama-factory-adapter": (
        ["llama-factory", "base_model:adapter:a/b", "generated_from_trainer"],
        "",
        "llama-factory",
    ),
    "unsloth-with-trl": (["generated_from_trainer", "trl", "unsloth"], TRL, "unsloth"),
    "trl-adapter": (["base_model:adapter:a/b", "trl", "generated_from_trainer"], TRL, "trl"),
    "adapter-of-the-trainer": (["base_model:adapter:a/b", "generated_from_trainer"], "", "peft"),
    "trainer": (["generated_from_trainer"], "", "trainer"),
}


@pytest.mark.parametrize(("tags", "sentence", "writer"), MOST_SPECIFIC.values(), ids=MOST_SPECIFIC)
def test_the_most_specific_writer_wins(tags: list[str], sentence: str, writer: str) -> None:
    yaml = "tags:\n" + "\n".join(f"- {tag}" for tag in tags)
    assert read_text(f"{front(yaml)}{GENERATED}\n\n# m\n\n{sentence}\n\n## Use\n\nx\n").writer == writer


BY_HAND = {
    "vectors": ("sentence-transformers", "Ours."),
    "setfit": ("setfit", "Ours."),
    "span-marker": ("span-marker", "Ours."),
    "keras": ("keras", "Ours."),
    "no-tag": ("nlp", "Ours."),
    "quoted": ("nlp", f"> {TRL}"),
    "in-a-fence": ("nlp", f"```\n{SETFIT}\n{UNSLOTH}\n```"),
    "in-a-comment": ("nlp", f"<!--\n{VECTORS}\n{TRL}\n-->"),
    "further-below": ("nlp", f"Ours.\n\n## Related\n\n{SETFIT}\n\n{VECTORS}\n\n{TRL}\n\n{UNSLOTH}"),
    "about-it": ("nlp", "Compare with what [SetFit](https://github.com/huggingface/setfit) and TRL do."),
}


@pytest.mark.parametrize(("tag", "text"), BY_HAND.values(), ids=BY_HAND)
def test_a_card_written_by_hand_is_no_writers(tag: str, text: str) -> None:
    card = read_text(f"{front(f'tags: [{tag}]')}# m\n\n{text}\n\n## Use\n\nx\n")
    assert (card.writer, card.is_card) == ("other", True)
    assert (card.results, card.hyperparameters, card.history.columns) == ((), (), ())


@pytest.mark.parametrize("text", ["", "x", "---\nlicense: mit\n---", "## Use\n\n# Later\n\nx"])
def test_a_card_with_hardly_anything_is_nobodys(text: str) -> None:
    assert read_text(text).writer == "other"


def test_names_of_writers_are_those_of_the_export() -> None:
    names = "trainer keras peft trl axolotl llama-factory unsloth setfit span-marker autotrain sentence-transformers"
    assert sorted(writer.name for writer in WRITERS) == sorted(names.split())
