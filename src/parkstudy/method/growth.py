"""Growth: the rates that the texts publish, what they imply, and the targets they print beside them.

The headline is the published rate (method, G2): it is never recomputed from two levels and never set on one axis with
a rate of another concept. What a rate implies about its base is an interval for checks (G1), never last year's value.
"""

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

import polars as pl

from parkstudy.method.benchmarks import SERIES, deflated, price_change, references, scopes
from parkstudy.method.measures import (
    Declared,
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
from parkstudy.method.year import full_year, year_share
from parkstudy.record.interval import Interval
from parkstudy.record.period import Period
from parkstudy.record.rows import Row, fitting
from parkstudy.record.tables import Tables

TURNOVER, TAXES = "growth", "tax"  # the dimensions whose flows are followed though no text prints a rate of them
_SHOWN = {  # the scale on which the values of a flow are said, where it is one scale for all of them
    **dict.fromkeys(("gross_industrial_output", "industrial_value_added", "operating_revenue"), "CNY_billions"),
    **dict.fromkeys(("tech_industry_trade_revenue", "fixed_asset_investment"), "CNY_billions"),
    "tax_revenue": "CNY_millions",
}
NAMED = tuple(_SHOWN)  # the flows whose measures have words of their own
MEASURES = Declared({
    "reference_revenue_growth": Measure("percent", "G7"),
    "reference_value_added_growth": Measure("percent", "G7"),
    **{f"{indicator}_level": Measure("CNY", "G4", shown) for indicator, shown in _SHOWN.items()},
    **{f"{indicator}_implied_base": Measure("CNY", "G1", shown) for indicator, shown in _SHOWN.items()},
    "target_attainment": Measure("percent", "G11"),
    "year_share": Measure("percent", "section 5"),
    "target_gap": Measure("points", "G11"),
    "target_over_outturn": Measure("percent", "G11"),
    "implied_plan": Measure("", "A11"),
    "output_per_firm": Measure("CNY", "G12", "CNY_millions"),
})  # fmt: skip
OF_ANY = ("target_attainment", "year_share", "target_gap", "target_over_outturn", "implied_plan")  # of any quantity
COMPARABLE = "comparable"  # the price basis of a growth that is real as published
NO_RATE = ("as_printed", "not_reported")  # of a text that is silent where another one publishes a rate
_REFERENCES = {  # the measure beside a published rate, and its price basis
    "gross_industrial_output_growth": ("reference_revenue_growth", "nominal"),
    "industrial_value_added_growth": ("reference_value_added_growth", "comparable"),
}


def rows(study: Tables) -> list[Row]:
    """Every growth measure of the core parks; a rate that only another park publishes is a row with the reason."""
    followed, rates = flows(study), published_rates(study)
    found = [*rates, *real_rates(study, rates), *reference_rates(study, rates)]
    for text in texts(study):
        for indicator in followed:
            found += full_years(study, text, indicator)
        for indicator, flow in followed.items():
            if flow.price != COMPARABLE:  # what is real as published has a base at prices that no text prints
                implied = [*implied_bases(study, text, indicator), *level_changes(study, text, indicator)]
                found += [row for row in implied if flow.rated or "reason" not in row]
        for measure, method, reason, computed in (
            ("target_attainment", "attainment", _no_attainment(study, text), attainments(study, text)),
            ("target_gap", "gap", "no_share_target", gaps(study, text)),
            ("target_over_outturn", "next_target", "no_next_target", next_targets(study, text)),
            ("implied_plan", "implied_plan", "no_plan_percentage", implied_plans(study, text)),
            ("output_per_firm", "per_firm", "no_firm_count", per_firm(study, text)),
        ):
            found += [*computed] or [refused(text, measure, method, reason)]
    return found


class Flow(NamedTuple):
    """A flow whose growth is followed: the price basis of its growth, and whether any text prints a rate of it."""

    price: str
    rated: bool


def flows(study: Tables) -> dict[str, Flow]:
    """The flows of the study whose growth is followed, in the order of the indicators.

    They are those of turnover and tax, and every other one of which a text prints a rate for the whole park.
    """
    rated = {row["indicator"] for row in _printed_rates(study)}
    found = {}
    for row in study.rows("indicators", kind="flow"):
        if (printed := row["indicator"] in rated) or row["dimension"] in (TURNOVER, TAXES):
            found[row["indicator"]] = Flow(row["growth_price"] or "", printed)
    return found


def _printed_rates(study: Tables) -> list[Row]:
    """The growth rates of the whole park that the texts print, targets among them."""
    own = pl.col("source_id").is_in([text.source for text in texts(study)])
    return study.observations.filter(own, transformation="yoy", subject="park").to_dicts()


def published_rates(study: Tables) -> list[Row]:
    """The published rates and target rates of the whole park (G2), and the gaps where another park publishes one."""
    own, followed = texts(study), flows(study)
    rates = [rate for rate in _printed_rates(study) if rate["indicator"] in followed]
    found = []
    for rate in rates:
        flow, ahead = rate["indicator"], rate["value_type"] in ("target", "plan")
        name = f"{flow}_growth_target" if ahead else f"{flow}_growth"
        price = COMPARABLE if followed[flow].price == COMPARABLE else "nominal"
        found.append(derived(name, "as_printed", Interval.of(rate), rate, price=price, status=rate["obs_status"]))
    reported = {(text_of(rate), rate["indicator"]) for rate in fitting(rates, value_type="outturn")}
    anywhere = [i for i in followed if any(indicator == i for _, indicator in reported)]
    missing = [(text, i) for text in own for i in anywhere if (text, i) not in reported]
    return found + [refused(t, f"{i}_growth", *NO_RATE, value_type="outturn") for t, i in missing]


def real_rates(study: Tables, rates: list[Row]) -> Iterator[Row]:
    """Published rates of nominal output and revenue at constant prices (G8), a scenario: the other rates are real, or have no index."""
    turnover = study.rows("indicators", kind="flow", dimension=TURNOVER, growth_price="current")
    nominal = {f"{row['indicator']}_growth" for row in turnover}
    for rate in (r for r in rates if r["measure"] in nominal and "low" in r):
        price = price_change(study, Period.of(rate))
        if price is None:
            yield refused(text_of(rate), rate["measure"], "deflated", "no_price_index", price="real", **span(rate))
        else:
            real = deflated(Interval(rate["low"], rate["high"], rate["value"]), price.interval)
            flags = [*rate["flags"], *([] if price.exact_span else ["price_between_spans"])]
            inputs = [*rate["inputs"], *price.inputs]
            yield {**rate, **vars(real), "method": "deflated", "price": "real", "flags": flags, "inputs": inputs}


def reference_rates(study: Tables, rates: list[Row]) -> Iterator[Row]:
    """The references of the same concept beside each published rate of output and value added (G7), widest scope first."""
    for rate in (r for r in rates if r["measure"] in _REFERENCES and "low" in r):
        text, period, (measure, price) = text_of(rate), Period.of(rate), _REFERENCES[rate["measure"]]
        series, around = SERIES[rate["measure"].removesuffix("_growth")], reversed(scopes(study, text.park))
        beside = [benchmark for scope in around for benchmark in references(study, series, scope, period)]
        for found in beside:
            flags = ["reference_other_span"] if found.period != period else []
            flags += ["reference_inferred"] if found.inferred else []
            row: Row = {
                "park_id": text.park,
                "source_id": text.source,
                "subject": f"reference:{found.scope}",
                "measure": measure,
                "method": "as_published",
            }
            row |= {"population": "above_scale", "value_type": "outturn", "basis": "reported", "price": price}
            row |= {**vars(found.interval), "period_start": found.period.start, "period_end": found.period.end}
            yield row | {"status": "A", "flags": flags, "inputs": [found.identifier]}
        if not beside:
            yield refused(text, measure, "as_published", "no_reference", **span(rate))


def full_years(study: Tables, text: Text, indicator: str) -> Iterator[Row]:
    """Reported levels of a flow, and beside each its full-year value or the refusal (G4)."""
    name, reported = f"{indicator}_level", levels(study, indicator, text)
    yield from (derived(name, "as_reported", Interval.of(level), level, unit=level["unit"]) for level in reported)
    for level in fitting(reported, value_type="outturn"):
        year, unit = full_year(level, reported), level["unit"]
        if year is None:
            yield refused(text, name, "full_year", "no_year_share", basis="annualised", unit=unit, **span(level))
        else:
            more = {"status": year.status, "basis": "annualised", "unit": unit}
            yield derived(name, year.method, year.interval, year.lead, **more)


def implied_bases(study: Tables, text: Text, indicator: str) -> list[Row]:
    """`level / (1 + growth)` for every level whose rate is printed on the same months (G1): an interval, status E."""
    rates = printed(study, text, indicator=indicator, transformation="yoy", subject="park")
    name, reported, found = f"{indicator}_implied_base", levels(study, indicator, text), []
    for level, rate in product(reported, rates):
        if same_months(level, rate) and rate["population"] == level["population"]:
            if rate["low"] <= -100:
                found.append(refused(text, name, "implied_base", "reaches_zero"))
            else:
                base = Interval.of(level).over_growth(Interval.of(rate))
                more = {"flags": ["check_only"], "status": "E", "unit": level["unit"]}
                found.append(derived(name, "implied_base", base, level, rate, **more))
    return found or ([refused(text, name, "implied_base", "no_rate")] if reported else [])


def level_changes(study: Tables, text: Text, indicator: str) -> list[Row]:
    """The change between two reported levels of the same months a year apart: never in the place of the published rate (G2)."""
    reported = fitting(levels(study, indicator, text), value_type="outturn")
    name, found = f"{indicator}_level_change", []
    for later in reported:
        for earlier in _begun_a_year_before(study, later):
            if _a_year_apart(earlier, later):
                change = _above(Interval.of(later), Interval.of(earlier))
                found.append(derived(name, "level_change", change, later, earlier))
    return found or ([refused(text, name, "level_change", "no_second_level")] if reported else [])


def _begun_a_year_before(study: Tables, level: Row) -> list[Row]:
    """The reported levels of the same park and indicator whose months begin a year before those of a level, of one text a year."""
    if Period.of(level).months is None:
        return []
    like = {name: level[name] for name in ("park_id", "kind", "indicator", "transformation", "subject", "value_type")}
    begun = level["period_start"].replace(year=level["period_start"].year - 1)
    rows = study.rows("observations", **like, period_start=begun)
    own, taken = level["source_id"], study.one_a_year
    return [
        row for row in rows if row["unit"] == level["unit"] and (row["source_id"] == own or row["source_id"] in taken)
    ]


def _a_year_apart(level: Row, later: Row) -> bool:
    """True where the later figure can be set against a level of the same months and firms of the year before."""
    same = Period.of(level).year_before(Period.of(later)) and one_sample(level, later)
    return same and Interval.of(level).positive


def _above(new: Interval, old: Interval) -> Interval:
    """By how many percent a level is above another one."""
    times = new.over(old)
    value = None if times.value is None else 100 * (times.value - 1)
    return Interval(100 * (times.low - 1), 100 * (times.high - 1), value)


def _beside_targets(study: Tables, text: Text) -> Iterator[tuple[Row, Row]]:
    """Each target level of the whole park that has a value, with each reported level of its indicator."""
    for target in printed(study, text, value_type="target", transformation="level", subject="park"):
        reported = levels(study, target["indicator"], text) if target["value"] is not None else []
        yield from ((target, level) for level in reported)


def _firms(target: Row, level: Row) -> list[str] | None:
    """Flags of a level over a target: none of one set of firms, one where either does not say that it is of the park (G11).

    `None` where the two are of other firms, and so are not compared.
    """
    unsaid = {target["population"], level["population"]} == {"park", "unstated"}
    return [] if one_sample(target, level) else ["population_unstated"] if unsaid else None


def _in_its_year(study: Tables, text: Text) -> Iterator[tuple[Row, Row]]:
    for target, level in _beside_targets(study, text):
        begun, year = level["period_start"], target["period_start"]
        inside = begun and year and year <= begun and level["period_end"] <= target["period_end"]
        if inside and target["value"]:
            yield target, level


def attainments(study: Tables, text: Text) -> Iterator[Row]:
    """Level over the target of its year, an exact number, beside the share of the year that its months stand for (G11)."""
    for target, level in _in_its_year(study, text):
        if (flags := _firms(target, level)) is not None:
            reached, share = Interval.of(level).over(exactly(target)), year_share(level)
            yield derived("target_attainment", "attainment", reached.times(100), level, target, flags=flags)
            if share is None:
                yield refused(text, "year_share", "year_share", "no_year_share", **span(level))
            else:
                yield derived("year_share", "year_share", share.times(100), level, status="I")


def _no_attainment(study: Tables, text: Text) -> str:
    """Why no level stands over a target: none of its year is printed, or those that are count other firms."""
    return "target_other_firms" if any(_in_its_year(study, text)) else "no_target"


def gaps(study: Tables, text: Text) -> Iterator[Row]:
    """A reported share less the target printed for it, in points (G11)."""
    shares = printed(study, text, transformation="share", subject="park")
    for target, share in product(fitting(shares, value_type="target"), fitting(shares, value_type="outturn")):
        aim, value = target["value"], share["value"]
        if aim is not None and share["indicator"] == target["indicator"]:
            gap = Interval(share["low"] - aim, share["high"] - aim, None if value is None else value - aim)
            yield derived("target_gap", "gap", gap, share, target)


def next_targets(study: Tables, text: Text) -> Iterator[Row]:
    """The target for a later year over the level just reported, less one, in percent (G11)."""
    flows = study.rows("indicators", kind="flow", unit="CNY")  # a count of new firms is no level (G12)
    money = {row["indicator"] for row in flows}
    for target, level in _beside_targets(study, text):
        later = Period.of(level).year_before(Period.of(target)) and Interval.of(level).positive
        if target["indicator"] in money and later and (flags := _firms(target, level)) is not None:
            above = _above(exactly(target), Interval.of(level))
            yield derived("target_over_outturn", "next_target", above, level, target, flags=flags)


def implied_plans(study: Tables, text: Text) -> Iterator[Row]:
    """Done over its printed percentage of a plan: the plan that the text does not print (method, A11)."""
    for share in printed(study, text, transformation="share", share_of="plan"):
        for level in levels(study, share["indicator"], text, subject=share["subject"]):
            if same_months(level, share) and share["low"] > 0:
                plan = Interval.of(level).over(Interval.of(share).times(0.01))
                more = {"subject": level["subject"], "unit": level["unit"], "status": "E"}
                yield derived("implied_plan", "implied_plan", plan, level, share, **more)


def per_firm(study: Tables, text: Text) -> Iterator[Row]:
    """Output per above-scale firm, only where both figures are of one set of firms at one date (G12). Never ordered."""
    at_one_date = ("source_id", "period_end", "value_type")
    for output in levels(study, "gross_industrial_output", text):
        firms = levels(study, "above_scale_enterprises", text)
        for count in fitting(firms, **{key: output[key] for key in at_one_date}):
            if one_sample(output, count) and Interval.of(count).positive:
                value = Interval.of(output).over(Interval.of(count))
                yield derived("output_per_firm", "per_firm", value, output, count)
