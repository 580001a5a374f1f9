"""What lies in the folder of a run comes with its card, and stands for the card until that is written."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cards.making import COLUMNS, ROWS, codes, read_text, table, trainer_card
from tests.cards.runs import LOG, evaluated, lay, logged, state
from tests.library.making import outline
from tests.shared import RUNS, needs_runs
from tui.cards import read as reading
from tui.cards.model import Card, Run
from tui.cards.read import CardFileError, read
from tui.judge.verdict import judge

STATE = "trainer_state.json"
EARLY, LATE = state(LOG[:3]), state()
RESULTS = {"epoch": 2.0, "eval_accuracy": 0.7, "eval_loss": 0.55, "eval_rouge_l": 0.3, "eval_runtime": 0.03}
WRITTEN = RESULTS | {
    "eval_samples": 200,
    "eval_samples_per_second": 61.5,
    "eval_steps_per_second": 1.3,
    "perplexity": 1.7,
}
NO_TABLE = trainer_card().replace(table(COLUMNS, ROWS), "")
HALF = LATE[: LATE.index('"loss": 0.4')]


def steps(card: Card) -> list[int]:
    return [entry.step for entry in card.run.log]


def last_step(folder: Path, file: str = "README.md") -> int:
    return steps(read(folder / file))[-1]


def messages(card: Card) -> list[str]:
    assert all(problem.line == 0 for problem in card.problems)
    return [problem.message for problem in card.problems]


def results(card: Card) -> dict[str, str]:
    return {result.name: result.value.raw for result in card.results}


# Beside a card


def test_a_card_in_the_folder_of_a_run_has_its_log(tmp_path: Path) -> None:
    card = read(lay(tmp_path, readme=trainer_card(), state=LATE) / "README.md")
    assert steps(card) == [50, 100, 100, 150, 200]
    assert (card.run.global_step, card.run.max_steps, card.problems) == (200, 300, ())


def test_a_card_keeps_its_own_table_and_results(tmp_path: Path) -> None:
    lay(tmp_path, readme=trainer_card(), state=LATE, eval_results=json.dumps(RESULTS))
    card, alone = read(tmp_path / "README.md"), read_text(trainer_card())
    assert (card.history, card.results) == (alone.history, alone.results)


def test_a_card_without_table_and_results_takes_those_of_the_run(tmp_path: Path) -> None:
    text = trainer_card(results=()).replace(table(COLUMNS, ROWS), "")
    card = read(lay(tmp_path, readme=text, state=LATE, eval_results=json.dumps(RESULTS)) / "README.md")
    assert [row.cells[2].raw for row in card.history.rows] == ["100", "200"]
    assert results(card) == {"Accuracy": "0.7", "Loss": "0.55", "Rouge L": "0.3"}


def test_lines_of_other_files_are_not_taken_for_the_cards(tmp_path: Path) -> None:
    text = trainer_card(results=()).replace(table(COLUMNS, ROWS), "")
    card = read(lay(tmp_path, readme=text, state=LATE, eval_results=json.dumps(RESULTS)) / "README.md")
    assert {row.line for row in card.history.rows} | {result.line for result in card.results} == {0}


@pytest.mark.parametrize("name", ["README.md", "readme.MD", "ReadMe.markdown"])
def test_a_readme_has_the_run_whatever_its_case(name: str, tmp_path: Path) -> None:
    (lay(tmp_path, state=LATE) / name).write_text(trainer_card())
    assert last_step(tmp_path, name) == 200


@pytest.mark.parametrize("name", ["other.md", "README.txt", "xREADME.md"])
def test_another_card_of_the_folder_has_no_run(name: str, tmp_path: Path) -> None:
    (lay(tmp_path, state=LATE) / name).write_text(trainer_card())
    assert read(tmp_path / name).run == Run()


def test_notes_in_the_folder_of_a_run_are_its_card(tmp_path: Path) -> None:
    card = read(lay(tmp_path, readme="# Notes\n\nBuy milk.\n", state=LATE) / "README.md")
    assert (card.name, card.is_card, card.problems) == ("Notes", True, ())
    assert len(card.history.rows) == 2


def test_notes_beside_a_broken_state_are_no_card(tmp_path: Path) -> None:
    card = read(lay(tmp_path, readme="# Notes\n", state="?") / "README.md")
    assert (card.is_card, sorted(code for code, _ in codes(card))) == (False, ["log-broken", "not-a-card"])


def test_a_card_in_the_current_folder_has_its_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(lay(tmp_path, readme=trainer_card(), checkpoint_200=LATE))
    assert last_step(Path()) == 200


# The newest state

NEWEST: dict[str, tuple[dict[str, str], int]] = {
    "own": ({"state": LATE}, 200),
    "own-wins-ties": ({"state": LATE, "checkpoint_200": state(LOG[:4], global_step=200)}, 200),
    "own-is-newer": ({"state": LATE, "checkpoint_100": EARLY}, 200),
    "checkpoint": ({"checkpoint_200": LATE, "checkpoint_100": EARLY}, 200),
    "natural-order": ({"checkpoint_1000": state([logged(1000, 0.1)]), "checkpoint_200": LATE}, 1000),
    "checkpoint-is-newer": ({"state": EARLY, "checkpoint_200": LATE}, 200),
    "own-is-half": ({"state": HALF, "checkpoint_100": EARLY}, 100),
    "last-is-half": ({"checkpoint_200": HALF, "checkpoint_100": EARLY}, 100),
    "last-is-empty": ({"checkpoint_200": "", "checkpoint_100": EARLY}, 100),
    "last-has-none": ({"checkpoint_300/x": "", "checkpoint_100": EARLY}, 100),
    "all-are-half": ({"checkpoint_200": HALF, "checkpoint_100": EARLY[:500]}, 100),
}


@pytest.mark.parametrize(("files", "step"), NEWEST.values(), ids=NEWEST)
def test_the_log_is_that_of_the_newest_state_that_is_whole(files: dict[str, str], step: int, tmp_path: Path) -> None:
    assert last_step(lay(tmp_path, readme=trainer_card(), **files)) == step


def test_the_state_that_is_read_in_place_of_a_broken_one_is_named(tmp_path: Path) -> None:
    card = read(lay(tmp_path, readme=trainer_card(), state=HALF, checkpoint_100=EARLY) / "README.md")
    line = HALF.count("\n") + 1
    assert codes(card) == [("log-broken", 0)]
    assert messages(card) == [
        f"{STATE}, line {line}: the file ends in the middle; checkpoint-100/{STATE} is read instead"
    ]


def test_a_state_that_is_broken_without_another_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    card = read(lay(tmp_path, readme=NO_TABLE, state=HALF) / "README.md")
    assert steps(card) == [50, 100, 100]
    assert len(card.history.rows) == 1
    assert "instead" not in messages(card)[0]


def test_of_many_broken_states_a_few_are_read(tmp_path: Path) -> None:
    lay(tmp_path, readme=trainer_card(), **{f"checkpoint_{step}": "?" for step in range(100, 130)})
    assert len(read(tmp_path / "README.md").problems) == 8


def test_the_run_knows_its_checkpoints(tmp_path: Path) -> None:
    lay(tmp_path, readme=trainer_card(), checkpoint_1000=EARLY, checkpoint_200=LATE)
    for name in ("checkpoint-300", "checkpoint-best", "checkpoint-", "checkpoint-1e3", "xcheckpoint-7"):
        (tmp_path / name).mkdir()
    (tmp_path / "checkpoint-400").write_text("a file")
    (tmp_path / "checkpoint-500").symlink_to(tmp_path / "checkpoint-500")
    assert read(tmp_path / "README.md").run.checkpoints == (200, 300, 1000)


def test_a_card_in_a_checkpoint_has_the_log_of_that_checkpoint(tmp_path: Path) -> None:
    lay(tmp_path, readme=trainer_card(), checkpoint_100=EARLY, checkpoint_200=LATE)
    lay(tmp_path / "checkpoint-100", readme=trainer_card())
    card = read(tmp_path / "checkpoint-100" / "README.md")
    assert (steps(card)[-1], card.run.checkpoints) == (100, ())


# Results


def test_the_run_has_the_entries_of_every_file_of_results(tmp_path: Path) -> None:
    train = {"epoch": 2.0, "train_loss": 0.45, "train_samples": 1600}
    files = {"all_results": RESULTS | train, "eval_results": RESULTS | {"eval_loss": 0.6}, "train_results": train}
    run = read(
        lay(tmp_path, readme=trainer_card(), **{k: json.dumps(v, indent=4) for k, v in files.items()}) / "README.md"
    ).run
    assert {result.name for result in run.results} == {*RESULTS, *train}
    assert [(r.value.number, r.line) for r in run.results if r.name == "eval_loss"] == [(0.55, 4), (0.6, 4)]
    assert [(r.value.number, r.line) for r in run.results if r.name == "train_samples"] == [(1600, 8)]


def test_results_are_metrics_and_not_how_fast_they_were(tmp_path: Path) -> None:
    card = read(lay(tmp_path, state=LATE, eval_results=json.dumps(WRITTEN)) / STATE)
    assert results(card) == {"Accuracy": "0.7", "Loss": "0.55", "Rouge L": "0.3", "Perplexity": "1.7"}


def test_without_its_own_file_the_evaluation_is_that_of_all_results(tmp_path: Path) -> None:
    everything = json.dumps(WRITTEN | {"train_loss": 0.45, "train_samples": 5})
    card = read(lay(tmp_path, state=LATE, all_results=everything) / STATE)
    assert results(card) == {"Accuracy": "0.7", "Loss": "0.55", "Rouge L": "0.3"}


@pytest.mark.parametrize(
    "other", ["[1]", "?", "", '{"results": {"arc": {"acc": 0.5}}, "config": "x"}', '{"eval_loss": null}']
)
def test_a_file_without_results_gives_none(other: str, tmp_path: Path) -> None:
    card = read(lay(tmp_path, state=LATE, eval_results=other, all_results=json.dumps(RESULTS)) / STATE)
    assert results(card) == {"Accuracy": "0.7", "Loss": "0.55", "Rouge L": "0.3"}


def test_results_of_lists_have_elements(tmp_path: Path) -> None:
    (result,) = read(lay(tmp_path, state=LATE, eval_results='{"eval_f1": [0.9, NaN]}') / STATE).results
    assert (result.name, result.value.raw, len(result.value.elements)) == ("F1", "[0.9, nan]", 2)


def test_broken_results_are_said_with_file_and_line(tmp_path: Path) -> None:
    card = read(lay(tmp_path, readme=trainer_card(), eval_results='{\n"eval_loss": 0.5,\n') / "README.md")
    assert codes(card) == [("results-broken", 0)]
    assert messages(card) == ["eval_results.json, line 3: the file ends in the middle"]
    assert [result.name for result in card.run.results] == ["eval_loss"]


# A run without a card


def test_a_state_is_the_card_of_its_run(tmp_path: Path) -> None:
    card = read(lay(tmp_path / "my-run", state=LATE) / STATE)
    assert (card.name, card.writer, card.is_card, card.path) == ("my-run", "trainer", True, STATE)
    assert len(card.history.rows) == 2
    assert (card.text, card.results, card.sections, card.problems) == (LATE, (), (), ())
    assert card.history.rows[0].line > 1


def test_a_state_of_a_checkpoint_is_the_card_of_the_run_up_to_there(tmp_path: Path) -> None:
    lay(tmp_path / "my-run", checkpoint_100=EARLY, checkpoint_200=LATE, eval_results=json.dumps(RESULTS))
    card = read(tmp_path / "my-run" / "checkpoint-100" / STATE, "x/y.json")
    assert (card.name, card.path, steps(card)[-1]) == ("my-run", "x/y.json", 100)
    assert (card.run.checkpoints, card.results[0].name) == ((100, 200), "Accuracy")


def test_a_run_takes_the_name_that_it_is_given(tmp_path: Path) -> None:
    assert read(lay(tmp_path, state=LATE) / STATE, STATE, "owner/name").name == "owner/name"


def test_a_state_in_the_current_folder_is_called_as_its_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(lay(tmp_path / "run-7", checkpoint_200=LATE) / "checkpoint-200")
    assert read(Path(STATE)).name == "run-7"


def test_a_half_written_state_of_a_checkpoint_gives_way_to_the_one_before(tmp_path: Path) -> None:
    lay(tmp_path, state=LATE, checkpoint_100=EARLY, checkpoint_150=HALF, checkpoint_200=LATE)
    card = read(tmp_path / "checkpoint-150" / STATE)
    assert (steps(card)[-1], card.text) == (100, EARLY)
    assert f"checkpoint-100/{STATE} is read instead" in messages(card)[0]


def test_the_own_state_of_a_run_gives_way_to_a_newer_checkpoint(tmp_path: Path) -> None:
    card = read(lay(tmp_path, state=EARLY, checkpoint_200=LATE) / STATE)
    assert (steps(card)[-1], card.text, card.problems) == (200, LATE, ())


def test_a_state_that_says_nothing_is_still_the_card_of_a_run(tmp_path: Path) -> None:
    card = read(lay(tmp_path / "my-run", state=b"\0" * 100) / STATE)
    assert (card.name, card.is_card, card.run.log) == ("my-run", True, ())
    assert messages(card) == [f"{STATE}, line 1: expecting '{{'"]
    assert judge(card)
    assert outline(tmp_path / "my-run" / STATE, "my-run").name == "my-run"


def test_a_state_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CardFileError, match="no such file"):
        read(tmp_path / STATE)


# What cannot be read


def test_files_that_are_too_large_are_not_read_and_said_to_be(tmp_path: Path) -> None:
    huge = " " * reading.MAX_BYTES + "{}"
    lay(tmp_path, readme=trainer_card(), checkpoint_200=huge, checkpoint_100=EARLY, eval_results=huge)
    card = read(tmp_path / "README.md")
    assert codes(card) == [("run-too-large", 0)] * 2
    assert messages(card) == [
        f"checkpoint-200/{STATE}: larger than 5 MB and not read",
        "eval_results.json: larger than 5 MB and not read",
    ]
    assert (steps(card)[-1], card.name, len(card.results)) == (100, "my-model", 2)


def test_a_state_that_is_too_large_is_a_card_that_says_so(tmp_path: Path) -> None:
    card = read(lay(tmp_path / "my-run", state=LATE + " " * reading.MAX_BYTES) / STATE)
    assert (codes(card), card.is_card) == ([("too-large", 0)], True)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
def test_a_pipe_beside_a_card_is_not_waited_for(tmp_path: Path) -> None:
    lay(tmp_path, readme=trainer_card())
    os.mkfifo(tmp_path / STATE)
    assert messages(read(tmp_path / "README.md")) == [f"{STATE}: not a file"]


def test_links_and_folders_named_like_files_are_said_to_be_unreadable(tmp_path: Path) -> None:
    lay(tmp_path, readme=trainer_card())
    (tmp_path / STATE).symlink_to(tmp_path / STATE)
    (tmp_path / "all_results.json").mkdir()
    (tmp_path / "eval_results.json").symlink_to("nowhere")
    card = read(tmp_path / "README.md")
    assert {code for code, _ in codes(card)} == {"unreadable"}
    assert [message.partition(":")[0] for message in messages(card)] == [STATE, "all_results.json"]


def test_a_folder_that_cannot_be_listed_spoils_no_card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    lay(tmp_path, readme=trainer_card(), state=LATE)
    monkeypatch.setattr(os, "scandir", refuse)
    card = read(tmp_path / "README.md")
    assert (card.name, card.run, messages(card)) == ("my-model", Run(), ["the run's folder: permission denied"])
    assert last_step(tmp_path, STATE) == 200


@pytest.mark.usefixtures("at_once")
def test_a_folder_with_many_other_files_costs_little(tmp_path: Path) -> None:
    lay(tmp_path, readme=trainer_card(), state=LATE)
    (tmp_path / "0").touch()
    for number in range(1, 2_000):
        os.link(tmp_path / "0", tmp_path / str(number))
    for _ in range(20):
        assert last_step(tmp_path) == 200


FILES = st.dictionaries(
    st.sampled_from(["state", "checkpoint_100", "checkpoint_200", "all_results", "eval_results", "train_results"]),
    st.sampled_from(
        [b"", b"{", b"[]", b"{}", HALF.encode(), LATE.encode(), EARLY.encode(), json.dumps(WRITTEN).encode()]
    )
    | st.binary(max_size=30),
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FILES, st.booleans())
def test_no_content_of_the_files_makes_reading_or_judging_raise(
    tmp_path: Path, files: dict[str, bytes], has_card: bool
) -> None:
    folder = lay(tmp_path / "run", readme=NO_TABLE if has_card else "# x\n", **files)
    for path in folder.rglob("*.json"):
        judge(read(path))
    judge(read(folder / "README.md"))
    shutil.rmtree(folder)


# Real runs


@needs_runs
@pytest.mark.parametrize("run", sorted(RUNS.iterdir()) if RUNS.is_dir() else [], ids=lambda run: run.name)
def test_every_logged_value_of_a_real_run_comes_with_its_card(run: Path) -> None:
    card = read(run / "README.md")
    seen = {(entry.step, name, float(value)) for entry in card.run.log for name, value in entry.values.items()}
    wanted = {
        (entry["step"], name, float(value))
        for path in run.rglob(STATE)
        for entry in json.loads(path.read_bytes())["log_history"]
        for name, value in entry.items()
        if name not in {"step", "epoch"}
    }
    assert wanted
    assert wanted <= seen
    assert card.problems == ()


@needs_runs
@pytest.mark.parametrize("run", sorted(RUNS.iterdir()) if RUNS.is_dir() else [], ids=lambda run: run.name)
def test_the_history_of_a_real_log_is_the_table_of_its_card(run: Path) -> None:
    card = read(run / "README.md")
    last = f"checkpoint-{card.run.checkpoints[-1]}"
    logged_history = read(run / last / STATE).history
    assert logged_history.columns == card.history.columns
    for mine, printed in zip(logged_history.rows, card.history.rows, strict=True):
        for full, rounded in zip(mine.cells, printed.cells, strict=True):
            if full.number is None or rounded.number is None:
                assert full.raw == rounded.raw
            else:
                assert full.number == pytest.approx(rounded.number, abs=0.5001e-4)


def test_values_that_are_evaluated_twice_are_both_logged(tmp_path: Path) -> None:
    twice = state([evaluated(10, 0.5), evaluated(10, 0.4)])
    card = read(lay(tmp_path, readme=trainer_card(), state=twice) / "README.md")
    assert [entry.values["eval_loss"] for entry in card.run.log] == [0.5, 0.4]
