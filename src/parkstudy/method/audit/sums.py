"""Sums and counts: parts and total, printed shares, figures printed twice, counts that nest (A1 to A4)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

from parkstudy.method.audit.printed import Finding, Printed, amount, months
from parkstudy.method.measures import Row, fitting, grouped
from parkstudy.record.exact import Exact

_THING = ("indicator", "subject", "population", "transformation", "value_type", "period_start", "period_end")
_WIDER = {"enterprises": "above_scale_enterprises"}  # A4: firms of sectors lie within the park's firms above scale


def parts_and_total(text: Printed) -> Iterator[Finding]:
    """A1: the parts of a complete list make the total, and are as many as a printed count."""
    for whole, parts in text.wholes():
        complete = [row for row in parts if row["split"] == "complete"]
        if complete:
            summed = text.sum(complete)
            outcome = "holds" if summed.overlaps(text.of(whole)) else "contradiction"
            values = {"parts": complete, "sum": amount(summed, whole["unit"]), "whole": whole}
            yield text.finding("A1", outcome, [whole, *complete], "audit_sum", [whole], **values)
            yield from _number_of_parts(text, whole, complete)


def _number_of_parts(text: Printed, whole: Row, parts: list[Row]) -> Iterator[Finding]:
    if not all(row["subject"].startswith(("project:", "firm:")) for row in parts):
        return
    beside = {"locator": whole["locator"], "subject": whole["subject"], **months(whole)}
    for count in text.where(transformation="level", **beside):
        if text.units[count["indicator"]] == "count":
            outcome = "holds" if Exact.point(len(parts)).overlaps(text.of(count)) else "contradiction"
            rows, values = [count, *parts], {"number": len(parts), "count": count}
            yield text.finding("A1", outcome, rows, "audit_count", [count], **values)


def printed_share(text: Printed) -> Iterator[Finding]:
    """A2: a printed share is its part over its total: the sectors named beside it over the park."""
    leading = {"indicator": "leading_industry_share", "transformation": "share", "value_type": "outturn"}
    for share in text.where(**leading, subject="park"):
        levels = text.levels(**months(share))
        beside = [r for r in levels if r["subject"].startswith("sector:") and r["locator"] == share["locator"]]
        unstated = share["share_of"] == "unstated"  # then it may be of anything, and a difference contradicts nothing
        for whole in levels:
            of_whole = whole["subject"] == "park" and (unstated or whole["indicator"] == share["share_of"])
            parts = [row for row in beside if row["indicator"] == whole["indicator"]]
            if of_whole and parts:
                ratio = text.sum(parts).over(text.of(whole)).times(100)
                fits = ratio.overlaps(text.of(share))
                outcome = "holds" if fits else "ambiguous" if unstated else "contradiction"
                values = {"parts": parts, "whole": whole, "ratio": amount(ratio, "percent"), "share": share}
                yield text.finding("A2", outcome, [share, *parts, whole], "audit_share", [share], **values)


def printed_twice(text: Printed) -> Iterator[Finding]:
    """A3: two figures for one thing agree."""
    for rows in grouped((row for row in text.rows if row["period_end"] is not None), *_THING).values():
        for first, second in combinations(rows, 2):
            agree = text.of(first).overlaps(text.of(second))
            alike = first["unit"] == second["unit"] and first["reported_term"] == second["reported_term"]
            outcome = "holds" if agree else "contradiction" if alike else "ambiguous"
            pair = [first, second]
            yield text.finding("A3", outcome, pair, "audit_twice", pair, first=first, second=second)


def nesting(text: Printed) -> Iterator[Finding]:
    """A4: a part is no more than its whole, sectors together no more than the park, a month no more than its year."""
    for whole, parts in text.wholes():
        yield from _parts_within(text, whole, parts)
    yield from _sectors_within(text)
    yield from _months_within(text)


def _parts_within(text: Printed, whole: Row, parts: list[Row]) -> Iterator[Finding]:
    """Each part that is too large by itself, then the ones that fit, together; a complete list is for A1."""
    within = []
    for part in (row for row in parts if row["split"] == "some"):
        if text.of(part).may_be_at_most(text.of(whole)):
            within.append(part)
        else:
            pair = [part, whole]
            yield text.finding("A4", "contradiction", pair, "audit_above", pair, part=part, whole=whole)
    added = [part for part in within if text.units[part["indicator"]] == text.units[whole["indicator"]]]
    if added:  # some parts of a whole may overlap each other, so that a sum above it contradicts nothing
        outcome = "holds" if text.sum(added).may_be_at_most(text.of(whole)) else "ambiguous"
        yield text.finding("A4", outcome, [whole, *added], "audit_within", parts=added, whole=whole)


def _sectors_within(text: Printed) -> Iterator[Finding]:
    levels = text.where(transformation="level", value_type="outturn")
    of_sectors = [row for row in levels if row["subject"].startswith("sector:") and not row["part_of"]]
    for (indicator, *_), sectors in grouped(of_sectors, "indicator", "period_start", "period_end").items():
        for whole in fitting(levels, subject="park", **months(sectors[0])):
            if whole["indicator"] in (indicator, _WIDER.get(indicator)):
                same = whole["indicator"] == indicator and {r["population"] for r in sectors} == {whole["population"]}
                fits = text.sum(sectors).may_be_at_most(text.of(whole))
                outcome = "holds" if fits else "contradiction" if same else "ambiguous"
                rows = [whole, *sectors]
                yield text.finding("A4", outcome, rows, "audit_sectors_within", rows, parts=sectors, whole=whole)


def _months_within(text: Printed) -> Iterator[Finding]:
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
