"""A bound on time for tests of texts that are made to take long."""

import time
from collections.abc import Iterator

import pytest

_SECONDS = 1.0
"""Of the processor: far more than any card takes, far less than a text that is read in quadratic time."""


@pytest.fixture
def at_once() -> Iterator[None]:
    """Fails a test that takes longer than anyone waits for one card."""
    start = time.process_time()
    yield
    assert time.process_time() - start < _SECONDS
