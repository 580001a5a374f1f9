"""Which runs the table shows, in which order and groups, and which value is the best."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.library.shelf import Shelved, run
from tui.judge.comparison import Which
from tui.judge.facts import Facts
from tui.judge.query import parse
from tui.library.runs import HEADLINE, Runs, View
from tui.library.tree import Folder

SWEEP = (
    run("a", "F1", f1="0.70", loss="0.5", lr="1e-05", base="bert"),
    run("b", "F1", f1="0.90", loss="0.9", lr="2e-05", base="roberta"),
    run("c", "F1", f1="0.80", loss="0.1", base="bert", best__f1="0.95"),
    run("d", lr="3e-05"),
)


def runs_of(*facts: Facts, view: View | None = None) -> Runs:
    shelved = Shelved(*facts)
    runs = Runs(shelved.columns)
    runs.view = view or View()
    runs.take(shelved.entries)
    return runs


def names(runs: Runs) -> list[str]:
    """The rows: names of runs, texts of groups in brackets."""
    found = []
    for item in runs.items:
        group = runs.group_at(item)
        found.append(f"[{group.text}]" if group else runs.entries[item].name)
    return found


def best_in(runs: Runs, name: str) -> list[str]:
    return [runs.entries[item].name for item in runs.items if runs.is_best(item, name)]


def test_the_best_headline_stands_first() -> None:
    assert names(runs_of(*SWEEP)) == ["b", "c", "a", "d"]


@pytest.mark.parametrize(
    ("sort", "reverse", "expected"),
    [
        ("loss", False, "cabd"),
        ("loss", True, "bacd"),
        ("lr", False, "dbac"),
        ("base", False, "acbd"),
        ("name", True, "dcba"),
        ("path", True, "dcba"),
        ("best.f1", False, "cabd"),
        ("nothing", False, "abcd"),
        ("", False, "abcd"),
        ("", True, "dcba"),
    ],
)
def test_runs_are_sorted_by_any_column(sort: str, reverse: bool, expected: str) -> None:
    assert names(runs_of(*SWEEP, view=View(sort=sort, reverse=reverse))) == list(expected)


def test_best_values_stand_in_for_reported_ones_in_columns_that_do_not_say_which() -> None:
    runs = runs_of(*SWEEP)
    place = names(runs).index("c")
    assert runs.value(runs.items[place], "f1") == runs.columns.value(2, "reported.f1")
    runs.show(replace(runs.view, which=Which.BEST))
    assert names(runs) == ["c", "a", "b", "d"]
    values = {name: runs.value(2, name) for name in ("f1", HEADLINE, "best.f1", "lr")}
    assert {name: value.raw if value else "" for name, value in values.items()} == {
        "f1": "0.95", HEADLINE: "0.95", "best.f1": "0.95", "lr": "",
    }  # fmt: skip


def test_another_metric_can_stand_for_every_run() -> None:
    runs = runs_of(*SWEEP, view=View(metric="loss"))
    assert names(runs) == ["c", "a", "b", "d"]
    assert runs.one_metric() == "loss"
    assert best_in(runs, HEADLINE) == ["c"]


def test_headlines_of_several_metrics_are_not_ranked_with_each_other() -> None:
    runs = runs_of(
        run("x", "Wer", wer="36.2"), run("y", "F1", f1="0.7"), run("z", "F1", f1="0.8"), run("w", "Wer", wer="9.5")
    )
    assert names(runs) == ["w", "x", "z", "y"]
    assert best_in(runs, HEADLINE) == ["w", "z"]
    assert runs.one_metric() == ""


def test_the_best_is_that_of_the_runs_that_pass() -> None:
    runs = runs_of(*SWEEP)
    assert best_in(runs, "f1") == ["b"]
    assert best_in(runs, "loss") == ["c"]
    assert best_in(runs, "lr") == []
    runs.show(replace(runs.view, query=parse("base=bert")))
    assert names(runs) == ["c", "a"]
    assert best_in(runs, "f1") == ["c"]


def test_nothing_is_best_where_percentages_and_shares_cannot_be_told_apart() -> None:
    assert best_in(runs_of(run("a", f1="0.9"), run("b", f1="88.1")), "f1") == []


def test_best_values_of_very_many_runs_are_found_when_there_is_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.library.runs._AT_ONCE", 2)
    runs = runs_of(*SWEEP)
    assert best_in(runs, "f1") == []
    assert runs.find_best()
    assert best_in(runs, "f1") == ["b"]
    assert not runs.find_best()


def test_a_filter_counts_what_passes() -> None:
    runs = runs_of(*SWEEP, view=View(query=parse("f1>=0.8")))
    assert names(runs) == ["b", "c"]
    assert (runs.passing, runs.total) == (2, 4)


def test_words_are_sought_in_path_and_name() -> None:
    runs = runs_of(*SWEEP, view=View(query=parse("run-2")))
    assert names(runs) == ["c"]


def test_only_the_first_are_shown() -> None:
    assert names(runs_of(*SWEEP, view=View(most=2))) == ["b", "c"]


def test_groups_stand_in_the_order_of_their_first_runs_and_name_their_best() -> None:
    runs = runs_of(*SWEEP, view=View(sort="loss", group="base"))
    assert names(runs) == ["[bert]", "[roberta]", "[]"]
    groups = [group for item in runs.items if (group := runs.group_at(item))]
    assert [len(group.rows) for group in groups] == [2, 1, 1]
    best = [runs.best_of(group) for group in groups]
    assert [runs.entries[place].name if place is not None else None for place in best] == ["c", "b", None]


def test_an_open_group_shows_its_runs() -> None:
    runs = runs_of(*SWEEP, view=View(group="base", opened=frozenset({"bert"})))
    assert names(runs) == ["[roberta]", "[bert]", "c", "a", "[]"]
    assert runs.index_of_group("bert") == 1
    assert runs.index_of(runs.entries[0]) == 3


def test_runs_of_closed_groups_are_copied_and_written_too() -> None:
    runs = runs_of(*SWEEP, view=View(group="base", opened=frozenset({"roberta"})))
    assert [runs.entries[place].name for place in runs.places] == ["b", "c", "a", "d"]


def test_files_that_are_no_cards_are_left_out_and_unread_ones_wait_at_the_end() -> None:
    shelved = Shelved(SWEEP[0])
    shelved.add(Facts("notes", False))
    shelved.add(None, "unread")
    shelved.add(SWEEP[1])
    runs = Runs(shelved.columns)
    runs.take(shelved.entries)
    assert names(runs) == ["b", "a", "unread"]
    assert (runs.total, runs.unread) == (2, 1)
    assert runs.value(runs.items[2], "f1") is None
    runs.show(replace(runs.view, query=parse("f1>0")))
    assert names(runs) == ["b", "a"]


def test_a_card_that_changed_has_its_new_values() -> None:
    shelved = Shelved(*SWEEP)
    runs = Runs(shelved.columns)
    runs.take(shelved.entries)
    shelved.entries[0].row = shelved.columns.add(run("a", "F1", f1="0.99"))
    shelved.entries.pop()
    runs.take(shelved.entries)
    assert names(runs) == ["a", "b", "c"]
    assert best_in(runs, "f1") == ["a"]


def test_runs_of_one_name_are_told_apart_by_their_folders() -> None:
    shelved = Shelved(run("bert"), run("bert"), run("other"))
    runs = Runs(shelved.columns)
    runs.take(shelved.entries)
    assert [runs.label(entry) for entry in shelved.entries] == ["bert (run-0)", "bert (run-1)", "other"]


def test_runs_of_one_name_in_folders_of_one_name_are_told_apart_by_their_paths() -> None:
    shelved = Shelved(run("bert"), run("bert"))
    for owner, entry in zip("ab", shelved.entries, strict=True):
        entry.folder = Folder("x", f"/sweep/{owner}/x", Folder(owner, f"/sweep/{owner}", shelved.root))
    runs = Runs(shelved.columns)
    runs.take(shelved.entries)
    assert [runs.label(entry) for entry in shelved.entries] == ["bert (a/x)", "bert (b/x)"]
