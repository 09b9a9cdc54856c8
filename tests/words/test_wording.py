"""Wording: numbers, intervals, names and lists as a reader sees them."""

from __future__ import annotations

import textwrap
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import parkstudy
from parkstudy.record.quantities import UNITS
from parkstudy.record.schema import POPULATIONS
from parkstudy.method.study import Study
from parkstudy.words import wording

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


@pytest.fixture(scope="module")
def chinese() -> Study:
    """The study of the shipped dataset in Chinese."""
    return parkstudy.load(lang="zh")


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (10.15, 10.25, "10.15–10.25"),
        (34.0, 34.0, "34"),
        (40.0, INF, "不低于40"),
        (-INF, 5.0, "不高于5"),
        (None, 5.0, ""),
    ],
)
def test_a_chinese_interval_has_its_open_end_in_words(low: float | None, high: float | None, text: str) -> None:
    assert wording.interval(low, high, lang="zh") == text


def test_a_chinese_rate_is_its_value_or_its_interval() -> None:
    assert wording.rate({"value": 10.2, "low": 10.15, "high": 10.25}, lang="zh") == "10.2"
    assert wording.rate({"value": 40.0, "low": 40.0, "high": INF}, lang="zh") == "不低于40"


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (5.06e9, "CNY", "50.6亿元"),
        (1e8, "CNY", "1亿元"),
        (9.99e7, "CNY", "9,990万元"),
        (46_000, "CNY", "4.6万元"),
        (999, "CNY", "999元"),
        (13_400, "CNY/mu", "1.34万元/亩"),
        (9_400, "CNY/mu", "0.94万元/亩"),
        (1.2e9, "CNY/km2", "12亿元/平方公里"),
        (4.5e7, "CNY/km2", "0.45亿元/平方公里"),
        (4.101e7, "USD", "4,101万美元"),
        (2.1818, "percent", "2.18%"),
        (-3.4, "points", "−3.4个百分点"),
        (3.6842, "ratio", "3.68"),
        (34, "count", "34"),
        (800, "person", "800人"),
        (699, "mu", "699亩"),
        (120, "ha", "120公顷"),
        (5.99, "km2", "5.99平方公里"),
        (125, "m2", "125平方米"),
    ],
)
def test_a_chinese_amount_has_the_units_of_chinese_statistics(value: float, unit: str, text: str) -> None:
    digits = 4 if "9,990" in text or "4,101" in text else 3
    assert wording.amount(value, unit, digits, "zh") == text


def test_every_unit_has_a_chinese_amount() -> None:
    assert not any(char.isascii() and char.isalpha() for unit in UNITS for char in wording.amount(5.0, unit, lang="zh"))


@pytest.mark.parametrize(
    ("low", "high", "unit", "text"),
    [
        (5.0649e9, 5.2e9, "CNY", "50.6–52亿元"),
        (9.5e7, 1.25e8, "CNY", "0.95–1.25亿元"),
        (12_345, 13_456, "CNY/mu", "1.23–1.35万元/亩"),
        (0.4912, 0.6881, "percent", "0.491–0.688%"),
        (1.5e7, INF, "CNY", "不低于1,500万元"),
        (-INF, 6e8, "CNY", "不高于6亿元"),
        (8.0, 10.0, "points", "8–10个百分点"),
    ],
)
def test_both_ends_of_a_chinese_amount_stand_on_one_scale(low: float, high: float, unit: str, text: str) -> None:
    assert wording.amount_interval(low, high, unit, lang="zh") == text


def test_chinese_words_are_listed_as_in_a_sentence() -> None:
    lists = (wording.listing(words, "zh") for words in ([], ["甲"], ["甲", "乙"], ["甲", "乙", "丙"]))
    assert list(lists) == ["无", "甲", "甲和乙", "甲、乙和丙"]


def test_a_period_and_a_population_are_said_in_chinese() -> None:
    row = {"period_start": date(2017, 1, 1), "period_end": date(2017, 11, 30)}
    assert wording.period(row, "zh") == "2017年1—11月"
    assert [wording.population(code, "zh") for code in ("park", "above_scale", None)] == [
        "全园区",
        "规模以上工业企业",
        "",
    ]
    assert not any(wording.population(code, "zh").isascii() for code in POPULATIONS)


def test_every_scope_of_the_reference_table_has_a_chinese_name(study: Study) -> None:
    scopes = study.reference["scope"].unique().to_list()
    assert all(wording.scope(code) == code for code in scopes)
    assert not any(wording.scope(code, "zh").isascii() for code in scopes)
    assert [wording.scope(code, "zh") for code in ("national", "Hunan", "Yongzhou")] == ["全国", "湖南省", "永州市"]


def test_a_scope_that_is_the_province_of_a_park_has_the_name_of_the_table(awkward: Any) -> None:
    own = parkstudy.load(awkward)
    assert wording.scope("Test Province", "zh", own) == "试验省"
    assert wording.scope("Test Province", "zh") == "Test Province"


def test_chinese_short_names_are_counties_without_their_last_character(chinese: Study) -> None:
    assert wording.short_names(chinese.only("")) == {
        "hengnan": "衡南",
        "hengshan": "衡山",
        "shuangpai": "双牌",
        "anon-2023": "匿名园区(2023)",
        "anon-2020": "匿名园区(2020)",
    }
    names = wording.short_names(chinese)
    assert names["jianghua"] == "江华瑶族自治县"  # an autonomous county keeps its rank
    assert names["yiyang-high-tech"] == "益阳高新技术产业开发区"  # two parks in one district
    assert len(set(names.values())) == len(names)


def test_a_chinese_short_name_is_short_and_of_one_park(awkward: Any) -> None:
    own = parkstudy.load(awkward, "zh")
    names = wording.short_names(own)
    assert (names["neighbour"], names["anon-2021"], names["only-forecasts"]) == ("邻县", "匿名园区(2021)", "预测园区")
    assert names["no-area"] == "no-area"  # its name has 200 characters, its county has four parks
    assert all(wording.columns(name) <= 28 for name in names.values())


def test_names_are_said_in_the_language_of_the_study_or_another(study: Study, chinese: Study) -> None:
    assert wording.park_names(chinese)["shuangpai"] == wording.park_names(study, "zh")["shuangpai"] == "双牌工业集中区"
    assert wording.short_names(study, "zh") == wording.short_names(chinese)
    assert wording.short_names(chinese, "en") == wording.short_names(study)
    assert wording.quantity_name(chinese, "tax_revenue", "yoy") == "税收，增速"
    assert wording.quantity_name(chinese, "fixed_asset_investment", "share") == "固定资产投资，占比"
    assert wording.quantity_name(chinese, "leading_industry_share", "share") == "主导产业占比"
    assert wording.quantity_name(chinese, "tax_revenue", "level", "en") == "Tax paid"


@pytest.mark.parametrize(("text", "width"), [("", 0), ("tax", 3), ("税收", 4), ("（1—11月）", 10), ("e\u0301", 1)])
def test_a_chinese_character_takes_two_columns(text: str, width: int) -> None:
    assert wording.columns(text) == width


LATIN = st.text("abc ,.-–%()0123456789", max_size=80)
MIXED = st.text("税收产值工业园区abc 0123456789，。；：（）“”%–—…", max_size=80)


@given(LATIN, st.integers(5, 60))
def test_text_without_chinese_is_wrapped_and_cut_as_ever(text: str, width: int) -> None:
    assert wording.wrapped(text, width) == textwrap.fill(text, width)
    assert wording.shortened(text, width) == textwrap.shorten(text, width, placeholder="…")


@given(MIXED, st.integers(8, 60))
def test_wrapping_loses_nothing_but_spaces_and_keeps_within_its_columns(text: str, width: int) -> None:
    made = wording.wrapped(text, width)
    assert "".join(made.split()) == "".join(text.split())
    assert all(wording.columns(line) <= width + 2 for line in made.split("\n"))  # a mark may hang over the end


@given(MIXED, st.integers(4, 60))
def test_a_shortened_text_is_a_beginning_within_its_columns(text: str, width: int) -> None:
    made = wording.shortened(text, width)
    whole = " ".join(text.split())
    assert wording.columns(made) <= width
    assert made == whole or (made.endswith("…") and whole.startswith(made[:-1]))


def test_no_chinese_line_begins_with_a_closing_mark_or_ends_with_an_opening_one() -> None:
    text = "税收÷同期产值（工业/全园区）为0.49–0.69%，折合全年（G5）为0.46–0.82%；“两种理解”并存，2017年1—11月 · 样本变动。"
    for width in range(12, 60):
        lines = wording.wrapped(text, width).split("\n")
        assert not any(line[0] in "，。；：）”%·—–" or line[-1] in "（“" for line in lines), width


def test_a_chinese_line_breaks_between_characters_and_keeps_numbers_whole() -> None:
    assert wording.wrapped("工业总产值增长45.2%，税收增长36.5%。", 16) == "工业总产值增长\n45.2%，税收增长\n36.5%。"
    assert wording.wrapped("截至2019年末", 8) == "截至\n2019年末"
    assert wording.shortened("工业总产值（规模以上）", 12) == "工业总产值…"
    assert wording.shortened("工业 总产值", 20) == "工业 总产值"
