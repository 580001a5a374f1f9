"""Files and bytes become cards: names, limits, what is no card, and that no content ever raises."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cards.making import codes, front, read_text, trainer_card
from tests.stated import SAMPLE_CARDS
from tui.cards import read as reading
from tui.cards.read import CardFileError, parse, read, sniff
from tui.judge.verdict import judge

QUICK = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def write(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


NAMED = front("license: mit\nmodel-index:\n- name: of-the-index\n  results: []")
NAMES = {
    "heading": (NAMED + "words\n\n# of the heading\n\n# second\n", "of the heading"),
    "setext": (NAMED + "of the heading\n======\n", "of the heading"),
    "index": (NAMED + "## no first level\n", "of-the-index"),
    "hidden-heading": (NAMED + "```\n# code\n```\n", "of-the-index"),
    "empty-heading": (NAMED + "#\n\nwords\n", "of-the-index"),
    "brackets": (front("license: mit") + "# [MASK] [/] [red]x\n", "[MASK] [/] [red]x"),
}


@pytest.mark.parametrize(("text", "name"), NAMES.values(), ids=NAMES)
def test_a_card_is_named_by_its_heading_and_then_by_its_index(text: str, name: str, tmp_path: Path) -> None:
    assert read(write(tmp_path / "file-name.md", text)).name == name


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("run-1/README.md", "run-1"),
        ("run-1/readme.markdown", "run-1"),
        ("run-1/other.md", "other"),
        ("a.b/c.d.md", "c.d"),
    ],
)
def test_a_card_without_a_name_has_its_folders_or_files(file: str, name: str, tmp_path: Path) -> None:
    assert read(write(tmp_path / file, front("license: mit") + "words")).name == name


def test_a_readme_in_the_current_folder_has_the_folders_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write(tmp_path / "run-7" / "README.md", front("license: mit") + "words").parent
    monkeypatch.chdir(folder)
    assert read(Path("README.md")).name == "run-7"


def test_a_card_shows_the_path_it_is_given(tmp_path: Path) -> None:
    path = write(tmp_path / "x.md", trainer_card())
    assert read(path, "some/where/x.md").path == "some/where/x.md"
    assert read(path).path == "x.md"


def test_reading_changes_no_file(tmp_path: Path) -> None:
    path = write(tmp_path / "x.md", trainer_card())
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    read(path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_a_too_large_file_is_a_card_that_says_so_and_is_not_read(tmp_path: Path) -> None:
    path = write(tmp_path / "big.md", trainer_card().encode() + b"x" * 5_000_000)
    card = read(path)
    assert codes(card) == [("too-large", 0)]
    assert "5 MB" in card.problems[0].message
    assert (card.name, card.text, card.results) == ("big", "", ())


def test_a_file_of_just_the_limit_is_read(tmp_path: Path) -> None:
    text = trainer_card().encode()
    card = read(write(tmp_path / "big.md", text + b"x" * (5_000_000 - len(text))))
    assert (card.name, codes(card)) == ("my-model", [("prose-too-large", 39)])
    assert card.text.endswith("xxx")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no endless device")
def test_an_endless_file_ends_at_the_limit() -> None:
    assert codes(read(Path("/dev/zero"))) == [("too-large", 0)]


def folder(path: Path) -> Path:
    path.mkdir()
    return path


def loop(path: Path) -> Path:
    path.symlink_to(path)
    return path


MISSING: dict[str, tuple[Callable[[Path], Path], str]] = {
    "missing": (lambda path: path / "x.md", "no such file"),
    "folder": (lambda path: folder(path / "x.md"), "is a directory"),
    "loop": (lambda path: loop(path / "x.md"), "too many levels"),
    "below-a-file": (lambda path: write(path / "x", "") / "y.md", "not a directory"),
    "nul": (lambda path: path / "x\0.md", "null"),
}


@pytest.mark.parametrize(("make", "reason"), MISSING.values(), ids=MISSING)
def test_what_the_file_system_does_not_give_is_one_error(
    make: Callable[[Path], Path], reason: str, tmp_path: Path
) -> None:
    path = make(tmp_path)
    with pytest.raises(CardFileError) as caught:
        read(path)
    assert caught.value.path == str(path)
    assert reason in caught.value.reason


def test_a_file_without_permission_is_the_same_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(CardFileError, match="permission denied"):
        read(tmp_path / "x.md")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "# Notes\n\nBuy milk.\n",
        "---\ntitle: a blog post\n---\n# Hi\n",
        "| a |\n|---|\n| 1 |",
    ],
    ids=["empty", "blank", "notes", "blog", "table"],
)
def test_a_file_with_nothing_of_a_card_says_so_and_keeps_its_text(text: str) -> None:
    card = read_text(text)
    assert not card.is_card
    assert codes(card) == [("not-a-card", 0)]
    assert card.text == text


def test_what_is_wrong_with_the_metadata_of_a_file_that_is_no_card_is_told_too() -> None:
    assert codes(read_text("---\n- a\n---\nwords\n")) == [("not-a-card", 0), ("metadata-shape", 2)]


@pytest.mark.parametrize(
    "key", ["license: mit", "base_model: b", "tags: [x]", "datasets: [x]", "model-index: []", "model_index: []",
            "pipeline_tag: x", "library_name: x", "language: en", "metrics: [f1]", "license: [broken", "widget: []"],
)  # fmt: skip
def test_one_key_of_card_metadata_makes_a_card(key: str) -> None:
    assert read_text(front(key) + "words").is_card


@pytest.mark.parametrize(
    "yaml",
    [
        "title: My day\ndate: 2024-05-01\ntags: [bert]",
        "title: Demo\nemoji: X\ncolorFrom: red\nsdk: gradio\nlicense: mit",
        "layout: post\nlanguage: en",
        "license: mit\ntask_categories: [summarization]\nsize_categories: [1K<n<10K]",
    ],
    ids=["note", "space", "blog", "dataset"],
)
def test_a_page_with_keys_that_cards_have_too_is_no_card(yaml: str) -> None:
    assert codes(read_text(front(yaml) + "# m\n\nWords.\n"))[0][0] == "not-a-card"


@pytest.mark.parametrize(
    "yaml", ["license: mit\nauthor: ada\npipeline_tag: fill-mask", "license: mit\ndate: 2024-05-01", "tags: [bert]"]
)
def test_a_card_may_have_keys_of_other_pages(yaml: str) -> None:
    assert read_text(front(yaml) + "# m\n").is_card


def test_a_heading_that_stands_alone_is_kept() -> None:
    card = read_text(front("license: mit") + "# m\n\n## Data\n\n#### Tuned on 0.82 GB\n\n#### F1: 83\n")
    assert [section.title for section in card.sections] == ["Data", "Tuned on 0.82 GB", "F1: 83"]


def test_headings_whose_text_is_data_are_not_sections() -> None:
    titles = [section.title for section in read_text(trainer_card(title="# ")).sections]
    assert titles == ["Model description"]


def test_problems_stand_in_the_order_of_their_lines() -> None:
    rows = [("0.9", "1.0"), ("0.5", "2.0", "200", "0.6", "0.8")]
    card = read_text(trainer_card(yaml="license: a\nlicense: b\nmodel-index: x", rows=rows))
    lines = [line for _, line in codes(card)]
    assert len(lines) == 3
    assert lines == sorted(lines)


HOSTILE = "[MASK] [/] [red] \x1b[31m \x9b \u202e"


def test_hostile_text_is_kept_as_it_stands() -> None:
    card = read_text(trainer_card(title=f"# {HOSTILE}", results=(f"F1: {HOSTILE}",)))
    assert card.name == HOSTILE
    assert card.results[0].value.raw == HOSTILE


SNIFFED: dict[str, tuple[str | bytes, bool]] = {
    "metadata": ("---\nlicense: mit\n---\nwords", True),
    "metadata-bom": (b"\xef\xbb\xbf---\nlicense: mit\n---\nwords", True),
    "metadata-crlf": ("---\r\nlicense: mit\r\n---\r\nwords", True),
    "metadata-blank-lines": ("\n\n---\nlicense: mit\n---\nwords", True),
    "metadata-utf-16": ("\ufeff---\nlicense: mit\n---\nwords".encode("utf-16-le"), True),
    "metadata-cr": ("---\rlicense: mit\r---\rwords", True),
    "hyperparameters": ("words\n\n### Training hyperparameters\n\n- a: 1", True),
    "results": ("### Training results\n", True),
    "results-crlf": ("words\r\n### Training results\r\n\r\n", True),
    "other-metadata": ("---\ntitle: x\n---\nlicense: mit", False),
    "word-without-colon": ("---\nlicense\n---\nwords", False),
    "key-in-body": ("license: mit", False),
    "heading-in-words": ("see ### Training results there", False),
    "log": ("step 1 loss 0.5\nTraining results\n", False),
    "empty": ("", False),
    "binary": (bytes(range(256)), False),
}


@pytest.mark.parametrize(("content", "is_card"), SNIFFED.values(), ids=SNIFFED)
def test_a_text_file_counts_by_its_metadata_or_a_heading_of_the_trainer(
    content: str | bytes, tmp_path: Path, *, is_card: bool
) -> None:
    assert sniff(write(tmp_path / "x.txt", content)) is is_card


def test_sniffing_at_no_file_is_the_error_of_files(tmp_path: Path) -> None:
    with pytest.raises(CardFileError):
        sniff(tmp_path / "x.txt")


def use(data: bytes) -> None:
    """Read a card and judge it, as every screen does; what is kept of its metadata is JSON."""
    card = parse(data, "x.md")
    judge(card)
    json.dumps(dict(card.metadata.values))
    card.text.encode()


@QUICK
@given(st.binary(max_size=300))
def test_no_bytes_make_reading_raise(data: bytes) -> None:
    use(data)


WHOLE = [path.read_bytes() for path in SAMPLE_CARDS] + [trainer_card().encode()]
WORDS = "--- | # <!-- --> ``` - : [ ] { nan inf -inf 1e308 1e-999 &a *a !! \\| ** 0 %".split()
PIECES = [word.encode() for word in WORDS] + [b"\n", b"\n---\n", b"\r", b"\x00", b"\xff", b"9" * 400]


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A sample card with a few places cut out, doubled or overwritten."""
    data = draw(st.sampled_from(WHOLE))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 40)))
        piece = draw(st.sampled_from(PIECES) | st.binary(max_size=5) | st.just(data[start:end] * 2))
        data = data[:start] + piece + data[end:]
    return data


@QUICK
@given(mutated())
def test_no_mutation_of_a_card_makes_reading_raise(data: bytes) -> None:
    use(data)


NUMBERS = st.sampled_from(
    [
        "1e308",
        "1e-308",
        "1e-99999999999999999999",
        "9" * 400,
        "inf",
        "-inf",
        "nan",
        "0",
        "-1",
        "0.01",
        "1e5",
        "[1e308]",
        "No log",
    ]
)


@QUICK
@given(st.lists(NUMBERS, min_size=8, max_size=8))
def test_no_number_of_absurd_size_makes_judging_raise(n: list[str]) -> None:
    index = f"model-index:\n- name: x\n  results:\n  - metrics:\n    - {{type: f1, value: {n[7]}}}"
    rows = [(n[0], n[1], n[2], n[3], n[4]), ("0.5", "2.0", "200", n[4], n[3])]
    card = trainer_card(
        yaml=index, results=(f"Loss: {n[5]}",), hyperparameters=(f"train_batch_size: {n[6]}",), rows=rows
    )
    use(card.encode())


def test_the_limit_is_five_million_bytes() -> None:
    assert reading.MAX_BYTES == 5_000_000
