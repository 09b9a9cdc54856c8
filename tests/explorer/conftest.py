"""What every test of the explorer's session has: the answers stand for themselves, nothing is drawn."""

from __future__ import annotations

import explorer_sessions as shown
import pytest

from parkstudy.explorer.data import Opened


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Opened, "view", shown.view)
    monkeypatch.setattr(Opened, "drawer", shown.drawer)
