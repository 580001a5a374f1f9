"""A card as a Markdown report, read back by a Markdown parser with GitHub's tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests import stated
from tests.render.making import ESCAPES, facts_of, table_of, trainer_card
from tui.cards.model import Card, History, Run
from tui.cards.read import parse, read
from tui.judge.verdict import judge
from tui.render.markdown_text import escaped, fenced, paragraph, table
from tui.render.report import report
from tui.render.text import visible

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
MARKUP = (
    "a|b", "a\\|b", "a\\", "\\", "|", "*a*", "**a**", "_a_", "__a__", "a_b_c", "`a`", "``", "[a](b)", "![a](b)",
    "<b>a</b>", "<!-- a", "&amp;", "&#42;", "AT&T", "~~a~~", "# a #", "a # b", "https://a.b", "www.a.b", "a@b.c", "$a$",
    "[MASK]", "<unk>", "\\*", "a\\*b*", "{'f1': 0.9}", "-", "- a", "+ a", "1. a", "1) a", "> a", "---", "===", "```",
    "~~~", "-0.5",
)  # fmt: skip


def tables(markdown: str) -> list[list[list[str]]]:
    """Table → row → cell: what a reader sees of each; fails where a cell has markup."""
    found: list[list[list[str]]] = []
    tokens = PARSER.parse(markdown)
    for index, token in enumerate(tokens):
        if token.type == "table_open":
            found.append([])
        elif token.type == "tr_open":
            found[-1].append([])
        elif token.type in {"th_open", "td_open"}:
            found[-1][-1].append(plain(tokens[index + 1]))
    return found


def plain(inline: Token) -> str:
    """The text of an inline token that holds nothing but text."""
    assert {child.type for child in inline.children or ()} <= {"text", "text_special"}, inline.content
    return "".join(child.content for child in inline.children or ())


def headings(markdown: str) -> Iterator[tuple[str, str]]:
    """(tag, text) of each heading."""
    tokens = PARSER.parse(markdown)
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            yield token.tag, plain(tokens[index + 1])


def report_of(card: Card) -> str:
    """The card's report."""
    return report(card, judge(card))


@pytest.mark.parametrize("text", MARKUP)
def test_a_text_stands_in_a_cell_as_it_is(text: str) -> None:
    assert tables("\n".join(table(["a", text], [[text, text], [text]]))) == [[["a", text], [text, text], [text, ""]]]


@pytest.mark.parametrize("text", MARKUP)
def test_a_text_stands_in_a_paragraph_as_it_is(text: str) -> None:
    for source in (paragraph(text), f"# {paragraph(text)}", f"- {paragraph(text)}"):
        (inline,) = (token for token in PARSER.parse(source) if token.type == "inline")
        assert plain(inline) == text


def test_line_ends_and_controls_are_made_visible() -> None:
    assert "\n" not in escaped("a\nb")
    assert escaped("a\nb\x1b[31m") == "a␊b␛\\[31m"


def test_usual_names_and_numbers_are_not_disfigured() -> None:
    for text in ("learning_rate", "5e-05", "-0.5", "No log", "F1 (macro)", "{'f1': 0.9}", "2.5.1+cu124"):
        assert escaped(text) == text


@pytest.mark.parametrize("text", ["a", "```", "````\n```", "a\n\n```python\nb"])
def test_code_stands_in_a_fence_as_it_is(text: str) -> None:
    (token,) = PARSER.parse("\n".join(fenced(text)))
    assert (token.type, token.content) == ("fence", text + "\n")


@pytest.mark.parametrize("path", stated.SAMPLE_CARDS, ids=stated.sample_id)
def test_everything_that_a_card_states_is_in_tables(path: Path) -> None:
    found = tables(report_of(read(path)))
    if stated.results(path):
        assert set(stated.results(path)) <= {tuple(row[:2]) for row in found[0]}
        assert found[0][0] == ["Metric", "Reported", "Best", "Best at", "Last"]
    cells = [[cell.removeprefix("× ") for cell in row if cell] for rows in found for row in rows]
    assert all([cell for cell in row if cell] in cells for row in stated.history(path))
    assert all([name, " ".join(value.split())] in cells for name, value in stated.hyperparameters(path))


def test_the_parts_stand_in_the_order_of_questions() -> None:
    parts = [
        "bert-multilingual-shipping-notice-ner", "Results", "Findings", "Problems", "Hyperparameters",
        "Training history", "Estimates", "Environment",
    ]  # fmt: skip
    names = [text for _, text in headings(report_of(read(stated.SAMPLES / "shipping-notices" / "README.md")))]
    assert names[: len(parts)] == parts


def test_findings_and_problems_are_told_with_their_codes() -> None:
    text = report_of(read(stated.SAMPLES / "spoiler-detector" / "README.md"))
    assert any(line.startswith("- warning: ") and line.endswith("(`overfitting`)") for line in text.splitlines())
    text = report_of(read(stated.SAMPLES / "shipping-notices" / "README.md"))
    assert any(line.startswith("- line 86: ") and line.endswith("(`ragged-row`)") for line in text.splitlines())


def test_the_reported_row_is_told() -> None:
    rows = [(1, 10, "0.4"), (2, 20, "0.3"), (3, 30, "0.5")]
    card = trainer_card("- Loss: 0.5", table_of(["Epoch", "Step", "Validation Loss"], rows))
    text = report_of(card)
    assert "Reported: row 3 of 3 (epoch 3, step 30): last." in text
    bold = [rows[0], [f"**{cell}**" for cell in rows[1]], rows[2]]
    history = table_of(["Epoch", "Step", "Validation Loss"], bold) + "\n* The bold row denotes the saved checkpoint."
    kept = report_of(trainer_card("- Loss: 0.5", history))
    assert "Reported: row 3 of 3 (epoch 3, step 30): last. Saved: row 2 (epoch 2, step 20)." in kept
    assert tables(text)[0][1] == ["Loss", "0.5", "0.3", "epoch 2, step 20", "0.5"]


def test_rows_of_another_length_are_marked_and_lose_no_cell() -> None:
    source = "| Epoch | Step | Loss |\n|---|---|---|\n| 1.0 | 10 | 0.4 |\n| 2.0 | 20 |\n| 3.0 | 30 | 0.5 | 0.6 |"
    text = report_of(trainer_card("- Loss: 0.4", source))
    assert tables(text)[1] == [
        ["Epoch", "Step", "Loss", ""], ["1.0", "10", "0.4", ""], ["× 2.0", "20", "", ""], ["× 3.0", "30", "0.5", "0.6"]
    ]  # fmt: skip


def test_rows_in_another_order_than_the_header_are_marked() -> None:
    card = trainer_card("- Loss: 0.4", "| Epoch | Validation Loss |\n|---|---|\n| 1.0 | 0.4 |")
    (row,) = card.history.rows
    doubtful = replace(card, history=History(card.history.columns, (replace(row, unsure=True),)))
    assert tables(report_of(doubtful))[1][1] == ["× 1.0", "0.4"]


@pytest.mark.parametrize("text", [ESCAPES, "**a** | [b](c) `d` <img src=x> \\"])
def test_markup_of_names_and_values_has_no_effect(text: str) -> None:
    inner = text.replace("|", "\\|")
    card = trainer_card(
        f"- Loss {text}: {text}",
        f"| Epoch | {inner} |\n|---|---|\n| 1.0 | {inner} |",
        f"- seed {text}: {text}",
        front=f"license: '{'x' if text == ESCAPES else text}'\ntags:\n- generated_from_trainer",
    )
    found = report_of(card)
    assert all(tables(found))
    assert any(visible(text).strip() in cell for rows in tables(found) for row in rows for cell in row)
    assert [c for c in found if c != "\n" and (ord(c) < 0x20 or 0x7F <= ord(c) <= 0x9F or c in "\u202e\u2066")] == []


def test_sections_are_markdown() -> None:
    text = report_of(parse(b"---\nlicense: mit\n---\n\n# m\n\n## Use\n\nIt is *good*.\n\n- a\n", "m.md"))
    assert text.endswith("## Use\n\nIt is *good*.\n\n- a")


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "words <img src=x onerror=y> words",
        "<div>\nwords\n</div>",
        "words\n<!-- never closed\nwords",
    ],
)
def test_sections_with_html_are_shown_as_source(html: str) -> None:
    text = report_of(parse(f"---\nlicense: mit\n---\n\n# m\n\n## Use\n\n{html}\n\nwords\n".encode(), "m.md"))
    tokens = [t for token in PARSER.parse(text) for t in (token, *(token.children or ()))]
    assert not any(token.type.startswith("html") for token in tokens)
    assert html in next(token.content for token in tokens if token.type == "fence")


COMMENTS = {
    "block": ("a\n\n<!-- more -->\n\nb", "a\n\nb"),
    "lines": ("<!-- more\n\nand more -->\n\n- a\n- b", "- a\n- b"),
    "at-the-end": ("a\n\n<!-- more -->", "a"),
    "between-lines": ("a\n<!-- more -->\nb", "a\n\nb"),
    "inline": ("words <!-- more --> *words*", "words  *words*"),
    "inline-lines": ("words <!-- more\nand more --> words", "words  words"),
    "in-a-list": ("- a <!-- more -->\n- b", "- a\n- b"),
    "in-a-quote": ("> <!-- more -->\n> a", ">\n> a"),
    "two": ("<!-- a --><!-- b -->\na", "a"),
    "in-a-fence": ("```\n<!-- code -->\n\n\nx\n```", "```\n<!-- code -->\n\n\nx\n```"),
    "in-code": ("`<!-- code -->` a", "`<!-- code -->` a"),
    "indented": ("a\n\n    <!-- code -->", "a\n\n    <!-- code -->"),
}


@pytest.mark.parametrize(("markdown", "shown"), COMMENTS.values(), ids=COMMENTS)
def test_comments_are_dropped_and_leave_markdown(markdown: str, shown: str) -> None:
    text = report_of(parse(f"---\nlicense: mit\n---\n\n# m\n\n## Use\n\n{markdown}\n".encode(), "m.md"))
    assert text.endswith(f"\n\n## Use\n\n{shown}")


def test_html_that_is_left_when_a_comment_is_dropped_is_shown_as_source() -> None:
    text = report_of(parse(b"---\nlicense: mit\n---\n\n# m\n\n## Use\n\n<scr<!-- -->ipt>a</script>\n", "m.md"))
    assert not any(token.type.startswith("html") for block in PARSER.parse(text) for token in block.children or ())


def test_a_section_without_words_is_its_heading() -> None:
    card = parse(b"---\nlicense: mit\n---\n\n# m\n\n## Use\n\n<!-- todo -->\n\n\n### How\n\nwords\n", "m.md")
    text = report_of(card)
    assert text.endswith("\n\n## Use\n\n### How\n\nwords")
    assert "\n\n\n" not in text


def test_metadata_is_a_table_as_people_wrote_it() -> None:
    front = "license: no\nlanguage:\n- no\n- en\nversion: 1.10\nnote: 'a | *b*'"
    found = tables(report_of(parse(f"---\n{front}\n---\n\n# m\n".encode(), "m.md")))
    assert found[-1] == [
        ["Key", "Value"], ["license", "no"], ["language", "no, en"], ["version", "1.10"], ["note", "a | *b*"]
    ]  # fmt: skip


def test_a_report_has_every_part_that_the_text_has() -> None:
    index = "model-index:\n- results:\n  - metrics:\n    - {type: f1, value: 0.5}\ntags:\n- generated_from_trainer"
    rows = "| Epoch | Step | Validation Loss |\n|---|---|---|\n| 1.0 | 10 | 0.4 |\n| 2.0 | 20 |"
    card = replace(trainer_card("- Loss: 0.4", rows, "- train_batch_size: 8", index), run=Run(global_step=20))
    titles = {line.section for line in facts_of(card, None) if line.section}
    assert {"Results", "Problems", "Run", "Metadata"} <= titles
    assert titles <= {text for tag, text in headings(report_of(card)) if tag == "h2"}


def test_a_card_without_anything_has_a_report() -> None:
    assert report_of(parse(b"---\nlicense: mit\n---\n", "m.md")).startswith("# m\n")


@pytest.mark.parametrize(
    "hostile",
    ["<script>x</script> " * 400, ("> " * 300) + "<b>x", "x" * 400_000 + " <b>x</b>"],
    ids=["long", "deep", "large"],
)
def test_html_that_cannot_be_looked_for_is_source(hostile: str) -> None:
    written = report_of(trainer_card(prose=f"## Words\n\n{hostile}"))
    tokens = [token for block in PARSER.parse(written) for token in (block, *(block.children or ()))]
    assert [token.type for token in tokens if token.type.startswith("html")] == []
