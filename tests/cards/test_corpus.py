"""Four hundred public cards agree with an independent reading of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from tests.shared import CARDS, EXPECTED, needs_corpus
from tui.cards.model import Card
from tui.cards.read import read
from tui.judge.verdict import judge

pytestmark = needs_corpus

KNOWN = {
    ("NbAiLab__wav2vec2-large-voxrex-npsc-bokmaal.md", "dataset"): (
        "the sentence says None, which is none, so that the metadata's dataset counts"
    ),
    ("salmonhumorous__ukeiyo-style-diffusion.md", "dataset"): (
        "two lines of dashes open the front matter, which hold nothing between them; it stands below and is read"
    ),
}
"""(file, field) → why the two readings rightly differ."""

NO_CARDS = {
    "DataikuNLP__TinyBERT_General_4L_312D.md": "prose without metadata",
    "Jtisch7__bertFinancialSent.md": "one word",
    "MarioPenguin__beto_amazon--01ba4719.md": "empty",
    "aman21__DialoGPT-medium-Morty.md": "front matter that is a list",
}
"""Files in which nothing of a card can be found, and why."""


@cache
def expectations() -> list[dict[str, Any]]:
    return [json.loads(line) for line in EXPECTED.read_text(encoding="utf-8").splitlines()]


@cache
def cards() -> dict[str, Card]:
    return {path.name: read(path) for path in sorted(CARDS.iterdir())}


def wanted(expected: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """(field, value) of every field that is sure; None where the card certainly has none."""
    for field in ("name", "base_model", "dataset", "eval_results", "hyperparameters", "framework_versions"):
        if expected["status"].get(field) == "ok":
            yield field, expected[field]
    if expected["status"].get("table") == "ok":
        yield "columns", expected["table"]["columns"]
        yield "rows", expected["table"]["rows"]
    if expected["status"].get("model_index") == "ok":
        yield "model_index", sorted([str(name), str(value)] for name, value in expected["model_index"])
    for status, field in (("base_model",) * 2, ("dataset",) * 2, ("eval_results",) * 2, ("table", "rows")):
        if expected["status"].get(status) == "absent":
            yield field, None


def read_fields(card: Card) -> dict[str, Any]:
    """The same fields of a card that was read."""
    index = card.metadata.model_index
    return {
        "name": card.name,
        "base_model": card.base_model,
        "dataset": card.dataset,
        "eval_results": [[entry.name, entry.value.raw] for entry in card.results],
        "hyperparameters": [[entry.name, entry.value.raw] for entry in card.hyperparameters],
        "framework_versions": [[framework.name, framework.version] for framework in card.frameworks],
        "columns": list(card.history.columns),
        "rows": [[cell.raw for cell in row.cells] for row in card.history.rows],
        "model_index": sorted(
            [str(entry.metric_name or entry.metric_type), str(entry.metric_value)] for entry in index
        ),
    }


def flat(value: object) -> object:
    """Without the differences in white space, which do not count within a text."""
    if isinstance(value, (list, tuple)):
        return [flat(item) for item in value]
    return " ".join(value.split()) if isinstance(value, str) else value


def same_number(left: str, right: str) -> bool:
    try:
        return float(left) == float(right) or left.lower() == right.lower() == "nan"
    except ValueError:
        return left.strip().lower().lstrip(".") == right.strip().lower().lstrip(".")


def agree(field: str, got: Any, want: Any) -> bool:
    if want is None:
        return not got
    if field == "model_index":
        pairs = zip(got, want, strict=False)
        return len(got) == len(want) and all(a[0] == b[0] and same_number(a[1], b[1]) for a, b in pairs)
    return flat(got) == flat(None if (field, want) == ("dataset", "None") else want)


def test_all_cards_are_there() -> None:
    assert len(cards()) == len(expectations()) == 400


def test_every_sure_field_of_every_card_agrees() -> None:
    differing = {
        (expected["file"], field): (want, read_fields(cards()[expected["file"]])[field])
        for expected in expectations()
        for field, want in wanted(expected)
        if not agree(field, read_fields(cards()[expected["file"]])[field], want)
    }
    assert {place: seen for place, seen in differing.items() if place not in KNOWN} == {}
    assert set(KNOWN) <= set(differing)


def test_the_readings_are_held_against_each_other_in_thousands_of_fields() -> None:
    assert sum(1 for expected in expectations() for _ in wanted(expected)) > 2000


def test_every_file_with_something_of_a_card_is_a_card() -> None:
    assert {name for name, card in cards().items() if not card.is_card} == set(NO_CARDS)


def test_the_provenance_of_every_card_is_one_of_its_rows_or_none() -> None:
    for name, card in cards().items():
        found = judge(card).provenance
        assert found is None or found.row is None or card.history.rows[found.row], name
        assert found is None or bool(found.kinds) == (found.row is not None), name


def test_problems_point_at_lines_of_their_files() -> None:
    for name, card in cards().items():
        lines = card.text.count("\n") + 1
        assert all(0 <= problem.line <= lines and problem.message for problem in card.problems), name
