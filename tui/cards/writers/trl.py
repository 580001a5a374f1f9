"""Cards of ``trl``: the Trainer's sentence, then how the method is called and the versions.

Before 0.12 the Trainer's layout with a tag, and of PPO a template without any data.
"""

from __future__ import annotations

from tui.cards.writers import peft
from tui.cards.writers.layout import Writer
from tui.cards.writers.signs import Signs

_SIGNS = Signs(
    tags=frozenset({"trl"}),
    phrases=("\nIt has been trained using [TRL](", "\nThis is a [TRL language model]("),
)

WRITER = Writer("trl", _SIGNS, peft.read)
