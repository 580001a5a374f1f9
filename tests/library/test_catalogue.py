"""Which columns there are, and which are shown until others are chosen."""

from __future__ import annotations

from tests.library.shelf import Shelved, run
from tui.judge.query import completions
from tui.judge.rules import DEFAULT
from tui.library.catalogue import Catalogue, shown_columns

MIXED = (
    run(
        "a", "F1", f1="0.7", loss="0.5", accuracy="0.8", lr="1e-05", base="bert", best__f1="0.9", reported__runtime="3"
    ),
    run("b", "F1", f1="0.9", loss="0.9", lr="2e-05", base="bert", setting__seed="42"),
    run("c", "Wer", wer="0.9", setting__seed="42"),
)


def catalogue(*facts: object) -> Catalogue:
    return Catalogue(Shelved(*(facts or MIXED)).columns)  # type: ignore[arg-type]


def test_only_columns_that_some_card_has_are_shown_at_first() -> None:
    assert catalogue().first_columns(DEFAULT) == [
        "name", "headline", "best.f1", "loss", "f1", "accuracy", "lr", "base", "findings",
    ]  # fmt: skip


def test_a_metric_that_is_everyones_headline_has_no_second_column() -> None:
    assert catalogue(*MIXED[:2]).first_columns(DEFAULT) == [
        "name", "headline", "best.f1", "loss", "accuracy", "lr", "base", "findings",
    ]  # fmt: skip


def test_a_metric_that_was_chosen_stands_for_all() -> None:
    assert catalogue().first_columns(DEFAULT, "accuracy") == [
        "name", "headline", "loss", "f1", "wer", "lr", "base", "findings",
    ]  # fmt: skip


def test_cards_of_which_nothing_is_known_have_a_name() -> None:
    assert Catalogue(Shelved().columns).first_columns(DEFAULT) == ["name", "findings"]


def test_chosen_columns_are_shown_as_far_as_any_card_has_them() -> None:
    assert shown_columns(["loss", "nothing", "name", "path", "lr"], catalogue(), DEFAULT) == [
        "name",
        "loss",
        "path",
        "lr",
    ]
    assert shown_columns(["nothing"], catalogue(), DEFAULT) == catalogue().first_columns(DEFAULT)


def test_every_column_is_listed_the_most_frequent_first() -> None:
    listed = catalogue().listed()
    assert listed[:4] == [("name", 3), ("headline", 3), ("findings", 3), ("path", 3)]
    rest = [count for _, count in listed[4:]]
    assert rest == sorted(rest, reverse=True)
    assert dict(listed)["best.f1"] == 1
    assert dict(listed)["lr"] == 2


def test_metrics_that_hardly_stand_for_a_run_come_last() -> None:
    assert [name for name, _ in catalogue().metrics(DEFAULT)] == ["f1", "loss", "accuracy", "wer", "runtime"]


def test_runs_are_grouped_by_settings_that_some_share() -> None:
    assert [name for name, _ in catalogue().settings()] == ["seed"]


def test_names_and_values_complete_an_expression() -> None:
    known = catalogue()
    assert [(offer.text, offer.count) for offer in completions("ba", 2, known)] == [("base", 2)]
    assert [(offer.text, offer.count) for offer in completions("base:", 5, known)] == [("base:bert", 2)]
