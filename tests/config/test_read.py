"""Files of settings: what they set, and one sentence, with its line, for everything that is wrong in them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from textual.theme import BUILTIN_THEMES

from tui.config.read import FOLDER_BYTES, NOTHING, Found, read_folder, read_own, settings_of
from tui.config.table import TABLE, THEMES
from tui.judge.metrics import Direction
from tui.judge.rules import DEFAULT, rules_of
from tui.settings import DEFAULTS, Limits, Settings, Thresholds


def own(folder: Path, text: str) -> Found:
    """What a person's file of this text sets."""
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return read_own(path)


def said(found: Found) -> list[str]:
    """What is wrong in a file, without its folder."""
    return [str(mistake).removeprefix(str(Path(found.path).parent) + "/") for mistake in found.mistakes]


def test_a_file_that_is_not_there_sets_nothing(tmp_path: Path) -> None:
    assert read_own(tmp_path / "config.toml") == NOTHING
    assert read_own(tmp_path / "nowhere" / "config.toml") == NOTHING
    assert settings_of(NOTHING) == Settings() == DEFAULTS
    assert rules_of(DEFAULTS) == DEFAULT


def test_everything_can_be_set(tmp_path: Path) -> None:
    found = own(
        tmp_path,
        """
        theme = "nord"
        headline = "F1"
        columns = ["name", "f1", "name", "lr"]
        screenshot = "png"
        limits = { card_bytes = 10_000, run_bytes = 20_000 }
        findings.explosion = 5
        findings.constant_rows = 4
        [directions]
        "my score" = "maximize"
        [keys]
        sort = "F5"
        filter = ["Ctrl+F", "!", "Ins"]
        help = "f1"
        """,
    )
    assert said(found) == []
    settings = settings_of(found)
    assert (settings.theme, settings.headline, settings.columns) == ("nord", "F1", ("name", "f1", "lr"))
    assert (settings.screenshot_format, settings.limits) == ("png", Limits(10_000, 20_000))
    assert settings.findings == Thresholds(explosion=5.0, constant_rows=4)
    assert dict(settings.keys) == {
        "sort": ("f5",),
        "filter": ("ctrl+f", "exclamation_mark", "insert"),
        "help": ("f1",),
    }
    assert rules_of(settings).direction("eval_my_score") is Direction.MAXIMIZE


def test_every_mistake_is_told_with_its_line(tmp_path: Path) -> None:
    found = own(
        tmp_path,
        """tehme = "dark"
theme = "drak"
headline = 3
columns = [
  "name",
  7,
]
limits = 5
findings.explosion = 0.5
findings.rise = 0.5
[directions]
"my score" = "up"
[keys]
compar = "x"
sort = "ctrl+i"
group = ["x",
  "hyper+x"]
help = []
""",
    )
    assert said(found) == [
        "config.toml:1: no setting is called tehme; did you mean theme?",
        (
            'config.toml:2: theme: "drak" is not one of auto, dark, light, textual-dark, textual-light, nord, gruvbox, '
            "catppuccin-mocha, …; did you mean dark?"
        ),
        "config.toml:3: headline: 3 is not a text of at most 200 characters",
        "config.toml:6: columns: 7 is not the name of a column",
        "config.toml:8: limits is a table: write [limits] above its keys",
        "config.toml:9: findings.explosion: 0.5 is not a number from 1 to 1,000,000",
        "config.toml:10: no setting is called findings.rise; did you mean rise_told?",
        'config.toml:12: directions.my score: "up" is not one of maximize, minimize, unknown',
        "config.toml:14: no setting is called keys.compar; did you mean compare?",
        'config.toml:15: keys.sort: "ctrl+i" is the same as tab to a terminal',
        'config.toml:17: keys.group: "hyper+x" is no key; keys are written as in "x", "ctrl+x" or "f5"',
        'config.toml:18: keys.help: no key is given; write one, as in "x", or several, as in ["x", "f5"]',
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('theme = "dark"\nheadline = \n', "config.toml:2: is no TOML: Invalid value (column 12)"),
        ('theme = "dark"\nheadline = "f1\n', "config.toml:2: is no TOML: Illegal character '\\n' (column 15)"),
        ('theme = """dark\n\n\n', "config.toml:1: is no TOML: "),
        ("theme = true", "config.toml:1: theme: true is not one of auto"),
        ("theme = inf", "config.toml:1: theme: inf is not one of auto"),
        ("findings.explosion = inf", "config.toml:1: findings.explosion: inf is not a number"),
        ("findings.constant_rows = 2.5", "config.toml:1: findings.constant_rows: 2.5 is not a whole number"),
        ("limits.card_bytes = true", "config.toml:1: limits.card_bytes: true is not a whole number"),
        ("[[limits]]\ncard_bytes = 5", "config.toml:1: limits is a table"),
        ("a = " + "[" * 3000 + "]" * 3000, "config.toml: is nested too deeply"),
    ],
)
def test_what_is_no_setting_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    (mistake,) = said(own(tmp_path, text))
    assert mistake.startswith(reason)


def test_a_file_that_is_no_text_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b'theme = "dark"\nheadline = "\xff"\n')
    assert said(read_own(path)) == ["config.toml:2: is no UTF-8 text"]
    path.unlink()
    path.mkdir()
    assert said(read_own(path)) == ["config.toml: is a directory"]


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        (
            'keys.sort = "t"\n',
            [("config.toml:1: keys.sort: t is also the key of close (Back to the cards, in the runs table); give that "
             "another one")],
        ),
        (
            '[keys]\n\nrecipes = "m"',
            [("config.toml:3: keys.recipes: m is also the key of pick_metric (Pick the metrics to draw together, "
             "among the cards); give that another one")],
        ),
        (
            'keys.expand = "t"',
            [("config.toml:1: keys.expand: t is also the key of runs (All runs in one table, the best first, "
             "among the cards); give that another one")],
        ),
        ('keys.filter = "escape"', ["config.toml:1: keys.filter: Esc always goes back"]),
        ('keys.filter = "Ctrl+C"', ["config.toml:1: keys.filter: Ctrl+C always quits"]),
        ('keys.runs = "f"\nkeys.filter = "t"\nkeys.close = "q"', []),
    ],
)  # fmt: skip
def test_no_key_means_two_things(tmp_path: Path, text: str, reasons: list[str]) -> None:
    assert said(own(tmp_path, text)) == reasons


def test_a_folder_sets_what_is_about_its_cards_only(tmp_path: Path) -> None:
    text = (
        'theme = "dark"\nheadline = "wer"\ncolumns = 3\n[keys]\nsort = "x"\n[directions]\nmine = "minimize"\n[limits]\n'
    )
    (tmp_path / ".cardtui.toml").write_text(text, encoding="utf-8")
    found = read_folder(tmp_path)
    mine = "can be set in your own file only; a folder's sets headline, columns and directions"
    assert said(found) == [
        f".cardtui.toml:1: theme {mine}",
        '.cardtui.toml:3: columns: 3 is not a list of at most 200 names, such as ["name", "f1"]',
        f".cardtui.toml:5: keys.sort {mine}",
        f".cardtui.toml:8: limits {mine}",
    ]
    settings = settings_of(NOTHING, found)
    assert (settings.headline, dict(settings.directions), settings.theme) == ("wer", {"mine": "minimize"}, "auto")


def test_a_folder_goes_before_a_person_about_its_cards(tmp_path: Path) -> None:
    mine = own(tmp_path, 'headline = "f1"\ncolumns = ["name"]\ndirections = { wer = "minimize", "Score" = "maximize" }')
    (tmp_path / ".cardtui.toml").write_text('headline = "wer"\ndirections.score = "minimize"', encoding="utf-8")
    settings = settings_of(mine, read_folder(tmp_path))
    assert (settings.headline, settings.columns) == ("wer", ("name",))
    rules = rules_of(settings)
    assert [rules.direction(name) for name in ("score", "Score", "WER")] == [Direction.MINIMIZE] * 3


def test_nothing_of_a_folder_is_waited_for_or_read_without_end(tmp_path: Path) -> None:
    path = tmp_path / ".cardtui.toml"
    os.mkfifo(path)
    assert said(read_folder(tmp_path)) == [".cardtui.toml: is no regular file"]
    path.unlink()
    path.symlink_to("/dev/zero")
    assert said(read_folder(tmp_path)) == [".cardtui.toml: is no regular file"]
    path.unlink()
    path.write_text("#" * FOLDER_BYTES + "\n", encoding="utf-8")
    assert said(read_folder(tmp_path)) == [".cardtui.toml: is larger than 64 kB"]


def test_the_themes_are_those_of_the_app() -> None:
    assert set(THEMES) - {"auto", "dark", "light"} == set(BUILTIN_THEMES)


@pytest.mark.parametrize("setting", TABLE, ids=lambda setting: setting.name)
def test_every_setting_is_explained_and_takes_its_default(setting: object) -> None:
    (found,) = [one for one in TABLE if one is setting]
    assert found.help.endswith(".")
    if not found.is_open:
        written = list(found.default) if isinstance(found.default, tuple) else found.default
        assert found.check(written) == found.default


def test_every_threshold_and_limit_can_be_set() -> None:
    names = {setting.name for setting in TABLE}
    assert {f"findings.{name}" for name in Thresholds.__dataclass_fields__} <= names
    assert {f"limits.{name}" for name in Limits.__dataclass_fields__} <= names
    assert {(setting.field or setting.name).partition(".")[0] for setting in TABLE} == set(
        Settings.__dataclass_fields__
    )
