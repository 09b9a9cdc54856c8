"""Tables of measures: each value with its interval, its flags and the printed figures behind it, each gap with its reason."""

from __future__ import annotations

from typing import Any

import polars as pl

from parkstudy.method.measures import BASES, FLAG_NAMES, FLAGS, MEASURES, REASONS, RUNG_NAMES, as_printed
from parkstudy.method.study import Study
from parkstudy.record.schema import OBS_STATUS, VALUE_TYPE_NAMES
from parkstudy.show.exhibit import Cell, Exhibit, opens, switched, table
from parkstudy.show.provenance import input_names, measure_key
from parkstudy.words import wording
from parkstudy.words.language import Text

PRICES = ("nominal", "real")
_RATES = pl.col("measure").cast(pl.String).str.contains(r"_growth(_target)?$")


def table_growth(study: Study, measures: pl.DataFrame, price: str = "nominal") -> Exhibit:
    """Every growth rate and target with its interval, flags and place; and the rates that no text prints.

    Raises `ValueError` for an unknown price.
    """
    rates = measures.filter(_RATES)
    return switched(
        study,
        lambda price: _table_of(study, _at_prices(rates, price), "growth-table", _RATES_WORD, _GROWTH_NOTES[price]),
        price=(price, PRICES),
    )


_RATES_WORD = Text("rates and targets", "个增速与目标")
_GROWTH_NOTES = {
    "nominal": Text("Percent on the same months a year earlier. ", "比上年同期增长，%。"),
    "real": Text(
        "Percent on the same months a year earlier, at constant prices; rates of tax and investment are not deflated and stand "
        "in the table of published rates. ",
        "比上年同期增长，%，按不变价计算；税收和投资的增速不作价格缩减，见按公布值的表。",
    ),
}


def _at_prices(rates: pl.DataFrame, price: str) -> pl.DataFrame:
    """The rates of a price with those that are at comparable prices as printed, and every refusal."""
    return rates.filter(pl.col("price").is_in([price, "comparable"]) | pl.col("reason").is_not_null())


def table_checks(study: Study, measures: pl.DataFrame) -> Exhibit:
    """What the rates and targets imply: bases for checks, attainment, gaps, plans, output per firm."""
    text = Text(
        "Derived from printed figures. A row marked CHECK is a step of a consistency check and never last year's value. ",
        "由原文数字推算。注明“核查用”的行是一致性核查的中间步骤，并非上年数值。",
    )
    word = Text("derived values", "个推算值")
    return _table_of(study, measures.filter(~_RATES), "growth-checks", word, text)


def table_tax(study: Study, measures: pl.DataFrame, basis: str = "reported") -> Exhibit:
    """Every tax measure as reported or as a full year, and what is refused. Raises `ValueError` for an unknown basis."""
    text = Text(
        "Basis: as reported, or as a full year (method, G5). The words in brackets are the populations of tax and denominator. ",
        "时段口径：按原文时段，或折合全年（方法G5）。括号内为税收与分母的统计范围。",
    )
    word = Text("tax measures", "项税收指标")
    return switched(
        study,
        lambda basis: _table_of(study, _on_basis(measures, basis), "tax-table", word, text),
        basis=(basis, BASES),
    )


def table_land(study: Study, measures: pl.DataFrame, basis: str = "reported") -> Exhibit:
    """Every per-area value on every rung, as reported or as a full year, and what is refused.

    Raises `ValueError` for an unknown basis.
    """
    text = Text(
        "Each value with its rung; values on different rungs are never compared (method, L2). 1 km² is 1,500 mu. ",
        "每个数值均注明面积口径，不同口径的数值不作比较（方法L2）。1平方公里合1500亩。",
    )
    word = Text("per-area values", "个单位面积数值")
    return switched(
        study,
        lambda basis: _table_of(study, _on_basis(measures, basis), "land-table", word, text),
        basis=(basis, BASES),
    )


def _on_basis(measures: pl.DataFrame, basis: str) -> pl.DataFrame:
    """The rows of a basis, what no basis changes (measures that are never made a full year), and every refusal."""
    yearly = measures.filter(basis="annualised")["measure"].unique().cast(pl.String).to_list()
    unchanged = ~pl.col("measure").cast(pl.String).is_in(yearly)
    return measures.filter((pl.col("basis") == basis) | unchanged | pl.col("reason").is_not_null())


def _table_of(study: Study, measures: pl.DataFrame, key: str, word: Text, text: Text) -> Exhibit:
    say = study.say
    names, printed = wording.short_names(study), input_names(study)
    present = [f for f in FLAGS if any(f in flags for flags in measures["flags"])]
    legend = say("; ", "；").join(
        say(f"{FLAG_NAMES[f]}: {FLAGS[f]}", f"{FLAG_NAMES[f].zh}：{FLAGS[f].zh}") for f in present
    )
    given = measures.filter(pl.col("low").is_not_null()).height
    gaps = measures.height - given
    header = [say(name) for name in _HEADER]
    return table(
        study,
        key,
        say(f"{given} {word}, {gaps} gaps with their reason", f"{given}{word.zh}，另有{gaps}处缺口（注明原因）"),
        header,
        [_line(study, row, names, printed) for row in measures.iter_rows(named=True)],
        caption=say(
            f"{text}The interval is what the printed digits allow.",
            f"{text.zh}区间为原文数字位数所容许的范围。",
        ),
        legend=say(f"Flags: {legend}.", f"标记：{legend}。") if legend else "",
        data=measures,
        measures=measures,
        numeric=header[2:4],
    )


_HEADER = (
    Text("Park", "园区"),
    Text("Measure", "指标"),
    Text("Value", "数值"),
    Text("Interval", "区间"),
    Text("Rung or basis", "面积或时段口径"),
    Text("Period", "时期"),
    Text("Method", "算法"),
    Text("Population", "统计范围"),
    Text("Type and status", "类型与状态"),
    Text("Flags or reason", "标记或原因"),
    Text("Printed (place in the text)", "原文数字（原文位置）"),
)


def _line(study: Study, row: dict[str, Any], names: dict[str, str], printed: dict[str, str]) -> list[object]:
    say, lang = study.say, study.lang
    key, known = measure_key(row), bool(row["inputs"])
    return [
        Cell(names[row["park_id"]], park=row["park_id"]),
        say(MEASURES[row["measure"]].short),
        Cell(_value(study, row), key=key, value=row["value"]),
        Cell(_interval(study, row), key=key if row["low"] is not None else "", value=row["low"]),
        _basis(study, row),
        wording.period(row, lang) if known else "",
        row["method"] or "",
        wording.population(row["population"], lang) if known else "",
        _type_and_status(study, row) if known else "",
        say(REASONS[row["reason"]])
        if row["reason"]
        else say(", ", "、").join(say(FLAG_NAMES[f]) for f in row["flags"]),
        say("; ", "；").join(opens(printed.get(i, i), i) for i in row["inputs"]),
    ]


def _basis(study: Study, row: dict[str, Any]) -> str:
    say = study.say
    parts = [say(RUNG_NAMES[row["rung"]]) if row["rung"] else ""]
    parts.append(say("full year", "折合全年") if row["basis"] == "annualised" else say("as reported", "按原文时段"))
    parts.append(say("constant prices", "不变价") if row["price"] == "real" else "")
    scope = row["subject"].removeprefix("reference:")
    parts.append(wording.scope(scope, study.lang, study) if scope != row["subject"] else "")
    return say(", ", "，").join(part for part in parts if part)


def _value(study: Study, row: dict[str, Any]) -> str:
    if row["low"] is None:
        return study.say("not computed", "不予计算")
    if row["value"] is None:
        return study.say("interval only", "只有区间")
    return wording.amount(row["value"], row["unit"], 5 if as_printed(row) else 3, study.lang)


def _interval(study: Study, row: dict[str, Any]) -> str:
    if row["low"] is None:
        return ""
    return wording.amount_interval(row["low"], row["high"], row["unit"], 5 if as_printed(row) else 3, study.lang)


def _type_and_status(study: Study, row: dict[str, Any]) -> str:
    told = {"A": "A", "F": "forecast"}.get(row["status"]) in ("A", row["value_type"])  # normal, or said by the type
    status = study.say(OBS_STATUS[row["status"]]) if row["status"] and not told else ""
    value_type = study.say(VALUE_TYPE_NAMES[row["value_type"]]) if row["value_type"] else ""
    return study.say(", ", "，").join(part for part in (value_type, status) if part)
