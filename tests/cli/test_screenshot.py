"""``cardtui screenshot``: pictures of the app without a terminal."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.cli.running import COMMAND, ROOT, cardtui, environment, on_terminal

SAMPLES = ROOT / "sample_cards"
SWEEP = SAMPLES / "helpdesk-sweep"


def shot(folder: Path, *arguments: str | Path, name: str = "shot.txt", **others: str) -> str:
    """What the screen says."""
    done = cardtui("screenshot", *arguments, "-o", folder / name, env=others)
    assert (done.code, done.out, done.err) == (0, "", "")
    return (folder / name).read_text()


@pytest.mark.parametrize("kind", ["svg", "png", "html"])
def test_the_same_folder_gives_the_same_bytes(kind: str, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert cardtui("screenshot", SAMPLES, "-o", tmp_path / f"{name}.{kind}", "--press", "t").code == 0
    assert (tmp_path / f"one.{kind}").read_bytes() == (tmp_path / f"two.{kind}").read_bytes()


def test_neither_terminal_nor_locale_change_it(tmp_path: Path) -> None:
    usual = shot(tmp_path, SWEEP, name="a.svg")
    strange = {"NO_COLOR": "1", "TERM": "dumb", "LC_ALL": "C", "COLUMNS": "40", "LINES": "10"}
    assert shot(tmp_path, SWEEP, name="b.svg", **strange) == usual


def test_it_is_the_explorer_with_a_card_and_its_curves(tmp_path: Path) -> None:
    text = shot(tmp_path, SWEEP)
    lines = text.splitlines()
    assert len(lines) == 40
    assert max(map(len, lines)) <= 120
    assert "helpdesk-sweep · 4 cards" in lines[0]
    for words in ("reported results are row 4 of 4", "validation loss  0.6344", "epoch"):
        assert words in text


def test_a_card_on_standard_input(tmp_path: Path) -> None:
    card = (SWEEP / "run-1" / "README.md").read_bytes()
    assert cardtui("screenshot", "-", "-o", tmp_path / "x.txt", stdin=card).code == 0
    assert "standard input · 1 card" in (tmp_path / "x.txt").read_text()


def test_size(tmp_path: Path) -> None:
    lines = shot(tmp_path, SWEEP, "--size", "200x60").splitlines()
    assert (len(lines), max(map(len, lines))) == (60, 200)


def test_theme(tmp_path: Path) -> None:
    assert 'fill="#fbfbf9"' in shot(tmp_path, SWEEP, "--theme", "light", name="x.svg")


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ("t", ["runs helpdesk-sweep", "sorted by Accuracy"]),
        ("Space j d", ["compare", "is better on Loss"]),
        ('f "bs64"', ["filter: bs64", "lr1e-5-bs64"]),
        ("?", ["Keys among the cards", "Keys everywhere"]),
        ("↓ PgDn End", ["lr3e-5-bs32-seed7"]),
    ],
)
def test_keys_are_pressed_first(keys: str, words: list[str], tmp_path: Path) -> None:
    text = shot(tmp_path, SWEEP, "--press", keys)
    assert [word for word in words if word not in text] == []


def test_an_editor_is_not_opened_where_there_is_no_terminal(tmp_path: Path) -> None:
    text = shot(tmp_path, SWEEP, "--press", "e", EDITOR=f"touch {tmp_path}/opened")
    assert "There is no terminal for an editor." in text
    assert not (tmp_path / "opened").exists()


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["-o", "x.gif"], "x.gif: only .svg, .png, .txt and .html files can be written"),
        (["-o", "x.svg", "--size", "big"], "big: a size is columns and lines, such as 100x24"),
        (["-o", "x.svg", "--size", "9x9"], "9x9: between 20x5 and 400x200 columns and lines can be drawn"),
        (["-o", "x.svg", "--theme", "pink"], "pink: no such theme; there are dark, light"),
        (["-o", "x.svg", "--press", "t Entre"], "--press: no key is called Entre"),
        (["-o", "x.svg", "--press", "t q q"], "--press: these keys end the app; there is no screen left"),
        (["-o", "gone/x.svg"], "gone/x.svg: no such file or folder"),
    ],
)
def test_what_cannot_be_drawn_is_said_and_nothing_is_written(arguments: list[str], reason: str, tmp_path: Path) -> None:
    done = cardtui("screenshot", SWEEP, *arguments, cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"cardtui: {reason}")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    done = cardtui("screenshot", tmp_path / "none", "-o", tmp_path / "x.svg")
    assert (done.code, done.err) == (2, f"cardtui: {tmp_path}/none: no such file or folder\n")


def test_the_index_changes_nothing(tmp_path: Path) -> None:
    cold = shot(tmp_path, SAMPLES, "--press", "t")
    env = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    assert shot(tmp_path, SAMPLES, "--press", "t", **env) == cold
    assert shot(tmp_path, SAMPLES, "--press", "t", **env) == cold


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=str)
def test_an_interrupt_ends_the_wait_for_a_large_folder(tmp_path: Path, number: signal.Signals, code: int) -> None:
    asked = tmp_path / "asked"
    endless = f"import tui.app as a\na.CardtuiApp.is_still = property(lambda _: open({str(asked)!r}, 'w').close())"
    (tmp_path / "sitecustomize.py").write_text(endless, encoding="utf-8")
    process = subprocess.Popen(
        [*COMMAND, "screenshot", str(SWEEP), "-o", str(tmp_path / "x.svg")],
        env=environment({"PYTHONPATH": f"{tmp_path}:{ROOT}"}),
        stderr=subprocess.PIPE,
    )
    until = time.monotonic() + 30
    while not asked.exists():
        assert time.monotonic() < until
        time.sleep(0.01)
    process.send_signal(number)
    _, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (code, b"")
    assert not (tmp_path / "x.svg").exists()


def test_a_terminal_is_told_what_is_waited_for(tmp_path: Path) -> None:
    ended = on_terminal("screenshot", SWEEP, "-o", str(tmp_path / "x.svg"))
    assert ended.code == 0
    assert "drawing when every card is read" in ended.out
    assert (tmp_path / "x.svg").exists()
