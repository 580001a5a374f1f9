"""A pane of lines of which only those on the screen are ever made: the base of tree, detail and curves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Protocol

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.render.line import STYLES, Line, Span, wrap_spans
from tui.render.text import head, width

_CSS = """
LinesPane {
    scrollbar-size-vertical: 1;
    scrollbar-size-horizontal: 0;
    overflow-x: hidden;
    overflow-y: auto;
    border: round $panel-lighten-2;
    border-title-color: $text;
    border-subtitle-color: $text-muted;
    padding: 0 1;
}
LinesPane:focus { border: round $primary; border-title-style: bold; }
LinesPane .lines--accent { color: $accent; }
LinesPane .lines--bad { color: $error; }
LinesPane .lines--code { color: $secondary; }
LinesPane .lines--dim { color: $foreground 60%; }
LinesPane .lines--error { color: $error; text-style: bold; }
LinesPane .lines--good { color: $success; text-style: bold; }
LinesPane .lines--heading { color: $primary; text-style: bold; }
LinesPane .lines--info { color: $primary; }
LinesPane .lines--label { color: $foreground 75%; }
LinesPane .lines--link { color: $primary; text-style: underline; }
LinesPane .lines--quote { color: $foreground 60%; }
LinesPane .lines--strong { text-style: bold; }
LinesPane .lines--title { color: $accent; text-style: bold; }
LinesPane .lines--warning { color: $warning; text-style: bold; }
LinesPane .lines--series-1 { color: $primary; }
LinesPane .lines--series-2 { color: $warning; }
LinesPane .lines--series-3 { color: $success; }
LinesPane .lines--series-4 { color: $error; }
LinesPane .lines--series-5 { color: $secondary; }
LinesPane .lines--series-6 { color: $accent; }
LinesPane .lines--cursor { background: $primary 30%; text-style: bold; }
LinesPane .lines--hit { background: $warning; color: $background; }
"""


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


class LinesPane(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows lines; where one is wider than the pane it is cut with a mark, or panned where it allows that."""

    DEFAULT_CSS = _CSS
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"lines--{style}" for style in (*STYLES, "cursor", "hit")}

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.lines: Lines = Fixed()
        self.pan_cells = 0
        """How far wide lines are moved to the left."""

        self.hit_words = ""
        """What is marked in the lines, regardless of case."""

        self._styles: dict[str, Style] = {}

    def show_lines(self, lines: Lines) -> None:
        """Show other lines; the scroll position stays as far as it can."""
        self.lines = lines
        self.virtual_size = Size(self.room, len(lines))
        self.refresh()

    def show_words(self, sentence: str) -> None:
        """Show a sentence, wrapped."""
        self.show_lines(Fixed([Line(tuple(spans)) for spans in wrap_spans([(sentence, "")], self.room)]))

    @property
    def room(self) -> int:
        """The cells of a line."""
        return max(self.scrollable_content_region.width, 1)

    def notify_style_update(self) -> None:
        """Forget the styles of the theme before."""
        self._styles.clear()
        super().notify_style_update()

    def style_of(self, name: str) -> Style:
        """The colours of a style name in the theme."""
        if name not in self._styles:
            component = self.get_component_styles(f"lines--{name}" if name else "lines--strong")
            style = component.rich_style
            background = style.bgcolor if name in {"cursor", "hit"} else None
            bold = None if not name else style.bold
            self._styles[name] = Style(color=style.color, bgcolor=background, bold=bold, underline=style.underline)
        return self._styles[name]

    def render_line(self, y: int) -> Strip:
        """The strip at a line of the pane."""
        index = y + self.scroll_offset.y
        if index >= len(self.lines):
            return Strip.blank(self.room)
        cells = self.room
        line = self.lines.line(index, cells)
        if y == 0 and line.head is not None:
            line = line.head
        strip = self.strip_of(line)
        return strip.apply_style(self.style_of("cursor")) if self.has_cursor(index) else strip

    def strip_of(self, line: Line) -> Strip:
        """A line in the colours of the theme, as wide as the pane."""
        spans = self.fitted(line, self.room)
        segments = [Segment(text, self.style_of(style)) for text, style in spans if text]
        return Strip(self._with_hits(segments)).adjust_cell_length(self.room)

    def has_cursor(self, index: int) -> bool:  # noqa: ARG002 - for panes that have one
        """Whether the line at an index is the one that keys act on."""
        return False

    def fitted(self, line: Line, cells: int) -> list[Span]:
        """The part of a line that fits; what is cut off at an end shows as ``…``."""
        size = line.width
        if size <= cells and not (line.pans and self.pan_cells):
            return list(line.spans)
        if not line.pans:
            return [*take(line.spans, 0, cells - 1), ("…", "dim")]
        fixed = min(line.fixed, cells // 2)
        start = fixed + self.pan_cells
        shown = [*take(line.spans, 0, fixed), *take(line.spans, start, cells - fixed)]
        if size - start > cells - fixed:
            shown = [*take(shown, 0, cells - 1), ("…", "dim")]
        return shown

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
            edges = sorted({position, end, *(e for p in places for e in p if position < e < end)})
            for left, right in zip(edges, edges[1:], strict=False):
                marked = any(p[0] <= left and right <= p[1] for p in places)
                piece = segment.text[left - position : right - position]
                found.append(Segment(piece, hit if marked else segment.style))
            position = end
        return found


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
