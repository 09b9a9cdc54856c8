"""Tax quality: tax per unit of reported output, buoyancy, and concentration on named taxpayers.

Which tax a figure is decides what it may be compared with (method, T3): peers are rows whose inputs have the same
populations on both sides. What the method refuses is a row with the reason.
"""

from collections.abc import Iterator
from itertools import product

from parkstudy.method.measures import (
    Measure,
    Text,
    derived,
    exactly,
    levels,
    one_sample,
    printed,
    refused,
    same_months,
    span,
    text_of,
    texts,
)  # fmt: skip
from parkstudy.method.year import year_share
from parkstudy.record.interval import Interval
from parkstudy.record.period import Period
from parkstudy.record.rows import Row, fitting, gathered, grouped
from parkstudy.record.tables import Tables

LEAST_PEERS = 3  # method, T1: with fewer, no range is drawn

MEASURES = {
    "tax_per_output": Measure("percent", "T1", "per_100_of_output"),
    "tax_per_tit_revenue": Measure("percent", "T6", "per_100_of_revenue"),
    "tax_per_value_added": Measure("percent", "T6", "per_100_of_value_added"),
    "tax_buoyancy": Measure("ratio", "T4"),
    "taxpayer_concentration": Measure("percent", "T5"),
}
_TIT_REVENUE = "tech_industry_trade_revenue"
_OVER = {  # measure to what tax is held against, and the reason where a text does not print it
    "tax_per_output": ("gross_industrial_output", "no_output"),
    "tax_per_tit_revenue": (_TIT_REVENUE, "no_tit_revenue"),
    "tax_per_value_added": ("industrial_value_added", "no_value_added"),
}


def rows(study: Tables) -> list[Row]:
    """Every tax measure of the texts of the core parks."""
    found: list[Row] = []
    for text in texts(study):
        found += [row for measure in _OVER for row in tax_over(study, text, measure)]
        found += buoyancy(study, text) + concentration(study, text)
    return with_peers(study, found)


def tax_over(study: Tables, text: Text, measure: str) -> list[Row]:
    """Tax over a level of the same months, in percent, raw and as its full-year band (T1, G5).

    Revenue from technology, industry and trade is another concept, never in an order with output, and its band borrows the
    output share of a year (G4, T6). Value added is shown raw, as a question about the data, never across parks (T6).
    """
    indicator, without = _OVER[measure]
    wholes, taxes = levels(study, indicator, text), levels(study, "tax_revenue", text)
    if not wholes and measure == "tax_per_output":
        without = "other_concept" if levels(study, _TIT_REVENUE, text) else without if taxes else "no_tax"
    if not wholes:
        return [refused(text, measure, "ratio", without)]
    pairs = [(tax, whole) for tax, whole in product(taxes, wholes) if same_months(tax, whole)]
    found = [row for tax, whole in pairs for row in _raw_and_band(tax, whole, measure)]
    found = found or [refused(text, measure, "ratio", "spans_differ" if taxes else "no_tax")]
    if measure == "tax_per_value_added":
        return [_flagged(row, "question_only") for row in fitting(found, basis="reported")]
    return found


def _flagged(row: Row, *flags: str) -> Row:
    return {**row, "flags": [*row.get("flags", []), *flags]}


def _raw_and_band(tax: Row, whole: Row, measure: str) -> Iterator[Row]:
    if not Interval.of(whole).positive:
        yield refused(text_of(tax), measure, "ratio", "reaches_zero")
        return
    flags = [] if one_sample(tax, whole) else ["populations_differ"]
    flags = ["population_unstated"] if "unstated" in (tax["population"], whole["population"]) else flags
    value = Interval.of(tax).over(Interval.of(whole)).times(100)
    yield derived(measure, "ratio", value, tax, whole, flags=flags)
    share_of_whole, share_of_tax = year_share(whole, "output"), year_share(tax)
    if share_of_whole is None or share_of_tax is None:
        yield refused(text_of(tax), measure, "ratio_full_year", "no_year_share", basis="annualised", **span(tax))
    else:
        method, status, band = "ratio_full_year_reported", None, value
        if not Period.of(tax).is_full_year:
            factor = share_of_whole.over(share_of_tax)
            method, status, band = "ratio_full_year", "I", Interval(value.low * factor.low, value.high * factor.high)
        row = derived(measure, method, band, tax, whole, flags=flags, status=status, basis="annualised")
        yield _flagged(row, "borrowed_share") if measure == "tax_per_tit_revenue" else row


def buoyancy(study: Tables, text: Text) -> list[Row]:
    """Tax growth over output growth, from two printed rates of one text, months and population (T4)."""
    rates = printed(study, text, transformation="yoy", subject="park", value_type="outturn")
    found: list[Row] = []
    for tax, output in product(*(fitting(rates, indicator=i) for i in ("tax_revenue", "gross_industrial_output"))):
        if same_months(tax, output) and one_sample(tax, output):
            if Interval.of(output).positive and tax["low"] >= 0:
                value = Interval.of(tax).over(Interval.of(output))
                found.append(derived("tax_buoyancy", "buoyancy", value, tax, output))
            else:
                found.append(refused(text, "tax_buoyancy", "buoyancy", "reaches_zero"))
    return found or [refused(text, "tax_buoyancy", "buoyancy", "no_rates")]


def concentration(study: Tables, text: Text) -> list[Row]:
    """Tax of named taxpayers over the tax they are a part of, at its bound if open, in both readings if it has two (T5)."""
    wholes = {row["observation_id"]: row for row in levels(study, "tax_revenue", text)}
    found: list[Row] = []
    for part in printed(study, text, indicator="tax_revenue", transformation="level"):
        if part["subject"].startswith("firm:"):
            found += [row for i in part["part_of"] if i in wholes for row in _readings(part, wholes[i])]
    return found or [refused(text, "taxpayer_concentration", "taxpayers", "no_taxpayers")]


def firms_of(subject: str) -> list[str]:
    """The firms that a subject names: `firm:a+b`."""
    return subject.removeprefix("firm:").split("+")


def _readings(part: Row, whole: Row) -> Iterator[Row]:
    name, method = "taxpayer_concentration", "taxpayers"
    if not Interval.of(whole).positive:
        yield refused(text_of(part), name, method, "reaches_zero")
        return
    at_bound, count = part["bound"] == "at_least", len(firms_of(part["subject"]))
    top, flags = (exactly(part), ["at_bound"]) if at_bound else (Interval.of(part), [])
    readings = {"together": 1, "each": count} if "two_readings" in part["caveats"] and count > 1 else {"together": 1}
    for reading, times in readings.items():
        value = top.times(100 * times).over(Interval.of(whole))
        yield derived(name, method, value, part, whole, subject=part["subject"], flags=flags, reading=reading)


def with_peers(study: Tables, rows: list[Row]) -> list[Row]:
    """Rows of tax per output with the flag of T1: outside the range of three peers or more, or no peer set at all."""
    populations = {row["observation_id"]: row["population"] for row in study.rows("observations")}

    def kind(row: Row) -> tuple[str, ...]:
        """What makes two ratios comparable; nothing for a row that is none."""
        if row["measure"] != "tax_per_output" or row.get("low") is None:
            return ()
        return row["basis"], row["value_type"], row["method"], *(populations[key] for key in row["inputs"])

    # what is unstated is no population (G12)
    ranges = {of: {} if "unstated" in of else _ranges_of_peers(own) for of, own in gathered(rows, kind).items() if of}

    def flags(row: Row) -> list[str]:
        peers = ranges[kind(row)].get(row["park_id"])
        if peers is None:
            return ["no_peer_set"]
        return ["outside_peer_range"] if row["high"] < peers[0] or row["low"] > peers[1] else []

    return [_flagged(row, *flags(row)) if kind(row) else row for row in rows]


def _ranges_of_peers(rows: list[Row]) -> dict[str, tuple[float, float]]:
    """Park to the lowest and the highest end of the others; empty where these are too few (T1)."""
    own = grouped(rows, "park_id")
    if len(own) <= LEAST_PEERS:
        return {}
    lows = sorted((min(row["low"] for row in of_park), park) for (park,), of_park in own.items())
    highs = sorted(((max(row["high"] for row in of_park), park) for (park,), of_park in own.items()), reverse=True)
    return {park: (_first_of_others(lows, park), _first_of_others(highs, park)) for (park,) in own}


def _first_of_others(ends: list[tuple[float, str]], park: str) -> float:
    return next(end for end, other in ends if other != park)
