"""Periods: spans of months, points in time, and what share of a year a span stands for.

The texts report full years, January to November and half-years. Two spans are compared as they are printed; the share
of a year is an interval taken from the method (section 5), never the number of months over twelve.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from parkstudy.record.interval import Interval

YEAR_SHARES = {
    ("output", 11): Interval(0.885, 0.917),
    ("output", 6): Interval(0.43, 0.56),
    ("tax", 11): Interval(0.77, 0.95),
}  # method, section 5; nothing else is annualised
FULL_YEAR = Interval(1.0, 1.0)
MARGIN_MONTHS, MARGIN_HALF_YEAR, MARGIN_SAMPLE = 1.5, 6.0, 5.0  # points, method, G3
_MARGIN_OF = {10: MARGIN_MONTHS, 11: MARGIN_MONTHS, 6: MARGIN_HALF_YEAR}  # by the months of the shorter span


@dataclass(frozen=True)
class Period:
    """A span from `start` to `end`, a point in time (`start` None), or undated (both None)."""

    start: date | None
    end: date | None

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Period:
        """The period of a row."""
        return cls(row["period_start"], row["period_end"])

    @property
    def months(self) -> int | None:
        """Months of a span that begins on a first and ends on a last day of a month; None for any other period."""
        if self.start is None or self.end is None or self.start.day != 1:
            return None
        if self.end.day != calendar.monthrange(self.end.year, self.end.month)[1]:
            return None
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1

    @property
    def is_full_year(self) -> bool:
        """True for January to December of one year."""
        return self.months == 12 and self.start is not None and self.start.month == 1

    @property
    def of_whole_years(self) -> bool:
        """True for several whole years."""
        return self.months is not None and self.months % 12 == 0 and self.start is not None and self.start.month == 1

    def year_before(self, later: Period) -> bool:
        """True where `later` is the same whole months one year on."""
        if self.start is None or later.start is None or self.months is None or self.months != later.months:
            return False
        return (self.start.year + 1, self.start.month) == (later.start.year, later.start.month)

    @property
    def kind(self) -> str:
        """What kind of period it is, as words tell them apart: a code of the group `period`."""
        if self.end is None or self.start is None:
            return "point" if self.end else "undated"
        if self.of_whole_years:
            return "year" if self.is_full_year else "years"
        across = "" if self.start.year == self.end.year else "_across"
        if self.months is None:
            return "day" if self.start == self.end else f"days{across}"
        return "month" if self.months == 1 else f"months{across}"

    def iso(self) -> str | None:
        """The period as SDMX writes it: `2017-01-01/P11M` for whole months, a date for a point in time, else both dates."""
        if self.end is None:
            return None
        if self.start is None:
            return self.end.isoformat()
        return (
            f"{self.start.isoformat()}/P{self.months}M"
            if self.months
            else f"{self.start.isoformat()}/{self.end.isoformat()}"
        )

    def year_share(self, kind: str) -> Interval | None:
        """The share of its year that the span stands for, for `output` or `tax`; None where the method gives none."""
        if self.is_full_year:
            return FULL_YEAR
        if self.start is None or self.start.month != 1 or self.months is None:
            return None
        return YEAR_SHARES.get((kind, self.months))


def growth_margin(first: Period, second: Period, sample_changes: bool = False) -> float | None:
    """Points by which two growth rates on these spans must differ before they are ordered (method, G3).

    0 on spans of the same months; 1.5 if the shorter one has ten or eleven months, 6 if it is a half-year, 5 where the
    firm count of a text changes between its spans; the largest that applies. None where the method has no margin.
    """
    if first.months is None or second.months is None:
        return None
    same = first.months == second.months
    margin = 0.0 if same else _MARGIN_OF.get(min(first.months, second.months))
    return margin if margin is None or not sample_changes else max(margin, MARGIN_SAMPLE)
