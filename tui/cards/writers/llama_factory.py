"""Cards of LLaMA-Factory: the Trainer's, with a tag of its own."""

from __future__ import annotations

from tui.cards.writers import peft
from tui.cards.writers.layout import Writer
from tui.cards.writers.signs import Signs

WRITER = Writer("llama-factory", Signs(tags=frozenset({"llama-factory"})), peft.read)
