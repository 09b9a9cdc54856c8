"""What is printed is tested without what follows from it: here a study is its tables."""

from __future__ import annotations

import pytest

from parkstudy.record.tables import Tables, load


@pytest.fixture(scope="session")
def study() -> Tables:
    """The tables of the shipped dataset."""
    return load(None, Tables)
