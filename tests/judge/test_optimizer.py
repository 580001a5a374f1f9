"""The line of an optimizer, part by part."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.judge.optimizer import optimizer_parts

CARDS = {
    "Adam with betas=(0.9,0.999) and epsilon=1e-08": {"": "adam", "betas": "(0.9,0.999)", "epsilon": "1e-08"},
    "Use OptimizerNames.ADAMW_TORCH_FUSED with betas=(0.9, 0.98) and epsilon=1e-06 and "
    "optimizer_args=No additional optimizer arguments": {
        "": "adamw_torch_fused",
        "betas": "(0.9, 0.98)",
        "epsilon": "1e-06",
    },
    "Use adamw_torch with betas=(0.9,0.999) and epsilon=1e-08 and optimizer_args=rank=64,\nscale=2": {
        "": "adamw_torch",
        "betas": "(0.9,0.999)",
        "epsilon": "1e-08",
        "args": "rank=64, scale=2",
    },
    "Use adafactor and the args are:\nNo additional optimizer arguments": {"": "adafactor"},
    "Use paged_adamw and the args are:\nweight_decay=0.1": {"": "paged_adamw", "args": "weight_decay=0.1"},
    "Adafactor": {"": "adafactor"},
    "": {"": ""},
    "{'name': 'Adam', 'learning_rate': 2e-05, 'decay': 0.0, 'amsgrad': False, 'clipnorm': None}": {
        "": "adam",
        "learning_rate": "2e-05",
        "decay": "0.0",
        "amsgrad": "False",
        "clipnorm": "None",
    },
    "{'name': 'AdamWeightDecay', 'learning_rate': {'class_name': 'PolynomialDecay', 'config': {'power': 1.0, "
    "'name': None}}, 'betas': [0.9, (0.5, 0.6)], 'decay': 0.0}": {
        "": "adamweightdecay",
        "learning_rate.class_name": "PolynomialDecay",
        "learning_rate.config.power": "1.0",
        "learning_rate.config.name": "None",
        "betas.0": "0.9",
        "betas.1.0": "0.5",
        "betas.1.1": "0.6",
        "decay": "0.0",
    },
    "{'class_name': 'Adam'": {"": "{'class_name': 'adam'"},
}


@pytest.mark.parametrize("text", CARDS)
def test_each_part_has_its_name(text: str) -> None:
    expected = {f"optimizer {name}".rstrip(): value for name, value in CARDS[text].items()}
    found = optimizer_parts(text)
    if text.startswith("{") and not text.endswith("}"):
        assert list(found) == ["optimizer"]
    else:
        assert found == expected


@given(st.one_of(st.text(), st.text("{}[](),:'\" a1=")))
def test_any_text_has_parts_that_belong_to_the_optimizer(text: str) -> None:
    found = optimizer_parts(text)
    assert found
    assert {name.partition(" ")[0] for name in found} == {"optimizer"}


def test_brackets_within_brackets_are_read_however_deep() -> None:
    assert optimizer_parts("{'a': " * 5000 + "1" + "}" * 5000)
