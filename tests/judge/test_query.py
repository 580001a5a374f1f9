"""Expressions: which cards they mean, what is wrong with one, and how one may go on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.cards.model import Value
from tui.cards.values import parse as read_value
from tui.judge.facts import Facts
from tui.judge.metrics import Direction
from tui.judge.query import Completion, QueryError, completions, direction_of, keys_of, parse, short_name
from tui.judge.query_names import FIELDS, PREFIXES, SHORT
from tui.judge.query_tokens import tokens
from tui.judge.rules import DEFAULT, Rules

PATH = "Sweeps/run-4/README.md"


def card(findings: tuple[str, ...] = (), severity: str = "", problems: tuple[str, ...] = (), **values: str) -> Facts:
    """A card of these values; in their keys ``__`` stands for the dot, ``_0`` for ``[0]``."""
    known = {name.replace("__", ".").replace("_0", "[0]"): read_value(text) for name, text in values.items()}
    known |= {key: Value(value.raw) for key, value in known.items() if key.startswith("version.")}
    return Facts("My BERT", True, known, "", findings, severity, problems)


RUN = card(
    findings=("overfitting", "no-license"),
    severity="warning",
    problems=("ragged-row",),
    base="google/bert-base-uncased",
    dataset="amazon_reviews_multi",
    headline="0.9123",
    reported__f1="0.9123",
    best__f1="0.9500",
    last__f1="0.9123",
    reported__loss="nan",
    reported__accuracy="93.4%",
    setting__learning_rate="5e-05",
    setting__num_train_epochs="3.0",
    setting__total_train_batch_size="32",
    setting__lr_scheduler_type="linear",
    setting__optimizer="Adam with betas=(0.9,0.999)",
    setting__warmup_ratio="0.1",
    version__transformers="4.46.3",
    version__pytorch="2.1.0+cu118",
    estimate__training_examples="16000",
)


def finds(text: str, facts: Facts = RUN) -> bool:
    """Whether an expression means a card."""
    return parse(text).matches(facts, PATH)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "f1>0.9",
        "f1>=0.9123 f1<=0.9123",
        "F1=0.9123",
        "f1==0.91230",
        "eval_f1:0.9123",
        "f1!=0.9",
        "best.f1>0.94",
        "last.f1<0.92",
        "f1>90%",
        "accuracy>0.9",
        "accuracy>93",
        "accuracy=93.4%",
        "accuracy:0.934",
        "lr<=5e-5",
        "lr:0.00005",
        "setting.lr=5e-5",
        "learning_rate:5e-05",
        "epochs:3",
        "bs>16",
        "warmup<0.2",
        "scheduler=LINEAR",
        "examples>10,000",
        "base:BERT",
        "base:roberta,bert",
        "base:google/*",
        "base:*b?rt*",
        'base:"bert-base"',
        "dataset:amazon*",
        "dataset!=imdb",
        "dataset!=imdb,sst2",
        'optimizer:"betas=(0.9,"',
        '"learning rate">1e-5',
        "transformers>=4.40",
        "transformers>4.9.1",
        "version.transformers<5",
        "pytorch=2.1.0+cu118",
        "pytorch>=2.1",
        "headline>0.9",
        "loss:nan",
        "loss=NaN",
        "name:bert",
        'name="my bert"',
        "path:sweeps/run-*",
        "run-4",
        '"my bert"',
        "run-?/read",
        "has:overfitting",
        "has:imdb,overfitting",
        "has:ragged-row",
        "has:problems",
        "has:findings",
        "has:warning",
        "has:info",
        "has:f1",
        "has:best.f1",
        "has:lr",
        "-has:diverged",
        "-has:error",
        "-base:roberta",
        "-wer<30",
        "f1>0.9 lr<=5e-5 base:bert dataset:amazon* has:overfitting -has:diverged bert",
    ],
)
def test_the_card_is_found(text: str) -> None:
    assert finds(text)


@pytest.mark.parametrize(
    "text",
    [
        "f1>0.9123",
        "f1<0.5",
        "f1!=0.9123",
        "f1:0.91",  # numbers are equal or not
        "accuracy<0.9",
        "accuracy>94",
        "wer>0",
        "wer<1000",
        "wer!=5",
        "wer:5",
        "loss>0",
        "loss<=0",
        "loss!=0.5",
        "-loss:nan",
        "base=bert",
        "base:b?rt",
        "base!=GOOGLE/bert-base-uncased",
        "base!=imdb,google/bert-base-uncased",
        "base:[a-z]*",
        "transformers>=4.100",
        "transformers>4.46.3",
        "scheduler>0",
        "reported.lr>0",
        "best.lr>0",
        "path:run-?/*.md",
        "name:run-4",
        "run-?-x",
        "-run-4",
        "run-4 -bert",
        "has:diverged",
        "has:error",
        "has:wer",
        "has:setting.f1",
        "-has:findings",
        "f1>0.9 f1>0.95",
    ],
)
def test_the_card_is_not_found(text: str) -> None:
    assert not finds(text)


def test_a_card_without_findings_has_none() -> None:
    plain = card(reported__f1="0.5")
    assert not any(finds(f"has:{word}", plain) for word in ("findings", "problems", "info", "warning", "error", "lr"))


@pytest.mark.parametrize(("problem", "least"), [("yaml-error", "error"), ("ragged-row", "warning")])
def test_problems_are_as_bad_as_findings(problem: str, least: str) -> None:
    assert finds(f"has:{least}", card(problems=(problem,)))
    assert finds("has:error", card(problems=(problem,))) == (least == "error")


def test_a_percentage_is_its_share_to_the_last_digit() -> None:
    assert all(finds(f"f1={cent}%", card(reported__f1=f"0.{cent:02}")) for cent in range(100))


def test_the_first_value_that_a_card_has_counts() -> None:
    assert finds("warmup:500", card(setting__lr_scheduler_warmup_steps="500", setting__warmup_ratio="0.1"))
    assert finds("f1:7", card(setting__f1="7"))
    assert not finds("f1:7", card(reported__f1="0.5", setting__f1="7"))
    assert finds("setting.f1:7", card(reported__f1="0.5", setting__f1="7"))


def test_a_term_knows_where_it_stands() -> None:
    text = '  -base:"my model"  f1>0.9'
    assert [text[term.start : term.end] for term in parse(text).terms] == ['-base:"my model"', "f1>0.9"]


# The page

PAGE = (Path(__file__).parents[2] / "docs" / "expressions.md").read_text(encoding="utf-8")
EXAMPLES = [
    example.replace("\\|", "|")
    for line in PAGE.splitlines()
    for example in re.findall(r"`([^`]+)`", line.rsplit(" | ", 1)[-1] if line.startswith("|") else line)
    if line.startswith("- Words") or re.search(r"[^=!<>:][=!<>:]+[^=!<>:]", example)
]
EXAMPLES = [text for text in EXAMPLES if text not in ("*", "?")]
SWEEP = [
    RUN,
    card(findings=("diverged",), severity="error", reported__f1="0.87", best__f1="0.93", reported__loss="0.2"),
    card(
        base="microsoft/deberta-v3-large",
        license="mit",
        task="Text Classification",
        writer="trainer",
        setting__seed="42",
        setting__learning_rate="0.00002",
        setting__lr_scheduler_type="cosine",
        reported__overall_f1="0.9",
        reported__wer="29.5",
        reported__f1_0="0.75",
        estimate__epochs_to_best="2",
    ),
    card(base="my model", dataset="amazon_polarity", reported__loss="nan", setting__seed="7", license="gpl"),
]
NAMES = ["my model", "seed7", "My BERT", "x"]
PATHS = [PATH, "helpdesk-sweep/run-1/README.md", "amazon review/README.md", "checkpoint/README.md"]


def test_the_page_has_examples() -> None:
    assert len(EXAMPLES) > 40


@pytest.mark.parametrize("text", EXAMPLES)
def test_every_example_of_the_page_chooses_some_of_the_cards(text: str) -> None:
    query = parse(text)
    assert query.terms
    cards = [replace(facts, name=name) for facts, name in zip(SWEEP, NAMES, strict=True)]
    found = [query.matches(facts, path) for facts, path in zip(cards, PATHS, strict=True)]
    assert True in found, text


def test_the_answer_on_the_page_is_the_answer() -> None:
    (text,) = re.findall(r"--where '(f1>.+)'", PAGE)
    error = error_of(text)
    assert error is not None
    marks = " " * error.start + "^" * (error.end - error.start)
    assert f"\ncardtui: {error}\ncardtui:   {text}\ncardtui:   {marks}\n" in PAGE


@pytest.mark.parametrize("name", [*SHORT, *FIELDS, *PREFIXES])
def test_the_page_explains_every_short_name_field_and_prefix(name: str) -> None:
    rows = [line.split(" | ")[0] for line in PAGE.splitlines() if line.startswith("| `")]
    # estimates are named without their prefix
    assert name == "estimate." or any(f"`{name}" in row for row in rows)


# What is wrong


@pytest.mark.parametrize(
    ("text", "marked", "words"),
    [
        ('base:"my model', '"my model', "quotation mark is not closed"),
        ("f1>", "f1>", "f1>0.9"),
        ("f1> lr<1", "f1>", "f1>0.9"),
        ("lr<1 base:", "base:", "base:bert"),
        ("base:a,,b", "base:a,", "no value"),
        ('base:""', 'base:""', "no value"),
        ("has:", "has:", "has:overfitting"),
        (">0.9", ">", "f1>0.9"),
        ("f1 > 0.9", ">", "without a blank"),
        ("-:bert", ":", "base:bert"),
        ("-", "-", "minus"),
        ('""', '""', "words"),
        ("f1>high", "high", "no number"),
        ("f1>nan", "nan", "no number"),
        ("f1>1,x", "1,x", "no number"),
        ("base>3", "base", "no order"),
        ("name<=3", "name", "no order"),
        ("f1=>0.9", "=>", ">="),
        ("f1>>0.9", ">>", ">="),
        ("base::bert", "::", "no operator"),
        ("best.>0.9", "best.", "best.f1"),
        ("version.:4", "version.", "version.transformers"),
        ("settings.lr<1", "settings.", "setting.lr"),
        ("final.f1>0.9", "final.", "last.f1"),
        ("has>3", ">", "has:"),
        ("has!=diverged", "!=", "-has:diverged"),
        ("findings:overfitting", "findings", "has:overfitting"),
    ],
)
def test_an_error_points_at_the_token_and_says_what_to_write(text: str, marked: str, words: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert text[caught.value.start : caught.value.end] == marked
    assert words in str(caught.value)


def error_of(text: str) -> QueryError | None:
    """What is wrong with an expression, if anything."""
    try:
        parse(text)
    except QueryError as error:
        return error
    return None


@given(st.text(st.sampled_from('f1lrbest.hasnmpo>=<!:"-, *?%0.9[]\n\\') | st.characters(), max_size=40))
@example("f1>" + "9" * 5000)
@example("transformers>=" + "9." * 3000 + "9")
@example("*a" * 60)
@example("f1:1e999999999999%")
@example("f1>-inf")
def test_every_text_is_an_expression_or_an_error_within_it(text: str) -> None:
    error = error_of(text)
    if error:
        assert 0 <= error.start < error.end <= len(text)
        assert str(error)
        return
    query = parse(text)
    assert all(0 <= term.start < term.end <= len(text) for term in query.terms)
    assert "".join(text.split()) == "".join("".join(text[t.start : t.end].split()) for t in query.terms)
    assert query.matches(RUN, PATH) in (True, False)


def test_a_pattern_of_many_stars_is_soon_done() -> None:
    assert not finds("base:" + "a*" * 60 + "b", card(base="a" * 200))


# Names


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("lr", ("setting.learning_rate",)),
        ("f1", ("reported.f1", "setting.f1", "version.f1")),
        ("Loss", ("reported.loss",)),  # SetFit has a setting of that name
        ("setting.loss", ("setting.loss",)),
        ("Validation Loss", ("reported.loss", "setting.validation_loss", "version.validation_loss")),
        ("best.eval_F1", ("best.f1",)),
        ("f1[0]", ("reported.f1[0]", "setting.f1[0]", "version.f1[0]")),
        ("version.Sentence-Transformers", ("version.sentence_transformers",)),
        ("base", ("base",)),
        ("headline", ("headline",)),
        ("examples", ("estimate.training_examples",)),
    ],
)
def test_a_name_means_keys(name: str, keys: tuple[str, ...]) -> None:
    assert keys_of(name) == keys


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("setting.learning_rate", "lr"),
        ("setting.num_epochs", "epochs"),
        ("setting.num_train_epochs", "num_train_epochs"),
        ("setting.seed", "seed"),
        ("setting.loss", "setting.loss"),
        ("setting.task", "setting.task"),
        ("reported.f1", "f1"),
        ("reported.lr", "reported.lr"),
        ("best.f1", "best.f1"),
        ("version.transformers", "transformers"),
        ("estimate.training_examples", "examples"),
        ("estimate.steps_per_epoch", "steps_per_epoch"),
        ("dataset", "dataset"),
    ],
)
def test_the_short_name_of_a_key_means_it(key: str, name: str) -> None:
    assert short_name(key) == name
    assert key in keys_of(name)


def test_only_metrics_have_a_direction() -> None:
    names = ("f1", "best.loss", "lr", "base", "headline", "setting.loss", "transformers", "last.test_wer")
    assert {name: direction_of(name, DEFAULT) for name in names if direction_of(name, DEFAULT) != "unknown"} == {
        "f1": Direction.MAXIMIZE,
        "best.loss": Direction.MINIMIZE,
        "last.test_wer": Direction.MINIMIZE,
    }
    assert direction_of("best.my_score", Rules(directions={"My score": Direction.MINIMIZE})) == Direction.MINIMIZE


# Completion


class Cards:
    """What some cards have."""

    def names(self) -> Mapping[str, int]:
        return {"f1": 5, "loss": 9, "best.f1": 4, "lr": 8, "base": 9, "f1_macro": 2, "odd:name": 1}

    def texts(self, name: str) -> Mapping[str, int]:
        return {
            "base": {"bert-base": 3, "google/bert": 5, "my model": 1, 'a"b': 1, "x,y": 1},
            "lr": {"5e-05": 6, "2e-05": 2},
        }.get(name, {})

    def codes(self) -> Mapping[str, int]:
        return {"overfitting": 3, "diverged": 1}


def offered(text: str, cursor: int | None = None) -> list[str]:
    """What the whole expression becomes by each completion."""
    found = completions(text, len(text) if cursor is None else cursor, Cards())
    return [text[: one.start] + one.text + text[one.end :] for one in found]


@pytest.mark.parametrize(
    ("text", "offers"),
    [
        ("", ["base", "loss", "lr", "f1", "best.f1", "f1_macro", '"odd:name"']),
        ("f", ["f1", "f1_macro", "best.f1"]),
        ("lr<1 f", ["lr<1 f1", "lr<1 f1_macro", "lr<1 best.f1"]),
        ("-be", ["-best.f1"]),
        ("learn", ["lr"]),
        ("od", ['"odd:name"']),
        ("ha", ["has:"]),
        ("has:", ["has:overfitting", "has:diverged"]),
        ("-has:di", ["-has:diverged"]),
        ("has:diverged,o", ["has:diverged,overfitting"]),
        ("base:bert", ["base:bert-base", "base:google/bert"]),
        ("base:MY", ['base:"my model"']),
        ('base:"m', ['base:"my model"']),
        ("base:x", ['base:"x,y"']),
        ("base:a", ["base:a?b", "base:bert-base"]),
        ("lr>", ["lr>5e-05", "lr>2e-05"]),
        ("nothing:", []),
        ("zzz", []),
    ],
)
def test_an_expression_is_completed(text: str, offers: list[str]) -> None:
    assert offered(text) == offers


def test_a_completion_keeps_what_stands_around_it() -> None:
    assert offered("f>0.9 lr<1", 1) == ["f1>0.9 lr<1", "f1_macro>0.9 lr<1", "best.f1>0.9 lr<1"]
    assert offered("f1>0.9  lr<1", 7)[0] == "f1>0.9 base lr<1"


def test_a_completion_tells_how_many_cards_have_it() -> None:
    assert completions("base:goo", 8, Cards()) == [Completion("base:google/bert", 5, 0, 8)]


def test_no_more_are_offered_than_asked_for() -> None:
    assert len(completions("", 0, Cards(), most=2)) == 2


@given(st.text(st.sampled_from('f1has:>"-, ba'), max_size=12), st.integers(0, 12))
def test_a_completion_is_one_token(text: str, cursor: int) -> None:
    for one in completions(text, min(cursor, len(text)), Cards()):
        assert 0 <= one.start <= one.end <= len(text)
        assert [(token.start, token.end) for token in tokens(one.text)] == [(0, len(one.text))]
