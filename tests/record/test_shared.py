"""What the processes of a run tell each other: data without a fault are checked once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from parkstudy import load
from parkstudy.record import shared

KEPT = ("parks", "sources", "indicators", "observations", "subjects", "reference", "places")


def never(*_: object) -> None:
    raise AssertionError("checked again")


def test_data_without_a_fault_are_checked_once_in_a_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(shared.FOLDER, str(tmp_path))
    first = load()
    assert len(list(tmp_path.iterdir())) == 1
    for place in ("reading._check_cells", "tables.check_together"):
        monkeypatch.setattr(f"parkstudy.record.{place}", never)
    again = load()
    assert all(getattr(again, name).equals(getattr(first, name)) for name in KEPT)
    monkeypatch.delenv(shared.FOLDER)
    with pytest.raises(AssertionError, match="checked again"):
        load()


def test_other_data_and_faulty_ones_are_checked(
    copy_of_data: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    run = tmp_path / "run"
    monkeypatch.setenv(shared.FOLDER, str(run))
    load()  # a folder that is not there is none
    run.mkdir()
    load()
    assert copy_of_data.faults() == []
    assert len(list(run.iterdir())) == 2
    copy_of_data.edit("parks", load().all_parks[0], role="Z")
    faults = copy_of_data.faults()
    assert faults
    assert copy_of_data.faults() == faults
    assert len(list(run.iterdir())) == 2
