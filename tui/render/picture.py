"""A screen as a value: what a terminal shows, cell by cell, to be written as text, SVG, PNG or HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from unicodedata import normalize

from rich.color import Color
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import TerminalTheme

from tui.render.text import visible, width

_FAINT = 0.6
"""The share of the text's colour in faint text, the rest is what is behind it."""


class Look(NamedTuple):
    """How cells look; colours are ``#rrggbb``."""

    ink: str
    ground: str
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False


class Run(NamedTuple):
    """Text of one look."""

    text: str
    look: Look


@dataclass(frozen=True, slots=True)
class Picture:
    """The rows of a screen, each as wide as the screen."""

    title: str
    columns: int
    ground: str
    """The colour around the cells."""

    rows: tuple[tuple[Run, ...], ...]

    def text(self) -> str:
        """The characters alone, without the blanks at the ends of lines."""
        return "".join("".join(run.text for run in row).rstrip() + "\n" for row in self.rows)


def picture(title: str, strips: Sequence[Iterable[Segment]], columns: int, theme: TerminalTheme) -> Picture:
    """The picture of drawn lines; the theme has the colours of the terminal's own names for them."""
    ground = theme.background_color.hex
    rows = tuple(_row(strip, columns, theme) for strip in strips)
    return Picture(visible(title), columns, ground, rows)


def _row(strip: Iterable[Segment], columns: int, theme: TerminalTheme) -> tuple[Run, ...]:
    """Neighbours of one look joined, and the rest of the row blank."""
    found: list[Run] = []
    cells = 0
    for text, style, control in strip:
        if control or not text:
            continue
        run = Run(normalize("NFC", visible(text)), _look(style, theme))
        cells += width(run.text)
        if found and found[-1].look == run.look:
            run = Run(found.pop().text + run.text, run.look)
        found.append(run)
    if cells < columns:
        found.append(Run(" " * (columns - cells), _look(None, theme)))
    return tuple(found)


def _look(style: Style | None, theme: TerminalTheme) -> Look:
    ink, ground = theme.foreground_color, theme.background_color
    if style is None:
        return Look(ink.hex, ground.hex)
    ink = _triplet(style.color, theme, ink, is_ink=True)
    ground = _triplet(style.bgcolor, theme, ground, is_ink=False)
    if style.reverse:
        ink, ground = ground, ink
    if style.dim:
        ink = _blend(ground, ink)
    return Look(ink.hex, ground.hex, bool(style.bold), bool(style.italic), bool(style.underline), bool(style.strike))


def _triplet(color: Color | None, theme: TerminalTheme, default: ColorTriplet, *, is_ink: bool) -> ColorTriplet:
    return default if color is None or color.is_default else color.get_truecolor(theme, foreground=is_ink)


def _blend(ground: ColorTriplet, ink: ColorTriplet) -> ColorTriplet:
    return ColorTriplet(*(round(behind + (front - behind) * _FAINT) for behind, front in zip(ground, ink, strict=True)))
