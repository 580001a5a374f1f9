"""What a PATH may be: a file, a folder, standard input or a pipe that a shell opened; nothing is waited for."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.making import plain_card
from tests.cli.running import Ended, cardtui, environment
from tui.cli import explore
from tui.cli.output import CommandError

COMMANDS = [("show",), ("list",), ("check",), ("export", "-o", "-"), ()]
EVERY_COMMAND = pytest.mark.parametrize("command", COMMANDS, ids=["show", "list", "check", "export", "explorer"])
BASH = shutil.which("bash")


def assert_refused(ended: Ended, name: str) -> None:
    """Whether it ended with status 2 and one sentence that names the path."""
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert f"{name}: neither a file nor a folder" in ended.err


@EVERY_COMMAND
def test_a_pipe_is_refused_and_not_waited_for(command: tuple[str, ...], tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.fifo.md")
    assert_refused(cardtui(*command, "x.fifo.md", cwd=tmp_path), "x.fifo.md")


def test_a_link_to_a_pipe_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "x.md").symlink_to("pipe")
    assert_refused(cardtui("check", "x.md", cwd=tmp_path), "x.md")


@EVERY_COMMAND
def test_a_device_is_refused(command: tuple[str, ...]) -> None:
    assert_refused(cardtui(*command, "/dev/zero"), "/dev/zero")


def test_a_socket_is_refused(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as bound:
        before = Path.cwd()
        os.chdir(tmp_path)  # the address of a socket is short
        try:
            bound.bind("x.md")
        finally:
            os.chdir(before)
        assert_refused(cardtui("check", "x.md", cwd=tmp_path), "x.md")


@pytest.mark.parametrize("name", ["/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"])
def test_standard_input_goes_by_its_names(name: str) -> None:
    if not Path(name).exists():
        pytest.skip("it has no such name here")
    card = plain_card().encode()
    assert cardtui("show", name, stdin=card) == cardtui("show", "-", stdin=card)


@pytest.mark.skipif(not Path("/dev/stdin").exists(), reason="it has no such name here")
def test_standard_input_is_one_card_by_whatever_name() -> None:
    ended = cardtui("diff", "-", "/dev/stdin", stdin=plain_card().encode())
    assert (ended.code, ended.out) == (2, "")
    assert "standard input is one card only" in ended.err


def in_bash(words: str) -> subprocess.CompletedProcess[str]:
    """Run a line of bash."""
    line = words.replace("cardtui", f"{sys.executable} -m tui")
    done = [BASH or "bash", "-c", line]
    return subprocess.run(done, capture_output=True, text=True, env=environment(), timeout=30, check=False)


@pytest.mark.skipif(BASH is None or not Path("/dev/fd").is_dir(), reason="there is no process substitution")
def test_the_pipe_of_a_process_substitution_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(plain_card("in-a-pipe"))
    for command in ("show", "list", "check --min-severity error"):
        ended = in_bash(f"cardtui {command} <(cat {path})")
        assert (ended.returncode, ended.stderr) == (0, "")
        assert ("in-a-pipe" in ended.stdout) == ("check" not in command)


@pytest.mark.skipif(not Path("/dev/fd").is_dir(), reason="pipes have no names")
def test_the_explorer_refuses_a_pipe_since_it_can_be_read_only_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    ours, theirs = os.pipe()
    try:
        with pytest.raises(CommandError, match=f"^/dev/fd/{ours}: a pipe can be read only once"):
            explore.run([f"/dev/fd/{ours}"])
    finally:
        os.close(ours)
        os.close(theirs)
