"""Growth: the rates that the five texts print, typed by hand, and what is said where they print none."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import foreign_parks
import polars as pl
import pytest
from cases import every

import parkstudy
from parkstudy.method.growth import NAMED
from parkstudy.method.study import Study
from parkstudy.record.shipped import shipped_folder
from parkstudy.show.view import View

OUTPUT, ADDED, REVENUE, TAX, INVESTMENT = (
    "gross_industrial_output", "industrial_value_added", "operating_revenue", "tax_revenue", "fixed_asset_investment",
)  # fmt: skip
NAMES = [f"{i}_growth{ending}" for i in NAMED for ending in ("", "_target")]


def until(year: int, month: int, day: int) -> tuple[date, date]:
    """From the first of January to a day of the same year."""
    return date(year, 1, 1), date(year, month, day)


HENGNAN, HENGSHAN = until(2019, 12, 31), until(2022, 11, 30)
SHUANGPAI, SHUANGPAI_YEAR = until(2017, 11, 30), until(2017, 12, 31)
ANON_2023, ANON_2023_YEAR, ANON_2020 = until(2023, 11, 30), until(2023, 12, 31), until(2020, 6, 30)

# park, indicator, value type, population, period, value, low, high, status, grade
PUBLISHED = {
    ("hengnan", OUTPUT, "outturn", "park", HENGNAN, 10.2, 10.15, 10.25, "P", "A"),
    ("hengshan", INVESTMENT, "outturn", "park", HENGSHAN, 17.67, 17.665, 17.675, "A", "A"),
    ("shuangpai", OUTPUT, "outturn", "above_scale", SHUANGPAI, 45.2, 45.15, 45.25, "A", "A"),
    ("shuangpai", OUTPUT, "target", "above_scale", SHUANGPAI_YEAR, 21.0, 20.5, 21.5, None, "A"),
    ("shuangpai", ADDED, "outturn", "above_scale", SHUANGPAI, 8.6, 8.55, 8.65, "A", "A"),
    ("shuangpai", ADDED, "target", "above_scale", SHUANGPAI_YEAR, 8.0, 7.5, 8.5, None, "A"),
    ("shuangpai", TAX, "outturn", "above_scale", SHUANGPAI, 36.5, 36.45, 36.55, "A", "A"),
    ("shuangpai", TAX, "target", "above_scale", SHUANGPAI_YEAR, 20.0, 19.5, 20.5, None, "A"),
    ("anon-2023", OUTPUT, "outturn", "above_scale", ANON_2023, 16.33, 16.325, 16.335, "A", "C"),
    ("anon-2023", OUTPUT, "forecast", "above_scale", ANON_2023_YEAR, 21.2, 21.15, 21.25, "F", "C"),
    ("anon-2020", OUTPUT, "outturn", "above_scale", ANON_2020, 24.0, 23.5, 24.5, "A", "C"),
    ("anon-2020", REVENUE, "outturn", "above_scale", ANON_2020, 28.0, 27.5, 28.5, "A", "C"),
}
SILENT = {
    "hengnan": {ADDED, REVENUE, TAX, INVESTMENT},
    "hengshan": {OUTPUT, ADDED, REVENUE, TAX},
    "shuangpai": {REVENUE, INVESTMENT},
    "anon-2023": {ADDED, REVENUE, TAX, INVESTMENT},
    "anon-2020": {ADDED, TAX, INVESTMENT},
}


def rates(study: Study) -> pl.DataFrame:
    """The published rates, target rates and gaps among the growth measures."""
    found = study.measures.with_columns(pl.col("measure").cast(pl.String))
    as_printed = pl.col("price").is_null() | (pl.col("price").cast(pl.String) != "real")
    return found.filter(pl.col("measure").is_in(NAMES), as_printed, basis="reported")


def one(study: Study, **cells: str) -> dict[str, Any]:
    """The only rate with these cells."""
    (found,) = rates(study).filter(**cells).to_dicts()
    return found


def test_the_rates_of_the_five_texts_are_those_typed_by_hand_and_no_others(study: Study) -> None:
    rows = rates(study).filter(pl.col("low").is_not_null())
    found = {
        (
            r["park_id"], r["measure"].removesuffix("_target").removesuffix("_growth"), r["value_type"],
            r["population"], (r["period_start"], r["period_end"]),
            r["value"], round(r["low"], 9), round(r["high"], 9), r["status"], r["grade"],
        )
        for r in rows.iter_rows(named=True)
    }  # fmt: skip
    assert found == PUBLISHED
    assert rows.height == len(PUBLISHED)


def test_targets_alone_are_measured_as_targets(study: Study) -> None:
    for row in rates(study).iter_rows(named=True):
        assert row["measure"].endswith("_target") == (row["value_type"] == "target")


def test_a_gap_is_a_row_where_another_park_publishes_the_rate(study: Study) -> None:
    gaps = rates(study).filter(reason="not_reported")
    assert gaps.height == sum(map(len, SILENT.values()))
    for park, indicators in SILENT.items():
        assert set(gaps.filter(park_id=park)["measure"]) == {f"{i}_growth" for i in indicators}
    assert gaps.select("value", "low", "high").null_count().row(0) == (gaps.height,) * 3
    assert gaps["inputs"].list.len().sum() == 0


def test_a_rate_that_no_park_publishes_is_no_gap(study: Study) -> None:
    alone = rates(study.only("hengshan"))
    assert alone["measure"].to_list() == [f"{INVESTMENT}_growth"]


def test_value_added_grows_at_comparable_prices_and_the_rest_at_current_ones(study: Study) -> None:
    rows = rates(study).filter(pl.col("low").is_not_null())
    for row in rows.iter_rows(named=True):
        assert row["price"] == ("comparable" if row["measure"].startswith(ADDED) else "nominal")


def test_every_rate_is_as_printed_and_names_its_observation(study: Study) -> None:
    printed = {r["observation_id"]: r for r in study.observations.iter_rows(named=True)}
    for row in rates(study).filter(pl.col("low").is_not_null()).iter_rows(named=True):
        (observation,) = row["inputs"]
        assert printed[observation]["park_id"] == row["park_id"]
        assert printed[observation]["value"] == row["value"]
        assert (row["method"], row["basis"], row["unit"], row["subject"]) == (
            "as_printed", "reported", "percent", "park",
        )  # fmt: skip


@every(
    ("park", "measure", "value_type", "flags"),
    [
        ("hengnan", f"{OUTPUT}_growth", "outturn", {"provisional", "base_unstated"}),
        ("hengshan", f"{INVESTMENT}_growth", "outturn", {"base_unstated"}),
        ("shuangpai", f"{OUTPUT}_growth", "outturn", {"base_unstated", "implausible"}),
        ("shuangpai", f"{ADDED}_growth", "outturn", {"base_unstated", "coarse_figure", "implausible"}),
        ("shuangpai", f"{TAX}_growth_target", "target", {"coarse_figure", "period_ambiguous"}),
        ("anon-2023", f"{OUTPUT}_growth", "outturn", {"base_unstated", "grade_c"}),
        ("anon-2023", f"{OUTPUT}_growth", "forecast", {"forecast", "base_unstated", "sample_change", "grade_c"}),
        (
            "anon-2020",
            f"{OUTPUT}_growth",
            "outturn",
            {"base_unstated", "coarse_figure", "damaged_text", "grade_c"},
        ),
    ],
)
def test_caveats_status_and_grade_become_flags(
    study: Study, park: str, measure: str, value_type: str, flags: set[str]
) -> None:
    assert set(one(study, park_id=park, measure=measure, value_type=value_type)["flags"]) == flags


def test_a_changed_figure_changes_the_rate_and_nothing_else(study: Study, copy_of_data: Any) -> None:
    copy_of_data.edit("observations", "hengnan-2019-005", reported_figure="-7.10%")
    changed = parkstudy.load(copy_of_data.folder)
    row = one(changed, park_id="hengnan", measure=f"{OUTPUT}_growth")
    assert (row["value"], row["low"], row["high"]) == (-7.1, -7.105, -7.095)
    others = pl.col("park_id") != "hengnan"
    assert rates(changed).filter(others).equals(rates(study).filter(others))


def test_a_printed_range_has_an_interval_and_no_value(copy_of_data: Any) -> None:
    copy_of_data.edit("observations", "hengnan-2019-005", reported_figure="8%-10%", bound="range")
    row = one(parkstudy.load(copy_of_data.folder), park_id="hengnan", measure=f"{OUTPUT}_growth")
    assert (row["value"], row["low"], row["high"], row["reason"]) == (None, 8.0, 10.0, None)


def test_an_open_bound_stays_open(copy_of_data: Any) -> None:
    copy_of_data.edit("observations", "hengnan-2019-005", reported_figure="20%以上", bound="at_least")
    row = one(parkstudy.load(copy_of_data.folder), park_id="hengnan", measure=f"{OUTPUT}_growth")
    assert (row["value"], row["low"], row["high"]) == (20.0, 20.0, float("inf"))


def test_a_rate_of_a_part_of_the_park_is_no_rate_of_the_park(copy_of_data: Any) -> None:
    copy_of_data.edit("observations", "hengnan-2019-005", subject="zone:old")
    row = one(parkstudy.load(copy_of_data.folder), park_id="hengnan", measure=f"{OUTPUT}_growth")
    assert row["reason"] == "not_reported"


def test_a_news_page_gives_no_measure(copy_of_data: Any) -> None:
    copy_of_data.edit("sources", "hengnan-2019", kind="news")
    row = one(parkstudy.load(copy_of_data.folder), park_id="hengnan", measure=f"{OUTPUT}_growth")
    assert row["reason"] == "not_reported"


def test_a_park_with_a_forecast_only_has_the_forecast_and_a_gap(awkward: Any) -> None:
    rows = rates(parkstudy.load(awkward)).filter(park_id="only-forecasts", measure=f"{OUTPUT}_growth")
    assert rows["value_type"].to_list() == ["forecast", "outturn"]
    assert rows["value"].to_list() == [9.1, None]
    assert rows["reason"].to_list() == [None, "not_reported"]


OTHER_FLOWS = """
qingtan exports_imports park level outturn 进出口额 3.2亿元
qingtan exports_imports park yoy outturn 进出口额 18.5%
baishi exports_imports park yoy outturn 进出口额 9%
luoxi patents_granted park level outturn 新增专利授权 320件
luoxi patents_granted park yoy outturn 新增专利授权 20%
heyuan port_revenue park yoy outturn 港口营业收入 7.7%
"""
PORT_REVENUE = (
    "port_revenue,港口营业收入,Port revenue,港口营业收入,growth,flow,CNY,current,Revenue.,收入。,As printed\n"
)


def test_any_flow_of_which_a_text_prints_a_rate_has_its_measures_and_their_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "indicators.csv").write_text(
        (shipped_folder() / "indicators.csv").read_text("utf-8") + PORT_REVENUE, "utf-8"
    )
    monkeypatch.setattr(foreign_parks, "_FIGURES", foreign_parks._FIGURES + OTHER_FLOWS)
    other = foreign_parks.foreign(tmp_path)
    given = other.measures.filter(pl.col("low").is_not_null(), pl.col("measure").str.contains("exports|patents|port_"))
    assert [tuple(row) for row in given.select("park_id", "measure", "price", "unit", "method").iter_rows()] == [
        ("qingtan", "exports_imports_growth", "nominal", "percent", "as_printed"),
        ("baishi", "exports_imports_growth", "nominal", "percent", "as_printed"),
        ("luoxi", "patents_granted_growth", "nominal", "percent", "as_printed"),
        ("heyuan", "port_revenue_growth", "nominal", "percent", "as_printed"),
        (
            "heyuan",
            "port_revenue_growth",
            "real",
            "percent",
            "deflated",
        ),  # turnover at current prices, and nothing else (G8)
        ("qingtan", "exports_imports_level", "nominal", "CNY", "as_reported"),
        ("qingtan", "exports_imports_level", "nominal", "CNY", "full_year_reported"),
        ("qingtan", "exports_imports_implied_base", "nominal", "CNY", "implied_base"),
        ("luoxi", "patents_granted_level", "nominal", "count", "as_reported"),  # in the unit of its figure
        ("luoxi", "patents_granted_implied_base", "nominal", "count", "implied_base"),
    ]
    names = {lang: [View(other, lang).text("measure", code) for code in ("exports_imports_growth", "rnd_expenditure_level_change")]
             for lang in ("en", "zh")}  # fmt: skip
    assert names == {
        "en": ["Growth of exports and imports, as published", "Change of the level of R&D expenditure"],
        "zh": ["公布的进出口额增速", "研究开发费用绝对数变动率"],
    }
    (one,) = other.compare.rows("exports_imports_growth")
    assert (one.left, one.right, one.verdict) == ("qingtan", "baishi", "higher")
    assert "exports_imports_growth" not in {one.measure for one in other.compare.rows()}
    with pytest.raises(ValueError, match="unknown measure 'exports_import_growth'"):
        other.compare.rows("exports_import_growth")
