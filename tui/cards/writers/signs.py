"""How the writer of a card is known: by the metadata, and by what the card says under its titles.

No more of a card is looked at, since this is asked for every card of a folder.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tui.cards.body import Body
from tui.cards.model import Metadata

_INTRODUCTION = 400
"""Lines of an introduction that are looked at: axolotl's has a whole configuration."""


@dataclass(frozen=True, slots=True)
class Introduction:
    """What a card says under its titles, up to the next heading: there writers say who they are."""

    text: str
    """The lines to be seen, each behind a line end."""

    hidden: str
    """The lines in comments and fences."""


def introduction_of(body: Body) -> Introduction:
    """The introduction of a card; of a very long one its beginning."""
    parts = body.parts
    start, last = parts[0].start, min(1, len(parts) - 1)
    while last + 1 < len(parts) and parts[last + 1].level == 1:
        last += 1
    lines, hidden = body.lines, body.hidden
    text = [""]
    unseen: list[str] = []
    for index in range(start, min(parts[last].end, start + _INTRODUCTION)):
        (unseen if index in hidden else text).append(lines[index])
    return Introduction("\n".join(text), "\n".join(unseen))


@dataclass(frozen=True, slots=True)
class Signs:
    """How the cards of a writer are known; one sign is enough."""

    tags: frozenset[str] = frozenset()
    """Tags of the metadata that only this writer sets."""

    phrases: tuple[str, ...] = ()
    """What the visible text of the introduction says; one that begins with ``\\n`` begins a line."""

    comment: str = ""
    """What a comment of the introduction says."""

    also: Callable[[Metadata, Body], bool] | None = None
    """Whether it shows in another way, asked when nothing else does."""

    def shown(self, metadata: Metadata, body: Body, introduction: Introduction) -> bool:
        """Whether a card has one of the signs."""
        if (self.tags and not self.tags.isdisjoint(metadata.tags)) or (
            self.comment and self.comment in introduction.hidden
        ):
            return True
        for words in self.phrases:
            if words in introduction.text:
                return True
        return self.also is not None and self.also(metadata, body)
