"""Cards of AutoTrain and of AutoNLP, as it was called first: a problem type and the validation metrics.

The first ones print the metrics as bullets, later ones as bare ``name: value`` lines with blank lines between them.
"""

from __future__ import annotations

import re

from tui.cards.body import Body, Part
from tui.cards.model import Metadata, NamedValue
from tui.cards.values import parse
from tui.cards.writers import peft
from tui.cards.writers.layout import Reading, Writer, named_values, title_of, use

_TAGS = {"autotrain", "autonlp"}
_LINE = re.compile(r"(?P<name>[A-Za-z_][\w .@/-]*): *(?P<value>\S.*)")


def wrote(metadata: Metadata, body: Body) -> bool:
    """Whether AutoTrain says that it wrote the card."""
    titles = (title_of(part).startswith("model trained using auto") for part in body.parts)
    return not _TAGS.isdisjoint(metadata.tags) or any(titles)


def read(body: Body, metadata: Metadata) -> Reading:
    """Read the validation metrics as the results."""
    reading = peft.read(body, metadata)
    part = next((part for part in body.parts if title_of(part).endswith("validation metrics")), None)
    if part and not reading.results:
        bullets = body.bullets(part.start, part.end)
        reading.results = named_values(bullets) or _bare_lines(body, part)
        use(body, bullets)
    return reading


def _bare_lines(body: Body, part: Part) -> tuple[NamedValue, ...]:
    found: list[NamedValue] = []
    for index in range(part.start, part.end):
        if index not in body.hidden and (match := _LINE.fullmatch(body.lines[index].strip())):
            found.append(NamedValue(match["name"], parse(match["value"]), index + 1))
            body.used.add(index)
    return tuple(found)


WRITER = Writer("autotrain", wrote, read)
