"""Bytes become text, and text becomes metadata and body, whatever the editor was."""

import codecs

import pytest

from tests.cards.making import codes, front, read_text, trainer_card
from tui.cards.front_matter import Parts, decode, split
from tui.cards.model import Card
from tui.cards.read import parse

TEXT = "---\nlicense: mit\n---\n\n# Größe ✓\n\nWords.\n"
ENCODED = {
    "plain": TEXT.encode(),
    "utf-8-bom": codecs.BOM_UTF8 + TEXT.encode(),
    "utf-16-le": codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
    "utf-16-be": codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    "crlf": TEXT.replace("\n", "\r\n").encode(),
    "lone-cr": TEXT.replace("\n", "\r").encode(),
    "mixed": b"---\r\nlicense: mit\r---\n\r\n" + "# Größe ✓\r\n\r\nWords.\r".encode(),
    "utf-16-crlf": codecs.BOM_UTF16_LE + TEXT.replace("\n", "\r\n").encode("utf-16-le"),
}


@pytest.mark.parametrize("data", ENCODED.values(), ids=ENCODED)
def test_the_same_card_is_read_from_every_encoding_and_line_end(data: bytes) -> None:
    card = parse(data, "x.md")
    assert card.text == TEXT
    assert (card.name, card.metadata.license, card.problems) == ("Größe ✓", "mit", ())


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"\xff# m", 1),
        (b"---\nlicense: mit\n---\n# m\n\nbad \xff byte", 6),
        (b"---\r\nlicense: mit\r\n---\r\n# m\r\n\r\nbad \xe9\r\n", 6),
        (b"---\rlicense: mit\r---\r# m\r\rbad \xe9\r", 6),
        (codecs.BOM_UTF8 + b"---\nlicense: mit\n---\n\xe9", 4),
        (codecs.BOM_UTF16_LE + "a\nb\n".encode("utf-16-le") + b"\x00\xd8x\x00", 3),
        (codecs.BOM_UTF16_LE + "a\nb\n".encode("utf-16-le") + b"x", 3),
    ],
    ids=["first", "lf", "crlf", "cr", "bom", "utf-16-surrogate", "utf-16-odd"],
)
def test_bytes_that_are_no_text_are_a_problem_of_their_line(data: bytes, line: int) -> None:
    text, problems = decode(data)
    assert [(problem.code, problem.line) for problem in problems] == [("undecodable-bytes", line)]
    assert "\ufffd" in text


@pytest.mark.parametrize(
    ("data", "place"), [(b"ab\xff", 3), (codecs.BOM_UTF8 + b"ab\xff", 6)], ids=["plain", "behind a byte order mark"]
)
def test_the_problem_counts_the_bytes_of_the_file(data: bytes, place: int) -> None:
    assert decode(data)[1][0].message.startswith(f"byte {place} of the file")


def test_the_rest_of_a_card_with_bad_bytes_is_read() -> None:
    data = trainer_card().encode().replace(b"More information needed", b"caf\xe9 needed")
    card = parse(data, "x.md")
    assert [entry.value.raw for entry in card.results] == ["0.7000", "0.7500"]
    assert len(card.history.rows) == 3
    assert "caf\ufffd needed" in card.sections[0].markdown


def body_lines(parts: Parts) -> list[str]:
    return parts.lines[parts.body_start :]


def test_the_block_between_two_lines_of_dashes_is_the_metadata() -> None:
    parts = split("---\na: 1\nb: 2\n---\n# m\n")
    assert parts.yaml == "a: 1\nb: 2"
    assert body_lines(parts) == ["# m", ""]
    assert parts.problems == ()


@pytest.mark.parametrize("text", ["\n\n---\na: 1\n---\nx", "  \n\t\n---\na: 1\n---\nx"], ids=["empty", "blanks"])
def test_blank_lines_before_the_front_matter_are_allowed(text: str) -> None:
    parts = split(text)
    assert (parts.yaml, parts.yaml_start, body_lines(parts)) == ("a: 1", 3, ["x"])


def test_blanks_behind_the_dashes_are_allowed() -> None:
    assert split("---  \na: 1\n--- \t\nx").yaml == "a: 1"


@pytest.mark.parametrize(
    "text", ["# m\n---\na: 1\n---\n", "----\na: 1\n", "----\nwords\n----\n", "", "\n\n", "words", "--- a\nb: 1\n---\n"]
)
def test_a_text_that_does_not_begin_with_dashes_has_no_front_matter(text: str) -> None:
    parts = split(text)
    assert (parts.yaml, body_lines(parts), parts.problems) == ("", text.split("\n"), ())


def test_an_empty_front_matter_is_no_problem() -> None:
    parts = split("---\n---\n# m")
    assert (parts.yaml, body_lines(parts), parts.problems) == ("", ["# m"], ())


@pytest.mark.parametrize("empty", ["", "\n", "{}\n"])
def test_front_matter_behind_an_empty_one_is_read(empty: str) -> None:
    parts = split(f"---\n{empty}---\na: 1\n---\n# m")
    assert (parts.yaml, body_lines(parts)) == ("a: 1", ["# m"])


def test_front_matter_that_the_hub_does_not_find_is_a_problem() -> None:
    problems = split("---\n{}\n---\na: 1\n---\n# m").problems
    assert [(problem.code, problem.line) for problem in problems] == [("front-matter-fence", 1)]


@pytest.mark.parametrize(
    "text",
    [
        "---\n---\na: 1\n",
        "---\n---\nwords\n---\n",
        "---\n---\n\n# m\na: 1\n---\n",
        "---\n---\nNote: by hand\n\nWords.\n---\n",
    ],
)
def test_what_follows_an_empty_front_matter_is_the_body(text: str) -> None:
    assert split(text).yaml == ""


def test_dashes_in_the_body_close_nothing() -> None:
    assert body_lines(split("---\na: 1\n---\nx\n\n---\n\ny")) == ["x", "", "---", "", "y"]


def unclosed(body: str) -> Card:
    return read_text("\n---\nlicense: mit\ntags:\n- generated_from_trainer\n" + body)


@pytest.mark.parametrize(
    "body",
    ["\n# m\n\nGood words.", "# m\n\nGood words.", "\n<!-- note -->\n\n# m\n\nGood words.", "\n\n# m\nGood words."],
    ids=["blank-line", "at-once", "comment", "blank-lines"],
)
def test_front_matter_that_is_never_closed_is_a_problem_and_costs_nothing(body: str) -> None:
    card = unclosed(body)
    assert codes(card) == [("front-matter-unclosed", 2)]
    assert card.metadata.license == "mit"
    assert card.metadata.tags == ("generated_from_trainer",)
    assert card.name == "m"
    assert any("Good words." in section.markdown for section in card.sections)


def test_unclosed_front_matter_that_is_the_whole_file_is_read() -> None:
    card = unclosed("")
    assert card.metadata.license == "mit"
    assert codes(card) == [("front-matter-unclosed", 2)]


@pytest.mark.parametrize(
    ("opening", "closing", "line"), [("----", "----", 1), ("---", "-----  ", 3), ("----", "---", 1)]
)
def test_front_matter_between_more_dashes_is_read_and_a_problem(opening: str, closing: str, line: int) -> None:
    card = read_text(f"{opening}\nlicense: mit\n{closing}\n# m\n")
    assert (card.metadata.license, card.name) == ("mit", "m")
    assert codes(card) == [("front-matter-fence", line)]
    assert f"{max(len(opening), len(closing.strip()))} dashes instead of three" in card.problems[0].message


RULE_BELOW = "\n# m\n\nGood words.\n\n---\n\nMore words.\n"


def test_a_rule_in_the_body_does_not_close_front_matter_that_lacks_its_end() -> None:
    card = unclosed(RULE_BELOW)
    assert codes(card) == [("front-matter-unclosed", 2)]
    assert (card.metadata.license, card.name) == ("mit", "m")
    assert card.sections[0].markdown == "Good words.\n\n---\n\nMore words."


@pytest.mark.parametrize("comment", ["# see the guide", "## licence\n# and tags", "# a\n\n# b"])
def test_comments_of_the_yaml_are_not_taken_for_the_body(comment: str) -> None:
    card = read_text(f"---\n{comment}\nlicense: mit\n{comment.splitlines()[0]}\n---\n# m\n")
    assert (card.metadata.license, card.name) == ("mit", "m")


def test_a_merge_key_below_a_comment_is_yaml() -> None:
    card = read_text("---\nx: &b {license: mit}\n# the same\n<<: *b\n---\n# m\n")
    assert (card.metadata.license, codes(card)) == ("mit", [])


def test_comments_above_the_first_key_of_unclosed_front_matter_are_no_body() -> None:
    card = read_text("---\n# see the guide\nlicense: mit\n\n# m\n")
    assert (card.metadata.license, card.name) == ("mit", "m")


CONFLICT = "<<<<<<< HEAD\n{}\n||||||| base\n{}\n=======\n{}\n>>>>>>> other"


def test_the_marks_of_a_conflict_are_a_problem_and_both_sides_are_read() -> None:
    hyperparameters = CONFLICT.format("- learning_rate: 1e-05", "- learning_rate: 2e-05", "- learning_rate: 3e-05")
    text = trainer_card(yaml=CONFLICT.format("license: mit", "tags: [x]", "library_name: peft"), title=hyperparameters)
    card = read_text(text)
    assert (card.metadata.license, card.metadata.library) == ("mit", "peft")
    assert codes(card) == [("merge-conflict", 2), ("merge-conflict", 14)]
    assert "conflict" in card.problems[0].message
    assert not any("=====" in section.markdown or section.title.startswith("- ") for section in card.sections)


def test_lines_of_equal_signs_outside_of_a_conflict_underline_headings() -> None:
    card = read_text("---\nlicense: mit\n---\n<<<<<<< a\n>>>>>>> b\n\nTitle\n=======\n")
    assert card.name == "Title"


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("line", ["# x", "<!--", "# x\n\n- a", "# x\na: b", "---- x", "<<<<<<< x"])
def test_front_matter_made_to_take_long_is_read_at_once(line: str) -> None:
    read_text("---\n" + f"{line}\n" * 20_000)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_card_of_wide_characters_is_read(encoding: str) -> None:
    card = parse(TEXT.encode(encoding) if "16" in encoding else ("\ufeff" + TEXT).encode(encoding), "x.md")
    assert (card.text, card.problems) == (TEXT, ())


def test_lines_are_counted_from_the_start_of_the_file() -> None:
    card = read_text("\n\n" + front("license: mit\nlicense: apache-2.0") + "# m\n")
    assert codes(card) == [("duplicate-key", 5)]
