"""The table of problems, the sources that create them, and the page that explains them."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.cards.making import codes, read_text
from tui.cards.problems import KINDS, Severity, severity

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")
_PART = re.compile(r"^## `(?P<code>.+)`\n\n\*\*(?P<severity>\w+)\.\*\* (?P<meaning>.+)\n\n(?P<why>(?:.+\n)+)\n"
                   r"(?P<fence>`{3,})(?P<language>\w+)\n(?P<example>(?:.*\n)*?)(?P=fence)\n", re.MULTILINE)  # fmt: skip
PARTS = {match["code"]: match for match in _PART.finditer(PAGE)}
EXAMPLES = [code for code, part in PARTS.items() if part["language"] == "markdown"]


def created() -> set[str]:
    """The codes of all problems that the sources create."""
    calls = (
        node
        for path in (ROOT / "tui").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Problem"
    )
    return {str(ast.literal_eval(call.args[0])) for call in calls}


def test_the_table_has_every_code_that_is_created_and_no_other() -> None:
    assert created() == set(KINDS)


def test_the_table_is_in_the_order_of_the_alphabet() -> None:
    assert list(KINDS) == sorted(KINDS)


@pytest.mark.parametrize("code", KINDS)
def test_every_meaning_is_one_sentence(code: str) -> None:
    assert re.fullmatch(r"[A-Z](?:[^.]|\.\w)*\.", KINDS[code].meaning)


def test_the_page_explains_every_code_in_the_order_of_the_table() -> None:
    assert re.findall(r"^## `(.+)`$", PAGE, re.MULTILINE) == list(PARTS) == list(KINDS)


@pytest.mark.parametrize("code", PARTS)
def test_the_page_says_what_the_table_says(code: str) -> None:
    assert (PARTS[code]["severity"], PARTS[code]["meaning"]) == (KINDS[code].severity, KINDS[code].meaning)


@pytest.mark.parametrize("code", EXAMPLES)
def test_the_example_of_a_file_has_the_problem_and_no_other(code: str) -> None:
    assert [found for found, _ in codes(read_text(PARTS[code]["example"]))] == [code]


@pytest.mark.parametrize("code", sorted(set(PARTS) - set(EXAMPLES)))
def test_the_example_of_a_line_has_the_problem(code: str) -> None:
    assert f": {severity(code)} {code} " in PARTS[code]["example"]


def test_most_codes_have_a_file_as_their_example() -> None:
    assert len(EXAMPLES) >= 15


@pytest.mark.parametrize("least", Severity)
def test_what_is_worse_reaches_a_severity_too(least: Severity) -> None:
    assert [one.reaches(least) for one in Severity] == [True] * (list(Severity).index(least) + 1) + [False] * (
        2 - list(Severity).index(least)
    )
