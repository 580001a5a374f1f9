"""Random keys in the real app: ``python -m tests.fuzz_keys --sequences 1000`` types 1,000 times 50 keys on a terminal.

After every sequence the app must find back to a screen that answers, or have ended by a key that ends it. What broke is
printed with the keys that did it, as ``--replay`` takes them.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import re
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.cli.running import COMMAND
from tests.shared import CARDS
from tests.terminal.killing import PATIENCE, Session
from tui.keys import KEYS

_BYTES = {
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F",
    "pageup": "\x1b[5~", "pagedown": "\x1b[6~", "enter": "\r", "escape": "\x1b", "tab": "\t", "shift+tab": "\x1b[Z",
    "space": " ", "backspace": "\x7f", "delete": "\x1b[3~", "shift+up": "\x1b[1;2A", "shift+down": "\x1b[1;2B",
    "shift+right": "\x1b[1;2C", "shift+left": "\x1b[1;2D", "question_mark": "?", "slash": "/", "plus": "+",
    "minus": "-", "equals_sign": "=", "left_square_bracket": "[", "right_square_bracket": "]",
    "left_curly_bracket": "{", "right_curly_bracket": "}", "greater_than_sign": ">", "less_than_sign": "<",
}  # fmt: skip
"""What a terminal sends for keys that are no letters."""

_ENDS = frozenset({"q", "ctrl+c", "ctrl+z", "ctrl+q"})
"""Keys that end or stop the app; the palette has a command for it, too."""

_TYPED = [*'aef19.:<>="- *é日', "f1>0.9", "has:overfitting", "base:bert"]
_SIZES = [(80, 24), (120, 40), (200, 60), (61, 15)]
_ENDED = (0, 130, -signal.SIGINT)
"""How it ends then; by the signal itself where Ctrl+C comes behind the key that ended it."""


@dataclass(slots=True)
class Report:
    """What came of the sequences."""

    done: int = 0
    ended: int = 0
    """Those in which a key ended the app."""

    broken: list[str] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)
    """MB of resident memory, after every tenth sequence, of the app that has run longest."""


def key_bytes(name: str) -> str:
    """What a terminal sends for a key, by Textual's name for it."""
    if name.startswith("ctrl+"):
        return chr(ord(name[-1].upper()) - 64)
    return _BYTES.get(name, name)


def sequence(choice: random.Random, length: int, *, may_end: bool) -> list[str]:
    """Names of keys, those of the key table the most often, texts that are typed, and sizes of the terminal."""
    known = [name for key in KEYS for name in key.keys.split(",") if may_end or name not in _ENDS]
    keys = [choice.choice(known) if choice.random() < 0.85 else choice.choice(_TYPED) for _ in range(length)]
    if choice.random() < 0.3:
        keys[choice.randrange(length)] = f"{choice.randint(3, 250)}x{choice.randint(3, 80)}"
    return keys


class Fuzzed(Session):
    """The app on a terminal, which may end at any key."""

    def __init__(self, cards: Path, folder: Path, size: tuple[int, int]) -> None:
        env = {f"XDG_{name}_HOME": str(folder / name.lower()) for name in ("CACHE", "STATE", "CONFIG")}
        env |= {"EDITOR": "true", "HOME": str(folder)}
        super().__init__([*COMMAND, str(cards)], env, size, folder)
        self.until_shown("quit")

    def press(self, key: str) -> None:
        """Press a key, or give the terminal a size, and take what the app writes meanwhile."""
        if size := re.fullmatch(r"(\d+)x(\d+)", key):
            self.resize((int(size[1]), int(size[2])))
            return
        with contextlib.suppress(OSError):  # it has ended
            self.type(key_bytes(key))
        self.run(0.0001)

    def answers(self) -> bool:
        """Whether the app finds back from wherever it is, and shows its help.

        It is given time after each Esc: what stands right behind one in the terminal's buffer is a key with Alt.
        """
        end = time.monotonic() + PATIENCE
        self.written = b""
        self.resize((100, 30))
        while b"Keys " not in self.written and self.process.poll() is None and time.monotonic() < end:
            for _ in range(4):
                self.press("escape")
                self.run(0.15)
            self.written = b""
            self.press("question_mark")
            self.run(0.6)
        answered = b"Keys " in self.written
        self.press("escape")
        self.run(0.15)
        return answered

    def memory(self) -> int:
        """MB of resident memory."""
        words = Path(f"/proc/{self.process.pid}/statm").read_text(encoding="ascii").split()
        return int(words[1]) * os.sysconf("SC_PAGE_SIZE") // 1_000_000


def _words(written: bytes) -> str:
    """The last words on a terminal, without what colours and places them."""
    return re.sub(r"\x1b(?:\[[0-9;?<>=]*[a-zA-Z]|.)|[│╭╮╰╯─ ]{2,}", " ", written.decode(errors="replace"))[-1500:]


def fuzz(cards: Path, sequences: int, length: int, seed: int, *, replay: Sequence[str] = ()) -> Report:
    """Type random keys; an app is used until a key ends it."""
    report = Report()
    choice = random.Random(seed)
    app = None
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as running:
        folder = Path(name)
        while report.done < sequences:
            if app is None:
                app = running.enter_context(Fuzzed(cards, folder, choice.choice(_SIZES)))
            keys = list(replay) or sequence(choice, length, may_end=report.done % 25 == 24)
            for key in keys:
                app.press(key)
                app.run(choice.choice([0.0001, 0.0001, 0.002, 0.02]))
            answered = app.answers()
            report.done += 1
            status = app.process.poll()
            if status in _ENDED and (_ENDS | {"ctrl+p"}) & set(keys):
                report.ended += 1
            elif not answered:
                what = "stuck" if status is None else f"ended with {status}"
                told = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("state/cardtui/crash-*"))
                report.broken.append(f"{what}: --replay '{' '.join(keys)}'\n{_words(app.written)}\n{told}")
            elif report.done % 10 == 0:
                report.memory.append(app.memory())
            if not answered:
                running.close()
                app = None
            for picture in folder.glob("cardtui-*"):
                picture.unlink()
    return report


def _main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cards", nargs="?", type=Path, default=CARDS)
    parser.add_argument("--sequences", type=int, default=1000)
    parser.add_argument("--length", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--replay", default="", help="these keys instead of random ones")
    wish = parser.parse_args()
    found = fuzz(wish.cards, wish.sequences, wish.length, wish.seed, replay=wish.replay.split())
    print(*found.broken, sep="\n\n")  # noqa: T201 - what it is run for
    print(f"{found.done} sequences, {found.ended} ended by a key, {len(found.broken)} broken")  # noqa: T201
    print("MB after every tenth:", *found.memory)  # noqa: T201
    return bool(found.broken)


if __name__ == "__main__":
    sys.exit(_main())
