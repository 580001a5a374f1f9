"""Path → Card: the only place that opens a card; the files of its run are opened by run.py."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate
from pathlib import Path, PurePosixPath

from tui.cards import body as bodies
from tui.cards import front_matter, left_over, metadata, run_files
from tui.cards.bounds import MOST_PROSE, told, within
from tui.cards.commas import read_commas
from tui.cards.model import Card, Metadata, Problem, Section
from tui.cards.nameless import with_name
from tui.cards.reordered import with_doubts
from tui.cards.values import size_text
from tui.cards.writers.known import OTHER, writer_of
from tui.settings import DEFAULTS, Limits

MAX_BYTES = DEFAULTS.limits.card_bytes
"""A larger file is listed and not read, where nothing else is set."""

_CHUNK = 65_536
"""Bytes that are asked for first, which nearly every card fits in."""

_README = re.compile(r"readme\.(?:md|markdown)", re.IGNORECASE)
_KEY = re.compile(r"([A-Za-z_-]+):")
_EMPTY = frozenset(
    {"framework versions", "summary", "training hyperparameters", "training procedure", "training results"}
)
"""Topics of headings that templates leave without a text."""

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


class CardFileError(Exception):
    """A card file that the file system does not give: missing, unreadable, a folder."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


def read(
    path: Path, shown: str | None = None, fallback_name: str | None = None, limits: Limits = DEFAULTS.limits
) -> Card:
    """Read the card at `path`, which people see as `shown` (default: the file's name).

    A card without a name of its own takes `fallback_name` (default: the folder's of a ``README.md``, else the file's).
    A ``README.md`` comes with the run that lies in its folder. The path of a ``trainer_state.json`` gives the card of a
    run whose card is not written yet; see `run.card_of_state`. Files larger than `limits` are not read.

    Never raises for what the file contains; raises CardFileError where there is no file to be read.
    """
    shown = path.name if shown is None else shown
    most = limits.run_bytes if path.name == run_files.STATE else limits.card_bytes
    try:
        with path.open("rb") as file:
            data = _read_bounded(file, most)
    except OSError as error:
        raise CardFileError(str(path), (error.strerror or str(error)).lower()) from error
    except ValueError as error:  # a NUL in the path
        raise CardFileError(str(path), str(error)) from error
    if path.name == run_files.STATE and len(data) <= most:
        from tui.cards import run  # noqa: PLC0415 - few cards are runs

        return run.card_of_state(path, data, shown, fallback_name, most)
    folder = path.parent.name or path.absolute().parent.name
    is_readme = path.stem.casefold() == "readme"
    card = parse(data, shown, fallback_name or (folder if is_readme else path.stem), most)
    return _with_run(card, path.parent, limits.run_bytes) if _README.fullmatch(path.name) else card


def _with_run(card: Card, folder: Path, most: int) -> Card:
    """The card with what the Trainer left beside it."""
    files = run_files.listed(folder)
    if not files:
        return card
    from tui.cards import run  # noqa: PLC0415 - few cards are runs

    return run.completed(card, files, most)


def _read_bounded(file: io.BufferedReader, most: int) -> bytes:
    """At most one byte more than the limit: a device or a growing file ends here too.

    To ask for all of it at once costs a buffer of that size, 18 µs a card.
    """
    data = file.read(_CHUNK)
    return data if len(data) < _CHUNK else data + file.read(max(most + 1 - _CHUNK, 0))


def parse(data: bytes, shown: str, fallback_name: str | None = None, most: int = MAX_BYTES) -> Card:
    """Read a card from its bytes; it takes `fallback_name` where it has no name of its own.

    Of more bytes than `most` nothing is read.
    """
    name = fallback_name or PurePosixPath(shown).stem or shown
    if len(data) > most:
        message = f"the file is larger than {size_text(most)} and is not read"
        return Card(shown, name, "other", is_card=True, problems=(Problem("too-large", 0, message),))
    text, problems = front_matter.decode(data)
    text, cut_off = within(text)
    parts = front_matter.split(text)
    found, yaml_problems = metadata.read(parts.yaml, parts.yaml_start + 1)
    body = bodies.scan(parts.lines, parts.body_start)
    writer = writer_of(found, body)
    reading = writer.read(body, found)
    reading.history, reading.results = read_commas(reading.history, reading.results)
    history, doubts = with_doubts(with_name(reading.history, reading.results), reading.results)
    title = next((part for part in body.parts if part.level == 1 and part.title), None)
    is_card = writer is not OTHER or OTHER.wrote(found, body) or _has_card_metadata(found, parts)
    is_card = is_card or reading.is_about_model
    sections = _sections(body, title)
    of_file = [*problems, *cut_off, *parts.problems, *yaml_problems]
    all_problems = [*of_file, *body.problems, *reading.problems, *doubts, *_unrendered(sections)]
    all_problems += left_over.problems(body, text, reading)
    if not is_card:  # its text is no card's; what was wrong with its metadata may be why
        nothing = Problem("not-a-card", 0, "nothing of a model card was found in this file")
        all_problems = [nothing, *of_file]
    return Card(
        path=shown,
        name=title.title if title else found.name or name,
        writer=writer.name,
        is_card=is_card,
        base_model=reading.base_model or found.base_model,
        from_scratch=reading.from_scratch,
        dataset=reading.dataset or found.dataset,
        metadata=found if found.task or not reading.task else replace(found, task=reading.task),
        results=reading.results,
        hyperparameters=reading.hyperparameters,
        config=reading.config,
        history=history,
        frameworks=reading.frameworks,
        program=reading.program,
        sections=sections,
        problems=told(all_problems),
        text=text,
    )


def _has_card_metadata(found: Metadata, parts: front_matter.Parts) -> bool:
    """Whether the front matter, as far as it can be read, has a key that model cards have."""
    if found.values:
        return metadata.is_of_card(found.values)
    return _has_card_key(parts)


def _has_card_key(parts: front_matter.Parts) -> bool:
    keys = map(_KEY.match, parts.lines[parts.yaml_start : parts.yaml_end])
    return metadata.is_of_card(key[1] for key in keys if key)


def _sections(body: bodies.Body, title: bodies.Part | None) -> tuple[Section, ...]:
    """The parts that still say something, with the headings above them and those that stand alone."""
    kept: list[Section] = []
    level_kept = level_below = 0
    for part in reversed(body.parts):
        markdown = body.rest(part)
        is_named = bool(part.title) and part is not title  # which is the card's name
        is_heading_of_kept = is_named and part.level < level_kept
        is_leaf = is_named and part.level >= level_below and part.topic not in _EMPTY
        is_alone = is_leaf and not any(body.lines[part.start : part.end])
        if _COMMENT.sub("", markdown).strip() or is_heading_of_kept or is_alone:
            kept.append(Section(part.title, part.level, part.heading + 1, markdown))
            level_kept = part.level
        level_below = part.level
    return _within_bounds(kept[::-1])


def _within_bounds(sections: list[Section]) -> tuple[Section, ...]:
    """The sections, those beyond what is rendered marked as source."""
    if sum(len(section.markdown) for section in sections) <= MOST_PROSE:
        return tuple(sections)
    sizes = accumulate(len(section.markdown) for section in sections)
    return tuple(replace(section, as_source=size > MOST_PROSE) for section, size in zip(sections, sizes, strict=True))


def _unrendered(sections: tuple[Section, ...]) -> Iterator[Problem]:
    """A problem at the first section that is not rendered."""
    if first := next((section for section in sections if section.as_source), None):
        message = f"prose beyond {MOST_PROSE:,} characters is shown as it stands from here on"
        yield Problem("prose-too-large", first.line, message)


_SNIFFED = 65_536
_TRAINER_HEADING = re.compile(r"^#{1,4} Training (?:hyperparameters|results)\s*$", re.MULTILINE | re.IGNORECASE)


def sniff(path: Path) -> bool:
    """Whether a text file is a card by its beginning: card metadata or a Trainer heading."""
    try:
        with path.open("rb") as file:
            start = file.read(_SNIFFED)
    except OSError as error:
        raise CardFileError(str(path), (error.strerror or str(error)).lower()) from error
    text, _ = front_matter.decode(start)
    return bool(_TRAINER_HEADING.search(text)) or _has_card_key(front_matter.split(text))
