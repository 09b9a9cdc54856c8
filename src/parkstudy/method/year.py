"""Full-year values of levels, in the order of the method (G4), and the refusals where there is none.

First the source's own full-year figure, else the reported months over the share of the year that they stand for, an
interval. Eleven twelfths and six twelfths are no methods. The value stands beside the raw one and is marked `I`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from parkstudy.record.interval import Interval
from parkstudy.record.period import Period
from parkstudy.words.language import Text

Row = dict[str, Any]

KINDS = {"gross_industrial_output": "output", "tax_revenue": "tax"}  # nothing else has a share of the year


@dataclass(frozen=True)
class FullYear:
    """A full-year value: the observation it leads back to, how it was got, and its status (None: the observation's own)."""

    lead: Row
    interval: Interval
    method: Text
    status: str | None


def full_year(level: Row, levels: Sequence[Row]) -> FullYear | None:
    """The full-year value of a reported level, given all levels of its indicator and park; None where it is refused."""
    period = Period(level["period_start"], level["period_end"])
    if period.is_full_year:
        return FullYear(level, Interval.of(level), Text("a full year as reported", "原文列示的全年数"), None)
    own = [r for r in levels if r["value_type"] == "forecast" and r["source_id"] == level["source_id"]]
    for forecast in own:
        if Period(forecast["period_start"], forecast["period_end"]).is_full_year:
            return FullYear(
                forecast, Interval.of(forecast), Text("the source's own full-year figure", "材料自身的全年数"), None
            )
    share = period.year_share(KINDS.get(level["indicator"], ""))
    if share is None:
        return None
    scaled = Interval(level["low"] / share.high, level["high"] / share.low)
    method = Text(
        f"months scaled by a share of the year of {share.low}-{share.high}",
        f"按年内占比{share.low}–{share.high}折合全年",
    )
    return FullYear(level, scaled, method, "I")
