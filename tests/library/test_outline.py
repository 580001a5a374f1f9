"""What lists show of a card."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cards.making import front, read_text, trainer_card
from tests.library.making import CARD, NO_CARD, outline, plant, train
from tui.judge.facts import facts
from tui.judge.verdict import judge
from tui.library.outline import Outline, outline_of


def of(text: str) -> Outline:
    card = read_text(text)
    return outline_of(facts(card, judge(card)))


def test_a_card_is_shown_by_name_and_headline(tmp_path: Path) -> None:
    found = outline(plant(tmp_path, "x.md") / "x.md")
    assert found == Outline("my-model", "0.7500", is_card=True, has_problems=False, severity="warning")


@pytest.mark.parametrize(
    ("value", "shown"), [("nan", "nan"), ("93.4%", "93.4%"), ("[0.1, 0.2, 0.3]", "[3]"), ("5e-05", "5e-05")]
)
def test_the_headline_value_is_shown_as_printed_and_a_list_by_its_length(value: str, shown: str) -> None:
    found = of(trainer_card(results=("Loss: 1", f"F1: {value}")))
    assert found.value == shown


def test_a_card_without_results_shows_no_value() -> None:
    found = of(front("license: mit") + "# m\n")
    assert (found.value, found.is_card) == ("", True)


def test_problems_are_told() -> None:
    assert of(trainer_card(rows=[("1", "2"), ("1",)])).has_problems
    assert not of(trainer_card()).has_problems


def test_a_file_that_is_no_card_is_told_apart() -> None:
    assert not of(NO_CARD).is_card


def test_a_file_that_cannot_be_read_is_an_outline_with_its_reason(tmp_path: Path) -> None:
    found = outline(tmp_path / "x.md")
    assert (found.name, found.is_card) == ("", False)
    assert "no such file" in found.error


def test_a_too_large_file_is_listed(tmp_path: Path) -> None:
    found = outline(plant(tmp_path, "big.md", text=CARD + "x" * 5_000_000) / "big.md")
    assert (found.name, found.has_problems, found.error) == ("big", True, "")


def test_a_run_without_a_card_is_shown_by_its_folder(tmp_path: Path) -> None:
    found = outline(train(tmp_path, "run-1/trainer_state.json") / "run-1" / "trainer_state.json", "run-1")
    assert (found.name, found.is_card, found.has_problems, found.error) == ("run-1", True, False, "")
