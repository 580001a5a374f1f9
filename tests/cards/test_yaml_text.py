"""YAML becomes values, with texts as people wrote them, and no block costs more than itself."""

from __future__ import annotations

from unittest import mock

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cards.making import codes, front, read_text
from tui.cards import full_yaml
from tui.cards.model import Card, Json
from tui.cards.yaml_text import load, to_json


def values(text: str) -> Json:
    return to_json(load(text, 1)[0])


def card(yaml_block: str) -> Card:
    return read_text(front(yaml_block) + "# m\n")


@pytest.mark.parametrize(
    "written", ["no", "yes", "on", "off", "12:30", "2024-99-99", "2024-01-01", "1.10.0", "=", "<<"]
)
def test_what_yaml_1_1_would_turn_into_something_else_stays_text(written: str) -> None:
    assert values(f"a: {written}") == {"a": written}
    assert values(f"a: [{written}]") == {"a": [written]}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("0.5504", 0.5504),
        ("1e-4", 0.0001),
        ("5e-05", 0.00005),
        ("-3", -3),
        ("0777", 777),
        (".5", 0.5),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("'0.5'", "0.5"),
        ('"null"', "null"),
        ("''", ""),
        (".nan", ".nan"),
        ("-.inf", "-.inf"),
        ("1e999", "1e999"),
    ],
)
def test_scalars_are_those_of_yaml_1_2_and_fit_into_json(written: str, value: Json) -> None:
    assert values(f"a: {written}") == {"a": value}
    assert values(f"x: {{}}\na: {written}") == {"x": {}, "a": value}


@pytest.mark.parametrize("digits", [399, 500, 5000])
def test_a_number_of_many_digits_raises_nothing(digits: int) -> None:
    assert values("a: " + "9" * digits) is not None


@pytest.mark.parametrize(
    "block",
    ["a: [b, {c: d}]", "a:\n- b\n- c: d", "{a: [b, {c: d}]}", "? a\n: - b\n  - c: d", "a: [b, {c: d,},]  # why"],
    ids=["flow", "block", "flow-root", "explicit-key", "comment"],
)
def test_every_style_says_the_same(block: str) -> None:
    assert values(block) == {"a": ["b", {"c": "d"}]}


def test_texts_over_several_lines_are_read() -> None:
    assert values("a: |\n  b\n  c\nd: >\n  e\n  f\ng: h\n  i") == {"a": "b\nc\n", "d": "e f\n", "g": "h i"}


def test_an_alias_stands_for_its_anchor_and_a_merge_for_its_keys() -> None:
    block = "base: &b {x: 1, y: 2}\nsame: *b\nmore:\n  <<: *b\n  y: 3"
    assert values(block) == {"base": {"x": 1, "y": 2}, "same": {"x": 1, "y": 2}, "more": {"x": 1, "y": 3}}


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_deep_nesting_is_a_problem_and_no_crash(opening: str) -> None:
    found = card("license: mit\na: " + ("\n" if opening in {"- ", "? "} else "") + opening * 100_000 + "\nname: b")
    assert found.metadata.license == "mit"
    assert [code for code, _ in codes(found)] == ["yaml-error"]


def test_deep_nesting_is_a_problem_for_pyyaml_without_its_c_library_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(full_yaml, "_LOADER", yaml.SafeLoader)
    found = card("license: mit\na: " + "[" * 3000)
    assert found.metadata.license == "mit"
    assert [code for code, _ in codes(found)] == ["yaml-error"]


@pytest.mark.parametrize("loader", [full_yaml._LOADER, yaml.SafeLoader], ids=["c", "python"])
@pytest.mark.parametrize(
    "bad",
    ['"\\UFFFFFFFF"', '"\\uD800"', '"\\x"', "*none", "!<x y", "@x", "`x`", "\x01", "a\tb: c: d", "&a &b c", "%"],
)
def test_one_bad_value_does_not_cost_the_other_keys(bad: str, loader: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(full_yaml, "_LOADER", loader)
    found = card(f"license: mit\nbad: {bad}\ntags:\n- x")
    assert found.metadata.license == "mit"
    assert found.metadata.tags == ("x",)
    assert "yaml-error" in dict(codes(found))
    found.text.encode()


BROKEN = {
    "unclosed-list": "bad: [a, b",
    "unclosed-quote": 'bad: "a',
    "wrong-indent": "bad:\n   - a\n  - b",
    "two-colons": "bad: a: b",
    "tab": "bad:\n\t- a",
    "unclosed-mapping": "bad: {a: b",
}


@pytest.mark.parametrize("bad", BROKEN.values(), ids=BROKEN)
def test_broken_yaml_is_one_problem_and_keeps_the_other_keys(bad: str) -> None:
    found = card(f"license: mit\n{bad}\ntags:\n- x\nmetrics:\n- f1")
    assert found.metadata.license == "mit"
    assert found.metadata.tags == ("x",)
    assert found.metadata.metrics == ("f1",)
    assert [code for code, _ in codes(found)] == ["yaml-error"]


@pytest.mark.parametrize("block", [":\n- a", "- [a", "[a", "- a\nb", "{", '"a', "@"])
def test_broken_yaml_without_any_key_is_one_problem(block: str) -> None:
    found = read_text(front(block) + "# m\n\n## Training results\n\nwords")
    assert [code for code, _ in codes(found)] == ["yaml-error"]
    assert found.name == "m"


STRUCTURE = st.text(st.sampled_from("ab: \n-#\"'[]{},&*!|>%@`?~\t\\<.1"), max_size=40)


@settings(max_examples=300, deadline=None)
@given(STRUCTURE | st.text())
@pytest.mark.parametrize("loader", [full_yaml._LOADER, yaml.SafeLoader], ids=["c", "python"])
def test_no_text_makes_reading_yaml_raise(loader: object, text: str) -> None:
    with mock.patch.object(full_yaml, "_LOADER", loader):
        to_json(full_yaml.load(text, 1)[0])
    to_json(load(text, 1)[0])


def test_the_problem_of_broken_yaml_knows_its_line_and_reason() -> None:
    problem = card("license: mit\ntags:\n- x\nbad: a: b").problems[0]
    assert problem.line == 5
    assert "mapping values are not allowed" in problem.message


def test_a_key_that_stands_twice_is_a_problem_and_the_last_one_counts() -> None:
    found = card("license: mit\ntags:\n- x\nlicense: apache-2.0")
    assert found.metadata.license == "apache-2.0"
    assert codes(found) == [("duplicate-key", 5)]
    assert "license" in found.problems[0].message


def test_a_key_that_stands_twice_is_told_once_in_broken_yaml() -> None:
    found = card("license: {x: 1, x: 2}\ntags: [a]\nbad: [")
    assert sorted(code for code, _ in codes(found)) == ["duplicate-key", "yaml-error"]


def test_a_key_that_is_a_list_is_a_problem_and_left_out() -> None:
    found = card("license: mit\nx:\n  ? [a, b]\n  : c\n  d: e")
    assert found.metadata.values["x"] == {"d": "e"}
    assert [code for code, _ in codes(found)] == ["yaml-key"]


def test_an_alias_to_itself_is_a_problem() -> None:
    found = card("license: mit\na: &a [*a]")
    assert found.metadata.license == "mit"
    assert codes(found) == [("yaml-error", 3)]


BOMB = "license: mit\n" + "\n".join(
    f"k{i}: &k{i} [{', '.join([f'*k{i - 1}' if i else 'lol'] * 10)}]" for i in range(12)
)
WIDE_BOMB = "license: mit\nk: &k [" + "1," * 60_000 + "]\n" + "\n".join(f"k{i}: *k" for i in range(8))


@pytest.mark.usefixtures("at_once")
def test_an_alias_bomb_is_a_problem_and_not_expanded() -> None:
    assert [code for code, _ in codes(card(BOMB + "\ntags: [x]"))] == ["yaml-aliases"]


def test_aliases_to_a_long_text_are_bounded_too() -> None:
    block = f"license: &a {'x' * 5000}\ndatasets: [{'*a, ' * 10_000}]"
    assert "yaml-aliases" in dict(codes(card(block)))


def test_aliases_are_bounded_over_all_keys_together() -> None:
    assert "yaml-aliases" in dict(codes(card(WIDE_BOMB)))


@pytest.mark.parametrize("block", ["", "\n\n", "# only a comment", "---"], ids=["empty", "blank", "comment", "dashes"])
def test_a_block_without_content_is_nothing_and_no_problem(block: str) -> None:
    node, problems = load(block, 1)
    assert not node
    assert problems == []
