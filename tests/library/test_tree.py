"""The rows of the tree: what is open, what passes the filter, how many cards a folder holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.library.making import NO_CARD, UNTITLED, entry_at, grown, outline, plant, train
from tui.library.scan import FolderFound
from tui.library.tree import Folder, Tree


def shown(tree: Tree) -> list[str]:
    """The rows as a person sees them, indented; a folder with its count."""
    return [
        "  " * row.depth + (f"{row.node.name}/ {row.count}" if isinstance(row.node, Folder) else row.node.name)
        for row in tree.rows()
    ]


def folder_of(tree: Tree, name: str) -> Folder:
    return next(row.node for row in tree.rows() if isinstance(row.node, Folder) and row.node.name == name)


def read_all(tree: Tree) -> Tree:
    for entry in tree.entries:
        entry.outline = outline(entry.path, entry.own_name)
    return tree


def test_a_folder_whose_only_content_is_a_card_is_one_row(tmp_path: Path) -> None:
    root = plant(tmp_path / "sweep", "run-1/README.md", "run-2/README.md", "run-10/README.md")
    assert shown(grown(root)) == ["sweep/ 3", "  run-1", "  run-2", "  run-10"]


def test_the_opened_folder_has_a_row_even_with_one_card(tmp_path: Path) -> None:
    assert shown(grown(plant(tmp_path / "only", "README.md"))) == ["only/ 1", "  only"]


def test_a_lone_card_with_a_name_of_its_own_is_one_row(tmp_path: Path) -> None:
    root = plant(tmp_path / "cards", "a/bert.md", "b/x.md", "b/y.md")
    assert shown(grown(root)) == ["cards/ 3", "  bert", "  b/ 2"]


def test_folders_show_how_many_cards_they_hold_below(tmp_path: Path) -> None:
    tree = grown(plant(tmp_path / "cards", "x.md", "a/1.md", "a/b/2.md", "a/b/3.md", "a/c/4.md"))
    assert shown(tree) == ["cards/ 5", "  x", "  a/ 4"]
    folder_of(tree, "a").is_open = True
    assert shown(tree) == ["cards/ 5", "  x", "  a/ 4", "    1", "    b/ 2", "    4"]


def test_the_folders_above_the_first_card_are_open_and_others_closed(tmp_path: Path) -> None:
    tree = grown(plant(tmp_path / "cards", "a/b/1.md", "a/b/2.md", "z/3.md", "z/4.md"))
    assert shown(tree) == ["cards/ 4", "  a/ 2", "    b/ 2", "      1", "      2", "  z/ 2"]


def test_a_folder_that_is_closed_hides_what_it_holds(tmp_path: Path) -> None:
    tree = grown(plant(tmp_path / "cards", "a/1.md", "a/2.md"))
    folder_of(tree, "a").is_open = False
    assert shown(tree) == ["cards/ 2", "  a/ 2"]
    folder_of(tree, "cards").is_open = False
    assert shown(tree) == ["cards/ 2"]


def test_folders_without_cards_are_not_shown(tmp_path: Path) -> None:
    root = plant(tmp_path / "cards", "a/1.md", "a/2.md")
    (root / "empty" / "deep").mkdir(parents=True)
    assert shown(grown(root)) == ["cards/ 2", "  a/ 2", "    1", "    2"]


def test_an_empty_folder_is_a_row_that_says_none(tmp_path: Path) -> None:
    (tmp_path / "cards").mkdir()
    assert shown(grown(tmp_path / "cards")) == ["cards/ 0"]


def test_several_paths_stand_one_below_the_other(tmp_path: Path) -> None:
    plant(tmp_path, "a/1.md", "b/2.md", "b/3.md")
    assert shown(grown(tmp_path / "a", tmp_path / "b" / "2.md")) == ["a/ 1", "  1", "b/ 1", "  2"]


def test_the_same_folder_given_twice_is_shown_twice(tmp_path: Path) -> None:
    root = plant(tmp_path / "a", "1.md")
    assert shown(grown(root, root)) == ["a/ 1", "  1", "a/ 1", "  1"]


def test_a_card_shows_its_path_from_the_opened_folder(tmp_path: Path) -> None:
    tree = grown(plant(tmp_path / "cards", "a/b/README.md", "x.md"))
    assert [entry.shown for entry in tree.entries] == ["x.md", "a/b/README.md"]
    assert tree.entries[1].path == tmp_path / "cards" / "a" / "b" / "README.md"


def test_a_card_takes_its_name_when_it_was_read(tmp_path: Path) -> None:
    tree = grown(plant(tmp_path / "cards", "run-1/README.md"))
    assert tree.entries[0].name == "run-1"
    assert read_all(tree).entries[0].name == "my-model"


@pytest.fixture
def sweep(tmp_path: Path) -> Tree:
    root = plant(
        tmp_path / "cards", "BERT/run-1/README.md", "BERT/run-2/README.md", "gpt/a.md", "gpt/b.md", text=UNTITLED
    )
    return grown(root)


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        ((), ["cards/ 4", "  BERT/ 2", "    run-1", "    run-2", "  gpt/ 2"]),
        (("bert",), ["cards/ 2", "  BERT/ 2", "    run-1", "    run-2"]),
        (("run-2",), ["cards/ 1", "  BERT/ 1", "    run-2"]),
        (("bert", "2"), ["cards/ 1", "  BERT/ 1", "    run-2"]),
        (("2", "bert"), ["cards/ 1", "  BERT/ 1", "    run-2"]),
        (("gpt/b",), ["cards/ 1", "  gpt/ 1", "    b"]),
        (("bert", "gpt"), ["cards/ 0"]),
        (("[",), ["cards/ 0"]),
    ],
    ids=" ".join,
)
def test_the_filter_keeps_cards_whose_path_holds_every_word(
    words: tuple[str, ...], rows: list[str], sweep: Tree
) -> None:
    sweep.words = words
    assert shown(sweep) == rows


def test_the_filter_knows_the_names_of_cards_that_were_read(tmp_path: Path) -> None:
    tree = read_all(grown(plant(tmp_path / "cards", "a.md")))
    plant(tmp_path / "cards", "b.md")
    tree.words = ("my-model",)
    assert shown(tree) == ["cards/ 1", "  my-model"]
    tree.words = ("your-model",)
    assert shown(tree) == ["cards/ 0"]


def test_the_filter_opens_closed_folders_and_leaves_them_closed_behind_it(sweep: Tree) -> None:
    before = shown(sweep)
    sweep.words = ("gpt",)
    assert shown(sweep) == ["cards/ 2", "  gpt/ 2", "    a", "    b"]
    sweep.words = ()
    assert shown(sweep) == before


@pytest.fixture
def mixed(tmp_path: Path) -> Tree:
    root = plant(tmp_path / "cards", "a/1.md", "a/2.md", "b/3.md")
    plant(root, "notes.md", "a/notes.md", "only-notes/x.md", "only-notes/y.md", text=NO_CARD)
    return grown(root)


def test_files_that_are_no_cards_stay_until_they_are_hidden(mixed: Tree) -> None:
    read_all(mixed)
    assert shown(mixed)[0] == "cards/ 7"
    mixed.hides_other_files = True
    assert shown(mixed)[0] == "cards/ 3"
    assert not any("notes" in row for row in shown(mixed))


def test_files_not_read_yet_are_not_hidden(mixed: Tree) -> None:
    mixed.hides_other_files = True
    assert shown(mixed)[0] == "cards/ 7"


def test_a_file_that_could_not_be_read_is_not_hidden(tmp_path: Path) -> None:
    tree = grown(plant(tmp_path / "cards", "gone.md", "x.md"))
    (tmp_path / "cards" / "gone.md").unlink()
    read_all(tree).hides_other_files = True
    assert shown(tree) == ["cards/ 2", "  gone", "  my-model"]


def test_hiding_leaves_folders_open_or_closed_as_they_were(mixed: Tree) -> None:
    read_all(mixed).hides_other_files = True
    folder_of(mixed, "a").is_open = False
    assert shown(mixed) == ["cards/ 3", "  a/ 2", "  my-model"]


def test_revealing_a_card_opens_the_folders_above_it_and_no_other(tmp_path: Path) -> None:
    tree = grown(plant(tmp_path / "cards", "a/1.md", "a/2.md", "y/b/3.md", "y/b/4.md", "z/5.md", "z/6.md"))
    tree.reveal(entry_at(tree, "y/b/4.md"))
    assert shown(tree)[4:] == ["  y/ 2", "    b/ 2", "      3", "      4", "  z/ 2"]


def test_the_tree_grows_folder_by_folder(tmp_path: Path) -> None:
    tree = Tree()
    assert tree.rows() == []
    tree.add(0, FolderFound(str(tmp_path), ("cards",), ()))
    assert shown(tree) == ["cards/ 0"]
    tree.add(0, FolderFound(str(tmp_path / "a"), ("cards", "a"), ("1.md",)))
    assert shown(tree) == ["cards/ 1", "  1"]
    tree.add(0, FolderFound(str(tmp_path / "a" / "b"), ("cards", "a", "b"), ("2.md",)))
    assert shown(tree) == ["cards/ 2", "  a/ 2", "    1", "    2"]


def test_a_folder_that_could_not_be_listed_keeps_why(tmp_path: Path) -> None:
    tree = Tree()
    tree.add(0, FolderFound(str(tmp_path), ("cards",), (), "permission denied"))
    assert tree.roots[0].error == "permission denied"
    assert shown(tree) == ["cards/ 0"]


def hub(root: Path, *revisions: str) -> Tree:
    return grown(
        plant(root / "hub", *(f"models--google--electra/snapshots/{r}/README.md" for r in revisions), text=UNTITLED)
    )


def test_a_card_of_the_hubs_cache_shows_as_owner_and_name(tmp_path: Path) -> None:
    tree = read_all(hub(tmp_path, "0a1b2c3d"))
    assert shown(tree) == ["hub/ 1", "  google/electra"]
    assert tree.entries[0].path.is_file()


def test_revisions_of_the_hubs_cache_are_cards_of_one_folder(tmp_path: Path) -> None:
    tree = hub(tmp_path, "0a1b", "9f8e")
    assert shown(tree)[:2] == ["hub/ 2", "  google/electra/ 2"]
    assert all(entry.path.is_file() for entry in tree.entries)


def test_entries_know_their_files_in_several_roots(tmp_path: Path) -> None:
    plant(tmp_path, "one/a.md", "two/a.md")
    tree = grown(tmp_path / "one", tmp_path / "two")
    assert [entry.path for entry in tree.entries] == [tmp_path / "one" / "a.md", tmp_path / "two" / "a.md"]


def test_runs_without_a_card_are_rows_named_as_their_folders(tmp_path: Path) -> None:
    files = ["run-1/trainer_state.json", "run-2/checkpoint-9/trainer_state.json", "run-2/checkpoint-8/optimizer.pt"]
    tree = grown(train(tmp_path / "sweep", *files))
    assert shown(tree) == ["sweep/ 2", "  run-1", "  run-2"]
    assert shown(read_all(tree)) == ["sweep/ 2", "  run-1", "  run-2"]
    assert [entry.path.is_file() for entry in tree.entries] == [True, True]
    assert [entry.shown for entry in tree.entries] == [
        "run-1/trainer_state.json",
        "run-2/checkpoint-9/trainer_state.json",
    ]


def test_a_run_with_cards_in_its_checkpoints_is_a_folder(tmp_path: Path) -> None:
    root = train(tmp_path / "sweep", "run-1/checkpoint-9/trainer_state.json")
    tree = grown(plant(root, "run-1/checkpoint-9/README.md"))
    assert shown(tree) == ["sweep/ 2", "  run-1/ 2", "    run-1", "    checkpoint-9"]


def test_a_run_without_a_card_is_found_by_its_folder_and_not_hidden(tmp_path: Path) -> None:
    tree = read_all(grown(train(tmp_path / "sweep", "run-1/trainer_state.json", "run-2/trainer_state.json")))
    tree.hides_other_files = True
    tree.words = ("run-2",)
    assert shown(tree) == ["sweep/ 1", "  run-2"]


def test_a_run_of_the_hubs_cache_is_called_by_owner_and_name(tmp_path: Path) -> None:
    tree = read_all(
        grown(train(tmp_path / "hub", "models--google--electra/snapshots/0a/checkpoint-9/trainer_state.json"))
    )
    assert shown(tree) == ["hub/ 1", "  google/electra"]
