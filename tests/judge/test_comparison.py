"""Runs beside each other: what differs, and which is better."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests import stated
from tests.cards.making import read_text, trainer_card
from tests.judge.comparing import METRICS, as_run, compared, index_only, row, run_at, run_of, runs, setting
from tests.shared import needs_seeds, seed
from tui.judge.comparable import Run
from tui.judge.comparison import Section, Which, compare
from tui.judge.metrics import Direction, direction

SWEEP = stated.SAMPLES / "helpdesk-sweep"


@given(runs())
def test_a_run_differs_in_nothing_from_itself(run: Run) -> None:
    for which in Which:
        found = compare([run, run], which)
        assert not found.differs
        assert [one for one in found.rows if one.differs or one.best] == []


@given(runs(), runs())
def test_swapping_two_runs_negates_what_differs_and_mirrors_the_better_side(left: Run, right: Run) -> None:
    there = {(one.section, one.name): one for one in compare([left, right]).rows}
    back = {(one.section, one.name): one for one in compare([right, left]).rows}
    assert {(section, name.casefold()) for section, name in there} == {(s, name.casefold()) for s, name in back}
    for key in there.keys() & back.keys():
        one, other = there[key], back[key]
        assert one.cells == other.cells[::-1]
        assert one.differs == other.differs
        assert one.best == {1 - index for index in other.best}
        assert (one.difference is None) == (other.difference is None)
        assert one.difference is None or other.difference is None or one.difference == -other.difference


@given(runs(), runs(), runs())
def test_runs_that_do_not_compare_and_metrics_without_a_direction_have_no_best(one: Run, two: Run, more: Run) -> None:
    found = compare([one, two, more])
    for ranked in (each for each in found.rows if each.best):
        assert (found.obstacle, ranked.section, ranked.differs) == ("", Section.RESULTS, True)
        assert ranked.direction is not Direction.UNKNOWN
        assert len(ranked.best) < len(found.runs)
    if found.obstacle:
        assert found.verdict == found.obstacle
        assert "better" not in found.verdict


def test_one_run_alone_is_refused() -> None:
    with pytest.raises(ValueError, match="two runs"):
        compare([run_of()])


@pytest.mark.parametrize("values", [("5e-05", "0.00005", "5.0e-5"), ("16", "16.0", "1.6e1"), ("1,000", "1000")])
def test_numbers_that_are_written_differently_are_the_same(values: tuple[str, ...]) -> None:
    assert not setting("learning_rate", *values).differs
    assert not compared("Loss", *values).differs


@pytest.mark.parametrize(
    "values",
    [
        ("(0.9,0.999)", "(0.9, 0.999)"),
        ("[1, 2]", "[1.0,2]"),
        ("{'a': 'b'}", '{"a": "b"}'),
        ("True", "true"),
        ("SchedulerType.LINEAR", "linear"),
    ],
)
def test_settings_that_are_written_differently_are_the_same(values: tuple[str, str]) -> None:
    assert not setting("betas", *values).differs


@pytest.mark.parametrize(
    "values",
    [("0.00001", "0.000011"), ("10", "10%"), ("[1, 'a']", "[1, 'b']"), ("linear", "cosine"), ("nan", "inf")],
)
def test_other_settings_differ(values: tuple[str, str]) -> None:
    assert setting("warmup", *values).differs


def test_a_tenth_and_ten_percent_are_the_same_setting() -> None:
    assert not setting("warmup", "0.1", "10%").differs


def test_the_difference_is_exact_in_the_printed_decimals() -> None:
    assert compared("F1", "0.5504", "0.7648").delta == 0.2144
    assert str(compared("F1", "0.7648", "0.5500").difference) == "-0.2148"


@pytest.mark.parametrize(
    ("name", "values", "best"),
    [
        ("Accuracy", ("0.9", "0.8"), {0}),
        ("Loss", ("0.9", "0.8"), {1}),
        ("Loss", ("inf", "0.8"), {1}),
        ("Accuracy", ("0.9", "0.8", "0.9"), {0, 2}),
        ("Accuracy", ("0.9", "0.90"), set()),
        ("Accuracy", ("0.9", "nan"), set()),
        ("Accuracy", ("0.9", "none"), set()),
        ("Accuracy", ("nan", "0.8", "0.9"), {2}),
        ("Accuracy", ("nan", "0.9", "0.9"), set()),
        ("Whatever", ("0.9", "0.8"), set()),
        ("Gen Len", ("20", "18"), set()),
        ("Train Loss", ("0.9", "0.8"), set()),
    ],
)
def test_the_best_is_by_direction(name: str, values: tuple[str, ...], best: set[int]) -> None:
    assert compared(name, *values).best == best


def test_a_percentage_beside_a_share_is_one() -> None:
    found = compared("Accuracy", "91.14%", "0.92")
    assert [cell.number for cell in found.cells if cell] == [0.9114, 0.92]
    assert (set(found.best), found.delta) == ({1}, 0.0086)
    assert not compared("Accuracy", "91.14%", "0.9114").differs
    assert compared("Accuracy", "91.14%", "92.00%").delta == 0.86


@pytest.mark.parametrize(
    ("name", "values"),
    [("Accuracy", ("91.14", "0.92")), ("Wer", ("32.6", "0.31")), ("Accuracy", ("50", "91.14%", "0.9"))],
)
def test_what_may_be_a_percentage_beside_a_share_is_not_ranked(name: str, values: tuple[str, ...]) -> None:
    found = compared(name, *values)
    assert (found.best, found.delta) == (frozenset(), None)
    verdict = compare([run_of(["Loss: 0.5", f"{name}: {value}"]) for value in values]).verdict
    assert f"{name} may be in different units" in verdict


def test_results_given_times_a_hundred_are_not_ranked_beside_others() -> None:
    columns = ("Training Loss", "Epoch", "Step", "Validation Loss", "Wer")
    rows = (("0.76", "1.0", "400", "0.133428", "0.251288"), ("0.11", "2.0", "800", "0.054462", "0.197826"))
    both = [
        run_of(results, columns=columns, rows=rows)
        for results in (["Loss: 5.44", "Wer: 19.78"], ["Loss: 0.05", "Wer: 0.2"])
    ]
    found = row(compare(both), "Loss")
    assert (found.one_unit, found.best) == (False, frozenset())
    assert row(compare(both, Which.BEST), "Loss").one_unit


def test_percentages_with_and_without_a_sign_are_ranked() -> None:
    assert compared("Accuracy", "91.14%", "92").best == {1}
    assert not compared("Accuracy", "91.14%", "91.14").differs
    assert compared("Accuracy", "0.9%", "0.9").differs


@pytest.mark.parametrize("values", [("0.9", "-4.2"), ("0", "91.14"), ("0.5", "1.0")])
def test_shares_of_any_kind_are_ranked(values: tuple[str, str]) -> None:
    assert compared("R2", *values).best


def test_rewards_have_no_upper_end() -> None:
    assert compared("Rewards/margins", "0.5", "3.2").best == {1}


@pytest.mark.parametrize("name", METRICS)
def test_every_metric_has_its_direction(name: str) -> None:
    assert compared(name, "0.5", "0.6").direction is direction(name)


def test_lists_compare_element_by_element() -> None:
    found = compare([run_of(["F1: [0.5, 0.9]"], name="a"), run_of(["F1: [0.6, 0.8]"], name="b")])
    assert [row(found, name).best for name in ("F1[0]", "F1[1]")] == [{1}, {0}]


# The verdict


def verdict(left: list[str], right: list[str]) -> str:
    """The verdict on two runs, a and b, with these results."""
    return compare([run_of(left, name="a"), run_of(right, name="b")]).verdict


def test_the_verdict_says_who_is_better_on_what() -> None:
    found = verdict(["Loss: 0.5", "F1: 0.9", "Wer: 0.2"], ["Loss: 0.4", "F1: 0.8", "Wer: 0.1"])
    assert found == "b is better on Loss and Wer; a is better on F1 (reported values)."


def test_metrics_that_are_one_number_count_once() -> None:
    same = ["Accuracy: 0.9", "Recall: 0.90", "F1: 0.8"], ["Accuracy: 0.8", "Recall: 0.8", "F1: 0.7"]
    assert verdict(*same) == "a is better on Accuracy and F1 (reported values)."


def test_metrics_of_one_number_but_another_direction_count_each() -> None:
    assert verdict(["Accuracy: 0.5", "Wer: 0.5"], ["Accuracy: 0.4", "Wer: 0.4"]).count("is better on") == 2


def test_what_is_equal_is_said_to_be() -> None:
    assert verdict(["Loss: 0.5"], ["Loss: 0.50"]) == "Equal on Loss (reported values)."


def test_nan_is_neither_equal_nor_worse() -> None:
    found = verdict(["Loss: nan", "F1: 0.9"], ["Loss: 0.5", "F1: 0.9"])
    assert found == "Equal on F1; nan is not ranked (a) (reported values)."


def test_runs_without_a_metric_in_common_have_no_winner() -> None:
    assert "no metric in common" in verdict(["Loss: 0.5"], ["F1: 0.5"])
    assert "no metric in common" in verdict(["Whatever: 0.5"], ["Whatever: 0.6"])


def test_of_three_runs_one_is_best_or_several_share_it() -> None:
    results = (["Loss: 0.5", "F1: 0.9"], ["Loss: 0.4", "F1: 0.9"], ["Loss: 0.6", "F1: 0.7"])
    found = compare([run_of(one, name=name) for one, name in zip(results, "abc", strict=True)])
    assert found.verdict == "b is best on Loss; several share the best F1 (reported values)."


def test_runs_of_one_name_are_told_apart_in_the_verdict() -> None:
    assert compare([run_of(["Loss: 0.5"]), run_of(["Loss: 0.4"])]).verdict.startswith("a-run (B) is better")


# Which value


def test_best_and_last_values_are_compared_where_they_are_asked_for() -> None:
    rows = [["0.9", "1.0", "100", "0.5"], ["0.8", "2.0", "200", "0.7"]]
    pair = [run_of(["Loss: 0.7"], rows=rows), run_of(["Loss: 0.6"], rows=[rows[0], ["0.8", "2.0", "200", "0.6"]])]
    best, last = (row(compare(pair, which), "Loss") for which in (Which.BEST, Which.LAST))
    assert [(cell.text, cell.note) for cell in best.cells if cell] == [("0.5", "epoch 1"), ("0.5", "epoch 1")]
    assert not best.differs
    assert last.best == {1}
    assert "(last values)" in compare(pair, Which.LAST).verdict


# Other sections


def test_the_whole_batch_is_implied_by_its_parts() -> None:
    found = compare([run_of(settings=["train_batch_size: 16"]), run_of(settings=["train_batch_size: 8"])])
    assert [cell and cell.note for cell in row(found, "total_train_batch_size").cells] == ["implied", "implied"]


def test_output_paths_are_names_that_say_nothing() -> None:
    found = compare([run_of(settings=["output_dir: a"]), run_of(settings=["output_dir: b"])])
    assert row(found, "output_dir").section is Section.NAMES
    assert not found.differs


def test_a_setting_that_one_run_has_differs_and_stands_behind_the_one_that_it_follows() -> None:
    found = compare([run_of(settings=["seed: 1", "num_epochs: 3"]), run_of(settings=["seed: 1", "warmup: 5"])])
    names = [one.name for one in found.rows if one.section is Section.SETTINGS and one.name in {"seed", "warmup"}]
    assert names == ["seed", "warmup"]
    assert row(found, "warmup").cells[0] is None
    assert row(found, "warmup").differs


@pytest.mark.parametrize("count", [0, 1, 60])
def test_histories_of_any_size_compare(count: int) -> None:
    columns = ["Epoch", "Step", *(f"Metric {i}" for i in range(max(count, 1)))]
    rows = [["1.0", "10", *["0.5"] * max(count, 1)]] if count else []
    found = compare([run_of(["Loss: 0.5"], columns=columns, rows=rows), run_of(["Loss: 0.4"], rows=[])])
    assert row(found, "Loss").best == {1}
    assert len([one for one in found.rows if one.name.startswith("Metric")]) == (count and 0)


# Public cards


@needs_seeds
def test_two_configurations_of_one_dataset_compare_with_a_warning_and_no_winner() -> None:
    found = compare([run_at(seed("000")), run_at(seed("002"))])
    assert "en against all_languages" in found.obstacle
    assert "no winner" in found.verdict
    assert not any(one.best for one in found.rows)
    assert row(found, "Accuracy").delta == 0.2144


@needs_seeds
def test_lists_of_a_public_card_compare_element_by_element() -> None:
    found = compare([run_at(seed("003")), run_at(seed("004"))])
    assert [one.name for one in found.rows if one.name.startswith("F1")] == ["F1", "F1[0]", "F1[1]"]
    assert "F1" not in [one.name for one in compare([run_at(seed("003"))] * 2).rows]


def test_two_runs_of_a_sweep_compare_with_a_winner() -> None:
    found = compare([run_at(SWEEP / "run-3" / "README.md"), run_at(SWEEP / "run-4" / "README.md")])
    assert not found.obstacle
    assert found.verdict.startswith("roberta-base-helpdesk-routing-lr2e-5-bs32 is better on Loss, Accuracy, F1")
    assert [one.name for one in found.rows if one.section is Section.SETTINGS and one.differs] == [
        "learning_rate",
        "seed",
        "lr_scheduler_warmup_ratio",
    ]


def test_the_verdict_says_what_it_leaves_out() -> None:
    found = verdict(["Loss: 0.5", "F1: [0.9, 0.8]"], ["Loss: 0.4", "F1: [0.91, 0.79]"])
    assert found == "b is better on Loss; elements of lists are not counted (reported values)."


def test_runs_without_histories_have_no_best_values_to_compare() -> None:
    pair = compare([run_of(results=["Loss: 0.5"]), run_of(results=["Loss: 0.4"])], Which.BEST)
    assert pair.verdict == "No metric that could be ranked has a best value in the histories of two runs."


def test_a_best_value_after_the_training_is_of_no_epoch() -> None:
    rows = [("1.0", "100", "0.5"), ("-1", "-1", "0.7")]
    pair = [run_of(["F1: 0.7"], columns=("Epoch", "Step", "F1"), rows=rows)] * 2
    found = compare(pair, Which.BEST)
    assert [cell and cell.note for cell in row(found, "F1").cells] == ["the end of the training"] * 2
    sources = [cell.text for cell in row(found, "reported row").cells if cell]
    assert sources == ["last (the end of the training)"] * 2


def test_what_the_configuration_of_a_card_sets_is_compared() -> None:
    config = "<details><summary>See axolotl config</summary>\n\naxolotl version: `0.9.{}`\n```yaml\nlora_r: {}\n```\n"
    cards = [
        trainer_card().replace("# my-model", f"{config.format(*values)}\n\n# my-model") for values in ((1, 16), (2, 64))
    ]
    rows = [row for row in compare([as_run(read_text(card)) for card in cards]).rows if row.differs]
    told = [(row.section, row.name, [cell.text for cell in row.cells if cell]) for row in rows]
    assert told == [
        (Section.SETTINGS, "lora_r", ["16", "64"]),
        (Section.ENVIRONMENT, "axolotl", ["0.9.1", "0.9.2"]),
    ]


def test_without_reported_results_the_model_index_is_compared_and_named_as_such() -> None:
    found = compare([index_only("2228.87 +/- 43.40"), index_only("2301.00 +/- 120.10")])
    reward = row(found, "mean_reward")
    assert reward.section is Section.RESULTS
    assert [(cell.text, cell.number, cell.note) for cell in reward.cells if cell] == [
        ("2228.87 +/- 43.40", 2228.87, "model index"),
        ("2301.00 +/- 120.10", 2301.0, "model index"),
    ]
    assert reward.delta == 72.13
    assert found.verdict == "An agent (B) is better on mean_reward (model index values)."


def test_the_model_index_is_held_against_reported_results_but_never_against_histories() -> None:
    pair = [run_of(["Accuracy: 0.7"], dataset="imdb"), index_only("0.8", on="imdb", metric="accuracy")]
    found = compare(pair)
    assert [cell and cell.note for cell in row(found, "Accuracy").cells] == ["", "model index"]
    assert found.verdict == "An agent is better on Accuracy (reported values)."
    assert not [one for one in compare(pair, Which.BEST).rows if one.section is Section.RESULTS]


def test_the_model_index_of_a_card_with_reported_results_is_no_result() -> None:
    run = run_of(["F1: 0.9"], index="      config: a")
    assert [one.name for one in compare([run, run]).rows if one.section is Section.RESULTS] == ["F1"]


def test_a_metric_that_the_model_index_has_of_several_datasets_is_told_apart_by_them() -> None:
    second = "      config: en\n      split: test\n  - metrics:\n    - type: wer\n      value: 9.5\n"
    run = index_only("4.0", on="vivos", metric="wer", more=second)
    names = [one.name for one in compare([run, run]).rows if one.section is Section.RESULTS]
    assert names == ["wer on vivos en test", "wer on an unnamed dataset"]


def test_lists_of_lists_compare_as_they_are_printed() -> None:
    matrices = ("[[5, 1], [0, 7]]", "[[6, 0], [0, 7]]")
    found = compared("Matrix", *matrices)
    assert [cell.text for cell in found.cells if cell] == [*matrices]
    assert (found.differs, found.best) == (True, frozenset())
