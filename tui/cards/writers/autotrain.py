"""Cards of AutoTrain and of AutoNLP, as it was called first: a problem type and the validation metrics.

The first ones print the metrics as bullets, later ones as bare ``name: value`` lines with blank lines between them;
those of tables print the best parameters too. Language models have no metrics.
"""

from __future__ import annotations

import re

from tui.cards.body import Body, Part
from tui.cards.model import Metadata, NamedValue
from tui.cards.values import parse
from tui.cards.writers import peft
from tui.cards.writers.layout import Reading, Writer, named_values, read_hyperparameters, read_parts, use
from tui.cards.writers.signs import Signs, introduction_of

_PROBLEM_TYPE = re.compile(r"- Problem type: (?P<name>[A-Za-z].*)")
_LINE = re.compile(r"(?P<name>[A-Za-z_][\w .@/-]*): *(?P<value>\S.*)")


def read(body: Body, metadata: Metadata) -> Reading:
    """Read the validation metrics as the results, and the problem type, which stays, as the task."""
    reading = peft.read(body, metadata)
    types = (match for line in introduction_of(body).text.split("\n") if (match := _PROBLEM_TYPE.fullmatch(line)))
    reading.task = next((match["name"] for match in types), None)
    read_parts(body, reading, _READERS)
    return reading


def _read_metrics(body: Body, part: Part, reading: Reading) -> None:
    if reading.results:
        return
    bullets = body.bullets(part.start, part.end)
    reading.results = named_values(bullets) or _bare_lines(body, part)
    use(body, bullets)


def _bare_lines(body: Body, part: Part) -> tuple[NamedValue, ...]:
    """The lines whose value is a number: other lines are sentences with a colon."""
    found: list[NamedValue] = []
    for index in range(part.start, part.end):
        match = None if index in body.hidden else _LINE.fullmatch(body.lines[index].strip())
        if match and (value := parse(match["value"])).number is not None:
            found.append(NamedValue(match["name"], value, index + 1))
            body.used.add(index)
    return tuple(found)


_READERS = {"validation metrics": _read_metrics, "best params": read_hyperparameters}

_SIGNS = Signs(
    tags=frozenset({"autotrain", "autonlp"}),
    phrases=("\n# Model Trained Using AutoTrain", "\n# Model Trained Using AutoNLP"),
)

WRITER = Writer("autotrain", _SIGNS, read)
