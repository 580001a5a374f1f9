"""Cards as the Trainer prints them, from known values."""

from collections.abc import Sequence

from tui.cards.model import Card, Metadata
from tui.cards.read import parse

GENERATED = (
    "<!-- This model card has been generated automatically according to the information the Trainer had access to."
    " You\nshould probably proofread and complete it, then remove this comment. -->"
)
SENTENCE = "This model is a fine-tuned version of [bert-base](https://huggingface.co/bert-base) on the imdb dataset."
RESULTS = "It achieves the following results on the evaluation set:"
USED = "The following hyperparameters were used during training:"
COLUMNS = ("Training Loss", "Epoch", "Step", "Validation Loss", "Accuracy")
ROWS = (
    ("0.9", "1.0", "100", "0.8000", "0.7000"),
    ("0.5", "2.0", "200", "0.6000", "0.8000"),
    ("0.3", "3.0", "300", "0.7000", "0.7500"),
)
REPORTED = ("Loss: 0.7000", "Accuracy: 0.7500")
SETTINGS = ("learning_rate: 5e-05", "train_batch_size: 16", "num_epochs: 3")
VERSIONS = ("Transformers 4.46.3", "Pytorch 2.5.1+cu124")


def bullets(lines: Sequence[str]) -> str:
    """A list of lines as Markdown bullets."""
    return "\n".join(f"- {line}" for line in lines)


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table, its cells as they are."""
    lines = [columns, [":---:"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def front(yaml: str) -> str:
    """A front matter block."""
    return f"---\n{yaml}\n---\n\n"


def trainer_card(
    *,
    yaml: str = "license: mit\ntags:\n- generated_from_trainer",
    title: str = "# my-model",
    sentence: str = SENTENCE,
    results: Sequence[str] = REPORTED,
    hyperparameters: Sequence[str] = SETTINGS,
    columns: Sequence[str] = COLUMNS,
    rows: Sequence[Sequence[str]] = ROWS,
    frameworks: Sequence[str] = VERSIONS,
) -> str:
    """A whole card of the Trainer."""
    return f"""{front(yaml)}{GENERATED}

{title}

{sentence}
{RESULTS}
{bullets(results)}

## Model description

More information needed

## Training procedure

### Training hyperparameters

{USED}
{bullets(hyperparameters)}

### Training results

{table(columns, rows)}


### Framework versions

{bullets(frameworks)}
"""


def read_text(text: str, shown: str = "run/README.md") -> Card:
    """The card that a text is."""
    return parse(text.encode(), shown)


def read_yaml(yaml: str) -> Metadata:
    """The metadata of a card with this front matter."""
    return read_text(front(yaml) + "# m\n").metadata


def codes(card: Card) -> list[tuple[str, int]]:
    """The codes and lines of a card's problems."""
    return [(problem.code, problem.line) for problem in card.problems]


def words(card: Card) -> str:
    """All that a card shows as prose: titles and texts of its sections."""
    return "\n".join(f"{section.title}\n{section.markdown}" for section in card.sections)
