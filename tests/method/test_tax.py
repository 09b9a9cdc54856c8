"""Tax measures: every value worked out by hand from the printed figures, every refusal by a case."""

from __future__ import annotations

import polars as pl
import pytest
from cases import every

from parkstudy.method import tax
from parkstudy.method.study import load


def rows(study, measure, park, **columns):
    return study.measures.filter(measure=measure, park_id=park, **columns).to_dicts()


def spans(found):
    return [(round(r["low"], 4), round(r["high"], 4)) for r in found]


@every(
    ("park", "value_type", "value", "low", "high"),
    [
        # 1.2 (1.15 to 1.25) over 55 (54.5 to 55.5)
        ("hengnan", "outturn", 1.2 / 55, 1.15 / 55.5, 1.25 / 54.5),
        # 0.3 (0.25 to 0.35) over 50.6 (50.55 to 50.65)
        ("shuangpai", "outturn", 0.3 / 50.6, 0.25 / 50.65, 0.35 / 50.55),
        # 1.52 (1.515 to 1.525) over 124.2 (124.15 to 124.25)
        ("anon-2023", "outturn", 1.52 / 124.2, 1.515 / 124.25, 1.525 / 124.15),
        # 1.9 (1.85 to 1.95) over 140 (139.5 to 140.5)
        ("anon-2023", "forecast", 1.9 / 140, 1.85 / 140.5, 1.95 / 139.5),
    ],
)
def test_tax_per_output_has_the_corners_of_both_sides(study, park, value_type, value, low, high):
    (row,) = rows(study, "tax_per_output", park, value_type=value_type, basis="reported")
    assert (row["value"], row["low"], row["high"]) == pytest.approx((100 * value, 100 * low, 100 * high))
    assert row["unit"] == "percent"


@pytest.mark.parametrize(
    ("park", "low", "high"),
    [
        # eleven months: the ratio times 0.885/0.95 to 0.917/0.77
        ("shuangpai", 100 * 0.25 / 50.65 * 0.885 / 0.95, 100 * 0.35 / 50.55 * 0.917 / 0.77),
        ("anon-2023", 100 * 1.515 / 124.25 * 0.885 / 0.95, 100 * 1.525 / 124.15 * 0.917 / 0.77),
    ],
)
def test_an_eleven_month_ratio_has_a_full_year_band_without_a_value(study, park, low, high):
    (row,) = rows(study, "tax_per_output", park, value_type="outturn", basis="annualised")
    assert (row["value"], row["status"]) == (None, "I")
    assert (row["low"], row["high"]) == pytest.approx((low, high))


def test_a_full_year_ratio_is_its_own_full_year_value(study):
    raw, year = rows(study, "tax_per_output", "hengnan")
    assert [raw[k] for k in ("value", "low", "high")] == [year[k] for k in ("value", "low", "high")]
    assert year["status"] == "P"


def test_revenue_of_another_concept_is_refused_as_output_and_shown_apart(study):
    (refused,) = rows(study, "tax_per_output", "hengshan")
    assert refused["reason"] == "other_concept"
    raw, band = rows(study, "tax_per_tit_revenue", "hengshan")
    assert spans([raw, band]) == [(3.5526, 3.5593), (3.3095, 4.2388)]
    assert "borrowed_share" in band["flags"]
    assert "borrowed_share" not in raw["flags"]


def test_a_park_without_tax_says_so(study):
    assert [r["reason"] for r in rows(study, "tax_per_output", "anon-2020")] == ["no_tax"]


def test_tax_over_value_added_is_a_question_about_the_data(study):
    (row,) = rows(study, "tax_per_value_added", "shuangpai")
    assert (row["low"], row["high"]) == pytest.approx((100 * 0.25 / 14.15, 100 * 0.35 / 14.05))
    assert "question_only" in row["flags"]


def test_buoyancy_takes_two_printed_rates(study):
    (row,) = rows(study, "tax_buoyancy", "shuangpai")
    assert (row["value"], row["low"], row["high"]) == pytest.approx((36.5 / 45.2, 36.45 / 45.25, 36.55 / 45.15))
    assert {p: rows(study, "tax_buoyancy", p)[0]["reason"] for p in ("hengnan", "anon-2023")} == {
        "hengnan": "no_rates",
        "anon-2023": "no_rates",
    }


def test_concentration_stands_in_both_readings_at_its_bound(study):
    together, each = rows(study, "taxpayer_concentration", "hengnan")
    assert (together["low"], together["high"]) == pytest.approx((100 * 0.15 / 1.25, 100 * 0.15 / 1.15))
    assert (each["low"], each["high"]) == pytest.approx((100 * 0.30 / 1.25, 100 * 0.30 / 1.15))
    assert {"at_bound", "two_readings", "forecast"} <= set(each["flags"])


def test_without_three_peers_there_is_no_peer_set(study):
    flags = [r["flags"] for r in study.measures.filter(measure="tax_per_output").to_dicts() if r["low"] is not None]
    assert flags
    assert all("no_peer_set" in f for f in flags)


def test_a_value_outside_the_range_of_three_peers_is_flagged(study):
    four = [_ratio(study, park, low) for park, low in zip("abcd", (1.0, 1.1, 1.2, 9.0), strict=True)]
    flags = {r["park_id"]: r["flags"] for r in tax.with_peers(study, four)}
    assert flags == {"a": ["outside_peer_range"], "b": [], "c": [], "d": ["outside_peer_range"]}


def test_two_peers_make_no_range(study):
    three = [_ratio(study, park, low) for park, low in zip("abc", (1.0, 1.1, 9.0), strict=True)]
    assert [row["flags"] for row in tax.with_peers(study, three)] == [["no_peer_set"]] * 3


def test_peers_of_unstated_populations_are_no_peers(copy_of_data):
    copy_of_data.edit("observations", "hengnan-2019-006", population="unstated")
    study = load(copy_of_data.folder)
    four = [_ratio(study, park, low) for park, low in zip("abcd", (1.0, 1.1, 1.2, 9.0), strict=True)]
    assert [row["flags"] for row in tax.with_peers(study, four)] == [["no_peer_set"]] * 4


def test_what_is_unstated_is_not_said_to_differ(study):
    flags = {r["park_id"]: r["flags"] for r in study.measures.filter(measure="tax_per_output").to_dicts()}
    assert "population_unstated" in flags["anon-2023"]
    assert "populations_differ" not in flags["anon-2023"]
    assert "populations_differ" in flags["hengnan"]


def test_rates_of_unstated_firms_make_no_buoyancy(copy_of_data):
    for row in ("shuangpai-2017-018", "shuangpai-2017-024"):
        copy_of_data.edit("observations", row, population="unstated")
    study = load(copy_of_data.folder)
    assert [r["reason"] for r in rows(study, "tax_buoyancy", "shuangpai")] == ["no_rates"]


def _ratio(study, park, low):
    row = study.measures.filter(measure="tax_per_output", park_id="hengnan", basis="reported").row(0, named=True)
    return {**row, "park_id": park, "low": low, "high": low + 0.05, "flags": []}


def test_zero_output_is_refused(copy_of_data):
    copy_of_data.edit("observations", "hengnan-2019-004", reported_figure="0亿元", caveats="")
    study = load(copy_of_data.folder)
    assert [r["reason"] for r in rows(study, "tax_per_output", "hengnan")] == ["reaches_zero"]


def test_tax_and_output_of_other_months_are_refused(copy_of_data):
    copy_of_data.edit("observations", "hengnan-2019-006", period_end="2019-11-30")
    study = load(copy_of_data.folder)
    assert [r["reason"] for r in rows(study, "tax_per_output", "hengnan")] == ["spans_differ"]


def test_a_half_year_ratio_has_no_band(copy_of_data):
    for key in ("hengnan-2019-004", "hengnan-2019-006"):
        copy_of_data.edit("observations", key, period_end="2019-06-30")
    raw, year = rows(load(copy_of_data.folder), "tax_per_output", "hengnan")
    assert raw["value"] == pytest.approx(100 * 1.2 / 55)
    assert year["reason"] == "no_year_share"


def test_every_value_lies_in_its_interval_and_every_gap_has_a_reason(study):
    measures = study.measures.filter(pl.col("measure").is_in(list(tax.MEASURES)))
    valued = measures.filter(pl.col("value").is_not_null())
    assert (
        valued.filter((pl.col("low") <= pl.col("value")) & (pl.col("value") <= pl.col("high"))).height == valued.height
    )
    assert measures.filter(pl.col("low").is_null() != pl.col("reason").is_not_null()).height == 0


def test_doubling_the_tax_doubles_the_ratio(study, copy_of_data):
    copy_of_data.edit("observations", "shuangpai-2017-023", reported_figure="0.6亿元")
    before = rows(study, "tax_per_output", "shuangpai", basis="reported")[0]["value"]
    assert rows(load(copy_of_data.folder), "tax_per_output", "shuangpai", basis="reported")[0][
        "value"
    ] == pytest.approx(2 * before)
