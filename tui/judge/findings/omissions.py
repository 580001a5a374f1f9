"""What a card leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.cards.problems import Severity
from tui.judge.finding import Case, Finding, listed

_PLACEHOLDER = re.compile(r"\s*[\[*_]*more information needed[\]*_.]*\s*", re.IGNORECASE)
_UNREAD = ("yaml-", "metadata-", "front-matter-", "too-large")
"""How the problems begin whose cards may well name a license."""

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


def unknown_dataset(case: Case) -> Iterator[Finding]:
    """Neither sentence nor metadata name the dataset."""
    named = any(entry.dataset_name or entry.dataset_type for entry in case.card.metadata.model_index)
    if case.card.dataset is None and case.card.writer != "other" and not named:
        yield Finding(
            "unknown-dataset", Severity.INFO, "Neither the card's sentence nor its metadata name the dataset."
        )


def no_license(case: Case) -> Iterator[Finding]:
    """The metadata has no licence."""
    unread = any(problem.code.startswith(_UNREAD) for problem in case.card.problems)
    if case.card.metadata.license is None and not unread:
        yield Finding("no-license", Severity.INFO, "The metadata names no license.")


def no_base_model(case: Case) -> Iterator[Finding]:
    """A fine-tuned model whose base model is not named."""
    if case.card.base_model is None and not case.card.from_scratch and case.card.writer != "other":
        yield Finding("no-base-model", Severity.INFO, "The card names no base model.")


def placeholder_sections(case: Case) -> Iterator[Finding]:
    """Sections that hold nothing but the template's request for words."""
    empty = [s for s in case.card.sections if _PLACEHOLDER.fullmatch(_COMMENT.sub("", s.markdown))]
    if not empty:
        return
    titles = [section.title for section in empty]
    message = f"{len(titles)} section{'s' if len(titles) > 1 else ''} still to be written: {listed(titles)}."
    yield Finding("placeholder-sections", Severity.INFO, message, empty[0].line, {"sections": titles})
