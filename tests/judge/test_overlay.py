"""Curves of several runs: their points on one axis, the metrics they share, and their difference."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.judge.making import run as card_of
from tui.cards.model import Card, LogEntry
from tui.cards.model import Run as Log
from tui.judge.comparable import Run
from tui.judge.metrics import Direction
from tui.judge.overlay import (
    PROGRESS,
    Crossing,
    Segment,
    axes,
    axis_in_force,
    common_metrics,
    difference,
    metrics_of,
    ranked,
    trace,
)
from tui.judge.rules import Rules
from tui.judge.verdict import judge


def run(*rows: str, more: str = "F1", name: str = "a") -> Run:
    """A run of these rows: training loss, epoch, step, validation loss and so on, with blanks between."""
    return of(card_of((), rows, more), name)


def of(card: Card, name: str = "a") -> Run:
    """A run of a card."""
    return Run(name, card, judge(card))


RUN = run("0.9 1 100 0.8 0.5", "0.9 2 200 0.6 0.7", "0.5 3 300 0.7 0.6")
NO_STEPS = of(
    replace(RUN.card, history=replace(RUN.card.history, columns=("Training Loss", "Epoch", "?", "Loss", "F1")))
)


def points(one: Run, metric: str, axis: str = "epoch") -> tuple[Segment, ...]:
    """The segments of a trace that is there."""
    found = trace(one, metric, axis)
    assert found is not None
    return found.segments


# A run's curve


@pytest.mark.parametrize("name", ["F1", "f1", "eval_f1"])
def test_a_metric_is_found_by_any_of_its_names(name: str) -> None:
    assert points(RUN, name) == (((1, 0.5), (2, 0.7), (3, 0.6)),)


@pytest.mark.parametrize(
    ("axis", "xs"), [("epoch", [1, 2, 3]), ("step", [100, 200, 300]), (PROGRESS, [1 / 3, 2 / 3, 1])]
)
def test_a_curve_lies_over_epochs_steps_or_its_share_of_the_training(axis: str, xs: list[float]) -> None:
    assert [x for segment in points(RUN, "f1", axis) for x, _ in segment] == pytest.approx(xs)


def test_the_best_and_the_last_value_are_known() -> None:
    found = trace(RUN, "loss", "epoch")
    assert found is not None
    assert (found.best, found.last_row) == ((2, 0.6), 2)


def test_a_repeated_training_loss_is_a_gap() -> None:
    assert points(RUN, "training loss") == (((1, 0.9),), ((3, 0.5),))


def test_a_run_without_the_metric_has_no_curve() -> None:
    assert trace(RUN, "bleu", "epoch") is None


def test_a_run_without_the_axis_has_a_curve_without_points() -> None:
    assert points(NO_STEPS, "f1", "step") == ()
    assert points(NO_STEPS, "f1", PROGRESS)[0][-1] == (1, 0.6)


def test_a_log_axis_has_no_place_for_zero() -> None:
    found = trace(run("1 0 0 0.5 0.1", "1 1 9 0.4 0"), "f1", "epoch", log_x=True, log_y=True)
    assert found is not None
    assert found.segments == ()


def test_a_run_is_drawn_from_its_log() -> None:
    log = tuple(LogEntry(step, step / 100, {"loss": 1 / step}) for step in (100, 200, 300))
    logged = of(replace(RUN.card, run=Log(log=log)))
    assert points(logged, "training loss") == (((1, 0.01), (2, 0.005), (3, 1 / 300)),)


# What runs have in common


def test_the_best_of_a_log_is_by_the_directions_that_are_set() -> None:
    log = tuple(LogEntry(step, step / 100, {"eval_f1": step / 1000}) for step in (100, 200, 300))
    card = replace(RUN.card, run=Log(log=log))
    for rules, best in ((Rules(), (3.0, 0.3)), (Rules(directions={"f1": Direction.MINIMIZE}), (1.0, 0.1))):
        found = trace(Run("a", card, judge(card, rules)), "F1", "epoch")
        assert found is not None
        assert found.best == best


def test_the_axes_are_those_of_all_runs_and_the_share_of_the_training() -> None:
    assert axes([RUN, RUN]) == ("epoch", "step", PROGRESS)
    assert axes([RUN, NO_STEPS]) == ("epoch", PROGRESS)


def test_an_axis_that_no_run_has_gives_way() -> None:
    assert axis_in_force([NO_STEPS, RUN], "step") == "step"
    assert axis_in_force([NO_STEPS], "step") == "epoch"
    assert axis_in_force([NO_STEPS], PROGRESS) == PROGRESS


def test_the_metrics_of_runs_begin_with_the_losses() -> None:
    other = run("0.9 1 100 0.8 0.5 0.1", more="Wer F1", name="b")
    assert metrics_of([RUN, other]) == ("Loss", "Training Loss", "F1", "Wer")
    assert common_metrics([RUN, other]) == ("Loss", "Training Loss", "F1")


def test_what_the_optimizer_logs_comes_last() -> None:
    log = (LogEntry(300, 3, {"loss": 0.5, "learning_rate": 1e-5, "grad_norm": 2.0}),)
    logged = of(replace(RUN.card, run=Log(log=log)))
    assert metrics_of([logged, RUN]) == ("Loss", "Training Loss", "F1", "Learning Rate", "Grad Norm")


@pytest.mark.parametrize(("metric", "known"), [("F1", True), ("Loss", True), ("Training Loss", False), ("Gen", False)])
def test_only_metrics_of_a_known_direction_are_ranked(metric: str, known: bool) -> None:
    one = run("0.9 1 100 0.8 0.5 9", more="F1 Gen")
    found = trace(one, metric, "epoch")
    assert found is not None
    assert ranked([one, one], found.series) is known


# The difference


def test_a_difference_is_interpolated_at_the_places_of_both() -> None:
    a: list[Segment] = [((0.0, 0.0), (4.0, 4.0))]
    b: list[Segment] = [((1.0, 2.0), (3.0, 2.0), (9.0, 2.0))]
    found = difference(a, b)
    assert found.segments == (((1.0, 1.0), (3.0, -1.0), (4.0, -2.0)),)
    assert found.crossings == (Crossing(2.0, rises=False),)


def test_a_difference_never_spans_a_gap() -> None:
    a: list[Segment] = [((0.0, 1.0), (1.0, 1.0)), ((3.0, 1.0), (4.0, 1.0))]
    b: list[Segment] = [((0.5, 0.0), (3.5, 3.0))]
    assert difference(a, b).segments == (((0.5, -1.0), (1.0, -0.5)), ((3.0, 1.5), (3.5, 2.0)))
    assert difference(a, b).crossings == ()


def test_curves_that_do_not_overlap_have_no_difference() -> None:
    assert difference([((0.0, 1.0), (1.0, 1.0))], [((2.0, 1.0), (3.0, 1.0))]).segments == ()
    assert difference([], [((2.0, 1.0),)]).segments == ()


def test_single_points_have_a_difference_where_they_meet() -> None:
    assert difference([((1.0, 1.0),)], [((0.0, 2.0), (2.0, 4.0))]).segments == (((1.0, 2.0),),)


def test_zero_that_is_only_touched_is_no_crossing_and_a_stretch_of_zeros_is_one() -> None:
    zero: list[Segment] = [((0.0, 0.0), (9.0, 0.0))]
    touched: list[Segment] = [((0.0, 1.0), (1.0, 0.0), (2.0, 1.0))]
    stretch: list[Segment] = [((0.0, -1.0), (1.0, 0.0), (2.0, 0.0), (3.0, 1.0))]
    assert difference(zero, touched).crossings == ()
    assert difference(zero, stretch).crossings == (Crossing(2.0, rises=True),)


def test_points_are_put_in_order_and_the_last_of_a_place_counts() -> None:
    zero: list[Segment] = [((0.0, 0.0), (9.0, 0.0))]
    back: list[Segment] = [((3.0, 3.0), (1.0, 1.0), (2.0, 9.0), (2.0, 2.0))]
    assert [y for segment in difference(zero, back).segments for _, y in segment if y] == [1.0, 2.0, 3.0]


_NUMBER = st.floats(-1e6, 1e6).map(lambda number: round(number, 4))


@st.composite
def curve(draw: st.DrawFn) -> tuple[Segment, ...]:
    """A curve with gaps, in the order of x."""
    xs = sorted(draw(st.sets(st.integers(0, 60), max_size=20)))
    found: list[list[tuple[float, float]]] = [[]]
    for x in xs:
        found[-1].append((x / 4, draw(_NUMBER)))
        if draw(st.booleans()):
            found.append([])
    return tuple(tuple(segment) for segment in found if segment)


def span(one: Sequence[Segment]) -> tuple[float, float]:
    """Where a curve begins and ends."""
    xs = [x for segment in one for x, _ in segment]
    return (min(xs, default=math.inf), max(xs, default=-math.inf))


@given(curve())
def test_a_run_does_not_differ_from_itself(one: tuple[Segment, ...]) -> None:
    found = difference(one, one)
    assert {x for segment in found.segments for x, _ in segment} == {x for segment in one for x, _ in segment}
    assert {y for segment in found.segments for _, y in segment} <= {0.0}
    assert found.crossings == ()


@given(curve(), curve())
def test_swapping_the_runs_negates(a: tuple[Segment, ...], b: tuple[Segment, ...]) -> None:
    there, back = difference(a, b), difference(b, a)
    assert there.segments == tuple(tuple((x, -y) for x, y in segment) for segment in back.segments)
    assert there.crossings == tuple(Crossing(one.x, not one.rises) for one in back.crossings)


@given(curve(), curve())
def test_nothing_lies_outside_of_the_overlap_or_in_a_gap(a: tuple[Segment, ...], b: tuple[Segment, ...]) -> None:
    for segment in difference(a, b).segments:
        first, last = segment[0][0], segment[-1][0]
        for one in (a, b):
            assert any(own[0][0] <= first and last <= own[-1][0] for own in one)
        assert all(left[0] < right[0] for left, right in pairwise(segment))
        own_xs = {x for one in (a, b) for piece in one for x, _ in piece}
        assert {x for x, _ in segment} <= own_xs


@given(curve(), curve())
def test_curves_cross_where_the_sign_changes(a: tuple[Segment, ...], b: tuple[Segment, ...]) -> None:
    found = difference(a, b)
    changes = []
    for segment in found.segments:
        signed = [(x, y) for x, y in segment if y]
        changes += [(p, q) for p, q in pairwise(signed) if (p[1] > 0) != (q[1] > 0)]
    assert len(changes) == len(found.crossings)
    for (before, after), crossing in zip(changes, found.crossings, strict=True):
        assert before[0] <= crossing.x <= after[0]
        assert crossing.rises == (after[1] > 0)


@given(st.lists(st.lists(st.tuples(st.floats(-1e300, 1e300), st.floats(-1e300, 1e300)), min_size=1), max_size=4))
def test_any_numbers_have_a_difference(drawn: list[list[tuple[float, float]]]) -> None:
    one = tuple(map(tuple, drawn))
    low, high = span(one)
    for segment in difference(one, one[:1]).segments:
        assert all(low <= x <= high and math.isfinite(y) for x, y in segment)
