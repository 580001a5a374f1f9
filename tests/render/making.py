"""Cards for the tests of this folder, written as people find them, and the text of what is made of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tui.cards.model import Card, History
from tui.cards.read import parse
from tui.judge.curves import plots
from tui.judge.verdict import judge
from tui.render.card import facts
from tui.render.curves import View, render
from tui.render.line import Line

ESCAPES = "\x1b[31mred\x1b[0m \x1b]52;c;aGk=\x07 \u202egnp\u202c \u2066x\u2069 \x9b2J \x85 \u2028 \x00 \x7f"
"""What a terminal would obey, or turn round."""

MARKUP = ("[MASK]", "[/]", "[red]x[/]", "<unk>")
"""What a console markup reader, or a browser, would swallow."""


def trainer_card(
    results: str = "",
    history: str = "",
    hyperparameters: str = "",
    front: str = "tags:\n- generated_from_trainer",
    prose: str = "",
) -> Card:
    """A Trainer card of these parts, each as it stands in the file."""
    text = (
        f"---\n{front}\n---\n\n# a-run\n\n"
        "This model is a fine-tuned version of [base](https://huggingface.co/base) on the reviews dataset.\n"
        f"It achieves the following results on the evaluation set:\n{results}\n\n{prose}\n\n"
        f"### Training hyperparameters\n\n{hyperparameters}\n\n### Training results\n\n{history}\n\n"
        "### Framework versions\n\n- Transformers 4.46.3\n"
    )
    return parse(text.encode("utf-8", "surrogatepass"), "README.md")


def table_of(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [columns, ["---"] * len(columns), *([str(cell) for cell in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def losses(*values: object, column: str = "Validation Loss") -> History:
    """A history with one row an epoch and one column of values."""
    rows = [(epoch, epoch * 100, value) for epoch, value in enumerate(values, 1)]
    return trainer_card(history=table_of(["Epoch", "Step", column], rows)).history


def facts_of(card: Card, cells: int | None) -> list[Line]:
    """The card's facts for a pane of so many cells, or for a pipe."""
    return facts(card, judge(card), cells)


def text_of(lines: Iterable[Line]) -> str:
    """What a person reads."""
    return "\n".join(line.text for line in lines)


def chart_of(history: History, cells: int, height: int, view: View | None = None, *, plot: int = 0) -> list[Line]:
    """The chart of one of the history's plots."""
    return render(history, plots(history)[plot : plot + 1], view or View(), cells, height)


def styled(lines: Iterable[Line], *styles: str) -> list[str]:
    """The texts that stand in one of the styles."""
    return [text.strip() for line in lines for text, style in line.spans if style in styles]
