"""Producer prices and reference rates: of the same months, between the nearest spans of that year, or none."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from foreign_parks import foreign
from planted import drop, edited

from parkstudy.method.benchmarks import REVENUE_GROWTH, VALUE_ADDED_GROWTH, deflated, price_change, references, scopes
from parkstudy.method.study import Study
from parkstudy.record.interval import Interval
from parkstudy.record.period import Period
from parkstudy.record.shipped import shipped_folder

OUTPUT = "gross_industrial_output_growth"
YEAR_2019 = Period(date(2019, 1, 1), date(2019, 12, 31))
MONTHS_2017 = Period(date(2017, 1, 1), date(2017, 11, 30))
NO_SPAN = [
    Period(None, date(2019, 12, 31)),
    Period(date(2019, 1, 1), None),
    Period(date(2019, 1, 15), date(2019, 6, 30)),
]


def price_id(end: str) -> str:
    return f"ref:ppi_yoy/national/{end[:4]}-01-01/{end}"


def real_rows(study: Study, park: str, **columns: Any) -> list[dict[str, Any]]:
    return study.measures.filter(park_id=park, measure=OUTPUT, price="real", **columns).to_dicts()


def test_prices_of_the_same_months_have_the_width_of_their_digit(study: Study) -> None:
    found = price_change(study, YEAR_2019)
    assert found is not None
    assert (found.interval.low, found.interval.high, found.interval.value) == pytest.approx((-0.35, -0.25, -0.3))
    assert (found.exact_span, found.inputs) == (True, (price_id("2019-12-31"),))


def test_prices_between_two_spans_run_over_both_and_have_no_value(study: Study) -> None:
    found = price_change(study, MONTHS_2017)
    assert found is not None
    assert (found.interval.low, found.interval.high) == pytest.approx((6.25, 6.55))  # 6.5 to October, 6.3 to December
    assert (found.interval.value, found.exact_span) == (None, False)
    assert found.inputs == (price_id("2017-10-31"), price_id("2017-12-31"))


def test_one_neighbour_alone_gives_no_price_change(copy_of_data: Any) -> None:
    drop(
        copy_of_data, "reference",
        lambda row: row["series"] == "ppi_yoy" and row["period_end"] == "2017-12-31",
    )  # fmt: skip
    study = edited(copy_of_data)
    assert price_change(study, MONTHS_2017) is None
    assert [(r["reason"], r["low"]) for r in real_rows(study, "shuangpai")] == [("no_price_index", None)]


@pytest.mark.parametrize("period", NO_SPAN)
def test_no_span_of_whole_months_has_a_benchmark(study: Study, period: Period) -> None:
    assert references(study, REVENUE_GROWTH, "national", period) == []
    assert price_change(study, period) is None


def test_a_year_without_prices_has_no_price_change(study: Study) -> None:
    assert price_change(study, Period(date(1990, 1, 1), date(1990, 12, 31))) is None


def test_the_reference_of_the_same_months_stands_alone(study: Study) -> None:
    (found,) = references(study, VALUE_ADDED_GROWTH, "national", MONTHS_2017)
    assert (found.period, found.inferred, found.interval.value) == (MONTHS_2017, False, 6.6)
    assert found.identifier == "ref:above_scale_va_yoy/national/2017-01-01/2017-11-30"


def test_without_the_same_months_the_nearest_spans_stand_beside(study: Study) -> None:
    found = references(study, REVENUE_GROWTH, "national", MONTHS_2017)
    assert [(b.period.end, b.interval.value) for b in found] == [(date(2017, 10, 31), 12.4), (date(2017, 12, 31), 11.1)]


@pytest.mark.parametrize(
    ("park", "low", "high", "printed"),
    [
        ("hengnan", 100 * (1.1015 / 0.9975 - 1), 100 * (1.1025 / 0.9965 - 1), (10.4, 10.6)),
        ("shuangpai", 100 * (1.4515 / 1.0655 - 1), 100 * (1.4525 / 1.0625 - 1), (36.2, 36.7)),
    ],
)
def test_a_deflated_rate_has_the_corners_of_rate_and_price(
    study: Study, park: str, low: float, high: float, printed: tuple[float, float]
) -> None:
    (row,) = real_rows(study, park)
    assert (row["low"], row["high"]) == pytest.approx((low, high))
    assert (round(row["low"], 1), round(row["high"], 1)) == printed


def test_a_deflated_rate_names_its_prices_and_says_where_the_span_is_another(study: Study) -> None:
    (same,), (between,) = real_rows(study, "hengnan"), real_rows(study, "shuangpai")
    assert same["value"] == pytest.approx(100 * (1.102 / 0.997 - 1))
    assert same["inputs"] == ["hengnan-2019-005", price_id("2019-12-31")]
    assert between["value"] is None
    assert between["inputs"] == ["shuangpai-2017-018", price_id("2017-10-31"), price_id("2017-12-31")]
    assert ["price_between_spans" in row["flags"] for row in (same, between)] == [False, True]


def test_only_output_and_revenue_are_deflated(study: Study) -> None:
    found = study.measures.filter(price="real")
    assert set(found["measure"]) == {OUTPUT, "operating_revenue_growth"}


def test_falling_prices_raise_a_rate_and_equal_prices_leave_nothing() -> None:
    assert deflated(Interval(9.0, 11.0, 10.0), Interval(10.0, 10.0, 10.0)).value == pytest.approx(0.0)
    assert deflated(Interval(0.0, 0.0, 0.0), Interval(-50.0, -50.0, -50.0)) == Interval(100.0, 100.0, 100.0)


def reference_rows(study: Study, park: str) -> list[tuple[Any, ...]]:
    rows = study.measures.filter(measure="reference_revenue_growth", park_id=park)
    return [(r["subject"], r["value"], r["flags"]) for r in rows.to_dicts()]


def test_named_parks_have_nation_and_province_beside_them_and_anonymised_ones_the_nation(study: Study) -> None:
    assert reference_rows(study, "hengnan") == [("reference:national", 3.8, [])]
    assert reference_rows(study, "shuangpai") == [
        ("reference:national", 12.4, ["reference_other_span"]),
        ("reference:national", 11.1, ["reference_other_span"]),
        ("reference:Hunan", 12.4, ["reference_other_span", "reference_inferred"]),
    ]
    assert reference_rows(study, "anon-2020") == [("reference:national", -5.2, [])]


def test_the_places_of_a_park_are_those_of_the_table_nearest_first(study: Study) -> None:
    assert scopes(study, "shuangpai") == ["Yongzhou", "Hunan", "national"]
    assert scopes(study, "anon-2020") == ["national"]


def test_a_park_without_places_has_its_province_if_there_are_rates_of_it_and_the_nation(study: Study) -> None:
    assert scopes(study, "yiyang-high-tech") == ["Hunan", "national"]
    assert scopes(study, "wuning") == ["national"]


def test_an_anonymised_park_has_the_nation_only_whatever_the_table_says(study: Study) -> None:
    hidden = replace(study, parks=study.parks.with_columns(anonymised=pl.lit(True)))
    assert scopes(hidden, "shuangpai") == ["national"]


def test_a_rate_without_any_reference_says_so(copy_of_data: Any) -> None:
    drop(copy_of_data, "reference", lambda row: row["series"] == "operating_revenue_yoy")
    rows = edited(copy_of_data).measures.filter(measure="reference_revenue_growth", park_id="hengnan")
    assert rows["reason"].to_list() == ["no_reference"]


def test_a_park_of_any_province_stands_beside_what_its_folder_gives_of_its_places(tmp_path: Path) -> None:
    own = (("operating_revenue_yoy", "Jiangxi", "20.13"), ("above_scale_va_yoy", "Ganzhou", "12.1"))
    with (shipped_folder() / "reference.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    more = {
        "period_start": "2021-01-01",
        "period_end": "2021-12-31",
        "inferred": "",
        "note": "",
        "note_zh": "",
        "inferred_zh": "",
    }
    rows += [{**rows[-1], **more, "unit": "%", "series": a, "scope": b, "value": c} for a, b, c in own]
    with (tmp_path / "reference.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    (tmp_path / "places.csv").write_text("park_id,scope\nnanshan,Ganzhou\nnanshan,national\n", "utf-8")
    other = foreign(tmp_path)
    assert [scopes(other, park) for park in ("nanshan", "qingtan")] == [
        ["Ganzhou", "national"],
        ["Jiangxi", "national"],
    ]
    beside = other.measures.filter(pl.col("subject").is_in(["reference:Ganzhou", "reference:Jiangxi"]))
    found = {(row["park_id"], round(row["low"], 6), round(row["high"], 6)) for row in beside.to_dicts()}
    assert {("nanshan", 12.05, 12.15), ("qingtan", 20.125, 20.135)} <= found  # each as wide as its own digits
