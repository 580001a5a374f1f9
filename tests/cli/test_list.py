"""``cardtui list``: the runs as a table, those that are asked for, in the order that is asked for."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests import stated
from tests.cli.making import C1, HOSTILE, MARKUP, closed_early, hostile_card, plain_card
from tests.cli.running import COMMAND, SGR, cardtui, environment, on_terminal
from tests.schemas import strict
from tests.shared import SHARED

SEEDS = SHARED / "seeds"
SWEEP = stated.SAMPLES / "helpdesk-sweep"


def line_with(text: str, words: str) -> str:
    """The one line that holds the words."""
    (found,) = (line for line in text.splitlines() if words in line)
    return found


@pytest.fixture(scope="module")
def samples() -> str:
    """The list of the cards that come with the project."""
    ended = cardtui("list", stated.SAMPLES)
    assert (ended.code, ended.err) == (0, "")
    return ended.out


@pytest.mark.parametrize("path", stated.SAMPLE_CARDS, ids=stated.sample_id)
def test_every_card_is_listed_by_name_and_path(samples: str, path: Path) -> None:
    line = line_with(samples, path.relative_to(stated.SAMPLES).as_posix())
    assert stated.card_name(path) in line


@pytest.mark.parametrize(
    ("path", "metric", "value"),
    [
        ("helpdesk-sweep/run-4/README.md", "Accuracy", "0.8692"),
        ("lifeboat-radio/README.md", "Wer", "36.2395"),
        ("shipping-notices/README.md", "Precision", "0.8716"),
        ("lease-clauses/README.md", "Accuracy", "0.7845"),
    ],
)
def test_the_headline_is_the_first_metric_that_the_metadata_names(
    samples: str, path: str, metric: str, value: str
) -> None:
    assert line_with(samples, path).split()[-3:-1] == [metric, value]


@pytest.mark.skipif(not SEEDS.is_dir(), reason="no seed cards here")
@pytest.mark.parametrize("value", ["0.9668", "0.72", "0.7648", "0.5504", "0.95"])
def test_text_files_that_are_cards_are_listed(value: str) -> None:
    ended = cardtui("list", SEEDS)
    assert ended.code == 0
    assert value in ended.out.split()


def test_a_list_has_a_header_and_one_line_a_card(samples: str) -> None:
    header, *lines = samples.splitlines()
    assert header.split() == ["name", "metric", "value", "path"]
    assert len(lines) == len(stated.SAMPLE_CARDS)
    assert header.index("path") == lines[0].index(lines[0].split()[-1])


def test_runs_stand_in_natural_order(tmp_path: Path) -> None:
    for number in (10, 9, 1, 2):
        (tmp_path / f"run-{number}.md").write_text(plain_card(f"run-{number}"))
    lines = cardtui("list", tmp_path).out.splitlines()[1:]
    assert [line.split()[0] for line in lines] == ["run-1", "run-2", "run-9", "run-10"]


def test_the_current_folder_is_listed_without_a_path() -> None:
    ended = cardtui("list", cwd=SWEEP)
    assert ended.code == 0
    assert len(ended.out.splitlines()) == 5


def test_files_folders_and_standard_input_are_listed_together() -> None:
    ended = cardtui(
        "list", SWEEP / "run-1", SWEEP / "run-2" / "README.md", "-", stdin=plain_card("from-stdin").encode()
    )
    assert ended.code == 0
    assert len(ended.out.splitlines()) == 4
    assert "from-stdin" in ended.out


def test_a_file_that_is_no_card_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "run.md").write_text(plain_card())
    (tmp_path / "notes.md").write_text("# Notes\n\nnothing\n")
    ended = cardtui("list", tmp_path)
    assert ended.code == 0
    assert "notes" not in ended.out


def test_a_card_without_results_is_listed_without_a_value(samples: str) -> None:
    assert line_with(samples, "kitchen-bert").split() == ["Kitchen", "BERT", "kitchen-bert/README.md"]


def test_a_card_that_is_too_large_is_listed(tmp_path: Path) -> None:
    (tmp_path / "big.md").write_bytes(plain_card().encode() + b"x" * 5_000_001)
    (tmp_path / "run.md").write_text(plain_card())
    ended = cardtui("list", tmp_path)
    assert ended.code == 0
    assert "big.md" in ended.out + ended.err


@pytest.mark.parametrize("name", ["empty", "missing"])
def test_a_folder_without_cards_and_one_that_is_not_there_are_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    ended = cardtui("list", tmp_path / name)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.count("\n") == 1
    assert name in ended.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_told_and_the_rest_is_listed(tmp_path: Path) -> None:
    (tmp_path / "run.md").write_text(plain_card())
    (tmp_path / "secret.md").write_text(plain_card())
    (tmp_path / "closed").mkdir()
    (tmp_path / "secret.md").chmod(0)
    (tmp_path / "closed").chmod(0)
    ended = cardtui("list", tmp_path)
    (tmp_path / "closed").chmod(0o700)
    assert ended.code == 0
    assert len(ended.out.splitlines()) == 2
    assert [name in ended.err for name in ("secret.md", "closed")] == [True, True]
    assert ended.err.count("permission denied") == 2


def test_a_link_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    (tmp_path / "run.md").write_text(plain_card())
    (tmp_path / "d.md").symlink_to("nowhere")
    ended = cardtui("list", ".", cwd=tmp_path)
    assert (ended.code, ended.err) == (0, "cardtui: d.md: no such file or directory\n")
    assert "run.md" in ended.out


def test_a_file_that_vanishes_is_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / "gone.md").symlink_to(tmp_path / "nowhere.md")
    (tmp_path / "run.md").write_text(plain_card())
    ended = cardtui("list", tmp_path)
    assert ended.code == 0
    assert "0.9123" in ended.out
    assert "Traceback" not in ended.err


# Untrusted text


@pytest.mark.parametrize("env", [{}, {"FORCE_COLOR": "1"}], ids=["plain", "coloured"])
def test_no_control_code_of_names_and_files_reaches_the_output(tmp_path: Path, env: dict[str, str]) -> None:
    folder = tmp_path / f"evil {C1}\x1b[31m"
    folder.mkdir()
    (folder / f"a {HOSTILE.replace('/', '')}.md").write_bytes(hostile_card())
    ended = cardtui("list", tmp_path, env=env)
    text = SGR.sub("", ended.out) if env else ended.out
    assert ended.code == 0
    assert {hex(ord(c)) for c in text if (ord(c) < 0x20 and c != "\n") or 0x7F <= ord(c) <= 0x9F} == set()
    assert "␛[31mred" in text
    assert MARKUP in text


def test_a_file_name_that_is_no_text_is_listed(tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(bytes(tmp_path) + b"/run-\xff.md")).write_text(plain_card("named"))
    except OSError:
        pytest.skip("this file system takes text names only")
    ended = cardtui("list", tmp_path)
    assert (ended.code, ended.err) == (0, "")
    assert "<U+DCFF>" in line_with(ended.out, "named")


# Colour and ends


def test_colour_is_for_terminals() -> None:
    assert "\x1b" not in cardtui("list", SWEEP).out
    assert SGR.search(on_terminal("list", SWEEP).out)
    assert "\x1b" not in on_terminal("list", SWEEP, env={"NO_COLOR": "1"}).out
    coloured = cardtui("list", SWEEP, env={"FORCE_COLOR": "1"}).out
    assert SGR.sub("", coloured) == cardtui("list", SWEEP).out != coloured


def test_head_closes_the_pipe_without_words(tmp_path: Path) -> None:
    for number in range(600):
        (tmp_path / f"{'long-name-' * 12}{number}.md").write_text("---\nlicense: mit\n---\n")
    done = subprocess.run(
        ["bash", "-c", '"$0" -m tui list "$1" | head -1; exit "${PIPESTATUS[0]}"', sys.executable, str(tmp_path)],
        capture_output=True,
        env=environment(),
        timeout=30,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.split() == [b"name", b"metric", b"value", b"path"]


def test_an_unknown_option_ends_with_2() -> None:
    ended = cardtui("list", "--nosuch")
    assert (ended.code, ended.out) == (2, "")
    assert "--nosuch" in ended.err


# Choosing, ordering, columns


def cells(text: str) -> list[list[str]]:
    """The cells of a table, where no cell has blanks in it."""
    return [line.split() for line in text.splitlines()]


def records(*arguments: str | Path) -> list[dict[str, Any]]:
    """What a list says in JSON."""
    ended = cardtui("list", *arguments, "--format", "json")
    assert (ended.code, ended.err) == (0, "")
    rows: list[dict[str, Any]] = strict(ended.out)
    return rows


@pytest.fixture
def sweep(tmp_path: Path) -> Path:
    """Three runs, the last of them without results."""
    for name, f1 in (("run-1", "0.8100"), ("run-10", "0.9300"), ("run-9", "0.9200")):
        (tmp_path / f"{name}.md").write_text(plain_card(name, f1))
    (tmp_path / "run-2.md").write_text("---\nlicense: mit\n---\n# run-2\n")
    return tmp_path


def names_of(*arguments: str | Path) -> list[str]:
    return [row["name"] for row in records(*arguments)]


def test_only_the_cards_that_are_asked_for_are_listed_with_what_was_asked(sweep: Path) -> None:
    ended = cardtui("list", sweep, "--where", "f1>0.9 lr:3e-05 has:lr run")
    assert (ended.code, ended.err) == (0, "")
    assert cells(ended.out) == [
        ["name", "metric", "value", "f1", "lr", "path"],
        ["run-9", "F1", "0.9200", "0.9200", "3e-05", "run-9.md"],
        ["run-10", "F1", "0.9300", "0.9300", "3e-05", "run-10.md"],
    ]


def test_the_best_come_first_and_those_without_a_value_last(sweep: Path) -> None:
    assert names_of(sweep, "--sort", "f1") == ["run-10", "run-9", "run-1", "run-2"]
    assert names_of(sweep, "--sort", "f1", "--reverse") == ["run-1", "run-9", "run-10", "run-2"]
    assert names_of(sweep, "--sort", "best.loss", "--top", "1") == ["run-1"]


def test_losses_come_smallest_first_settings_largest_first_and_texts_in_natural_order(tmp_path: Path) -> None:
    for name, loss, rate in (("b10", "0.3000", "2e-05"), ("a", "nan", "3e-05"), ("b9", "0.2000", "1e-05")):
        text = plain_card(name).replace("- Loss: 0.2500", f"- Loss: {loss}").replace("3e-05", rate)
        (tmp_path / f"{name}.md").write_text(text)
    assert names_of(tmp_path, "--sort", "loss") == ["b9", "b10", "a"]
    assert names_of(tmp_path, "--sort", "loss", "--reverse") == ["b10", "b9", "a"]
    assert names_of(tmp_path, "--sort", "lr") == ["a", "b10", "b9"]
    assert names_of(tmp_path, "--sort", "name") == ["a", "b9", "b10"]
    assert names_of(tmp_path, "--sort", "Name", "--reverse") == ["b10", "b9", "a"]


def test_percentages_are_sorted_among_shares(tmp_path: Path) -> None:
    for name, f1 in (("a", "0.8100"), ("b", "91%"), ("c", "0.9300")):
        (tmp_path / f"{name}.md").write_text(plain_card(name, f1))
    assert names_of(tmp_path, "--sort", "f1") == ["c", "b", "a"]


def test_of_the_headline_runs_of_one_metric_stand_together() -> None:
    rows = records(stated.SAMPLES, "--sort", "value")
    assert [row["metric"] for row in rows] == ["Accuracy"] * 10 + ["Wer", "Precision", None] or [
        row["metric"] for row in rows
    ] == ["Accuracy"] * 10 + ["Precision", "Wer", None]
    accuracies = [row["value"] for row in rows[:10]]
    assert accuracies == sorted(accuracies, reverse=True)


def test_the_worst_findings_come_first() -> None:
    severities = [row["severity"] for row in records(stated.SAMPLES, "--sort", "findings", "--columns", "severity")]
    assert severities[0] == "warning"
    assert severities == sorted(severities, key=["warning", "info", None].index)


def test_the_order_of_the_scan_can_be_turned_round(sweep: Path) -> None:
    assert names_of(sweep, "--reverse") == ["run-10", "run-9", "run-2", "run-1"]
    assert names_of(sweep, "--reverse", "--top", "2") == ["run-10", "run-9"]
    assert names_of(sweep, "--top", "2") == ["run-1", "run-2"]


def test_columns_are_headed_as_typed(sweep: Path) -> None:
    ended = cardtui("list", sweep / "run-1.md", "--columns", "Name,best.F1, lr,", "--columns", "transformers,path,lr")
    assert ended.err == ""
    assert cells(ended.out) == [
        ["Name", "best.F1", "lr", "transformers", "path"],
        ["run-1", "0.8100", "3e-05", "4.46.3", "run-1.md"],
    ]


def test_findings_and_problems_are_columns(tmp_path: Path) -> None:
    (tmp_path / "run.md").write_text(plain_card().replace("| 0.4 | 2.0 | 200 | 0.2500 |", "| 0.4 | 2.0 | 200 |"))
    (row,) = records(tmp_path, "--columns", "findings,problems")
    assert row["problems"] == ["ragged-row"]
    assert "placeholder-sections" not in row["findings"]
    table = cardtui("list", tmp_path, "--columns", "problems").out
    assert table.split() == ["problems", "ragged-row"]


def test_nothing_that_is_asked_for_ends_with_1(sweep: Path) -> None:
    for form in ("table", "jsonl", "markdown", "latex"):
        ended = cardtui("list", sweep, "--where", "f1>0.99", "--format", form)
        assert (ended.code, ended.out) == (1, "")
        assert ended.err == f"cardtui: none of the 4 cards in {sweep} is as asked for: f1>0.99\n"
    assert cardtui("list", sweep, "--where", "f1>0.99", "--format", "json").out == "[]\n"
    assert cardtui("list", sweep, "--where", "f1>0.99", "--format", "csv").out == "name,metric,value,f1,path\n"


def test_a_name_that_no_card_has_is_told_with_those_that_are_near(sweep: Path) -> None:
    ended = cardtui("list", sweep, "--where", "f11>0.5")
    assert ended.code == 1
    assert ended.err.splitlines()[0] == "cardtui: no card has f11; near: f1"
    ended = cardtui("list", sweep, "--where", "-Learning_rat>1", "--sort", "zzz", "--columns", "name,best.f")
    assert ended.code == 0
    assert ended.err.splitlines() == [
        "cardtui: no card has Learning_rat; near: lr",
        "cardtui: no card has zzz",
        "cardtui: no card has best.f; near: best.f1, best.loss",
    ]


def test_a_bad_expression_is_pointed_at_before_anything_is_read() -> None:
    ended = cardtui("list", "nosuch", "--where", "lr<1 f1>high name:x")
    assert (ended.code, ended.out) == (2, "")
    sentence, text, marks = ended.err.splitlines()
    assert sentence.startswith("cardtui: high is no number")
    assert text[marks.index("^") : marks.rindex("^") + 1] == "high"


def test_an_expression_is_shown_without_control_codes() -> None:
    ended = cardtui("list", ".", "--where", "\x1b[31m漢字:x f1>\x1b[2J")
    _, text, marks = ended.err.splitlines()
    assert "\x1b" not in ended.err
    assert marks == f"cardtui:   {' ' * len('␛[31mXXXX:x f1>')}{'^' * len('␛[2J')}"
    assert text.endswith("f1>␛[2J")


@pytest.mark.parametrize("arguments", [("--top", "0"), ("--top", "x"), ("--columns", ","), ("--format", "xml")])
def test_wrong_use_ends_with_2(arguments: tuple[str, str]) -> None:
    ended = cardtui("list", SWEEP, *arguments)
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)


def test_estimates_are_marked_for_people_and_numbers_for_programs(sweep: Path) -> None:
    arguments = ("list", sweep / "run-1.md", "--columns", "examples,steps_per_epoch", "--format")
    assert cardtui(*arguments, "table").out.splitlines()[1].split() == ["≈", "800", "≈", "100"]
    assert "| ≈ 800 | ≈ 100 |" in cardtui(*arguments, "markdown").out
    assert cardtui(*arguments, "csv").out == "examples,steps_per_epoch\n800,100\n"
    assert strict(cardtui(*arguments, "jsonl").out) == {"examples": 800.0, "steps_per_epoch": 100.0}


# Formats


FORMATS = ["table", "json", "jsonl", "csv", "markdown", "latex"]


def test_every_format_has_the_same_rows(sweep: Path) -> None:
    arguments = ("list", sweep, "--where", "f1>0.9", "--columns", "name,f1,license,path", "--format")
    out = {form: cardtui(*arguments, form).out for form in FORMATS}
    wanted = [
        {"name": "run-9", "f1": 0.92, "license": "mit", "path": "run-9.md"},
        {"name": "run-10", "f1": 0.93, "license": "mit", "path": "run-10.md"},
    ]
    assert strict(out["json"]) == wanted
    assert [strict(line) for line in out["jsonl"].splitlines()] == wanted
    texts = [
        ["name", "f1", "license", "path"],
        ["run-9", "0.9200", "mit", "run-9.md"],
        ["run-10", "0.9300", "mit", "run-10.md"],
    ]
    assert list(csv.reader(io.StringIO(out["csv"]))) == texts
    assert cells(out["table"]) == texts
    markdown = [[cell.strip() for cell in line.strip("|").split("|")] for line in out["markdown"].splitlines()]
    assert [markdown[0], *markdown[2:]] == texts
    assert set("".join(markdown[1])) == {"-"}
    rows = [line.removesuffix(r" \\").split(" & ") for line in out["latex"].splitlines() if line.endswith(r"\\")]
    assert rows == texts
    assert r"\begin{tabular}{lrll}" in out["latex"]


def test_numbers_of_json_are_numbers_and_what_is_none_is_null(tmp_path: Path) -> None:
    text = plain_card("run", "93.4%").replace("- Loss: 0.2500", "- Loss: nan")
    (tmp_path / "run.md").write_text(text)
    (row,) = records(tmp_path, "--columns", "f1,loss,lr,transformers,base,findings,path,license,metric,value")
    assert (row["f1"], row["loss"], row["lr"], row["transformers"]) == (0.934, None, 3e-05, "4.46.3")
    assert row["value"] == 0.934


@pytest.mark.parametrize("text", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "-2 #x", '=HYPERLINK("x")'])
def test_no_text_of_csv_is_a_formula(tmp_path: Path, text: str) -> None:
    quoted = text.replace('"', '\\"')
    (tmp_path / "run.md").write_text(f'---\nlicense: "{quoted}"\ntags:\n- generated_from_trainer\n---\n# {text}\n')
    ended = cardtui("list", tmp_path, "--columns", "name,license", "--format", "csv")
    (_, row) = csv.reader(io.StringIO(ended.out))
    assert row == [f"'{text}", f"'{text}"]


def test_numbers_of_csv_are_as_printed(tmp_path: Path) -> None:
    for number, f1 in enumerate(("-0.5", "-1e-05", "-inf", "+0.25", "-.5")):
        (tmp_path / f"{number}.md").write_text(plain_card(f1=f1))
    ended = cardtui("list", tmp_path, "--columns", "f1", "--format", "csv")
    assert ended.out.split() == ["f1", "-0.5", "-1e-05", "-inf", "+0.25", "-.5"]


@pytest.mark.parametrize("form", FORMATS)
def test_a_hostile_card_reaches_no_format(tmp_path: Path, form: str) -> None:
    (tmp_path / f"a {HOSTILE.replace('/', '')}\n.md").write_bytes(hostile_card())
    columns = f"name,path,dataset,base,license,findings,problems,headline,metric,\x1b[1m{C1}"
    ended = cardtui("list", tmp_path, "--columns", columns, "--format", form)
    assert ended.code == 0
    assert {hex(ord(c)) for c in ended.out + ended.err if (ord(c) < 0x20 and c != "\n") or 0x7F <= ord(c) <= 0x9F} == (
        set()
    )


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_rows_are_written_as_they_are_found(tmp_path: Path, form: str) -> None:
    (tmp_path / "a.md").write_text(plain_card())
    (tmp_path / "b").mkdir()
    process = subprocess.Popen(
        [*COMMAND, "list", str(tmp_path / "a.md"), "-", "--format", form],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(),
    )
    assert process.stdin is not None
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(2 if form == "csv" else 1)]  # while the next card is awaited
    assert b"0.9123" in lines[-1]
    process.communicate(plain_card("second").encode(), timeout=20)
    assert process.returncode == 0


def test_the_first_rows_need_no_more_to_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(plain_card())
    process = subprocess.Popen(
        [*COMMAND, "list", str(tmp_path / "a.md"), "-", "--top", "1"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(),
    )
    assert process.stdout is not None
    assert b"0.9123" in process.stdout.read()  # while standard input is open
    assert process.wait(20) == 0
    assert process.stdin is not None
    process.stdin.close()
    process.stdout.close()


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_a_reader_of_rows_that_goes_early_is_no_error(tmp_path: Path, form: str) -> None:
    for number in range(300):
        (tmp_path / f"{number}.md").write_text(plain_card())
    ended = closed_early("list", tmp_path, "--format", form)
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert ended.stdout.count(b"\n") == 1


# On a terminal


def test_texts_are_shortened_to_the_terminal_and_told_apart() -> None:
    out = on_terminal("list", SWEEP, size=(70, 30), env={"NO_COLOR": "1"}).out
    header, *rows = out.splitlines()
    assert max(map(len, rows)) <= 70
    assert len({row.split()[0] for row in rows}) == 4
    assert [row.split()[2] for row in rows] == ["0.8424", "0.8335", "0.8993", "0.8692"]
    assert header.split() == ["name", "metric", "value", "path"]
    assert on_terminal("list", SWEEP, size=(200, 30), env={"NO_COLOR": "1"}).out == cardtui("list", SWEEP).out


def test_what_was_read_is_remembered_unless_that_is_not_wanted(tmp_path: Path, own_folders: Path) -> None:
    folder = tmp_path / "cards"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number}.md").write_text(plain_card(f"run-{number}"))
        os.utime(folder / f"{number}.md", (1_700_000_000, 1_700_000_000))
    index = own_folders / "cache" / "cardtui" / "index.sqlite3"
    assert cardtui("list", "--no-cache", folder).code == 0
    assert not index.exists()
    first = cardtui("list", folder)
    assert index.exists()
    assert cardtui("list", folder).out == first.out


@pytest.mark.parametrize("command", ["show", "list", "check", "plot", "export"])
def test_every_command_takes_the_option_that_leaves_the_index_alone(command: str, tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text(plain_card())
    more = ["-o", "-"] if command == "export" else []
    assert cardtui(command, "--no-cache", tmp_path / "x.md", *more).code in {0, 1}
