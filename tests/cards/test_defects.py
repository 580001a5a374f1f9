"""Cards that are named by what is wrong with them: what is told of each, and what is read all the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.cards.making import codes, read_text, trainer_card, words
from tui.cards.model import Card
from tui.cards.read import parse, read
from tui.judge.verdict import judge
from tui.render.card import facts

FOLDER = Path(__file__).parent / "defects"
FILES = {path.stem: path for path in sorted(FOLDER.glob("*.md"))}

Told = tuple[str, int, str, str]
"""(code, line, what stands on that line, words of the message)."""


@dataclass(frozen=True)
class Defect:
    """What a card with a defect must give; where nothing else is said, all that the card without it gives."""

    told: tuple[Told, ...] = ()
    name: str = "a-run"
    base_model: str | None = "bert-base"
    license: str | None = "mit"
    tags: tuple[str, ...] = ("generated_from_trainer",)
    metadata: dict[str, object] = field(default_factory=dict)
    """Further fields of the metadata."""

    results: tuple[str, ...] = ("Loss: 0.6000", "Accuracy: 0.8000")
    hyperparameters: tuple[str, ...] = ("learning_rate: 5e-05", "seed: 42")
    columns: tuple[str, ...] = ("Training Loss", "Epoch", "Step", "Validation Loss", "Accuracy")
    rows: tuple[tuple[str, ...], ...] = (
        ("0.9", "1.0", "100", "0.7000", "0.7000"),
        ("0.5", "2.0", "200", "0.6000", "0.8000"),
    )
    frameworks: tuple[str, ...] = ("Transformers 4.46.3", "Pytorch 2.5.1")
    prose: str = ""
    """What must still be shown as text."""


def told(code: str, line: int, stands: str, says: str) -> tuple[Told, ...]:
    return ((code, line, stands, says),)


NO_METADATA: dict[str, Any] = {"license": None, "tags": ()}
NO_HISTORY: dict[str, Any] = {"columns": (), "rows": ()}
NOTHING: dict[str, Any] = {
    "base_model": None,
    **NO_METADATA,
    **NO_HISTORY,
    "results": (),
    "hyperparameters": (),
    "frameworks": (),
}
RED = "\x1b[31m"
FIRST, LAST = Defect().rows

DEFECTS: dict[str, Defect] = {
    # front matter
    "no-front-matter": Defect(**NO_METADATA),
    "blank-lines-before": Defect(),
    "empty-front-matter": Defect(**NO_METADATA),
    "only-front-matter": Defect(
        name="only-front-matter",
        **NO_HISTORY,
        results=(),
        hyperparameters=(),
        frameworks=(),
    ),
    "front-matter-unclosed": Defect(told("front-matter-unclosed", 1, "---", "never closed")),
    "front-matter-closed-by-a-rule": Defect(told("front-matter-unclosed", 1, "---", "never closed")),
    "half-written-front-matter": Defect(
        told("front-matter-unclosed", 1, "---", "never closed"),
        **NO_HISTORY,
        name="a-r",
        base_model=None,
        results=(),
        hyperparameters=(),
        frameworks=(),
    ),
    "four-dashes": Defect(told("front-matter-fence", 1, "----", "4 dashes instead of three")),
    # metadata
    "yaml-bad-indent": Defect(
        told("yaml-error", 4, " - second", "not indented as the lines above it"), tags=("generated_from_trainer",)
    ),
    "yaml-tab": Defect(told("yaml-error", 4, "\t- en", "a tab")),
    "yaml-unclosed-quote": Defect(
        told("yaml-error", 3, 'title: "a run', "a quote that is not closed; title is not read")
    ),
    "yaml-stray-colon": Defect(told("yaml-error", 3, "title: a run: the", "a colon and a blank inside a text")),
    "yaml-line-without-key": Defect(told("yaml-error", 3, "We trained this", "a line that is no key: value pair")),
    "yaml-list": Defect(told("metadata-shape", 2, "- mit", "is a list"), **NO_METADATA),
    "yaml-text": Defect(told("metadata-shape", 2, "mit, generated", "is text"), **NO_METADATA),
    "yaml-number": Defect(told("metadata-shape", 2, "42", "is a number"), **NO_METADATA),
    "yaml-nulls": Defect(metadata={"metrics": None, "pipeline_tag": None, "datasets": [None]}),
    "yaml-duplicate-keys": Defect(
        told("duplicate-key", 3, "license: mit", "'license' stands twice; the last one counts")
    ),
    "yaml-anchors": Defect(metadata={"widget": ["generated_from_trainer"], "version": 1}),
    "yaml-alias-bomb": Defect(
        told("yaml-aliases", 9, "e: &e", "e, f, g, h and i of the metadata are not read: "),
        metadata={"a": ["x"] * 10, "b": [["x"] * 10] * 10},
    ),
    "yaml-dates-and-booleans": Defect(
        metadata={"date": "2024-99-99", "language": "no", "version": 1.1, "time": "12:30", "flag": "yes"}
    ),
    "yaml-fields-of-another-shape": Defect(
        (
            ("metadata-field", 2, "license:", "license is a mapping where a text is meant"),
            ("metadata-field", 4, "datasets:", "datasets holds a mapping where a text is meant"),
        ),
        license=None,
        metadata={"license": {"mit": None}},
    ),
    "yaml-list-as-key": Defect(told("yaml-key", 3, "[a, b]: c", "a key that is a list")),
    "yaml-two-documents": Defect(
        told("yaml-error", 6, "language: en", "no key: value pair"), metadata={"language": "en"}
    ),
    "model-index-as-mapping": Defect(told("model-index-shape", 5, "model-index:", "the model index is a mapping")),
    "conflict-in-front-matter": Defect(
        (
            ("merge-conflict", 3, "<<<<<<< HEAD", "git has left a conflict"),
            ("duplicate-key", 6, "language: fr", "'language' stands twice"),
        ),
        metadata={"language": "fr"},
    ),
    # bytes
    "byte-order-mark": Defect(),
    "utf-16-le": Defect(),
    "utf-16-be": Defect(),
    "utf-16-without-mark": Defect(),
    "crlf": Defect(),
    "lone-cr": Defect(),
    "nul": Defect(prose="A NUL \0 stands in this line"),
    "nul-in-front-matter": Defect(told("yaml-error", 3, "title: a\0run", "a control character; title is not read")),
    "latin-1": Defect(
        told("undecodable-bytes", 9, "Ein Wort", "byte 86 of the file is not UTF-8"), prose="Gr\ufffd\ufffde"
    ),
    "c1-and-bidi": Defect(name="a-run \u202eevil\x9b31m", prose="Controls \x9b\x90 and directions \u202e\u2066"),
    "ansi-escapes": Defect(
        told("yaml-error", 5, f"title: red{RED}", "a control character; title is not read"),
        name=f"a-run{RED}",
        results=(*Defect().results, f"F{RED}1: 0.5{RED}"),
        hyperparameters=(*Defect().hyperparameters, f"opt{RED}: adam{RED}"),
        columns=(*Defect().columns[:4], f"Acc{RED}"),
        rows=(FIRST, (*LAST[:4], f"0.8{RED}")),
        frameworks=(*Defect().frameworks, f"Tokenizers{RED} 0.20{RED}"),
    ),
    # tables
    "table-empty": Defect(**NO_HISTORY),
    "table-header-only": Defect(rows=()),
    "table-second": Defect(told("second-table", 31, "| Training Loss", "a second table"), prose="With another seed:"),
    "table-cut-by-blank-line": Defect(told("table-broken", 28, "| 0.5 ", "is not read"), rows=(FIRST,), prose="| 0.5 "),
    "table-short-row": Defect(
        told("ragged-row", 27, "| 0.5 ", "4 cells for 5 columns"), rows=(FIRST, ("0.5", "2.0", "200", "0.8000"))
    ),
    "table-long-row": Defect(
        told("ragged-row", 27, "| 0.5 ", "6 cells for 5 columns"), rows=(FIRST, (*LAST, "0.9000"))
    ),
    "table-duplicate-columns": Defect(
        columns=("Epoch", "Step", "Validation Loss", "Accuracy", "Accuracy", ""),
        rows=(("1.0", "100", "0.7000", "0.7000", "0.7100", "x"), ("2.0", "200", "0.6000", "0.8000", "0.8100", "y")),
    ),
    "table-in-comment": Defect(**NO_HISTORY),
    "table-in-fence": Defect(prose="| 0.9 "),
    "table-in-details": Defect(),
    "table-in-quote": Defect(
        told("table-unread", 24, "> | Training", "in a block quote"), **NO_HISTORY, prose="> | 0.9 "
    ),
    "table-as-text": Defect(**NO_HISTORY, prose="The loss fell to 0.6 in two epochs."),
    "table-without-header": Defect(
        told("table-unread", 24, "|---|---|---|", "a row of dashes has no header"), **NO_HISTORY, prose="| 1.0 | 100 |"
    ),
    "table-without-dashes": Defect(
        told("table-unread", 24, "| Epoch | Step", "no row of dashes below it"), **NO_HISTORY, prose="| 1.0 | 100 |"
    ),
    "table-dashes-too-few": Defect(
        told("table-unread", 24, "| Epoch | Step", "3 cells and the row of dashes below 2"),
        **NO_HISTORY,
        prose="| 1.0 | 100 |",
    ),
    "table-under-heading": Defect(),
    "table-without-outer-pipes": Defect(),
    "table-escaped-pipes": Defect(
        columns=("Epoch", "Note", "Validation Loss"), rows=(("1.0", "a | b", "0.7000"), ("2.0", "|", "0.6000"))
    ),
    "table-wide-cell": Defect(rows=((*FIRST[:3], "[0.7123456789, 0.7]", "0.7000"), LAST)),
    "table-cells-of-several-lines": Defect(
        columns=("Epoch", "Validation Loss", "Report", "F1"),
        rows=(
            ("1.0", "0.7000", "precision  recall\n\n  0    0.90       0.80", "0.8500"),
            ("2.0", "0.6000", "precision  recall\n\n  0    0.95       0.85", "0.9000"),
        ),
    ),
    "table-cell-never-ends": Defect(
        (
            ("ragged-row", 26, "| 1.0 ", "3 cells for 4 columns"),
            ("table-broken", 28, "| 2.0 ", "cut it off"),
        ),
        columns=("Epoch", "Validation Loss", "Report", "F1"),
        rows=(("1.0", "0.7000", "precision"),),
        prose="| 2.0 ",
    ),
    "half-written": Defect(
        told("ragged-row", 27, "| 0.5 ", "3 cells for 5 columns"), rows=(FIRST, ("0.5", "2.0", "200")), frameworks=()
    ),
    # lists, headings, the rest
    "list-in-list": Defect(
        hyperparameters=("learning_rate: 5e-05", "betas: (0.9,0.999)", "seed: 42"), prose="optimizer"
    ),
    "list-over-lines": Defect(
        hyperparameters=(
            "learning_rate: 5e-05",
            "optimizer: Adam with betas=(0.9,0.999) and epsilon=1e-08",
            "seed: 42",
        )
    ),
    "list-numbered": Defect(),
    "hyperparameters-twice": Defect(
        told("second-list", 24, "- learning_rate: 1e-05", "a second list"), prose="- seed: 7"
    ),
    "results-twice": Defect(told("second-list", 18, "It achieves", "a second time"), prose="- Loss: 0.1000"),
    "results-on-one-line": Defect(
        told("results-unread", 12, "It achieves", "are not read"), results=(), prose="Loss: 0.6000, Accuracy: 0.8000"
    ),
    "results-without-bullets": Defect(
        told("results-unread", 12, "It achieves", "no list of - name: value"), results=(), prose="Accuracy: 0.8000"
    ),
    "results-as-table": Defect(
        told("results-unread", 12, "It achieves", "no list of - name: value"), results=(), prose="| 0.6000 | 0.8000 |"
    ),
    "headings-in-other-forms": Defect(),
    "headings-in-html": Defect(),
    "headings-underlined": Defect(),
    "sections-empty": Defect(**NO_HISTORY, hyperparameters=(), frameworks=()),
    "comment-unclosed": Defect(
        told("comment-unclosed", 16, "<!-- to be", "never closed by -->"), prose="Intended uses"
    ),
    "fence-unclosed": Defect(told("fence-unclosed", 18, "```python", "never closed by ```"), prose="load()"),
    "conflict-markers": Defect(
        told("merge-conflict", 20, "<<<<<<< HEAD", "git has left a conflict"),
        hyperparameters=("learning_rate: 5e-05", "seed: 42", "warmup_steps: 500"),
    ),
    "html": Defect(told("not-a-card", 0, "", "nothing of a model card"), name="Not Found", **NOTHING),
    "json": Defect(told("not-a-card", 0, "", "nothing of a model card"), name="json", **NOTHING),
    "empty": Defect(told("not-a-card", 0, "", "nothing of a model card"), name="empty", **NOTHING),
}


def card_of(name: str) -> Card:
    return read(FILES[name])


def test_every_file_is_in_the_table_and_every_defect_has_its_file() -> None:
    assert set(FILES) == set(DEFECTS)


@pytest.mark.parametrize("name", DEFECTS)
def test_the_problems_are_told_with_code_line_and_plain_words(name: str) -> None:
    card, wanted = card_of(name), DEFECTS[name].told
    assert codes(card) == [(code, line) for code, line, _, _ in wanted]
    lines = ["", *card.text.split("\n")]
    for problem, (_, line, stands, says) in zip(card.problems, wanted, strict=True):
        assert lines[line].startswith(stands)
        assert says in problem.message


@pytest.mark.parametrize("name", DEFECTS)
def test_a_card_says_itself_whether_anything_is_missing(name: str) -> None:
    card = card_of(name)
    if card.is_card and card.sections and not card.text.startswith("<"):
        assert ("nothing is missing." in card.text) == (not card.problems)


@pytest.mark.parametrize("name", DEFECTS)
def test_everything_else_is_read(name: str) -> None:
    card, wanted = card_of(name), DEFECTS[name]
    assert (card.name, card.base_model) == (wanted.name, wanted.base_model)
    assert (card.metadata.license, card.metadata.tags) == (wanted.license, wanted.tags)
    assert {key: card.metadata.values.get(key) for key in wanted.metadata} == wanted.metadata
    assert tuple(f"{entry.name}: {entry.value.raw}" for entry in card.results) == wanted.results
    assert tuple(f"{entry.name}: {entry.value.raw}" for entry in card.hyperparameters) == wanted.hyperparameters
    assert card.history.columns == wanted.columns
    assert tuple(tuple(cell.raw for cell in row.cells) for row in card.history.rows) == wanted.rows
    assert tuple(f"{framework.name} {framework.version}" for framework in card.frameworks) == wanted.frameworks
    assert wanted.prose in words(card)


@pytest.mark.parametrize("name", DEFECTS)
@pytest.mark.parametrize("cells", [80, None])
def test_everything_is_shown_without_a_control_character(name: str, cells: int | None) -> None:
    card = card_of(name)
    shown = "".join(text for line in facts(card, judge(card), cells) for text, _ in line.spans)
    assert all(character.isprintable() for character in shown)
    for problem in card.problems:
        assert problem.code in shown or not card.is_card


def test_dates_and_versions_are_shown_as_they_were_written() -> None:
    written = card_of("yaml-dates-and-booleans").metadata.written
    assert (written["version"], written["date"], written["time"]) == ("1.10", "2024-99-99", "12:30")


def test_a_row_of_another_length_is_never_aligned() -> None:
    history = card_of("table-short-row").history
    assert [cell.raw if (cell := history.cell(1, i)) else None for i in range(5)] == ["0.5", "2.0", "200", None, None]


def test_a_cell_of_several_lines_is_shown_on_the_line_of_its_row() -> None:
    card = card_of("table-cells-of-several-lines")
    lines = ["".join(text for text, _ in line.spans) for line in facts(card, judge(card), 120)]
    assert any("0.7000" in line and "precision  recall␊" in line and "0.8500" in line for line in lines)


def test_a_row_without_any_text_is_shown_as_one_whose_cells_are_not_sure() -> None:
    card = read_text(trainer_card(columns=("Epoch", "Loss"), rows=[[""]]))
    assert codes(card) == [("ragged-row", 34)]
    assert any("".join(text for text, _ in line.spans).strip() == "×" for line in facts(card, judge(card), 80))


def test_no_two_files_say_the_same() -> None:
    assert len({path.read_bytes() for path in FILES.values()}) == len(FILES)


def cut(name: str) -> list[bytes]:
    """A card cut off at each of its lines and in the middle of each."""
    data = FILES[name].read_bytes()
    ends = [i for i, byte in enumerate(data) if byte == ord("\n")]
    return [data[:end] for start, end in zip([0, *ends], ends, strict=False) for end in ((start + end) // 2, end)]


def test_what_stands_above_the_cut_of_a_half_written_card_is_read() -> None:
    wanted = DEFECTS["blank-lines-before"]
    for data in cut("table-under-heading"):
        card = parse(data, "x.md")
        judge(card)
        results = tuple(f"{entry.name}: {entry.value.raw}" for entry in card.results)
        assert results[:-1] == wanted.results[: max(len(results) - 1, 0)]
        assert [tuple(cell.raw for cell in row.cells) for row in card.history.rows[:-1]] == list(
            wanted.rows[: max(len(card.history.rows) - 1, 0)]
        )
        if b"\n---\n\n" in data:
            assert (card.metadata.license, card.metadata.tags) == (wanted.license, wanted.tags)


def test_sixty_columns_and_fourteen_hundred_rows_are_read_whole() -> None:
    columns = ["Training Loss", "Epoch", "Step", *(f"Metric {i}" for i in range(57))]
    rows = [[f"{row}.{column}" for column in range(60)] for row in range(1400)]
    card = read_text(trainer_card(columns=columns, rows=rows))
    assert card.problems == ()
    assert list(card.history.columns) == columns
    assert [[cell.raw for cell in row.cells] for row in card.history.rows] == rows


@pytest.mark.usefixtures("at_once")
def test_a_megabyte_of_prose_costs_nothing() -> None:
    prose = "Words, a | pipe, a - dash, `code` and #hash. " * 24_000
    text = trainer_card().replace("More information needed", prose)
    card = read_text(text)
    assert (len(text) > 1_000_000, codes(card), len(card.history.rows)) == (True, [("prose-too-large", 17)], 3)
    assert card.sections[0].markdown == prose.rstrip()


@pytest.mark.usefixtures("at_once")
def test_a_megabyte_of_lines_costs_nothing() -> None:
    text = trainer_card().replace("More information needed", "Words here.\n\n- a\n| b |\n" * 45_000)
    card = read_text(text)
    assert (len(text) > 1_000_000, codes(card), len(card.history.rows)) == (True, [("prose-too-large", 17)], 3)
