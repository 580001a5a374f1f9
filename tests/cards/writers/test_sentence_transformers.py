"""Cards of sentence-transformers: of ``fit`` (2.x), and of its trainer (3.0 to 6.x) for each kind of encoder."""

from __future__ import annotations

import pytest

from tests.cards.making import codes, front, read_text, table, words
from tests.cards.writers.seen import cells, labels, line_of, pairs, saved, titles, versions

LOADER = "{'batch_size': 12, 'sampler': 'torch.utils.data.sampler.RandomSampler'}"
FIT = """# {MODEL_NAME}

This is a [sentence-transformers](https://www.SBERT.net) model: It maps sentences to a 384 dimensional vector space.

<!--- Describe your model here -->

## Evaluation Results

<!--- Describe how your model was evaluated -->

## Training
The model was trained with the parameters:

**DataLoader**:

`torch.utils.data.dataloader.DataLoader` of length 71 with parameters:
```
{'batch_size': 12, 'sampler': 'torch.utils.data.sampler.RandomSampler'}
```

**Loss**:

`sentence_transformers.losses.ContrastiveLoss.ContrastiveLoss` with parameters:
  ```
  {'margin': 0.5}
  ```

Parameters of the fit()-Method:
```
{
    "epochs": 3,
    "evaluator": "NoneType",
    "optimizer_params": {
        "lr": 2e-05
    },
    "steps_per_epoch": null,
    "weight_decay": 0.01
}
```


## Full Model Architecture
```
SentenceTransformer()
```
"""
ARGUMENTS = [
    ("batch_size", "12"),
    ("epochs", "3"),
    ("evaluator", "NoneType"),
    ("optimizer_params", '{ "lr": 2e-05 }'),
    ("steps_per_epoch", "null"),
    ("weight_decay", "0.01"),
]


def test_the_arguments_of_fit_are_hyperparameters_each_with_its_line() -> None:
    card = read_text(front("tags:\n- sentence-transformers") + FIT)
    assert (card.writer, card.base_model, card.dataset, card.problems) == ("sentence-transformers", None, None, ())
    assert pairs(card.hyperparameters) == ARGUMENTS
    assert card.hyperparameters[0].line == line_of(card, LOADER)
    assert card.hyperparameters[5].line == line_of(card, '    "weight_decay": 0.01')
    assert [(suffix, value.number) for suffix, value in card.hyperparameters[3].value.elements] == [(".lr", 2e-05)]
    assert (card.results, card.history.columns) == ((), ())
    assert titles(card) == ["{MODEL_NAME}", "Training", "Full Model Architecture"]
    assert "weight_decay" not in words(card)
    assert "'margin': 0.5" in words(card)


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        ("Parameters of the fit()-Method:\n```", "**Parameters of the fit()-Method:**\n\n```python", ARGUMENTS),
        ("**Loss**:", "```\n{'batch_size': 8, 'sampler': 'x'}\n```", ARGUMENTS[1:]),
        ("```\n{\n", "Not kept.\n```\n{\n", []),
        ("```\n{\n", "```\n{FIT_PARAMETERS}\n", ARGUMENTS),
        ('    "', "", []),
    ],
    ids=["bold", "two-loaders", "words-between", "more-lines", "not-by-line"],
)
def test_fit_is_read_where_it_is_sure(old: str, new: str, kept: list[tuple[str, str]]) -> None:
    card = read_text(FIT.replace(old, new))
    assert pairs(card.hyperparameters) == kept
    assert kept or "weight_decay" in words(card)


HEADER = "[Tiny](https://huggingface.co/acme/tiny)"
METRICS = ("| Metric | Value |", "|:---|:---|")
KINDS = {
    "sentence": "[sentence-transformers](https://www.SBERT.net) model{} on the {} dataset. It maps texts on the go.",
    "cross": "[Cross Encoder](https://www.sbert.net/docs/x.html) model{} on the {} dataset using the [library](x).",
    "sparse": "[SPLADE Sparse Encoder](https://www.sbert.net/docs/x.html) model{} on the {} dataset using the [l](x).",
    "asymmetric": "[Inference-free SPLADE Sparse Encoder](https://www.sbert.net/x) model{} on the {} dataset.",
}
LISTS = """### Training Hyperparameters
#### Non-Default Hyperparameters

- `learning_rate`: 2e-05
- `warmup_ratio`: 0.1

#### All Hyperparameters
<details><summary>Click to expand</summary>

- `learning_rate`: 2e-05
- `seed`: 42
- `mp_parameters`:

</details>
"""
LOG_COLUMNS = ("Epoch", "Step", "Training Loss", "sts-dev_spearman_cosine")
LOG_ROWS = (
    ("0", "0", "-", "0.30"),
    ("0.5", "50", "1.25", "-"),
    ("**1.0**", "**100**", "**0.75**", "**0.81**"),
    ("-1", "-1", "-", "0.80"),
)
SAVED = "\n\n* The bold row denotes the saved checkpoint."


def trained(
    *,
    sentence: str = KINDS["sentence"].format(f" finetuned from {HEADER}", "[boats](https://huggingface.co/d/boats)"),
    evaluation: str = "",
    lists: str = LISTS,
    logs: str = table(LOG_COLUMNS, LOG_ROWS) + SAVED,
    yaml: str = "tags:\n- sentence-transformers\n- generated_from_trainer\n- loss:CosineSimilarityLoss",
) -> str:
    """A card since 3.0."""
    samples = table(("sentence", "score"), [("<code>Accuracy: 0.99</code>", "<code>1.0</code>")])
    return f"""{front(yaml)}# boats in vectors

This is a {sentence}

<!--
### Training Logs
| Epoch | Decoy |
|:-----:|:-----:|
| 1     | 2     |
-->

## Evaluation

### Metrics

{evaluation}

## Training Details

### Training Dataset

#### boats

* Samples:
{samples}

{lists}
### Training Logs
{logs}

### Framework Versions
- Python: 3.11.7
- Sentence Transformers: 5.1.2
- PyTorch: 2.8.0+cpu
- Accelerate:

## Citation
"""


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_the_sentence_names_base_model_and_dataset_of_every_kind(kind: str) -> None:
    linked = kind.format(f" finetuned from {HEADER}", "[boats](https://huggingface.co/d/boats) and oars")
    card = read_text(trained(sentence=linked, yaml="license: mit"))
    assert (card.name, card.writer) == ("boats in vectors", "sentence-transformers")
    assert (card.base_model, card.dataset) == ("Tiny", "boats and oars")
    assert "This is a" in words(card)


@pytest.mark.parametrize(
    ("base", "data", "expected"),
    [
        (" trained", " on the boats dataset. It", (None, "boats")),
        (f" finetuned from {HEADER}", ". It maps", ("Tiny", None)),
        (f" finetuned from {HEADER}", " on 4 datasets. It maps", ("Tiny", None)),
        (" finetuned from [unknown](u)", " on the json dataset. It", (None, None)),
        (" trained", ". It is at home on the sea", (None, None)),
    ],
)
def test_what_the_sentence_does_not_know_is_none(base: str, data: str, expected: tuple[str | None, str | None]) -> None:
    card = read_text(trained(sentence=f"[sentence-transformers](https://www.SBERT.net) model{base}{data}"))
    assert (card.base_model, card.dataset) == expected


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("words_again", [" on the", " finetuned from [", " finetuned from [a]("])
def test_a_sentence_made_to_take_long_is_read_at_once(words_again: str) -> None:
    long = "[sentence-transformers](https://www.SBERT.net) model" + words_again * 30_000
    assert read_text(trained(sentence=long)).writer == "sentence-transformers"


def test_of_two_lists_the_non_default_one_counts_and_the_other_stays() -> None:
    card = read_text(trained())
    assert pairs(card.hyperparameters) == [("learning_rate", "2e-05"), ("warmup_ratio", "0.1")]
    assert "- `seed`: 42" in words(card)
    assert "Non-Default Hyperparameters" not in titles(card)


def test_a_list_of_all_counts_where_it_is_alone_and_leaves_no_empty_fold() -> None:
    alone = LISTS.replace("#### Non-Default Hyperparameters\n\n- `learning_rate`: 2e-05\n- `warmup_ratio`: 0.1\n", "")
    card = read_text(trained(lists=alone.replace("- `mp_parameters`:\n", "")))
    assert pairs(card.hyperparameters) == [("learning_rate", "2e-05"), ("seed", "42")]
    assert not {"Training Hyperparameters", "All Hyperparameters"} & set(titles(card))


@pytest.mark.parametrize("fold", [("", ""), ("<details><summary>Click to expand</summary>\n\n", "\n</details>")])
def test_logs_are_the_history_with_the_saved_row_and_blanks(fold: tuple[str, str]) -> None:
    card = read_text(trained(logs=f"{fold[0]}{table(LOG_COLUMNS, LOG_ROWS)}{SAVED}{fold[1]}"))
    assert card.history.columns == LOG_COLUMNS
    assert cells(card) == [[cell.strip("*") for cell in row] for row in LOG_ROWS]
    assert saved(card) == [2]
    assert not card.history.rows[1].cells[3].logged
    assert card.history.rows[3].line == line_of(card, "| -1 | -1 | - | 0.80 |")
    assert "Training Logs" not in titles(card)
    assert card.problems == ()


def test_words_beside_the_logs_stay_and_a_fold_around_them_too() -> None:
    logs = f"<details><summary>Open</summary>\n\n{table(LOG_COLUMNS, LOG_ROWS)}\n\nMeasured on a lake.\n</details>"
    shown = words(read_text(trained(logs=logs)))
    assert "<summary>Open</summary>\n\n\nMeasured on a lake.\n</details>" in shown.replace("\n\n\n\n", "\n\n\n")


def test_a_row_of_another_length_is_a_problem() -> None:
    card = read_text(trained(logs=table(LOG_COLUMNS, [*LOG_ROWS, ("2", "200", "0.5")])))
    assert codes(card) == [("ragged-row", card.history.rows[4].line)]


ONE = "#### Semantic Similarity\n\n* Dataset: `sts-dev`\n* Evaluated with <code>E</code>\n\n" + "\n".join(METRICS)
VALUES = "\n| pearson_cosine | 0.7 |\n| **spearman_cosine** | **0.8** |"
SEVERAL = (
    "#### Semantic Similarity\n\n* Datasets: `` and `sts-dev`\n\n| Metric | | sts-dev |\n|:--|:--|:--|\n"
    "| pearson_cosine | 0.6 | 0.7 |\n| **spearman_cosine** | **0.75** | **0.8** |"
)
EVALUATIONS = {
    "named": (ONE + VALUES, [("sts-dev_pearson_cosine", "0.7"), ("sts-dev_spearman_cosine", "0.8")]),
    "unnamed": (ONE.replace("* Dataset: `sts-dev`\n", "") + VALUES,
                [("pearson_cosine", "0.7"), ("spearman_cosine", "0.8")]),
    "said-unnamed": (ONE.replace("`sts-dev`", "``") + VALUES,
                     [("pearson_cosine", "0.7"), ("spearman_cosine", "0.8")]),
    "several": (SEVERAL, [("pearson_cosine", "0.6"), ("spearman_cosine", "0.75"),
                          ("sts-dev_pearson_cosine", "0.7"), ("sts-dev_spearman_cosine", "0.8")]),
    "two-evaluators": ("\n\n".join((f"#### A\n\n{chr(10).join(METRICS)}\n| map | 0.1 |",
                                    f"#### B\n\n{chr(10).join(METRICS)}\n| map | 0.2 |\n| mrr | 0.3 |")),
                       [("A: map", "0.1"), ("B: map", "0.2"), ("mrr", "0.3")]),
}  # fmt: skip


@pytest.mark.parametrize(("evaluation", "results"), EVALUATIONS.values(), ids=EVALUATIONS)
def test_results_of_every_evaluator_and_dataset_are_told_apart(evaluation: str, results: list[tuple[str, str]]) -> None:
    card = read_text(trained(evaluation=evaluation))
    assert labels(card.results) == results
    assert [r.label for r in card.results if r.primary] == [name for name, _ in results if "spearman" in name]
    assert "| Metric |" not in words(card)


AGAIN = VALUES.replace("0.7", "0.6").replace("0.8", "0.81")
"""Of the last row that was logged in training."""
OLD = VALUES.replace("0.7", "0.2").replace("0.8", "0.3")
"""Of the row before the training."""
NOWHERE = VALUES.replace("0.7", "0.25").replace("0.8", "0.35")


@pytest.mark.parametrize(
    ("first", "second", "counts"),
    [(OLD, AGAIN, 1), (AGAIN, OLD, 0), (AGAIN, VALUES, 1), (NOWHERE, NOWHERE.replace("5", "6"), 0)],
)
def test_of_two_evaluators_with_one_name_that_counts_which_the_history_has_furthest_down(
    first: str, second: str, counts: int
) -> None:
    text = trained(evaluation=f"{ONE}{first}\n\n{ONE}{second}")
    card = read_text(text)
    values = [[line.split("|")[2].strip(" *") for line in block.strip().split("\n")] for block in (first, second)]
    names = ["sts-dev_pearson_cosine", "sts-dev_spearman_cosine"]
    other = [f"Semantic Similarity {2 - counts}: {name}" for name in names]
    assert labels(card.results) == [
        *zip(names, values[counts], strict=True),
        *zip(other, values[1 - counts], strict=True),
    ]
    assert codes(card) == [("second-list", card.results[2].line)]
    assert f"sts-dev_pearson_cosine and 1 more stand here with other values than in line {card.results[0].line}" in (
        card.problems[0].message
    )
    assert "| Metric |" not in words(card)


def test_an_evaluator_that_stands_there_twice_with_the_same_values_is_one() -> None:
    card = read_text(trained(evaluation=f"{ONE}{VALUES}\n\n{ONE}{VALUES}"))
    assert labels(card.results) == [("sts-dev_pearson_cosine", "0.7"), ("sts-dev_spearman_cosine", "0.8")]
    assert (card.problems, "| Metric |" in words(card)) == ((), False)


def test_a_value_that_only_one_of_two_evaluators_has_keeps_its_name() -> None:
    two = SEVERAL.replace("* Datasets: `` and", "* Datasets: `sts-test` and").replace(
        "| Metric | |", "| Metric | sts-test |"
    )
    card = read_text(trained(evaluation=f"{two.replace('0.8', '0.3')}\n\n{ONE}{VALUES}"))
    assert [name for name, _ in labels(card.results)] == [
        "sts-test_pearson_cosine", "sts-test_spearman_cosine", "sts-dev_pearson_cosine", "sts-dev_spearman_cosine",
        "Semantic Similarity 1: sts-dev_pearson_cosine", "Semantic Similarity 1: sts-dev_spearman_cosine",
    ]  # fmt: skip
    assert [value for _, value in labels(card.results)] == ["0.6", "0.75", "0.7", "0.8", "0.7", "0.3"]


@pytest.mark.usefixtures("at_once")
def test_a_thousand_evaluators_with_one_name_are_read_at_once() -> None:
    many = "\n\n".join(f"{ONE}\n| pearson_cosine | 0.{number} |" for number in range(3000))
    assert len(read_text(trained(evaluation=many)).results) == 3000


def test_a_result_knows_its_line_and_the_evaluator_stays() -> None:
    card = read_text(trained(evaluation=ONE + VALUES))
    assert card.results[1].line == line_of(card, "| **spearman_cosine** | **0.8** |")
    assert "Evaluated with <code>E</code>" in words(card)


def test_tables_of_samples_and_of_other_sections_are_no_results() -> None:
    decoy = f"{LISTS}\n### Speed\n\n{chr(10).join(METRICS)}\n| texts_per_second | 900 |\n"
    card = read_text(trained(lists=decoy))
    assert card.results == ()
    assert "Accuracy: 0.99" in words(card)
    assert "texts_per_second" in words(card)


def test_frameworks_without_a_version_are_none() -> None:
    card = read_text(trained())
    assert versions(card) == [("Python", "3.11.7"), ("Sentence Transformers", "5.1.2"), ("PyTorch", "2.8.0+cpu")]


def test_its_tags_tell_a_card_whose_sentence_was_rewritten() -> None:
    card = read_text(trained(sentence="vector model of ours."))
    assert (card.writer, card.base_model) == ("sentence-transformers", None)
    assert len(card.history.rows) == 4


@pytest.mark.parametrize(
    "yaml",
    [
        "tags:\n- sentence-transformers\n- generated_from_trainer\n- dataset_size:51",
        "library_name: sentence-transformers\ntags:\n- generated_from_trainer",
        "tags:\n- generated_from_trainer",
    ],
    ids=["tags", "logs", "version"],
)
def test_a_card_whose_introduction_was_rewritten_is_read(yaml: str) -> None:
    card = read_text(trained(sentence="model for boats of all kinds.", yaml=yaml))
    assert (card.writer, len(card.history.rows), card.problems) == ("sentence-transformers", len(LOG_ROWS), ())
    assert pairs(card.hyperparameters)[0] == ("learning_rate", "2e-05")


def test_the_version_is_no_sign_where_another_program_lists_it_beside_its_own() -> None:
    text = trained(sentence="model for boats.", yaml="tags:\n- generated_from_trainer")
    card = read_text(text.replace("- Sentence Transformers", "- SetFit: 1.1.0\n- Sentence Transformers"))
    assert card.writer == "trainer"
    assert codes(card) == [
        ("table-unread", line_of(card, "| Epoch | Step | Training Loss | sts-dev_spearman_cosine |"))
    ]
