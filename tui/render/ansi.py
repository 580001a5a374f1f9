"""The styles of lines in a terminal's own sixteen colours, readable on dark and on light backgrounds.

Text has the terminal's own colour; of the others only those that most terminals show well on both are used, and no
style is told from another by its colour alone: they are the same styles where there is no colour at all.
"""

from __future__ import annotations

ANSI = {
    "accent": "bold",
    "bad": "red",
    "code": "magenta",
    "dim": "dim",
    "error": "bold red",
    "good": "bold green",
    "heading": "bold underline",
    "info": "",
    "label": "dim",
    "link": "underline",
    "quote": "dim",
    "series-1": "",
    "series-2": "magenta",
    "series-3": "cyan",
    "series-4": "red",
    "series-5": "green",
    "series-6": "blue",
    "strong": "bold",
    "title": "bold",
    "warning": "bold magenta",
}
"""Style → Rich's words for it."""
