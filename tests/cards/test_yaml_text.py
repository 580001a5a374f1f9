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
    assert "a colon and a blank inside a text" in problem.message


@pytest.mark.parametrize("loader", [full_yaml._LOADER, yaml.SafeLoader], ids=["c", "python"])
@pytest.mark.parametrize(
    ("block", "line", "says"),
    [
        ("license: mit\nbad: a: b", 3, "a colon and a blank inside a text, which then needs quotes; bad is not read"),
        ("bad: 'a\nlicense: mit", 2, "a quote that is not closed; bad is not read"),
        ('license: mit\nbad:\n- a\n- "b\n- c', 5, "a quote that is not closed; bad is read down to there"),
        ("bad: [a, b\nlicense: mit", 2, "a [ that is not closed by ]; bad is not read"),
        ("bad: {a: b\nlicense: mit", 2, "a { that is not closed by }; bad is not read"),
        ("license: mit\nbad: [", 3, "a bracket that is not closed; bad is not read"),
        ("bad:\n   - a\n  - b\nlicense: mit", 4, "not indented as the lines above it"),
        ("bad:\n\t- a\nlicense: mit", 3, "a tab"),
        ("license: mit\nwords\nbad: 1", 3, "a line that is no key: value pair; license is read down to there"),
        ("  license: mit\nbad: 1", 3, "not indented as the lines above it"),
        ("bad: @home\nlicense: mit", 2, "@, ` or %, which needs quotes; bad is not read"),
        ("bad: \x1b[31m\nlicense: mit", 2, "a control character; bad is not read"),
        ("bad: *b\nlicense: mit", 2, "*b refers to no anchor above it; bad is not read"),
        ('bad: "\\q"\nlicense: mit', 2, "a backslash that stands for no character"),
        ("bad: |x\n  y\nlicense: mit", 2, "a | or > that begins a text"),
    ],
)
def test_what_is_wrong_is_said_in_plain_words_with_its_cost(
    block: str, line: int, says: str, loader: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(full_yaml, "_LOADER", loader)
    found = card(block)
    assert codes(found) == [("yaml-error", line)]
    assert says in found.problems[0].message
    assert found.metadata.license == "mit"


def test_what_stands_above_the_broken_line_of_a_key_is_read() -> None:
    found = card("tags:\n- a\n- b\nwords\nlicense: mit")
    assert (found.metadata.tags, found.metadata.license) == (("a", "b"), "mit")


def test_a_second_document_in_the_block_is_a_problem() -> None:
    assert codes(card("license: mit\n...\ntags: [x]"))[0] == ("yaml-error", 4)
    assert codes(card("{license: mit}\n--- {tags: [x]}")) == [("yaml-error", 3)]


def test_a_key_that_stands_twice_is_a_problem_and_the_last_one_counts() -> None:
    found = card("license: mit\ntags:\n- x\nlicense: apache-2.0")
    assert found.metadata.license == "apache-2.0"
    assert codes(found) == [("duplicate-key", 5)]
    assert "license" in found.problems[0].message


def test_a_key_that_stands_twice_is_told_once_in_broken_yaml() -> None:
    found = card("widget: {x: 1, x: 2}\ntags: [a]\nbad: [")
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
def test_an_alias_bomb_is_a_problem_and_costs_no_other_key() -> None:
    found = card(BOMB + "\ntags: [x]")
    assert codes(found) == [("yaml-aliases", 7)]
    assert found.problems[0].message.startswith("k4, k5, k6, k7, k8 and 3 more of the metadata are not read: ")
    assert (found.metadata.license, found.metadata.tags) == ("mit", ("x",))


@pytest.mark.usefixtures("at_once")
def test_a_bomb_of_merge_keys_is_a_problem() -> None:
    keys = "\n".join(f"  k{i}: 1" for i in range(1000))
    found = card(f"license: mit\nbase: &b\n{keys}\nmany:\n" + "- <<: *b\n" * 5000)
    assert [code for code, _ in codes(found)] == ["yaml-error"]
    assert found.metadata.license == "mit"


def test_of_several_mappings_merged_the_first_counts_most() -> None:
    block = "a: &a {x: 1}\nb: &b {x: 2, y: 2}\nc:\n  <<: [*a, *b]\n  z: 3"
    assert values(block) == {"a": {"x": 1}, "b": {"x": 2, "y": 2}, "c": {"x": 1, "y": 2, "z": 3}}


def test_aliases_to_a_long_text_are_bounded_too() -> None:
    block = f"license: &a {'x' * 5000}\ndatasets: [{'*a, ' * 10_000}]"
    assert "yaml-aliases" in dict(codes(card(block)))


def test_a_single_key_that_is_not_read_is_named_alone() -> None:
    (problem,) = card(f"license: &a {'x' * 5000}\ndatasets: [{'*a, ' * 10_000}]").problems
    assert problem.message.startswith("datasets of the metadata is not read: ")


def test_aliases_are_bounded_over_all_keys_together() -> None:
    assert "yaml-aliases" in dict(codes(card(WIDE_BOMB)))


@pytest.mark.parametrize("block", ["", "\n\n", "# only a comment", "---"], ids=["empty", "blank", "comment", "dashes"])
def test_a_block_without_content_is_nothing_and_no_problem(block: str) -> None:
    node, problems = load(block, 1)
    assert not node
    assert problems == []
