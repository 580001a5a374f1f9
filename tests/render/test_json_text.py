"""JSON that is safe to print and that every reader takes."""

from __future__ import annotations

import json
import math

import pytest

from tests.render.making import ESCAPES
from tests.render.test_text import harmless
from tui.render.json_text import json_text

LINE_ENDS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"


@pytest.mark.parametrize("text", [ESCAPES, LINE_ENDS, "\x7f", "\U000e0041", "\ufeff", "\x9b2J", '"\\"', "é漢🤗[MASK]"])
def test_a_text_comes_back_as_it_was_and_obeys_no_terminal(text: str) -> None:
    written = json_text({text: [text]})
    assert json.loads(written) == {text: [text]}
    assert len(written.splitlines()) == 1
    assert [hex(ord(c)) for c in written if not harmless(c)] == []


def test_letters_stay_as_they_are() -> None:
    assert json_text({"é": "漢字 🤗 \u200d [/]"}) == '{"é": "漢字 🤗 \u200d [/]"}'


def test_half_a_character_is_replaced() -> None:
    assert json_text(["run-\udcff", "\ud83e"]) == '["run-\ufffd", "\ufffd"]'
    json_text(["run-\udcff"]).encode()


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_what_json_does_not_have_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_text({"number": number})


def test_an_indented_document_has_lines() -> None:
    assert json_text({"a": [1]}, indent=2) == '{\n  "a": [\n    1\n  ]\n}'
