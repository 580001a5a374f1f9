"""Cards of unsloth: a few bullets and a badge, or trl's and the Trainer's with a tag of its own."""

from __future__ import annotations

from tui.cards.writers import peft
from tui.cards.writers.layout import Writer
from tui.cards.writers.signs import Signs

_SIGNS = Signs(
    tags=frozenset({"unsloth"}),
    phrases=("x faster with [Unsloth](", "GGUF format using [Unsloth](", "unsloth%20made%20with%20love"),
)

WRITER = Writer("unsloth", _SIGNS, peft.read)
