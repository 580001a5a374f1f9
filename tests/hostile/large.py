"""Cards as large as one may be that is read: what takes the square of its size shows here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.hostile.cards import Case, body, front, in_every_field
from tui.cards.read import MAX_BYTES

ROOM = MAX_BYTES - 1000
"""Bytes that are left for what is repeated."""

HISTORY = "### Training results\n\n"


def _filled(piece: str, lead: str = "", end: str = "") -> bytes:
    """A card of a piece repeated as often as fits."""
    times = (ROOM - len((lead + end).encode())) // len(piece.encode())
    return body(lead + piece * times + end)


LARGE: Mapping[str, tuple[str, Callable[[], bytes]]] = {
    "table-of-a-million-columns": (
        "a header that never ends",
        lambda: body(f"{HISTORY}{'|a' * 1_000_000}|\n{'|-' * 1_000_000}|\n|1|2|\n"),
    ),
    "million-lines": ("everything that is done to each line", lambda: _filled("a b\n")),
    "blank-lines": ("the search for what stands above", lambda: _filled("\n")),
    "one-line": ("everything that cuts a line to a width", lambda: _filled("x")),
    "one-line-of-words": ("the wrapping of a line", lambda: _filled("word ")),
    "one-line-wide": ("the width of a line, letter by letter", lambda: _filled("表")),
    "one-line-of-marks": ("letters of no width", lambda: _filled("\u0301")),
    "one-line-of-controls": ("what is made visible", lambda: _filled("\x1b")),
    "headings": ("everything that is done to each section", lambda: _filled("# h\n")),
    "headings-underlined": ("headings by the line below", lambda: _filled("h\n=\n\n")),
    "pipes": ("tables that are none", lambda: _filled("|")),
    "pipe-lines": ("tables of one column", lambda: _filled("|\n|-|\n")),
    "tables-many": ("every table behind the first", lambda: _filled("| a | b |\n|---|---|\n| 1 | 2 |\n\n", HISTORY)),
    "history-long": (
        "judges of rows",
        lambda: _filled("| 1 | 2 | 3 |\n", f"{HISTORY}| Epoch | Loss | F1 |\n|-|-|-|\n"),
    ),
    "history-ragged": (
        "a problem for every row",
        lambda: _filled("|1\n", f"{HISTORY}| Epoch | Loss | F1 |\n|-|-|-|\n"),
    ),
    "history-closed-late": (
        "rows that are joined in vain",
        lambda: _filled("|1\nx|\n", f"{HISTORY}| Epoch | Loss | F1 |\n|-|-|-|\n"),
    ),
    "history-wide-and-long": (
        "rows times columns: a header of 2,000 and empty rows",
        lambda: _filled("|\n", f"{HISTORY}{'|a' * 2000}|\n{'|-' * 2000}|\n"),
    ),
    "results-many": (
        "judges of results",
        lambda: _filled("- m: 1\n", "It achieves the following results on the evaluation set:\n"),
    ),
    "settings-many": ("a list of settings", lambda: _filled("- s: 1\n", "### Training hyperparameters\n\n")),
    "frameworks-many": ("a list of versions", lambda: _filled("- s 1\n", "### Framework versions\n\n")),
    "quotes": ("markdown-it: quotes", lambda: _filled(">")),
    "quote-lines": ("quotes, line by line", lambda: _filled("> a\n")),
    "brackets": ("the search for links", lambda: _filled("[")),
    "brackets-linked": ("the same", lambda: _filled("[a](")),
    "stars": ("the search for emphasis", lambda: _filled("*a ")),
    "stars-only": ("the same", lambda: _filled("*")),
    "underscores": ("the same", lambda: _filled("a_")),
    "dashes": ("lists within lists", lambda: _filled("- ")),
    "list-items": ("a list of items", lambda: _filled("- a\n")),
    "numbers": ("a list of numbers", lambda: _filled("1. a\n")),
    "backticks": ("the search for code", lambda: body(" ".join("`" * (i % 3000) for i in range(3300)))),
    "angles": ("the search for HTML", lambda: _filled("<")),
    "tags": ("the same", lambda: _filled("<a ")),
    "comments": ("comments without an end", lambda: _filled("<!-- ")),
    "comment-lines": ("comments without an end, a heading behind each", lambda: _filled("<!--\n## a\n")),
    "fences": ("fences without an end", lambda: _filled("```a\n## b\n~~~c\n")),
    "fences-longer": (
        "fences of growing length",
        lambda: body("\n".join("`" * (3 + i) + "a\n## b" for i in range(3000))),
    ),
    "backslashes": ("escapes", lambda: _filled("\\")),
    "entities": ("entities", lambda: _filled("&#27;")),
    "ampersands": ("entities that are none", lambda: _filled("&")),
    "references": ("definitions of addresses", lambda: _filled("[a]: b\n")),
    "images": ("images", lambda: _filled("![")),
    "addresses": ("addresses in angles", lambda: _filled("<http://a>")),
    "html-lines": ("blocks of HTML", lambda: _filled("<div>\n")),
    "details": ("sections that fold", lambda: _filled("<details>\n<summary>a</summary>\n\n")),
    "conflicts": ("a problem for every conflict", lambda: _filled("<<<<<<< a\n")),
    "hashes": ("the search for the end of a heading", lambda: body("# " + "# " * 2_000_000)),
    "heading-blank": ("the same by blanks", lambda: body("# a" + " " * 4_000_000 + "b")),
    "spaces": ("everything that strips", lambda: _filled(" ", "a", "b")),
    "tabs": ("the widening of tabs", lambda: _filled("\t", "a", "b")),
    "list-value": ("the reader of lists", lambda: _filled("[", "- a: ")),
    "digits": ("the reader of numbers", lambda: _filled("9", "### Training hyperparameters\n\n- a: ")),
    "thousands": ("the same with commas", lambda: _filled(",000", "### Training hyperparameters\n\n- a: 1")),
    "remark": ("the reader of remarks", lambda: _filled("(", "### Training hyperparameters\n\n- a: 1 ")),
    "yaml-list": ("a list of metadata", lambda: front("a:\n" + "- x\n" * 1_200_000)),
    "yaml-keys": ("a mapping of metadata", lambda: front("".join(f"k{i}: v\n" for i in range(400_000)))),
    "yaml-tags": ("a list of tags", lambda: front("tags:\n" + "- x\n" * 1_200_000)),
    "yaml-flow": ("a list of metadata in one line", lambda: front("a: [" + "x," * 2_000_000 + "]")),
    "yaml-broken-keys": (
        "keys that are read alone",
        lambda: front("a: [\n" + "".join(f"k{i}: v\n" for i in range(300_000))),
    ),
    "yaml-broken-each": ("keys of which none can be read", lambda: front("a: b: c\n" * 600_000)),
    "yaml-duplicates": ("a problem for every key", lambda: front("a: 1\n" * 900_000)),
    "yaml-unclosed": ("the search for the end of front matter", lambda: b"---\n" + b"a: 1\n" * 900_000),
    "yaml-long-text": ("one long text", lambda: front("a: '" + "x" * 4_900_000 + "'")),
    "yaml-quotes": ("quotes that are never closed", lambda: front('a: "\n' * 800_000)),
    "yaml-list-keys": ("keys that are lists", lambda: front("[a]: 1\n" * 600_000)),
    "model-index": (
        "an index of metrics",
        lambda: front(
            "model-index:\n- name: a\n  results:\n  - task: {type: t}\n    dataset: {name: d}\n    metrics:\n"
            + "    - {type: a, value: 1}\n" * 150_000
        ),
    ),
    "model-index-shapes": ("a problem for every entry", lambda: front("model-index:\n" + "- x\n" * 1_000_000)),
    "invalid-bytes": ("the decoder", lambda: b"---\nlicense: mit\n---\n" + b"\xff" * ROOM),
    "carriage-returns": ("line ends", lambda: _filled("\r")),
    "every-field-long": ("every field at once", lambda: in_every_field("y" * 90_000).encode()),
    "every-field-wide": ("every field at once", lambda: in_every_field("表 " * 20_000).encode()),
}
"""Defect → (what it attacks, what makes the card)."""


def cards() -> dict[str, Case]:
    """Every case, all in memory: some 300 MB."""
    return {name: Case(attacks, make()) for name, (attacks, make) in LARGE.items()}
