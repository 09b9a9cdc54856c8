"""Labels: equal digits, areas that nest, plans, shares under two labels, wording and status (A9 to A12, A14)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, pairwise

from parkstudy.method.audit.text import HUNDRED, Finding, Row, Text, said, same_months, scaled
from parkstudy.method.audit.text import added as plus
from parkstudy.record.period import Period
from parkstudy.record.quantities import parse
from parkstudy.words.language import Text as Words

_LADDER = (
    ("perimeter_area", "outturn"),
    ("perimeter_area", "plan"),
    ("control_plan_area", "plan"),
    ("concept_plan_area", "plan"),
)
_TURNOVER = ("gross_industrial_output", "industrial_value_added", "operating_revenue", "tech_industry_trade_revenue")


def same_digits(text: Text) -> Iterator[Finding]:
    """A9: three or more equal significant digits with another unit, in one text."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in text.rows:
        if row["significant"] >= 3 and row["value"] is not None:
            digits = "".join(str(d) for d in _value(row).normalize().as_tuple().digits)
            groups[digits].append(row)
    for digits, rows in groups.items():
        for first, second in combinations(rows, 2):
            if len(digits) >= 3 and _printed_unit(text, first) != _printed_unit(text, second):
                words = Words(
                    f"{said(first)} and {said(second)}: equal digits, other unit",
                    f"“{said(first).zh}”与“{said(second).zh}”：数字相同，单位不同",
                )
                yield text.finding("A9", "ambiguous", [first, second], words)


def _value(row: Row) -> Decimal:
    return parse(row["reported_figure"]).value or Decimal(0)


def _printed_unit(text: Text, row: Row) -> str:
    """The unit that a figure prints, else the one of its indicator."""
    return parse(row["reported_figure"]).unit or text.units[row["indicator"]]


def areas_nest(text: Text) -> Iterator[Finding]:
    """A10: area in force, expanded, control plan, concept plan do not shrink; former and added make the new one."""
    found = [next(iter(text.where(indicator=i, value_type=v, subject="park")), None) for i, v in _LADDER]
    steps = [row for row in found if row is not None]
    for smaller, larger in pairwise(steps):
        outcome = "holds" if text.of(smaller).may_be_at_most(text.of(larger)) else "contradiction"
        words = Words(f"{said(smaller)} within {said(larger)}", f"“{said(smaller).zh}”应在“{said(larger).zh}”之内")
        yield text.finding("A10", outcome, [smaller, larger], words, [smaller, larger])
    for added in text.where(indicator="expansion_area", subject="park"):
        if found[0] is not None and found[1] is not None:
            new = text.of(found[0]) + text.of(added)
            outcome = "holds" if new.overlaps(text.of(found[1])) else "contradiction"
            rows = [found[0], added, found[1]]
            words = Words(
                f"{plus([found[0], added])} = {scaled(new, found[1])} against {said(found[1])}",
                f"{plus([found[0], added]).zh}={scaled(new, found[1]).zh}，对照{said(found[1]).zh}",
            )
            yield text.finding("A10", outcome, rows, words, [found[1]])


def part_of_plan(text: Text) -> Iterator[Finding]:
    """A11: done over its percentage of a plan is the plan, if the text prints it."""
    for share in text.bounded(transformation="share", share_of="plan"):
        for level in text.bounded(
            indicator=share["indicator"], subject=share["subject"], transformation="level", value_type="outturn"
        ):
            if not same_months(level, share) or text.of(share).low <= 0:
                continue
            implied = text.of(level).over(text.of(share).times(1 / HUNDRED))
            plans = [
                p
                for p in text.where(indicator=share["indicator"], subject=share["subject"], value_type="plan")
                if same_months(p, share)
            ]
            en = f"{said(level)} / {share['reported_figure']} = a plan of {scaled(implied, level)}"
            zh = f"{said(level).zh}÷{share['reported_figure']}=计划数{scaled(implied, level).zh}"
            if not plans:
                words = Words(f"{en}, which is not printed", f"{zh}，原文未列示该计划数")
                yield text.finding("A11", "ambiguous", [level, share], words)
            for plan in plans:
                outcome = "holds" if implied.overlaps(text.of(plan)) else "contradiction"
                words = Words(f"{en} against {said(plan)}", f"{zh}，对照{said(plan).zh}")
                yield text.finding("A11", outcome, [level, share, plan], words, [plan])


def share_of_other(text: Text) -> Iterator[Finding]:
    """A12: a printed share equals the ratio of two other printed sums of money, whose labels differ from its own."""
    for share in (r for r in text.where(transformation="share", value_type="outturn") if r["significant"] >= 3):
        money = [
            r
            for r in text.bounded(transformation="level", value_type="outturn")
            if r["indicator"] in _TURNOVER and r["significant"] >= 3 and same_months(r, share)
        ]
        for top in money:
            for whole in money:
                if top is whole or text.of(top).low <= 0 or not text.of(top).may_be_at_most(text.of(whole)):
                    continue
                if text.of(top).over(text.of(whole)).times(HUNDRED).overlaps(text.of(share)):
                    words = Words(
                        f"{said(share)} = {said(top)} / {said(whole)}: one ratio under two labels",
                        f"{said(share).zh}={said(top).zh}÷{said(whole).zh}：同一比值，两种名目",
                    )
                    yield text.finding("A12", "ambiguous", [share, top, whole], words)


def wording_and_status(text: Text) -> Iterator[Finding]:
    """A14: an outturn of a period that was not over, or called not final; a forecast of a period that was over."""
    for row in text.rows:
        early = text.published is not None and row["period_end"] is not None and row["period_end"] > text.published
        if row["value_type"] == "outturn" and (early or "not_final" in row["caveats"]):
            end = Period(row["period_end"], row["period_end"]).label("zh")
            after = Words(f"its period ends on {row['period_end']}, after the text", f"所涉时段止于{end}，晚于成文日期")
            reason = after if early else Words("the text calls it not final", "原文表明其尚非最终数")
            yield text.finding("A14", "ambiguous", [row], _of(row, reason))
        if (
            row["value_type"] == "forecast"
            and text.published is not None
            and not early
            and row["period_end"] is not None
        ):
            over = Words("a forecast of a period that was over", "对已结束时段的预计数")
            yield text.finding("A14", "ambiguous", [row], _of(row, over))


def _of(row: Row, reason: Words) -> Words:
    return Words(f"{said(row)}: {reason}", f"{said(row).zh}：{reason.zh}")
