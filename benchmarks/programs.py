"""What is started: cardtui, a bare Textual app, and its peers where they are installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.measure import NotMeasuredError
from benchmarks.setting import PEERS

CARDTUI = (sys.executable, "-m", "tui")

_BARE = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    BINDINGS = [("q", "quit", "Quit")]
    def compose(self):
        yield Static("READY")
Bare().run()
"""
BARE = (sys.executable, "-c", _BARE)
YAML = (sys.executable, "-c", "import yaml")

_RUNS = """
import sys, wandb
for run in range(int(sys.argv[1])):
    settings = wandb.Settings(x_disable_stats=True, console="off", root_dir=sys.argv[2])
    with wandb.init(project="sweep", name=f"run-{run}", mode="offline", settings=settings, config={"batch": 8}) as one:
        for epoch in range(1, 21):
            one.log({"loss": 1 / epoch, "accuracy": 1 - run / 10 - 0.5 / epoch, "epoch": epoch})
"""


def found(name: str) -> str:
    """The path of a peer's program."""
    folders = os.pathsep.join([*map(str, PEERS), os.environ.get("PATH", "")])
    path = shutil.which(name, path=folders)
    if path is None:
        raise NotMeasuredError(f"{name} is not installed")
    return path


def python_with(package: str) -> str:
    """A Python that has a package: of the peers' folders, else the one that runs this."""
    for python in [*(str(folder / "python") for folder in PEERS if (folder / "python").exists()), sys.executable]:
        code = f"import importlib.util as u, sys; sys.exit(u.find_spec({package!r}) is None)"
        if subprocess.run([python, "-c", code], check=False, capture_output=True).returncode == 0:
            return python
    raise NotMeasuredError(f"{package} is not installed")


def leet(folder: Path, runs: int, environment: Mapping[str, str]) -> Sequence[str]:
    """W&B leet on a folder of runs without a server, which is made."""
    wandb = found("wandb")
    if not folder.exists():
        folder.mkdir()
        made = [python_with("wandb"), "-c", _RUNS, str(runs), str(folder)]
        done = subprocess.run(made, env=environment, check=False, capture_output=True, text=True)
        if done.returncode:
            raise NotMeasuredError(f"wandb made no runs: {done.stderr.strip().splitlines()[-1:]}")
    return [wandb, "beta", "leet", "run", str(folder / "wandb")]


def version(package: str) -> str:
    """``name version`` of a package among the peers, else empty."""
    code = f"from importlib.metadata import version; print(version({package!r}))"
    for folder in PEERS:
        if (folder / "python").exists():
            done = subprocess.run([str(folder / "python"), "-c", code], check=False, capture_output=True, text=True)
            if done.returncode == 0:
                return f"{package} {done.stdout.strip()}"
    return ""
