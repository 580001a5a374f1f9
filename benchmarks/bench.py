"""What is measured together, in turns, when the first line of the table asks for it."""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from itertools import count
from pathlib import Path

from benchmarks import programs, reading
from benchmarks.make_cards import make
from benchmarks.measure import NotMeasuredError, Report, Turns, home, probe, run
from benchmarks.programs import BARE, CARDTUI, YAML
from benchmarks.reading import Reading
from benchmarks.setting import MANY, PUBLIC

RUNS, LONG_RUNS, SHORT_RUNS = 5, 3, 15
"""Turns of what takes seconds, minutes, and less than a second."""

_BUDGET = 220.0
"""Seconds that turns of what takes long may take."""

_NAMES = ["sweep-0000-run-000"]
_USEFUL = [*_NAMES, "sweep-0000-run-004", "Hyperparameters", "◆ lowest"]
"""What stands on the first frame that is of use: names, a card's results and settings, its curve."""

_AT_REST = ["--settle", "1", "--idle", "3"]
_LONG = ["--timeout", "300", "--quit-timeout", "10", "--quiet", "20"]
"""Progress comes every 100 ms, which is no silence to be waited for."""

_MOVES = 50
UNSCROLLED = 25
"""So many moves from the top leave the list where it is."""


class Bench:
    """Folders and what was measured of them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._homes = count()

    # What is measured on

    def home(self) -> Mapping[str, str]:
        """An environment of its own, in which nothing is remembered."""
        return home(self._folder / f"home-{next(self._homes)}")

    @cached_property
    def few(self) -> Path:
        """A folder of five cards."""
        make(self._folder / "few", 5, 1)
        return self._folder / "few"

    @cached_property
    def many(self) -> Path:
        """A folder of as many cards as are asked for."""
        print(f"making {MANY:,} cards", file=sys.stderr, flush=True)
        make(self._folder / "many", MANY, max(MANY // 100, 1))
        return self._folder / "many"

    @cached_property
    def generated(self) -> Path:
        """A folder of 2,000 cards, to be read one by one."""
        make(self._folder / "generated", 2000, 20)
        return self._folder / "generated"

    @cached_property
    def card(self) -> Path:
        """One card."""
        return min(self.few.rglob("*.md"))

    def sheet(self, rows: int) -> Path:
        """A CSV file for VisiData, with as many rows as there are cards."""
        path = self._folder / f"sheet-{rows}.csv"
        if not path.exists():
            chance = random.Random(1)
            with path.open("w", newline="", encoding="utf-8") as file:
                sheet = csv.writer(file)
                sheet.writerow(["f1", "name", "loss", "learning_rate", "batch", "epochs", "base", "dataset"])
                for row in range(rows):
                    figures = [f"{chance.random():.4f}", f"run-{row}", f"{chance.random():.4f}", "5e-05", 16, 3]
                    sheet.writerow([*figures, chance.choice(["bert", "roberta"]), chance.choice(["imdb", "emotion"])])
        return path

    # What is measured

    @cached_property
    def start(self) -> Turns[Report]:
        """Five cards: ours, a bare Textual app and the peers; and the first frame of many."""
        few, many = [*CARDTUI, str(self.few)], [*CARDTUI, str(self.many)]
        switches = {f"{kind} {turn}": step for turn in range(3) for kind, step in _SWITCH.items()}
        memory = {"memory": "memory"}
        with suppress(NotMeasuredError):
            run([*CARDTUI, "list", str(self.few)], self.home())  # what Python compiles is compiled
        leets = self.home()
        return Turns[Report]().take(
            {
                "bare": lambda: probe(BARE, self.home(), ["READY"], memory, *_AT_REST),
                "ours": lambda: probe(few, self.home(), _USEFUL, memory | switches, *_AT_REST),
                "names": lambda: probe(few, self.home(), _NAMES),
                "many": lambda: probe(many, self.home(), _USEFUL, {}, "--quit-timeout", "20"),
                "leet": lambda: probe(
                    programs.leet(self._folder / "leet", 5, leets),
                    leets,
                    ["loss", "accuracy", "Config"],
                    {"down": "move:down*4", "up": "move:up*4", **memory},
                    *_AT_REST,
                ),
                "frogmouth": lambda: probe(
                    [programs.found("frogmouth"), str(self.card)],
                    self.home(),
                    ["fine-tuned version"],
                    memory,
                    *["--settle", "1", "--quit", "ctrl-q"],
                ),
                "visidata": lambda: probe(
                    [programs.found("vd"), str(self.sheet(5))], self.home(), ["run-4"], memory, "--settle", "0.5"
                ),
                "less": lambda: probe([programs.found("less"), str(self.card)], self.home(), ["fine-tuned version"]),
            },
            RUNS,
        )

    @cached_property
    def session(self) -> Turns[Report]:
        """Many cards from the cold start to the table of runs; the same folder once more; the same rows in a peer."""
        command = [*CARDTUI, str(self.many)]
        known = {"known": f"known:{MANY:,} card"}
        homes: list[Mapping[str, str]] = []

        def cold() -> Report:
            homes.append(self.home())
            return probe(command, homes[-1], _USEFUL, known | _AFTER, *_LONG)

        sheet = [str(self.sheet(MANY))]
        return Turns[Report]().take(
            {
                "keys": lambda: probe(command, self.home(), _USEFUL, _MEANWHILE, *_LONG),
                "ours": cold,
                "again": lambda: probe(command, homes[-1], _USEFUL, known, *_LONG),
                "visidata": lambda: probe(
                    [programs.found("vd"), *sheet], self.home(), ["run-4"], _SHEET, "--quit", "text:gq"
                ),
            },
            LONG_RUNS,
            _BUDGET,
        )

    @cached_property
    def whole(self) -> Turns[tuple[float, float]]:
        """(seconds on the clock, on the cores) of the best card of many without the app; and the same once more."""
        command = [*CARDTUI, "list", str(self.many), "--sort", "headline", "--top", "1"]
        homes: list[Mapping[str, str]] = []

        def cold() -> tuple[float, float]:
            homes.append(self.home())
            return run(command, homes[-1])

        def peer() -> tuple[float, float]:
            one = reading.peers(self.generated)
            return one.micros * one.cards / 1e6, one.micros

        turns = {"cold": cold, "again": lambda: run(command, homes[-1]), "ModelCard": peer}
        return Turns[tuple[float, float]]().take(turns, LONG_RUNS, _BUDGET)

    def read_one_by_one(self, folder: Path) -> Turns[Reading]:
        """The cards of a folder read one by one."""
        if not folder.is_dir():
            raise NotMeasuredError(f"{folder.name} are not here")
        turns = {"ours": lambda: reading.ours(folder), "ModelCard": lambda: reading.peers(folder)}
        return Turns[Reading]().take(turns, RUNS)

    def read_public(self) -> Turns[Reading]:
        """The public cards read one by one."""
        return self.read_one_by_one(PUBLIC)

    def read_generated(self) -> Turns[Reading]:
        """Generated cards read one by one."""
        return self.read_one_by_one(self.generated)

    @cached_property
    def commands(self) -> Turns[tuple[float, float]]:
        """Commands into a pipe, beside a Python that imports PyYAML."""
        environment = self.home()
        commands: dict[str, Sequence[str]] = {
            "import yaml": YAML,
            "show": [*CARDTUI, "show", str(self.card)],
            "list": [*CARDTUI, "list", str(self.few)],
        }
        turns = {name: lambda command=command: run(command, environment) for name, command in commands.items()}
        return Turns[tuple[float, float]]().take(turns, SHORT_RUNS)


_SWITCH = {"move": "move:down*1", "card": "wait:0.6"}
_MEANWHILE = {"moves": f"move:down*{_MOVES}", "memory": "memory"}
"""Steps on many cards while they are read."""

_AFTER = {
    "rest": "wait:2",
    "memory": "memory",
    "home": "frame:home",
    "moves": f"move:down*{_MOVES}",
    "table": "frame:t",
    "reverse": "frame:S",
    "reverse again": "frame:S",
    "prompt": "frame:f",
    "words": "frame:text:f1>0.9",
    "filter": "frame:enter",
    "leave": "frame:esc",
    "leave again": "frame:esc",
}
"""Steps on many cards once they are all read."""

_SHEET = {
    "load": "wait:5",
    "moves": f"move:down*{_MOVES}",
    "memory": "memory",
    "numbers": "frame:%",
    "reverse": "frame:[",
    "prompt": "text:z|",
    "words": "text:f1>0.9",
    "filter": "frame:enter",
    "rows": 'frame:text:"',
}
"""The same in VisiData: numbers, sorted; what passes is selected, and shown."""
