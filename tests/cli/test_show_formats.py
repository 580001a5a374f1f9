"""``cardtui show --format json`` and ``--format markdown``: one card for programs and for pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import stated
from tests.cli.making import MARKUP, hostile_card, plain_card
from tests.cli.running import cardtui, on_terminal
from tests.schemas import strict, validator
from tests.shared import SEEDS

RUN = stated.SAMPLES / "helpdesk-sweep" / "run-4" / "README.md"
CARDS = [*stated.SAMPLE_CARDS, *(sorted(SEEDS.glob("*.txt")) if SEEDS.is_dir() else [])]
UNREADABLE = {
    "empty.md": b"",
    "shopping.md": b"# Shopping\n\n- eggs\n",
    "binary.md": bytes(range(256)) * 40,
    "too-large.md": plain_card().encode() + b"x" * 5_000_001,
}


@pytest.mark.parametrize("path", CARDS, ids=stated.sample_id)
def test_a_card_is_one_object_as_the_schema_says(path: Path) -> None:
    ended = cardtui("show", path, "--format", "json")
    assert (ended.code, ended.err) == (0, "")
    card = strict(ended.out)
    validator("card").validate(card)
    assert (card["path"], card["name"]) == (path.name, stated.card_name(path))
    assert ended.out.startswith('{\n  "schema": 1,\n')


@pytest.mark.parametrize("form", ["json", "markdown"])
def test_a_folder_stands_for_its_readme(form: str) -> None:
    assert cardtui("show", RUN.parent, "--format", form) == cardtui("show", "--format", form, RUN)


@pytest.mark.parametrize("form", ["json", "markdown"])
def test_a_card_is_read_from_standard_input(form: str) -> None:
    ended = cardtui("show", "-", "--format", form, stdin=plain_card().encode())
    assert (ended.code, ended.err) == (0, "")
    assert "0.9123" in ended.out


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_is_no_readable_card_is_an_object_with_its_problems(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(UNREADABLE[name])
    ended = cardtui("show", tmp_path / name, "--format", "json")
    assert (ended.code, ended.err) == (0, "")
    card = strict(ended.out)
    validator("card").validate(card)
    assert card["problems"][0]["code"] == ("too-large" if "large" in name else "not-a-card")


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_is_no_readable_card_has_no_report(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(UNREADABLE[name])
    ended = cardtui("show", tmp_path / name, "--format", "markdown")
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert name in ended.err


@pytest.mark.parametrize("form", ["json", "markdown"])
def test_a_missing_file_is_refused(tmp_path: Path, form: str) -> None:
    ended = cardtui("show", tmp_path / "missing.md", "--format", form)
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert "missing.md: no such file or folder" in ended.err


def test_letters_of_all_languages_are_kept_whatever_the_output_takes(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\nlicense: mit\n---\n\n# Größe 漢字 🤗\n", encoding="utf-8")
    ended = cardtui("show", tmp_path / "a.md", "--format", "json", env={"PYTHONIOENCODING": "ascii"})
    assert '"name": "Größe 漢字 🤗"' in ended.out


@pytest.mark.parametrize("form", ["json", "markdown"])
@pytest.mark.parametrize("env", [{}, {"FORCE_COLOR": "1"}], ids=["plain", "coloured"])
def test_no_control_code_of_a_card_reaches_the_output(tmp_path: Path, form: str, env: dict[str, str]) -> None:
    (tmp_path / "evil.md").write_bytes(hostile_card())
    out = cardtui("show", tmp_path / "evil.md", "--format", form, env=env).out
    assert {hex(ord(c)) for c in out if (ord(c) < 0x20 and c != "\n") or 0x7F <= ord(c) <= 0x9F} == set()
    assert [mark for mark in "\u202e\u2066\u200f" if mark in out] == []
    if form == "json":
        assert MARKUP in strict(out)["results"][1]["raw"]


def test_a_program_gets_the_same_on_a_terminal() -> None:
    assert on_terminal("show", RUN, "--format", "json").out == cardtui("show", RUN, "--format", "json").out


def test_text_is_the_default() -> None:
    assert cardtui("show", RUN, "--format", "text") == cardtui("show", RUN)


def test_an_unknown_format_is_refused_with_those_there_are() -> None:
    ended = cardtui("show", RUN, "--format", "yaml")
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert "'text', 'json', 'markdown'" in ended.err
