"""Tables that came as lines: how a row is read, what of it is proven, and that no other figure, term or unit is. All are invented."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from parkstudy.record.draft import draft
from parkstudy.record.draft.lines import lines
from parkstudy.record.draft.one import NoFigureError, propose
from parkstudy.record.proof import prove
from parkstudy.record.texts import paragraphs
from parkstudy.recorder.text import Script

HEAD = "指标 单位 年度目标 完成 同比增长(%)\n"
TABLE = HEAD + "产值 亿元 110 54.3 10.2\n税收 亿元 4.2 2.04 -1.5\n"
CELLS = "\n".join(TABLE.split()) + "\n"


def places(text: str) -> dict[str, str]:
    return dict(paragraphs(text))


def cell(figure: str, term: str = "产值", **other: str) -> dict[str, Any]:
    """An observation as `prove` wants it, of output in the first row of the first table."""
    row = {
        "observation_id": "x-001", "indicator": "gross_industrial_output", "population": "unstated", "transformation": "level",
        "value_type": "outturn", "reported_term": term, "reported_figure": figure, "locator": "t1/r1",
    }  # fmt: skip
    return {**row, **other}


def findings(text: str, *rows: dict[str, Any]) -> list[str]:
    units = {"gross_industrial_output": "CNY", "tax_revenue": "CNY", "enterprises": "count"}
    return [finding.message for finding in prove(list(rows), text, units)]


YOY = {"transformation": "yoy"}
TAX: dict[str, Any] = {"indicator": "tax_revenue", "locator": "t1/r2"}


def test_a_row_is_read_as_a_sentence_of_its_heads_and_cells():
    assert places(TABLE) == {
        "t1/r1": "产值|年度目标|110亿元;产值|完成|54.3亿元;产值|同比增长|10.2%。",
        "t1/r2": "税收|年度目标|4.2亿元;税收|完成|2.04亿元;税收|同比增长|-1.5%。",
    }


def test_where_each_cell_has_a_line_it_has_a_place():
    assert places(CELLS) == {
        "t1/r1/c3": "产值|年度目标|110亿元。", "t1/r1/c4": "产值|完成|54.3亿元。", "t1/r1/c5": "产值|同比增长|10.2%。",
        "t1/r2/c3": "税收|年度目标|4.2亿元。", "t1/r2/c4": "税收|完成|2.04亿元。", "t1/r2/c5": "税收|同比增长|-1.5%。",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("片区\t产值(亿元)\t税收(万元)\n南片区\t12.3\t450\n北片区\t\t1,234\n",
         {"t1/r1": "南片区|产值|12.3亿元;南片区|税收|450万元。", "t1/r2": "北片区|税收|1,234万元。"}),
        ("| 年份 | 产值(亿元) | 增长% |\n|---|---|---|\n| 2020 | 12.3 | 4.5 |\n", {"t1/r1": "2020年|产值|12.3亿元;2020年|增长|4.5%。"}),
        ("单位:万元\n序号 指标 上年 本年\n1 税收 450 470\n2 产值 99 98\n",
         {"t1/r1": "1、税收|上年|450万元;税收|本年|470万元。", "t1/r2": "2、产值|上年|99万元;产值|本年|98万元。"}),
        ("指标　全年　增幅（％）\n产值（亿元）　约110余　10.2\n", {"t1/r1": "产值|全年|约110余亿元;产值|增幅|10.2%。"}),
        ("指标 全年 说明\n产值 110亿元 超额8%完成\n", {"t1/r1": "产值|全年|110亿元;产值|说明|超额8%完成。"}),
    ],
)  # fmt: skip
def test_units_come_from_the_head_the_first_cell_or_the_line_above(text, read):
    assert places(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("指标 单位 全年 同比增长\n产值 亿元 110 10\n", "产值|全年|110亿元。10。"),  # in percent, or in 亿元
        ("指标 全年 排名\n产值(亿元) 110 3\n", "产值|全年|110亿元。3。"),
        ("指标 全年 备注\n产值 110 3\n", "产值。110。3。"),
        ("指标 单位 全年 ±\n产值 亿元 110 3\n", "产值|全年|110亿元。3。"),
        ("单位:亿元、%\n指标 全年 增幅\n产值 110 3\n", "产值。110。3。"),
        ("指标\t单位\t全年\n产值\t3\t110\n", "产值。3。110。"),
        ("指标 单位 全年\n产值 3亿元 110\n", "产值。3亿元。110。"),
    ],
)
def test_a_cell_without_a_unit_or_name_stands_alone(text, read):
    assert places(text)["t1/r1"] == read
    line = next(one for one in lines(text) if one.alone is not None)
    assert all(line.words[at - 1] == "。" and line.words[at].isdigit() for at in line.alone)
    assert findings(text, cell("3", "产值"), cell("10%", "产值", **YOY))


@pytest.mark.parametrize(
    "text",
    [
        "指标 全年\n产值 110亿元\n",  # two cells, as in any line with a blank
        "指标 单位 全年\n产值 亿元 110 54\n",
        "指标 全年 上年\n产值(亿元) 1 234\n",  # one number or two
        "2020年 2021年\n指标 单位 产值 税收\n南片区 亿元 110 54\n",  # two heads
        "指标 单位 全年 全年\n产值 亿元 110 54\n",
        "指标 单位 2020 2021\n产值 亿元 110 54\n",
        "片区 产值(亿元) 税收(亿元)\n1 110.5 54.2\n",
        "指标 单位 全年\n产值 亿元 达到110亿元。\n",
        "指标\n单位\n全年\n产值\n亿元\n110\n",  # one row alone: it may have any width
        "首页\n新闻\n政务\n产值\n亿元\n110\n税收\n亿元\n12\n",
    ],
)
def test_what_can_be_read_in_two_ways_is_no_table(text):
    assert not any(place.startswith("t") for place in places(text))


def test_the_right_figure_is_proven_with_the_words_of_its_heads():
    goal = {"value_type": "target"}
    rows = [cell("110亿元", **goal), cell("54.3亿元"), cell("10.2%", **YOY), cell("2.04亿元", "税收", **TAX)]
    assert findings(TABLE, *rows) == []
    assert (
        findings(
            CELLS, cell("54.3亿元", locator="t1/r1/c4"), cell("-1.5%", "税收", **{**TAX, **YOY, "locator": "t1/r2/c5"})
        )
        == []
    )


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (cell("54.3亿元", "税收"), "no recorded term stands"),  # of another row
        (cell("2.04亿元"), "does not stand in this paragraph"),
        (cell("54.3万元"), "does not stand in this paragraph"),
        (cell("54.3"), "only within another"),
        (cell("4.3亿元"), "only within another"),
        (cell("110亿元"), "is a target by the words before it"),
        (cell("54.3亿元", value_type="target"), "no word of a target"),
        (cell("54.3亿元", population="park"), "does not say the population"),
        (cell("10.2%", transformation="share", share_of="plan"), "no word of a plan"),
        (cell("54.3亿元", locator="t1/r3"), "has no such paragraph"),
        (cell("54.3亿元", locator="t1/r2"), "does not stand in this paragraph"),
        (cell("2.04亿元", "税收", **{**TAX, "indicator": "enterprises"}), "is in CNY, not in count"),
    ],
)
def test_a_wrong_row_of_a_table_is_refused(row, said):
    assert said in "".join(findings(TABLE, row))


def test_the_same_cell_proves_no_two_rows_and_no_two_cells_change_places():
    assert findings(TABLE, cell("54.3亿元"), cell("54.3亿元", observation_id="x-002"))
    text = "指标 单位 上年 本年\n产值 亿元 110 54.3\n"
    rows = [cell("110亿元"), cell("54.3亿元", observation_id="x-002")]
    assert findings(text, *rows) == []
    assert findings(text, *rows[::-1])


@pytest.mark.parametrize("text", [TABLE, CELLS])
def test_a_figure_of_a_cell_stands_at_its_digits(text):
    script = Script(text)
    row = "t1/r1" if text == TABLE else "t1/r1/c4"
    span = script.where([cell("54.3亿元", locator=row)])["x-001"]
    assert text[slice(*span)] == "54.3"
    line, start, end = script.line_of(span) or (None, 0, 0)
    assert line is not None
    assert line.words[start:end] == "54.3亿元"


def test_a_cell_that_a_reader_points_at_becomes_a_row_or_it_is_said_why_not():
    text = "2021年工作总结\n" + TABLE + "指标 全年 上年\n产值 110 54\n企业(家) 77 70\n一、概况\n"
    source = {"period_start": "2021-01-01", "period_end": "2021-12-31"}
    kinds = [{"indicator": "gross_industrial_output", "unit": "CNY", "kind": "flow"}]

    def at(words: str) -> tuple[int, int]:
        return text.index(words), text.index(words) + len(words)

    found = propose(text, at("54.3"), source, {}, kinds).row
    assert [found[name] for name in ("reported_term", "reported_figure", "locator")] == ["产值", "54.3亿元", "t1/r1"]
    with pytest.raises(
        NoFigureError,
        match="'54' is a cell of which no head prints what it is and in which unit: 产值, 上年; only what",
    ):
        propose(text, (at("54\n")[0], at("54\n")[1] - 1), source, {}, kinds)
    with pytest.raises(
        NoFigureError,
        match="'2021' stands in a heading, a menu, or a table whose cells its heads do not name one by one",
    ):
        propose(text, at("2021"), source, {}, kinds)


def test_every_figure_of_a_table_is_accounted_for(tmp_path: Path):
    file, data = tmp_path / "qingtan.txt", tmp_path / "data"
    table = "序号 指标 单位 目标 完成 位次\n1 税收 亿元 4.2 2.04 3\n2 产值 亿元 110 54.3 10.2 5\n"
    file.write_text(f"2021年,园区产值95亿元。\n{table}", encoding="utf-8")
    draft([file], data)
    tables = []
    for name in ("observations", "draft"):
        with (data / f"{name}.csv").open(encoding="utf-8", newline="") as opened:
            tables.append(list(csv.DictReader(opened)))
    rows, account = tables
    assert [(row["reported_figure"], row["value_type"], row["locator"]) for row in rows[1:]] == [
        ("4.2亿元", "target", "t1/r1"), ("2.04亿元", "outturn", "t1/r1"),
    ]  # fmt: skip
    torn = [(one, "in no paragraph") for one in ("2", "110", "54.3", "10.2", "5")]
    aside = [(one["figure"], one["reason"]) for one in account if one["state"] == "set_aside"]
    assert aside[1:] == [("1", "paragraph number"), ("3", "in a table: 税收, 位次"), *torn]


def test_a_column_of_the_same_time_of_the_year_before_is_of_it(tmp_path: Path):
    file, data = tmp_path / "qingtan.txt", tmp_path / "data"
    table = "指标\t本期\t上年同期\t2022年\n产值(亿元)\t120.13\t110.13\t135.13\n"
    file.write_text(f"青滩工业园区2021年工作总结\n{table}", encoding="utf-8")
    draft([file], data)
    rows = csv.DictReader((data / "observations.csv").read_text("utf-8").splitlines())
    assert [(row["value_type"], row["period_start"], row["period_end"]) for row in rows] == [
        ("outturn", "2021-01-01", "2021-12-31"), ("outturn", "2020-01-01", "2020-12-31"), ("plan", "2022-01-01", "2022-12-31"),
    ]  # fmt: skip


def test_a_cell_is_of_whom_its_heads_name(tmp_path: Path):
    tables = {
        "行业\t产值(亿元)\t税收(亿元)\n装备制造\t40.11\t1.11\n合计\t70.11\t2.11\n": {
            "40.11": "sector 装备制造", "1.11": "sector 装备制造", "70.11": "of what a list of several has in all",
        },
        "序号\t企业名称\t产值(亿元)\t增长\n1\t长河水泥\t30.12\t3.12%\n": {"30.12": "firm 长河水泥", "3.12%": "firm 长河水泥"},
        "园区名称\t产值(亿元)\t税收(亿元)\n青滩工业园区\t120.13\t3.13\n白水经济开发区\t300.13\t8.13\n全县\t560.13\t9.13\n": {
            "120.13": "park ", "300.13": "of another park: 白水经济开发区", "560.13": "county ",
        },
        "指标\t单位\t青滩园区\t白水园区\t全县\t增长\n产值\t亿元\t120.14\t300.14\t560.14\t4.14%\n": {
            "120.14": "park ", "300.14": "of another park: 白水园区", "560.14": "county ", "4.14%": "county ",
        },
        "项目\t总投资(亿元)\t完成投资(亿元)\n长河水泥二期\t30.15\t3.15\n": {
            "30.15": "project 长河水泥二期", "3.15": "project 长河水泥二期",
        },
        "区域\t产值(亿元)\t税收(亿元)\n东区\t40.16\t1.16\n三合镇\t80.16\t2.16\n": {
            "40.16": "zone 东区", "80.16": "zone 三合镇",
        },
        "乡镇\t产值(亿元)\t税收(亿元)\n三合镇\t80.18\t2.18\n": {"80.18": "of a part of the park that is not named as one"},
        "名称\t总投资(亿元)\t完成投资(亿元)\n长河电子二期项目\t30.19\t3.19\n": {
            "30.19": "project 长河电子二期项目", "3.19": "project 长河电子二期项目",
        },
        "项目\t全年\t总投资占比\n固定资产投资(亿元)\t60.21\t3.2%\n签约项目总投资(亿元)\t50.21\t3.3%\n": {
            "60.21": "park ", "50.21": "park ",
        },
        "指标\t全年\t上年\n集中区产值(亿元)\t40.17\t41.17\n上市企业税收(亿元)\t4.17\t4.18\n": {"40.17": "park ", "4.17": "park "},
    }  # fmt: skip
    file, data = tmp_path / "qingtan.txt", tmp_path / "data"
    file.write_text("青滩工业园区2021年工作总结\n" + "一、情况\n".join(tables), encoding="utf-8")
    draft([file], data)
    names = ("observations", "draft", "subjects")
    read = {name: list(csv.DictReader((data / f"{name}.csv").read_text("utf-8").splitlines())) for name in names}
    rows = {row["observation_id"]: row["subject"] for row in read["observations"]}
    parts = {row["subject"]: row["name_zh"] for row in read["subjects"]}
    of_row = {key: f"{subject.partition(':')[0]} {parts.get(subject, '')}" for key, subject in rows.items()}
    got = {one["figure"]: of_row.get(one["observation_id"], one["reason"]) for one in read["draft"]}
    for table in tables.values():
        assert {figure: got[figure] for figure in table} == table
