"""A line of a screen or of a command's output: runs of text with the names of their styles.

Styles are words about meaning (``good``, ``dim``); which colour they have is decided where they are shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tui.render.text import head, width

Span = tuple[str, str]
"""(visible text, style name); the style is empty for plain text."""

STYLES = (
    "accent", "bad", "code", "dim", "error", "good", "heading", "info", "label", "link", "quote", "strong",
    "title", "warning", "series-1", "series-2", "series-3", "series-4", "series-5", "series-6",
)  # fmt: skip
"""Every style name that a line may use."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How wide the lines of a table are, and where they may be cut."""

    width: int
    """Cells of the widest line."""

    fixed: int = 0
    """Cells at the left that stay in place, as far as they leave room for the rest."""

    stops: tuple[int, ...] = ()
    """The cells at which columns begin; empty for code, which may be cut anywhere."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line; its texts are visible (see `tui.render.text.visible`) and hold no line end."""

    spans: tuple[Span, ...] = ()

    table: Shape | None = None
    """The table (or code) that the line is part of, with which it moves sideways where that is too wide."""

    head: Line | None = None
    """Of a table's row: the header that stays in view while the row does."""

    section: str = ""
    """The name of the section that begins with this line, else empty."""

    source: int = 0
    """The line of the card's file that this one shows, 0 where that is none or several."""

    @property
    def text(self) -> str:
        """The line without its styles."""
        return "".join(text for text, _ in self.spans)

    @property
    def width(self) -> int:
        """In terminal cells."""
        return sum(width(text) for text, _ in self.spans)


def line(*spans: Span | str) -> Line:
    """A line of spans; plain text may stand for an unstyled one."""
    return Line(tuple(joined((span, "") if isinstance(span, str) else span for span in spans)))


def joined(spans: Iterable[Span]) -> list[Span]:
    """The spans with neighbours of one style made one: each run costs bytes on the wire."""
    found: list[tuple[list[str], str]] = []
    for text, style in spans:
        if not text:
            continue
        if found and (found[-1][1] == style or not text.strip()):
            found[-1][0].append(text)
        else:
            found.append(([text], style))
    return [("".join(texts), style) for texts, style in found]


def trimmed(spans: Iterable[Span]) -> list[Span]:
    """The spans without the blanks at their end."""
    found = list(spans)
    while found and not found[-1][0].strip():
        found.pop()
    if found:
        found[-1] = (found[-1][0].rstrip(), found[-1][1])
    return found


BLANK = Line()

LINE_BREAK: Span = ("\n", "")
"""Among the spans of a paragraph: what follows stands on a new line."""

_CHARACTERS_A_CELL = 12
"""More than stand in one cell of visible text, a letter and its marks."""

_WORD = re.compile(r"\s+|\S+")


def wrap_spans(spans: Iterable[Span], cells: int | None) -> Iterator[list[Span]]:
    """Styled text as lines of at most `cells` cells (None: any), broken at blanks and in longer words."""
    found: list[Span] = []
    used = 0
    cells = cells and max(cells, 1)
    for text, style in spans:
        if text == LINE_BREAK[0]:
            yield found
            found, used = [], 0
            continue
        for word in _WORD.findall(text) if cells is not None else [text]:
            if cells is not None and used + width(word) > cells:
                if used:
                    yield found[:-1] if found[-1][0].isspace() else found
                    found, used = [], 0
                *full, word = _pieces(word, cells)  # noqa: PLW2901 - what is left of the word
                yield from ([(piece, style)] for piece in full)
            if found or not word.isspace():
                found.append((word, style))
                used += width(word)
    if found:
        yield found


def _pieces(word: str, cells: int) -> Iterator[str]:
    """A word cut so that each piece fits in `cells` cells."""
    at, reach = 0, cells * _CHARACTERS_A_CELL
    while at + reach < len(word) or width(word[at:]) > cells:
        piece = head(word[at : at + reach], cells) or word[at]
        yield piece
        at += len(piece)
    yield word[at:]
