"""What a terminal shows of the bytes that it was sent: a small terminal of our own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from rich.cells import cell_len

_TOKEN = re.compile(
    r"\x1b\[(?P<private>[?<>=]?)(?P<numbers>[\d;:]*)(?P<between>[ -/]*)(?P<final>[@-~])"
    r"|\x1b\](?P<words>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    r"|\x1b[P_^X][^\x1b]*\x1b\\"
    r"|\x1b[ -/]*[0-~]"
    r"|(?P<control>[\x00-\x1f])"
    r"|(?P<text>[^\x00-\x1f]+)",
)


@dataclass(slots=True)
class Cell:
    """A character, and how it is shown."""

    text: str = " "
    style: tuple[int, ...] = ()
    """The parameters in force, colours with those that follow them."""


@dataclass(slots=True)
class Screen:
    """The screen of a terminal, and what was asked of it."""

    columns: int
    lines: int
    cells: list[list[Cell]] = field(default_factory=list)
    modes: set[str] = field(default_factory=set)
    """The private modes that are on."""

    asked: list[str] = field(default_factory=list)
    """Questions and other words to the terminal."""

    styles: set[tuple[int, ...]] = field(default_factory=set)
    """Every parameter of a style that was set, colours with their numbers."""

    _x: int = 0
    _y: int = 0
    _style: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Blank the screen."""
        self.cells = [[Cell() for _ in range(self.columns)] for _ in range(self.lines)]

    def resize(self, columns: int, lines: int) -> None:
        """Get another size, as terminals do that keep what fits."""
        before = self.cells
        self.columns, self.lines = columns, lines
        self.clear()
        for y, row in enumerate(before[:lines]):
            self.cells[y][: len(row[:columns])] = row[:columns]

    def show(self, data: str) -> None:
        """Obey what was written."""
        for match in _TOKEN.finditer(data):
            if match["text"]:
                self._write(match["text"])
            elif match["control"]:
                self._control(match["control"])
            elif match["words"] is not None:
                self.asked.append(match["words"])
            elif match["final"]:
                self._obey(match["private"], match["numbers"], match["between"] + match["final"])

    @property
    def text(self) -> str:
        """The lines of the screen."""
        return "\n".join("".join(cell.text for cell in row).rstrip() for row in self.cells)

    def style_of(self, words: str) -> tuple[int, ...]:
        """The style of the first of some words on the screen."""
        for row in self.cells:
            place = "".join(cell.text or " " for cell in row).find(words)
            if place >= 0:
                return row[place].style
        raise AssertionError(f"{words!r} is not on the screen:\n{self.text}")

    def _write(self, text: str) -> None:
        for character in text:
            cells = cell_len(character)
            if self._x + cells <= self.columns and self._y < self.lines and cells:
                self.cells[self._y][self._x] = Cell(character, self._style)
                for place in range(self._x + 1, self._x + cells):
                    self.cells[self._y][place] = Cell("", self._style)
            self._x += cells

    def _control(self, character: str) -> None:
        if character == "\r":
            self._x = 0
        elif character == "\n":
            self._y += 1

    def _obey(self, private: str, numbers: str, final: str) -> None:
        parts = [int(part) if part else 0 for part in numbers.replace(":", ";").split(";")]
        if final == "m" and not private:
            self._restyle(parts)
        elif final in {"H", "f"}:
            self._y, self._x = (max(part, 1) - 1 for part in (*parts, 1)[:2])
        elif final == "J":
            self.clear()
        elif final == "K":
            self.cells[self._y][self._x :] = [Cell() for _ in range(self.columns - self._x)]
        elif private == "?" and final in {"h", "l"}:
            (self.modes.add if final == "h" else self.modes.discard)(numbers)
            if numbers == "1049":
                self.clear()
        elif final.endswith("p") or final in {"n", "c"}:
            self.asked.append(f"{private}{numbers}{final}")

    def _restyle(self, parts: list[int]) -> None:
        style = list(self._style)
        while parts:
            part, *parts = parts
            count = 0
            if part == 0:
                style = []
            elif part in {38, 48}:
                count = 4 if parts[0] == 2 else 2
                style += [part, *parts[:count]]
                parts = parts[count:]
            else:
                style.append(part)
            if part:
                self.styles.add(tuple(style[-count - 1 :]) if part in {38, 48} else (part,))
        self._style = tuple(style)
