"""Which room may know which: held by the import contracts, and by what a clean interpreter has loaded."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests import stated
from tests.cli.running import ROOT, python

PACKAGE = ROOT / "tui"
MODULES = sorted(PACKAGE.rglob("*.py"))
HEAVY = {"textual", "rich", "plotext"}
RUN = stated.SAMPLES / "helpdesk-sweep" / "run-4" / "README.md"

SHOW = """
import sys
sys.argv = ["cardtui", *sys.argv[1:]]
from tui.cli.main import run
try:
    run()
except SystemExit as end:
    print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
    raise
"""
IMPORT_ROOM = """
import importlib, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def place(path: Path) -> str:
    """The module's path within the project."""
    return path.relative_to(ROOT).as_posix()


def dotted(path: Path) -> str:
    """The module's name."""
    return place(path).removesuffix(".py").replace("/", ".").removesuffix(".__init__")


def test_showing_a_card_in_a_pipe_loads_nothing_heavy() -> None:
    ended = python(SHOW, "show", RUN)
    assert ended.code == 0
    assert "0.8692" in ended.out
    assert {*HEAVY, "markdown_it", "yaml"} & set(ended.err.split()) == set()


@pytest.mark.parametrize("arguments", [("list",), ("export", "-o", "-"), ("check",)], ids=lambda names: names[0])
def test_reading_many_cards_in_a_pipe_loads_nothing_heavy(arguments: tuple[str, ...]) -> None:
    ended = python(SHOW, *arguments, RUN.parents[1])
    assert ended.code == (arguments == ("check",))
    assert ("0.8692" in ended.out) == (arguments != ("check",))
    assert {*HEAVY, "markdown_it"} & set(ended.err.split()) == set()


@pytest.mark.parametrize("form", ["json", "markdown"])
def test_showing_a_card_to_a_program_loads_nothing_heavy(form: str) -> None:
    ended = python(SHOW, "show", RUN, "--format", form)
    assert ended.code == 0
    assert HEAVY & set(ended.err.split()) == set()


@pytest.mark.parametrize("room", ["cards", "judge", "library"])
def test_reading_judging_and_keeping_load_no_user_interface(room: str) -> None:
    names = [dotted(path) for path in MODULES if path.is_relative_to(PACKAGE / room)]
    assert len(names) >= 3
    ended = python(IMPORT_ROOM, *names)
    assert ended.code == 0
    assert HEAVY & set(ended.out.split()) == set()


def test_rendering_loads_no_textual() -> None:
    names = [dotted(path) for path in MODULES if path.is_relative_to(PACKAGE / "render")]
    ended = python(IMPORT_ROOM, *names)
    assert ended.code == 0
    assert "textual" not in ended.out.split()


def test_the_commands_load_no_textual_until_the_explorer_opens() -> None:
    names = [dotted(path) for path in MODULES if path.is_relative_to(PACKAGE / "cli")]
    ended = python(IMPORT_ROOM, *names)
    assert ended.code == 0
    assert HEAVY & set(ended.out.split()) == set()


def test_the_import_contracts_hold() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_every_room_is_named_in_the_order_of_imports() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = next(c["layers"] for c in settings["tool"]["importlinter"]["contracts"] if c["type"] == "layers")
    rooms = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert rooms - {"__init__"} - set(layers) == set()


@pytest.mark.parametrize("path", MODULES, ids=place)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", [path for path in MODULES if path.name == "__init__.py"], ids=place)
def test_a_package_file_holds_a_docstring_and_nothing_else(path: Path) -> None:
    assert len(ast.parse(path.read_text(encoding="utf-8")).body) == 1


def test_only_the_writer_of_output_prints() -> None:
    names = {
        place(path)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    }
    assert names <= {"tui/cli/output.py"}


def test_the_modules_were_found() -> None:
    assert {"tui/cards/read.py", "tui/__main__.py"} <= {place(path) for path in MODULES}
