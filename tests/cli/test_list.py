"""``cardtui list``: a line for each card."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import stated
from tests.cli.making import C1, HOSTILE, MARKUP, hostile_card, plain_card
from tests.cli.running import SGR, cardtui, environment, on_terminal
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
