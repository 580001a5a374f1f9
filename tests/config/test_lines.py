"""Where keys stand: however TOML lets them be written."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.config.lines import lines_of

TEXT = '''# a comment with [brackets] = "and more"
a = 1
b.c = "x = [1]" # behind it
"q.r" . 's' = 1979-05-27 07:32:00

[x]
y = [
  1, # one ]
  "two, ]",
  { z = 3, "w" = [1,
    2] },
]
s = """
a = 1
[no]
\\""" still the text"""
t = \'\'\'
[neither]\'\'\'
after = true
[ x . sub ]
k = {}
[[arr]]
n = 1
[[arr]]
n = 2
[arr.t]
m = -1e-5
'''


@pytest.mark.parametrize(
    ("way", "line"),
    [
        (("a",), 2),
        (("b", "c"), 3),
        (("q.r", "s"), 4),
        (("x",), 6),
        (("x", "y"), 7),
        (("x", "y", 0), 8),
        (("x", "y", 1), 9),
        (("x", "y", 2, "z"), 10),
        (("x", "y", 2, "w", 0), 10),
        (("x", "y", 2, "w", 1), 11),
        (("x", "s"), 13),
        (("x", "t"), 17),
        (("x", "after"), 19),
        (("x", "sub"), 20),
        (("x", "sub", "k"), 21),
        (("arr", 0, "n"), 23),
        (("arr", 1, "n"), 25),
        (("arr", 1, "t", "m"), 27),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_key_stands_where_it_is_written(way: tuple[str | int, ...], line: int, ends: str) -> None:
    text = TEXT.replace("\n", ends)
    assert lines_of(text)[way] == line


def test_nothing_is_found_that_is_not_there() -> None:
    tomllib.loads(TEXT)
    assert ("no",) not in lines_of(TEXT)
    assert {way[0] for way in lines_of(TEXT)} == {"a", "b", "q.r", "x", "arr"}


KEYS = st.sampled_from(["a", "b-c", '"d e"', "'f.g'", "h.i", '"\\u00e9"'])
VALUES = st.recursive(
    st.sampled_from(["1", '"]"', "'}'", "true", "-1e-5", "2020-01-01 10:00:00", '"""\n[x]\n"""', '"\\""']),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda some: "[\n" + ",\n".join(some) + "\n]"),
        st.dictionaries(KEYS, inner, max_size=2).map(
            lambda some: "{ " + ", ".join(f"{key} = {value}" for key, value in some.items()) + " }"
        ),
    ),
    max_leaves=6,
)


def ways(value: object, way: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    """The way to everything in a document."""
    entries: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        entries = list(value.items())
    elif isinstance(value, list):
        entries = list(enumerate(value))
    return {(*way, key) for key, _ in entries} | {found for key, one in entries for found in ways(one, (*way, key))}


@given(st.lists(st.tuples(KEYS, VALUES), max_size=6, unique_by=lambda pair: pair[0]))
def test_everything_that_tomllib_reads_has_its_line(pairs: list[tuple[str, str]]) -> None:
    text = "".join(f"# =\n[t.{key}]\nv = {value}\n" for key, value in pairs)
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError:  # h.i and then h
        return
    found = lines_of(text)
    assert set(found) == ways(document)
    lines = text.split("\n")
    assert all(
        str(way[-1]) == "v" for way, line in found.items() if lines[line - 1].startswith("v = ") and len(way) == 3
    )
