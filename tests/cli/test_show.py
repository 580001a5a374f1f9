"""``cardtui show``: one card as text."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest

from tests import stated
from tests.cards.runs import state
from tests.cli.making import HOSTILE, MARKUP, closed_early, hostile_card, plain_card, unread
from tests.cli.running import COMMAND, SGR, Ended, cardtui, environment, on_terminal, python
from tests.shared import SHARED

SEEDS = sorted((SHARED / "seeds").glob("*.txt")) if (SHARED / "seeds").is_dir() else []
CARDS = [*stated.SAMPLE_CARDS, *SEEDS]
RUN = stated.SAMPLES / "helpdesk-sweep" / "run-4" / "README.md"
BROKEN = stated.SAMPLES / "shipping-notices" / "README.md"

not_as_root = pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")


def assert_refused(ended: Ended, name: str) -> None:
    """Whether the command ended with status 2 and one sentence that names the file."""
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.count("\n") == 1
    assert name in ended.err
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("path", CARDS, ids=stated.sample_id)
def test_everything_that_a_card_states_is_printed(path: Path) -> None:
    ended = cardtui("show", path)
    assert (ended.code, ended.err) == (0, "")
    assert "\x1b" not in ended.out
    assert stated.card_name(path) in ended.out
    lines = [" ".join(line.split()) for line in ended.out.splitlines()]
    for name, value in stated.results(path):
        assert any(line.startswith(f"{name} {value}") for line in lines)
    for name, value in stated.hyperparameters(path):
        assert f"{name} {' '.join(value.split())}" in lines
    for row in stated.history(path):
        assert any(line.startswith(" ".join(" ".join(row).split())) for line in lines)


@pytest.mark.skipif(not SEEDS, reason="no seed cards here")
def test_there_are_cards_to_show() -> None:
    assert len(SEEDS) == 5
    assert all(stated.results(path) and stated.history(path) for path in SEEDS)


def test_a_folder_stands_for_its_readme() -> None:
    assert cardtui("show", RUN.parent) == cardtui("show", RUN)


def test_a_card_is_read_from_standard_input() -> None:
    ended = cardtui("show", "-", stdin=plain_card().encode())
    assert (ended.code, ended.err) == (0, "")
    assert "a-run" in ended.out
    assert "0.9123" in ended.out


def test_standard_input_without_a_card_is_refused() -> None:
    ended = cardtui("show", "-", stdin=b"")
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)


def test_a_pipe_is_neither_wrapped_nor_cut(tmp_path: Path) -> None:
    value = "word " * 500
    path = tmp_path / "a.md"
    path.write_text(plain_card().replace("- train_batch_size: 8", f"- note: {value}"))
    assert " ".join(value.split()) in cardtui("show", path, env={"COLUMNS": "40"}).out


def test_the_prose_of_a_pipe_is_its_markdown() -> None:
    ended = cardtui("show", stated.SAMPLES / "kitchen-bert" / "README.md")
    assert "that it knows what a *roux* is" in ended.out
    assert "```python" in ended.out
    assert "[MASK]" in ended.out


# Problems


def test_the_problems_of_a_broken_card_are_printed_with_their_lines() -> None:
    ended = cardtui("show", BROKEN)
    assert ended.code == 0
    problems = [line for line in ended.out.splitlines() if line.lstrip().startswith("×")]
    assert any(f"line {stated.line_of(BROKEN, '0.9713')}:" in line for line in problems)
    indented = stated.line_of(BROKEN, "        type: recall")
    assert any(f"line {number}:" in line for line in problems for number in (indented - 1, indented))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.md", b""),
        ("binary.md", bytes(range(256)) * 40),
        ("too-large.md", plain_card().encode() + b"x" * 5_000_001),
        ("shopping.md", b"# Shopping\n\n- eggs\n"),
    ],
    ids=["empty", "binary", "too large", "no card"],
)
def test_a_file_that_is_no_readable_card_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert_refused(cardtui("show", tmp_path / name), name)


def test_a_file_that_is_too_large_is_said_to_be(tmp_path: Path) -> None:
    (tmp_path / "big.md").write_bytes(plain_card().encode() + b"x" * 5_000_001)
    ended = cardtui("show", tmp_path / "big.md")
    assert "5 MB" in ended.out + ended.err


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert_refused(cardtui("show", tmp_path / "missing.md"), "missing.md")


def test_a_missing_file_with_escapes_in_its_name_is_refused_in_print(tmp_path: Path) -> None:
    ended = cardtui("show", tmp_path / "a\x1b[31m\nb.md")
    assert_refused(ended, "␛[31m")
    assert "\x1b" not in ended.err


@pytest.mark.parametrize("file", ["README.md", "trainer_state.json", "checkpoint-200/trainer_state.json"])
def test_the_path_of_a_folders_card_is_the_one_that_lists_tell(tmp_path: Path, file: str) -> None:
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text(plain_card() if file.endswith(".md") else state())
    shown, listed = cardtui("show", tmp_path).out.split("\n")[0], cardtui("list", tmp_path).out.split("\n")[1]
    assert shown.split()[-1] == listed.split()[-1] == file


@pytest.mark.parametrize("file", ["run/trainer_state.json", "run/checkpoint-200/trainer_state.json"])
@pytest.mark.parametrize("inside", [False, True], ids=["folder", "file"])
def test_a_run_without_a_card_is_shown(tmp_path: Path, file: str, inside: bool) -> None:
    path = tmp_path / file
    path.parent.mkdir(parents=True)
    path.write_text(state())
    ended = cardtui("show", path if inside else tmp_path / "run")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("run ")
    assert "0.6625709533691406" in ended.out


def test_a_readme_goes_before_the_state_of_a_run(tmp_path: Path) -> None:
    (tmp_path / "trainer_state.json").write_text(state())
    (tmp_path / "readme.markdown").write_text(plain_card())
    assert cardtui("show", tmp_path).out.startswith("a-run ")


def test_a_broken_state_costs_its_card_nothing(tmp_path: Path) -> None:
    (tmp_path / "trainer_state.json").write_text(state()[:700])
    (tmp_path / "README.md").write_text(plain_card())
    ended = cardtui("show", tmp_path)
    assert (ended.code, ended.err) == (0, "")
    assert "0.9123" in ended.out
    assert "trainer_state.json, line" in ended.out


def test_the_help_says_that_the_folder_of_a_run_will_do() -> None:
    assert "a folder with a README.md or of a run (a trainer_state.json" in " ".join(
        cardtui("show", "--help").out.split()
    )


def test_a_folder_without_readme_is_refused(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    assert_refused(cardtui("show", tmp_path / "inner"), "inner")


def test_a_name_with_a_nul_is_refused() -> None:
    ended = python("import sys; sys.argv = ['cardtui', 'show', 'a\\0b']; from tui.cli.main import run; run()")
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert "Traceback" not in ended.err
    assert "\0" not in ended.err


def test_a_link_to_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "loop.md").symlink_to("loop.md")
    assert_refused(cardtui("show", tmp_path / "loop.md"), "loop.md")


@not_as_root
def test_a_file_without_read_permission_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret.md"
    path.write_text(plain_card())
    path.chmod(0)
    ended = cardtui("show", path)
    assert_refused(ended, "secret.md")
    assert "permission denied" in ended.err


@not_as_root
def test_a_folder_without_permission_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "secret"
    folder.mkdir()
    folder.chmod(0)
    try:
        assert_refused(cardtui("show", folder), "secret")
        assert_refused(cardtui("show", folder / "README.md"), "secret")
    finally:
        folder.chmod(0o700)


def test_a_readme_that_is_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "run" / "README.md").mkdir(parents=True)
    assert_refused(cardtui("show", tmp_path / "run"), "run")


# Colour


@pytest.mark.parametrize("term", ["xterm-256color", "dumb", ""])
def test_colour_can_be_forced_into_a_pipe(term: str) -> None:
    plain, coloured = cardtui("show", RUN), cardtui("show", RUN, env={"FORCE_COLOR": "1", "TERM": term})
    assert coloured.code == 0
    assert SGR.search(coloured.out)
    assert SGR.sub("", coloured.out) == plain.out


def test_a_terminal_gets_colour() -> None:
    ended = on_terminal("show", RUN)
    assert ended.code == 0
    assert SGR.search(ended.out)
    assert "\x1b" not in SGR.sub("", ended.out)


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=["NO_COLOR", "dumb"])
def test_a_terminal_without_colour_gets_none(env: dict[str, str]) -> None:
    ended = on_terminal("show", RUN, env=env)
    assert ended.code == 0
    assert "\x1b" not in ended.out
    assert "0.8692" in ended.out


@pytest.mark.parametrize("columns", [54, 100])
def test_text_is_wrapped_on_a_terminal(tmp_path: Path, columns: int) -> None:
    path = tmp_path / "a.md"
    path.write_text("---\nlicense: mit\n---\n\n# Notes\n\n## Use\n\n" + "many words " * 60 + "\n\n- item\n")
    ended = on_terminal("show", path, size=(columns, 30), env={"NO_COLOR": "1"})
    assert columns - 12 < max(map(len, ended.out.splitlines())) <= columns
    assert "• item" in ended.out


def test_the_best_values_are_marked_on_a_terminal_and_not_in_a_pipe() -> None:
    assert "◆" in on_terminal("show", RUN).out
    assert "◆" not in cardtui("show", RUN).out


# Untrusted text


@pytest.mark.parametrize("env", [{}, {"FORCE_COLOR": "1"}], ids=["plain", "coloured"])
def test_no_control_code_of_a_card_reaches_the_output(tmp_path: Path, env: dict[str, str]) -> None:
    (tmp_path / "evil.md").write_bytes(hostile_card())
    ended = cardtui("show", tmp_path / "evil.md", env=env)
    assert (ended.code, ended.err) == (0, "")
    text = SGR.sub("", ended.out) if env else ended.out
    bad = {hex(ord(c)) for c in text if (ord(c) < 0x20 and c != "\n") or 0x7F <= ord(c) <= 0x9F}
    assert bad == set()
    assert [mark for mark in "\u202e\u2066\u200f" if mark in text] == []
    assert text.count("␛[31mred") > 8
    assert text.count("x" * 10_000) >= 4


@pytest.mark.parametrize("env", [{}, {"FORCE_COLOR": "1"}], ids=["plain", "coloured"])
def test_what_looks_like_markup_is_printed_as_it_stands(tmp_path: Path, env: dict[str, str]) -> None:
    (tmp_path / "evil.md").write_bytes(hostile_card())
    text = SGR.sub("", cardtui("show", tmp_path / "evil.md", env=env).out)
    assert text.count(MARKUP) > 8


def test_no_control_code_of_a_card_reaches_a_terminal(tmp_path: Path) -> None:
    (tmp_path / "evil.md").write_bytes(hostile_card())
    ended = on_terminal("show", tmp_path / "evil.md")
    text = SGR.sub("", ended.out)
    assert ended.code == 0
    assert {hex(ord(c)) for c in text if (ord(c) < 0x20 and c != "\n") or 0x7F <= ord(c) <= 0x9F} == set()


def test_the_hostile_card_is_hostile() -> None:
    assert "\x1b]52;" in HOSTILE
    assert hostile_card().count(b"\x1b") > 20


# Ends


def test_a_reader_that_goes_early_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "long.md"
    path.write_text(plain_card() + "\n## Notes\n\n" + "many words\n" * 100_000)
    ended = closed_early("show", path)
    assert b"a-run" in ended.stdout
    assert (ended.returncode, ended.stderr) == (0, b"")


@pytest.mark.parametrize(
    "arguments", [("show",), ("show", "--format", "json"), ("list",), ("export", "-o", "-")], ids=str
)
def test_without_a_reader_the_other_commands_are_quiet_and_fine(arguments: tuple[str, ...]) -> None:
    assert unread(*arguments, RUN) == (0, b"")


def test_an_output_that_takes_no_unicode_gets_the_card_all_the_same() -> None:
    ended = cardtui("show", RUN, env={"PYTHONIOENCODING": "ascii"})
    assert "Traceback" not in ended.err
    assert ended.code == 0
    assert "0.8692" in ended.out


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full here")
def test_a_full_disk_is_told_in_a_sentence() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, "show", str(RUN)],
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(),
            timeout=30,
            check=False,
        )
    assert done.returncode != 0
    assert b"Traceback" not in done.stderr
    assert b"no space left" in done.stderr.lower()


def test_an_interrupt_ends_with_130_and_no_words() -> None:
    process = subprocess.Popen(
        [*COMMAND, "show", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert process.stdin is not None
    process.stdin.write(b"x" * 500_000)  # more than a pipe holds: once this is written, it is being read
    process.stdin.flush()
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=20)
    assert (process.returncode, errors.strip()) == (130, b"")


@pytest.mark.parametrize("arguments", [(), ("--nosuch", "x"), ("a", "b")], ids=["none", "unknown option", "two"])
def test_wrong_use_ends_with_2(arguments: tuple[str, ...]) -> None:
    ended = cardtui("show", *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert "Traceback" not in ended.err
    assert ended.err
