"""What the processes of a run share: a study without a fault is read, checked and computed once."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest

from parkstudy import load
from parkstudy.record import shared, used


def never(*_: object) -> None:
    raise AssertionError("made again")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The folder of a run."""
    monkeypatch.setenv(shared.FOLDER, str(tmp_path / "run"))
    (tmp_path / "run").mkdir()
    return tmp_path / "run"


def test_a_study_is_made_once_in_a_run_with_its_measures_and_what_was_read_for_them(
    run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load()
    assert len(list(run.iterdir())) == 1
    monkeypatch.setattr("parkstudy.record.tables.load", never)
    monkeypatch.setattr("parkstudy.method.growth.rows", never)
    monkeypatch.setattr(used, "_READ", {})
    again = load()
    assert again.measures.equals(first.measures)
    assert again.coverage.equals(first.coverage)
    assert again.data_hash == first.data_hash
    assert [one.check for one in again.findings] == [one.check for one in first.findings]
    assert used.everything()["codes"]
    monkeypatch.delenv(shared.FOLDER)
    with pytest.raises(AssertionError, match="made again"):
        load()


def test_other_data_and_faulty_ones_are_read_and_checked(copy_of_data: Any, run: Path) -> None:
    load()
    assert load(copy_of_data.folder).faults == ()
    assert len(list(run.iterdir())) == 2
    copy_of_data.edit("parks", load().all_parks[0], role="Z")
    faults = load(copy_of_data.folder).faults
    assert faults
    assert load(copy_of_data.folder).faults == faults
    assert len(list(run.iterdir())) == 2


@pytest.mark.parametrize("broken", [b"", b"no pickle", pickle.dumps(7)[:-1]])
def test_a_file_that_cannot_be_read_is_made_again(run: Path, broken: bytes) -> None:
    assert shared.shared(lambda: "key", lambda: 1, lambda _: True) == 1
    (file,) = run.iterdir()
    whole = file.read_bytes()
    file.write_bytes(broken)
    assert shared.shared(lambda: "key", lambda: 2, lambda _: True) == 2
    assert file.read_bytes() != broken
    assert len(whole) == len(file.read_bytes())


def test_where_nothing_can_be_kept_everything_is_made(run: Path) -> None:
    run.rmdir()
    assert shared.shared(lambda: "key", lambda: 1, lambda _: True) == 1
    assert shared.shared(lambda: "key", lambda: 2, lambda _: True) == 2
