"""Sizes as they are typed: ``120x40``."""

from __future__ import annotations

import re

from tui.cli.output import CommandError

Size = tuple[int, int]
"""Columns and lines, or pixels across and down."""


def parse_size(text: str, least: Size, most: Size, unit: str) -> Size:
    """The size that a text gives; raises CommandError where it is none, or none that can be drawn."""
    match = re.fullmatch(r"([0-9]{1,5})[x×]([0-9]{1,5})", text.strip())
    if not match:
        raise CommandError(f"{text}: a size is columns and lines, such as 100x24")
    wide, high = int(match[1]), int(match[2])
    if not (least[0] <= wide <= most[0] and least[1] <= high <= most[1]):
        raise CommandError(f"{text}: between {least[0]}x{least[1]} and {most[0]}x{most[1]} {unit} can be drawn")
    return wide, high
