"""What the explorer does about words: filter the tree by them, search for them in the card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.library.tree import Entry
from tui.messages import PromptChanged, PromptEnded
from tui.screens.comparing import ComparingScreen

if TYPE_CHECKING:
    from tui.judge.query import Query
    from tui.library.catalogue import Catalogue


class SearchingScreen(ComparingScreen):
    """A tree of cards that can be filtered, and a card that can be searched."""

    _query_before: Query | None = None
    """The filter before the prompt was opened."""

    _catalogue: Catalogue | None = None
    """What there is in the cards, for completion."""

    async def action_filter(self) -> None:
        """Ask for the expression to filter by."""
        self._note_place()
        self._query_before = self._tree.query
        text = self._tree.filter_text
        await self._ask("filter", text)
        self._filter_by(text)

    async def action_search(self) -> None:
        """Ask for the words to search for."""
        await self._ask("search", self._detail.hit_words)

    async def _ask(self, what: str, text: str) -> None:
        from tui.widgets.prompt import Prompt  # noqa: PLC0415 - not needed by the first frame

        await self.query("#prompt").remove()
        await self.mount(Prompt(what, text))

    def on_prompt_changed(self, message: PromptChanged) -> None:
        """Filter or search as one types; what a prompt told that is gone by now is nobody's wish."""
        if not self.query("#prompt"):
            return
        if message.what == "filter":
            self._filter_by(message.text)
        else:
            detail = self._detail
            detail.search(message.text)
            self._hits = detail.go_to_hit(1, from_top=True) if message.text else ""
            self.update_bars()

    async def on_prompt_ended(self, message: PromptEnded) -> None:
        """Keep the filter or the search, else take back the filter before or drop the search."""
        if not self.query("#prompt"):
            return
        if message.what == "filter" and message.kept and not self._is_readable():
            return
        await self.query("#prompt").remove()
        if message.what == "filter":
            if not message.kept:
                self._filter(self._query_before)
            self.query_one("#tree").focus()
        else:
            if not message.kept:
                self._hits = ""
                self._detail.search("")
            self.query_one("#detail").focus()
        self.update_bars()

    def _is_readable(self) -> bool:
        """Whether what is typed is an expression; else the prompt says what is wrong."""
        from tui.widgets.prompt import Prompt  # noqa: PLC0415 - not needed by the first frame

        return self.query_one(Prompt).is_expression()

    def _filter_by(self, text: str) -> None:
        """Filter by what is typed, as far as it can be read, and say how to go on or what is wrong."""
        from tui.judge.query import QueryError, completions, parse  # noqa: PLC0415 - not needed by the first frame
        from tui.library.catalogue import Catalogue  # noqa: PLC0415
        from tui.widgets.prompt import Prompt  # noqa: PLC0415

        prompt = self.query_one(Prompt)
        if self._catalogue is None:
            self._catalogue = Catalogue(self._reader.columns)
        offers = completions(text, prompt.cursor, self._catalogue)
        try:
            query = parse(text)
        except QueryError as error:
            prompt.refuse(error, offers)
            return
        prompt.offer(offers, "" if self._is_reading else self._catalogue.unknown(query))
        if query.terms != self._tree.terms:
            self._filter(query)

    def _filter(self, query: Query | None) -> None:
        """Leave the cards that match; without an expression, all of them, with the cursor where it was before."""
        self._tree.query = query
        node, card = self._left
        if not self._tree.terms and card is not None:
            self._want(card)
            if isinstance(node, Entry):
                self._tree.reveal(node)
        self._lay_out(self._goal())
        self._want_outlines()
        self.update_bars()

    def action_hit(self, step: int) -> None:
        """Go to the next or previous hit."""
        detail = self._detail
        self._hits = detail.go_to_hit(step) if detail.hit_words else "nothing to search for: / asks"
        self.update_bars()
