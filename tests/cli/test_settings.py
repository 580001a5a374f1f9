"""Settings in every command: what a person or a folder says of metrics holds everywhere, and mistakes are told."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests import stated
from tests.cli.making import plain_card
from tests.cli.running import cardtui, on_terminal, python
from tui.config.read import read_own, settings_of

SWEEP = stated.SAMPLES / "helpdesk-sweep"
RUNS = [SWEEP / "run-3", SWEEP / "run-4"]


@pytest.fixture
def own(own_folders: Path) -> Path:
    """Where a person's own settings are looked for."""
    path = own_folders / "config" / "cardtui" / "config.toml"
    path.parent.mkdir(parents=True)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of two cards that report an odd metric and the F1."""
    for number, oddness in ((1, "0.5000"), (2, "0.7000")):
        card = tmp_path / "cards" / f"run-{number}" / "README.md"
        card.parent.mkdir(parents=True)
        results = f"- Loss: 0.{number}111\n- Accuracy: 0.{number}222\n- Oddness: {oddness}\n- F1: 0.{number}333\n"
        text = "It achieves the following results on the evaluation set:\n"
        data = "This model is a fine-tuned version of [b](https://huggingface.co/b) on the odd dataset.\n"
        card.write_text(f"---\nlicense: mit\n---\n# card-{number}\n\n{data}{text}{results}", encoding="utf-8")
    return tmp_path / "cards"


def names(listed: str) -> list[str]:
    """The names of the cards in the order of a list as JSON lines."""
    return [json.loads(line)["name"] for line in listed.splitlines()]


def test_a_direction_that_is_set_decides_what_is_best(own: Path, folder: Path) -> None:
    order = ("list", folder, "--sort", "oddness", "--format", "jsonl", "--columns", "name")
    assert names(cardtui(*order).out) == ["card-2", "card-1"]  # the largest first: nothing is known of it
    diff = ("diff", folder / "run-1", folder / "run-2", "--format", "json")
    assert [row["direction"] for row in json.loads(cardtui(*diff).out)["rows"] if row["name"] == "Oddness"] == [
        "unknown"
    ]
    own.write_text('directions.oddness = "minimize"', encoding="utf-8")
    assert names(cardtui(*order).out) == ["card-1", "card-2"]
    assert [row["direction"] for row in json.loads(cardtui(*diff).out)["rows"] if row["name"] == "Oddness"] == [
        "minimize"
    ]


def test_a_direction_that_is_set_decides_the_winner(own: Path) -> None:
    assert "run" not in cardtui("diff", *RUNS).err
    before = cardtui("diff", *RUNS).out.splitlines()[0]
    assert "is better on Loss, Accuracy, F1 and 2 more" in before
    own.write_text('[directions]\nf1 = "minimize"\nloss = "unknown"', encoding="utf-8")
    after = cardtui("diff", *RUNS).out.splitlines()
    assert "seed7 is better on F1 " in after[0]
    (loss,) = (line for line in after if line.startswith("  Loss"))
    assert "◂" not in loss
    assert "▸" not in loss


def test_a_direction_that_is_set_decides_the_best_row_wherever_it_is_told(own: Path) -> None:
    card = SWEEP / "run-4"
    shown = json.loads(cardtui("show", card, "--format", "json").out)
    (before,) = (best for best in shown["best"] if best["metric"] == "Accuracy")
    own.write_text('directions.eval_accuracy = "minimize"', encoding="utf-8")
    shown = json.loads(cardtui("show", card, "--format", "json").out)
    (after,) = (best for best in shown["best"] if best["metric"] == "Accuracy")
    assert (before["direction"], after["direction"]) == ("maximize", "minimize")
    assert before["row"] != after["row"]
    assert shown["headline"]["direction"] == "minimize"
    exported = cardtui("export", card, "-o", "-").out
    assert json.loads(exported)["best"] == shown["best"]
    drawn = cardtui("plot", card, "--metric", "accuracy", "--size", "100x20").out
    assert "lowest" in drawn
    assert "highest" not in drawn


def test_a_headline_that_is_set_stands_for_the_cards_that_report_it(own: Path) -> None:
    own.write_text('headline = "f1"', encoding="utf-8")
    shown = json.loads(cardtui("show", SWEEP / "run-4", "--format", "json").out)
    assert (shown["headline"]["metric"], shown["headline"]["raw"]) == ("F1", "0.8585")
    listed = cardtui("list", stated.SAMPLES, "--format", "json").out
    by_path = {row["path"]: row for row in json.loads(listed)}
    assert by_path["helpdesk-sweep/run-4/README.md"]["metric"] == "F1"
    assert by_path["lifeboat-radio/README.md"]["metric"] == "Wer"
    first = json.loads(cardtui("list", stated.SAMPLES, "--sort", "value", "--top", "1", "--format", "json").out)
    assert first[0]["metric"] == "F1"
    assert '"F1"' in cardtui("export", SWEEP / "run-4", "-o", "-").out.partition('"headline"')[2][:40]


def test_columns_that_are_set_are_listed_and_what_was_asked_for_too(own: Path) -> None:
    own.write_text('columns = ["name", "lr", "nonsense"]', encoding="utf-8")
    ended = cardtui("list", SWEEP, "--format", "csv", "--sort", "f1")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines()[0] == "name,lr,nonsense,f1"
    assert cardtui("list", SWEEP, "--format", "csv", "--columns", "path").out.splitlines()[0] == "path"


def test_thresholds_that_are_set_decide_what_is_found(own: Path) -> None:
    card = stated.SAMPLES / "lease-clauses"
    assert "warning not-best-checkpoint" in cardtui("check", card).out
    own.write_text("findings.short_of_best = 0.5", encoding="utf-8")
    assert "not-best-checkpoint" not in cardtui("check", card).out
    assert "info not-best-checkpoint" in cardtui("check", card, "--min-severity", "info").out


def test_limits_that_are_set_decide_what_is_read(own: Path, folder: Path) -> None:
    (folder / "run-1" / "trainer_state.json").write_text('{"log_history": []}' + " " * 1500, encoding="utf-8")
    card = folder / "run-1" / "README.md"
    card.write_text(card.read_text(encoding="utf-8") + " " * 3000, encoding="utf-8")
    assert "too-large" not in cardtui("check", folder, "--min-severity", "info").out
    own.write_text("limits = { card_bytes = 2000, run_bytes = 1000 }", encoding="utf-8")
    said = cardtui("check", folder, "--min-severity", "info").out
    assert "README.md:1: error too-large the file is larger than 2 kB and is not read" in said
    assert "trainer_state.json: larger than 1 kB and not read" in said
    assert "larger than 2 kB" in cardtui("show", card).err
    assert "larger than 2 kB" in cardtui("show", "-", stdin=card.read_bytes()).err


@pytest.mark.parametrize("count", [3, 60, 700], ids=["few", "by the index", "by processes"])
def test_the_index_never_gives_what_other_settings_said(own: Path, tmp_path: Path, count: int) -> None:
    shelf = tmp_path / "many"
    shelf.mkdir()
    for number in range(count):
        text = plain_card(f"card-{number:03}", f1="0.5")
        path = shelf / f"card-{number:03}.md"
        path.write_text(text, encoding="utf-8")
        os.utime(path, (1_700_000_000, 1_700_000_000))  # what is new is not remembered: it may change once more
    metric = ("list", shelf, "--columns", "metric", "--format", "csv")
    usual = cardtui(*metric).out
    assert len(usual.splitlines()) == count + 1
    own.write_text('headline = "loss"', encoding="utf-8")
    for _ in range(2):  # read, then remembered
        assert set(cardtui(*metric).out.split()) == {"metric", "Loss"}
    own.unlink()
    assert cardtui(*metric).out == usual != ""


@pytest.mark.parametrize(
    "command",
    [
        ("show", SWEEP / "run-4"),
        ("list", SWEEP),
        ("export", SWEEP, "-o", "-"),
        ("check", SWEEP),
        ("diff", *RUNS),
        ("plot", *RUNS),
        ("config",),
    ],
    ids=lambda command: command[0],
)
def test_mistakes_in_a_persons_own_settings_stop_every_command(own: Path, command: tuple[str | Path, ...]) -> None:
    own.write_text('theme = "drak"\n\n[limits]\ncard_bytes = 1\n', encoding="utf-8")
    ended = cardtui(*command)
    assert (ended.code, ended.out) == (2, "")
    first, second = ended.err.splitlines()
    assert first.startswith(f"cardtui: {own}:1: theme: ")
    assert second == f"cardtui: {own}:4: limits.card_bytes: 1 is not a whole number from 1,000 to 1,000,000,000"


def test_the_app_does_not_open_with_mistakes(own: Path) -> None:
    own.write_text('them = "dark"\n', encoding="utf-8")
    ended = on_terminal(SWEEP)
    assert ended.code == 2
    assert ended.out == f"cardtui: {own}:1: no setting is called them; did you mean theme?\n"


def test_a_folders_settings_hold_for_it_alone(own: Path, folder: Path) -> None:
    (folder / ".cardtui.toml").write_text('headline = "oddness"\ncolumns = ["metric", "value"]\n', encoding="utf-8")
    listed = cardtui("list", folder, "--format", "csv")
    assert (listed.code, listed.err) == (0, "")
    assert listed.out.splitlines() == ["metric,value", "Oddness,0.5000", "Oddness,0.7000"]
    own.write_text('headline = "f1"', encoding="utf-8")
    assert cardtui("list", folder, "--format", "csv").out == listed.out
    several = cardtui("list", folder, SWEEP / "run-4", "--format", "csv")
    assert "Oddness" not in several.out
    assert several.err == f"cardtui: {folder / '.cardtui.toml'} is left alone: several PATHs are opened\n"
    assert "Oddness" not in cardtui("list", folder / "run-1").out
    assert "Oddness" in cardtui("list", ".", cwd=folder).out == cardtui("list", cwd=folder).out


def test_mistakes_in_a_folders_settings_are_said_and_stop_nothing(folder: Path) -> None:
    file = folder / ".cardtui.toml"
    file.write_text('theme = "light"\nheadline = "oddness"\n"\\u001b[31mred" = 1\n', encoding="utf-8")
    ended = cardtui("list", folder)
    assert ended.code == 0
    assert "Oddness" in ended.out
    first, second = ended.err.splitlines()
    assert first.startswith(f"cardtui: {file}:1: theme can be set in your own file only")
    assert second.startswith(f"cardtui: {file}:3: no setting is called ")
    assert "\x1b" not in second


def test_config_tells_every_setting_and_where_it_comes_from(own: Path, folder: Path) -> None:
    usual = cardtui("config", cwd=folder)
    assert (usual.code, usual.err) == (0, "")
    assert 'theme = "auto"  # default' in usual.out.splitlines()
    own.write_text(
        'theme = "nord"\n[keys]\nsort = "f5"\nhelp = ["?", "f1", "ctrl+left"]\n'
        '[directions]\n"odd \\"one\\" \\u001b" = "unknown"\nf1 = "minimize"\n[limits]\nrun_bytes = 2_000\n',
        encoding="utf-8",
    )
    (folder / ".cardtui.toml").write_text('headline = "oddness"\ndirections = { f1 = "maximize" }', encoding="utf-8")
    lines = cardtui("config", cwd=folder).out.splitlines()
    assert f'theme = "nord"  # {own}:1' in lines
    assert 'headline = "oddness"  # .cardtui.toml:1' in lines
    assert 'f1 = "maximize"  # .cardtui.toml:2' in lines
    assert f"run_bytes = 2000  # {own}:9" in lines
    assert f'help = ["?", "f1", "ctrl+left"]  # {own}:4' in lines
    assert '# quit = "q"  # Quit' in lines
    assert not any("\x1b" in line for line in lines)


def test_what_config_prints_gives_the_same_settings(own: Path, tmp_path: Path) -> None:
    own.write_text(
        'theme = "nord"\ncolumns = ["a", "b\\u007f\\u2028\\u001b"]\nheadline = "é\\\\\\""\nscreenshot = "txt"\n'
        'keys.sort = ["f5", "!"]\nkeys.help = ["?", "_", "ctrl+left"]\nkeys.close = "\\""\n'
        'directions = { "a.b" = "minimize" }\nfindings.explosion = 3\nfindings.constant_rows = 5\n',
        encoding="utf-8",
    )
    saved = tmp_path / "saved.toml"
    ended = cardtui("config", tmp_path)
    assert (ended.code, ended.err) == (0, "")
    saved.write_text(ended.out, encoding="utf-8")
    assert read_own(saved).mistakes == ()
    assert settings_of(read_own(saved)) == settings_of(read_own(own))
    assert settings_of(read_own(saved)).theme == "nord"


def test_a_key_of_the_listing_can_be_uncommented(own: Path) -> None:
    printed = cardtui("config").out
    own.write_text(printed.replace("# sort = ", "sort = "), encoding="utf-8")
    ended = cardtui("config")
    assert (ended.code, ended.err) == (0, "")


def test_config_tells_where_a_persons_settings_are_looked_for(own: Path) -> None:
    own.write_text("broken", encoding="utf-8")
    ended = cardtui("config", "--path")
    assert (ended.code, ended.out, ended.err) == (0, f"{own}\n", "")
    home = cardtui("config", "--path", env={"XDG_CONFIG_HOME": "relative", "HOME": "/home/somebody"})
    assert home.out == "/home/somebody/.config/cardtui/config.toml\n"


def test_commands_load_no_toml_where_nothing_is_set() -> None:
    code = "import sys; sys.argv[1:] = ['show', sys.argv[1]]\nfrom tui.cli.main import run\ntry:\n run()\nfinally:\n"
    code += " print(*[name for name in ('tomllib', 'tui.config.table') if name in sys.modules], file=sys.stderr)"
    ended = python(code, SWEEP / "run-4")
    assert (ended.code, ended.err) == (0, "\n")


def test_a_screenshot_is_drawn_by_the_settings(own: Path, tmp_path: Path) -> None:
    own.write_text('theme = "light"\nkeys.runs = "f5"\nheadline = "f1"\n', encoding="utf-8")
    svg = tmp_path / "x.svg"
    assert cardtui("screenshot", SWEEP, "-o", svg, "--size", "80x24").code == 0
    assert 'fill="#fbfbf9"' in svg.read_text(encoding="utf-8")
    text = tmp_path / "x.txt"
    assert cardtui("screenshot", SWEEP, "-o", text, "--press", "f5").code == 0
    assert "sorted by F1" in text.read_text(encoding="utf-8")


def test_config_says_where_there_is_no_folder() -> None:
    ended = cardtui("config", "no-such")
    assert (ended.code, ended.out, ended.err) == (2, "", "cardtui: no-such: no such file or folder\n")
