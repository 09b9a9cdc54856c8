"""Warnings of rows and of tables: each raised by one slip in the shipped data with its whole text, and not by an honest row."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import foreign_parks
import polars as pl
import pytest
from cases import layers

from parkstudy.record import unusual_figures, unusual_names, unusual_tables
from parkstudy.record.tables import Tables, load

FIRST, GROWTH, PAGE, SINGLE = "hengnan-2019-001", "hengnan-2019-005", "xintian-2018", "tax_revenue_sat"
CASES: dict[str, tuple[str, str, dict[str, str], str]] = {
    "unverified": (
        "observations", "hengnan-2019-001", {"note": "as printed"},
        "observations.csv:2:observation_id: warning: 'hengnan-2019-001' was proven in its text, and its row has been "
        "changed since; expected the row as it was proven; hold it against its text again (parkstudy verify --keep)",
    ),
    "script": (
        "parks", "hengnan", {"name_zh": "Hengnan"},
        "parks.csv:2:name_zh: warning: 'Hengnan' has no Chinese character; expected it in Chinese; write it in Chinese",
    ),
    "one_language": (
        "parks", "hengnan", {"county_en": ""},
        "parks.csv:2:county_en: warning: county_zh is '衡南县' and county_en is empty; expected both or neither; fill it "
        "in",
    ),
    "same_name": (
        "parks", "hengdong", {"name_en": "Jianghua High-tech Zone"},
        "parks.csv:21:name_en: warning: 'jianghua' has the name_en of 'hengdong', 'Jianghua High-tech Zone'; expected a "
        "name of its own; correct one of the two",
    ),
    "two_names": (
        "parks", "jianghua", {"province_en": "Hubei"},
        "parks.csv:21:province_en: warning: '湖南' is called 'Hubei', and elsewhere 'Hunan'; expected one name; correct "
        "one of the two",
    ),
    "place_level": (
        "parks", "zengdu", {"county_zh": "湖北"},
        "parks.csv:15:county_zh: warning: '湖北'; expected a county, which ends in 县, 市, 区 or 旗; correct the place",
    ),
    "part_names": (
        "observations", "hengnan-2019-041", {"subject": "project:yundaa"},
        "subjects.csv:9:subject: warning: 'project:yunda' of 'hengnan-2019' is named and has no figure; expected a "
        "subject of observations.csv; correct the subject in one of the two tables, or take the row out",
    ),
    "long_cell": (
        "sources", "longling-2021", {"note": "x" * 2001, "note_zh": "长"},
        "sources.csv:14:note: warning: note has 2,001 characters; expected 2,000 at most; shorten it",
    ),
    "other_id": (
        "sources", "xintian-2018", {"park_id": "longling"},
        "sources.csv:7:source_id: warning: 'xintian-2018' is a text of 'longling'; expected an id that begins with "
        "longling-; correct the id, in every table, or the park",
    ),
    "host": (
        "sources", "xintian-2018", {"official": "true"},
        "sources.csv:7:official: warning: official is true, and 'https://hn.rednet.cn/c/2019/01/17/4812385.htm' is no "
        "host of a government; expected false; correct one of the two",
    ),
    "no_title": (
        "sources", "hengnan-2019", {"title": ""},
        "sources.csv:2:title: warning: the title of 'hengnan-2019' is not given; expected it as it is printed; fill it in",
    ),
    "no_trace": (
        "sources", "xintian-2018", {"url": ""},
        "sources.csv:7:sha256: warning: 'xintian-2018' has neither sha256 nor url, so that nobody can find its text "
        "again; expected one of them; fill one in (parkstudy init and draft write the sha256)",
    ),
    "odd_dates": (
        "sources", "xintian-2018", {"period_start": "2018-01-15"},
        "sources.csv:7:period_start: warning: a span that begins on 2018-01-15; expected the first day of a month; "
        "correct the date",
    ),
    "series": (
        "reference", "tax_revenue_sat", {"series": "tax_revenue_yoy"},
        "reference.csv:128:unit: warning: 'tax_revenue_yoy' has the unit '亿元', and 13 other rows the unit '%'; "
        "expected units that can be compared; correct one of the two",
    ),
    "unknown_unit": (
        "reference", "tax_revenue_sat", {"unit": "亿園"},
        "reference.csv:128:unit: warning: '亿園' is no known unit; expected one such as 亿元, %, 万元/亩 or ratio; "
        "correct the unit",
    ),
    "numbering": (
        "observations", "hengnan-2019-043", {"observation_id": "hengnan-2019-046"},
        "observations.csv:44:observation_id: warning: 'hengnan-2019-046' stands where 043 is expected, and 1 more such "
        "places: a row may be lost or out of place; put the rows in order, or number them anew",
    ),
    "negative": (
        "observations", "hengnan-2019-001", {"reported_figure": "-47.6亿"},
        "observations.csv:2:reported_figure: warning: '-47.6亿' is below zero, as a level of fixed_asset_investment; "
        "expected what there is of it; correct the figure or the transformation",
    ),
    "out_of_range": (
        "observations", "hengnan-2019-005", {"reported_figure": "1020%"},
        "observations.csv:6:reported_figure: warning: '1020%' as a yoy; expected -100 to 1,000 %; correct the figure or "
        "what it is a share of",
    ),
    "far_value": (
        "observations", "hengnan-2019-001", {"reported_figure": "4.76万"},
        "observations.csv:2:reported_figure: warning: '4.76万' is more than 1,000 times as small as every other "
        "fixed_asset_investment (the next is 2,064,000,000 CNY); correct its magnitude, unit or indicator",
    ),
    "other_term": (
        "observations", "hengnan-2019-001", {"reported_term": "工业税收"},
        "observations.csv:2:reported_term: warning: '工业税收' holds none of the accepted terms of "
        "fixed_asset_investment: 固定资产投资, 固定资产投资额; correct the term or the indicator; where both are right, add "
        "the term to terms_zh of indicators.csv (in a folder without that file: copy the shipped one into it first)",
    ),
    "mid_month": (
        "observations", "hengnan-2019-001", {"period_start": "2019-01-15"},
        "observations.csv:2:period_start: warning: a span that begins on 2019-01-15; expected the first day of a month; "
        "correct the date",
    ),
    "undated": (
        "observations", "hengnan-2019-001", {"period_start": ""},
        "observations.csv:2:period_start: warning: outturn of fixed_asset_investment without its first day, and without "
        "the caveat period_ambiguous; fill it in, or add the caveat",
    ),
    "far_ahead": (
        "observations", "hengnan-2019-043", {"period_end": "2060-12-31"},
        "observations.csv:44:period_end: warning: 2060-12-31 is more than thirty years after a text that reports to "
        "2019-12-31; correct the date",
    ),
    "contradiction": (
        "observations", "hengnan-2019-001", {"caveats": "not_final;unit_assumed"},
        "observations.csv:2:obs_status: warning: status A with the caveat not_final; expected P; make the two agree",
    ),
    "wording": (
        "observations", "hengnan-2019-003", {"population": "park"},
        "observations.csv:4:population: warning: 'park' beside the term '新增规上企业'; expected above_scale; correct "
        "one of them",
    ),
}  # fmt: skip


def said(study: Tables, code: str) -> list[str]:
    return [str(one).partition(", or add to")[0] for one in study.warnings if one.code == code]


def warned(copy: Any, code: str) -> list[str]:
    return said(load(copy.folder, Tables), code)


def replaced(copy: Any, table: str, old: str, new: str) -> None:
    text = copy.path(table).read_text(encoding="utf-8")
    assert old in text
    copy.path(table).write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("code", CASES)
def test_a_slip_is_a_warning_with_its_place_and_no_fault(copy_of_data: Any, code: str) -> None:
    table, key, cells, text = CASES[code]
    copy_of_data.edit(table, key, **cells)
    study = load(copy_of_data.folder, Tables)
    assert text in said(study, code)
    assert all(
        "unknown" in fault.message
        or "does not begin" in fault.message
        or "no other" in fault.message
        or "twice" in fault.message
        for fault in study.faults
    )


HONEST: list[tuple[str, str, str, dict[str, str]]] = [
    ("script", "sources", "hengnan-2019", {"note": "全文"}),  # a note may be in Chinese alone
    ("one_language", "parks", "hengnan", {"county_en": "", "county_zh": ""}),
    ("other_id", "sources", "hengnan-2019", {"published": "2020-03-02"}),
    ("host", "sources", PAGE, {"url": "http://www.xintian.gov.cn:8080/a", "official": "true"}),
    ("no_title", "sources", PAGE, {"title": ""}),  # no work summary
    ("no_trace", "sources", PAGE, {"url": "", "sha256": "0" * 64}),
    ("odd_dates", "sources", PAGE, {"published": "2021-05"}),
    ("odd_dates", "sources", PAGE, {"title": "2018年总结及2019年打算"}),
    ("series", "reference", SINGLE, {"value": "12.6", "unit": "万亿元"}),
    ("unknown_unit", "reference", SINGLE, {"unit": "美元/平方公里"}),
    ("unknown_unit", "reference", SINGLE, {"unit": "亿元", "name_en": "share capital of firms"}),
    ("negative", "observations", GROWTH, {"reported_figure": "-10.2%"}),
    ("out_of_range", "observations", GROWTH, {"reported_figure": "910%"}),
    ("out_of_range", "observations", "hengnan-2019-023", {"reported_figure": "162.1%"}),  # of a plan
    ("far_value", "observations", FIRST, {"reported_figure": "4.76亿"}),
    ("far_value", "observations", "hengnan-2019-002", {"reported_figure": "0个"}),  # a count may be zero
    ("other_term", "observations", FIRST, {"reported_term": "完成全社会固定资产投资额"}),
    ("other_term", "observations", "hengnan-2019-023", {"reported_term": "年度任务"}),  # of a plan
    ("other_term", "observations", "hengshan-2022-016", {"reported_term": "入园企业"}),  # a term of the draft
    ("mid_month", "observations", FIRST, {"period_start": "2019-11-11", "period_end": "2019-11-11"}),  # the day of an event
    ("undated", "observations", FIRST, {"period_start": "", "caveats": "period_ambiguous;unit_assumed"}),
    ("undated", "observations", "hengnan-2019-009", {"period_end": "2025-12-31"}),  # a plan
    ("far_ahead", "observations", "hengnan-2019-043", {"period_end": "2049-12-31"}),
    ("contradiction", "observations", FIRST, {"obs_status": "E"}),
    ("contradiction", "observations", FIRST, {"obs_status": "P"}),
    ("wording", "observations", "hengnan-2019-002", {"population": "registered"}),
]  # fmt: skip


@pytest.mark.parametrize("rows", layers(HONEST, lambda case: case[1:3]))
def test_an_honest_row_is_none(copy_of_data: Any, rows: list[tuple[str, str, str, dict[str, str]]]) -> None:
    for _, table, key, cells in rows:
        copy_of_data.edit(table, key, **cells)
    study = load(copy_of_data.folder, Tables)
    assert ([said(study, code) for code, *_ in rows], study.faults) == ([[]] * len(rows), ())


def test_a_level_of_zero_is_named_where_others_are_not(copy_of_data: Any) -> None:
    copy_of_data.edit("observations", "anon-2020-2020-014", reported_figure="0萬元")
    (said,) = warned(copy_of_data, "far_value")
    assert "'0萬元' is zero, where other levels of contracted_investment are not" in said


def test_a_level_a_hundred_times_smaller_than_another_of_its_text_and_period_is_named(copy_of_data: Any) -> None:
    copy_of_data.edit("observations", "guilin-gaotie-2018-003", reported_figure="0.88億元")
    (said,) = warned(copy_of_data, "far_value")
    assert (
        "'0.88億元' is less than 1/100 of another gross_industrial_output of its subject and period (9,800,000,000"
        in said
    )


def test_a_share_of_a_plan_with_the_term_of_another_indicator_is_named(copy_of_data: Any) -> None:
    copy_of_data.edit("observations", "hengnan-2019-023", reported_term="盘活闲置厂房")
    (said,) = warned(copy_of_data, "other_term")
    assert "'盘活闲置厂房' holds none of the accepted terms of project_investment" in said


def test_a_share_that_is_not_in_percent_is_named(copy_of_data: Any) -> None:
    replaced(copy_of_data, "reference", ",76.92,%,", ",76.92,元,")
    (said,) = warned(copy_of_data, "unknown_unit")
    assert "'已建成土地占可开发建设土地' in '元'; expected a rate in %" in said


def test_a_unit_that_is_printed_is_not_assumed(copy_of_data: Any) -> None:
    copy_of_data.edit("observations", "hengnan-2019-002", caveats="unit_assumed")
    assert warned(copy_of_data, "contradiction") == [
        "observations.csv:3:caveats: warning: unit_assumed on '13个', which prints its unit; expected it where none is printed; make the "
        "two agree"
    ]


def test_a_part_has_the_unit_of_its_whole(copy_of_data: Any) -> None:
    copy_of_data.edit("observations", "hengnan-2019-034", part_of="hengnan-2019-032")
    assert warned(copy_of_data, "contradiction") == [
        "observations.csv:35:part_of: warning: a part in mu of 'hengnan-2019-032', which is in count; expected one unit; correct the id of "
        "the whole, or the figure"
    ]


def test_the_term_of_a_page_is_unusual_only_where_it_is_one_of_another_indicator(copy_of_data: Any) -> None:
    copy_of_data.edit("observations", "hengdong-2022-006", reported_term="技工贸总收入")
    copy_of_data.edit("observations", "hengdong-2022-007", reported_term="较上年增长")
    assert [one.split(" holds ")[0] for one in warned(copy_of_data, "other_term")] == [
        "observations.csv:261:reported_term: warning: '技工贸总收入'"
    ]


def test_a_benchmark_below_zero_of_a_long_span_or_of_no_span_is_a_warning(copy_of_data: Any) -> None:
    copy_of_data.edit("reference", SINGLE, value="-126000", period_start="2007-01-01")
    copy_of_data.edit("reference", "all_industry_va_yoy", period_start="")
    assert {*warned(copy_of_data, "series"), *warned(copy_of_data, "odd_dates")} == {
        "reference.csv:128:value: warning: -126000 亿元 is below zero, as a value of tax_revenue_sat; expected what there is of it; "
        "correct the value",
        "reference.csv:20:period_start: warning: growth of 'all_industry_va_yoy' without its first day; expected the span that it is the "
        "growth of; fill it in",
        "reference.csv:128:period_start: warning: a span from 2007-01-01 to 2017-12-31; expected 6 years at most; correct the date",
    }


def test_a_brand_may_have_one_name_in_both_languages(copy_of_data: Any) -> None:
    replaced(copy_of_data, "subjects", "得意电子,Deyi Electronics", "TCL,TCL")
    assert warned(copy_of_data, "script") == []


def test_what_was_proven_and_is_gone_is_a_warning_of_its_text_and_so_is_another_text(copy_of_data: Any) -> None:
    lines = copy_of_data.path("observations").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("hengnan-2019-044")]
    copy_of_data.path("observations").write_text("".join(kept), encoding="utf-8")
    copy_of_data.edit("sources", "hengshan-2022", sha256="0" * 64)
    again = "hold it against its text again (parkstudy verify --keep)"
    assert warned(copy_of_data, "unverified") == [
        "sources.csv:2:source_id: warning: recorded no more, though proven in it: 'hengnan-2019-044'; expected what was proven; "
        + again,
        "sources.csv:3:sha256: warning: the figures of 'hengshan-2022' were proven in a text of another SHA-256; expected the one of that "
        "text; " + again,
    ]
    copy_of_data.path("verified").unlink()
    assert warned(copy_of_data, "unverified") == []


def test_a_core_park_without_the_nation_is_a_warning(copy_of_data: Any) -> None:
    replaced(copy_of_data, "places", "hengnan,national\n", "")
    assert warned(copy_of_data, "no_place") == [
        "parks.csv:2:park_id: warning: places.csv has no national for 'hengnan'; expected it, as for the others; add the row"
    ]
    copy_of_data.path("places").write_text("park_id,scope\nhengnan,Hunan\n", encoding="utf-8")
    assert warned(copy_of_data, "no_place") == []


def test_percentages_that_all_have_two_decimals_are_a_warning(copy_of_data: Any) -> None:
    text = copy_of_data.path("observations").read_text(encoding="utf-8")
    for digits, said in (("{:.2f}%", 1), ("{:.1f}%", 0)):
        changed = re.sub(r"(\d+(?:\.\d+)?)[%％]", lambda found, digits=digits: digits.format(float(found[1])), text)
        copy_of_data.path("observations").write_text(changed, encoding="utf-8")
        found = warned(copy_of_data, "spreadsheet")
        assert len(found) == said
        if said:
            assert found[0].endswith(
                ": warning: every percentage has two decimals, some of them a zero: a spreadsheet may have saved the table, and dates and "
                "percentages may have changed; hold the figures against their texts (parkstudy verify)"
            )


def test_a_fault_that_may_hide_a_row_keeps_gaps_and_names_from_being_looked_for(copy_of_data: Any) -> None:
    copy_of_data.edit("observations", FIRST, bound="exactly")
    copy_of_data.edit("observations", "hengnan-2019-041", subject="project:yundaa", observation_id="hengnan-2019-050")
    assert [one.code for one in load(copy_of_data.folder, Tables).warnings] == []


def test_each_code_has_a_case() -> None:
    rules = {*unusual_names.RULES, *unusual_tables.RULES, *unusual_figures.RULES, "unverified"}
    assert rules == {*CASES, "no_place", "spreadsheet", "far_period"}  # the last one stands in test_unusual.py


def test_foreign_parks_are_warned_of_what_they_lack_and_of_no_more(tmp_path: Path) -> None:
    study = foreign_parks.foreign(tmp_path, years=True)
    assert {one.code for one in study.warnings} == {"no_trace", "no_grade", "other_term"}
    assert {one.message.split(" ")[0] for one in study.warnings if one.code == "other_term"} == {"'规划面积'"}


FAULTS: list[tuple[str, str, dict[str, str], str]] = [
    (
        "reference", SINGLE, {"value": "126..5"},
        "reference.csv:128:value: '126..5' is not allowed; expected a number such as 12.5",
    ),
    (
        "observations", "hengnan-2019-002", {"reported_figure": "-13个"},
        "observations.csv:3:reported_figure: '-13个' is below zero, as a level of projects_started; correct the figure "
        "or the transformation",
    ),
    (
        "observations", "hengnan-2019-002", {"obs_status": "O"},
        "observations.csv:3:obs_status: 'O', a missing value, on a row with a figure; give the status that the figure has",
    ),
    (
        "observations", "hengnan-2019-002", {"obs_status": "F"},
        "observations.csv:3:obs_status: 'F', a forecast, on an outturn; make the two agree",
    ),
    (
        "reference", "tax_revenue_sat", {"bound": "range"},
        "reference.csv:128:bound: 'range', and '126000' is one value; give the bound that the value has",
    ),
    (
        "reference", "tax_revenue_sat", {"value": "１２６０００"},
        "reference.csv:128:value: '１２６０００' is not allowed; expected a number such as 12.5",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("table", "key", "cells", "text"), FAULTS)
def test_what_cannot_be_right_is_a_fault(
    copy_of_data: Any, table: str, key: str, cells: dict[str, str], text: str
) -> None:
    copy_of_data.edit(table, key, **cells)
    assert copy_of_data.faults() == [text]


def test_firms_of_one_figure_are_named_by_each() -> None:
    at = {"source_id": ["a", "a"], "subject": ["firm:1+2", "firm:3"]}
    named = {"source_id": ["a", "a", "a"], "subject": ["firm:1", "firm:2", "zone:1"]}
    frames = {"observations": pl.DataFrame(at), "subjects": pl.DataFrame(named)}
    assert [said for _, _, _, said, _ in unusual_names.part_names(frames)] == [
        "'zone:1' of 'a' is named and has no figure; expected a subject of observations.csv",
        "'firm:3' of 'a' has figures and no name; expected a row in subjects.csv",
    ]


def test_an_empty_key_beside_a_dangling_one_is_two_faults(copy_of_data: Any) -> None:
    copy_of_data.edit("parks", "xintian", park_id="")
    assert [one.split("; ")[0] for one in copy_of_data.faults()] == [
        "parks.csv:7:park_id: the cell is empty", "sources.csv:7:park_id: unknown park_id 'xintian'",
    ]  # fmt: skip
