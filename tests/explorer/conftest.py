"""What the tests of the explorer share: studies that are held, and a session whose answers stand for themselves, undrawn."""

from __future__ import annotations

import explorer_sessions as shown
import pytest
from foreign_parks import foreign
from yearly_parks import yearly

from parkstudy.explorer.data import Opened
from parkstudy.explorer.held import Held


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Opened, "view", shown.view)
    monkeypatch.setattr(Opened, "drawer", shown.drawer)


@pytest.fixture(scope="session")
def shipped() -> Held:
    return Held.of()


@pytest.fixture(scope="session")
def years(tmp_path_factory) -> Held:
    """Parks with texts of several years."""
    return Held(yearly(tmp_path_factory.mktemp("years")))


@pytest.fixture(scope="session")
def six(tmp_path_factory) -> Held:
    """Six foreign parks."""
    return Held(foreign(tmp_path_factory.mktemp("six")))
