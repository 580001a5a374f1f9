"""YAML → values, with every text as it was written and every line known.

Values are made as in YAML 1.2's core schema: numbers, booleans and null, all else text. PyYAML's own follow YAML
1.1, where ``no`` becomes False, ``12:30`` becomes 750 and ``1.10`` becomes 1.1.
"""

from __future__ import annotations

import re

from tui.cards import plain_yaml
from tui.cards.model import Json, Problem
from tui.cards.plain_yaml import MAX_VALUES, Node, Scalar

_TEXT_A_VALUE = 64
"""Characters of a text that count as one value more."""

_INT = re.compile(r"[-+]?\d{1,400}")
_FLOAT = re.compile(r"[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?")
_CONSTANTS: dict[str, Json] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


def load(text: str, first_line: int) -> tuple[Node | None, list[Problem]]:
    """Read a YAML block whose first line is line `first_line` of its file."""
    if not text.strip():
        return None, []
    if (node := plain_yaml.read(text, first_line)) is not None:
        return node, []
    from tui.cards import full_yaml  # noqa: PLC0415 - PyYAML takes 40 ms to load, and most cards need none

    return full_yaml.load(text, first_line)


def to_json(node: Node | None) -> Json:
    """The node as plain values; raises ValueError where aliases make it larger than any card."""
    budget = [MAX_VALUES]
    return _to_json(node, budget)


def within_bounds(root: dict[Scalar, Node]) -> tuple[dict[Scalar, Node], list[Scalar]]:
    """(the keys that together expand to what a card may hold, the others)."""
    kept: dict[Scalar, Node] = {}
    sizes: dict[int, int] = {}
    room = MAX_VALUES - 1
    for key, value in root.items():
        size = _size(value, sizes)
        if size <= room:
            kept[key] = value
            room -= size
    return kept, [key for key in root if key not in kept]


def _size(node: Node, sizes: dict[int, int]) -> int:
    """How many values a node expands to; each node is looked at once, however many aliases lead to it."""
    if isinstance(node, Scalar):
        return 1 + len(node) // _TEXT_A_VALUE
    if (known := sizes.get(id(node))) is None:
        items = node.values() if isinstance(node, dict) else node
        known = sizes[id(node)] = 1 + sum(_size(item, sizes) for item in items)
    return known


def _to_json(node: Node | None, budget: list[int]) -> Json:
    budget[0] -= 1 + (len(node) // _TEXT_A_VALUE if isinstance(node, Scalar) else 0)
    if budget[0] < 0:
        raise ValueError(f"aliases expand to more than {MAX_VALUES} values")
    if isinstance(node, dict):
        return {str(key): _to_json(value, budget) for key, value in node.items()}
    if isinstance(node, list):
        return [_to_json(item, budget) for item in node]
    return None if node is None else resolve(node)


def resolve(scalar: Scalar) -> Json:
    """What a scalar says; nan and infinities stay text, which JSON can hold."""
    if scalar.quoted:
        return str(scalar)
    if scalar in _CONSTANTS:
        return _CONSTANTS[scalar]
    if scalar[0].isalpha():  # as most are: no number begins so
        return str(scalar)
    if _INT.fullmatch(scalar):
        return int(scalar)
    if _FLOAT.fullmatch(scalar):
        number = float(scalar)
        return number if abs(number) != float("inf") else str(scalar)
    return str(scalar)
