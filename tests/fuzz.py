"""Mutates cards and runs without end and does with them all that cardtui does: ``python -m tests.fuzz --minutes 10``.

What breaks is made as small as it gets and written to a file: an exception, a step of more than a second, a character
that no terminal should get. Exit status 1 where anything broke. One that the interpreter does not survive is left as
``running.md`` in the folder of the findings.
"""

from __future__ import annotations

import argparse
import asyncio
import faulthandler
import hashlib
import json
import random
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.cards.mutating import DEFECTS, mutation
from tests.hostile.cards import TEXTS, cards
from tests.hostile.places import PLACES
from tests.hostile.written import UNSEEN
from tests.shared import CARDS, RUNS
from tests.stated import SAMPLE_CARDS
from tui.cards.model import Card
from tui.cards.read import parse, read
from tui.judge import curves
from tui.judge.comparable import Run
from tui.judge.comparison import compare
from tui.judge.facts import facts as facts_of
from tui.judge.overlay import common_metrics, metrics_of
from tui.judge.query import parse as parse_query
from tui.judge.rules import DEFAULT
from tui.judge.verdict import Verdict, judge
from tui.library.columns import Columns
from tui.library.outline import outline_of
from tui.library.place import Read, pack
from tui.library.scan import FolderFound
from tui.library.tree import Tree
from tui.render import list_text
from tui.render.card import facts
from tui.render.card_json import card_json
from tui.render.comparison import comparison_lines
from tui.render.comparison_json import comparison_json
from tui.render.comparison_tables import comparison_latex, comparison_markdown
from tui.render.curves import View
from tui.render.curves import render as render_curves
from tui.render.figure import figure
from tui.render.json_text import json_text
from tui.render.line import Line
from tui.render.overlay import panel_lines
from tui.render.panel import difference_panel, run_panel, runs_panel
from tui.render.prose import prose
from tui.render.raw import raw_lines
from tui.render.report import report
from tui.render.tree import TreeLines

LIMIT = 1.0
"""Seconds of the processor that a step may take."""

WIDTHS = (16, 40, 80, 200)
_LONGEST = 40_000
"""Bytes of a card that is mutated, and of what comes of it."""

_DEAD = 60
"""Seconds after which an input is taken for one that will not end."""

_SMALLER = 15.0
"""Seconds that are spent on making an input smaller."""

_SCREENS = 12.0
"""Seconds between two looks at the app itself."""

_PIECES = [
    *(text.encode("utf-8", "surrogatepass")[:400] for _, text in TEXTS.values()),
    *(text.encode() for text in "1e999 -1e999 nan -inf 0 -0.0 1e-320 99999999999999999 0.1% 1,000 [0.5,0.6]".split()),
    *(text.encode() for text in ("- a: 1\n", "| 1 | 2 |\n", "|-|-|\n", "# x\n", "### Training results\n\n")),
    b"<details>\n", b"\n---\n", b"{'a': 1}",
    b"[" * 300, b"<<: *a\n", b"a: &a [*a]\n", b"**", b"](", b"`", b"> " * 50, b"- " * 50, b"\\", b"&#27;", b"\xff\xfe",
]  # fmt: skip


class SlowError(Exception):
    """A step took more than its time."""


class UnseenError(Exception):
    """A character that no terminal should get was about to be written."""


@dataclass(slots=True)
class Finding:
    """What broke, and the smallest input that breaks it."""

    what: str
    data: bytes
    count: int = 1


@dataclass(slots=True)
class Session:
    """The findings of one run of the fuzzer."""

    out: Path
    inputs: int = 0
    steps: int = 0
    screens: int = 0
    findings: dict[str, Finding] = field(default_factory=dict)

    def tried(self, data: bytes, use: Callable[[bytes], int]) -> None:
        """Use an input and keep what breaks."""
        self.inputs += 1
        (self.out / "running.md").write_bytes(data)
        what, steps = broken_by(data, use)
        self.steps += steps
        if not what:
            return
        if what in self.findings:
            self.findings[what].count += 1
            return
        small = smaller(data, lambda one: broken_by(one, use)[0] == what)
        self.findings[what] = Finding(what, small)
        name = hashlib.sha256(what.encode()).hexdigest()[:8]
        (self.out / f"{name}.md").write_bytes(small)
        (self.out / f"{name}.txt").write_text(what + "\n", encoding="utf-8")
        print(f"{self.out / name}.md: {what}", file=sys.stderr, flush=True)  # noqa: T201 - as it is found


def broken_by(data: bytes, use: Callable[[bytes], int]) -> tuple[str, int]:
    """(what an input breaks, else empty; the steps that were done)."""
    faulthandler.dump_traceback_later(_DEAD, exit=True)
    try:
        return "", use(data)
    except Exception as error:  # noqa: BLE001 - whatever it is
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "/tui/" in frame.filename]
        place = f"{Path(frames[-1].filename).name}:{frames[-1].name}" if frames else "?"
        words = str(error) if isinstance(error, UnseenError) else place
        return f"{type(error).__name__} in {words}", 0
    finally:
        faulthandler.cancel_dump_traceback_later()


def smaller(data: bytes, breaks: Callable[[bytes], bool]) -> bytes:
    """The input without the pieces that are not needed to break something: lines first, then bytes."""
    end = time.monotonic() + _SMALLER
    for separator in (b"\n", b""):
        parts = data.split(separator) if separator else [bytes([byte]) for byte in data]
        size = max(len(parts) // 2, 1)
        while size and time.monotonic() < end:
            at = 0
            while at < len(parts) and time.monotonic() < end:
                fewer = parts[:at] + parts[at + size :]
                if breaks(separator.join(fewer)):
                    parts = fewer
                else:
                    at += size
            size //= 2
        data = separator.join(parts)
    return data


# What is done with an input


@contextmanager
def limited(name: str) -> Iterator[None]:
    """Stop what takes more than its time of the processor."""

    def stop(*_: object) -> None:
        raise SlowError(name)

    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, LIMIT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def check(name: str, texts: Iterable[str]) -> None:
    """Raise UnseenError for a text that no terminal should get."""
    for text in texts:
        if match := UNSEEN.search(text):
            raise UnseenError(f"{name}: U+{ord(match[0]):04X}")


def check_lines(name: str, lines: Iterable[Line]) -> None:
    """The same for lines, which hold no line end either."""
    for line in lines:
        check(name, (line.text, line.section))
        if "\n" in line.text:
            raise UnseenError(f"{name}: a line end")


@dataclass(slots=True)
class Bench:
    """Does with a card all that cardtui does, together with the card before it."""

    before: Run | None = None
    steps: int = 0
    count: int = 0
    """Cards used; each is shown in another width than the one before."""

    def use(self, data: bytes) -> int:
        """Use the bytes of a card; gives how many steps that were."""
        self.steps = 0
        with limited("parse"):
            card = parse(data, "x.md")
        return self.use_card(card)

    def use_run(self, data: bytes) -> int:
        """Use the bytes of a state as the one of a run, and as its results."""
        self.steps = 0
        with tempfile.TemporaryDirectory() as folder:
            for file in ("trainer_state.json", "all_results.json", "eval_results.json"):
                (Path(folder) / file).write_bytes(data)
            with limited("read"):
                card = read(Path(folder) / "trainer_state.json", "run", "run")
        return self.use_card(card)

    def use_card(self, card: Card) -> int:
        """Use a card that was read."""
        self.count += 1
        with limited("judge"):
            verdict = judge(card)
        for name, step in self.all_steps(card, verdict):
            with limited(name):
                step()
            self.steps += 1
        self.before = Run(card.name, card, verdict)
        return self.steps

    def all_steps(self, card: Card, verdict: Verdict) -> Iterator[tuple[str, Callable[[], None]]]:
        """Every step by its name."""
        for cells in (WIDTHS[self.count % len(WIDTHS)], None):
            yield f"facts {cells}", lambda cells=cells: check_lines("facts", facts(card, verdict, cells))  # type: ignore[misc]
            yield f"prose {cells}", lambda cells=cells: check_lines("prose", prose(card, cells))  # type: ignore[misc]
        yield "raw", lambda: check_lines("raw", raw_lines(card))
        yield "report", lambda: check("report", report(card, verdict).split("\n"))
        yield "json", lambda: self.json(card, verdict)
        yield "known", lambda: self.known(card, verdict)
        yield "curves", lambda: self.curves(card)
        runs = [Run(card.name, card, verdict), self.before or Run(card.name, card, verdict)]
        yield "compare", lambda: self.compare(runs)
        yield "plot", lambda: self.plot(runs)

    def json(self, card: Card, verdict: Verdict) -> None:
        """The card as JSON, and back."""
        told = card_json(card, verdict)
        for indent in (None, 2):
            text = json_text(told, indent)
            check("json", [text])
            json.loads(text)
            text.encode()

    def known(self, card: Card, verdict: Verdict) -> None:
        """What lists know of the card: kept, brought back, in columns, in the tree and in lists of all formats."""
        known = facts_of(card, verdict)
        again = Read(pack(known)).facts
        if again != known and "nan" not in repr(known):
            raise AssertionError("facts come back as others")
        columns = Columns()
        columns.add(known)
        columns.passing(parse_query('f1>0.9 lr<=1 -has:overfitting base:a* "x"'), [0], lambda _: card.path)
        for key in list(columns.keys())[:20]:
            columns.value(0, key)
            columns.ordered(key, [0], DEFAULT)
        tree = Tree()
        tree.add(0, FolderFound("/x", ("x",), ("a.md", "b.md")))
        for entry in tree.entries:
            entry.row, entry.outline = 0, outline_of(known)
        rows = TreeLines(tree.rows())
        for cells in (12, 40):
            check_lines("tree", (rows.line(index, cells) for index in range(len(rows))))
        names = ["name", "path", "value", *list(known.values)[:10]]
        row = [known.values.get(name) for name in names]
        check_lines("list", list_text.list_lines(names, [row], 80))
        for form in (list_text.csv_lines, list_text.markdown_lines, list_text.latex_lines, list_text.json_array):
            check("list", (line for one in form(names, [row]) for line in one.split("\n")))

    def curves(self, card: Card) -> None:
        """The curves pane, each metric, in several sizes."""
        history = curves.drawn(card)
        plots = curves.plots(history)
        for cells, height in ((20, 8), (60, 20)):
            for axis in curves.axes(history)[:2] or ("epoch",):
                for view in (View(axis=axis), View(axis=axis, log_x=True, log_y=True)):
                    check_lines("curves", render_curves(history, plots[:2], view, cells, height))

    def compare(self, runs: Sequence[Run]) -> None:
        """The comparison with the card before, in all formats."""
        found = compare(runs)
        for cells in (40, 120, None):
            check_lines("compare", comparison_lines(found, cells, everything=True))
        check("compare", comparison_markdown(found, everything=True).split("\n"))
        check("compare", comparison_latex(found, everything=True).split("\n"))
        check("compare", [json_text(comparison_json(found), indent=2)])

    def plot(self, runs: Sequence[Run]) -> None:
        """Curves of one and of both, as text and as SVG."""
        view = View()
        panels = [run_panel(runs[0], name, [name], view) for name in metrics_of(runs[:1])[:2]]
        for name in common_metrics(runs)[:1]:
            panels += [runs_panel(runs, name, view), difference_panel(runs, name, view)]
        for panel in panels:
            check_lines("plot", panel_lines(panel, view, 70, 16))
        if panels:
            check("figure", figure(panels, 600, 300).split("\n"))


# Where inputs come from


def seeds() -> list[bytes]:
    """Cards at hand: ours, those with defects, the hostile ones, the public ones where they are."""
    public = sorted(CARDS.glob("*.md")) if CARDS.is_dir() else []
    found = [path.read_bytes() for path in [*SAMPLE_CARDS, *DEFECTS, *public]]
    found += [case.data for case in cards().values()]
    return [data for data in found if len(data) <= _LONGEST]


def states() -> list[bytes]:
    """States of runs at hand."""
    found: list[bytes] = []
    with tempfile.TemporaryDirectory() as folder:
        for name in PLACES:
            if name.startswith("run-") and not name.endswith(("folder", "pipe", "settings")):
                PLACES[name][1](Path(folder) / name)
        found += [path.read_bytes() for path in sorted(Path(folder).rglob("*.json"))]
    if RUNS.is_dir():
        found += [path.read_bytes() for path in sorted(RUNS.rglob("*.json"))]
    return [data for data in found if len(data) <= _LONGEST]


def harmed(data: bytes, pool: Sequence[bytes], dice: random.Random) -> bytes:
    """An input that was harmed in one to four ways."""
    for _ in range(dice.randint(1, 4)):
        at = dice.randrange(len(data) + 1)
        match dice.randrange(5):
            case 0 | 1:
                data = mutation(data, dice.choice(pool), dice)
            case 2:
                data = data[:at] + dice.choice(_PIECES) + data[at:]
            case 3:  # a number becomes another
                end = at
                while end < len(data) and chr(data[end]) in "0123456789.e-":
                    end += 1
                data = data[:at] + dice.choice(_PIECES) + data[end:]
            case _:  # a line many times
                lines = data.split(b"\n")
                line = dice.randrange(len(lines))
                lines[line : line + 1] = [lines[line]] * dice.choice((2, 10, 100))
                data = b"\n".join(lines)
    return data[:_LONGEST]


async def look(datas: Sequence[bytes]) -> None:
    """The panes of the app itself, without a terminal: a card each, raw and rendered, in the table, compared."""
    from tests.screens.driving import explorer  # noqa: PLC0415 - Textual

    with tempfile.TemporaryDirectory() as folder:
        for number, data in enumerate(datas):
            (Path(folder) / f"{number}.md").write_bytes(data)
        async with explorer(Path(folder), size=(100, 30)) as driver:
            for key in [
                "2",
                "G",
                "r",
                "G",
                "1",
                "j",
                "z",
                "escape",
                "j",
                "t",
                "G",
                "escape",
                "space",
                "j",
                "space",
                "d",
                "a",
            ]:
                await driver.press(key)
                await asyncio.sleep(0.02)
                await driver.pilot.pause()
                check("screen", driver.lines())


def use_screen(data: bytes) -> int:
    """The app with some cards."""
    asyncio.run(look(data.split(_BETWEEN)))
    return 1


_BETWEEN = b"\n\x00between\x00\n"
"""What stands between the cards that were looked at together."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Fuzz for some time; returns the exit status."""
    options = argparse.ArgumentParser(
        prog="python -m tests.fuzz", description="Break the reading and showing of cards."
    )
    options.add_argument("--minutes", type=float, default=10.0)
    options.add_argument("--seed", type=int, default=None, help="The same inputs again.")
    options.add_argument("--out", type=Path, default=None, help="Where findings are written.")
    chosen = options.parse_args(arguments)
    seed = chosen.seed if chosen.seed is not None else random.SystemRandom().randrange(10**9)
    out = chosen.out or Path(tempfile.mkdtemp(prefix="cardtui-fuzz-"))
    out.mkdir(parents=True, exist_ok=True)
    session = Session(out)
    fuzz(session, random.Random(seed), chosen.minutes * 60)
    (out / "running.md").unlink(missing_ok=True)
    print(f"seed {seed}: {session.inputs:,} inputs, {session.steps:,} steps, {session.screens} looks at the app")  # noqa: T201
    for kind, count in Counter({found.what: found.count for found in session.findings.values()}).most_common():
        print(f"{count:6} × {kind}")  # noqa: T201
    print(f"{len(session.findings)} kinds of findings" + (f" in {out}" if session.findings else ""))  # noqa: T201
    return 1 if session.findings else 0


def fuzz(session: Session, dice: random.Random, seconds: float) -> None:
    """Try inputs until the time is over, first each seed as it is."""
    start = time.monotonic()
    bench, pool, runs = Bench(), seeds(), states()
    warm(bench, pool[0])
    recent: list[bytes] = []
    next_look = start + min(_SCREENS, seconds / 2)
    whole = iter(dice.sample(pool, len(pool)))
    while time.monotonic() - start < seconds:
        if dice.random() < 0.15:
            session.tried(harmed(dice.choice(runs), runs, dice), bench.use_run)
        else:
            data = next(whole, None) if dice.random() < 0.1 else None
            data = harmed(dice.choice(pool), pool, dice) if data is None else data
            recent = [*recent[-3:], data]
            session.tried(data, bench.use)
        if time.monotonic() > next_look:
            session.tried(_BETWEEN.join(recent), use_screen)
            session.screens += 1
            next_look = time.monotonic() + _SCREENS


def warm(bench: Bench, data: bytes) -> None:
    """Load everything before anything is measured."""
    global LIMIT  # noqa: PLW0603 - for once
    usual, LIMIT = LIMIT, 60.0
    bench.use(data)
    LIMIT = usual


if __name__ == "__main__":
    sys.exit(main())
