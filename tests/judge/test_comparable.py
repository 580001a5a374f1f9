"""Whether the numbers of runs compare, and why not."""

from __future__ import annotations

import itertools

import pytest

from tests.judge.comparing import as_run, run_of
from tui.judge.comparable import letter, names_apart, obstacle, overlap, same_dataset
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
