"""Growth: the rates that the texts publish, what they imply, and the targets they print beside them.

The headline is the published rate (method, G2): it is never recomputed from two levels and never set on one axis with
a rate of another concept. What a rate implies about its base is an interval for checks (G1), never last year's value.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import polars as pl

from parkstudy.method.audit import carried
from parkstudy.method.benchmarks import (
    REVENUE_GROWTH,
    VALUE_ADDED_GROWTH,
    Benchmark,
    deflated,
    price_change,
    references,
    scopes,
)
from parkstudy.method.measures import (
    AS_PRINTED,
    GROWTH_OF,
    MEASURES,
    derived,
    flags_of,
    frame,
    levels,
    refused,
    same_months,
)
from parkstudy.method.year import full_year
from parkstudy.record.interval import Interval
from parkstudy.record.period import Period
from parkstudy.record.tables import Tables
from parkstudy.words.language import Text
from parkstudy.words.wording import indicator_names, scope

Row = dict[str, Any]

HUNDRED_PERCENT = 100

_AS_PUBLISHED = Text("as published", "公布数")
_IMPLIED_BASE = Text("level / (1 + growth), CHECK", "绝对数÷（1+增速），核查用")
_LEVEL_CHANGE = Text("level / level a year earlier - 1", "本期数÷上年同期数−1")
_ATTAINMENT = Text("level / target", "上报数÷目标")
_GAP = Text("share - target", "占比−目标")
_NEXT_TARGET = Text("next target / level - 1", "下年目标÷上报数−1")
_PLAN = Text("done / percentage of the plan", "完成数÷计划完成比例")
_PER_FIRM = Text("output / number of above-scale firms", "产值÷规模以上工业企业数")

_NOMINAL = ("gross_industrial_output_growth", "operating_revenue_growth", "tech_industry_trade_revenue_growth")
_REFERENCES = {
    "gross_industrial_output_growth": ("reference_revenue_growth", REVENUE_GROWTH),
    "industrial_value_added_growth": ("reference_value_added_growth", VALUE_ADDED_GROWTH),
}
_LEVELS = tuple(name for name in MEASURES if name.endswith("_level"))
WITH_BASE = tuple(name.removesuffix("_implied_base") for name in MEASURES if name.endswith("_implied_base"))


def measures(study: Tables) -> pl.DataFrame:
    """Every growth measure of the core parks, by the columns of `measures.SCHEMA`.

    A park without a value has a row with the reason, for every rate that another park of the study publishes.
    """
    study = carried(study)
    parks = study.park_ids()
    rows = published_rates(study)
    rows += real_rates(study, rows) + reference_rates(study, rows)
    for park in parks:
        rows += full_years(study, park)
        for indicator in WITH_BASE:
            rows += implied_bases(study, park, indicator) + level_changes(study, park, indicator)
        rows += attainments(study, park) + gaps(study, park) + next_targets(study, park)
        rows += implied_plans(study, park) + per_firm(study, park)
    return frame(rows, study.lang)


def published_rates(study: Tables) -> list[Row]:
    """The published rates and target rates of the whole park (G2), and the gaps where another park publishes one."""
    rates = study.summaries().filter(
        pl.col("transformation") == "yoy", pl.col("subject") == "park", pl.col("indicator").is_in(GROWTH_OF)
    )
    prices = dict(study.indicators.select("indicator", "growth_price").iter_rows())
    rows = [published(row, prices[row["indicator"]]) for row in rates.iter_rows(named=True)]
    reported = set(rates.filter(value_type="outturn").select("park_id", "indicator").iter_rows())
    anywhere = [i for i in GROWTH_OF if any(indicator == i for _, indicator in reported)]
    missing = [(p, i) for p in study.park_ids() for i in anywhere if (p, i) not in reported]
    return rows + [
        refused(p, f"{i}_growth", "not_reported", value_type="outturn", method=AS_PRINTED) for p, i in missing
    ]


def published(observation: Row, price: str | None) -> Row:
    """The measure row of one printed rate. `price` is the price basis of the indicator's published growth."""
    target = "_target" if observation["value_type"] in ("target", "plan") else ""
    return derived(
        f"{observation['indicator']}_growth{target}",
        Interval.of(observation),
        observation,
        subject=observation["subject"],
        price="comparable" if price == "comparable" else "nominal",
        status=observation["obs_status"],
        flags=flags_of(observation),
        method=AS_PRINTED,
    )


def real_rates(study: Tables, rates: list[Row]) -> list[Row]:
    """Published rates of nominal output and revenue at constant prices (G8), a scenario beside the printed rate.

    Value added grows in real terms already and tax and investment have no such index: they are not deflated.
    """
    rows = []
    for rate in (r for r in rates if r["measure"] in _NOMINAL and r.get("low") is not None):
        price = price_change(study, Period(rate["period_start"], rate["period_end"]))
        if price is None:
            text = Text("deflated", "价格缩减")
            rows.append(refused(rate["park_id"], rate["measure"], "no_price_index", price="real", method=text))
            continue
        value = deflated(Interval(rate["low"], rate["high"], rate["value"]), price.interval)
        flags = [*rate["flags"], *([] if price.exact_span else ["price_between_spans"])]
        columns = {
            "price": "real",
            "method": Text("deflated with producer prices (G8)", "用工业生产者出厂价格（PPI）缩减（G8）"),
            "inputs": [*rate["inputs"], *price.inputs],
        }
        rows.append({**rate, **columns, "value": value.value, "low": value.low, "high": value.high, "flags": flags})
    return rows


def reference_rates(study: Tables, rates: list[Row]) -> list[Row]:
    """The reference of the same concept beside each published outturn of output and value added (G7).

    Named parks have the nation, their province and their prefecture; the anonymised ones the nation only (Q7).
    """
    scopes_of = {park["park_id"]: scopes(park) for park in study.parks.iter_rows(named=True)}
    rows = []
    for rate in (
        r for r in rates if r["measure"] in _REFERENCES and r.get("low") is not None and r["value_type"] != "target"
    ):
        measure, series = _REFERENCES[rate["measure"]]
        period = Period(rate["period_start"], rate["period_end"])
        found = [b for scope in scopes_of[rate["park_id"]] for b in references(study, series, scope, period)]
        rows += [_reference(study, rate, measure, benchmark, period) for benchmark in found]
        if not found:
            rows.append(refused(rate["park_id"], measure, "no_reference", method=_AS_PUBLISHED))
    return rows


def _reference(study: Tables, rate: Row, measure: str, benchmark: Benchmark, period: Period) -> Row:
    flags = ["reference_other_span"] if benchmark.period != period else []
    flags += ["reference_inferred"] if benchmark.inferred else []
    return {
        "park_id": rate["park_id"],
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
        "price": "comparable" if "value_added" in measure else "nominal",
        "status": "A",
        "method": Text(f"as published, {benchmark.scope}", f"公布数，{scope(benchmark.scope, 'zh', study)}"),
        "flags": flags,
        "inputs": [benchmark.identifier],
    }


def full_years(study: Tables, park: str) -> list[Row]:
    """Reported levels, and beside each its full-year value or the refusal (G4)."""
    rows = []
    for name in _LEVELS:
        found = levels(study, name.removesuffix("_level"), park)
        for level in found:
            rows.append(derived(name, Interval.of(level), level, method=Text("as reported", "原文列示")))
        for level in (row for row in found if row["value_type"] == "outturn"):
            year = full_year(level, found)
            if year is None:
                rows.append(
                    refused(park, name, "no_year_share", basis="annualised", method=Text("full year", "全年数"))
                )
                continue
            columns = {"status": year.status} if year.status else {}
            rows.append(derived(name, year.interval, year.lead, basis="annualised", method=year.method, **columns))
    return rows


def implied_bases(study: Tables, park: str, indicator: str) -> list[Row]:
    """`level / (1 + growth)` for every level whose rate is printed on the same months (G1): an interval, status E."""
    rates = study.summaries().filter(park_id=park, indicator=indicator, transformation="yoy", subject="park").to_dicts()
    name, text, found = f"{indicator}_implied_base", _IMPLIED_BASE, levels(study, indicator, park)
    rows = []
    for level in found:
        for rate in (r for r in rates if same_months(level, r) and r["population"] == level["population"]):
            if rate["low"] <= -HUNDRED_PERCENT:
                rows.append(refused(park, name, "reaches_zero", method=text))
                continue
            base = Interval.of(level).over_growth(Interval.of(rate))
            rows.append(derived(name, base, level, rate, flags=["check_only"], status="E", method=text))
    return rows or ([refused(park, name, "no_rate", method=text)] if found else [])


def level_changes(study: Tables, park: str, indicator: str) -> list[Row]:
    """The change between two reported levels of the same months a year apart: a measure of its own (G2).

    Never put in the place of the published rate. It needs two texts of the park.
    """
    found = [row for row in levels(study, indicator, park) if row["value_type"] == "outturn" and row["period_end"]]
    name = f"{indicator}_level_change"
    if not found:
        return []
    rows = []
    for earlier, later in pairwise(sorted(found, key=lambda row: row["period_end"])):
        spans = [Period(row["period_start"], row["period_end"]) for row in (earlier, later)]
        comparable = spans[0].year_before(spans[1]) and earlier["population"] == later["population"]
        if comparable and Interval.of(earlier).positive:
            change = Interval.of(later).over(Interval.of(earlier))
            value = Interval(100 * (change.low - 1), 100 * (change.high - 1), _percent(change.value))
            rows.append(derived(name, value, later, earlier, method=_LEVEL_CHANGE))
    return rows or [refused(park, name, "no_second_level", method=_LEVEL_CHANGE)]


def _percent(ratio: float | None) -> float | None:
    return None if ratio is None else 100 * (ratio - 1)


def attainments(study: Tables, park: str) -> list[Row]:
    """Level over the target of its year, beside the share of the year that its months stand for (G11).

    The target is an exact number here; the level is never held against 100 % while the year is not over.
    """
    rows: list[Row] = []
    targets = (
        study.summaries().filter(park_id=park, value_type="target", transformation="level", subject="park").to_dicts()
    )
    for target in targets:
        for level in levels(study, target["indicator"], park):
            if level["population"] == target["population"] and _inside(level, target) and target["value"]:
                exact = Interval(target["value"], target["value"], target["value"])
                share = Interval.of(level).over(exact).times(100)
                method = _of(study, target["indicator"], _ATTAINMENT)
                rows.append(derived("target_attainment", share, level, target, method=method))
                rows.append(_year_share(study, level, target))
    return rows or [refused(park, "target_attainment", "no_target", method=_ATTAINMENT)]


def _of(study: Tables, indicator: str, method: Text) -> Text:
    """A method with the indicator it is applied to."""
    return Text(f"{indicator}: {method}", f"{indicator_names(study, 'zh')[indicator]}：{method.zh}")


def _inside(level: Row, target: Row) -> bool:
    """True where the level's span lies in the year of the target."""
    if level["period_start"] is None or target["period_start"] is None:
        return False
    return bool(target["period_start"] <= level["period_start"] and level["period_end"] <= target["period_end"])


def _year_share(study: Tables, level: Row, target: Row) -> Row:
    kind = {"gross_industrial_output": "output", "tax_revenue": "tax"}.get(level["indicator"], "")
    share = Period(level["period_start"], level["period_end"]).year_share(kind)
    method = _of(study, target["indicator"], Text("share of the year (section 5)", "年内占比（第5节）"))
    if share is None:
        return refused(level["park_id"], "year_share", "no_year_share", method=method)
    return derived("year_share", share.times(100), level, flags=[], status="I", method=method)


def gaps(study: Tables, park: str) -> list[Row]:
    """A reported share less the target printed for it, in points (G11)."""
    shares = study.summaries().filter(park_id=park, transformation="share", subject="park")
    rows = []
    for target in shares.filter(pl.col("value").is_not_null(), value_type="target").to_dicts():
        for share in shares.filter(value_type="outturn", indicator=target["indicator"]).to_dicts():
            aim = target["value"]
            value = Interval(
                share["low"] - aim, share["high"] - aim, share["value"] - aim if share["value"] is not None else None
            )
            rows.append(derived("target_gap", value, share, target, method=_of(study, share["indicator"], _GAP)))
    return rows or [refused(park, "target_gap", "no_share_target", method=_GAP)]


def next_targets(study: Tables, park: str) -> list[Row]:
    """The target for a later year over the level just reported, less one, in percent (G11)."""
    money = study.indicators.filter(kind="flow", unit="CNY")[
        "indicator"
    ].to_list()  # a count of new firms is no level (G12)
    targets = (
        study.summaries().filter(park_id=park, value_type="target", transformation="level", subject="park").to_dicts()
    )
    rows = []
    for target in (t for t in targets if t["value"] is not None and t["period_start"] and t["indicator"] in money):
        for level in levels(study, target["indicator"], park):
            span = Period(level["period_start"], level["period_end"])
            later = Period(target["period_start"], target["period_end"])
            if span.year_before(later) and level["population"] == target["population"] and Interval.of(level).positive:
                exact = Interval(target["value"], target["value"], target["value"])
                times = exact.over(Interval.of(level))
                value = Interval(100 * (times.low - 1), 100 * (times.high - 1), _percent(times.value))
                method = _of(study, target["indicator"], _NEXT_TARGET)
                rows.append(derived("target_over_outturn", value, level, target, method=method))
    return rows or [refused(park, "target_over_outturn", "no_next_target", method=_NEXT_TARGET)]


def implied_plans(study: Tables, park: str) -> list[Row]:
    """Done over its printed percentage of a plan: the plan that the text does not print (method, A11)."""
    parts = study.summaries().filter(park_id=park, transformation="share", share_of="plan").to_dicts()
    rows = []
    for share in parts:
        for level in levels(study, share["indicator"], park, subject=share["subject"]):
            if same_months(level, share) and share["low"] > 0:
                plan = Interval.of(level).over(Interval.of(share).times(0.01))
                rows.append(
                    derived(
                        "implied_plan",
                        plan,
                        level,
                        share,
                        subject=level["subject"],
                        status="E",
                        method=_PLAN,
                    )
                )
    return rows or [refused(park, "implied_plan", "no_plan_percentage", method=_PLAN)]


def per_firm(study: Tables, park: str) -> list[Row]:
    """Output per above-scale firm, only where both figures are of one set of firms at one date (G12). Never ordered."""
    rows = []
    for output in levels(study, "gross_industrial_output", park):
        for firms in levels(study, "above_scale_enterprises", park):
            same = all(output[key] == firms[key] for key in ("source_id", "period_end", "value_type", "population"))
            if same and Interval.of(firms).positive:
                value = Interval.of(output).over(Interval.of(firms))
                rows.append(derived("output_per_firm", value, output, firms, method=_PER_FIRM))
    return rows or [refused(park, "output_per_firm", "no_firm_count", method=_PER_FIRM)]
