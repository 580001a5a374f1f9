"""The app over SSH: bytes on the wire for every action, and how it is used over slow lines.

``python -m benchmarks.slow_link [--only WORD]…`` prints two Markdown tables, a column for each line in which one of the
words stands. A real ``sshd`` on this machine is reached through a line that counts, delays, slows down and loses; a
loss of packets takes root, for networks of their own. The terminal is that of ``benchmarks.terminal``, 120 × 40, and
answers as a real one does. ``CARDTUI_SHARED``: the folder with ``tools/pty_probe.py`` (default: ``../shared``).
"""

from __future__ import annotations

import argparse
import fcntl
import os
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

from benchmarks.line import THERE, Counts, Line, networks, relay
from benchmarks.make_cards import make
from benchmarks.terminal import Probe, Screen, pty_probe
from tests.terminal.remote import IS_HERE, Machine, Way, machine
from tui import keys

_CARDS = 300
_TRUE, _256 = ("xterm-256color", "truecolor"), ("screen-256color", "")
_LINES = {
    "no delay": (Line(), _TRUE),
    "no delay, 256 colours": (Line(), _256),
    "200 ms round trip": (Line(0.1), _TRUE),
    "200 ms, 5 % loss": (Line(0.1, 0, 0.05), _TRUE),
    "200 ms, 20 kB/s": (Line(0.1, 20_000), _TRUE),
}
_SIZE = (120, 40)
_FOLLOWED = 0.05
"""Seconds of silence after a cursor key's own bytes, before the panes follow."""

_LONGEST = 30.0
"""Seconds after which silence is waited for no longer."""

_MOVES, _HELD, _PACE = 15, 90, 1 / 30
_GOALS = {"first paint": 45_000, "cursor down": 500, "card switch": 12_000}


@dataclass(slots=True)
class Figures:
    """What was measured over one line."""

    written: dict[str, int] = field(default_factory=dict)
    """Bytes that came to the terminal, by action."""

    wired: dict[str, int] = field(default_factory=dict)
    """Bytes of TCP's load that went over the line both ways, by action."""

    seconds: dict[str, str] = field(default_factory=dict)
    """How long it took."""


class Client:
    """A terminal with ssh in it."""

    def __init__(self, command: list[str], terminal: tuple[str, str], counts: Counts, silence: float) -> None:
        """`silence`: seconds without a byte after which nothing more is expected."""
        columns, rows = _SIZE
        settings = {
            "cols": columns,
            "rows": rows,
            "term": terminal[0],
            "colorterm": terminal[1],
            "env": [],
            "cwd": None,
        }
        settings |= {"bps": 0, "rtt": 0, "dump": None, "answer": True, "timeout": 60, "quiet": 100}
        self.probe = Probe(SimpleNamespace(**settings))
        self.probe.screen = Screen(columns, rows)
        self.probe.spawn(command)
        self._counts = counts
        self.silence = silence

    def counted(self) -> tuple[int, int]:
        """(bytes to the terminal, bytes on the wire) until now."""
        return self.probe.total, self._counts[0] + self._counts[1]

    def until(self, words: str, seconds: float = 60) -> float:
        """When words came on the screen."""
        if words not in self.probe.screen.text() and self.probe.until([words], seconds) is None:
            raise TimeoutError(f"{words!r} is not shown:\n{self.probe.screen.text()}")
        return float(self.probe.last)

    def rest(self, silence: float | None = None) -> float:
        """Take what comes until there is silence; when the last byte came."""
        silence = self.silence if silence is None else silence
        start = time.perf_counter()
        while (left := max(self.probe.last or 0, start) + silence - time.perf_counter()) > 0:
            if self.probe.pump(left) < 0 or time.perf_counter() > start + _LONGEST:
                break
        return float(self.probe.last)

    def act(self, key: str) -> float:
        """Press a key; the seconds to the last byte of what follows."""
        start = time.perf_counter()
        self.probe.press(key)
        return max(self.rest() - start, 0.0)

    def resize(self, columns: int, rows: int) -> float:
        """Give the terminal another size; the seconds to the last byte of what follows."""
        start = time.perf_counter()
        self.probe.screen.resize(columns, rows)
        fcntl.ioctl(self.probe.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        if self.probe.screen.inband:  # it said that it tells its size by itself
            self.probe.send(b"\x1b[48;%d;%d;0;0t" % (rows, columns))
        return max(self.rest() - start, 0.0)

    def ended(self, seconds: float = 60) -> float:
        """When the remote command had ended."""
        return self.until("AT THE END", seconds)

    def close(self) -> None:
        """End what is still there."""
        if self.probe.alive():
            os.kill(self.probe.pid, 9)
        os.waitpid(self.probe.pid, 0) if self.probe.rc is None else None
        os.close(self.probe.fd)


@dataclass(frozen=True, slots=True)
class Place:
    """Where cards are, and how one gets there."""

    remote: Machine
    way: Way
    counts: Counts
    cards: Path
    terminal: tuple[str, str]
    silence: float

    @contextmanager
    def opened(self) -> Iterator[tuple[Client, float]]:
        """The app on the cards, and the seconds from the remote shell's first word to its first paint."""
        command = f"echo HELLO; cardtui {self.cards}"
        client = Client([*self.remote.ssh(command, self.way)], self.terminal, self.counts, self.silence)
        try:
            painted = client.until("◆ lowest")
            yield client, painted - float(client.probe.first)
        finally:
            client.close()


@contextmanager
def placed(line: Line, terminal: tuple[str, str], folder: Path, cards: Path) -> Iterator[Place]:
    """A machine behind a line."""
    silence = 0.5 + 4 * line.delay + (0.4 if line.rate else 0)
    if line.loss:
        with networks(line) as (here, there, counts), machine(folder, THERE, there) as remote:
            yield Place(remote, Way(THERE, remote.way.port, here), counts, cards, terminal, silence + 1)
        return
    with machine(folder) as remote, relay(line, remote.way) as (way, counts):
        yield Place(remote, way, counts, cards, terminal, silence)


def _measured(place: Place) -> Figures:
    figures = Figures()
    with place.opened() as (client, first):
        client.rest()
        figures.seconds["first paint"] = _seconds(first)
        figures.written["first paint"] = client.counted()[0]
        _cursor(client, figures)
        _actions(client, figures)
    for name, end in {"`q` in a backlog": "q", "Ctrl+C in a backlog": "ctrl-c"}.items():
        _hold(place, figures, name, end)
    return figures


def _cursor(client: Client, figures: Figures) -> None:
    """The bytes of the cursor's own move and of the card that follows; and how long moves take."""
    moves, cards = [], []
    for _ in range(5):
        before = client.counted()
        client.probe.press("down")
        client.probe.pump(5)
        client.rest(_FOLLOWED)
        between = client.counted()
        client.rest()
        moves.append([new - old for new, old in zip(between, before, strict=True)])
        cards.append([new - old for new, old in zip(client.counted(), between, strict=True)])
    for name, found in {"cursor down": moves, "card switch": cards}.items():
        figures.written[name], figures.wired[name] = (int(statistics.median(some)) for some in zip(*found, strict=True))
    client.act("home")
    times = []
    for _ in range(_MOVES):
        seconds, _ = client.probe.one_move("down")
        times.append(seconds if seconds is not None else 2_000.0)
        client.rest()
    times.sort()
    figures.seconds["cursor key, median"] = f"{statistics.median(times):.0f} ms"
    figures.seconds["cursor key, p95"] = f"{times[int(len(times) * 0.95)]:.0f} ms"
    figures.seconds["card switch"] = _seconds(statistics.median(client.act("down") for _ in range(5)))
    client.act("home")


def _actions(client: Client, figures: Figures) -> None:
    """One thing after the other that people do."""
    steps: dict[str, Callable[[], float]] = {
        "page down": lambda: client.act("pgdn"),
        "table of runs": lambda: client.act("t"),
        "back": lambda: client.act("esc"),
        "select": lambda: client.act("space"),
        "compare": lambda: client.act("d"),
        "back again": lambda: client.act("esc"),
        "filter": lambda: client.act("f"),
        "filter keystroke": lambda: client.act("text:0"),
        "out of the filter": lambda: client.act("esc"),
        "resize to 100 × 30": lambda: client.resize(100, 30),
    }
    if any("screenshot" in key.action for key in keys.KEYS):
        steps["screenshot"] = lambda: client.act("text:P")
    for name, step in steps.items():
        before = client.counted()
        seconds = step()
        if name.startswith(("back", "select", "out of")) or name == "filter":
            continue
        figures.seconds[name] = _seconds(seconds)
        figures.written[name], figures.wired[name] = (
            new - old for new, old in zip(client.counted(), before, strict=True)
        )


def _hold(place: Place, figures: Figures, name: str, end: str) -> None:
    """Hold a key for three seconds, let it go, and end the app; in another turn, with the key still held."""
    with place.opened() as (client, _):
        client.rest()
        if end == "q":
            _press_again_and_again(client, "down")
            start = time.perf_counter()
            client.probe.screen.written.clear()
            stopped = start
            while time.perf_counter() - max(client.probe.last, start) < client.silence:
                client.probe.screen.written.clear()
                if client.probe.pump(0.1) > 0 and len(client.probe.screen.written) > 1:
                    stopped = client.probe.last
            figures.seconds["held key: the cursor stops after"] = _seconds(stopped - start)
            figures.seconds["held key: the last byte comes after"] = _seconds(client.probe.last - start)
        _press_again_and_again(client, "pgdn" if end == "q" else "down")
        start = time.perf_counter()
        client.probe.press(end)
        figures.seconds[name] = _seconds(client.ended() - start)


def _press_again_and_again(client: Client, key: str) -> None:
    start = time.perf_counter()
    for number in range(_HELD):
        client.probe.wait(max(start + number * _PACE - time.perf_counter(), 0))
        client.probe.press(key)


def _seconds(value: float) -> str:
    return f"{value * 1e3:.0f} ms" if value < 1 else f"{value:.1f} s"


def _bytes_table(found: Mapping[str, Figures]) -> Iterator[str]:
    yield f"| bytes to the terminal (on the wire) | goal |{'|'.join(found)}|"
    yield f"|:--|:--|{':--|' * len(found)}"
    for name in next(iter(found.values())).written:
        goal = f"≤ {_GOALS[name]:,}" if name in _GOALS else ""
        cells = []
        for one in found.values():
            wired = f" ({one.wired[name]:,})" if name in one.wired else ""
            cells.append(f"{one.written[name]:,}{wired}" if name in one.written else "")
        yield f"| {name} | {goal} | {' | '.join(cells)} |"


def _times_table(found: Mapping[str, Figures]) -> Iterator[str]:
    yield f"| time | {' | '.join(found)} |"
    yield f"|:--|{':--|' * len(found)}"
    for name in next(iter(found.values())).seconds:
        yield f"| {name} | {' | '.join(one.seconds.get(name, '') for one in found.values())} |"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", metavar="WORD", help="lines in which WORD stands; may be repeated")
    wanted: list[str] = parser.parse_args().only or [""]
    if not IS_HERE:
        sys.exit("this needs ssh and sshd")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # not without ending what was started
    found: dict[str, Figures] = {}
    with tempfile.TemporaryDirectory(prefix="cardtui-line-") as folder:
        cards = Path(folder, "cards")
        make(cards, _CARDS, 1)
        for number, (name, (line, terminal)) in enumerate(_LINES.items()):
            if not any(word in name for word in wanted):
                continue
            print(f"{name} …", file=sys.stderr, flush=True)
            inner = Path(folder, str(number))
            inner.mkdir()
            try:
                with placed(line, terminal, inner, cards) as place:
                    found[name] = _measured(place)
            except (OSError, TimeoutError) as error:
                print(f"{name} was not measured: {error}", file=sys.stderr)
    quick = {name: one for name, one in found.items() if not _LINES[name][0].delay}
    for table in ([*_bytes_table(quick), ""] if quick else [], _times_table(found) if found else []):
        print(*table, sep="\n")


if __name__ == "__main__":
    pty_probe.Screen = Screen
    main()
