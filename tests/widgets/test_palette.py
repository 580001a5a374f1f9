"""The colours of curves can be told apart by everybody, and read on their background."""

from __future__ import annotations

from itertools import combinations

import pytest
from rich.color import Color, ColorSystem
from textual.theme import Theme

from tui.render.figure import style
from tui.themes import DARK, DARK_IN_FEW, LIGHT, OWN_COLOURS
from tui.widgets.palette import palette

Triple = tuple[float, float, float]

MACHADO: dict[str, tuple[Triple, Triple, Triple]] = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
"""How colours are seen: Machado, Oliveira and Fernandes (2009), at full severity, on linear RGB."""

FIGURES = [style(index).colour for index in range(6)]


def linear(colour: str) -> Triple:
    """The linear RGB of a colour such as ``#12ab00``."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return red, green, blue


def seen(colour: str, sight: str) -> Triple:
    """A colour in CIELAB, as it is seen."""
    rgb = linear(colour)
    red, green, blue = (min(max(sum(a * b for a, b in zip(row, rgb, strict=True)), 0.0), 1.0) for row in MACHADO[sight])
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    a, b, c = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return 116 * b - 16, 500 * (a - b), 200 * (b - c)


def nearest(colours: list[str], sight: str) -> float:
    """The least distance between two of the colours, as they are seen."""
    places = [seen(colour, sight) for colour in colours]
    return float(min(sum((a - b) ** 2 for a, b in zip(*pair, strict=True)) ** 0.5 for pair in combinations(places, 2)))


def contrast(colour: str, ground: str) -> float:
    """The contrast of two colours, as WCAG defines it."""
    light, dark = sorted(
        (sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear(one), strict=True)) + 0.05)
        for one in (colour, ground)
    )[::-1]
    return light / dark


def curves(theme: str) -> list[str]:
    """The colours of the curves in a theme of the app."""
    styles = palette(VARIABLES[theme], "background")
    return [str(styles[f"series-{number}"].color.name) for number in range(1, 7)]  # type: ignore[union-attr]


VARIABLES = {
    theme.name: theme.to_color_system().generate() | {"accent": str(theme.accent)}
    for theme in (DARK, LIGHT, OWN_COLOURS)
}


@pytest.mark.parametrize("sight", MACHADO)
@pytest.mark.parametrize("theme", [DARK.name, LIGHT.name])
def test_curves_on_the_screen_are_told_apart(theme: str, sight: str) -> None:
    assert nearest(curves(theme), sight) > 30


@pytest.mark.parametrize("sight", MACHADO)
def test_curves_of_figures_are_told_apart(sight: str) -> None:
    assert nearest(FIGURES, sight) > 15


@pytest.mark.parametrize(("theme", "ground"), [(DARK.name, "#12161c"), (LIGHT.name, "#fbfbf9")])
def test_curves_are_seen_on_their_ground(theme: str, ground: str) -> None:
    assert min(contrast(colour, ground) for colour in curves(theme)) >= 3


def test_the_terminals_own_colours_have_no_ground_and_the_same_styles() -> None:
    own = palette(VARIABLES[OWN_COLOURS.name], "background")
    assert set(own) == set(palette(VARIABLES[DARK.name], "background"))
    assert {style.bgcolor for style in own.values()} == {None}


@pytest.mark.parametrize("theme", [DARK_IN_FEW, LIGHT], ids=lambda theme: theme.name)
def test_in_256_colours_bars_and_prompts_are_greys_that_differ_from_the_background(theme: Theme) -> None:
    shown = [
        Color.parse(colour or "").downgrade(ColorSystem.EIGHT_BIT).get_truecolor()
        for colour in (theme.background, theme.panel)
    ]
    assert shown[0] != shown[1]
    assert [colour for colour in shown if max(colour) - min(colour) > 12] == []
