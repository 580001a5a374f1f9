"""The comparison: two or more runs, what differs and how they went, side by side."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from difflib import unified_diff
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from tui.judge.comparable import Run
from tui.judge.comparison import Which, compare
from tui.keys import Scope
from tui.library.reader import Loaded
from tui.library.tree import Entry
from tui.messages import CardsChanged, CopyRequested
from tui.render.bars import CompareView, compare_footer, compare_header
from tui.render.comparison_tables import comparison_markdown
from tui.render.line import Line, Shape, line
from tui.render.text import visible
from tui.screens.once import Once
from tui.screens.sized import Sized
from tui.widgets.bar import Bar
from tui.widgets.bindings import bindings, keys_in_force
from tui.widgets.comparison import ComparisonPane
from tui.widgets.notice import Notice
from tui.widgets.overlay import OverlayPane

Walk = Callable[[Entry, int], Entry | None]
"""The next (1) or previous (-1) card of the tree, None at its end."""

_SIGNS = {"+": "good", "-": "bad", "@": "info"}
"""How the lines of a text diff are shown, by their first character."""


class CompareScreen(Once[None], Sized[None]):
    """Settings and results beside each other, curves below."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.COMPARE)]
    scope = Scope.COMPARE
    home = "#table"

    def __init__(self, entries: Sequence[Entry], load: Callable[[Entry], Loaded], walk: Walk) -> None:
        super().__init__()
        self._entries = list(entries)
        self._load = load
        self._walk = walk
        self._runs: tuple[Run, ...] = ()
        self._which = Which.REPORTED
        self._raw = False

    def compose(self) -> ComposeResult:
        """Title, table, curves, keys."""
        yield Bar(id="header")
        yield ComparisonPane(id="table", title="Comparison")
        yield OverlayPane(id="overlay", title="Curves")
        yield Bar(id="footer")
        yield Notice(id="too-small")

    def on_mount(self) -> None:
        """Read the cards."""
        self._table.focus()
        self._read()

    def fit(self) -> None:
        """Write the bars for another width."""
        self._update_bars()

    @property
    def way_out(self) -> str:
        """The sentence on the way out of a screen that is too small."""
        return "Esc goes back."

    @property
    def pictured(self) -> str:
        """What is on display, as pictures of the screen are named."""
        return " and ".join(run.name for run in self._runs)

    @property
    def _table(self) -> ComparisonPane:
        return self.query_one("#table", ComparisonPane)

    @property
    def _overlay(self) -> OverlayPane:
        return self.query_one("#overlay", OverlayPane)

    def on_cards_changed(self, message: CardsChanged) -> None:
        """Compare the cards as they are now."""
        is_one_back = bool(message.files) and any(entry.is_gone for entry in self._entries)
        if is_one_back or not set(message.files).isdisjoint(self._entries):
            self._read()

    def _read(self) -> None:
        self.run_worker(self._read_all(), group="read", exclusive=True)

    async def _read_all(self) -> None:
        """Read and judge the cards behind the screen's back, then show them."""
        loaded = await asyncio.to_thread(lambda: [self._load(entry) for entry in self._entries])
        if failed := next((one for one in loaded if one.card is None), None):
            self._runs = self._overlay.runs = ()
            self._table.show_others([line(visible(f"{failed.entry.shown} cannot be read: {failed.error}."))])
            return
        names = _told_apart([one.card.name if one.card else "" for one in loaded], self._entries)
        self._runs = tuple(
            Run(name, one.card, one.verdict)
            for name, one in zip(names, loaded, strict=True)
            if one.card is not None and one.verdict is not None
        )
        self._show()

    def _show(self) -> None:
        if len(self._runs) < 2:
            return
        table, overlay = self._table, self._overlay
        if self._raw and len(self._runs) == 2:
            table.title = "Files: − A, + B"
            table.show_others(_text_diff(*self._runs))
        else:
            key = keys_in_force(self.app).shown(Scope.COMPARE, "everything")
            other = f"everything ({key}: what differs)"
            table.title = other if table.everything else f"only what differs ({key}: everything)"
            table.comparison = compare(self._runs, self._which)
        table.repaint()
        head = self._runs[0].verdict.headline
        if not overlay.runs and head is not None:
            overlay.set_reactive(OverlayPane.metric, head.metric)
        self.call_after_refresh(setattr, overlay, "runs", self._runs)  # the table first: many curves take a while
        self._update_bars()

    def _update_bars(self) -> None:
        title, keys = self.query_one("#header", Bar), self.query_one("#footer", Bar)
        title.show_line(compare_header([run.name for run in self._runs], self._which, title.room))
        view = CompareView(
            is_pair=len(self._entries) == 2,
            curves_only=self._curves_only,
            table_only=not self._curves_only and self.has_class("-low"),
            is_files=self._raw,
        )
        keys.show_line(compare_footer(keys.room, view, keys_in_force(self.app)))

    @property
    def _curves_only(self) -> bool:
        """Whether the curves stand in the place of the table: on the full screen, or where there is room for one."""
        return self.has_class("full") or (self.has_class("-low") and self.has_class("show-curves"))

    def _show_curves(self) -> None:
        """Have the curves on the screen, in the place of the table where there is no room for both."""
        self.add_class("show-curves")
        self._update_bars()

    def _show_table(self) -> None:
        """Have the table on the screen."""
        self.remove_class("full", "show-curves")
        self.call_after_refresh(self._table.focus)  # it cannot have the focus before it is on the screen
        self._update_bars()

    # Keys

    def action_everything(self) -> None:
        """Show all rows, or only those that differ."""
        self._raw = False
        self._table.everything = not self._table.everything
        self._show()
        self._show_table()

    def action_swap(self) -> None:
        """Measure the first run against the second."""
        self._entries[:2] = reversed(self._entries[:2])
        self._runs = (*reversed(self._runs[:2]), *self._runs[2:])
        self._show()

    def action_which(self) -> None:
        """Compare the reported values, the best, or the last ones."""
        order = list(Which)
        self._which = order[(order.index(self._which) + 1) % len(order)]
        self._show()

    def action_pair(self, step: int) -> None:
        """Compare the first run with the next or previous card of the tree."""
        if len(self._entries) != 2:
            self.app.notify("Pairs are walked with two runs on the screen.", markup=False)
            return
        found = self._walk(self._entries[1], step)
        if found is self._entries[0]:
            found = self._walk(found, step)
        if found is None:
            self.app.notify("There is no further card in this direction.", markup=False)
            return
        self._entries[1] = found
        self._read()

    def action_raw(self) -> None:
        """Show how the files differ line by line, or the comparison again."""
        if len(self._runs) != 2:
            self.app.notify("The files of two runs can be compared line by line.", markup=False)
            return
        self._raw = self._curves_only or not self._raw
        self._show()
        self._show_table()

    def action_metric(self, step: int) -> None:
        """Draw the next or previous metric."""
        self._overlay.step_metric(step)
        self._show_curves()

    def action_difference(self) -> None:
        """Draw the second run less the first, or both."""
        if len(self._runs) != 2:
            self.app.notify("The difference is drawn of two runs.", markup=False)
            return
        self._overlay.view = replace(self._overlay.view, log_y=False)
        self._overlay.difference = not self._overlay.difference
        self._show_curves()

    def action_axis(self) -> None:
        """Draw over epochs, steps, or the share of each training."""
        self._overlay.step_axis()
        self._show_curves()

    def action_log_y(self) -> None:
        """Make the y axis logarithmic, or linear again."""
        if self._overlay.difference:
            key = keys_in_force(self.app).shown(Scope.COMPARE, "difference")
            self.app.notify(f"A difference has no logarithm: {key} draws the curves.", markup=False)
            return
        self._overlay.view = replace(self._overlay.view, log_y=not self._overlay.view.log_y)
        self._show_curves()

    def action_log_x(self) -> None:
        """Make the x axis logarithmic, or linear again."""
        self._overlay.view = replace(self._overlay.view, log_x=not self._overlay.view.log_x)
        self._show_curves()

    def action_full_screen(self) -> None:
        """Give the curves the whole screen, or show the table again."""
        if self._curves_only:
            self._show_table()
        else:
            self.add_class("full")
            self._update_bars()

    def action_copy_cell(self) -> None:
        """Copy the value under the cursor."""
        if self._curves_only:
            key = keys_in_force(self.app).shown(Scope.COMPARE, "full_screen")
            self.app.notify(f"The cursor is in the table, which {key} shows again.", markup=False)
            return
        row = self._table.row
        cell = row.cells[self._table.column] if row else None
        if cell is None:
            self.app.notify("The cursor is on no value.", markup=False)
        else:
            self.post_message(CopyRequested(cell.text, "value"))

    def action_copy_view(self) -> None:
        """Copy the comparison as Markdown."""
        if len(self._runs) > 1:
            text = comparison_markdown(compare(self._runs, self._which), everything=self._table.everything)
            self.post_message(CopyRequested(text, "comparison"))

    def action_help(self) -> None:
        """Show the keys."""
        from tui.screens.help import HelpScreen  # noqa: PLC0415 - not needed by the first frame

        self.app.push_screen(HelpScreen((Scope.COMPARE, Scope.COMPARISON, Scope.APP)))

    def action_close(self) -> None:
        """Leave the curves for the table, leave the text diff, else go back to the cards."""
        if self._curves_only:
            self._show_table()
        elif self._raw:
            self.action_raw()
        else:
            self.dismiss()


def _told_apart(names: Sequence[str], entries: Sequence[Entry]) -> list[str]:
    """The names of the cards, those that two have with where they lie."""
    return [
        f"{name} ({entry.shown})" if names.count(name) > 1 else name for name, entry in zip(names, entries, strict=True)
    ]


def _text_diff(left: Run, right: Run) -> list[Line]:
    """The files as a unified diff."""
    before, after = (run.card.text.split("\n") for run in (left, right))
    found = unified_diff(before, after, left.card.path, right.card.path, lineterm="")
    lines = [line((visible(text), _SIGNS.get(text[:1], ""))) for text in found]
    shape = Shape(max((one.width for one in lines), default=0), 1)  # the sign stays
    return [replace(one, table=shape) for one in lines] or [line(("The files are the same.", "dim"))]
