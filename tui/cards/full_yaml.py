"""Any YAML, by PyYAML's parser events.

PyYAML's composer overflows the C stack on deeply nested input, and its constructor raises for what a card may say.
The event stream does neither, so nodes are built here, with a bound on their depth.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import yaml

from tui.cards.model import Problem
from tui.cards.plain_yaml import Node, Scalar

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MAX_DEPTH = 100
_SURROGATE = re.compile("[\ud800-\udfff]")
_TOP_LEVEL_KEY = re.compile(r"[^\s#\-][^:]*:(?:\s|$)")


class _UnreadableError(ValueError):
    """YAML that is well-formed but not taken: too deep, or an alias to nothing."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line


_UNREADABLE = (yaml.YAMLError, _UnreadableError, ValueError, OverflowError)
"""What PyYAML raises; the last two for escapes of characters beyond Unicode."""


@dataclass(slots=True)
class _Builder:
    """Makes nodes of parser events, with a stack of its own instead of the interpreter's."""

    first_line: int
    problems: list[Problem]
    anchors: dict[str, Node] = field(default_factory=dict)

    def build(self, events: Iterator[yaml.Event]) -> Node | None:
        """The first document's root, None where there is none."""
        stack: list[tuple[list[Node], bool, str | None, int]] = []  # children, is mapping, anchor, line
        for event in events:
            line = self.first_line + (event.start_mark.line if event.start_mark else 0)
            if isinstance(event, yaml.ScalarEvent):
                node: Node = self.scalar(event, line)
            elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                if len(stack) == _MAX_DEPTH:
                    raise _UnreadableError(line, f"nested deeper than {_MAX_DEPTH} levels")
                stack.append(([], isinstance(event, yaml.MappingStartEvent), event.anchor, line))
                continue
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                children, is_mapping, anchor, start = stack.pop()
                node = self.mapping(children, start) if is_mapping else children
                if anchor:
                    self.anchors[anchor] = node
            elif isinstance(event, yaml.AliasEvent):
                if event.anchor not in self.anchors:
                    raise _UnreadableError(line, f"*{event.anchor} refers to no anchor above it")
                node = self.anchors[event.anchor]
            else:
                continue
            if not stack:
                return node
            stack[-1][0].append(node)
        return None

    def scalar(self, event: yaml.ScalarEvent, line: int) -> Scalar:
        """The scalar of an event; half of a surrogate pair is no text, which only the C parser tells."""
        if not event.value.isascii() and _SURROGATE.search(event.value):
            raise _UnreadableError(line, "an escape that is no character")
        scalar = Scalar(event.value)
        scalar.line = line
        scalar.quoted = bool(event.style)
        if event.anchor:
            self.anchors[event.anchor] = scalar
        return scalar

    def mapping(self, children: list[Node], line: int) -> dict[Scalar, Node]:
        """Keys and values in turn; of a key that stands twice the last one counts, as for other readers."""
        merged: dict[Scalar, Node] = {}
        own: dict[Scalar, Node] = {}
        for key, value in zip(children[::2], children[1::2], strict=True):
            if not isinstance(key, Scalar):
                self.problems.append(Problem("yaml-key", line, "a key that is a list or mapping is left out"))
            elif key == "<<" and isinstance(value, dict):
                merged.update(value)
            else:
                if key in own:
                    message = f"the key {key!r} stands twice; the last one counts"
                    self.problems.append(Problem("duplicate-key", key.line, message))
                own[key] = value
        return {**merged, **own}


def load(text: str, first_line: int) -> tuple[Node | None, list[Problem]]:
    """Read a YAML block whose first line is line `first_line` of its file.

    Where the block as a whole is malformed, each of its top-level keys is read on its own, so that one bad value
    does not cost the rest.
    """
    problems: list[Problem] = []
    try:
        return _build(text, first_line, problems), problems
    except _UNREADABLE as error:
        problems = [_problem(error, first_line)]
    salvaged: dict[Scalar, Node] = {}
    for start, chunk in _chunks(text):
        try:
            node = _build(chunk, first_line + start, problems)
        except _UNREADABLE:
            continue  # told by the problem above, or lies behind it
        if isinstance(node, dict):
            salvaged.update(node)
    return salvaged or None, problems


def _build(text: str, first_line: int, problems: list[Problem]) -> Node | None:
    return _Builder(first_line, problems).build(yaml.parse(text, Loader=_LOADER))


def _chunks(text: str) -> Iterator[tuple[int, str]]:
    """(index of the first line, text) of every top-level key."""
    lines = text.split("\n")
    starts = [i for i, line in enumerate(lines) if _TOP_LEVEL_KEY.match(line)]
    for start, end in pairwise([*starts, len(lines)]):
        yield start, "\n".join(lines[start:end])


def _problem(error: Exception, first_line: int) -> Problem:
    if isinstance(error, _UnreadableError):
        return Problem("yaml-error", error.line, f"the metadata is not read whole: {error}")
    mark = getattr(error, "problem_mark", None)
    reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "malformed"
    line = first_line + mark.line if mark else first_line
    return Problem("yaml-error", line, f"the metadata is not valid YAML: {reason}")
