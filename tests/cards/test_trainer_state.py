"""A state of the training becomes a log and the history that the Trainer would print of it."""

from __future__ import annotations

import json
import math
import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cards.runs import LOG, SUMMARY, evaluated, logged, state
from tests.shared import RUNS, needs_runs
from tui.cards.model import History, LogEntry
from tui.cards.trainer_state import State, printed_name, read

FILE = "checkpoint-200/trainer_state.json"
LEADING = ("Training Loss", "Epoch", "Step")


def of(text: str | bytes) -> State:
    return read(text if isinstance(text, bytes) else text.encode(), FILE)


def of_log(*log: Any, **more: Any) -> State:
    return of(state(log, **more))


def raws(history: History) -> list[tuple[str, ...]]:
    return [tuple(cell.raw for cell in row.cells) for row in history.rows]


def numbers(entry: LogEntry) -> dict[str, float]:
    return dict(entry.values)


def messages(found: State) -> list[str]:
    assert {(problem.code, problem.line) for problem in found.problems} <= {("log-broken", 0)}
    return [problem.message for problem in found.problems]


# The log


def test_the_log_has_every_number_in_its_order() -> None:
    found = of(state())
    assert [(entry.step, entry.epoch) for entry in found.run.log] == [(e["step"], e["epoch"]) for e in LOG]
    assert [numbers(entry) for entry in found.run.log] == [
        {name: value for name, value in entry.items() if name not in {"step", "epoch"}} for entry in LOG
    ]
    assert (found.problems, found.is_whole, found.reached) == ((), True, 200)


def test_lists_and_mappings_are_logged_element_by_element() -> None:
    (entry,) = of_log(evaluated(1, 0.5, eval_f1=[0.9, 0.8, None], eval_each={"LOC": {"p": 0.7}, "n": 3})).run.log
    shown = {name: value for name, value in entry.values.items() if name.startswith(("eval_f1", "eval_each"))}
    assert shown == {"eval_f1[0]": 0.9, "eval_f1[1]": 0.8, "eval_each.LOC.p": 0.7, "eval_each.n": 3.0}


def test_what_is_no_number_is_not_in_the_log() -> None:
    (entry,) = of_log(
        {"step": 1, "a": True, "b": None, "c": "words", "d": [True, None, "x"], "e": {}, "loss": 2}
    ).run.log
    assert (numbers(entry), entry.epoch) == ({"loss": 2}, None)


def test_nan_and_infinities_are_numbers() -> None:
    found = of_log({"step": 1, "loss": math.nan, "grad_norm": math.inf}, {"step": 1, "eval_loss": -math.inf})
    assert math.isnan(found.run.log[0].values["loss"])
    assert found.run.log[0].values["grad_norm"] == math.inf
    assert raws(found.history) == [("nan", "", "1", "-inf")]
    assert found.problems == ()


def test_the_fields_of_the_state_are_those_of_the_run() -> None:
    run = of(state(best_global_step=100, best_metric=0.7, best_model_checkpoint="out/checkpoint-900")).run
    assert (run.global_step, run.max_steps, run.num_train_epochs) == (200, 300, 3)
    assert (run.best_step, run.best_metric) == (100, 0.7)


@pytest.mark.parametrize(
    ("path", "step"),
    [
        ("out/run/checkpoint-400", 400),
        ("checkpoint-400", 400),
        ("C:\\out\\checkpoint-400", 400),
        ("out/checkpoint-400/", 400),
        ("out/checkpoint-best", None),
        ("out/my-checkpoint-400", None),
        ("out/checkpoint-400/model", None),
        ("checkpoint-" + "9" * 5000, None),
        ("", None),
        (400, None),
        (None, None),
    ],
    ids=lambda value: str(value)[:20],
)
def test_older_versions_name_the_best_checkpoint_by_its_path(path: object, step: int | None) -> None:
    fields = json.loads(state(best_model_checkpoint=path))
    del fields["best_global_step"]
    assert of(json.dumps(fields)).run.best_step == step


# The history


def test_the_history_is_the_trainers_table_with_all_digits() -> None:
    history = of(state()).history
    assert history.columns == (*LEADING, "Validation Loss", "Accuracy", "Rouge L")
    assert raws(history) == [
        ("0.5", "1.0", "100", "0.6625709533691406", "0.635", "0.25"),
        ("0.4", "2.0", "200", "0.55", "0.7", "0.3"),
    ]
    assert [cell.number for cell in history.rows[0].cells] == [0.5, 1.0, 100.0, 0.6625709533691406, 0.635, 0.25]


def test_a_row_stands_on_the_line_of_its_entry() -> None:
    text = state()
    rows = of(text).history.rows
    assert ["eval_accuracy" in "".join(text.splitlines()[row.line : row.line + 4]) for row in rows] == [True, True]
    assert all(text.splitlines()[row.line - 1].strip() == "{" for row in rows)


def test_before_the_first_training_loss_there_is_no_log() -> None:
    history = of_log(
        evaluated(0, 0.9), evaluated(5, 0.8), logged(10, 0.5), evaluated(10, 0.7), evaluated(15, 0.6)
    ).history
    assert [row[0] for row in raws(history)] == ["No log", "No log", "0.5", "0.5"]
    assert not history.rows[0].cells[0].logged


def test_the_evaluations_of_several_datasets_at_one_step_are_one_row() -> None:
    first = {"step": 10, "epoch": 1.0, "eval_a_loss": 0.5, "eval_a_f1": 0.6, "eval_a_runtime": 1.0}
    second = {"step": 10, "epoch": 1.0, "eval_b_loss": 0.4, "eval_b_f1": 0.7, "eval_b_samples_per_second": 9.0}
    later = [{**entry, "step": 20, "epoch": 2.0} for entry in (first, second)]
    history = of_log(first, second, *later).history
    assert history.columns == (*LEADING, "A F1", "A Loss", "B F1", "B Loss")
    assert raws(history) == [
        ("No log", "1.0", "10", "0.6", "0.5", "0.7", "0.4"),
        ("No log", "2.0", "20", "0.6", "0.5", "0.7", "0.4"),
    ]


def test_an_evaluation_that_is_repeated_is_a_row_of_its_own() -> None:
    assert [row[3] for row in raws(of_log(evaluated(10, 0.5), evaluated(10, 0.4)).history)] == ["0.5", "0.4"]


def test_a_metric_that_is_missing_leaves_its_cell_empty() -> None:
    history = of_log(evaluated(1, 0.5), evaluated(2, 0.4, eval_f1=0.9), {"step": 3, "eval_f1": 0.8}).history
    assert raws(history) == [
        ("No log", "0.01", "1", "0.5", ""),
        ("No log", "0.02", "2", "0.4", "0.9"),
        ("No log", "", "3", "", "0.8"),
    ]


def test_the_summary_of_the_training_is_logged_and_no_row() -> None:
    after = evaluated(200, 0.1, eval_accuracy=0.99)
    found = of_log(*LOG, SUMMARY, after)
    assert numbers(found.run.log[-2])["train_loss"] == 0.45
    assert len(found.run.log) == len(LOG) + 2
    assert raws(found.history) == raws(of(state()).history)


def test_lists_are_one_column_with_elements() -> None:
    history = of_log(evaluated(1, 0.5, eval_f1=[0.9, 0.8])).history
    assert history.columns[-1] == "F1"
    cell = history.rows[0].cells[-1]
    assert (cell.raw, [(suffix, value.number) for suffix, value in cell.elements]) == (
        "[0.9, 0.8]",
        [("[0]", 0.9), ("[1]", 0.8)],
    )


def test_tokens_seen_are_a_column_as_the_trainer_prints_them() -> None:
    history = of_log(logged(1, 0.5, num_input_tokens_seen=64), evaluated(1, 0.5, num_input_tokens_seen=64)).history
    assert (history.columns[-1], raws(history)[0][-1]) == ("Input Tokens Seen", "64")


def test_names_that_would_be_printed_alike_keep_their_own() -> None:
    names = ["eval_F1", "eval_", "eval_f1", "eval_step", "eval_validation_loss"]
    history = of_log({"step": 1, "eval_loss": 1} | dict.fromkeys(names, 0.5)).history
    assert set(history.columns) == {*LEADING, "Validation Loss", "F1", *names} - {"eval_F1"}


@pytest.mark.parametrize(
    ("name", "printed"),
    [("eval_loss", "Loss"), ("eval_rouge_l", "Rouge L"), ("eval_rougeLsum", "Rougelsum"), ("perplexity", "Perplexity")],
)
def test_names_are_printed_as_the_trainer_prints_them(name: str, printed: str) -> None:
    assert printed_name(name) == printed


def test_texts_of_several_lines_are_cells_of_one() -> None:
    assert raws(of_log(evaluated(1, 0.5, eval_report="a\n  b\tc")).history)[0][-1] == "a b c"


@pytest.mark.usefixtures("at_once")
def test_a_new_metric_in_every_entry_makes_no_endless_table() -> None:
    found = of_log(*({"step": n, f"eval_{n}": n} for n in range(4_000)))
    assert len(found.history.columns) == 3 + 250
    assert len(found.run.log) == 4_000
    assert "the first 250 of 4000 metrics" in messages(found)[0]


# What is wrong


def test_a_half_written_state_gives_the_entries_before_its_end() -> None:
    text = state()
    cut = of(text[: text.index("0.55")])
    assert len(cut.run.log) == 4
    assert (cut.is_whole, cut.run.global_step, cut.reached) == (False, 200, 150)
    line = text[: text.index("0.55")].count("\n") + 1
    assert messages(cut) == [f"{FILE}, line {line}: the file ends in the middle"]


WRONG: dict[str, tuple[str, str]] = {
    "not-json": ("{'a': 1}", "line 1: expecting value"),
    "empty": ("", "line 1: the file is empty"),
    "no-object": ("[]", "line 1: expecting '{'"),
    "no-log": ("{}", "line 1: there is no log_history in it"),
    "log-no-list": ('{\n"log_history": {}}', "line 2: log_history is no list"),
    "log-null": ('{\n"log_history": null}', "line 2: log_history is no list"),
    "step-text": ('{"log_history": [],\n\n"global_step": "5"}', "line 3: global_step is no whole number"),
    "step-half": ('{"log_history": [],\n"max_steps": 0.5}', "line 2: max_steps is no whole number"),
    "step-huge": ('{"log_history": [],\n"max_steps": %s}' % ("9" * 5000), "line 2: max_steps is no whole number"),
    "best-bool": ('{"log_history": [],\n"best_metric": true}', "line 2: best_metric is no number"),
    "epochs": ('{"log_history": [],\n"num_train_epochs": []}', "line 2: num_train_epochs is no number"),
    "nested": ('{"log_history":\n[' + "[" * 100_000, "line 2: brackets are nested too deep"),
    "utf-8": ('{"log_history": [],\n"a": "\udcff"}', "line 2: byte 27 of the file is not UTF-8; shown as U+FFFD"),
}


@pytest.mark.parametrize(("text", "message"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_with_file_line_and_reason(text: str, message: str) -> None:
    found = of(text.encode("utf-8", "surrogateescape"))
    assert messages(found) == [f"{FILE}, {message}"]
    assert found.run.log == ()


def test_entries_that_are_none_are_left_out_and_counted() -> None:
    bad: list[Any] = [
        1,
        None,
        [],
        {"loss": 1.0},
        {"step": None, "loss": 1},
        {"step": True},
        {"step": "1"},
        {"step": 1.5},
    ]
    found = of('{"log_history": [\n' + ",\n".join(map(json.dumps, [*bad, {"step": 7, "loss": 1}])) + "]}")
    assert [entry.step for entry in found.run.log] == [7]
    assert messages(found) == [
        f"{FILE}, line 2: a log entry that is no mapping is left out (and 2 more)",
        f"{FILE}, line 5: a log entry without a step is left out (and 4 more)",
    ]


def test_an_entry_without_epoch_is_one() -> None:
    found = of_log({"step": 1, "loss": 1.0}, {"step": 2, "epoch": "one", "loss": 1.0})
    assert [entry.epoch for entry in found.run.log] == [None, None]
    assert ["an epoch is no number" in message for message in messages(found)] == [True]


def test_a_state_with_a_byte_order_mark_is_read() -> None:
    assert of(b"\xef\xbb\xbf" + state().encode()) == of(state())


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(
    ["step", "epoch", "loss", "eval_loss", "eval_f1", "eval_a_f1", "train_runtime", "num_input_tokens_seen", "eval_"]
)
ENTRIES = st.dictionaries(NAMES | st.text(max_size=5), VALUES | st.integers(0, 3), max_size=6) | VALUES
FIELDS = st.sampled_from(["global_step", "best_global_step", "best_model_checkpoint", "max_steps", "best_metric"])
STATES = st.builds(
    lambda log, fields: {**fields, "log_history": log},
    st.lists(ENTRIES, max_size=6) | VALUES,
    st.dictionaries(FIELDS | st.text(max_size=4), VALUES, max_size=4),
)
QUICK = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@QUICK
@given(STATES | VALUES, st.floats(0, 1), st.binary(max_size=3))
def test_no_json_whole_or_cut_makes_reading_raise_or_take_long(found: object, part: float, tail: bytes) -> None:
    data = json.dumps(found).encode()
    start = time.process_time()
    of(data)
    cut = of(data[: int(len(data) * part)] + tail)
    assert time.process_time() - start < 1
    assert len({len(row.cells) for row in cut.history.rows} | {len(cut.history.columns)}) == 1


@QUICK
@given(st.binary(max_size=60))
def test_no_bytes_make_reading_raise(data: bytes) -> None:
    of(data)


SLOW = {
    "lists": b'{"log_history": [{"step": 1, "eval_a": [' + b"1," * 400_000 + b"1]}]}",
    "open": b'{"log_history": [' + b'{"step": 1},' * 40_000,
    "blanks": b"{" + b" " * 900_000,
    "lines": b"{" + b"\n" * 900_000 + b'"log_history": [] ' + b"\n" * 900_000,
    "texts": b'{"log_history": ["' + b"\\" * 900_000,
    "wrong": b'{"log_history": [' + b"1," * 100_000 + b"1]}",
    "names": b'{"log_history": [{"step": 1' + b"".join(b',"eval_%d":1' % n for n in range(40_000)) + b"}]}",
    "digits": b'{"log_history": [], "global_step": ' + b"7" * 900_000 + b"}",
}


@pytest.mark.parametrize("data", SLOW.values(), ids=SLOW)
def test_nothing_of_a_million_bytes_takes_long(data: bytes) -> None:
    start = time.process_time()
    of(data)
    assert time.process_time() - start < 4


@needs_runs
def test_real_states_have_every_logged_value() -> None:
    states = sorted(RUNS.rglob("trainer_state.json"))
    for path in states:
        found = of(path.read_bytes())
        wanted = json.loads(path.read_bytes())["log_history"]
        assert found.problems == ()
        assert [{**numbers(entry), "step": entry.step, "epoch": entry.epoch} for entry in found.run.log] == wanted
    assert len(states) > 5
