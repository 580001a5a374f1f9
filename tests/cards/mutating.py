"""Reads, judges and draws mutations of every card at hand; run as a program, so that a time limit can end it."""

from __future__ import annotations

import random
from pathlib import Path

from tests.shared import CARDS
from tests.stated import SAMPLE_CARDS
from tui.cards.read import parse
from tui.judge.verdict import judge
from tui.render.card import facts

DEFECTS = sorted((Path(__file__).parent / "defects").glob("*.md"))
_PIECES = [
    *(text.encode() for text in "--- | # <!-- --> ``` ~~~ - : [ ] { } nan inf 1e999 &a *a << !! \\| ** % ± (".split()),
    b"\n", b"\n\n", b"\n---\n", b"\n```\n", b"\r", b"\x00", b"\xff", b"\x1b[", b"9" * 400, b"|" * 300, b"<" * 300,
]  # fmt: skip
_LONGEST = 60_000
"""Bytes of a card that is mutated: longer ones take their time unharmed."""


def mutation(data: bytes, other: bytes, dice: random.Random) -> bytes:
    """One card, harmed in one way."""
    at = dice.randrange(len(data) + 1)
    to = min(len(data), at + dice.randrange(60))
    lines = data.split(b"\n")
    first, second = dice.randrange(len(lines)), dice.randrange(len(lines))
    lines[first], lines[second] = lines[second], lines[first]
    swapped = b"\n".join(lines)
    return dice.choice(
        [
            data[:at] + dice.choice(_PIECES) + data[at:],
            data[:at] + data[to:],
            data[:at],
            data[:at] + bytes([dice.randrange(256)]) + data[at + 1 :],
            data[:at] + data[at:to] * 3 + data[to:],
            data[:at] + other[dice.randrange(len(other) + 1) :],
            swapped,
        ]
    )


def use(data: bytes) -> None:
    """Everything that is done with a card before it is seen."""
    card = parse(data, "x.md")
    verdict = judge(card)
    facts(card, verdict, 80)


def main(count: int = 1500) -> None:
    """Mutate each card as often as makes `count`, up to three ways at once."""
    dice = random.Random(20)
    public = sorted(CARDS.glob("*.md")) if CARDS.is_dir() else []
    seeds = [data for path in [*SAMPLE_CARDS, *DEFECTS, *public] if len(data := path.read_bytes()) < _LONGEST]
    for number in range(count):
        data = seeds[number % len(seeds)]
        for _ in range(dice.randint(1, 3)):
            data = mutation(data, dice.choice(seeds), dice)
        try:
            use(data)
        except Exception as error:
            raise AssertionError(f"mutation {number}: {data!r}"[:1500]) from error
    print(count)  # noqa: T201 - what the test asks for


if __name__ == "__main__":
    main()
