"""What was set in each of several runs, setting by setting."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from tui.cards.model import Card
from tui.cards.values import parse
from tui.judge.comparable import Run
from tui.judge.difference import exact
from tui.judge.estimates import effective_batch
from tui.judge.optimizer import optimizer_parts
from tui.judge.rows import Cell, Row, Section, common_rows

_NAMES = frozenset("hub_model_id model_name name output_dir push_to_hub_model_id run_name logging_dir".split())
"""Settings that name a run or its folders."""


def compare_settings(runs: Sequence[Run]) -> list[Row]:
    """A row for everything that was set, equal ones included."""
    return [apart(row) for row in common_rows(Section.SETTINGS, [_settings(run.card) for run in runs], _same)]


def apart(row: Row) -> Row:
    """The row, among the names and paths where it is about those."""
    return replace(row, section=Section.NAMES) if row.name in _NAMES else row


def _settings(card: Card) -> dict[str, Cell]:
    found = {"base model": Cell(card.base_model or "from scratch")} if card.base_model or card.from_scratch else {}
    found |= {"dataset": Cell(card.dataset)} if card.dataset else {}
    for entry in card.settings:
        if entry.name == "optimizer":
            found |= {name: Cell(text, parse(text).number) for name, text in optimizer_parts(entry.value.raw).items()}
        else:
            found[entry.name] = Cell(entry.value.raw, entry.value.number)
    batch = effective_batch(card)
    if batch and "total_train_batch_size" not in found:
        found["total_train_batch_size"] = Cell(str(batch), float(batch), "implied")
    return found


def _same(left: Cell, right: Cell) -> bool:
    """Whether two settings are the same, however they are written: ``5e-05`` is ``0.00005``, ``10%`` is ``0.1``."""
    if _member(left.text) == _member(right.text):
        return True
    if left.number is not None and right.number is not None:
        amount = _amount(left)
        return amount is not None and amount == _amount(right)
    return left.text[-1:] in {")", "]", "}"} and _plain(left.text) == _plain(right.text)


def _member(text: str) -> str:
    """A text regardless of case; of a printed enumeration, ``SchedulerType.LINEAR``, its member."""
    return _ENUMERATION.sub("", text).casefold()


_ENUMERATION = re.compile(r"^[A-Za-z]+\.(?=[A-Z][A-Z_0-9]*$)")


def _amount(cell: Cell) -> Decimal | None:
    """The number, of a percentage as a share."""
    amount = exact(cell.text, cell.number)
    return amount.scaleb(-2) if amount is not None and "%" in cell.text else amount


_NUMBER = re.compile(r"(?<![\w.])\d+\.?\d*(?:e[+-]?\d+)?(?![\w.])")


def _plain(text: str) -> str:
    """A list or mapping without what says nothing: blanks, which quotes it has, how its numbers are written."""
    bare = "".join(text.casefold().split()).replace('"', "'")
    return _NUMBER.sub(lambda match: repr(float(match[0])), bare)
