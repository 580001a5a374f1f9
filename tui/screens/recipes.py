"""Nearest recipes: what else was tried from the same model on the same data, and what became of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import ModalScreen

from tui.judge.comparable import Run
from tui.judge.recipes import Recipe, nearest_recipes
from tui.keys import Scope
from tui.library.reader import Loaded
from tui.library.tree import Entry
from tui.messages import Picked
from tui.render.line import Line, line
from tui.render.text import visible
from tui.widgets.bindings import bindings
from tui.widgets.cursor import CursorPane
from tui.widgets.lines import Fixed


class RecipesPane(CursorPane):
    """A line a recipe; tells which was taken."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.RECIPES)]

    def action_take(self) -> None:
        """Tell the recipe under the cursor."""
        self.post_message(Picked([self.cursor]))


class RecipesScreen(ModalScreen["Entry | None"]):
    """The recipes nearest to a card; gives the one to compare with, None where it is left."""

    DEFAULT_CSS = """
    RecipesScreen { align: center middle; }
    RecipesScreen RecipesPane { width: 110; max-width: 96%; height: 70%; }
    """

    def __init__(self, entry: Entry, others: Sequence[Entry], load: Callable[[Entry], Loaded]) -> None:
        super().__init__()
        self._entry = entry
        self._others = others
        self._load = load
        self._found: list[Entry] = []

    def compose(self) -> ComposeResult:
        """The list."""
        pane = RecipesPane(id="recipes", title=f"Nearest recipes of {self._entry.name}")
        pane.subtitle = "Enter compares · Esc leaves"
        yield pane

    def on_mount(self) -> None:
        """Read the cards around the one that is asked about."""
        self._show([line(("Reading the cards around it …", "dim"))])
        self.run_worker(self._find(), exclusive=True)

    async def _find(self) -> None:
        recipes, entries = await asyncio.to_thread(self._nearest)
        self._found = entries
        nothing = "No card with the same base model and dataset differs in three settings or fewer."
        self._show([_recipe_line(recipe) for recipe in recipes] or [line((nothing, "dim"))])

    def _nearest(self) -> tuple[list[Recipe], list[Entry]]:
        """The recipes and where they lie; reads files."""
        runs = {
            id(run): (run, entry) for entry in self._others if entry is not self._entry and (run := self._run(entry))
        }
        own = self._run(self._entry)
        recipes = nearest_recipes(own, [run for run, _ in runs.values()]) if own else []
        return recipes, [runs[id(recipe.run)][1] for recipe in recipes]

    def _run(self, entry: Entry) -> Run | None:
        loaded = self._load(entry)
        return Run(loaded.card.name, loaded.card, loaded.verdict) if loaded.card and loaded.verdict else None

    def _show(self, lines: list[Line]) -> None:
        self.query_one(RecipesPane).show_lines(Fixed(lines))

    def on_picked(self, message: Picked) -> None:
        """Give the recipe that was taken."""
        if message.indices[0] < len(self._found):
            self.dismiss(self._found[message.indices[0]])

    def action_close(self) -> None:
        """Leave it."""
        self.dismiss(None)


def _recipe_line(recipe: Recipe) -> Line:
    changes = ", ".join(visible(change) for change in recipe.changes) or "the same settings"
    effect = [(f": {visible(recipe.effect)}", "accent")] if recipe.effect else []
    return line((visible(recipe.run.name), "strong"), ("  ", ""), (changes, ""), *effect)
