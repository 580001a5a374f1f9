"""Numbers whose decimals stand behind a comma, as people rewrite them."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest

from tests.cards.making import COLUMNS, read_text, trainer_card
from tui.cards.values import equal, parse


def cells(*texts: str) -> list[float | None]:
    """What is read of a column of these losses."""
    rows = [("0.9", f"{i}.0", f"{i}00", text, "0.5") for i, text in enumerate(texts, 1)]
    history = read_text(trainer_card(columns=COLUMNS, rows=rows)).history
    return [cell.number if cell else None for cell in history.cells_of(3)]


@pytest.mark.parametrize(
    ("texts", "numbers"),
    [
        (("0,0649", "0,123", "12,5", "93,4%"), [0.0649, 0.123, 12.5, 93.4]),
        (("1,234", "0,987"), [1.234, 0.987]),
        (("1,5", "1", "0,75", "nan"), [1.5, 1.0, 0.75, None]),
        (("1,234", "2,345"), [1234.0, 2345.0]),
        (("0,5", "0,6", "0.4"), [None, None, 0.4]),
        (("0,5", "0,6", "1,234,567"), [None, None, 1234567.0]),
        (("5000", "1,0000", "20000"), [5000.0, None, 20000.0]),
        (("0,5,6", "0,7"), [None, 0.7]),
    ],
    ids=["clear", "clear-beside", "whole-among", "thousands", "points", "several", "few", "no-number"],
)
def test_a_comma_is_one_of_decimals_where_the_column_agrees(
    texts: Sequence[str], numbers: Sequence[float | None]
) -> None:
    found = cells(*texts)
    assert [None if number is None or math.isnan(number) else number for number in found] == numbers


def test_results_are_read_with_decimal_commas_and_kept_as_they_are_printed() -> None:
    results = read_text(trainer_card(results=("Loss: 1,234", "F1: **0,5349**", "Wer: 93,4%"))).results
    assert [(one.value.raw, one.value.number) for one in results] == [
        ("1,234", 1.234),
        ("**0,5349**", 0.5349),
        ("93,4%", 93.4),
    ]


def test_results_of_a_card_with_thousands_keep_them() -> None:
    for loss in ("0.5", "0,5"):
        results = read_text(trainer_card(results=(f"Loss: {loss}", "Samples: 1,234", "F1: 0.5"))).results
        assert [one.value.number for one in results] == [0.5, 1234.0, 0.5]


def test_a_setting_with_a_comma_may_be_a_list() -> None:
    settings = read_text(trainer_card(hyperparameters=("devices: 0,1", "train_batch_size: 1,024"))).hyperparameters
    assert [one.value.number for one in settings] == [None, 1024.0]
    assert parse("0,1").number is None


@pytest.mark.parametrize(("left", "right"), [("0,0633", "0.0633"), ("0,0633", "0,063312"), ("1,5", "1.5")])
def test_numbers_are_the_same_with_comma_and_point(left: str, right: str) -> None:
    assert equal(left, right)
