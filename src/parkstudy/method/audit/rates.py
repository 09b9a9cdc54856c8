"""Rates: what two printed rates imply about their bases (A5 to A8, A13)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from parkstudy.method.audit.text import (
    HUNDRED,
    Finding,
    Row,
    Text,
    grown,
    rate_of,
    said,
    same_months,
    scaled,
    year_share,
)
from parkstudy.method.benchmarks import price_change
from parkstudy.record.exact import Exact, total
from parkstudy.record.period import Period
from parkstudy.words.language import Text as Words


def target_base(text: Text) -> Iterator[Finding]:
    """A5: the base implied by level and growth is the base implied by target and target growth."""
    for target in text.bounded(transformation="level", value_type="target", subject="park"):
        aim = rate_of(text, target, "target")
        same = {"indicator": target["indicator"], "subject": "park", "population": target["population"]}
        for level in text.bounded(transformation="level", value_type="outturn", **same):
            rate = rate_of(text, level, "outturn")
            share = year_share(level)
            if aim is None or rate is None or share is None or level["period_start"] != target["period_start"]:
                continue
            base = text.of(level).over(grown(text.of(rate))).over(share)
            planned = text.of(target).over(grown(text.of(aim)))
            outcome = "holds" if base.overlaps(planned) else "implausible"
            words = Words(
                f"{said(level)} / (1 + {rate['reported_figure']}) as a year = {scaled(base, level)}; "
                f"{said(target)} / (1 + {aim['reported_figure']}) = {scaled(planned, target)}",
                f"{said(level).zh}÷（1+{rate['reported_figure']}），折合全年为{scaled(base, level).zh}；"
                f"{said(target).zh}÷（1+{aim['reported_figure']}）={scaled(planned, target).zh}",
            )
            yield text.finding("A5", outcome, [level, rate, target, aim], words)


def year_to_date(text: Text) -> Iterator[Finding]:
    """A6: what is left between the months reported and the year forecast fits the year share and the printed rates."""
    for year in text.bounded(transformation="level", value_type="forecast", subject="park"):
        same = {"indicator": year["indicator"], "subject": "park", "population": year["population"]}
        for part in text.bounded(transformation="level", value_type="outturn", **same):
            share = year_share(part)
            full_year = Period(year["period_start"], year["period_end"]).is_full_year
            if share is None or not full_year or part["period_start"] != year["period_start"]:
                continue
            rest_of_year = text.of(year) - text.of(part)
            left = Exact(rest_of_year.low / text.of(year).high, rest_of_year.high / text.of(year).low)
            rest = Exact(1 - share.high, 1 - share.low)
            outcome = "holds" if left.overlaps(rest) else "implausible"
            words = Words(
                f"({said(year)} - {part['reported_figure']}) / {year['reported_figure']} = {left.said()}, "
                f"a year leaves {rest.said()}",
                f"（{said(year).zh}−{part['reported_figure']}）÷{year['reported_figure']}={left.said()}，"
                f"按年内占比推算，其余月份应占{rest.said()}",
            )
            yield text.finding("A6", outcome, [year, part], words)
            yield from _residual_rate(text, year, part)


def _residual_rate(text: Text, year: Row, part: Row) -> Iterator[Finding]:
    rates = [rate_of(text, year, "forecast"), rate_of(text, part, "outturn")]
    if rates[0] is None or rates[1] is None:
        return
    bases = [text.of(level).over(grown(text.of(rate))) for level, rate in zip((year, part), rates, strict=True) if rate]
    base, left = bases[0] - bases[1], text.of(year) - text.of(part)
    if base.low <= 0 or left.low < 0:
        return
    residual = left.over(base).plus(Decimal(-1)).times(HUNDRED)
    printed = [text.of(rate) for rate in rates if rate]
    allowed = Exact(min(p.low for p in printed) - 20, max(p.high for p in printed) + 20)
    firms = {
        r["reported_figure"]
        for r in text.rows
        if r["indicator"] == "above_scale_enterprises" and r["subject"] == "park"
    }
    outcome = "holds" if residual.overlaps(allowed) else "ambiguous" if len(firms) > 1 else "implausible"
    figures = [str(rate["reported_figure"]) for rate in rates if rate]
    words = Words(
        f"on one set of firms the rest of the year would grow by {residual.said()} %, the printed rates are "
        + " and ".join(figures),
        f"若企业样本不变，年内其余月份的增速应为{residual.said()}%，原文列示的增速为{'和'.join(figures)}",
    )
    yield text.finding("A6", outcome, [year, part, *(rate for rate in rates if rate)], words)


def value_added(text: Text) -> Iterator[Finding]:
    """A7: the rate of value added of this year and of the base differ by no more than five points."""
    for added in text.bounded(
        indicator="industrial_value_added", transformation="level", value_type="outturn", subject="park"
    ):
        same = {
            "indicator": "gross_industrial_output",
            "transformation": "level",
            "value_type": "outturn",
            "subject": "park",
        }
        for output in text.bounded(population=added["population"], **same):
            rates = [rate_of(text, row, "outturn") for row in (added, output)]
            prices = price_change(text.study, Period(added["period_start"], added["period_end"]))
            if not same_months(added, output) or rates[0] is None or rates[1] is None or prices is None:
                continue
            now = text.of(added).over(text.of(output)).times(HUNDRED)
            price = Exact(Decimal(str(prices.interval.low)), Decimal(str(prices.interval.high)))
            before = text.of(added).over(grown(text.of(rates[0]))).over(grown(price))
            before = before.over(text.of(output).over(grown(text.of(rates[1])))).times(HUNDRED)
            outcome = "holds" if Exact(now.low - 5, now.high + 5).overlaps(before) else "implausible"
            words = Words(
                f"value added over output is {now.said()} %, "
                f"in the base implied by the printed rates {before.said()} %",
                f"增加值占产值的比重为{now.said()}%，按原文增速推算的基期比重为{before.said()}%",
            )
            yield text.finding("A7", outcome, [added, rates[0], output, rates[1]], words)


def sales(text: Text) -> Iterator[Finding]:
    """A8: sales over output lie in 0.90 to 1.05."""
    for sales in text.bounded(
        indicator="operating_revenue", transformation="level", value_type="outturn", subject="park"
    ):
        for output in text.bounded(
            indicator="gross_industrial_output", transformation="level", value_type="outturn", subject="park"
        ):
            if same_months(sales, output) and sales["population"] == output["population"] and text.of(output).low > 0:
                ratio = text.of(sales).over(text.of(output))
                fits = ratio.overlaps(Exact(Decimal("0.90"), Decimal("1.05")))
                outcome = (
                    "holds"
                    if fits
                    else "implausible"
                    if sales["reported_term"] in ("销售产值", "工业销售产值")
                    else "ambiguous"
                )
                words = Words(
                    f"{said(sales)} / {said(output)} = {ratio.said()}",
                    f"{said(sales).zh}÷{said(output).zh}={ratio.said()}",
                )
                yield text.finding("A8", outcome, [sales, output], words)


def rest(text: Text) -> Iterator[Finding]:
    """A13: what is left of the total without its sectors has a positive base and a rate between -50 and +100 %."""
    for whole in text.bounded(transformation="level", value_type="outturn", subject="park"):
        rate = rate_of(text, whole, "outturn")
        sectors = [
            (r, rate_of(text, r, "outturn"))
            for r in text.bounded(indicator=whole["indicator"], transformation="level", value_type="outturn")
            if r["subject"].startswith("sector:") and same_months(r, whole)
        ]
        rated = [(level, own) for level, own in sectors if own is not None]
        if rate is None or not rated:
            continue
        base = text.of(whole).over(grown(text.of(rate))) - total(
            text.of(level).over(grown(text.of(own))) for level, own in rated
        )
        rest = text.of(whole) - total(text.of(level) for level, _ in rated)
        rows = [whole, rate, *(row for pair in rated for row in pair)]
        if base.high <= 0 or rest.high < 0:
            words = Words(
                f"the rest without its sectors has a base of {scaled(base, whole)}",
                f"扣除所列产业后，其余部分的基数为{scaled(base, whole).zh}",
            )
            yield text.finding("A13", "implausible", rows, words)
            continue
        if base.low <= 0 or rest.low < 0:  # zero lies inside the rounding: nothing follows
            continue
        change = rest.over(base).plus(Decimal(-1)).times(HUNDRED)
        outcome = "holds" if change.overlaps(Exact(Decimal(-50), Decimal(100))) else "implausible"
        words = Words(
            f"the rest without its sectors changed by {change.said()} %",
            f"扣除所列产业后，其余部分增速为{change.said()}%",
        )
        yield text.finding("A13", outcome, rows, words)
