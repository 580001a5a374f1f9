"""A picture of a screen → an SVG document that needs nothing from elsewhere, the same bytes for the same picture.

Letters are text in a font that the document brings; frames, blocks and braille are shapes; every piece of text is told
how many cells it takes, so that all stays in its column where the font is not taken.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

from tui.render.picture import Look, Picture, Run
from tui.render.shapes import HIGH, RUN_ON, SHAPES, WIDE, shape
from tui.render.svg import element, legal, number
from tui.render.text import width

FONT_SIZE = 14.949
"""Pixels at which a letter of the font is as wide as a cell: 1233 of 2048 units."""

FAMILY = "cardtui, 'DejaVu Sans Mono', Menlo, Consolas, monospace"
MARGIN = 9
"""Pixels around the screen."""

_BASELINE, _UNDER, _THROUGH = 14, 15.5, 9.5
"""Pixels from the upper edge of a cell to the line that letters stand on, and to those under and through them."""

_COVERED = (
    " -~\u00a0-\u017f\u018f\u0192\u0391-\u03a1\u03a3-\u03c9\u0400-\u045f\u0490\u0491\u2010-\u2023\u2026\u2030-\u2037"
    "\u2039\u203a\u2070\u2071\u2074-\u208e\u2090-\u2094\u20ac\u2122\u2126\u2190-\u2195\u21b5\u21d0-\u21d5\u2200-\u2209"
    "\u220b\u220c\u2211-\u2213\u2215\u2217-\u221e\u2227-\u222b\u2248\u2260-\u2265\u2282-\u2287\u2300-\u2306"
    "\u2308-\u2311\u23ce\u2423\u25a0-\u25ff\u2605\u2606\u2610-\u2612\u2660-\u2667\u2713-\u2718\ufffd"
)
"""What the font has letters for."""

_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
"""What combines with the letter before it."""

_PARTS = re.compile(
    f"(?P<letters>(?:[{_COVERED}](?![{_MARKS}]))+)|(?P<control>[\u2400-\u2421])"
    f"|(?P<shape>(?P<one>[{SHAPES}])(?:(?<=[{RUN_ON}])(?P=one)*)?)|(?P<other>.[{_MARKS}]*)",
    re.DOTALL,
)

_FONTS = Path(__file__).parent / "fonts"

_CONTROLS = (
    "NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US"
    " SP DEL"
).split()
"""What stands in the pictures of control characters, from U+2400 on, which the font has not."""


class Piece(NamedTuple):
    """A part of a row that is drawn in one way."""

    text: str
    column: int
    cells: int
    look: Look
    kind: str
    """``letters`` of the font, a ``shape``, a ``control`` picture, or ``other``, from a font of who looks at it."""


def pieces(row: Sequence[Run]) -> Iterator[Piece]:
    """The parts of a row, blanks among them."""
    column = 0
    for text, look in row:
        for match in _PARTS.finditer(text):
            cells = width(match[0])
            yield Piece(match[0], column, cells, look, match.lastgroup or "other")
            column += cells


def picture_svg(picture: Picture, *, brings_font: bool = True) -> str:
    """The whole document; without its font for a program that has it."""
    looks: dict[tuple[str, bool, bool], str] = {}
    body = [*grounds(picture), *shapes(picture)]
    for y, row in enumerate(picture.rows):
        for piece in pieces(row):
            body += _letters(piece, y * HIGH, looks)
    wide, high = picture.columns * WIDE + 2 * MARGIN, len(picture.rows) * HIGH + 2 * MARGIN
    style = (font_faces() if brings_font else "") + "".join(_rule(name, look) for look, name in looks.items())
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}" '
        f'role="img" font-family="{FAMILY}" font-size="{FONT_SIZE}">'
    )
    title = element("title", escape(legal(picture.title)))
    behind = f'<rect width="{wide}" height="{high}" fill="{picture.ground}"/>'
    start = f'<g transform="translate({MARGIN} {MARGIN})">'
    return "\n".join(
        [head, title, f"<style>text{{white-space:pre}}{style}</style>", behind, start, *body, "</g></svg>", ""]
    )


def _rule(name: str, look: tuple[str, bool, bool]) -> str:
    ink, bold, italic = look
    return f".{name}{{fill:{ink}{';font-weight:bold' if bold else ''}{';font-style:italic' if italic else ''}}}"


def grounds(picture: Picture) -> Iterator[str]:
    """The colours behind the cells, where they are not the picture's own."""
    for y, row in enumerate(picture.rows):
        column = 0
        for ground, runs in groupby(row, lambda run: run.look.ground):
            cells = sum(width(run.text) for run in runs)
            if ground != picture.ground:
                yield f'<path fill="{ground}" d="M{column * WIDE} {y * HIGH}h{cells * WIDE}v{HIGH}h-{cells * WIDE}z"/>'
            column += cells


def shapes(picture: Picture) -> Iterator[str]:
    """Frames, blocks, braille and the lines under and through text, all of one colour in one element."""
    found: dict[tuple[str, str, float], list[str]] = {}
    for row, runs in enumerate(picture.rows):
        for piece in pieces(runs):
            for kind, data, share in _drawn(piece, row * HIGH):
                found.setdefault((kind, piece.look.ink, share), []).append(data)
    for (kind, ink, share), parts in found.items():
        yield f'<path {_PAINT[kind].format(ink=ink, share=number(share))} d="{"".join(parts)}"/>'


_PAINT = {
    "area": 'fill="{ink}" fill-opacity="{share}"',
    "dots": 'fill="none" stroke="{ink}" stroke-width="2.8" stroke-linecap="round"',
    "thick": 'fill="none" stroke="{ink}" stroke-width="2" stroke-linecap="square"',
    "thin": 'fill="none" stroke="{ink}"',
}


def _drawn(piece: Piece, top: float) -> Iterator[tuple[str, str, float]]:
    left = piece.column * WIDE
    if piece.kind == "shape":
        one = shape(piece.text[0], left, top, piece.cells)
        for kind in _PAINT:
            if data := getattr(one, kind):
                yield kind, data, one.share
    for is_drawn, height in ((piece.look.underline, _UNDER), (piece.look.strike, _THROUGH)):
        if is_drawn:
            yield "thin", f"M{left} {number(top + height)}h{piece.cells * WIDE}", 1.0


def _letters(piece: Piece, top: int, looks: dict[tuple[str, bool, bool], str]) -> Iterator[str]:
    if piece.kind == "shape" or not piece.text.strip():
        return
    name = looks.setdefault((piece.look.ink, piece.look.bold, piece.look.italic), f"c{len(looks)}")
    y = top + _BASELINE
    for blanks, words in _words(piece.text) if piece.kind == "letters" else [(0, piece.text)]:
        x = (piece.column + blanks) * WIDE
        long = (len(words) if piece.kind == "letters" else piece.cells) * WIDE
        if piece.kind == "control":
            words = _CONTROLS[ord(words) - 0x2400]  # noqa: PLW2901 - as it is written
        fit = "" if piece.kind == "letters" else ' lengthAdjust="spacingAndGlyphs"'
        small = ' font-size="9"' if piece.kind == "control" else ""
        yield f'<text class="{name}" x="{x}" y="{y}" textLength="{long}"{fit}{small}>{escape(legal(words))}</text>'


def _words(text: str) -> Iterator[tuple[int, str]]:
    """What stands between wide blanks, and at which letter each begins."""
    for match in re.finditer(r"\S+(?: \S+)*", text):
        yield match.start(), match[0]


@cache
def font_faces() -> str:
    """CSS that brings the font."""
    return "".join(
        f"@font-face{{font-family:cardtui;font-weight:{weight};"
        f"src:url(data:font/woff2;base64,{base64.b64encode((_FONTS / name).read_bytes()).decode()}) format('woff2')}}"
        for weight, name in (("normal", "DejaVuSansMono.woff2"), ("bold", "DejaVuSansMono-Bold.woff2"))
    )
