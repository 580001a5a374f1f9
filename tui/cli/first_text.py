"""The first names on the screen, before Textual is there to draw them.

Loading Textual takes a third of a second and more; listing a folder takes a few milliseconds. So the tree's first
rows are written where the explorer will have them, and the explorer draws over them.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from tui.library.scan import scan
from tui.library.tree import Tree
from tui.render.text import cut, visible
from tui.render.tree import TreeLines

ENTER = "\x1b[?1049h\x1b[2J\x1b[?25l"
"""Change to the terminal's other screen, empty it, and hide the cursor."""

LEAVE = "\x1b[?25h\x1b[?1049l"
"""Show the cursor and change back."""

LEAVE_MODES = (
    "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?1004l\x1b[?2004l\x1b[?2048l\x1b[<u\x1b[?25h\x1b[0m"
)
"""End what the app may have asked of the terminal: mouse, focus, pasted text, sizes and keys; show the cursor."""

_LONGEST = 0.03
"""Seconds that may be spent on finding names."""

_TREE = (3, 3, 32)
"""First line and column (from 1) of the explorer's tree, and the cells that it surely has."""


def first_text(paths: Sequence[Path], columns: int, lines: int) -> str:
    """What to write on a terminal of a size: the title and the first rows of the tree, as plain text."""
    tree = _first_folders(paths, lines)
    names = ", ".join(root.name for root in tree.roots)
    rows = TreeLines(tree.rows())
    top, left, cells = _TREE
    title = f"\x1b[1;2Hcardtui {cut(visible(names), max(columns - 12, 1))}"
    shown = min(len(rows), lines - top - 1) if columns >= cells + left else 0
    texts = (f"\x1b[{top + index};{left}H{rows.line(index, cells).text.rstrip()}" for index in range(shown))
    return "".join([ENTER, title, *texts])


def _first_folders(paths: Sequence[Path], lines: int) -> Tree:
    """A tree of as many folders as fill the screen, or are found in time."""
    tree = Tree()
    end = time.monotonic() + _LONGEST
    for root, path in enumerate(paths):
        for found in scan(path):
            tree.add(root, found)
            if len(tree.entries) >= lines or time.monotonic() > end:
                return tree
    return tree
