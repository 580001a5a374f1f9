"""What looks like data and nobody has read: a problem each, so that nothing is missing in silence.

Asked after a writer's reader, whose lines are marked as used; what is left stays with the prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.cards.body import Body, Part, delimiters, split_row
from tui.cards.model import Problem

_RESULTS = "following results on the evaluation set"
_TABLES = frozenset({"training results", "training logs"})
_LISTS = frozenset({"training hyperparameters"})
_QUOTED_ROW = re.compile(r"\s*>[\s>]*\|")
_DIGIT = re.compile(r"\d")
_LOOKED_AT = 20
"""Lines behind an introduction in which results may stand."""


def problems(body: Body, text: str, *, has_results: bool) -> list[Problem]:
    """What was left over in a card whose whole text is given."""
    found: list[Problem] = []
    has_list = False
    for part in body.parts:
        if part.topic in _TABLES:
            found += _tables(body, part)
        elif part.topic in _LISTS:
            is_read = not body.used.isdisjoint(range(part.start, part.end))
            found += _second_list(body, part) if has_list and not is_read else ()
            has_list = has_list or is_read
    found += [Problem("table-too-large", index + 1, reason) for index, reason in body.too_large.items()]
    introductions = text.count(_RESULTS)
    if introductions and not (introductions == 1 and has_results):
        found += _results(body, has_results=has_results)
    return found


def _second_list(body: Body, part: Part) -> Iterator[Problem]:
    if bullet := next((bullet for bullet in body.bullets(part.start, part.end) if bullet.value), None):
        message = "a second list of hyperparameters begins here; it is shown as text, and the first one counts"
        yield Problem("second-list", bullet.start + 1, message)


def _tables(body: Body, part: Part) -> Iterator[Problem]:
    lines = range(part.start, part.end)
    if any("|" in body.lines[i] for i in lines if i in body.used):
        return
    if table := next(body.tables(part.start, part.end), None):
        message = "a second table of results begins here; it is shown as text and not judged"
        yield Problem("second-table", table.start + 1, message)
        return
    rows = [i for i in lines if "|" in body.lines[i] and i not in body.hidden and _is_row(body.lines[i])]
    if len(rows) > 1:
        message = f"what looks like a table here is not read: {_reason(body, rows)}"
        yield Problem("table-unread", rows[0] + 1, message)


def _is_row(line: str) -> bool:
    return line.lstrip().startswith("|") or bool(_QUOTED_ROW.match(line))


def _reason(body: Body, rows: list[int]) -> str:
    """Why the rows are no table of Markdown."""
    first, second = body.lines[rows[0]], body.lines[rows[1]]
    if _QUOTED_ROW.match(first):
        return "it stands in a block quote"
    if delimiters(first):
        return "a row of dashes has no header above it"
    if delimiters(second) == len(split_row(first)):
        return "it is larger than tables that are read"
    if dashes := delimiters(second):
        return f"its header has {len(split_row(first))} cells and the row of dashes below {dashes}"
    return "its header has no row of dashes below it"


def _results(body: Body, *, has_results: bool) -> Iterator[Problem]:
    """Introductions of results behind which something stands that was not read as results."""
    for part in body.parts:
        for index in range(part.start, part.end):
            if _RESULTS in body.lines[index] and index not in body.hidden and _is_unread(body, part, index):
                if has_results:
                    message = "results stand here a second time; they are shown as text, and the first ones count"
                    yield Problem("second-list", index + 1, message)
                else:
                    message = "the results announced here are not read: no list of - name: value follows directly"
                    yield Problem("results-unread", index + 1, message)


def _is_unread(body: Body, part: Part, index: int) -> bool:
    behind = body.lines[index].partition(_RESULTS)[2]
    following = [i for i in range(index + 1, part.end) if body.lines[i].strip() and i not in body.hidden][:_LOOKED_AT]
    if following and following[0] in body.used:
        return False
    return any(_DIGIT.search(text) for text in (behind, *(body.lines[i] for i in following if i not in body.used)))
