"""The app on a terminal of its own with a folder of everything hostile: walked through, it stays and obeys nothing."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.hostile.cards import cards
from tests.hostile.large import LARGE
from tests.hostile.limited import MEGABYTES
from tests.hostile.places import PLACES, released, write
from tests.hostile.written import unseen_in_pipe, unseen_on_terminal
from tests.terminal.killing import App

RAW = ["2", "G", "r", "G", "r", "1"]
"""The end of a card, its raw text to the end, and back to the tree."""

VIEWS = [
    "j", "z", "]", "]", "m", "\x1b", "\x1b",  # curves on the full screen, metrics, one to pick
    "P", "t", "G", "k", "P", "f", "lic", "\x1b", "o", "\x1b", "b", "\x1b", "s", "\x1b",  # the table
    "u", " ", "j", " ", "d", "a", "G", "r", "\x1b", "p", "j", "R", "\x1b",  # two compared, a baseline, recipes
    "f", "base:", "\x1b", "/", "title", "\r", "n", "\x1b",  # filter with completion, search
    "c", "C", "?", "\x1b", "\x10", "\x1b", "X", "y", "x",  # copies, help, palette
]  # fmt: skip

PAUSES = {"j": 0.1, "\x1b": 0.2, "P": 0.5, "d": 0.3, "t": 0.3, "z": 0.2, "wait": 1.0}
"""Seconds for the app to answer a key; the others wait for nothing."""

_WITHOUT_RIGHTS = """
import os, sys
from tests.hostile.limited import without_rights
without_rights()
os.chdir(sys.argv[1])
os.execv(sys.argv[2], sys.argv[2:])
"""


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder of everything hostile."""
    folder = tmp_path_factory.mktemp("hostile")
    write(folder)
    yield folder
    released(folder)


def walked(folder: Path, home: Path, keys: Sequence[str]) -> tuple[bytes, int, int]:
    """(all that the app wrote, its exit status, the megabytes that it held) when the keys were typed.

    It runs without root's rights, in the folder `home`.
    """
    rights = [sys.executable, "-c", _WITHOUT_RIGHTS, str(home)]
    with App(folder, env={"COLORTERM": "truecolor", "TMPDIR": str(home)}, before=rights) as app:
        app.until_shown("╭")
        app.run(1)
        for key in keys:
            assert app.process.poll() is None, app.written[-2000:]
            app.type(key if key != "wait" else "")
            app.run(PAUSES.get(key, 0.03))
        for _ in range(30):  # until all keys had their answers
            before = len(app.written)
            app.run(0.6)
            if len(app.written) == before:
                break
        status = Path(f"/proc/{app.process.pid}/status").read_text(encoding="utf-8")
        app.type("\x03")
        ended = app.ended()
        app.run(0.2)
    (most,) = (int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmHWM"))
    return app.written, ended, most


def test_every_card_is_walked_over_and_nothing_of_it_is_obeyed(shelf: Path, tmp_path: Path) -> None:
    keys = [key for at in range(len(cards())) for key in ([] if at % 5 else RAW) + ["j"]]
    found = ["f", "console-markup", "\r", "wait"]  # a card that is surely looked at, however slow the machine
    written, status, most = walked(shelf / "cards", tmp_path, [*keys, *found])
    assert unseen_on_terminal(written) == []
    assert (status, most <= MEGABYTES) == (130, True), most
    for words in ("␛[", "<U+", "[MASK]", "=cmd"):
        assert words in written.decode(), words


def test_every_place_is_walked_over_and_opened(shelf: Path, tmp_path: Path) -> None:
    right = "\x1b[C"
    written, status, most = walked(shelf / "places", tmp_path, [right, "j"] * len(PLACES))
    assert unseen_on_terminal(written) == []
    assert (status, most <= MEGABYTES) == (130, True), most
    for words in ("␛[", "<U+", "␊", "[red]", "=cmd", "--help", "sparse"):
        assert words in written.decode(), words


def test_every_view_shows_hostile_cards_and_obeys_nothing_of_them(shelf: Path, tmp_path: Path) -> None:
    chosen = tmp_path / "chosen"
    chosen.mkdir()
    for name in ("console-markup", "controls-c1", "escape-csi", "escape-osc", "marks-flood"):
        shutil.copy(shelf / "cards" / f"{name}.md", chosen)
    written, status, most = walked(chosen, tmp_path, VIEWS)
    assert unseen_on_terminal(written) == []
    assert (status, most <= MEGABYTES) == (130, True), most
    pictures = [path for path in tmp_path.iterdir() if path.is_file()]
    assert pictures
    assert [wrong for path in pictures for wrong in unseen_in_pipe(path.read_bytes())] == []
    assert all(path.name.isprintable() and path.name.isascii() for path in pictures)


def test_cards_as_large_as_may_be_are_walked_over_in_bounded_memory(tmp_path: Path) -> None:
    large = tmp_path / "large"
    large.mkdir()
    for name in ("brackets", "million-lines", "yaml-keys"):
        (large / f"{name}.md").write_bytes(LARGE[name][1]())
    written, status, most = walked(large, tmp_path, [key for _ in range(3) for key in ("wait", *RAW, "j")])
    assert unseen_on_terminal(written) == []
    assert (status, most <= MEGABYTES) == (130, True), most
