"""Any YAML, by PyYAML's parser events.

PyYAML's composer overflows the C stack on deeply nested input, and its constructor raises for what a card may say.
The event stream does neither, so nodes are built here, with a bound on their depth.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise

import yaml

from tui.cards.model import Problem
from tui.cards.plain_yaml import MAX_VALUES, Node, Scalar

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MAX_DEPTH = 100

_MOST_NODES = 2 * MAX_VALUES
"""Values that are looked at in one piece; beyond them it is no card's."""

_MOST_ALONE = 1000
"""Keys that are read each on its own."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_TOP_LEVEL_KEY = re.compile(r"[^\s#\-][^:]*:(?:\s|$)")


_REASONS = {
    "mapping values are not allowed": "a colon and a blank inside a text, which then needs quotes",
    "could not find expected ':'": "a line that is no key: value pair",
    "expected key": "a line that is not indented as the lines above it, or that is no key: value pair",
    "expected <block end>": "a line that is not indented as the lines above it, or that is no key: value pair",
    "expected '-' indicator": "a line that is not indented as the list above it",
    "document start>": "a line that is not indented as the lines above it, or that is no key: value pair",
    "expected ',' or ']'": "a [ that is not closed by ]",
    "expected ',' or '}'": "a { that is not closed by }",
    "node content": "a value that is missing, or a bracket that is not closed",
    "end of stream": "a quote that is not closed",
    "document separator": "a quote that is not closed",
    "tab": "a tab, where YAML wants blanks",
    "cannot start any token": "a value that begins with a tab, @, ` or %, which needs quotes",
    "characters are not allowed": "a control character",
    "alphabetic or numeric": "a & or * that begins a text, which then needs quotes",
    "comment or line break": "a | or > that begins a text, which then needs quotes",
    "indentation indicators": "a | or > that begins a text, which then needs quotes",
    "escape": "a backslash that stands for no character",
}
"""What PyYAML's parsers say, in part → what is wrong, in plain words."""


class _UnreadableError(ValueError):
    """YAML that is well-formed but not taken: too deep, or an alias to nothing."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line


_UNREADABLE = (yaml.YAMLError, _UnreadableError, ValueError, OverflowError)
"""What PyYAML raises; the last two for escapes of characters beyond Unicode."""


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet."""

    is_mapping: bool
    anchor: str | None
    line: int
    children: list[Node] = field(default_factory=list)
    height: int = 0
    """The levels below it."""


@dataclass(slots=True)
class _Builder:
    """Makes nodes of parser events, with a stack of its own instead of the interpreter's."""

    first_line: int
    problems: list[Problem]
    anchors: dict[str, Node] = field(default_factory=dict)
    heights: dict[str, int] = field(default_factory=dict)
    """Of each anchor the levels that lie below its node, those of aliases in it included."""

    merged: int = 0
    """Entries that merge keys have copied."""

    def build(self, events: Iterator[yaml.Event]) -> Node | None:
        """The first document's root, None where there is none."""
        stack: list[_Open] = []
        for count, event in enumerate(events):
            line = self.first_line + (event.start_mark.line if event.start_mark else 0)
            if count > _MOST_NODES:
                raise _UnreadableError(line, f"more than {_MOST_NODES:,} values")
            if isinstance(event, yaml.ScalarEvent):
                node: Node = self.scalar(event, line)
            elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                stack.append(_Open(isinstance(event, yaml.MappingStartEvent), event.anchor, line))
                self.raised(stack, 0, line)
                continue
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                ended = stack.pop()
                node = self.mapping(ended.children, ended.line) if ended.is_mapping else ended.children
                if ended.anchor:
                    self.anchors[ended.anchor] = node
                    self.heights[ended.anchor] = ended.height
                self.raised(stack, ended.height, line)
            elif isinstance(event, yaml.AliasEvent):
                if event.anchor not in self.anchors:
                    raise _UnreadableError(line, f"*{event.anchor} refers to no anchor above it")
                node = self.anchors[event.anchor]
                self.raised(stack, self.heights.get(event.anchor, 0), line)
            else:
                continue
            if not stack:
                self.nothing_follows(events)
                return node
            stack[-1].children.append(node)
        return None

    def raised(self, stack: list[_Open], height: int, line: int) -> None:
        """Note that a node of some levels stands in the innermost one; raises where that makes too many.

        Aliases lend their levels to what they stand in, so that nothing that follows nodes down goes too deep.
        """
        if len(stack) + height > _MAX_DEPTH:
            raise _UnreadableError(line, f"nested deeper than {_MAX_DEPTH} levels")
        if stack:
            stack[-1].height = max(stack[-1].height, height + 1)

    def nothing_follows(self, events: Iterator[yaml.Event]) -> None:
        """A second document behind the first one would go unseen."""
        for event in islice(events, 2):
            if isinstance(event, yaml.DocumentStartEvent) and event.start_mark:
                message = "a second document of YAML begins here and is not read"
                self.problems.append(Problem("yaml-error", self.first_line + event.start_mark.line, message))

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
                self.problems.append(
                    Problem("yaml-key", _first_line(key) or line, "a key that is a list or mapping is left out")
                )
            elif key == "<<" and (sources := self.merge(value, line)) is not None:
                for source in sources:
                    merged = {**source, **merged}
            else:
                if key in own:
                    message = f"the key {key!r} stands twice; the last one counts"
                    self.problems.append(Problem("duplicate-key", key.line, message))
                own[key] = value
        return {**merged, **own}

    def merge(self, value: Node, line: int) -> list[dict[Scalar, Node]] | None:
        """The mappings that ``<<`` merges, the first of which counts most; None where it is a key like others."""
        sources = value if isinstance(value, list) else [value]
        found = [source for source in sources if isinstance(source, dict)]
        self.merged += sum(map(len, found))
        if self.merged > MAX_VALUES:
            raise _UnreadableError(line, f"its merge keys expand to more than {MAX_VALUES} values")
        return found if found and len(found) == len(sources) else None


def load(text: str, first_line: int) -> tuple[Node | None, list[Problem]]:
    """Read a YAML block whose first line is line `first_line` of its file.

    Where the block as a whole is malformed, each of its top-level keys is read on its own, so that one bad value
    does not cost the rest.
    """
    problems: list[Problem] = []
    try:
        return _build(text, first_line, problems), problems
    except _UNREADABLE as error:
        whole = _problem(error, first_line, text)
    problems = []
    salvaged: dict[Scalar, Node] = {}
    for count, (start, chunk) in enumerate(_chunks(text)):
        if count == _MOST_ALONE:
            message = f"behind {_MOST_ALONE:,} keys, the metadata from here on is not read"
            problems.append(Problem("yaml-error", first_line + start, message))
            break
        salvaged.update(_salvaged(chunk, first_line + start, problems))
    return salvaged or None, problems if any(p.code == whole.code for p in problems) else [whole, *problems]


def _salvaged(chunk: str, first_line: int, problems: list[Problem]) -> dict[Scalar, Node]:
    """What can be read of one key: all, or where it is malformed, what stands above that line."""
    try:
        node = _build(chunk, first_line, problems)
    except _UNREADABLE as error:
        problem, key = _problem(error, first_line, chunk), _key_of(chunk)
    else:
        return node if isinstance(node, dict) else {}
    above = "\n".join(chunk.split("\n")[: problem.line - first_line])
    try:
        node = _build(above, first_line, problems)
    except _UNREADABLE:
        node = None
    kept = node if isinstance(node, dict) else {}
    cost = f"; {key} is {'read down to there' if kept else 'not read'}" if key else ""
    problems.append(replace(problem, message=problem.message + cost))
    return kept


def _key_of(chunk: str) -> str:
    """The key of a chunk; empty where it has none."""
    return chunk.partition(":")[0] if _TOP_LEVEL_KEY.match(chunk) else ""


def _build(text: str, first_line: int, problems: list[Problem]) -> Node | None:
    return _Builder(first_line, problems).build(yaml.parse(text, Loader=_LOADER))


def _chunks(text: str) -> Iterator[tuple[int, str]]:
    """(index of the first line, text) of every top-level key, and of what stands above the first."""
    lines = text.split("\n")
    starts = [i for i, line in enumerate(lines) if i == 0 or _TOP_LEVEL_KEY.match(line)]
    for start, end in pairwise([*starts, len(lines)]):
        yield start, "\n".join(lines[start:end])


def _first_line(node: Node) -> int:
    """The line of the first scalar in a node, 0 where it has none."""
    if isinstance(node, Scalar):
        return node.line
    return next(filter(None, map(_first_line, node)), 0)


def _problem(error: Exception, first_line: int, text: str) -> Problem:
    """What is wrong in a text, on the line where it begins."""
    if isinstance(error, _UnreadableError):
        return Problem("yaml-error", error.line, f"the metadata is not read whole: {error}")
    last_line = first_line + text.rstrip("\n").count("\n")
    reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "malformed"
    words = next((plain for part, plain in _REASONS.items() if part in reason), reason)
    return Problem(
        "yaml-error", min(_line_of(error, first_line), last_line), f"the metadata is not valid YAML: {words}"
    )


def _line_of(error: Exception, first_line: int) -> int:
    """The line of an error: of the quote or bracket that is not closed or the key without a colon, where it is one."""
    mark = getattr(error, "problem_mark", None)
    context = getattr(error, "context", None) or ""
    if any(kind in context for kind in ("quoted", "flow", "simple key")):
        mark = getattr(error, "context_mark", None) or mark
    return first_line + mark.line if mark else first_line
