"""Parsers of Markdown that take no longer than the text is worth."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block import table as parse_table
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

DEEPEST = 200
"""Levels of quotes and lists (of which each has two) that are parsed."""

_LONGEST = 5000
"""Characters of a paragraph whose marks are looked for: brackets and asterisks may take the square of its length."""

_MOST_CELLS = 20_000
"""Cells of a table, those that a short row lacks included; what has more is text."""

_DECLINED = "no table above line"
"""Where the parser keeps up to which line there is none."""


def parser(*rules: str) -> MarkdownIt:
    """A parser of CommonMark, and of what the rules name beside it; paragraphs that are too long are plain text.

    So are tables, where they are asked for.
    """
    made = MarkdownIt("commonmark", {"maxNesting": DEEPEST}).enable(list(rules))
    made.core.ruler.at("inline", _parse_paragraphs)
    made.block.ruler.at("table", _parse_table, {"alt": ["paragraph", "reference"]})
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


def _parse_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if start < state.env.get(_DECLINED, 0):
        return False
    if start + 2 < end and "-" in (dashes := _line(state, start + 1)) and not dashes.strip("|:- \t"):
        columns, row = _line(state, start).count("|") + 1, start + 2
        while row < end and not state.isEmpty(row):
            row += 1
            if columns * (row - start) > _MOST_CELLS:
                state.env[_DECLINED] = row
                return False
    return parse_table(state, start, end, silent)


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]
