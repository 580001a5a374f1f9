"""The first names on the screen, before the explorer draws."""

from __future__ import annotations

import re
from pathlib import Path

from tui.cli.first_text import first_text

SAMPLES = Path(__file__).parents[2] / "sample_cards"
_MOVE = re.compile(r"\x1b\[(\d+);(\d+)H([^\x1b]*)")


def placed(text: str) -> dict[int, str]:
    """Line → text, of what is written at places of the screen."""
    return {int(line): words for line, _, words in _MOVE.findall(text)}


def test_title_and_first_names_stand_where_the_explorer_will_have_them() -> None:
    lines = placed(first_text([SAMPLES], 120, 40))
    assert lines[1] == "cardtui sample_cards"
    assert lines[3].split() == ["▾", "sample_cards", "13"]
    assert [lines[number].split()[-1] for number in (5, 6, 7, 8)] == ["run-1", "run-2", "run-3", "run-4"]


def test_no_more_names_are_written_than_the_terminal_has_lines() -> None:
    assert max(placed(first_text([SAMPLES], 80, 10))) <= 8
    assert list(placed(first_text([SAMPLES], 20, 10))) == [1]


def test_names_of_folders_are_no_control_codes(tmp_path: Path) -> None:
    (tmp_path / "evil\x1b[2J").mkdir()
    (tmp_path / "evil\x1b[2J" / "a\x9b.md").write_text("---\nlicense: mit\n---\n# x\n")
    text = first_text([tmp_path / "evil\x1b[2J"], 120, 40)
    assert "evil␛[2J" in text
    assert "a<U+009B>" in text
    assert "\x9b" not in text
