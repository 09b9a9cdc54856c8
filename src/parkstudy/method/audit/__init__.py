"""Internal consistency: fourteen families of relations between printed figures, checked on any park.

A check knows a relation between kinds of rows, never a known case. Each relation that can be tested gives one
`Finding`: it holds, or it is a contradiction, implausible or ambiguous (method, section 10). A finding names its
observations and its arithmetic, and what it does to a comparison; it never repairs a figure.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl

from parkstudy.method.audit import labels, rates, sums
from parkstudy.method.audit.text import OUTCOME_NAMES, OUTCOMES, Finding, Text
from parkstudy.record.tables import Tables
from parkstudy.words.language import Text as Words
from parkstudy.words.language import said

__all__ = ["CHECKS", "OUTCOMES", "OUTCOME_NAMES", "Check", "Finding", "as_frame", "audit", "carried"]


@dataclass(frozen=True)
class Check:
    """A family of relations: its name, what a finding does to the comparison, and the function that yields findings."""

    name: Words
    consequence: Words
    run: Callable[[Text], Iterator[Finding]]


def audit(study: Tables) -> list[Finding]:
    """Every relation that can be tested in the parks' own summaries, in the order of the texts and of the checks."""
    units = dict(study.indicators.select("indicator", "unit").iter_rows())
    findings: list[Finding] = []
    for source in study.sources.filter(pl.col("kind") == "work_summary").iter_rows(named=True):
        rows = study.summaries().filter(source_id=source["source_id"]).to_dicts()
        text = Text(study, source["source_id"], rows, units, _day(source["published"]))
        for check in CHECKS.values():
            findings += check.run(text)
    return findings


def carried(study: Tables) -> Tables:
    """The study with the findings as caveats of its observations, so that every measure hands them on.

    The marked rows of a contradiction carry `contradicted` and, where a status is allowed, status `U`; the rows of an
    implausible relation carry `implausible`. No figure changes.
    """
    findings = audit(study)
    contradicted = {i for f in findings if f.outcome == "contradiction" for i in f.marked}
    implausible = {i for f in findings if f.outcome == "implausible" for i in f.observations}
    rows = study.observations.select("observation_id", "caveats", "obs_status").to_dicts()
    for row in rows:
        added = {"contradicted"} if row["observation_id"] in contradicted else set()
        added |= {"implausible"} if row["observation_id"] in implausible else set()
        row["caveats"] = sorted({*row["caveats"], *added})
        if "contradicted" in added and row["obs_status"] is not None:
            row["obs_status"] = "U"
    columns = {
        "caveats": pl.Series([row["caveats"] for row in rows], dtype=pl.List(pl.String)),
        "obs_status": pl.Series([row["obs_status"] for row in rows], dtype=study.observations.schema["obs_status"]),
    }
    return replace(study, observations=study.observations.with_columns(**columns))


def as_frame(findings: list[Finding], lang: str = "en") -> pl.DataFrame:
    """The findings as a frame: `check, name, source_id, outcome, observations, arithmetic, consequence`.

    The outcome is a code; name, arithmetic and consequence are said in a language.
    """
    rows = [
        {
            "check": f.check,
            "name": said(CHECKS[f.check].name, lang),
            "source_id": f.source_id,
            "outcome": f.outcome,
            "observations": list(f.observations),
            "arithmetic": said(f.arithmetic, lang),
            "consequence": "" if f.outcome == "holds" else said(CHECKS[f.check].consequence, lang),
        }
        for f in findings
    ]
    schema: dict[str, Any] = dict.fromkeys(("check", "name", "source_id"), pl.String) | {"outcome": pl.Enum(OUTCOMES)}
    schema |= {"observations": pl.List(pl.String), "arithmetic": pl.String, "consequence": pl.String}
    return pl.DataFrame(rows, schema=schema)


def _day(published: str | None) -> date | None:
    """The date of a text; a month without a day is its last day."""
    if not published:
        return None
    if len(published) == 7:
        year, month = (int(part) for part in published.split("-"))
        return date(year, month, calendar.monthrange(year, month)[1])
    return date.fromisoformat(published)


CHECKS: dict[str, Check] = {
    "A1": Check(
        Words("parts and total", "分项与合计"),
        Words("the total is not used beyond its own row", "合计数仅用于其自身一行"),
        sums.parts_and_total,
    ),
    "A2": Check(
        Words("printed share", "原文占比"),
        Words("the share enters no comparison", "该占比不进入任何比较"),
        sums.printed_share,
    ),
    "A3": Check(
        Words("one figure printed twice", "同一数据列示两次"),
        Words("both figures are kept; neither is preferred", "两个数据均予保留，不作取舍"),
        sums.printed_twice,
    ),
    "A4": Check(
        Words("counts nest", "数量包含关系"),
        Words("neither side is used as a check on the other", "两者互不作为核查依据"),
        sums.nesting,
    ),
    "A5": Check(
        Words("level and growth against target", "绝对数、增速与目标"),
        Words("the growth rate is shown with the base that the target implies", "列示增速时，一并列示按目标推算的基数"),
        rates.target_base,
    ),
    "A6": Check(
        Words("year to date and full year", "累计与全年"),
        Words("the forecast is no continuation of the months reported", "预计数不视为已报月份的延续"),
        rates.year_to_date,
    ),
    "A7": Check(
        Words("output and value-added growth", "产值与增加值增速"),
        Words("the two rates do not describe one stable set of firms", "两个增速所依据的并非同一稳定的企业样本"),
        rates.value_added,
    ),
    "A8": Check(
        Words("sales and output", "销售与产值"),
        Words("sales and output are not read as one sample", "销售与产值不视为同一样本"),
        rates.sales,
    ),
    "A9": Check(
        Words("same digits, other unit", "数字相同、单位不同"),
        Words("the two are never merged", "两者不予合并"),
        labels.same_digits,
    ),
    "A10": Check(
        Words("areas nest", "面积包含关系"),
        Words("values per area on these rungs are not compared", "不比较这些面积口径上的单位面积数值"),
        labels.areas_nest,
    ),
    "A11": Check(
        Words("percentage of a plan", "计划完成比例"),
        Words("the plan stays implied", "计划数仍为推算数"),
        labels.part_of_plan,
    ),
    "A12": Check(
        Words("share equal to another ratio", "占比等于另一比值"),
        Words("the label of the share is doubtful", "该占比的名目存疑"),
        labels.share_of_other,
    ),
    "A13": Check(
        Words("rates of parts and total", "分项与总体增速"),
        Words("the sector rates are not set beside the total", "分产业增速不与总体增速并列"),
        rates.rest,
    ),
    "A14": Check(
        Words("wording and status", "表述与状态"),
        Words("the figure is provisional", "该数据为初步数"),
        labels.wording_and_status,
    ),
}
