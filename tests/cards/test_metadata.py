"""The metadata and the model index, in the shapes that the Hub, old Trainers and people give them."""

from __future__ import annotations

import pytest

from tests.cards.making import codes, front, read_text, read_yaml
from tui.cards.model import EvalResult, Metadata


def test_the_fields_of_the_front_matter_are_read() -> None:
    found = read_yaml(
        "license: apache-2.0\nbase_model: bert-base\ndatasets:\n- imdb\n- glue\npipeline_tag: text-classification\n"
        "library_name: transformers\ntags:\n- a\n- b\nmetrics:\n- f1"
    )
    assert (found.license, found.base_model, found.dataset) == ("apache-2.0", "bert-base", "imdb, glue")
    assert (found.task, found.library) == ("text-classification", "transformers")
    assert (found.tags, found.metrics) == (("a", "b"), ("f1",))


@pytest.mark.parametrize("field", ["tags", "metrics"])
def test_a_single_text_counts_as_a_list_of_one(field: str) -> None:
    assert getattr(read_yaml(f"{field}: accuracy"), field) == ("accuracy",)


def test_a_name_that_stands_twice_counts_once() -> None:
    found = read_yaml("base_model: [a/b, c/d, a/b]\ndatasets: [imdb, imdb]")
    assert (found.base_model, found.dataset) == ("a/b, c/d", "imdb")


@pytest.mark.parametrize(
    ("yaml", "name"),
    [
        ("license: other\nlicense_name: glm-4", "glm-4"),
        ("license: other", "other"),
        ("license: mit\nlicense_name: glm-4", "mit"),
    ],
)
def test_a_license_that_the_hub_has_no_name_for_has_its_own(yaml: str, name: str) -> None:
    assert read_yaml(yaml).license == name


@pytest.mark.parametrize("key", ["model-index", "model_index"])
def test_the_task_of_a_result_without_a_metric_is_the_cards(key: str) -> None:
    task = "task:\n      name: Causal Language Modeling\n      type: text-generation"
    assert read_yaml(f"{key}:\n- name: m\n  results:\n  - {task}").task == "Causal Language Modeling"


@pytest.mark.parametrize("written", ["no", "1.10", "12:30", "2024-99-99", "1e-4", "0777", "true", "'null'"])
def test_texts_are_kept_as_people_wrote_them(written: str) -> None:
    found = read_yaml(f"license: {written}\ntags:\n- {written}")
    assert found.license == written.strip("'")
    assert found.tags == (written.strip("'"),)


@pytest.mark.parametrize("nothing", ["", "null", "~", "[]", "[null]", "{}", "''"])
def test_a_field_without_content_is_absent_and_no_problem(nothing: str) -> None:
    card = read_text(
        front(f"tags: {nothing}\nlicense: {nothing}\nbase_model: {nothing}\nmodel-index: {nothing}") + "# m"
    )
    found = card.metadata
    assert (found.license, found.base_model, found.tags, found.model_index) == (None, None, (), ())


@pytest.mark.parametrize("none", ["None", "unknown", "null"])
def test_a_dataset_given_as_unknown_or_none_is_none(none: str) -> None:
    assert read_text(front(f"license: mit\ndatasets:\n- {none}") + "# m\n").dataset is None


def test_every_value_but_the_model_index_is_kept_as_it_was_written() -> None:
    found = read_yaml("version: 1.10\nlanguage: [no, en]\nwidget:\n- text: 12:30\nmodel-index:\n- name: x")
    assert dict(found.written) == {"version": "1.10", "language": "no, en", "widget": "text: 12:30"}


def test_the_whole_front_matter_is_kept_as_json() -> None:
    found = read_yaml("license: mit\nwidget:\n- text: hi\n  n: 3\n- no\nco2: 0.5\nx: .nan\ny: null")
    assert dict(found.values) == {
        "license": "mit",
        "widget": [{"text": "hi", "n": 3}, "no"],
        "co2": 0.5,
        "x": ".nan",
        "y": None,
    }


@pytest.mark.parametrize(
    ("block", "kind"),
    [("- a\n- b", "a list"), ("just words", "text"), ("[a, b]", "a list"), ("42", "a number"), ("yes", "text")],
)
def test_metadata_that_is_no_mapping_is_a_problem_of_its_line(block: str, kind: str) -> None:
    card = read_text(front(block) + "# m\n\n## Training results\n\nx")
    assert codes(card) == [("metadata-shape", 2)]
    assert kind in card.problems[0].message
    assert card.metadata == Metadata()
    assert card.name == "m"


@pytest.mark.parametrize(
    ("field", "written", "says"),
    [
        ("license", "{mit: }", "license is a mapping"),
        ("datasets", "\n- name: imdb", "datasets holds a mapping"),
        ("tags", "[[a, b]]", "tags holds a list"),
        ("metrics", "[accuracy, {f1: 0.9}]", "metrics holds a mapping"),
        ("base_model", "{name: bert}", "base_model is a mapping"),
    ],
)
def test_a_field_that_holds_more_than_texts_is_a_problem_of_its_line(field: str, written: str, says: str) -> None:
    card = read_text(front(f"language: en\n{field}: {written}") + "# m\n")
    assert codes(card) == [("metadata-field", 3)]
    assert says in card.problems[0].message
    assert field in card.metadata.written


@pytest.mark.parametrize("written", ["[a, null]", "[]", "{}", "[[]]", "[a, ~, '']", "no", "1.10", "2024-99-99"])
def test_nulls_and_nothing_in_a_field_are_no_problem(written: str) -> None:
    assert codes(read_text(front(f"language: en\ntags: {written}") + "# m\n")) == []


INDEX = """model-index:
- name: electra
  results:
  - task:
      name: Text Classification
      type: text-classification
    dataset:
      name: amazon_reviews_multi
      type: amazon
      config: en
      split: validation
      args: {lang: en, n: 2}
    metrics:
    - name: Accuracy
      type: accuracy
      value: 0.5504
    - type: f1
      value: 0.5457527808330634"""


def test_the_model_index_is_read_with_the_names_of_the_hub() -> None:
    found = read_yaml(INDEX)
    first, second = found.model_index
    assert found.name == "electra"
    assert found.task == "Text Classification"
    assert first == EvalResult(
        task_type="text-classification",
        task_name="Text Classification",
        dataset_type="amazon",
        dataset_name="amazon_reviews_multi",
        dataset_config="en",
        dataset_split="validation",
        dataset_args={"lang": "en", "n": 2},
        metric_type="accuracy",
        metric_name="Accuracy",
        metric_value=0.5504,
        line=15,
    )
    assert (second.metric_type, second.metric_name, second.metric_value) == ("f1", None, 0.5457527808330634)
    assert (second.dataset_name, second.line) == ("amazon_reviews_multi", 18)


OLD = """model_index:
- name: old-model
  results:
  - task:
      name: Token Classification
      type: token-classification
    dataset:
      name: conll2003
      type: conll2003
      args: conll2003
    metric:
      name: Accuracy
      type: accuracy
      value: 0.98"""


def test_the_model_index_of_old_trainers_with_one_metric_is_read() -> None:
    found = read_yaml(OLD)
    (entry,) = found.model_index
    assert found.name == "old-model"
    assert (entry.metric_name, entry.metric_type, entry.metric_value) == ("Accuracy", "accuracy", 0.98)
    assert (entry.dataset_name, entry.dataset_args, entry.task_type) == (
        "conll2003",
        "conll2003",
        "token-classification",
    )


def test_a_model_index_without_results_gives_its_name() -> None:
    found = read_yaml("model-index:\n- name: albert\n  results: []")
    assert (found.name, found.model_index) == ("albert", ())


def test_results_without_task_or_dataset_are_read() -> None:
    (entry,) = read_yaml("model-index:\n- results:\n  - metrics:\n    - type: wer\n      value: 12.5").model_index
    assert (entry.task_type, entry.dataset_name, entry.metric_type, entry.metric_value) == (None, None, "wer", 12.5)


@pytest.mark.parametrize(
    ("written", "value"),
    [("0.9", 0.9), ("'0.9'", "0.9"), ("93.4%", "93.4%"), ("", None), (".nan", ".nan"), ("[1, 2]", [1, 2])],
)
def test_a_metric_value_is_as_the_yaml_gives_it(written: str, value: object) -> None:
    (entry,) = read_yaml(f"model-index:\n- results:\n  - metrics:\n    - type: f1\n      value: {written}").model_index
    assert entry.metric_value == value


def test_several_models_and_results_keep_their_order() -> None:
    one = "  - metrics: [{type: a, value: 1}, {type: b, value: 2}]"
    two = "  - metrics: [{type: c, value: 3}]"
    found = read_yaml(f"model-index:\n- name: x\n  results:\n{one}\n{two}\n- name: y\n  results:\n{two}")
    assert found.name == "x"
    assert [entry.metric_type for entry in found.model_index] == ["a", "b", "c", "c"]


@pytest.mark.parametrize(
    "index",
    [
        "model-index: some-name",
        "model-index:\n  name: x",
        "model-index:\n- x",
        "model-index:\n- name: x\n  results: none yet",
        "model-index:\n- name: x\n  results:\n  - good",
        "model-index:\n- name: x\n  results:\n  - metrics: 0.9",
        "model-index:\n- name: x\n  results:\n  - metrics:\n    - 0.9",
    ],
)
def test_a_model_index_of_another_shape_is_a_problem_and_costs_nothing_else(index: str) -> None:
    card = read_text(front(f"license: mit\n{index}\ntags: [x]") + "# m\n")
    assert codes(card) == [("model-index-shape", 3)]
    assert (card.metadata.license, card.metadata.tags) == ("mit", ("x",))


def test_odd_shapes_inside_a_result_are_read_around() -> None:
    index = "- name: [a]\n  results:\n  - task: text\n    dataset: [imdb]\n    metrics:\n    - {type: {a: b}, value: 1}"
    (entry,) = read_yaml(f"model-index:\n{index}").model_index
    assert (entry.task_type, entry.dataset_name, entry.metric_type, entry.metric_value) == (None, None, None, 1)


@pytest.mark.usefixtures("at_once")
def test_long_arguments_of_a_dataset_are_not_read_anew_for_each_metric() -> None:
    arguments = "1, " * 3000
    metrics = "    - {type: f1, value: 1}\n" * 3000
    found = read_yaml(f"model-index:\n- results:\n  - dataset: {{args: [{arguments}]}}\n    metrics:\n{metrics}")
    assert len(found.model_index) == 3000
