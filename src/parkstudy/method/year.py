"""Full-year values of levels, in the order of the method (G4), and the refusals where there is none.

First the source's own full-year figure, else the months over their share of the year, an interval, marked `I`.
"""

from collections.abc import Sequence
from typing import NamedTuple

from parkstudy.method.measures import one_sample
from parkstudy.record.interval import Interval
from parkstudy.record.period import Period
from parkstudy.record.rows import Row, fitting

KINDS = {"gross_industrial_output": "output", "tax_revenue": "tax"}  # nothing else has a share of the year


def year_share(row: Row, kind: str = "") -> Interval | None:
    """The share of the year of a row's months, of its own kind or of `output` or `tax` (method, section 5), if there is one."""
    return Period.of(row).year_share(kind or KINDS.get(row["indicator"], ""))


class FullYear(NamedTuple):
    """A full-year value: the observation it leads back to, how it was got, and its status (None: the observation's own)."""

    lead: Row
    interval: Interval
    method: str
    status: str | None = None


def full_year(level: Row, levels: Sequence[Row]) -> FullYear | None:
    """The full-year value of a reported level, given all levels of its indicator and park; None where it is refused."""
    if Period.of(level).is_full_year:
        return FullYear(level, Interval.of(level), "full_year_reported")
    for other in fitting(levels, value_type="forecast", source_id=level["source_id"]):
        if Period.of(other).is_full_year and one_sample(level, other):
            return FullYear(other, Interval.of(other), "full_year_own")
    share = year_share(level)
    return None if share is None else FullYear(level, Interval.of(level).over(share), "full_year_scaled", "I")
