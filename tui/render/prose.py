"""The sections of a card that hold its author's words → lines."""

from __future__ import annotations

from tui.cards.model import Card, Section
from tui.render.line import BLANK, Line, line
from tui.render.text import visible


def prose(card: Card, cells: int | None) -> list[Line]:
    """The remaining sections as rendered Markdown; for a pipe (`cells` None) as Markdown source."""
    lines: list[Line] = []
    for section in card.sections:
        content = _source(section) if cells is None else _rendered(section, cells)
        if content or section.level:
            title = visible(section.title) or "Above the first heading"
            heading = Line(((title, "title" if section.level <= 2 else "heading"),), section=title)
            lines += [BLANK, heading, *content]
    return lines


def _rendered(section: Section, cells: int) -> list[Line]:
    from tui.render.markdown import render  # noqa: PLC0415 - 50 ms for markdown-it, needed by no first frame

    return render(section.markdown, cells)


def _source(section: Section) -> list[Line]:
    return [line(visible(text)) for text in section.markdown.split("\n")] if section.markdown else []
