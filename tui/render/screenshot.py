"""A picture of a screen → the bytes of a file of some kind."""

from __future__ import annotations

import re

from tui.render.picture import Picture

KINDS = ("svg", "png", "txt", "html")
"""What a screenshot can be written as: also the endings of the files."""

_LONGEST = 60
"""Letters of a title that are worth a place in the name of a file."""


def screenshot(picture: Picture, kind: str) -> bytes:
    """The picture as one of `KINDS`; the same bytes for the same picture."""
    if kind == "txt":
        return picture.text().encode()
    if kind == "html":
        from tui.render.picture_html import picture_html  # noqa: PLC0415 - one of the kinds is enough

        return picture_html(picture).encode()
    from tui.render.picture_svg import picture_svg, pieces  # noqa: PLC0415

    if kind == "svg":
        return picture_svg(picture).encode()
    from tui.render.png import drawn  # noqa: PLC0415

    is_covered = not any(piece.kind == "other" for row in picture.rows for piece in pieces(row))
    return drawn(picture_svg(picture, brings_font=False), is_covered=is_covered)


def file_name(title: str) -> str:
    """A title as a part of the name of a file: letters, digits and what is as harmless."""
    return re.sub(r"[^A-Za-z0-9._]+", "-", title).strip("-.")[:_LONGEST].rstrip("-.") or "screen"
