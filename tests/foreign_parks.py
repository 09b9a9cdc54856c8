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
_COLUMNS = (
    "observation_id,source_id,indicator,subject,population,transformation,value_type,period_start,period_end,reported_term,"
    "reported_figure,bound,obs_status,part_of,split,share_of,caveats,locator,note"
)


def foreign(folder: Path) -> Study:
    """The study of the six parks, its tables written into `folder`."""
    write(folder)
    return load(folder).require_faultless()


def write(folder: Path) -> None:
    """The tables of the six parks."""
    names = "park_id,name_zh,name_en,county_zh,county_en,province_zh,province_en,anonymised,role,note"
    parks = [[park, zh, en, "", "", "江西", "Jiangxi", "false", "core", ""] for park, (zh, en, *_) in _PARKS.items()]
    _table(folder / "parks.csv", names, parks)
    sources = [
        [f"{park}-2021", park, "work_summary", f"{zh}2021年工作总结", "", "", "", "true", start, end, "", grade, ""]
        for park, (zh, _, start, end, grade) in _PARKS.items()
    ]
    _table(
        folder / "sources.csv",
        "source_id,park_id,kind,title,publisher,published,url,official,period_start,period_end,sha256,grade,note",
        sources,
    )
    rows, counts = [], dict.fromkeys(_PARKS, 0)
    for line in _FIGURES.split("\n"):
        if not line:
            continue
        park, indicator, population, form, kind, term, figure = line.split(" ")
        counts[park] += 1
        start, end = _PARKS[park][2:4]
        end = "2021-12-31" if kind == "target" else end
        dates = ["", ""] if kind == "plan" else [start, end]
        rows.append(
            [
                f"{park}-2021-{counts[park]:03}",
                f"{park}-2021",
                indicator,
                "park",
                population,
                form,
                kind,
                *dates,
                term,
                figure,
                "exact",
                "" if kind in ("target", "plan") else "A",
                "",
                "",
                "plan" if form == "share" else "",
                "",
                "p1",
                "",
            ]
        )
    _table(folder / "observations.csv", _COLUMNS, rows)


def _table(path: Path, header: str, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header.split(","), *rows])
