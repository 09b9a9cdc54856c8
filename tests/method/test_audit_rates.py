"""The audit of rates and their bases: findings planted in a copy of the tables (A5 to A8, A13)."""

from __future__ import annotations

from typing import Any

import pytest
from cases import every
from planted import append, drop, edited, findings, outcome

HENGNAN, SHUANGPAI, ANON = "hengnan-2019-", "shuangpai-2017-", "anon-2023-2023-"
TARGET = [SHUANGPAI + n for n in ("016", "018", "017", "019")]


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ({}, "implausible"),
        ({"shuangpai_2017_018": "21%"}, "holds"),  # 45.5 to 47.3 against 44.9 to 46.1
        ({"shuangpai_2017_019": "45.2%"}, "holds"),
        ({"shuangpai_2017_018": "21%", "shuangpai_2017_017": "65亿元"}, "implausible"),
        ({"shuangpai_2017_018": "21%", "shuangpai_2017_016": "40.6亿元"}, "implausible"),
    ],
)
def test_a5_level_and_target_are_on_one_base(copy_of_data: Any, figures: dict[str, str], expected: str) -> None:
    assert outcome(edited(copy_of_data, **figures), "A5", *TARGET) == expected


def test_a5_needs_the_rate_of_the_target(copy_of_data: Any) -> None:
    drop(copy_of_data, "observations", lambda row: row["observation_id"] == SHUANGPAI + "019")
    assert not findings(edited(copy_of_data), "A5")


def test_a5_needs_one_population(copy_of_data: Any) -> None:
    copy_of_data.edit("observations", SHUANGPAI + "017", population="park")
    copy_of_data.edit("observations", SHUANGPAI + "019", population="park")
    assert not findings(edited(copy_of_data), "A5")


@pytest.mark.parametrize(
    ("year", "expected"),
    [("140亿元", "holds"), ("138亿元", "holds"), ("170亿元", "implausible"), ("125亿元", "implausible")],
)
def test_a6_what_is_left_of_the_year_fits_the_share_of_output(copy_of_data: Any, year: str, expected: str) -> None:
    assert outcome(edited(copy_of_data, anon_2023_2023_009=year), "A6", ANON + "009", ANON + "002") == expected


@pytest.mark.parametrize(
    ("year", "expected"),
    [("1.9亿元", "holds"), ("1.6亿元", "holds"), ("1.55亿元", "implausible"), ("2.1亿元", "implausible")],
)
def test_a6_what_is_left_of_the_year_fits_the_share_of_tax(copy_of_data: Any, year: str, expected: str) -> None:
    assert outcome(edited(copy_of_data, anon_2023_2023_011=year), "A6", ANON + "011", ANON + "004") == expected


RESIDUAL = [ANON + n for n in ("009", "002", "010", "003")]


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ({}, "ambiguous"),  # 34 firms, then 44
        ({"anon_2023_2023_008": "34户"}, "implausible"),
        ({"anon_2023_2023_010": "16.5%"}, "holds"),
        ({"anon_2023_2023_010": "16.5%", "anon_2023_2023_008": "34户"}, "holds"),
        ({"anon_2023_2023_010": "10%", "anon_2023_2023_008": "34户"}, "implausible"),
    ],
)
def test_a6_the_rest_of_the_year_grows_like_the_rates_printed(
    copy_of_data: Any, figures: dict[str, str], expected: str
) -> None:
    assert outcome(edited(copy_of_data, **figures), "A6", *RESIDUAL) == expected


VALUE_ADDED = [SHUANGPAI + n for n in ("020", "021", "016", "018")]


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ({}, "implausible"),
        ({"shuangpai_2017_021": "45.2%"}, "holds"),
        ({"shuangpai_2017_018": "15.3%"}, "holds"),  # 8.6 % real and 6.25 to 6.55 % of prices
        ({"shuangpai_2017_018": "35%"}, "holds"),  # 32.2 to 32.9 against 27.7 to 28.0
        ({"shuangpai_2017_018": "39%"}, "implausible"),  # 33.2 to 33.9
        ({"shuangpai_2017_018": "-10%"}, "implausible"),
    ],
)
def test_a7_the_rate_of_value_added_moves_by_no_more_than_five_points(
    copy_of_data: Any, figures: dict[str, str], expected: str
) -> None:
    assert outcome(edited(copy_of_data, **figures), "A7", *VALUE_ADDED) == expected


def test_a7_needs_the_prices_of_the_months(copy_of_data: Any) -> None:
    drop(
        copy_of_data, "reference",
        lambda row: row["series"] == "ppi_yoy" and row["period_start"] == "2017-01-01",
    )  # fmt: skip
    assert not findings(edited(copy_of_data), "A7")


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("35.45億元", "ambiguous"),
        ("39.66億元", "ambiguous"),  # ends below 0.90
        ("39.67億元", "holds"),
        ("46.28億元", "holds"),
        ("46.30億元", "ambiguous"),
    ],
)
def test_a8_sales_over_output_lie_between_90_and_105_percent(copy_of_data: Any, figure: str, expected: str) -> None:
    study = edited(copy_of_data, anon_2020_2020_004=figure)
    assert outcome(study, "A8", "anon-2020-2020-004", "anon-2020-2020-002") == expected


@pytest.mark.parametrize(
    ("term", "figure", "expected"),
    [
        ("工业销售产值", "30亿元", "implausible"),
        ("销售产值", "30亿元", "implausible"),
        ("主营业务收入", "30亿元", "ambiguous"),  # revenue is another concept than output sold
        ("工业销售产值", "54亿元", "holds"),
    ],
)
def test_a8_output_sold_beyond_the_band_is_implausible_and_revenue_ambiguous(
    copy_of_data: Any, term: str, figure: str, expected: str
) -> None:
    new = HENGNAN + "901"
    append(
        copy_of_data, "observations", HENGNAN + "004",
        observation_id=new, indicator="operating_revenue", reported_term=term, reported_figure=figure,
    )  # fmt: skip
    assert outcome(edited(copy_of_data), "A8", new, HENGNAN + "004") == expected


def test_a8_sales_of_another_population_are_not_set_against_output(copy_of_data: Any) -> None:
    copy_of_data.edit("observations", "anon-2020-2020-004", population="park")
    assert not findings(edited(copy_of_data), "A8")


REST = [ANON + n for n in ("002", "003", "015", "016", "018", "019")]


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ({}, "holds"),
        ({"anon_2023_2023_019": "-49%"}, "implausible"),  # a base of 3.4 and a rest of 47.4
        ({"anon_2023_2023_019": "-20%"}, "holds"),
        ({"anon_2023_2023_003": "100%"}, "implausible"),  # no base left
        ({"anon_2023_2023_003": "-40%"}, "implausible"),  # the rest falls by two thirds
        ({"anon_2023_2023_015": "95.55亿元"}, "implausible"),  # the sectors exceed the park
    ],
)
def test_a13_the_rest_without_its_sectors_has_a_base_and_a_rate(
    copy_of_data: Any, figures: dict[str, str], expected: str
) -> None:
    assert outcome(edited(copy_of_data, **figures), "A13", *REST) == expected


def test_a13_a_sector_without_a_rate_is_left_in_the_rest(copy_of_data: Any) -> None:
    drop(copy_of_data, "observations", lambda row: row["observation_id"] == ANON + "019")
    assert outcome(edited(copy_of_data), "A13", *(ANON + n for n in ("002", "003", "015", "016"))) == "holds"


@every(
    ("number", "code", "value", "ends"),
    [
        (0, "A6", "left", (0.1093, 0.1164)),  # of output
        (1, "A6", "residual", (76.7, 85.1)),
        (2, "A6", "left", (0.1757, 0.2231)),  # of tax
        (0, "A13", "change", (14.15, 14.20)),
    ],
)
def test_a_figure_that_enters_twice_has_one_value_in_both_places(
    study: Any, number: int, code: str, value: str, ends: tuple[float, float]
) -> None:
    found = [f for f in study.findings if (f.check, f.source_id) == (code, "anon-2023-2023")][number]
    said = found.arithmetic.values[value].values
    assert (said["low"], said["high"]) == pytest.approx(
        ends, abs=0.006 if code == "A13" else 0.0005 if number != 1 else 0.05
    )


@pytest.mark.parametrize(
    ("check", "rows"),
    [("A7", ("shuangpai-2017-016", "shuangpai-2017-018", "shuangpai-2017-020", "shuangpai-2017-021")),
     ("A8", ("anon-2020-2020-004", "anon-2020-2020-002"))],
)  # fmt: skip
def test_two_indicators_whose_firms_are_unstated_are_not_thereby_of_one_sample(
    copy_of_data: Any, check: str, rows: tuple[str, ...]
) -> None:
    for row in rows:
        copy_of_data.edit("observations", row, population="unstated")
    assert not findings(edited(copy_of_data), check)
