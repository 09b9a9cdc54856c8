"""What a measure is: one row of a frame, with its interval, its flags, its inputs, or the reason why it has no value.

The lists here are closed: a name, flag or reason that is not declared cannot be written. `growth`, `tax` and `land`
compute; this module only gives their results one form.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from parkstudy.record.interval import Interval
from parkstudy.record.schema import OBS_STATUS, POPULATIONS, VALUE_TYPES
from parkstudy.record.tables import Tables
from parkstudy.words.language import Text, said


@dataclass(frozen=True)
class Measure:
    """The declaration of a measure: its name, its unit, the rule of the method it follows."""

    name: Text
    unit: str
    rule: str

    @property
    def short(self) -> Text:
        """The name where it is said elsewhere that a rate is as published."""
        return Text(self.name.removesuffix(", as published"), self.name.zh.removeprefix("公布的"))


GROWTH_OF = (
    "gross_industrial_output",
    "industrial_value_added",
    "operating_revenue",
    "tech_industry_trade_revenue",
    "tax_revenue",
    "fixed_asset_investment",
)
_NAMES = {
    "gross_industrial_output": Text("industrial output", "工业总产值"),
    "industrial_value_added": Text("industrial value added", "工业增加值"),
    "operating_revenue": Text("operating or sales revenue", "营业（销售）收入"),
    "tech_industry_trade_revenue": Text("technology, industry and trade revenue", "技工贸总收入"),
    "tax_revenue": Text("tax paid", "税收"),
    "fixed_asset_investment": Text("fixed-asset investment", "固定资产投资"),
}

_BASE_OF = ("gross_industrial_output", "operating_revenue", "tax_revenue", "fixed_asset_investment")
_INVESTMENTS = {
    "fixed_asset_investment": Text("fixed-asset investment", "固定资产投资"),
    "industrial_investment": Text("industrial investment", "工业投资"),
    "infrastructure_investment": Text("infrastructure investment", "基础设施投资"),
}
RUNGS = {
    "perimeter": Text("area in force before a planned expansion", "现行规划边界内面积，拟扩区之前"),
    "expanded": Text("area after the planned expansion, pending approval", "扩区后面积，尚待批准"),
    "control_plan": Text("area of the regulatory detailed plan", "控制性详细规划面积"),
    "total": Text("printed as total area, concept not stated", "原文“总面积”，口径未说明"),
    "signed": Text("land under contract, a part of the park", "已签约用地，仅为园区的一部分"),
}
RUNG_NAMES = {
    "perimeter": Text("perimeter", "现行范围"),
    "expanded": Text("expanded", "扩区后"),
    "control_plan": Text("control plan", "控规范围"),
    "total": Text("total", "总面积"),
    "signed": Text("signed", "签约用地"),
}

MEASURES: dict[str, Measure] = {
    **{
        f"{i}_growth": Measure(Text(f"Growth of {n}, as published", f"公布的{n.zh}增速"), "percent", "G2")
        for i, n in _NAMES.items()
    },
    **{
        f"{i}_growth_target": Measure(Text(f"Target for the growth of {n}", f"{n.zh}增速目标"), "percent", "G11")
        for i, n in _NAMES.items()
    },
    **{f"{i}_level": Measure(Text(f"{n[0].upper()}{n[1:]}", n.zh), "CNY", "G4") for i, n in _NAMES.items()},
    "reference_revenue_growth": Measure(
        Text("Reference: growth of revenue of above-scale industry", "参照增速：规模以上工业企业营业收入"),
        "percent",
        "G7",
    ),
    "reference_value_added_growth": Measure(
        Text("Reference: growth of above-scale value added", "参照增速：规模以上工业增加值"), "percent", "G7"
    ),
    **{
        f"{i}_implied_base": Measure(
            Text(f"Implied comparable base: {_NAMES[i]} (CHECK)", f"推算的可比基数：{_NAMES[i].zh}（核查用）"),
            "CNY",
            "G1",
        )
        for i in _BASE_OF
    },
    **{
        f"{i}_level_change": Measure(
            Text(f"Change of the level of {_NAMES[i]}", f"{_NAMES[i].zh}绝对数变动率"), "percent", "G2"
        )
        for i in _BASE_OF
    },
    "target_attainment": Measure(Text("Level over the target of the year", "上报数与年度目标之比"), "percent", "G11"),
    "year_share": Measure(
        Text("Share of the year that the months stand for", "所涉月份的年内占比"), "percent", "section 5"
    ),
    "target_gap": Measure(Text("Share less its target", "占比与其目标的差距"), "points", "G11"),
    "target_over_outturn": Measure(
        Text("Next target above the reported level", "下年目标高于上报数的幅度"), "percent", "G11"
    ),
    "implied_plan": Measure(
        Text("Plan implied by a printed percentage of it", "由原文完成比例推算的计划数"), "CNY", "A11"
    ),
    "output_per_firm": Measure(Text("Output per above-scale firm", "规模以上工业企业户均产值"), "CNY", "G12"),
    "tax_per_output": Measure(Text("Tax per unit of reported output", "每单位上报产值的税收"), "percent", "T1"),
    "tax_per_tit_revenue": Measure(
        Text("Tax per technology, industry and trade revenue", "每单位技工贸总收入的税收"), "percent", "T6"
    ),
    "tax_per_value_added": Measure(
        Text("Tax per value added, a question about the data", "每单位增加值的税收，仅用于对数据提出疑问"),
        "percent",
        "T6",
    ),
    "tax_buoyancy": Measure(
        Text("Tax growth over output growth, as published", "公布的税收增速与产值增速之比（税收弹性）"), "ratio", "T4"
    ),
    "taxpayer_concentration": Measure(
        Text("Tax of named taxpayers over the tax they are a part of", "点名的纳税企业税收占所属税收的比重"),
        "percent",
        "T5",
    ),
    "tax_per_area": Measure(Text("Tax per area", "亩均税收"), "CNY/mu", "L1"),
    "output_per_area": Measure(Text("Reported output per area", "地均产值"), "CNY/km2", "L1"),
    **{
        f"{i}_per_area": Measure(Text(f"{n.capitalize()} of the period per area", f"当期亩均{n.zh}"), "CNY/mu", "L5")
        for i, n in _INVESTMENTS.items()
    },
}

FLAGS = {
    "provisional": Text("the outturn was not final when the text was written", "成文时该实绩尚非最终数"),
    "forecast": Text("the source's own forecast, not an outturn", "材料自身的预计数，并非实绩"),
    "base_unstated": Text("the base of the growth rate is not stated", "未说明增速的基数"),
    "coarse_figure": Text("an input has at most two significant digits", "所用数据的有效数字不超过两位"),
    "concept_unstated": Text(
        "the text does not say which official concept an input follows", "原文未说明所用数据采用何种官方口径"
    ),
    "concept_inferred": Text("an input rests on our reading of its term", "所用数据的口径系本研究对原文用语的理解"),
    "two_readings": Text("the sentence can be read in two ways", "原句有两种理解"),
    "mixed_concept": Text("an input is one figure for several things", "所用数据中有一个涵盖多项内容"),
    "unit_assumed": Text("no unit is printed", "原文未写明单位"),
    "contradicted": Text("another figure of the same text contradicts an input", "同一材料的另一数据与所用数据矛盾"),
    "implausible": Text(
        "the audit finds a relation with another printed figure that leaves its band",
        "内部一致性核查发现，与原文另一数据的关系超出合理范围",
    ),
    "sample_change": Text("the set of firms behind the figure changed", "数据所依据的企业样本有变动"),
    "period_ambiguous": Text("the end of an input's period is not printed", "原文未写明所用数据时段的截止日期"),
    "pending_approval": Text("an input awaits approval", "所用数据尚待批准"),
    "damaged_text": Text("the text had to be cleaned before it could be read", "原文有损坏，清理后方可识读"),
    "check_only": Text("a step of a consistency check, not last year's value", "一致性核查的中间步骤，并非上年数值"),
    "populations_differ": Text("numerator and denominator cover different populations", "分子与分母的统计范围不同"),
    "no_peer_set": Text(
        "fewer than three peers of the same populations, so none to hold it against",
        "统计范围相同的可比园区不足三个，无从对照",
    ),
    "outside_peer_range": Text(
        "outside the range of its peers of the same populations", "超出统计范围相同的可比园区的数值区间"
    ),
    "borrowed_share": Text(
        "the output share of a year is borrowed for another concept", "借用产值的年内占比推算另一口径"
    ),
    "price_between_spans": Text(
        "the price index of these months was not found; the interval runs between the nearest spans",
        "未见相应月份的价格指数，区间取相邻时段之间的范围",
    ),
    "reference_other_span": Text(
        "the reference is of the nearest span, not of the same months", "参照增速取自最接近的时段，并非同期"
    ),
    "reference_inferred": Text("something of the reference row was inferred", "参照数据中有部分内容系推定"),
    "not_efficiency": Text(
        "investment is an input; this is not a measure of efficiency", "投资属于投入，本指标不衡量效益"
    ),
    "question_only": Text("never compared across parks", "不作园区间比较"),
    "part_area": Text(
        "the area is of a part of the park, so that the value is too high", "面积仅为园区的一部分，数值因而偏高"
    ),
    "at_bound": Text("an open figure is taken at its bound", "一端无界的数据按其边界取值"),
    "grade_c": Text("the text is re-posted, anonymised or cut off", "材料系转载、匿名或截断"),
}
FLAG_NAMES = {
    code: Text(code.replace("_", " "), zh)
    for code, zh in {
        "provisional": "初步数",
        "forecast": "预计数",
        "base_unstated": "基数未说明",
        "coarse_figure": "粗略数",
        "concept_unstated": "口径未说明",
        "concept_inferred": "口径系推定",
        "two_readings": "两种理解",
        "mixed_concept": "口径混合",
        "unit_assumed": "单位系推定",
        "contradicted": "与其他数据矛盾",
        "implausible": "存疑",
        "sample_change": "样本变动",
        "period_ambiguous": "截止时间含糊",
        "pending_approval": "待批准",
        "damaged_text": "原文损坏",
        "check_only": "仅供核查",
        "populations_differ": "统计范围不同",
        "no_peer_set": "无可比组",
        "outside_peer_range": "超出可比组区间",
        "borrowed_share": "借用占比",
        "price_between_spans": "价格取相邻时段",
        "reference_other_span": "参照非同期",
        "reference_inferred": "参照含推定",
        "not_efficiency": "不衡量效益",
        "question_only": "仅提疑问",
        "part_area": "部分面积",
        "at_bound": "按边界取值",
        "grade_c": "C级",
    }.items()
}
CAVEAT_FLAGS = (
    "base_unstated", "coarse_figure", "concept_unstated", "concept_inferred", "two_readings", "mixed_concept", "unit_assumed",
    "contradicted", "implausible", "sample_change", "period_ambiguous", "pending_approval", "damaged_text",
)  # fmt: skip

REASONS = {
    "not_reported": Text("the text reports no such figure", "材料未列示该数据"),
    "no_tax": Text("the text reports no tax of the whole park", "材料未列示全园区税收"),
    "no_output": Text("the text reports no industrial output of the whole park", "材料未列示全园区工业总产值"),
    "other_concept": Text(
        "the text reports revenue from technology, industry and trade, which is not output (T6)",
        "材料所列为技工贸总收入，并非产值（T6）",
    ),
    "no_value_added": Text("the text reports no value added", "材料未列示增加值"),
    "no_area": Text("the text reports no area on any rung", "材料未列示任何口径的面积"),
    "no_investment": Text("the text reports no such investment of the whole park", "材料未列示全园区的该项投资"),
    "no_rates": Text(
        "the text does not print both growth rates on the same months and population (T4)",
        "材料未同时列示所涉月份和统计范围相同的两个增速（T4）",
    ),
    "no_taxpayers": Text("the text names no taxpayers with their tax", "材料未点名列示纳税企业的税收"),
    "no_target": Text("the text prints no target for the year of a level it reports", "材料未列示与上报数同年的目标"),
    "no_share_target": Text("the text prints no target of a share it reports", "材料未列示所报占比的目标"),
    "no_next_target": Text(
        "the text prints no target of the next year for a level it reports", "材料未列示与上报数对应的下年目标"
    ),
    "no_plan_percentage": Text("the text prints no percentage of a plan", "材料未列示计划完成比例"),
    "no_rate": Text("the text prints no growth rate on the same months as the level", "材料未列示与绝对数同期的增速"),
    "no_tit_revenue": Text("the text reports no revenue from technology, industry and trade", "材料未列示技工贸总收入"),
    "no_firm_count": Text(
        "the text does not print output and the number of above-scale firms on one set of firms (G12)",
        "材料未在同一企业样本上列示产值和规模以上工业企业数（G12）",
    ),
    "no_second_level": Text(
        "no second text gives the level of the same months a year apart", "没有另一份材料列示相隔一年的同期绝对数"
    ),
    "spans_differ": Text("numerator and denominator cover different months", "分子与分母所涉月份不同"),
    "reaches_zero": Text("the denominator is zero or its interval reaches zero", "分母为零，或其区间包含零"),
    "no_year_share": Text(
        "the method gives no share of the year for these months (G4)", "方法未给出这些月份的年内占比（G4）"
    ),
    "no_price_index": Text(
        "no producer price index of these months or around them was found",
        "未见相应月份或相邻时段的工业生产者出厂价格指数（PPI）",
    ),
    "no_reference": Text(
        "no reference rate of this concept was found for these months or around them",
        "未见该口径在相应月份或相邻时段的参照增速",
    ),
}

AS_PRINTED = Text("as printed", "原文所载")  # the method of a printed rate

BASES = ("reported", "annualised")
PRICES = ("nominal", "real", "comparable")
GRADES = ("A", "B", "C")

SCHEMA: dict[str, Any] = {
    "park_id": pl.String,
    "subject": pl.String,
    "measure": pl.Enum(list(MEASURES)),
    "population": pl.Enum(list(POPULATIONS)),
    "value_type": pl.Enum(list(VALUE_TYPES)),
    "value": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "unit": pl.String,
    "period_start": pl.Date,
    "period_end": pl.Date,
    "basis": pl.Enum(BASES),
    "price": pl.Enum(PRICES),
    "rung": pl.Enum(list(RUNGS)),
    "status": pl.Enum(list(OBS_STATUS)),
    "grade": pl.Enum(GRADES),
    "method": pl.String,
    "flags": pl.List(pl.String),
    "reason": pl.String,
    "inputs": pl.List(pl.String),
}


def frame(rows: Iterable[dict[str, Any]], lang: str = "en") -> pl.DataFrame:
    """The rows as a frame of the contract's columns, `method` in the words of a language.

    Raises `ValueError` for a flag or reason that is not declared.
    """
    rows = [{**dict.fromkeys(SCHEMA), "flags": [], "inputs": [], **row} for row in rows]
    for row in rows:
        unknown = [flag for flag in row["flags"] if flag not in FLAGS]
        if unknown or (row["reason"] is not None and row["reason"] not in REASONS):
            raise ValueError(
                f"{row['measure']}: flags {unknown} or reason {row['reason']!r} are not declared in measures"
            )
        if (row["value"] is None and row["low"] is None) == (row["reason"] is None):
            raise ValueError(f"{row['measure']} of {row['park_id']}: a row has either a value or a reason")
        row["unit"] = MEASURES[row["measure"]].unit
        row["method"] = None if row["method"] is None else said(row["method"], lang)
    return pl.DataFrame(rows, schema=SCHEMA)


def as_printed(row: Mapping[str, Any]) -> bool:
    """True for a row of a frame whose figure is the printed one, so that it bears more digits than a computed one."""
    return row["method"] in (AS_PRINTED, AS_PRINTED.zh)


def lead() -> pl.Expr:
    """The observation that a row leads back to first: what joins rows of one figure, in any language."""
    return pl.col("inputs").list.first()


def flags_of(*observations: dict[str, Any]) -> list[str]:
    """The flags that observations hand on: their caveats, their status, their grade, in the order of `FLAGS`."""
    found = {caveat for row in observations for caveat in row["caveats"] if caveat in CAVEAT_FLAGS}
    found |= {"provisional" for row in observations if row["obs_status"] == "P"}
    found |= {"forecast" for row in observations if row["value_type"] == "forecast"}
    found |= {"grade_c" for row in observations if row["grade"] == "C"}
    return [flag for flag in FLAGS if flag in found]


def lowest_grade(*observations: dict[str, Any]) -> str | None:
    """The lowest grade of the inputs (method, Q2)."""
    return max((row["grade"] for row in observations if row["grade"]), default=None)


def derived(
    measure: str, value: Interval, *inputs: dict[str, Any], flags: Iterable[str] = (), **columns: Any
) -> dict[str, Any]:
    """A measure row computed from observations: their flags and lowest grade handed on, their worst status kept.

    `columns` gives what differs: `method`, `rung`, `basis`, `status`, a period. Period, population and value type are
    those of the first input.
    """
    lead = inputs[0]
    carried = set(flags_of(*inputs)) | set(flags)
    return {
        "park_id": lead["park_id"],
        "subject": "park",
        "measure": measure,
        "population": lead["population"],
        "value_type": lead["value_type"],
        "value": value.value,
        "low": value.low,
        "high": value.high,
        "period_start": lead["period_start"],
        "period_end": lead["period_end"],
        "basis": "reported",
        "price": "nominal",
        "status": worst_status(*inputs),
        "grade": lowest_grade(*inputs),
        "flags": [flag for flag in FLAGS if flag in carried],
        "inputs": [row["observation_id"] for row in inputs],
        **columns,
    }


def refused(park: str, measure: str, reason: str, **columns: Any) -> dict[str, Any]:
    """A measure row without a value, with the reason."""
    return {"park_id": park, "subject": "park", "measure": measure, "basis": "reported", "reason": reason, **columns}


def worst_status(*observations: dict[str, Any]) -> str | None:
    """The status of a value computed from observations: `U` before `F`, `F` before `P`, `P` before `A`."""
    found = {row["obs_status"] for row in observations if row["obs_status"]}
    return next((status for status in ("U", "F", "P") if status in found), "A" if found else None)


def same_months(first: dict[str, Any], second: dict[str, Any]) -> bool:
    """True where two observations of one text cover the same months and are of one value type."""
    keys = ("source_id", "period_start", "period_end", "value_type")
    return all(first[key] == second[key] for key in keys)


def levels(study: Tables, indicator: str, park: str, *, subject: str = "park") -> list[dict[str, Any]]:
    """The outturn and forecast levels of an indicator that a park's summaries print, in the order of the record."""
    rows = study.summaries().filter(park_id=park, indicator=indicator, transformation="level", subject=subject)
    rows = rows.filter(pl.col("unit") != "USD")  # dollars are never set against yuan
    return rows.filter(pl.col("value_type").is_in(["outturn", "forecast"])).to_dicts()
