"""A framed pane of lines: the base of tree, detail and curves.

It draws its own frame, title and scroll thumb, and of all that only the rows that changed: over SSH every byte
counts, and Textual's borders, titles and scroll bars repaint the whole widget. Only lines on the screen are made.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.render.line import Line, Shape, Span
from tui.render.tables import GAP
from tui.render.text import cut, head, visible, width
from tui.widgets.palette import palette

CODE_STEP = 12
"""Cells by which code moves at a key."""

_WHEEL = 3
"""Lines by which a notch of the mouse wheel scrolls."""


AIMED_AT = "aimed_at"
"""The attribute of a key's event that names the pane which it was given to."""


class Lines(Protocol):
    """Any number of lines, each made on demand for a width in cells."""

    def __len__(self) -> int: ...

    def line(self, index: int, cells: int) -> Line:
        """The line at an index."""
        ...


class Fixed:
    """Lines that were made before."""

    def __init__(self, lines: Sequence[Line] = ()) -> None:
        self.lines = lines

    def __len__(self) -> int:
        return len(self.lines)

    def line(self, index: int, cells: int) -> Line:  # noqa: ARG002 - made for their width already
        """The line at an index."""
        return self.lines[index]


class LinesPane(Widget, can_focus=True, inherit_bindings=False):
    """Shows lines; where one is wider than the pane it is cut with a mark, or panned where it allows that."""

    framed = True
    """Whether there is a frame around the lines."""

    background = "background"
    """The theme's colour behind the lines."""

    def __init__(self, *, id: str, title: str = "") -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.lines: Lines = Fixed()
        self.top = 0
        """Index of the line at the top of the pane."""

        self.title = title
        """In the upper edge of the frame; any text."""

        self.subtitle = ""
        """In the lower edge of the frame; any text."""

        self.pan_steps = 0
        """How many columns of wide tables are moved out of sight."""

        self.hit_words = ""
        """What is marked in the lines, regardless of case."""

        self._styles: dict[str, Style] = {}
        self._strips: list[Strip] = []
        self._dragging = False

    def _forward_event(self, event: events.Event) -> None:
        """Note whom a key is given to: its focus may be gone before the key has its turn."""
        if isinstance(event, events.Key):
            setattr(event, AIMED_AT, self)
        super()._forward_event(event)

    # What is shown

    def show_lines(self, lines: Lines) -> None:
        """Show other lines; the scroll position stays as far as it can."""
        self.lines = lines
        self.scroll_top(self.top)

    def scroll_top(self, index: int) -> None:
        """Put the line at an index at the top, as far as there are lines below."""
        self.top = min(max(index, 0), max(len(self.lines) - self.page, 0))
        self.repaint()

    @property
    def room(self) -> int:
        """The cells of a line."""
        return max(self.size.width - (4 if self.framed else 2), 1)

    @property
    def page(self) -> int:
        """The lines that are on display at once."""
        return max(self.size.height - (2 if self.framed else 0), 1)

    def has_cursor(self, index: int) -> bool:  # noqa: ARG002 - for panes that have one
        """Whether the line at an index is the one that keys act on."""
        return False

    # Drawing

    def repaint(self) -> None:
        """Draw the rows that differ from what is on the screen."""
        if not self.size or not self.is_attached:
            return
        before, self._strips = self._strips, self._made()
        if len(before) != len(self._strips):
            self.refresh()
            return
        rows = enumerate(zip(before, self._strips, strict=True))
        changed = [Region(*_difference(old, new, y)) for y, (old, new) in rows if old != new]
        if changed:
            self.refresh(*changed)

    def render_line(self, y: int) -> Strip:
        """The strip at a row of the pane."""
        if len(self._strips) != self.size.height or (self._strips and self._strips[0].cell_length != self.size.width):
            self._strips = self._made()
        return self._strips[y]

    def notify_style_update(self) -> None:
        """Draw in the colours of another theme."""
        self._styles = {}
        self._strips = []
        super().notify_style_update()

    def on_focus(self) -> None:
        """Draw the frame in the colour of the focus."""
        self.repaint()

    def on_blur(self) -> None:
        """Draw the frame in the colour of a pane without focus."""
        self.repaint()

    def _made(self) -> list[Strip]:
        rows = [self._row(self.top + y, y == 0) for y in range(self.page)]
        return self._in_frame(rows) if self.framed else [Strip.join([self._blank, row, self._blank]) for row in rows]

    def _row(self, index: int, is_top: bool) -> Strip:
        if index >= len(self.lines):
            return Strip.blank(self.room, self.style_of(""))
        line = self.lines.line(index, self.room)
        if is_top and line.head is not None:
            line = line.head
        return self.strip_of(line, has_cursor=self.has_cursor(index))

    @property
    def _blank(self) -> Strip:
        return Strip.blank(1, self.style_of(""))

    def _in_frame(self, rows: list[Strip]) -> list[Strip]:
        style = self.style_of("focus" if self.has_focus else "frame")
        left, bar, thumb = Segment("│ ", style), Segment(" │", style), Segment(" ┃", self.style_of("focus"))
        first, last = self._thumb()
        framed = [self._edge("╭", self.title, "╮", style)]
        for y, row in enumerate(rows):
            right = thumb if first <= y < last else bar
            framed.append(Strip([left, *row, right], self.size.width))
        return [*framed, self._edge("╰", self.subtitle, "╯", style)]

    def _edge(self, left: str, title: str, right: str, style: Style) -> Strip:
        """An edge of the frame; its title stands left in the upper, right in the lower one."""
        inner = max(self.size.width - 2, 0)
        if not title or inner < 8:
            return Strip([Segment(left + "─" * inner + right, style)], self.size.width)
        text = f" {cut(visible(title), inner - 4)} "
        rest = "─" * (inner - 1 - width(text))
        words = Segment(text, self.style_of("focused" if self.has_focus else ""))
        ends = (f"{left}─", f"{rest}{right}") if left == "╭" else (f"{left}{rest}", f"─{right}")
        return Strip([Segment(ends[0], style), words, Segment(ends[1], style)], self.size.width)

    def _thumb(self) -> tuple[int, int]:
        """The rows of the scroll thumb, none where everything is on display."""
        total, page = len(self.lines), self.page
        if total <= page:
            return 0, 0
        size = max(page * page // total, 1)
        start = round(self.top / (total - page) * (page - size))
        return start, start + size

    def style_of(self, name: str) -> Style:
        """The colours of a style name in the theme; of plain text for the empty name."""
        if not self._styles:
            self._styles = palette(self.app.theme_variables, self.background)
        return self._styles[name]

    def strip_of(self, line: Line, *, has_cursor: bool = False) -> Strip:
        """A line in the colours of the theme, as wide as the pane's room."""
        if self.app.has_class("-ascii"):
            from tui.render.ascii import marked  # noqa: PLC0415 - few terminals are such

            line = marked(line)
        spans = self.fitted(line, self.room)
        segments = self._with_hits([Segment(text, self.style_of(style)) for text, style in spans if text])
        rest = self.style_of("")
        if has_cursor:
            over = self.style_of("cursor")
            segments = [Segment(text, style + over if style else over) for text, style, _ in segments]
            rest += over
        return Strip(segments).adjust_cell_length(self.room, rest)

    def fitted(self, line: Line, cells: int) -> list[Span]:
        """The part of a line that fits; what is cut off shows as ``…``, and columns are never cut through."""
        shape = line.table
        if shape is None or shape.width <= cells:
            return list(line.spans) if line.width <= cells else [*take(line.spans, 0, cells - 1), ("…", "dim")]
        fixed, start, end = self._window(shape, cells)
        shown = [*take(line.spans, 0, fixed), *take(line.spans, start, end - start)]
        if line.width > end:
            used = sum(width(text) for text, _ in shown)
            shown.append((" " * (cells - 1 - used) + "…", "dim"))
        return shown

    def _window(self, shape: Shape, cells: int) -> tuple[int, int, int]:
        """Of a table that is too wide: the cells that stay, and the first of the others and where they end."""
        fixed = max((stop for stop in shape.stops if stop <= min(shape.fixed, cells // 2)), default=shape.fixed)
        start = self._pan_start(shape, fixed, cells - fixed)
        end = start + cells - fixed
        if end < shape.width:
            last = end - 1  # the cell of the mark
            end = max((min(stop, last) for stop in shape.stops if start < stop <= last + GAP), default=last)
        return fixed, start, end

    def column_cells(self, shape: Shape, column: int) -> range:
        """Where a column of a table stands in the pane's lines, as far as it is on the screen."""
        edges = [*shape.stops, shape.width + GAP]
        left, right = edges[column], edges[column + 1] - GAP
        if shape.width <= self.room:
            return range(left, right)
        fixed, start, end = self._window(shape, self.room)
        if right <= fixed:
            return range(left, right)
        return range(max(left, start) - start + fixed, max(min(right, end), start) - start + fixed)

    def _pan_start(self, shape: Shape, fixed: int, room: int) -> int:
        """The cell of a table that stands behind its fixed ones: the start of a column, or any of code."""
        if not shape.stops:
            return min(fixed + self.pan_steps * CODE_STEP, max(shape.width - room, fixed))
        stops = [stop for stop in shape.stops if stop >= fixed]
        needed = next((i for i, stop in enumerate(stops) if shape.width - stop <= room), len(stops) - 1)
        return stops[min(self.pan_steps, needed)]

    def _with_hits(self, segments: list[Segment]) -> list[Segment]:
        """The segments with the words that are searched for marked, also where styles change within them."""
        if not self.hit_words:
            return segments
        text = "".join(segment.text for segment in segments).casefold()
        places: list[tuple[int, int]] = []
        start = text.find(self.hit_words)
        while start >= 0:
            places.append((start, start + len(self.hit_words)))
            start = text.find(self.hit_words, start + len(self.hit_words))
        if not places:
            return segments
        hit = self.style_of("hit")
        found: list[Segment] = []
        position = 0
        for segment in segments:
            end = position + len(segment.text)
            edges = sorted({position, end, *(e for place in places for e in place if position < e < end)})
            for left, right in pairwise(edges):
                marked = any(place[0] <= left and right <= place[1] for place in places)
                piece = segment.text[left - position : right - position]
                found.append(Segment(piece, hit if marked else segment.style))
            position = end
        return found

    # The mouse

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll down by a notch."""
        event.stop()
        self.scroll_top(self.top + _WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll up by a notch."""
        event.stop()
        self.scroll_top(self.top - _WHEEL)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to drag the scroll thumb."""
        if self.framed and event.x == self.size.width - 1 and len(self.lines) > self.page:
            self._dragging = True
            self.capture_mouse()
            self._drag_to(event.y)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag the scroll thumb."""
        if self._dragging:
            self._drag_to(event.y)

    def on_mouse_up(self, _event: events.MouseUp) -> None:
        """Let the scroll thumb go."""
        if self._dragging:
            self._dragging = False
            self.release_mouse()

    def _drag_to(self, y: int) -> None:
        share = (y - 1) / max(self.page - 1, 1)
        self.scroll_top(round(share * (len(self.lines) - self.page)))


def _difference(old: Strip, new: Strip, y: int) -> tuple[int, int, int, int]:
    """(x, y, width, height) of what differs between two strips of one width, whole segments at a time."""
    start, end = 0, new.cell_length
    for before, after in zip(old, new, strict=False):
        if before != after:
            break
        start += width(after.text)
    for before, after in zip(reversed(list(old)), reversed(list(new)), strict=False):
        if before != after or end <= start:
            break
        end -= width(after.text)
    return start, y, max(end - start, 1), 1


def take(spans: Sequence[Span], start: int, cells: int) -> list[Span]:
    """The part of styled text from cell `start` on, at most `cells` cells long."""
    found: list[Span] = []
    position = 0
    for text, style in spans:
        size = width(text)
        if position + size > start and cells > 0:
            piece = text
            if position < start:
                piece = text[len(head(text, start - position)) :]
            piece = head(piece, cells)
            found.append((piece, style))
            cells -= width(piece)
        position += size
    return found
