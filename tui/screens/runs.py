"""The runs table: every card of the folder in a row, to be sorted, filtered, grouped and chosen from."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.timer import Timer

from tui.judge.comparison import Which
from tui.judge.facts import metric_name
from tui.judge.metrics import Direction
from tui.judge.query import EVERYTHING, QueryError, completions, parse
from tui.judge.rules import Rules
from tui.keys import Scope
from tui.library.catalogue import Catalogue, shown_columns
from tui.library.chosen_columns import columns_file, read_columns, write_columns
from tui.library.columns import Columns
from tui.library.reader import Loaded
from tui.library.runs import HEADLINE, NAME, PATH, Runs, View
from tui.library.selection import Selection
from tui.library.tree import Entry
from tui.messages import (
    CardsChanged,
    ColumnHighlighted,
    CopyRequested,
    FileRequested,
    PromptChanged,
    PromptEnded,
    RowActivated,
    RowHighlighted,
    RowsScrolled,
    SortRequested,
)
from tui.render.bars import RunsStatus, runs_footer, runs_header
from tui.render.runs import RunsLines, runs_markdown
from tui.screens.once import Once
from tui.screens.sized import Sized
from tui.widgets.bar import Bar
from tui.widgets.bindings import bindings, keys_in_force
from tui.widgets.notice import Notice
from tui.widgets.runs import RunsPane

_NEWS = 0.25
"""Seconds between two sortings while cards are still being read."""

_IDLE = 10
"""How many times longer than it takes to show news it is waited for more."""

_LATER = 0.06
"""Seconds after which the best values of very many runs are sought: the frame comes first."""

_MOST = (0, 10, 20, 50, 100)
_GROUPS = ("base", "dataset", "writer", "task")


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the table shows, asked for anew whenever it may have changed."""

    entries: Callable[[], Sequence[Entry]]
    """Every card, in the order of the folders."""

    columns: Columns
    """The facts of those that were read."""

    rules: Callable[[], Rules]
    headline: Callable[[], str]
    """The metric that a person chose for the session to stand for every run, else empty."""

    set_columns: Sequence[str]
    """The columns that are shown at first by the settings; none: those that suit the cards."""

    chosen: Sequence[str]
    """The columns that a person chose instead of these for the session."""

    names: Callable[[], str]
    """Of the opened folders."""

    is_scanning: Callable[[], bool]
    rate: Callable[[], float]
    """Cards read a second, 0 where it is not known."""

    is_stopped: Callable[[], bool]
    """Whether a person stopped the reading."""

    look_at: Callable[[Sequence[Entry]], None]
    """Tells which cards are on display, so that changes of these are seen first."""


class RunsScreen(Once["Entry | None"], Sized["Entry | None"]):
    """Every run in a row; gives the card to go to, None where it is left."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.RUNS)]
    scope = Scope.RUNS
    home = "#runs"

    def __init__(
        self,
        shelf: Shelf,
        selection: Selection,
        load: Callable[[Entry], Loaded],
        view: View | None = None,
        at: Entry | None = None,
    ) -> None:
        """`view` is how the table was left, to be shown so again with the cursor on the card `at`."""
        super().__init__()
        self._shelf = shelf
        self._selection = selection
        self._load = load
        self._catalogue = Catalogue(shelf.columns)
        self._runs = Runs(shelf.columns, shelf.rules())
        self._lines = RunsLines(self._runs, selection)
        self._chosen = list(shelf.chosen or shelf.set_columns) or read_columns(columns_file())
        self._typed = ""
        """The filter as it stands in the prompt, or stood there last."""

        self._before = EVERYTHING
        """The filter before the prompt was opened."""

        self._start = at if view else None
        """The card that the cursor goes to."""

        self._is_fresh = view is None
        """Whether no key has moved the cursor yet: then it stays on the best run while others are read."""

        self._told_to_open = ""
        """What the footer says that the key which opens does in the cursor's row."""

        self._news: Timer | None = None
        self._rest = _NEWS
        """Seconds until news are shown: with many runs that takes time which keys need more."""

        self._later: Timer | None = None
        headline = metric_name(shelf.headline()) if shelf.headline() else ""
        self._runs.view = view or View(metric=headline)

    @property
    def pictured(self) -> str:
        """What is on display, as pictures of the screen are named."""
        return f"runs of {self._shelf.names()}"

    @property
    def is_still(self) -> bool:
        """Whether the screen stays as it is until a key is pressed or a file changes."""
        return self._news is None and self._later is None

    @property
    def chosen(self) -> Sequence[str]:
        """The columns that were chosen, none where they are those of the beginning."""
        return self._chosen

    @property
    def view(self) -> View:
        """How the runs are shown."""
        return self._runs.view

    def compose(self) -> ComposeResult:
        """Title, table, keys."""
        yield Bar(id="header")
        yield RunsPane(id="runs", title="Runs")
        yield Notice(id="no-runs")
        yield Bar(id="footer")
        yield Notice(id="too-small")

    def on_mount(self) -> None:
        """Show the runs that are known."""
        self._pane.focus()
        self._take()

    def fit(self) -> None:
        """Write the bars for another width."""
        self._tell()

    @property
    def way_out(self) -> str:
        """The sentence on the way out of a screen that is too small."""
        return "Esc goes back."

    @property
    def _pane(self) -> RunsPane:
        return self.query_one("#runs", RunsPane)

    # What is shown

    def on_cards_changed(self, _message: CardsChanged) -> None:
        """Take in cards that were found, read, changed or went away, soon; the cursor stays on its run."""
        if self._news is None:
            self._news = self.set_timer(self._rest, self._take)

    def _take(self) -> None:
        self._news = None
        start = time.monotonic()
        kept = (self._start, "") if self._start else self._place()
        self._start = None
        metric = self._runs.one_metric()
        self._runs.rules = self._shelf.rules()
        self._runs.take(self._shelf.entries())
        self._lines.forget(widths=metric != self._runs.one_metric())
        self._name_columns()
        self._show_at((None, "") if self._is_fresh else kept)
        self._rest = max(_NEWS, (time.monotonic() - start) * _IDLE)

    def _name_columns(self) -> None:
        lines = self._lines
        under = lines.names[lines.column] if len(lines.names) > 1 else HEADLINE
        lines.names = shown_columns(self._chosen, self._catalogue, self._runs.rules, self._runs.view.metric)
        lines.column = lines.names.index(under) if under in lines.names else 0

    def _place(self) -> tuple[Entry | None, str]:
        """The card under the cursor, or the text of the group (with no card); see `_show_at`."""
        items, cursor = self._runs.items, self._pane.cursor
        if cursor >= len(items):
            return None, ""
        group = self._runs.group_at(items[cursor])
        return (None, group.text) if group else (self._runs.entry_at(items[cursor]), "")

    def _show(self, view: View, *, from_top: bool = False) -> None:
        """Show the runs in another way, the cursor on its run, or on the first one."""
        old, kept = (self._runs.view.which, self._runs.one_metric()), self._place()
        self._runs.show(view)
        self._lines.forget(widths=old != (view.which, self._runs.one_metric()))
        self._show_at((None, "") if from_top else kept)

    def _show_at(self, place: tuple[Entry | None, str]) -> None:
        """Show the runs with the cursor on a card or a group; in the place of a card that is gone, on the next one."""
        entry, group = place
        pane = self._pane
        found = self._runs.index_of(entry) if entry else None
        if found is None and group and self._runs.view.group:
            found = self._runs.index_of_group(group)
        if entry is None and not group:
            found = 0
            pane.top = 0
        stays = entry is None or entry.is_gone
        pane.show_table(self._lines, found if found is not None else pane.cursor if stays else 0)
        self._look_at()
        self._tell()

    def _tell(self) -> None:
        """Say where the cursor is, and why there are no rows."""
        pane, runs = self._pane, self._runs
        notice = self.query_one("#no-runs", Notice)
        self.set_class(not runs.items, "nothing")
        if not runs.items:
            notice.say(self._why_nothing())
        pane.title = f"Runs ({runs.view.which} values)"
        pane.subtitle = self._cell_told()
        pane.repaint()
        first, last = self._lines.shown_columns()
        hidden = len(self._lines.names) - 1 - (last - first + 1) if last else 0
        if hidden > 0:
            pane.title += f" · columns {first}–{last} of {len(self._lines.names) - 1}"
            pane.repaint()
        self._update_bars()
        if self._later is None:
            self._later = self.set_timer(_LATER, self._mark_best)

    def _mark_best(self) -> None:
        """Mark the best values that were not found at once."""
        self._later = None
        if self._runs.find_best():
            self._lines.forget()
            self._pane.repaint()
            self._tell()

    def _why_nothing(self) -> str:
        if self._runs.total:
            key = keys_in_force(self.app).shown(Scope.RUNS, "filter")
            return f"No run matches “{self._runs.view.query.text}”. {key} changes the filter, Esc takes it away."
        if self._shelf.is_scanning() or self._runs.unread:
            return "Looking for cards … Esc goes back to them."
        return "There are no cards here. Model cards are .md files. Esc goes back."

    def _cell_told(self) -> str:
        """The value under the cursor in words."""
        item, name = self._item(), self._column()
        if item is None:
            return ""
        group = self._runs.group_at(item)
        if group is not None:
            return f"{self._runs.view.group}: {group.text or 'none'} ({len(group.rows):,})"
        value = self._runs.value(item, name)
        text = value.raw if value and value.raw else "–"
        if name in {NAME, PATH}:
            return self._runs.entries[item].shown
        metric = self._runs.metric(item) if name == HEADLINE else ""
        return f"{metric or name}: {text}"

    def _item(self) -> int | None:
        items, cursor = self._runs.items, self._pane.cursor
        return items[cursor] if cursor < len(items) else None

    def _entry(self) -> Entry | None:
        """The card under the cursor."""
        item = self._item()
        entry = None if item is None else self._runs.entry_at(item)
        return None if entry is None or entry.is_gone else entry

    def _column(self) -> str:
        return self._lines.names[self._lines.column]

    def _update_bars(self) -> None:
        runs, view = self._runs, self._runs.view
        order = ""
        if view.sort:
            name = runs.one_metric() or HEADLINE if view.sort == HEADLINE else view.sort
            order = f"{name} {self._lines.arrow()}"
        others = [f"by {view.group}"] if view.group else []
        ranked = view.sort and not view.reverse and runs.direction(view.sort) is not Direction.UNKNOWN
        others += [f"{'best' if ranked else 'first'} {view.most}"] if view.most else []
        others += [f"{view.which} values"] if view.which is not Which.REPORTED else []
        files = len(runs.entries)
        status = RunsStatus(
            self._shelf.names(),
            runs.passing,
            runs.total,
            files - runs.unread,
            files,
            self._shelf.is_scanning(),
            order,
            view.query.text.strip(),
            tuple(others),
            rate=self._shelf.rate(),
            is_stopped=self._shelf.is_stopped(),
        )
        title, keys = self.query_one("#header", Bar), self.query_one("#footer", Bar)
        title.show_line(runs_header(status, title.room))
        self._told_to_open = self._opens()
        keys.show_line(runs_footer(keys.room, keys_in_force(self.app), opens=self._told_to_open))

    def _opens(self) -> str:
        """What the key that opens does in the cursor's row."""
        item = self._item()
        group = None if item is None else self._runs.group_at(item)
        return "card" if group is None else "close" if group.is_open else "open"

    def _look_at(self) -> None:
        """Tell which cards are on display."""
        pane, runs = self._pane, self._runs
        found = (runs.entry_at(item) for item in runs.items[pane.top : pane.top + pane.page])
        self._shelf.look_at([entry for entry in found if entry])

    # What the pane tells

    def on_rows_scrolled(self, _message: RowsScrolled) -> None:
        """Other runs came on display."""
        self._look_at()

    def on_row_highlighted(self, _message: RowHighlighted) -> None:
        """Say what the cursor is on."""
        self._is_fresh = False
        self._pane.subtitle = self._cell_told()
        self._pane.repaint()
        if self._opens() != self._told_to_open:
            self._update_bars()

    def on_column_highlighted(self, _message: ColumnHighlighted) -> None:
        """Say what the cursor is on, and which columns there are."""
        self._tell()

    def on_sort_requested(self, _message: SortRequested) -> None:
        """Sort by the column whose heading was clicked."""
        self.action_sort()

    def on_row_activated(self, message: RowActivated) -> None:
        """Go to the card, or open or close the group."""
        item = self._item()
        if item is None or self._pane.cursor != message.index:
            return
        group = self._runs.group_at(item)
        if group is None:
            if entry := self._entry():
                self.dismiss(entry)
            return
        view = self._runs.view
        opens = message.what == "expand" or (message.what == "open" and not group.is_open)
        self._show(replace(view, opened=view.opened | {group.text} if opens else view.opened - {group.text}))

    # Order, columns and groups

    def action_sort(self) -> None:
        """Sort by the column under the cursor, once more: leave the runs as the folders lie."""
        view, name = self._runs.view, self._column()
        self._show(replace(view, sort="" if view.sort == name else name, reverse=False), from_top=True)

    def action_reverse(self) -> None:
        """Turn the order round."""
        self._show(replace(self._runs.view, reverse=not self._runs.view.reverse), from_top=True)

    def action_which(self) -> None:
        """Show the reported values of metrics, the best, or the last."""
        order = list(Which)
        which = order[(order.index(self._runs.view.which) + 1) % len(order)]
        self._show(replace(self._runs.view, which=which))

    def action_metric(self, step: int) -> None:
        """Let the next or previous metric stand for every run, the best first."""
        names = [name for name, _ in self._catalogue.metrics(self._runs.rules)]
        if not names:
            self.app.notify("No run reports a metric.", markup=False)
            return
        one, most = metric_name(self._runs.one_metric()), metric_name(self._runs.frequent_metric())
        start = most if most in names else names[0]  # from each run's own headline to the one that most have
        self._stand(names[(names.index(one) + step) % len(names)] if one in names else start)

    def _stand(self, metric: str) -> None:
        """Let a metric stand for every run; the empty name: let each have its own."""
        lines = self._lines
        self._runs.view = replace(self._runs.view, metric=metric)  # the columns follow it
        self._name_columns()
        if HEADLINE not in lines.names:
            lines.names = [NAME, HEADLINE, *lines.names[1:]]
        lines.column = lines.names.index(HEADLINE)
        lines.forget(widths=True)
        self._show(replace(self._runs.view, sort=HEADLINE, reverse=False), from_top=True)

    def action_pick_metric(self) -> None:
        """Let a person pick the metric that stands for every run."""
        from tui.screens.choose import ChooseScreen  # noqa: PLC0415

        found = self._catalogue.metrics(self._runs.rules)
        entries = [("each run's own headline", 0), *found]
        names = ["", *(name for name, _ in found)]
        current = metric_name(self._runs.view.metric) if self._runs.view.metric else ""

        def take(index: int | None) -> None:
            if index is not None:
                self._stand(names[index])

        chosen = names.index(current) if current in names else 0
        self.app.push_screen(ChooseScreen("Metric that stands for every run", entries, chosen), take)

    def action_group(self) -> None:
        """Let a person choose the column to group by."""
        from tui.screens.choose import ChooseScreen  # noqa: PLC0415

        counts = self._catalogue.names()
        settings = [name for name, _ in self._catalogue.settings()]
        found = [name for name in (*_GROUPS, *settings) if name in counts]
        names = ["", *dict.fromkeys(found)]
        entries = [("no groups", 0), *((name, counts[name]) for name in names[1:])]

        def take(index: int | None) -> None:
            if index is not None:
                view = replace(self._runs.view, group=names[index], opened=frozenset())
                self._show(view, from_top=True)

        group = self._runs.view.group
        self.app.push_screen(ChooseScreen("Group by", entries, names.index(group) if group in names else 0), take)

    def action_most(self) -> None:
        """Show only the first runs, or all."""
        view = self._runs.view
        self._show(replace(view, most=_MOST[(_MOST.index(view.most) + 1) % len(_MOST)]), from_top=True)

    def action_columns(self) -> None:
        """Let a person choose the columns."""
        from tui.screens.columns import ColumnsScreen  # noqa: PLC0415

        def take(names: list[str] | None) -> None:
            if names is None:
                return
            self._chosen = [] if [NAME, *names] == first and not self._shelf.set_columns else [NAME, *names]
            if self._shelf.set_columns:
                self.app.notify("The columns hold for now: the settings say which there are at first.", markup=False)
            elif not write_columns(columns_file(), self._chosen):
                self.app.notify("The columns cannot be remembered: their file cannot be written.", markup=False)
            self._name_columns()
            self._lines.forget()
            self._show_at(self._place())

        entries = [entry for entry in self._catalogue.listed() if entry[0] != NAME]
        first = shown_columns(self._shelf.set_columns, self._catalogue, self._runs.rules, self._runs.view.metric)
        self.app.push_screen(ColumnsScreen(entries, self._lines.names, first), take)

    # Filter

    async def action_filter(self) -> None:
        """Ask for the expression to filter by."""
        from tui.widgets.prompt import Prompt  # noqa: PLC0415

        self._before = self._runs.view.query
        self._typed = self._before.text
        await self.query("#prompt").remove()
        await self.mount(Prompt("filter", self._typed))
        self._hint()
        self.call_after_refresh(self._runs.know_words)

    def on_prompt_changed(self, message: PromptChanged) -> None:
        """Filter as one types; while the expression cannot be read, as before."""
        if not self.query("#prompt"):  # it is gone by now
            return
        self._typed = message.text
        self._hint()

    def _hint(self) -> None:
        """Filter by what is typed, and say how to go on or what is wrong."""
        from tui.widgets.prompt import Prompt  # noqa: PLC0415

        prompts = self.query(Prompt)
        if not prompts:
            return
        prompt = prompts.first()
        offers = completions(self._typed, prompt.cursor, self._catalogue)
        try:
            query = parse(self._typed)
        except QueryError as error:
            prompt.refuse(error, offers)
            return
        prompt.offer(offers, "" if self._runs.unread else self._catalogue.unknown(query))
        if query.terms != self._runs.view.query.terms:
            self._show(replace(self._runs.view, query=query), from_top=True)
        else:
            self._runs.view = replace(self._runs.view, query=query)

    async def on_prompt_ended(self, message: PromptEnded) -> None:
        """Keep the filter, or take back the one before."""
        if not self.query("#prompt"):
            return
        from tui.widgets.prompt import Prompt  # noqa: PLC0415

        if message.kept and not self.query_one(Prompt).is_expression():
            return
        await self.query("#prompt").remove()
        if not message.kept:
            self._show(replace(self._runs.view, query=self._before))
        self._pane.focus()
        self._update_bars()

    # Choosing cards

    def _run_there(self) -> Entry | None:
        """The run under the cursor; of a group it is said how to come to its runs."""
        item = self._item()
        if item is not None and item < 0:
            opens = keys_in_force(self.app).shown(Scope.RUN_ROWS, "open")
            self.app.notify(f"This is a group; {opens} shows its runs.", markup=False)
        return self._entry()

    def action_select(self) -> None:
        """Select the run under the cursor, or no longer, and go on to the next."""
        if entry := self._run_there():
            self._selection.toggle(entry)
            self._lines.forget()
            self._pane.move_to(self._pane.cursor + 1)
            self._pane.repaint()

    def action_unselect(self) -> None:
        """Select nothing, and have no baseline."""
        self._selection.clear()
        self._lines.forget()
        self._pane.repaint()

    def action_pin(self) -> None:
        """Make the run under the cursor the baseline, or no longer."""
        if entry := self._run_there():
            self._selection.pin(entry)
            self._lines.forget()
            self._pane.repaint()

    def action_compare(self) -> None:
        """Compare the selected runs, or the selected one or the baseline with the run under the cursor."""
        entries = self._selection.compared(self._entry())
        if len(entries) < 2:
            keys = keys_in_force(self.app)
            select, compare = (keys.shown(Scope.RUNS, action) for action in ("select", "compare"))
            self.app.notify(f"Select a run with {select}, then press {compare} on another.", markup=False)
            return
        from tui.screens.compare import CompareScreen  # noqa: PLC0415

        self.app.push_screen(CompareScreen(entries, self._load, self._beside))

    def _beside(self, entry: Entry, step: int) -> Entry | None:
        """The next (1) or previous (-1) run of the table."""
        shown = [found for item in self._runs.items if (found := self._runs.entry_at(item))]
        place = shown.index(entry) + step if entry in shown else -1
        return shown[place] if 0 <= place < len(shown) else None

    # Copy, help, back

    def action_copy_cell(self) -> None:
        """Copy the value under the cursor."""
        item = self._item()
        value = self._runs.value(item, self._column()) if item is not None and item >= 0 else None
        if value is None:
            self.app.notify("The cursor is on no value.", markup=False)
        else:
            self.post_message(CopyRequested(value.raw, "value"))

    def action_copy_view(self) -> None:
        """Copy the table as Markdown."""
        if self._runs.items:
            self.post_message(CopyRequested(runs_markdown(self._runs, self._lines.names), "table"))

    def action_export(self) -> None:
        """Write the runs on display, with those of closed groups, into a CSV file of the current folder."""
        from tui.render.list_text import csv_lines  # noqa: PLC0415

        runs, names = self._runs, self._lines.names
        places = runs.places
        lines = csv_lines(names, ([runs.value(place, name) for name in names] for place in places))
        data = "".join(f"{line}\n" for line in lines).encode()
        self.post_message(FileRequested("runs", ".csv", data, f"{len(places):,} runs are"))

    def action_help(self) -> None:
        """Show the keys."""
        from tui.screens.help import HelpScreen  # noqa: PLC0415

        self.app.push_screen(HelpScreen((Scope.RUNS, Scope.RUN_ROWS, Scope.COLUMNS, Scope.APP)))

    def action_close(self) -> None:
        """Take the filter away where nothing passes it, else go back to the cards."""
        if not self._runs.items and self._runs.view.query.terms:
            self._show(replace(self._runs.view, query=EVERYTHING), from_top=True)
        else:
            self.dismiss(None)
