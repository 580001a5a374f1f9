"""Tab in real shells: what ``cardtui completion`` prints completes commands, options, names and files."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import COMMAND, ROOT, cardtui, environment

SHELLS = {
    "bash": ["bash", "--norc", "--noprofile", "-i"],
    "zsh": ["zsh", "-f", "-i"],
    "fish": ["fish", "--no-config", "--interactive"],
}
READ = {
    "bash": 'eval "$(cardtui completion bash)"',
    "zsh": 'autoload -U compinit; compinit -u -d "$HOME/.dump"; eval "$(cardtui completion zsh)"',
    "fish": "cardtui completion fish | source",
}
_AT_TERMINAL = """
import fcntl, os, sys, termios
os.setsid()
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execvp(sys.argv[1], sys.argv[1:])
"""
"""Makes standard input the terminal of a new session, without which fish does not start."""

_PATIENCE = 20.0
_SEQUENCE = re.compile(r"\x1b(?:\][^\x07\x1b]*(?:\x07|\x1b\\)|[\[(=>][0-9;?<>=]*[A-Za-z]?|.)")


class Shell:
    """A shell on a terminal, with the completion read and ``cardtui`` on its path."""

    def __init__(self, name: str, folder: Path) -> None:
        (folder / "bin").mkdir()
        program = folder / "bin" / "cardtui"
        program.write_text(f'#!/bin/sh\nexec {" ".join(COMMAND)} "$@"\n')
        program.chmod(0o755)
        (folder / "my-cards").mkdir()
        env = environment({"HOME": str(folder), "PS1": "$ ", "PATH": f"{program.parent}:{os.environ['PATH']}"})
        self._terminal, theirs = pty.openpty()
        self._process = subprocess.Popen(
            [sys.executable, "-c", _AT_TERMINAL, *SHELLS[name]],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=env,
            cwd=folder,
        )
        os.close(theirs)

    def read(self, name: str) -> None:
        """Read the completion."""
        self._type(f"{READ[name]}; echo re''ady\r")
        self.shows("ready")

    def _type(self, keys: str) -> None:
        os.write(self._terminal, keys.encode())

    def shows(self, *words: str) -> str:
        """Wait until all words were written since the last call, and give what was."""
        text, end = "", time.monotonic() + _PATIENCE
        while not all(word in text for word in words):
            assert time.monotonic() < end, f"{words} not in {text!r}"
            if select.select([self._terminal], [], [], 0.1)[0]:
                text += _SEQUENCE.sub("", os.read(self._terminal, 65_536).decode(errors="replace"))
            if "\x1b[c" in text:
                self._type("\x1b[?62c")
        return text

    def completes(self, line: str, *words: str) -> None:
        """Type a line and Tab, and wait for words behind it; then take the line away."""
        self._type(line)
        self.shows(line.rpartition(" ")[2])
        self._type("\t")
        self.shows(*words)
        self._type("\x15")

    def end(self) -> None:
        """End the shell."""
        self._process.kill()
        self._process.wait()
        os.close(self._terminal)


@pytest.fixture(params=SHELLS)
def shell(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shell]:
    if not shutil.which(request.param):
        pytest.skip(f"there is no {request.param} here")
    started = Shell(request.param, tmp_path)
    try:
        started.read(request.param)
        yield started
    finally:
        started.end()


def test_commands_options_names_and_files(shell: Shell) -> None:
    shell.completes("cardtui scr", "eenshot")
    shell.completes("cardtui list --for", "mat")
    shell.completes("cardtui list --format mark", "down")
    shell.completes("cardtui check --ignore over", "fitting")
    shell.completes("cardtui list --columns name,warm", "up")
    shell.completes("cardtui show my-", "cards/")
    shell.completes("cardtui my-", "cards/")


@pytest.mark.parametrize("name", SHELLS)
def test_a_script_is_printed_for_each(name: str) -> None:
    done = cardtui("completion", name)
    assert (done.code, done.err) == (0, "")
    assert "_CARDTUI_COMPLETE" in done.out


def test_other_shells_are_named() -> None:
    done = cardtui("completion", "tcsh")
    assert done.code == 2
    assert "'bash', 'zsh', 'fish'" in done.err


def test_completion_needs_no_textual() -> None:
    code = "import sys; sys.argv = ['cardtui', 'completion', 'bash']\nfrom tui.cli.main import run\n"
    code += "try:\n    run()\nexcept SystemExit:\n    print([m for m in ('textual', 'rich') if m in sys.modules])"
    done = subprocess.run(
        [COMMAND[0], "-c", code], capture_output=True, text=True, env=environment(), cwd=ROOT, check=True
    )
    assert done.stdout.endswith("[]\n")
