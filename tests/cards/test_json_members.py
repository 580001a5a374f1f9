"""An object is read member by member, up to where its text breaks off."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.cards.json_members import Members, read

TEXT = """{
  "a": 1,
  "list": [
    {"x": 1},

    [2,
     3]
  ],
  "b": "\\u00e9"
}
"""


def values(members: Members) -> dict[str, object]:
    return {
        name: member.value if member.elements is None else [element.value for element in member.elements]
        for name, member in members.found.items()
    }


def test_members_and_elements_know_their_lines() -> None:
    members = read(TEXT, "list")
    assert {name: member.line for name, member in members.found.items()} == {"a": 2, "list": 3, "b": 9}
    assert [element.line for element in members.found["list"].elements or ()] == [4, 6]
    assert (members.broken, members.line) == ("", 0)


@pytest.mark.parametrize("end", range(len(TEXT) - 2))
def test_of_a_text_that_breaks_off_the_beginning_is_read(end: int) -> None:
    whole, cut = values(read(TEXT, "list")), read(TEXT[:end], "list")
    assert cut.broken
    assert 1 <= cut.line <= TEXT[:end].count("\n") + 1
    for name, value in values(cut).items():
        wanted = whole[name]
        assert value == (wanted[: len(value)] if isinstance(value, list) and isinstance(wanted, list) else wanted)


def test_a_number_that_the_end_may_have_cut_is_not_read() -> None:
    assert values(read('{"a": 1, "global_step": 50')) == {"a": 1}
    assert values(read('{"list": [1, 50', "list")) == {"list": [1]}


BROKEN = {
    "empty": ("", 1, "the file is empty"),
    "blank": (" \n\n", 3, "the file is empty"),
    "nul": ("\0\0\0", 1, "expecting '{'"),
    "list": ("[1]", 1, "expecting '{'"),
    "word": ("NaN", 1, "expecting '{'"),
    "unnamed": ("{1: 2}", 1, "a name is no text"),
    "no-colon": ('{"a" 2}', 1, "expecting ':'"),
    "no-comma": ('{"a": 1\n"b": 2}', 2, "expecting '}'"),
    "no-value": ('{"a":\n,}', 2, "expecting value"),
    "two-objects": ("{}\n{}", 2, "text follows the object"),
    "cut-in-a-name": ('{"a": 1,\n"b', 2, "the file ends in the middle"),
    "cut-in-a-list": ('{"list": [1,\n[2', 2, "the file ends in the middle"),
    "nested": ('{"a":\n' + "[" * 100_000, 2, "nested too deep"),
    "nested-element": ('{"list": [\n' + '{"a":' * 100_000, 2, "nested too deep"),
}


@pytest.mark.parametrize(("text", "line", "reason"), BROKEN.values(), ids=BROKEN)
def test_a_break_has_its_line_and_reason(text: str, line: int, reason: str) -> None:
    members = read(text, "list")
    assert (members.line, reason in members.broken) == (line, True), members.broken


def test_numbers_that_only_python_writes_are_read() -> None:
    found = values(read('{"a": NaN, "b": -Infinity, "c": 1e999}'))
    assert math.isnan(found["a"])  # type: ignore[arg-type]
    assert (found["b"], found["c"]) == (-math.inf, math.inf)


@pytest.mark.usefixtures("at_once")
def test_huge_numbers_cost_no_time() -> None:
    assert values(read('{"a": %s, "b": 123456789012345678}' % ("9" * 2_000_000))) == {
        "a": math.inf,
        "b": 1.2345678901234568e17,
    }


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=20,
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(["a", "b", "list"]) | st.text(max_size=6), JSON), st.sampled_from([None, 0, 2]))
def test_whole_objects_are_read_as_the_standard_library_reads_them(
    found: dict[str, object], indent: int | None
) -> None:
    text = json.dumps(found, indent=indent)
    members = read(text, "list")
    assert members.broken == ""
    assert values(members) == json.loads(text, parse_int=lambda d: int(d) if len(d) <= 15 else float(d))
