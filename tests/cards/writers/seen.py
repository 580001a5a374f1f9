"""What a user gets of a card, as plain lists to compare with."""

from __future__ import annotations

from collections.abc import Iterable

from tui.cards.model import Card, NamedValue


def pairs(values: Iterable[NamedValue]) -> list[tuple[str, str]]:
    """(name, text) of results or hyperparameters."""
    return [(value.name, value.value.raw) for value in values]


def labels(values: Iterable[NamedValue]) -> list[tuple[str, str]]:
    """(label, text) of results: names told apart."""
    return [(value.label, value.value.raw) for value in values]


def cells(card: Card) -> list[list[str]]:
    """The texts of the history."""
    return [[cell.raw for cell in row.cells] for row in card.history.rows]


def saved(card: Card) -> list[int]:
    """The rows of the history that are marked as the kept checkpoint."""
    return [index for index, row in enumerate(card.history.rows) if row.saved]


def versions(card: Card) -> list[tuple[str, str]]:
    """(name, version) of the frameworks."""
    return [(framework.name, framework.version) for framework in card.frameworks]


def titles(card: Card) -> list[str]:
    """The titles of the sections that remain."""
    return [section.title for section in card.sections]


def line_of(card: Card, text: str) -> int:
    """The number of the line that is this text."""
    return card.text.split("\n").index(text) + 1
