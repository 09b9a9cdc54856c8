"""What growth rates and targets imply, worked out by hand from the printed figures."""

from __future__ import annotations

import pytest
from cases import every

from parkstudy.method.study import load


def rows(study, measure, park, **columns):
    return study.measures.filter(measure=measure, park_id=park, **columns).to_dicts()


@every(
    ("park", "value_type", "low", "high"),
    [
        ("hengnan", "outturn", 54.5 / 1.1025, 55.5 / 1.1015),
        ("shuangpai", "outturn", 50.55 / 1.4525, 50.65 / 1.4515),
        ("anon-2023", "outturn", 124.15 / 1.16335, 124.25 / 1.16325),
        ("anon-2023", "forecast", 139.5 / 1.2125, 140.5 / 1.2115),
        ("anon-2020", "outturn", 44.075 / 1.245, 44.085 / 1.235),
    ],
)
def test_the_implied_base_of_output_is_an_interval_for_checks(study, park, value_type, low, high):
    (row,) = rows(study, "gross_industrial_output_implied_base", park, value_type=value_type)
    assert (row["low"], row["high"]) == pytest.approx((low * 1e8, high * 1e8))
    assert (row["status"], "check_only" in row["flags"], row["unit"]) == ("E", True, "CNY")


def test_the_implied_base_of_tax_is_wide_because_the_level_is_coarse(study):
    (row,) = rows(study, "tax_revenue_implied_base", "shuangpai")
    assert (row["low"], row["high"]) == pytest.approx((0.25e8 / 1.3655, 0.35e8 / 1.3645))


def test_real_growth_of_value_added_implies_no_base(study):
    assert "industrial_value_added_implied_base" not in set(study.measures["measure"])


def test_a_level_stands_over_its_exact_target_beside_the_share_of_the_year(study):
    (row,) = rows(study, "target_attainment", "shuangpai")
    assert (row["value"], row["low"], row["high"]) == pytest.approx((92.0, 100 * 50.55 / 55, 100 * 50.65 / 55))
    (share,) = rows(study, "year_share", "shuangpai")
    assert (share["value"], share["low"], share["high"], share["status"]) == (None, 88.5, pytest.approx(91.7), "I")


def test_a_share_stands_beside_its_target_in_points(study):
    (row,) = rows(study, "target_gap", "shuangpai")
    assert row["value"] == pytest.approx(69.81 - 80)
    assert row["unit"] == "points"


def test_the_next_target_is_set_against_the_reported_level(study):
    (row,) = rows(study, "target_over_outturn", "hengnan")
    assert (row["low"], row["high"]) == pytest.approx((100 * (2 / 1.25 - 1), 100 * (2 / 1.15 - 1)))


def test_a_percentage_of_a_plan_implies_the_plan(study):
    (row,) = rows(study, "implied_plan", "hengnan")
    assert (row["low"], row["high"]) == pytest.approx((41.05e8 / 0.6215, 41.15e8 / 0.6205))
    assert row["subject"] == "group:launched-2019"


def test_output_and_firms_whose_population_is_unstated_are_not_thereby_one_set(copy_of_data):
    for row in ("anon-2020-2020-001", "anon-2020-2020-002"):
        copy_of_data.edit("observations", row, population="unstated")
    found = rows(load(copy_of_data.folder), "output_per_firm", "anon-2020")
    assert [row["reason"] for row in found] == ["no_firm_count"]


def test_output_per_firm_needs_one_set_of_firms(study):
    assert [round(r["value"] / 1e8, 2) for r in rows(study, "output_per_firm", "anon-2023")] == [3.65, 3.18]
    assert [round(r["value"] / 1e8, 2) for r in rows(study, "output_per_firm", "anon-2020")] == [1.30]
    assert [r["reason"] for r in rows(study, "output_per_firm", "hengnan")] == ["no_firm_count"]


def test_one_text_a_park_gives_no_change_of_level(study):
    found = study.measures.filter(measure="gross_industrial_output_level_change")
    assert set(found["reason"]) == {"no_second_level"}


def test_two_texts_a_year_apart_give_a_change_beside_the_published_rate(copy_of_data):
    _second_text(copy_of_data)
    first, row = rows(load(copy_of_data.folder), "gross_industrial_output_level_change", "hengnan")
    assert [(one["source_id"], one["reason"]) for one in (first, row)] == [
        ("hengnan-2019", "no_second_level"), ("hengnan-2020", None),
    ]  # fmt: skip
    assert (row["low"], row["high"]) == pytest.approx((100 * (59.5 / 55.5 - 1), 100 * (60.5 / 54.5 - 1)))
    published = rows(load(copy_of_data.folder), "gross_industrial_output_growth", "hengnan", price="nominal")
    assert [r["value"] for r in published] == [10.2]


def _second_text(copy_of_data):
    sources = copy_of_data.path("sources")
    line = next(x for x in sources.read_text(encoding="utf-8").splitlines() if x.startswith("hengnan-2019"))
    added = line.replace("hengnan-2019,", "hengnan-2020,").replace("2019-01-01,2019-12-31", "2020-01-01,2020-12-31")
    sources.write_text(sources.read_text(encoding="utf-8") + added + "\n", encoding="utf-8")
    figures = copy_of_data.path("observations")
    row = (
        "hengnan-2020-001,hengnan-2020,gross_industrial_output,park,park,level,outturn,2020-01-01,2020-12-31,"
        "工业总产值,60亿元,exact,A,,,,,p1,,\n"
    )
    figures.write_text(figures.read_text(encoding="utf-8") + row, encoding="utf-8")


def test_a_rate_of_other_months_implies_nothing(copy_of_data):
    copy_of_data.edit("observations", "hengnan-2019-005", period_end="2019-06-30")
    (row,) = rows(load(copy_of_data.folder), "gross_industrial_output_implied_base", "hengnan")
    assert (row["value"], row["low"], row["high"], row["reason"]) == (None, None, None, "no_rate")
