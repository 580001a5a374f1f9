"""What a card is generated from is what is read of it, and harm to one part is no harm to the others."""

from __future__ import annotations

import math
import subprocess
import sys
from pathlib import Path

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.cards.generated import Known, sentence_cards, trainer_cards
from tests.cards.making import codes, read_text, words
from tui.cards.model import Card, NamedValue
from tui.cards.values import parse
from tui.judge.verdict import judge
from tui.render.card import facts

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
MANY = settings(max_examples=40, deadline=None, suppress_health_check=SLOW)

DOUBTS = {"reordered-row"}
"""Problems that say something of the numbers themselves, which are anything here."""


def named(entries: tuple[NamedValue, ...]) -> list[tuple[str, str, int]]:
    return [(entry.name, entry.value.raw, entry.line) for entry in entries]


def rows(card: Card) -> list[tuple[list[str], int]]:
    return [([cell.raw for cell in row.cells], row.line) for row in card.history.rows]


def show(card: Card) -> None:
    for cells in (40, 120, None):
        facts(card, judge(card), cells)


def is_known(card: Card, known: Known) -> None:
    assert card.name == known.title
    assert dict(card.metadata.values) == known.metadata
    assert named(card.results) == known.results
    assert named(card.hyperparameters) == known.hyperparameters
    assert list(card.history.columns) == known.columns
    assert rows(card) == known.rows
    assert [(f.name, f.version, f.line) for f in card.frameworks] == known.frameworks
    sections = {section.title: section.markdown for section in card.sections}
    for title, text in known.prose:
        assert sections.get(title, "").strip() == text.strip() or text.startswith("<!--")
    assert [code for code, _ in codes(card) if code not in DOUBTS] == []


@MANY
@given(trainer_cards())
def test_a_card_of_the_trainer_says_what_it_was_made_of(known: Known) -> None:
    card = read_text(known.text)
    is_known(card, known)
    assert (card.base_model, card.dataset, card.writer) == ("bert-base", "imdb", "trainer")
    show(card)


@MANY
@given(trainer_cards(keras=True))
def test_a_card_of_keras_says_what_it_was_made_of(known: Known) -> None:
    card = read_text(known.text)
    is_known(card, known)
    assert (card.base_model, card.dataset, card.writer) == ("bert-base", "imdb", "keras")
    show(card)


@MANY
@given(sentence_cards())
def test_a_card_of_sentence_transformers_says_what_it_was_made_of(known: Known) -> None:
    card = read_text(known.text)
    is_known(card, known)
    assert (card.base_model, card.dataset, card.writer) == ("bert-base", "imdb", "sentence-transformers")
    show(card)


@MANY
@given(trainer_cards(), st.sampled_from(["\r\n", "\r"]), st.sampled_from(["utf-8-sig", "utf-16"]))
def test_line_ends_and_encodings_change_nothing(known: Known, end: str, encoding: str) -> None:
    from tui.cards.read import parse as parse_card  # noqa: PLC0415

    is_known(parse_card(known.text.replace("\n", end).encode(encoding), "x.md"), known)


@MANY
@given(
    st.floats(allow_nan=False), st.sampled_from(["{}", " {} ", "**{}**", "{} (best)", "{} # tuned", "{} ± 0.1", "{}%"])
)
def test_a_number_is_read_back_from_every_way_of_printing_it(number: float, form: str) -> None:
    if math.isfinite(number) or form in {"{}", " {} ", "**{}**"}:
        assert parse(form.format(number)).number == number


JUNK = [
    *"``` ~~~ ```python <!-- --> --- | |---| > **** [ { </details> <details> \x00 \ufeff =====".split(" "),
    *("| a | b |", "- x", "- Loss", "# x", "> q", "\t", "", ": :", "\x1b[31m", "<<<<<<< HEAD", "    x"),
]


@st.composite
def harmed(draw: st.DrawFn, known: Known, part: str) -> str:
    """The card with lines of one part deleted, doubled, swapped, cut short or put among junk."""
    lines = known.text.split("\n")
    start, end = known.spans[part]
    start += part in dict(known.prose)  # without a heading between them, two lists are one
    body = lines[start:end]
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(len(body) - 1, 0)))
        how = draw(st.sampled_from(["insert", "insert", "delete", "double", "swap", "cut"]))
        if how == "insert" or not body:
            body.insert(at + 1, draw(st.sampled_from(JUNK)))
        elif how == "delete":
            del body[at]
        elif how == "double":
            body.insert(at, body[at])
        elif how == "swap":
            other = draw(st.integers(0, len(body) - 1))
            body[at], body[other] = body[other], body[at]
        else:
            body[at] = body[at][: draw(st.integers(0, len(body[at])))]
    return "\n".join([*lines[:start], *body, *lines[end:]])


PARTS = ["front", "results", "Model description", "hyperparameters", "history", "frameworks"]


def intact(card: Card, known: Known, but: str) -> None:
    """Everything but one part is read as if nothing had happened; only lines may have moved."""
    if but != "front":
        assert dict(card.metadata.values) == known.metadata
    if but != "results":
        assert [entry[:2] for entry in named(card.results)] == [entry[:2] for entry in known.results]
    if but != "hyperparameters":
        assert [entry[:2] for entry in named(card.hyperparameters)] == [e[:2] for e in known.hyperparameters]
    if but != "history":
        assert list(card.history.columns) == known.columns
        assert [cells for cells, _ in rows(card)] == [cells for cells, _ in known.rows]
    if but != "frameworks":
        assert [(f.name, f.version) for f in card.frameworks] == [entry[:2] for entry in known.frameworks]
    for title, text in known.prose:
        if title != but and not text.startswith("<!--"):
            assert text.strip() in words(card)


@settings(max_examples=150, deadline=None, suppress_health_check=SLOW)
@given(st.data())
def test_harm_to_one_part_is_no_harm_to_the_others(data: st.DataObject) -> None:
    known = data.draw(trainer_cards())
    part = data.draw(st.sampled_from(PARTS))
    assume("### Training" not in dict(known.prose).get(part, ""))  # which harm to its fence would make real
    text = data.draw(harmed(known, part))
    card = read_text(text)
    show(card)
    intact(card, known, part)


def test_no_mutation_of_any_card_raises_or_takes_long() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.cards.mutating"],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout) > 1000
