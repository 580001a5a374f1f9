"""A card's file as it stands → numbered lines."""

from __future__ import annotations

from tui.cards.model import Card
from tui.render.line import Line, Shape, joined
from tui.render.text import source, width


def raw_lines(card: Card) -> list[Line]:
    """The file's lines with their numbers, the ones with problems marked."""
    texts = card.text.split("\n")
    if texts and not texts[-1]:
        texts.pop()
    digits = len(str(len(texts)))
    troubled = {problem.line for problem in card.problems}
    texts = [source(text) for text in texts]
    shape = Shape(digits + 1 + max(map(width, texts), default=0), digits + 1)
    return [
        Line(
            tuple(joined([(f"{n:>{digits}} ", "error" if n in troubled else "dim"), (text, "")])), table=shape, source=n
        )
        for n, text in enumerate(texts, 1)
    ]
