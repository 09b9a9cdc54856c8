"""Studies of several years: what is chosen of them, and what two parks are compared by."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from yearly_parks import yearly

from parkstudy.method.study import Study


@pytest.fixture(scope="module")
def three(tmp_path_factory: Any) -> Study:
    return yearly(tmp_path_factory.mktemp("yearly"))


def test_a_selection_that_drops_nothing_is_the_study_itself(three: Study, study: Study) -> None:
    whole = three.only("", "all")
    assert whole.only("", "all") is whole
    assert three.years == (2019, 2020, 2021)
    assert study.only("", "latest").measures.equals(study.measures)
    assert study.only("", "latest").set_aside.is_empty()


def test_what_is_chosen_is_what_the_texts_alone_would_give(three: Study, tmp_path: Path) -> None:
    """Measures are of one text: those of a selection are the ones of a folder that holds nothing else, but for their peers."""
    of_year = three.only("", "2020")
    alone = yearly(tmp_path, ["qinghe-2020", "lanshan-2020"]).only("qinghe,lanshan")
    assert set(of_year.measures["source_id"]) == {"qinghe-2020", "lanshan-2020"}
    change = pl.col("method") == "level_change"
    rows, others = (s.measures.filter(~change).drop("key") for s in (of_year, alone))
    assert rows.equals(others)
    assert three.measures["key"].is_unique().all()
    kept = of_year.measures.filter(change, measure="gross_industrial_output_level_change")
    assert kept["inputs"].to_list() == [
        ["qinghe-2020-001", "qinghe-2019-001"],
        ["lanshan-2020-001", "lanshan-2019-001"],
    ]
