"""How fast something goes on, and how long it will take."""

from __future__ import annotations

import time
from collections import deque

_WINDOW = 5.0
"""Seconds over which the pace is measured: long enough to be steady, short enough to tell of a change."""

_LEAST = 0.5
"""Seconds after which it can be told."""


class Pace:
    """Measures how fast a count grows."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int]] = deque()

    def note(self, count: int) -> None:
        """Take in what the count is now."""
        now = time.monotonic()
        if not self._seen or count >= self._seen[-1][1]:
            self._seen.append((now, count))
        else:  # cards went away: what was measured before says nothing
            self._seen = deque([(now, count)])
        while len(self._seen) > 2 and self._seen[1][0] < now - _WINDOW:
            self._seen.popleft()

    @property
    def rate(self) -> float:
        """How many a second; 0 where it cannot be told."""
        if len(self._seen) < 2:
            return 0.0
        (start, before), (end, after) = self._seen[0], self._seen[-1]
        return (after - before) / (end - start) if end - start >= _LEAST else 0.0
