"""``cardtui diff``: runs beside each other, for people and scripts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import stated
from tests.cards.runs import state
from tests.cli.making import HOSTILE, closed_early, hostile_card, plain_card, unread
from tests.cli.running import SGR, Ended, cardtui, on_terminal, python
from tests.schemas import strict, validator
from tests.shared import needs_seeds, seed

SWEEP = stated.SAMPLES / "helpdesk-sweep"
FORMS = ["text", "json", "markdown", "latex"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two runs of one name in folders, a copy of the first, a file that is no card, and an empty folder."""
    for name, f1 in {"run-1": "0.9123", "run-2": "0.9000", "copy": "0.9123"}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "README.md").write_text(plain_card(f1=f1))
    (tmp_path / "other.md").write_text(plain_card("other", "0.8000"))
    (tmp_path / "notes.md").write_text("# Shopping\n")
    (tmp_path / "empty").mkdir()
    return tmp_path


def refused(ended: Ended, *words: str) -> bool:
    """Whether it ended with status 2 and one sentence that has the words."""
    return (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1) and all(word in ended.err for word in words)


def test_two_runs_are_compared_with_a_verdict() -> None:
    ended = cardtui("diff", SWEEP / "run-3", SWEEP / "run-4" / "README.md")
    assert (ended.code, ended.err) == (0, "")
    lines = [" ".join(line.split()) for line in ended.out.splitlines()]
    assert lines[0].startswith("roberta-base-helpdesk-routing-lr2e-5-bs32 is better on Loss, Accuracy, F1")
    assert "Accuracy 0.8993 ◂ 0.8692 −0.0301" in lines
    assert "learning_rate 2e-05 3e-05 +1e-05" in lines
    assert not any(line.startswith("num_epochs") for line in lines)


def test_everything_is_printed_where_it_is_asked_for() -> None:
    ended = cardtui("diff", SWEEP / "run-3", SWEEP / "run-4", "--all")
    assert any(line.split() == ["num_epochs", "5", "5"] for line in ended.out.splitlines())


def test_three_runs_have_a_column_each() -> None:
    ended = cardtui("diff", *(SWEEP / f"run-{i}" for i in (1, 2, 3)))
    assert ended.code == 0
    assert any(line.split() == ["Accuracy", "0.8424", "0.8335", "◆", "0.8993"] for line in ended.out.splitlines())


@needs_seeds
def test_runs_that_do_not_compare_have_a_reason_and_no_winner() -> None:
    ended = cardtui("diff", seed("000"), seed("002"))
    assert ended.code == 0
    assert ended.out.startswith("▲ Same dataset name, other config: en against all_languages.")
    assert "better" not in ended.out


@pytest.mark.parametrize(("options", "f1"), [([], "0.9123"), (["--best"], "0.9500"), (["--last"], "0.9123")])
def test_the_value_that_is_compared_can_be_chosen(folder: Path, options: list[str], f1: str) -> None:
    card = folder / "run-1" / "README.md"
    card.write_text(card.read_text().replace("| 0.8000 |", "| 0.9500 |"))
    ended = cardtui("diff", "run-1", "other.md", *options, cwd=folder)
    (line,) = [line for line in ended.out.splitlines() if line.startswith("  F1 ")]
    assert line.split()[1] == f1
    assert (f"({(options or ['--reported'])[0].removeprefix('--')} values)") in ended.out


def test_runs_of_one_name_are_told_apart_by_folder_or_file(folder: Path) -> None:
    (folder / "run-2.md").write_text(plain_card(f1="0.9000"))
    ended = cardtui("diff", "run-1", "run-2/README.md", "run-2.md", cwd=folder)
    assert ended.out.startswith("a-run (run-1) is best on F1")
    assert "C a-run (run-2.md)" in ended.out
    here = cardtui("diff", ".", "../copy", "--all", cwd=folder / "run-1").out
    assert "A a-run (run-1)" in here
    assert "B a-run (copy)" in here


# Exit status


def test_differences_end_with_1_where_that_is_asked_for(folder: Path) -> None:
    assert cardtui("diff", "run-1", "run-2", cwd=folder).code == 0
    assert cardtui("diff", "run-1", "run-2", "--exit-code", cwd=folder).code == 1
    assert cardtui("diff", "run-1", "run-2", "copy", "--exit-code", "--format", "json", cwd=folder).code == 1


@pytest.mark.parametrize("form", ["text", "json"])
def test_differences_end_with_1_though_nobody_reads_them(folder: Path, form: str) -> None:
    runs = [folder / "run-1", folder / "run-2"]
    assert unread("diff", *runs, "--exit-code", "--format", form) == (1, b"")
    assert unread("diff", *runs, "--format", form) == (0, b"")


def test_names_and_paths_are_no_differences(folder: Path) -> None:
    (folder / "renamed.md").write_text(plain_card("renamed"))
    for other in ("run-1", "copy", "renamed.md"):
        assert cardtui("diff", "run-1", other, "--exit-code", cwd=folder).code == 0


@pytest.mark.parametrize("cards", [[], ["run-1"]])
def test_fewer_than_two_cards_are_refused(folder: Path, cards: list[str]) -> None:
    assert refused(cardtui("diff", *cards, cwd=folder), "two cards")


@pytest.mark.parametrize(
    ("card", "word"),
    [("missing.md", "no such file"), ("notes.md", "notes.md"), ("empty", "without a README.md")],
)
@pytest.mark.parametrize("form", FORMS)
def test_what_is_no_card_is_refused(folder: Path, card: str, word: str, form: str) -> None:
    assert refused(cardtui("diff", "run-1", card, "--format", form, cwd=folder), card, word)


def test_an_unknown_format_is_refused(folder: Path) -> None:
    assert refused(cardtui("diff", "run-1", "run-2", "--format", "csv", cwd=folder), "latex")


# Where cards are from


def test_standard_input_is_one_card(folder: Path) -> None:
    ended = cardtui("diff", "other.md", "-", cwd=folder, stdin=plain_card().encode())
    assert (ended.code, ended.err) == (0, "")
    assert "B a-run" in ended.out
    assert refused(cardtui("diff", "-", "-", stdin=plain_card().encode()), "once")
    assert refused(cardtui("diff", "other.md", "-", cwd=folder, stdin=b""), "-")


def test_a_run_whose_card_is_not_written_is_compared(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "going").mkdir()
    (tmp_path / "going" / "trainer_state.json").write_text(state())
    ended = cardtui("diff", "run-1", "going", cwd=folder)
    assert (ended.code, ended.err) == (0, "")
    assert "B going" in ended.out


# Formats


def test_json_is_as_the_schema_says(folder: Path) -> None:
    value = strict(cardtui("diff", "run-1", "run-2", "--format", "json", cwd=folder).out)
    validator("diff").validate(value)
    assert value["runs"] == [
        {"path": "run-1/README.md", "name": "a-run (run-1)"},
        {"path": "run-2/README.md", "name": "a-run (run-2)"},
    ]
    assert [row["delta"] for row in value["rows"] if row["name"] == "F1"] == [-0.0123]


def test_markdown_and_latex_are_tables_to_paste(folder: Path) -> None:
    markdown = cardtui("diff", "run-1", "run-2", "--format", "markdown", cwd=folder).out
    assert "| F1 | **0.9123** | 0.9000 | −0.0123 |" in markdown
    latex = cardtui("diff", "run-1", "run-2", "--format", "latex", "--all", cwd=folder).out
    assert r"F1 & \textbf{0.9123} & 0.9000 & $-$0.0123 \\" in latex
    assert r"learning\_rate & 3e-05 & 3e-05" in latex


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("env", [{}, {"FORCE_COLOR": "1"}], ids=["plain", "coloured"])
def test_no_control_code_of_a_card_reaches_the_output(tmp_path: Path, form: str, env: dict[str, str]) -> None:
    (tmp_path / "evil.md").write_bytes(hostile_card())
    (tmp_path / "fine.md").write_text(plain_card())
    ended = cardtui("diff", tmp_path / "evil.md", tmp_path / "fine.md", "--all", "--format", form, env=env)
    assert ended.code == 0
    out = SGR.sub("", ended.out)
    assert {hex(ord(c)) for c in out if (ord(c) < 0x20 and c != "\n") or 0x7F <= ord(c) <= 0x9F} == set()
    assert [mark for mark in "\u202e\u2066\u200f" if mark in out] == []
    assert HOSTILE not in out


def test_a_terminal_gets_colour_and_its_own_width_and_programs_do_not() -> None:
    shown = on_terminal("diff", SWEEP / "run-3", SWEEP / "run-4", size=(80, 30)).out
    assert "\x1b[" in shown
    lines = SGR.sub("", shown).splitlines()
    assert max(map(len, lines)) <= 80
    assert any("…" in line for line in lines)
    piped = cardtui("diff", SWEEP / "run-3", SWEEP / "run-4").out
    assert "\x1b" not in piped
    assert "…" not in piped


def test_a_closed_pipe_is_quiet() -> None:
    done = closed_early("diff", SWEEP / "run-3", SWEEP / "run-4", "--format", "json")
    assert (done.returncode, done.stderr) == (0, b"")


def test_no_toolkit_is_loaded_off_a_terminal() -> None:
    code = (
        "import sys\nfrom tui.cli.diff import run\nrun(sys.argv[1:])\n"
        "print(sorted({'textual', 'rich', 'plotext', 'markdown_it'} & {m.partition('.')[0] for m in sys.modules}), "
        "file=sys.stderr)"
    )
    assert python(code, SWEEP / "run-3", stated.SAMPLES / "lease-clauses").err == "[]\n"


def test_the_help_has_an_example() -> None:
    assert "Example: cardtui diff runs/run-3 runs/run-4 --best" in cardtui("diff", "--help").out


def test_best_and_last_cannot_both_be_compared() -> None:
    ended = cardtui("diff", SWEEP / "run-3", SWEEP / "run-4", "--best", "--last")
    assert (ended.code, ended.out) == (2, "")
    assert "--best and --last" in ended.err
