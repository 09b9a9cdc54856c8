"""Full-year values in the order of the method: the year itself, the source's own forecast, scaled months, a refusal."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from cases import every

from parkstudy.method.study import Study
from parkstudy.method.year import full_year, year_share
from parkstudy.record.interval import Interval

OUTPUT = "gross_industrial_output"


def level(**cells: Any) -> dict[str, Any]:
    months = {"period_start": date(2017, 1, 1), "period_end": date(2017, 11, 30)}
    figures = {"low": 90.0, "high": 92.0, "value": 91.0, "transformation": "level"}
    concept = {"indicator": OUTPUT, "subject": "park", "population": "unstated"}
    return {**concept, "source_id": "s", "value_type": "outturn", **months, **figures, **cells}


def annualised(study: Study, park: str, measure: str) -> list[dict[str, Any]]:
    return study.measures.filter(park_id=park, measure=measure, basis="annualised").to_dicts()


def test_a_reported_year_stands_as_it_is() -> None:
    row = level(period_end=date(2017, 12, 31))
    forecast = level(period_end=date(2017, 12, 31), value_type="forecast")
    found = full_year(row, [row, forecast])
    assert found is not None
    assert (found.lead, found.method, found.status) == (row, "full_year_reported", None)


def test_the_own_forecast_of_the_year_goes_before_scaled_months() -> None:
    row, forecast = level(), level(value_type="forecast", period_end=date(2017, 12, 31), low=99.0, high=101.0)
    found = full_year(row, [row, forecast])
    assert found is not None
    assert found.lead is forecast
    assert (found.interval.low, found.interval.high) == (99.0, 101.0)
    assert (found.method, found.status) == ("full_year_own", None)


@pytest.mark.parametrize(
    "other",
    [
        {"source_id": "t", "period_end": date(2017, 12, 31)},
        {"population": "park", "period_end": date(2017, 12, 31)},
        {},
    ],
)
def test_a_forecast_of_another_source_of_other_firms_or_of_the_same_months_is_not_used(other: dict[str, Any]) -> None:
    row = level()
    found = full_year(row, [row, level(**{"value_type": "forecast", **other})])
    assert found is not None
    assert (found.lead, found.status) == (row, "I")
    assert (found.interval.low, found.interval.high) == pytest.approx((90 / 0.917, 92 / 0.885))
    assert (found.interval.value, found.method) == (None, "full_year_scaled")


def test_an_open_level_has_a_full_year_that_is_not_below_zero() -> None:
    row = level(low=float("-inf"), high=92.0)
    found = full_year(row, [row])
    assert found is not None
    assert (found.interval.low, found.interval.high) == (0.0, pytest.approx(92 / 0.885))


def test_a_share_of_the_year_is_the_one_of_the_indicator_or_borrowed() -> None:
    output, tax, revenue = (level(indicator=name) for name in (OUTPUT, "tax_revenue", "operating_revenue"))
    assert [year_share(row) for row in (output, tax, revenue)] == [Interval(0.885, 0.917), Interval(0.77, 0.95), None]
    assert year_share(revenue, "output") == Interval(0.885, 0.917)


@every(
    "cells",
    [
        {"indicator": "industrial_value_added"},  # no share of the year but for output and tax
        {"period_start": None},
        {"period_start": date(2017, 2, 1)},
        {"period_end": date(2017, 7, 31)},  # seven months have no share
    ],
)
def test_there_is_no_full_year_without_a_share_of_the_year(cells: dict[str, Any]) -> None:
    row = level(**cells)
    assert full_year(row, [row]) is None


@pytest.mark.parametrize(
    ("park", "low", "high", "printed"),
    [
        ("shuangpai", 50.55 / 0.917, 50.65 / 0.885, (55.1, 57.2)),
        ("anon-2020", 44.075 / 0.56, 44.085 / 0.43, (78.7, 102.5)),
    ],
)
def test_output_of_a_part_of_a_year_is_an_interval_as_a_full_year(
    study: Study, park: str, low: float, high: float, printed: tuple[float, float]
) -> None:
    (row,) = annualised(study, park, f"{OUTPUT}_level")
    assert (row["value"], row["status"]) == (None, "I")
    assert (row["low"], row["high"]) == pytest.approx((low * 1e8, high * 1e8))
    assert (round(row["low"] / 1e8, 1), round(row["high"] / 1e8, 1)) == printed


def test_the_full_year_of_anon_2023_is_its_own_forecast(study: Study) -> None:
    (row,) = annualised(study, "anon-2023", f"{OUTPUT}_level")
    assert (row["low"], row["value"], row["high"], row["status"]) == (139.5e8, 140e8, 140.5e8, "F")
    assert row["inputs"] == ["anon-2023-2023-009"]


def test_a_year_as_reported_keeps_its_status(study: Study) -> None:
    (row,) = annualised(study, "hengnan", f"{OUTPUT}_level")
    assert (row["low"], row["high"], row["status"]) == (54.5e8, 55.5e8, "P")


@every(
    ("park", "measure"),
    [
        ("hengshan", "tech_industry_trade_revenue_level"),
        ("hengshan", "fixed_asset_investment_level"),
        ("shuangpai", "industrial_value_added_level"),
        ("anon-2020", "operating_revenue_level"),
    ],
)
def test_a_level_without_a_share_of_the_year_is_refused_as_a_full_year(study: Study, park: str, measure: str) -> None:
    (row,) = annualised(study, park, measure)
    assert (row["value"], row["low"], row["high"], row["reason"]) == (None, None, None, "no_year_share")
