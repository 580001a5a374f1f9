"""A figure as SVG → PNG, with a font of its own, so that it looks the same on machines without fonts."""

from __future__ import annotations

import re
from pathlib import Path

_FONTS = Path(__file__).parent / "fonts"
_FAMILY = "DejaVu Sans"

_COVERED = re.compile(
    "[\n -~\u00a0-\u024f\u0391-\u03c9\u0400-\u045f\u2010-\u2027\u2030-\u205e\u20ac\u2190-\u2193\u2200-\u2265"
    "\u25a0-\u25cf]*"
)
"""What the font can draw."""

_SCALE = 2.0
"""Pixels of the picture for each of the figure."""


def png(svg: str) -> bytes:
    """The figure as PNG, twice as large; fonts of the system are asked for letters that ours has not."""
    return drawn(svg, is_covered=bool(_COVERED.fullmatch(svg)))


def drawn(svg: str, *, is_covered: bool) -> bytes:
    """The same of an SVG document of which is known whether our fonts have its letters."""
    from resvg_py import svg_to_bytes  # noqa: PLC0415 - 3 MB that only pictures need

    return bytes(
        svg_to_bytes(
            svg_string=svg,
            zoom=_SCALE,
            font_files=[
                str(_FONTS / name) for name in ("DejaVuSans.ttf", "DejaVuSansMono.ttf", "DejaVuSansMono-Bold.ttf")
            ],
            skip_system_fonts=is_covered,
            font_family=_FAMILY,
            sans_serif_family=_FAMILY,
        )
    )
