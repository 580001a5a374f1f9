"""Every setting, once: reading files, errors, ``cardtui config`` and its page in ``docs`` are built from this table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite

from tui.config.key_names import key_name
from tui.keys import FIXED
from tui.settings import DEFAULTS

Written = object
"""A value as tomllib gives it."""

THEMES = (
    "auto", "dark", "light", "textual-dark", "textual-light", "nord", "gruvbox", "catppuccin-mocha",
    "catppuccin-latte", "catppuccin-frappe", "catppuccin-macchiato", "dracula", "tokyo-night", "monokai", "flexoki",
    "solarized-light", "solarized-dark", "rose-pine", "rose-pine-moon", "rose-pine-dawn", "atom-one-dark",
    "atom-one-light", "ansi-dark", "ansi-light",
)  # fmt: skip
"""The themes of the app, which this room cannot ask for them; a test holds them together."""

FORMATS = ("svg", "png", "txt", "html")
DIRECTIONS = ("maximize", "minimize", "unknown")

_LONGEST = 200
"""Characters of a name that may be written."""

_LISTED = 8
"""Words that an error names."""

_MOST = 200
"""Names that a list may have."""


class WrongValueError(ValueError):
    """Why a value cannot be taken; `place` is that of the element that is to blame, if it is one."""

    def __init__(self, reason: str, place: int | None = None, near: tuple[str, tuple[str, ...]] | None = None) -> None:
        super().__init__(reason)
        self.place = place
        self.near = near
        """A word that is not known, and those that are."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting, or where `is_open` a table of them whose names are a person's own."""

    name: str
    """Dotted, as in ``limits.card_bytes``."""

    kind: str
    """What may stand there, as the page says it."""

    help: str
    """What it does, in a sentence."""

    check: Callable[[Written], object]
    """The value as settings have it; raises WrongValueError."""

    field: str = ""
    """The way to it in `Settings`, where that is not its name."""

    in_folder: bool = False
    """Whether a folder may set it, which is not trusted."""

    is_open: bool = False

    @property
    def default(self) -> object:
        """What holds where it is not set."""
        value: object = DEFAULTS
        for part in (self.field or self.name).split("."):
            value = getattr(value, part)
        return value


def _shown(value: Written) -> str:
    text = f'"{value}"' if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def one_of(*names: str) -> Callable[[Written], object]:
    """A check for one of some words."""

    def check(value: Written) -> object:
        if isinstance(value, str) and value in names:
            return value
        near = (value, names) if isinstance(value, str) else None
        listed = ", ".join(names[:_LISTED]) + (", …" if len(names) > _LISTED else "")
        raise WrongValueError(f"{_shown(value)} is not one of {listed}", near=near)

    return check


def number(low: float, high: float, *, whole: bool = False) -> Callable[[Written], object]:
    """A check for a number between two."""
    what = f"a {'whole ' if whole else ''}number from {low:,} to {high:,}"

    def check(value: Written) -> object:
        is_number = isinstance(value, int if whole else (int, float)) and not isinstance(value, bool)
        if isinstance(value, (int, float)) and is_number and isfinite(value) and low <= value <= high:
            return value if whole else float(value)
        raise WrongValueError(f"{_shown(value)} is not {what}")

    return check


def text(value: Written) -> object:
    """A check for a name, which may be empty."""
    if isinstance(value, str) and len(value) <= _LONGEST:
        return value.strip()
    raise WrongValueError(f"{_shown(value)} is not a text of at most {_LONGEST} characters")


def names(value: Written) -> object:
    """A check for a list of names, each of which counts once."""
    if not isinstance(value, list) or len(value) > _MOST:
        raise WrongValueError(f'{_shown(value)} is not a list of at most {_MOST} names, such as ["name", "f1"]')
    for place, one in enumerate(value):
        if not isinstance(one, str) or not one.strip() or len(one) > _LONGEST:
            raise WrongValueError(f"{_shown(one)} is not the name of a column", place)
    return tuple(dict.fromkeys(one.strip() for one in value))


def keys(value: Written) -> object:
    """A check for a key or a list of keys."""
    written = value if isinstance(value, list) else [value]
    if not written or len(written) > _MOST:
        raise WrongValueError('no key is given; write one, as in "x", or several, as in ["x", "f5"]')
    found: list[str] = []
    for place, one in enumerate(written):
        if not isinstance(one, str):
            raise WrongValueError(f'{_shown(one)} is no key; keys are written as in "x", "ctrl+x" or "f5"', place)
        try:
            name = key_name(one)
        except ValueError as error:
            raise WrongValueError(f"{_shown(one)} {error}", place) from error
        if name not in found:
            found.append(name)
    return tuple(found)


_SHARE = number(0, 1)

TABLE: tuple[Setting, ...] = (
    Setting(
        "theme",
        "`auto`, `dark`, `light`, or another theme of the palette",
        "The colours of the app.",
        one_of(*THEMES),
    ),
    Setting(
        "headline",
        "the name of a metric, or empty",
        "The metric that stands in lists for every run that reports it; empty: each card's own.",
        text,
        in_folder=True,
    ),
    Setting(
        "columns",
        "a list of names",
        "The columns of the runs table and of `list`; empty: the usual ones.",
        names,
        in_folder=True,
    ),
    Setting(
        "screenshot",
        "`svg`, `png`, `txt` or `html`",
        "The kind of file that a screenshot is written as.",
        one_of(*FORMATS),
        "screenshot_format",
    ),
    Setting(
        "limits.card_bytes",
        "a whole number from 1,000 to 1,000,000,000",
        "A card of more bytes is listed and not read.",
        number(1_000, 1_000_000_000, whole=True),
    ),
    Setting(
        "limits.run_bytes",
        "a whole number from 1,000 to 1,000,000,000",
        "A file of more bytes that the Trainer left beside a card, such as trainer_state.json, is not read.",
        number(1_000, 1_000_000_000, whole=True),
    ),
    Setting(
        "findings.short_of_best",
        "a number from 0 to 1",
        "not-best-checkpoint is a warning from this share, or difference of metrics between 0 and 1, on.",
        _SHARE,
    ),
    Setting(
        "findings.rise_told",
        "a number from 0 to 1,000",
        "overfitting is told from this share above the lowest validation loss on.",
        number(0, 1_000),
    ),
    Setting(
        "findings.rise_warned",
        "a number from 0 to 1,000",
        "overfitting is a warning from this share above the lowest validation loss on.",
        number(0, 1_000),
    ),
    Setting(
        "findings.report_differs",
        "a number from 0 to 1",
        "reported-nowhere is a warning where every row differs by more than this share, or difference.",
        _SHARE,
    ),
    Setting(
        "findings.explosion",
        "a number from 1 to 1,000,000",
        "diverged is told of a loss that ends at this many times its lowest value before.",
        number(1, 1_000_000),
    ),
    Setting(
        "findings.constant_rows",
        "a whole number from 2 to 1,000,000",
        "constant-metric is told from this many rows on in which a metric never changes.",
        number(2, 1_000_000, whole=True),
    ),
    Setting(
        "findings.uneven",
        "a number from 0 to 1",
        "uneven-steps is told from this share on by which the steps per epoch change.",
        _SHARE,
    ),
    Setting(
        "directions",
        "a table: metric = `maximize`, `minimize` or `unknown`",
        "Which way metrics are better, whatever their names say; one that is unknown is never ranked.",
        one_of(*DIRECTIONS),
        in_folder=True,
        is_open=True,
    ),
    Setting(
        "keys",
        "a table: action = a key, or a list of keys",
        f"Other keys for actions; {' and '.join(FIXED)} stay what they are.",
        keys,
        is_open=True,
    ),
)
"""In the order in which they are told."""
