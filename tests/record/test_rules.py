"""Rules over several cells and tables: each raised by a case with its whole text, and not raised by its neighbour."""

from __future__ import annotations

import pytest
from cases import layers

from parkstudy.record.tables import Tables, load

FIRST = "hengnan-2019-001"  # line 2: fixed_asset_investment, 47.6亿, exact, outturn, A, 2019
PLAN = "hengnan-2019-009"  # line 10: concept_plan_area, 38 km², a plan without dates
SHARE = "hengnan-2019-023"  # line 24: project_investment, a share of the plan
PART = "hengnan-2019-034"  # line 35: a complete part of hengnan-2019-033
TRADITIONAL = "anon-2020-2020-006"  # line 166: infrastructure_investment, 500萬元, of an anonymised park
PAGE = "xintian-2018-001"  # line 183: gross_industrial_output of a page, without a place
HIDDEN = "the text hides its county, and it stays hidden"


def place(key: str, column: str) -> str:
    lines = {FIRST: 2, PLAN: 10, SHARE: 24, PART: 35, TRADITIONAL: 166}
    return f"observations.csv:{lines[key]}:{column}"


FAULTY = {
    "an unknown source": (
        FIRST,
        {"source_id": "hengnan-2091", "reported_figure": "47.7亿"},
        "source_id: unknown source_id 'hengnan-2091'; did you mean 'hengnan-2019'? add it to sources.csv or correct it",
    ),
    "an unknown indicator": (
        FIRST,
        {"indicator": "tax"},
        "indicator: unknown indicator 'tax'; add it to indicators.csv or correct it",
    ),
    "an identifier of another source": (
        FIRST,
        {"source_id": "hengshan-2022"},
        "observation_id: 'hengnan-2019-001' does not begin with its source_id 'hengshan-2022'; "
        "expected hengshan-2022- and three digits",
    ),
    "an unreadable figure": (
        FIRST,
        {"reported_figure": "若干"},
        "reported_figure: '若干' is not a figure; expected digits with a magnitude, a unit and bound words, "
        "such as 2亿余元 or 12.5%; copy the figure as it is printed, and nothing else",
    ),
    "an unknown unit": (
        FIRST,
        {"reported_figure": "12吨"},
        "reported_figure: unknown unit '吨' in '12吨'; known units: % ha km2 m2 个 亩 人 人民币 件 元 元/亩 元人民币 "
        "元每亩 公顷 只 台 名 处 套 宗 家 平方公里 平方千米 平方米 平米 座 户 批 条 栋 种 美元 辆 间 项; "
        "copy the figure as it is printed, and nothing else",
    ),
    "a bound that the figure does not have": (
        FIRST,
        {"bound": "about"},
        "bound: 'about', but the figure '47.6亿' reads as 'exact'; "
        "make the two agree: bound words belong into the figure",
    ),
    "a sum of money without a unit": (
        FIRST,
        {"reported_figure": "47.6", "caveats": ""},
        "caveats: '47.6' prints no unit, and no caveat says that CNY is assumed; "
        "add unit_assumed, or copy the unit that is printed",
    ),
    "a percentage without its sign": (
        SHARE,
        {"reported_figure": "62.1"},
        "caveats: '62.1' prints no unit, and no caveat says that percent is assumed; "
        "add unit_assumed, or copy the unit that is printed",
    ),
    "a percentage as a spreadsheet keeps it": (
        SHARE,
        {"reported_figure": "0.621"},
        "caveats: '0.621' prints no unit, and no caveat says that percent is assumed; "
        "copy the figure as it is printed, such as 26.4% (a spreadsheet may have made 0.264 of it)",
    ),
    "a figure in the unit of something else": (
        FIRST,
        {"reported_figure": "47亩"},
        "reported_figure: '47亩' is in mu, but a level of fixed_asset_investment is in CNY; "
        "choose another indicator or transformation, or correct the figure",
    ),
    "a growth rate in yuan": (
        FIRST,
        {"transformation": "yoy", "reported_figure": "47.6亿元"},
        "reported_figure: '47.6亿元' is in CNY, but a yoy of fixed_asset_investment is in percent; "
        "choose another indicator or transformation, or correct the figure",
    ),
    "a start without an end": (
        FIRST,
        {"period_end": ""},
        "period_end: a start without an end; give the last day, or leave both empty for an undated figure",
    ),
    "a period that ends before it starts": (
        FIRST,
        {"period_end": "2018-12-31"},
        "period_end: the period ends on 2018-12-31, before it starts on 2019-01-01; correct one of the two dates",
    ),
    "an outturn without a status": (
        FIRST,
        {"obs_status": ""},
        "obs_status: empty for a figure of type outturn; expected A, P, F, U or another SDMX code",
    ),
    "a forecast without a status": (
        FIRST,
        {"obs_status": "", "value_type": "forecast"},
        "obs_status: empty for a figure of type forecast; expected A, P, F, U or another SDMX code",
    ),
    "a plan with a status": (
        PLAN,
        {"obs_status": "A"},
        "obs_status: 'A' on a plan; leave it empty: a target or plan has no status",
    ),
    "a target with a status": (
        FIRST,
        {"value_type": "target"},
        "obs_status: 'A' on a target; leave it empty: a target or plan has no status",
    ),
    "a share of nothing": (
        SHARE,
        {"share_of": ""},
        "share_of: empty for a share; name the indicator it is a share of, plan, or unstated",
    ),
    "a level of something": (
        FIRST,
        {"share_of": "plan"},
        "share_of: 'plan' on a level; leave it empty, or make the row a share",
    ),
    "a share of an unknown indicator": (
        SHARE,
        {"share_of": "turnover"},
        "share_of: unknown indicator 'turnover'; expected an indicator, plan or unstated",
    ),
    "a part without a split": (
        PART,
        {"split": ""},
        "split: part_of and split go together; give both: complete or some beside the printed whole",
    ),
    "a split without a whole": (
        PART,
        {"part_of": ""},
        "split: part_of and split go together; give both: complete or some beside the printed whole",
    ),
    "a part of an unknown observation": (
        PART,
        {"part_of": "hengnan-2019-999"},
        "part_of: 'hengnan-2019-999' is no other observation of hengnan-2019; "
        "name the observation_id of the printed whole",
    ),
    "a part of another text's observation": (
        PART,
        {"part_of": "hengshan-2022-017"},
        "part_of: 'hengshan-2022-017' is no other observation of hengnan-2019; "
        "name the observation_id of the printed whole",
    ),
    "a figure of a work summary without its place": (
        FIRST,
        {"locator": ""},
        "locator: the cell is empty; expected a place such as 一/(二)/1/p1",
    ),
    "a part of itself": (
        PART,
        {"part_of": PART},
        f"part_of: '{PART}' is no other observation of hengnan-2019; name the observation_id of the printed whole",
    ),
    "a subject with a name in an anonymised text": (
        TRADITIONAL,
        {"subject": "project:riverside"},
        f"subject: 'project:riverside' in an anonymised text; use park, sector:<name> or a number; {HIDDEN}",
    ),
    "the county in an anonymised text": (
        TRADITIONAL,
        {"subject": "county"},
        f"subject: 'county' in an anonymised text; use park, sector:<name> or a number; {HIDDEN}",
    ),
    "a term of its own in an anonymised text": (
        TRADITIONAL,
        {"reported_term": "某某大道投資"},
        f"reported_term: '某某大道投資' is no accepted term of infrastructure_investment; {HIDDEN}; add it to terms_zh",
    ),
    "Chinese in a note on an anonymised text": (
        TRADITIONAL,
        {"note": "see 某某县"},
        f"note: Chinese text in the note of an anonymised text; write it in English, without names; {HIDDEN}",
    ),
}

FINE = {
    "another number of the same source": (FIRST, {"observation_id": "hengnan-2019-999"}),
    "another indicator in yuan": (FIRST, {"indicator": "tax_revenue"}),
    "a figure in dollars": (FIRST, {"reported_figure": "4.5亿美元"}),
    "a bound word in the figure and its code": (FIRST, {"bound": "about", "reported_figure": "约47.6亿"}),
    "a percent on the year before": (FIRST, {"transformation": "yoy", "reported_figure": "-47.6%"}),
    "another unit of area": (PLAN, {"reported_figure": "57000亩"}),
    "a price per mu printed without its mu": ("hengnan-2019-039", {"reported_figure": "27万元左右"}),
    "a price per mu printed with it": ("hengnan-2019-039", {"reported_figure": "27万元/亩左右"}),
    "a figure of a page with a place": (PAGE, {"locator": "一/p1"}),
    "a figure of the news with a place": ("hengnan-2019b-001", {"locator": "p1"}),
    "one day": (FIRST, {"period_end": "2019-01-01"}),
    "a point in time": (FIRST, {"period_start": ""}),
    "an undated figure": (FIRST, {"period_start": "", "period_end": ""}),
    "a provisional forecast": (FIRST, {"value_type": "forecast", "obs_status": "P"}),
    "a target without a status": (FIRST, {"value_type": "target", "obs_status": ""}),
    "a share of an indicator": (SHARE, {"share_of": "tax_revenue"}),
    "a share of something unstated": (SHARE, {"share_of": "unstated"}),
    "a part of two wholes": (PART, {"part_of": "hengnan-2019-033;hengnan-2019-026", "split": "some"}),
    "the same figure for another subject": ("hengnan-2019-030", {"subject": "zone:old"}),
    "a sector in an anonymised text": (TRADITIONAL, {"subject": "sector:food"}),
    "a number in an anonymised text": (TRADITIONAL, {"subject": "firm:1+2"}),
    "a sector by its number in an anonymised text": (TRADITIONAL, {"subject": "sector:1"}),
    "another accepted term in an anonymised text": (TRADITIONAL, {"reported_term": "基础设施投资"}),
    "an English note on an anonymised text": (TRADITIONAL, {"note": "half of the year"}),
    "full-width digits in an anonymised text": (TRADITIONAL, {"reported_figure": "５００萬元"}),
    "a bound in an anonymised text": (TRADITIONAL, {"reported_figure": "不足500萬人民幣", "bound": "at_most"}),
}


@pytest.mark.parametrize(("key", "cells", "message"), FAULTY.values(), ids=FAULTY)
def test_a_faulty_row_is_told_why(copy_of_data, key, cells, message):
    copy_of_data.edit("observations", key, **cells)
    assert copy_of_data.faults() == [place(key, message)]


@pytest.mark.parametrize("rows", layers(FINE.values(), lambda case: case[0]))
def test_its_sound_neighbour_is_no_fault(copy_of_data, rows):
    for key, cells in rows:
        copy_of_data.edit("observations", key, **cells)
    assert copy_of_data.faults() == []


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (
            {"value_type": "outurn"},
            "value_type: 'outurn' is not allowed; expected one of outturn, forecast, target, plan",
        ),
        ({"transformation": "growth"}, "transformation: 'growth' is not allowed; expected one of level, yoy, share"),
        (
            {"transformation": "growth", "reported_figure": "47.6%"},
            "transformation: 'growth' is not allowed; expected one of level, yoy, share",
        ),
        ({"transformation": ""}, "transformation: the cell is empty; expected one of level, yoy, share"),
        (
            {"bound": "exactly"},
            "bound: 'exactly' is not allowed; expected one of exact, about, at_least, at_most, range",
        ),
        (
            {"period_end": "2019-13-01"},
            "period_end: '2019-13-01' is not allowed; expected a date such as 2019-12-31, of a year from 1900 to 2100",
        ),
    ],
)
def test_a_wrong_code_or_date_is_one_fault_and_no_rule_guesses_on(copy_of_data, cells, message):
    copy_of_data.edit("observations", FIRST, **cells)
    assert copy_of_data.faults() == [place(FIRST, message)]


MANY = {  # an observation of the first text, what is written into it, and its fault, if that is one
    1: (
        {"obs_status": "O"},
        "obs_status: 'O', a missing value, on a row with a figure; give the status that the figure has",
    ),
    2: (
        {"obs_status": "L"},
        "obs_status: 'L', a missing value, on a row with a figure; give the status that the figure has",
    ),
    3: (
        {"obs_status": "Q"},
        "obs_status: 'Q', a missing value, on a row with a figure; give the status that the figure has",
    ),
    4: ({"obs_status": "F"}, "obs_status: 'F', a forecast, on an outturn; make the two agree"),
    5: ({"share_of": "plan"}, "share_of: 'plan' on a yoy; leave it empty, or make the row a share"),
    7: ({"obs_status": "F"}, ""),
    9: (
        {"reported_figure": "-38 km²"},
        "reported_figure: '-38 km²' is below zero, as a level of concept_plan_area; correct the figure or the transformation",
    ),
    10: ({"reported_figure": "-0 km²"}, ""),
    12: ({"reported_figure": "0 km²"}, ""),
    19: (
        {"reported_figure": "-8个"},
        "reported_figure: '-8个' is below zero, as a level of projects_started; correct the figure or the transformation",
    ),
    20: ({"reported_figure": "0个"}, ""),
    24: (
        {"transformation": "share", "share_of": "plan", "reported_figure": "-0.5"},
        "caveats: '-0.5' prints no unit, and no caveat says that percent is assumed; "
        "copy the figure as it is printed, such as 26.4% (a spreadsheet may have made 0.264 of it)",
    ),
    25: (
        {"transformation": "share", "share_of": "plan", "reported_figure": "-1.5"},
        "caveats: '-1.5' prints no unit, and no caveat says that percent is assumed; "
        "add unit_assumed, or copy the unit that is printed",
    ),
    27: (
        {"transformation": "share", "share_of": "plan", "reported_figure": "1.5"},
        "caveats: '1.5' prints no unit, and no caveat says that percent is assumed; "
        "add unit_assumed, or copy the unit that is printed",
    ),
    31: (
        {"reported_figure": "-800人", "bound": "exact"},
        "reported_figure: '-800人' is below zero, as a level of recruits; correct the figure or the transformation",
    ),
    38: ({"reported_figure": "-3.2亿元"}, ""),  # money may be a loss
}


def test_many_rows_have_each_the_fault_of_their_own(copy_of_data):
    for number, (cells, _) in MANY.items():
        copy_of_data.edit("observations", f"hengnan-2019-{number:03}", **cells)
    found = [f"observations.csv:{number + 1}:{message}" for number, (_, message) in MANY.items() if message]
    assert copy_of_data.faults() == found


def test_one_value_of_a_benchmark_is_no_range(copy_of_data):
    copy_of_data.edit("reference", "above_scale_tax", bound="range")
    assert copy_of_data.faults() == [
        "reference.csv:3:bound: 'range', and '1634.36' is one value; give the bound that the value has"
    ]


def test_a_table_without_a_row_is_one_fault_and_what_hangs_on_it_none(copy_of_data):
    for table in ("parks", "sources", "observations"):
        path = copy_of_data.path(table)
        path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    assert copy_of_data.faults() == [
        "observations.csv: the table has no row; add a row for each printed figure",
        "parks.csv: the table has no row; add a row for each park",
        "sources.csv: the table has no row; add a row for each text",
    ]


def test_the_same_figure_of_the_same_thing_twice_is_a_fault_of_both_rows(copy_of_data):
    copy_of_data.edit("observations", "anon-2020-2020-018", subject="project:5")
    message = "the same figure of the same thing is recorded twice; keep one row: a repetition adds none"
    assert copy_of_data.faults() == [
        f"observations.csv:177:reported_figure: {message}",
        f"observations.csv:178:reported_figure: {message}",
    ]


def test_every_figure_of_a_page_that_becomes_a_work_summary_needs_its_place(copy_of_data):
    copy_of_data.edit("sources", "xintian-2018", kind="work_summary")
    message = "locator: the cell is empty; expected a place such as 一/(二)/1/p1"
    assert copy_of_data.faults() == [f"observations.csv:{line}:{message}" for line in range(183, 193)]


def test_a_place_that_is_no_place_is_a_fault_on_a_page_too(copy_of_data):
    copy_of_data.edit("observations", PAGE, locator="page 3")
    assert copy_of_data.faults() == [
        "observations.csv:183:locator: 'page 3' is not allowed; expected a place such as 一/(二)/1/p1"
    ]


def test_a_figure_with_a_name_in_it_is_unreadable_and_more_than_a_figure(copy_of_data):
    copy_of_data.edit("observations", TRADITIONAL, reported_figure="某鎮500萬元")
    assert copy_of_data.faults() == [
        f"{place(TRADITIONAL, 'reported_figure')}: '某鎮500萬元' holds more than a figure; {HIDDEN}",
        f"{place(TRADITIONAL, 'reported_figure')}: '某鎮500萬元' is not a figure; expected digits with a magnitude, "
        "a unit and bound words, such as 2亿余元 or 12.5%; copy the figure as it is printed, and nothing else",
    ]


def test_the_places_of_an_anonymised_park_stay_empty(copy_of_data):
    advice = "filled for an anonymised park; leave it empty: the text hides its county"
    copy_of_data.edit("parks", "anon-2020", county_zh="某县", county_en="X", province_zh="某省", province_en="Y")
    copy_of_data.edit("sources", "anon-2020-2020", title="T", publisher="P", url="https://example.org/a")
    header, *rows = copy_of_data.path("parks").read_text(encoding="utf-8").splitlines()
    rows = [row + (",某市,Z" if row.startswith("anon-2020,") else ",,") for row in rows]
    text = "\n".join([header + ",prefecture_zh,prefecture_en", *rows, ""])
    copy_of_data.path("parks").write_text(text, encoding="utf-8")
    places = ["county_en", "county_zh", "prefecture_en", "prefecture_zh", "province_en", "province_zh"]
    assert copy_of_data.faults() == [f"parks.csv:6:{place}: {advice}" for place in places] + [
        f"sources.csv:6:{place}: {advice}" for place in ["publisher", "title", "url"]
    ]


def test_a_place_nearer_than_the_nation_is_a_fault_of_an_anonymised_park(copy_of_data):
    copy_of_data.edit("places", "anon-2020", scope="Hunan")
    assert copy_of_data.faults() == [f"places.csv:12:scope: 'Hunan' for an anonymised park; use national; {HIDDEN}"]


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("project:1,项目1,", "project:1,某某电子项目1,", "name_zh"),
        (",project 1\n", ",Somewhere project 1\n", "name_en"),
        (",zone 1\n", ",river zone\n", "name_en"),
    ],
)
def test_a_numbered_part_of_an_anonymised_text_has_no_name(copy_of_data, old, new, column):
    path = copy_of_data.path("subjects")
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    (fault,) = copy_of_data.faults()
    assert fault.startswith("subjects.csv:")
    assert f":{column}: " in fault
    assert fault.endswith(f" in an anonymised text; use a number, such as firm 1; {HIDDEN}")


def test_several_numbered_firms_may_share_a_name(copy_of_data):
    with copy_of_data.path("subjects").open("a", encoding="utf-8") as file:
        file.write("anon-2020-2020,firm:1+2,企业1、企业2,firms 1 and 2\n")
        file.write("anon-2020-2020,sector:machinery,机械,machinery\n")
        for number, word in enumerate(
            ("zones", "sector", "sectors", "group", "project groups", "projects", "firm"), 10
        ):
            file.write(f"anon-2020-2020,group:{number},片区、行业、项目、组{number}和企业{number},{word} {number}\n")
    assert copy_of_data.faults() == []


def test_a_named_park_may_have_names_everywhere(copy_of_data):
    copy_of_data.edit("parks", "anon-2020", anonymised="false", county_zh="某县", province_en="Y")
    copy_of_data.edit("sources", "anon-2020-2020", title="T", url="https://example.org/a")
    copy_of_data.edit("observations", TRADITIONAL, subject="zone:river", reported_term="修路", note="某县")
    assert copy_of_data.faults() == []


def test_an_unknown_park_is_a_fault_of_the_source(copy_of_data):
    copy_of_data.edit("sources", "hengnan-2019", park_id="hengnam")
    assert copy_of_data.faults() == [
        "sources.csv:2:park_id: unknown park_id 'hengnam'; did you mean 'hengnan'? add it to parks.csv or correct it"
    ]


def test_a_span_of_a_source_or_a_benchmark_may_not_end_before_it_starts(copy_of_data):
    copy_of_data.edit("sources", "hengnan-2019", period_end="2018-12-31")
    copy_of_data.edit("reference", "above_scale_tax", period_end="2019-01-01")
    assert copy_of_data.faults() == [
        "reference.csv:3:period_end: the period ends on 2019-01-01, before it starts on 2020-01-01; "
        "correct one of the two dates",
        "sources.csv:2:period_end: the period ends on 2018-12-31, before it starts on 2019-01-01; "
        "correct one of the two dates",
    ]


@pytest.mark.parametrize("table", ["parks", "sources", "indicators"])
def test_a_table_that_cannot_be_read_is_one_fault_not_one_for_each_row_that_hangs_on_it(copy_of_data, table):
    text = copy_of_data.path(table).read_text(encoding="utf-8")
    copy_of_data.path(table).write_bytes(text.encode("gb18030"))
    (fault,) = load(copy_of_data.folder, Tables).faults
    assert (fault.file, fault.advice) == (
        f"{table}.csv",
        "save it as CSV UTF-8 with commas, then hold its figures against their texts (parkstudy verify); none of its rows was read",
    )


def test_a_row_that_could_not_be_read_makes_no_fault_of_the_parts_that_name_it(copy_of_data):
    text = copy_of_data.path("observations").read_text(encoding="utf-8")
    rows = [line + ",,x" if line.startswith("hengnan-2019-033") else line for line in text.splitlines()]
    copy_of_data.path("observations").write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert copy_of_data.faults() == [
        "observations.csv:34: 22 cells where the header has 20; "
        "put text that holds a comma in double quotes, and give every column a cell"
    ]
