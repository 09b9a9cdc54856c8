"""Where a number comes from: the record that a page opens behind it.

Every number on a page has a key: the id of an observation, the id of a reference row, or the key of a measure row. Its
record says what was printed where, or by which formula from which inputs, with period, population, status, interval and
caveats; the inputs are keys again, down to the printed figures.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import polars as pl

from parkstudy.method.benchmarks import reference_id
from parkstudy.method.measures import FLAGS, MEASURES, REASONS, RUNGS
from parkstudy.record.schema import BOUND_LABELS, CAVEATS, GRADES, OBS_STATUS, VALUE_TYPE_NAMES, VALUE_TYPES
from parkstudy.method.study import Study
from parkstudy.words import wording
from parkstudy.words.language import Text
from parkstudy.words.rules import FORMULAS, RULES, code_name

LABELS: dict[str, tuple[Text, ...]] = {
    "observation": (
        Text("Printed term", "原文用语"), Text("Printed figure", "原文数字"), Text("Interval", "区间"), Text("Indicator", "指标"),
        Text("Park", "园区"), Text("Part", "部分"), Text("Text", "材料"), Text("Place in the text", "原文位置"),
        Text("Period", "时期"), Text("Population", "统计范围"), Text("Type", "类型"), Text("Status", "状态"),
        Text("Caveats", "提示"), Text("Note", "备注"), Text("Id", "编号"),
    ),
    "measure": (
        Text("Value", "数值"), Text("Interval", "区间"), Text("Formula", "公式"), Text("Computed as", "算法"),
        Text("Park", "园区"), Text("Period", "时期"), Text("Population", "统计范围"), Text("Area", "面积口径"),
        Text("Type", "类型"), Text("Status", "状态"), Text("Grade", "等级"), Text("Flags", "标记"), Text("Rule", "规则"),
    ),
    "reference": (
        Text("Value", "数值"), Text("Series", "序列"), Text("Scope", "地域"), Text("Period", "时期"), Text("Page", "页面"),
        Text("Inferred", "推定"), Text("Note", "备注"),
    ),
}  # fmt: skip
Record = dict[str, Any]


def measure_key(row: dict[str, Any]) -> str:
    """The key of a measure row: the same for the same inputs, basis, price, rung and interval, in either language."""
    parts = (
        "park_id",
        "subject",
        "measure",
        "value_type",
        "period_end",
        "basis",
        "price",
        "rung",
        "inputs",
        "low",
        "high",
        "reason",
    )
    return "m-" + hashlib.sha256("|".join(str(row[part]) for part in parts).encode()).hexdigest()[:10]


def with_keys(measures: pl.DataFrame) -> pl.DataFrame:
    """Measure rows with their `key`."""
    keys = [measure_key(row) for row in measures.iter_rows(named=True)]
    return measures.with_columns(key=pl.Series(keys, dtype=pl.String))


def records(study: Study, keys: Iterable[str], measures: pl.DataFrame | None = None) -> dict[str, Record]:
    """The records of `keys` and of everything they rest on; a key that is in neither table has none.

    A record is `kind` (a key of `LABELS`), `title`, `values` in the order of its labels (empty where there is nothing to
    say) and `inputs`, the keys it rests on.
    """
    derived = {} if measures is None else {measure_key(row): row for row in measures.iter_rows(named=True)}
    printed = {row["observation_id"]: row for row in study.observations.iter_rows(named=True)}
    around = {reference_id(row): row for row in study.reference.iter_rows(named=True)}
    found: dict[str, Record] = {}
    waiting = list(keys)
    while waiting:
        key = waiting.pop()
        if key in found:
            continue
        if key in derived:
            found[key] = _measure(study, derived[key])
        elif key in printed:
            found[key] = _observation(study, printed[key])
        elif key in around:
            found[key] = _reference(study, around[key])
        waiting += found.get(key, {}).get("inputs", [])
    return dict(sorted(found.items()))


def visible(text: str) -> str:
    """`text` without control characters, private-use ones and direction overrides, which would turn their neighbours."""
    return "".join(
        " " if c.isspace() and c not in "\n\u00a0" else c
        for c in text
        if c.isprintable() or c.isspace() or c == "\u200d"
    )


def _record(kind: str, title: str, values: list[Any], inputs: list[str]) -> Record:
    shown = ["" if value is None else visible(str(value)) for value in values]
    return {"kind": kind, "title": visible(title), "values": shown, "inputs": inputs}


def _observation(study: Study, row: dict[str, Any]) -> Record:
    source = study.sources.row(by_predicate=pl.col("source_id") == row["source_id"], named=True)
    name = wording.quantity_name(study, row["indicator"], row["transformation"])
    text = source["title"] or study.say("(hidden: the text is anonymised)", "（隐去：材料已匿名）")
    said = [text, source["publisher"], source["published"], source["grade"] and _grade(study, source["grade"])]
    bound = study.say(BOUND_LABELS[row["bound"]])
    values = [
        row["reported_term"], row["reported_figure"],
        study.say(f"{_span(study, row, 5)} ({bound})", f"{_span(study, row, 5)}（{bound}）"),
        name, wording.park_names(study)[row["park_id"]], "" if row["subject"] == "park" else row["subject"],
        study.say(", ", "，").join(part for part in said if part), row["locator"], wording.period(row, study.lang),
        wording.population(row["population"], study.lang), _type(study, row["value_type"]),
        _status(study, row["obs_status"]), _each(study, CAVEATS, row["caveats"]), row["note"], row["observation_id"],
    ]  # fmt: skip
    return _record(
        "observation", study.say(f"{name}: {row['reported_figure']}", f"{name}：{row['reported_figure']}"), values, []
    )


def _measure(study: Study, row: dict[str, Any]) -> Record:
    measure = MEASURES[row["measure"]]
    digits = 5 if len(row["inputs"]) == 1 else 3
    value = study.say("not computed", "不予计算") if row["low"] is None else study.say("interval only", "只有区间")
    if row["value"] is not None:
        value = wording.amount(row["value"], row["unit"], digits, study.lang)
    span = "" if row["low"] is None else _span(study, row, digits)
    values = [
        value, span, study.say(FORMULAS[row["measure"]]), row["method"], wording.park_names(study)[row["park_id"]],
        wording.period(row, study.lang) if row["inputs"] else "",
        wording.population(row["population"], study.lang) if row["inputs"] else "",
        study.say(RUNGS[row["rung"]]) if row["rung"] else "",
        _type(study, row["value_type"]), _status(study, row["status"]),
        _grade(study, row["grade"]) if row["grade"] else "",
        study.say(REASONS[row["reason"]]) if row["reason"] else _each(study, FLAGS, row["flags"]), _rule(study, measure.rule),
    ]  # fmt: skip
    return _record("measure", study.say(measure.name), values, row["inputs"])


def _span(study: Study, row: dict[str, Any], digits: int) -> str:
    """The interval of a row with its unit."""
    span = wording.amount_interval(row["low"], row["high"], row["unit"], digits, study.lang)
    return study.say(f"{span} {wording.unit_name(row['unit'])}".strip(), span)


def _type(study: Study, value_type: str | None) -> str:
    """A value type and what it means."""
    if not value_type:
        return ""
    name, label = VALUE_TYPE_NAMES[value_type], VALUE_TYPES[value_type]
    return study.say(f"{name}: {label}", f"{name.zh}：{label.zh}")


def _reference(study: Study, row: dict[str, Any]) -> Record:
    host = row["source_url"].partition("//")[2].partition("/")[0]
    title = row["source_title"]
    page = host if title == host else study.say(f"{title} ({host})", f"{title}（{host}）")
    kind = study.say("official page", "官方页面") if row["official"] else study.say("read in a repost", "据转载页面")
    name = row["name_zh"] if study.lang == "zh" else row["name_en"]
    value = wording.number(row["value"], 6)
    values = [
        study.say(f"{value} {row['unit']}", f"{value}{row['unit']}"), name, wording.scope(row["scope"], study.lang, study),
        wording.period(row, study.lang), study.say(f"{page}, {kind}", f"{page}，{kind}"), row["inferred"], row["note"],
    ]  # fmt: skip
    return _record("reference", name, values, [])


def input_names(study: Study) -> dict[str, str]:
    """What an input is called in a row of a table: the printed figure with its place, or a reference with its span."""
    say = study.say
    names = {
        r["observation_id"]: say(
            f"{r['reported_figure']} ({r['locator']})", f"{r['reported_figure']}（{r['locator']}）"
        )
        for r in study.observations.iter_rows(named=True)
    }
    for row in study.reference.iter_rows(named=True):
        where, when = wording.scope(row["scope"], study.lang, study), wording.period(row, study.lang)
        value = wording.number(row["value"], 6)
        names[reference_id(row)] = say(
            f"{value} {row['unit']} ({where}, {when})", f"{value}{row['unit']}（{where}，{when}）"
        )
    return names


def _rule(study: Study, rule: str) -> str:
    """A rule of the method, by its code and in a sentence."""
    code = code_name(rule, study.lang)
    return study.say(f"{code}: {RULES[rule]}", f"{code}：{RULES[rule].zh}")


def _grade(study: Study, grade: str) -> str:
    return f"{grade}: {study.say(GRADES[grade])}" if study.lang == "en" else f"{grade}级：{study.say(GRADES[grade])}"


def _status(study: Study, status: str | None) -> str:
    return study.say(OBS_STATUS[status]) if status else ""


def _each(study: Study, names: dict[str, Any], codes: Iterable[str]) -> str:
    return study.say("; ", "；").join(study.say(names.get(code, code)) for code in codes)


def cite(study: Study, inputs: Iterable[str]) -> list[str]:
    """The texts and pages behind observations and reference rows, in the order of the study.

    A work summary is cited by its title, date and grade; a page that is no official one as read in a repost, by its
    title, or by host and period where it has none.
    """
    wanted = list(inputs)
    ids = set(study.observations.filter(pl.col("observation_id").is_in(wanted))["source_id"])
    names = dict(study.parks.select("park_id", study.say("name_en", "name_zh")).iter_rows())
    lines = []
    for row in study.sources.filter(pl.col("source_id").is_in(sorted(ids))).iter_rows(named=True):
        if row["kind"] == "work_summary":
            grade = study.say(f"grade {row['grade']}", f"{row['grade']}级") if row["grade"] else None
            lines.append(_cited(study, row["title"] or names[row["park_id"]], [row["published"], grade]))
        else:
            title = row["title"] or row["publisher"] or (None if row["url"] else names[row["park_id"]])
            lines.append(_page(study, title, row["url"], row["period_end"], row["official"]))
    references = (
        {reference_id(r): r for r in study.reference.iter_rows(named=True)}
        if any(i.startswith("ref:") for i in wanted)
        else {}
    )
    for row in (references[i] for i in dict.fromkeys(wanted) if i in references):
        lines.append(_page(study, row["source_title"], row["source_url"], row["period_end"], row["official"]))
    return list(dict.fromkeys(lines))


def _cited(study: Study, title: str, details: Iterable[str | None]) -> str:
    parts = study.say(", ", "，").join(part for part in details if part)
    return study.say(f"{title} ({parts})", f"{title}（{parts}）") if parts else title


def _page(study: Study, title: str | None, url: str | None, period_end: object, official: bool) -> str:
    host = (url or "").partition("//")[2].partition("/")[0]
    named = title or ", ".join(str(part) for part in (host, period_end) if part)
    kind = study.say("official page", "官方页面") if official else study.say("read in a repost", "据转载页面")
    return _cited(study, named, [kind])
