"""The reader of plain YAML never says anything else than the full reader."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tui.cards import full_yaml, plain_yaml
from tui.cards.plain_yaml import Node, Scalar

QUICK = settings(max_examples=300, deadline=None)
FIRST_LINE = 7


def told(node: Node | None) -> object:
    """All that a node knows, comparable: texts, lines, quotes, kinds and the order of keys."""
    if isinstance(node, Scalar):
        return ("scalar", str(node), node.line, node.quoted)
    if isinstance(node, list):
        return ("list", [told(item) for item in node])
    if isinstance(node, dict):
        return ("mapping", [(told(key), told(value)) for key, value in node.items()])
    return node


def agrees(text: str) -> bool:
    """Whether the plain reader took the text, having made sure that it then says what the full reader says."""
    plain = plain_yaml.read(text, FIRST_LINE)
    if plain is None:
        return False
    full, problems = full_yaml.load(text, FIRST_LINE)
    assert told(plain) == told(full)
    assert problems == []
    return True


KEYS = st.from_regex(r"[A-Za-z_][A-Za-z0-9_.\-]{0,8}", fullmatch=True)
PLAIN = st.one_of(
    st.from_regex(r"[A-Za-z0-9_./][A-Za-z0-9_./\-+ ]{0,12}[A-Za-z0-9]", fullmatch=True),
    st.sampled_from("0.5504 no 1.10 12:30 2024-99-99 1e-4 null true .nan ~ a:b http://x/y a#b ... Größe".split()),
    st.text(st.sampled_from("ab:# -\"'.é"), min_size=1, max_size=6),
)
QUOTED = st.builds(
    "{0}{1}{0}".format, st.sampled_from("\"'"), st.text(st.sampled_from("ab:#- ,[]{}&*!|>%@`é'\""), max_size=8)
)
SCALARS = st.one_of(PLAIN, QUOTED, st.just("[]"), st.just(""))


def block(depth: int) -> st.SearchStrategy[list[str]]:
    """Lines of a block mapping or list, not yet indented."""
    inner = st.deferred(lambda: block(depth + 1)) if depth < 3 else st.nothing()
    entry = st.builds(lambda key, value: [f"{key}: {value}".rstrip()], KEYS, SCALARS)
    item = st.builds(lambda value: [f"- {value}"], SCALARS)
    nested_entry = st.builds(
        lambda key, lines, indent: [f"{key}:", *(" " * indent + line for line in lines)],
        KEYS,
        inner,
        st.sampled_from([0, 2, 2, 4]),
    )
    nested_item = st.builds(lambda lines: [f"- {lines[0]}", *("  " + line for line in lines[1:])], inner)
    entries = st.lists(entry | nested_entry, min_size=1, max_size=4)
    items = st.lists(item | nested_item, min_size=1, max_size=4)
    return (entries if depth == 0 else entries | items).map(lambda parts: [line for part in parts for line in part])


@QUICK
@given(block(0))
def test_generated_block_yaml_is_read_as_the_full_reader_reads_it_or_left_to_it(lines: list[str]) -> None:
    agrees("\n".join(lines))


SIMPLE = st.from_regex(r"[a-z][a-z0-9.\-/]{0,8}", fullmatch=True)


@QUICK
@given(st.dictionaries(KEYS, st.one_of(SIMPLE, st.lists(SIMPLE, min_size=1, max_size=3)), min_size=1, max_size=6))
def test_lists_and_texts_as_writers_print_them_are_taken(values: dict[str, str | list[str]]) -> None:
    lines: list[str] = []
    for key, value in values.items():
        lines += [f"{key}: {value}"] if isinstance(value, str) else [f"{key}:", *(f"- {item}" for item in value)]
    assert agrees("\n".join(lines))


@QUICK
@given(st.text())
@example("\ufeffa: b")
@example("a: b\x85c: d")
@example("a: b\u2028c: d")
@example("a: b\r\nc: d")
def test_any_text_is_read_as_the_full_reader_reads_it_or_left_to_it(text: str) -> None:
    agrees(text)


@QUICK
@given(st.text(st.sampled_from("ab: \n-#\"'[]{},&*!|>%@`?~\t\\<.1"), max_size=40))
@example("a: b\n c")
@example("a:\n  b\n")
@example("a:\n- b\n  c")
@example("a: 'it''s'")
@example("a: b # c")
@example("a: b: c")
@example("a: b:")
@example("- a")
@example("a:\n-\n- b")
@example("a: 1\na: 2")
@example("a:\n  b: 1\n c: 2")
@example("a:\n- b: 1\n  c:\n  - d\n- e")
@example("...\na: b")
@example("a: b\n...\nc: d")
@example("a: b\n---\nc: d")
@example("a: |\n  b\n")
@example("<<: b")
def test_structure_characters_are_read_as_the_full_reader_reads_them_or_left_to_it(text: str) -> None:
    agrees(text)


@pytest.mark.parametrize(
    "text",
    [
        "a: [b, c]",
        "a: {b: c}",
        "a: &x b",
        "a: *x",
        "a: !!str b",
        "a: |\n  b",
        "a: >\n  b",
        "a: 'it''s'",
        'a: "\\n"',
        "a\n",
        "- a",
    ],
)
def test_more_than_plain_yaml_is_left_to_the_full_reader(text: str) -> None:
    assert plain_yaml.read(text, 1) is None


def test_a_key_too_long_for_yaml_is_left_to_the_full_reader() -> None:
    agrees("k" * 2000 + ": v")


def test_deep_lists_are_left_to_the_full_reader() -> None:
    assert plain_yaml.read("a:\n" + "- " * 10_000 + "b", 1) is None


TRAINER_BLOCK = """license: apache-2.0
tags:
- generated_from_trainer
metrics:
- accuracy
model-index:
- name: electra
  results:
  - task:
      name: Text Classification
      type: text-classification
    dataset:
      name: amazon
      args: en
    metrics:
    - name: Accuracy
      type: accuracy
      value: 0.5504
"""


def test_the_block_that_the_trainer_prints_is_taken() -> None:
    assert agrees(TRAINER_BLOCK)
