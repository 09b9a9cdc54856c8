"""One's own data: what a second text, another year, dollars or absent parks must not do to a page."""

from __future__ import annotations

from typing import Any

import pytest

import parkstudy
from parkstudy.method import growth, land, statements, tax
from parkstudy.show import figures
from parkstudy.show.figures.profile import plot_profile


@pytest.mark.slow
def test_a_profile_shows_the_park_s_own_measures_and_no_reference(study: Any) -> None:
    shown = plot_profile(study, "shuangpai").data
    assert [m for m in shown["measure"].cast(str) if m.startswith("reference")] == []
    assert "gross_industrial_output_growth" in shown["measure"].cast(str).to_list()


def test_a_statement_about_a_park_outside_the_study_says_only_that(study: Any) -> None:
    decided = {d.statement.id: d for d in statements.decide(study.only("hengshan,anon-2020"))}
    assert decided["9"].verdict == "not comparable"
    assert decided["9"].reason == "hengnan and shuangpai: not in this study"
    assert decided["12"].reason.startswith("T6: ")


def test_a_rate_stands_only_beside_the_target_of_its_year(copy_of_data: Any) -> None:
    row = {"period_start": "2018-01-01", "period_end": "2018-12-31"}
    copy_of_data.edit("observations", "shuangpai-2017-019", **row)
    own = parkstudy.load(copy_of_data.folder)
    beside = figures.growth_beside_target(own, growth.measures(own))
    assert "gross_industrial_output_growth" not in beside["measure"].to_list()
    assert beside.height == 2


def test_dollars_are_never_set_against_yuan(copy_of_data: Any) -> None:
    copy_of_data.edit("observations", "hengnan-2019-006", reported_figure="5000万美元", caveats="not_final")
    own = parkstudy.load(copy_of_data.folder)
    assert own.faults == ()
    ratios = tax.measures(own).filter(measure="tax_per_output", park_id="hengnan")
    assert ratios["value"].to_list() == [None]


def test_a_value_per_area_takes_the_area_of_its_own_text(study: Any) -> None:
    assert set(land.areas(study, "hengnan", "hengnan-2019")) == set(land.areas(study, "hengnan"))
    assert land.areas(study, "hengnan", "hengnan-2020") == {}


@pytest.mark.slow
def test_a_negative_rate_stands_inside_an_axis_that_holds_zero(copy_of_data: Any) -> None:
    copy_of_data.edit("observations", "hengnan-2019-005", reported_figure="-7.1%")
    own = parkstudy.load(copy_of_data.folder).only("hengnan")
    exhibit = figures.plot_growth(own, growth.measures(own))
    assert "−7.1" in exhibit.body
    assert exhibit.data["value"].to_list() == [-7.1]


def test_a_named_park_has_its_prefecture_beside_it_and_an_anonymised_one_the_nation_only(study: Any) -> None:
    beside = growth.measures(study).filter(measure="reference_value_added_growth", park_id="shuangpai")
    assert dict(beside.select("subject", "value").iter_rows()) == {
        "reference:national": 6.6,
        "reference:Hunan": 7.1,
        "reference:Yongzhou": 7.7,
    }
    hidden = growth.measures(study).filter(park_id="anon-2023")["subject"].unique().to_list()
    assert [s for s in hidden if s.startswith("reference:")] == ["reference:national"]
