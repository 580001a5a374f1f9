"""Whole cards of the Trainer: what becomes data, and that every other word stays."""

from __future__ import annotations

import pytest

from tests.cards.making import (
    COLUMNS,
    GENERATED,
    RESULTS,
    SETTINGS,
    USED,
    bullets,
    codes,
    read_text,
    table,
    trainer_card,
    words,
)
from tests.cards.writers.seen import cells, line_of, pairs, versions


def test_a_whole_card_is_read() -> None:
    card = read_text(trainer_card())
    assert (card.name, card.writer, card.is_card, card.problems) == ("my-model", "trainer", True, ())
    assert (card.base_model, card.dataset, card.metadata.license) == ("bert-base", "imdb", "mit")
    assert pairs(card.results) == [("Loss", "0.7000"), ("Accuracy", "0.7500")]
    assert pairs(card.hyperparameters) == [("learning_rate", "5e-05"), ("train_batch_size", "16"), ("num_epochs", "3")]
    assert card.history.columns == COLUMNS
    assert cells(card)[1] == ["0.5", "2.0", "200", "0.6000", "0.8000"]
    assert versions(card) == [("Transformers", "4.46.3"), ("Pytorch", "2.5.1+cu124")]


def test_everything_read_knows_its_line() -> None:
    card = read_text(trainer_card())
    assert card.results[1].line == line_of(card, "- Accuracy: 0.7500")
    assert card.hyperparameters[0].line == line_of(card, "- learning_rate: 5e-05")
    assert card.history.rows[2].line == line_of(card, "| 0.3 | 3.0 | 300 | 0.7000 | 0.7500 |")
    assert card.frameworks[1].line == line_of(card, "- Pytorch 2.5.1+cu124")
    assert card.sections[0].line == line_of(card, "## Model description")


IS = "This model is a fine-tuned version of"
SENTENCES = {
    "link": (f"{IS} [google/electra](https://huggingface.co/google/electra) on the imdb dataset.",
             "google/electra", "imdb"),
    "two-models": (f"{IS} [a/b](u) and [c](v) on the imdb dataset.", "a/b and c", "imdb"),
    "of-its-kind": ("This acoustic model is a fine-tuned version of [a/b](u) for Finnish ASR. More.", "a/b", None),
    "no-link": (f"{IS} google/electra on the imdb dataset.", "google/electra", "imdb"),
    "local": (f"{IS} [./out/checkpoint-500](https://huggingface.co/./out/checkpoint-500) on the a/b dataset.",
              "./out/checkpoint-500", "a/b"),
    "backslashes": (f"{IS} [C:\\models\\bert](https://huggingface.co/C:\\models\\bert) on an unknown dataset.",
                    "C:\\models\\bert", None),
    "misspelt": (f"{IS} [b](u) on an unkown dataset.", "b", None),
    "none": (f"{IS} [b](u) on the None dataset.", "b", None),
    "no-dataset": (f"{IS} [b](u).", "b", None),
    "empty-link": (f"{IS} [](https://huggingface.co/) on the imdb dataset.", None, "imdb"),
    "scratch": ("This model was trained from scratch on the imdb dataset.", None, "imdb"),
    "scratch-unknown": ("This model was trained from scratch on an unknown dataset.", None, None),
    "scratch-none": ("This model was trained from scratch on the None dataset.", None, None),
    "two": (f"{IS} [b](u) on the imdb and the glue datasets.", "b", "imdb and the glue"),
    "three": (f"{IS} [b](u) on the imdb, the squad and the glue datasets.", "b", "imdb, the squad and the glue"),
    "config": (f"{IS} [b](u) on the mozilla-foundation/common_voice_8_0 - TR dataset.", "b",
               "mozilla-foundation/common_voice_8_0 - TR"),
    "another-sentence": (f"{IS} [b](u) on the imdb dataset. It was made in a hurry.", "b", "imdb"),
    "no-dataset-results-behind": (f"{IS} [b](u). {RESULTS}", "b", None),
    "two-sentences": (f"{IS} bert. It was tested on the imdb dataset.", "bert", None),
    "for": (f"{IS} the [a/b](u) model to classify comments.", "a/b", None),
    "for-no-link": (f"{IS} macbert for the purpose of spell checking. We tuned macbert on it.", "macbert", None),
    "with-comma": (f"{IS} the Llama-2-7b model, adapted for language modeling tasks. It is good.", "Llama-2-7b", None),
    "quoted": (f'{IS} the "a/b" using LoRA weights.', "a/b", None),
    "code": (f"{IS} `mobilevit` (from timm) on the `beans` dataset. It is good.", "mobilevit", "beans"),
    "bold": (f"{IS} **[a/b](u)** on the **imdb** dataset.", "a/b", "imdb"),
    "kind": (f"{IS} the pretrained model [a/b](u) on imdb.", "a/b", "imdb"),
    "unnamed": (f"{IS} the pretrained model (300 million parameters) for Finnish.", None, None),
    "trained": (f"{IS} [a/b](u) trained for NER on the wikiann dataset.", "a/b", "wikiann"),
    "owner-in-link": (f"{IS} [tiny](https://huggingface.co/acme/tiny) on the imdb dataset.", "acme/tiny", "imdb"),
    "no-owner": (f"{IS} [bert](https://huggingface.co/bert) on the imdb dataset.", "bert", "imdb"),
    "a-page": (f"{IS} [bert](https://huggingface.co/docs/bert) on the imdb dataset.", "bert", "imdb"),
    "which": (f"{IS} [b](u) on the ComVE dataset which was part of SemEval 2020.", "b", "ComVE"),
    "which-comma": (f"{IS} [b](u) on the news dataset, which is part of the old datasets.", "b", "news"),
    "for-data": (f"{IS} [b](u) on the imdb dataset for sentiment analysis.", "b", "imdb"),
    "several": (f"{IS} [b](u) trained on several datasets.", "b", None),
    "custom": (f"{IS} [b](u) on a custom dataset with 300 letters.", "b", "custom dataset with 300 letters"),
    "wrapped": (f"{IS} [b](u) on the\n[tner/tweets](u) dataset.", "b", "tner/tweets"),
    "no-article": ("This model is fine-tuned version of [a/b](u) on the imdb dataset.", "a/b", "imdb"),
    "capitals": ("This BERT model is a fine-tuned version of [a/b](u).", "a/b", None),
    "it": ("It is a finetuned version of [a/b](u).", "a/b", None),
    "by-name": ("**my-model** is a fine-tuned version of [a/b](u) on imdb.", "a/b", "imdb"),
    "data-first": ("This model is a fine-tuned on [conll](u) version of [a/b](u) for NER.", "a/b", "conll"),
    "llm": (f"{IS} the large language model Llama 2 on the Dolly dataset.", "Llama 2", "Dolly"),
    "kind-of-name": (f"{IS} the Vision Transformer (ViT) on imdb.", "Vision Transformer", "imdb"),
    "large-code": (f"{IS} the large `bert-large` model on imdb.", "bert-large", "imdb"),
    "kind-link": (f"{IS} the multi-modal [LayoutLM](https://aka.ms/x) model for invoices.", "LayoutLM", None),
    "link-behind": (f"{IS} Google's famous [bert](u) on imdb.", "bert", "imdb"),
    "other-sentence": (f"{IS} mBART-large-50. mbart-many is fine-tuned for it.", "mBART-large-50", None),
    "lone-hub": (f"{IS} [RoBERTa](https://huggingface.co/roberta-base) on imdb.", "roberta-base", "imdb"),
    "org": (f"{IS} [BERT](https://huggingface.co/google) on imdb.", "BERT", "imdb"),
    "own-words": (f"{IS} [bert-tiny](https://huggingface.co/bert-small) on imdb.", "bert-tiny", "imdb"),
    "evaluated": (f"{IS} [b](u), evaluated on the SST-2 dataset.", "b", None),
    "beats": (f"{IS} [b](u) and reaches 0.95, beating BERT on the SST-2 dataset.", "b", None),
    "described": (f"{IS} [b](u), trained on approximately 718 hours from multiple datasets.", "b", None),
    "and-it": (f"{IS} [b](u) on the IMDB dataset and it achieves 0.95 on the test dataset.", "b", "IMDB"),
    "and-was": (f"{IS} [b](u) on the IMDB dataset, and was tested on the SST-2 dataset.", "b", "IMDB"),
    "on-task": (f"{IS} [b](u) on the [tner/notes](u) dataset on the NER task.", "b", "tner/notes"),
    "same-data": (f"{IS} [b](u) on the same data.", "b", None),
    "other-model": (f"{IS} a model trained on ImageNet.", None, None),
    "my-model": (f"{IS} my earlier model on the same data.", None, None),
    "longer-better": (f"{IS} [b](u) on the imdb dataset. It is better than the last one", "b", "imdb"),
}  # fmt: skip


@pytest.mark.parametrize(("sentence", "base_model", "dataset"), SENTENCES.values(), ids=SENTENCES)
def test_base_model_and_dataset_come_from_the_sentence(
    sentence: str, base_model: str | None, dataset: str | None
) -> None:
    card = read_text(trainer_card(sentence=sentence))
    assert (card.base_model, card.dataset) == (base_model, dataset)


@pytest.mark.usefixtures("at_once")
def test_a_sentence_made_to_take_long_is_read_at_once() -> None:
    assert read_text(trainer_card(sentence=f"{IS} b" + " on a" * 8_000)).base_model == "b"


@pytest.mark.parametrize(
    "sentence", ["", "This model is great.", "This model was trained from scratch on an unknown dataset."]
)
def test_base_model_and_dataset_of_the_metadata_fill_in(sentence: str) -> None:
    card = read_text(trainer_card(sentence=sentence, yaml="base_model: bert\ndatasets:\n- a\n- b"))
    assert (card.base_model, card.dataset) == ("bert", "a, b")


@pytest.mark.parametrize(
    "sentence", [f"{IS} tiny on the imdb dataset.", f"{IS} tiny-base, adapted to letters.", f"{IS} the model."]
)
def test_a_base_model_of_which_the_sentence_says_less_is_the_metadatas(sentence: str) -> None:
    assert read_text(trainer_card(sentence=sentence, yaml="base_model: acme/tiny")).base_model == "acme/tiny"


@pytest.mark.parametrize(
    "sentence", ["The teacher model is a fine-tuned version of [a/b](u).", "Bert is a fine-tuned one."]
)
def test_a_sentence_about_another_model_is_prose(sentence: str) -> None:
    card = read_text(trainer_card(sentence=sentence))
    assert card.base_model is None
    assert sentence in words(card)


def test_a_sentence_that_names_its_model_counts_before_one_that_does_not() -> None:
    text = trainer_card().replace("# my-model\n", "# my-model\n\nThis is a fine-tuned version of GPT-2 by others.\n")
    card = read_text(text)
    assert (card.base_model, card.dataset) == ("bert-base", "imdb")


@pytest.mark.parametrize("text", [f"# m\n\n{IS} BERT using some library.\n", "# m\n\nIt was fine-tuned.\n"])
def test_a_page_that_speaks_of_some_model_is_no_card(text: str) -> None:
    assert not read_text(text).is_card


def test_what_the_sentence_says_besides_stays() -> None:
    sentence = f"{IS} the [a/b](u) model to classify toxic comments."
    assert sentence in words(read_text(trainer_card(sentence=sentence)))


@pytest.mark.parametrize("text", [f"# m\n\n{IS} [a/b](u).\n", f"# m\n\n{RESULTS}\n\n- Loss: 0.3\n"])
def test_the_sentence_or_results_make_a_card(text: str) -> None:
    card = read_text(text)
    assert (card.is_card, card.problems) == (True, ())


def test_the_sentence_counts_before_the_metadata() -> None:
    card = read_text(trainer_card(yaml="base_model: other\ndatasets: [other]"))
    assert (card.base_model, card.dataset) == ("bert-base", "imdb")


def test_results_of_every_kind_keep_their_texts() -> None:
    lines = ("Loss: nan", "F1: [0.946236559139785, 0.95]", "Report: {'f1': 0.9}", "Wer: inf", "Gen Len: 12.5")
    card = read_text(trainer_card(results=lines))
    assert [f"{name}: {raw}" for name, raw in pairs(card.results)] == list(lines)
    assert [suffix for suffix, _ in card.results[1].value.elements] == ["[0]", "[1]"]
    assert [suffix for suffix, _ in card.results[2].value.elements] == [".f1"]


def test_raw_keys_of_cards_without_training_are_results() -> None:
    card = read_text(trainer_card(results=("eval_loss: 0.5", "eval_runtime: 12.1", "epoch: 1.1", "step: 100")))
    assert pairs(card.results)[0] == ("eval_loss", "0.5")
    assert len(card.results) == 4


def test_a_list_behind_other_words_is_no_result() -> None:
    text = trainer_card().replace(
        bullets(("Loss: 0.7000", "Accuracy: 0.7500")), "(not measured)\n\nSee:\n\n- Paper: here"
    )
    card = read_text(text)
    assert card.results == ()
    assert "Paper: here" in words(card)


FIRST = """license: mit
tags:
- generated_from_trainer
datasets:
- imdb
model_index:
- name: rowing
  results:
  - task:
      name: Text Classification
      type: text-classification
    dataset:
      name: imdb
      type: imdb
      args: plain_text
    metric:
      name: Accuracy
      type: accuracy
      value: 0.75
"""


def test_the_first_version_has_one_metric_an_entry_in_its_index() -> None:
    card = read_text(trainer_card(yaml=FIRST.rstrip(), title="# rowing"))
    assert (card.name, card.writer, card.metadata.task) == ("rowing", "trainer", "Text Classification")
    assert [(e.metric_name, e.metric_value, e.line) for e in card.metadata.model_index] == [("Accuracy", 0.75, 18)]
    assert (len(card.results), card.problems) == (2, ())


OPTIMIZERS = {
    "4.6": "Adam with betas=(0.9,0.999) and epsilon=1e-08",
    "adafactor": "Adafactor",
    "4.46": "Use adamw_torch with betas=(0.9,0.999) and epsilon=1e-08 and optimizer_args=No additional arguments",
    "4.48": "Use OptimizerNames.ADAMW_TORCH with betas=(0.9,0.999) and epsilon=1e-08 and optimizer_args=fused=True",
    "5": "Use adamw_torch_fused with betas=(0.9,0.95) and epsilon=1e-06 and optimizer_args=No additional arguments",
}


@pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=OPTIMIZERS)
def test_optimizers_of_every_version_are_one_value(optimizer: str) -> None:
    settings = (
        "distributed_type: tpu",
        "num_devices: 8",
        "total_train_batch_size: 128",
        f"optimizer: {optimizer}",
        "lr_scheduler_warmup_steps: 0.1",
        "mixed_precision_training: Native AMP",
    )
    card = read_text(trainer_card(hyperparameters=settings))
    assert [f"{name}: {raw}" for name, raw in pairs(card.hyperparameters)] == list(settings)
    assert card.hyperparameters[1].value.number == 8


def test_hyperparameters_that_the_writer_did_not_know_are_none() -> None:
    text = trainer_card(hyperparameters=()).replace(f"{USED}\n", "More information needed\n")
    card = read_text(text)
    assert card.hyperparameters == ()
    assert len(card.history.rows) == 3


@pytest.mark.parametrize("line", ["- see the lock file", "- Built with love", "- Transformers"])
def test_lines_without_a_version_among_the_frameworks_stay(line: str) -> None:
    card = read_text(trainer_card().replace("- Transformers 4.46.3", line))
    assert versions(card) == [("Pytorch", "2.5.1+cu124")]
    assert line in words(card)


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("filler", [" ", "x ", ": "])
def test_a_framework_made_to_take_long_is_read_at_once(filler: str) -> None:
    assert read_text(trainer_card(frameworks=(f"Torch{filler * 200_000}x 2.0",))).frameworks


def test_only_a_row_whose_every_cell_is_bold_is_the_saved_one() -> None:
    rows = [("**0.9**", "**1.0**", "**10**", "**0.4**", ""), ("0.8", "2.0", "20", "**0.3**", "0.5")]
    card = read_text(trainer_card(rows=rows))
    assert [row.saved for row in card.history.rows] == [True, False]


def test_a_value_broken_over_two_lines_is_one_value() -> None:
    broken = (
        "lr: 1",
        "optimizer: Use adamw with betas=(0.9,0.999) and the args are:\nNo additional arguments",
        "seed: 42",
    )
    card = read_text(trainer_card(hyperparameters=broken))
    assert pairs(card.hyperparameters) == [
        ("lr", "1"),
        ("optimizer", "Use adamw with betas=(0.9,0.999) and the args are: No additional arguments"),
        ("seed", "42"),
    ]
    assert "No additional" not in words(card)


def test_cells_of_every_kind_are_kept_as_printed_without_bold_marks() -> None:
    card = read_text(
        trainer_card(rows=[("No log", "1.0", "10", "nan", "[0.1, 0.2]"), ("0.5", "2.0", "20", "**0.4**", "-")])
    )
    assert cells(card) == [["No log", "1.0", "10", "nan", "[0.1, 0.2]"], ["0.5", "2.0", "20", "0.4", "-"]]
    assert not card.history.rows[0].cells[0].logged
    assert card.history.rows[1].cells[3].number == 0.4


def test_a_cell_that_lost_its_blank_before_the_pipe_is_read() -> None:
    card = read_text(trainer_card().replace("| 0.9 | 1.0 |", "| 0.9| 1.0|"))
    assert cells(card)[0] == ["0.9", "1.0", "100", "0.8000", "0.7000"]


RAGGED = {"short": ("0.5", "2.0", "200", "0.8000"), "long": ("0.5", "2.0", "200", "0.6", "0.8", "9")}


@pytest.mark.parametrize("row", RAGGED.values(), ids=RAGGED)
def test_a_row_of_another_length_is_a_problem_and_keeps_its_cells(row: tuple[str, ...]) -> None:
    card = read_text(trainer_card(rows=[("0.9", "1.0", "100", "0.7", "0.7"), row]))
    assert cells(card)[1] == list(row)
    assert codes(card) == [("ragged-row", card.history.rows[1].line)]
    assert f"{len(row)} cells for 5 columns" in card.problems[0].message


@pytest.mark.parametrize("row", RAGGED.values(), ids=RAGGED)
def test_cells_of_a_ragged_row_are_never_aligned_by_guess(row: tuple[str, ...]) -> None:
    history = read_text(trainer_card(rows=[("0.9", "1.0", "100", "0.7", "0.7"), row])).history
    sure = [cell.raw if (cell := history.cell(1, column)) else None for column in range(5)]
    assert sure == ["0.5", "2.0", "200", None, None]


def test_a_cell_with_a_report_of_many_lines_loses_no_row_silently() -> None:
    report = "              precision    recall\n\n           0       0.50      0.60\n"
    card = read_text(trainer_card(rows=[("0.9", "1.0", "100", "0.7", report), ("0.5", "2.0", "200", "0.6", "0.8")]))
    assert card.problems or len(card.history.rows) == 2
    assert "precision" in words(card) or any("precision" in cell.raw for row in card.history.rows for cell in row.cells)


@pytest.mark.parametrize("hide", [("```", "```"), ("<!--", "-->")], ids=["fence", "comment"])
def test_a_hidden_table_is_no_history(hide: tuple[str, str]) -> None:
    decoy = f"{hide[0]}\n{table(('x', 'y'), [('1', '2')])}\n{hide[1]}\n\n"
    card = read_text(trainer_card().replace("| Training Loss", decoy + "| Training Loss"))
    assert card.history.columns == COLUMNS


def test_a_table_elsewhere_is_no_history() -> None:
    text = trainer_card().replace("More information needed", table(("x", "y"), [("1", "2")]), 1)
    card = read_text(text)
    assert card.history.columns == COLUMNS
    assert "| 1 | 2 |" in words(card)


@pytest.mark.parametrize("form", ["- PEFT 0.21.2", "- PEFT: 0.21.2", "- **PEFT**: 0.21.2", "* PEFT 0.21.2"])
def test_framework_lines_of_every_form_are_read(form: str) -> None:
    card = read_text(trainer_card().replace("- Transformers 4.46.3", form))
    assert (card.frameworks[0].name, card.frameworks[0].version) == ("PEFT", "0.21.2")


@pytest.mark.parametrize(
    ("text", "writer"),
    [
        ("---\ntags:\n- generated_from_trainer\n---\nx", "trainer"),
        (f"{GENERATED}\n\n# m", "trainer"),
        (f"# m\n\n### Training hyperparameters\n\n{USED}\n- seed: 1", "other"),
        ("# m\n\n## Training results\n\nx", "other"),
        ("# m\n\n### Framework versions\n\n- Pytorch 1.10", "other"),
    ],
    ids=["tag", "comment", "hyperparameters", "results", "frameworks"],
)
def test_a_card_is_known_by_any_part_in_the_trainers_layout_but_its_writer_must_be_named(
    text: str, writer: str
) -> None:
    assert (read_text(text).writer, read_text(text).is_card) == (writer, True)


def test_only_a_card_that_says_so_was_trained_from_scratch() -> None:
    scratch = "# m\n\nThis model was trained from scratch on the imdb dataset.\n"
    assert (read_text(f"{GENERATED}\n\n{scratch}").from_scratch, read_text(trainer_card()).from_scratch) == (
        True,
        False,
    )


def test_a_second_table_of_results_is_told() -> None:
    again = "\n\n| Epoch | Loss |\n|:---:|:---:|\n| 4.0 | 0.1 |\n\n\n### Framework versions"
    card = read_text(trainer_card().replace("### Framework versions", again, 1))
    assert "second-table" in [code for code, _ in codes(card)]


def test_a_hand_written_card_has_metadata_and_sections_and_another_writer() -> None:
    card = read_text("---\nlicense: mit\nbase_model: bert\n---\n# m\n\nHello.\n\n## Use\n\n- Loss: 0.5\n")
    assert (card.writer, card.is_card, card.base_model) == ("other", True, "bert")
    assert (card.results, card.history.rows, card.problems) == ((), (), ())
    assert [(section.title, section.level, section.line) for section in card.sections] == [("m", 1, 5), ("Use", 2, 9)]


def test_sections_keep_what_was_not_read_as_data_and_only_that() -> None:
    card = read_text(trainer_card())
    assert [(section.title, section.markdown) for section in card.sections] == [
        ("Model description", "More information needed"),
    ]


def test_words_around_the_data_stay() -> None:
    text = (
        trainer_card()
        .replace(RESULTS, f"Made with care.\n\n{RESULTS}")
        .replace("### Training results", "Used two GPUs.\n\n### Training results\n\nBest of five.")
    )
    text = (
        text.replace("### Framework versions", "After the table.\n\n### Framework versions\n\nPinned:\n")
        + "\nThe end.\n"
    )
    shown = words(read_text(text))
    for kept in ("Made with care.", "Used two GPUs.", "Best of five.", "After the table.", "Pinned:", "The end."):
        assert kept in shown


@pytest.mark.parametrize(
    ("line", "longer", "kept"),
    [
        (USED, "The following hyperparameters were used during training on two rented A100 GPUs:", "rented A100"),
        (RESULTS, "With beam search it achieves the following results on the evaluation set:", "beam search"),
        ("imdb dataset.", "imdb dataset. It took a week.", "It took a week."),
        (bullets(("num_epochs: 3",)), "- num_epochs: 3\n- early stopping, see below", "early stopping"),
    ],
    ids=["hyperparameters", "results", "sentence", "setting"],
)
def test_lines_that_say_more_than_the_data_stay(line: str, longer: str, kept: str) -> None:
    card = read_text(trainer_card().replace(line, longer))
    assert kept in words(card)
    assert len(card.hyperparameters) == 3
    assert len(card.results) == 2


def test_a_second_list_of_a_section_stays() -> None:
    card = read_text(
        trainer_card().replace("### Training results", "More:\n\n- wall time: 3 h\n\n### Training results")
    )
    assert len(card.hyperparameters) == 3
    assert "wall time: 3 h" in words(card)


@pytest.mark.parametrize("above", ["- A hull of oak.", "- hull: oak", "- hull: oak\n\n- A mast."])
def test_hyperparameters_are_the_list_that_is_introduced(above: str) -> None:
    card = read_text(trainer_card().replace(USED, f"**The boat**:\n{above}\n\n{USED}"))
    assert pairs(card.hyperparameters) == [tuple(line.split(": ")) for line in SETTINGS]
    assert above in words(card)
    assert card.problems == ()


@pytest.mark.parametrize("introduction", ["", f"{USED}\n\n"])
def test_lists_without_values_stand_above_the_hyperparameters(introduction: str) -> None:
    card = read_text(
        f"# m\n\n### Training hyperparameters\n\n- A hull.\n- A mast.\n\nSo:\n\n- seed: 7\n\n{introduction}"
    )
    assert pairs(card.hyperparameters) == [("seed", "7")]
    assert "- A mast." in words(card)


def test_headings_above_kept_sections_stay() -> None:
    text = "---\nlicense: mit\n---\n# m\n\n## Use\n\n### Install\n\npip\n\n# More\n\n## Notes\n\nx\n"
    assert [section.title for section in read_text(text).sections] == ["Use", "Install", "More", "Notes"]


def test_an_unclosed_comment_hides_no_data_silently() -> None:
    card = read_text(trainer_card().replace("remove this comment. -->", "remove this comment."))
    assert card.results or [code for code, _ in codes(card) if code != "not-a-card"]
