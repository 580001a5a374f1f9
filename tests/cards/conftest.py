"""A bound on time for tests of texts that are made to take long."""

import time
from collections.abc import Iterator

import pytest

_SECONDS = 1.0
"""Far more than any card takes, far less than a text that is read in quadratic time."""


@pytest.fixture
def at_once() -> Iterator[None]:
    """Fails a test that takes longer than anyone waits for one card."""
    start = time.perf_counter()
    yield
    assert time.perf_counter() - start < _SECONDS
