"""The fuzzer finds what breaks and makes it small; a short run of it finds nothing."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import fuzz
from tests.cli.running import ROOT
from tests.fuzz import Bench, Session, harmed, seeds, smaller, warm
from tui.cards.model import Card
from tui.render.line import Line, line

CARD = b"---\nlicense: mit\n---\n\n# a-run\n\nwords\n\n## Sharp edges\n\nmore words\n"


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return Session(tmp_path)


def test_a_seeded_run_of_fifteen_seconds_breaks_nothing(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", "--minutes", "0.25", "--seed", "7", "--out", tmp_path],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    assert done.stdout.startswith("seed 7: ")
    assert done.stdout.endswith("0 kinds of findings\n")


def test_equal_seeds_make_equal_inputs() -> None:
    pool = seeds()
    one, other = ([harmed(pool[0], pool, random.Random(seed)) for seed in range(20)] for _ in range(2))
    assert one == other
    assert len(set(one)) > 15


def test_an_exception_is_found_named_and_made_small(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(card: Card) -> list[Line]:
        if "Sharp" in card.text:
            raise ValueError(card.name)
        return []

    monkeypatch.setattr(fuzz, "raw_lines", broken)
    session.tried(CARD, Bench().use)
    session.tried(CARD + b"\nand again\n", Bench().use)
    (found,) = session.findings.values()
    assert (found.what, found.data, found.count) == ("ValueError in ?", b"Sharp", 2)
    (file,) = (path for path in session.out.glob("*.md") if path.stem != "running")
    assert file.read_bytes() == b"Sharp"


def test_a_control_that_gets_out_is_found(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz, "raw_lines", lambda card: [line(text) for text in card.text.split("\n")])
    session.tried(CARD + "a\x9b2Jb\n".encode(), Bench().use)
    (found,) = session.findings.values()
    assert (found.what, found.data) == ("UnseenError in raw: U+009B", "\x9b".encode())


def test_what_takes_too_long_is_found(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(card: Card) -> list[Line]:
        end = time.process_time() + 30
        while "edges" in card.text and time.process_time() < end:
            pass
        return []

    bench = Bench()
    warm(bench, CARD)
    monkeypatch.setattr(fuzz, "raw_lines", slow)
    monkeypatch.setattr(fuzz, "LIMIT", 0.05)
    monkeypatch.setattr(fuzz, "_SMALLER", 1.0)
    session.tried(CARD, bench.use)
    (found,) = session.findings.values()
    assert found.what.startswith("SlowError")
    assert b"edges" in found.data


def test_an_input_is_made_as_small_as_what_breaks_it() -> None:
    assert smaller(b"one\ntwo\nthree [\nfour", lambda data: b"[" in data and b"w" in data) == b"w["
