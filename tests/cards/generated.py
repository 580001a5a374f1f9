"""Cards generated from known values, in the layouts of several writers, with decoys in their prose."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from tests.cards.making import COLUMNS, GENERATED, RESULTS, SENTENCE, USED

KERAS = GENERATED.replace("the Trainer", "Keras")
SBERT = (
    "This is a [sentence-transformers](https://www.SBERT.net) model finetuned from"
    " [bert-base](https://huggingface.co/bert-base) on the imdb dataset. It maps sentences to vectors."
)
SAVED = "* The bold row denotes the saved checkpoint."
ALL_BOLD = "**{}**"


@dataclass
class Known:
    """What a generated card says, and where."""

    text: str = ""
    title: str = ""
    metadata: dict[str, Any] = field(default_factory=dict)
    results: list[tuple[str, str, int]] = field(default_factory=list)
    """(name, text, line) of each, as of the hyperparameters and frameworks."""

    hyperparameters: list[tuple[str, str, int]] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    rows: list[tuple[list[str], int]] = field(default_factory=list)
    frameworks: list[tuple[str, str, int]] = field(default_factory=list)
    prose: list[tuple[str, str]] = field(default_factory=list)
    """(title, text) of each section of prose."""

    spans: dict[str, tuple[int, int]] = field(default_factory=dict)
    """The lines of each part, as indices from its first to behind its last one."""


class Writing:
    """Lines being written, which know where they are."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.known = Known()

    def add(self, text: str) -> int:
        """Write lines; the number of the first one."""
        number = len(self.lines) + 1
        self.lines += text.split("\n")
        return number

    def begin(self, part: str, text: str) -> None:
        """Write the first lines of a part that tests look at, and a blank line before it."""
        self.add("")
        self.known.spans[part] = (len(self.lines), len(self.lines))
        self.add(text)

    def end(self, part: str) -> None:
        """The part ends here."""
        self.known.spans[part] = (self.known.spans[part][0], len(self.lines))

    def pairs(self, pairs: Sequence[tuple[str, str]], between: str = ": ") -> list[tuple[str, str, int]]:
        """Write a list of names and values."""
        return [(name, value, self.add(f"- {name}{between}{value}")) for name, value in pairs]

    def table(self, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[tuple[list[str], int]]:
        """Write a table with columns as wide as their widest cell."""
        widths = [max(len(line[i]) for line in (columns, *rows)) for i in range(len(columns))]
        padded = [[cell.ljust(width) for cell, width in zip(line, widths, strict=True)] for line in (columns, *rows)]
        self.add(f"| {' | '.join(padded[0])} |")
        self.add(f"|{'|'.join(':' + '-' * width + ':' for width in widths)}|")
        lines = [self.add(f"| {' | '.join(line)} |") for line in padded[1:]]
        return [(list(row), line) for row, line in zip(rows, lines, strict=True)]


LETTERS = st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-/.@äß中é🤗", min_size=1, max_size=12)
NAMES = st.one_of(
    st.sampled_from(["Loss", "Accuracy", "F1", "Rouge1", "eval_loss", "Wer", "Macro avg f1", "Map@50", "Précision"]),
    LETTERS.filter(lambda text: text[0].isalpha() and text[-1].isalnum()),
)
FLOATS = st.floats(allow_nan=False, allow_infinity=False, width=32).map(repr)
NUMBERS = st.one_of(
    FLOATS,
    st.floats(0, 1).map(lambda number: f"{number:.4f}"),
    st.integers(-10, 10**7).map(str),
    st.integers(1000, 10**9).map(lambda number: f"{number:,}"),
    st.floats(0, 100).map(lambda number: f"{number:.1f}%"),
    st.sampled_from(["nan", "inf", "-inf", "5e-05", "1e-08"]),
)
LISTS = st.one_of(
    st.lists(FLOATS, min_size=1, max_size=4).map(lambda items: f"[{', '.join(items)}]"),
    st.lists(FLOATS, min_size=2, max_size=3).map(lambda items: f"({', '.join(items)})"),
    st.dictionaries(st.sampled_from("f1 precision recall".split()), FLOATS, min_size=1).map(
        lambda items: "{" + ", ".join(f"'{key}': {value}" for key, value in items.items()) + "}"
    ),
    FLOATS.map(lambda number: f"array([{number}, 0.5], dtype=float32)"),
)
REMARKED = st.builds(
    "{} {}".format, st.floats(0, 1).map(lambda n: f"{n:.4f}"), st.sampled_from(["(best)", "± 0.01", "# tuned"])
)
TEXTS = st.sampled_from(
    ["linear", "Adam with betas=(0.9,0.999) and epsilon=1e-08", "Native AMP", "O1", "a: b", "[MASK]"]
)
UNLOGGED = st.sampled_from(["No log", "-"])
VALUES = st.one_of(NUMBERS, NUMBERS, LISTS, REMARKED, TEXTS)
CELLS = st.one_of(NUMBERS, NUMBERS, LISTS, REMARKED, UNLOGGED, st.just(""))
PAIRS = st.lists(st.tuples(NAMES, VALUES), min_size=1, max_size=8, unique_by=lambda pair: pair[0])

YAML_TEXTS = st.one_of(
    st.sampled_from(
        ["no", "yes", "1.10", "12:30", "2024-99-99", "null", "~", "a: b", "- x", "#1", "", "true", "[", "&a"]
    ),
    LETTERS,
)
METADATA: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {"tags": st.lists(YAML_TEXTS, max_size=3)},
    optional={
        "license": YAML_TEXTS,
        "language": YAML_TEXTS | st.lists(YAML_TEXTS, max_size=3),
        "thumbnail": st.none() | st.booleans() | st.integers() | YAML_TEXTS,
        "widget": st.lists(st.dictionaries(LETTERS, YAML_TEXTS, min_size=1, max_size=2), max_size=2),
        "metrics": st.lists(st.sampled_from(["accuracy", "f1"]), max_size=2),
        "model-index": st.lists(
            st.fixed_dictionaries({"name": LETTERS, "results": st.just([])}), min_size=1, max_size=1
        ),
    },
)

PROSE = st.lists(
    st.sampled_from(
        [
            "More information needed.",
            "Words with a | pipe, [MASK] and <b>tags</b>.",
            "```python\n### Training results\n\n| a | b |\n|---|---|\n| 1 | 2 |\n```",
            "~~~\n# code\n- learning_rate: 9\n~~~",
            "<!-- ### Training hyperparameters -->",
            "<!--\n- learning_rate: 9\n\n| a |\n|---|\n| 1 |\n-->",
            "| Label | Examples |\n|:-----:|:--------:|\n| 0     | - Loss: 9 |",
            "- item: 1\n- item\n  - inner",
            "1. first\n2. second",
            "> - Loss: 9\n> ### Training results",
            "<details><summary>More</summary>\n\n- Loss: 9\n\n</details>",
            "    - learning_rate: 9",
            "---",
            "It reads well.",
            "\\# no heading",
        ]
    ),
    min_size=1,
    max_size=4,
    unique=True,
).map("\n\n".join)


def front(metadata: dict[str, Any], *, block: bool) -> str:
    """Metadata as YAML: as JSON, which YAML contains, or as block lists of JSON texts."""
    lines: list[str] = []
    for key, value in metadata.items():
        if block and isinstance(value, list) and value:
            lines += [f"{key}:", *(f"- {json.dumps(item, ensure_ascii=False)}" for item in value)]
        else:
            lines.append(f"{key}: {json.dumps(value, ensure_ascii=False)}")
    return "\n".join(["---", *lines, "---"])


@st.composite
def histories(draw: st.DrawFn, *, keras: bool = False) -> tuple[list[str], list[list[str]]]:
    """Columns and rows as the Trainer, or with the epoch last Keras, prints them."""
    names = draw(st.lists(NAMES, max_size=6, unique_by=str.casefold))
    others = [name for name in names if name.casefold() not in {column.casefold() for column in COLUMNS}]
    count = draw(st.integers(0, 6))
    columns = ["Train Loss", *others, "Epoch"] if keras else [*COLUMNS[:4], *others]
    rows = [draw(st.lists(CELLS, min_size=len(columns), max_size=len(columns))) for _ in range(count)]
    for number, row in enumerate(rows):
        row[columns.index("Epoch")] = str(number) if keras else f"{number + 1}.0"
        if not keras:
            row[2] = str((number + 1) * 100)
    return columns, rows


@st.composite
def trainer_cards(draw: st.DrawFn, *, keras: bool = False) -> Known:
    """A card in the layout of the Trainer, or of the Keras callback."""
    writing = Writing()
    known = writing.known
    known.title = draw(LETTERS.filter(lambda text: not text.endswith("-")))
    known.metadata = draw(METADATA)
    known.metadata["tags"] = ["generated_from_keras_callback" if keras else "generated_from_trainer"]
    writing.add(front(known.metadata, block=draw(st.booleans())))
    known.spans["front"] = (0, len(writing.lines))
    writing.add(f"\n{KERAS if keras else GENERATED}")
    writing.begin("results", f"# {known.title}\n\n{SENTENCE}\n{RESULTS}")
    known.results = writing.pairs(draw(PAIRS))
    writing.end("results")
    for title in ("Model description", "Intended uses & limitations", "Training and evaluation data"):
        text = draw(PROSE)
        writing.begin(title, f"## {title}\n\n{text}")
        writing.end(title)
        known.prose.append((title, text))
    writing.add("\n## Training procedure")
    writing.begin("hyperparameters", f"### Training hyperparameters\n\n{USED}")
    known.hyperparameters = writing.pairs(draw(PAIRS))
    writing.end("hyperparameters")
    known.columns, rows = draw(histories(keras=keras))
    writing.begin("history", "### Training results\n")
    known.rows = writing.table(known.columns, rows)
    writing.end("history")
    writing.add("\n")
    writing.begin("frameworks", "### Framework versions\n")
    versions = draw(st.lists(st.sampled_from(["4.46.3", "2.5.1+cu124", "3.1.0.dev0", "0.20"]), min_size=3, max_size=3))
    known.frameworks = writing.pairs(list(zip(("Transformers", "Pytorch", "Datasets"), versions, strict=True)), " ")
    writing.end("frameworks")
    known.text = "\n".join(writing.lines) + "\n"
    return known


@st.composite
def sentence_cards(draw: st.DrawFn) -> Known:
    """A card in the layout of sentence-transformers 3 and later."""
    writing = Writing()
    known = writing.known
    known.title = "SentenceTransformer based on bert-base"
    known.metadata = {**draw(METADATA), "library_name": "sentence-transformers"}
    writing.add(front(known.metadata, block=draw(st.booleans())))
    writing.add(f"\n# {known.title}\n\n{SBERT}\n\n## Evaluation\n\n### Metrics\n\n#### Similarity\n")
    numbers = draw(st.lists(st.floats(0, 1).map(lambda number: f"{number:.4f}"), min_size=2, max_size=2))
    metrics = list(zip(("pearson_cosine", "spearman_cosine"), numbers, strict=True))
    rows = [[metrics[0][0], metrics[0][1]], [f"**{metrics[1][0]}**", f"**{metrics[1][1]}**"]]
    lines = [line for _, line in writing.table(["Metric", "Value"], rows)]
    known.results = [(name, value, line) for (name, value), line in zip(metrics, lines, strict=True)]
    text = draw(PROSE)
    writing.add(f"\n## Bias, Risks and Limitations\n\n{text}")
    known.prose.append(("Bias, Risks and Limitations", text))
    writing.add("\n## Training Details\n\n### Training Hyperparameters\n#### Non-Default Hyperparameters\n")
    pairs = draw(PAIRS)
    known.hyperparameters = [(n, v, writing.add(f"- `{n}`: {v}")) for n, v in pairs]
    writing.add("\n#### All Hyperparameters\n<details><summary>Click to expand</summary>\n")
    writing.pairs([*pairs, ("seed", "42")])
    writing.add("\n</details>\n\n### Training Logs")
    known.columns = ["Epoch", "Step", "Training Loss", "sts_spearman_cosine"]
    rows = [[f"{n}.0", str(n * 100), draw(UNLOGGED), draw(NUMBERS)] for n in range(draw(st.integers(1, 5)))]
    best = draw(st.integers(0, len(rows) - 1))
    printed = [[ALL_BOLD.format(cell) for cell in row] if n == best else row for n, row in enumerate(rows)]
    known.rows = [(row, line) for row, (_, line) in zip(rows, writing.table(known.columns, printed), strict=True)]
    writing.add(f"\n{SAVED}\n\n### Framework Versions")
    known.frameworks = writing.pairs([("Python", "3.11.7"), ("Sentence Transformers", "3.3.1")])
    known.text = "\n".join(writing.lines) + "\n"
    return known
