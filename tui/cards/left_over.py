"""What looks like data and nobody has read: a problem each, so that nothing is missing in silence.

Asked after a writer's reader, whose lines are marked as used; what is left stays with the prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

from tui.cards.announced import HINT, Announcement, announcement
from tui.cards.body import Body, Bullet, Part, delimiters, split_row
from tui.cards.model import NamedValue, Problem
from tui.cards.writers.layout import Reading, value_of
from tui.cards.writers.other_forms import SETTINGS, introduced

_TABLES = frozenset({"training results", "training logs"})
_LISTS = frozenset({"training hyperparameters"})
_QUOTED_ROW = re.compile(r"\s*>[\s>]*\|")
_DIGIT = re.compile(r"\d")
_MEASURED = re.compile(r"\d\.\d|\d ?%|[:=|][\s*]{0,9}\d")
_ENTRY = re.compile(r"\s*(?:[-*+|>]|\d{1,4}[.)]|[^|.:=]{1,60}[:=])")
_SETTING = re.compile(r"[\s|>*_`'\"{]*[A-Za-z][\w /()-]{0,40}[\s*_`'\"]*[:=|][\s*_`'\"]*[\d.]")
"""A line that begins with a name and its number."""

_LOOKED_AT = 20
"""Lines behind an introduction in which results may stand."""


def problems(body: Body, text: str, reading: Reading) -> list[Problem]:
    """What was left over in a card of which the whole text is given, and what was read."""
    has_history, results = bool(reading.history.columns), reading.results
    found: list[Problem] = []
    has_list = False
    for part in body.parts:
        if part.topic in _TABLES:
            found += _tables(body, part, has_history=has_history)
        elif part.topic in _LISTS:
            is_read = not body.used.isdisjoint(range(part.start, part.end))
            if is_read:
                found += _further_lists(body, part)
            elif has_list:
                found += _second_list(body, body.bullets(part.start, part.end))
            has_list = has_list or is_read
    if not reading.hyperparameters:
        found += _settings(body)
    found += [Problem("table-too-large", index + 1, reason) for index, reason in body.too_large.items()]
    if _announced(text) > bool(results):
        found += _results(body, results)
    found += _stated_twice(results)
    return found


def _second_list(body: Body, bullets: Iterable[Bullet]) -> Iterator[Problem]:
    if bullet := next((bullet for bullet in bullets if bullet.value and bullet.start not in body.used), None):
        message = "a second list of hyperparameters begins here; it is shown as text, and the first one counts"
        yield Problem("second-list", bullet.start + 1, message)


def _further_lists(body: Body, part: Part) -> Iterator[Problem]:
    """The lists of a section, one of which was read, that a line introduces as hyperparameters too."""
    for index in range(part.start, part.end):
        line = body.lines[index]
        if "yperparameters" not in line or index in body.hidden or index in body.used:
            continue
        if line.rstrip(" *_").endswith(":"):
            yield from _second_list(body, body.bullets(index + 1, part.end, at_once=True))


def _settings(body: Body) -> Iterator[Problem]:
    """Settings in a form that is not read, in a card of which none were."""
    message = (
        "the hyperparameters that stand here are not read: no list of - name: value, nor a table of names and values"
    )
    for part in body.parts:
        if part.topic in SETTINGS:
            lines = [i for i in range(part.start, part.end) if _SETTING.match(body.lines[i])]
            if len(lines) > 1:
                yield Problem("hyperparameters-unread", lines[0] + 1, message)
    for index, _ in introduced(body):
        message = "the hyperparameters introduced here are not read: several lists are, and which counts is not said"
        yield Problem("hyperparameters-unread", index + 1, message)


def _tables(body: Body, part: Part, *, has_history: bool) -> Iterator[Problem]:
    lines = range(part.start, part.end)
    if any("|" in body.lines[i] for i in lines if i in body.used):
        return
    if table := next(body.tables(part.start, part.end), None):
        if has_history:
            message = "a second table of results begins here; it is shown as text and not judged"
            yield Problem("second-table", table.start + 1, message)
        else:
            yield Problem("table-unread", table.start + 1, "the table of results that begins here is not read")
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


def _announced(text: str) -> int:
    """How many lines of the text announce results, up to two."""
    count = 0
    at = text.find(HINT)
    while at >= 0 and count < 2:
        end = text.find("\n", at) % (len(text) + 1)
        count += announcement(text[text.rfind("\n", 0, at) + 1 : end]) is not None
        at = text.find(HINT, end)
    return count


def _results(body: Body, results: Sequence[NamedValue]) -> Iterator[Problem]:
    """Announcements of results behind which something stands that was not read as results."""
    first = min((result.line for result in results), default=0)
    for part in body.parts:
        for index in range(part.start, part.end):
            line = body.lines[index]
            if HINT not in line or index in body.hidden or not (found := announcement(line)):
                continue
            if not (_is_unread(body, part, index, *found) or (not results and _is_template(body, part, index))):
                continue
            if results:
                which = "the first ones" if index >= first else "those further down"
                message = f"results stand here a second time; they are shown as text, and {which} count"
                yield Problem("second-list", index + 1, message)
            else:
                message = f"the results announced here are not read: {_why_unread(body, part, index)}"
                yield Problem("results-unread", index + 1, message)


def _why_unread(body: Body, part: Part, index: int) -> str:
    """Why results that are announced at that line are none: what follows, or that nothing does."""
    if _is_template(body, part, index):
        return "the values of the list are no numbers"
    shown = (body.lines[i] for i in range(index + 1, part.end) if body.lines[i].strip() and i not in body.hidden)
    lines = list(islice(shown, _LOOKED_AT))
    labels = sum(bool(_LABEL.match(line)) and bool(_NAMED.match(below)) for line, below in pairwise(lines))
    if labels > 1:
        return f"{labels} lists with labels follow, and which of them counts is not said"
    return "their list has a label above it" if labels else "no list of - name: value follows directly"


_LABEL = re.compile(r"\s{0,3}(?![-*+] |#)[^:]{1,80}:[*_]{0,2}\s*$")
_NAMED = re.compile(r"\s{0,3}[-*+] [^:]{1,80}:[*_]{0,2} \S")
"""A line that heads a list, and an entry of one."""


def _is_unread(body: Body, part: Part, index: int, how: Announcement, behind: str) -> bool:
    """Whether numbers stand behind an announcement at that line: in a person's words, only in what it introduces."""
    lines = (i for i in range(index + 1, part.end) if body.lines[i].strip() and i not in body.hidden)
    following = list(islice(lines, _LOOKED_AT))
    if following and following[0] in body.used:
        return False
    if how is Announcement.REWORDED:
        entries = [i for i in _introduced(body, following) if _ENTRY.match(body.lines[i])]
        return any(map(_MEASURED.search, (behind, *(body.lines[i] for i in entries if i not in body.used))))
    return any(_DIGIT.search(text) for text in (behind, *(body.lines[i] for i in following if i not in body.used)))


def _is_template(body: Body, part: Part, index: int) -> bool:
    """Whether a list of names stands below an announcement that each have a word for a value: ``Loss: xx``."""
    bullets = body.bullets(index + 1, part.end, at_once=True)
    values = [value_of(bullet) for bullet in bullets]
    return bool(values) and all(len(value.split()) == 1 for value in values)


def _introduced(body: Body, following: Sequence[int]) -> list[int]:
    """Of the lines that follow an announcement those up to a blank one, which may stand below a line with a colon."""
    found: list[int] = []
    for index in following:
        if found and index > found[-1] + 1 and not body.lines[found[-1]].rstrip(" *_").endswith(":"):
            break
        found.append(index)
    return found


def _stated_twice(results: Sequence[NamedValue]) -> Iterator[Problem]:
    """Names that a card gives two values."""
    stated: dict[str, NamedValue] = {}
    for result in results:
        first = stated.setdefault(result.label, result)
        if first.value.raw != result.value.raw:
            message = (
                f"{result.label} stands here a second time, with another value than in line {first.line}, which counts"
            )
            yield Problem("second-list", result.line, message)
