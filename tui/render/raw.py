"""A card's file as it stands → numbered lines."""

from __future__ import annotations

from tui.cards.model import Card
from tui.render.line import Line, joined
from tui.render.text import visible


def raw_lines(card: Card) -> list[Line]:
    """The file's lines with their numbers, the ones with problems marked."""
    texts = card.text.split("\n")
    if texts and not texts[-1]:
        texts.pop()
    digits = len(str(len(texts)))
    troubled = {problem.line for problem in card.problems}
    return [
        Line(
            tuple(joined([(f"{n:>{digits}} ", "error" if n in troubled else "dim"), (visible(text), "")])),
            pans=True,
            fixed=digits + 1,
        )
        for n, text in enumerate(texts, 1)
    ]
