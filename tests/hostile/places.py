"""Folders that attack: files that are none, names that are no text, runs that lie."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.hostile.cards import C1, CSI, MARKS, MARKUP, OSC, cards
from tests.screens.following import card

EVERYTHING = CSI + OSC + C1 + MARKUP + "\u202e\u200b\n\r\t" + MARKS[:50]


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


def _link(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(100_000_000)


def _unreadable(path: Path) -> None:
    path.write_text(card("hidden", "0.5"), encoding="utf-8")
    path.chmod(0)


def _unreadable_folder(path: Path) -> None:
    path.mkdir()
    (path / "README.md").write_text(card("hidden", "0.5"), encoding="utf-8")
    path.chmod(0)


def _folder(path: Path) -> None:
    path.mkdir()
    (path / "README.md").write_text(card("inside", "0.5"), encoding="utf-8")


def _file(path: Path) -> None:
    path.write_text(card("inside", "0.5"), encoding="utf-8")


def _run_of_pipe(path: Path) -> None:
    path.mkdir()
    os.mkfifo(path / "trainer_state.json")


_SETTINGS = (
    f'headline = "{MARKUP}"\ntheme = "x"\ncolumns = ["\\u001b[2J", 5, "=cmd()"]\n'
    f'"\\u009b2J{MARKUP}" = 1\n[directions]\n"\\u202e" = "up"\n"f1" = "\\u001b]0;x\\u0007"\n[limits]\ncard_bytes = 1\n'
)
"""Settings that a folder brings along: hardly any of them is one."""


def _with_settings(path: Path) -> None:
    path.mkdir()
    (path / ".cardtui.toml").write_text(_SETTINGS, encoding="utf-8")
    (path / "README.md").write_text(card("inside", "0.5"), encoding="utf-8")


def _run(state: object, results: object = None) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        path.mkdir()
        text = state if isinstance(state, str) else json.dumps(state)
        (path / "trainer_state.json").write_text(text, encoding="utf-8")
        if results is not None:
            (path / "all_results.json").write_text(json.dumps(results), encoding="utf-8")

    return make


def _state(name: str, value: object) -> dict[str, object]:
    entry = {"loss": 0.5, "epoch": 1.0, "step": 10}
    evaluation = {"eval_loss": 0.25, f"eval_{name}": value, name: value, "epoch": 1.0, "step": 10}
    return {"log_history": [entry, evaluation], "best_model_checkpoint": name, "best_metric": value, "global_step": 10}


PLACES: Mapping[str, tuple[str, Callable[[Path], None]]] = {
    "pipe.md": ("whoever waits for someone to write", _fifo),
    "socket.md": ("whoever opens a socket", _socket),
    "zero.md": ("whoever reads to the end", _link("/dev/zero")),
    "tty.md": ("whoever reads the keys of the terminal", _link("/dev/tty")),
    "full.md": ("the same with a full disk", _link("/dev/full")),
    "itself.md": ("whoever follows links", _link("itself.md")),
    "dangling.md": ("whoever believes a listing", _link("nowhere.md")),
    "above": ("whoever walks through folders", _link("..")),
    "here": ("the same", _link(".")),
    "root.md": ("a folder where a file is meant", _link("/dev")),
    "sparse.md": ("memory: 100 MB of nothing", _sparse),
    "unreadable.md": ("a file without permissions", _unreadable),
    "unreadable": ("a folder without permissions", _unreadable_folder),
    "--help": ("the command line: a folder named like an option", _folder),
    "-rf.md": ("the same, a file", _file),
    "[red]x[bold] [MASK].md": ("console markup in a name", _file),
    "[@click=app.quit]x": ("the same, a folder", _folder),
    f"{CSI}{OSC}.md".replace("/", "-"): ("the terminal, by a file's name", _file),
    f"{CSI}{C1}": ("the terminal, by a folder's name", _folder),
    "line\nend\r\t.md": ("whoever prints a name a line", _file),
    "line\nend": ("the same, a folder", _folder),
    "::error file=x::y%0A": ("a workflow, by a folder's name", _folder),
    "=cmd()": ("a spreadsheet, by a folder's name", _folder),
    "\u202egnp.md": ("the order of letters in a name", _file),
    "\udcff\udcfe.md": ("encoders: a name that is no UTF-8", _file),
    "\udcff-folder": ("the same, a folder", _folder),
    "n" * 250 + ".md": ("columns that are as wide as their names", _file),
    "表" * 80 + ".md": ("the same in wide letters", _file),
    "e" + "\u0301" * 100 + ".md": ("a name of marks", _file),
    "run-keys": (
        "names of metrics in a state",
        _run(_state(EVERYTHING, 0.5), {f"eval_{EVERYTHING}": 0.5, EVERYTHING: 1}),
    ),
    "run-values": (
        "values in a state",
        _run(_state("name", EVERYTHING), {"eval_f1": EVERYTHING, "eval_x": [EVERYTHING]}),
    ),
    "run-deep": ("the stack: 10,000 brackets of JSON", _run('{"a": ' + "[" * 10_000)),
    "run-nested": (
        "the stack: as deep as is read",
        _run('{"log_history": [{"step": 1, "eval_loss": ' + "[" * 900 + "1" + "]" * 900 + "}]}", {"a": [[[[[[1]]]]]]}),
    ),
    "run-huge": (
        "arithmetic: numbers beyond all floats",
        _run(
            '{"log_history": [{"step": '
            + "9" * 5000
            + ', "loss": 1e400}, {"step": 1, "eval_loss": '
            + "9" * 5000
            + ', "epoch": 1e999}, {"step": -5, "eval_loss": NaN, "epoch": -Infinity}], "global_step": 1e400}'
        ),
    ),
    "run-shapes": (
        "whoever expects numbers",
        _run(
            {
                "log_history": [
                    None,
                    1,
                    [],
                    {},
                    {"step": []},
                    {"step": 1, "epoch": {}, "eval_loss": {"a": [{}]}},
                    {"step": True, "loss": "x"},
                ],
                "max_steps": {},
                "num_train_epochs": [],
                "best_metric": {"a": 1},
                "best_model_checkpoint": 5,
            }
        ),
    ),
    "run-no-object": ("whoever expects an object", _run("[1, 2]", [1])),
    "run-state-is-folder": ("whoever opens the state", lambda path: (path / "trainer_state.json").mkdir(parents=True)),
    "run-state-is-pipe": ("the same", _run_of_pipe),
    "run-settings": ("settings that a folder brings along", _with_settings),
    "checkpoint-99999999999999999999": ("steps beyond all numbers", _run(_state("x", 1))),
}
"""Name in the folder → (what it attacks, what makes it)."""


def write(folder: Path) -> list[Path]:
    """Write everything hostile below a folder; gives the cards."""
    found: list[Path] = []
    texts = folder / "cards"
    texts.mkdir(parents=True)
    for name, case in cards().items():
        found.append(texts / f"{name}.md")
        found[-1].write_bytes(case.data)
    places = folder / "places"
    places.mkdir()
    for inside in (folder, places):
        (inside / ".cardtui.toml").write_text(_SETTINGS, encoding="utf-8")
    for name, (_, make) in PLACES.items():
        make(places / name)
    return found


def released(folder: Path) -> None:
    """Give permissions back, so that the folder can be removed by anybody."""
    for name in ("unreadable.md", "unreadable"):
        (folder / "places" / name).chmod(0o700)
