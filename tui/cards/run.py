"""A folder → what the Trainer left in it beside the card: states of the training, checkpoints, files of results.

Nothing here may spoil the card: what is missing is not there, and what cannot be read is a problem.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from tui.cards import json_members, trainer_state
from tui.cards.front_matter import decode
from tui.cards.model import Card, History, NamedValue, Problem, Row, Run
from tui.cards.run_files import ALL_RESULTS, EVAL_RESULTS, STATE, TRAIN_RESULTS, RunFiles, checkpoint_step, listed
from tui.cards.trainer_state import State
from tui.cards.values import size_text

_MOST_STATES = 8
"""States that are read, of which all but the last are broken or not the newest."""

_NO_METRICS = frozenset({"epoch", "step", "samples", "runtime", "samples_per_second", "steps_per_second"})
"""What result files hold beside metrics, without ``eval_``."""


def completed(card: Card, files: RunFiles, limit: int) -> Card:
    """The card of a folder with the run that lies there; files of more than `limit` bytes are not read."""
    folder = _RunFolder(files, limit)
    state = folder.newest()
    run, reported = folder.run(state)
    is_run = state is not None and state.is_whole
    own = [problem for problem in card.problems if not (is_run and problem.code == "not-a-card")]
    return replace(
        card,
        is_card=card.is_card or is_run,
        results=card.results or reported,
        history=card.history if card.history.rows or state is None else _without_lines(state.history),
        run=run,
        problems=tuple(sorted([*own, *folder.problems], key=lambda problem: problem.line)),
    )


def card_of_state(path: Path, data: bytes, shown: str, name: str | None, limit: int) -> Card:
    """The card of a run without one, from its state at `path`, which has these bytes.

    A state in a checkpoint's folder speaks for the training up to there, one in the run's own folder for the newest
    state that lies below it. Without `name` the card is called as the run's folder.
    """
    folder = path.absolute().parent
    upto = checkpoint_step(folder.name)
    files = listed(folder if upto is None else folder.parent)
    if upto is None:  # also where the folder cannot be listed
        files.files.add(STATE)
    else:
        files.checkpoints[upto] = folder.name
    file = STATE if upto is None else f"{folder.name}/{STATE}"
    run_folder = _RunFolder(files, limit, {file: data})
    state = run_folder.newest(upto) or State(file)
    run, reported = run_folder.run(state)
    return Card(
        path=shown,
        name=name or files.path.name or folder.name,
        writer="trainer",
        is_card=True,
        is_written=False,
        results=reported,
        history=state.history,
        run=run,
        problems=tuple(run_folder.problems),
        text=state.text,
    )


def _without_lines(history: History) -> History:
    """The history with no lines: those of another file would be taken for the card's."""
    return History(history.columns, tuple(Row(row.cells, 0) for row in history.rows))


class _RunFolder:
    """Reads the files of a run, and gathers the problems that it meets."""

    def __init__(self, files: RunFiles, limit: int, known: Mapping[str, bytes] | None = None) -> None:
        self._files = files
        self._limit = limit
        self._known = known or {}
        """Files that were read already."""

        self.problems: list[Problem] = []
        if files.error:
            self._cannot_read("the run's folder", files.error)

    def newest(self, upto: int | None = None) -> State | None:
        """The newest state that can be read to its end, else the broken one that reaches furthest.

        With `upto` only the checkpoints up to that step are looked at.
        """
        tried: list[State] = []
        best: State | None = None
        for step, file in self._states(upto):
            if len(tried) == _MOST_STATES or (best and best.is_whole and best.reached >= step):
                break
            data = self._bytes(file)
            if data is not None:
                tried.append(trainer_state.read(data, file))
                best = max(tried, key=lambda state: (state.is_whole, state.reached))
        self._tell_of(tried, best)
        return best

    def _states(self, upto: int | None) -> Iterator[tuple[float, str]]:
        """(step that it should have reached, file): the run's own first, then the checkpoints from the last."""
        if upto is None and STATE in self._files.files:
            yield float("inf"), STATE
        for step in sorted(self._files.checkpoints, reverse=True):
            if upto is None or step <= upto:
                yield step, f"{self._files.checkpoints[step]}/{STATE}"

    def _tell_of(self, tried: Sequence[State], best: State | None) -> None:
        for state in tried:
            instead = f"; {best.file} is read instead" if best and best.is_whole and not state.is_whole else ""
            self.problems += [replace(problem, message=problem.message + instead) for problem in state.problems]

    def run(self, state: State | None) -> tuple[Run, tuple[NamedValue, ...]]:
        """The run with everything that lies in the folder, and the results as the Trainer would report them."""
        entries = {
            file: self._entries(file)
            for file in (ALL_RESULTS, TRAIN_RESULTS, EVAL_RESULTS)
            if file in self._files.files
        }
        results: dict[tuple[str, str], NamedValue] = {}
        for entry in chain.from_iterable(entries.values()):  # of which the first file repeats the others
            results.setdefault((entry.name, entry.value.raw), entry)
        reported = _reported(entries.get(EVAL_RESULTS, ()), "") or _reported(entries.get(ALL_RESULTS, ()), "eval_")
        run = replace(state.run if state else Run(), checkpoints=tuple(sorted(self._files.checkpoints)))
        return replace(run, results=tuple(results.values())), reported

    def _entries(self, file: str) -> tuple[NamedValue, ...]:
        """The entries of a file of results."""
        data = self._bytes(file)
        if data is None:
            return ()
        members = json_members.read(decode(data)[0])
        if members.broken:
            self.problems.append(Problem("results-broken", 0, f"{file}, line {members.line}: {members.broken}"))
        found = members.found.items()
        return tuple(NamedValue(name, trainer_state.cell(member.value), member.line) for name, member in found)

    def _bytes(self, file: str) -> bytes | None:
        """A file's bytes; None where there is none, and where a problem says why it is not read."""
        if file in self._known:
            return self._known[file]
        path = self._files.path / file
        try:
            status = path.stat()
            if not stat.S_ISREG(status.st_mode):  # a pipe would be waited for
                self._cannot_read(file, "not a file")
                return None
            data = b""
            if status.st_size <= self._limit:
                with path.open("rb") as opened:
                    data = opened.read(self._limit + 1)
            if max(len(data), status.st_size) > self._limit:
                message = f"{file}: larger than {size_text(self._limit)} and not read"
                self.problems.append(Problem("run-too-large", 0, message))
                return None
        except FileNotFoundError:
            return None
        except OSError as error:
            self._cannot_read(file, (error.strerror or str(error)).lower())
            return None
        return data

    def _cannot_read(self, what: str, reason: str) -> None:
        self.problems.append(Problem("unreadable", 0, f"{what}: {reason}"))


def _reported(entries: Sequence[NamedValue], prefix: str) -> tuple[NamedValue, ...]:
    """The metrics of a file of results, named as the Trainer names them; their lines are not the card's."""
    return tuple(
        NamedValue(trainer_state.printed_name(entry.name), entry.value, 0)
        for entry in entries
        if entry.name.startswith(prefix) and _is_metric(entry)
    )


def _is_metric(entry: NamedValue) -> bool:
    """Whether an entry is a measurement; what others write into such files as mappings is not."""
    name = entry.name.removeprefix("eval_")
    is_value = entry.value.number is not None or bool(entry.value.elements and name != entry.name)
    return is_value and name not in _NO_METRICS and not trainer_state.is_timing(name)
