"""What the numbers imply: ranges that hold the truth, or nothing."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.cards.making import read_text
from tests.judge.making import run
from tests.shared import needs_seeds, seed
from tui.cards.model import Card
from tui.cards.read import read
from tui.judge.estimates import Estimate, effective_batch
from tui.judge.verdict import judge


def of(card: Card) -> dict[str, Estimate]:
    return {estimate.name: estimate for estimate in judge(card).estimates}


ROWS = ("0.9 1.0 100 0.8 0.5", "0.9 2.0 200 0.8 0.5")


@pytest.mark.parametrize(
    ("settings", "batch"),
    [
        (["train_batch_size: 16"], 16),
        (["train_batch_size: 16", "gradient_accumulation_steps: 4"], 64),
        (["train_batch_size: 16", "num_devices: 8"], 128),
        (["train_batch_size: 16", "num_devices: 8", "gradient_accumulation_steps: 2"], 256),
        (["train_batch_size: 16", "total_train_batch_size: 128"], 128),
        (["train_batch_size: 0"], None),
        (["train_batch_size: auto"], None),
        (["train_batch_size: nan"], None),
        (["train_batch_size: inf"], None),
        (["train_batch_size: -4"], None),
        (["learning_rate: 1"], None),
    ],
)
def test_the_effective_batch_is_the_total_or_the_product(settings: list[str], batch: int | None) -> None:
    assert effective_batch(run(["Loss: 1"], ROWS, settings=settings)) == batch


def test_examples_are_steps_per_epoch_times_the_batch() -> None:
    found = of(run(["Loss: 1"], ROWS))
    assert found["steps_per_epoch"].value == pytest.approx(100)
    assert found["training_examples"].value == pytest.approx(1600)
    assert found["effective_batch"].value == 16


def test_without_a_history_the_step_and_epoch_of_the_report_tell_the_examples() -> None:
    reported = ["eval_loss: 0.2", "epoch: 87.0", "step: 10005"]
    found = of(run(reported, []))
    assert found["steps_per_epoch"].value == pytest.approx(115)
    assert found["training_examples"].value == pytest.approx(115 * 16)
    assert "steps_per_epoch" not in of(run(reported[:2], []))
    assert of(run(reported, ROWS))["steps_per_epoch"].value == pytest.approx(100)


def test_the_range_comes_from_the_rounding_of_the_epoch_and_narrows_with_every_row() -> None:
    # two decimals: 100 steps within (0.995, 1.005) epochs, 200 within (1.995, 2.005)
    found = of(run(["Loss: 1"], ROWS))["steps_per_epoch"]
    assert found.low == pytest.approx(200 / 2.005)
    assert found.high == pytest.approx(200 / 1.995)
    one_row = of(run(["Loss: 1"], ROWS[:1]))["steps_per_epoch"]
    assert one_row.low == pytest.approx(100 / 1.005)
    assert one_row.high == pytest.approx(100 / 0.995)


def test_epochs_of_current_versions_have_four_decimals() -> None:
    found = of(run(["Loss: 1"], ["0.9 0.5348 100 0.8 0.5", "0.9 1.0 187 0.8 0.5"]))["steps_per_epoch"]
    assert found.low == pytest.approx(187 / 1.00005)
    assert found.high == pytest.approx(100 / 0.53475)


def test_the_range_holds_the_value() -> None:
    for estimate in of(run(["Loss: 1"], ["0.9 0.53 5000 0.8 0.5", "0.9 1.07 10000 0.8 0.5"])).values():
        assert estimate.low <= estimate.value <= estimate.high


@pytest.mark.parametrize(
    "rows",
    [
        [],
        ["0.9 0.0 100 0.8 0.5"],
        ["0.9 1.0 0 0.8 0.5"],
        ["0.9 nan 100 0.8 0.5"],
        ["0.9 x y 0.8 0.5"],
        ["0.9 1.0 100 0.8 0.5", "0.9 2.0 900 0.8 0.5"],
        ["0.9 -1.0 100 0.8 0.5"],
    ],
    ids=["no-rows", "epoch-0", "step-0", "nan", "words", "contradiction", "negative"],
)
def test_rows_that_imply_nothing_give_no_estimate(rows: list[str]) -> None:
    assert set(of(run(["Loss: 1"], rows))) - {"epochs_to_best"} == {"effective_batch"}


@pytest.mark.parametrize("row", ["0.9 0.01 1e308 0.8 0.5", "0.9 1e300 1e-300 0.8 0.5", "0.9 1.0 1e308 0.8 0.5"])
def test_numbers_of_absurd_size_raise_nothing(row: str) -> None:
    of(run(["Loss: 1"], [row]))


@pytest.mark.parametrize(
    ("epochs", "expected"),
    [
        (("1.0", "2.0", "3.0"), (2, 2, 2)),
        (("1", "2", "3"), (2, 2, 2)),
        (("0", "1", "2"), (1, 1, 1)),
        (("0.5", "1.0", "1.5"), (0.995, 1.005, 1)),
        (("1.0", "2.0", "2.99"), (1.995, 2.005, 2)),
        (("0.9984", "1.9984", "2.9984"), (1.99835, 1.99845, 1.9984)),
        (("1.00", "2.00", "3.00"), (1.995, 2.005, 2)),
    ],
    ids=["ends", "whole", "from-zero", "halves", "last-is-partial", "four-decimals", "two-decimals"],
)
def test_the_epochs_to_the_best_have_a_range_where_rows_lie_between_the_ends_of_epochs(
    epochs: tuple[str, str, str], expected: tuple[float, float, float]
) -> None:
    rows = [f"0.9 {epoch} {step} {loss} 0.5" for epoch, step, loss in zip(epochs, (10, 20, 30), (3, 1, 2), strict=True)]
    found = of(run(["Loss: 2"], rows, more="Gen"))["epochs_to_best"]
    assert (found.low, found.high, found.value) == pytest.approx(expected)


KERAS = """---
tags:
- generated_from_keras_callback
---

# m

It achieves the following results on the evaluation set:
- Train Loss: 0.1
- Validation Loss: 0.3
- Epoch: 2

### Training results

| Train Loss | Validation Loss | Epoch |
|:----------:|:---------------:|:-----:|
"""


@pytest.mark.parametrize(
    ("epochs", "expected"), [("012", 2), ("123", 2), (("0.0", "1.0", "2.0"), 1)], ids=["keras", "from-one", "decimals"]
)
def test_keras_counts_epochs_from_zero(epochs: Sequence[str], expected: int) -> None:
    losses = ("0.5", "0.2", "0.3")
    card = read_text(
        KERAS + "".join(f"| 0.4 | {loss} | {epoch} |\n" for loss, epoch in zip(losses, epochs, strict=True))
    )
    assert card.writer == "keras"
    found = of(card)["epochs_to_best"]
    assert (found.low, found.high, found.value) == (expected, expected, expected)


def test_without_a_batch_size_the_steps_remain() -> None:
    assert set(of(run(["Loss: 1"], ROWS, settings=["learning_rate: 1"]))) == {"steps_per_epoch", "epochs_to_best"}


EXAMPLES = {"000": 16_000, "001": 1_600, "002": 1_200_000, "003": 208, "004": 1_093_664}


@needs_seeds
@pytest.mark.parametrize(("number", "examples"), EXAMPLES.items(), ids=EXAMPLES)
def test_the_training_examples_of_the_seed_cards(number: str, examples: int) -> None:
    found = of(read(seed(number)))["training_examples"]
    assert found.value == pytest.approx(examples, rel=0.002)
    assert found.low <= examples <= found.high


@needs_seeds
def test_the_effective_batch_of_the_seed_cards() -> None:
    assert [effective_batch(read(seed(number))) for number in EXAMPLES] == [16, 8, 128, 16, 32]


ACCUMULATED = ["train_batch_size: 1", "gradient_accumulation_steps: 8"]


def test_an_epoch_that_ends_on_a_short_update_has_its_steps_and_examples() -> None:
    # 42 batches an epoch: five updates of eight of them, one of two
    found = of(run(["Loss: 1"], ["0.9 0.5714 3 0.8", "0.9 1.0 6 0.8", "0.9 1.5714 9 0.8"], "", settings=ACCUMULATED))
    assert found["steps_per_epoch"] == Estimate("steps_per_epoch", 6, 6, 6)
    assert found["training_examples"] == Estimate("training_examples", 42, 42, 42)


@pytest.mark.parametrize(
    ("rows", "settings"),
    [
        (["0.9 0.5714 3 0.8", "0.9 1.0 6 0.8", "0.9 1.5714 19 0.8"], ACCUMULATED),
        (["0.9 0.5714 3 0.8", "0.9 1.0 6 0.8", "0.9 1.5714 9 0.8"], ACCUMULATED[:1]),
        (["0.9 1.0 6 0.8", "0.9 1.5714 9 0.8"], ACCUMULATED),
    ],
    ids=["fits-no-number", "no-accumulation", "nothing-before-epoch-1"],
)
def test_rows_that_no_short_update_explains_give_no_estimate(rows: Sequence[str], settings: Sequence[str]) -> None:
    assert set(of(run(["Loss: 1"], rows, "", settings=settings))) <= {"effective_batch", "epochs_to_best"}


def test_the_epochs_to_best_are_those_of_the_score_that_is_judged() -> None:
    rows = ["0.9 1.0 100 0.5 0.9 0.1", "0.8 2.0 200 0.4 0.7 0.7", "0.7 3.0 300 0.3 0.6 0.6"]
    card = run(["Loss: 0.3", "Precision: 0.6", "F1: 0.6"], rows, more="Precision F1")
    assert of(card)["epochs_to_best"].value == 2
