"""Every problem that a card can have: how bad it is, and what it means."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad something is, the worst first."""

    ERROR = "error"
    """The card, or a whole part of it, could not be read."""

    WARNING = "warning"
    """A part could not be read as it stands, or is doubtful."""

    INFO = "info"
    """An oddity that costs nothing."""

    def reaches(self, least: Severity) -> bool:
        """Whether it is as bad as `least`, or worse."""
        order = list(Severity)
        return order.index(self) <= order.index(least)


@dataclass(frozen=True, slots=True)
class Kind:
    """What problems of one code have in common."""

    severity: Severity
    meaning: str
    """One sentence."""


KINDS = {
    "comment-unclosed": Kind(Severity.WARNING, "An HTML comment is never closed and would hide all that follows it."),
    "duplicate-key": Kind(Severity.WARNING, "A key stands twice in one mapping of the metadata; the last one counts."),
    "fence-unclosed": Kind(Severity.WARNING, "A code fence is never closed and would hide all that follows it."),
    "front-matter-fence": Kind(
        Severity.WARNING,
        "The front matter stands between lines that are not exactly three dashes, or behind one that is empty.",
    ),
    "front-matter-unclosed": Kind(Severity.WARNING, "The metadata is never closed, so that its end had to be guessed."),
    "hyperparameters-unread": Kind(
        Severity.WARNING, "Hyperparameters stand in another form than a list or a table of names and values."
    ),
    "log-broken": Kind(Severity.WARNING, "A part of trainer_state.json could not be read."),
    "merge-conflict": Kind(Severity.WARNING, "Git has left a conflict in the file."),
    "metadata-field": Kind(
        Severity.WARNING, "A field of the metadata is a mapping where a text is meant, and is not used."
    ),
    "metadata-shape": Kind(Severity.ERROR, "The metadata is a list or a text instead of keys and values."),
    "model-index-shape": Kind(Severity.WARNING, "A part of the model index has another shape than the Hub's."),
    "not-a-card": Kind(Severity.INFO, "Nothing of a model card was found in the file."),
    "prose-too-large": Kind(Severity.INFO, "The sections hold more prose than is rendered."),
    "ragged-row": Kind(
        Severity.WARNING, "A row of the history has another number of cells than its table has columns."
    ),
    "reordered-row": Kind(
        Severity.WARNING, "From a row on the cells of the history stand in another order than its header."
    ),
    "results-broken": Kind(Severity.WARNING, "A part of a file of results could not be read."),
    "results-unread": Kind(
        Severity.WARNING, "Results are announced and stand in another form than a list of names and values."
    ),
    "run-too-large": Kind(Severity.WARNING, "A file of the run is larger than what is read of one."),
    "second-list": Kind(
        Severity.WARNING, "Results or hyperparameters stand in the card a second time; only one list counts."
    ),
    "second-table": Kind(Severity.WARNING, "A second table of results is shown as text and not judged."),
    "table-broken": Kind(Severity.WARNING, "Rows are cut off from their table and are not read."),
    "table-too-large": Kind(Severity.WARNING, "A table is larger than what is read of one."),
    "table-unread": Kind(Severity.WARNING, "What looks like the table of the history is not read."),
    "too-large": Kind(Severity.ERROR, "The file is larger than what is read of a card."),
    "too-many-lines": Kind(Severity.ERROR, "The file has more lines than what is read of a card."),
    "undecodable-bytes": Kind(Severity.WARNING, "The file has bytes that are no text; they are shown as U+FFFD."),
    "unreadable": Kind(Severity.ERROR, "The file system does not give a file, or does not list a folder."),
    "yaml-aliases": Kind(
        Severity.ERROR, "Aliases in the metadata expand beyond every card's size; the keys that hold them are not read."
    ),
    "yaml-error": Kind(Severity.ERROR, "The metadata is no valid YAML; only the keys that are valid alone are read."),
    "yaml-key": Kind(Severity.WARNING, "A key of the metadata is itself a list or a mapping and is left out."),
}
"""Code → what problems of that code are, in the order of the alphabet."""


def severity(code: str) -> Severity:
    """How bad a problem of a code is."""
    return KINDS[code].severity
