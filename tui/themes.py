"""The colours of the app."""

from __future__ import annotations

from dataclasses import replace

from textual.theme import Theme

DARK = Theme(
    name="cardtui-dark",
    dark=True,
    primary="#6cb6ff",
    secondary="#b8a6f5",
    accent="#f0b866",
    foreground="#d6dbe2",
    background="#12161c",
    surface="#12161c",
    panel="#1d232c",
    success="#7ed491",
    warning="#e8c35a",
    error="#f2777a",
)
LIGHT = Theme(
    name="cardtui-light",
    dark=False,
    primary="#0b5cad",
    secondary="#6b4fbb",
    accent="#9a5b00",
    foreground="#1f2530",
    background="#fbfbf9",
    surface="#fbfbf9",
    panel="#e9e9e4",
    success="#1a7f37",
    warning="#8a6500",
    error="#c4262e",
)
DARK_IN_FEW = replace(DARK, background="#121212", surface="#121212", panel="#262626")
"""The dark one for 256 colours, which have greys, but none of the bluish ones between black and navy."""

OWN_COLOURS = Theme(
    name="cardtui-terminal",
    ansi=True,
    primary="ansi_cyan",
    secondary="ansi_magenta",
    accent="ansi_cyan",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    success="ansi_green",
    warning="ansi_magenta",
    error="ansi_red",
    variables={
        "ansi-background": "ansi_default",
        "ansi-foreground": "ansi_default",
        "block-cursor-foreground": "ansi_default",
        "block-cursor-background": "ansi_default",
        "block-cursor-text-style": "reverse",
        "block-cursor-blurred-text-style": "reverse",
        "border": "ansi_cyan",
        "border-blurred": "ansi_default",
        "input-selection-background": "ansi_default",
        "input-selection-foreground": "ansi_default",
        "scrollbar-background": "ansi_default",
        "scrollbar-background-hover": "ansi_default",
        "scrollbar-background-active": "ansi_default",
    },
)
"""The terminal's own colours and background, for terminals that have no more than sixteen."""

NAMES = {"dark": DARK.name, "light": LIGHT.name}
"""What settings call the themes of this app."""
