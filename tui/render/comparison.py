"""A comparison → lines: the verdict, then section by section what differs, a column a run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tui.judge.comparable import letter
from tui.judge.comparison import Comparison, Row, Section
from tui.judge.difference import exact, signed, times
from tui.judge.numbers import figure
from tui.render.columns import Column, Entry, fit, lay_out, row_line, shape
from tui.render.line import BLANK, Line, line
from tui.render.parts import NOTHING, few_elements, more_elements, paragraph
from tui.render.tables import GAP
from tui.render.text import visible, width
from tui.render.tree import shorten

NO_DIFFERENCE = "Nothing differs."

DIFFERENCE = "B − A"
"""The heading of the column of differences."""

_INDENT = 2
_LEAST_NAME = 16
"""Cells that the names of rows keep."""

_DIFFERENCE_ROOM = 14
"""Cells that a difference may have in a pane."""

_LEAST_OF_TWO = 8
"""Cells that the columns of two runs keep: a value of four decimals with its mark."""

_LEAST_NAME_OF_TWO = 7
"""Cells that the names of rows keep where even so there is no room for both runs."""


def comparison_lines(
    comparison: Comparison, cells: int | None, *, everything: bool = False, second_first: bool = False
) -> list[Line]:
    """The verdict and a table of what differs (of `everything`, equal rows dim), for a pane of `cells` cells.

    With `cells` None, for a pipe, nothing is wrapped or cut. In a pane too narrow for all runs the table is wider
    than the pane, and pans a run at a time; with `second_first`, what is in sight of two runs is then the second and
    its difference. The better of two values is bold with a mark that points to it, the best
    of more has a ``◆``; where the runs do not compare, none has. The source of a line is the number of its row in the
    comparison, from 1.
    """
    lines = [*_verdict(comparison, cells), BLANK]
    shown = sections(comparison, everything=everything)
    if not shown:
        return [*lines, line((NO_DIFFERENCE, "dim"))]
    return [*lines, *_table(comparison, [_few(*one) for one in shown], cells, second_first=second_first)]


def sections(comparison: Comparison, *, everything: bool = False) -> list[tuple[Section, list[Row]]]:
    """The rows that are shown, by section: those that differ, or everything; sections without a row are left out."""
    found = [
        (section, [row for row in comparison.rows if row.section is section and (everything or row.differs)])
        for section in Section
    ]
    return [(section, rows) for section, rows in found if rows]


def difference_text(row: Row) -> str:
    """What the second run has more or less than the first: ``+0.0123``, ``× 8`` of a setting; empty where nothing.

    Seeds are numbers, but no amounts: they have no difference.
    """
    if not row.differs or row.difference is None or _is_seed(row.name):
        return ""
    if row.section is Section.ESTIMATES:
        return f"≈ {'−' if row.difference < 0 else '+'}{figure(float(abs(row.difference)))}"
    before, after = (exact(cell.text, cell.number) if cell else None for cell in row.cells[:2])
    ratio = times(before, after) if before and after and row.section is Section.SETTINGS else ""
    return ratio or signed(row.difference)


def _is_seed(name: str) -> bool:
    return name.casefold().endswith(("seed", "random_state"))


def _verdict(comparison: Comparison, cells: int | None) -> list[Line]:
    if comparison.obstacle:
        return paragraph([("▲ ", "warning"), (visible(comparison.verdict), "warning")], cells, indent=0, hanging=2)
    return paragraph([(visible(comparison.verdict), "strong")], cells, indent=0)


@dataclass(frozen=True, slots=True)
class _Part:
    """The rows of a section that are shown."""

    section: Section
    rows: list[Row]
    more: int
    """Rows that are not: elements of long lists."""


def _few(section: Section, rows: list[Row]) -> _Part:
    kept = few_elements(rows, lambda row: row.name) if section is Section.RESULTS else rows
    return _Part(section, kept, len(rows) - len(kept))


def _table(comparison: Comparison, parts: Sequence[_Part], cells: int | None, *, second_first: bool) -> list[Line]:
    """A header with the names of the runs, then each section with a line a row."""
    columns = _columns(comparison, parts, cells)
    table = shape(columns, _INDENT)
    if second_first and cells is not None and table.width > cells and len(comparison.runs) == 2:
        columns = _columns_second_first(comparison, parts, cells)
        table = shape(columns, _INDENT)
    header = row_line(columns, None, table)
    lines = [header]
    places = {id(row): place for place, row in enumerate(comparison.rows, 1)}
    index = 0
    for part in parts:
        lines.append(Line(((part.section.value, "heading"),), section=part.section.value))
        for row in part.rows:
            made = replace(row_line(columns, index, table, header), source=places[id(row)])
            lines.append(made if row.differs else replace(made, spans=((made.text, "dim"),)))
            index += 1
        if part.more:
            lines.append(more_elements(part.more))
    return lines


def _columns(comparison: Comparison, parts: Sequence[_Part], cells: int | None) -> list[Column]:
    """The names of the rows, a column a run, and of two runs their difference."""
    count = len(comparison.runs)
    names = _names(parts, None if cells is None else max(cells // 3, _LEAST_NAME))
    differences = [_differences(parts, None if cells is None else _DIFFERENCE_ROOM)] if count == 2 else []
    runs = [[_entries(part.rows, run, count) for part in parts] for run in range(count)]
    titles = _titles(comparison)
    cap = None
    if cells is not None:
        widths = [max(width(title), _widest(run)) for title, run in zip(titles, runs, strict=True)]
        room = cells - _INDENT - sum(column.width + GAP for column in [names, *differences]) + GAP
        cap = fit(widths, room, _LEAST_OF_TWO) if count == 2 else fit(widths, room)
    return [names, *(_run(run, titles, index, cap) for index, run in enumerate(runs)), *differences]


def _columns_second_first(comparison: Comparison, parts: Sequence[_Part], cells: int) -> list[Column]:
    """The columns of two runs where only one has room: the second's, the difference, and out of sight the first's."""
    titles = _titles(comparison)
    differences = _differences(parts, _LEAST_OF_TWO)
    first, second = (
        _run([_entries(part.rows, run, 2) for part in parts], titles, run, _LEAST_OF_TWO) for run in range(2)
    )
    rest = cells - _INDENT - second.width - differences.width - 2 * GAP - 2  # a blank and the mark that there is more
    return [_names(parts, max(rest, _LEAST_NAME_OF_TWO)), second, differences, first]


def _names(parts: Sequence[_Part], room: int | None) -> Column:
    """The names of the rows, in at most `room` cells."""
    names = [visible(row.name) for part in parts for row in part.rows]
    if room is None:
        return Column("", [[(name, "")] for name in names])
    return Column("", [[(shorten(name, room, names[max(i - 1, 0) : i + 2]), "")] for i, name in enumerate(names)])


def _differences(parts: Sequence[_Part], room: int | None) -> Column:
    found = [lay_out([_difference_entry(row) for row in part.rows], room) for part in parts]
    return Column(DIFFERENCE, [spans for part in found for spans in part])


def _difference_entry(row: Row) -> Entry:
    return Entry(difference_text(row), is_number=row.section is Section.RESULTS)


def _titles(comparison: Comparison) -> list[str]:
    return [f"{letter(index)} {visible(run.name)}" for index, run in enumerate(comparison.runs)]


def _widest(run: Sequence[Sequence[Entry]]) -> int:
    return max(sum(width(text) for text, _ in spans) for part in run for spans in lay_out(part, None))


def _run(entries: Sequence[Sequence[Entry]], titles: Sequence[str], index: int, cap: int | None) -> Column:
    """The column of a run, in at most `cap` cells."""
    mark, _, name = titles[index].partition(" ")
    if cap is not None:
        others = [title.partition(" ")[2] for place, title in enumerate(titles) if place != index]
        name = shorten(name, cap - width(mark) - 1, others)
    return Column(f"{mark} {name}", [spans for part in entries for spans in lay_out(part, cap)])


def _entries(rows: Sequence[Row], run: int, count: int) -> list[Entry]:
    """What a run has in the rows of a section."""
    has_marks = any(row.best for row in rows)
    return [_entry(row, run, count, has_marks=has_marks) for row in rows]


def _entry(row: Row, run: int, count: int, *, has_marks: bool) -> Entry:
    cell = row.cells[run]
    lead, mark = ("", "") if not has_marks or (run, count) == (0, 2) else ("  ", "")
    if cell is None:
        return Entry(NOTHING, "dim", lead=lead)
    if run in row.best:
        lead, mark = ("▸ " if run else "", "" if run else " ◂") if count == 2 else ("◆ ", "")
    others = tuple(visible(other.text) for other in row.cells if other and other is not cell)
    style = "good" if run in row.best else ""
    is_number = cell.number is not None and row.section is Section.RESULTS
    return Entry(visible(cell.text), style, is_number, lead, mark, visible(cell.note), others)
