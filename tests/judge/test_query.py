"""Expressions: which cards they mean, what is wrong with one, and how one may go on."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.cards.model import Value
from tui.cards.values import parse as read_value
from tui.judge.facts import Facts
from tui.judge.metrics import Direction
from tui.judge.query import Completion, QueryError, completions, direction_of, keys_of, parse, short_name
from tui.judge.rules import DEFAULT, Rules

PATH = "Sweeps/run-4/README.md"


def card(findings: tuple[str, ...] = (), severity: str = "", problems: tuple[str, ...] = (), **values: str) -> Facts:
    """A card of these values; in their keys ``__`` stands for the dot."""
    known = {name.replace("__", "."): read_value(text) for name, text in values.items()}
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
