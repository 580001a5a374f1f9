"""The page that explains the findings: every code, and an example that has it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cards.making import read_text
from tui.judge.findings.table import CODES
from tui.judge.verdict import judge

PAGE = (Path(__file__).parents[2] / "docs" / "findings.md").read_text(encoding="utf-8")
_PART = re.compile(
    r"^## `(?P<code>.+)`\n\n\*\*(?P<severity>\w+)\.\*\* .+\n\n(?:.+\n)+\n```markdown\n(?P<example>(?:.*\n)*?)```\n",
    re.MULTILINE,
)
PARTS = {match["code"]: match for match in _PART.finditer(PAGE)}


def test_the_page_explains_every_code_in_order() -> None:
    assert re.findall(r"^## `(.+)`$", PAGE, re.MULTILINE) == list(PARTS) == sorted(CODES)


@pytest.mark.parametrize("code", PARTS)
def test_the_example_has_the_finding(code: str) -> None:
    card = read_text(PARTS[code]["example"])
    found = {finding.code: finding for finding in judge(card).findings}
    assert code in found
    assert found[code].severity == PARTS[code]["severity"]


@pytest.mark.parametrize("code", PARTS)
def test_the_example_has_no_graver_finding_than_its_own(code: str) -> None:
    order = ["error", "warning", "info"]
    found = [finding for finding in judge(read_text(PARTS[code]["example"])).findings if finding.code != code]
    graver = [f.code for f in found if order.index(f.severity) < order.index(PARTS[code]["severity"])]
    assert not set(graver) - {"overfitting", "not-best-checkpoint"}  # which follow from the same rows
