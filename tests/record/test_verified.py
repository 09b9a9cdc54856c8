"""What is kept of a proof: only the very row that was proven, in the very text, is verified."""

from __future__ import annotations

import re

import pytest

from parkstudy.record.tables import Tables, load
from parkstudy.record.verified import keep


@pytest.fixture
def kept(copy_of_data):
    """The shipped tables in a folder of their own, with what was proven of them."""
    assert len(load(copy_of_data.folder, Tables).proven) == 181
    return copy_of_data


def test_the_shipped_figures_of_the_five_texts_are_verified_and_no_other_one(study):
    assert study.proven == set(study.summaries()["observation_id"])


def test_the_shipped_file_has_ids_and_hashes_alone(copy_of_data):
    lines = copy_of_data.path("verified").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "observation_id,row_sha256,text_sha256,result"
    assert all(re.fullmatch(r"[a-z0-9-]+-\d{3},[0-9a-f]{64},[0-9a-f]{64},proven", line) for line in lines[1:])


@pytest.mark.parametrize(
    ("table", "key", "cells", "lost"),
    [
        ("observations", "hengnan-2019-001", {"caveats": "two_readings;unit_assumed"}, 1),
        ("observations", "hengnan-2019-001", {"note_zh": "改动。"}, 1),
        ("sources", "hengnan-2019", {"sha256": "0" * 64}, 44),
        ("sources", "hengnan-2019", {"sha256": ""}, 0),
        ("verified", "hengnan-2019-001", {"result": "unproven"}, 1),
        ("verified", "hengnan-2019-001", {"observation_id": "hengnan-2019-999"}, 1),
    ],
)
def test_what_is_changed_is_not_verified_any_more(kept, table, key, cells, lost):
    kept.edit(table, key, **cells)
    study = load(kept.folder, Tables).require_faultless()
    assert len(study.proven) == 181 - lost
    assert ("hengnan-2019-001" in study.proven) == (lost == 0)


def test_without_the_file_nothing_is_verified(kept):
    kept.path("verified").unlink()
    study = load(kept.folder, Tables).require_faultless()
    assert (study.proven, study.verified.height) == (frozenset(), 0)


def test_the_shipped_file_speaks_of_the_shipped_figures_alone(tmp_path, awkward, copy_of_data):
    assert load(awkward, Tables).proven == frozenset()
    for path in copy_of_data.folder.iterdir():
        if path.name not in ("parks.csv", "sources.csv"):
            path.unlink()
    assert len(load(copy_of_data.folder, Tables).proven) == 181  # figures and what was proven are both the shipped ones


def test_a_fault_in_the_file_is_one_line_and_its_row_says_nothing(kept):
    kept.edit("verified", "hengnan-2019-001", result="yes")
    study = load(kept.folder, Tables)
    assert [str(fault) for fault in study.faults] == [
        "verified.csv:2:result: 'yes' is not allowed; expected one of proven, unproven"
    ]
    assert len(study.proven) == 180


def test_rows_are_kept_in_the_order_of_the_record(kept):
    study = load(kept.folder, Tables)
    before = kept.path("verified").read_bytes()
    texts = dict(study.sources.select("source_id", "sha256").iter_rows())
    results = dict.fromkeys(reversed(study.summaries()["observation_id"].to_list()), True)
    assert keep(kept.folder, study.files, study.recorded, texts, results).read_bytes() == before
