"""One's own data: what dollars, another text, an absent or an anonymised park must not do to a measure or a statement."""

from __future__ import annotations

from typing import Any

import polars as pl

import parkstudy
from parkstudy.method import land
from parkstudy.method.measures import Text


def test_dollars_are_never_set_against_yuan(copy_of_data: Any) -> None:
    copy_of_data.edit("observations", "hengnan-2019-006", reported_figure="5000万美元", caveats="not_final")
    own = parkstudy.load(copy_of_data.folder)
    assert own.faults == ()
    ratios = own.measures.filter(measure="tax_per_output", park_id="hengnan")
    assert ratios["value"].to_list() == [None]


def test_a_value_per_area_takes_the_area_of_its_own_text(study: Any) -> None:
    assert set(land.areas(study, Text("hengnan", "hengnan-2019"))) == {
        "perimeter",
        "expanded",
        "control_plan",
        "signed",
    }
    assert land.areas(study, Text("hengnan", "hengnan-2020")) == {}


def test_a_named_park_has_its_prefecture_beside_it_and_an_anonymised_one_the_nation_only(study: Any) -> None:
    beside = study.measures.filter(measure="reference_value_added_growth", park_id="shuangpai")
    assert dict(beside.select("subject", "value").iter_rows()) == {
        "reference:national": 6.6,
        "reference:Hunan": 7.1,
        "reference:Yongzhou": 7.7,
    }
    hidden = study.measures.filter(pl.col("subject").str.starts_with("reference:"), park_id="anon-2023")
    assert hidden["subject"].unique().to_list() == ["reference:national"]
