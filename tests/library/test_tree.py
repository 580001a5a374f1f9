"""The rows of the tree: what is open, what passes the filter, how many cards a folder holds."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from tests.library.making import NO_CARD, UNTITLED, entry_at, grown, outline, plant, train
from tui.judge.query import EVERYTHING, parse
from tui.library.scan import FolderFound, scan_again
from tui.library.tree import Change, Folder, Tree


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
    sweep.query = parse(" ".join(words))
    assert shown(sweep) == rows


def test_the_filter_knows_the_names_of_cards_that_were_read(tmp_path: Path) -> None:
    tree = read_all(grown(plant(tmp_path / "cards", "a.md")))
    plant(tmp_path / "cards", "b.md")
    tree.query = parse("my-model")
    assert shown(tree) == ["cards/ 1", "  my-model"]
    tree.query = parse("your-model")
    assert shown(tree) == ["cards/ 0"]


def test_the_filter_opens_closed_folders_and_leaves_them_closed_behind_it(sweep: Tree) -> None:
    before = shown(sweep)
    sweep.query = parse("gpt")
    assert shown(sweep) == ["cards/ 2", "  gpt/ 2", "    a", "    b"]
    sweep.query = EVERYTHING
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
    tree.query = parse("run-2")
    assert shown(tree) == ["sweep/ 1", "  run-2"]


def test_a_run_of_the_hubs_cache_is_called_by_owner_and_name(tmp_path: Path) -> None:
    tree = read_all(
        grown(train(tmp_path / "hub", "models--google--electra/snapshots/0a/checkpoint-9/trainer_state.json"))
    )
    assert shown(tree) == ["hub/ 1", "  google/electra"]


def listed_again(tree: Tree, path: Path) -> Change:
    """What becomes of the tree when the folder at `path` is listed again."""
    ((root, found),) = ((wanted.root, list(scan_again(wanted))) for wanted in tree.wanted(str(path)))
    return tree.update(root, found)


def names(change: Change) -> tuple[list[str], list[str], list[str]]:
    """The cards that were added, removed and changed."""
    added, removed, changed = (
        sorted(entry.shown for entry in entries) for entries in (change.added, change.removed, change.changed)
    )
    return added, removed, changed


def test_new_cards_take_their_place_and_others_keep_theirs(tmp_path: Path) -> None:
    root = plant(tmp_path / "cards", "b.md", "d.md", "run-2/x.md", "run-2/y.md")
    tree = grown(root)
    before = list(tree.entries)
    plant(root, "a.md", "c.md", "run-1/README.md", "run-10/README.md")
    change = listed_again(tree, root)
    assert names(change) == (["a.md", "c.md", "run-1/README.md", "run-10/README.md"], [], [])
    assert shown(tree) == ["cards/ 8", "  a", "  b", "  c", "  d", "  run-1", "  run-2/ 2", "  run-10"]
    assert tree.entries == [*before, *change.added]


def test_cards_that_are_gone_leave_everything(tmp_path: Path) -> None:
    root = plant(tmp_path / "cards", "a.md", "b.md", "x/1.md", "x/2.md", "x/y/3.md")
    tree = grown(root)
    kept = [entry_at(tree, "b.md"), entry_at(tree, "x/1.md")]
    (root / "a.md").unlink()
    (root / "x" / "2.md").unlink()
    shutil.rmtree(root / "x" / "y")
    assert names(listed_again(tree, root)) == ([], ["a.md"], [])
    assert names(listed_again(tree, root / "x")) == ([], ["x/2.md", "x/y/3.md"], [])
    assert tree.entries == kept
    assert shown(tree) == ["cards/ 2", "  b", "  1"]


def test_the_counts_of_files_that_are_no_cards_follow(tmp_path: Path) -> None:
    root = plant(plant(tmp_path / "cards", "a.md", "x/b.md"), "n.md", "x/n.md", "x/y/n.md", text=NO_CARD)
    tree = grown(root)
    for entry in tree.entries:
        tree.learn(entry, outline(entry.path, entry.own_name))
    assert shown(tree)[0] == "cards/ 2"
    (root / "n.md").unlink()
    shutil.rmtree(root / "x" / "y")
    listed_again(tree, root)
    listed_again(tree, root / "x")
    assert (tree.card_count, tree.roots[0].count, tree.roots[0].others) == (2, 3, 1)
    plant(root, "x/n.md")
    entry = entry_at(tree, "x/n.md")
    tree.learn(entry, outline(entry.path, entry.own_name))
    assert (tree.card_count, shown(tree)[0]) == (3, "cards/ 3")


def test_a_run_that_trains_on_keeps_its_entry_until_its_card_is_there(tmp_path: Path) -> None:
    root = train(tmp_path / "cards", "run/checkpoint-500/trainer_state.json")
    tree = grown(root)
    (run,) = tree.entries
    train(root, "run/checkpoint-1000/trainer_state.json")
    assert names(listed_again(tree, root / "run")) == ([], [], ["run/checkpoint-1000/trainer_state.json"])
    train(root, "run/trainer_state.json")
    assert names(listed_again(tree, root / "run")) == ([], [], ["run/trainer_state.json"])
    plant(root, "run/README.md", "run/other.md")
    assert names(listed_again(tree, root / "run")) == (["run/other.md"], [], ["run/README.md"])
    assert run in tree.entries
    assert run.path == root / "run" / "README.md"
    (root / "run" / "README.md").unlink()
    assert names(listed_again(tree, root / "run")) == ([], [], ["run/trainer_state.json"])


def test_a_card_whose_run_has_another_checkpoint_is_to_be_read_again(tmp_path: Path) -> None:
    root = plant(tmp_path / "cards", "run/README.md", "run/notes.md")
    tree = grown(root)
    (root / "run" / "checkpoint-5").mkdir()
    assert names(listed_again(tree, root / "run")) == ([], [], ["run/README.md"])
    (root / "run" / "other").mkdir()
    assert names(listed_again(tree, root / "run")) == ([], [], [])
    (root / "run" / "checkpoint-5").rmdir()
    assert names(listed_again(tree, root / "run")) == ([], [], ["run/README.md"])


def test_files_that_changed_touch_their_cards(tmp_path: Path) -> None:
    root = plant(train(tmp_path / "cards", "run/trainer_state.json"), "run/README.md", "run/a.md", "a.md")
    tree = grown(root)

    def touched(*files: str) -> list[str]:
        return [entry.shown for entry in tree.touched(str(root / "run"), files)]

    assert touched("a.md") == ["run/a.md"]
    assert touched("trainer_state.json") == touched("eval_results.json") == ["run/README.md"]
    assert touched("checkpoint-5/trainer_state.json", "a.md") == ["run/README.md", "run/a.md"]
    assert touched("b.md", "model.safetensors") == []
    assert tree.touched(str(root / "nowhere"), ["a.md"]) == []


def test_a_folder_that_was_opened_twice_is_listed_for_both(tmp_path: Path) -> None:
    root = plant(tmp_path / "cards", "x/a.md")
    tree = grown(root, root / "x", root / "x" / "a.md")
    assert [(wanted.root, wanted.parts) for wanted in tree.wanted(str(root / "x"))] == [
        (0, ("cards", "x")),
        (1, ("x",)),
    ]
    assert len(tree.touched(str(root / "x"), ["a.md"])) == 3
    assert tree.wanted(str(root / "nowhere")) == tree.wanted(str(tmp_path / "card")) == []


def test_the_opened_folder_stays_when_it_is_gone_and_says_why(tmp_path: Path) -> None:
    root = plant(tmp_path / "cards", "a.md", "x/b.md")
    tree = grown(root)
    shutil.rmtree(root)
    assert names(listed_again(tree, root)) == ([], ["a.md", "x/b.md"], [])
    assert (shown(tree), tree.roots[0].error) == (["cards/ 0"], "no such file or directory")
    plant(root, "c.md")
    assert names(listed_again(tree, root)) == (["c.md"], [], [])
    assert (shown(tree), tree.roots[0].error) == (["cards/ 1", "  c"], "")


def test_a_folder_that_can_no_longer_be_listed_keeps_what_was_known(tmp_path: Path) -> None:
    root = plant(tmp_path / "cards", "x/a.md", "x/b.md")
    tree = grown(root)
    change = tree.update(0, [FolderFound(str(root / "x"), ("cards", "x"), (), "permission denied")])
    assert names(change) == ([], [], [])
    assert folder_of(tree, "x").error == "permission denied"
    assert len(tree.entries) == 2
    listed_again(tree, root / "x")
    assert folder_of(tree, "x").error == ""


def test_the_first_card_that_appears_can_be_seen(tmp_path: Path) -> None:
    root = tmp_path / "cards"
    root.mkdir()
    tree = grown(root)
    plant(root, "a/b/1.md", "a/b/2.md")
    listed_again(tree, root)
    assert shown(tree) == ["cards/ 2", "  a/ 2", "    b/ 2", "      1", "      2"]


def test_folders_stay_open_or_closed_when_they_are_listed_again(tmp_path: Path) -> None:
    root = plant(tmp_path / "cards", "a/1.md", "a/2.md", "z/1.md", "z/2.md")
    tree = grown(root)
    folder_of(tree, "a").is_open = False
    folder_of(tree, "z").is_open = True
    plant(root, "a/3.md", "z/3.md", "b/1.md", "b/2.md")
    for folder in (root, root / "a", root / "z"):
        listed_again(tree, folder)
    assert shown(tree) == ["cards/ 8", "  a/ 3", "  b/ 2", "  z/ 3", "    1", "    2", "    3"]


def test_another_revision_in_the_hubs_cache_takes_the_place_of_the_first(tmp_path: Path) -> None:
    tree = hub(tmp_path, "0a1b")
    snapshots = tmp_path / "hub" / "models--google--electra" / "snapshots"
    (snapshots / "0a1b").rename(snapshots / "9f8e")
    assert names(listed_again(tree, snapshots)) == ([], [], ["google/electra/README.md"])
    assert tree.entries[0].path == snapshots / "9f8e" / "README.md"
    plant(snapshots, "0a1b/README.md")
    listed_again(tree, snapshots / "9f8e")
    assert sorted(entry.shown for entry in tree.entries) == [f"google/electra/{r}/README.md" for r in ("0a1b", "9f8e")]
    shutil.rmtree(snapshots / "9f8e")
    listed_again(tree, snapshots.parent)
    assert [(entry.shown, entry.path.is_file()) for entry in tree.entries] == [("google/electra/README.md", True)]


@pytest.mark.parametrize("opened", ["models--google--electra", "models--google--electra/snapshots"])
def test_a_repository_of_the_hubs_cache_can_be_opened_itself_and_change(opened: str, tmp_path: Path) -> None:
    root = plant(tmp_path, "models--google--electra/snapshots/0a/README.md") / opened
    tree = grown(root)
    revision = tmp_path / "models--google--electra" / "snapshots" / "0a"
    plant(revision, "b.md")
    listed_again(tree, revision)
    assert [entry.file for entry in tree.entries] == ["README.md", "b.md"]
    assert [entry.file for entry in tree.touched(str(revision), ["b.md"])] == ["b.md"]


FILES = ["README.md", "a.md", "b10.md", "b9.md", "trainer_state.json", "model.safetensors"]
FOLDERS = ["x", "run-1", "run-10", "checkpoint-5", "checkpoint-50", ".git", "y"]
REVISIONS = ["models--a--b/snapshots/0a", "models--a--b/snapshots/9f"]


def meddle(root: Path, chance: random.Random) -> None:
    """Do something to the files below a folder."""
    below = sorted(path for path in root.rglob("*") if path.is_dir())
    folders = [root, *(path for path in below if "models--a--b" not in path.parts)]
    files = sorted(path for path in root.rglob("*") if path.is_file())
    folder = chance.choice(folders)
    revision = chance.choice(REVISIONS)
    match chance.randrange(8):
        case 0 | 1:
            plant(folder, chance.choice(FILES))
        case 2:
            plant(folder, f"{chance.choice(FOLDERS)}/{chance.choice(FOLDERS)}/{chance.choice(FILES)}")
        case 3 if files:
            chance.choice(files).unlink()
        case 4 if folder != root:
            shutil.rmtree(folder)
        case 5 if folder != root and not (folder.parent / "moved").exists():
            folder.rename(folder.parent / "moved")
        case 6:
            plant(folder, f"{revision}/{chance.choice(FILES)}")
        case 7:
            shutil.rmtree(folder / revision, ignore_errors=True)


@pytest.mark.parametrize("seed", range(40))
def test_a_tree_that_followed_changes_is_like_one_that_is_grown_anew(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    root = plant(tmp_path / "cards", "a.md", "run-1/README.md", "run-2/checkpoint-5/trainer_state.json", "x/y/b.md")
    tree = grown(root)
    for _ in range(12):
        for _ in range(chance.randrange(1, 6)):
            meddle(root, chance)
        paths = [str(root), *sorted(str(path) for path in root.rglob("*") if path.is_dir())]
        for path in paths:
            for wanted in tree.wanted(path):
                tree.update(wanted.root, list(scan_again(wanted)))
        anew = grown(root)
        for each in (tree, anew):
            for entry in each.entries:
                each.reveal(entry)
        assert shown(tree) == shown(anew)
        assert {entry.path for entry in tree.entries} == {entry.path for entry in anew.entries}
        assert len(tree.entries) == len(anew.entries) == tree.roots[0].count


def test_a_renamed_folder_keeps_its_cards(tmp_path: Path) -> None:
    root = plant(tmp_path / "cards", "a/README.md", "b/README.md", "b/deep/x.md", text=UNTITLED)
    tree = grown(root)
    before = {entry.shown: entry for entry in tree.entries}
    (root / "b").rename(root / "z")
    change = tree.update(0, list(scan_again(tree.wanted(str(root))[0])))
    assert (change.added, change.removed) == ([], [])
    after = {entry.shown: entry for entry in tree.entries}
    assert after["z/README.md"] is before["b/README.md"]
    assert after["z/deep/x.md"] is before["b/deep/x.md"]
    assert all(entry.path.exists() for entry in tree.entries)
    assert change.changed == [after["z/README.md"]]
    assert shown(tree)[0] == "cards/ 3"


def test_another_folder_in_the_place_of_one_is_no_renamed_one(tmp_path: Path) -> None:
    root = plant(tmp_path / "cards", "a/x.md", "b/y.md", text=UNTITLED)
    tree = grown(root)
    (root / "b" / "y.md").unlink()
    (root / "b").rmdir()
    plant(root, "c/z.md", text=UNTITLED)
    change = tree.update(0, list(scan_again(tree.wanted(str(root))[0])))
    assert [entry.shown for entry in change.added] == ["c/z.md"]
    assert len(change.removed) == 1
