"""A card and its verdict → a Markdown report: tables of what was read and judged, then the author's own sections."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from markdown_it.token import Token

from tui.cards.model import Card, Section
from tui.judge.provenance import Provenance, saved_row
from tui.judge.verdict import Verdict
from tui.render.card import identity
from tui.render.markdown_parser import DEEPEST, is_too_long, parser
from tui.render.markdown_text import escaped, fenced, paragraph, table
from tui.render.parts import NOTHING, Judged, few_elements, row_place, value_span
from tui.render.run import run_pairs
from tui.render.text import visible

_PARSER = parser()
_LINE_END = re.compile(r"\r\n?|\n")
"""Line ends by Markdown's rules."""

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
"""An HTML comment; one that is not closed is left, as source, since no one can say where it ends."""

_UNSURE = "× "
"""What stands before a row of the history of which it is not known which cell belongs to which column."""


def report(card: Card, verdict: Verdict) -> str:
    """The report, without a line end behind it.

    Names and values of the card stand in it as they are, whatever markup they hold. Its sections are Markdown and stay
    Markdown, without comments; those with other HTML, and those that are too long to be
    looked through for it, are shown as source.
    """
    facts = (line.text for line in identity(Judged(card, verdict, None)))
    lines = [f"# {paragraph(card.name)}", "", *map(paragraph, facts), "", paragraph(card.path)]
    for title, part in _PARTS:
        if content := part(card, verdict):
            lines += ["", f"## {title}", "", *content]
    for section in card.sections:
        for block in _section(section):
            lines += ["", *block]
    return "\n".join(lines)


def _results(card: Card, verdict: Verdict) -> list[str]:
    if not verdict.standings:
        return []
    lists = [(result.label, result.value.raw, NOTHING, "", NOTHING) for result in card.results if result.value.elements]
    rows = [
        (
            standing.metric,
            value_span(standing.reported)[0],
            value_span(standing.best)[0],
            "" if standing.best_row is None else row_place(card.history, standing.best_row),
            value_span(standing.last)[0],
        )
        for standing in few_elements(verdict.standings, lambda standing: standing.metric)
        if not (standing.reported and standing.reported.elements)
    ]
    lines = table(["Metric", "Reported", "Best", "Best at", "Last"], [*lists, *rows])
    return lines + (["", _origin(card, verdict.provenance)] if verdict.provenance else [])


def _origin(card: Card, found: Provenance) -> str:
    """Which row of the history the reported results are."""
    saved = saved_row(card)
    kept = "" if saved in {None, found.row} else f" Saved: row {saved + 1} ({escaped(row_place(card.history, saved))})."
    if found.row is None:
        return f"Reported: no row of the training history.{kept}"
    place = row_place(card.history, found.row)
    kinds = escaped(", ".join(found.kinds))
    differing = f" Differing: {escaped(', '.join(found.differing))}." if found.differing else ""
    times = f" All are given × {found.times}." if found.times > 1 else ""
    row = f"row {found.row + 1} of {len(card.history.rows)} ({escaped(place)})"
    return f"Reported: {row}: {kinds}.{differing}{times}{kept}"


def _findings(_card: Card, verdict: Verdict) -> list[str]:
    return [
        f"- {finding.severity.value}: {escaped(finding.message)} (`{finding.code}`)" for finding in verdict.findings
    ]


def _problems(card: Card, _verdict: Verdict) -> list[str]:
    lines = []
    for problem in card.problems:
        place = f"line {problem.line}: " if problem.line else ""
        lines.append(f"- {paragraph(place + problem.message)} (`{problem.code}`)")
    return lines


def _hyperparameters(card: Card, _verdict: Verdict) -> list[str]:
    pairs = [(entry.name, entry.value.raw) for entry in card.settings]
    return table(["Name", "Value"], pairs) if pairs else []


def _history(card: Card, _verdict: Verdict) -> list[str]:
    """The cells as printed; headings are added for cells behind the last column, which renderers would drop."""
    history = card.history
    if not history.columns:
        return []
    missing = max((len(row.cells) for row in history.rows), default=0) - len(history.columns)
    rows = []
    for row in history.rows:
        first, *rest = [cell.raw for cell in row.cells] or [""]
        is_sure = len(row.cells) == len(history.columns) and not row.unsure
        rows.append([first if is_sure else f"{_UNSURE}{first}", *rest])
    return table([*history.columns, *[""] * missing], rows)


def _estimates(_card: Card, verdict: Verdict) -> list[str]:
    rows = [
        (found.name.replace("_", " "), f"≈ {_figure(found.value)}", _figure(found.low), _figure(found.high))
        for found in verdict.estimates
    ]
    return table(["Estimate", "Value", "At least", "At most"], rows) if rows else []


def _figure(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 else f"{number:.4g}"


def _environment(card: Card, _verdict: Verdict) -> list[str]:
    pairs = [(framework.name, framework.version) for framework in card.environment]
    return table(["Framework", "Version"], pairs) if pairs else []


def _model_index(card: Card, _verdict: Verdict) -> list[str]:
    rows = [
        (
            entry.task_name or entry.task_type or "",
            ", ".join(filter(None, (entry.dataset_name or entry.dataset_type, entry.dataset_config))),
            entry.dataset_split or "",
            entry.metric_name or entry.metric_type or "",
            str(entry.metric_value),
        )
        for entry in card.metadata.model_index
    ]
    return table(["Task", "Dataset", "Split", "Metric", "Value"], rows) if rows else []


def _run(card: Card, _verdict: Verdict) -> list[str]:
    pairs = run_pairs(card.run)
    return table(["Name", "Value"], pairs) if pairs else []


def _metadata(card: Card, _verdict: Verdict) -> list[str]:
    pairs = [*card.metadata.written.items()]
    return table(["Key", "Value"], pairs) if pairs else []


def _section(section: Section) -> Iterator[list[str]]:
    """The heading of a section and what stands below it, as far as there is anything."""
    if section.title:
        yield ["#" * max(section.level, 2) + f" {paragraph(section.title)}"]
    if section.as_source:
        yield fenced(section.markdown)
        return
    lines = _without_comments(section.markdown)
    if any(line.strip() for line in lines):
        markdown = "\n".join(lines)
        yield fenced(markdown) if _is_source(markdown) else [visible(line) for line in lines]


def _without_comments(markdown: str) -> list[str]:
    """The lines of a Markdown text without its HTML comments and without blanks around; comments in code are code."""
    lines = _LINE_END.split(markdown)
    for token in reversed(_PARSER.parse(markdown)):
        if token.map is None or token.type not in {"html_block", "inline"}:
            continue
        start, end = token.map
        text = "\n".join(lines[start:end])
        kept = _COMMENT.sub("", text) if token.type == "html_block" else _without_inline_comments(text, token)
        if kept == text:
            continue
        lines[start:end] = [line.rstrip() for line in kept.split("\n")]
        if not kept.strip():  # paragraphs that it stood between stay two
            lines[start : start + _blanks(lines[start:])] = [""] if start and lines[start - 1].strip() else []
    below = len(lines) - _blanks(lines[::-1])
    return lines[min(_blanks(lines), below) : below]


def _without_inline_comments(text: str, inline: Token) -> str:
    for child in inline.children or ():
        if child.type == "html_inline" and child.content.startswith("<!--"):
            text = text.replace(child.content, "", 1)
    return text


def _blanks(lines: Sequence[str]) -> int:
    """How many lines are blank from the first on."""
    return next((index for index, line in enumerate(lines) if line.strip()), len(lines))


def _is_source(markdown: str) -> bool:
    """Whether a text holds HTML, or what was not looked at for it."""
    blocks = _PARSER.parse(markdown)
    if any(is_too_long(block) or block.level >= DEEPEST - 1 for block in blocks):
        return True
    return any(token.type.startswith("html") for block in blocks for token in (block, *(block.children or ())))


_PARTS: tuple[tuple[str, Callable[[Card, Verdict], list[str]]], ...] = (
    ("Results", _results),
    ("Findings", _findings),
    ("Problems", _problems),
    ("Hyperparameters", _hyperparameters),
    ("Training history", _history),
    ("Run", _run),
    ("Estimates", _estimates),
    ("Environment", _environment),
    ("Model index", _model_index),
    ("Metadata", _metadata),
)
