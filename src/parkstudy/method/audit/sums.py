"""Sums and counts: parts and total, printed shares, figures printed twice, counts that nest (A1 to A4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations
from typing import Any

from parkstudy.method.audit.text import HUNDRED, Finding, Row, Text, added, by_id, parts_of, said, same_months, scaled
from parkstudy.record.exact import Exact, total
from parkstudy.words.language import Text as Words
from parkstudy.words.wording import indicator_names

_THING = ("indicator", "subject", "population", "transformation", "value_type", "period_start", "period_end")


def parts_and_total(text: Text) -> Iterator[Finding]:
    """A1: the parts of a complete list make the total, and are as many as a printed count."""
    rows = by_id(text)
    for whole_id, parts in parts_of(text).items():
        complete = [row for row in parts if row["split"] == "complete"]
        whole = rows.get(whole_id)
        if not complete or whole is None:
            continue
        summed = total(text.of(row) for row in complete)
        outcome = "holds" if summed.overlaps(text.of(whole)) else "contradiction"
        words = Words(
            f"{added(complete)} = {scaled(summed, whole)} against {said(whole)}",
            f"{added(complete).zh}={scaled(summed, whole).zh}，对照{said(whole).zh}",
        )
        yield text.finding("A1", outcome, [whole, *complete], words, [whole])
        yield from _number_of_parts(text, whole, complete)


def _number_of_parts(text: Text, whole: Row, parts: list[Row]) -> Iterator[Finding]:
    if not all(row["subject"].startswith(("project:", "firm:")) for row in parts):
        return
    same = {"locator": whole["locator"], "subject": whole["subject"], "transformation": "level"}
    for count in text.where(**same):
        if text.units[count["indicator"]] == "count" and same_months(count, whole):
            many = Decimal(len(parts))
            outcome = "holds" if Exact(many, many).overlaps(text.of(count)) else "contradiction"
            words = Words(f"{len(parts)} parts against {said(count)}", f"分项共{len(parts)}个，对照{said(count).zh}")
            yield text.finding("A1", outcome, [count, *parts], words, [count])


def printed_share(text: Text) -> Iterator[Finding]:
    """A2: a printed share is its part over its total: the sectors named beside it over the park."""
    for share in text.where(
        indicator="leading_industry_share", transformation="share", subject="park", value_type="outturn"
    ):
        levels = [r for r in text.bounded(transformation="level", value_type="outturn") if same_months(r, share)]
        beside = [r for r in levels if r["subject"].startswith("sector:") and r["locator"] == share["locator"]]
        unstated = share["share_of"] == "unstated"
        for whole in (
            r for r in levels if r["subject"] == "park" and (unstated or r["indicator"] == share["share_of"])
        ):
            sectors = [r for r in beside if r["indicator"] == whole["indicator"]]
            if sectors:
                yield _share_finding(text, share, sectors, whole, "ambiguous" if unstated else "contradiction")


def _share_finding(text: Text, share: Row, sectors: list[Row], whole: Row, otherwise: str) -> Finding:
    ratio = total(text.of(r) for r in sectors).over(text.of(whole)).times(HUNDRED)
    outcome = "holds" if ratio.overlaps(text.of(share)) else otherwise
    words = Words(
        f"({added(sectors)}) / {whole['reported_figure']} = {ratio.said()} % against {said(share)}",
        f"（{added(sectors).zh}）÷{whole['reported_figure']}={ratio.said()}%，对照{said(share).zh}",
    )
    return text.finding("A2", outcome, [share, *sectors, whole], words, [share])


def printed_twice(text: Text) -> Iterator[Finding]:
    """A3: two figures for one thing agree."""
    things: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in text.rows:
        if row["period_end"] is not None:
            things[tuple(row[key] for key in _THING)].append(row)
    for rows in things.values():
        for first, second in combinations(rows, 2):
            agree = text.of(first).overlaps(text.of(second))
            alike = first["unit"] == second["unit"] and first["reported_term"] == second["reported_term"]
            outcome = "holds" if agree else "contradiction" if alike else "ambiguous"
            words = Words(f"{said(first)} against {said(second)}", f"{said(first).zh}，对照{said(second).zh}")
            yield text.finding("A3", outcome, [first, second], words, [first, second])


def nesting(text: Text) -> Iterator[Finding]:
    """A4: a part is no more than its whole, sectors together no more than the park, a month no more than its year."""
    rows = by_id(text)
    for whole_id, parts in parts_of(text).items():
        whole = rows.get(whole_id)
        if whole is not None:
            yield from _parts_within(text, whole, parts)
    yield from _sectors_within(text)
    yield from _months_within(text)


def _parts_within(text: Text, whole: Row, parts: list[Row]) -> Iterator[Finding]:
    fitting = []
    for part in parts:
        fits = text.of(part).may_be_at_most(text.of(whole))
        if fits:
            fitting.append(part)
        elif part["split"] == "some":
            words = Words(
                f"part {said(part)} above whole {said(whole)}", f"分项“{said(part).zh}”超过总数“{said(whole).zh}”"
            )
            yield text.finding("A4", "contradiction", [part, whole], words, [part, whole])
    some = [
        part
        for part in fitting
        if part["split"] == "some" and text.units[part["indicator"]] == text.units[whole["indicator"]]
    ]
    if some:
        summed = total(text.of(part) for part in some)
        outcome = "holds" if summed.may_be_at_most(text.of(whole)) else "ambiguous"
        words = Words(f"{added(some)} within {said(whole)}", f"{added(some).zh}，应在{said(whole).zh}之内")
        yield text.finding("A4", outcome, [whole, *some], words)


def _sectors_within(text: Text) -> Iterator[Finding]:
    groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in text.rows:
        if (
            row["subject"].startswith("sector:")
            and row["transformation"] == "level"
            and row["value_type"] == "outturn"
            and not row["part_of"]
        ):
            groups[row["indicator"], row["period_start"], row["period_end"]].append(row)
    wider = {"enterprises": "above_scale_enterprises"}
    for (indicator, start, end), sectors in groups.items():
        names = [indicator, wider.get(indicator, indicator)]
        wholes = [
            r
            for r in text.where(
                subject="park", transformation="level", value_type="outturn", period_start=start, period_end=end
            )
            if r["indicator"] in names
        ]
        for whole in wholes:
            summed = total(text.of(row) for row in sectors)
            stated = {row["population"] for row in [*sectors, whole]} == {whole["population"]}
            fits = summed.may_be_at_most(text.of(whole))
            outcome = (
                "holds" if fits else "contradiction" if stated and whole["indicator"] == indicator else "ambiguous"
            )
            words = Words(
                f"sectors {added(sectors)} within {said(whole)}",
                f"分产业{added(sectors).zh}，应在{said(whole).zh}之内",
            )
            yield text.finding("A4", outcome, [whole, *sectors], words, [whole, *sectors])


def _months_within(text: Text) -> Iterator[Finding]:
    groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in text.rows:
        if row["transformation"] == "level" and row["value_type"] == "outturn" and row["period_start"]:
            groups[row["indicator"], row["subject"]].append(row)
    for key, rows in groups.items():
        if len(rows) < 2:
            continue
        longest = max(rows, key=lambda r: (r["period_end"] - r["period_start"]).days)
        inside = [
            r
            for r in rows
            if r is not longest
            and longest["period_start"] <= r["period_start"]
            and r["period_end"] <= longest["period_end"]
        ]
        inside = [
            r
            for r in inside
            if (r["period_start"], r["period_end"]) != (longest["period_start"], longest["period_end"])
        ]
        disjoint = all(
            a["period_end"] < b["period_start"] or b["period_end"] < a["period_start"]
            for a, b in combinations(inside, 2)
        )
        if inside and disjoint:
            outcome = "holds" if total(text.of(r) for r in inside).may_be_at_most(text.of(longest)) else "ambiguous"
            words = Words(
                f"{' + '.join(said(r) for r in inside)} within {said(longest)} of the longer span ({key[0]})",
                f"{'+'.join(said(r).zh for r in inside)}，应在较长时段的{said(longest).zh}之内"
                f"（{indicator_names(text.study, 'zh')[key[0]]}）",
            )
            yield text.finding("A4", outcome, [longest, *inside], words)
