"""What a printed value says, and when two printed numbers are the same."""

import math

import pytest

from tui.cards.values import equal, parse, to_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.95", 0.95),
        ("1e-05", 0.00001),
        ("1.2090707659718472e-05", 1.2090707659718472e-05),
        ("-3", -3.0),
        ("+3", 3.0),
        (".5", 0.5),
        ("5.", 5.0),
        ("34177", 34177.0),
        ("93.4%", 93.4),
        ("93.4 %", 93.4),
        ("1,234", 1234.0),
        ("1,234,567.5", 1234567.5),
        ("-1,234", -1234.0),
        ("**0.5504**", 0.5504),
        ("** 93.4% **", 93.4),
        ("**1,234**", 1234.0),
        ("  0.5 ", 0.5),
    ],
)
def test_numbers_are_read_through_percent_signs_thousands_and_bold_marks(text: str, number: float) -> None:
    assert parse(text).number == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("8 (per device)", 8),
        ("8 (per device (of 4))", 8),
        ("0.95 ± 0.01", 0.95),
        ("0.95±0.01", 0.95),
        ("0.95 +/- 0.01", 0.95),
        ("-0.5 +- .1", -0.5),
        ("5e-05 # tuned", 5e-05),
        ("2e-05 <!-- as in the paper -->", 2e-05),
        ("1,234 (of 2,000)", 1234),
        ("93.4% (dev)", 93.4),
        ("93.4 % (dev)", 93.4),
        ("**0.95** (best)", 0.95),
        ("**0.95 ± 0.01**", 0.95),
        ("np.float64(0.95)", 0.95),
        ("numpy.float32(0.95)", 0.95),
        ("array(0.95)", 0.95),
        ("tensor(0.95, device='cuda:0')", 0.95),
    ],
)
def test_a_remark_behind_a_number_is_kept_as_text_and_does_not_hide_it(text: str, number: float) -> None:
    assert (parse(text).number, parse(text).raw) == (number, text)


@pytest.mark.parametrize(
    "text",
    [
        "2 GPUs",
        "1e-5 - 2e-5",
        "1e-4 → 1e-5",
        "16 x 8",
        "3 / 4",
        "4.0.1",
        "4.0.1 (nightly)",
        "Apex, opt level O1",
        "2#3",
        "8 (open",
        "8 (one) x (two)",
        "± 0.01",
        "0 .25",
        "5 <br>",
        "8 (" + "x" * 5000 + ")",
    ],
    ids=lambda text: text[:20],
)
def test_a_text_that_begins_with_a_number_is_not_that_number(text: str) -> None:
    assert parse(text).number is None


@pytest.mark.usefixtures("at_once")
def test_a_text_of_many_signs_is_read_at_once() -> None:
    for text in ("1" + "+-1" * 300_000 + " x", "1" + "(" * 300_000, "1" + " " * 300_000 + "x", "1 " + "()" * 300_000):
        assert parse(text).number is None


@pytest.mark.parametrize(
    "text",
    [
        "linear",
        "Native AMP",
        "1,23",
        "12,34,567",
        "1.2.3",
        "1 2",
        "0x10",
        "1_000",
        "e5",
        "%",
        "**",
        "****",
        "nano",
        "info",
    ],
)
def test_a_text_that_is_no_number_has_none(text: str) -> None:
    value = parse(text)
    assert (value.raw, value.number, value.elements) == (text, None, ())


@pytest.mark.parametrize(("text", "number"), [("inf", math.inf), ("-inf", -math.inf), ("Infinity", math.inf)])
def test_infinities_are_kept_as_such(text: str, number: float) -> None:
    assert (parse(text).raw, parse(text).number) == (text, number)


@pytest.mark.parametrize("text", ["nan", "NaN", "NAN"])
def test_nan_is_kept_as_such(text: str) -> None:
    value = parse(text)
    assert value.raw == text
    assert value.number is not None
    assert math.isnan(value.number)


@pytest.mark.parametrize(("text", "raw"), [("No log", "No log"), ("-", "-"), ("", ""), ("   ", "")])
def test_no_log_a_dash_and_nothing_are_not_logged(text: str, raw: str) -> None:
    value = parse(text)
    assert (value.raw, value.number, value.logged) == (raw, None, False)


@pytest.mark.parametrize("text", ["0.0", "nan", "None", "no", "[]"])
def test_every_other_text_was_logged(text: str) -> None:
    assert parse(text).logged


@pytest.mark.parametrize(
    ("text", "elements"),
    [
        ("[0.94, 0.95]", [("[0]", 0.94), ("[1]", 0.95)]),
        ("(0.94, 0.95)", [("[0]", 0.94), ("[1]", 0.95)]),
        ("[0.94 0.95]", [("[0]", 0.94), ("[1]", 0.95)]),
        ("[1.]", [("[0]", 1.0)]),
        ("{'f1': 0.9}", [(".f1", 0.9)]),
        ("{'accuracy': 0.9, \"f1\": 1}", [(".accuracy", 0.9), (".f1", 1.0)]),
        ("{'a': {'f1': 0.1, 'p': 0.2}, 'b': 3}", [(".a.f1", 0.1), (".a.p", 0.2), (".b", 3.0)]),
        ("{'f1': [0.1, 0.2]}", [(".f1[0]", 0.1), (".f1[1]", 0.2)]),
        ("[[1, 2], [3, 4]]", [("[0][0]", 1.0), ("[0][1]", 2.0), ("[1][0]", 3.0), ("[1][1]", 4.0)]),
        ("[0.5, 'macro', 0.6]", [("[0]", 0.5), ("[2]", 0.6)]),
        ("array([0.5, 0.6])", [("[0]", 0.5), ("[1]", 0.6)]),
        ("array([0.5, 0.6], dtype=float32)", [("[0]", 0.5), ("[1]", 0.6)]),
        ("{'f1': np.float64(0.9)}", [(".f1", 0.9)]),
        ("**[0.94, 0.95]**", [("[0]", 0.94), ("[1]", 0.95)]),
        ("[-0.5, 1e-3]", [("[0]", -0.5), ("[1]", 0.001)]),
        ("{'a, b: c': 0.5}", [(".a, b: c", 0.5)]),
        ("[0.5,]", [("[0]", 0.5)]),
    ],
)
def test_lists_and_mappings_have_one_value_per_element(text: str, elements: list[tuple[str, float]]) -> None:
    value = parse(text)
    assert value.number is None
    assert value.raw == text
    assert [(suffix, element.number) for suffix, element in value.elements] == elements


def test_elements_keep_their_own_texts() -> None:
    value = parse("[0.9281767955801105, nan, -inf]")
    assert [element.raw for _, element in value.elements] == ["0.9281767955801105", "nan", "-inf"]


@pytest.mark.parametrize(
    "text",
    [
        "[0.94, 0.95",
        "[0.94, 0.95}",
        "{'f1': }",
        "{'f1' 0.9}",
        "{0.9}",
        "[[1, 2]",
        "]",
        "{'f1': 0.9}}",
        "[1:2]",
        "[" * 500 + "]" * 500,
    ],
    ids=lambda text: text[:12],
)
def test_a_malformed_list_or_mapping_stays_text(text: str) -> None:
    assert (parse(text).raw, parse(text).elements) == (text, ())


@pytest.mark.usefixtures("at_once")
def test_a_value_of_many_unclosed_quotes_is_read_at_once() -> None:
    text = "[" + "\\'" * 16_000 + "]"
    assert parse(text).raw == text


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("0.95", "0.95"),
        ("0.95", "0.9500"),
        ("0.5458", "0.5457527808330634"),
        ("0.5457527808330634", "0.5458"),
        ("0.9668", "0.9667638135632998"),
        ("1.0", "1"),
        ("5e-05", "0.00005"),
        ("1e3", "1,000"),
        ("93.4%", "93.40%"),
        ("0.95 ± 0.01", "0.95"),
        ("8 (per device)", "8.0"),
        ("nan", "nan"),
        ("nan", "NaN"),
        ("inf", "inf"),
        ("inf", "Infinity"),
        ("-inf", "-inf"),
        ("-0.1235", "-0.12345678"),
        ("No log", "No log"),
    ],
)
def test_the_longer_number_rounded_to_four_decimals_equals_the_shorter(left: str, right: str) -> None:
    assert equal(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("0.95", "0.9543"),
        ("0.9543", "0.95"),
        ("0.95", "0.9501"),
        ("0.5458", "0.5459"),
        ("0.5458", "0.54572"),
        ("0.0940", "0.0938"),
        ("1", "1.0001"),
        ("0.12345678", "0.12345679"),
        ("nan", "inf"),
        ("inf", "-inf"),
        ("nan", "0.0"),
        ("inf", "1e300"),
        ("No log", "0.0"),
        ("linear", "cosine"),
        ("", "0"),
    ],
)
def test_a_number_with_fewer_decimals_than_four_is_exact(left: str, right: str) -> None:
    assert not equal(left, right)
    assert not equal(right, left)


@pytest.mark.parametrize(
    ("left", "right", "same"), [("0.95", "0.9543", True), ("0.95", "0.9563", False), ("1", "1.4", True)]
)
def test_where_the_rounding_is_unknown_the_fewer_decimals_decide(left: str, right: str, *, same: bool) -> None:
    assert equal(left, right, decimals=None) is same


@pytest.mark.parametrize("text", ["1e-5000000", "1e-99999999999999999999", "0.5e-2000000", "1e999999"])
def test_numbers_of_absurd_size_are_compared_without_a_crash(text: str) -> None:
    assert not equal(text, "0.5")
    assert equal(text, text)


@pytest.mark.parametrize("text", ["", ".", "+", "e", "1e", "--1", "%", "nan5"])
def test_what_is_no_number_gives_none(text: str) -> None:
    assert to_number(text) is None
