"""Tax quality: tax per unit of reported output, buoyancy, and concentration on named taxpayers.

Which tax a figure is decides what it may be compared with (method, T3), so every row keeps the populations of both
sides in its method. A ratio of the same months is computed raw; where it would meet a full year, its band stands in a
row of its own (G5). What the method refuses is a row with the reason.
"""

from __future__ import annotations

import re
from typing import Any

import polars as pl

from parkstudy.method.audit import carried
from parkstudy.method.measures import derived, frame, levels, refused, same_months
from parkstudy.record.interval import Interval
from parkstudy.record.period import Period
from parkstudy.record.tables import Tables
from parkstudy.words.language import Text
from parkstudy.words.wording import population

Row = dict[str, Any]

LEAST_PEERS = 3  # method, T1: with fewer, no range is drawn
READINGS = {"together": Text("together", "合计"), "each": Text("each", "各自")}  # of a sum said of several taxpayers
_READ_AS = r"(?:read as |按“)(\w+)"
_WORDS = {
    "output": Text("output", "产值"),
    "revenue": Text("revenue", "技工贸总收入"),
    "value added": Text("value added", "增加值"),
}
_NAMED = Text("tax of named taxpayers / tax", "点名的纳税企业税收÷税收")


def measures(study: Tables) -> pl.DataFrame:
    """Every tax measure of the parks of the study, by the columns of `measures.SCHEMA`."""
    study = carried(study)
    rows: list[Row] = []
    for park in study.park_ids():
        rows += tax_per_output(study, park) + tax_per_tit_revenue(study, park) + tax_per_value_added(study, park)
        rows += buoyancy(study, park) + concentration(study, park)
    return frame(with_peers(rows), study.lang)


def tax_per_output(study: Tables, park: str) -> list[Row]:
    """Tax over reported industrial output of the same months, in percent, raw and as its full-year band (T1, G5)."""
    outputs = levels(study, "gross_industrial_output", park)
    if not outputs and levels(study, "tech_industry_trade_revenue", park):
        return [refused(park, "tax_per_output", "other_concept", method=_over("output"))]
    return _ratios(study, park, outputs, "tax_per_output", "no_output", "output")


def tax_per_tit_revenue(study: Tables, park: str) -> list[Row]:
    """Tax over revenue from technology, industry and trade: another concept, never in an order with output (T6).

    Its band borrows the output share of a year (G4), flagged so.
    """
    revenues = levels(study, "tech_industry_trade_revenue", park)
    if not revenues:
        return [refused(park, "tax_per_tit_revenue", "no_tit_revenue", method=_over("revenue"))]
    rows = _ratios(study, park, revenues, "tax_per_tit_revenue", "no_output", "revenue")
    for row in rows:
        if row["basis"] == "annualised" and row.get("low") is not None:
            row["flags"] = [*row["flags"], "borrowed_share"]
    return rows


def tax_per_value_added(study: Tables, park: str) -> list[Row]:
    """Tax over value added of the same months: shown as a question about the data, never across parks (T6)."""
    added = levels(study, "industrial_value_added", park)
    if not added:
        return [refused(park, "tax_per_value_added", "no_value_added", method=_over("value added"))]
    rows = _ratios(study, park, added, "tax_per_value_added", "no_value_added", "value added")
    for row in rows:
        row["flags"] = [*row.get("flags", []), "question_only"]
    return [row for row in rows if row["basis"] == "reported"]


def _over(word: str) -> Text:
    return Text(f"tax / {word}", f"税收÷{_WORDS[word].zh}")


def _ratios(study: Tables, park: str, wholes: list[Row], measure: str, without: str, word: str) -> list[Row]:
    taxes = levels(study, "tax_revenue", park)
    if not taxes or not wholes:
        return [refused(park, measure, without if taxes else "no_tax", method=_over(word))]
    pairs = [(tax, whole) for tax in taxes for whole in wholes if same_months(tax, whole)]
    if not pairs:
        return [refused(park, measure, "spans_differ", method=_over(word))]
    return [row for tax, whole in pairs for row in _raw_and_band(tax, whole, measure, word)]


def _raw_and_band(tax: Row, whole: Row, measure: str, word: str) -> list[Row]:
    populations = f"{tax['population']} / {whole['population']}".replace("_", " ")
    in_chinese = "/".join(population(row["population"], "zh") for row in (tax, whole))
    method = Text(f"tax / {word} of the same months ({populations})", f"税收÷同期{_WORDS[word].zh}（{in_chinese}）")
    if not Interval.of(whole).positive:
        return [refused(tax["park_id"], measure, "reaches_zero", method=method)]
    flags = ["populations_differ"] if tax["population"] != whole["population"] else []
    raw = Interval.of(tax).over(Interval.of(whole)).times(100)
    rows = [derived(measure, raw, tax, whole, flags=flags, method=method)]
    period = Period(tax["period_start"], tax["period_end"])
    shares = period.year_share("output"), period.year_share("tax")
    text = Text(f"{method}, as a full year (G5)", f"{method.zh}，折合全年（G5）")
    if shares[0] is None or shares[1] is None:
        return [*rows, refused(tax["park_id"], measure, "no_year_share", basis="annualised", method=text)]
    if period.is_full_year:
        text = Text(f"{method}, a full year as reported", f"{method.zh}，原文列示的全年数")
        return [*rows, derived(measure, raw, tax, whole, flags=flags, basis="annualised", method=text)]
    factor = shares[0].over(shares[1])
    band = Interval(raw.low * factor.low, raw.high * factor.high)
    return [*rows, derived(measure, band, tax, whole, flags=flags, basis="annualised", status="I", method=text)]


def buoyancy(study: Tables, park: str) -> list[Row]:
    """Tax growth over output growth, from two printed rates of one text, months and population (T4)."""
    rates = study.summaries().filter(park_id=park, transformation="yoy", subject="park", value_type="outturn")
    taxes = rates.filter(indicator="tax_revenue").to_dicts()
    outputs = rates.filter(indicator="gross_industrial_output").to_dicts()
    method = Text("tax growth / output growth, both as published", "税收增速÷产值增速，均为公布数")
    rows = []
    for tax in taxes:
        for output in outputs:
            if same_months(tax, output) and tax["population"] == output["population"]:
                if Interval.of(output).positive and tax["low"] >= 0:
                    value = Interval.of(tax).over(Interval.of(output))
                    rows.append(derived("tax_buoyancy", value, tax, output, method=method))
                else:
                    rows.append(refused(park, "tax_buoyancy", "reaches_zero", method=method))
    return rows or [refused(park, "tax_buoyancy", "no_rates", method=method)]


def concentration(study: Tables, park: str) -> list[Row]:
    """Tax of named taxpayers over the tax they are a part of, in both readings where the sentence has two (T5).

    An open numerator is taken at its bound. Read as `each`, the printed sum is of every one of the named firms.
    """
    firms = study.summaries().filter(
        pl.col("park_id") == park,
        pl.col("indicator") == "tax_revenue",
        pl.col("transformation") == "level",
        pl.col("subject").str.starts_with("firm:"),
    )
    wholes = {row["observation_id"]: row for row in levels(study, "tax_revenue", park)}
    rows = []
    for part in firms.iter_rows(named=True):
        for whole in (wholes[w] for w in part["part_of"] if w in wholes):
            rows += _readings(part, whole)
    return rows or [refused(park, "taxpayer_concentration", "no_taxpayers", method=_NAMED)]


def _readings(part: Row, whole: Row) -> list[Row]:
    count = len(part["subject"].removeprefix("firm:").split("+"))
    if not Interval.of(whole).positive:
        return [refused(part["park_id"], "taxpayer_concentration", "reaches_zero", method=_NAMED)]
    at_bound = part["bound"] == "at_least"
    numerator = Interval(part["value"], part["value"], part["value"]) if at_bound else Interval.of(part)
    readings = {"together": 1, "each": count} if "two_readings" in part["caveats"] and count > 1 else {"together": 1}
    flags = ["at_bound"] if at_bound else []
    return [
        derived(
            "taxpayer_concentration",
            numerator.times(100 * times).over(Interval.of(whole)),
            part,
            whole,
            subject=part["subject"],
            flags=flags,
            method=Text(
                f"tax of {count} named taxpayers / tax, read as {reading}",
                f"{count}家点名的纳税企业税收÷税收，按“{READINGS[reading].zh}”理解",
            ),
        )
        for reading, times in readings.items()
    ]


def reading() -> pl.Expr:
    """The word of the reading of a concentration, from its method, in the language of the frame; null elsewhere."""
    return pl.col("method").str.extract(_READ_AS, 1)


def reading_of(method: str) -> str:
    """The same of one method; empty where it names no reading."""
    found = re.search(_READ_AS, method)
    return found[1] if found else ""


def with_peers(rows: list[Row]) -> list[Row]:
    """Rows of tax per output with the flag of T1: outside the range of three peers or more, or no peer set at all."""
    marked = []
    for row in rows:
        if row["measure"] != "tax_per_output" or row.get("low") is None:
            marked.append(row)
            continue
        peers = [
            other for other in rows
            if other["measure"] == "tax_per_output" and other.get("low") is not None and other["park_id"] != row["park_id"]
            and other["basis"] == row["basis"] and other["value_type"] == row["value_type"] and other["method"] == row["method"]
        ]  # fmt: skip
        marked.append({**row, "flags": [*row["flags"], *_peer_flag(row, peers)]})
    return marked


def _peer_flag(row: Row, peers: list[Row]) -> list[str]:
    if len({peer["park_id"] for peer in peers}) < LEAST_PEERS:
        return ["no_peer_set"]
    outside = row["high"] < min(p["low"] for p in peers) or row["low"] > max(p["high"] for p in peers)
    return ["outside_peer_range"] if outside else []
