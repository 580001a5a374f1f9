"""A comparison as lines, Markdown, LaTeX and JSON."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given

from tests import stated
from tests.judge.comparing import as_run, compared, run_at, run_of, runs, setting
from tests.render.making import ESCAPES, MARKUP, text_of
from tests.schemas import schema, strict, validator
from tests.shared import needs_seeds, seed
from tui.cards.model import Json
from tui.judge.comparable import Run
from tui.judge.comparison import Comparison, Which, compare
from tui.render.comparison import comparison_lines, difference_text
from tui.render.comparison_json import comparison_json
from tui.render.comparison_tables import comparison_latex, comparison_markdown
from tui.render.json_text import json_text
from tui.render.line import Line
from tui.render.text import width
from tui.widgets.lines import LinesPane

A = run_of(["Loss: 0.5000", "F1: 0.80", "Whatever: 3"], ["num_epochs: 3", "train_batch_size: 16"], name="first")
B = run_of(["Loss: 0.4", "F1: 0.7", "Whatever: 4"], ["num_epochs: 5", "train_batch_size: 128"], name="second")
C = run_of(["Loss: 0.6", "F1: 0.75"], ["num_epochs: 3", "train_batch_size: 16"], name="third")
TWO = compare([A, B])
THREE = compare([A, B, C])
ELSEWHERE = compare([A, run_of(["Loss: 0.4"], dataset="imdb", name="second")])
SWEEP = compare([run_at(stated.SAMPLES / "helpdesk-sweep" / f"run-{i}" / "README.md") for i in range(1, 5)])
HOSTILE = f'{ESCAPES}{"".join(MARKUP)} \\input{{x}} $ & # _ % ^ ~ `a\' "b" --c {{ }} *d* a|b'


def hostile() -> Comparison:
    """Two runs that try to be more than text, in every place."""
    one = run_of([f"Loss {HOSTILE}: 0.5", "Loss: 0.5"], [f"[seed] {HOSTILE}: {HOSTILE}"], name=HOSTILE)
    return compare([as_run(one.card, HOSTILE), run_of(["Loss: 0.4"], [f"[seed] {HOSTILE}: *x"], name=HOSTILE)])


def row_of(lines: Sequence[Line], name: str) -> Line:
    """The line of the row with the name."""
    (found,) = [line for line in lines if line.text.startswith(f"  {name} ")]
    return found


def styles_of(line: Line, word: str) -> list[str]:
    return [style for text, style in line.spans if word in text]


# Lines


def test_two_runs_stand_side_by_side_with_what_the_second_has_more() -> None:
    assert text_of(comparison_lines(TWO, None)).split("\n") == [
        "first is better on F1; second is better on Loss (reported values).",
        "",
        "                          A first       B second       B − A",
        "Results",
        "  Loss                    0.5000        ▸ 0.4          −0.1000",
        "  F1                      0.80   ◂        0.7          −0.10",
        "  Whatever                3               4            +1",
        "Settings",
        "  num_epochs              3             5              +2",
        "  train_batch_size        16            128            × 8",
        "  total_train_batch_size  16 (implied)  128 (implied)  × 8",
        "Names and paths",
        "  name                    first         second",
    ]


def visible_of(line: Line, cells: int) -> str:
    """What a pane of a width shows of a line before anything is panned."""
    pane = LinesPane(id="pane")
    return "".join(text for text, _ in pane.fitted(line, cells))


@pytest.mark.parametrize("cells", [30, 32, 40, 50, 56, 60, 76])
@pytest.mark.parametrize("second", [1, 2, 3])
def test_against_a_baseline_the_second_value_and_the_difference_are_in_sight_however_narrow(
    cells: int, second: int
) -> None:
    found = compare([SWEEP.runs[0], SWEEP.runs[second]])
    wide = {line.text.split()[0]: line.text.split() for line in comparison_lines(found, None) if line.source}
    lines = comparison_lines(found, cells, second_first=True)
    (heading,) = [line for line in lines if line.table and not line.source]
    assert "B " in visible_of(heading, cells)
    assert "B − A" in visible_of(heading, cells)
    for name in ("Loss", "F1", "Recall"):
        shown = visible_of(row_of(lines, name), cells)
        words = [word for word in wide[name] if word not in "◂▸"]
        assert {words[2], words[3]} <= set(shown.split()), shown
        assert len(shown) <= cells


@pytest.mark.parametrize("cells", [50, 56, 60])
def test_two_runs_and_their_difference_are_in_sight_before_the_table_is_wider_than_its_pane(cells: int) -> None:
    table = row_of(comparison_lines(compare(SWEEP.runs[:2]), cells), "Loss").table
    assert table
    assert table.width <= cells


def test_three_runs_have_a_column_each_and_the_best_is_marked() -> None:
    lines = comparison_lines(THREE, None)
    assert row_of(lines, "Loss").text.split() == ["Loss", "0.5000", "◆", "0.4", "0.6"]
    assert row_of(lines, "F1").text.split() == ["F1", "◆", "0.80", "0.7", "0.75"]
    assert row_of(lines, "Whatever").text.split() == ["Whatever", "3", "4", "–"]
    assert "B − A" not in text_of(lines)


def test_the_better_value_alone_is_in_the_style_of_what_is_good() -> None:
    line = row_of(comparison_lines(TWO, None), "Loss")
    assert styles_of(line, "0.4") == ["good"]
    assert "good" not in styles_of(line, "0.5000")


def test_no_value_is_marked_where_runs_do_not_compare() -> None:
    lines = comparison_lines(ELSEWHERE, None)
    assert lines[0].text.startswith("▲ Different datasets: emotion against imdb.")
    assert lines[0].spans[0][1] == "warning"
    assert not any(mark in text_of(lines) for mark in "◂▸◆")
    assert "good" not in {style for line in lines for _, style in line.spans}
    assert "−0.1000" in row_of(lines, "Loss").text


def test_what_is_equal_is_left_out_or_dim() -> None:
    assert "dataset" not in text_of(comparison_lines(TWO, None))
    whole = comparison_lines(TWO, None, everything=True)
    assert [style for _, style in row_of(whole, "dataset").spans] == ["dim"]
    assert "dim" not in styles_of(row_of(whole, "num_epochs"), "5")


def test_a_run_beside_itself_differs_in_nothing() -> None:
    assert text_of(comparison_lines(compare([A, A]), None)).endswith("\n\nNothing differs.")


def test_notes_stand_behind_their_values_dim() -> None:
    line = row_of(comparison_lines(TWO, None), "total_train_batch_size")
    assert styles_of(line, "(implied)") == ["dim", "dim"]
    rows = [["0.9", "1.0", "100", "0.5"], ["0.8", "2.0", "200", "0.7"]]
    best = compare([run_of(["Loss: 0.7"], rows=rows), B], Which.BEST)
    assert "0.5 (epoch 1)" in row_of(comparison_lines(best, None), "Loss").text


def test_numbers_stand_with_their_points_in_one_column() -> None:
    lines = comparison_lines(compare([run_of(["Loss: 10.25", "F1: 0.8"]), run_of(["Loss: 9", "F1: 0.75"])]), None)
    loss, f1 = row_of(lines, "Loss").text, row_of(lines, "F1").text
    assert loss.index("10.25") + 2 == f1.index("0.8") + 1


def test_every_row_has_the_names_of_the_runs_as_its_head_and_the_first_column_stays() -> None:
    lines = comparison_lines(THREE, 60)
    (header,) = {line.head for line in lines if line.head}
    assert header.text.split() == ["A", "first", "B", "second", "C", "third"]
    shapes = {line.table for line in lines if line.table}
    assert len(shapes) == 1
    shape = shapes.pop()
    assert (len(shape.stops), shape.stops[1]) == (4, shape.fixed)
    assert [line.section for line in lines if line.section] == ["Results", "Settings", "Names and paths"]


@pytest.mark.parametrize("cells", [40, 80, 100, 120, 200])
@pytest.mark.parametrize("comparison", [TWO, THREE, ELSEWHERE, SWEEP], ids=["two", "three", "elsewhere", "sweep"])
def test_a_pane_holds_two_runs_from_80_cells_and_more_from_100(comparison: Comparison, cells: int) -> None:
    lines = comparison_lines(comparison, cells, everything=True)
    widest = max(line.width for line in lines)
    if cells >= (80 if len(comparison.runs) == 2 else 100):
        assert widest <= cells
    assert max(line.width for line in lines if not line.table) <= cells


@needs_seeds
def test_a_pane_of_80_cells_holds_public_cards() -> None:
    for numbers in (("000", "002"), ("003", "004"), ("001", "004")):
        pair = compare([run_at(seed(number)) for number in numbers])
        assert max(line.width for line in comparison_lines(pair, 80, everything=True)) <= 80


def test_long_values_are_cut_where_they_do_not_differ_and_never_in_a_pipe() -> None:
    start, end = "a-long-common-start-of-a-name-" * 3, "-and-a-long-common-end" * 3
    pair = compare([run_of(name=f"{start}{x}{end}", settings=[f"model_id: {start}{x}{end}"]) for x in ("one", "two")])
    line = row_of(comparison_lines(pair, 80), "model_id")
    assert all(text in line.text for text in ("…", "one", "two"))
    assert "…" not in text_of(comparison_lines(pair, None))
    head = next(line for line in comparison_lines(pair, 80) if line.table)
    assert all(text in head.text for text in ("…", "one", "two"))


def test_a_number_that_is_cut_keeps_its_exponent() -> None:
    pair = compare(
        [run_of(settings=["learning_rate: 1.2090707659718472e-05"]), run_of(settings=["learning_rate: 1e-05"])]
    )
    line = row_of(comparison_lines(pair, 50), "learning_rate")
    assert re.search(r"1\.2\S*…\S*e-05 ", line.text)
    assert "−2.091e-06" in line.text, "a difference of many digits has four"
    assert "1.2090707659718472e-05" in row_of(comparison_lines(pair, None), "learning_rate").text


def test_elements_of_long_lists_are_counted() -> None:
    long = [run_of([f"F1: {[i / 100 + x for i in range(40)]}"]) for x in (0, 0.001)]
    text = text_of(comparison_lines(compare(long), None))
    assert "… and 16 more elements of long lists" in text
    assert text.count("\n  F1[") == 24


def test_nothing_of_a_card_reaches_the_terminal_but_text() -> None:
    for cells in (None, 80, 20):
        for line in comparison_lines(hostile(), cells, everything=True):
            assert line.text.isprintable()
            assert line.width == sum(width(text) for text, _ in line.spans)
    assert "[MASK]" in text_of(comparison_lines(hostile(), None))


@given(runs(), runs(), runs())
def test_any_runs_make_lines_tables_and_json(one: Run, two: Run, more: Run) -> None:
    for compared_runs in ([one, two], [one, two, more]):
        found = compare(compared_runs)
        for cells in (None, 80, 10):
            lines = comparison_lines(found, cells, everything=True)
            assert not any(line.text != line.text.rstrip() or "\n" in line.text for line in lines if line.spans)
        validator("diff").validate(strict(json_text(comparison_json(found))))
        assert_balanced(comparison_latex(found, everything=True))
        assert comparison_markdown(found, everything=True)


# Differences


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (("16", "128"), "× 8"),
        (("5e-05", "2e-05"), "÷ 2.5"),
        (("3e-05", "2e-05"), "−1e-05"),
        (("3", "10"), "+7"),
        (("0.10", "0.06"), "−0.04"),
        (("0", "500"), "+500"),
        (("-2", "4"), "+6"),
        (("10", "10.0"), ""),
        (("10", "ten"), ""),
        (("nan", "1"), ""),
        (("1,000", "1,500"), "+500"),
    ],
)
def test_settings_have_ratios_where_they_are_plain(values: tuple[str, str], expected: str) -> None:
    assert difference_text(setting("warmup", *values)) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (("0.5504", "0.7648"), "+0.2144"),
        (("0.25", "0.5"), "+0.25"),
        (("0.8920", "0.89"), "−0.0020"),
        (("91.14%", "0.92"), "+0.0086"),
        (("0.00001", "0.00004"), "+3e-05"),
        (("inf", "1"), ""),
        (("0.5", "0.50"), ""),
    ],
)
def test_results_have_signed_differences(values: tuple[str, str], expected: str) -> None:
    assert difference_text(compared("F1", *values)) == expected


def test_seeds_are_no_amounts() -> None:
    assert difference_text(setting("seed", "42", "84")) == ""
    assert difference_text(setting("data_seed", "1", "2")) == ""


@pytest.mark.parametrize("name", ["learning_rate", "max_steps"])
def test_huge_and_tiny_numbers_have_differences(name: str) -> None:
    assert difference_text(setting(name, "1e-300", "1e300")).startswith("× 1")
    assert difference_text(setting(name, "0", "1e300")) == "+1e+300"


# Markdown


def test_markdown_has_a_table_a_section_with_the_best_values_bold() -> None:
    text = comparison_markdown(TWO)
    assert text.startswith("first is better on F1; second is better on Loss (reported values).\n\n## Results\n\n")
    assert "|  | A first | B second | B − A |\n| --- | --- | --- | --- |\n" in text
    assert "| Loss | 0.5000 | **0.4** | −0.1000 |" in text
    assert "| total_train_batch_size | 16 (implied) | 128 (implied) | × 8 |" in text
    assert "dataset" not in text
    assert "| dataset | emotion | emotion |  |" in comparison_markdown(TWO, everything=True)
    assert "**" not in comparison_markdown(ELSEWHERE)
    assert comparison_markdown(compare([A, A])).endswith("\n\nNothing differs.")


def test_markup_of_cards_has_no_effect_in_markdown() -> None:
    lines = comparison_markdown(hostile()).split("\n")
    assert all(line.isprintable() for line in lines)
    for line in lines:
        if line.startswith("|"):
            assert len(re.findall(r"(?<!\\)\|", line)) == 5
            assert not re.search(r"(?<!\\)<", line)


# LaTeX


def assert_balanced(text: str) -> None:
    """Fail where a brace or an environment is not closed, or a row has another number of cells."""
    bare = re.sub(r"\\[\\{}$&#_%]", "", text.replace(r"\\", "\n"))
    assert bare.count("{") == bare.count("}")
    assert bare.count("$") % 2 == 0
    columns = len(re.findall(r"\\begin\{tabular\}\{(l+)\}", text)[0])
    rows = [line for line in text.split("\n") if line.endswith(r" \\") and r"\multicolumn" not in line]
    assert {len(re.findall(r"(?<!\\)&", row)) + 1 for row in rows} == {columns}
    assert re.findall(r"\\(begin|end)\{(\w+)\}", text) == [
        ("begin", "table"),
        ("begin", "tabular"),
        ("end", "tabular"),
        ("end", "table"),
    ]


def test_latex_is_one_table_with_the_best_values_bold_and_a_caption_that_names_the_runs() -> None:
    text = comparison_latex(TWO)
    assert r"\caption{first is better on F1; second is better on Loss (reported values). A: first; B: second.}" in text
    assert r" & A & B & B $-$ A \\" in text
    assert r"Loss & 0.5000 & \textbf{0.4} & $-$0.1000 \\" in text
    assert r"num\_epochs & 3 & 5 & +2 \\" in text
    assert r"\textbf" not in comparison_latex(ELSEWHERE)


@pytest.mark.parametrize(
    "comparison",
    [TWO, THREE, ELSEWHERE, SWEEP, compare([A, A]), hostile()],
    ids="two three elsewhere sweep same hostile".split(),
)
def test_latex_is_balanced_and_escaped(comparison: Comparison) -> None:
    for everything in (False, True):
        assert_balanced(comparison_latex(comparison, everything=everything))


@pytest.mark.skipif(not shutil.which("pdflatex"), reason="no pdflatex here")
def test_latex_compiles_with_booktabs_alone(tmp_path: Path) -> None:
    tables = [comparison_latex(one, everything=True) for one in (TWO, THREE, ELSEWHERE, SWEEP, hostile())]
    document = "\n".join([r"\documentclass{article}\usepackage{booktabs}\begin{document}", *tables, r"\end{document}"])
    (tmp_path / "a.tex").write_text(document, encoding="utf-8")
    done = subprocess.run(
        ["pdflatex", "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", "a.tex"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout[-2000:].decode(errors="replace")


# JSON


def as_json(comparison: Comparison) -> dict[str, Json]:
    """What a program reads of the comparison; it is as the schema says."""
    value = strict(json_text(comparison_json(comparison)))
    validator("diff").validate(value)
    return dict(value)


def test_json_has_every_row() -> None:
    value = as_json(TWO)
    assert value["runs"] == [{"path": A.card.path, "name": "first"}, {"path": B.card.path, "name": "second"}]
    assert (value["comparable"], value["reason"], value["which"], value["differs"]) == (True, None, "reported", True)
    rows = value["rows"]
    assert isinstance(rows, list)
    assert rows[0] == {
        "section": "results",
        "name": "Loss",
        "values": [{"raw": "0.5000", "number": 0.5, "note": None}, {"raw": "0.4", "number": 0.4, "note": None}],
        "differs": True,
        "delta": -0.1,
        "relative": -0.2,
        "direction": "minimize",
        "best": [1],
    }
    assert [row["differs"] for row in rows if row["name"] == "dataset"] == [False]


def test_json_of_more_runs_has_no_difference_and_of_absent_values_null() -> None:
    rows = as_json(THREE)["rows"]
    assert isinstance(rows, list)
    assert {row["delta"] for row in rows} == {None}
    assert next(row for row in rows if row["name"] == "Whatever")["values"][2] is None


def test_json_says_why_runs_do_not_compare() -> None:
    value = as_json(ELSEWHERE)
    assert (value["comparable"], value["reason"]) == (False, ELSEWHERE.obstacle)


def test_json_has_no_nan() -> None:
    rows = as_json(compare([run_of(["Loss: nan"]), run_of(["Loss: inf"])]))["rows"]
    assert isinstance(rows, list)
    assert [value["number"] for value in rows[0]["values"]] == [None, None]
    assert (rows[0]["delta"], rows[0]["relative"]) == (None, None)


def test_the_schema_tells_every_key_and_what_it_means() -> None:
    whole = schema("diff")
    for part in (whole, *whole["$defs"].values()):
        assert part["required"] == list(part["properties"])
        assert part["additionalProperties"] is False
        assert all("description" in key or "$ref" in key for key in part["properties"].values())
