"""A handful of frozen pictures of the explorer, at its three sizes and in both themes.

They hold for the pinned version of Textual; after a change that is meant, look at the report and run
``pytest --snapshot-update``.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from tests.screens.driving import SAMPLES, Driver
from tui.app import CardtuiApp

LAST_NAME = "0.896"
"""The headline of the last card in the tree: when it is there, all names are."""


@pytest.mark.parametrize(
    ("theme", "size", "keys", "words"),
    [
        ("cardtui-dark", (120, 40), ["down", "down"], ["lr2e-5-bs32 ─", "lowest 0.3874"]),
        ("cardtui-light", (80, 24), ["3", "right", "right"], ["validation loss  0.5417"]),
        ("cardtui-light", (120, 40), ["2", "down", "down"], ["lowest 0.5417"]),
        ("cardtui-dark", (200, 60), ["3", "y"], ["y log", "lowest 0.5417"]),
    ],
    ids=["explorer", "narrow-curves", "light", "wide"],
)
def test_the_explorer_looks_as_it_did(
    snap_compare: Callable[..., bool], theme: str, size: tuple[int, int], keys: list[str], words: list[str]
) -> None:
    app = CardtuiApp([SAMPLES])
    app.theme = theme

    async def drive(pilot: Pilot[None]) -> None:
        driver = Driver(app, pilot)
        await driver.shows(LAST_NAME)
        await driver.press(*keys)
        await driver.shows(*words)
        await driver.lacks("reading")
        await driver.rests()

    assert snap_compare(app, terminal_size=size, run_before=drive)
