"""Tax quality: tax per unit of reported output, buoyancy, and concentration on named taxpayers.

Which tax a figure is decides what it may be compared with (method, T3), so peers are rows whose inputs have the same
populations on both sides. A ratio of the same months is computed raw; where it would meet a full year, its band stands
in a row of its own (G5). What the method refuses is a row with the reason.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from parkstudy.method.measures import Measure, Row, derived, levels, refused, same_months
from parkstudy.method.year import year_share
from parkstudy.record.interval import Interval
from parkstudy.record.period import Period
from parkstudy.record.tables import Tables

LEAST_PEERS = 3  # method, T1: with fewer, no range is drawn

MEASURES = {
    "tax_per_output": Measure("percent", "T1"),
    "tax_per_tit_revenue": Measure("percent", "T6"),
    "tax_per_value_added": Measure("percent", "T6"),
    "tax_buoyancy": Measure("ratio", "T4"),
    "taxpayer_concentration": Measure("percent", "T5"),
}


def rows(study: Tables) -> list[Row]:
    """Every tax measure of the parks of the study."""
    found: list[Row] = []
    for park in study.park_ids():
        found += tax_per_output(study, park) + tax_per_tit_revenue(study, park) + tax_per_value_added(study, park)
        found += buoyancy(study, park) + concentration(study, park)
    return with_peers(study, found)


def tax_per_output(study: Tables, park: str) -> list[Row]:
    """Tax over reported industrial output of the same months, in percent, raw and as its full-year band (T1, G5)."""
    outputs = levels(study, "gross_industrial_output", park)
    if not outputs and levels(study, "tech_industry_trade_revenue", park):
        return [refused(park, "tax_per_output", "ratio", "other_concept")]
    return _ratios(study, park, outputs, "tax_per_output", "no_output")


def tax_per_tit_revenue(study: Tables, park: str) -> list[Row]:
    """Tax over revenue from technology, industry and trade: another concept, never in an order with output (T6).

    Its band borrows the output share of a year (G4), flagged so.
    """
    revenues = levels(study, "tech_industry_trade_revenue", park)
    if not revenues:
        return [refused(park, "tax_per_tit_revenue", "ratio", "no_tit_revenue")]
    found = _ratios(study, park, revenues, "tax_per_tit_revenue", "no_output")
    for row in found:
        if row["basis"] == "annualised" and row.get("low") is not None:
            row["flags"] = [*row["flags"], "borrowed_share"]
    return found


def tax_per_value_added(study: Tables, park: str) -> list[Row]:
    """Tax over value added of the same months: shown as a question about the data, never across parks (T6)."""
    added = levels(study, "industrial_value_added", park)
    if not added:
        return [refused(park, "tax_per_value_added", "ratio", "no_value_added")]
    found = [
        row
        for row in _ratios(study, park, added, "tax_per_value_added", "no_value_added")
        if row["basis"] == "reported"
    ]
    return [{**row, "flags": [*row.get("flags", []), "question_only"]} for row in found]


def _ratios(study: Tables, park: str, wholes: list[Row], measure: str, without: str) -> list[Row]:
    taxes = levels(study, "tax_revenue", park)
    if not taxes or not wholes:
        return [refused(park, measure, "ratio", without if taxes else "no_tax")]
    pairs = [(tax, whole) for tax in taxes for whole in wholes if same_months(tax, whole)]
    if not pairs:
        return [refused(park, measure, "ratio", "spans_differ")]
    return [row for tax, whole in pairs for row in _raw_and_band(tax, whole, measure)]


def _raw_and_band(tax: Row, whole: Row, measure: str) -> list[Row]:
    park = tax["park_id"]
    if not Interval.of(whole).positive:
        return [refused(park, measure, "ratio", "reaches_zero")]
    columns: dict[str, Any] = {"flags": ["populations_differ"] if tax["population"] != whole["population"] else []}
    value = Interval.of(tax).over(Interval.of(whole)).times(100)
    raw = derived(measure, "ratio", value, tax, whole, **columns)
    share_of_whole, share_of_tax = year_share(whole, "output"), year_share(tax)
    columns["basis"] = "annualised"
    if share_of_whole is None or share_of_tax is None:
        return [raw, refused(park, measure, "ratio_full_year", "no_year_share", basis="annualised")]
    if Period.of(tax).is_full_year:
        return [raw, derived(measure, "ratio_full_year_reported", value, tax, whole, **columns)]
    factor = share_of_whole.over(share_of_tax)
    band = Interval(value.low * factor.low, value.high * factor.high)
    return [raw, derived(measure, "ratio_full_year", band, tax, whole, status="I", **columns)]


def buoyancy(study: Tables, park: str) -> list[Row]:
    """Tax growth over output growth, from two printed rates of one text, months and population (T4)."""
    rates = study.summaries().filter(park_id=park, transformation="yoy", subject="park", value_type="outturn")
    outputs = rates.filter(indicator="gross_industrial_output").to_dicts()
    found = []
    for tax in rates.filter(indicator="tax_revenue").to_dicts():
        for output in (o for o in outputs if same_months(tax, o) and tax["population"] == o["population"]):
            if Interval.of(output).positive and tax["low"] >= 0:
                value = Interval.of(tax).over(Interval.of(output))
                found.append(derived("tax_buoyancy", "buoyancy", value, tax, output))
            else:
                found.append(refused(park, "tax_buoyancy", "buoyancy", "reaches_zero"))
    return found or [refused(park, "tax_buoyancy", "buoyancy", "no_rates")]


def concentration(study: Tables, park: str) -> list[Row]:
    """Tax of named taxpayers over the tax they are a part of, in both readings where the sentence has two (T5).

    An open numerator is taken at its bound. Read as `each`, the printed sum is of every one of the named firms.
    """
    firms = (
        study.summaries()
        .filter(park_id=park, indicator="tax_revenue", transformation="level")
        .filter(pl.col("subject").str.starts_with("firm:"))
    )
    wholes = {row["observation_id"]: row for row in levels(study, "tax_revenue", park)}
    found = []
    for part in firms.iter_rows(named=True):
        for whole in (wholes[w] for w in part["part_of"] if w in wholes):
            found += _readings(part, whole)
    return found or [refused(park, "taxpayer_concentration", "taxpayers", "no_taxpayers")]


def firms_of(subject: str) -> list[str]:
    """The firms that a subject names: `firm:a+b`."""
    return subject.removeprefix("firm:").split("+")


def _readings(part: Row, whole: Row) -> list[Row]:
    if not Interval.of(whole).positive:
        return [refused(part["park_id"], "taxpayer_concentration", "taxpayers", "reaches_zero")]
    at_bound, count = part["bound"] == "at_least", len(firms_of(part["subject"]))
    top = Interval(part["value"], part["value"], part["value"]) if at_bound else Interval.of(part)
    readings = {"together": 1, "each": count} if "two_readings" in part["caveats"] and count > 1 else {"together": 1}
    flags = ["at_bound"] if at_bound else []
    return [
        derived(
            "taxpayer_concentration", "taxpayers", top.times(100 * times).over(Interval.of(whole)), part, whole,
            subject=part["subject"], flags=flags, reading=reading,
        )
        for reading, times in readings.items()
    ]  # fmt: skip


def with_peers(study: Tables, rows: list[Row]) -> list[Row]:
    """Rows of tax per output with the flag of T1: outside the range of three peers or more, or no peer set at all."""
    populations = dict(study.observations.select("observation_id", "population").iter_rows())

    def kind(row: Row) -> tuple[str, ...]:
        return row["basis"], row["value_type"], row["method"], *(populations[key] for key in row["inputs"])

    ratios = [row for row in rows if row["measure"] == "tax_per_output" and row.get("low") is not None]
    flags = {
        id(row): _peer_flags(row, [o for o in ratios if o["park_id"] != row["park_id"] and kind(o) == kind(row)])
        for row in ratios
    }
    return [{**row, "flags": [*row["flags"], *flags[id(row)]]} if id(row) in flags else row for row in rows]


def _peer_flags(row: Row, peers: list[Row]) -> list[str]:
    if len({peer["park_id"] for peer in peers}) < LEAST_PEERS:
        return ["no_peer_set"]
    outside = row["high"] < min(p["low"] for p in peers) or row["low"] > max(p["high"] for p in peers)
    return ["outside_peer_range"] if outside else []
