"""``cardtui export``: every card, whole, one a line or one a row; the file is written whole or not at all."""

from __future__ import annotations

import csv
import io
import os
import signal
import stat
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from tests import stated
from tests.cli.making import closed_early, hostile_card, plain_card
from tests.cli.running import COMMAND, Ended, cardtui, environment, on_terminal, python
from tests.schemas import strict, validator

SWEEP = stated.SAMPLES / "helpdesk-sweep"
FULL = Path("/dev/full")

not_as_root = pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")


def exported(*arguments: str | Path, cwd: Path | None = None, stdin: bytes = b"") -> list[Any]:
    """The cards that a command writes to standard output; each is as the schema says."""
    ended = cardtui("export", *arguments, "-o", "-", cwd=cwd, stdin=stdin)
    assert (ended.code, ended.err) == (0, "")
    return cards_of(ended.out)


def cards_of(text: str) -> list[Any]:
    """The cards of a document, one a line for every reader of lines."""
    cards = [strict(line) for line in text.splitlines()]
    for card in cards:
        validator("card").validate(card)
    return cards


def paths_of(cards: list[Any]) -> list[str]:
    """Where the cards are."""
    return [card["path"] for card in cards]


def assert_one_sentence(ended: Ended, *words: str) -> None:
    """Whether it ended with status 2 and one sentence that has the words."""
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1), ended
    assert [word for word in words if word not in ended.err] == []
    assert "Traceback" not in ended.err


def names(folder: Path) -> list[str]:
    """What lies in a folder, hidden files too."""
    return sorted(path.name for path in folder.iterdir())


def waiting(*arguments: str | Path, folder: Path) -> subprocess.Popen[bytes]:
    """An export of standard input that has begun its file in a folder and waits for its card."""
    process = subprocess.Popen(
        [*COMMAND, "export", "-", *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    until = time.monotonic() + 20
    while not list(folder.glob(".cardtui-*")):
        assert time.monotonic() < until
        time.sleep(0.01)
    return process


# What is written


def test_every_card_is_a_line_in_the_order_of_the_scan(tmp_path: Path) -> None:
    ended = cardtui("export", stated.SAMPLES, "-o", tmp_path / "x.jsonl")
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    cards = cards_of((tmp_path / "x.jsonl").read_text(encoding="utf-8"))
    assert sorted(paths_of(cards)) == [path.relative_to(stated.SAMPLES).as_posix() for path in stated.SAMPLE_CARDS]
    assert paths_of(cards)[:2] == ["helpdesk-sweep/run-1/README.md", "helpdesk-sweep/run-2/README.md"]
    assert [card["name"] for card in cards] == [stated.card_name(stated.SAMPLES / path) for path in paths_of(cards)]


def test_the_same_cards_are_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.jsonl", "b.jsonl"):
        assert cardtui("export", stated.SAMPLES, "-o", name, cwd=tmp_path).code == 0
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()


def test_a_card_is_what_show_prints_of_it() -> None:
    (card,) = exported(SWEEP / "run-4")
    assert card == strict(cardtui("show", SWEEP / "run-4", "--format", "json").out)


def test_paths_are_from_the_folder_given() -> None:
    assert paths_of(exported(".", cwd=SWEEP))[0] == "run-1/README.md"
    assert paths_of(exported(SWEEP / "run-1" / "README.md")) == ["README.md"]
    assert paths_of(exported("-", stdin=plain_card().encode())) == ["-"]


def test_of_several_folders_each_is_named() -> None:
    cards = exported(SWEEP / "run-2", SWEEP / "run-1", stated.SAMPLES / "kitchen-bert" / "README.md")
    assert paths_of(cards) == ["run-2/README.md", "run-1/README.md", "README.md"]


def test_a_card_without_a_name_takes_its_files_or_folders(tmp_path: Path) -> None:
    (tmp_path / "run-7").mkdir()
    for name in ("README.md", "notes.md"):
        (tmp_path / "run-7" / name).write_text("---\nlicense: mit\n---\n")
    assert [card["name"] for card in exported(tmp_path)] == ["run-7", "notes"]
    assert [card["name"] for card in exported("README.md", cwd=tmp_path / "run-7")] == ["run-7"]
    assert exported("-", stdin=b"---\nlicense: mit\n---\n")[0]["name"] == "standard input"


def test_files_that_are_no_readable_cards_are_lines_with_their_problems(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Shopping\n")
    (tmp_path / "b.md").write_bytes(plain_card().encode() + b"x" * 5_000_001)
    (tmp_path / "c.md").write_text(plain_card())
    codes = [[problem["code"] for problem in card["problems"]] for card in exported(tmp_path)]
    assert codes == [["not-a-card"], ["too-large"], []]


def test_a_hostile_card_is_one_line_without_control_codes(tmp_path: Path) -> None:
    (tmp_path / "evil.md").write_bytes(hostile_card())
    ended = cardtui("export", tmp_path, "-o", "-")
    assert {hex(ord(c)) for c in ended.out[:-1] if ord(c) < 0x20 or 0x7F <= ord(c) <= 0x9F} == set()
    assert len(cards_of(ended.out)) == 1


def test_a_file_name_that_is_no_text_is_written_as_text(tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(bytes(tmp_path) + b"/run-\xff.md")).write_text("---\nlicense: mit\n---\n")
    except OSError:
        pytest.skip("this file system takes text names only")
    assert [(card["path"], card["name"]) for card in exported(tmp_path)] == [("run-\ufffd.md", "run-\ufffd")]


# Tables


def table(*arguments: str | Path, cwd: Path) -> list[dict[str, str]]:
    """The rows of a file of CSV that a command writes; each has every column."""
    ended = cardtui("export", *arguments, "-o", "x.csv", cwd=cwd)
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    header, *rows = csv.reader(io.StringIO((cwd / "x.csv").read_text(encoding="utf-8"), newline=""))
    return [dict(zip(header, row, strict=True)) for row in rows]


def lists_card() -> str:
    """A card whose F1 is a list, and whose second row has fewer cells."""
    return (
        plain_card("lists", "[0.9, 0.8]")
        .replace("0.3000 | 0.8000 |", "0.3000 | [0.7, 0.6] |")
        .replace("| 0.4 | 2.0 | 200 | 0.2500 | [0.9, 0.8] |", "| No log | 2.0 | 200 | 0.2500 |")
    )


def test_a_card_is_a_row_with_every_metric_setting_and_version(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(plain_card("a", "0.7000"))
    (tmp_path / "b.md").write_text(
        plain_card("b", "91%").replace("Transformers 4.46.3", "PEFT 0.5\n- Transformers 4.1")
    )
    (tmp_path / "notes.md").write_text("# Shopping\n")
    first, second = table(".", cwd=tmp_path)
    assert list(first)[:12] == [
        "path", "name", "writer", "base_model", "dataset", "task", "license", "headline_metric", "headline",
        "provenance", "findings", "problems",
    ]  # fmt: skip
    assert [first[column] for column in ("path", "name", "writer", "base_model", "dataset", "license")] == [
        "a.md", "a", "trainer", "base", "reviews", "mit",
    ]  # fmt: skip
    assert (first["headline_metric"], first["headline"], first["provenance"]) == ("F1", "0.7000", "last lowest-loss")
    assert "not-best-checkpoint" in first["findings"].split()
    keys = ("reported.f1", "best.f1", "last.f1", "setting.learning_rate", "version.transformers", "version.peft")
    assert [first[key] for key in keys] == ["0.7000", "0.8000", "0.7000", "3e-05", "4.46.3", ""]
    assert [second[key] for key in keys] == ["91%", "91%", "91%", "3e-05", "4.1", "0.5"]
    groups = [column.partition(".")[0] for column in list(first)[12:]]
    assert list(dict.fromkeys(groups)) == ["reported", "best", "last", "setting", "version", "estimate"]
    assert len(groups) == sum(groups.count(group) for group in dict.fromkeys(groups))


def test_long_values_are_whole(tmp_path: Path) -> None:
    long = "Adam(" + "x" * 500 + ")"
    (tmp_path / "a.md").write_text(
        plain_card().replace("- train_batch_size", f"- optimizer: {long}\n- train_batch_size")
    )
    (row,) = table("a.md", cwd=tmp_path)
    assert row["setting.optimizer"] == long


def test_a_row_of_a_history_is_a_row_with_the_columns_as_printed(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(plain_card("a").replace("Training Loss | Epoch", "name | Epoch"))
    (tmp_path / "b.md").write_text(lists_card())
    (tmp_path / "c.md").write_text("---\nlicense: mit\n---\n# no history\n")
    rows = table(".", "--rows", "history", cwd=tmp_path)
    assert list(rows[0]) == [
        "path", "name", "row", "epoch", "step", "name (2)", "Validation Loss", "F1", "Training Loss", "F1[0]", "F1[1]",
    ]  # fmt: skip
    assert [list(row.values()) for row in rows] == [
        ["a.md", "a", "0", "1.0", "100", "0.5", "0.3000", "0.8000", "", "", ""],
        ["a.md", "a", "1", "2.0", "200", "0.4", "0.2500", "0.9123", "", "", ""],
        ["b.md", "lists", "0", "1.0", "100", "", "0.3000", "[0.7, 0.6]", "0.5", "0.7", "0.6"],
        ["b.md", "lists", "1", "2.0", "200", "", "", "", "", "", ""],
    ]


def test_a_row_of_a_history_is_a_line_of_json(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(plain_card("a", "nan"))
    ended = cardtui("export", tmp_path, "--rows", "history", "-o", "-")
    first, second = map(strict, ended.out.splitlines())
    assert first == {
        "path": "a.md",
        "name": "a",
        "row": 0,
        "epoch": 1.0,
        "step": 100,
        "cells": {
            "Training Loss": {"raw": "0.5", "number": 0.5},
            "Validation Loss": {"raw": "0.3000", "number": 0.3},
            "F1": {"raw": "0.8000", "number": 0.8},
        },
    }
    assert second["cells"]["F1"] == {"raw": "nan", "number": None}


@pytest.mark.parametrize("rows", ["cards", "history"])
def test_a_table_of_nothing_is_not_written(tmp_path: Path, rows: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "notes.md").write_text("# Shopping\n")
    words = {"cards": "no cards in in", "history": "no rows of a history in in"}[rows]
    assert_one_sentence(cardtui("export", "in", "-o", "x.csv", "--rows", rows, cwd=tmp_path), words)
    assert names(tmp_path) == ["in"]


def test_a_hostile_card_is_one_record_without_control_codes_and_formulas(tmp_path: Path) -> None:
    (tmp_path / "evil.md").write_bytes(hostile_card().replace(b"- seed", b"- formula: =1+1\n- seed"))
    (row,) = table("evil.md", cwd=tmp_path)
    assert row["setting.formula"] == "'=1+1"
    text = (tmp_path / "x.csv").read_text(encoding="utf-8")
    assert {hex(ord(c)) for c in text if (ord(c) < 0x20 and c != "\n") or 0x7F <= ord(c) <= 0x9F} == set()
    assert text.count("\n") == 2


WITHOUT_PYARROW = """
import sys
sys.modules["pyarrow"] = None
sys.argv = ["cardtui", *sys.argv[1:]]
from tui.cli.main import run
run()
"""


def test_parquet_without_its_library_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    target = tmp_path / "cards.parquet"
    ended = python(WITHOUT_PYARROW, "export", "nosuch", "-o", target)
    assert_one_sentence(ended, f"{target}: needs pyarrow; install it with: pip install pyarrow")
    assert names(tmp_path) == []


def test_parquet_has_numbers_where_all_are_numbers(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    (tmp_path / "a.md").write_text(plain_card("1", "93.4%"))
    (tmp_path / "b.md").write_text(plain_card("2", "nan").replace("3e-05", "none"))
    (tmp_path / "c.md").write_text(lists_card())
    assert cardtui("export", ".", "-o", "x.parquet", cwd=tmp_path).code == 0
    read = parquet.read_table(tmp_path / "x.parquet")
    types = {field.name: str(field.type) for field in read.schema}
    columns = ("name", "reported.f1", "reported.f1[0]", "setting.learning_rate", "version.transformers")
    assert [types[column] for column in columns] == ["string", "double", "double", "string", "string"]
    rows = read.to_pylist()
    assert [row["name"] for row in rows] == ["1", "2", "lists"]
    assert rows[0]["reported.f1"] == 0.934
    assert rows[1]["reported.f1"] != rows[1]["reported.f1"]  # nan
    assert [rows[2][column] for column in ("reported.f1", "reported.f1[0]", "reported.f1[1]")] == [None, 0.9, 0.8]
    assert [row["setting.learning_rate"] for row in rows] == ["3e-05", "none", "3e-05"]


def test_parquet_has_the_rows_of_histories(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    (tmp_path / "a.md").write_text(plain_card("a").replace("| 0.5 | 1.0", "| No log | 1.0"))
    assert cardtui("export", "a.md", "-o", "x.parquet", "--rows", "history", cwd=tmp_path).code == 0
    assert parquet.read_table(tmp_path / "x.parquet").to_pylist() == [
        {"path": "a.md", "name": "a", "row": 0, "epoch": 1.0, "step": 100.0, "Validation Loss": 0.3, "F1": 0.8,
         "Training Loss": None},
        {"path": "a.md", "name": "a", "row": 1, "epoch": 2.0, "step": 200.0, "Validation Loss": 0.25, "F1": 0.9123,
         "Training Loss": 0.4},
    ]  # fmt: skip


# What cannot be read


def test_what_is_not_there_is_told_and_the_rest_is_written(tmp_path: Path) -> None:
    (tmp_path / "gone.md").symlink_to(tmp_path / "nowhere.md")
    (tmp_path / "loop.md").symlink_to("loop.md")
    (tmp_path / "run.md").write_text(plain_card())
    ended = cardtui("export", tmp_path, "-o", "-")
    assert (ended.code, paths_of(cards_of(ended.out))) == (0, ["run.md"])


@not_as_root
def test_what_may_not_be_read_is_told_and_the_rest_is_written(tmp_path: Path) -> None:
    for name in ("run.md", "secret.md"):
        (tmp_path / name).write_text(plain_card())
    (tmp_path / "secret.md").chmod(0)
    (tmp_path / "closed").mkdir(mode=0)
    ended = cardtui("export", tmp_path, "-o", "-")
    (tmp_path / "closed").chmod(0o700)
    assert (ended.code, paths_of(cards_of(ended.out))) == (0, ["run.md"])
    assert [name in ended.err for name in ("secret.md", "closed")] == [True, True]


def test_a_folder_without_cards_gives_no_file(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert_one_sentence(cardtui("export", "empty", "-o", "x.jsonl", cwd=tmp_path), "no cards in empty")
    assert names(tmp_path) == ["empty"]
    assert_one_sentence(cardtui("export", "empty", "-o", "-", cwd=tmp_path), "no cards in empty")


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert_one_sentence(cardtui("export", "nosuch", "-o", "x.jsonl", cwd=tmp_path), "nosuch: no such file or folder")
    assert names(tmp_path) == []


# Where it is written


@pytest.mark.parametrize("name", ["x.json", "x", "x.md", "x.csv.gz"])
def test_another_kind_of_file_is_refused_with_the_kinds_there_are(tmp_path: Path, name: str) -> None:
    assert_one_sentence(cardtui("export", SWEEP, "-o", name, cwd=tmp_path), name, ".jsonl", ".csv", ".parquet")
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    "arguments", [(SWEEP,), ("-o", "x.jsonl"), (SWEEP, "-o")], ids=["no file", "no path", "nothing"]
)
def test_wrong_use_ends_with_2(tmp_path: Path, arguments: tuple[str | Path, ...]) -> None:
    assert_one_sentence(cardtui("export", *arguments, cwd=tmp_path))


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    assert_one_sentence(cardtui("export", SWEEP, "-o", tmp_path / "no" / "x.jsonl"), "x.jsonl: no such file or folder")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert_one_sentence(cardtui("export", SWEEP, "-o", tmp_path), "is a directory")


@not_as_root
def test_a_folder_and_a_file_that_may_not_be_written_are_told(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text("old")
    (tmp_path / "x.jsonl").chmod(0o400)
    assert_one_sentence(cardtui("export", SWEEP, "-o", tmp_path / "x.jsonl"), "permission denied")
    tmp_path.chmod(0o500)
    assert_one_sentence(cardtui("export", SWEEP, "-o", tmp_path / "y.jsonl"), "permission denied")
    tmp_path.chmod(0o700)
    assert names(tmp_path) == ["x.jsonl"]


def test_a_file_in_the_folder_that_is_exported_is_no_card(tmp_path: Path) -> None:
    (tmp_path / "run.md").write_text(plain_card())
    for _ in range(2):
        assert cardtui("export", ".", "-o", "x.jsonl", cwd=tmp_path).code == 0
    assert len(cards_of((tmp_path / "x.jsonl").read_text(encoding="utf-8"))) == 1
    assert names(tmp_path) == ["run.md", "x.jsonl"]


def test_a_file_that_is_read_is_never_changed(tmp_path: Path) -> None:
    (tmp_path / "run.jsonl").write_text(plain_card())
    ended = cardtui("export", tmp_path / "run.jsonl", "-o", "run.jsonl", cwd=tmp_path)
    assert_one_sentence(ended, "run.jsonl: is one of the files to be read")
    assert (tmp_path / "run.jsonl").read_text() == plain_card()


def test_a_new_file_has_the_usual_permissions_and_an_old_one_keeps_its_own(tmp_path: Path) -> None:
    (tmp_path / "old.jsonl").write_text("old")
    (tmp_path / "old.jsonl").chmod(0o640)
    for name in ("old.jsonl", "new.jsonl"):
        assert cardtui("export", SWEEP, "-o", tmp_path / name).code == 0
    usual = tmp_path / "usual"
    usual.touch()
    modes = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("old.jsonl", "new.jsonl", "usual")]
    assert modes == [0o640, modes[2], modes[2]]


def test_a_link_leads_to_the_new_file(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "x.jsonl").symlink_to("there/y.jsonl")
    assert cardtui("export", SWEEP, "-o", tmp_path / "x.jsonl").code == 0
    assert (tmp_path / "x.jsonl").is_symlink()
    assert names(tmp_path / "there") == ["y.jsonl"]


@pytest.mark.skipif(not FULL.exists(), reason="no device that is always full here")
def test_a_full_disk_is_told() -> None:
    assert_one_sentence(cardtui("export", SWEEP, "-o", FULL), "/dev/full: no space left on device")


LITTLE_ROOM = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
sys.argv = ["cardtui", *sys.argv[1:]]
from tui.cli.main import run
run()
"""


def test_a_disk_that_gets_full_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text("old")
    ended = python(LITTLE_ROOM, "export", SWEEP, "-o", tmp_path / "x.jsonl", env={"PYTHONDONTWRITEBYTECODE": "1"})
    assert_one_sentence(ended, "x.jsonl: file too large")
    assert names(tmp_path) == ["x.jsonl"]
    assert (tmp_path / "x.jsonl").read_text() == "old"


def test_a_device_and_a_pipe_are_written_directly(tmp_path: Path) -> None:
    assert cardtui("export", SWEEP, "-o", os.devnull).code == 0
    os.mkfifo(tmp_path / "pipe")
    reader = subprocess.Popen(["cat", str(tmp_path / "pipe")], stdout=subprocess.PIPE)
    assert cardtui("export", SWEEP, "-o", tmp_path / "pipe").code == 0
    out, _ = reader.communicate(timeout=20)
    assert len(cards_of(out.decode())) == 4
    assert names(tmp_path) == ["pipe"]


# How it ends


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)], ids=str
)
def test_an_interrupt_leaves_the_old_file_and_nothing_else(tmp_path: Path, number: signal.Signals, code: int) -> None:
    (tmp_path / "x.jsonl").write_text("old")
    process = waiting("-o", tmp_path / "x.jsonl", folder=tmp_path)
    process.send_signal(number)
    out, errors = process.communicate(timeout=20)
    assert (process.returncode, out, errors) == (code, b"", b"")
    assert names(tmp_path) == ["x.jsonl"]
    assert (tmp_path / "x.jsonl").read_text() == "old"


def test_the_file_is_there_when_it_is_whole_and_not_before(tmp_path: Path) -> None:
    process = waiting("-o", tmp_path / "x.jsonl", folder=tmp_path)
    assert not (tmp_path / "x.jsonl").exists()
    process.communicate(plain_card().encode(), timeout=20)
    assert process.returncode == 0
    assert names(tmp_path) == ["x.jsonl"]


def test_a_reader_that_goes_early_is_no_error(tmp_path: Path) -> None:
    for number in range(300):
        (tmp_path / f"{number}.md").write_text(plain_card())
    ended = closed_early("export", tmp_path, "-o", "-")
    assert len(cards_of(ended.stdout.decode())) == 1
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_a_terminal_gets_a_bar_that_goes_away(tmp_path: Path) -> None:
    ended = on_terminal("export", stated.SAMPLES, "-o", tmp_path / "x.jsonl")
    assert ended.code == 0
    assert "reading cards" in ended.out
    assert f"{len(stated.SAMPLE_CARDS)}/{len(stated.SAMPLE_CARDS)}" in ended.out
    assert ended.out.endswith("\x1b[2K")
    assert len(cards_of((tmp_path / "x.jsonl").read_text(encoding="utf-8"))) == len(stated.SAMPLE_CARDS)


def test_cards_on_a_terminal_have_no_bar_between_them() -> None:
    assert len(cards_of(on_terminal("export", SWEEP, "-o", "-").out)) == 4


def test_what_cannot_be_read_is_told_beside_the_bar(tmp_path: Path) -> None:
    (tmp_path / "run.md").write_text(plain_card())
    (tmp_path / "[red]x.md").mkdir()
    ended = on_terminal("export", tmp_path / "run.md", tmp_path, "-o", tmp_path / "y" / "x.jsonl")
    assert ended.code == 2
    assert "x.jsonl: no such file or folder" in ended.out
