"""The pages: their keys are those of the app, their pictures what the app shows, and all of it works offline."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import chain
from pathlib import Path

import pytest

from tui import keys
from tui.cards.run_files import ALL_RESULTS, EVAL_RESULTS, STATE, TRAIN_RESULTS
from tui.keys import Scope

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PICTURES = DOCS / "pictures"
PAGES = {path.stem: path.read_text(encoding="utf-8") for path in sorted(DOCS.glob("*.md"))}
EVERYTHING = "".join(PAGES.values()) + (ROOT / "README.md").read_text(encoding="utf-8")

TABLES = {
    ("explorer", "Keys everywhere"): (Scope.EXPLORER, Scope.APP),
    ("explorer", "The tree"): (Scope.TREE,),
    ("explorer", "The card"): (Scope.DETAIL,),
    ("explorer", "The curves"): (Scope.CURVES,),
    ("explorer", "Several metrics"): (Scope.PICK,),
    ("explorer", "Nearest recipes"): (Scope.RECIPES,),
    ("compare", "Keys"): (Scope.COMPARE, Scope.COMPARISON),
    ("runs-table", "Keys"): (Scope.RUNS, Scope.RUN_ROWS),
    ("runs-table", "Columns"): (Scope.COLUMNS,),
}
"""Page and heading → the keys of which there is a table."""


@pytest.mark.parametrize(("page", "heading"), TABLES)
def test_a_table_has_all_keys_and_no_others(page: str, heading: str) -> None:
    (part,) = re.findall(rf"^#+ {heading}\n(.*?)(?=^#|\Z)", PAGES[page], re.MULTILINE | re.DOTALL)
    (table,) = re.findall(r"^\| key \| does \|\n\|---\|---\|\n((?:\|.*\n)+)", part, re.MULTILINE)
    cells = (line.split("|")[1] for line in table.splitlines())
    told = re.split(r"[\s,]+", " ".join(cells).replace("`", "").strip())
    shown = chain.from_iterable(key.shown.split() for scope in TABLES[page, heading] for key in keys.of(scope))
    assert sorted(told) == sorted(shown)


def test_pictures_are_what_the_app_shows(tmp_path: Path) -> None:
    subprocess.run([sys.executable, DOCS / "make_pictures.py", tmp_path], check=True)
    made, kept = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in (tmp_path, PICTURES))
    assert sorted(made) == sorted(kept)
    assert [name for name in made if made[name] != kept[name]] == [], "run `make pictures`, and look at them"


def test_every_picture_is_shown_and_every_one_shown_is_there() -> None:
    there = {path.name for path in PICTURES.iterdir()}
    assert there == set(re.findall(r"!\[[^]]+\]\((?:docs/)?pictures/([^)]+)\)", EVERYTHING))


def test_the_site_is_whole_and_loads_nothing_from_elsewhere(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "site")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    pages = list((tmp_path / "site").glob("*.html"))
    assert {page.stem for page in pages} >= set(PAGES)
    for page in pages:
        loaded = re.findall(r"<(?:link|script|img|iframe)[^>]+(?:href|src)=\"?([^\" >]+)", page.read_text())
        assert loaded
        assert [address for address in loaded if re.match(r"(https?:)?//", address)] == []
    for style in (tmp_path / "site").rglob("*.css"):
        assert not re.search(r"(@import|url\()\s*[\"']?(https?:)?//", style.read_text())


def test_links_of_the_readme_lead_somewhere() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.findall(r"\]\(([^)#]+)(?:#([^)]*))?\)", readme)
    assert found
    assert [path for path, _ in found if not (ROOT / path).exists()] == []
    for path, place in found:
        headings = re.findall(r"^#+ (.*)$", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE) if place else []
        assert not place or place in [heading.lower().replace(" ", "-") for heading in headings]


def test_the_files_of_a_run_are_named() -> None:
    named = [STATE, "checkpoint-*", ALL_RESULTS, TRAIN_RESULTS, EVAL_RESULTS]
    assert [file for file in named if f"`{file}`" not in PAGES["folders"]] == []


def test_the_architecture_names_every_room_and_what_stands_beside_them() -> None:
    rooms = [f"{path.parent.name}/" for path in sorted((ROOT / "tui").glob("*/__init__.py"))]
    files = [path.name for path in sorted((ROOT / "tui").glob("[!_]*.py"))]
    assert [name for name in [*rooms, *files] if f"├── {name}" not in PAGES["architecture"]] == ["background.py"]
    assert "└── background.py" in PAGES["architecture"]
