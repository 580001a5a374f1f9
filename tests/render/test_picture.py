"""Pictures of screens: what is in each kind of file, and that it needs nothing from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import TerminalTheme

from tests.render.pixels import pixels
from tui.render.picture import Picture, picture
from tui.render.screenshot import KINDS, file_name, screenshot

THEME = TerminalTheme((18, 22, 28), (214, 219, 226), [(0, 0, 0)] * 8, [(255, 255, 255)] * 8)
SVG = "{http://www.w3.org/2000/svg}"
SCALE = 2


def picture_of(*lines: str | Sequence[tuple[str, str]], columns: int = 20, title: str = "a run") -> Picture:
    """A picture of lines, each a text or texts with their styles."""
    strips = [
        [Segment(line)] if isinstance(line, str) else [Segment(text, Style.parse(style)) for text, style in line]
        for line in lines
    ]
    return picture(title, strips, columns, THEME)


def svg(shown: Picture) -> ElementTree.Element:
    return ElementTree.fromstring(screenshot(shown, "svg"))


def words(shown: Picture) -> list[tuple[str, float, float]]:
    """The texts of the SVG with their places."""
    return [(e.text or "", float(e.get("x", "")), float(e.get("y", ""))) for e in svg(shown).iter(f"{SVG}text")]


def test_text_is_what_the_screen_says() -> None:
    shown = picture_of("╭─ Cards ─╮", "│ f1 0.92 │   ", "")
    assert screenshot(shown, "txt").decode() == "╭─ Cards ─╮\n│ f1 0.92 │\n\n"


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_picture_gives_the_same_bytes(kind: str) -> None:
    first, second = (picture_of([("│ ", "blue"), ("★ 0.92", "bold green")], "⣀⡠⠔⠊⠉") for _ in range(2))
    assert screenshot(first, kind) == screenshot(second, kind)


@pytest.mark.parametrize("kind", ["svg", "html"])
def test_nothing_is_fetched(kind: str) -> None:
    data = screenshot(picture_of("https://example.org/x.css", "url(//example.org/f)"), kind).decode()
    outside = re.sub(r"<(text|pre)\b.*?</\1>", "", data, flags=re.DOTALL)
    assert set(re.findall(r"https?://[^\s\"')]+", outside)) == {"http://www.w3.org/2000/svg"}
    assert re.findall(r"url\((?!data:)", outside) == []
    assert not re.search(r"<(?:script|link|img|image|use|iframe|foreignObject)\b|\son\w+=", outside)


@pytest.mark.parametrize("kind", ["svg", "html"])
def test_the_font_comes_with_it(kind: str) -> None:
    data = screenshot(picture_of("x"), kind).decode()
    assert data.count("url(data:font/woff2;base64,") == 2


def test_letters_stand_in_their_columns() -> None:
    assert words(picture_of("a   b", "  cd e")) == [("a", 0, 14), ("b", 36, 14), ("cd e", 18, 32)]


def test_letters_behind_wide_ones_stand_in_their_columns() -> None:
    assert words(picture_of("日本 x")) == [("日", 0, 14), ("本", 18, 14), ("x", 45, 14)]


def test_every_text_is_told_how_wide_it_is() -> None:
    found = [(e.text, e.get("textLength")) for e in svg(picture_of("abc 日", "e\u0301\u0323x")).iter(f"{SVG}text")]
    assert found == [("abc", "27"), ("日", "18"), ("\u1eb9\u0301", "9"), ("x", "9")]


def test_markup_is_text() -> None:
    shown = picture_of("<b>&amp;</b> ]]>", title="</title><script>")
    assert words(shown)[0][0] == "<b>&amp;</b> ]]>"
    assert svg(shown).findtext(f"{SVG}title") == "</title><script>"


def test_a_page_has_the_text_to_be_copied() -> None:
    class Reader(HTMLParser):
        text = ""
        is_pre = False

        def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
            self.is_pre |= tag == "pre"

        def handle_data(self, data: str) -> None:
            self.text += data if self.is_pre else ""

    shown = picture_of("╭─ <Cards> ─╮", "│ ⣀⡠ 日本 &lt; │")
    reader = Reader()
    reader.feed(screenshot(shown, "html").decode())
    assert reader.text.rstrip("\n") == "╭─ <Cards> ─╮\n│ ⣀⡠ 日本 &lt; │"


def look_of(style: str) -> tuple[str, str]:
    look = picture_of([("x", style)]).rows[0][0].look
    return look.ink, look.ground


@pytest.mark.parametrize(
    ("style", "ink", "ground"),
    [
        ("", "#d6dbe2", "#12161c"),
        ("#ff0000 on #0000ff", "#ff0000", "#0000ff"),
        ("reverse", "#12161c", "#d6dbe2"),
        ("#ff0000 on #0000ff reverse", "#0000ff", "#ff0000"),
        ("dim #ffffff on #000000", "#999999", "#000000"),
        ("black", "#000000", "#12161c"),
    ],
)
def test_colours_are_those_that_a_terminal_shows(style: str, ink: str, ground: str) -> None:
    assert look_of(style) == (ink, ground)


def test_control_characters_are_pictures() -> None:
    shown = picture_of("a\x1b[31mb")
    assert screenshot(shown, "txt") == "a␛[31mb\n".encode()
    assert ("ESC", 9.0, 14.0) in words(shown)


def test_ink_is_where_the_screen_has_it() -> None:
    lines = ["╭─ Cards ───╮", "│ ▸ 0.92 F1 │", "│ ⣿⡇ █▄ ━━  │", "╰───────────╯", " ◆ ★ × – ≈ ▲ "]
    shown = picture_of(*lines, columns=13)
    png = pixels(screenshot(shown, "png"))
    assert (png.wide, png.high) == ((13 * 9 + 18) * SCALE, (5 * 18 + 18) * SCALE)
    for y, line in enumerate(lines):
        for x, character in enumerate(line):
            left, top = (9 + x * 9) * SCALE, (9 + y * 18) * SCALE
            colours = png.within(left + 2, top + 1, left + 9 * SCALE - 2, top + 18 * SCALE - 1)
            assert (colours == {"#12161c"}) == (character == " "), (y, x, character, colours)


def test_colours_are_in_the_pixels() -> None:
    png = pixels(screenshot(picture_of([("██", "#ff0000"), ("  ", "on #00ff00")], columns=5), "png"))
    assert png.within(20, 20, 52, 52) == {"#ff0000"}
    assert png.within(56, 20, 88, 52) == {"#00ff00"}
    assert png.within(92, 20, 106, 52) == {"#12161c"}


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("bert-base_v1.2", "bert-base_v1.2"),
        ("../../etc/passwd", "etc-passwd"),
        ("Röntgen: 日本 \x1b[31m", "R-ntgen-31m"),
        ("...", "screen"),
        ("a" * 100, "a" * 60),
    ],
)
def test_names_of_files_are_harmless(title: str, name: str) -> None:
    assert file_name(title) == name
