"""What stands above a prompt: ways to go on, or what is wrong with what was typed."""

from __future__ import annotations

from collections.abc import Sequence

from tui.judge.query import Completion, QueryError
from tui.render.line import Line, Span, joined
from tui.render.text import cut, visible, width

_LONGEST = 40
"""Cells of a way to go on."""


def completion_line(offers: Sequence[Completion], taken: int | None, cells: int) -> Line:
    """``Tab  f1 120   fn 3``: what the token may become and how many cards have that, as many as fit."""
    if not offers:
        return Line()
    spans: list[Span] = [("Tab ", "label")]
    room = cells - 4
    first = taken or 0  # the one that was taken is on the screen, however long those before it are
    for number, offer in enumerate(offers[first:], first):
        text, count = cut(visible(offer.text), _LONGEST), f" {offer.count:,}  "
        room -= width(text) + width(count) + 1
        if room < 0:
            break
        spans += [(" ", ""), (text, "title" if number == taken else "accent"), (count, "dim")]
    return Line(tuple(joined(spans)))


def error_line(text: str, error: QueryError, cells: int) -> Line:
    """The sentence, then the part of the text that it is about."""
    sentence = visible(str(error))
    before, bad, after = (
        visible(part) for part in (text[: error.start], text[error.start : error.end], text[error.end :])
    )
    spans: list[Span] = [("× ", "error"), (cut(sentence, cells - 2), "error")]
    room = cells - 2 - width(sentence) - 4
    if room >= width(bad) + 2 and bad.strip():
        side = (room - width(bad)) // 2
        lead = before if width(before) <= side else "…" + before[-max(side - 1, 0) :] if side > 1 else ""
        spans += [("    ", ""), (lead, "dim"), (bad, "warning"), (cut(after, side), "dim")]
    return Line(tuple(joined(spans)))
