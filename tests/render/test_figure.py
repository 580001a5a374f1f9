"""Figures for papers: SVG that every reader takes, and PNG that needs no font of the system."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import stated
from tests.render.making import ESCAPES, MARKUP
from tests.render.test_overlay import A, B, run
from tests.render.test_text import harmless
from tui.cards.read import read
from tui.judge.comparable import Run
from tui.judge.overlay import metrics_of
from tui.judge.verdict import judge
from tui.render.curves import View
from tui.render.figure import figure, style
from tui.render.panel import Panel, difference_panel, run_panel, runs_panel
from tui.render.png import png
from tui.render.svg import number

SVG = "{http://www.w3.org/2000/svg}"


def of(*panels: Panel, size: tuple[int, int] = (860, 400)) -> ElementTree.Element:
    """The figure of the panels, read back."""
    return ElementTree.fromstring(figure(panels, *size).encode())


def overlaid(*runs: Run, view: View | None = None) -> Panel:
    """The F1 of runs."""
    return runs_panel(runs, "F1", view or View())


def words(root: ElementTree.Element) -> list[str]:
    """Every text of a figure."""
    return [one.text or "" for one in root.iter(f"{SVG}text")]


def curves_of(root: ElementTree.Element) -> list[ElementTree.Element]:
    """The lines of curves in the plotting area and in the legend."""
    return [one for one in root.iter(f"{SVG}path") if one.get("stroke-width") == "1.8"]


def places(d: str) -> list[tuple[float, float]]:
    """The places that a path goes through."""
    return [(float(x), float(y)) for x, y in re.findall(r"[ML]([-\d.]+) ([-\d.]+)", d)]


def test_a_figure_names_axis_metric_and_runs() -> None:
    found = words(of(overlaid(A, B)))
    for text in ("F1", "epoch", "A first", "B second", "last 0.7, epoch 3", "highest 0.9, epoch 3"):
        assert text in found


def test_curves_differ_by_colour_dashes_and_signs() -> None:
    looks = [style(index) for index in range(24)]
    assert len(set(looks)) == 24
    assert len({look.colour for look in looks[:6]}) == len({look.dash for look in looks[:6]}) == 6
    lines = curves_of(of(overlaid(A, B)))
    assert len({(line.get("stroke"), line.get("stroke-dasharray")) for line in lines}) == 2


def test_the_legend_stands_outside_of_the_axes() -> None:
    root = of(overlaid(A, B))
    axes = next(one for one in root.iter(f"{SVG}path") if one.get("stroke") == "#222222")
    edge = max(x for x, _ in places(axes.get("d", "")))
    starts = [float(one.get("x", 0)) for one in root.iter(f"{SVG}text") if (one.text or "").startswith(("A ", "last"))]
    assert min(starts) > edge


@pytest.mark.parametrize("size", [(240, 140), (860, 400), (1200, 300), (4000, 4000)])
def test_everything_lies_within_the_figure(size: tuple[int, int]) -> None:
    root = of(runs_panel([A, B, run("x" * 90, 0.1, 0.2)], "F1", View(log_y=True)), size=size)
    for one in root.iter(f"{SVG}path"):
        for x, y in places(one.get("d", "")):
            assert 0 <= x <= size[0]
            assert 0 <= y <= size[1]


def test_gaps_stay_gaps() -> None:
    line = curves_of(of(overlaid(run("a", 0.1, 0.2, "nan", 0.3, 0.4))))[0]
    assert (line.get("d") or "").count("M") == 2


def test_a_panel_stands_below_the_one_before_it() -> None:
    root = of(overlaid(A, B), difference_panel([A, B], "F1", View()))
    assert root.get("height") == "800"
    assert [one.get("transform") for one in root.iter(f"{SVG}g")] == ["translate(0 0)", "translate(0 400)"]


def test_the_crossings_of_a_difference_are_marked_on_its_zero_line() -> None:
    root = of(difference_panel([A, run("b", 0.4, 0.5, 0.9)], "F1", View()))
    assert len(list(root.iter(f"{SVG}circle"))) == 1
    assert "B better from epoch 2.33" in words(root)
    assert "B − A" in words(root)


def test_a_panel_without_curves_is_a_sentence() -> None:
    assert words(of(runs_panel([A], "bleu", View()))) == ["bleu: no bleu in this run."]


def test_a_legend_that_does_not_fit_keeps_the_names() -> None:
    runs = [run(f"run-{i}", 0.1, i / 20) for i in range(1, 12)]
    found = words(of(runs_panel(runs, "F1", View()), size=(860, 260)))
    assert "K run-11" in found
    assert not any(text.startswith("last") for text in found)
    assert any(text.startswith("+ ") for text in words(of(runs_panel(runs, "F1", View()), size=(860, 160))))


@pytest.mark.parametrize("path", [p for p in stated.SAMPLE_CARDS if stated.history(p)], ids=stated.sample_id)
@pytest.mark.parametrize("view", [View(), View(axis="step", log_x=True, log_y=True), View(axis="progress")])
def test_every_metric_of_every_sample_is_drawn(path: Path, view: View) -> None:
    card = read(path)
    one = Run(card.name, card, judge(card))
    panels = [run_panel(one, name, [name], view) for name in metrics_of([one])]
    assert len(list(of(*panels).iter(f"{SVG}g"))) == len(panels)


# What a figure may not hold


@pytest.mark.parametrize(
    "name", [ESCAPES, "a\ufffe\uffff\ud800", "<script>alert(1)</script>", '"/><image href="x"', *MARKUP]
)
def test_names_are_text_and_nothing_else(name: str) -> None:
    name = name.encode("utf-8", "replace").decode()
    svg = figure([overlaid(run(name, 0.5, 0.6), B)], 860, 400)
    root = ElementTree.fromstring(svg.encode())
    assert {one.tag.removeprefix(SVG) for one in root.iter()} <= {"svg", "g", "rect", "path", "text", "circle"}
    assert [c for c in svg if not harmless(c) and c != "\n"] == []


def test_a_figure_refers_to_nothing_outside_of_it() -> None:
    svg = figure([overlaid(A, B), difference_panel([A, B], "F1", View())], 860, 400)
    assert svg.count("http") == svg.count('xmlns="http://www.w3.org/2000/svg"') == 1
    assert not re.search(r"href|url\(|@import|<style|<script", svg)


def test_the_same_runs_give_the_same_bytes_in_every_process() -> None:
    code = (
        "from tests.render.test_figure import *; import sys;"
        "sys.stdout.write(figure([overlaid(A, B), difference_panel([A, B], 'F1', View())], 860, 400))"
    )
    root = Path(__file__).parents[2]
    told = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, cwd=root, env={"PYTHONHASHSEED": seed}, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert told == {figure([overlaid(A, B), difference_panel([A, B], "F1", View())], 860, 400).encode()}


_SCORES = st.lists(st.one_of(st.floats(), st.sampled_from(["nan", "No log", 0.0, -1.0])), min_size=1, max_size=5)


@settings(max_examples=80)
@given(_SCORES, _SCORES, st.text(max_size=80), st.booleans())
def test_any_runs_make_a_figure(a: list[object], b: list[object], name: str, log: bool) -> None:
    view = View(log_x=log, log_y=log)
    panel = overlaid(run(name, *a), run("b", *b, first=2), view=view)
    svg = figure([panel, difference_panel([run(name, *a), run("b", *b)], "F1", view)], 500, 300)
    ElementTree.fromstring(svg.encode())
    assert not re.search(r"nan|inf", " ".join(re.findall(r' d="[^"]*"', svg)))


@pytest.mark.parametrize(("value", "text"), [(3.0, "3"), (-0.001, "0"), (2.346, "2.35"), (1e6, "1000000")])
def test_coordinates_have_two_decimals(value: float, text: str) -> None:
    assert number(value) == text


# PNG


def test_a_picture_is_twice_the_figure_and_the_same_bytes_each_time() -> None:
    svg = figure([overlaid(A, B)], 400, 200)
    found = png(svg)
    assert found[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(found[16:20]), int.from_bytes(found[20:24])) == (800, 400)
    assert found == png(svg)


def test_the_letters_of_a_picture_are_drawn() -> None:
    svg = figure([overlaid(A, B)], 400, 200)
    assert png(svg) != png(re.sub(r"<text.*?</text>", "", svg))


def test_letters_that_the_font_lacks_are_no_error() -> None:
    assert png(figure([overlaid(run("模型 🤗", 0.5, 0.6), B)], 400, 200))
