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


def test_parks_are_compared_in_each_year_that_both_have_else_by_their_latest_texts(three: Study) -> None:
    every = three.only("", "all").compare
    growth = every.rows("gross_industrial_output_growth", price="nominal")
    assert [(one.left_source, one.right_source, one.verdict, one.year, "years" in one.limits) for one in growth] == [
        ("qinghe-2019", "lanshan-2019", "higher", "2019", False),
        ("qinghe-2020", "lanshan-2020", "higher", "2020", False),
        ("qinghe-2021", "donggang-2021", "higher", "2021", False),
        ("lanshan-2020", "donggang-2021", "lower", "", True),
    ]
    keys = [one.key for one in every.rows()]
    assert len(set(keys)) == len(keys)
    assert all(every.by_key[key].key == key for key in keys)
    latest = every.latest("gross_industrial_output_growth", "qinghe", "lanshan", price="nominal")
    assert [one.year for one in latest] == ["2020"]


def test_a_park_of_one_text_is_compared_in_its_year_with_one_of_two(tmp_path: Path) -> None:
    every = yearly(tmp_path, ["qinghe-2020", "lanshan-2019", "lanshan-2020"]).only("", "all").compare
    for pair in (("qinghe", "lanshan"), ("lanshan", "qinghe")):
        (one,) = every.rows("gross_industrial_output_growth", *pair, price="nominal")
        assert (one.year, {one.left_source, one.right_source}) == ("2020", {"qinghe-2020", "lanshan-2020"})


def test_a_pair_of_one_text_each_has_the_key_it_always_had(three: Study) -> None:
    chosen = three.only("qinghe,lanshan", "latest")
    (one,) = chosen.compare.rows("gross_industrial_output_growth", price="nominal")
    assert one.key == "c/gross_industrial_output_growth/qinghe/lanshan/nominal/reported/"
    same = three.compare.rows("gross_industrial_output_growth", "qinghe", "lanshan", price="nominal")[-1]
    assert (one.inputs, one.verdict) == (same.inputs, same.verdict)


def test_no_value_is_of_two_texts(three: Study) -> None:
    """Each measure but a change between texts, and each side of a comparison, rests on one text of its park."""
    home = dict(three.observations.select("observation_id", "source_id").iter_rows())
    for row in three.measures.filter(pl.col("method") != "level_change").iter_rows(named=True):
        assert {home[key] for key in row["inputs"] if key in home} <= {row["source_id"]}
    for one in three.compare.rows():
        assert {home[key] for key in one.inputs if key in home} == {one.left_source, one.right_source}


def test_coverage_is_of_the_latest_text_of_its_best_grade(three: Study) -> None:
    of = {key.rpartition("-")[0] for key in three.coverage["observation_id"] if key}
    assert of == {"qinghe-2020", "lanshan-2020", "donggang-2021"}
