"""Runs to be compared, of cards written as people find them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hypothesis import strategies as st

from tests.cards.making import VERSIONS, read_text, trainer_card
from tui.cards.model import Card
from tui.cards.read import read
from tui.judge.comparable import Run
from tui.judge.comparison import Comparison, Row, Which, compare
from tui.judge.verdict import judge

ON = "This model is a fine-tuned version of [bert-base](https://huggingface.co/bert-base) on the {} dataset."
UNNAMED = "This model is a fine-tuned version of [bert-base](https://huggingface.co/bert-base) on an unknown dataset."


def run_of(
    results: Sequence[str] = (),
    settings: Sequence[str] = (),
    *,
    name: str = "a-run",
    dataset: str = "emotion",
    index: str = "",
    metadata: str = "",
    base: str = "bert-base",
    versions: Sequence[str] = VERSIONS,
    columns: Sequence[str] = (),
    rows: Sequence[Sequence[str]] = (),
) -> Run:
    """A run with these results and settings, ``name: value`` each; `index` is the dataset entry of its model index."""
    yaml = f"{metadata}\ntags:\n- generated_from_trainer".lstrip()
    if index:
        yaml += (
            f"\nmodel-index:\n- name: {name}\n  results:\n  - task:\n      name: Text Classification\n"
            f"      type: text-classification\n    dataset:\n      name: {dataset}\n      type: {dataset}\n"
            f"{index}\n    metrics:\n    - name: Accuracy\n      type: accuracy\n      value: 0.5"
        )
    text = trainer_card(
        yaml=yaml,
        title=f"# {name}",
        sentence=(ON.format(dataset) if dataset else UNNAMED).replace("bert-base", base),
        results=results,
        hyperparameters=settings,
        columns=columns or ("Training Loss", "Epoch", "Step", "Validation Loss"),
        rows=rows,
        frameworks=versions,
    )
    return as_run(read_text(text))


def index_only(value: str, *, on: str = "Hopper-v3", metric: str = "mean_reward", more: str = "") -> Run:
    """A run of which nothing but the model index gives a number, measured on this dataset."""
    dataset = f"    dataset:\n      name: {on}\n      type: {on}\n{more}" if on else ""
    return as_run(
        read_text(
            f"---\nlicense: mit\nmodel-index:\n- name: PPO\n  results:\n  - metrics:\n    - type: {metric}\n"
            f"      value: {value}\n{dataset}---\n\n# An agent\n\nTrained by me.\n"
        )
    )


def as_run(card: Card, name: str = "") -> Run:
    """The run of a card, under its own name."""
    return Run(name or card.name, card, judge(card))


def run_at(path: Path) -> Run:
    """The run of a card file."""
    return as_run(read(path))


def row(comparison: Comparison, name: str) -> Row:
    """The one row of the name."""
    (found,) = [row for row in comparison.rows if row.name == name]
    return found


def compared(name: str, *values: str, which: Which = Which.REPORTED) -> Row:
    """The row of a metric that has these values, a run each."""
    return row(compare([run_of([f"{name}: {value}"]) for value in values], which), name)


def setting(name: str, *values: str) -> Row:
    """The row of a setting that has these values, a run each."""
    return row(compare([run_of(settings=[f"{name}: {value}"]) for value in values]), name)


METRICS = ("Loss", "Accuracy", "F1", "Wer", "Bleu", "Whatever", "Gen Len", "F1 Macro", "Train Loss")
_NUMBERS = st.one_of(
    st.decimals(0, 1, places=4).map(str),
    st.floats(0, 1e6).map(repr),
    st.sampled_from(["nan", "inf", "-inf", "0", "91.14%", "0.9114", "1e-05", "[0.5, 0.25]", "{'f1': 0.9}", "text"]),
)
_SETTINGS = st.dictionaries(
    st.sampled_from(["learning_rate", "seed", "num_epochs", "train_batch_size", "output_dir", "weight_decay"]),
    st.one_of(st.sampled_from(["5e-05", "0.00005", "16", "3", "(0.9,0.999)", "linear", "None"]), _NUMBERS),
)


@st.composite
def runs(draw: st.DrawFn) -> Run:
    """Any run."""
    results = draw(st.dictionaries(st.sampled_from(METRICS), _NUMBERS, max_size=6))
    return run_of(
        [f"{name}: {value}" for name, value in results.items()],
        [f"{name}: {value}" for name, value in draw(_SETTINGS).items()],
        name=draw(st.sampled_from(["a-run", "another"])),
        dataset=draw(st.sampled_from(["emotion", "emotion", "dair-ai/emotion", "imdb", ""])),
    )
