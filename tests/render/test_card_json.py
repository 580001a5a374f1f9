"""A card and its verdict as the object of the schema."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests import stated
from tests.render.making import ESCAPES, table_of, trainer_card
from tests.schemas import schema, strict, validator
from tui.cards.model import Card, LogEntry, NamedValue, Run, Value
from tui.cards.read import MAX_BYTES, parse, read
from tui.judge.verdict import judge
from tui.render.card_json import card_json
from tui.render.json_text import json_text

NAN, INFINITY = float("nan"), float("inf")


def written(card: Card) -> Any:
    """What a program reads of the card; it is as the schema says."""
    found = strict(json_text(card_json(card, judge(card))))
    validator("card").validate(found)
    return found


def a_run(*losses: str, results: str = "- Loss: 0.3\n- Accuracy: 0.9") -> Card:
    """A run with an evaluation an epoch."""
    rows = [(epoch, epoch * 10, loss, f"0.{epoch}") for epoch, loss in enumerate(losses, 1)]
    return trainer_card(results, table_of(["Epoch", "Step", "Validation Loss", "Accuracy"], rows))


@pytest.mark.parametrize("path", stated.SAMPLE_CARDS, ids=stated.sample_id)
def test_a_card_is_as_the_schema_says(path: Path) -> None:
    found = written(read(path))
    assert found["name"] == stated.card_name(path)
    assert [(entry["name"], entry["raw"]) for entry in found["results"]] == stated.results(path)
    assert [(entry["name"], entry["raw"]) for entry in found["hyperparameters"]] == [
        (name, " ".join(value.split())) for name, value in stated.hyperparameters(path)
    ]
    assert found["history"]["rows"] == stated.history(path)


def test_the_keys_are_those_of_the_schema_in_its_order() -> None:
    assert list(written(a_run("0.4", "0.3"))) == list(schema("card")["properties"]) == schema("card")["required"]


def test_the_schema_is_one_and_allows_nothing_else() -> None:
    validator("card").check_schema(schema("card"))
    validator("check").check_schema(schema("check"))
    found = written(a_run("0.4"))
    assert not validator("card").is_valid({**found, "more": 1})
    assert not validator("card").is_valid({key: value for key, value in found.items() if key != "log"})


def test_a_file_without_anything_is_an_object_with_its_problem() -> None:
    found = written(parse(b"", "run/empty.md"))
    empty = {key: value for key, value in found.items() if not value}
    assert found["problems"] == [
        {"code": "not-a-card", "line": 0, "message": "nothing of a model card was found in this file"}
    ]
    assert empty == {
        **dict.fromkeys(("base_model", "dataset", "task", "license", "headline", "provenance")),
        "metadata": {},
        **{
            key: []
            for key in (
                "results", "model_index", "hyperparameters", "log", "frameworks", "sections", "best", "estimates",
                "findings",
            )
        },
    }  # fmt: skip
    assert found["history"] == {"columns": [], "rows": []}
    assert (found["path"], found["name"], found["writer"]) == ("run/empty.md", "empty", "other")


def test_a_file_that_is_too_large_is_an_object_with_its_problem() -> None:
    assert [p["code"] for p in written(parse(b"x" * (MAX_BYTES + 1), "big.md"))["problems"]] == ["too-large"]


def test_values_that_are_no_finite_number_have_none() -> None:
    found = written(a_run("nan", "inf", "No log", results="- Loss: nan\n- Note: good\n- F1: [0.5, nan]"))
    assert [(entry["raw"], entry["number"]) for entry in found["results"]] == [
        ("nan", None), ("good", None), ("[0.5, nan]", None)
    ]  # fmt: skip
    assert [row[2] for row in found["history"]["rows"]] == ["nan", "inf", "No log"]
    assert [(b["metric"], b["reported"]) for b in found["best"][:4]] == [
        ("Loss", None), ("Note", None), ("F1[0]", 0.5), ("F1[1]", None)
    ]  # fmt: skip


def test_headline_provenance_and_best_are_those_of_the_verdict() -> None:
    found = written(a_run("0.4", "0.2", "0.3", results="- Loss: 0.3\n- Accuracy: 0.3\n- Gen Len: 12"))
    assert found["headline"] == {"metric": "Accuracy", "raw": "0.3", "number": 0.3, "direction": "maximize"}
    assert found["provenance"] == {"row": 2, "kinds": ["last", "best:Accuracy"], "differing": [], "times": 1}
    assert found["best"] == [
        {"metric": "Loss", "direction": "minimize", "row": 1, "value": 0.2, "reported": 0.3, "last": 0.3},
        {"metric": "Accuracy", "direction": "maximize", "row": 2, "value": 0.3, "reported": 0.3, "last": 0.3},
        {"metric": "Gen Len", "direction": "unknown", "row": None, "value": None, "reported": 12.0, "last": None},
    ]


def test_results_that_are_no_row_have_no_kinds() -> None:
    found = written(a_run("0.4", "0.2", results="- Loss: 0.9"))
    assert found["provenance"] == {"row": None, "kinds": [], "differing": [], "times": 1}


def test_there_is_no_provenance_without_something_to_compare() -> None:
    assert written(trainer_card("- Loss: 0.3"))["provenance"] is None


def test_a_column_that_is_not_reported_has_its_best_too() -> None:
    found = written(a_run("0.4", "0.2", results="- Loss: 0.2"))
    assert [(entry["metric"], entry["row"], entry["reported"]) for entry in found["best"]] == [
        ("Loss", 1, 0.2), ("Accuracy", 1, None)
    ]  # fmt: skip


def test_a_short_row_stays_short() -> None:
    card = trainer_card("- Loss: 0.3", "| Epoch | Step | Validation Loss |\n|---|---|---|\n| 1.0 | 0.3 |")
    found = written(card)
    assert found["history"] == {"columns": ["Epoch", "Step", "Validation Loss"], "rows": [["1.0", "0.3"]]}
    assert [problem["code"] for problem in found["problems"]] == ["ragged-row"]


def test_a_metric_that_its_writer_set_in_bold_keeps_its_marks() -> None:
    result = NamedValue("spearman_cosine", Value("0.8", 0.8), 3, primary=True)
    assert written(replace(a_run(), results=(result,)))["results"][0]["name"] == "**spearman_cosine**"


def test_the_log_of_a_run_is_written_with_null_for_nan() -> None:
    log = (LogEntry(500, 2.5, {"loss": 0.4, "grad_norm": NAN}), LogEntry(501, None, {"eval_loss": INFINITY}))
    assert written(replace(a_run(), run=Run(log=log)))["log"] == [
        {"step": 500, "epoch": 2.5, "values": {"loss": 0.4, "grad_norm": None}},
        {"step": 501, "epoch": None, "values": {"eval_loss": None}},
    ]


def test_metadata_is_as_the_yaml_gives_it() -> None:
    card = trainer_card(
        front="license: no\nversion: 1.10\nempty:\nmodel-index:\n- name: m\n  results:\n  - task: {type: t}\n"
        "    dataset: {type: d, args: {language: en}}\n    metrics: [{type: wer, value: .nan}, {type: f1, value: 0.9}]"
    )
    found = written(card)
    assert (found["license"], found["metadata"]["license"], found["metadata"]["empty"]) == ("no", "no", None)
    assert [entry["metric_value"] for entry in found["model_index"]] == [".nan", 0.9]
    assert found["model_index"][0]["dataset_args"] == {"language": "en"}
    assert found["metadata"]["model-index"][0]["name"] == "m"


def test_no_control_code_of_a_card_is_in_the_text() -> None:
    card = trainer_card(f"- Loss: {ESCAPES}", prose=f"## A\n\n{ESCAPES}")
    text = json_text(card_json(card, judge(card)), indent=2)
    assert [c for c in text if c != "\n" and (ord(c) < 0x20 or 0x7F <= ord(c) <= 0x9F or c in "\u202e\u2066")] == []
    assert ESCAPES.split("\x9b")[0].strip() in json.loads(text)["sections"][-1]["markdown"]
