"""Untrusted text → LaTeX in which it stands as it is: no command of it is one, and no row of a table ends in it."""

from __future__ import annotations

import re
import unicodedata

from tui.render.text import visible

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "_": r"\_", "%": r"\%",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}", "[": "{[}", "]": "{]}", "*": "{*}", "`": "{`}", "'": "{'}", '"': "{''}", "–": "--",
    "—": "---", "−": "$-$", "×": r"$\times$", "÷": r"$\div$", "≈": r"$\approx$", "→": r"$\to$", "±": r"$\pm$",
    "≤": r"$\le$", "≥": r"$\ge$", "…": r"\ldots{}", "‘": "`", "’": "'", "“": "``", "”": "''", "·": r"$\cdot$",
    "␊": " ", "\u00a0": "~",
}  # fmt: skip
"""Brackets and the asterisk are those of a row's end in a table, quotation marks make ligatures."""

_LIGATURE = re.compile("-(?=-)")


def escaped(text: str) -> str:
    r"""One line of text for a paragraph or a cell; letters of any script stay, other signs get their number.

    >>> print(escaped("F1 & 50% of train_batch_size, −0.5"))
    F1 \& 50\% of train\_batch\_size, $-$0.5
    """
    return "-{}".join("".join(map(_written, part)) for part in _LIGATURE.split(visible(text)))


def _written(character: str) -> str:
    if (special := _SPECIAL.get(character)) or character.isascii() or unicodedata.category(character)[0] in "LMN":
        return special or character
    return rf"\textless{{}}U+{ord(character):04X}\textgreater{{}}"
