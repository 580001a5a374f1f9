"""Runs that differ from one in a few settings only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests import stated
from tests.judge.comparing import run_at, run_of
from tui.judge.comparable import Run
from tui.judge.recipes import Recipe, nearest_recipes

SETTINGS = ["learning_rate: 2e-05", "num_epochs: 3", "train_batch_size: 16"]
RUN = run_of(["Loss: 0.5", "F1: 0.80"], SETTINGS, name="this")


def changed(*settings: str, f1: str = "0.812", name: str = "other", dataset: str = "emotion") -> Run:
    """A run with other values of some settings."""
    names = [setting.partition(":")[0] for setting in settings]
    kept = [setting for setting in SETTINGS if setting.partition(":")[0] not in names]
    return run_of(["Loss: 0.5", f"F1: {f1}"], [*kept, *settings], name=name, dataset=dataset)


def changes(others: Sequence[Run], most: int = 3) -> list[tuple[str, ...]]:
    return [recipe.changes for recipe in nearest_recipes(RUN, others, most)]


def test_a_recipe_says_what_was_changed_and_what_became_of_the_headline_metric() -> None:
    other = changed("learning_rate: 5e-05")
    assert nearest_recipes(RUN, [RUN, other]) == [Recipe(other, ("learning_rate 2e-05 → 5e-05",), "F1 +0.012")]


def test_a_setting_that_one_run_lacks_is_a_change() -> None:
    assert changes([changed("warmup_steps: 500")]) == [("warmup_steps – → 500",)]


def test_a_batch_that_follows_from_another_setting_is_not_a_change_of_its_own() -> None:
    assert changes([changed("train_batch_size: 32")]) == [("train_batch_size 16 → 32",)]


def test_the_fewest_changes_come_first_and_too_many_not_at_all() -> None:
    others = [changed("seed: 1", "num_epochs: 4"), changed("seed: 2"), changed("seed: 1", "a: 1", "b: 2", "c: 3")]
    assert [len(one) for one in changes(others)] == [1, 2]
    assert [len(one) for one in changes(others, most=1)] == [1]


def test_the_same_settings_are_a_recipe_without_changes() -> None:
    assert changes([changed(), changed("learning_rate: 0.00002", "output_dir: elsewhere")]) == [(), ()]


@pytest.mark.parametrize("dataset", ["imdb", ""])
def test_runs_on_another_dataset_or_on_none_that_is_known_are_left_out(dataset: str) -> None:
    assert changes([changed("seed: 1", dataset=dataset)]) == []


def test_the_effect_is_left_out_where_there_is_none_or_it_cannot_be_told() -> None:
    others = [changed("seed: 1", f1="0.8"), changed("seed: 2", f1="nan"), changed("seed: 3", f1="81.2")]
    assert [recipe.effect for recipe in nearest_recipes(RUN, others)] == ["", "", ""]


def test_hand_written_cards_without_a_base_model_have_no_recipes() -> None:
    one, other = (run_of(settings=[f"seed: {i}"], name=f"r{i}") for i in range(2))
    assert nearest_recipes(one, [other])
    nameless = [replace(run, card=replace(run.card, base_model=None)) for run in (one, other)]
    assert nearest_recipes(nameless[0], nameless[1:]) == []


def test_the_samples_have_a_sweep() -> None:
    runs = [run_at(stated.SAMPLES / "helpdesk-sweep" / f"run-{i}" / "README.md") for i in range(1, 5)]
    (nearest, *_) = nearest_recipes(runs[2], runs)
    assert nearest.run is runs[3]
    assert nearest.changes[0] == "learning_rate 2e-05 → 3e-05"
    assert nearest.effect == "Accuracy −0.0301"


def test_cards_that_tell_no_settings_are_near_to_none() -> None:
    silent = run_of(["Loss: 0.5"], name="silent")
    assert nearest_recipes(silent, [RUN, run_of(["Loss: 0.4"], name="silent, too")]) == []
    assert changes([silent]) == []
