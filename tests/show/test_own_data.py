"""One's own data: what another year or a fall must not do to a page."""

from __future__ import annotations

from typing import Any

import parkstudy
from parkstudy.method import growth
from parkstudy.show import figures
from parkstudy.show.figures.profile import plot_profile


def test_a_profile_shows_the_park_s_own_measures_and_no_reference(study: Any) -> None:
    shown = plot_profile(study, "shuangpai").data
    assert [m for m in shown["measure"].cast(str) if m.startswith("reference")] == []
    assert "gross_industrial_output_growth" in shown["measure"].cast(str).to_list()


def test_a_rate_stands_only_beside_the_target_of_its_year(copy_of_data: Any) -> None:
    row = {"period_start": "2018-01-01", "period_end": "2018-12-31"}
    copy_of_data.edit("observations", "shuangpai-2017-019", **row)
    own = parkstudy.load(copy_of_data.folder)
    beside = figures.growth_beside_target(own, growth.measures(own))
    assert "gross_industrial_output_growth" not in beside["measure"].to_list()
    assert beside.height == 2


def test_a_negative_rate_stands_inside_an_axis_that_holds_zero(copy_of_data: Any) -> None:
    copy_of_data.edit("observations", "hengnan-2019-005", reported_figure="-7.1%")
    own = parkstudy.load(copy_of_data.folder).only("hengnan")
    exhibit = figures.plot_growth(own, growth.measures(own))
    assert "−7.1" in exhibit.body
    assert exhibit.data["value"].to_list() == [-7.1]
