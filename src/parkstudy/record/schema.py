"""The tables of the dataset, each column declared once.

A table is a `dataframely` schema over the cells as they are read: all of them text, so that one run finds every fault
of a row instead of the first one. Everything else (the typed frames of `dataset`, `datapackage.json`, the codebook) is
made from these declarations. Codes are closed lists; adding to one is a change of the published contract.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import dataframely as dy
import polars as pl

from parkstudy.record.quantities import BOUNDS, UNITS
from parkstudy.words.language import Text

POPULATIONS = {
    "park": Text("the whole park", "全园区"),
    "industry": Text("industry", "工业"),
    "above_scale": Text("industrial enterprises above scale", "规模以上工业企业"),
    "registered": Text("enterprises registered in the park", "园区注册企业"),
    "unstated": Text("not stated in the sentence", "原句未说明"),
}
TRANSFORMATIONS = {
    "level": Text("level", "绝对数"),
    "yoy": Text("percent on the same period a year earlier", "比上年同期增长，%"),
    "share": Text("percent of the whole named by share_of", "占share_of所指总体的比重，%"),
}
VALUE_TYPES = {
    "outturn": Text("done, or in force", "已完成，或现行有效"),
    "forecast": Text("the source's own figure, not final when written", "材料自身的数据，成文时尚非最终数"),
    "target": Text("to be reached by a date", "须在某一日期前达到"),
    "plan": Text(
        "intended, no outturn yet; the size of a project, contract or plan", "拟办，尚无实绩；项目、合同或规划的规模"
    ),
}
VALUE_TYPE_NAMES = {
    "outturn": Text("outturn", "实绩"),
    "forecast": Text("forecast", "预计数"),
    "target": Text("target", "目标"),
    "plan": Text("plan", "规划数"),
}
OBS_STATUS = {
    "A": Text("normal value", "正常值"),
    "P": Text("provisional value", "初步数"),
    "F": Text("forecast value", "预计数"),
    "D": Text("definition differs", "口径不同"),
    "B": Text("break in the series", "序列中断"),
    "E": Text("estimated value", "估算数"),
    "I": Text("imputed value", "插补数"),
    "U": Text("low reliability", "可靠性低"),
    "V": Text("not yet validated", "尚未核实"),
    "O": Text("missing value", "缺失"),
    "L": Text("missing value, data exist but were not collected", "缺失，数据存在但未采集"),
    "Q": Text("missing value, suppressed", "缺失，不予公布"),
}
CAVEATS = {
    "contradicted": Text("another printed figure of the same text says otherwise", "与同一材料列示的另一数据矛盾"),
    "two_readings": Text("the sentence can be read in two ways", "原句有两种理解"),
    "period_ambiguous": Text("the end of the period is not printed", "原文未写明时段的截止日期"),
    "base_unstated": Text("the base of the growth rate is not stated", "未说明增速的基数"),
    "concept_unstated": Text(
        "the term has several official meanings and the text does not say which", "该用语有多种官方口径，原文未说明"
    ),
    "concept_inferred": Text("our reading of the term", "口径系本研究对原文用语的理解"),
    "mixed_concept": Text("one figure for several things", "一个数据涵盖多项内容"),
    "sample_change": Text("the set of firms differs from that of a sibling figure", "企业样本与同类数据的样本不同"),
    "coarse_figure": Text("at most two significant digits", "有效数字不超过两位"),
    "not_final": Text("not final when the text was written", "成文时尚非最终数"),
    "pending_approval": Text("awaits approval", "尚待批准"),
    "unit_assumed": Text("no unit is printed", "原文未写明单位"),
    "damaged_text": Text("the sentence had to be cleaned before it could be read", "原句有损坏，清理后方可识读"),
}
CAVEAT_NAMES = {
    code: Text(code.replace("_", " "), zh)
    for code, zh in {
        "contradicted": "与其他数据矛盾",
        "two_readings": "两种理解",
        "period_ambiguous": "截止时间含糊",
        "base_unstated": "基数未说明",
        "concept_unstated": "口径未说明",
        "concept_inferred": "口径系推定",
        "mixed_concept": "口径混合",
        "sample_change": "样本变动",
        "coarse_figure": "粗略数",
        "not_final": "非最终数",
        "pending_approval": "待批准",
        "unit_assumed": "单位系推定",
        "damaged_text": "原文损坏",
    }.items()
}
SOURCE_KINDS = {
    "work_summary": Text("a park's own yearly or half-yearly summary", "园区自身的年度或半年度工作总结"),
    "news": Text("a news page", "新闻网页"),
    "page": Text("another page", "其他网页"),
}
ROLES = {
    "core": Text("one of the parks the study compares", "本研究所比较的园区"),
    "context": Text("shown for context, never ranked", "仅作背景，不参与排序"),
}
GRADES = {
    "A": Text(
        "complete text on a county-government site, issuer and date shown", "县级政府网站所载全文，发布单位和日期齐全"
    ),
    "B": Text("complete text, not on the issuer's site", "全文，但非发布单位网站所载"),
    "C": Text("re-posted, anonymised or cut off", "转载、匿名或截断"),
}
KINDS = {
    "flow": Text("accumulates over a period", "时期数，在时段内累计"),
    "stock": Text("stands at a point in time", "时点数"),
    "share": Text("percent of a whole", "占总体的比重"),
    "ratio": Text("one quantity over another", "两个量之比"),
    "count": Text("number of events in a period", "时段内发生的次数"),
}
DIMENSIONS = {
    "growth": Text("growth", "增长"),
    "tax": Text("tax", "税收"),
    "land": Text("land", "用地"),
    "investment": Text("investment", "投资"),
    "finance": Text("finance", "资金"),
    "enterprises": Text("enterprises and employment", "企业与就业"),
    "innovation": Text("innovation", "创新"),
    "trade": Text("trade and foreign capital", "外贸外资"),
    "sectors": Text("sectors", "产业"),
    "projects": Text("projects", "项目"),
}
GROWTH_PRICES = {
    "current": Text("growth at current prices", "按现价计算的增速"),
    "comparable": Text("growth at comparable prices", "按可比价计算的增速"),
}
SPLITS = {
    "complete": Text("these parts make up the whole", "各分项合成总体"),
    "some": Text("some of the parts", "部分分项"),
}
BOOLEANS = {"true": Text("yes", "是"), "false": Text("no", "否")}
BOUND_LABELS = dict(
    zip(
        BOUNDS,
        (
            Text("half a unit of the last digit; counts are themselves", "末位数字上下半个单位；个数即其本身"),
            Text("five percent either way", "上下各5%"),
            Text(
                "open above; 余 and 多 end one unit of the last non-zero digit above",
                "上端不设限；“余”“多”以末位非零数字加一个单位为上限",
            ),
            Text("open below", "下端不设限"),
            Text("two printed ends", "原文列示两端"),
        ),
        strict=True,
    )
)

LINE = "_line"

SUBJECT_PATTERN = r"^(park|county|(zone|sector|group|project):[a-z0-9-]+|firm:[a-z0-9-]+(\+[a-z0-9-]+)*)$"
LOCATOR_PATTERN = r"^([一二三四五六七八九十]+/|\([一二三四五六七八九十]+\)/|\d+/)*p\d+$"
FORMULA_START = r"^[=+@\t\r]|^-[^\d]"  # what a spreadsheet would run; a negative figure is not a formula
MARKUP = r"<[A-Za-z/!?]"


def _column(
    description: str, *, required: bool, expected: str, key: bool = False, checks: Mapping[str, Any], **meta: Any
) -> dy.String:
    tests = {
        "formula": lambda c: ~c.str.contains(FORMULA_START),
        "markup": lambda c: ~c.str.contains(MARKUP),
        **checks,
    }
    tolerant = {rule: _or_empty(test) for rule, test in tests.items()}
    meta = {"type": "string", "expected": expected, **meta}
    return dy.String(nullable=not required, primary_key=key, check=tolerant, description=description, metadata=meta)


def _or_empty(test: Callable[[pl.Expr], pl.Expr]) -> Callable[[pl.Expr], pl.Expr]:
    """The test, passed by an empty cell: whether a cell may be empty is a rule of its own."""
    return lambda cell: cell.is_null() | test(cell)


def text(description: str, required: bool = False) -> dy.String:
    """A column of free text."""
    return _column(description, required=required, expected="text", checks={})


def ident(description: str, pattern: str = r"^[a-z0-9]+(-[a-z0-9]+)*$", key: bool = False) -> dy.String:
    """A required identifier of the given pattern."""
    checks = {"pattern": lambda c: c.str.contains(pattern)}
    return _column(description, required=True, expected=f"the form {pattern}", key=key, checks=checks, pattern=pattern)


def pattern(description: str, form: str, expected: str, required: bool = False) -> dy.String:
    """A column whose text has a form."""
    checks = {"pattern": lambda c: c.str.contains(form)}
    return _column(description, required=required, expected=expected, checks=checks, pattern=form)


def code(description: str, values: Mapping[str, str], required: bool = True) -> dy.String:
    """A column with a closed list of codes."""
    checks = {"code": lambda c: c.is_in(list(values))}
    expected = f"one of {', '.join(values)}"
    return _column(description, required=required, expected=expected, checks=checks, values=dict(values))


def codes(description: str, values: Mapping[str, str]) -> dy.String:
    """A column with several codes of a closed list in a cell, separated by `;`."""
    checks = {"code": lambda c: c.str.split(";").list.eval(pl.element().is_in(list(values))).list.all()}
    expected = f"codes out of {', '.join(values)}, separated by ;"
    return _column(description, required=False, expected=expected, checks=checks, type="list", values=dict(values))


def listed(description: str, required: bool = False) -> dy.String:
    """A column with several texts in a cell, separated by `;`."""
    checks = {"blank": lambda c: ~c.str.contains(r"^;|;;|;$")}
    return _column(description, required=required, expected="texts separated by ;", checks=checks, type="list")


def day(description: str) -> dy.String:
    """A column of ISO dates."""
    checks = {
        "date": lambda c: c.str.contains(r"^\d{4}-\d\d-\d\d$") & c.str.to_date("%Y-%m-%d", strict=False).is_not_null()
    }
    return _column(description, required=False, expected="a date such as 2019-12-31", checks=checks, type="date")


def flag(description: str) -> dy.String:
    """A column of true or false."""
    checks = {"code": lambda c: c.is_in(list(BOOLEANS))}
    return _column(description, required=True, expected="true or false", checks=checks, type="boolean")


def number(description: str) -> dy.String:
    """A required column of numbers."""
    checks = {"number": lambda c: c.str.contains(r"^-?\d+(\.\d+)?$")}
    return _column(description, required=True, expected="a number such as 12.5", checks=checks, type="number")


class Table(dy.Schema):
    """What every table has while it is read: the line that a row begins on. It is not a column of the file."""

    line = dy.Int64(alias=LINE, nullable=False)


class Parks(Table):
    """One row is a park."""

    park_id = ident("Identifier of the park", key=True)
    name_zh = text("Name in Chinese; for an anonymised park a descriptive one", required=True)
    name_en = text("Name in English; for an anonymised park a descriptive one", required=True)
    county_zh = text("County in Chinese; empty for an anonymised park")
    county_en = text("County in English; empty for an anonymised park")
    province_zh = text("Province in Chinese; empty for an anonymised park")
    province_en = text("Province in English; empty for an anonymised park")
    anonymised = flag("The text hides the county; it stays hidden")
    role = code("Part the park plays in the study", ROLES)
    note = text("Note")


class Sources(Table):
    """One row is a text."""

    source_id = ident("Identifier of the text: <park_id>-<year>; a further text of the year adds a letter", key=True)
    park_id = ident("Park the text is about")
    kind = code("Kind of text", SOURCE_KINDS)
    title = text("Title; empty for an anonymised park")
    publisher = text("Issuer or site; empty for an anonymised park")
    published = pattern(
        "Date printed in the text or on its page",
        r"^\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$",
        "a date such as 2018-01-03 or 2020-01",
    )
    url = pattern("Address; empty where unknown or anonymised", r"^https?://\S+$", "an address that begins with http")
    official = flag("The host belongs to a government or a statistics office")
    period_start = day("First day of the span the text reports")
    period_end = day("Last day of the span the text reports")
    sha256 = pattern("SHA-256 of the text as it was read", r"^[0-9a-f]{64}$", "64 hexadecimal digits")
    grade = code("Grade of the source", GRADES, required=False)
    note = text("Note")


class Indicators(Table):
    """One row is an indicator."""

    indicator = ident("Name of the indicator", r"^[a-z0-9]+(_[a-z0-9]+)*$", key=True)
    name_zh = text("Name in Chinese", required=True)
    name_en = text("Name in English", required=True)
    terms_zh = listed("Printed terms accepted for it, as printed", required=True)
    dimension = code("Dimension of the study", DIMENSIONS)
    kind = code("What kind of quantity it is", KINDS)
    unit = code("Unit of its level; areas and money are converted on load only within one kind", {u: u for u in UNITS})
    growth_price = code("Price basis of its published growth", GROWTH_PRICES, required=False)
    definition_en = text("Definition in English", required=True)
    definition_zh = text("Definition in Chinese", required=True)
    definition_source = text("Where the definition comes from", required=True)


class Observations(Table):
    """One row is a distinct printed figure of one subject, period and concept."""

    observation_id = ident("Identifier: <source_id>-<three digits>", r"^[a-z0-9]+(-[a-z0-9]+)*-\d{3}$", key=True)
    source_id = ident("Text the figure stands in")
    indicator = ident("Indicator", r"^[a-z0-9]+(_[a-z0-9]+)*$")
    subject = pattern(
        "What the figure is of: park, county, or a part (zone:, sector:, group:, project:, firm:)",
        SUBJECT_PATTERN,
        "park, county, or zone:, sector:, group:, project:, firm: with a slug of a-z, 0-9 and -",
        required=True,
    )
    population = code("Units the figure covers, as far as the same sentence says it", POPULATIONS)
    transformation = code("Level, growth or share", TRANSFORMATIONS)
    value_type = code("Outturn, forecast, target or plan", VALUE_TYPES)
    period_start = day("First day; empty: a point in time")
    period_end = day("Last day, or the point in time; empty: undated")
    reported_term = text("Printed words that name the quantity", required=True)
    reported_figure = text("Figure as printed, with magnitude, unit and bound words", required=True)
    bound = code("Which interval the printed figure stands for", BOUND_LABELS)
    obs_status = code("SDMX CL_OBS_STATUS; empty for targets and plans", OBS_STATUS, required=False)
    part_of = listed("observation_id of the printed wholes this figure is a part of")
    split = code("Whether the parts make up the whole", SPLITS, required=False)
    share_of = pattern(
        "For a share: the indicator it is a share of, plan, or unstated",
        r"^[a-z0-9_]+$",
        "an indicator, plan or unstated",
    )
    caveats = codes("What the coder saw", CAVEATS)
    locator = pattern(
        "Headings and numbered items, then p and the paragraph; empty only for pages that are no work summary",
        LOCATOR_PATTERN,
        "a place such as 一/(二)/1/p1",
    )
    note = text("Note in English")


class Subjects(Table):
    """One row is the name of a part of a park that a text gives figures of."""

    source_id = ident("Text")
    subject = pattern(
        "Subject of an observation of the text, other than park and county",
        SUBJECT_PATTERN,
        "a subject of observations.csv, such as zone:old",
        required=True,
    )
    name_zh = text("Name in Chinese; for an anonymised park a descriptive or a numbered one", required=True)
    name_en = text("Name in English; for an anonymised park a descriptive or a numbered one", required=True)


class Places(Table):
    """One row is a place that contains a park, the nearest place of a park first."""

    park_id = ident("Park")
    scope = text("Scope of reference.csv; for an anonymised park the nation only", required=True)


class Reference(Table):
    """One row is a benchmark value."""

    series = ident("Name of the series", r"^[a-z0-9]+(_[a-z0-9]+)*$")
    name_zh = text("Name in Chinese", required=True)
    name_en = text("Name in English", required=True)
    scope = text("What the value covers: national, a province, a prefecture, a set of zones", required=True)
    period_start = day("First day; empty: a point in time")
    period_end = day("Last day, or the point in time")
    value = number("Value in the unit beside it")
    unit = text("Unit as the source prints it; growth in percent", required=True)
    bound = code("Which interval the value stands for", BOUND_LABELS)
    source_title = text("Title or host of the page it was read in", required=True)
    source_url = pattern(
        "Address of that page; linked only where official",
        r"^https?://\S+$",
        "an address that begins with http",
        required=True,
    )
    official = flag("The host belongs to a government or a statistics office")
    inferred = text("What of the row was inferred, if anything")
    note = text("Note, such as the printed form of a converted value")


TABLES: dict[str, type[Table]] = {
    "parks": Parks,
    "sources": Sources,
    "indicators": Indicators,
    "observations": Observations,
    "subjects": Subjects,
    "reference": Reference,
    "places": Places,
}
UNIQUE_KEYS = {
    "subjects": ["source_id", "subject"],
    "reference": ["series", "scope", "period_start", "period_end"],
    "places": ["park_id", "scope"],
}
FOREIGN_KEYS = {
    "sources": {"park_id": ("parks", "park_id")},
    "observations": {"source_id": ("sources", "source_id"), "indicator": ("indicators", "indicator")},
    "subjects": {"source_id": ("sources", "source_id")},
    "places": {"park_id": ("parks", "park_id"), "scope": ("reference", "scope")},
}
OPTIONAL = ("subjects", "places")  # of the shipped ones, the rows that fit the tables of a folder are kept


def columns(table: str) -> dict[str, dy.Column]:
    """The declared columns of a table, in the order of the file."""
    return {name: column for name, column in TABLES[table].columns().items() if name != LINE}
