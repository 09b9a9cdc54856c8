"""Growth: the rates that the texts publish, what they imply, and the targets they print beside them.

The headline is the published rate (method, G2): it is never recomputed from two levels and never set on one axis with
a rate of another concept. What a rate implies about its base is an interval for checks (G1), never last year's value.
"""

from __future__ import annotations

from itertools import pairwise

import polars as pl

from parkstudy.method.benchmarks import (
    REVENUE_GROWTH,
    VALUE_ADDED_GROWTH,
    Benchmark,
    deflated,
    price_change,
    references,
    scopes,
)
from parkstudy.method.measures import Measure, Row, derived, levels, refused, same_months
from parkstudy.method.year import full_year, year_share
from parkstudy.record.interval import Interval
from parkstudy.record.period import Period
from parkstudy.record.tables import Tables

HUNDRED_PERCENT = 100

GROWTH_OF = (
    "gross_industrial_output", "industrial_value_added", "operating_revenue", "tech_industry_trade_revenue", "tax_revenue",
    "fixed_asset_investment",
)  # fmt: skip
RATES = tuple(f"{indicator}_growth" for indicator in GROWTH_OF)
WITH_BASE = ("gross_industrial_output", "operating_revenue", "tax_revenue", "fixed_asset_investment")
MEASURES = {
    **{rate: Measure("percent", "G2") for rate in RATES},
    **{f"{rate}_target": Measure("percent", "G11") for rate in RATES},
    **{f"{indicator}_level": Measure("CNY", "G4") for indicator in GROWTH_OF},
    "reference_revenue_growth": Measure("percent", "G7"),
    "reference_value_added_growth": Measure("percent", "G7"),
    **{f"{indicator}_implied_base": Measure("CNY", "G1") for indicator in WITH_BASE},
    **{f"{indicator}_level_change": Measure("percent", "G2") for indicator in WITH_BASE},
    "target_attainment": Measure("percent", "G11"),
    "year_share": Measure("percent", "section 5"),
    "target_gap": Measure("points", "G11"),
    "target_over_outturn": Measure("percent", "G11"),
    "implied_plan": Measure("CNY", "A11"),
    "output_per_firm": Measure("CNY", "G12"),
}
_NOMINAL = ("gross_industrial_output_growth", "operating_revenue_growth", "tech_industry_trade_revenue_growth")
_REFERENCES = {
    "gross_industrial_output_growth": ("reference_revenue_growth", REVENUE_GROWTH, "nominal"),
    "industrial_value_added_growth": ("reference_value_added_growth", VALUE_ADDED_GROWTH, "comparable"),
}


def rows(study: Tables) -> list[Row]:
    """Every growth measure of the core parks.

    A park without a value has a row with the reason, for every rate that another park of the study publishes.
    """
    found = published_rates(study)
    found += real_rates(study, found) + reference_rates(study, found)
    for park in study.park_ids():
        found += full_years(study, park)
        for indicator in WITH_BASE:
            found += implied_bases(study, park, indicator) + level_changes(study, park, indicator)
        found += attainments(study, park) + gaps(study, park) + next_targets(study, park)
        found += implied_plans(study, park) + per_firm(study, park)
    return found


def published_rates(study: Tables) -> list[Row]:
    """The published rates and target rates of the whole park (G2), and the gaps where another park publishes one."""
    rates = study.summaries().filter(pl.col("indicator").is_in(GROWTH_OF), transformation="yoy", subject="park")
    prices = dict(study.indicators.select("indicator", "growth_price").iter_rows())
    reported = set(rates.filter(value_type="outturn").select("park_id", "indicator").iter_rows())
    anywhere = [i for i in GROWTH_OF if any(indicator == i for _, indicator in reported)]
    missing = [(p, i) for p in study.park_ids() for i in anywhere if (p, i) not in reported]
    return [_published(row, prices[row["indicator"]]) for row in rates.iter_rows(named=True)] + [
        refused(p, f"{i}_growth", "as_printed", "not_reported", value_type="outturn") for p, i in missing
    ]


def _published(rate: Row, price: str | None) -> Row:
    """The row of one printed rate; `price` is the price basis of the indicator's published growth."""
    name = f"{rate['indicator']}_growth" + ("_target" if rate["value_type"] in ("target", "plan") else "")
    price = "comparable" if price == "comparable" else "nominal"
    return derived(name, "as_printed", Interval.of(rate), rate, price=price, status=rate["obs_status"])


def real_rates(study: Tables, rates: list[Row]) -> list[Row]:
    """Published rates of nominal output and revenue at constant prices (G8), a scenario beside the printed rate.

    Value added grows in real terms already and tax and investment have no such index: they are not deflated.
    """
    found = []
    for rate in (r for r in rates if r["measure"] in _NOMINAL and r.get("low") is not None):
        price = price_change(study, Period.of(rate))
        if price is None:
            found.append(refused(rate["park_id"], rate["measure"], "deflated", "no_price_index", price="real"))
            continue
        real = deflated(Interval(rate["low"], rate["high"], rate["value"]), price.interval)
        flags = [*rate["flags"], *([] if price.exact_span else ["price_between_spans"])]
        columns = {"method": "deflated", "price": "real", "flags": flags, "inputs": [*rate["inputs"], *price.inputs]}
        found.append({**rate, **columns, "value": real.value, "low": real.low, "high": real.high})
    return found


def reference_rates(study: Tables, rates: list[Row]) -> list[Row]:
    """The reference of the same concept beside each published outturn of output and value added (G7).

    Widest first. Named parks have the nation, their province and their prefecture; the anonymised ones the nation only (Q7).
    """
    found = []
    for rate in rates:
        if rate["measure"] not in _REFERENCES or rate.get("low") is None or rate["value_type"] == "target":
            continue
        measure, series, price = _REFERENCES[rate["measure"]]
        period, around = Period.of(rate), scopes(study, rate["park_id"])
        beside = [b for scope in reversed(around) for b in references(study, series, scope, period)]
        found += [_reference(rate["park_id"], measure, price, benchmark, period) for benchmark in beside]
        if not beside:
            found.append(refused(rate["park_id"], measure, "as_published", "no_reference"))
    return found


def _reference(park: str, measure: str, price: str, benchmark: Benchmark, period: Period) -> Row:
    flags = ["reference_other_span"] if benchmark.period != period else []
    flags += ["reference_inferred"] if benchmark.inferred else []
    return {
        "park_id": park,
        "subject": f"reference:{benchmark.scope}",
        "measure": measure,
        "population": "above_scale",
        "value_type": "outturn",
        "value": benchmark.interval.value,
        "low": benchmark.interval.low,
        "high": benchmark.interval.high,
        "period_start": benchmark.period.start,
        "period_end": benchmark.period.end,
        "basis": "reported",
        "price": price,
        "status": "A",
        "method": "as_published",
        "flags": flags,
        "inputs": [benchmark.identifier],
    }


def full_years(study: Tables, park: str) -> list[Row]:
    """Reported levels, and beside each its full-year value or the refusal (G4)."""
    found = []
    for indicator in GROWTH_OF:
        name, printed = f"{indicator}_level", levels(study, indicator, park)
        found += [derived(name, "as_reported", Interval.of(level), level) for level in printed]
        for level in (row for row in printed if row["value_type"] == "outturn"):
            year = full_year(level, printed)
            if year is None:
                found.append(refused(park, name, "full_year", "no_year_share", basis="annualised"))
            else:
                full = derived(name, year.method, year.interval, year.lead, status=year.status)
                found.append({**full, "basis": "annualised"})
    return found


def implied_bases(study: Tables, park: str, indicator: str) -> list[Row]:
    """`level / (1 + growth)` for every level whose rate is printed on the same months (G1): an interval, status E."""
    rates = study.summaries().filter(park_id=park, indicator=indicator, transformation="yoy", subject="park").to_dicts()
    name, printed = f"{indicator}_implied_base", levels(study, indicator, park)
    found = []
    for level in printed:
        for rate in (r for r in rates if same_months(level, r) and r["population"] == level["population"]):
            if rate["low"] <= -HUNDRED_PERCENT:
                found.append(refused(park, name, "implied_base", "reaches_zero"))
                continue
            base = Interval.of(level).over_growth(Interval.of(rate))
            found.append(derived(name, "implied_base", base, level, rate, flags=["check_only"], status="E"))
    return found or ([refused(park, name, "implied_base", "no_rate")] if printed else [])


def level_changes(study: Tables, park: str, indicator: str) -> list[Row]:
    """The change between two reported levels of the same months a year apart: a measure of its own (G2).

    Never put in the place of the published rate. It needs two texts of the park.
    """
    printed = [row for row in levels(study, indicator, park) if row["value_type"] == "outturn" and row["period_end"]]
    name, found = f"{indicator}_level_change", []
    for earlier, later in pairwise(sorted(printed, key=lambda row: row["period_end"])):
        comparable = Period.of(earlier).year_before(Period.of(later)) and earlier["population"] == later["population"]
        if comparable and Interval.of(earlier).positive:
            change = _above(Interval.of(later), Interval.of(earlier))
            found.append(derived(name, "level_change", change, later, earlier))
    return found or ([refused(park, name, "level_change", "no_second_level")] if printed else [])


def _above(new: Interval, old: Interval) -> Interval:
    """By how many percent a level is above another one."""
    times = new.over(old)
    return Interval(
        100 * (times.low - 1), 100 * (times.high - 1), None if times.value is None else 100 * (times.value - 1)
    )


def _targets(study: Tables, park: str) -> list[Row]:
    """The target levels of the whole park that have a value."""
    targets = study.summaries().filter(park_id=park, value_type="target", transformation="level", subject="park")
    return targets.filter(pl.col("value").is_not_null()).to_dicts()


def _exactly(target: Row) -> Interval:
    """A target where it is compared with: an exact number (G11)."""
    return Interval(target["value"], target["value"], target["value"])


def attainments(study: Tables, park: str) -> list[Row]:
    """Level over the target of its year, beside the share of the year that its months stand for (G11).

    The target is an exact number here; the level is never held against 100 % while the year is not over.
    """
    found: list[Row] = []
    for target in _targets(study, park):
        for level in levels(study, target["indicator"], park):
            if level["population"] == target["population"] and _inside(level, target) and target["value"]:
                share = Interval.of(level).over(_exactly(target)).times(100)
                found += [derived("target_attainment", "attainment", share, level, target), _year_share(level)]
    return found or [refused(park, "target_attainment", "attainment", "no_target")]


def _inside(level: Row, target: Row) -> bool:
    """True where the level's span lies in the year of the target."""
    if level["period_start"] is None or target["period_start"] is None:
        return False
    return bool(target["period_start"] <= level["period_start"] and level["period_end"] <= target["period_end"])


def _year_share(level: Row) -> Row:
    share = year_share(level)
    if share is None:
        return refused(level["park_id"], "year_share", "year_share", "no_year_share")
    return derived("year_share", "year_share", share.times(100), level, status="I")


def gaps(study: Tables, park: str) -> list[Row]:
    """A reported share less the target printed for it, in points (G11)."""
    shares = study.summaries().filter(park_id=park, transformation="share", subject="park")
    found = []
    for target in shares.filter(pl.col("value").is_not_null(), value_type="target").to_dicts():
        for share in shares.filter(value_type="outturn", indicator=target["indicator"]).to_dicts():
            aim, value = target["value"], share["value"]
            gap = Interval(share["low"] - aim, share["high"] - aim, None if value is None else value - aim)
            found.append(derived("target_gap", "gap", gap, share, target))
    return found or [refused(park, "target_gap", "gap", "no_share_target")]


def next_targets(study: Tables, park: str) -> list[Row]:
    """The target for a later year over the level just reported, less one, in percent (G11)."""
    money = set(study.indicators.filter(kind="flow", unit="CNY")["indicator"])  # a count of new firms is no level (G12)
    found = []
    for target in (t for t in _targets(study, park) if t["indicator"] in money):
        for level in levels(study, target["indicator"], park):
            later = Period.of(level).year_before(Period.of(target)) and level["population"] == target["population"]
            if later and Interval.of(level).positive:
                above = _above(_exactly(target), Interval.of(level))
                found.append(derived("target_over_outturn", "next_target", above, level, target))
    return found or [refused(park, "target_over_outturn", "next_target", "no_next_target")]


def implied_plans(study: Tables, park: str) -> list[Row]:
    """Done over its printed percentage of a plan: the plan that the text does not print (method, A11)."""
    found = []
    for share in study.summaries().filter(park_id=park, transformation="share", share_of="plan").to_dicts():
        for level in levels(study, share["indicator"], park, subject=share["subject"]):
            if same_months(level, share) and share["low"] > 0:
                plan = Interval.of(level).over(Interval.of(share).times(0.01))
                columns = {"subject": level["subject"], "status": "E"}
                found.append(derived("implied_plan", "implied_plan", plan, level, share, **columns))
    return found or [refused(park, "implied_plan", "implied_plan", "no_plan_percentage")]


def per_firm(study: Tables, park: str) -> list[Row]:
    """Output per above-scale firm, only where both figures are of one set of firms at one date (G12). Never ordered."""
    found = []
    for output in levels(study, "gross_industrial_output", park):
        for firms in levels(study, "above_scale_enterprises", park):
            same = all(output[key] == firms[key] for key in ("source_id", "period_end", "value_type", "population"))
            if same and Interval.of(firms).positive:
                value = Interval.of(output).over(Interval.of(firms))
                found.append(derived("output_per_firm", "per_firm", value, output, firms))
    return found or [refused(park, "output_per_firm", "per_firm", "no_firm_count")]
