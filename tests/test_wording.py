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


def test_a_period_is_said_from_the_dates_of_its_row() -> None:
    row = {"period_start": date(2017, 1, 1), "period_end": date(2017, 11, 30)}
    assert wording.period(row) == "Jan–Nov 2017"
    assert wording.period({"period_start": None, "period_end": None}) == "undated"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("above_scale", "above scale"),
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
