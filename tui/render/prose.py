"""The sections of a card that hold its author's words → lines."""

from __future__ import annotations

from tui.cards.model import Card, Section
from tui.render.line import BLANK, Line, joined, line, wrap_spans
from tui.render.text import source, visible


def prose(card: Card, cells: int | None) -> list[Line]:
    """The remaining sections as rendered Markdown; for a pipe (`cells` None) as Markdown source."""
    lines: list[Line] = []
    for section in card.sections:
        content = _source(section) if cells is None else _shown(section, cells)
        if content or section.level:
            lines += [BLANK, *_heading(section, cells), *content]
    return lines


def _heading(section: Section, cells: int | None) -> list[Line]:
    """The section's title, wrapped; its first line names the section."""
    title = visible(section.title).strip() or "Above the first heading"
    style = "title" if section.level <= 2 else "heading"
    wrapped = wrap_spans([(title, style)], cells)
    return [Line(tuple(joined(spans)), section="" if i else title) for i, spans in enumerate(wrapped)]


def _shown(section: Section, cells: int) -> list[Line]:
    if section.as_source:
        texts = map(source, section.markdown.split("\n"))
        return [line(*spans) for text in texts for spans in wrap_spans([(text, "")], cells)]
    from tui.render.markdown import render  # noqa: PLC0415 - 50 ms for markdown-it, needed by no first frame

    return render(section.markdown, cells)


def _source(section: Section) -> list[Line]:
    return [line(visible(text)) for text in section.markdown.split("\n")] if section.markdown else []
