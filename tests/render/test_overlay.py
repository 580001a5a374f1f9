"""One metric of several runs on one pair of axes, and the difference of two, as text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.render.making import ESCAPES, MARKUP, styled, table_of, text_of, trainer_card
from tests.render.test_text import harmless
from tui.judge.comparable import Run
from tui.judge.verdict import judge
from tui.render.chart import BEST
from tui.render.curves import View
from tui.render.line import Line
from tui.render.overlay import overlay_lines

SIZES = [(30, 8), (54, 12), (75, 13), (75, 14), (76, 14), (100, 24), (196, 58)]


def run(name: str, *scores: object, column: str = "F1", first: int = 1, axis: str = "Epoch") -> Run:
    """A run with one value an epoch, from an epoch on."""
    rows = [(epoch, epoch * 100, score) for epoch, score in enumerate(scores, first)]
    card = trainer_card(history=table_of([axis, "Step" if axis == "Epoch" else "Other", column], rows))
    return Run(name, card, judge(card))


A = run("first", 0.5, 0.6, 0.7)
B = run("second", 0.4, 0.6, 0.9, 0.8)


def lines_of(
    runs: Sequence[Run], cells: int = 100, height: int = 20, *, metric: str = "f1", view: View | None = None
) -> list[Line]:
    """The curves of the runs."""
    return overlay_lines(runs, metric, view or View(), cells, height, difference=False)


def difference_of(
    a: Run, b: Run, cells: int = 100, height: int = 20, *, metric: str = "f1", view: View | None = None
) -> str:
    """The text of B − A."""
    return text_of(overlay_lines([a, b], metric, view or View(), cells, height, difference=True))


@pytest.mark.parametrize(("cells", "height"), SIZES)
@pytest.mark.parametrize("difference", [False, True])
@pytest.mark.parametrize("view", [View(), View(axis="step", log_x=True, log_y=True), View(axis="progress", zoom=4.0)])
def test_the_chart_fills_its_height_and_is_never_wider(cells: int, height: int, difference: bool, view: View) -> None:
    lines = overlay_lines([A, B], "F1", view, cells, height, difference=difference)
    assert len(lines) == height
    assert max(line.width for line in lines) <= cells
    assert "┤" in text_of(lines)
    assert "┬" in lines[-2].text


def test_each_run_has_its_own_style_and_its_letter_at_its_end() -> None:
    lines = lines_of([A, B])
    for style, letter in (("series-1", "A"), ("series-2", "B")):
        assert any(letter in text for text in styled(lines, style))


def test_the_legend_names_the_runs_with_their_last_and_best_values() -> None:
    text = text_of(lines_of([A, B]))
    for words in ("○ A first ", "0.7, epoch 3", "■ B second", "0.8, epoch 4", f"{BEST} highest 0.9, epoch 3"):
        assert words in text


def test_runs_that_end_together_have_one_place() -> None:
    text = text_of(lines_of([A, run("other", 0.1, 0.2, 0.3)]))
    assert "last: epoch 3" in text
    assert "○ A first  0.7\n" in "\n".join(line.rstrip() + "\n" for line in text.split("\n"))


def test_the_legend_stands_beside_the_canvas_of_a_wide_pane_and_above_a_narrow_one() -> None:
    start = next(line.text.index("○ A") for line in lines_of([A, B]) if "○ A" in line.text)
    assert start > 50
    assert "first 0.7" in lines_of([A, B], 54, 12)[0].text
    assert "second 0.8" in lines_of([A, B], 54, 12)[0].text


def test_long_names_are_cut_where_they_do_not_differ() -> None:
    start, end = "bert-base-" + "x" * 60, "finetuned"
    text = text_of(lines_of([run(f"{start}-run-{i}-{end}", 0.5, 0.6) for i in (4, 14)]))
    assert "…" in text
    assert "-4-" in text
    assert "-14-" in text


def test_the_axes_are_named() -> None:
    assert lines_of([A, B])[-1].text.rstrip().endswith("epoch")
    assert lines_of([A, B], view=View(axis="step"))[-1].text.rstrip().endswith("step")
    assert lines_of([A, B], view=View(axis="progress"))[-1].text.rstrip().endswith("progress")


def test_a_run_that_lacks_the_metric_is_named_as_lacking_it() -> None:
    lacking = run("third", 1.0, column="Validation Loss")
    assert "× C third" in text_of(lines_of([A, B, lacking]))
    assert "no f1" in text_of(lines_of([A, B, lacking]))
    assert "no f1" in lines_of([A, lacking], 54, 12)[0].text


def test_a_run_that_lacks_the_axis_is_named_as_lacking_it() -> None:
    assert "no epochs" in text_of(lines_of([A, run("third", 0.5, axis="Round")]))


def test_runs_without_any_place_of_their_own_are_drawn_over_their_rows() -> None:
    lines = lines_of([run("a", 0.5, 0.6, axis="Round"), run("b", 0.4, 0.5, axis="Round")])
    assert lines[-1].text.rstrip().endswith("row")


def test_a_metric_that_no_run_has_is_a_sentence() -> None:
    assert text_of(lines_of([A, B], metric="bleu")) == "bleu: no bleu in these runs."
    assert "No training history" in text_of(lines_of([A, B], metric=""))


def test_what_cannot_be_drawn_is_told() -> None:
    assert "1 not drawable" in text_of(lines_of([A, run("other", 0.5, "nan", 0.6)]))
    text = text_of(lines_of([A, run("other", -1, -2)], view=View(log_y=True)))
    assert "no values above zero" in text


def test_a_legend_of_many_runs_leaves_out_the_best_values_first() -> None:
    runs = [run(f"run-{i}", i / 20, i / 30) for i in range(1, 12)]
    text = text_of(lines_of(runs, height=16))
    assert "run-11" in text
    assert f"{BEST} highest" not in text
    assert "+ 5 lines" in text_of(lines_of(runs, height=9))


# The difference


def test_the_difference_names_who_is_better_from_where() -> None:
    text = difference_of(A, run("second", 0.4, 0.5, 0.9))
    assert "B better from epoch 2.33" in text
    assert "+0.2" in text
    assert "A first" in text
    assert "B second" in text


def test_of_losses_the_lower_is_better() -> None:
    a, b = (run("x", *scores, column="Validation Loss") for scores in ((0.5, 0.6, 0.7), (0.6, 0.5, 0.4)))
    assert "B better from epoch 1.5" in difference_of(a, b, metric="loss")
    assert "A better from epoch 1.5" in difference_of(b, a, metric="loss")


def test_where_the_direction_is_not_known_or_runs_do_not_compare_curves_only_cross() -> None:
    a, b = (run("x", *scores, column="Gen Len") for scores in ((1, 2), (2, 1)))
    assert "crosses at epoch 1.5" in difference_of(a, b, metric="gen len")
    other = run("b", 0.9, 0.1)
    other = replace(other, card=replace(other.card, dataset="something else"))
    assert "crosses at epoch 1.44" in difference_of(A, other)
    assert "better" not in difference_of(A, other)


def test_a_side_that_is_always_better_is_named() -> None:
    assert "B better throughout" in difference_of(A, run("b", 0.6, 0.7, 0.8))
    assert "A better where they differ" in difference_of(A, run("b", 0.5, 0.5, 0.6))
    assert "no difference" in difference_of(A, A)


def test_many_crossings_are_counted() -> None:
    text = difference_of(run("a", *[0.5] * 9), run("b", *[0.4, 0.6] * 4))
    assert "B better from epoch 1.5" in text
    assert "5 more crossings" in text


def test_runs_without_overlap_say_so() -> None:
    assert "no epoch in common" in difference_of(A, run("b", 0.5, 0.6, first=7))


def test_zero_is_on_the_axis_even_of_a_log_view() -> None:
    for view in (View(), View(log_y=True)):
        assert "0.0┤" in difference_of(run("a", 0.1, 0.2), run("b", 0.8, 0.9), view=view)


@pytest.mark.parametrize("runs", [[A], [A, B, A]])
def test_only_two_runs_have_a_difference(runs: list[Run]) -> None:
    with pytest.raises(ValueError, match="unpack"):
        overlay_lines(runs, "f1", View(), 80, 20, difference=True)


# Names


@pytest.mark.parametrize(("cells", "height"), SIZES)
@pytest.mark.parametrize("difference", [False, True])
def test_no_control_code_of_a_name_comes_through(cells: int, height: int, difference: bool) -> None:
    runs = [run(ESCAPES, 0.5, 0.6), run("b" + ESCAPES, 0.4, 0.5)]
    lines = overlay_lines(runs, "f1", View(), cells, height, difference=difference)
    assert [c for line in lines for c in line.text if not harmless(c)] == []
    assert max(line.width for line in lines) <= cells


@pytest.mark.parametrize("name", MARKUP)
def test_markup_in_a_name_stays_readable(name: str) -> None:
    assert name in text_of(lines_of([A, run(name, 0.5, 0.6)]))


_SCORES = st.lists(st.one_of(st.floats(), st.sampled_from(["nan", "No log", 0.0, -1.0])), min_size=1, max_size=5)


@settings(max_examples=60)
@given(_SCORES, _SCORES, st.sampled_from(SIZES), st.booleans(), st.booleans())
def test_any_runs_can_be_drawn(
    a: list[object], b: list[object], size: tuple[int, int], log: bool, difference: bool
) -> None:
    runs = [run("a", *a), run("b", *b, first=2)]
    lines = overlay_lines(runs, "f1", View(log_x=log, log_y=log), *size, difference=difference)
    assert len(lines) == size[1] or "┤" not in text_of(lines)
    assert max(line.width for line in lines) <= size[0]


def test_a_value_after_the_training_is_told_and_not_drawn() -> None:
    rows = [("1.0", "100", "0.5"), ("2.0", "200", "0.6"), ("-1", "-1", "0.7")]
    card = trainer_card(history=table_of(["Epoch", "Step", "F1"], rows))
    text = text_of(lines_of([Run("first", card, judge(card)), B]))
    assert "highest 0.7, end of the training" in text
    assert "the end of the training is not drawn" in text
    assert "-1" not in text
