"""Parsers of Markdown that take no longer than the text is worth."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

DEEPEST = 200
"""Levels of quotes and lists (of which each has two) that are parsed."""

_LONGEST = 5000
"""Characters of a paragraph whose marks are looked for: brackets and asterisks may take the square of its length."""


def parser(*rules: str) -> MarkdownIt:
    """A parser of CommonMark, and of what the rules name beside it; paragraphs that are too long are plain text."""
    made = MarkdownIt("commonmark", {"maxNesting": DEEPEST}).enable(list(rules))
    made.core.ruler.at("inline", _parse_paragraphs)
    return made


def is_too_long(token: Token) -> bool:
    """Whether a token is a paragraph whose marks were not looked for."""
    return token.type == "inline" and len(token.content) > _LONGEST


def _parse_paragraphs(state: StateCore) -> None:
    for token in state.tokens:
        if token.type != "inline":
            continue
        token.children = []
        if is_too_long(token):
            for text in token.content.split("\n"):
                token.children += [Token("text", "", 0, content=text), Token("softbreak", "br", 0)]
        else:
            state.md.inline.parse(token.content, state.md, state.env, token.children)
