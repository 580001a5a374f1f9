"""Elements of an SVG document: escaped, with numbers in two decimals, the same bytes for the same input."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What an XML document may not hold."""

Place = tuple[float, float]
"""Pixels from the left and from the top."""


def number(value: float) -> str:
    """A coordinate.

    >>> number(3.0), number(-0.001), number(2.346)
    ('3', '0', '2.35')
    """
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def element(name: str, content: str = "", /, **attributes: str | float) -> str:
    """An element with content that is SVG already; ``_`` in the names of attributes stands for ``-``."""
    told = "".join(
        f" {key.replace('_', '-')}={quoteattr(legal(value) if isinstance(value, str) else number(value))}"
        for key, value in attributes.items()
    )
    return f"<{name}{told}>{content}</{name}>" if content else f"<{name}{told}/>"


def text(words: str, place: Place, /, **attributes: str | float) -> str:
    """A line of text that begins, or by its anchor ends, at a place."""
    return element("text", escape(legal(words)), x=place[0], y=place[1], **attributes)


def path(lines: Sequence[Sequence[Place]], /, **attributes: str | float) -> str:
    """Lines through places."""
    d = "".join(
        ("M" if index == 0 else "L") + f"{number(x)} {number(y)}" for line in lines for index, (x, y) in enumerate(line)
    )
    return element("path", d=d, **attributes)


def legal(words: str) -> str:
    """The text with a mark in the place of what no XML document may hold."""
    return _NO_XML.sub("\ufffd", words)


def document(width: float, height: float, body: Sequence[str], /) -> str:
    """A whole SVG document, an element a line."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{number(width)}" height="{number(height)}" '
        f'viewBox="0 0 {number(width)} {number(height)}" role="img">'
    )
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', head, *body, "</svg>", ""])
