"""The checks between texts of one park: A15 rate and levels, A16 one figure in two texts, A17 target and the year after.

None is a contradiction: a later text may count other firms or revise a figure, and does not say so (method, G2).
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from parkstudy.method.audit.printed import Finding, amount
from parkstudy.method.fact import Fact
from parkstudy.method.measures import one_sample
from parkstudy.method.year import year_share
from parkstudy.record.interval import Exact
from parkstudy.record.period import Period
from parkstudy.record.rows import Row, gathered, grouped
from parkstudy.record.tables import Tables

_CONCEPT = ("indicator", "subject", "population")
_THING = (*_CONCEPT, "transformation", "value_type", "period_start", "period_end")
_WHOLE = ("park", "county")  # the number of a firm or a zone is its text's own
_AHEAD = ("target", "plan")


@dataclass(frozen=True)
class ParkTexts:
    """What the texts of one park print of the whole of it, in the order of the texts; `order` is the place of each."""

    order: Mapping[str, int]
    rows: list[Row]
    units: Mapping[str, str]
    real: Collection[str]  # indicators whose rates are at comparable prices

    def of(self, row: Row) -> Exact:
        """The interval of a row in the unit of its indicator."""
        return Exact.printed(row, self.units[row["indicator"]])

    def bounded(self, value_type: str, transformation: str) -> Iterator[Row]:
        """The rows that one may divide by."""
        least = -100 if transformation == "yoy" else 0
        for row in self.rows:
            if row["value_type"] == value_type and row["transformation"] == transformation:
                ends = self.of(row)
                if ends.low > least and ends.high.is_finite():
                    yield row

    def later(self, row: Row, than: Row) -> bool:
        """True where a row is of a text after that of another one."""
        return self.order[row["source_id"]] > self.order[than["source_id"]]


def between(study: Tables) -> Iterator[Finding]:
    """Every relation that can be tested between the summaries of a park, park by park; each row is read once a check."""
    units = {row["indicator"]: row["unit"] for row in study.rows("indicators")}
    real = {row["indicator"] for row in study.rows("indicators", growth_price="comparable")}
    for texts in grouped(study.rows("sources", kind="work_summary"), "park_id").values():
        if len(texts) > 1:
            texts.sort(key=lambda text: (text["period_end"] or date.min, text["source_id"]))
            order = {text["source_id"]: place for place, text in enumerate(texts)}
            rows = [row for text in order for row in study.rows("observations", source_id=text)]
            park = ParkTexts(order, [row for row in rows if row["subject"] in _WHOLE], units, real)
            for check in CHECKS.values():
                yield from check(park)


def rate_and_levels(texts: ParkTexts) -> Iterator[Finding]:
    """A15: a printed rate is the change of its level since the same months of an earlier text, on firms that may be others.

    A rate at comparable prices is not the change of levels, which are at the prices of their years.
    """
    levels = _by(texts.bounded("outturn", "level"), lambda row: _same(row, row["period_start"]))
    for rate in texts.bounded("outturn", "yoy"):
        if rate["indicator"] in texts.real:
            continue
        now = [
            row for row in levels.get(_same(rate, rate["period_start"]), ()) if row["source_id"] == rate["source_id"]
        ]
        for before in levels.get(_same(rate, rate["period_start"], -1), ()):
            if now and texts.later(rate, before) and one_sample(now[0], before):
                change = (texts.of(now[0]).over(texts.of(before)) + Exact.point(-1)).times(100)
                holds = change.overlaps(texts.of(rate))
                values = {"before": before, "now": now[0], "rate": rate, "holds": holds}
                values["change"] = amount(change, "percent")
                outcome = "holds" if holds else "ambiguous"
                yield _finding("A15", outcome, [rate, now[0], before], "audit_rate_and_levels", **values)


def printed_again(texts: ParkTexts) -> Iterator[Finding]:
    """A16: a figure that two texts print is the same in both; a later text may have revised it."""
    dated = (row for row in texts.rows if row["period_end"] is not None)
    for rows in grouped(dated, *_THING).values():
        for first, again in pairwise(rows):
            if texts.later(again, first):
                outcome = "holds" if texts.of(first).overlaps(texts.of(again)) else "ambiguous"
                yield _finding("A16", outcome, [again, first], "audit_again", first=first, again=again)


def target_and_outturn(texts: ParkTexts) -> Iterator[Finding]:
    """A17: what a later text reports of the period for which a text printed a target: seen side by side, and no verdict."""
    outturns = _by((row for row in texts.rows if row["value_type"] == "outturn"), _begun)
    for target in (row for row in texts.rows if row["value_type"] in _AHEAD):
        inside = [
            row for row in outturns.get(_begun(target), ())
            if row["period_end"] <= target["period_end"] and texts.later(row, target) and one_sample(row, target)
        ]  # fmt: skip
        for rows in grouped(inside, "source_id").values():
            outturn = max(rows, key=lambda row: row["period_end"])
            values: dict[str, Any] = {"target": target, "outturn": outturn, "reached": None, "share": None}
            share = year_share(outturn)
            if target["transformation"] == "level" and target["value"]:
                reached = texts.of(outturn).times(100 / Decimal(str(target["value"])))  # an exact number (G11)
                values["reached"] = amount(reached, "percent") if reached.high.is_finite() else None
                if share and share.low < 1:
                    values["share"] = amount(Exact.of(share).times(100), "percent")
            yield _finding("A17", "observed", [outturn, target], "audit_target_outturn", **values)


CHECKS: dict[str, Callable[[ParkTexts], Iterator[Finding]]] = {
    "A15": rate_and_levels,
    "A16": printed_again,
    "A17": target_and_outturn,
}


def _same(row: Row, start: Any, years: int = 0) -> tuple[Any, ...] | None:
    """Concept and months, so many years on; None for what is no span of whole months."""
    months = Period.of(row).months
    return None if months is None else (*(row[name] for name in _CONCEPT), start.year + years, start.month, months)


def _begun(row: Row) -> tuple[Any, ...] | None:
    """What a target shares with the outturns of its period; None for what has no span."""
    start = row["period_start"]
    return start and (*(row[name] for name in (*_CONCEPT, "transformation", "share_of")), start)


def _by(rows: Iterable[Row], key: Callable[[Row], tuple[Any, ...] | None]) -> dict[tuple[Any, ...] | None, list[Row]]:
    """The rows by a key; those without one are left out."""
    found = gathered(rows, key)
    found.pop(None, None)
    return found


def _finding(check: str, outcome: str, rows: list[Row], said: str, **values: Any) -> Finding:
    """A finding of the later text, whose row stands first."""
    ids = tuple(row["observation_id"] for row in rows)
    return Finding(check, rows[0]["source_id"], outcome, ids, Fact(said, values))
