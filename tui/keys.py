"""Every key, once: bindings, footer, help and palette are built from this table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum


class Scope(StrEnum):
    """Where a key works."""

    APP = "everywhere"
    EXPLORER = "among the cards"
    TREE = "in the tree"
    DETAIL = "in the detail pane"
    CURVES = "in the curves pane"
    PICK = "in the list of metrics"
    RECIPES = "in the nearest recipes"
    COMPARE = "in the comparison"
    COMPARISON = "in the table of the comparison"
    RUNS = "in the runs table"
    RUN_ROWS = "among the runs of the table"
    COLUMNS = "in the list of columns"
    CHOICE = "in a list to choose from"
    HELP = "in this help"


@dataclass(frozen=True, slots=True)
class Key:
    """One or several keys for one action."""

    scope: Scope
    action: str
    """Textual's action: the method ``action_<name>`` of what has the scope, arguments in brackets."""

    keys: str
    """Textual's key names, separated by commas."""

    shown: str
    """The keys as people know them."""

    help: str
    """What it does, as the help and the palette say it."""

    label: str = ""
    """One or two words for the footer; empty for keys that it leaves out."""

    @property
    def name(self) -> str:
        """The action as settings call it: ``next_metric`` for ``metric(1)``; several scopes may have one of a name."""
        return _NAMES.get(self.action, self.action)

    @property
    def id(self) -> str:
        """What tells it from every other key."""
        return f"{self.scope.name} {self.action}"


_NAMES = {
    "metric(1)": "next_metric",
    "metric(-1)": "previous_metric",
    "hit(1)": "next_hit",
    "hit(-1)": "previous_hit",
    "next_pane(1)": "next_pane",
    "next_pane(-1)": "previous_pane",
    "pane(0)": "go_to_tree",
    "pane(1)": "go_to_card",
    "pane(2)": "go_to_curves",
    "app.command_palette": "palette",
    "app.quit": "quit",
    "app.interrupt": "interrupt",
    "app.take_screenshot": "take_screenshot",
    "app.suspend_process": "suspend",
    "screen.close": "close",
    "move(-1)": "up",
    "move(1)": "down",
    "page(-1)": "page_up",
    "page(1)": "page_down",
    "pan(1)": "pan_right",
    "pan(-1)": "pan_left",
    "pan(1, 0)": "pan_right",
    "pan(-1, 0)": "pan_left",
    "pan(0, 1)": "pan_up",
    "pan(0, -1)": "pan_down",
    "section(1)": "next_section",
    "section(-1)": "previous_section",
    "read(1)": "next_point",
    "read(-1)": "previous_point",
    "read_end(0)": "first_point",
    "read_end(-1)": "last_point",
    "step_metric(-1)": "metric_above",
    "step_metric(1)": "metric_below",
    "zoom(2.0)": "zoom_in",
    "zoom(0.5)": "zoom_out",
    "pair(1)": "next_pair",
    "pair(-1)": "previous_pair",
    "column(1)": "next_column",
    "column(-1)": "previous_column",
    "turn(1)": "next_columns",
    "turn(-1)": "previous_columns",
    "shift(-1)": "shift_left",
    "shift(1)": "shift_right",
}
"""Textual's actions that are no names → what settings call them."""


def _moves(scope: Scope, what: str, end: str = "") -> tuple[Key, ...]:
    """The keys that move a cursor through a list of such things, at whose ends there may be another."""
    return (
        Key(scope, "move(-1)", "up,k", "↑ k", f"{what.capitalize()} above"),
        Key(scope, "move(1)", "down,j", "↓ j", f"{what.capitalize()} below"),
        Key(scope, "page(-1)", "pageup", "PgUp", "Page up"),
        Key(scope, "page(1)", "pagedown", "PgDn", "Page down"),
        Key(scope, "top", "home,g", "Home g", f"First {end or what}"),
        Key(scope, "bottom", "end,G", "End G", f"Last {end or what}"),
    )


KEYS: tuple[Key, ...] = (
    Key(Scope.APP, "app.take_screenshot", "P", "P", "Write the screen into a picture of the current folder"),
    Key(Scope.APP, "app.command_palette", "ctrl+p", "Ctrl+P", "All commands, and the themes"),
    Key(Scope.APP, "app.suspend_process", "ctrl+z", "Ctrl+Z", "Back to the shell; its command fg goes on here"),
    Key(Scope.APP, "app.interrupt", "ctrl+c", "Ctrl+C", "Quit with exit status 130"),
    Key(Scope.EXPLORER, "runs", "t", "t", "All runs in one table, the best first", "table"),
    Key(Scope.EXPLORER, "filter", "f", "f", "Filter by an expression: words, f1>0.9 lr<=5e-5 base:bert", "filter"),
    Key(Scope.EXPLORER, "metric(1)", "right_square_bracket", "]", "Next metric"),
    Key(Scope.EXPLORER, "metric(-1)", "left_square_bracket", "[", "Previous metric"),
    Key(Scope.EXPLORER, "pick_metric", "m", "m", "Pick the metrics to draw together"),
    Key(Scope.EXPLORER, "axis", "X", "X", "Draw the curves over epochs or steps", "x axis"),
    Key(Scope.EXPLORER, "log_y", "y", "y", "Logarithmic y axis", "log y"),
    Key(Scope.EXPLORER, "log_x", "x", "x", "Logarithmic x axis"),
    Key(Scope.EXPLORER, "full_screen", "z", "z", "Curves on the full screen", "full"),
    Key(Scope.EXPLORER, "raw", "r", "r", "The file as it stands, with line numbers", "raw"),
    Key(Scope.EXPLORER, "search", "slash", "/", "Search in the card on display", "search"),
    Key(Scope.EXPLORER, "hit(1)", "n", "n", "Next hit"),
    Key(Scope.EXPLORER, "hit(-1)", "N", "N", "Previous hit"),
    Key(Scope.EXPLORER, "select", "space", "Space", "Select the card for a comparison, or no longer"),
    Key(Scope.EXPLORER, "compare", "d", "d", "Compare the selected cards, or one with the card under the cursor"),
    Key(Scope.EXPLORER, "pin", "p", "p", "Make the card the baseline of comparisons, or no longer"),
    Key(Scope.EXPLORER, "unselect", "u", "u", "Select nothing, without a baseline"),
    Key(Scope.EXPLORER, "recipes", "R", "R", "Nearest recipes: cards that differ in one to three settings"),
    Key(Scope.EXPLORER, "hide_others", "H", "H", "Hide or show files that are no cards"),
    Key(Scope.EXPLORER, "edit", "e", "e", "Open the file in $EDITOR"),
    Key(Scope.EXPLORER, "copy_path", "c", "c", "Copy the path of the card"),
    Key(Scope.EXPLORER, "copy_view", "C", "C", "Copy the card as Markdown"),
    Key(Scope.EXPLORER, "export", "ctrl+s", "Ctrl+S", "Write the card as Markdown into a file"),
    Key(Scope.EXPLORER, "next_pane(1)", "tab", "Tab", "Next pane"),
    Key(Scope.EXPLORER, "next_pane(-1)", "shift+tab", "Shift+Tab", "Previous pane"),
    Key(Scope.EXPLORER, "pane(0)", "1", "1", "The tree"),
    Key(Scope.EXPLORER, "pane(1)", "2", "2", "The card"),
    Key(Scope.EXPLORER, "pane(2)", "3", "3", "The curves"),
    Key(Scope.EXPLORER, "back", "escape", "Esc", "Back: leave full screen, raw text, search and filter; stop reading"),
    Key(Scope.EXPLORER, "read_on", "ctrl+r", "Ctrl+R", "Read on after Esc stopped it"),
    Key(Scope.EXPLORER, "help", "question_mark", "?", "These keys", "help"),
    Key(Scope.EXPLORER, "app.quit", "q", "q", "Quit", "quit"),
    *_moves(Scope.TREE, "card", "row"),
    Key(Scope.TREE, "open", "enter", "Enter", "Open or close a folder; go to the card"),
    Key(Scope.TREE, "expand", "right,l", "→ l", "Open the folder; go to the card"),
    Key(Scope.TREE, "collapse", "left,h", "← h", "Close the folder; go to the folder above"),
    Key(Scope.DETAIL, "move(-1)", "up,k", "↑ k", "Line up"),
    Key(Scope.DETAIL, "move(1)", "down,j", "↓ j", "Line down"),
    Key(Scope.DETAIL, "page(-1)", "pageup", "PgUp", "Page up"),
    Key(Scope.DETAIL, "page(1)", "pagedown", "PgDn", "Page down"),
    Key(Scope.DETAIL, "top", "home,g", "Home g", "Beginning"),
    Key(Scope.DETAIL, "bottom", "end,G", "End G", "End"),
    Key(Scope.DETAIL, "pan(1)", "right,l", "→ l", "See further right in wide tables"),
    Key(Scope.DETAIL, "pan(-1)", "left,h", "← h", "See further left in wide tables"),
    Key(Scope.DETAIL, "finding", "enter", "Enter", "The row or line that the next finding speaks of"),
    Key(Scope.DETAIL, "section(1)", "right_curly_bracket", "}", "Next section"),
    Key(Scope.DETAIL, "section(-1)", "left_curly_bracket", "{", "Previous section"),
    Key(Scope.CURVES, "read(1)", "right", "→", "Read the values of the next row"),
    Key(Scope.CURVES, "read(-1)", "left", "←", "Read the values of the row before"),
    Key(Scope.CURVES, "read_end(0)", "home,g", "Home g", "Read the first row"),
    Key(Scope.CURVES, "read_end(-1)", "end,G", "End G", "Read the last row"),
    Key(Scope.CURVES, "step_metric(-1)", "up,pageup", "↑ PgUp", "Previous metric"),
    Key(Scope.CURVES, "step_metric(1)", "down,pagedown,enter", "↓ PgDn Enter", "Next metric"),
    Key(Scope.CURVES, "zoom(2.0)", "plus,equals_sign", "+", "Zoom in"),
    Key(Scope.CURVES, "zoom(0.5)", "minus", "-", "Zoom out"),
    Key(Scope.CURVES, "reset", "0", "0", "Show everything again"),
    Key(Scope.CURVES, "pan(-1, 0)", "h", "h", "Pan left when zoomed in"),
    Key(Scope.CURVES, "pan(1, 0)", "l", "l", "Pan right when zoomed in"),
    Key(Scope.CURVES, "pan(0, -1)", "j", "j", "Pan down when zoomed in"),
    Key(Scope.CURVES, "pan(0, 1)", "k", "k", "Pan up when zoomed in"),
    *_moves(Scope.PICK, "metric"),
    Key(Scope.PICK, "mark", "space", "Space", "Mark the metric, or take its mark away"),
    Key(Scope.PICK, "take", "enter", "Enter", "Draw the marked metrics together"),
    Key(Scope.PICK, "headline", "h", "h", "Make the metric stand for every run in this session; again: undo"),
    Key(Scope.PICK, "screen.close", "escape,m,q", "Esc m q", "Leave the list as it was"),
    *_moves(Scope.RECIPES, "recipe"),
    Key(Scope.RECIPES, "take", "enter,d", "Enter d", "Compare with the recipe under the cursor"),
    Key(Scope.RECIPES, "screen.close", "escape,R,q", "Esc R q", "Back to the cards"),
    Key(Scope.COMPARE, "everything", "a", "a", "Show everything, or only what differs"),
    Key(Scope.COMPARE, "swap", "w", "w", "Swap A and B"),
    Key(Scope.COMPARE, "which", "v", "v", "Reported, best or last values"),
    Key(Scope.COMPARE, "pair(1)", "greater_than_sign", ">", "A with the next card"),
    Key(Scope.COMPARE, "pair(-1)", "less_than_sign", "<", "A with the previous card"),
    Key(Scope.COMPARE, "metric(1)", "right_square_bracket", "]", "Next metric"),
    Key(Scope.COMPARE, "metric(-1)", "left_square_bracket", "[", "Previous metric"),
    Key(Scope.COMPARE, "difference", "D", "D", "Draw the difference of the curves, or the curves"),
    Key(Scope.COMPARE, "axis", "X", "X", "Draw over epochs, steps or the share of each training"),
    Key(Scope.COMPARE, "log_y", "y", "y", "Logarithmic y axis"),
    Key(Scope.COMPARE, "log_x", "x", "x", "Logarithmic x axis"),
    Key(Scope.COMPARE, "full_screen", "z", "z", "Curves on the full screen, or the table again"),
    Key(Scope.COMPARE, "raw", "r", "r", "How the files differ, line by line, or the table again"),
    Key(Scope.COMPARE, "copy_cell", "c", "c", "Copy the value under the cursor"),
    Key(Scope.COMPARE, "copy_view", "C", "C", "Copy the comparison as Markdown"),
    Key(Scope.COMPARE, "help", "question_mark", "?", "These keys"),
    Key(Scope.COMPARE, "close", "escape,d,q", "Esc d q", "Back to the cards"),
    *_moves(Scope.COMPARISON, "row"),
    Key(Scope.COMPARISON, "column(1)", "right,l", "→ l", "Value of the next run"),
    Key(Scope.COMPARISON, "column(-1)", "left,h", "← h", "Value of the run before"),
    Key(
        Scope.RUNS, "sort", "s", "s", "Sort by the column, the best or largest first; again: as the folders lie", "sort"
    ),
    Key(Scope.RUNS, "reverse", "S", "S", "Reverse the order", "reverse"),
    Key(Scope.RUNS, "metric(1)", "right_square_bracket", "]", "Let the next metric stand for every run, best first"),
    Key(Scope.RUNS, "metric(-1)", "left_square_bracket", "[", "Let the metric before stand for every run, best first"),
    Key(Scope.RUNS, "pick_metric", "m", "m", "Pick the metric that stands for every run", "metric"),
    Key(Scope.RUNS, "which", "v", "v", "Reported, best or last values of the metrics", "best, last"),
    Key(
        Scope.RUNS,
        "filter",
        "f,slash",
        "f /",
        "Filter by an expression: f1>0.9 lr<=5e-5 base:bert has:overfitting",
        "filter",
    ),
    Key(Scope.RUNS, "group", "b", "b", "Group the runs by a column", "group"),
    Key(Scope.RUNS, "most", "T", "T", "Only the first 10, 20, 50 or 100 runs, or all", "top"),
    Key(Scope.RUNS, "columns", "o", "o", "Choose and order the columns", "columns"),
    Key(Scope.RUNS, "select", "space", "Space", "Select the run for a comparison, or no longer", "select"),
    Key(Scope.RUNS, "compare", "d", "d", "Compare the selected runs, or one with the run under the cursor", "compare"),
    Key(Scope.RUNS, "pin", "p", "p", "Make the run the baseline of comparisons, or no longer"),
    Key(Scope.RUNS, "unselect", "u", "u", "Select nothing, without a baseline"),
    Key(Scope.RUNS, "copy_cell", "c", "c", "Copy the value under the cursor"),
    Key(Scope.RUNS, "copy_view", "C", "C", "Copy the table as Markdown", "copy"),
    Key(Scope.RUNS, "export", "ctrl+s", "Ctrl+S", "Write the runs on display into a CSV file"),
    Key(Scope.RUNS, "help", "question_mark", "?", "These keys", "help"),
    Key(Scope.RUNS, "close", "escape,t,q", "Esc t q", "Back to the cards", "back"),
    *_moves(Scope.RUN_ROWS, "run"),
    Key(Scope.RUN_ROWS, "column(1)", "right,l", "→ l", "Next column; on a group: open it"),
    Key(Scope.RUN_ROWS, "column(-1)", "left,h", "← h", "Column before; on a group: close it"),
    Key(Scope.RUN_ROWS, "turn(1)", "shift+right,L", "Shift+→ L", "The columns that follow those on the screen"),
    Key(Scope.RUN_ROWS, "turn(-1)", "shift+left,H", "Shift+← H", "The columns before those on the screen"),
    Key(Scope.RUN_ROWS, "open", "enter", "Enter", "Go to the card; open or close a group"),
    *_moves(Scope.COLUMNS, "column"),
    Key(Scope.COLUMNS, "mark", "space", "Space", "Show the column, or hide it"),
    Key(Scope.COLUMNS, "shift(-1)", "K,shift+up", "K Shift+↑", "Further left"),
    Key(Scope.COLUMNS, "shift(1)", "J,shift+down", "J Shift+↓", "Further right"),
    Key(Scope.COLUMNS, "take", "enter", "Enter", "Show these columns, and remember them"),
    Key(Scope.COLUMNS, "reset", "0", "0", "The columns of the beginning"),
    Key(Scope.COLUMNS, "screen.close", "escape,o,q", "Esc o q", "Leave the columns as they were"),
    *_moves(Scope.CHOICE, "entry"),
    Key(Scope.CHOICE, "take", "enter,space", "Enter Space", "Take it"),
    Key(Scope.CHOICE, "screen.close", "escape,m,b,q", "Esc m b q", "Leave it as it was"),
    Key(Scope.HELP, "close", "escape,question_mark,q", "Esc ? q", "Close the help"),
)
"""In the order of the help."""


TOGETHER: tuple[tuple[Scope, Scope], ...] = (
    (Scope.EXPLORER, Scope.TREE),
    (Scope.EXPLORER, Scope.DETAIL),
    (Scope.EXPLORER, Scope.CURVES),
    (Scope.COMPARE, Scope.COMPARISON),
    (Scope.RUNS, Scope.RUN_ROWS),
    (Scope.HELP, Scope.DETAIL),
    *((Scope.APP, scope) for scope in Scope if scope is not Scope.APP),
)
"""Scopes whose keys work at the same time."""

FIXED = ("escape", "ctrl+c")
"""Keys that always do what they do, as the ways out: whatever else an action is given, it keeps them."""

_SHOWN = {
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "escape": "Esc",
    "slash": "/",
    "backslash": "\\",
    "at": "@",
    "minus": "-",
    "plus": "+",
    "underscore": "_",
    "equals_sign": "=",
    "question_mark": "?",
    "exclamation_mark": "!",
    "full_stop": ".",
    "comma": ",",
    "colon": ":",
    "semicolon": ";",
    "apostrophe": "'",
    "quotation_mark": '"',
    "grave_accent": "`",
    "tilde": "~",
    "vertical_line": "|",
    "number_sign": "#",
    "dollar_sign": "$",
    "percent_sign": "%",
    "ampersand": "&",
    "asterisk": "*",
    "circumflex_accent": "^",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "left_parenthesis": "(",
    "right_parenthesis": ")",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
}
"""Textual's names of keys → how people know them."""

CHARACTERS = {shown: name for name, shown in _SHOWN.items() if len(shown) == 1 and shown not in "↑↓←→"}
"""Characters that are neither letters nor digits → Textual's names of their keys."""


def shown(name: str) -> str:
    """A key as people know it.

    >>> shown("ctrl+s"), shown("question_mark"), shown("shift+left"), shown("f5")
    ('Ctrl+S', '?', 'Shift+←', 'F5')
    """
    *modifiers, last = name.split("+")
    if not modifiers and len(last) == 1:
        return last
    return "+".join([*(word.capitalize() for word in modifiers), _SHOWN.get(last, last.capitalize())])


def of(scope: Scope) -> tuple[Key, ...]:
    """The keys of one scope, as they are where a person changed none."""
    return UNCHANGED.of(scope)


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys in force."""

    table: tuple[Key, ...] = KEYS

    def of(self, scope: Scope) -> tuple[Key, ...]:
        """Those of one scope."""
        return tuple(key for key in self.table if key.scope is scope)

    def shown(self, scope: Scope, action: str) -> str:
        """The key for an action as people know it; of several the first."""
        return next(key for key in self.of(scope) if key.action == action).shown.split()[0]

    def changes(self) -> dict[str, str]:
        """The `id` of every key that a person changed → its keys."""
        return {key.id: key.keys for key, usual in zip(self.table, KEYS, strict=True) if key.keys != usual.keys}


UNCHANGED = Keys()
"""The keys of a person who changed none."""


def changed(wanted: Mapping[str, Sequence[str]]) -> Keys:
    """The keys where a person gave some actions (by `Key.name`) others; those of `FIXED` stay where they are."""
    if not wanted:
        return UNCHANGED
    return Keys(tuple(_with_keys(key, wanted[key.name]) if key.name in wanted else key for key in KEYS))


def _with_keys(key: Key, names: Sequence[str]) -> Key:
    kept = [name for name in FIXED if name in key.keys.split(",")]
    every = list(dict.fromkeys([*names, *kept]))
    return (
        key if every == key.keys.split(",") else replace(key, keys=",".join(every), shown=" ".join(map(shown, every)))
    )


def clashes(keys: Keys) -> list[tuple[str, Key, Key]]:
    """Keys that mean two things where both can be meant: the key's name and the two, in the order of the table."""
    found: list[tuple[str, Key, Key]] = []
    order = [*((scope, scope) for scope in Scope), *TOGETHER]
    for one, other in order:
        left = [(name, key) for key in keys.of(one) for name in key.keys.split(",")]
        right = left if one is other else [(name, key) for key in keys.of(other) for name in key.keys.split(",")]
        for place, (name, key) in enumerate(left):
            rest = right[place + 1 :] if one is other else right
            found += [(name, key, second) for again, second in rest if again == name and second is not key]
    return found
