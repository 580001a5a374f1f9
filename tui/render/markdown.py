"""Markdown → lines, for the prose of a card.

Rich's renderer drops HTML and would make links of untrusted addresses; here every text of the source stays on
the screen, tags that browsers know excepted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from itertools import accumulate

from markdown_it.token import Token

from tui.render.line import BLANK, LINE_BREAK, Line, Shape, Span, joined, trimmed, wrap_spans
from tui.render.markdown_parser import DEEPEST, parser
from tui.render.tables import GAP
from tui.render.text import visible, width

_PARSER = parser("table", "strikethrough")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s[^<>]*)?)/?>|<!--.*?(?:-->|\Z)", re.DOTALL)
_ALT = re.compile(r"""\balt\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_BREAKING = frozenset("br p div tr li ul ol h1 h2 h3 h4 h5 h6 table details summary hr pre blockquote center".split())
_KNOWN = _BREAKING | frozenset(
    "a abbr audio b big button code col colgroup del em figure figcaption font footer header i iframe img input"
    " ins kbd label main nav path picture q samp section small source span strike strong style sub sup svg tbody"
    " td tfoot th thead tt u var video".split()
)
"""Tags that are taken away; any other (``<unk>``, ``<mask>``) is text."""

_NEXT_CELL = "\t"
"""What stands for the tag of a table cell."""


def render(markdown: str, cells: int | None) -> list[Line]:
    """The Markdown as lines of at most `cells` cells (None: as wide as they are), tables excepted.

    Markdown that is nested too deep is shown as it stands.
    """
    writer = _Writer(cells)
    tokens = _PARSER.parse(markdown)
    if any(token.level >= DEEPEST - 1 for token in tokens):
        writer.source(markdown)
    else:
        writer.blocks(tokens)
    lines = writer.lines
    while lines and lines[-1] == BLANK:
        lines.pop()
    return lines


class _Writer:
    """Walks the block tokens and collects lines; the prefix holds the marks of the blocks around."""

    def __init__(self, cells: int | None) -> None:
        self.cells = cells
        self.lines: list[Line] = []
        self.prefix: list[Span] = []
        self.bullet: Span | None = None

    def blocks(self, tokens: list[Token]) -> None:
        """Write every block of a token stream."""
        counters: list[int | None] = []
        index = 0
        while index < len(tokens):
            token = tokens[index]
            match token.type:
                case "heading_open":
                    style = "title" if token.tag in {"h1", "h2"} else "heading"
                    self.paragraph(_inline(tokens[index + 1], style))
                case "paragraph_open":
                    self.paragraph(_inline(tokens[index + 1]), tight=token.hidden)
                case "fence" | "code_block":
                    self.code(token.content)
                case "html_block":
                    self.html(token.content)
                case "hr":
                    self.emit([("─" * min(self.room, 24), "dim")])
                case "blockquote_open":
                    self.nest(("│ ", "quote"), ("│ ", "quote"))
                case "bullet_list_open":
                    counters.append(None)
                case "ordered_list_open":
                    counters.append(int(token.attrs.get("start", 1)))
                case "list_item_open":
                    number = counters[-1]
                    bullet = "• " if number is None else f"{number}. "
                    counters[-1] = None if number is None else number + 1
                    self.nest((" " * width(bullet), ""), (bullet, "accent"))
                case "list_item_close" | "blockquote_close":
                    self.prefix.pop()
                    self.bullet = None
                    self.gap(token.type == "blockquote_close")
                case "bullet_list_close" | "ordered_list_close":
                    counters.pop()
                    self.gap(not counters)
                case "table_open":
                    end = next(i for i in range(index, len(tokens)) if tokens[i].type == "table_close")
                    self.table(tokens[index:end])
                    index = end
                case _:
                    pass
            index += 1

    @property
    def room(self) -> int:
        """Cells that are left beside the prefix."""
        return max((self.cells or 100) - self.taken, 1)

    def nest(self, mark: Span, first: Span) -> None:
        """Put a mark before the lines that follow, another one before the first; none where half is taken."""
        fits = 2 * (self.taken + width(mark[0])) <= (self.cells or 100)
        self.prefix.append(mark if fits else ("", ""))
        self.bullet = first if fits else None

    def emit(self, spans: Iterable[Span], *, table: Shape | None = None, head: Line | None = None) -> None:
        """Write one line behind the prefix, the first of a list item with its bullet."""
        prefix = list(self.prefix)
        if self.bullet and prefix:
            prefix[-1] = self.bullet
            self.bullet = None
        self.lines.append(Line(tuple(joined(trimmed([*prefix, *spans]))), table=table, head=head))

    @property
    def taken(self) -> int:
        """Cells of the prefix."""
        return sum(width(text) for text, _ in self.prefix)

    def gap(self, wanted: bool = True) -> None:
        """Write a blank line, but never two."""
        if wanted and self.lines and self.lines[-1] != BLANK:
            self.lines.append(BLANK)

    def paragraph(self, spans: list[Span], *, tight: bool = False) -> None:
        """Write text, wrapped to the room there is."""
        for wrapped in wrap_spans(spans, None if self.cells is None else self.room):
            self.emit(wrapped)
        self.gap(not tight)

    def code(self, content: str) -> None:
        """Write code as it stands; long lines are panned, not broken."""
        texts = [visible(text) for text in content.rstrip("\n").split("\n")]
        shape = Shape(self.taken + 2 + max(map(width, texts)), self.taken)
        for text in texts:
            self.emit([("  ", ""), (text, "code")], table=shape)
        self.gap()

    def source(self, markdown: str) -> None:
        """Write Markdown as it stands."""
        for text in markdown.split("\n"):
            self.paragraph([(visible(text), "")], tight=True)

    def html(self, content: str) -> None:
        """Write what is left of an HTML block without its tags, the cells of a table two blanks apart."""
        text = _without_tags(content.expandtabs(1))
        for paragraph in text.split("\n"):
            cells = (" ".join(cell.split()) for cell in paragraph.split(_NEXT_CELL))
            if words := (" " * GAP).join(cells).strip():
                self.paragraph([(visible(unescape(words)), "")], tight=True)
        self.gap()

    def table(self, tokens: list[Token]) -> None:
        """Write a table with aligned columns; a wide one is panned."""
        rows: list[list[list[Span]]] = []
        for index, token in enumerate(tokens):
            if token.type == "tr_open":
                rows.append([])
            elif token.type in {"th_open", "td_open"}:
                cell = _inline(tokens[index + 1], "label" if token.type == "th_open" else "")
                rows[-1].append([(" ", "") if span == LINE_BREAK else span for span in cell])
        if not rows:
            return
        columns = [max(_width(row[i]) for row in rows) for i in range(len(rows[0]))]
        edges = list(accumulate((cells + GAP for cells in columns), initial=self.taken))
        shape = Shape(edges[-1] - GAP, edges[0], tuple(edges[:-1]))
        header: Line | None = None
        for row in rows:
            spans: list[Span] = []
            for cell, cells in zip(row, columns, strict=True):
                spans += [*cell, (" " * (cells - _width(cell) + GAP), "")]
            self.emit(spans, table=shape, head=header)
            header = header or self.lines[-1]
        self.gap()


def _width(spans: list[Span]) -> int:
    return sum(width(text) for text, _ in spans)


def _inline(token: Token, style: str = "") -> list[Span]:
    """The text of an inline token with the styles of its marks."""
    spans: list[Span] = []
    styles = [style]
    addresses: list[str] = []
    for child in token.children or []:
        match child.type:
            case "text":
                spans.append((visible(child.content), styles[-1]))
            case "code_inline":
                spans.append((visible(child.content), "code"))
            case "softbreak":
                spans.append((" ", styles[-1]))
            case "hardbreak":
                spans.append(LINE_BREAK)
            case "image":
                spans.append((visible(f"[image: {child.content or child.attrs.get('src', '')}]"), "dim"))
            case "html_inline":
                text = _without_tags(child.content)
                spans.append(LINE_BREAK if text == "\n" else (visible(text), styles[-1]))
            case "link_open":
                addresses.append(str(child.attrs.get("href", "")))
                styles.append("link")
            case "link_close":
                styles.pop()
                address = visible(addresses.pop())
                if address and not (spans and spans[-1][0] == address):
                    spans.append((f" ({address})", "dim"))
            case "strong_open":
                styles.append("strong")
            case "em_open" | "s_open":
                styles.append(styles[-1])
            case "strong_close" | "em_close" | "s_close":
                styles.pop()
            case _:
                spans.append((visible(child.content), styles[-1]))
    return [span for span in spans if span[0]]


def _without_tags(html: str) -> str:
    """The text with known tags taken away: line breaks for blocks, the description for images."""
    return _TAG.sub(_tag_text, html)


def _tag_text(match: re.Match[str]) -> str:
    name = (match[2] or "").casefold()
    if match[0].startswith("<!--"):
        return ""
    if name == "img" and (alt := _ALT.search(match[3])):
        return f"[image: {alt[1] or alt[2] or ''}]"
    if name in {"td", "th"} and not match[1]:
        return _NEXT_CELL
    if name in _BREAKING:
        return "\n"
    return "" if name in _KNOWN else match[0]
