"""How much is read of one card: more than any card has, and little enough to be read, judged and shown at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from tui.cards.model import Problem

MOST_LINES = 200_000
"""Lines of a file; those below are not read."""

MOST_COLUMNS = 1000
"""Columns of a table; one that has more is text."""

MOST_CELLS = 200_000
"""Cells of a table; the rows below are not read."""

MOST_ALIKE = 1000
"""Problems of one code that are told; of the others how many they are."""

MOST_PROSE = 300_000
"""Characters of a card's sections that are rendered as Markdown; those below are shown as they stand."""


def within(text: str) -> tuple[str, list[Problem]]:
    """As many of a file's lines as are read, and what is said of the others."""
    if len(text) <= MOST_LINES or (lines := text.count("\n") + 1) <= MOST_LINES + text.endswith("\n"):
        return text, []
    message = f"the file has {lines:,} lines; those from here on are not read"
    first = "\n".join(text.split("\n", MOST_LINES)[:MOST_LINES])
    return first, [Problem("too-many-lines", MOST_LINES + 1, message)]


def told(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems in the order of their lines, of many with one code the first."""
    found: list[Problem] = []
    seen: Counter[str] = Counter()
    for problem in sorted(problems, key=lambda problem: problem.line):
        seen[problem.code] += 1
        if seen[problem.code] <= MOST_ALIKE:
            found.append(problem)
    if max(seen.values(), default=0) <= MOST_ALIKE:
        return tuple(found)
    last = {problem.code: place for place, problem in enumerate(found)}
    for code, count in seen.items():
        if count > MOST_ALIKE:
            problem = found[last[code]]
            found[last[code]] = replace(problem, message=f"{problem.message}; and {count - MOST_ALIKE:,} more like it")
    return tuple(found)
