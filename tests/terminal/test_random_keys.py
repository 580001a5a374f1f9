"""The app on a terminal answers after random keys."""

from __future__ import annotations

from tests.fuzz_keys import fuzz
from tests.screens.driving import SAMPLES


def test_the_app_answers_after_random_keys() -> None:
    report = fuzz(SAMPLES, sequences=8, length=50, seed=8)
    assert report.broken == []
    assert report.done == 8
