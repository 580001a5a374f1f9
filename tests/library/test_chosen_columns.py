"""The chosen columns outlive the session; whatever lies at their place does no harm."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tui.library.chosen_columns import columns_file, read_columns, write_columns


def test_what_was_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "columns.json"
    assert write_columns(path, ["name", "f1", "[red]é\ud800"])
    assert read_columns(path) == ["name", "f1", "[red]é\ud800"]
    assert [file.name for file in path.parent.iterdir()] == ["columns.json"]


@pytest.mark.parametrize(
    "text", ["", "{", '{"a": 1}', "[1, 2]", '"name"', "null", "[" * 100_000, "\udcff", '["a"' + ', "a"' * 2000 + "]"]
)
def test_a_damaged_file_is_ignored(tmp_path: Path, text: str) -> None:
    path = tmp_path / "columns.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert read_columns(path) == []


def test_a_name_counts_once(tmp_path: Path) -> None:
    path = tmp_path / "columns.json"
    path.write_text(json.dumps(["f1", "loss", "f1"]))
    assert read_columns(path) == ["f1", "loss"]


def test_without_a_place_nothing_is_remembered(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert not write_columns(blocked / "cardtui" / "columns.json", ["f1"])
    assert read_columns(blocked / "cardtui" / "columns.json") == []


def test_the_state_folder_can_be_chosen() -> None:
    assert columns_file({"XDG_STATE_HOME": "/state", "HOME": "/me"}) == Path("/state/cardtui/columns.json")
    assert columns_file({"XDG_STATE_HOME": "relative", "HOME": "/me"}) == Path("/me/.local/state/cardtui/columns.json")
