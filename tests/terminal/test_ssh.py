"""The app as most people meet it: on another machine, over SSH, with tmux there or without."""

from __future__ import annotations

import base64
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.terminal.killing import PATIENCE, Session, grow, listed, processes_with, until_gone, workers_with
from tests.terminal.remote import IS_HERE, Machine, machine

SAMPLES = Path(__file__).parents[2] / "sample_cards"
SWEEP = SAMPLES / "helpdesk-sweep"
pytestmark = [
    pytest.mark.skipif(not IS_HERE, reason="sshd and ssh are not installed"),
    pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="there is no /proc here"),
]
needs_tmux = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")


@pytest.fixture(scope="module")
def remote() -> Iterator[Machine]:
    """A machine for the tests, its folder with a short path as sockets need it."""
    with TemporaryDirectory(prefix="cardtui-ssh-") as folder, machine(Path(folder)) as found:
        yield found


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """So many cards that processes read them for a while."""
    return grow(tmp_path_factory.mktemp("many"), 3000)


def copied(session: Session) -> str:
    """What the terminal was last given for its clipboard."""
    found: list[bytes] = re.findall(rb"\x1b\]52;c?;([A-Za-z0-9+/=]+)\x07", session.written)
    return base64.b64decode(found[-1]).decode()


def nothing_is_left(remote: Machine) -> None:
    """Wait until no process of the machine's sessions is left."""
    until_gone(str(remote.folder), processes_with)


def clear(session: Session) -> None:
    """Forget what was written, so that words are waited for that are yet to come."""
    session.written = b""


def test_cards_are_read_compared_copied_and_pictured_over_ssh_and_q_leaves_a_clean_terminal(remote: Machine) -> None:
    with remote.login(f"cardtui {SWEEP}", {"COLORTERM": "truecolor"}) as session:
        session.until_shown("lowest 0.5417")
        clear(session)
        session.type("j")
        session.until_shown("0.8335")
        clear(session)
        session.type(" d")
        session.until_shown("only what differs")
        session.type("C")
        session.until_shown("Copied the comparison")
        assert "| Accuracy" in copied(session)
        clear(session)
        session.type("\x1b")
        session.until_shown("Findings")
        clear(session)
        session.type("t")
        session.until_shown("seed7")
        session.type("P")
        session.until_shown("The screenshot is")
        picture = next(remote.folder.glob("cardtui-*.svg")).read_text(encoding="utf-8")
        assert "0.8993" in picture
        session.type("qq")  # the first leaves the screen on top
        session.until_shown("AT THE END 0")
        assert session.ended() == 0
    end = session.written[session.written.index(b"\x1b[?1049l") :]
    assert b"\x1b[?25h" in end
    assert b"\x1b[?1000l" in session.written
    nothing_is_left(remote)


def test_a_screenshot_needs_no_terminal_on_the_machine(remote: Machine) -> None:
    with remote.login(f"cardtui screenshot {SWEEP} -o sweep.svg </dev/null | cat") as session:
        session.until_shown("AT THE END 0")
        session.ended()
    assert (remote.folder / "sweep.svg").stat().st_size > 10_000
    nothing_is_left(remote)


def test_control_c_over_ssh_quits_with_its_status(remote: Machine) -> None:
    with remote.login(f"cardtui {SAMPLES}") as session:
        session.until_shown("Results")
        session.type("\x03")
        session.until_shown("AT THE END 130")
        session.ended()
    nothing_is_left(remote)


def test_the_window_of_the_client_is_followed(remote: Machine) -> None:
    with remote.login(f"cardtui {SAMPLES}") as session:
        session.until_shown("Results")
        clear(session)
        session.resize((40, 12))
        session.until_shown("has 40 × 12")
        clear(session)
        session.resize((80, 24))
        session.until_shown("Results")
        session.type("q")
        session.until_shown("AT THE END 0")
    nothing_is_left(remote)


@pytest.mark.parametrize("end", ["the client is killed", "the connection's server is killed"])
def test_a_lost_connection_leaves_no_process_and_an_index_that_works(remote: Machine, many: Path, end: str) -> None:
    cache = remote.folder / f"cache-{len(end)}"
    with remote.login(f"XDG_CACHE_HOME={cache} cardtui {many}") as session:
        session.until_shown("card-0001")
        wait = time.monotonic() + PATIENCE
        while not workers_with(str(cache)):
            assert time.monotonic() < wait, "no process reads"
            session.run(0.02)
        if end == "the client is killed":
            session.kill()
        else:
            for process in remote.connections():
                os.kill(process, signal.SIGKILL)
        until_gone(str(cache), processes_with)
    assert (cache / "cardtui" / "index.sqlite3").exists()
    found = listed(many, env={"XDG_CACHE_HOME": str(cache)})
    assert found == listed(many, "--no-cache")
    nothing_is_left(remote)


class Tmux:
    """A tmux server on the machine, as it is asked from here."""

    def __init__(self, remote: Machine) -> None:
        self._socket = remote.folder / "tmux"
        self._settings = remote.folder / "tmux.conf"
        self._settings.write_text("set -g set-clipboard on\nset -g status off\n", encoding="utf-8")

    def words(self, rest: str) -> str:
        """A command for a shell on the machine."""
        return f"tmux -S {self._socket} -f {self._settings} {rest}"

    def say(self, *words: str, check: bool = True) -> str:
        """The answer to a tmux command."""
        done = subprocess.run(["tmux", "-S", str(self._socket), *words], capture_output=True, text=True, check=check)
        return done.stdout

    def shows(self, session: Session, *words: str, size: tuple[int, int] = (120, 40)) -> None:
        """Wait until all words are on the screen, and that has its size."""
        end = time.monotonic() + PATIENCE
        while True:
            lines = self.say("capture-pane", "-p", check=False).rstrip("\n").split("\n")
            text = "\n".join(lines)
            if all(word in text for word in words) and (max(map(len, lines)), len(lines)) == size:
                return
            assert time.monotonic() < end, f"{words} not on a screen of {size}:\n{text}"
            session.run(0.05)


@pytest.fixture
def tmux(remote: Machine) -> Iterator[Tmux]:
    """A tmux server that is ended afterwards."""
    found = Tmux(remote)
    try:
        yield found
    finally:
        found.say("kill-server", check=False)


@needs_tmux
def test_in_tmux_over_ssh_one_detaches_comes_back_at_another_size_and_copies(remote: Machine, tmux: Tmux) -> None:
    with remote.login(tmux.words(f"new-session 'cardtui {SWEEP}'")) as session:
        tmux.shows(session, "lr5e-5-bs16 ─", "0.8335")
        session.type(" d")
        tmux.shows(session, "only what differs", "0.8424 ◂")
        session.type("C")
        tmux.shows(session, "Copied the comparison")
        session.run(0.2)
        assert "| Accuracy" in tmux.say("show-buffer")
        assert "| Accuracy" in copied(session)
        session.type("\x02d")
        session.until_shown("AT THE END 0")
        session.ended()
    assert processes_with(str(remote.folder))
    with remote.login(tmux.words("attach"), size=(80, 24)) as session:
        tmux.shows(session, "only what differs", "0.8424 ◂", size=(80, 24))
        session.until_shown("0.8424")
        session.type("qq")  # the first leaves the screen on top
        session.until_shown("AT THE END 0")
    nothing_is_left(remote)


@needs_tmux
def test_tmux_keeps_the_app_when_the_connection_is_lost_and_takes_it_along_when_it_ends(
    remote: Machine, tmux: Tmux, many: Path
) -> None:
    with remote.login(tmux.words(f"new-session 'cardtui {many}'")) as session:
        tmux.shows(session, "card-0001")
        session.kill()
    with remote.login(tmux.words("attach"), size=(100, 30)) as session:
        session.until_shown("card-0001")
        tmux.say("kill-server")
        session.until_shown("AT THE END")
    nothing_is_left(remote)
