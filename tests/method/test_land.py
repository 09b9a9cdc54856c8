"""Per-area measures: every rung worked out by hand from the printed figures, every refusal by a case."""

from __future__ import annotations

from pathlib import Path

import foreign_parks
import polars as pl
import pytest
from cases import every
from exhibit_parts import sentences

from parkstudy.method import land
from parkstudy.method.measures import texts
from parkstudy.method.study import load
from parkstudy.show.catalogue import viewer

MU = 1500
OF_LAND = pl.col("measure").is_in(list(land.MEASURES))


def rows(study, measure, park, **columns):
    return study.measures.filter(measure=measure, park_id=park, **columns).to_dicts()


# tax per mu of a full year, yuan: low and high of the tax over high and low of the area
TAX_PER_MU = [
    ("hengnan", "perimeter", 1.15e8 / (5.995 * MU), 1.25e8 / (5.985 * MU)),
    ("hengnan", "expanded", 1.15e8 / (6.995 * MU), 1.25e8 / (6.985 * MU)),
    ("hengnan", "control_plan", 1.15e8 / (13.5 * MU), 1.25e8 / (12.5 * MU)),
    ("hengnan", "signed", 1.15e8 / 6342.5, 1.25e8 / 6341.5),
    ("shuangpai", "perimeter", 0.25e8 / 0.95 / (3.515 * MU), 0.35e8 / 0.77 / (3.505 * MU)),
    ("shuangpai", "expanded", 0.25e8 / 0.95 / (5.085 * MU), 0.35e8 / 0.77 / (5.075 * MU)),
    ("shuangpai", "control_plan", 0.25e8 / 0.95 / (5.085 * MU), 0.35e8 / 0.77 / (5.075 * MU)),
    ("anon-2023", "total", 1.85e8 / (11.235 * MU), 1.95e8 / (11.225 * MU)),
]
OUTPUT_PER_KM2 = [
    ("hengnan", "perimeter", 54.5e8 / 5.995, 55.5e8 / 5.985),
    ("hengnan", "control_plan", 54.5e8 / 13.5, 55.5e8 / 12.5),
    ("shuangpai", "perimeter", 50.55e8 / 0.917 / 3.515, 50.65e8 / 0.885 / 3.505),
    ("shuangpai", "expanded", 50.55e8 / 0.917 / 5.085, 50.65e8 / 0.885 / 5.075),
    ("anon-2023", "total", 139.5e8 / 11.235, 140.5e8 / 11.225),
]


@every(("park", "rung", "low", "high"), TAX_PER_MU)
def test_tax_per_area_of_a_full_year(study, park, rung, low, high):
    (row,) = rows(study, "tax_per_area", park, rung=rung, basis="annualised")
    assert (row["low"], row["high"]) == pytest.approx((low, high))
    assert row["unit"] == "CNY/mu"


@every(("park", "rung", "low", "high"), OUTPUT_PER_KM2)
def test_output_per_area_of_a_full_year(study, park, rung, low, high):
    (row,) = rows(study, "output_per_area", park, rung=rung, basis="annualised")
    assert (row["low"], row["high"]) == pytest.approx((low, high))
    assert row["unit"] == "CNY/km2"


def test_reported_values_are_of_the_printed_months(study):
    (row,) = rows(study, "tax_per_area", "shuangpai", rung="perimeter", basis="reported")
    assert row["value"] == pytest.approx(0.3e8 / (3.51 * MU))
    assert (row["low"], row["high"]) == pytest.approx((0.25e8 / (3.515 * MU), 0.35e8 / (3.505 * MU)))


def test_status_tells_an_interval_a_forecast_and_a_reported_year_apart(study):
    found = study.measures.filter(pl.col("low").is_not_null(), measure="tax_per_area", basis="annualised")
    assert dict(found.select("park_id", "status").unique().iter_rows()) == {
        "hengnan": "P",
        "shuangpai": "I",
        "anon-2023": "F",
    }


@pytest.mark.parametrize(
    ("park", "measure", "rung", "value"),
    [
        ("hengnan", "fixed_asset_investment_per_area", "perimeter", 47.6e8 / (5.99 * MU)),
        ("shuangpai", "infrastructure_investment_per_area", "perimeter", 6.5e8 / (3.51 * MU)),
        ("anon-2023", "industrial_investment_per_area", "total", 38.43e8 / (11.23 * MU)),
    ],
)
def test_investment_per_area_is_raw_and_no_measure_of_efficiency(study, park, measure, rung, value):
    (row,) = rows(study, measure, park, rung=rung)
    assert row["value"] == pytest.approx(value)
    assert (row["basis"], "not_efficiency" in row["flags"]) == ("reported", True)


def test_land_of_a_part_of_the_park_is_flagged(study):
    for row in rows(study, "tax_per_area", "hengnan", rung="signed"):
        assert "part_area" in row["flags"]


def test_parks_without_area_or_tax_say_so(study):
    assert [r["reason"] for r in rows(study, "tax_per_area", "hengshan")] == ["no_area"]
    assert [r["reason"] for r in rows(study, "tax_per_area", "anon-2020")] == ["no_tax"]
    assert [r["reason"] for r in rows(study, "output_per_area", "hengshan")] == ["no_output"]
    assert [r["reason"] for r in rows(study, "output_per_area", "anon-2020")] == ["no_area"]


def test_only_three_rungs_are_shared(study):
    assert land.matched_rungs(study.measures) == ["perimeter", "expanded", "control_plan"]


def test_a_zero_area_is_refused(copy_of_data):
    copy_of_data.edit("observations", "anon-2023-2023-013", reported_figure="0平方公里", caveats="concept_unstated")
    found = rows(load(copy_of_data.folder), "tax_per_area", "anon-2023")
    assert {r["reason"] for r in found} == {"reaches_zero"}


def test_months_without_a_share_of_the_year_are_not_scaled(copy_of_data):
    copy_of_data.edit("observations", "shuangpai-2017-023", period_end="2017-09-30")
    found = rows(load(copy_of_data.folder), "tax_per_area", "shuangpai", basis="annualised")
    assert {r["reason"] for r in found} == {"no_year_share"}


def test_every_value_names_its_rung_and_lies_in_its_interval(study):
    valued = study.measures.filter(pl.col("value").is_not_null(), OF_LAND)
    assert valued.filter(pl.col("rung").is_null()).height == 0
    assert (
        valued.filter((pl.col("low") <= pl.col("value")) & (pl.col("value") <= pl.col("high"))).height == valued.height
    )


def test_a_park_of_its_own_has_the_same_values(study):
    alone = study.only("shuangpai").measures.filter(OF_LAND)
    assert alone.equals(study.measures.filter(OF_LAND, park_id="shuangpai"))


NEW = """
qingtan gross_industrial_output above_scale level outturn 规模以上工业总产值 95.13亿元
qingtan tax_revenue industry level outturn 工业税收 2.31亿元
qingtan approved_area park level outturn 核准面积 8.6平方公里
qingtan built_area park level outturn 建成区面积 9.6平方公里
baishi gross_industrial_output above_scale level outturn 规模以上工业总产值 95.2亿元
baishi tax_revenue industry level outturn 工业税收 2.3亿元
baishi approved_area park level outturn 批准面积 6.45平方公里
baishi planned_area park level plan 规划面积 20平方公里
luoxi gross_industrial_output above_scale level outturn 规模以上工业总产值 61.7亿元
luoxi planned_area park level outturn 规划面积 5.2平方公里
luoxi tax_revenue park level outturn 税收 1.9亿元
nanshan tax_revenue park level outturn 税收 1.1亿元
nanshan approved_area park level outturn 四至范围 9平方公里
"""


def test_planned_built_up_and_approved_areas_stand_beside_themselves_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(foreign_parks, "_FIGURES", NEW)
    other = foreign_parks.foreign(tmp_path)
    areas = [(text.park, land.areas(other, text)) for text in texts(other)]
    found = {park: {code: size["value"] for code, size in of_park.items()} for park, of_park in areas}
    assert {park: sizes for park, sizes in found.items() if sizes} == {
        "qingtan": {"built_up": 9.6, "approved": 8.6}, "baishi": {"planned": 20.0, "approved": 6.45}, "luoxi": {"planned": 5.2},
        "nanshan": {"approved": 9.0},
    }  # fmt: skip
    decided = {(one.left, one.right): (one.rung, one.verdict) for one in other.compare.rows("tax_per_area")}
    assert decided["qingtan", "baishi"] == ("approved", "lower")
    assert decided["qingtan", "luoxi"] == (None, "not_comparable")
    # built-up land above the approved is no contradiction
    assert not [one for one in other.findings if one.check == "A10"]
    said = sentences(viewer(other)("land-takeaways", rung="perimeter", basis="reported"))
    assert said[0] == "No complete official text gives tax on the area in force."
    assert said[1].startswith("Per mu of the approved area, Qingtan Economic Zone (2021) reports ")
