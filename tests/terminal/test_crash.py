"""After an error that nobody foresaw the terminal is as it was, a sentence tells of it, and a report lies in a file."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest

from tests import stated
from tests.cli.running import ROOT, Ended, cardtui, on_terminal
from tests.terminal.killing import App, grow

SWEEP = stated.SAMPLES / "helpdesk-sweep"
FAIL = "def fail(*_, **__): raise ZeroDivisionError('some thing')\n"

NOBODYS = """
import asyncio, tui.app as t
t.CardtuiApp.action_interrupt = lambda _: asyncio.get_running_loop().call_soon(fail)
"""
IN_THE_APP = {
    "an action": ("import tui.screens.explorer as e\ne.ExplorerScreen.action_raw = fail", "r"),
    "a timer": (
        "import tui.screens.explorer as e\ne.ExplorerScreen.action_raw = lambda self: self.set_timer(0.05, fail)",
        "r",
    ),
    "drawing": ("import tui.widgets.detail as d\nd.DetailPane.watch_raw = fail", "r"),
    "a thread": ("import tui.library.reader as r\nr.Reader._read_card = fail", ""),  # with the first card
    "a thread of the start": ("import tui.library.reader as r\nr.Scanner.run = fail", ""),
    "a worker of Textual": ("import tui.screens.compare as c\nc.CompareScreen._show = fail", " d"),
    "a task nobody waits for": (NOBODYS, "\x03"),
    "the reading of keys": ("import textual._xterm_parser as x\nx.XTermParser.feed = fail", "r"),
    "the first frame": ("import tui.screens.explorer as e\ne.ExplorerScreen.compose = fail", ""),
    "the loading": ("import tui.app as a\na.CardtuiApp.__init__ = fail", ""),
}
"""What fails → how it is made to, and what is typed then."""


def broken(folder: Path, code: str) -> dict[str, str]:
    """The environment of a process in which something fails."""
    (folder / "broken").mkdir()
    (folder / "broken" / "sitecustomize.py").write_text(FAIL + code, encoding="utf-8")
    return {"PYTHONPATH": f"{folder / 'broken'}:{ROOT}", "XDG_STATE_HOME": str(folder / "state")}


def told(report: Path) -> str:
    """What is said of an error with a report."""
    return (
        "cardtui: an error that nobody foresaw ended it: ZeroDivisionError: some thing\n"
        f"cardtui: a report for its developers is in {report}; it names files and keys: look at it before you share it"
    )


def reports(folder: Path) -> list[Path]:
    """The reports that were written."""
    return sorted((folder / "state" / "cardtui").glob("crash-*.txt"))


def is_off(written: str, mode: str) -> bool:
    """Whether a mode of the terminal is off at the end."""
    return next(iter(re.findall(rf"\x1b\[\?(?:\d+;)*{mode}(?:;\d+)*([hl])", written)[::-1]), "l") == "l"


@pytest.mark.parametrize("what", IN_THE_APP)
def test_the_terminal_is_as_it_was_and_the_report_is_named(tmp_path: Path, what: str) -> None:
    code, keys = IN_THE_APP[what]
    with App(SWEEP, env=broken(tmp_path, code)) as app:
        before = app.modes()
        if keys:
            app.until_shown("0.8258")
        app.run(0.5)
        app.type(keys)
        assert app.ended() == 70
        app.run(0.3)
        after = app.modes()
    written = app.written.decode()
    assert after == before
    assert [
        mode for mode in ("1049", "1000", "1002", "1003", "1006", "1004", "2004", "2048") if not is_off(written, mode)
    ] == []
    assert written.rfind("\x1b[?25h") > written.rfind("\x1b[?25l")
    left = re.sub(r"\x1b\[[0-9;?<>=]*[a-zA-Z]", "", written[written.rindex("\x1b[?1049l") :]).replace("\r\n", "\n")
    (report,) = reports(tmp_path)
    assert left.strip() == told(report)


def test_a_report_tells_developers_what_they_need_and_nobody_else(tmp_path: Path) -> None:
    code = "import tui.screens.explorer as e\ne.ExplorerScreen.action_raw = fail"
    with App(SWEEP, env=broken(tmp_path, code)) as app:
        app.until_shown("0.8258")
        app.run(0.3)
        app.type("j/")
        app.until_shown("search:")
        app.type("secret\r")
        app.run(0.5)
        app.type("r")
        assert app.ended() == 70
    (report,) = reports(tmp_path)
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    text = report.read_text(encoding="utf-8")
    for words in ("cardtui: ", "Python: 3.", "Textual: 8.", "platform: ", "TERM: xterm-256color", "size: 100x30"):
        assert f"\n{words}" in text
    assert f"{SWEEP}\n" in text.partition("command: ")[2]
    assert "\nkeys: j slash " in text
    assert text.partition("keys: ")[2].partition("\n")[0].endswith("enter r")
    assert "secret" not in text
    assert "s e c r e t" not in text
    assert "roberta" not in text
    assert "Traceback (most recent call last):" in text
    assert "in fail" in text
    assert text.endswith("ZeroDivisionError: some thing\n")


def ended_well(ended: Ended, folder: Path) -> str:
    """The report of a command that ended by an error."""
    (report,) = reports(folder)
    assert ended.code == 70
    assert ended.err == told(report) + "\n"
    return report.read_text(encoding="utf-8")


def test_a_command_ends_likewise(tmp_path: Path) -> None:
    env = broken(tmp_path, "import tui.judge.verdict as v\nv.findings = fail")
    assert "in judge" in ended_well(cardtui("show", SWEEP / "run-4", env=env), tmp_path)


def test_an_error_in_a_thread_ends_a_command(tmp_path: Path) -> None:
    (tmp_path / "cards").mkdir()
    cards = grow(tmp_path / "cards", 700)
    env = broken(tmp_path, "import tui.library.workers as w\nw.Workers._answered = fail")
    assert "in _listen" in ended_well(cardtui("list", cards, "--no-cache", env=env), tmp_path)


def test_a_bar_of_progress_leaves_the_terminal(tmp_path: Path) -> None:
    env = broken(tmp_path, "import tui.cli.export as e\ne.judge = fail")
    ended = on_terminal("export", SWEEP, "-o", str(tmp_path / "x.jsonl"), env=env)
    assert ended.code == 70
    assert ended.out.rfind("\x1b[?25h") >= ended.out.rfind("\x1b[?25l")
    assert "╭" not in ended.out
    assert not (tmp_path / "x.jsonl").exists()


def test_a_screenshot_ends_likewise(tmp_path: Path) -> None:
    env = broken(tmp_path, "import tui.screens.explorer as e\ne.ExplorerScreen.action_raw = fail")
    ended_well(cardtui("screenshot", SWEEP, "-o", tmp_path / "x.svg", "--press", "r", env=env), tmp_path)
    assert not (tmp_path / "x.svg").exists()


def test_no_report_is_written_over(tmp_path: Path) -> None:
    env = broken(
        tmp_path, "import tui.judge.verdict as v, time\nv.findings = fail\ntime.strftime = lambda _: 'crash-1'"
    )
    for _ in range(3):
        cardtui("show", SWEEP / "run-4", env=env)
    assert [path.name for path in reports(tmp_path)] == ["crash-1-1.txt", "crash-1-2.txt", "crash-1.txt"]
    assert len({path.read_text(encoding="utf-8") for path in reports(tmp_path)}) >= 1


def test_where_there_is_no_state_folder_the_report_is_in_the_temporary_one(tmp_path: Path) -> None:
    env = broken(tmp_path, "import tui.judge.verdict as v\nv.findings = fail")
    (tmp_path / "tmp").mkdir()
    ended = cardtui(
        "show", SWEEP / "run-4", env={**env, "XDG_STATE_HOME": "/dev/null/x", "TMPDIR": str(tmp_path / "tmp")}
    )
    (report,) = (tmp_path / "tmp").glob("cardtui-crash-*.txt")
    assert f" in {report};" in ended.err
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    ended = cardtui(
        "show",
        SWEEP / "run-4",
        env={**env, "XDG_STATE_HOME": "/dev/null/x", "TMPDIR": "/dev/null/x", "HOME": "/dev/null"},
    )
    assert ended.code == 70


def test_text_that_an_error_holds_reaches_no_terminal_and_is_cut(tmp_path: Path) -> None:
    code = "import tui.judge.verdict as v\ndef raw(*_): raise ValueError('\\x1b[31m' + 'x' * 5000)\nv.findings = raw"
    ended = cardtui("show", SWEEP / "run-4", env=broken(tmp_path, code))
    assert ended.code == 70
    assert "\x1b" not in ended.err
    assert len(ended.err) < 1000
    (report,) = reports(tmp_path)
    text = report.read_text(encoding="utf-8")
    assert "\x1b" not in text
    assert "x" * 301 not in text
