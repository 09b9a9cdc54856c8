"""Rates: what two printed rates imply about their bases (A5 to A8, A13)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from parkstudy.method.audit.printed import Finding, Printed, amount, change, concept, factor, months
from parkstudy.method.benchmarks import price_change
from parkstudy.method.measures import Row
from parkstudy.method.year import year_share
from parkstudy.record.exact import Exact, total
from parkstudy.record.period import Period
from parkstudy.record.schema import OUTPUT_SOLD

RATE_MARGIN = 20  # A6: points that the rest of the year may grow above or below the two printed rates
VALUE_ADDED_MARGIN = 5  # A7: points by which the rate of value added may move in a year
SALES_BAND = Exact(Decimal("0.90"), Decimal("1.05"))  # A8: sales over output
REST_BAND = Exact(Decimal(-50), Decimal(100))  # A13: percent by which the rest without its sectors may change


def target_base(text: Printed) -> Iterator[Finding]:
    """A5: the base implied by level and growth is the base implied by target and target growth."""
    for target in text.levels("target", subject="park"):
        aim = text.rate(target)
        for level in text.levels(**concept(target)):
            rate, share = text.rate(level), year_share(level)
            if aim is None or rate is None or share is None or level["period_start"] != target["period_start"]:
                continue
            base, planned = text.base(level, rate).over(Exact.of(share)), text.base(target, aim)
            outcome = "holds" if base.overlaps(planned) else "implausible"
            values = {"level": level, "rate": rate, "base": amount(base, level["unit"])}
            values |= {"target": target, "aim": aim, "planned": amount(planned, target["unit"])}
            yield text.finding("A5", outcome, [level, rate, target, aim], "audit_target_base", **values)


def year_to_date(text: Printed) -> Iterator[Finding]:
    """A6: what is left between the months reported and the year forecast fits the year share and the printed rates."""
    for year in text.levels("forecast", subject="park"):
        if not Period.of(year).is_full_year:
            continue
        for part in text.levels(**concept(year)):
            share = year_share(part)
            if share is None or part["period_start"] != year["period_start"]:
                continue
            rest, whole = text.of(year) - text.of(part), text.of(year)
            left = Exact(rest.low / whole.high, rest.high / whole.low)  # no quotient, for the rest may be negative
            allowed = Exact.point(1) - Exact.of(share)
            outcome = "holds" if left.overlaps(allowed) else "implausible"
            values = {"year": year, "part": part, "left": amount(left, "ratio"), "allowed": amount(allowed, "ratio")}
            yield text.finding("A6", outcome, [year, part], "audit_rest_of_year", **values)
            yield from _residual_rate(text, year, part)


def _residual_rate(text: Printed, year: Row, part: Row) -> Iterator[Finding]:
    """On one set of firms the months that are left grow on what is left of the base."""
    rates = [rate for rate in (text.rate(year), text.rate(part)) if rate is not None]
    if len(rates) < 2:
        return
    base, left = text.base(year, rates[0]) - text.base(part, rates[1]), text.of(year) - text.of(part)
    if base.low <= 0 or left.low < 0:
        return
    residual, printed = change(left, base), [text.of(rate) for rate in rates]
    allowed = Exact(min(p.low for p in printed) - RATE_MARGIN, max(p.high for p in printed) + RATE_MARGIN)
    counts = {row["reported_figure"] for row in text.where(indicator="above_scale_enterprises", subject="park")}
    outcome = "holds" if residual.overlaps(allowed) else "ambiguous" if len(counts) > 1 else "implausible"
    rows, grown = [year, part, *rates], amount(residual, "percent")
    yield text.finding("A6", outcome, rows, "audit_rest_rate", rates=rates, residual=grown)


def value_added(text: Printed) -> Iterator[Finding]:
    """A7: the rate of value added of this year and of the base differ by no more than the margin."""
    for added in text.levels(indicator="industrial_value_added", subject="park"):
        own, prices = text.rate(added), price_change(text.study, Period.of(added))
        for output in text.levels(**concept(added) | months(added) | {"indicator": "gross_industrial_output"}):
            rate = text.rate(output)
            if own is None or rate is None or prices is None:
                continue
            now = text.of(added).over(text.of(output)).times(100)
            # The growth of value added is real and that of output nominal, so that the first base needs the prices too.
            before = text.base(added, own).over(factor(Exact.of(prices.interval)))
            before = before.over(text.base(output, rate)).times(100)
            near = Exact(now.low - VALUE_ADDED_MARGIN, now.high + VALUE_ADDED_MARGIN)
            outcome = "holds" if near.overlaps(before) else "implausible"
            values = {"now": amount(now, "percent"), "before": amount(before, "percent")}
            yield text.finding("A7", outcome, [added, own, output, rate], "audit_value_added", **values)


def sales(text: Printed) -> Iterator[Finding]:
    """A8: sales over output lie in their band; sales that are not called output sold need not be of the same firms."""
    for sold in text.levels(indicator="operating_revenue", subject="park"):
        for output in text.levels(**concept(sold) | months(sold) | {"indicator": "gross_industrial_output"}):
            ratio = text.of(sold).over(text.of(output))
            otherwise = "implausible" if sold["reported_term"] in OUTPUT_SOLD else "ambiguous"
            outcome, said = "holds" if ratio.overlaps(SALES_BAND) else otherwise, amount(ratio, "ratio")
            yield text.finding("A8", outcome, [sold, output], "audit_sales", sales=sold, output=output, ratio=said)


def rest(text: Printed) -> Iterator[Finding]:
    """A13: what is left of the total without its sectors has a positive base, and its change lies in the band."""
    for whole in text.levels(subject="park"):
        rate = text.rate(whole)
        levels = text.levels(indicator=whole["indicator"], **months(whole))
        pairs = [(level, text.rate(level)) for level in levels if level["subject"].startswith("sector:")]
        rated = [(level, own) for level, own in pairs if own is not None]
        if rate is None or not rated:
            continue
        base = text.base(whole, rate) - total(text.base(level, own) for level, own in rated)
        left = text.of(whole) - text.sum(level for level, _ in rated)
        rows = [whole, rate, *(row for pair in rated for row in pair)]
        if base.high <= 0 or left.high < 0:
            yield text.finding("A13", "implausible", rows, "audit_rest_base", base=amount(base, whole["unit"]))
        elif base.low > 0 and left.low >= 0:  # else zero lies inside the rounding, and nothing follows
            grown = change(left, base)
            outcome = "holds" if grown.overlaps(REST_BAND) else "implausible"
            yield text.finding("A13", outcome, rows, "audit_rest_change", change=amount(grown, "percent"))
