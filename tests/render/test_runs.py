"""The runs table as text: aligned, cut so that it can be told apart, only what is on the screen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.library.shelf import Shelved, known, run
from tests.render.making import ESCAPES, MARKUP
from tests.render.test_text import harmless
from tui.cards.model import Value
from tui.judge.facts import Facts
from tui.judge.query import parse
from tui.library.runs import Runs, View
from tui.library.selection import Selection
from tui.render.runs import RunsLines, runs_markdown
from tui.render.text import visible, width

SWEEP = (
    run("bert-lr1", "F1", f1="0.70", loss="10.5", lr="1e-05", base="bert"),
    run("bert-lr2", "F1", ["overfitting", "no-license"], "warning", f1="0.9", loss="0.25", lr="7.5e-06", base="bert"),
    run("roberta", "F1", ["diverged"], "error", f1="0.85", loss="nan", base="roberta"),
)
COLUMNS = ("name", "headline", "loss", "lr", "base", "findings")


class Screen:
    """The table in so many cells and rows."""

    def __init__(self, facts: Sequence[Facts], names: Sequence[str] = COLUMNS, view: View | None = None) -> None:
        self.shelved = Shelved(*facts)
        self.selection = Selection()
        self.runs = Runs(self.shelved.columns)
        self.runs.view = view or View()
        self.runs.take(self.shelved.entries)
        self.lines = RunsLines(self.runs, self.selection)
        self.lines.names = names

    def text(self, cells: int = 100, top: int = 0, page: int = 20) -> list[str]:
        """The headings and the rows."""
        self.lines.look(top, page, cells)
        rows = [self.lines.line(index, cells) for index in range(top, min(top + page, len(self.lines)))]
        return [self.lines.head(cells)[0].text, *(row.text for row in rows)]

    def styles(self, index: int, cells: int = 100) -> dict[str, str]:
        """The styled parts of a row."""
        self.lines.look(0, 20, cells)
        return {text.strip(): style for text, style in self.lines.line(index, cells).spans if style}


def test_the_table_reads_like_this() -> None:
    assert Screen(SWEEP).text(86) == [
        "  name                    F1▼    loss       lr  base     findings",
        "  bert-lr2              ★0.9    ★0.25  7.5e-06  bert     ▲ overfitting, no-license",
        "  roberta                0.85     nan  –        roberta  × diverged",
        "  bert-lr1               0.70   10.5   1e-05    bert",
    ]


def test_decimal_points_stand_in_one_column() -> None:
    numbers = ["0.5", "12.25", "100", "7", "0.00001", "5e-05"]
    rows = Screen([run(f"run-{i}", loss=raw) for i, raw in enumerate(numbers)], ["name", "loss"], View(sort="")).text()
    ends = [row.rindex(" ") + 1 for row in rows[1:]]
    points = [re.search(r"[.e]|$", row[end:]) for row, end in zip(rows[1:], ends, strict=True)]
    assert len({end + point.start() for end, point in zip(ends, points, strict=True) if point}) == 1


def test_the_best_is_marked_by_more_than_a_colour() -> None:
    screen = Screen(SWEEP)
    assert "good" in screen.styles(0).values()
    assert "good" not in screen.styles(2).values()
    assert [row.count("★") for row in screen.text()] == [0, 2, 0, 0]


def test_a_metric_of_unknown_direction_has_no_best() -> None:
    screen = Screen([run("a", oddness="1"), run("b", oddness="2")], ["name", "oddness"])
    assert "★" not in "\n".join(screen.text())


def test_the_sorted_column_says_which_way_it_runs() -> None:
    assert "F1▼" in Screen(SWEEP).text()[0]
    assert "F1▲" in Screen(SWEEP, view=View(reverse=True)).text()[0]
    assert "loss▲" in Screen(SWEEP, view=View(sort="loss")).text()[0]
    assert "base▲" in Screen(SWEEP, view=View(sort="base")).text()[0]
    assert "lr▼" in Screen(SWEEP, view=View(sort="lr")).text()[0]


def test_headlines_of_several_metrics_name_theirs() -> None:
    text = Screen([run("a", "F1", f1="0.9"), run("b", "Wer", wer="36.2")]).text()
    assert "headline" in text[0]
    assert ["0.9 F1" in row or "36.2 Wer" in row for row in text] == [False, True, True]


def test_long_names_of_metrics_leave_room_for_other_columns_on_a_narrow_screen() -> None:
    facts = [
        run("a", "Mean Average Precision", mean_average_precision="0.9", loss="0.1", wer="36.2"),
        run("b", "Wer", wer="36.21234567890", loss="0.3"),
    ]
    screen = Screen(facts, ["name", "headline", "loss", "wer"])
    assert "wer" in screen.text(68)[0]
    assert "Mean A" in screen.text(116)[1]
    assert "wer" in screen.text(68)[0]  # also when it was wider before


def test_of_base_models_that_are_cut_the_name_stays_and_not_the_owner() -> None:
    facts = [run(name, base=f"FacebookAI/{name}", lr="1e-05") for name in ("roberta-base", "xlm-roberta-base")]
    rows = Screen(facts, ["name", "base", "lr", *(f"m{n}" for n in range(9))]).text(42)[1:]
    bases = [row.split()[1] for row in rows]
    assert bases[0] != bases[1]
    assert not any(base.startswith("Face") for base in bases)


def test_selected_runs_and_the_baseline_are_marked() -> None:
    screen = Screen(SWEEP)
    screen.selection.toggle(screen.shelved.entries[0])
    screen.selection.pin(screen.shelved.entries[1])
    text = screen.text()
    assert text[1].startswith("◎ bert-lr2")
    assert text[3].startswith("● bert-lr1")


def test_an_unread_run_has_its_folders_name_and_says_that_it_waits() -> None:
    screen = Screen(SWEEP)
    screen.shelved.add(None, "unread-run")
    screen.runs.take(screen.shelved.entries)
    screen.lines.forget()
    row = screen.text()[-1]
    assert row.split() == ["unread-run", "…"]


def test_long_numbers_and_near_equal_names_can_be_told_apart() -> None:
    long = [
        run(f"roberta-base-finetuned-on-helpdesk-run-{i}", f1=f"0.94623655913978{i}", lr="1.2090707659718472e-05")
        for i in (4, 14)
    ]
    text = Screen(long, ["name", "f1", "lr"]).text(60)
    assert "run-4 " in text[1]
    assert "run-14" in text[2]
    assert "0.9462365…" in text[1]
    assert "1.209…e-05" in text[1]


@pytest.mark.parametrize("cells", [40, 58, 76, 116, 196])
@pytest.mark.parametrize("column", [0, 1, 30, 99])
def test_no_line_is_wider_than_the_screen_and_the_cursors_column_is_on_it(cells: int, column: int) -> None:
    facts = [run(f"run-{i}", **{f"m{n}_loss": f"{i * n}.{i}" for n in range(100)}) for i in range(5)]
    screen = Screen(facts, ["name", *(f"m{n}_loss" for n in range(100))])
    screen.lines.column = column
    text = screen.text(cells)
    assert max(map(width, text)) <= cells
    assert screen.lines.names[column] in text[0].replace("▼", " ").split()
    assert ("…" in text[0][:30]) == (screen.lines.first > 1)
    assert text[0].endswith("…") == (screen.lines.shown_columns()[1] < 100)


def test_columns_stay_in_place_as_one_scrolls_back() -> None:
    screen = Screen([run(f"run-{i}", loss=f"{10 ** (i // 40)}.5") for i in range(400)], ["name", "loss"])
    screen.text(60, top=0)
    wide = screen.text(60, top=380)[0]
    assert screen.text(60, top=0)[0] == wide


def test_only_what_is_on_the_screen_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = [run(f"run-{i}", **{f"m{n}_loss": str(i) for n in range(60)}) for i in range(500)]
    screen = Screen(facts, ["name", *(f"m{n}_loss" for n in range(60))])
    screen.text(100)
    asked: list[str] = []
    value = Runs.value

    def noted(runs: Runs, place: int, name: str) -> Value | None:
        asked.append(name)
        return value(runs, place, name)

    monkeypatch.setattr(Runs, "value", noted)
    screen.text(100, top=1)
    assert 0 < len(asked) < 100


def test_groups_tell_their_size_and_their_best_run() -> None:
    screen = Screen(SWEEP, view=View(group="base", opened=frozenset({"roberta"})))
    text = screen.text()
    assert text[1].startswith("▸ bert")
    assert " 2 " in text[1]
    assert "★0.9" in text[1]
    assert text[1].endswith("bert-lr2")
    assert text[2].startswith("▾ roberta")
    assert text[3].startswith("    roberta")


def test_a_filter_without_a_hit_leaves_headings_only() -> None:
    screen = Screen(SWEEP)
    screen.runs.show(replace(screen.runs.view, query=parse("f1>1")))
    screen.lines.forget()
    assert len(screen.text()) == 1


@pytest.mark.parametrize("word", [*MARKUP, ESCAPES])
def test_whatever_a_card_says_is_shown_and_obeyed_by_nobody(word: str) -> None:
    facts = [known(word, {"base": word, f"reported.{word}": "0.5", "reported.loss": f"{word}"}, word)]
    screen = Screen([*facts, run("other")], ["name", "headline", "base", word, "loss"])
    text = screen.text(300)
    assert all(map(harmless, "".join(text)))
    assert visible(word)[:6] in text[0]
    assert visible(word)[:6] in text[1]


def test_the_table_is_pasted_as_markdown() -> None:
    screen = Screen(SWEEP)
    assert runs_markdown(screen.runs, ["name", "headline", "loss", "findings"]).splitlines() == [
        "| name | F1 | loss | findings |",
        "| --- | --- | --- | --- |",
        "| bert-lr2 | 0.9 | 0.25 | overfitting no-license |",
        "| roberta | 0.85 | nan | diverged |",
        "| bert-lr1 | 0.70 | 10.5 |  |",
    ]


def test_of_very_many_runs_a_thousand_are_pasted() -> None:
    screen = Screen([run(f"run-{i}") for i in range(1002)])
    lines = runs_markdown(screen.runs, ["name"]).splitlines()
    assert lines[-1] == "1,000 of 1,002 runs; the others are left out."
    assert sum(line.startswith("| run-") for line in lines) == 1000
