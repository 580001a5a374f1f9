"""The key table: no key means two things, every action is there, and the keys are those that people expect."""

from __future__ import annotations

from collections import Counter

import pytest

from tui import keys
from tui.app import CardtuiApp
from tui.keys import KEYS, Key, Scope
from tui.screens.compare import CompareScreen
from tui.screens.explorer import ExplorerScreen
from tui.screens.help import HelpScreen
from tui.screens.pick_metric import PickMetricScreen
from tui.screens.recipes import RecipesPane
from tui.screens.runs import RunsScreen
from tui.widgets.choice import ChoicePane, ColumnsPane
from tui.widgets.comparison import ComparisonPane
from tui.widgets.curves import CurvesPane
from tui.widgets.detail import DetailPane
from tui.widgets.picker import PickPane
from tui.widgets.runs import RunsPane
from tui.widgets.tree import TreePane

OWNERS: dict[Scope, type] = {
    Scope.APP: CardtuiApp,
    Scope.EXPLORER: ExplorerScreen,
    Scope.TREE: TreePane,
    Scope.DETAIL: DetailPane,
    Scope.CURVES: CurvesPane,
    Scope.PICK: PickPane,
    Scope.RECIPES: RecipesPane,
    Scope.COMPARE: CompareScreen,
    Scope.COMPARISON: ComparisonPane,
    Scope.RUNS: RunsScreen,
    Scope.RUN_ROWS: RunsPane,
    Scope.COLUMNS: ColumnsPane,
    Scope.CHOICE: ChoicePane,
    Scope.HELP: HelpScreen,
}
ELSEWHERE: dict[str, type] = {"app": CardtuiApp, "screen": PickMetricScreen}
"""What Textual's prefixes of actions stand for."""

PANES = [Scope.TREE, Scope.DETAIL, Scope.CURVES]


def pressed(scope: Scope) -> list[str]:
    """Every single key of a scope."""
    return [name for key in keys.of(scope) for name in key.keys.split(",")]


def action_of(scope: Scope, name: str) -> str:
    """What a key does in a pane: the pane's own key, else the explorer's."""
    both = [*keys.of(scope), *keys.of(Scope.EXPLORER), *keys.of(Scope.APP)]
    return next(key.action for key in both if name in key.keys.split(","))


@pytest.mark.parametrize("scope", Scope)
def test_no_key_of_a_scope_means_two_things(scope: Scope) -> None:
    assert [name for name, count in Counter(pressed(scope)).items() if count > 1] == []


@pytest.mark.parametrize("scope", PANES)
def test_no_key_of_a_pane_hides_one_that_works_everywhere(scope: Scope) -> None:
    assert set(pressed(scope)) & set(pressed(Scope.EXPLORER)) == set()


def test_no_key_of_the_help_hides_one_that_scrolls_it() -> None:
    assert set(pressed(Scope.HELP)) & set(pressed(Scope.DETAIL)) == set()


@pytest.mark.parametrize("scope", [scope for scope in Scope if scope is not Scope.APP])
def test_no_key_hides_one_of_every_screen(scope: Scope) -> None:
    assert set(pressed(scope)) & set(pressed(Scope.APP)) == set()


@pytest.mark.parametrize("key", KEYS, ids=lambda key: f"{key.scope.name} {key.keys}")
def test_every_action_is_there(key: Key) -> None:
    prefix, _, name = key.action.partition("(")[0].rpartition(".")
    owner = ELSEWHERE[prefix] if prefix else OWNERS[key.scope]
    assert callable(getattr(owner, f"action_{name}", None))


@pytest.mark.parametrize("key", KEYS, ids=lambda key: f"{key.scope.name} {key.keys}")
def test_every_key_is_named_and_explained(key: Key) -> None:
    assert len(key.shown.split()) == len([n for n in key.keys.split(",") if n != "equals_sign"])
    assert len(key.help) >= 3
    assert key.help[0].isupper() or key.help[0] == "$"
    assert not key.help.endswith(".")


@pytest.mark.parametrize(
    ("name", "action"),
    [
        ("f", "filter"),
        ("slash", "search"),
        ("n", "hit(1)"),
        ("N", "hit(-1)"),
        ("left_square_bracket", "metric(-1)"),
        ("right_square_bracket", "metric(1)"),
        ("m", "pick_metric"),
        ("X", "axis"),
        ("y", "log_y"),
        ("x", "log_x"),
        ("z", "full_screen"),
        ("H", "hide_others"),
        ("r", "raw"),
        ("e", "edit"),
        ("tab", "next_pane(1)"),
        ("shift+tab", "next_pane(-1)"),
        ("1", "pane(0)"),
        ("2", "pane(1)"),
        ("3", "pane(2)"),
        ("escape", "back"),
        ("P", "app.take_screenshot"),
        ("ctrl+p", "app.command_palette"),
        ("question_mark", "help"),
        ("q", "app.quit"),
        ("ctrl+c", "app.interrupt"),
    ],
)
@pytest.mark.parametrize("scope", PANES)
def test_a_key_does_the_same_in_every_pane(scope: Scope, name: str, action: str) -> None:
    assert action_of(scope, name) == action


@pytest.mark.parametrize("scope", [Scope.TREE, Scope.DETAIL])
@pytest.mark.parametrize(
    ("names", "action"),
    [
        ("up k", "move(-1)"),
        ("down j", "move(1)"),
        ("pageup", "page(-1)"),
        ("pagedown", "page(1)"),
        ("g home", "top"),
        ("G end", "bottom"),
    ],
)
def test_lists_and_text_are_moved_through_by_the_usual_keys(scope: Scope, names: str, action: str) -> None:
    assert {action_of(scope, name) for name in names.split()} == {action}


@pytest.mark.parametrize(
    ("name", "action"),
    [
        ("right", "read(1)"),
        ("left", "read(-1)"),
        ("plus", "zoom(2.0)"),
        ("minus", "zoom(0.5)"),
        ("0", "reset"),
        ("h", "pan(-1, 0)"),
        ("l", "pan(1, 0)"),
    ],
)
def test_curves_are_read_zoomed_and_panned_by_the_usual_keys(name: str, action: str) -> None:
    assert action_of(Scope.CURVES, name) == action


def test_enter_opens_in_the_tree() -> None:
    assert action_of(Scope.TREE, "enter") == "open"


def test_the_keys_of_the_footer_end_with_help_and_quit() -> None:
    assert [key.label for key in keys.of(Scope.EXPLORER) if key.label][-2:] == ["help", "quit"]


def test_every_key_belongs_to_a_scope() -> None:
    assert [key for scope in Scope for key in keys.of(scope)] == list(KEYS)
