"""``cardtui plot CARD…``: curves as text, or as an SVG or PNG file."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tui.cli.output import CommandError, ExitCode, say, write_lines
from tui.cli.runs import read_runs
from tui.cli.size import parse_size
from tui.cli.whole_file import whole_file
from tui.judge import curves, metrics
from tui.judge.comparable import Run, obstacle
from tui.judge.curves import drawn
from tui.judge.overlay import PROGRESS, common_metrics, metrics_of
from tui.judge.rules import rules_of
from tui.render.curves import View
from tui.render.line import BLANK, Line, line
from tui.render.panel import Panel, difference_panel, is_empty, run_panel, runs_panel, why_empty
from tui.render.parts import few_elements
from tui.render.text import cut, visible
from tui.settings import DEFAULTS, Settings

_KINDS = (".svg", ".png")
_CELLS = (100, 24)
"""The size of a chart off a terminal."""

_PIXELS = (860, 400)
"""The size of a figure."""

_LEAST, _MOST = (30, 8), (1000, 500)
_LEAST_PIXELS, _MOST_PIXELS = (240, 140), (4000, 4000)
_HIGHEST = 16_000
"""Pixels of all figures in one file."""

_NAMED = 12
"""Metrics that an error names."""

_LONGEST = 40
"""Cells of a metric's name there."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be drawn, and how."""

    metrics: tuple[str, ...] = ()
    axis: str | None = None
    """None for epochs, where the runs have them."""

    log_x: bool = False
    log_y: bool = False
    difference: bool = False
    size: str = ""
    """``WxH``: cells of a chart, pixels of a figure."""

    output: str = ""
    """The file; empty for standard output."""


def run(cards: Sequence[str], wish: Wish, settings: Settings = DEFAULTS) -> ExitCode:
    """Draw the cards' curves, a chart a metric; returns the exit status.

    Raises CommandError for what cannot be drawn, and then writes no file.
    """
    if wish.difference and len(cards) != 2:
        raise CommandError(f"--difference needs two cards, not {len(cards)}")
    if wish.difference and wish.log_y:
        raise CommandError("a difference has no logarithm: --difference and --log-y exclude each other")
    size = _size(wish)
    if wish.output:
        _check_target(cards, wish.output)
    runs = read_runs(cards, rules_of(settings))
    panels = _panels(runs, wish)
    if all(map(is_empty, panels)):
        raise CommandError(why_empty(panels[0]).rstrip("."))
    if wish.difference and (reason := obstacle(runs)):
        say(reason)
    if wish.output:
        _write_figure(panels, Path(wish.output), size)
    else:
        write_lines(_charts(panels, *size))
    return ExitCode.FINE


def _charts(panels: Sequence[Panel], cells: int, height: int) -> list[Line]:
    from tui.render.overlay import panel_lines  # noqa: PLC0415 - plotext, which figures do not need

    found: list[Line] = []
    for panel in panels:
        log = " · ".join(f"{axis} log" for axis, wanted in (("x", panel.log_x), ("y", panel.log_y)) if wanted)
        scales = f"x {panel.axis}{' · ' if log else ''}{log}"
        title = cut(panel.title, max(cells - len(scales) - 3, 1))
        found += [BLANK] if found else []
        found += [line((title, "heading"), (f" · {scales}", "dim"))]
        found += panel_lines(panel, View(), cells, height - 1)
    return found


def _write_figure(panels: Sequence[Panel], path: Path, size: tuple[int, int]) -> None:
    from tui.render.figure import figure  # noqa: PLC0415

    if size[1] * len(panels) > _HIGHEST:
        raise CommandError(f"{len(panels)} metrics of {size[1]} pixels each are too many for one file")
    svg = figure(panels, *size)
    if path.suffix.lower() == ".png":
        from tui.render.png import png  # noqa: PLC0415

        data = png(svg)
    else:
        data = svg.encode()
    with whole_file(path) as file:
        file.write(data)


def _check_target(cards: Sequence[str], output: str) -> None:
    """Refuse a file of a kind that is not written, and one that is about to be read."""
    target = Path(output)
    if target.suffix.lower() not in _KINDS:
        raise CommandError(f"{output}: only {' and '.join(_KINDS)} files can be written")
    if target.is_file() and any(Path(card).exists() and target.samefile(card) for card in cards):
        raise CommandError(f"{output}: is one of the files to be read")


def _size(wish: Wish) -> tuple[int, int]:
    """The size of each chart: as wished, of the terminal, or the usual one."""
    if not wish.size:
        if wish.output:
            return _PIXELS
        if not sys.stdout.isatty():
            return _CELLS
        columns, lines = shutil.get_terminal_size(_CELLS)
        return max(columns, _LEAST[0]), max(lines - 1, _LEAST[1])
    if wish.output:
        return parse_size(wish.size, _LEAST_PIXELS, _MOST_PIXELS, "pixels")
    return parse_size(wish.size, _LEAST, _MOST, "columns and lines")


# What is drawn


def _panels(runs: Sequence[Run], wish: Wish) -> list[Panel]:
    there = metrics_of(runs)
    if not there:
        raise CommandError("no training history in " + ("these cards" if len(runs) > 1 else runs[0].name))
    view = View(_axis(runs, wish.axis), wish.log_x, wish.log_y)
    if not wish.metrics and len(runs) == 1:
        losses = curves.plots(drawn(runs[0].card), runs[0].verdict.rules)[0]
        return [run_panel(runs[0], losses.title, [series.name for series in losses.series], view)]
    wanted = [_named(name, there) for name in wish.metrics] or [[_headline(runs)]]
    if len(runs) == 1:
        titles = [names[0] if len(names) == 1 else metrics.base(names[0]) for names in wanted]
        return [run_panel(runs[0], title, names, view) for title, names in zip(titles, wanted, strict=True)]
    panel = difference_panel if wish.difference else runs_panel
    return [panel(runs, name, view) for names in wanted for name in names]


def _axis(runs: Sequence[Run], wanted: str | None) -> str:
    if wanted and wanted != PROGRESS and all(wanted not in curves.axes(drawn(run.card)) for run in runs):
        raise CommandError(f"no {wanted}s in {'these cards' if len(runs) > 1 else 'this card'}")
    return wanted or View().axis


def _named(wanted: str, there: Sequence[str]) -> list[str]:
    """The metric of a name, or the first elements of a list of that name."""
    key = metrics.key(wanted)
    exact = [name for name in there if metrics.key(name) == key]
    found = exact or few_elements([name for name in there if metrics.key(metrics.base(name)) == key], str)
    if found:
        return found
    names = ", ".join(cut(visible(name), _LONGEST) for name in there[:_NAMED])
    more = f" and {len(there) - _NAMED} more" if len(there) > _NAMED else ""
    raise CommandError(f"no metric {wanted}; there are {names}{more}")


def _headline(runs: Sequence[Run]) -> str:
    """The metric to compare the runs by: the first headline that all of them drew, else that one did."""
    there, common = metrics_of(runs), common_metrics(runs)
    headlines = [metrics.key(run.verdict.headline.metric) for run in runs if run.verdict.headline]
    for names in (common, there):
        by_key = {metrics.key(name): name for name in names}
        if found := next((by_key[key] for key in headlines if key in by_key), None):
            return found
    return (common or there)[0]
