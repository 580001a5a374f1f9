"""``cardtui check``: the problems of cards, for people, editors and continuous integration."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests import stated
from tests.cli.making import closed_early, hostile_card, plain_card, unread
from tests.cli.running import SGR, Ended, cardtui, on_terminal
from tests.schemas import strict, validator
from tui.cards.problems import KINDS
from tui.judge.findings.table import CODES

BROKEN = stated.SAMPLES / "shipping-notices" / "README.md"
CLEAN = stated.SAMPLES / "kitchen-bert"
LINE = re.compile(
    r"(?P<file>.+?):(?P<line>[1-9]\d*): (?P<severity>error|warning|info) (?P<code>[a-z-]+) (?P<message>.+)"
)

FILES = {
    "error.md": b"---\n- mit\n---\n\n# a\n\n### Training results\n",
    "warning.md": b"---\nlicense: mit\nlicense: mit\n---\n\n# a\n",
    "info.md": b"# Shopping\n",
    "fine.md": plain_card().encode(),
    "two.md": b"---\nlicense: mit\nlicense: mit\n---\n\n# a\n\n<!-- a\n\nb \xff\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of files with problems of every severity."""
    for name, data in FILES.items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def told(ended: Ended) -> list[tuple[str, int, str, str]]:
    """(file, line, severity, code) of each line."""
    found = [LINE.fullmatch(line) for line in ended.out.splitlines()]
    assert all(found), ended.out
    return [(m["file"], int(m["line"]), m["severity"], m["code"]) for m in found if m]


def refused(ended: Ended, *words: str) -> bool:
    """Whether it ended with status 2 and one sentence that has the words."""
    return (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1) and all(word in ended.err for word in words)


def test_of_a_file_that_is_not_read_nothing_is_said_to_be_missing(tmp_path: Path) -> None:
    (tmp_path / "big.md").write_bytes(plain_card().encode() + b"x" * 5_000_000)
    ended = cardtui("check", "big.md", "--min-severity", "info", cwd=tmp_path)
    assert told(ended) == [("big.md", 1, "error", "too-large")]


def test_problems_are_told_with_file_line_severity_and_code(folder: Path) -> None:
    ended = cardtui("check", ".", cwd=folder)
    assert (ended.code, ended.err) == (1, "")
    assert told(ended) == [
        ("error.md", 2, "error", "metadata-shape"),
        ("two.md", 3, "warning", "duplicate-key"),
        ("two.md", 8, "warning", "comment-unclosed"),
        ("two.md", 10, "warning", "undecodable-bytes"),
        ("warning.md", 3, "warning", "duplicate-key"),
    ]


def test_the_samples_have_the_problems_and_findings_that_they_are_made_with() -> None:
    ended = cardtui("check", "sample_cards", cwd=stated.SAMPLES.parent)
    assert (ended.code, ended.err) == (1, "")
    found = {(file.split("/")[1], code): line for file, line, _, code in told(ended)}
    assert {code for _, _, severity, code in told(ended) if severity == "error"} == {"yaml-error"}
    indented = stated.line_of(BROKEN, "        type: recall")
    assert found["shipping-notices", "yaml-error"] in {indented - 1, indented}
    assert found["shipping-notices", "ragged-row"] == stated.line_of(BROKEN, "0.9713")
    assert {("lease-clauses", "not-best-checkpoint"), ("spoiler-detector", "overfitting")} <= set(found)
    assert "kitchen-bert" not in {folder for folder, _ in found}


def test_cards_without_problems_and_findings_are_passed_in_silence() -> None:
    assert cardtui("check", CLEAN) == Ended(0, "", "")


def test_what_is_told_of_a_file_is_in_the_order_of_its_lines() -> None:
    for folder in ("lease-clauses", "shipping-notices"):
        lines = [line for _, line, *_ in told(cardtui("check", stated.SAMPLES / folder, "--min-severity", "info"))]
        assert lines == sorted(lines)
        assert len(lines) > 1


@pytest.mark.parametrize("path", ["sub/../error.md", "./error.md", "error.md"])
def test_files_are_named_as_they_were_typed_so_that_an_editor_finds_them(folder: Path, path: str) -> None:
    (folder / "sub").mkdir()
    ((file, *_),) = told(cardtui("check", path, cwd=folder))
    assert (folder / file).samefile(folder / "error.md")
    assert file == path.removeprefix("./")


def test_a_card_on_standard_input_is_a_dash() -> None:
    ended = cardtui("check", "-", stdin=FILES["warning.md"])
    assert (ended.code, told(ended)) == (1, [("-", 3, "warning", "duplicate-key")])


# What counts


@pytest.mark.parametrize(
    ("least", "shown", "code"), [("error", {"error"}, 1), ("warning", {"error", "warning"}, 1), ("info", None, 1)]
)
def test_the_least_severity_decides_what_is_shown(folder: Path, least: str, shown: set[str] | None, code: int) -> None:
    ended = cardtui("check", folder, "--min-severity", least)
    assert ended.code == code
    assert {severity for _, _, severity, _ in told(ended)} == (shown or {"error", "warning", "info"})


def test_what_is_below_the_least_severity_does_not_count(folder: Path) -> None:
    for name in ("error.md", "two.md"):
        (folder / name).unlink()
    assert cardtui("check", folder, "--min-severity", "error") == Ended(0, "", "")


def test_ignored_codes_are_neither_shown_nor_counted(folder: Path) -> None:
    ended = cardtui("check", folder, "--ignore", "duplicate-key", "--ignore", "metadata-shape")
    assert {code for *_, code in told(ended)} == {"comment-unclosed", "undecodable-bytes"}
    (folder / "two.md").unlink()
    ended = cardtui("check", folder, "--ignore", "duplicate-key", "--ignore", "metadata-shape")
    assert ended == Ended(0, "", "")


def test_an_unknown_code_is_refused_with_the_one_that_was_meant() -> None:
    assert refused(cardtui("check", CLEAN, "--ignore", "raged-row"), "raged-row", "did you mean ragged-row?")


@pytest.mark.parametrize("codes", ["overfitting,ragged-row", "overfitting, ragged-row", "overfitting ragged-row"])
def test_several_codes_in_one_option_are_told_to_repeat_it(codes: str) -> None:
    ended = cardtui("check", CLEAN, "--ignore", codes)
    assert refused(ended, "repeat it: --ignore overfitting --ignore ragged-row")
    assert "did you mean" not in ended.err


def test_findings_are_ignored_by_their_codes_too() -> None:
    ended = cardtui("check", stated.SAMPLES / "spoiler-detector", "--ignore", "overfitting")
    assert ended == Ended(0, "", "")


def test_an_unknown_code_like_no_other_is_refused_with_all_there_are() -> None:
    assert refused(cardtui("check", CLEAN, "--ignore", "zzz"), "zzz", *KINDS, *CODES)


@pytest.mark.parametrize(
    "arguments", [(), (CLEAN, "--min-severity", "bad"), (CLEAN, "--format", "xml"), (CLEAN, "--nosuch")], ids=str
)
def test_wrong_use_ends_with_2(arguments: tuple[str | Path, ...]) -> None:
    assert refused(cardtui("check", *arguments))


# What cannot be read


@pytest.mark.parametrize("name", ["empty", "missing", "info.md"])
def test_where_there_is_no_card_nothing_can_be_checked(folder: Path, name: str) -> None:
    (folder / "empty").mkdir()
    assert refused(cardtui("check", folder / name), name)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_an_error(tmp_path: Path) -> None:
    for name in ("run.md", "secret.md"):
        (tmp_path / name).write_text(plain_card())
    (tmp_path / "secret.md").chmod(0)
    ended = cardtui("check", ".", cwd=tmp_path)
    assert (ended.code, ended.out) == (1, "secret.md:1: error unreadable permission denied\n")


def test_a_link_that_leads_nowhere_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "run.md").write_text(plain_card())
    (tmp_path / "d.md").symlink_to("nowhere")
    ended = cardtui("check", ".", cwd=tmp_path)
    assert (ended.code, ended.out) == (1, "d.md:1: error unreadable no such file or directory\n")


def test_a_file_that_is_too_large_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "big.md").write_bytes(plain_card().encode() + b"x" * 5_000_001)
    ended = cardtui("check", "big.md", cwd=tmp_path)
    assert (ended.code, told(ended)) == (1, [("big.md", 1, "error", "too-large")])


# For programs


@pytest.mark.parametrize("least", ["error", "warning", "info"])
def test_json_is_as_the_schema_says(folder: Path, least: str) -> None:
    (folder / "bare.md").write_text(plain_card().replace("license: mit\n", ""))
    ended = cardtui("check", ".", "--format", "json", "--min-severity", least, cwd=folder)
    found = strict(ended.out)
    validator("check").validate(found)
    both = [*found["problems"], *found["findings"]]
    lines = [(p["file"], max(p["line"], 1), p["severity"], p["code"]) for p in both]
    assert {p["code"] for p in found["problems"]} <= set(KINDS)
    assert {p["code"] for p in found["findings"]} <= CODES
    assert ("no-license" in {p["code"] for p in found["findings"]}) == (least == "info")
    assert sorted(lines) == sorted(told(cardtui("check", ".", "--min-severity", least, cwd=folder)))
    assert found["files"] == len(FILES) + 1
    counted = [p["severity"] for p in both]
    assert found["counts"] == {name: counted.count(name) for name in ("error", "warning", "info")}


def test_json_without_problems_is_an_object_too() -> None:
    ended = cardtui("check", CLEAN, "--format", "json")
    assert ended.code == 0
    assert strict(ended.out) == {
        "schema": 1, "files": 1, "counts": {"error": 0, "warning": 0, "info": 0}, "problems": [], "findings": [],
    }  # fmt: skip


def test_github_gets_workflow_commands(folder: Path) -> None:
    ended = cardtui("check", ".", "--format", "github", "--min-severity", "info", cwd=folder)
    assert ended.code == 1
    assert "::error file=error.md,line=2,title=metadata-shape::the metadata is " in ended.out
    assert {line.split()[0] for line in ended.out.splitlines()} == {"::error", "::warning", "::notice"}


def test_github_commands_are_escaped(tmp_path: Path) -> None:
    name = "a,b:c 100%\n::error::d.md"
    (tmp_path / name).write_bytes(b"---\nlicense: mit\n50%: a\n50%: b\n---\n")
    (line,) = cardtui("check", ".", "--format", "github", cwd=tmp_path).out.splitlines()
    assert line == (
        "::warning file=a%2Cb%3Ac 100%25␊%3A%3Aerror%3A%3Ad.md,line=4,title=duplicate-key::"
        "the key '50%25' stands twice; the last one counts"
    )


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_no_control_code_of_cards_and_files_reaches_the_output(tmp_path: Path, form: str) -> None:
    (tmp_path / "a\x1b[31m\x9b\u202e.md").write_bytes(hostile_card() + b"\n---\x1b[2J: [\n")
    (tmp_path / "b.md").write_bytes(b'---\nlicense: mit\n"\\x1b[2J\\x9b": a\n"\\x1b[2J\\x9b": a\n---\n')
    out = cardtui("check", tmp_path, "--format", form, "--min-severity", "info").out
    assert out.count("duplicate-key") == 1
    assert {hex(ord(c)) for c in out if (ord(c) < 0x20 and c != "\n") or 0x7F <= ord(c) <= 0x9F} == set()
    assert "\u202e" not in out


# Colour and ends


def test_colour_is_for_terminals(folder: Path) -> None:
    plain = cardtui("check", folder).out
    assert "\x1b" not in plain
    coloured = on_terminal("check", folder)
    assert coloured.code == 1
    assert SGR.search(coloured.out)
    assert SGR.sub("", coloured.out) == plain
    assert "\x1b" not in on_terminal("check", folder, env={"NO_COLOR": "1"}).out


def test_a_reader_that_goes_early_is_no_error(tmp_path: Path) -> None:
    for number in range(3000):
        (tmp_path / f"{number}.md").write_bytes(FILES["warning.md"])
    ended = closed_early("check", tmp_path)
    assert b"duplicate-key" in ended.stdout
    assert (ended.returncode, ended.stderr) == (1, b"")


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_cards_are_not_clean_because_nobody_reads_what_is_wrong_with_them(folder: Path, form: str) -> None:
    assert unread("check", folder, "--format", form) == (1, b"")
    assert unread("check", CLEAN, "--format", form) == (0, b"")


def test_nothing_readable_stays_wrong_use_when_nobody_reads_it(tmp_path: Path) -> None:
    (tmp_path / "note.md").write_bytes(b"# Shopping\n")
    code, talk = unread("check", tmp_path, "--min-severity", "info")
    assert (code, talk.count(b"\n")) == (2, 1)
