"""What lies on disk of a run is shown, and nothing where nothing does."""

from __future__ import annotations

from dataclasses import replace

from tests.render.making import facts_of, text_of, trainer_card
from tui.cards.model import LogEntry, NamedValue, Run
from tui.cards.values import parse

RUN = Run(
    log=(LogEntry(50, 0.5, {"loss": 0.9}), LogEntry(1500, 15.0, {"loss": 0.1})),
    global_step=1500,
    max_steps=3000,
    best_step=1000,
    best_metric=0.1466093212366104,
    checkpoints=(500, 1000),
    results=(NamedValue("train_samples", parse("12000"), 3),),
)


def test_how_far_a_run_came_and_what_is_left_of_it_is_shown() -> None:
    text = text_of(facts_of(replace(trainer_card("- Loss: 1"), run=RUN), None))
    for words in (
        "step 1,500 of 3,000",
        "2 entries, step 50 to 1,500",
        "500, 1000",
        "step 1,000 (0.146609)",
        "train_samples",
    ):
        assert words in text


def test_a_card_outside_of_a_run_has_no_such_section() -> None:
    assert "Run" not in [line.section for line in facts_of(trainer_card("- Loss: 1"), 80)]
