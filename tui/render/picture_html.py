"""A picture of a screen → a page of HTML whose text can be selected, searched and copied; it needs nothing else.

Colours, frames, blocks and braille are drawn behind the text, whose own frames and braille cannot be seen: they are
there to be copied.
"""

from __future__ import annotations

from html import escape

from tui.render.picture import Picture
from tui.render.picture_svg import FAMILY, FONT_SIZE, MARGIN, Piece, font_faces, grounds, pieces, shapes
from tui.render.shapes import HIGH, WIDE
from tui.render.svg import legal

_STYLE = """
body{{margin:0;background:{ground}}}
div{{position:relative;margin:{margin}px;width:{wide}px;height:{high}px}}
svg,pre{{position:absolute;left:0;top:0;margin:0}}
pre{{font:{size}px/{line}px {family};color:transparent}}
i{{display:inline-block;height:{line}px;overflow:hidden;vertical-align:top;font-style:normal}}
"""


def picture_html(picture: Picture) -> str:
    """The whole page."""
    wide, high = picture.columns * WIDE, len(picture.rows) * HIGH
    classes: dict[tuple[str, bool, bool], str] = {}
    text = "\n".join("".join(_piece(piece, classes) for piece in pieces(row)).rstrip() for row in picture.rows)
    style = _STYLE.format(
        ground=picture.ground, margin=MARGIN, wide=wide, high=high, size=FONT_SIZE, line=HIGH, family=FAMILY
    )
    rules = "".join(
        f".{name}{{color:{ink}{';font-weight:bold' if bold else ''}{';font-style:italic' if italic else ''}}}\n"
        for (ink, bold, italic), name in classes.items()
    )
    back = "\n".join([*grounds(picture), *shapes(picture)])
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(legal(picture.title))}</title>\n'
        f"<style>{font_faces()}{style}{rules}</style></head>\n<body><div>"
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" aria-hidden="true">\n{back}\n</svg>'
        f"<pre>{text}</pre></div></body></html>\n"
    )


def _piece(piece: Piece, classes: dict[tuple[str, bool, bool], str]) -> str:
    """Text in the colour of its class; what the font has not in a box of its cells."""
    text = escape(legal(piece.text), quote=False)
    if not piece.text.strip():
        return text
    width = f' style="width:{piece.cells * WIDE}px"'
    if piece.kind == "shape":
        return f"<i{width}>{text}</i>"
    look = piece.look
    name = classes.setdefault((look.ink, look.bold, look.italic), f"c{len(classes)}")
    if piece.kind == "letters":
        return f'<span class="{name}">{text}</span>'
    return f'<i class="{name}"{width}>{text}</i>'
