"""Nearest recipes: what else was tried from the same model on the same data, and what became of it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from tui.judge.comparable import Run
from tui.judge.recipes import Recipe, nearest_recipes
from tui.keys import Scope
from tui.library.reader import Loaded
from tui.library.tree import Entry
from tui.messages import Picked
from tui.render.line import Line, line, wrap_spans
from tui.render.text import visible, width
from tui.render.tree import shorten
from tui.screens.dialog import Dialog
from tui.widgets.bindings import bindings, keys_in_force
from tui.widgets.cursor import CursorPane
from tui.widgets.lines import Fixed

_LEAST = 20
"""Cells that a name takes at least, beside what became of its run."""


class RecipesPane(CursorPane):
    """Some lines a recipe; tells which was taken."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.RECIPES)]

    def action_take(self) -> None:
        """Tell the recipe under the cursor."""
        if self.cursor < len(self.lines):
            self.post_message(Picked([self.lines.line(self.cursor, self.room).source - 1]))


class RecipesScreen(Dialog[None]):
    """The recipes nearest to a card, from which one after the other is compared with it."""

    DEFAULT_CSS = """
    RecipesScreen RecipesPane { width: 110; max-width: 96%; height: 70%; }
    """

    def __init__(
        self,
        entry: Entry,
        others: Sequence[Entry],
        load: Callable[[Entry], Loaded],
        compare: Callable[[Sequence[Entry]], None],
    ) -> None:
        """`others` are the cards among which to look; `compare` puts a comparison on top."""
        super().__init__()
        self._entry = entry
        self._others = others
        self._load = load
        self._compare = compare
        self._found: list[Entry] = []

    def compose(self) -> ComposeResult:
        """The list."""
        pane = RecipesPane(id="recipes", title=f"Nearest recipes of {self._entry.name}")
        keys = keys_in_force(self.app)
        pane.subtitle = f"{keys.shown(Scope.RECIPES, 'take')} compare · Esc leave"
        yield pane

    def on_mount(self) -> None:
        """Read the cards around the one that is asked about."""
        self._show([line(("Reading the cards around it …", "dim"))])
        self.run_worker(self._find(), exclusive=True)

    async def _find(self) -> None:
        recipes, entries = await asyncio.to_thread(self._nearest)
        self._found = entries
        nothing = "No card with the same base model and dataset differs in three settings or fewer."
        names = self._names(entries)
        room = self.query_one(RecipesPane).room
        lines = [
            shown
            for place, recipe in enumerate(recipes)
            for shown in _recipe_lines(recipe, names[place], place + 1, [*names[:place], *names[place + 1 :]], room)
        ]
        wrapped = wrap_spans([(nothing, "dim")], room)
        self._show(lines or [Line(tuple(spans)) for spans in wrapped])

    def _nearest(self) -> tuple[list[Recipe], list[Entry]]:
        """The recipes and where they lie; reads files."""
        runs = {
            id(run): (run, entry) for entry in self._others if entry is not self._entry and (run := self._run(entry))
        }
        own = self._run(self._entry)
        recipes = nearest_recipes(own, [run for run, _ in runs.values()]) if own else []
        return recipes, [runs[id(recipe.run)][1] for recipe in recipes]

    def _names(self, entries: Sequence[Entry]) -> list[str]:
        """The names of cards, with their folder or file where several have the same."""
        counts = Counter(entry.name for entry in (self._entry, *entries))
        return [visible(entry.label(is_shared=counts[entry.name] > 1)) for entry in entries]

    def _run(self, entry: Entry) -> Run | None:
        loaded = self._load(entry)
        return Run(loaded.card.name, loaded.card, loaded.verdict) if loaded.card and loaded.verdict else None

    def _show(self, lines: list[Line]) -> None:
        self.query_one(RecipesPane).show_lines(Fixed(lines))

    def on_picked(self, message: Picked) -> None:
        """Compare the card with the recipe that was taken."""
        if self.is_current and 0 <= message.indices[0] < len(self._found):
            self._compare([self._entry, self._found[message.indices[0]]])


def _recipe_lines(recipe: Recipe, name: str, place: int, others: Sequence[str], room: int) -> list[Line]:
    """The run with what became of it, then a line for each setting that differs; all with the recipe's place."""
    effect = [(f"  {visible(recipe.effect)}", "accent")] if recipe.effect else []
    changes = recipe.changes or ("the same settings",)
    short = shorten(name, max(room - sum(width(text) for text, _ in effect), _LEAST), others)
    lines = [line((short, "strong"), *effect), *(line(f"  {visible(change)}") for change in changes)]
    return [replace(one, source=place) for one in lines]
