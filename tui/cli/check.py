"""``cardtui check PATH…``: problems and findings of cards, for people, editors and continuous integration."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from difflib import get_close_matches

from tui.cards.model import Card, Json, Problem
from tui.cards.problems import KINDS, Severity, severity
from tui.cards.read import CardFileError
from tui.cli.output import CommandError, ExitCode, write_lines, write_text
from tui.cli.sources import read_cards
from tui.judge.findings.table import CODES
from tui.judge.rules import Rules, rules_of
from tui.judge.verdict import judge
from tui.render.json_text import json_text
from tui.render.line import Line, line
from tui.render.text import visible
from tui.settings import DEFAULTS, Settings

SCHEMA = 1
"""The number of the schema of ``docs/check.schema.json``."""


_SEPARATORS = re.compile(r"[,;\s]+")
"""What people write between codes."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to be said about one file."""

    file: str
    """The PATH as typed and the way down from there, so that an editor finds it."""

    line: int
    """Counted from 1; 0 where it concerns the whole file."""

    severity: Severity
    code: str
    message: str


@dataclass(slots=True)
class _Read:
    """What was found in the files of a check."""

    files: int = 0
    """Files that could be read."""

    cards: int = 0
    """How many of them are cards."""

    remarks: list[Remark] = field(default_factory=list)
    """In the order of the scan, those of one file in the order of its lines."""


def run(
    paths: Sequence[str],
    least: str = "warning",
    ignored: Sequence[str] = (),
    form: str = "text",
    settings: Settings = DEFAULTS,
) -> ExitCode:
    """Print what is at least as bad as `least` and not ignored, as ``text``, ``json`` or ``github``.

    Returns the "no" where there is something to print, read or not: a reader that has seen enough does not make cards
    clean. Raises CommandError for an unknown code and where there is no card to be read.
    """
    _check_codes(ignored)
    found = _read(paths, rules_of(settings))
    shown = [r for r in found.remarks if r.severity.reaches(Severity(least)) and r.code not in ignored]
    if form == "json":
        write_text(json_text(_report(found.files, shown), indent=2))
    else:
        write_lines(map(_github if form == "github" else _text, shown))
    if not found.cards:
        raise CommandError(f"no cards in {', '.join(paths)}")
    return ExitCode.NO if shown else ExitCode.FINE


def _read(paths: Sequence[str], rules: Rules) -> _Read:
    found = _Read()
    for one in read_cards(paths, rules.limits):
        if isinstance(one, CardFileError):
            found.remarks.append(_problem(one.path, Problem("unreadable", 0, one.reason)))
            continue
        path, card = one
        found.files += 1
        found.cards += card.is_card
        found.remarks += _remarks(str(path), card, rules)
    return found


def _remarks(file: str, card: Card, rules: Rules) -> list[Remark]:
    """Everything that is to be said about a card, in the order of its lines."""
    problems = [_problem(file, problem) for problem in card.problems]
    findings = [
        Remark(file, found.line, Severity(found.severity.value), found.code, found.message)
        for found in judge(card, rules).findings
    ]
    return sorted([*problems, *findings], key=lambda remark: remark.line)


def _problem(file: str, problem: Problem) -> Remark:
    return Remark(file, problem.line, severity(problem.code), problem.code, problem.message)


def _check_codes(codes: Sequence[str]) -> None:
    known = sorted({*KINDS, *CODES})
    for code in codes:
        if len(several := _SEPARATORS.sub(" ", code).split()) > 1:
            repeated = " ".join(f"--ignore {one}" for one in several)
            raise CommandError(f"--ignore {code}: the option takes one code; repeat it: {repeated}")
        if code not in known:
            near = get_close_matches(code, known, 1)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"
            raise CommandError(f"--ignore {code}: no such code; {hint}")


def _text(remark: Remark) -> Line:
    """``file:line: severity code message``; what concerns the whole file is on its first line."""
    return line(
        (f"{visible(remark.file)}:{max(remark.line, 1)}: ", "strong"),
        (remark.severity.value, remark.severity.value),
        f" {remark.code} {visible(remark.message)}",
    )


def _github(remark: Remark) -> Line:
    """A workflow command, which GitHub shows beside the line of the file."""
    command = "notice" if remark.severity is Severity.INFO else remark.severity.value
    properties = {
        "file": visible(remark.file.replace(os.sep, "/")),
        "line": str(max(remark.line, 1)),
        "title": remark.code,
    }
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return line(f"::{command} {written}::{_data(visible(remark.message))}")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _report(files: int, remarks: Sequence[Remark]) -> Json:
    """The object of ``docs/check.schema.json``."""
    counts = Counter(remark.severity for remark in remarks)
    return {
        "schema": SCHEMA,
        "files": files,
        "counts": {level.value: counts[level] for level in Severity},
        "problems": [_object(remark) for remark in remarks if remark.code in KINDS],
        "findings": [_object(remark) for remark in remarks if remark.code in CODES],
    }


def _object(remark: Remark) -> Json:
    return {**asdict(remark), "severity": remark.severity.value}
