"""Whether the numbers of runs compare, and why not."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest

from tests.cards.making import VERSIONS
from tests.judge.comparing import as_run, index_only, run_of
from tui.judge.comparable import Run, letter, names_apart, obstacle, overlap, same_dataset
from tui.judge.estimates import Estimate

STEPS = [["0.9", "1.0", "100", "0.5"], ["0.8", "2.0", "200", "0.7"]]
MORE_STEPS = [["0.9", "1.0", "300", "0.5"], ["0.8", "2.0", "600", "0.7"]]
BATCH = ["train_batch_size: 8"]


def told(*datasets: str) -> str:
    """The obstacle between runs a, b, … on these datasets."""
    return obstacle([run_of(name=letter(i).lower(), dataset=dataset) for i, dataset in enumerate(datasets)])


def indexed(*entries: str) -> str:
    """The obstacle between runs a, b, … whose model indexes say this of one dataset."""
    return obstacle([run_of(name=letter(i).lower(), index=f"      {entry}") for i, entry in enumerate(entries)])


@pytest.mark.parametrize(
    "names",
    [("emotion", "emotion"), ("emotion", "Emotion"), ("go_emotions", "go-emotions"), ("emotion", "dair-ai/emotion")],
)
def test_one_dataset_under_the_names_that_people_write_compares(names: tuple[str, str]) -> None:
    assert told(*names) == ""


@pytest.mark.parametrize("names", [("emotion", "imdb"), ("me/emotion", "you/emotion"), ("motion", "dair-ai/emotion")])
def test_other_datasets_do_not_compare_and_are_named(names: tuple[str, str]) -> None:
    sentence = told(*names)
    assert all(name in sentence for name in names)
    assert "no winner" in sentence


def test_every_two_of_three_runs_must_be_on_one_dataset() -> None:
    for names in itertools.permutations(["emotion", "me/emotion", "you/emotion"]):
        assert "Different datasets" in told(*names)


def test_a_run_that_does_not_name_its_dataset_is_named() -> None:
    assert told("emotion", "").startswith("b does not name its dataset")


def test_without_named_datasets_the_training_size_decides() -> None:
    one, same, other = (run_of(settings=BATCH, dataset="", rows=rows) for rows in (STEPS, STEPS, MORE_STEPS))
    assert obstacle([one, same]) == ""
    assert "training sizes differ" in obstacle([one, other])
    assert "nor can its size" in obstacle([one, run_of(dataset="")])


def test_configuration_and_split_must_agree() -> None:
    assert indexed("config: en", "config: en") == ""
    assert indexed("config: en", "config: de") == (
        "Same dataset name, other config: en against de. The numbers do not compare; no winner."
    )
    assert "other split: test against validation" in indexed("split: test", "split: validation")
    assert indexed("args: en", "config: en") == ""
    assert "b does not say which config" in indexed("config: en", "split: test")


def test_many_configurations_are_counted() -> None:
    assert "en against de against 2 more" in indexed("config: en", "config: de", "config: fr", "config: it")


def test_one_dataset_among_several_is_not_all_of_them() -> None:
    assert "Different datasets" in told("emotion", "emotion, imdb")


def test_a_name_is_one_dataset_with_itself_only() -> None:
    assert same_dataset("a/b", "a/b")
    assert not same_dataset("", "a/b")


@pytest.mark.parametrize(
    ("ranges", "expected"),
    [(((1, 5), (5, 9)), True), (((1, 4), (5, 9)), False), (((1, 9), (2, 3), (4, 5)), False), (((1, 9), None), False)],
)
def test_estimates_overlap_where_one_number_may_be_all(
    ranges: tuple[tuple[int, int] | None, ...], expected: bool
) -> None:
    assert overlap([Estimate("x", *one, one[0]) if one else None for one in ranges]) is expected


def test_runs_of_one_name_get_their_letters() -> None:
    runs = [as_run(run_of().card, name) for name in ("a", "b", "a")]
    assert names_apart(runs) == ["a (A)", "b", "a (C)"]


def test_letters_go_on_behind_z() -> None:
    assert [letter(i) for i in (0, 1, 25, 26, 27, 52, 701, 702)] == ["A", "B", "Z", "AA", "AB", "BA", "ZZ", "AAA"]


@pytest.mark.parametrize("loader", ["imagefolder", "json", "generator", "Imagefolder"])
def test_the_loader_of_local_files_is_no_dataset(loader: str) -> None:
    assert told(loader, loader).startswith("No dataset is named")


def shown(*metadata: str, dataset: str = "", index: str = "") -> str:
    """The obstacle between runs a, b, … of one size whose metadata say this."""
    entry = f"      {index}" if index else ""
    return obstacle(
        [run_of(settings=BATCH, rows=STEPS, dataset=dataset, metadata=one, index=entry) for one in metadata]
    )


def unnamed(*results: str, base: str = "bert-base", versions: Sequence[str] = VERSIONS) -> Run:
    """A run without a named dataset that reports these metrics, on as many examples as all others made so."""
    lines = [f"{one}: 0.5" for one in ("Loss", *results)]
    return run_of(lines, BATCH, dataset="", rows=STEPS, base=base, versions=versions)


def test_different_tasks_do_not_compare_whether_the_dataset_is_named_or_not() -> None:
    tasks = ("pipeline_tag: token-classification", "pipeline_tag: text-classification")
    sentence = (
        "Different tasks: token-classification against text-classification. The numbers do not compare; no winner."
    )
    assert shown(*tasks) == shown(*tasks, dataset="emotion") == sentence
    assert shown(tasks[0], tasks[0]) == ""


@pytest.mark.parametrize("task", ["", "pipeline_tag: text2text-generation", "pipeline_tag: null"])
def test_no_task_and_one_that_may_be_anything_are_no_other_task(task: str) -> None:
    assert shown("pipeline_tag: summarization", task) == ""


def test_different_languages_are_other_data_unless_the_configuration_is_named() -> None:
    languages = ("language: tr", "language:\n- sv-SE\n- en")
    sentence = "Different languages: tr against en, sv. The numbers may not compare; no winner."
    assert shown(*languages) == shown(*languages, dataset="common_voice") == sentence
    assert shown(*languages, dataset="common_voice", index="config: tr") == ""


@pytest.mark.parametrize("language", ["", "language: [en, de]", "language: zh-CN", "language: deu", "language: German"])
def test_languages_are_told_apart_by_codes_of_one_kind(language: str) -> None:
    known = "language: zh-TW" if "zh" in language else "language: de"
    assert shown(known, language) == ""


@pytest.mark.parametrize("language", ["multilingual", "mul"])
def test_many_languages_are_no_other_one(language: str) -> None:
    assert shown("language: deu", f"language: {language}") == ""


def scores(*labels: str, of: str = "{} Precision,{} F1") -> list[str]:
    """Results that score these classes."""
    return [f"{name.format(label)}: 0.5" for label in labels for name in of.split(",")]


def test_scores_of_other_classes_are_of_other_data() -> None:
    one, other = (run_of(scores(*labels)) for labels in (("Brick", "Rubber"), ("Shrimp", "Organ")))
    assert obstacle([one, other]) == (
        "Scores of different classes: brick, rubber against organ, shrimp. The numbers do not compare; no winner."
    )
    maps = [run_of(scores("Background", label, of="Map {},Mar 100 {}")) for label in ("Organ", "Shrimp")]
    assert "organ against shrimp" in obstacle(maps)


@pytest.mark.parametrize(
    ("names", "others"),
    [
        (("LOC", "PER", "ORG"), ("LOC", "PER")),
        (("LOC", "PER", "ORG"), ("LOC", "PER", "MISC")),
        (("LOC", "PER"), ("CLS",)),
        (("LOC", "PER"), ("Macro", "Weighted")),
        (("LOC", "PER"), ("0", "1")),
        (("Rouge1", "Rouge2"), ("Bertscore", "Meteor")),
        (("LOC", "PER"), ()),
    ],
)
def test_scores_of_a_class_less_and_of_no_classes_are_no_sign_of_other_data(
    names: tuple[str, ...], others: tuple[str, ...]
) -> None:
    runs = [run_of(scores(*names)), run_of(scores(*others))]
    assert obstacle(runs) == obstacle(runs[::-1]) == ""


def test_a_name_before_one_measure_is_no_class() -> None:
    assert obstacle([run_of(scores("LOC", "PER")), run_of(scores("Token", "Span", of="{} F1"))]) == ""


def test_a_size_that_rounding_leaves_open_is_no_agreement() -> None:
    early, vague = [["0.9", "0.02", "10", "0.5"]], [["0.9", "0.01", "10", "0.5"]]
    assert obstacle([run_of(settings=BATCH, dataset="", rows=early)] * 2) == ""
    assert "cannot be estimated closely" in obstacle([run_of(settings=BATCH, dataset="", rows=vague)] * 2)
    two, one = ([["0.9", "1.0", steps, "0.5"], ["0.8", "2.0", str(2 * int(steps)), "0.5"]] for steps in ("2", "1"))
    assert obstacle([run_of(settings=BATCH, dataset="", rows=two)] * 2) == ""
    assert "cannot be estimated closely" in obstacle([run_of(settings=BATCH, dataset="", rows=one)] * 2)


def test_without_named_datasets_losses_of_other_tasks_do_not_compare() -> None:
    sentence = "No dataset is named, and the runs have no metric but the loss in common: no winner."
    assert obstacle([unnamed("Rouge1", "Gen Len"), unnamed("Wer")]) == sentence
    assert obstacle([unnamed("Wer", "Runtime", "Epoch", "Train F1"), unnamed("F1", "Runtime", "Epoch")]) == sentence
    assert obstacle([unnamed("Macro F1"), unnamed("F1 score")]) == ""
    assert obstacle([unnamed("Wer"), unnamed()]) == ""


def test_without_named_datasets_runs_of_one_size_must_share_something_else() -> None:
    scored = ("Accuracy", "Precision", "Recall", "F1")
    stranger = unnamed(*scored, base="other", versions=["Transformers 4.11.3"])
    assert obstacle([unnamed("F1"), stranger]) == (
        "No dataset is named, and neither base model nor metrics nor versions are the same: the numbers may not"
        " compare; no winner."
    )
    assert obstacle([unnamed("F1"), unnamed(*scored, versions=["Transformers 4.11.3"])]) == ""
    assert obstacle([unnamed("F1"), unnamed(*scored, base="other")]) == ""
    assert obstacle([unnamed(*scored[1:]), stranger]) == ""


def test_a_base_model_is_the_same_in_another_folder() -> None:
    here, there = unnamed("F1", base="/a/bert"), unnamed("Accuracy", "F1", "Recall", base="me/bert", versions=[])
    assert obstacle([here, there]) == ""


def test_another_size_is_another_part_of_a_dataset_of_parts_where_none_is_named() -> None:
    def of(dataset: str, index: str = "") -> str:
        return obstacle(
            [run_of(settings=BATCH, rows=rows, dataset=dataset, index=index) for rows in (STEPS, MORE_STEPS)]
        )

    sentence = "Same dataset name, but no card says which config, and the training sizes differ"
    assert of("glue").startswith(sentence)
    assert of("mozilla-foundation/common_voice_11_0").startswith(sentence)
    assert of("glue", "      config: cola") == ""
    assert of("emotion") == ""


def test_a_part_some_examples_of_which_were_left_out_is_the_same_part() -> None:
    fewer = [["0.9", "1.0", "95", "0.5"], ["0.8", "2.0", "190", "0.7"]]
    assert obstacle([run_of(settings=BATCH, rows=rows, dataset="glue") for rows in (STEPS, fewer)]) == ""


def test_one_pair_of_several_runs_is_enough_to_name_no_winner() -> None:
    silent, turkish, swedish = "", "language: tr", "language: sv"
    assert shown(silent, turkish, silent) == ""
    assert "tr against sv" in shown(silent, turkish, silent, swedish)


def test_without_reported_results_the_dataset_of_the_model_index_counts() -> None:
    def told_of(*runs: Run) -> str:
        return obstacle([index_only("1.5"), *runs])

    assert told_of(index_only("2.5")) == ""
    assert told_of(index_only("2.5", on="Ant-v3")).startswith("Different datasets: Hopper-v3 against Ant-v3.")
    assert "does not name its dataset" in told_of(index_only("2.5", on=""))
    assert "does not name its dataset" in told_of(index_only("2.5", on="Unknown"))
    assert "split" in told_of(index_only("2.5", more="      split: test\n"))
    assert told_of(run_of(dataset="hopper-v3")) == ""
