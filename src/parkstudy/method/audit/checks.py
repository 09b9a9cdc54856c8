"""The checks: A1 to A4 sums and counts, A5 to A8 and A13 what two rates imply, A9 to A12 and A14 labels and wording."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, pairwise, permutations, product

from parkstudy.method.audit.printed import Finding, PrintedText, amount, concept, factor, months
from parkstudy.method.benchmarks import price_change
from parkstudy.method.measures import one_sample
from parkstudy.method.year import year_share
from parkstudy.record.interval import Exact, quotient, total
from parkstudy.record.period import Period
from parkstudy.record.quantities import parse
from parkstudy.record.rows import Row, fitting, grouped
from parkstudy.record.schema import OUTPUT_SOLD

_THING = ("indicator", "subject", "population", "transformation", "value_type", "period_start", "period_end")
_COUNTED = {"project": "projects", "firm": "enterprises"}  # A1: a kind of part to the dimension of what counts it
_WIDER = {"enterprises": "above_scale_enterprises"}  # A4: firms of sectors lie within the park's firms above scale
RATE_MARGIN = 20  # A6: points that the rest of the year may grow above or below the two printed rates
VALUE_ADDED_MARGIN = 5  # A7: points by which the rate of value added may move in a year
SALES_BAND = Exact(Decimal("0.90"), Decimal("1.05"))  # A8: sales over output
REST_BAND = Exact(Decimal(-50), Decimal(100))  # A13: percent by which the rest without its sectors may change
DIGITS = 3  # A9, A12: fewer significant digits are equal by chance
_LADDER = (
    ("perimeter_area", "outturn"), ("perimeter_area", "plan"), ("control_plan_area", "plan"), ("concept_plan_area", "plan"),
)  # fmt: skip
_TURNOVER = ("gross_industrial_output", "industrial_value_added", "operating_revenue", "tech_industry_trade_revenue")


def parts_and_total(text: PrintedText) -> Iterator[Finding]:
    """A1: the parts of a complete list make the total, and are as many as a printed count."""
    for whole, parts in text.wholes():
        complete = [row for row in parts if row["split"] == "complete"]
        summed = text.sum(complete)
        if complete and (summed.low.is_finite() or summed.high.is_finite()):
            outcome = "holds" if summed.overlaps(text.of(whole)) else "contradiction"
            values = {"parts": complete, "sum": amount(summed, whole["unit"]), "whole": whole}
            yield text.finding("A1", outcome, [whole, *complete], "audit_sum", [whole], **values)
            if all(row["subject"].startswith(("project:", "firm:")) for row in complete):
                yield from _number_of_parts(text, whole, complete)


def _number_of_parts(text: PrintedText, whole: Row, parts: list[Row]) -> Iterator[Finding]:
    """The count of such things beside the total: where one of several is that of the parts, the others count something else."""
    things = {_COUNTED[row["subject"].partition(":")[0]] for row in parts}
    counted = {row["indicator"] for row in text.study.rows("indicators", unit="count") if row["dimension"] in things}
    beside = text.where(transformation="level", locator=whole["locator"], subject=whole["subject"], **months(whole))
    counts = [row for row in beside if row["indicator"] in counted]
    agreeing = [row for row in counts if Exact.point(len(parts)).overlaps(text.of(row))]
    for count in agreeing or counts:
        outcome = "holds" if agreeing else "contradiction" if len(counts) == 1 else "ambiguous"
        values = {"number": len(parts), "count": count}
        yield text.finding("A1", outcome, [count, *parts], "audit_count", [count], **values)


def printed_share(text: PrintedText) -> Iterator[Finding]:
    """A2: a printed share is its part over its total: the leading sectors named beside it over the park, or what it is the share of."""
    yield from _share_of_leading(text)
    for share, part, whole in own_ratios(text):
        ratio = text.of(part).over(text.of(whole)).times(100)
        fits, same = ratio.overlaps(text.of(share)), one_sample(part, whole)
        outcome = "holds" if fits else "contradiction" if same else "ambiguous"
        values = {"parts": [part], "whole": whole, "ratio": amount(ratio, "percent"), "share": share}
        yield text.finding("A2", outcome, [share, part, whole], "audit_share", [share], **values)


def own_ratios(text: PrintedText) -> Iterator[tuple[Row, Row, Row]]:
    """Shares of a part of the park in the quantity that it is a share of, each with that part and that whole of the same months."""
    for share in text.bounded(transformation="share", value_type="outturn"):
        if share["subject"] != "park":
            of = {"indicator": share["share_of"], **months(share)}
            for part, whole in product(text.levels(**of, subject=share["subject"]), text.levels(**of, subject="park")):
                yield share, part, whole


def _share_of_leading(text: PrintedText) -> Iterator[Finding]:
    """The share of the leading industries; one called the others is none of them."""
    leading = {"indicator": "leading_industry_share", "transformation": "share", "value_type": "outturn"}
    for share in text.where(**leading, subject="park"):
        levels = text.levels(**months(share))
        printed = text.where(transformation="level", value_type="outturn", locator=share["locator"], **months(share))
        beside = [
            row for row in printed if row["subject"].startswith("sector:") and not text.is_rest(row)
        ]  # open ones too: a sum has all its parts
        unstated = share["share_of"] == "unstated"  # then it may be of anything, and a difference contradicts nothing
        for whole in levels:
            of_whole = whole["subject"] == "park" and (unstated or whole["indicator"] == share["share_of"])
            parts = [row for row in beside if row["indicator"] == whole["indicator"]]
            if of_whole and parts:
                summed = text.sum(parts)
                ratio = replace(summed, low=max(summed.low, Decimal(0))).over(text.of(whole)).times(100)
                outcome = "holds" if ratio.overlaps(text.of(share)) else "ambiguous" if unstated else "contradiction"
                values = {"parts": parts, "whole": whole, "ratio": amount(ratio, "percent"), "share": share}
                yield text.finding("A2", outcome, [share, *parts, whole], "audit_share", [share], **values)


def printed_twice(text: PrintedText) -> Iterator[Finding]:
    """A3: two figures for one thing agree."""
    for rows in grouped((row for row in text.rows if row["period_end"] is not None), *_THING).values():
        for first, second in combinations(rows, 2):
            alike = first["unit"] == second["unit"] and first["reported_term"] == second["reported_term"]
            alike = alike and not _one_stock(first, second)
            outcome = "holds" if text.of(first).overlaps(text.of(second)) else "contradiction" if alike else "ambiguous"
            pair = [first, second]
            yield text.finding("A3", outcome, pair, "audit_twice", pair, first=first, second=second)


def _one_stock(first: Row, second: Row) -> bool:
    """Whether one paragraph prints two stocks one after the other: what is new, and what there is in all."""
    return first["period_start"] is None and first["locator"] == second["locator"]


def nesting(text: PrintedText) -> Iterator[Finding]:
    """A4: a part is no more than its whole, sectors together no more than the park, a month no more than its year."""
    for whole, parts in text.wholes():
        some = [row for row in parts if row["split"] == "some"]  # a complete list is for A1
        within = [row for row in some if text.of(row).may_be_at_most(text.of(whole))]
        for pair in ([part, whole] for part in some if part not in within):
            yield text.finding("A4", "contradiction", pair, "audit_above", pair, part=pair[0], whole=whole)
        added = [part for part in within if text.units[part["indicator"]] == text.units[whole["indicator"]]]
        if added:  # some parts of a whole may overlap each other, so that a sum above it contradicts nothing
            outcome = "holds" if text.sum(added).may_be_at_most(text.of(whole)) else "ambiguous"
            yield text.finding("A4", outcome, [whole, *added], "audit_within", parts=added, whole=whole)
    yield from _sectors_within(text)
    yield from _months_within(text)


def _sectors_within(text: PrintedText) -> Iterator[Finding]:
    levels = text.where(transformation="level", value_type="outturn")
    of_sectors = [row for row in levels if row["subject"].startswith("sector:") and not row["part_of"]]
    for (indicator, *_), sectors in grouped(of_sectors, "indicator", "period_start", "period_end").items():
        for whole in fitting(levels, subject="park", **months(sectors[0])):
            if whole["indicator"] in (indicator, _WIDER.get(indicator)):
                same = whole["indicator"] == indicator and all(one_sample(row, whole) for row in sectors)
                fits = text.sum(sectors).may_be_at_most(text.of(whole))
                outcome = "holds" if fits else "contradiction" if same else "ambiguous"
                rows = [whole, *sectors]
                yield text.finding("A4", outcome, rows, "audit_sectors_within", rows, parts=sectors, whole=whole)


def _months_within(text: PrintedText) -> Iterator[Finding]:
    """The spans within the longest one, where no two overlap; never a contradiction, for their populations may differ."""
    dated = [row for row in text.where(transformation="level", value_type="outturn") if row["period_start"]]
    for rows in grouped(dated, "indicator", "subject").values():
        longest = max(rows, key=lambda row: row["period_end"] - row["period_start"])
        start, end = longest["period_start"], longest["period_end"]
        shorter = [row for row in rows if months(row) != months(longest)]
        inside = [row for row in shorter if start <= row["period_start"] and row["period_end"] <= end]
        in_order = pairwise(sorted(inside, key=lambda row: row["period_start"]))
        if inside and all(earlier["period_end"] < later["period_start"] for earlier, later in in_order):
            outcome = "holds" if text.sum(inside).may_be_at_most(text.of(longest)) else "ambiguous"
            yield text.finding("A4", outcome, [longest, *inside], "audit_months_within", parts=inside, whole=longest)


def target_base(text: PrintedText) -> Iterator[Finding]:
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


def year_to_date(text: PrintedText) -> Iterator[Finding]:
    """A6: what is left between the months reported and the year forecast fits the year share and the printed rates."""
    for year in text.levels("forecast", subject="park"):
        if not Period.of(year).is_full_year:
            continue
        for part in text.levels(**concept(year)):
            share = year_share(part)
            if share is None or part["period_start"] != year["period_start"]:
                continue
            left = quotient(
                [(end, end) for end in text.of(year).ends], [(-end, Decimal(0)) for end in text.of(part).ends]
            )
            allowed = Exact.point(1) - Exact.of(share)
            outcome = "holds" if left.overlaps(allowed) else "implausible"
            values = {"year": year, "part": part, "left": amount(left, "ratio"), "allowed": amount(allowed, "ratio")}
            yield text.finding("A6", outcome, [year, part], "audit_rest_of_year", **values)
            yield from _residual_rate(text, year, part)


def _residual_rate(text: PrintedText, year: Row, part: Row) -> Iterator[Finding]:
    """On one set of firms the months that are left grow on what is left of the base."""
    rates = [rate for rate in (text.rate(year), text.rate(part)) if rate is not None]
    if len(rates) < 2:
        return
    base, left = text.base(year, rates[0]) - text.base(part, rates[1]), text.of(year) - text.of(part)
    if base.low <= 0 or left.low < 0:
        return
    residual, printed = text.change([(1, year, rates[0]), (-1, part, rates[1])]), [text.of(rate) for rate in rates]
    allowed = Exact(min(p.low for p in printed) - RATE_MARGIN, max(p.high for p in printed) + RATE_MARGIN)
    counts = {row["reported_figure"] for row in text.where(indicator="above_scale_enterprises", subject="park")}
    outcome = "holds" if residual.overlaps(allowed) else "ambiguous" if len(counts) > 1 else "implausible"
    rows, grown = [year, part, *rates], amount(residual, "percent")
    yield text.finding("A6", outcome, rows, "audit_rest_rate", rates=rates, residual=grown, margin=RATE_MARGIN)


def value_added(text: PrintedText) -> Iterator[Finding]:
    """A7: the rate of value added of this year and of the base differ by no more than the margin."""
    for added in text.levels(indicator="industrial_value_added", subject="park"):
        own, prices = text.rate(added), price_change(text.study, Period.of(added))
        for output in text.levels(**concept(added) | months(added) | {"indicator": "gross_industrial_output"}):
            rate = text.rate(output)
            if own is None or rate is None or prices is None or not one_sample(added, output):
                continue
            now = text.of(added).over(text.of(output)).times(100)
            # The growth of value added is real and that of output nominal, so that the first base needs the prices too.
            times = factor(text.of(rate)).over(factor(text.of(own))).over(factor(Exact.of(prices.interval)))
            before, fell = now.between(times), now.between(times - Exact.point(1))
            near = Exact.point(VALUE_ADDED_MARGIN) - Exact(Decimal(0), Decimal(2 * VALUE_ADDED_MARGIN))
            outcome = "holds" if near.overlaps(fell) else "implausible"
            values = {"now": amount(now, "percent"), "before": amount(before, "percent"), "margin": VALUE_ADDED_MARGIN}
            found = text.finding("A7", outcome, [added, own, output, rate], "audit_value_added", **values)
            yield replace(found, references=prices.inputs)


def sales(text: PrintedText) -> Iterator[Finding]:
    """A8: sales over output lie in their band; sales that are not called output sold need not be of the same firms."""
    for sold in text.levels(indicator="operating_revenue", subject="park"):
        for output in text.levels(**concept(sold) | months(sold) | {"indicator": "gross_industrial_output"}):
            if not one_sample(sold, output):
                continue
            ratio = text.of(sold).over(text.of(output))
            otherwise = "implausible" if sold["reported_term"] in OUTPUT_SOLD else "ambiguous"
            outcome, band = "holds" if ratio.overlaps(SALES_BAND) else otherwise, amount(SALES_BAND, "ratio")
            values = {"sales": sold, "output": output, "ratio": amount(ratio, "ratio"), "band": band}
            yield text.finding("A8", outcome, [sold, output], "audit_sales", **values)


def same_digits(text: PrintedText) -> Iterator[Finding]:
    """A9: equal significant digits with another unit, in one text."""
    groups: dict[tuple[int, ...], list[tuple[Row, str | None]]] = defaultdict(list)
    for row in text.rows:
        printed = parse(row["reported_figure"], row["unit"])
        if printed.significant >= DIGITS and printed.value is not None:
            groups[printed.value.normalize().as_tuple().digits].append((row, printed.unit))
    for rows in groups.values():
        for (first, unit), (second, other) in combinations(rows, 2):
            if unit != other:
                yield text.finding("A9", "ambiguous", [first, second], "audit_digits", first=first, second=second)


def areas_nest(text: PrintedText) -> Iterator[Finding]:
    """A10: area in force, expanded, control plan, concept plan do not shrink; former and added make the new one.

    No order is known of the other kinds of area: built-up land may lie outside the approved bounds.
    """
    of_park = {"subject": "park", "transformation": "level"}
    found = [next(iter(text.where(indicator=i, value_type=v, **of_park)), None) for i, v in _LADDER]
    for smaller, larger in pairwise(row for row in found if row is not None):
        outcome = "holds" if text.of(smaller).may_be_at_most(text.of(larger)) else "contradiction"
        pair = [smaller, larger]
        yield text.finding("A10", outcome, pair, "audit_area_within", pair, smaller=smaller, larger=larger)
    new, formers = found[1], text.where(indicator="perimeter_area", value_type="outturn", **of_park)
    if new is None:
        return
    for added in text.where(indicator="expansion_area", **of_park):
        sums = [(former, text.sum([former, added])) for former in formers]  # of several dates one may be the former
        fit = [(former, summed) for former, summed in sums if summed.overlaps(text.of(new))]
        for former, summed in fit[:1] or sums:
            outcome = "holds" if fit else "contradiction" if len(sums) == 1 else "ambiguous"
            values = {"parts": [former, added], "sum": amount(summed, new["unit"]), "whole": new}
            yield text.finding("A10", outcome, [former, added, new], "audit_sum", [new], **values)


def part_of_plan(text: PrintedText) -> Iterator[Finding]:
    """A11: done over its percentage of a plan is the plan, if the text prints it."""
    for share in text.bounded(transformation="share", share_of="plan"):
        of = {"indicator": share["indicator"], "subject": share["subject"]}
        plans = [row for row in text.where(transformation="level", value_type="plan", **of) if _planned_for(row, share)]
        for level in text.levels(**of, **months(share)):
            implied = text.of(level).over(text.of(share).times(Decimal("0.01")))
            values = {"level": level, "share": share, "implied": amount(implied, level["unit"])}
            if not plans:
                yield text.finding("A11", "ambiguous", [level, share], "audit_plan_not_printed", **values)
            for plan in plans:
                outcome = "holds" if implied.overlaps(text.of(plan)) else "contradiction"
                rows = [level, share, plan]
                yield text.finding("A11", outcome, rows, "audit_plan", [plan], **values, plan=plan)


def _planned_for(plan: Row, share: Row) -> bool:
    """Whether a plan is one of the months of a share, or of the year in which they lie."""
    return months(plan) == months(share) or (
        Period.of(plan).is_full_year
        and share["period_end"] is not None
        and plan["period_end"].year == share["period_end"].year
    )


def share_of_other(text: PrintedText) -> Iterator[Finding]:
    """A12: a printed share equals the ratio of two other printed sums of money, whose labels differ from its own.

    One of the two is the quantity that it is a share of, unless it does not say; the share that it is called is for A2.
    """
    own = [[row["observation_id"] for row in rows] for rows in own_ratios(text)]
    for share in text.where(transformation="share", value_type="outturn"):
        beside = text.levels(**months(share)) if share["significant"] >= DIGITS else []
        money = [row for row in beside if row["indicator"] in _TURNOVER and row["significant"] >= DIGITS]
        for part, whole in permutations(money, 2):
            alike = share["share_of"] in ("unstated", part["indicator"], whole["indicator"])
            its = [row["observation_id"] for row in (share, part, whole)] in own
            fits = alike and not its and text.of(part).may_be_at_most(text.of(whole))
            if fits and text.of(part).over(text.of(whole)).times(100).overlaps(text.of(share)):
                rows = [share, part, whole]
                yield text.finding("A12", "ambiguous", rows, "audit_ratio", share=share, part=part, whole=whole)


def rest(text: PrintedText) -> Iterator[Finding]:
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
            grown = text.change([(1, whole, rate), *((-1, level, own) for level, own in rated)])
            outcome, band = "holds" if grown.overlaps(REST_BAND) else "implausible", amount(REST_BAND, "percent")
            yield text.finding("A13", outcome, rows, "audit_rest_change", change=amount(grown, "percent"), band=band)


def wording_and_status(text: PrintedText) -> Iterator[Finding]:
    """A14: an outturn of a period that was not over, or called not final; a forecast of a period that was over."""
    for row in text.rows:
        dated = text.published is not None and row["period_end"] is not None
        early = dated and row["period_end"] > text.published
        said = {
            "outturn": "audit_not_over" if early else "audit_not_final" if "not_final" in row["caveats"] else "",
            "forecast": "audit_was_over" if dated and not early else "",
        }.get(row["value_type"])
        if said:
            yield text.finding("A14", "ambiguous", [row], said, row=row)
