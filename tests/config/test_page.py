"""The page of the settings says what the table says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.config.read import FOLDER_BYTES, read_own
from tui.config.table import TABLE, Setting

PAGE = (Path(__file__).parents[2] / "docs" / "settings.md").read_text(encoding="utf-8")
ROWS = {line.split("|")[1].strip().strip("`"): line for line in PAGE.splitlines() if line.startswith("| `")}


def test_every_setting_has_its_row_and_no_other_has() -> None:
    assert list(ROWS) == [setting.name for setting in TABLE]


@pytest.mark.parametrize("setting", TABLE, ids=lambda setting: setting.name)
def test_a_row_says_what_may_stand_there_and_what_it_does(setting: Setting, tmp_path: Path) -> None:
    _, _, kind, default, help_, _ = (cell.strip() for cell in ROWS[setting.name].split("|"))
    assert (kind, help_) == (setting.kind, setting.help)
    if not setting.is_open:
        path = tmp_path / "config.toml"
        path.write_text(f"{setting.name} = {default.strip('`')}", encoding="utf-8")
        found = read_own(path)
        assert found.mistakes == ()
        assert list(found.values.values()) == [setting.default]


def test_the_example_holds(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(PAGE.partition("```toml\n")[2].partition("```")[0], encoding="utf-8")
    found = read_own(path)
    assert found.mistakes == ()
    assert len(found.values) == 6


def test_what_a_folder_may_set_is_named() -> None:
    paragraph = PAGE.partition("## The settings of a folder")[2].split("\n\n")[1]
    names = {setting.name for setting in TABLE if setting.in_folder}
    assert all(f"`{name}`" in paragraph or f"`[{name}]`" in paragraph for name in names)
    assert f"{FOLDER_BYTES // 1000} kB" in paragraph
