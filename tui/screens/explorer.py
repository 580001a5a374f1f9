"""The explorer: tree, card and curves, and what passes between them."""

from __future__ import annotations

import os
import shlex
import subprocess
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal

from tui.judge import metrics
from tui.keys import Scope
from tui.library.pace import Pace
from tui.messages import CopyRequested, FileRequested, HeadlineChosen, Picked
from tui.render.bars import Status, footer, header
from tui.render.text import visible
from tui.screens.searching import SearchingScreen
from tui.screens.sized import Sized
from tui.widgets.bar import Bar
from tui.widgets.bindings import bindings, keys_in_force
from tui.widgets.curves import CurvesPane
from tui.widgets.detail import DetailPane
from tui.widgets.notice import Notice
from tui.widgets.tree import TreePane

_FIRST_FRAME = 0.3
"""Seconds after which the first frame is drawn even without a card on it."""


class ExplorerScreen(SearchingScreen, Sized[None]):
    """Tree | card | curves."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.EXPLORER)]
    home = "#tree"

    def compose(self) -> ComposeResult:
        """Title, panes, keys."""
        yield Bar(id="header")
        with Horizontal(id="panes"):
            yield TreePane(id="tree", title="Cards")
            with Container(id="card"):
                yield DetailPane(id="detail")
                yield CurvesPane(id="curves", title="Curves")
        yield Bar(id="footer")
        yield Notice(id="too-small")

    def on_mount(self) -> None:
        """Start to scan and to read."""
        self.query_one("#tree").focus()
        self._show_words("Looking for cards …")
        self.set_timer(_FIRST_FRAME, self._show_first_frame)
        self._scanner.start()
        self._reader.start()
        self.update_bars()

    # Bars

    def update_bars(self) -> None:
        """Write title and keys anew."""
        total = len(self._tree.entries)
        title = self.query_one("#header", Bar)
        names = ", ".join(folder.name for folder in self._tree.roots) or ", ".join(p.name for p in self._paths)
        others = total - self._tree.card_count
        status = Status(
            names,
            total - others,
            self._read - others,
            self._scanning,
            self._tree.filter_text,
            self._hits,
            self._reader.rules.headline,
            self._pace.rate,
            is_stopped=not self._reads_on,
        )
        title.show_line(header(status, title.room))
        bar = self.query_one("#footer", Bar)
        focused = self.focused
        scope = {"detail": Scope.DETAIL, "curves": Scope.CURVES}.get(focused.id or "" if focused else "", Scope.TREE)
        bar.show_line(footer(scope, bar.room, keys_in_force(self.app)))

    def on_descendant_focus(self) -> None:
        """Show the keys of the pane that has the focus; on narrow screens, the pane itself."""
        focused = self.focused
        if focused is not None and focused.id in {"detail", "curves"}:
            self.set_class(focused.id == "curves", "show-curves")
        self.update_bars()

    def fit(self) -> None:
        """Write the bars for another width, and read what came on display."""
        self.update_bars()
        self._want_outlines()

    @property
    def way_out(self) -> str:
        """The sentence on the way out of a screen that is too small."""
        return f"{keys_in_force(self.app).shown(Scope.EXPLORER, 'app.quit')} quits."

    # Keys

    def action_pane(self, number: int) -> None:
        """Go to the tree (0), the card (1) or the curves (2)."""
        if number != 2:
            self.remove_class("full")
        pane = ("#tree", "#detail", "#curves")[number]
        if number == 2:
            self.add_class("show-curves")
        elif number == 1:
            self.remove_class("show-curves")
        self.query_one(pane).focus()

    def action_next_pane(self, step: int) -> None:
        """Go to the next or previous pane."""
        panes = ["tree", "detail", "curves"]
        current = self.focused.id if self.focused and self.focused.id in panes else "tree"
        self.action_pane((panes.index(current) + step) % 3)

    def action_metric(self, step: int) -> None:
        """Draw the next or previous metric."""
        self._curves.step_metric(step)
        self.add_class("show-curves")

    def action_pick_metric(self) -> None:
        """Let a person pick the metrics to draw together."""
        from tui.screens.pick_metric import PickMetricScreen  # noqa: PLC0415 - not needed by the first frame

        curves = self._curves
        names = curves.series_names
        if not names:
            self.app.notify("This card has no curves to pick from.", markup=False)
            return

        def take(done: Picked | HeadlineChosen | None) -> None:
            if isinstance(done, HeadlineChosen):
                self._choose_headline(names[done.index])
            elif done is not None:
                curves.picked = tuple(names[index] for index in done.indices)
                self.add_class("show-curves")

        chosen = [index for index, name in enumerate(names) if name in curves.picked]
        self.app.push_screen(PickMetricScreen(names, chosen), take)

    def _choose_headline(self, name: str) -> None:
        """Let a metric stand for every run that has it; the same once more: let each card's own."""
        reader = self._reader
        is_undone = metrics.key(name) == metrics.key(reader.headline)
        reader.rules = reader.usual if is_undone else replace(reader.usual, headline=name)
        chosen = reader.rules.headline
        self._show_rows()
        self._load()
        self.update_bars()
        words = (
            f"{visible(chosen)} stands for every run that reports it." if chosen else "Each run has its own headline."
        )
        self.app.notify(words, markup=False)

    def action_axis(self) -> None:
        """Draw over epochs or steps."""
        before = self._curves.axis
        if self._curves.step_axis() == before:
            self.app.notify(f"This history has {before}s only.", markup=False)

    def action_log_y(self) -> None:
        """Make the y axis logarithmic, or linear again."""
        self._curves.toggle_log(y=True)

    def action_log_x(self) -> None:
        """Make the x axis logarithmic, or linear again."""
        self._curves.toggle_log(x=True)

    def action_full_screen(self) -> None:
        """Give the curves the whole screen, or take it back."""
        self.toggle_class("full")
        self.action_pane(2 if self.has_class("full") else 0)

    def action_raw(self) -> None:
        """Show the file as it stands, or the card again."""
        detail = self._detail
        detail.raw = not detail.raw
        self.remove_class("full", "show-curves")
        if detail.hit_words:
            self.action_hit(1)

    def action_copy_path(self) -> None:
        """Copy the path of the card on display."""
        if self._wanted is not None:
            self.post_message(CopyRequested(str(self._wanted.path), "path"))

    def action_copy_view(self) -> None:
        """Copy the card on display as Markdown."""
        if text := self._report():
            self.post_message(CopyRequested(text, "card"))

    def action_export(self) -> None:
        """Write the card on display as Markdown into a file of the current folder."""
        if text := self._report():
            self.post_message(FileRequested("card", ".md", text.encode("utf-8", "replace"), "The card is"))

    def _report(self) -> str:
        """The card on display as `cardtui show --format markdown` prints it; empty where there is none."""
        from tui.render.report import report  # noqa: PLC0415 - not needed by the first frame

        shown = self._detail.shown
        if shown.card is None or shown.verdict is None:
            self.app.notify("There is no card on display.", markup=False)
            return ""
        return report(shown.card, shown.verdict)

    def action_hide_others(self) -> None:
        """Hide or show files that are no cards."""
        self._note_place()
        self._tree.hides_other_files = not self._tree.hides_other_files
        self._show_rows()
        word = "hidden" if self._tree.hides_other_files else "shown"
        self.app.notify(f"Files that are no cards are {word}.", markup=False)

    def action_edit(self) -> None:
        """Open the file in the editor; the app comes back when that ends."""
        entry = self._wanted
        command = os.environ.get("VISUAL") or os.environ.get("EDITOR")
        if entry is None:
            return
        if entry.file == "-":
            self.app.notify("A card from standard input has no file to open.", markup=False)
            return
        if not command:
            self.app.notify("Set $EDITOR to open files from here.", severity="warning", markup=False)
            return
        if self.app.is_headless:
            self.app.notify("There is no terminal for an editor.", severity="warning", markup=False)
            return
        with self.app.suspend():
            try:
                subprocess.run([*shlex.split(command), str(entry.path)], check=False)  # noqa: S603 - a person's own
            except (OSError, ValueError) as error:
                self.app.notify(f"{command}: {error}", severity="error", markup=False)
        self._reader.want_card(entry)

    def _stop_reading(self) -> None:
        """Read only what is looked at from now on."""
        self._reads_on = False
        self._reader.drop_rest()
        self.update_bars()
        key = keys_in_force(self.app).shown(Scope.EXPLORER, "read_on")
        self.app.notify(f"Cards are read as they come on display. {key} reads on.", markup=False)

    def action_read_on(self) -> None:
        """Read all cards after all."""
        if not self._reads_on:
            self._reads_on = True
            self._pace = Pace()
            self._reader.add([entry for entry in self._tree.entries if entry.is_waiting])
            self.update_bars()

    def action_help(self) -> None:
        """Show the keys."""
        from tui.screens.help import HelpScreen  # noqa: PLC0415 - not needed by the first frame

        self.app.push_screen(HelpScreen())

    def action_back(self) -> None:
        """Leave what is on top: full screen, search, raw text, filter, pane."""
        detail = self._detail
        if self.has_class("full"):
            self.action_full_screen()
        elif detail.hit_words:
            self._hits = ""
            detail.search("")
            self.update_bars()
        elif detail.at_finding:
            detail.leave_finding()
        elif detail.raw:
            self.action_raw()
        elif self._tree.terms:
            self._note_place()
            self._filter(None)
        elif self._reads_on and self._is_naming and self.focused is self._pane:
            self._stop_reading()
        else:
            self.action_pane(0)
