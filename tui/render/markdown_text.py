"""Untrusted text → Markdown in which it stands as it is: no markup of it has an effect, wherever it is rendered."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tui.render.text import visible

_MARKUP = re.compile(
    r"[\\`*\[\]<>|~$@#]|&(?=[#\w])"
    r"|(?<![^\W_])_|_(?![^\W_])"  # within a word an underscore is none
    r"|:(?=//)|(?<=www)\."  # addresses become links without any mark
)
_BLOCK = re.compile(r"([-+=]|\d{1,9}(?=[.)]))")
_FENCE = re.compile(r"`{3,}")


def escaped(text: str) -> str:
    r"""One line of text for the inside of a paragraph or a table's cell.

    >>> escaped("a|b *c* learning_rate")
    'a\\|b \\*c\\* learning_rate'
    """
    return _MARKUP.sub(r"\\\g<0>", visible(text))


def paragraph(text: str) -> str:
    """One line of text for the start of a paragraph or of a list's item, where more signs are markup."""
    line = escaped(text.strip())
    if match := _BLOCK.match(line):
        end = match.end()
        return f"{line[:end]}\\{line[end:]}" if line[0].isdigit() else f"\\{line}"
    return line


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], *, escape: bool = True) -> list[str]:
    """A table of texts, which are escaped, or, without `escape`, of Markdown; a row may be shorter than others."""
    return [
        _row(headings, escape=escape),
        _row(["---"] * len(headings), escape=False),
        *(_row(row, escape=escape) for row in rows),
    ]


def _row(cells: Sequence[str], *, escape: bool = True) -> str:
    return "| " + " | ".join(escaped(cell) if escape else cell for cell in cells) + " |"


def fenced(text: str) -> list[str]:
    """Lines of text as a block of code."""
    longest = max((len(marks) for marks in _FENCE.findall(text)), default=2)
    fence = "`" * (longest + 1)
    return [fence, *map(visible, text.split("\n")), fence]
