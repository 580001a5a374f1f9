"""What is compared: what was selected, else the baseline or the one selected card and the one under the cursor."""

from __future__ import annotations

from tui.library.selection import Selection
from tui.library.tree import Entry, Folder

FOLDER = Folder("f", "/f", None)
A, B, C = (Entry(f"{name}.md", FOLDER) for name in "abc")


def selection(*entries: Entry, baseline: Entry | None = None) -> Selection:
    found = Selection()
    for entry in entries:
        found.toggle(entry)
    if baseline:
        found.pin(baseline)
    return found


def test_two_or_more_selected_cards_are_compared_wherever_the_cursor_is() -> None:
    assert selection(A, B).compared(C) == [A, B]
    assert selection(B, C, A, baseline=C).compared(None) == [B, C, A]


def test_one_selected_card_is_compared_with_the_one_under_the_cursor() -> None:
    assert selection(A).compared(B) == [A, B]


def test_the_baseline_comes_before_the_selected_card() -> None:
    assert selection(A, baseline=C).compared(B) == [C, B]
    assert selection(baseline=C).compared(B) == [C, B]


def test_a_card_is_not_compared_with_itself_nor_with_a_folder() -> None:
    assert selection(A).compared(A) == [A]
    assert selection(A).compared(None) == [A]
    assert selection().compared(B) == [B]


def test_a_second_time_takes_it_back() -> None:
    assert selection(A, B, A).entries == [B]
    twice = selection(baseline=A)
    twice.pin(A)
    assert twice.baseline is None


def test_clearing_forgets_all() -> None:
    found = selection(A, B, baseline=C)
    found.clear()
    assert (found.entries, found.baseline) == ([], None)
