"""What sentence-transformers 2.x prints of its training: the arguments of ``fit`` as JSON, and the batch size.

The JSON is indented by four, an argument a line; it is read by lines, so that each value keeps its text and its line.
"""

from __future__ import annotations

import re

from tui.cards.body import Body
from tui.cards.model import NamedValue
from tui.cards.values import parse
from tui.cards.writers.layout import Reading

_TITLE = "Parameters of the fit()-Method"
_ARGUMENT = re.compile(r' {4}"(?P<name>[^"]+)": (?P<value>.*)')
_BATCH_SIZE = re.compile(r"\s*\{'batch_size': (?P<size>\d+)[,}]")


def read(body: Body, reading: Reading) -> None:
    """Read the fence below the title as the hyperparameters."""
    first = body.parts[0].start
    lines, hidden = body.lines, body.hidden
    title = next((i for i in range(first, len(lines)) if i not in hidden and lines[i].strip("*: ") == _TITLE), None)
    if title is None:
        return
    opening = next((i for i in range(title + 1, len(lines)) if lines[i].strip()), title)
    end = next((i for i in range(opening + 1, len(lines)) if i not in hidden), len(lines))
    arguments = _arguments(body, opening + 1, end) if opening in hidden else []
    if arguments:
        reading.hyperparameters = (*_batch_size(body, title), *arguments)
        body.used.update((title, *range(opening, end)))


def _arguments(body: Body, start: int, end: int) -> list[NamedValue]:
    """The arguments between two lines; one of several lines is joined."""
    found: list[tuple[str, list[str], int]] = []
    for index in range(start, end):
        line = body.lines[index]
        if match := _ARGUMENT.match(line):
            found.append((match["name"], [match["value"].strip()], index))
        elif found and line.startswith("    "):
            found[-1][1].append(line.strip())
    return [NamedValue(name, parse(_bare(" ".join(texts))), index + 1) for name, texts, index in found]


def _bare(text: str) -> str:
    """A JSON value without the comma behind it and without its quotes."""
    return text.strip().removesuffix(",").strip('"')


def _batch_size(body: Body, end: int) -> list[NamedValue]:
    """The batch size of the data loader that is printed above; none where there are several loaders."""
    loaders = [(i, m) for i in body.hidden if i < end and (m := _BATCH_SIZE.match(body.lines[i]))]
    return [NamedValue("batch_size", parse(m["size"]), i + 1) for i, m in loaders] if len(loaders) == 1 else []
