"""Wording: numbers, intervals, names and lists as a reader sees them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import parkstudy
from parkstudy import wording
from parkstudy.dataset import Study
from parkstudy.schema import POPULATIONS

INF = float("inf")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (10.2, "10.2"),
        (16.33, "16.33"),
        (24.0, "24"),
        (0, "0"),
        (-7.1, "−7.1"),
        (0.1 + 0.2, "0.3"),
        (9.9996, "10"),
        (0.0012345, "0.001234"),
        (1234.56, "1,235"),
        (5.06e9, "5,060,000,000"),
        (INF, "∞"),
        (-INF, "−∞"),
    ],
)
def test_a_number_has_no_more_digits_than_it_bears(value: float, text: str) -> None:
    assert wording.number(value) == text


def test_a_number_takes_more_digits_where_asked() -> None:
    assert wording.number(17.665, 5) == "17.665"
    assert wording.number(17.665, 2) == "18"


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (10.15, 10.25, "10.15–10.25"),
        (17.665, 17.675, "17.665–17.675"),
        (-2.35, -2.25, "−2.35–−2.25"),
        (34.0, 34.0, "34"),
        (40.0, INF, "at least 40"),
        (-INF, 5.0, "at most 5"),
        (None, None, ""),
        (None, 5.0, ""),
    ],
)
def test_an_interval_is_said_with_its_open_end(low: float | None, high: float | None, text: str) -> None:
    assert wording.interval(low, high) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (5.06e9, "CNY", "5.06 billion CNY"),
        (5.0649e9, "CNY", "5.06 billion CNY"),
        (1.2345e8, "CNY", "123 million CNY"),
        (4.6e4, "CNY", "46 thousand CNY"),
        (13_400, "CNY/mu", "13,400 CNY per mu"),
        (1.2e9, "CNY/km2", "1.2 billion CNY per km2"),
        (999, "CNY", "999 CNY"),
        (2.1818, "percent", "2.18 %"),
        (-3.4, "points", "−3.4 points"),
        (3.6842, "ratio", "3.68"),
    ],
)
def test_a_computed_amount_has_three_digits_and_its_unit(value: float, unit: str, text: str) -> None:
    assert wording.amount(value, unit) == text


@pytest.mark.parametrize(
    ("low", "high", "unit", "text"),
    [
        (5.0649e9, 5.2e9, "CNY", "5.06–5.2 billion"),
        (9.5e8, 1.25e9, "CNY", "0.95–1.25 billion"),
        (12_345, 13_456, "CNY/mu", "12,345–13,456"),
        (0.4912, 0.6881, "percent", "0.491–0.688"),
        (1.5e7, INF, "CNY", "at least 15 million"),
    ],
)
def test_both_ends_of_an_amount_stand_on_one_scale(low: float, high: float, unit: str, text: str) -> None:
    assert wording.amount_interval(low, high, unit) == text


def test_what_is_printed_keeps_its_digits() -> None:
    assert wording.amount(1.482032e10, "CNY", 7) == "14.82032 billion CNY"
    assert wording.amount_interval(4.0615e9, 4.0625e9, "CNY", 5) == "4.0615–4.0625 billion"


def test_a_rate_is_its_value_or_its_interval() -> None:
    assert wording.rate({"value": 10.2, "low": 10.15, "high": 10.25}) == "10.2"
    assert wording.rate({"value": None, "low": 8.0, "high": 10.0}) == "8–10"


@pytest.mark.parametrize(("number", "text"), [(0, "0 texts"), (1, "1 text"), (2, "2 texts")])
def test_a_noun_is_counted(number: int, text: str) -> None:
    assert wording.counted(number, "text") == text


def test_a_period_is_said_from_the_dates_of_its_row() -> None:
    row = {"period_start": date(2017, 1, 1), "period_end": date(2017, 11, 30)}
    assert wording.period(row) == "Jan–Nov 2017"
    assert wording.period({"period_start": None, "period_end": None}) == "undated"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("above_scale", "above-scale firms"),
        ("unstated", "population not stated"),
        ("park", "whole park"),
        ("industry", "industry"),
        ("registered", "registered"),
        (None, ""),
    ],
)
def test_a_population_is_said_in_words(code: str | None, text: str) -> None:
    assert wording.population(code) == text


def test_no_population_is_shown_as_a_code() -> None:
    assert not any("_" in wording.population(code) for code in POPULATIONS)


def test_a_code_is_said_in_words() -> None:
    assert wording.plain("period_ambiguous") == "period ambiguous"


def test_short_names_are_counties_and_ids_where_the_county_is_hidden(study: Study) -> None:
    assert wording.short_names(study.only("")) == {
        "hengnan": "Hengnan",
        "hengshan": "Hengshan",
        "shuangpai": "Shuangpai",
        "anon-2023": "anon-2023",
        "anon-2020": "anon-2020",
    }


def test_parks_that_share_a_county_are_known_by_their_ids(study: Study) -> None:
    names = wording.short_names(study)
    assert (names["yiyang-high-tech"], names["longling"]) == ("yiyang-high-tech", "longling")  # both in Heshan District
    assert names["xintian"] == "Xintian"
    assert len(set(names.values())) == study.parks.height
    assert wording.short_names(study.only("longling"))["longling"] == "Heshan District"


def test_two_parks_of_one_county_are_told_apart(copy_of_data: Any) -> None:
    copy_of_data.edit("parks", "shuangpai", county_en="Hengnan County")
    names = wording.short_names(parkstudy.load(copy_of_data.folder).only(""))
    assert (names["hengnan"], names["shuangpai"], names["hengshan"]) == ("hengnan", "shuangpai", "Hengshan")


def test_full_names_are_those_of_the_table(study: Study) -> None:
    names = wording.park_names(study)
    assert names["shuangpai"] == "Shuangpai Industrial Concentration Zone"
    assert names["anon-2020"] == "Anonymised park (2020)"


def test_a_short_name_is_cut_at_28_characters(copy_of_data: Any) -> None:
    copy_of_data.edit("parks", "hengnan", county_en="Abcdefghij" * 3 + " County")
    name = wording.short_names(parkstudy.load(copy_of_data.folder))["hengnan"]
    assert name == "Abcdefghij" * 2 + "Abcdefg…"


@pytest.mark.parametrize(
    ("indicator", "transformation", "text"),
    [
        ("gross_industrial_output", "level", "Gross industrial output"),
        ("gross_industrial_output", "yoy", "Gross industrial output, growth"),
        ("fixed_asset_investment", "share", "Fixed-asset investment, share"),
    ],
)
def test_a_quantity_is_named_with_what_is_printed_of_it(
    study: Study, indicator: str, transformation: str, text: str
) -> None:
    assert wording.quantity_name(study, indicator, transformation) == text


def test_a_share_indicator_does_not_say_share_twice(study: Study) -> None:
    assert wording.quantity_name(study, "leading_industry_share", "share").lower().count("share") == 1


@pytest.mark.parametrize(
    ("words", "text"),
    [([], "none"), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_words_are_listed_as_in_a_sentence(words: list[str], text: str) -> None:
    assert wording.listing(words) == text
    assert wording.listing(iter(words)) == text
