"""Many rows, column by column: what was put in comes out as printed, filters and sorts as expressions say."""

from __future__ import annotations

import math
import threading
from collections.abc import Sequence
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.cards.model import Value
from tui.cards.values import parse as value_of
from tui.judge import query
from tui.judge.facts import Facts
from tui.judge.metrics import Direction
from tui.judge.rules import DEFAULT, Rules
from tui.library.columns import Columns


def known(
    name: str = "run", metric: str = "", findings: Sequence[str] = (), severity: str = "", **values: str
) -> Facts:
    """Facts with values as printed, ``__`` in their keys for a dot."""
    cells = {key.replace("__", "."): value_of(raw) for key, raw in values.items()}
    return Facts(name, True, cells, metric, tuple(findings), severity)


def columns_of(*facts: Facts) -> Columns:
    columns = Columns()
    assert [columns.add(one) for one in facts] == list(range(len(facts)))
    return columns


def with_f1(*texts: str, name: str = "reported__f1") -> Columns:
    return columns_of(*(known(f"run-{i}", **({name: text} if text else {})) for i, text in enumerate(texts)))


def shown(columns: Columns, rows: Sequence[int], key: str = "reported.f1") -> list[str]:
    found = [columns.value(row, key) for row in rows]
    return [value.raw if value else "–" for value in found]


ODD = (
    "0.9",
    "0.90",
    "16",
    "016",
    "1.",
    ".5",
    "-0.5",
    "nan",
    "inf",
    "-inf",
    "1,024",
    "93.4%",
    "5e-05",
    "٣",
    "",
    "0" * 40,
)


@given(st.lists(st.sampled_from(ODD) | st.floats(0, 300_000_000).map(lambda n: f"{n:.7g}") | st.text(max_size=12)))
def test_every_value_comes_out_as_it_was_printed(texts: list[str]) -> None:
    values = [value_of(text) for text in texts]
    columns = columns_of(*(Facts("run", True, MappingProxyType({"setting.x": value})) for value in values))
    for row, value in enumerate(values):
        found = columns.value(row, "setting.x")
        assert found is not None
        assert found.raw == value.raw
        assert repr(found.number) == repr(value.number)


def test_a_version_is_no_number_though_a_setting_of_the_same_text_is() -> None:
    numbers = {"setting.a": Value("2.0", 2.0), "version.b": Value("2.0"), "estimate.c": Value("2.0", 2.01)}
    columns = columns_of(Facts("run", True, numbers))
    assert {key: columns.value(0, key) for key in numbers} == numbers


@pytest.mark.parametrize("every", [1, 2, 3, 50, 999])
def test_cells_are_found_however_many_rows_have_one(every: int) -> None:
    facts = [known(**({"setting__x": f"v{i}"} if i % every == 0 else {})) for i in range(1200)]
    columns = columns_of(*facts)
    expected = [f"v{i}" if i % every == 0 else "–" for i in range(1200)]
    assert shown(columns, range(1200), "setting.x") == expected
    assert columns.keys() == {"setting.x": len(range(0, 1200, every))}
    rows = columns.passing(query.parse("x:v9"), range(1200), lambda _row: "")
    assert rows == [i for i in range(0, 1200, every) if "v9" in f"v{i}"]


def test_a_key_that_many_rows_had_and_then_none_comes_back() -> None:
    facts = [known(setting__x=str(i)) for i in range(100)] + [known() for _ in range(2000)] + [known(setting__x="last")]
    columns = columns_of(*facts)
    assert shown(columns, [0, 99, 100, 2099, 2100], "setting.x") == ["0", "99", "–", "–", "last"]


def test_the_best_come_first_and_what_is_no_number_last() -> None:
    columns = with_f1("0.5", "", "n/a", "0.9", "nan", "0.70")
    assert shown(columns, columns.ordered("f1", range(6), DEFAULT)) == ["0.9", "0.70", "0.5", "nan", "n/a", "–"]
    back = columns.ordered("f1", range(6), DEFAULT, reverse=True)
    assert shown(columns, back) == ["0.5", "0.70", "0.9", "nan", "n/a", "–"]


def test_an_infinity_is_neither_the_best_nor_the_first() -> None:
    columns = with_f1("0.5", "inf", "1e400", "0.9", "-inf")
    assert shown(columns, columns.ordered("f1", range(5), DEFAULT))[:2] == ["0.9", "0.5"]
    assert shown(columns, columns.ordered("f1", range(5), DEFAULT, reverse=True))[:2] == ["0.5", "0.9"]
    assert columns.best(("reported.f1",), range(5), "f1", DEFAULT) == {"0.9"}


def test_the_lowest_loss_is_the_best_and_a_direction_can_be_set() -> None:
    columns = with_f1("3", "1", "2", name="reported__loss")
    assert columns.ordered("loss", range(3), DEFAULT) == [1, 2, 0]
    odd = with_f1("3", "1", "2", name="reported__oddness")
    assert odd.ordered("oddness", range(3), DEFAULT) == [0, 2, 1]
    assert odd.ordered("oddness", range(3), Rules(directions=MappingProxyType({"oddness": Direction.MINIMIZE}))) == [
        1,
        2,
        0,
    ]


def test_equal_values_keep_their_order_both_ways() -> None:
    columns = with_f1("0.5", "0.9", "0.50", "0.9")
    assert columns.ordered("f1", range(4), DEFAULT) == [1, 3, 0, 2]
    assert columns.ordered("f1", range(4), DEFAULT, reverse=True) == [0, 2, 1, 3]


def test_percentages_stand_among_shares() -> None:
    columns = with_f1("0.92", "91.14%", "0.5")
    assert shown(columns, columns.ordered("f1", range(3), DEFAULT)) == ["0.92", "91.14%", "0.5"]
    assert columns.best(("reported.f1",), range(3), "f1", DEFAULT) == {"0.92"}


def test_nothing_is_best_where_units_or_direction_are_unknown() -> None:
    assert with_f1("91.2", "0.93").best(("reported.f1",), range(2), "f1", DEFAULT) == frozenset()
    odd = with_f1("1", "2", name="reported__oddness")
    assert odd.best(("reported.oddness",), range(2), "oddness", DEFAULT) == frozenset()
    assert with_f1("0.9", "").best(("reported.f1",), range(2), "f1", DEFAULT) == frozenset()
    assert with_f1("0.9", "nan", "inf").best(("reported.f1",), range(3), "f1", DEFAULT) == {"0.9"}


def test_headlines_of_one_metric_stand_together() -> None:
    rows = [("f1", "0.5"), ("wer", "0.3"), ("f1", "0.9"), ("", ""), ("wer", "0.1"), ("f1", "0.7")]
    columns = columns_of(*(known(metric=metric, **({"headline": raw} if raw else {})) for metric, raw in rows))
    assert shown(columns, columns.ordered("headline", range(6), DEFAULT), "headline") == [
        "0.9", "0.7", "0.5", "0.1", "0.3", "–",
    ]  # fmt: skip


def test_the_gravest_findings_come_first() -> None:
    columns = columns_of(
        known(findings=["no-license"], severity="info"),
        known(),
        known(findings=["diverged"], severity="error"),
        known(findings=["overfitting", "no-license"], severity="warning"),
        known(findings=["overfitting"], severity="warning"),
    )
    assert columns.ordered("findings", range(5), DEFAULT) == [2, 3, 4, 0, 1]


def test_names_are_sorted_regardless_of_case() -> None:
    columns = columns_of(known("b"), known("C"), known("a"))
    assert columns.ordered("name", range(3), DEFAULT) == [2, 0, 1]


ROWS = (
    known("small bert", findings=["overfitting"], severity="warning", reported__f1="0.91", base="bert-base", lr="x"),
    known("other", findings=["diverged"], severity="error", reported__f1="nan", setting__learning_rate="5e-05"),
    known("third", setting__learning_rate="0.001", base="roberta"),
)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "f1>0.9",
        "-f1>0.9",
        "lr<=5e-5",
        "base:bert",
        "base!=roberta",
        "-base:bert",
        "has:overfitting",
        "-has:diverged",
        "has:f1",
        "-has:base",
        "has:error",
        "has:warning -has:f1",
        "has:lr has:base",
        "bert",
        '"small bert"',
        "name:other",
        "path:path-2",
        "-third f1:nan",
    ],
)
def test_the_rows_that_pass_are_those_that_the_expression_means(text: str) -> None:
    asked = query.parse(text)
    columns = columns_of(*ROWS)
    passing = columns.passing(asked, range(3), lambda row: f"path-{row}\n{ROWS[row].name}".lower())
    assert passing == [row for row in range(3) if asked.matches(ROWS[row], f"path-{row}")]


def test_a_row_has_what_lists_show_of_a_card() -> None:
    columns = columns_of(*ROWS)
    assert columns.name(1) == "other"
    assert columns.findings(1) == ("diverged",)
    assert columns.severity(1) == "error"
    assert columns.first(2, ("reported.f1", "setting.learning_rate")) == Value("0.001", 0.001)
    assert columns.first(2, ("reported.f1",)) is None
    value = columns.value(1, "reported.f1")
    assert value is not None
    assert value.number is not None
    assert math.isnan(value.number)


def test_texts_are_counted_and_gather_rows() -> None:
    columns = columns_of(known(base="a"), known(), known(base="b"), known(base="a"))
    assert columns.texts(("base",)) == {"a": 2, "b": 1}
    assert columns.texts(("base",), 1) == {"a": 2}
    assert columns.by_text(("base",), range(4)) == {"a": [0, 3], "": [1], "b": [2]}
    assert columns_of(*ROWS).codes() == {"overfitting": 1, "diverged": 1}


@pytest.mark.parametrize("every", [1, 5], ids=["most rows have one", "few rows have one"])
def test_a_forgotten_row_is_empty_and_counts_no_more(every: int) -> None:
    facts = [known(metric="f1", findings=["x"], **({"base": "b"} if i % every == 0 else {})) for i in range(300)]
    columns = columns_of(*facts)
    columns.forget(100)
    columns.forget(101)
    assert columns.live == 298
    assert columns.value(100, "base") is None
    assert columns.value(105, "base") == Value("b")
    assert (
        columns.keys()["base"]
        == columns.texts(("base",))["b"]
        == sum(i % every == 0 for i in range(300)) - (2 if every == 1 else 1)
    )
    assert columns.codes() == {"x": 298}
    assert columns.metrics(range(300)) == {"f1": 298, "": 2}
    assert columns.add(known(base="new")) == 300
    assert shown(columns, [100, 300], "base") == ["–", "new"]


def test_a_key_that_no_row_has_any_more_is_none() -> None:
    columns = columns_of(known(base="a"))
    columns.forget(0)
    assert columns.keys() == {}


def test_rows_are_added_while_others_are_looked_at() -> None:
    columns = Columns()
    facts = [known(f"run-{i}", "f1", **{f"setting__k{i % 50}": str(i), "reported__f1": f"0.{i}"}) for i in range(4000)]
    thread = threading.Thread(target=lambda: [columns.add(one) for one in facts])
    thread.start()
    while thread.is_alive():
        total = len(columns)
        assert [value.raw for row in range(0, total, 97) if (value := columns.value(row, "reported.f1"))] == [
            f"0.{row}" for row in range(0, total, 97)
        ]
        assert len(columns.ordered("f1", range(total), DEFAULT)) == total
        assert sum(columns.keys().values()) >= 2 * total
        assert columns.metrics(range(total))["f1"] == total
    thread.join()
    assert shown(columns, range(4000)) == [f"0.{i}" for i in range(4000)]
