"""Six parks that are none of the shipped ones: what a page of other parks must take, and must not say."""

from __future__ import annotations

import csv
from pathlib import Path

from parkstudy.method.study import Study, load

_PARKS = {  # park to its names, the months of its text, the grade of it
    "qingtan": ("青滩经济开发区", "Qingtan Economic Zone", "2021-01-01", "2021-12-31", "A"),
    "baishi": ("白石产业园", "Baishi Industrial Park", "2021-01-01", "2021-12-31", "B"),
    "luoxi": ("洛溪高新区", "Luoxi High-tech Zone", "2021-01-01", "2021-11-30", "A"),
    "dongping": ("东坪工业园", "Dongping Industrial Park", "2021-01-01", "2021-09-30", "C"),
    "heyuan": ("河源港区", "Heyuan Port Zone", "2021-01-01", "2021-12-31", ""),
    "nanshan": ("南山园区", "Nanshan Park", "2021-01-01", "2021-12-31", "A"),
}
_FIGURES = """
qingtan gross_industrial_output above_scale level outturn 规模以上工业总产值 95.13亿元
qingtan gross_industrial_output above_scale yoy outturn 规模以上工业总产值 12.4%
qingtan tax_revenue industry level outturn 工业税收 2.31亿元
qingtan perimeter_area park level outturn 规划面积 8.6平方公里
qingtan new_above_scale_enterprises above_scale level outturn 新增规上企业 5家
qingtan new_above_scale_enterprises above_scale share outturn 年度计划 100%
qingtan tax_revenue industry share outturn 年度任务 104.2%
qingtan projects_signed park level outturn 签约项目 21个
qingtan projects_signed park level target 签约项目 20个
baishi gross_industrial_output above_scale level outturn 规模以上工业总产值 95.2亿元
baishi gross_industrial_output above_scale yoy outturn 规模以上工业总产值 12.3%
baishi tax_revenue industry level outturn 工业税收 2.3亿元
baishi perimeter_area park level outturn 规划面积 8.61平方公里
baishi land_supplied park level outturn 供地 640亩
baishi land_supplied park share outturn 年度计划 80%
luoxi gross_industrial_output above_scale level outturn 规模以上工业总产值 61.7亿元
luoxi gross_industrial_output above_scale yoy outturn 规模以上工业总产值 9.8%
luoxi gross_industrial_output above_scale level target 规模以上工业总产值 70亿元
luoxi tax_revenue park level outturn 税收 1.9亿元
luoxi tax_revenue park yoy outturn 税收 7.1%
luoxi perimeter_area park level outturn 规划面积 5.2平方公里
luoxi fixed_asset_investment park yoy outturn 固定资产投资 15%
luoxi fixed_asset_investment park yoy target 固定资产投资 14%
luoxi employees park level outturn 从业人员 1.2万人
luoxi employees park share outturn 招工计划 96%
dongping gross_industrial_output park level outturn 工业总产值 30亿元
dongping gross_industrial_output park yoy outturn 工业总产值 21%
dongping tax_revenue park level outturn 税收 0.8亿元
dongping perimeter_area park level outturn 规划面积 4平方公里
heyuan gross_industrial_output park yoy outturn 工业总产值 6.5%
heyuan operating_revenue park level outturn 营业收入 44亿元
nanshan industrial_value_added above_scale yoy outturn 规上工业增加值 8.1%
nanshan tax_revenue park level outturn 税收 1.1亿元
nanshan control_plan_area park level plan 控规面积 9平方公里
"""
_EARLIER = {  # texts of the years before, to park, months and grade: a gap (2020 of qingtan), eleven months, full years
    "qingtan-2018": ("qingtan", "2018-01-01", "2018-12-31", "A"),
    "qingtan-2019": ("qingtan", "2019-01-01", "2019-12-31", "A"),
    "baishi-2020": ("baishi", "2020-01-01", "2020-12-31", "B"),
    "luoxi-2020": ("luoxi", "2020-01-01", "2020-11-30", "A"),
}
_EARLIER_FIGURES = """
qingtan-2018 gross_industrial_output above_scale level outturn 规模以上工业总产值 70.12亿元
qingtan-2018 gross_industrial_output above_scale level next 规模以上工业总产值 80亿元
qingtan-2018 gross_industrial_output above_scale yoy next 规模以上工业总产值 14%
qingtan-2018 tax_revenue industry level outturn 工业税收 1.62亿元
qingtan-2019 gross_industrial_output above_scale level outturn 规模以上工业总产值 78.4亿元
qingtan-2019 gross_industrial_output above_scale yoy outturn 规模以上工业总产值 11.8%
qingtan-2019 tax_revenue industry level outturn 工业税收 1.9亿元
qingtan-2019 tax_revenue industry yoy outturn 工业税收 9%
baishi-2020 gross_industrial_output above_scale level outturn 规模以上工业总产值 91.4亿元
baishi-2020 gross_industrial_output above_scale yoy outturn 规模以上工业总产值 8.7%
baishi-2020 gross_industrial_output above_scale level next 规模以上工业总产值 100亿元
baishi-2020 tax_revenue industry level outturn 工业税收 2.1亿元
luoxi-2020 gross_industrial_output above_scale level outturn 规模以上工业总产值 56.2亿元
luoxi-2020 gross_industrial_output above_scale level forecast 规模以上工业总产值 62亿元
luoxi-2020 tax_revenue park level outturn 税收 1.8亿元
"""
COLUMNS = (
    "observation_id,source_id,indicator,subject,population,transformation,value_type,period_start,period_end,reported_term,"
    "reported_figure,bound,obs_status,part_of,split,share_of,caveats,locator,note"
)


def foreign(folder: Path, *, years: bool = False) -> Study:
    """The study of the six parks, its tables written into `folder`; with `years` three of them have texts of years before."""
    write(folder, years=years)
    return load(folder).require_faultless()


def write(folder: Path, *, years: bool = False) -> None:
    """The tables of the six parks."""
    names = "park_id,name_zh,name_en,county_zh,county_en,province_zh,province_en,anonymised,role,note"
    parks = [[park, zh, en, "", "", "江西", "Jiangxi", "false", "core", ""] for park, (zh, en, *_) in _PARKS.items()]
    table(folder / "parks.csv", names, parks)
    texts = {f"{park}-2021": (park, *dated) for park, (_, _, *dated) in _PARKS.items()} | (_EARLIER if years else {})
    sources = [
        [
            text,
            park,
            "work_summary",
            f"{_PARKS[park][0]}{end[:4]}年工作总结",
            "",
            "",
            "",
            "true",
            start,
            end,
            "",
            grade,
            "",
        ]
        for text, (park, start, end, grade) in texts.items()
    ]
    table(
        folder / "sources.csv",
        "source_id,park_id,kind,title,publisher,published,url,official,period_start,period_end,sha256,grade,note",
        sources,
    )
    rows, counts = [], dict.fromkeys(texts, 0)
    for line in (_FIGURES + _EARLIER_FIGURES * years).split("\n"):
        if not line:
            continue
        text, indicator, population, form, kind, term, figure = line.split(" ")
        text = text if text in _EARLIER else f"{text}-2021"
        counts[text] += 1
        rows.append(
            [
                f"{text}-{counts[text]:03}",
                text,
                indicator,
                "park",
                population,
                form,
                "target" if kind == "next" else kind,
                *_dates(kind, *texts[text][1:3]),
                term,
                figure,
                "exact",
                {"target": "", "plan": "", "next": "", "forecast": "F"}.get(kind, "A"),
                "",
                "",
                "plan" if form == "share" else "",
                "",
                "p1",
                "",
            ]
        )
    table(folder / "observations.csv", COLUMNS, rows)


def _dates(kind: str, start: str, end: str) -> tuple[str, str]:
    """The period of a figure: of its text, its year for a target or forecast, the next one for `next`, none for a plan."""
    if kind == "plan":
        return "", ""
    year = int(start[:4]) + (kind == "next")
    return (start, end) if kind == "outturn" else (f"{year}-01-01", f"{year}-12-31")


def table(path: Path, header: str, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header.split(","), *rows])
