"""The installed command in a real terminal: tmux runs it, types keys and reads the screen."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

SAMPLES = Path(__file__).parents[2] / "sample_cards"
pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
_PATIENCE = 20.0


class Terminal:
    """A tmux session with one command in it."""

    def __init__(self, folder: Path, socket: Path) -> None:
        self.folder = folder
        self.socket = socket

    def tmux(self, *words: str, check: bool = True) -> str:
        """Run a tmux command on a server of this session's own."""
        done = subprocess.run(["tmux", "-S", str(self.socket), *words], capture_output=True, text=True, check=check)
        return done.stdout

    def start(self, command: str, size: tuple[int, int] = (120, 40)) -> None:
        """Run a shell command in the terminal; the shell tells its exit status and stays."""
        script = f"{command}; echo STATUS $?; exec sleep 60"
        settings = self.folder / "tmux.conf"
        settings.write_text(f"set -g default-size {size[0]}x{size[1]}\n", encoding="utf-8")
        self.tmux("-f", str(settings), "new-session", "-d", "-c", str(self.folder), script)

    def screen(self) -> str:
        """The text on the terminal."""
        return self.tmux("capture-pane", "-p")

    def type(self, *keys: str) -> None:
        """Type keys, by tmux's names."""
        self.tmux("send-keys", *keys)

    def shows(self, *words: str) -> str:
        """Wait until all words are on the terminal, and give its text."""
        return self.until(lambda text: all(word in text for word in words), f"{words} not on the screen")

    def until(self, fits: Callable[[str], bool], complaint: str) -> str:
        """Wait until the terminal's text fits."""
        end = time.monotonic() + _PATIENCE
        while not fits(text := self.screen()):
            assert time.monotonic() < end, f"{complaint}:\n{text}"
            time.sleep(0.05)
        return text

    def process(self) -> int:
        """The process id of the app below the shell."""
        shell = self.tmux("display", "-p", "#{pane_pid}").strip()
        children = Path(f"/proc/{shell}/task/{shell}/children").read_text(encoding="ascii").split()
        return int(children[0])


@contextmanager
def opened(folder: Path) -> Iterator[Terminal]:
    """A terminal that is ended afterwards, whatever happened in it, and of which nothing is left.

    The socket of its server lies in a folder of its own, since tmux leaves it, and in one with a short path.
    """
    with TemporaryDirectory(prefix="cardtui-", ignore_cleanup_errors=True) as place:
        found = Terminal(folder, Path(place, "tmux"))
        try:
            yield found
        finally:
            found.tmux("kill-server", check=False)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """A terminal for a test."""
    with opened(tmp_path) as found:
        yield found


COMMAND = f"{sys.executable} -m tui"


def _gone(process: int) -> bool:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        if not Path(f"/proc/{process}").exists() or ") Z " in Path(f"/proc/{process}/stat").read_text(encoding="utf-8"):
            return True
        time.sleep(0.05)
    return False


def test_nothing_is_left_of_a_terminal(tmp_path: Path) -> None:
    with opened(tmp_path) as found:
        found.start("echo here")
        found.shows("here")
        socket = Path(found.tmux("display", "-p", "#{socket_path}").strip())
        assert socket.is_socket()
    assert not socket.exists()


def test_the_command_opens_the_sample_cards_and_q_leaves_a_clean_terminal(terminal: Terminal) -> None:
    terminal.start(f"echo BEFORE; {COMMAND} {SAMPLES}")
    text = terminal.shows("roberta-base-helpdesk-routing-lr5e-5-bs16", "0.8993", "Results", "lowest 0.5417", "q quit")
    assert "BEFORE" not in text
    terminal.type("Down")
    terminal.shows("lr1e-5-bs64 ─")
    terminal.type("q")
    text = terminal.shows("BEFORE", "STATUS 0")
    assert "Results" not in text


def test_control_c_quits_with_status_130(terminal: Terminal) -> None:
    terminal.start(f"{COMMAND} {SAMPLES}")
    terminal.shows("Results")
    terminal.type("C-c")
    terminal.shows("STATUS 130")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=lambda number: number.name)
def test_a_signal_leaves_a_clean_terminal(terminal: Terminal, number: signal.Signals) -> None:
    terminal.start(f"echo BEFORE; {COMMAND} {SAMPLES}")
    terminal.shows("Results")
    os.kill(terminal.process(), number)
    text = terminal.shows("BEFORE", f"STATUS {128 + number}")
    assert "Results" not in text


def test_a_closed_terminal_leaves_no_process_behind(terminal: Terminal) -> None:
    terminal.start(f"{COMMAND} {SAMPLES}")
    terminal.shows("Results")
    process = terminal.process()
    terminal.tmux("kill-server")
    assert _gone(process)


def test_a_card_on_standard_input_is_shown_and_keys_come_from_the_terminal(terminal: Terminal) -> None:
    terminal.start(f"cat {SAMPLES}/lease-clauses/README.md | {COMMAND} -")
    terminal.shows("deberta-v3-small-lease-clauses", "0.7845", "Results")
    terminal.type("r")
    terminal.shows("raw text")
    terminal.type("q")
    terminal.shows("STATUS 0")


def test_resizing_the_terminal_is_followed(terminal: Terminal) -> None:
    terminal.start(f"{COMMAND} {SAMPLES}")
    terminal.shows("Results")
    terminal.tmux("resize-window", "-x", "40", "-y", "12")
    terminal.shows("cardtui needs 60 × 14 cells")
    terminal.tmux("resize-window", "-x", "80", "-y", "24")
    terminal.shows("Results", "q quit")


def test_a_hostile_card_does_nothing_to_the_terminal(terminal: Terminal) -> None:
    hostile = "---\nlicense: mit\n---\n# Evil \x1b]2;owned\x07 [/]\n\n\x1b[2J\x1b[31mred \x9b5m \u202e[MASK]\n"
    terminal.folder.joinpath("evil.md").write_text(hostile, encoding="utf-8")
    terminal.start(f"{COMMAND} evil.md")
    terminal.shows("Evil ␛]2;owned␇ [/]", "␛[2J␛[31mred <U+009B>5m <U+202E>[MASK]", "q quit")
    assert "owned" not in terminal.tmux("display", "-p", "#{pane_title}")
    colours = terminal.tmux("capture-pane", "-p", "-e")
    line = next(text for text in colours.split("\n") if "31mred" in text)
    assert "\x1b[31m" not in line


def test_a_stale_size_in_the_environment_is_not_believed(terminal: Terminal) -> None:
    terminal.start(f"LINES=24 COLUMNS=80 {COMMAND} {SAMPLES}")
    text = terminal.shows("Results", "lowest 0.5417")
    assert len(text.split("\n")[1]) == 120


def test_without_a_path_the_current_folder_is_opened(terminal: Terminal) -> None:
    terminal.folder.joinpath("here.md").write_text("---\nlicense: mit\n---\n# Found here\n", encoding="utf-8")
    terminal.start(COMMAND)
    terminal.shows("Found here", "mit")


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)], ids=str)
def test_the_frame_of_every_pane_is_whole(terminal: Terminal, size: tuple[int, int]) -> None:
    terminal.start(f"{COMMAND} {SAMPLES}", size)
    terminal.shows("Results", "0.8993", "q quit")

    def is_whole(text: str) -> bool:
        lines = text.rstrip("\n").split("\n")
        inner = lines[2:-2]
        return (
            len(lines) == size[1]
            and lines[1].startswith("╭─ Cards ")
            and all(len(line) == size[0] for line in lines[1:-1])
            and {line[0] for line in inner} == {"│"}
            and {line[-1] for line in inner} <= {"│", "┃", "╮", "╯"}
        )

    terminal.until(is_whole, "a frame has a gap")


def test_a_comparison_reaches_the_clipboard_of_tmux(terminal: Terminal) -> None:
    terminal.start(f"{COMMAND} {SAMPLES / 'helpdesk-sweep'}")
    terminal.tmux("set", "-g", "set-clipboard", "on")
    terminal.shows("lr5e-5-bs16 ─", "0.8335")
    terminal.type("Space", "d")
    terminal.shows("only what differs", "0.8424 ◂", "▸ 0.5402")
    terminal.type("C")
    terminal.shows("Copied the comparison")
    copied = terminal.tmux("show-buffer")
    assert "| Accuracy" in copied
    assert "0.8424" in copied
    terminal.type("Escape")
    terminal.shows("Findings")
    terminal.type("q")
    terminal.shows("STATUS 0")
