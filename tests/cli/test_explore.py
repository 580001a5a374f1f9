"""``cardtui [PATH …]``: the explorer, and why it does not open."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import stated
from tests.cli.making import plain_card
from tests.cli.running import Ended, cardtui, on_terminal

SWEEP = stated.SAMPLES / "helpdesk-sweep"


def assert_one_sentence(ended: Ended) -> None:
    """Whether it ended with status 2 and one sentence on standard error."""
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.count("\n") == 1
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("paths", [(), (SWEEP,), (SWEEP, stated.SAMPLES), ("-",)], ids=["none", "one", "two", "stdin"])
def test_without_a_terminal_it_names_the_command_for_scripts(paths: tuple[str | Path, ...]) -> None:
    ended = cardtui(*paths)
    assert_one_sentence(ended)
    assert "no terminal" in ended.err
    assert "list" in ended.err


def test_a_path_that_is_not_there_is_named() -> None:
    ended = cardtui("nosuchfolder")
    assert_one_sentence(ended)
    assert "nosuchfolder: no such file or folder" in ended.err


def test_a_path_that_is_not_there_is_named_on_a_terminal_too() -> None:
    ended = on_terminal("nosuchfolder")
    assert ended.code == 2
    assert ended.out == "cardtui: nosuchfolder: no such file or folder\n"


def test_one_of_several_paths_that_is_not_there_is_named() -> None:
    ended = cardtui(SWEEP, "nosuchfolder")
    assert_one_sentence(ended)
    assert "nosuchfolder" in ended.err


@pytest.mark.parametrize("name", ["list", "show", "export", "check"])
def test_a_folder_with_the_name_of_a_command_is_opened_with_a_dot(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "run.md").write_text(plain_card())
    ended = cardtui(f"./{name}", cwd=tmp_path)
    assert_one_sentence(ended)
    assert "no terminal" in ended.err


def test_an_unknown_option_ends_with_2() -> None:
    ended = cardtui("--nosuch")
    assert (ended.code, ended.out) == (2, "")
    assert "--nosuch" in ended.err
    assert "Traceback" not in ended.err


def test_it_opens_on_a_terminal_and_q_quits() -> None:
    ended = on_terminal(SWEEP, keys=[("0.8692", "q")])
    assert ended.code == 0
    assert "roberta-base-helpdesk" in ended.out
    assert ended.out.rstrip().endswith("\x1b[?25h") or "\x1b[?1049l" in ended.out


def test_ctrl_c_quits_with_130() -> None:
    assert on_terminal(SWEEP, keys=[("0.8692", "\x03")]).code == 130


def test_a_folder_without_cards_opens_and_says_so(tmp_path: Path) -> None:
    ended = on_terminal(tmp_path, keys=[("No cards", "q")])
    assert ended.code == 0


def test_a_card_on_standard_input_needs_a_terminal_for_the_keys() -> None:
    ended = on_terminal("-", stdin=plain_card().encode())
    assert ended.code == 2
    assert "there is no terminal to take keys from" in ended.out
    assert "Traceback" not in ended.out
