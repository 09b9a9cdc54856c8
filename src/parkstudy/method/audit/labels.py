"""Labels: equal digits, areas that nest, plans, shares under two labels, wording and status (A9 to A12, A14)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, pairwise, permutations

from parkstudy.method.audit.printed import Finding, Printed, amount, months
from parkstudy.method.measures import Row
from parkstudy.record.quantities import parse

DIGITS = 3  # A9, A12: fewer significant digits are equal by chance
_LADDER = (
    ("perimeter_area", "outturn"), ("perimeter_area", "plan"), ("control_plan_area", "plan"), ("concept_plan_area", "plan"),
)  # fmt: skip
_TURNOVER = ("gross_industrial_output", "industrial_value_added", "operating_revenue", "tech_industry_trade_revenue")


def same_digits(text: Printed) -> Iterator[Finding]:
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


def areas_nest(text: Printed) -> Iterator[Finding]:
    """A10: area in force, expanded, control plan, concept plan do not shrink; former and added make the new one."""
    found = [next(iter(text.where(indicator=i, value_type=v, subject="park")), None) for i, v in _LADDER]
    for smaller, larger in pairwise(row for row in found if row is not None):
        outcome = "holds" if text.of(smaller).may_be_at_most(text.of(larger)) else "contradiction"
        pair = [smaller, larger]
        yield text.finding("A10", outcome, pair, "audit_area_within", pair, smaller=smaller, larger=larger)
    former, new, *_ = found
    for added in text.where(indicator="expansion_area", subject="park"):
        if former is not None and new is not None:
            summed = text.sum([former, added])
            outcome = "holds" if summed.overlaps(text.of(new)) else "contradiction"
            values = {"parts": [former, added], "sum": amount(summed, new["unit"]), "whole": new}
            yield text.finding("A10", outcome, [former, added, new], "audit_sum", [new], **values)


def part_of_plan(text: Printed) -> Iterator[Finding]:
    """A11: done over its percentage of a plan is the plan, if the text prints it."""
    for share in text.bounded(transformation="share", share_of="plan"):
        same = {"indicator": share["indicator"], "subject": share["subject"], **months(share)}
        plans = text.where(value_type="plan", **same)
        for level in text.levels(**same):
            implied = text.of(level).over(text.of(share).times(Decimal("0.01")))
            values = {"level": level, "share": share, "implied": amount(implied, level["unit"])}
            if not plans:
                yield text.finding("A11", "ambiguous", [level, share], "audit_plan_not_printed", **values)
            for plan in plans:
                outcome = "holds" if implied.overlaps(text.of(plan)) else "contradiction"
                rows = [level, share, plan]
                yield text.finding("A11", outcome, rows, "audit_plan", [plan], **values, plan=plan)


def share_of_other(text: Printed) -> Iterator[Finding]:
    """A12: a printed share equals the ratio of two other printed sums of money, whose labels differ from its own."""
    for share in text.where(transformation="share", value_type="outturn"):
        beside = text.levels(**months(share)) if share["significant"] >= DIGITS else []
        money = [row for row in beside if row["indicator"] in _TURNOVER and row["significant"] >= DIGITS]
        for part, whole in permutations(money, 2):
            fits = text.of(part).may_be_at_most(text.of(whole))
            if fits and text.of(part).over(text.of(whole)).times(100).overlaps(text.of(share)):
                rows = [share, part, whole]
                yield text.finding("A12", "ambiguous", rows, "audit_ratio", share=share, part=part, whole=whole)


def wording_and_status(text: Printed) -> Iterator[Finding]:
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
