"""Which files below a path are cards, and in which order."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from tests.library.making import CARD, NO_CARD, plant, train
from tui.library.scan import DOUBTFUL, STDIN, FolderFound, FolderWanted, order, scan, scan_again, stamp_of


def found(root: Path) -> list[str]:
    """The cards below a folder, as paths from it, in the order of the scan."""
    return ["/".join((*folder.parts[1:], card)) for folder in scan(root) for card in folder.cards]


def test_every_markdown_file_counts(tmp_path: Path) -> None:
    plant(tmp_path, "a.md", "b.markdown", "c.MD", "d.Markdown", "sub/e.md", "f.mdx", "g.rst", "md", text=NO_CARD)
    assert found(tmp_path) == ["a.md", "b.markdown", "c.MD", "d.Markdown", "sub/e.md"]


def test_a_text_file_counts_when_it_is_a_card(tmp_path: Path) -> None:
    plant(tmp_path, "a.txt", "b.TXT")
    plant(tmp_path, "notes.txt", "requirements.txt", text=NO_CARD)
    assert found(tmp_path) == ["a.txt", "b.TXT"]


def test_a_text_file_that_cannot_be_read_costs_nothing_else(tmp_path: Path) -> None:
    plant(tmp_path, "b.md")
    (tmp_path / "a.txt").symlink_to(tmp_path / "nowhere.txt")
    assert found(tmp_path) == ["b.md"]


SKIPPED = ["node_modules", "__pycache__", ".git", ".hidden", ".venv", "deep/er/node_modules"]


@pytest.mark.parametrize("folder", SKIPPED)
def test_hidden_folders_and_those_of_tools_are_skipped(folder: str, tmp_path: Path) -> None:
    plant(tmp_path, "a.md", f"{folder}/README.md", f"{folder}/x/README.md")
    assert found(tmp_path) == ["a.md"]


def test_virtual_environments_are_skipped_whatever_their_name(tmp_path: Path) -> None:
    plant(tmp_path, "a.md", "my-env/README.md", "my-env/lib/python3.11/site-packages/x/README.md", "venv-notes/b.md")
    (tmp_path / "my-env" / "pyvenv.cfg").write_text("home = /usr/bin\n")
    assert found(tmp_path) == ["a.md", "venv-notes/b.md"]


@pytest.mark.parametrize("name", [".hidden", "node_modules", "env"])
def test_a_folder_that_is_named_outright_is_scanned(name: str, tmp_path: Path) -> None:
    root = plant(tmp_path / name, "a.md")
    (root / "pyvenv.cfg").touch()
    assert found(root) == ["a.md"]


def test_runs_come_in_natural_order_and_a_readme_first(tmp_path: Path) -> None:
    plant(tmp_path, "run-10/a.md", "run-2/a.md", "run-1/a.md", "b.md", "a.md", "README.md", "Z.md")
    assert found(tmp_path) == ["README.md", "a.md", "b.md", "Z.md", "run-1/a.md", "run-2/a.md", "run-10/a.md"]


@pytest.mark.parametrize(
    "names",
    [
        ["run-2", "run-10"],
        ["run-2-b", "run-10-a"],
        ["1", "2", "10"],
        ["Alpha", "beta", "Gamma"],
        ["lr1e-5", "lr2e-5"],
        ["a", "a1", "a2"],
        ["README.md", "1.md", "a.md"],
        ["v1.9", "v1.10"],
    ],
    ids=" ".join,
)
def test_the_natural_order(names: list[str]) -> None:
    backwards = names[::-1]
    assert sorted(backwards, key=order) == names


@pytest.mark.parametrize("name", ["²", "a²b", "١٢", "½1", "", "9" * 4000], ids=ascii)
def test_odd_digits_in_names_can_be_ordered(name: str) -> None:
    assert len(sorted([name, "run-2", "a"], key=order)) == 3


def test_links_to_folders_are_followed_without_looping(tmp_path: Path) -> None:
    plant(tmp_path, "runs/a.md")
    (tmp_path / "runs" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "runs" / "self").symlink_to(tmp_path / "runs" / "self")
    assert found(tmp_path) == ["runs/a.md"]


def test_a_linked_folder_elsewhere_is_scanned(tmp_path: Path) -> None:
    elsewhere = plant(tmp_path / "elsewhere", "a.md", "sub/b.md")
    root = plant(tmp_path / "root", "c.md")
    (root / "link").symlink_to(elsewhere, target_is_directory=True)
    assert found(root) == ["c.md", "link/a.md", "link/sub/b.md"]


def test_a_folder_that_is_linked_twice_is_listed_once(tmp_path: Path) -> None:
    plant(tmp_path, "a/x.md")
    (tmp_path / "b").symlink_to(tmp_path / "a", target_is_directory=True)
    assert found(tmp_path) == ["a/x.md"]


def test_a_linked_card_is_a_card_and_a_link_that_leads_nowhere_is_listed_like_one(tmp_path: Path) -> None:
    card = plant(tmp_path / "elsewhere", "a.md") / "a.md"
    root = tmp_path / "root"
    root.mkdir()
    (root / "link.md").symlink_to(card)
    (root / "broken.md").symlink_to(tmp_path / "nowhere.md")
    (root / "circle.md").symlink_to("circle.md")
    for name in ("broken", "broken.json", "broken.txt", ".broken.md"):
        (root / name).symlink_to(tmp_path / "nowhere.md")
    assert found(root) == ["broken.md", "circle.md", "link.md"]


def test_a_run_is_listed_beside_a_readme_that_leads_nowhere(tmp_path: Path) -> None:
    train(tmp_path, f"run/{STATE}")
    (tmp_path / "run" / "README.md").symlink_to("nowhere.md")
    assert found(tmp_path) == [f"run/{STATE}", "run/README.md"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
def test_a_pipe_named_like_a_card_is_not_waited_for(tmp_path: Path) -> None:
    plant(tmp_path, "a.md")
    for name in ("x.md", "x.txt"):
        os.mkfifo(tmp_path / name)
    (tmp_path / "y.md").symlink_to("x.md")
    assert found(tmp_path) == ["a.md"]


def test_a_folder_named_like_a_card_is_a_folder(tmp_path: Path) -> None:
    plant(tmp_path, "x.md/README.md")
    assert found(tmp_path) == ["x.md/README.md"]


def shown_folders(root: Path) -> set[str]:
    return {"/".join(folder.parts[1:]) for folder in scan(root) if folder.cards}


def hub_cache(root: Path, repository: str) -> Path:
    """A repository in the layout of the Hub's cache: the snapshot links into the blobs."""
    blob = root / repository / "blobs" / "7e57"
    snapshot = root / repository / "snapshots" / "0a1b2c3d"
    plant(blob.parent, blob.name)
    plant(root / repository / "refs", "main", text="0a1b2c3d")
    snapshot.mkdir(parents=True)
    (snapshot / "README.md").symlink_to(blob)
    return root


@pytest.mark.parametrize(
    ("repository", "shown"),
    [
        ("models--google--electra-small", "google/electra-small"),
        ("models--google--electra--small", "google/electra--small"),
        ("models--gpt2", "gpt2"),
    ],
)
def test_the_hubs_cache_shows_as_owner_and_name(repository: str, shown: str, tmp_path: Path) -> None:
    (folder,) = shown_folders(hub_cache(tmp_path, repository))
    assert folder.startswith(shown)
    assert "snapshots" not in folder
    assert "models--" not in folder


def test_a_repository_of_the_hubs_cache_opened_by_itself_shows_as_owner_and_name(tmp_path: Path) -> None:
    root = hub_cache(tmp_path, "models--google--electra-small") / "models--google--electra-small"
    assert next(iter(scan(root))).parts == ("google/electra-small",)


def test_a_folder_of_ones_own_that_is_called_snapshots_keeps_its_name(tmp_path: Path) -> None:
    assert shown_folders(plant(tmp_path, "runs/snapshots/a.md")) == {"runs/snapshots"}


def refuse_below(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the system refuse to list a folder, as it does to people without permission."""
    real = os.scandir

    def scandir(path: str) -> Iterator[os.DirEntry[str]]:
        if Path(path) == folder:
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)


def test_a_folder_that_cannot_be_listed_says_why_and_costs_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(tmp_path, "a/x.md", "b/x.md", "c/x.md")
    refuse_below(tmp_path / "b", monkeypatch)
    assert found(tmp_path) == ["a/x.md", "c/x.md"]
    assert [(folder.parts[1:], folder.error) for folder in scan(tmp_path) if folder.error] == [
        (("b",), "permission denied")
    ]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may list everything")
def test_a_folder_without_permission_says_why(tmp_path: Path) -> None:
    plant(tmp_path, "a/x.md")
    (tmp_path / "a").chmod(0)
    try:
        assert [folder.error for folder in scan(tmp_path)] == ["", "permission denied"]
    finally:
        (tmp_path / "a").chmod(0o700)


def test_a_card_file_comes_as_a_folder_that_holds_nothing_else(tmp_path: Path) -> None:
    plant(tmp_path, "runs/a.md", "runs/b.md")
    assert list(scan(tmp_path / "runs" / "a.md")) == [FolderFound(str(tmp_path / "runs"), ("runs",), ("a.md",))]


def test_a_file_that_is_named_outright_needs_no_ending(tmp_path: Path) -> None:
    (folder,) = scan(plant(tmp_path, "card") / "card")
    assert folder.cards == ("card",)


def test_standard_input_is_one_card() -> None:
    (folder,) = scan(STDIN)
    assert folder.cards == ("-",)


def test_a_folder_without_cards_is_listed_empty(tmp_path: Path) -> None:
    (folder,) = scan(tmp_path)
    assert (folder.parts, folder.cards, folder.error) == ((tmp_path.name,), (), "")


def test_the_current_folder_is_shown_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(plant(tmp_path / "cards", "a.md"))
    assert next(iter(scan(Path()))).parts == ("cards",)


def test_names_that_are_no_text_can_be_scanned(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.md")
    try:
        (tmp_path / name).write_text(CARD)
    except OSError:
        pytest.skip("the file system takes only text")
    assert found(tmp_path) == [name]


def test_deep_folders_are_scanned_and_parents_come_first(tmp_path: Path) -> None:
    plant(tmp_path, "/".join(["d"] * 200) + "/a.md")
    parts = [folder.parts for folder in scan(tmp_path)]
    assert len(parts) == 201
    assert all(deeper[:-1] == above for above, deeper in pairwise(parts))


STATE = "trainer_state.json"
RUNS: dict[str, tuple[list[str], list[str]]] = {
    "own": ([f"run/{STATE}"], [f"run/{STATE}"]),
    "checkpoint": ([f"run/checkpoint-500/{STATE}"], [f"run/checkpoint-500/{STATE}"]),
    "last": (
        [f"run/checkpoint-500/{STATE}", f"run/checkpoint-1000/{STATE}"],
        [f"run/checkpoint-1000/{STATE}"],
    ),
    "own-before-checkpoint": ([f"run/{STATE}", f"run/checkpoint-500/{STATE}"], [f"run/{STATE}"]),
    "last-without-state": ([f"run/checkpoint-500/{STATE}", "run/checkpoint-900/x"], [f"run/checkpoint-500/{STATE}"]),
    "none": (["run/checkpoint-500/config.json", "run/all_results.json"], []),
    "other-folder": ([f"run/checkpoint-best/{STATE}"], [f"run/checkpoint-best/{STATE}"]),
    "two": ([f"a/{STATE}", f"b/checkpoint-5/{STATE}"], [f"a/{STATE}", f"b/checkpoint-5/{STATE}"]),
    "nested": ([f"a/{STATE}", f"a/b/{STATE}"], [f"a/{STATE}", f"a/b/{STATE}"]),
    "the-opened-folder": ([STATE], [STATE]),
    "hidden": ([f".run/{STATE}"], []),
}


@pytest.mark.parametrize(("files", "listed"), RUNS.values(), ids=RUNS)
def test_a_run_without_a_card_is_listed_by_its_newest_state(
    files: list[str], listed: list[str], tmp_path: Path
) -> None:
    assert found(train(tmp_path, *files)) == listed


@pytest.mark.parametrize("readme", ["README.md", "readme.MD", "README.markdown"])
def test_a_run_with_a_card_is_listed_by_that(readme: str, tmp_path: Path) -> None:
    train(tmp_path, f"run/{STATE}", f"run/checkpoint-500/{STATE}")
    assert found(plant(tmp_path, f"run/{readme}")) == [f"run/{readme}"]


def test_other_cards_in_the_folder_of_a_run_come_after_it(tmp_path: Path) -> None:
    train(plant(tmp_path, "run/a.md"), f"run/{STATE}")
    assert found(tmp_path) == [f"run/{STATE}", "run/a.md"]


def test_a_card_in_a_checkpoint_is_listed_as_one(tmp_path: Path) -> None:
    train(tmp_path, f"run/checkpoint-500/{STATE}", f"run/checkpoint-600/{STATE}")
    plant(tmp_path, "run/README.md", "run/checkpoint-500/README.md")
    assert found(tmp_path) == ["run/README.md", "run/checkpoint-500/README.md"]


def test_a_checkpoint_that_is_opened_itself_is_a_run(tmp_path: Path) -> None:
    train(tmp_path, f"run/checkpoint-500/{STATE}", f"run/checkpoint-600/{STATE}")
    assert found(tmp_path / "run" / "checkpoint-500") == [STATE]


def test_a_state_can_be_named_outright(tmp_path: Path) -> None:
    (folder,) = scan(train(tmp_path, f"run/{STATE}") / "run" / STATE)
    assert (folder.parts, folder.cards) == (("run",), (STATE,))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
def test_a_pipe_named_like_a_state_is_no_run(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "checkpoint-5"):
        folder.mkdir(exist_ok=True)
        os.mkfifo(folder / STATE)
    assert found(tmp_path) == []


def test_a_run_in_the_hubs_cache_is_found_in_its_snapshot(tmp_path: Path) -> None:
    train(tmp_path, f"models--google--electra/snapshots/0a1b/{STATE}")
    (folder,) = (folder for folder in scan(tmp_path) if folder.cards)
    assert (folder.parts[1:], folder.cards) == (("google/electra",), (STATE,))


def again(root: Path, place: str = "", *known: str) -> list[FolderFound]:
    """What is found when a folder below `root` is listed again."""
    inner = tuple(place.split("/")) if place else ()
    return list(scan_again(FolderWanted(0, str(root / place), (root.name, *inner), frozenset(known), str(root))))


def test_a_folder_is_listed_again_without_what_is_known_below(tmp_path: Path) -> None:
    plant(tmp_path, "x/b.md", "x/a.md", "x/old/c.md", "x/new/d.md", "x/new/deep/e.md", "y/f.md")
    folder, *below = again(tmp_path, "x", "old", "gone")
    assert (folder.parts[1:], folder.cards, folder.folders) == (("x",), ("a.md", "b.md"), ("new", "old"))
    assert [(each.parts[1:], each.cards) for each in below] == [
        (("x", "new"), ("d.md",)),
        (("x", "new", "deep"), ("e.md",)),
    ]


def test_listing_again_gives_what_the_scan_gave(tmp_path: Path) -> None:
    root = train(plant(tmp_path, "a/x.md", ".b/x.md", "run-1/README.md"), "run-2/checkpoint-5/trainer_state.json")
    (root / "models--a--b" / "snapshots" / "0a").mkdir(parents=True)
    assert again(root) == list(scan(root))


def test_a_folder_that_is_gone_says_so(tmp_path: Path) -> None:
    plant(tmp_path, "file")
    for place in ("nowhere", "file", "file/deeper"):
        (folder,) = again(tmp_path, place)
        assert folder.is_gone
        assert folder.cards == ()


def test_a_folder_that_has_become_an_environment_is_gone(tmp_path: Path) -> None:
    plant(tmp_path, "env/README.md")
    (tmp_path / "env" / "pyvenv.cfg").touch()
    assert [(folder.parts[1:], folder.is_gone) for folder in again(tmp_path, "env")] == [(("env",), True)]


def test_a_folder_tells_what_lies_beside_its_cards(tmp_path: Path) -> None:
    train(plant(tmp_path, "README.md"), STATE)
    plant(tmp_path, "all_results.json", "config.json", text="{}")
    (folder,) = scan(tmp_path)
    assert folder.run_files == ("all_results.json", STATE)


def test_a_new_link_into_what_was_opened_is_not_followed_but_one_out_of_it_is(tmp_path: Path) -> None:
    root = plant(tmp_path / "root", "a/x.md", ".hidden/y.md", "links/z.md")
    plant(tmp_path / "elsewhere", "b.md")
    for name, target in [("in", root / "a"), ("up", root), ("top", tmp_path), ("hidden", root / ".hidden")]:
        (root / "links" / name).symlink_to(target)
    (root / "links" / "out").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "back").symlink_to(root)
    cards = ["/".join((*folder.parts[1:], card)) for folder in again(root, "links") for card in folder.cards]
    assert cards == ["links/z.md", "links/hidden/y.md", "links/out/b.md"]


@pytest.mark.parametrize("change", ["append", "replace", "touch", "rename"])
def test_the_stamp_of_a_folder_tells_other_listings_only(change: str, tmp_path: Path) -> None:
    card = plant(tmp_path, "a.md") / "a.md"
    os.utime(tmp_path, (1, 1))
    before = next(scan(tmp_path)).stamp
    match change:
        case "append":
            card.write_text(CARD * 2)
        case "touch":
            os.utime(card)
        case "replace":
            (tmp_path / "b").touch()
            (tmp_path / "b").replace(card)
        case _:
            card.rename(tmp_path / "b.md")
    (folder,) = scan(tmp_path)
    assert (folder.stamp == before) is (change in {"append", "touch"})
    assert before


def test_a_folder_that_has_just_changed_has_a_stamp_that_is_not_believed(tmp_path: Path) -> None:
    """Another file that comes within the same tick of the file system's clock would not change the stamp."""
    plant(tmp_path, "a.md")
    old = time.time_ns() - 10**9
    os.utime(tmp_path, ns=(old, old))
    assert [folder.stamp for folder in scan(tmp_path)] == [stamp_of(tmp_path.stat())]
    plant(tmp_path, "b.md")
    ahead = time.time_ns() + 10**9
    os.utime(tmp_path, ns=(ahead, ahead))
    assert [folder.stamp for folder in scan(tmp_path)] == [DOUBTFUL]
