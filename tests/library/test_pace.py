"""How fast reading goes on."""

from __future__ import annotations

import pytest

from tui.library import pace
from tui.library.pace import Pace


class Clock:
    now = 0.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(pace, "time", made)
    return made


def test_the_rate_is_that_of_the_last_seconds(clock: Clock) -> None:
    measured = Pace()
    for second in range(20):
        clock.now = float(second)
        measured.note(second * (10 if second < 10 else 100))
    assert measured.rate == pytest.approx(100)


def test_at_first_it_cannot_be_told(clock: Clock) -> None:
    measured = Pace()
    assert measured.rate == 0
    measured.note(5)
    clock.now = 0.1
    measured.note(50)
    assert measured.rate == 0


def test_cards_that_go_away_do_not_count_backwards(clock: Clock) -> None:
    measured = Pace()
    for second, count in enumerate((0, 100, 50, 60)):
        clock.now = float(second)
        measured.note(count)
    assert measured.rate == pytest.approx(10)
