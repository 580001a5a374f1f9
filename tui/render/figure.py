"""Panels → an SVG figure for papers and web pages: no network, no script, text as text.

Curves differ by colour (Okabe and Ito's, which the colour-blind tell apart), by dashes and by the signs at their
points. The legend stands to the right of the axes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from tui.render.chart import Axis, fit, labels, ticks
from tui.render.curves import MARGIN
from tui.render.panel import Entry, Panel, is_empty, why_empty
from tui.render.svg import Place, document, element, path, text
from tui.render.text import cut, width
from tui.render.tree import shorten

_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
_DASHES = ("", "7 3", "2 2.5", "9 3 2 3", "12 4", "5 2 1 2 1 2")
_FONT = "Helvetica, Arial, 'DejaVu Sans', sans-serif"
_INK, _DIM, _GRID = "#222222", "#666666", "#e4e4e4"

_SIZE = 12.0
"""Height of the letters."""

_LINE = 17.0
"""From line to line of the legend."""

_LETTER = 0.6
"""Width of a letter, on average, in heights: a little more than in common fonts, so that nothing is cut."""

_TOP, _BOTTOM, _EDGE = 34.0, 44.0, 14.0
"""Room for the title, for the labels of the x axis, and at the sides."""

_SAMPLE = 30.0
"""Width of a curve's sample in the legend."""

_LEGEND = 0.42
"""Share of the figure that the legend may take."""

_MOST_SIGNS = 40
"""Points of a curve from which on they have no sign each, and single ones a small one."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a curve is told from the others."""

    colour: str
    dash: str
    sign: int
    """Which of the signs stands at its points."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a panel's axes stand, in pixels, and what they span."""

    x: Axis
    y: Axis
    left: float
    top: float
    right: float
    bottom: float

    def place(self, point: Place) -> Place:
        """Where a point of the data lies."""
        return (
            self.left + _share(self.x, point[0]) * (self.right - self.left),
            self.bottom - _share(self.y, point[1]) * (self.bottom - self.top),
        )


def figure(panels: Sequence[Panel], wide: float, high: float) -> str:
    """The panels below one another, each of `wide` × `high` pixels."""
    body = [element("rect", width=wide, height=high * len(panels), fill="#ffffff")]
    for index, panel in enumerate(panels):
        content = "\n".join(["", *_panel(panel, wide, high), ""])
        body.append(element("g", content, transform=f"translate(0 {round(index * high)})", **_LETTERS))
    return document(wide, high * len(panels), body)


_LETTERS: dict[str, str | float] = {"font_family": _FONT, "font_size": _SIZE, "fill": _INK}


def style(index: int) -> Style:
    """The style of a curve; after six the colours come again, with other dashes and signs."""
    turn = index + index // len(_COLOURS)
    return Style(_COLOURS[index % len(_COLOURS)], _DASHES[turn % len(_DASHES)], turn % len(_SIGNS))


def _panel(panel: Panel, wide: float, high: float) -> list[str]:
    if is_empty(panel):
        return [text(cut(why_empty(panel), _fitting(wide - 2 * _EDGE)), (_EDGE, high / 2), fill=_DIM)]
    legend = _legend(panel, wide * _LEGEND, high - 2 * _EDGE)
    frame = _frame(panel, wide - legend.wide - 2 * _EDGE, high)
    title = f"{panel.title} (log)" if panel.log_y else panel.title
    parts = [text(cut(title, _fitting(wide - frame.left - _EDGE)), (frame.left, _TOP - 14), font_size=14)]
    parts += _axes(panel, frame)
    for index, entry in enumerate(panel.entries):
        parts += _curve(entry, style(index), frame)
    for crossing in panel.crossings:
        x, y = frame.place((crossing, 0.0))
        parts.append(element("circle", cx=x, cy=y, r=4, fill="#ffffff", stroke=_INK, stroke_width=1.2))
    return [*parts, *legend.parts(frame.right + 2 * _EDGE, _TOP + 4)]


def _share(axis: Axis, number: float) -> float:
    low, high = axis.at(axis.low), axis.at(axis.high)
    return (axis.at(number) - low) / (high - low)


def _fitting(pixels: float) -> int:
    """How many letters fit."""
    return max(int(pixels / (_SIZE * _LETTER)), 1)


def _wide(words: str) -> float:
    return width(words) * _SIZE * _LETTER


# Axes


def _frame(panel: Panel, right: float, high: float) -> Frame:
    points = panel.points
    ys = [point[1] for point in points] + ([0.0] if panel.has_zero else [])
    x = fit([point[0] for point in points], log=panel.log_x, margin=0.02)
    y = fit(ys, log=panel.log_y, margin=MARGIN)
    bottom = high - _BOTTOM
    widest = max(map(_wide, labels(_ticks(y, bottom - _TOP, 45))), default=0.0)
    return Frame(x, y, _EDGE + widest + 8, _TOP, right, bottom)


def _ticks(axis: Axis, pixels: float, apart: float) -> list[float]:
    return ticks(axis, max(int(pixels / apart), 2))


def _axes(panel: Panel, frame: Frame) -> list[str]:
    """Grid, axes, round numbers along them, and the name of the x axis."""
    xs, ys = _ticks(frame.x, frame.right - frame.left, 80), _ticks(frame.y, frame.bottom - frame.top, 45)
    across = [(frame.place((tick, frame.y.low))[0], label) for tick, label in zip(xs, labels(xs), strict=True)]
    up = [(frame.place((frame.x.low, tick))[1], label) for tick, label in zip(ys, labels(ys), strict=True)]
    grid = [[(x, frame.top), (x, frame.bottom)] for x, _ in across]
    grid += [[(frame.left, y), (frame.right, y)] for y, _ in up]
    corner = [(frame.left, frame.top), (frame.left, frame.bottom), (frame.right, frame.bottom)]
    parts = [path(grid, stroke=_GRID, fill="none"), path([corner], stroke=_INK, fill="none")]
    if panel.has_zero:
        zero = frame.place((frame.x.low, 0.0))[1]
        parts.append(path([[(frame.left, zero), (frame.right, zero)]], stroke=_DIM, stroke_width=1.2))
    parts += [text(label, (x, frame.bottom + 17), text_anchor="middle") for x, label in across]
    parts += [text(label, (frame.left - 7, y + 4), text_anchor="end") for y, label in up]
    name = f"{panel.axis} (log)" if panel.log_x else panel.axis
    return [*parts, text(name, ((frame.left + frame.right) / 2, frame.bottom + 35), text_anchor="middle")]


# Curves


def _curve(entry: Entry, look: Style, frame: Frame) -> list[str]:
    """A line for each segment, signs at the points where there are few of them, and the best one marked."""
    places = [[frame.place(point) for point in segment] for segment in entry.segments]
    lines = [line for line in places if len(line) > 1]
    parts = [_line(lines, look)] if lines else []
    few = sum(map(len, places)) <= _MOST_SIGNS
    signed = [place for line in places for place in line if few or len(line) == 1]
    if signed:
        size = 3.2 if len(signed) <= _MOST_SIGNS else 1.2
        parts.append(path([_SIGNS[look.sign](place, size) for place in signed], fill=look.colour))
    if entry.best_point:
        parts.append(_best(frame.place(entry.best_point), look))
    return parts


def _line(lines: Sequence[Sequence[Place]], look: Style) -> str:
    dash = {"stroke_dasharray": look.dash} if look.dash else {}
    return path(lines, fill="none", stroke=look.colour, stroke_width=1.8, stroke_linejoin="round", **dash)


def _best(place: Place, look: Style) -> str:
    return path([_diamond(place, 6)], fill=look.colour, stroke="#ffffff", stroke_width=1.2)


def _circle(place: Place, size: float) -> list[Place]:
    """A polygon, which at this size is a circle."""
    x, y = place
    return [(x + size * math.cos(turn * math.pi / 8), y + size * math.sin(turn * math.pi / 8)) for turn in range(16)]


def _square(place: Place, size: float) -> list[Place]:
    (x, y), side = place, size * 0.9
    return [(x - side, y - side), (x + side, y - side), (x + side, y + side), (x - side, y + side)]


def _triangle(place: Place, size: float) -> list[Place]:
    (x, y), side = place, size * 1.2
    return [(x, y - side), (x + side, y + size), (x - side, y + size)]


def _hanging(place: Place, size: float) -> list[Place]:
    (x, y), side = place, size * 1.2
    return [(x, y + side), (x - side, y - size), (x + side, y - size)]


def _cross(place: Place, size: float) -> list[Place]:
    (x, y), thin = place, size * 0.35
    return [
        (x - thin, y - size), (x + thin, y - size), (x + thin, y - thin), (x + size, y - thin),
        (x + size, y + thin), (x + thin, y + thin), (x + thin, y + size), (x - thin, y + size),
        (x - thin, y + thin), (x - size, y + thin), (x - size, y - thin), (x - thin, y - thin),
    ]  # fmt: skip


def _diamond(place: Place, size: float) -> list[Place]:
    x, y = place
    return [(x, y - size), (x + size * 0.8, y), (x, y + size), (x - size * 0.8, y)]


_SIGNS = (_circle, _square, _triangle, _hanging, _cross)
"""What stands at the points of a curve; the diamond is kept for the best."""


# The legend


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a legend."""

    words: str
    look: Style | None = None
    """The curve that it names."""

    best: Style | None = None
    """The curve whose best value it tells."""


@dataclass(frozen=True, slots=True)
class Legend:
    """The lines beside the axes."""

    rows: tuple[Row, ...]

    @property
    def wide(self) -> float:
        """In pixels, with the samples of the curves."""
        return _SAMPLE + 8 + max(_wide(row.words) for row in self.rows)

    def parts(self, left: float, top: float) -> list[str]:
        """The legend, with its upper left corner at a place."""
        found = []
        for index, row in enumerate(self.rows):
            y = top + index * _LINE
            if row.look:
                found.append(_line([[(left, y), (left + _SAMPLE, y)]], row.look))
                found.append(path([_SIGNS[row.look.sign]((left + _SAMPLE / 2, y), 3.2)], fill=row.look.colour))
            if row.best:
                found.append(_best((left + _SAMPLE / 2, y), row.best))
            colour = _INK if row.look else _DIM
            found.append(text(row.words, (left + _SAMPLE + 8, y + 4), fill=colour))
        return found


def _legend(panel: Panel, wide: float, high: float) -> Legend:
    """Each curve with its last and best value, as far as there is room; the names first."""
    letters = _fitting(wide - _SAMPLE - 8)
    most = max(int((high - _TOP) / _LINE), 1)
    names = _names(panel, letters)
    whole: list[Row] = []
    short: list[Row] = []
    for index, (entry, name) in enumerate(zip(panel.entries, names, strict=True)):
        look = style(index)
        short.append(Row(name, look if entry.segments else None))
        whole.append(short[-1])
        if entry.value:
            whole.append(Row(f"last {entry.value}, {entry.place}"))
        if entry.best:
            whole.append(Row(entry.best, best=look))
        if entry.missing:
            whole.append(Row(entry.missing))
    notes = [Row(note) for note in panel.notes]
    rows = [*whole, *notes] if len(whole) + len(notes) <= most else [*short, *notes]
    if len(rows) > most:
        rows = [*rows[: most - 1], Row(f"+ {len(rows) - most + 1} more")]
    return Legend(tuple(Row(cut(row.words, letters), row.look, row.best) for row in rows))


def _names(panel: Panel, letters: int) -> list[str]:
    """The names of the curves, cut where they do not differ."""
    names = [entry.name for entry in panel.entries]
    found = []
    for index, entry in enumerate(panel.entries):
        lead = f"{entry.letter} " if entry.letter else ""
        found.append(lead + shorten(entry.name, letters - len(lead), [*names[:index], *names[index + 1 :]]))
    return found
