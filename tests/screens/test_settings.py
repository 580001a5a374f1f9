"""Settings in the app: keys where they are told and pressed, theme, headline, columns, directions."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

import pytest

from tests.screens.driving import SAMPLES, explorer
from tui.keys import KEYS, Scope, changed, clashes
from tui.settings import Settings

SWEEP = SAMPLES / "helpdesk-sweep"


def with_keys(**keys: tuple[str, ...]) -> Settings:
    """The settings of a person who changed some keys."""
    return Settings(keys=MappingProxyType(keys))


async def test_a_changed_key_does_what_the_old_one_did_and_the_old_one_nothing() -> None:
    async with explorer(SWEEP, settings=with_keys(runs=("f5", "T"))) as driver:
        await driver.shows("0.8692", "F5 table")
        await driver.press("t")
        await driver.pilot.pause(0.3)
        assert "sorted by" not in driver.text()
        await driver.press("T")
        await driver.shows("sorted by")
        await driver.press("escape")
        await driver.lacks("sorted by")
        await driver.press("f5")
        await driver.shows("sorted by")


async def test_two_actions_may_change_keys() -> None:
    async with explorer(SWEEP, settings=with_keys(runs=("f",), filter=("t",), close=("q",))) as driver:
        await driver.shows("0.8692", "f table", "t filter")
        await driver.press("f")
        await driver.shows("sorted by", "t filter")
        await driver.press("t")
        await driver.shows("filter:", "Tab")
        await driver.press("escape", "escape")
        await driver.lacks("sorted by")


async def test_esc_and_ctrl_c_stay() -> None:
    async with explorer(SWEEP, settings=with_keys(close=("Q",), interrupt=("ctrl+x",), back=("b",))) as driver:
        await driver.shows("0.8692")
        await driver.press("t")
        await driver.shows("sorted by")
        await driver.press("escape")
        await driver.lacks("sorted by")
        await driver.press("ctrl+c")
    assert driver.app.return_code == 130


async def test_every_sentence_shows_the_key_in_force(tmp_path: Path) -> None:
    keys = with_keys(
        select=("f2",), compare=("f3",), help=("f4",), everything=("f6",), sort=("f7",), metric_above=("W",),
        next_metric=("N", "f8"), next_hit=("f9",), take=("tab",), finding=("f10",), read_on=("f11",),
    )  # fmt: skip
    async with explorer(SWEEP, size=(200, 60), settings=keys) as driver:
        await driver.shows("0.8692", "F2 select", "F3 compare", "F4 help", "[ N metric", "[ N")
        await driver.press("f3")
        await driver.shows("Select a card with F2, then press F3 on another.")
        await driver.press("f2", "f3")
        await driver.shows("only what differs (F6: everything)", "F6 all")
        await driver.press("f6")
        await driver.shows("everything (F6: what differs)")
        await driver.press("escape")
        await driver.press("f4")
        await driver.shows("F2 ", "N F8", "Select the card for a comparison, or no longer")
        await driver.press("escape", "t")
        await driver.shows("F7 sort")
        await driver.press("m")
        await driver.shows("Tab take")


async def test_the_palette_shows_the_key_in_force() -> None:
    async with explorer(SWEEP, settings=with_keys(runs=("f5",))) as driver:
        await driver.shows("0.8692")
        await driver.press("ctrl+p", *"all runs")
        await driver.shows("Key F5")


def test_no_key_means_two_things_where_nothing_is_changed() -> None:
    assert clashes(changed({})) == []
    assert [(name, {one.name, other.name}) for name, one, other in clashes(changed({"sort": ("t",)}))] == [
        ("t", {"sort", "close"})
    ]


def test_names_of_actions_are_plain_and_differ_within_a_scope() -> None:
    assert all(key.name.isidentifier() for key in KEYS)
    for scope in Scope:
        names = [key.name for key in KEYS if key.scope is scope]
        assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("name", "theme"),
    [("auto", "cardtui-dark"), ("dark", "cardtui-dark"), ("light", "cardtui-light"), ("nord", "nord")],
)
async def test_the_theme_is_the_one_that_is_set(name: str, theme: str) -> None:
    async with explorer(SWEEP, settings=Settings(theme=name)) as driver:
        await driver.shows("0.8692")
        assert driver.app.theme == theme


async def test_a_headline_that_is_set_stands_in_tree_and_table() -> None:
    async with explorer(SAMPLES, size=(160, 50), settings=Settings(headline="f1")) as driver:
        await driver.shows("0.8585", "headline: f1", "36.2395")
        await driver.press("t")
        await driver.lacks("reading")
        text = await driver.shows("F1", "sorted by")
        rows = [line for line in text.splitlines() if "★" in line]
        assert "0.8920" in text
        assert rows


async def test_a_headline_chosen_for_the_session_goes_before_the_one_that_is_set() -> None:
    async with explorer(SWEEP, settings=Settings(headline="f1")) as driver:
        await driver.shows("0.8585", "headline: f1")
        await driver.press("m")
        await driver.shows("Metrics to draw together")
        text = driver.text()
        names = ["Loss", "Training Loss", "Accuracy"]
        assert all(name in text for name in names)
        await driver.press("j", "j", "h")
        await driver.shows("headline: Accuracy", "stands for every run", "0.8692")
        await driver.press("m", "j", "j", "h")
        await driver.shows("headline: f1", "f1 stands for every run that reports it.")


async def test_a_direction_that_is_set_decides_what_is_best_in_the_app() -> None:
    settings = Settings(directions=MappingProxyType({"accuracy": "minimize"}))
    async with explorer(SWEEP, size=(200, 60), settings=settings) as driver:
        await driver.shows("0.8692")
        await driver.press("m", "j", "j", "space", "enter")
        await driver.shows("◆ lowest")
        await driver.press("t")
        text = await driver.shows("sorted by Accuracy ▲", "★0.8335")
        assert "★0.8993" not in text


async def test_columns_that_are_set_stand_in_the_table_and_others_hold_for_the_session(own_folders: Path) -> None:
    settings = Settings(columns=("lr", "f1", "no-such"))
    async with explorer(SWEEP, settings=settings) as driver:
        await driver.shows("0.8692")
        await driver.press("t")
        await driver.shows("sorted by")
        heading = next(line for line in driver.lines() if " lr " in line and "f1" in line)
        assert heading.index("name") < heading.index("lr") < heading.index("f1")
        assert "base" not in heading
        assert "no-such" not in heading
        await driver.press("o")
        await driver.shows("Space show")
        await driver.press("space", "enter")
        await driver.shows("The columns hold for now")
        await driver.press("escape", "t")
        await driver.shows("sorted by", "f1", "★0.8920")
        assert not any(" lr " in line for line in driver.lines())
    assert not (own_folders / "state" / "cardtui" / "columns.json").exists()


async def test_what_is_wrong_in_a_folders_settings_is_said_in_the_app() -> None:
    notes = ["x/.cardtui.toml:3: theme [red]can[/] be \x1b[31m set", "two", "three", "four", "five"]
    async with explorer(SWEEP, size=(140, 50), notes=notes) as driver:
        await driver.shows("x/.cardtui.toml:3: theme [red]can[/]", "two", "… and 3 more, which")


async def test_a_screenshot_is_of_the_kind_that_is_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings(screenshot_format="txt", keys=MappingProxyType({"take_screenshot": ("f12",)}))
    async with explorer(SWEEP, settings=settings) as driver:
        await driver.shows("0.8692")
        await driver.press("P", "f12")
        await driver.shows("The screenshot is in")
    (file,) = tmp_path.glob("cardtui-*")
    assert file.suffix == ".txt"
    assert "0.8692" in file.read_text(encoding="utf-8")
