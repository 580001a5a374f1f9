"""Every command on everything hostile: text and a status, no control, no traceback, in bounded time and memory."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import random
import re
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.cli.running import cardtui
from tests.hostile.cards import cards
from tests.hostile.large import LARGE
from tests.hostile.limited import MEGABYTES, Done, run_all
from tests.hostile.places import released, write
from tests.hostile.written import unseen_in_colours, unseen_in_pipe
from tests.screens.following import card

_SENTENCE = re.compile(r"cardtui: [^\n]+\n")
_STATUS = {"show": {0, 2}, "list": {0}, "check": {1}, "diff": {0, 2}, "plot": {0, 2}, "export": {0}}
"""Command → how it may end on these cards."""

_TRAIL = "/tmp/cardtui-owned"
"""What a card's YAML would leave behind if it were run."""


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder of everything hostile."""
    folder = tmp_path_factory.mktemp("hostile")
    write(folder)
    yield folder
    released(folder)


def fine(done: Done) -> list[str]:
    """What is wrong with the way in which a command ended, and with what it wrote."""
    told = done.err.decode()
    wrong = unseen_in_pipe(done.out) + unseen_in_pipe(done.err)
    if done.status not in _STATUS[done.arguments[0]]:
        wrong.append(f"ended with {done.status}: {told[-600:]}")
    if "Traceback" in told or _SENTENCE.sub("", told):
        wrong.append(f"told {told[-600:]!r}")
    if done.status == 2 and not told:
        wrong.append("refused without a sentence")
    if done.megabytes > MEGABYTES:
        wrong.append(f"held {done.megabytes} MB")
    return [f"{' '.join(done.arguments)!r}: {one}" for one in wrong]


def test_each_card_is_shown_safely_or_refused_with_a_sentence(shelf: Path) -> None:
    paths = [str(shelf / "cards" / f"{name}.md") for name in cards()]
    forms = ("json", "markdown")
    commands = [["show", path, "--format", form] for at, path in enumerate(paths) for form in ("text", forms[at % 2])]
    found = list(run_all(commands))
    assert [wrong for done in found for wrong in fine(done)] == []
    assert len(found) == len(commands)
    assert sum(done.status == 0 for done in found) > len(found) * 0.8
    assert all(json.loads(done.out)["schema"] == 1 for done in found if done.arguments[-1] == "json")
    assert not Path(_TRAIL).exists()


def test_each_card_is_drawn_and_compared_or_refused_with_a_sentence(shelf: Path, tmp_path: Path) -> None:
    paths = [str(shelf / "cards" / f"{name}.md") for name in cards()]
    other = str(shelf / "cards" / "console-markup.md")
    forms = ("text", "json", "markdown", "latex")
    commands = [["diff", path, other, "--all", "--format", forms[at % 4]] for at, path in enumerate(paths) if at % 2]
    for at, path in enumerate(paths):
        figure = ["-o", str(tmp_path / f"{at}.svg")] if at % 2 else []
        commands.append(["plot", path, other, *figure])
    found = list(run_all(commands))
    assert [wrong for done in found for wrong in fine(done)] == []
    assert len(found) == len(commands)
    figures = list(tmp_path.glob("*.svg"))
    assert len(figures) > 10
    assert [wrong for figure in figures for wrong in unseen_in_pipe(figure.read_bytes())] == []


def test_the_whole_folder_is_listed_checked_and_exported(shelf: Path, tmp_path: Path) -> None:
    folder = str(shelf)
    lists = [["list", folder, "--no-cache", "--format", form] for form in
             ("table", "json", "jsonl", "csv", "markdown", "latex")]  # fmt: skip
    more = [
        "list",
        folder,
        "--no-cache",
        "--sort",
        "path",
        "--columns",
        "name,license,dataset,base,task,findings,problems",
    ]
    checks = [["check", folder, "--min-severity", "info", "--format", form] for form in ("text", "json", "github")]
    exports = [["export", folder, "-o", str(tmp_path / name)] for name in ("a.jsonl", "a.csv")]
    history = ["export", folder, "-o", str(tmp_path / "history.csv"), "--rows", "history"]
    found = {
        " ".join([done.arguments[0], done.arguments[-1]]): done
        for done in run_all([*lists, more, *checks, *exports, history])
    }
    assert len(found) == 13
    assert [wrong for done in found.values() for wrong in fine(done)] == []
    for file in tmp_path.iterdir():
        assert unseen_in_pipe(file.read_bytes()) == []

    names = {row["name"] for row in json.loads(found["list json"].out)}
    assert {"inside", "a-run"} <= names
    for text in (found["list csv"].out.decode(), *(file.read_text() for file in tmp_path.glob("*.csv"))):
        for row in csv.reader(io.StringIO(text)):
            runs = [cell for cell in row if cell[:1] in {"=", "@", "\t", "\r"} or re.match(r"[+-][^\d.ni]", cell)]
            assert runs == []
    github = found["check github"].out.decode()
    assert all(re.match(r"::(?:error|warning|notice) file=[^,]*,line=\d+,title=[\w-]+::", line)
               for line in github.splitlines())  # fmt: skip
    assert "hidden" not in names
    assert b"permission denied" in found["list json"].err


def test_colours_are_the_only_sequences_where_colours_are_wanted(shelf: Path) -> None:
    paths = [
        str(shelf / "cards" / f"{name}.md") for name in ("escape-csi", "escape-osc", "controls-c1", "console-markup")
    ]
    commands = [["show", path] for path in paths] + [["check", str(shelf / "cards")]]
    for done in run_all(commands, {"FORCE_COLOR": "1"}):
        assert b"\x1b[" in done.out
        assert unseen_in_colours(done.out) == []


def test_paths_that_are_no_cards_are_refused_with_a_sentence(shelf: Path) -> None:
    places = shelf / "places"
    names = (
        "pipe.md",
        "socket.md",
        "zero.md",
        "tty.md",
        "itself.md",
        "dangling.md",
        "root.md",
        "unreadable.md",
        "no\x1b[31m.md",
    )
    commands = [[command, str(places / name)] for name in names for command in ("show", "plot", "diff")]
    for done in run_all(commands):
        assert (fine(done), done.status) == ([], 2), done.arguments
        assert _SENTENCE.fullmatch(done.err.decode())


def test_a_folder_named_like_an_option_is_read_behind_two_dashes(shelf: Path) -> None:
    with contextlib.chdir(shelf / "places"):
        (done,) = run_all([["show", "--", str(shelf / "places" / "--help")]])
    assert (done.status, b"inside" in done.out) == (0, True)


LARGEST = ("table-of-a-million-columns", "million-lines", "brackets", "hashes", "yaml-broken-each")


def test_cards_as_large_as_may_be_are_shown_in_bounded_time_and_memory(tmp_path: Path) -> None:
    for name in LARGEST:
        (tmp_path / f"{name}.md").write_bytes(LARGE[name][1]())
    forms = ("text", "markdown", "json")
    commands = [["show", str(tmp_path / f"{name}.md"), "--format", forms[at % 3]] for at, name in enumerate(LARGEST)]
    found = list(run_all(commands))
    assert [wrong for done in found for wrong in fine(done)] == []
    assert [done.status for done in found] == [0] * len(LARGEST)


def test_a_card_beyond_the_limit_is_refused_and_said_to_be(shelf: Path) -> None:
    (done,) = run_all([["show", str(shelf / "places" / "sparse.md")]])
    assert (fine(done), done.status) == ([], 2)
    assert b"larger than 5 MB" in done.err


def test_files_that_change_go_and_grow_while_they_are_read_break_nothing(tmp_path: Path) -> None:
    files = [tmp_path / f"run-{number}" / "README.md" for number in range(60)]
    for file in files:
        file.parent.mkdir()
        file.write_text(card(file.parent.name, "0.5"), encoding="utf-8")
    is_over = threading.Event()
    changing = threading.Thread(target=_change, args=(files, is_over))
    changing.start()
    try:
        out = tmp_path.parent / "changing.jsonl"
        commands = [["list", str(tmp_path)], ["check", str(tmp_path)], ["export", str(tmp_path), "-o", str(out)]] * 4
        found = list(run_all(commands))
    finally:
        is_over.set()
        changing.join()
    assert [wrong for done in found for wrong in fine(done)] == []
    assert len(found) == 12


def _change(files: Sequence[Path], is_over: threading.Event) -> None:
    """Truncate, replace, remove, move and lengthen files, over and over."""
    dice = random.Random(3)
    whole = files[0].read_bytes()
    while not is_over.is_set():
        file = dice.choice(files)
        with contextlib.suppress(OSError):
            match dice.randrange(6):
                case 0:
                    file.write_bytes(whole[: dice.randrange(len(whole))])
                case 1:
                    file.unlink()
                case 2:
                    with file.open("ab") as grown:
                        grown.write(b"\x1b[2J more\n" * 1000)
                case 3:
                    file.parent.rename(file.parent.with_name(f"moved-{dice.randrange(9)}"))
                case 4:
                    file.mkdir()
                case _:
                    file.parent.mkdir(exist_ok=True)
                    file.write_bytes(whole)


def test_settings_that_a_folder_brings_along_are_said_to_be_wrong_and_stop_nothing(shelf: Path) -> None:
    folder = str(shelf / "places" / "run-settings")
    broken = shelf / "places" / "here-too"
    broken.mkdir()
    (broken / "README.md").write_text(card("inside", "0.5"), encoding="utf-8")
    (broken / ".cardtui.toml").write_bytes(b"headline = '\xff\x1b[2J'\n[[[\x9b2J\n")
    for done in run_all([["list", folder], ["list", str(broken)], ["check", folder]]):
        assert (fine(done), b".cardtui.toml" in done.err) == ([], True)


@pytest.mark.parametrize(
    ("kind", "keys"), [("svg", "t"), ("txt", "f Esc t End"), ("html", "G 2 r"), ("png", "Space j Space j Space d")]
)
def test_a_picture_of_the_folder_holds_nothing_that_is_obeyed(
    kind: str, keys: str, shelf: Path, tmp_path: Path
) -> None:
    picture = tmp_path / f"x.{kind}"
    done = cardtui("screenshot", shelf, "--no-cache", "-o", picture, "--press", keys)
    assert (done.code, done.out) == (0, "")
    assert "Traceback" not in done.err
    assert unseen_in_pipe(done.err.encode()) == []
    data = picture.read_bytes()
    if kind == "png":
        assert data.startswith(b"\x89PNG")
        return
    assert unseen_in_pipe(data) == []
    text = data.decode()
    assert not re.search(r"<script|<a |\son\w+=|javascript:[^<]*\"", text.partition("</style>")[2]) or kind == "txt"
    if kind == "svg":
        ElementTree.fromstring(text)
