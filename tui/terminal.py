"""What the terminal can show, decided once from the environment.

Nothing is asked of the terminal here; that it may be asked for its background is said, `tui.background` does it.
"""

from __future__ import annotations

import re
import signal
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

ENDING = (signal.SIGTERM, signal.SIGINT)
"""The signals that ask a program on a terminal to end."""


class Colours(IntEnum):
    """How many colours a terminal shows."""

    NONE = 0
    SIXTEEN = 16
    MANY = 256
    TRUE = 1 << 24


@dataclass(frozen=True, slots=True)
class Terminal:
    """What a terminal shows."""

    colours: Colours = Colours.TRUE
    is_ascii: bool = False
    """Whether it is given no character but those of ASCII."""

    is_plain: bool = False
    """Whether it is an old or simple one, which is asked nothing: it might print the question."""

    @property
    def own_colours(self) -> bool:
        """Whether it is drawn in the terminal's own colours instead of a theme's."""
        return self.colours <= Colours.SIXTEEN


_NO_COLOUR = re.compile(r"vt(?!340|525)[1-5]\d\d.*|vt52|.*-(?:m|mono)")
_TRUE = re.compile(r".*-(?:direct|truecolor|24bit)|(?:xterm-)?(?:kitty|ghostty)|alacritty.*|foot.*|wezterm|contour.*")
_FORCED = {"2": Colours.MANY, "3": Colours.TRUE}
_LOCALE = ("LC_ALL", "LC_CTYPE", "LANG")
"""What names the character set: the first of them that is set."""

_COERCED = ("C.UTF-8", "C.utf8", "UTF-8")
"""What Python itself puts into LC_CTYPE where the locale is C."""


def terminal_of(environ: Mapping[str, str]) -> Terminal:
    """What the terminal of an environment shows."""
    name = environ.get("TERM", "")
    is_plain = name == "linux" or bool(re.match(r"vt\d", name))
    return Terminal(_colours(environ, name), is_plain or not is_utf_8(environ), is_plain)


def can_show_screens(environ: Mapping[str, str]) -> bool:
    """Whether text can be put anywhere on the terminal."""
    return environ.get("TERM", "") not in {"", "dumb", "unknown"}


def is_utf_8(environ: Mapping[str, str]) -> bool:
    """Whether the locale's character set is UTF-8; where nothing names one, it is, as of nearly all terminals."""
    locale = next((environ[name] for name in _LOCALE if environ.get(name)), "")
    charset = locale.partition("@")[0].rpartition(".")[2].lower().replace("-", "")
    if "." not in locale:
        return locale not in {"C", "POSIX"}
    return charset == "utf8"


def persons_locale(environ: Mapping[str, str]) -> Mapping[str, str]:
    """The environment as it was before Python, where the locale is C, set LC_CTYPE to one of UTF-8."""
    if environ.get("LC_ALL") or environ.get("LC_CTYPE") not in _COERCED:
        return environ
    given = "" if environ.get("LANG") in {"C", "POSIX"} else environ["LC_CTYPE"]  # a guess where there is no /proc
    with suppress(OSError):
        begun = dict(entry.partition(b"=")[::2] for entry in Path("/proc/self/environ").read_bytes().split(b"\0"))
        given = begun.get(b"LC_CTYPE", b"").decode(errors="replace")
    return {**environ, "LC_CTYPE": given}


def wants_colour(environ: Mapping[str, str]) -> bool | None:
    """What a person said about colours: FORCE_COLOR before NO_COLOR; None where nothing."""
    if environ.get("FORCE_COLOR"):
        return True
    return False if environ.get("NO_COLOR") else None


def _colours(environ: Mapping[str, str], name: str) -> Colours:
    wanted = wants_colour(environ)
    if wanted is False:
        return Colours.NONE
    found = _shown(environ, name)
    if not wanted:
        return found
    return max(found, _FORCED.get(environ["FORCE_COLOR"], Colours.SIXTEEN))


def _shown(environ: Mapping[str, str], name: str) -> Colours:
    """The colours that a kind of terminal shows."""
    if name in {"", "dumb", "unknown"} or _NO_COLOUR.fullmatch(name):
        return Colours.NONE
    if name == "linux":
        return Colours.SIXTEEN
    is_gnu_screen = "STY" in environ and name.startswith("screen")  # which inherits a COLORTERM that is not its own
    if not is_gnu_screen and (environ.get("COLORTERM") in {"truecolor", "24bit"} or _TRUE.fullmatch(name)):
        return Colours.TRUE
    return Colours.MANY if "256color" in name else Colours.SIXTEEN
