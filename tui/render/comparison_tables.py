"""A comparison → tables to paste: Markdown, and LaTeX with booktabs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui.judge.comparable import letter
from tui.judge.comparison import Comparison, Row
from tui.render import latex_text, markdown_text
from tui.render.comparison import DIFFERENCE, NO_DIFFERENCE, difference_text, sections
from tui.render.parts import NOTHING

_Write = Callable[[str], str]
"""A text without the markup that it might be read as."""


def comparison_markdown(comparison: Comparison, *, everything: bool = False) -> str:
    """The verdict, then a table a section of what differs (or of `everything`), the best values bold."""
    lines = [markdown_text.paragraph(comparison.verdict)]
    headings = [markdown_text.escaped(text) for text in _headings(_titles(comparison))]
    for section, rows in sections(comparison, everything=everything):
        cells = [_cells(row, markdown_text.escaped, "**{}**") for row in rows]
        lines += ["", f"## {section.value}", "", *markdown_text.table(headings, cells, escape=False)]
    return "\n".join(lines if len(lines) > 1 else [*lines, "", NO_DIFFERENCE])


def comparison_latex(comparison: Comparison, *, everything: bool = False) -> str:
    r"""One table environment of what differs (or of `everything`), the best values in ``\textbf``.

    Its columns are headed by letters, since names are long; the caption says which run is which.
    The document that it is put into needs ``\usepackage{booktabs}``, and no more.
    """
    headings = [latex_text.escaped(text) for text in _headings(list(map(letter, range(len(comparison.runs)))))]
    caption = f"{comparison.verdict} {'; '.join(_titles(comparison, ': '))}."
    body = []
    for section, rows in sections(comparison, everything=everything):
        title = rf"\multicolumn{{{len(headings)}}}{{l}}{{\textit{{{section.value}}}}}"
        body += [
            r"\midrule",
            _latex_row([title]),
            *(_latex_row(_cells(row, latex_text.escaped, _BOLD)) for row in rows),
        ]
    return "\n".join(
        [
            r"\begin{table}[htbp]",
            r"\centering",
            rf"\caption{{{latex_text.escaped(caption)}}}",
            rf"\begin{{tabular}}{{{'l' * len(headings)}}}",
            r"\toprule",
            _latex_row(headings),
            *body,
            r"\bottomrule",
            r"\end{tabular}",
            r"\end{table}",
        ]
    )


_BOLD = r"\textbf{{{}}}"


def _latex_row(cells: Sequence[str]) -> str:
    return rf"{' & '.join(cells)} \\"


def _titles(comparison: Comparison, between: str = " ") -> list[str]:
    return [f"{letter(index)}{between}{run.name}" for index, run in enumerate(comparison.runs)]


def _headings(titles: Sequence[str]) -> list[str]:
    return ["", *titles, *([DIFFERENCE] if len(titles) == 2 else [])]


def _cells(row: Row, write: _Write, bold: str) -> list[str]:
    """The cells of a row, written so, the best ones set in `bold`."""
    cells = [write(row.name)]
    for index, cell in enumerate(row.cells):
        text = write(cell.text if cell else NOTHING)
        text = bold.format(text) if index in row.best else text
        cells.append(f"{text} ({write(cell.note)})" if cell and cell.note else text)
    return [*cells, write(difference_text(row))] if len(row.cells) == 2 else cells
