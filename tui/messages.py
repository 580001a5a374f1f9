"""What panes and workers tell the screens: news in the past tense, wishes as requests. Data only."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from textual.message import Message

from tui.library.reader import Loaded, Outlined
from tui.library.scan import FolderFound
from tui.library.tree import Entry

if TYPE_CHECKING:
    from tui.library.watch import FolderChanged


class FirstFrameReady(Message):
    """There is something worth showing on the screen, or the wait for it took too long."""


class BackgroundTold(Message):
    """The terminal told whether its background is dark."""

    def __init__(self, is_dark: bool) -> None:
        super().__init__()
        self.is_dark = is_dark


class RowHighlighted(Message):
    """The tree's cursor came to a row."""

    def __init__(self, index: int) -> None:
        super().__init__()
        self.index = index


class RowActivated(Message):
    """A row of the tree was chosen: ``open``, ``expand`` or ``collapse``."""

    def __init__(self, index: int, what: str) -> None:
        super().__init__()
        self.index = index
        self.what = what


class ColumnHighlighted(Message):
    """The cursor of a table came to a column."""

    def __init__(self, column: int) -> None:
        super().__init__()
        self.column = column


class SortRequested(Message):
    """The rows of a table are wanted in the order of the cursor's column."""


class RowsScrolled(Message):
    """Other rows of the tree came on display."""


class Picked(Message):
    """Entries of a list were picked, by their indices."""

    def __init__(self, indices: Sequence[int]) -> None:
        super().__init__()
        self.indices = indices


class HeadlineChosen(Message):
    """An entry of a list is to stand for every run."""

    def __init__(self, index: int) -> None:
        super().__init__()
        self.index = index


class PromptChanged(Message):
    """The text of a prompt was changed."""

    def __init__(self, what: str, text: str) -> None:
        super().__init__()
        self.what = what
        """``filter`` or ``search``."""

        self.text = text


class PromptEnded(Message):
    """A prompt was left: with Enter (`kept`), or with Escape."""

    def __init__(self, what: str, *, kept: bool) -> None:
        super().__init__()
        self.what = what
        self.kept = kept


class FoldersScanned(Message):
    """Folders were listed; with `done`, the last of them."""

    def __init__(self, root: int, found: Sequence[FolderFound], done: bool) -> None:
        super().__init__()
        self.root = root
        self.found = found
        self.done = done


class OutlinesRead(Message):
    """Cards were read as far as lists show them."""

    def __init__(self, outlines: Sequence[Outlined]) -> None:
        super().__init__()
        self.outlines = outlines


class FoldersChanged(Message):
    """Something in watched folders changed."""

    def __init__(self, changed: Sequence[FolderChanged]) -> None:
        super().__init__()
        self.changed = changed


class FoldersListed(Message):
    """A folder of the path number `root` was listed again, with what is new below it."""

    def __init__(self, root: int, found: Sequence[FolderFound]) -> None:
        super().__init__()
        self.root = root
        self.found = found


class CardsChanged(Message):
    """Cards were read, found or changed, or are gone."""

    def __init__(self, files: Collection[Entry] = ()) -> None:
        super().__init__()
        self.files = files
        """Those whose files came, changed or are gone; what was read of them holds no longer."""


class CardLoaded(Message):
    """A card was read and judged, or could not be."""

    def __init__(self, loaded: Loaded) -> None:
        super().__init__()
        self.loaded = loaded


class FileRequested(Message):
    """Data are wanted in a new file of the current folder, ``cardtui-<what>-<time><ending>``."""

    def __init__(self, what: str, ending: str, data: bytes, subject: str) -> None:
        super().__init__()
        self.what = what
        self.ending = ending
        self.data = data
        self.subject = subject
        """How the sentence begins that says where it is: ``The card is``."""


class CopyRequested(Message):
    """A text is wanted on the clipboard."""

    def __init__(self, text: str, what: str) -> None:
        super().__init__()
        self.text = text
        self.what = what
        """What it is, in a word."""
