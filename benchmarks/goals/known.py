"""Until every card is read and judged, and the same once more."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.bench import Bench
from benchmarks.goals.goal import CORES, Figure, Goal, known_ms, marker, seconds
from benchmarks.measure import NotMeasuredError, Turns
from benchmarks.reading import Reading
from benchmarks.setting import MANY

_MODEL_CARD = "huggingface_hub.ModelCard.load"


def _beside(text: str, micros: float, peer: Callable[[], float], failed: Callable[[], int] | None = None) -> Figure:
    """Microseconds for a card beside the peer's; without the peer, why there is no ratio."""
    try:
        reference = peer()
    except NotMeasuredError as error:
        raise NotMeasuredError(f"{micros:.0f} µs ({text}); {error}") from error
    words = f"{_MODEL_CARD} {reference:.0f} µs" + (f", {failed()} not read" if failed else "")
    return Figure(f"{micros / reference:.2f} × ({micros:.0f} µs; {text})", micros / reference / 0.2, words)


def _whole(bench: Bench) -> Figure:
    micros = bench.whole.median("cold", max) / MANY * 1e6
    return _beside(f"{bench.whole.median('cold', seconds):.1f} s", micros, lambda: _peer(bench))


def _known(bench: Bench) -> Figure:
    wall = bench.session.median("ours", known_ms) / 1e3
    return _beside(f"{wall:.1f} s on {CORES} cores", wall / MANY * 1e6 * CORES, lambda: _peer(bench))


def _peer(bench: Bench) -> float:
    return bench.whole.median("ModelCard", lambda one: one[1])


def _read(turns: Turns[Reading]) -> Figure:
    first = turns.of("ours")[0]
    text = f"{first.failed} of {first.cards:,} not read"
    return _beside(
        text,
        turns.median("ours", _micros),
        lambda: turns.median("ModelCard", _micros),
        lambda: turns.of("ModelCard")[0].failed,
    )


def _again(bench: Bench) -> Figure:
    again, cold = bench.whole.median("again", seconds), bench.whole.median("cold", seconds)
    return Figure(f"{again / cold:.2f} × ({again:.2f} s)", again / cold / 0.1, f"cold {cold:.1f} s")


def _known_again(bench: Bench) -> Figure:
    again, cold = bench.session.median("again", known_ms) / 1e3, bench.session.median("ours", known_ms) / 1e3
    frame = bench.session.median("again", marker)
    text = f"{again / cold:.2f} × ({again:.2f} s; first frame {frame:.0f} ms)"
    return Figure(text, again / cold / 0.1, f"cold {cold:.1f} s")


def _micros(one: Reading) -> float:
    return one.micros


KNOWN = (
    Goal(f"whole folder known, {MANY:,} cards, cold, per card and core, `list`", "≤ 0.2 × ModelCard", _whole),
    Goal("the same in the app", "≤ 0.2 × ModelCard", _known),
    Goal("one public card read and judged", "≤ 0.2 × ModelCard", lambda bench: _read(bench.read_public())),
    Goal("one generated card read and judged", "≤ 0.2 × ModelCard", lambda bench: _read(bench.read_generated())),
    Goal("the whole folder once more, `list`", "≤ 0.1 × cold", _again),
    Goal("the whole folder once more, in the app", "≤ 0.1 × cold", _known_again),
)
