"""Keys as people write them in settings → Textual's names of them."""

from __future__ import annotations

import re

from tui.keys import CHARACTERS

_NAMED = {
    **{name: name for name in "backspace delete down end enter escape home insert left right space tab up".split()},
    "pageup": "pageup",
    "pagedown": "pagedown",
    "page up": "pageup",
    "page down": "pagedown",
    "pgup": "pageup",
    "pgdn": "pagedown",
    "esc": "escape",
    "return": "enter",
    "del": "delete",
    "ins": "insert",
    "↑": "up",
    "↓": "down",
    "←": "left",
    "→": "right",
    " ": "space",
}
_FUNCTION = re.compile(r"f(?:[1-9]|1[0-9]|2[0-4])")
_MODIFIERS = ("ctrl", "shift", "alt")
_SAME = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+[": "escape", "ctrl+left_square_bracket": "escape"}
"""What terminals do not tell from another key."""


def key_name(text: str) -> str:
    """Textual's name of a key; raises ValueError, with the reason, where there is no such key.

    >>> key_name("?"), key_name("Ctrl+S"), key_name("PgUp"), key_name("G"), key_name("shift+tab")
    ('question_mark', 'ctrl+s', 'pageup', 'G', 'shift+tab')
    """
    *words, last = re.split(r"(?<=.)\+(?=.)", text.strip() or text)
    modifiers = [word.strip().casefold() for word in words]
    if len(set(modifiers)) < len(modifiers) or not set(modifiers) <= set(_MODIFIERS):
        raise ValueError('is no key; keys are written as in "x", "ctrl+x" or "f5"')
    name = _bare(last, is_alone=not modifiers)
    if modifiers == ["shift"] and len(name) == 1:
        if name.isalpha():
            return name.upper()
        raise ValueError(f"is no key of its own; write the character that it types instead of shift and {last}")
    found = "+".join([*sorted(modifiers, key=_MODIFIERS.index), name])
    if found in _SAME:
        raise ValueError(f"is the same as {_SAME[found]} to a terminal")
    return found


def _bare(text: str, *, is_alone: bool) -> str:
    """The name of a key without modifiers; letters are capital only where they stand alone."""
    folded = text.casefold()
    if len(text) == 1 and (text.isalnum() and text.isprintable()):
        return text if is_alone else folded
    if text in CHARACTERS:
        return CHARACTERS[text]
    if folded in _NAMED:
        return _NAMED[folded]
    if folded in CHARACTERS.values() or _FUNCTION.fullmatch(folded):
        return folded
    raise ValueError('is no key; keys are written as in "x", "ctrl+x" or "f5"')
