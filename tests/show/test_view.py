"""A view: what a study's parks, indicators and numbers are called in a language, and what in them leads somewhere."""

from __future__ import annotations

import re
from math import inf
from typing import Any

import polars as pl
import pytest
from cases import every
from exhibit_parts import Parts, said, sentences, study_of
from markupsafe import Markup

import parkstudy
from parkstudy.method.fact import Fact
from parkstudy.method.study import Study
from parkstudy.show.catalogue import viewer
from parkstudy.show.view import View
from parkstudy.words.lines import columns

STUDY, AWKWARD = study_of(), study_of("awkward")
EN, ZH = View(STUDY), View(STUDY, "zh")
NASTY = "\"A\" & 'b' <b>"


def test_a_view_speaks_one_of_the_languages() -> None:
    with pytest.raises(ValueError, match=r"^unknown language 'fr'; expected one of en, zh$"):
        View(STUDY, "fr")


# Names


def test_short_names_are_counties_and_ids_where_the_county_is_hidden() -> None:
    assert View(STUDY.only("")).names == {
        "hengnan": "Hengnan", "hengshan": "Hengshan", "shuangpai": "Shuangpai", "anon-2023": "anon-2023",
        "anon-2020": "anon-2020",
    }  # fmt: skip


def test_parks_of_context_have_their_own_names() -> None:
    names, context = EN.names, dict(STUDY.parks.filter(role="context").select("park_id", "name_en").iter_rows())
    assert {park: names[park] for park in context} == context  # "Changsha" would be the city
    assert len(set(names.values())) == STUDY.parks.height


def test_two_parks_of_one_county_are_told_apart(copy_of_data: Any) -> None:
    copy_of_data.edit("parks", "shuangpai", county_en="Hengnan County")
    names = View(parkstudy.load(copy_of_data.folder).only("")).names
    assert (names["hengnan"], names["shuangpai"], names["hengshan"]) == (
        "Hengnan Industrial Concentr…", "Shuangpai Industrial Concen…", "Hengshan",
    )  # fmt: skip
    alone = View(parkstudy.load(copy_of_data.folder).only("hengnan,hengshan")).names  # whoever is chosen with it
    assert (alone["hengnan"], alone["hengshan"]) == (names["hengnan"], names["hengshan"])


def test_long_names_that_differ_in_their_last_words_are_cut_in_their_middle(copy_of_data: Any) -> None:
    for park, number in (("hengnan", 1), ("shuangpai", 2)):
        named = {"name_en": f"Hengnan Industrial Concentration Zone {number}", "name_zh": f"衡南工业集中区 {number}"}
        copy_of_data.edit("parks", park, county_en="Hengnan County", county_zh="衡南县", **named)
    both = {lang: View(parkstudy.load(copy_of_data.folder).only(""), lang).names for lang in ("en", "zh")}
    assert [both["en"][park] for park in ("hengnan", "shuangpai")] == [
        "Hengnan Industrial Co…Zone 1", "Hengnan Industrial Co…Zone 2",
    ]  # fmt: skip
    assert both["zh"]["hengnan"] == "衡南工业集中区 1"


def test_a_short_name_is_cut_at_28_characters(copy_of_data: Any) -> None:
    copy_of_data.edit("parks", "hengnan", county_en="Abcdefghij" * 3 + " County")
    assert View(parkstudy.load(copy_of_data.folder)).names["hengnan"] == "Abcdefghij" * 2 + "Abcdefg…"


def test_chinese_short_names_are_counties_without_their_last_character() -> None:
    assert View(STUDY.only(""), "zh").names == {
        "hengnan": "衡南", "hengshan": "衡山", "shuangpai": "双牌", "anon-2023": "匿名园区（2023）",
        "anon-2020": "匿名园区（2020）",
    }  # fmt: skip
    assert ZH.names["jianghua"] == "江华高新技术产业开发区"  # of context: its own name
    assert len(set(ZH.names.values())) == STUDY.parks.height


def test_a_chinese_short_name_is_short_and_of_one_park() -> None:
    names = View(AWKWARD, "zh").names
    assert (names["neighbour"], names["anon-2021"], names["only-forecasts"]) == ("邻县", "匿名园区（2021）", "预测园区")
    assert names["no-area"] == "名字长得没有一张图放得下的…"  # its county has four parks
    assert all(columns(name) <= 28 for name in names.values())


def test_full_names_are_those_of_the_table() -> None:
    assert EN.full_names["shuangpai"] == "Shuangpai Industrial Concentration Zone"
    assert EN.full_names["anon-2020"] == "Anonymised park (2020)"
    assert ZH.full_names["shuangpai"] == "双牌工业集中区"


@every(
    ("indicator", "transformation", "english", "chinese"),
    [
        ("gross_industrial_output", "level", "Gross industrial output", "工业总产值"),
        ("gross_industrial_output", "yoy", "Gross industrial output, growth", "工业总产值增速"),
        ("fixed_asset_investment", "share", "Fixed-asset investment, share", "固定资产投资占比"),
        ("tax_revenue", "yoy", "Tax paid, growth", "税收增速"),
        ("leading_industry_share", "share", "Share of leading industries", "主导产业占比"),  # it says so itself
    ],
)
def test_a_quantity_is_named_with_what_is_printed_of_it(
    indicator: str, transformation: str, english: str, chinese: str
) -> None:
    row = {"indicator": indicator, "transformation": transformation}
    assert (EN.quantity(row), ZH.quantity(row)) == (english, chinese)


@pytest.mark.parametrize("study", [STUDY, AWKWARD], ids=["shipped", "awkward"])
def test_every_scope_of_the_reference_table_has_a_chinese_name(study: Study) -> None:
    scopes = study.reference["scope"].unique().to_list()
    assert [View(study).scope(code) for code in scopes] == scopes
    assert not any(View(study, "zh").scope(code).isascii() for code in scopes)


def test_a_scope_that_is_the_province_of_a_park_has_the_name_of_the_table(copy_of_data: Any) -> None:
    first = STUDY.reference["scope"][0]
    text = copy_of_data.path("reference").read_text("utf-8").replace(f",{first},", ",Test Province,")
    copy_of_data.path("reference").write_text(text, "utf-8")
    copy_of_data.edit("parks", "hengnan", province_en="Test Province", province_zh="试验省")
    study = parkstudy.load(copy_of_data.folder)
    assert View(study, "zh").scope("Test Province") == "试验省"
    assert View(study).scope("Test Province") == ZH.scope("Test Province") == "Test Province"


# What leads somewhere


def test_a_park_leads_to_its_profile_by_its_id() -> None:
    assert EN.park("hengnan") == '<a class="park" data-park="hengnan">Hengnan</a>'
    assert ZH.park("hengnan", "它") == '<a class="park" data-park="hengnan">它</a>'
    assert ZH.full_name("shuangpai") == '<a class="park" data-park="shuangpai">双牌工业集中区</a>'


def test_names_and_keys_are_escaped_once() -> None:
    park, number = Parts(EN.park(NASTY, NASTY)), Parts(EN.opens(NASTY, NASTY))
    assert (park.all("data-park"), park.text) == ([NASTY], NASTY)
    assert (number.all("data-opens"), number.text) == ([NASTY], NASTY)
    assert EN.park("p", Markup("A &amp; B")) == '<a class="park" data-park="p">A &amp; B</a>'


def test_a_number_in_a_number_opens_the_outer_one() -> None:
    view = View(STUDY)
    assert view.opens(view.opens("10 < 11", "m-1"), "m-2") == '<span class="number" data-opens="m-2">10 &lt; 11</span>'


def test_what_is_opened_and_said_is_collected_until_the_next_state() -> None:
    view = View(STUDY)
    view.opens("1", "m-1")
    view.tie(Artist(), "hengnan", "m-2")
    view.tie(Artist(), "hengnan")
    view.say("exhibit.j2", "sources", cited=Markup("<i>T6</i>"))
    assert (list(view.opened), view.said) == (["m-1", "m-2"], ["1", "Sources: T6."])
    view.begin()
    assert (view.opened, view.said) == ({}, [])


class Artist:
    """What a drawing ties to a number."""

    def set_gid(self, gid: str) -> None:
        self.gid = gid


def test_a_fact_is_said_with_the_facts_in_it() -> None:
    amount = Fact("audit_amount", {"low": 1.0, "high": 2.5, "unit": "percent"})
    row = {"reported_term": "利润", "reported_figure": "3%"}
    fact = Fact("audit_sum", {"parts": [{"reported_figure": "1%"}], "sum": amount, "whole": row})
    assert ZH.fact(fact) == "1%=1.0%～2.5%，对照利润3%"


# Values


def test_a_row_is_said_on_the_scale_of_its_axis() -> None:
    row = {"value": None, "low": 4.99e8, "high": 8.65e8, "unit": "CNY/km2"}
    assert (EN.on_axis(row), ZH.on_axis(row)) == ("500–870", "5.0～8.7")
    assert EN.on_axis({**row, "high": inf}) == "at least 499"
    assert (EN.unit("output_per_area"), ZH.unit("output_per_area")) == ("million yuan per km²", "亿元/平方公里")


@pytest.mark.parametrize(
    ("value", "low", "english", "chinese"),
    [
        (5.06e9, 5.05e9, "5.060 billion yuan", "50.60亿元"),
        (None, 5.05e9, "no single value, a range only", "无单一数值，仅有区间"),
        (None, None, "not computed", "不予计算"),
    ],
)
def test_a_row_without_a_value_says_why(value: float | None, low: float | None, english: str, chinese: str) -> None:
    row = {"value": value, "low": low, "high": 5.07e9, "unit": "CNY"}
    assert (EN.value(row), ZH.value(row)) == (english, chinese)


def test_a_grade_and_an_aside_are_said_with_the_marks_of_the_language() -> None:
    assert EN.grade("C") == "C: re-posted, anonymised or cut off"
    assert ZH.grade("C") == "C级：转载、匿名或截断"
    assert (EN.bracketed("a", "b"), ZH.bracketed("甲", "乙")) == ("a (b)", "甲（乙）")


def test_a_printed_figure_keeps_its_digits_on_every_scale_and_what_is_computed_has_those_of_its_interval() -> None:
    level, ratio, real = (
        STUDY.measures.filter(park_id=park, measure=measure, basis="reported", value_type="outturn").row(place, named=True)
        for park, measure, place in (
            ("hengnan", "tax_revenue_level", 0), ("hengnan", "tax_per_output", 0), ("shuangpai", "gross_industrial_output_growth", 1),
        )
    )  # fmt: skip
    said = [[view.amount(row), view.span(row)] for row in (level, ratio, real) for view in (EN, ZH)]
    assert said == [
        ["120 million yuan", "115–125 million yuan"], ["1.2亿元", "1.15亿～1.25亿元"],
        ["2.18 yuan per 100 yuan of output", "2.07–2.29 yuan per 100 yuan of output"], ["2.18元", "2.07～2.29元"],
        ["36.2–36.7 %", "36.2–36.7 %"], ["36.2%～36.7%", "36.2%～36.7%"],
    ]  # fmt: skip


@every(
    ("figure", "unit", "low", "high", "value", "said"),
    [
        ("1.20亿元", "CNY", 1.195e8, 1.205e8, 1.2e8, ["120 million yuan", "1.20亿元"]),
        ("3000余万元", "CNY", 3e7, 4e7, 3e7, ["30 million yuan", "3,000万元"]),
        ("400-500亩", "mu", 400.0, 500.0, None, ["400–500 mu", "400～500亩"]),
        ("下降2.30%", "percent", -2.305, -2.295, -2.3, ["−2.30 %", "−2.30%"]),
        ("34家", "count", 34.0, 34.0, 34.0, ["34", "34"]),
    ],
)
def test_the_digits_of_a_figure_are_read_from_what_is_printed(
    figure: str, unit: str, low: float, high: float, value: float | None, said: list[str]
) -> None:
    row = {"reported_figure": figure, "transformation": "level", "unit": unit, "low": low, "high": high, "value": value}
    assert [view.amount({**row, "indicator": "none"}) for view in (EN, ZH)] == said


@pytest.mark.parametrize("view", [EN, ZH], ids=["en", "zh"])
def test_no_interval_of_the_study_looks_like_a_point_or_has_digits_that_floats_added(view: View) -> None:
    for row in STUDY.measures.filter(pl.col("low").is_not_null()).iter_rows(named=True):
        said = view.on_axis(row)
        ends = re.split("–| to |～", said)
        assert len(ends) == (1 if row["low"] == row["high"] or inf in (row["high"], -row["low"]) else 2), said
        assert len(set(ends)) == len(ends), said
        assert not re.search(r"0000\d|9999|\d\.\d{7}", said), said


def test_a_published_figure_keeps_its_digits() -> None:
    rows = STUDY.reference.filter(pl.col("printed").is_in(["3.0", "280600", "15.30"])).sort("value")
    assert [EN.published(row) for row in rows.iter_rows(named=True)] == ["3.0 %", "15.30 万亿元", "280,600 亿元"]


def test_a_note_has_a_chinese_twin_or_is_named_as_english() -> None:
    row = {"note": "first phase", "note_zh": "一期"}
    assert (EN.note(row), ZH.note(row)) == ("first phase", "一期")
    assert ZH.note({**row, "note_zh": None}) == "（英文）first phase"
    assert [view.note({"note": None, "note_zh": None}) for view in (EN, ZH)] == ["", ""]


@pytest.mark.parametrize(("table", "names"), [("observations", ["note"]), ("reference", ["note", "inferred"])])
def test_every_shipped_note_has_its_twin(table: str, names: list[str]) -> None:
    rows = getattr(STUDY, table)
    for name in names:
        assert rows.filter(pl.col(name).is_null() != pl.col(f"{name}_zh").is_null()).height == 0


def test_a_part_that_no_text_names_is_in_words(study: Study) -> None:
    said = {
        "firm:1": ("firm 1", "企业1"),
        "project:1+2": ("project 1 and 2", "项目1和2"),
        "firm:hua-xin+ding-li": ("hua xin and ding li (firm)", "hua xin和ding li（企业）"),
        "zone:old-town": ("old town (zone)", "old town（片区）"),
        "park": ("", ""),
    }
    for subject, words in said.items():
        row = {"source_id": "hengnan-2019", "subject": subject}
        assert tuple(View(study, lang).part(row) for lang in ("en", "zh")) == words


@every(
    ("names", "said"),
    [
        (("group 2", "亿元以上项目"), "group 2 (亿元以上项目)"), (("group 2", "项目2"), "group 2"), (("group 2", ""), "group 2"),
        (("large projects", "亿元以上项目"), "large projects"),
    ],
)  # fmt: skip
def test_a_part_that_is_a_number_has_its_chinese_name_behind_it(names: tuple[str, str], said: str) -> None:
    assert EN.named_part("group:2", *names) == said


def test_a_chinese_name_that_ends_in_a_digit_is_parted_from_a_number(copy_of_data: Any) -> None:
    copy_of_data.edit("parks", "hengnan", county_zh="", name_zh="衡南产业园2")
    study = parkstudy.load(copy_of_data.folder).only("")
    assert sentences(viewer(study, "zh")("growth-answer"))[0].startswith("衡南产业园2（2019年）公布产值增长10.2%")
    assert said(study, "growth", "claim", "zh", price="nominal").startswith("公布的产值增速：衡南产业园2 10.2%")
